// Making elements. Text from the graph only ever becomes text nodes and attribute values.

/** The element of this id. */
export const $ = (id) => document.getElementById(id);

/** el("button", {class: "x", onclick: f}, "text", child, …); null and false children are left out. */
export function el(tag, props, ...children) {
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

export const SVG = "http://www.w3.org/2000/svg";

/** The same for elements of a drawing; children are nodes. */
export function svgEl(tag, props, ...children) {
  const node = document.createElementNS(SVG, tag);
  for (const [key, value] of Object.entries(props || {})) node.setAttribute(key, String(value));
  node.append(...children);
  return node;
}

/** An icon of strokes on a 16 × 16 field. */
export function icon(path) {
  return svgEl("svg", {viewBox: "0 0 16 16", class: "icon", "aria-hidden": "true"}, svgEl("path", {d: path}));
}

const CROSS = "M4 4l8 8M12 4l-8 8";

/** A button with these words or elements. */
export function button(text, onclick, props) {
  return el("button", {type: "button", onclick, ...props}, text);
}

/** A cross that closes something. */
export function closeButton(label, act, title) {
  return button(icon(CROSS), act, {class: "close", "aria-label": label, title});
}

/** Open a dialog with a heading and this content; it leaves the page when it is closed. */
export function openDialog(title, kind, ...content) {
  const dialog = el("dialog", {class: kind, "aria-label": title});
  dialog.append(el("div", {class: "head"}, el("h2", {}, title), closeButton("Close", () => dialog.close())), ...content);
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}

/** Tell a screen reader. */
export function say(text) {
  $("said").textContent = text;
}

/** A function that runs once its calls have ceased for so many milliseconds. */
export function later(f, wait) {
  let timer = 0;
  return (...given) => {
    clearTimeout(timer);
    timer = setTimeout(() => f(...given), wait);
  };
}

export const stillness = matchMedia("(prefers-reduced-motion: reduce)");

/** The evidence stands after the script; until it has come only the drawing is there. */
export const whenLoaded = new Promise((done) => {
  if (document.readyState === "loading") addEventListener("DOMContentLoaded", done);
  else done();
});
