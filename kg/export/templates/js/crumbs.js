// The line over the drawing that says what part is shown, and leads back.

import {G, NODES, looseNodes} from "./data.js";
import {$, button, el} from "./dom.js";
import {count, number, shorten} from "./text.js";
import {change, state} from "./state.js";
import {alone, shownNode} from "./visible.js";
import {showAll} from "./moves.js";

const bold = (node) => el("b", {}, shorten(G.label[node], 30));

function whereCrumbs() {
  const back = button(G.scale === "map" ? "Back to the map" : "Show all", showAll, {class: "pill"});
  if (state.path) return [el("span", {}, "Path from ", bold(state.path[0]), " to ", bold(state.path[1])), back];
  if (state.focus >= 0) return [el("span", {}, state.steps === 1 ? "Around " : "Two steps around ", bold(state.focus)), back];
  if (G.scale !== "unfolding") return [];
  const shown = shownNode.reduce((sum, is) => sum + is, 0);
  const words = `The ${number.format(shown)} best connected of ${number.format(NODES)}; double-click unfolds`;
  return [el("span", {}, words), ...(state.unfolded.size ? [button("Fold again", showAll, {class: "pill"})] : [])];
}

function looseCrumb() {
  if (alone() || !looseNodes || looseNodes === NODES || G.scale === "unfolding") return [];
  const words = state.loose ? `Hide ${count(looseNodes, "name")} without links` : `${count(looseNodes, "name")} without links: show`;
  return [button(words, () => change({loose: !state.loose}), {class: "pill quiet", "aria-pressed": state.loose})];
}

/** Say what is shown. */
export function showCrumbs() {
  $("crumbs").replaceChildren(...whereCrumbs(), ...looseCrumb());
}
