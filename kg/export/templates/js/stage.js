// The drawing, be it the network or the map: what it shows and from where it is seen.

import {G, NODES} from "./data.js";
import {$, stillness, whenLoaded} from "./dom.js";
import {readTheme} from "./theme.js";
import {announce, change, state} from "./state.js";
import {alone, core, onCore, onMap, recompute, shownNode} from "./visible.js";
import {openAround} from "./moves.js";
import {fitMap} from "./map-view.js";
import {bounds, fittingScale, headRoom, roomOnStage, spotOf} from "./places.js";
import {net, repaintNetwork, showNetwork, visNodes} from "./network.js";
import {letGlide} from "./glide.js";
import {showMap, viewMoved, zoomMap} from "./map.js";
import {listenMap} from "./map-pointer.js";
import {overlay} from "./overlay.js";

/** Draw what is shown now; `fresh` says that it is another part than before. */
export function drawStage(fresh) {
  // The stage has to have its size before anything is laid out for it.
  document.body.classList.toggle("reading", state.view === "text" && G.counts.documents > 0);
  document.body.classList.toggle("viewing", !["", "text"].includes(state.view));
  if (fresh || !core.made) core.most = roomOnStage();
  recompute();
  $("network").hidden = onMap();
  $("map").hidden = !onMap();
  if (onMap()) {
    if (showMap()) whenLoaded.then(listenMap);
  } else if (showNetwork(fresh)) {
    letGlide();
    net.on("afterDrawing", overlay);
    fitAll(false);
  }
}

const shownNodes = () => visNodes.getIds();

function fit(nodes, smoothly, most = 1.15) {
  const box = bounds(nodes);
  if (!box || !net) return;
  const scale = fittingScale(box, most);
  net.moveTo({
    position: {x: (box[0] + box[2]) / 2, y: (box[1] + box[3]) / 2},
    scale: Math.max(scale, 0.02),
    animation: smoothly && !stillness.matches ? {duration: 450, easingFunction: "easeInOutQuad"} : false,
  });
}

/** Bring all that is shown into view. */
export function fitAll(smoothly = true) {
  if (onMap()) {
    fitMap();
    viewMoved();
  } else if (onCore() && !state.unfolded.size) fitCore(smoothly);
  else fit(shownNodes(), smoothly);
}

// The first look was laid out for the stage as it was then.
function fitCore(smoothly) {
  const {clientWidth: w, clientHeight: h} = $("stage");
  const scale = Math.min(1, (w - 28) / core.frame[0], (h - headRoom(w) - 16) / core.frame[1]);
  net?.moveTo({position: {x: 0, y: -(headRoom(w) - 16) / 2 / scale}, scale: Math.max(scale, 0.1), animation: smoothly && !stillness.matches ? {duration: 450, easingFunction: "easeInOutQuad"} : false});
}

/** Zoom by a factor, around the middle. */
export function zoomBy(factor) {
  if (onMap()) return zoomMap(factor);
  net.moveTo({scale: net.getScale() * factor, animation: stillness.matches ? false : {duration: 150}});
}

/** Bring a node into the view without moving more than needed. */
export function flyTo(node) {
  if (onMap() || !visNodes.get(node)) return;
  const [x, y] = spotOf(node);
  net.moveTo({position: {x, y}, scale: Math.max(net.getScale(), 0.8), animation: stillness.matches ? false : {duration: 500}});
}

/** Choose a node from outside of the drawing: it comes into view, from the map with its surroundings. */
export function select(node) {
  if (onMap()) return openAround(node);
  // A part that does not hold the node gives way to the node's own surroundings or to the whole.
  if (alone() && !shownNode[node]) {
    return openAround(node);
  } else change({node, fact: -1});
  flyTo(node);
}

/** Bring a community into view; gives how many of it are shown. */
export function showCommunity(c) {
  const members = [];
  for (let n = 0; n < NODES; n++) if (G.community[n] === c && shownNode[n]) members.push(n);
  if (onMap()) {
    const [x, y, r] = G.regions[c];
    fitMap([x - r, y - r, x + r, y + r]);
    viewMoved();
  } else fit(members, true);
  return members.length;
}

/** Take up changed colours. */
export function retheme() {
  readTheme();
  repaintNetwork();
  announce();
}
