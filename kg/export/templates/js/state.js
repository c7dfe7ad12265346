// What is selected, focused and filtered; kept in the address, so that the back button works.

import {hashOf, stateOf} from "./hash.js";

export const state = {
  node: -1, // the selected node
  fact: -1, // or the selected fact
  focus: -1, // the node whose surroundings are shown alone
  steps: 1,
  show: "", // "main" or "all", where it is not what the graph's size opens with
  folded: "", // which of what is folded away is listed: "ideas" or "islands"
  loose: false, // whether nodes without links are drawn too
  weak: false, // whether two that are only named together count as linked
  path: null, // [from, to]
  unfolded: new Set(), // nodes whose neighbours were asked for
  off: {types: new Set(), statuses: new Set(), relations: new Set(), documents: new Set()},
  confidence: 0,
  dates: null, // [first day, last day]
  view: "", // "", "table", "text"
  doc: -1,
};

const listeners = [];

/** Have a function called at each change of the state. */
export const onChange = (f) => listeners.push(f);
let lastHash = "";

/** Tell all who wait for a change. */
export function announce() {
  for (const f of listeners) f();
}

/** Change the state; `keep` makes no new entry in the history. */
export function change(changes, {keep = false} = {}) {
  Object.assign(state, changes);
  writeHash(keep);
  announce();
}

function writeHash(keep) {
  const hash = hashOf(state);
  if (hash === lastHash) return;
  lastHash = hash;
  try {
    if (keep) history.replaceState(null, "", "#" + hash);
    else history.pushState(null, "", "#" + hash);
  } catch {
    // Within another document the address may be out of reach; the page works without.
  }
}

/** Take the state from the address. */
export function readHash() {
  lastHash = location.hash.slice(1);
  Object.assign(state, stateOf(lastHash));
}

/** Follow the back button and a changed address. */
export function listenToAddress() {
  addEventListener("popstate", () => {
    readHash();
    announce();
  });
  addEventListener("hashchange", () => {
    if (location.hash.slice(1) === lastHash || location.hash === "#panel") return;
    readHash();
    announce();
  });
}
