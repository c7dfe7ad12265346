// Where nodes stand: as laid out, in a part shown by itself, or where they were dragged to.

import {EDGES, G, factsOf, otherEnd, ranked} from "./data.js";
import {$} from "./dom.js";
import {state} from "./state.js";
import {alone, chooseCore, core, onCore, passes, pathFacts, showAgain, shownFact, shownNode, unfoldedFrom} from "./visible.js";
import {placeAlong, placeAround} from "./local.js";
import {placeBeside, roomFor, spread} from "./spread.js";

export const pinned = new Map(); // where a node was dragged to
let places = null; // of the nodes of a part that is shown by itself
let placesKey = "";

/** Where a node stands: [x, y]. */
export const spotOf = (n) => pinned.get(n) || places?.get(n) || [G.x[n], G.y[n]];

/** A part gets places of its own; they stay while it is the same part. */
export function placePart() {
  if (onCore()) return placeCore();
  if (!alone()) {
    if (places) pinned.clear();
    places = null;
    placesKey = "";
    return;
  }
  const nodes = [];
  for (const n of ranked) if (shownNode[n]) nodes.push(n);
  const key = [state.focus, state.steps, state.path, nodes.length, [...state.unfolded]].join(" ");
  if (key === placesKey) return;
  placesKey = key;
  pinned.clear();
  const facts = [];
  for (let f = 0; f < EDGES; f++) if (shownFact[f]) facts.push(f);
  if (state.path && !state.unfolded.size) places = placeAlong(pathNodes(), $("stage").clientWidth < 500);
  else places = placeAround(state.path ? state.path[0] : state.focus, nodes, facts);
}

/** How many things with their names the stage has room for. */
export function roomOnStage() {
  const {clientWidth: w, clientHeight: h} = $("stage");
  return w && h ? Math.max(16, Math.min(80, Math.round((w * h) / 9000))) : 60;
}

const CORNER = [64, 140]; // right below, where the buttons for zooming are

/** How much of the stage's upper rim the line over the drawing takes. */
export const headRoom = (w) => (w && w < 620 ? 96 : 64);

// The frame in which the first look stands: the stage without what lies over its rim.
function frame() {
  const {clientWidth: w, clientHeight: h} = $("stage");
  return [Math.max((w || 900) - 28, 260), Math.max((h || 700) - headRoom(w) - 16, 220)];
}

// The first look stays as it is while somebody unfolds; what unfolds finds room around its node.
function placeCore() {
  const key = "core " + core.made;
  if (key !== placesKey) {
    placesKey = key;
    pinned.clear();
    core.frame = frame();
    places = layCore();
    placesKey = "core " + core.made;
  }
  for (const node of state.unfolded) {
    const fresh = [...unfoldedFrom(node)].filter((n) => shownNode[n] && !places.has(n));
    for (const [n, spot] of placeBeside(node, fresh, places)) places.set(n, spot);
  }
  for (const n of ranked) if (shownNode[n] && !places.has(n)) placeNewcomer(n);
}

// Where not all find room, fewer are chosen, so that none loses what it hangs on.
function layCore() {
  const room = roomFor([...core.nodes], ...core.frame);
  const fits = room >= core.nodes.size;
  if (!fits) chooseCore(Math.max(8, room));
  for (let tries = fits ? 0 : 1; ; tries++) {
    const {places: found, left} = spread([...core.nodes], linksWithin(core.nodes), ...core.frame, CORNER);
    if (!left.length || tries > 3) {
      if (tries) showAgain();
      return found;
    }
    // Others are chosen then, which may want more room.
    chooseCore(Math.max(8, core.nodes.size - Math.max(1, left.length - 1)));
  }
}

function linksWithin(nodes) {
  const links = [];
  for (let f = 0; f < EDGES; f++) if (nodes.has(G.from[f]) && nodes.has(G.to[f]) && passes(f)) links.push([G.from[f], G.to[f]]);
  return links;
}

// What was looked up stands beside what it is linked to.
function placeNewcomer(node) {
  const friend = [...factsOf(node)].map((f) => otherEnd(f, node)).find((n) => n >= 0 && n !== node && places.has(n));
  const beside = friend ?? [...places.keys()][0] ?? -1;
  for (const [n, spot] of placeBeside(beside, [node], places)) places.set(n, spot);
}

/** The nodes of the path in their order. */
export function pathNodes() {
  if (!pathFacts) return [...state.path];
  let here = state.path[0];
  return [here, ...pathFacts.map((fact) => (here = otherEnd(fact, here)))];
}

/** The box around these nodes: [left, top, right, bottom], or null. */
export function bounds(nodes) {
  let [x0, y0, x1, y1] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const n of nodes) {
    const [x, y] = spotOf(n);
    x0 = Math.min(x0, x);
    x1 = Math.max(x1, x);
    y0 = Math.min(y0, y);
    y1 = Math.max(y1, y);
  }
  return x0 <= x1 ? [x0, y0, x1, y1] : null;
}

/** The scale at which a box fits, with room for the labels at its rim. */
export function fittingScale(box, most = 1.15) {
  const {clientWidth: w, clientHeight: h} = $("stage");
  return Math.min((w - Math.min(170, w * 0.3)) / (box[2] - box[0] + 1), (h - 96) / (box[3] - box[1] + 1), most);
}
