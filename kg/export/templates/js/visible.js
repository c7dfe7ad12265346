// Which nodes and facts are shown, given the state.

import {E, EDGES, FACTS, G, NODES, endOf, isWeak, startOf, weakLink, weakLinks, factsOf, isLiteral, loose, looseNodes, ranked} from "./data.js";
import {count, number} from "./text.js";
import {documentsOf} from "./facts.js";
import {state} from "./state.js";
import {coreNodes} from "./core.js";
import {around, bestPath} from "./walk.js";

export const shownNode = new Uint8Array(NODES);
export const shownFact = new Uint8Array(FACTS);
export const passesFilter = new Uint8Array(FACTS).fill(1);
let filterKey = "";

/** Whether a fact passes the filters. */
export const passes = (fact) => passesFilter[fact] === 1;

// A date range meets a fact if any day of it does; facts without dates are kept while no range is set.
function meetsDates(fact) {
  if (!state.dates) return true;
  const [begins, ends] = E().dates[fact] || ["", ""];
  if (!begins && !ends) return false;
  return (begins || ends) <= state.dates[1] && (ends || begins) >= state.dates[0];
}

function factPasses(fact) {
  const {off} = state;
  if (off.statuses.has(G.status[fact]) || off.relations.has(G.relation[fact])) return false;
  if (off.types.has(G.type[G.from[fact]])) return false;
  if (G.to[fact] >= 0 && off.types.has(G.type[G.to[fact]])) return false;
  if (state.confidence && E().confidence[fact] < state.confidence) return false;
  if (off.documents.size && !documentsOf(fact).some((d) => !off.documents.has(d))) return false;
  return meetsDates(fact);
}

/** Whether any filter is set. */
export const filtered = () =>
  Object.values(state.off).some((s) => s.size) || state.confidence > 0 || state.dates !== null;


function refilter() {
  const key = JSON.stringify([Object.values(state.off).map((s) => [...s]), state.confidence, state.dates]);
  if (key === filterKey) return;
  filterKey = key;
  const any = filtered();
  for (let i = 0; i < FACTS; i++) passesFilter[i] = !any || factPasses(i) ? 1 : 0;
}

export const MOST_AROUND = 600; // nodes of a neighbourhood that are drawn
export let cutFrom = 0; // how many there would be, where some were left out
/** The links of the path that is shown, facts and weak ones, or null. */
export let pathFacts = null;

/** Whether a part is shown by itself. */
export const alone = () => state.focus >= 0 || state.path !== null; // a part is shown by itself

/** Whether the first look is shown: what the texts are most about. A large graph opens with the map of the whole. */
export const onCore = () => !alone() && (state.show ? state.show === "main" : G.scale !== "map");

/** Whether the map is shown. */
export const onMap = () => G.scale === "map" && !alone() && !onCore();

const phone = matchMedia("(max-width: 760px)");

// The text takes half of the stage; on a phone any view but the network takes what is below it, too.
const isNarrowed = () => state.view === "text" || (phone.matches && state.view !== "");

/** What part is shown, as a key: it changes where the view should be fitted anew. */
export const viewKey = () => [state.focus, state.steps, state.path, state.loose, state.path && state.weak, onMap(), onCore(), onCore() && isNarrowed(), onCore() && filterKey].join();

/** The first look: its nodes, how many it has at most (the stage says so), and which choice of them it is. */
export const core = {most: 60, nodes: new Set(), made: 0, key: "", whole: false, frame: [0, 0]};

// Keep the most salient of a neighbourhood, and what must stay.
function trim(found, must) {
  if (found.size <= MOST_AROUND) return found;
  cutFrom = found.size;
  const ranked = [...found].sort((a, b) => must.has(b) - must.has(a) || G.salience[b] - G.salience[a] || a - b);
  return new Set(ranked.slice(0, MOST_AROUND));
}

/** Work out anew what is shown. */
export function recompute() {
  refilter();
  shownNode.fill(0);
  shownFact.fill(0);
  pathFacts = null;
  cutFrom = 0;
  if (alone()) showPart();
  else if (onCore()) showCore();
  else if (G.scale === "unfolding") showHubs();
  else showWhole();
  if (filtered()) hideFiltered();
  showFacts();
}

/** Show anew what the first look holds now. */
export function showAgain() {
  shownNode.fill(0);
  shownFact.fill(0);
  showCore();
  if (filtered()) hideFiltered();
  showFacts();
}

// The surroundings of a node, or a path, with what was unfolded.
function showPart() {
  const found = state.path ? nodesOfPath() : around(state.focus, state.steps, passes);
  const must = new Set([state.focus, state.node, ...(state.path ? found : [])]);
  for (const node of state.unfolded) for (const n of around(node, 1, passes)) found.add(n);
  for (const node of trim(found, must)) shownNode[node] = 1;
}

