// Steps from one view to another.

import {G} from "./data.js";
import {hover} from "./hover.js";
import {change, state} from "./state.js";
import {alone} from "./visible.js";

/** From the map a node opens with its surroundings. */
export function openAround(node) {
  hover(-1, -1);
  change({node, fact: -1, focus: node, steps: 1, path: null});
}

/** Show the neighbours of a node too; where all are shown, show them alone. */
export function unfold(node) {
  if (G.scale === "network" && !alone()) return openAround(node);
  state.unfolded.add(node);
  change({node, fact: -1});
}

/** Show the whole again. */
export function showAll() {
  state.unfolded.clear();
  change({focus: -1, path: null});
}

/** Open the table or the text, or close it. */
export const toggleView = (view) => change({view: state.view === view ? "" : view});
