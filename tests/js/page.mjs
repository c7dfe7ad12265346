// A page of a few records for the modules to work on, where there is no browser.
// Import this before a module of the page: it reads the page's data when it is loaded.

import {readFileSync} from "node:fs";

const data = JSON.parse(readFileSync(new URL("./graph.json", import.meta.url), "utf-8"));

// Letters are all seven pixels wide here.
const pen = {measureText: (text) => ({width: 7 * text.length})};

globalThis.document = {
  title: "Harbour: a dispute",
  getElementById: (id) => ({textContent: JSON.stringify(data[id.replace("-data", "")])}),
  createElement: () => ({getContext: () => pen}),
};
globalThis.matchMedia = () => ({matches: false});
globalThis.location = {hash: ""};
globalThis.history = {
  pushState: (_state, _title, address) => (location.hash = address),
  replaceState: (_state, _title, address) => (location.hash = address),
};

const SCRIPTS = "../../kg/export/templates/js/";

/** A module of the page by its name. */
export const module = (name) => import(new URL(`${SCRIPTS}${name}.js`, import.meta.url));
