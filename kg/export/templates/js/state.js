// What is selected, focused and filtered; kept in the address, so that the back button works.

const state = {
  node: -1, // the selected node
  fact: -1, // or the selected fact
  focus: -1, // the node whose surroundings are shown alone
  steps: 1,
  loose: false, // whether nodes without links are drawn too
  path: null, // [from, to]
  unfolded: new Set(), // nodes whose neighbours were asked for
  off: {types: new Set(), statuses: new Set(), relations: new Set(), documents: new Set()},
  confidence: 0,
  dates: null, // [first day, last day]
  view: "", // "", "table", "text"
  doc: -1,
};

const listeners = [];
const onChange = (f) => listeners.push(f);
let lastHash = "";

// Change the state; `keep` false makes a new entry in the history.
function change(changes, {keep = false} = {}) {
  Object.assign(state, changes);
  writeHash(keep);
  for (const f of listeners) f();
}

function writeHash(keep) {
  const parts = [];
  const put = (key, value) => parts.push(key + "=" + encodeURIComponent(value));
  if (state.focus >= 0) put("focus", idOf(state.focus));
  if (state.focus >= 0 && state.steps !== 1) put("steps", state.steps);
  if (state.path) put("path", state.path.map((n) => encodeURIComponent(idOf(n))).join("|"));
  if (state.loose) put("loose", 1);
  if (state.node >= 0) put("node", idOf(state.node));
  if (state.fact >= 0) put("fact", state.fact);
  if (state.view) put("view", state.view);
  if (state.doc >= 0) put("doc", state.doc);
  for (const [name, off] of Object.entries(state.off)) {
    if (off.size) put("no-" + name, [...off].sort((a, b) => a - b).join("."));
  }
  if (state.confidence) put("confidence", state.confidence);
  if (state.dates) put("dates", state.dates.join("|"));
  const hash = parts.join("&");
  if (hash === lastHash) return;
  lastHash = hash;
  try {
    if (keep) history.replaceState(null, "", "#" + hash);
    else history.pushState(null, "", "#" + hash);
  } catch {
    // Within another document the address may be out of reach; the page works without.
  }
}

function readHash() {
  let given = new Map();
  const decode = (text) => {
    try {
      return decodeURIComponent(text);
    } catch {
      return "";
    }
  };
  for (const part of location.hash.slice(1).split("&")) {
    const at = part.indexOf("=");
    if (at > 0) given.set(part.slice(0, at), decode(part.slice(at + 1)));
  }
  const node = (id) => (id ? nodeById(id) ?? -1 : -1);
  const whole = (text, below) => (/^\d{1,9}$/.test(text ?? "") && Number(text) < below ? Number(text) : -1);
  const path = (given.get("path") || "").split("|").map(decode).map(node);
  const day = (text) => (/^\d{4}-\d\d-\d\d$/.test(text) ? text : null);
  const dates = (given.get("dates") || "").split("|").map(day);
  Object.assign(state, {
    node: node(given.get("node")),
    fact: whole(given.get("fact"), FACTS),
    focus: node(given.get("focus")),
    steps: given.get("steps") === "2" ? 2 : 1,
    loose: given.get("loose") === "1",
    path: path.length === 2 && path.every((n) => n >= 0) ? path : null,
    view: ["table", "text"].includes(given.get("view")) ? given.get("view") : "",
    doc: whole(given.get("doc"), G.counts.documents),
    confidence: Math.max(0, whole(given.get("confidence"), 101)),
    dates: dates.length === 2 && dates[0] && dates[1] ? dates : null,
  });
  const sizes = {types: G.types.length, statuses: G.statuses.length, relations: G.relations.length, documents: G.counts.documents};
  for (const [name, size] of Object.entries(sizes)) {
    const off = (given.get("no-" + name) || "").split(".").map((t) => whole(t, size)).filter((n) => n >= 0);
    state.off[name] = new Set(off);
  }
  lastHash = location.hash.slice(1);
}

addEventListener("popstate", () => {
  readHash();
  for (const f of listeners) f();
});
addEventListener("hashchange", () => {
  if (location.hash.slice(1) === lastHash || location.hash === "#panel") return;
  readHash();
  for (const f of listeners) f();
});
