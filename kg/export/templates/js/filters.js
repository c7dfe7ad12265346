// The legend is the filter: every kind that is drawn can be switched off.

import {E, FACTS, G, KIND_SIZES, NODES, weakLinks} from "./data.js";
import {$, button, el, say, svgEl} from "./dom.js";
import {count, fold, number, shorten} from "./text.js";
import {DASHES} from "./shapes.js";
import {COMMUNITY_HUES, colourBy, colourNodes, glyph} from "./theme.js";
import {STATUS_HELP, STATUS_TEXT, documentTitle, documentsOf, relationName, typeText} from "./facts.js";
import {announce, change, state} from "./state.js";
import {filtered, shownCounts} from "./visible.js";
import {regionName} from "./map-names.js";
import {confidenceSlider, followSliders, timeline} from "./sliders.js";
import {showCommunity} from "./stage.js";

/** Build the legend. */
export function buildSide() {
  const types = tally(NODES, (n) => G.type[n]);
  const statuses = tally(FACTS, (f) => G.status[f]);
  const relations = tally(FACTS, (f) => G.relation[f]);
  $("side").replaceChildren(
    el("div", {class: "summary"}, el("p", {id: "shown"}), button("Reset", resetFilters, {id: "reset", hidden: true})),
    filterGroup("Types", "types", typeRows(types)),
    filterGroup("Stated or not", "statuses", G.statuses.map((s, i) => (statuses.get(i) ? toggle("statuses", i, [lineGlyph(s), el("span", {title: STATUS_HELP[s]}, STATUS_TEXT[s])], statuses.get(i)) : null))),
    filterGroup("Relations", "relations", longList("relations", byCount(relations).map(([r, n]) => [r, relationName(r), n]), 8)),
    el("div", {id: "more-filters"}),
  );
  refreshSide();
}

// A row a type; those of events are one row, and open.
function typeRows(types) {
  const row = ([t, n]) => toggle("types", t, [glyph(G.types[t]), typeText(G.types[t])], n);
  const isOfEvents = ([t]) => G.events.includes(t);
  const rows = byCount(types);
  const events = rows.filter(isOfEvents);
  if (events.length < 3) return rows.map(row);
  const sum = events.reduce((n, [, more]) => n + more, 0);
  const all = el("input", {type: "checkbox", checked: true, id: "events-on", onchange: () => {
    for (const [t] of events) all.checked ? state.off.types.delete(t) : state.off.types.add(t);
    change({}, {keep: true});
    say(shownCounts());
  }});
  const whole = el("label", {class: "toggle"}, all, el("span", {class: "what"}, glyph("Event"), "Events"), el("span", {class: "many"}, number.format(sum)));
  const kinds = el("details", {class: "kinds"}, el("summary", {}, `${number.format(events.length)} kinds of events`), events.map(row));
  const others = rows.filter((r) => !isOfEvents(r));
  const before = others.filter(([, n]) => n >= sum);
  return [before.map(row), whole, kinds, others.slice(before.length).map(row)];
}

/** What needs the evidence comes a little later. */
export function buildMoreFilters() {
  const parts = [];
  if (E().documents.length > 1) {
    const counts = new Map(E().documents.map((_, d) => [d, 0]));
    for (let f = 0; f < FACTS; f++) for (const d of new Set(documentsOf(f))) counts.set(d, (counts.get(d) || 0) + 1);
    counts.delete(-1);
    const rows = byCount(counts).map(([d, n]) => [d, documentTitle(d), n]);
    parts.push(filterGroup("Documents", "documents", longList("documents", rows, 6)));
  }
  parts.push(timeline(), confidenceSlider(), weakChoice(), colourChoice());
  $("more-filters").replaceChildren(...parts.filter(Boolean));
}

function tally(size, key) {
  const counts = new Map();
  for (let i = 0; i < size; i++) counts.set(key(i), (counts.get(key(i)) || 0) + 1);
  return counts;
}

const byCount = (counts) => [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0]);

function filterGroup(title, kind, ...content) {
  const none = button("none", () => {
    // All off where any is on; else all on again.
    const size = KIND_SIZES[kind];
    state.off[kind] = state.off[kind].size < size ? new Set(Array.from({length: size}, (_, i) => i)) : new Set();
    change({}, {keep: true});
    say(shownCounts());
  }, {class: "switch", "data-none": kind, "aria-label": `${title}: none or all`});
  return el("fieldset", {}, el("legend", {}, title), KIND_SIZES[kind] > 1 ? none : null, content);
}

