// The page's state as the fragment of its address, and back.

import {FACTS, KIND_SIZES, idOf, nodeById} from "./data.js";

/** The fragment that stands for what is viewed. */
export function hashOf(view) {
  const parts = [];
  const put = (key, value) => parts.push(key + "=" + encodeURIComponent(value));
  if (view.focus >= 0) put("focus", idOf(view.focus));
  if (view.focus >= 0 && view.steps !== 1) put("steps", view.steps);
  if (view.path) put("path", view.path.map((n) => encodeURIComponent(idOf(n))).join("|"));
  if (view.show) put("show", view.show);
  if (view.weak) put("weak", 1);
  if (view.loose) put("loose", 1);
  if (view.node >= 0) put("node", idOf(view.node));
  if (view.fact >= 0) put("fact", view.fact);
  if (view.view) put("view", view.view);
  if (view.doc >= 0) put("doc", view.doc);
  for (const [name, off] of Object.entries(view.off)) {
    if (off.size) put("no-" + name, [...off].sort((a, b) => a - b).join("."));
  }
  if (view.confidence) put("confidence", view.confidence);
  if (view.dates) put("dates", view.dates.join("|"));
  return parts.join("&");
}

function decode(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return "";
  }
}

function partsOf(hash) {
  const given = new Map();
  for (const part of hash.split("&")) {
    const at = part.indexOf("=");
    if (at > 0) given.set(part.slice(0, at), decode(part.slice(at + 1)));
  }
  return given;
}

const nodeNamed = (id) => (id ? (nodeById(id) ?? -1) : -1);
const whole = (text, below) => (/^\d{1,9}$/.test(text ?? "") && Number(text) < below ? Number(text) : -1);
const dayOf = (text) => (/^\d{4}-\d\d-\d\d$/.test(text) ? text : null);

/** What a fragment asks for; what it does not name, or names wrongly, is as at the start. */
export function stateOf(hash) {
  const given = partsOf(hash);
  const path = (given.get("path") || "").split("|").map(decode).map(nodeNamed);
  const dates = (given.get("dates") || "").split("|").map(dayOf);
  const off = {};
  for (const [name, size] of Object.entries(KIND_SIZES)) {
    const numbers = (given.get("no-" + name) || "").split(".").map((text) => whole(text, size));
    off[name] = new Set(numbers.filter((n) => n >= 0));
  }
  return {
    node: nodeNamed(given.get("node")),
    fact: whole(given.get("fact"), FACTS),
    focus: nodeNamed(given.get("focus")),
    steps: given.get("steps") === "2" ? 2 : 1,
    show: ["all", "main"].includes(given.get("show")) ? given.get("show") : "",
    loose: given.get("loose") === "1",
    weak: given.get("weak") === "1",
    path: path.length === 2 && path.every((n) => n >= 0) ? path : null,
    view: ["table", "text", "timeline", "people", "places", "documents"].includes(given.get("view")) ? given.get("view") : "",
    doc: whole(given.get("doc"), KIND_SIZES.documents),
    off,
    confidence: Math.max(0, whole(given.get("confidence"), 101)),
    dates: dates.length === 2 && dates[0] && dates[1] ? dates : null,
  };
}
