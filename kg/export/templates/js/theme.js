// Colours on a light and on a dark ground.

import {G} from "./data.js";
import {svgEl} from "./dom.js";
import {look, outline} from "./shapes.js";

// Okabe and Ito's palette, which people with colour blindness tell apart, toned for either ground.
const FAMILY = {
  person: {light: "#c2571a", dark: "#f08a4b"},
  body: {light: "#0b6fae", dark: "#5fb4ea"},
  place: {light: "#00795c", dark: "#35c499"},
  event: {light: "#b0457f", dark: "#e58abb"},
  thing: {light: "#9a7400", dark: "#e3b93c"},
  office: {light: "#5d57b5", dark: "#a5a0f0"},
  idea: {light: "#68707a", dark: "#a3acb8"},
};

export const COMMUNITY_HUES = ["body", "person", "place", "event", "thing", "office"];
export const systemDark = matchMedia("(prefers-color-scheme: dark)");
let chosenTheme = "";

/** Whether the ground is dark. */
export const isDark = () => (chosenTheme ? chosenTheme === "dark" : systemDark.matches);

/** Change from dark to light or back, whatever the system says. */
export function turnTheme() {
  chosenTheme = isDark() ? "light" : "dark";
}

export let colourBy = "type";

/** Colour nodes by "type" or by "community". */
export function colourNodes(by) {
  colourBy = by;
}

export let ink = {};

/** Read the colours of the style sheet. */
export function readTheme() {
  document.documentElement.dataset.theme = isDark() ? "dark" : "light";
  const style = getComputedStyle(document.documentElement);
  const get = (name) => style.getPropertyValue("--" + name).trim();
  ink = {
    ground: get("ground"),
    text: get("text"),
    soft: get("soft"),
    line: get("edge"),
    strong: get("edge-strong"),
    accent: get("accent"),
    negated: get("negated"),
  };
}

const shade = (family) => FAMILY[family][isDark() ? "dark" : "light"];

/** The colour of a community. */
export const regionColour = (c) => shade(COMMUNITY_HUES[c % COMMUNITY_HUES.length]);

function communityColour(node) {
  return G.community[node] < 0 ? shade("idea") : regionColour(G.community[node]);
}

/** The colour of a node, by type or by community. */
export const colourOf = (node) => (colourBy === "community" ? communityColour(node) : shade(look(G.types[G.type[node]])[0]));

/** The shape of a node. */
export const shapeOf = (node) => look(G.types[G.type[node]])[1];

/** A type's sign for lists. */
export function glyph(type) {
  const [family, shape] = look(type);
  return svgEl(
    "svg",
    {viewBox: "0 0 16 16", class: "glyph family-" + family, "aria-hidden": "true"},
    svgEl("path", {d: outline(shape, 8, 8, 5.2)}),
  );
}