function showCore() {
  const key = core.most + filterKey;
  if (core.key !== key) {
    core.key = key;
    chooseCore(core.most);
  }
  for (const n of core.nodes) shownNode[n] = 1;
  if (core.whole && state.loose) for (let n = 0; n < NODES; n++) if (loose[n]) shownNode[n] = 1;
  for (const node of state.unfolded) for (const n of unfoldedFrom(node)) shownNode[n] = 1;
  showChosen();
}

/** Choose the first look anew, of at most so many. */
export function chooseCore(most) {
  core.made++;
  core.nodes = coreNodes(most, passes);
  core.whole = true;
  for (let f = 0; f < EDGES && core.whole; f++) core.whole = !passes(f) || (core.nodes.has(G.from[f]) && core.nodes.has(G.to[f])) || G.from[f] === G.to[f];
}

export const MOST_UNFOLDED = 24; // things that unfold around one at once

/** What unfolds around a node: itself and the most salient of its neighbours. */
export function unfoldedFrom(node) {
  const found = around(node, 1, passes);
  if (found.size <= MOST_UNFOLDED) return found;
  return new Set([node, ...[...found].filter((n) => n !== node).sort((a, b) => G.salience[b] - G.salience[a] || a - b).slice(0, MOST_UNFOLDED)]);
}

// What is selected is shown, wherever it belongs.
function showChosen() {
  if (state.node >= 0) shownNode[state.node] = 1;
  if (state.fact < 0) return;
  shownNode[G.from[state.fact]] = 1;
  if (!isLiteral(state.fact)) shownNode[G.to[state.fact]] = 1;
}

function nodesOfPath() {
  pathFacts = bestPath(state.path[0], state.path[1], passes, {weak: state.weak});
  const found = new Set(state.path);
  for (const link of pathFacts || []) found.add(startOf(link)).add(endOf(link));
  return found;
}

// Nodes without links tell nothing of who is connected to whom; they wait until asked for.
function showWhole() {
  const all = state.loose || looseNodes === NODES;
  for (let n = 0; n < NODES; n++) shownNode[n] = !loose[n] || all || n === state.node ? 1 : 0;
  if (state.fact >= 0) shownNode[G.from[state.fact]] = 1;
}

function showHubs() {
  for (let i = 0; i < Math.min(G.hubs, NODES); i++) shownNode[ranked[i]] = 1;
  for (const node of state.unfolded) for (const n of around(node, 1, passes)) shownNode[n] = 1;
  showChosen();
}

// A node stays if a fact of it passes, or if it has none and its type is not switched off.
function hideFiltered() {
  for (let n = 0; n < NODES; n++) {
    if (!shownNode[n] || n === state.focus || n === state.node || state.path?.includes(n)) continue;
    const facts = factsOf(n);
    const kept = facts.length ? facts.some(passes) : !state.off.types.has(G.type[n]);
    if (!kept) shownNode[n] = 0;
  }
}

// Facts that pass between nodes that are shown; on a path only its own, until something is unfolded.
function showFacts() {
  const onPath = state.path && !state.unfolded.size ? new Set(pathFacts) : null;
  for (let i = 0; i < FACTS; i++) {
    if (!passesFilter[i] || !shownNode[G.from[i]] || (G.to[i] >= 0 && !shownNode[G.to[i]])) continue;
    // A thing that acts on itself tells nothing of who is connected to whom.
    if (onCore() && G.from[i] === G.to[i]) continue;
    if (!onPath || onPath.has(i)) shownFact[i] = 1;
  }
}

/** The weak links that are drawn: those between two that are shown, where they are asked for. */
export function shownWeak() {
  if (state.path) return (pathFacts ?? []).filter(isWeak);
  const found = [];
  if (!state.weak) return found;
  for (let i = 0; i < weakLinks() && found.length < MOST_WEAK; i++) {
    const {a, b} = weakLink(FACTS + i);
    if (shownNode[a] && shownNode[b]) found.push(FACTS + i);
  }
  return found;
}

const MOST_WEAK = 400;

/** How much is shown and passes, in words. */
export function shownCounts() {
  let nodes = 0;
  let facts = 0;
  for (let n = 0; n < NODES; n++) nodes += shownNode[n];
  for (let f = 0; f < FACTS; f++) facts += passesFilter[f];
  return `${number.format(nodes)} of ${count(NODES, "entity", "entities")} shown, ${number.format(facts)} of ${count(FACTS, "fact")} pass the filters`;
}
