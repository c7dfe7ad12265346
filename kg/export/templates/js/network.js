// The network view: vis-network draws dots and lines, we draw the labels (overlay.js).

import {EDGES, G, NODES, isWeak, radius, weakLink} from "./data.js";
import {$, el, later} from "./dom.js";
import {DASHES, SHAPE_SIZE} from "./shapes.js";
import {colourOf, ink, shapeOf} from "./theme.js";
import {statusOf} from "./facts.js";
import {hover} from "./hover.js";
import {change} from "./state.js";
import {shownFact, shownNode, shownWeak} from "./visible.js";
import {unfold} from "./moves.js";
import {bounds, fittingScale, pinned, placePart, spotOf} from "./places.js";

export let net = null;
export let visNodes = null;
export let visEdges = null;

// Beside the map vis-network waits as text, whose hash the policy names, until a part is to be shown.
function loadLibrary() {
  if (!window.vis) document.head.append(el("script", {}, $("library").textContent));
  visNodes = new vis.DataSet();
  visEdges = new vis.DataSet();
}

export let drawn = 0; // counts changes of what is drawn

// Many nodes are seen from afar; they are drawn larger, so that a dot stays a dot.
export let grown = 1;

function growth(nodes) {
  const box = bounds(nodes);
  if (!box) return 1;
  const scale = fittingScale(box);
  return Math.max(1, Math.min(2.4, 0.7 / scale));
}

/** When zooming has come to rest, labels are placed anew and dots get the size that suits the scale. */
export const settleLabels = later(() => {
  if (resize()) drawn++;
  net.redraw();
}, 130);

function resize() {
  const now = Math.max(1, Math.min(2.4, 0.7 / net.getScale()));
  if (Math.abs(Math.log(now / grown)) < 0.15) return false;
  grown = now;
  suitLines();
  visNodes.update(visNodes.getIds().map((n) => ({id: n, size: sizeOf(n)})));
  return true;
}

let suited = 1; // what the lines were last drawn for

function suitLines() {
  suited = grown;
  const {width, arrows} = visOptions().edges;
  net.setOptions({edges: {width, arrows}});
}

const sizeOf = (n) => radius(n) * grown * SHAPE_SIZE[shapeOf(n)];

// Items carry as little as can be: vis-network takes each option of each item apart.
function visNode(n) {
  const [x, y] = spotOf(n);
  return {id: n, x, y, size: sizeOf(n), shape: shapeOf(n), color: fillOf(colourOf(n))};
}

const fills = new Map();

function fillOf(colour) {
  if (!fills.has(colour)) fills.set(colour, {background: colour, border: ink.ground});
  return fills.get(colour);
}

function visEdge(fact, slot, slots) {
  const status = statusOf(fact);
  const edge = {id: fact, from: G.from[fact], to: G.to[fact]};
  if (status === "negated") edge.color = {color: ink.negated, highlight: ink.negated, hover: ink.negated};
  if (DASHES[status].length) edge.dashes = DASHES[status];
  if (edge.from === edge.to) edge.selfReference = {size: 16 + 7 * slot, angle: Math.PI / 4, renderBehindTheNode: false};
  else if (slots > 1) {
    // Parallel relations fan out: the same side whichever way an arrow points.
    const offset = (slot - (slots - 1) / 2) * (edge.from < edge.to ? 1 : -1);
    if (offset) edge.smooth = {enabled: true, type: offset > 0 ? "curvedCW" : "curvedCCW", roundness: Math.min(0.85, 0.2 * Math.abs(offset))};
  }
  return edge;
}

// Two that are only named together: faint, and without a head.
function weakEdge(link) {
  const {a, b} = weakLink(link);
  return {id: link, from: a, to: b, dashes: [1, 6], width: 1, color: {color: ink.line, opacity: 0.5, highlight: ink.accent, hover: ink.strong}, arrows: {to: {enabled: false}}};
}

