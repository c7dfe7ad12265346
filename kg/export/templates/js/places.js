// Where nodes stand: as laid out, in a part shown by itself, or where they were dragged to.

import {EDGES, G, byDegree, otherEnd} from "./data.js";
import {$} from "./dom.js";
import {state} from "./state.js";
import {alone, pathFacts, shownFact, shownNode} from "./visible.js";
import {placeAlong, placeAround} from "./local.js";

export const pinned = new Map(); // where a node was dragged to
let places = null; // of the nodes of a part that is shown by itself
let placesKey = "";

/** Where a node stands: [x, y]. */
export const spotOf = (n) => pinned.get(n) || places?.get(n) || [G.x[n], G.y[n]];

/** A part gets places of its own; they stay while it is the same part. */
export function placePart() {
  if (!alone()) {
    if (places) pinned.clear();
    places = null;
    placesKey = "";
    return;
  }
  const nodes = [];
  for (const n of byDegree) if (shownNode[n]) nodes.push(n);
  const key = [state.focus, state.steps, state.path, nodes.length, [...state.unfolded]].join(" ");
  if (key === placesKey) return;
  placesKey = key;
  pinned.clear();
  const facts = [];
  for (let f = 0; f < EDGES; f++) if (shownFact[f]) facts.push(f);
  if (state.path && !state.unfolded.size) places = placeAlong(pathNodes());
  else places = placeAround(state.path ? state.path[0] : state.focus, nodes, facts);
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
