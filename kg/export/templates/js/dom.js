// Making elements. Text from the graph only ever becomes text nodes and attribute values.

const $ = (id) => document.getElementById(id);

// el("button", {class: "x", onclick: f}, "text", child, …); null and false children are left out.
function el(tag, props, ...children) {
  const node = document.createElement(tag);
  for (const [key, value] of Object.entries(props || {})) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else if (key in {value: 1, checked: 1, disabled: 1, hidden: 1, indeterminate: 1}) node[key] = value;
    else node.setAttribute(key, value === true ? "" : String(value));
  }
  node.append(...children.flat(3).filter((c) => c !== null && c !== undefined && c !== false));
  return node;
}

const SVG = "http://www.w3.org/2000/svg";

function svgEl(tag, props, ...children) {
  const node = document.createElementNS(SVG, tag);
  for (const [key, value] of Object.entries(props || {})) node.setAttribute(key, String(value));
  node.append(...children);
  return node;
}

// An icon of strokes on a 16 × 16 field.
function icon(path) {
  return svgEl("svg", {viewBox: "0 0 16 16", class: "icon", "aria-hidden": "true"}, svgEl("path", {d: path}));
}

const CROSS = "M4 4l8 8M12 4l-8 8";

function button(text, onclick, props) {
  return el("button", {type: "button", onclick, ...props}, text);
}

function say(text) {
  $("said").textContent = text;
}

// Letters without accents and case, for searching.
function fold(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

const number = {format: (n) => String(n).replace(/\B(?=(\d{3})+$)/g, ",")};
const count = (n, one, many) => number.format(n) + " " + (n === 1 ? one : many || one + "s");

// Cut after so many characters, at a word where one ends near.
function shorten(text, most) {
  const letters = Array.from(text);
  if (letters.length <= most) return text;
  const cut = letters.slice(0, most - 1).join("");
  const space = cut.lastIndexOf(" ");
  return (space > most * 0.6 ? cut.slice(0, space) : cut) + "…";
}

function later(f, wait) {
  let timer = 0;
  return (...given) => {
    clearTimeout(timer);
    timer = setTimeout(() => f(...given), wait);
  };
}

const stillness = matchMedia("(prefers-reduced-motion: reduce)");
const narrow = matchMedia("(max-width: 760px)");

// The evidence stands after the script; until it has come only the drawing is there.
const whenLoaded = new Promise((done) => {
  if (document.readyState === "loading") addEventListener("DOMContentLoaded", done);
  else done();
});