/** The lines to be drawn, as vis-network takes them; parallel ones fan out. */
export function wantedEdges() {
  const groups = new Map();
  for (let i = 0; i < EDGES; i++) {
    if (!shownFact[i]) continue;
    const a = G.from[i];
    const b = G.to[i];
    const key = a < b ? a * NODES + b : b * NODES + a;
    const group = groups.get(key);
    if (group) group.push(i);
    else groups.set(key, [i]);
  }
  const edges = [];
  for (const group of groups.values()) group.forEach((fact, slot) => edges.push(visEdge(fact, slot, group.length)));
  for (const link of shownWeak()) edges.push(weakEdge(link));
  return edges;
}

function visOptions() {
  return {
    autoResize: true,
    physics: false,
    layout: {improvedLayout: false},
    nodes: {borderWidth: 1.5, chosen: false},
    edges: {
      smooth: false,
      width: 1.3 * grown,
      selectionWidth: 1,
      hoverWidth: 0.6,
      color: {color: ink.line, highlight: ink.accent, hover: ink.strong, inherit: false},
      arrows: {to: {enabled: true, scaleFactor: 0.42 * grown}},
      arrowStrikethrough: false,
    },
    interaction: {hover: true, tooltipDelay: 1e6, selectConnectedEdges: false, multiselect: false, keyboard: false, zoomSpeed: 0.7},
  };
}

/** Draw what is shown; `fresh` says that it is another part than before. Gives whether the network was made just now. */
export function showNetwork(fresh) {
  placePart();
  const shown = [];
  for (let n = 0; n < NODES; n++) if (shownNode[n]) shown.push(n);
  // The size of dots suits the view, and changes with it only.
  if (fresh) grown = growth(shown);
  const nodes = shown.map(visNode);
  if (!net) {
    makeNetwork(nodes);
    return true;
  }
  replaceAll(visEdges, wantedEdges(), () => replaceAll(visNodes, nodes));
  if (grown !== suited) suitLines();
  drawn++;
  net.redraw();
  return false;
}

function makeNetwork(nodes) {
  loadLibrary();
  visNodes.add(nodes);
  visEdges.add(wantedEdges());
  suited = grown;
  net = new vis.Network($("network"), {nodes: visNodes, edges: visEdges}, visOptions());
  net.canvas.frame.tabIndex = -1;
  listen();
}

/** Take up changed colours. */
export function repaintNetwork() {
  fills.clear();
  net?.setOptions(visOptions());
}

// Make a data set hold exactly these items; `between` runs when surplus is gone and before new ones come.
function replaceAll(set, items, between) {
  const wanted = new Set(items.map((item) => item.id));
  set.remove(set.getIds().filter((id) => !wanted.has(id)));
  if (between) between();
  set.update(items);
}

function listen() {
  net.on("click", ({pointer, event}) => {
    const node = net.getNodeAt(pointer.DOM);
    const edge = node === undefined ? net.getEdgeAt(pointer.DOM) : undefined;
    if (node !== undefined) change({node, fact: -1});
    else if (edge !== undefined && isWeak(edge)) change({node: weakLink(edge).a, fact: -1});
    else if (edge !== undefined) change({node: -1, fact: edge});
    else change({node: -1, fact: -1});
    event.preventDefault?.();
  });
  net.on("doubleClick", ({pointer}) => {
    const node = net.getNodeAt(pointer.DOM);
    if (node !== undefined) unfold(node);
  });
  net.on("dragEnd", ({nodes}) => {
    for (const [id, {x, y}] of Object.entries(net.getPositions(nodes))) pinned.set(Number(id), [x, y]);
    drawn++;
  });
  net.on("dragging", ({nodes}) => nodes.length && drawn++);
  net.on("hoverNode", ({node}) => hover(node, -1));
  net.on("blurNode", () => hover(-1, -1));
  net.on("hoverEdge", ({edge}) => hover(-1, edge));
  net.on("blurEdge", () => hover(-1, -1));
}
