// The line over the drawing that says what part is shown, what is folded away, and leads back.

import {G, NODES, looseNodes} from "./data.js";
import {$, button, el} from "./dom.js";
import {count, number, shorten} from "./text.js";
import {change, state} from "./state.js";
import {alone, core, onCore, onMap, passes, shownNode} from "./visible.js";
import {foldedBy} from "./core.js";
import {showAll} from "./moves.js";

const bold = (node) => el("b", {}, shorten(G.label[node], 30));
const pill = (words, act, props) => button(words, act, {class: "pill quiet", ...props});

function whereCrumbs() {
  const back = button(G.scale === "map" && state.show !== "main" ? "Back to the map" : state.show === "all" ? "Back to all" : "Back to the main things", () => showAll(), {class: "pill"});
  if (state.path) return [el("span", {}, "Path from ", bold(state.path[0]), " to ", bold(state.path[1])), back];
  if (state.focus >= 0) return [el("span", {}, state.steps === 1 ? "Around " : "Two steps around ", bold(state.focus)), back];
  if (onCore()) return coreCrumbs();
  const main = pill("Main things only", () => showAll("main"));
  if (onMap() || G.scale !== "unfolding") return [main];
  const shown = shownNode.reduce((sum, is) => sum + is, 0);
  return [el("span", {}, `The ${number.format(shown)} most salient of ${number.format(NODES)}; double-click unfolds`), main, ...foldAgain()];
}

const foldAgain = () => (state.unfolded.size ? [button("Fold again", () => showAll(), {class: "pill"})] : []);

// What the first look leaves out opens as a list.
function coreCrumbs() {
  const {ideas, islands} = foldedBy(shownNode, passes);
  if (core.whole || (!ideas.length && !islands.length)) return foldAgain();
  const shown = shownNode.reduce((sum, is) => sum + is, 0);
  const list = (kind, nodes, one, many) => (nodes.length ? pill(`+ ${count(nodes.length, one, many)}`, () => change({folded: state.folded === kind ? "" : kind, node: -1, fact: -1}), {"aria-pressed": state.folded === kind, "data-folded": kind}) : null);
  return [
    el("span", {}, `${number.format(shown)} main things`),
    list("islands", islands, "more name", "more names"),
    list("ideas", ideas, "other thing", "other things"),
    pill(G.scale === "map" ? "Map of all" : "Show all", () => showAll("all")),
    ...foldAgain(),
  ];
}

function looseCrumb() {
  if (alone() || (onCore() && !core.whole) || !looseNodes || looseNodes === NODES || (G.scale === "unfolding" && !onCore())) return [];
  const words = state.loose ? `Hide ${count(looseNodes, "name")} without links` : `${count(looseNodes, "name")} without links: show`;
  return [button(words, () => change({loose: !state.loose}), {class: "pill quiet", "aria-pressed": state.loose})];
}

/** Say what is shown. */
export function showCrumbs() {
  $("crumbs").replaceChildren(...[...whereCrumbs(), ...looseCrumb()].filter(Boolean));
}
