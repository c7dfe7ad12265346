// The network by keyboard: arrows go from node to node, Enter opens, + and − zoom.

import {G, NODES, ranked, degree} from "./data.js";
import {$, el, openDialog, say} from "./dom.js";
import {count} from "./text.js";
import {typeText} from "./facts.js";
import {change, state} from "./state.js";
import {alone, onMap, shownNode} from "./visible.js";
import {openAround, showAll, toggleView} from "./moves.js";
import {spotOf} from "./places.js";
import {panMap} from "./map.js";
import {fitAll, flyTo, zoomBy} from "./stage.js";
import {openPathDialog} from "./paths.js";
import {hasPlaces} from "./world.js";

const KEYS = [
  ["/", "Search"],
  ["Arrow keys in the network", "To the next node that way; in the map, move the map"],
  ["Enter", "Show the surroundings of the node"],
  ["+ and −, 0", "Zoom in and out, fit all"],
  ["Esc", "Close what is open, step by step"],
  ["T, R, P", "Table of facts, reading pane, path"],
  ["L, O, M, D", "Timeline, people and organizations, map, documents"],
];

/** Keys that work while the drawing has the focus. */
export function networkKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const turn = {ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1]}[event.key];
  if (turn) {
    if (onMap()) panMap(-turn[0] * 90, -turn[1] * 90);
    else stepTowards(turn);
  } else if (event.key === "+" || event.key === "=") zoomBy(1.35);
  else if (event.key === "-") zoomBy(1 / 1.35);
  else if (event.key === "0") fitAll();
  else if (event.key === "Enter" && state.node >= 0) openAround(state.node);
  else return;
  event.preventDefault();
}

// To the shown node nearest in a direction, those straight ahead first.
function stepTowards(turn) {
  const from = state.node >= 0 && shownNode[state.node] ? state.node : -1;
  const best = from < 0 ? ([...ranked].find((n) => shownNode[n]) ?? -1) : nearestTowards(from, turn);
  if (best < 0) return;
  change({node: best, fact: -1}, {keep: true});
  flyTo(best);
  say(`${G.label[best]}, ${typeText(G.types[G.type[best]])}, ${count(degree[best], "link")}`);
}

// The shown node at the least cost from one in a direction, or -1.
function nearestTowards(from, [dx, dy]) {
  const [x, y] = spotOf(from);
  let best = -1;
  let least = Infinity;
  for (let n = 0; n < NODES; n++) {
    if (!shownNode[n] || n === from) continue;
    const [ox, oy] = spotOf(n);
    const ahead = (ox - x) * dx + (oy - y) * dy;
    const aside = Math.abs((ox - x) * dy) + Math.abs((oy - y) * dx);
    if (ahead <= 0 || aside > ahead * 2) continue;
    const cost = ahead + 2 * aside;
    if (cost < least) {
      least = cost;
      best = n;
    }
  }
  return best;
}

/** Keys that work anywhere on the page. */
export function pageKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
  if (event.key === "Escape") return closeOne();
  if (/^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement?.tagName || "")) return;
  if (event.key === "/") $("query").select();
  else if (event.key === "t") toggleView("table");
  else if (event.key === "r") toggleView("text");
  else if (event.key === "l") toggleView("timeline");
  else if (event.key === "o") toggleView("people");
  else if (event.key === "m" && hasPlaces()) toggleView("places");
  else if (event.key === "d") toggleView("documents");
  else if (event.key === "p") openPathDialog(state.node);
  else return;
  event.preventDefault();
}

// Close what is open, one step at a time.
function closeOne() {
  const open = document.querySelectorAll("details[open]");
  if (open.length) for (const details of open) details.open = false;
  else if (document.body.classList.contains("filtering")) document.body.classList.remove("filtering");
  else if (state.node >= 0 || state.fact >= 0) change({node: -1, fact: -1});
  else if (state.view) change({view: ""});
  else if (state.folded) change({folded: ""});
  else if (alone()) showAll();
}

/** Say which keys do what. */
export function openHelp() {
  openDialog("Keys", "box", el("dl", {class: "details"}, KEYS.map(([key, what]) => [el("dt", {}, key), el("dd", {}, what)])));
}