function toggle(kind, value, text, n) {
  const box = el("input", {
    type: "checkbox",
    checked: !state.off[kind].has(value),
    "data-kind": kind,
    "data-value": value,
    onchange: () => {
      if (box.checked) state.off[kind].delete(value);
      else state.off[kind].add(value);
      change({}, {keep: true});
      say(shownCounts());
    },
  });
  return el("label", {class: "toggle"}, box, el("span", {class: "what"}, text), el("span", {class: "many"}, number.format(n)));
}

// The first rows of a long list; the others are found by typing, or shown on demand.
function longList(kind, rows, first) {
  const list = el("div", {});
  const fill = (chosen) => list.replaceChildren(...chosen.map(([value, text, n]) => toggle(kind, value, shorten(text, 60), n)));
  fill(rows.slice(0, first));
  if (rows.length <= first) return list;
  const input = el("input", {type: "search", class: "narrow", placeholder: `Find in ${number.format(rows.length)}`, "aria-label": `Find in ${kind}`, oninput: () => {
    const words = fold(input.value).trim();
    fill(words ? rows.filter(([, text]) => fold(text).includes(words)).slice(0, 40) : rows.slice(0, first));
  }});
  const more = rows.length <= 400 ? button("Show all", () => {
    fill(rows);
    more.remove();
  }, {class: "more"}) : null;
  return [input, list, more];
}

function lineGlyph(status) {
  const line = svgEl("path", {d: "M1 8H23", class: "stroke-" + status, "stroke-dasharray": DASHES[status].map((d) => d / 1.6).join(" ") || "none"});
  return svgEl("svg", {viewBox: "0 0 24 16", class: "glyph line", "aria-hidden": "true"}, line);
}

// Two that stand in one sentence without a fact between them.
function weakChoice() {
  if (!weakLinks()) return null;
  const box = el("input", {type: "checkbox", checked: state.weak, id: "weak", onchange: () => change({weak: box.checked}, {keep: true})});
  return el("fieldset", {}, el("legend", {}, "Weak links"), el("label", {class: "toggle"}, box, el("span", {class: "what"}, "Named in one sentence"), el("span", {class: "many"}, number.format(weakLinks()))));
}

function colourChoice() {
  if (!G.regions.length) return null;
  const choose = (by) => {
    colourNodes(by);
    buildCommunities();
    announce();
  };
  const radio = (by, text) => el("label", {class: "toggle"}, el("input", {type: "radio", name: "colour", value: by, checked: colourBy === by, onchange: () => choose(by)}), el("span", {class: "what"}, text));
  setTimeout(buildCommunities);
  return el("fieldset", {}, el("legend", {}, "Colours"), radio("type", "By type"), radio("community", "By community"), el("ul", {id: "communities"}));
}

function buildCommunities() {
  const list = $("communities");
  if (!list) return;
  const shown = colourBy === "community" ? G.regions.slice(0, 10) : [];
  list.replaceChildren(...shown.map((_, c) => el("li", {}, button([swatch(COMMUNITY_HUES[c % COMMUNITY_HUES.length]), regionName(c)], () => goTo(c), {class: "node"}))));
}

const swatch = (family) => svgEl("svg", {viewBox: "0 0 16 16", class: "glyph family-" + family, "aria-hidden": "true"}, svgEl("circle", {cx: 8, cy: 8, r: 5}));

function goTo(community) {
  const shown = showCommunity(community);
  say(`${regionName(community)}: ${count(shown, "entity", "entities")}`);
}

function resetFilters() {
  for (const kind of Object.keys(state.off)) state.off[kind] = new Set();
  change({confidence: 0, dates: null}, {keep: true});
  say(shownCounts());
}

/** Set the legend to what the state says. */
export function refreshSide() {
  for (const box of $("side").querySelectorAll("input[data-kind]")) {
    box.checked = !state.off[box.dataset.kind].has(Number(box.dataset.value));
  }
  if ($("events-on")) $("events-on").checked = G.events.some((t) => !state.off.types.has(t));
  for (const none of $("side").querySelectorAll("[data-none]")) none.textContent = state.off[none.dataset.none].size ? "all" : "none";
  if ($("shown")) $("shown").textContent = shownCounts();
  if ($("weak")) $("weak").checked = state.weak;
  if ($("reset")) $("reset").hidden = !filtered();
  followSliders();
}
