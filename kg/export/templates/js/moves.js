// Steps from one view to another.

import {G} from "./data.js";
import {hover} from "./hover.js";
import {change, state} from "./state.js";
import {alone, onCore} from "./visible.js";

/** From the map a node opens with its surroundings. */
export function openAround(node) {
  hover(-1, -1);
  change({node, fact: -1, focus: node, steps: 1, path: null});
}

/** Show the neighbours of a node too; where all are shown, show them alone. */
export function unfold(node) {
  if (G.scale === "network" && !alone() && !onCore()) return openAround(node);
  state.unfolded.add(node);
  change({node, fact: -1});
}

/** Show again what the page opened with, or "main" things, or "all". */
export function showAll(show = state.show) {
  state.unfolded.clear();
  change({focus: -1, path: null, show});
}

/** Open the table or the text, or close it. */
export const toggleView = (view) => change({view: state.view === view ? "" : view});
