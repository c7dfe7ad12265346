// The legend is the filter: every kind that is drawn can be switched off.

function buildSide() {
  const types = tally(NODES, (n) => G.type[n]);
  const statuses = tally(FACTS, (f) => G.status[f]);
  const relations = tally(FACTS, (f) => G.relation[f]);
  $("side").replaceChildren(
    el("div", {class: "summary"}, el("p", {id: "shown"}), button("Reset", resetFilters, {id: "reset", hidden: true})),
    group("Types", "types", ranked(types).map(([t, n]) => toggle("types", t, [glyph(G.types[t]), typeText(G.types[t])], n))),
    group("Standing", "statuses", G.statuses.map((s, i) => (statuses.get(i) ? toggle("statuses", i, [lineGlyph(s), STATUS_TEXT[s]], statuses.get(i)) : null))),
    group("Relations", "relations", longList("relations", ranked(relations).map(([r, n]) => [r, relationText(r), n]), 8)),
    el("div", {id: "more-filters"}),
  );
  refreshSide();
}

// What needs the evidence comes a little later.
function buildMoreFilters() {
  const parts = [];
  if (E().documents.length > 1) {
    const counts = new Map(E().documents.map((_, d) => [d, 0]));
    for (let f = 0; f < FACTS; f++) for (const d of new Set(documentsOf(f))) counts.set(d, (counts.get(d) || 0) + 1);
    counts.delete(-1);
    const rows = ranked(counts).map(([d, n]) => [d, documentTitle(d), n]);
    parts.push(group("Documents", "documents", longList("documents", rows, 6)));
  }
  parts.push(timeline(), confidenceSlider(), colourChoice());
  $("more-filters").replaceChildren(...parts.filter(Boolean));
}

function tally(size, key) {
  const counts = new Map();
  for (let i = 0; i < size; i++) counts.set(key(i), (counts.get(key(i)) || 0) + 1);
  return counts;
}
const ranked = (counts) => [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0]);

function group(title, kind, ...content) {
  const sizes = {types: G.types.length, statuses: G.statuses.length, relations: G.relations.length, documents: G.counts.documents};
  const none = button("none", () => {
    // All off where any is on; else all on again.
    const size = sizes[kind];
    state.off[kind] = state.off[kind].size < size ? new Set(Array.from({length: size}, (_, i) => i)) : new Set();
    change({}, {keep: true});
    say(shownCounts());
  }, {class: "switch", "data-none": kind, "aria-label": `${title}: none or all`});
  return el("fieldset", {}, el("legend", {}, title), sizes[kind] > 1 ? none : null, content);
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

// Days as numbers, and back.
const dayNumber = (day) => Math.round(Date.parse(day + "T00:00:00Z") / 86400000);
const dayText = (n) => new Date(n * 86400000).toISOString().slice(0, 10);

let span = null; // [first day, last day] of all dated facts
function timeline() {
  const days = [];
  for (const [begins, ends] of Object.values(E().dates)) {
    const from = dayNumber(begins || ends);
    const to = dayNumber(ends || begins);
    if (Number.isFinite(from) && Number.isFinite(to) && to >= from) days.push([from, to]);
  }
  if (!days.length) return null;
  span = [days.reduce((m, d) => Math.min(m, d[0]), Infinity), days.reduce((m, d) => Math.max(m, d[1]), -Infinity)];
  if (span[0] === span[1]) return null;
  const bins = Math.min(40, span[1] - span[0] + 1);
  const bin = (day) => Math.min(bins - 1, Math.floor(((day - span[0]) / (span[1] - span[0] + 1)) * bins));
  const heights = new Array(bins).fill(0);
  for (const [from, to] of days) {
    const width = bin(to) - bin(from) + 1;
    for (let b = bin(from); b <= bin(to); b++) heights[b] += 1 / width;
  }
  const tallest = Math.max(...heights);
  const bars = svgEl("svg", {viewBox: `0 0 ${bins} 20`, preserveAspectRatio: "none", class: "bars", "aria-hidden": "true"});
  heights.forEach((h, i) => bars.append(svgEl("rect", {x: i + 0.08, y: 20 - (h ? Math.max(1.5, (h / tallest) * 20) : 0), width: 0.84, height: 20, "data-bin": i})));
  const given = state.dates ? state.dates.map(dayNumber) : span;
  const handle = (which, text) => el("input", {type: "range", min: span[0], max: span[1], value: given[which], "aria-label": text, class: "handle"});
  const [low, high] = [handle(0, "Facts from"), handle(1, "Facts until")];
  const words = el("output", {id: "span"});
  const show = () => {
    const [a, b] = [Number(low.value), Number(high.value)];
    words.textContent = `${dayText(a)} – ${dayText(b)}`;
    low.setAttribute("aria-valuetext", dayText(a));
    high.setAttribute("aria-valuetext", dayText(b));
    bars.querySelectorAll("rect").forEach((rect, i) => rect.classList.toggle("out", i < bin(a) || i > bin(b)));
  };
  const apply = later(() => {
    const [a, b] = [Number(low.value), Number(high.value)];
    change({dates: a <= span[0] && b >= span[1] ? null : [dayText(a), dayText(b)]}, {keep: true});
    say(`${dayText(a)} to ${dayText(b)}. ${shownCounts()}`);
  }, 120);
  low.oninput = () => {
    if (Number(low.value) > Number(high.value)) low.value = high.value;
    show();
    apply();
  };
  high.oninput = () => {
    if (Number(high.value) < Number(low.value)) high.value = low.value;
    show();
    apply();
  };
  timeline.set = () => {
    const days = state.dates ? state.dates.map(dayNumber) : span;
    [low.value, high.value] = days;
    show();
  };
  show();
  return el("fieldset", {class: "dates"}, el("legend", {}, "Dates"), el("div", {class: "slider"}, bars, low, high), words, el("p", {class: "hint"}, `${number.format(days.length)} of ${count(FACTS, "fact")} have a date.`));
}

function confidenceSlider() {
  const values = new Set(E().confidence);
  if (values.size < 2) return null;
  const least = Math.min(...values);
  const words = el("output", {});
  const input = el("input", {type: "range", min: Math.floor(least / 5) * 5, max: 100, step: 5, value: Math.max(state.confidence, Math.floor(least / 5) * 5), "aria-label": "Least confidence", oninput: () => {
    show();
    apply();
  }});
  const show = () => (words.textContent = "at least " + (Number(input.value) / 100).toFixed(2));
  const apply = later(() => {
    change({confidence: Number(input.value) <= least ? 0 : Number(input.value)}, {keep: true});
    say(shownCounts());
  }, 120);
  confidenceSlider.set = () => {
    input.value = String(Math.max(state.confidence, Math.floor(least / 5) * 5));
    show();
  };
  show();
  return el("fieldset", {}, el("legend", {}, "Confidence"), input, words);
}

function colourChoice() {
  if (!G.regions.length) return null;
  const radio = (value, text) => el("label", {class: "toggle"}, el("input", {type: "radio", name: "colour", value, checked: colourBy === value, onchange: () => {
    colourBy = value;
    buildCommunities();
    refresh();
  }}), el("span", {class: "what"}, text));
  const box = el("fieldset", {}, el("legend", {}, "Colours"), radio("type", "By type"), radio("community", "By community"), el("ul", {id: "communities"}));
  setTimeout(buildCommunities);
  return box;
}

function buildCommunities() {
  const list = $("communities");
  if (!list) return;
  const shown = colourBy === "community" ? G.regions.slice(0, 10) : [];
  list.replaceChildren(...shown.map((_, c) => el("li", {}, button([swatch(COMMUNITY_HUES[c % COMMUNITY_HUES.length]), regionName(c)], () => goToCommunity(c), {class: "node"}))));
}

const swatch = (family) => svgEl("svg", {viewBox: "0 0 16 16", class: "glyph family-" + family, "aria-hidden": "true"}, svgEl("circle", {cx: 8, cy: 8, r: 5}));

function goToCommunity(c) {
  const members = [];
  for (let n = 0; n < NODES; n++) if (G.community[n] === c && shownNode[n]) members.push(n);
  if (onMap()) {
    const [x, y, r] = G.regions[c];
    fitMap([x - r, y - r, x + r, y + r]);
    viewMoved();
  } else fit(members, true);
  say(`${regionName(c)}: ${count(members.length, "entity", "entities")}`);
}

function resetFilters() {
  for (const kind of Object.keys(state.off)) state.off[kind] = new Set();
  change({confidence: 0, dates: null}, {keep: true});
  say(shownCounts());
}

function shownCounts() {
  let nodes = 0;
  let facts = 0;
  for (let n = 0; n < NODES; n++) nodes += shownNode[n];
  for (let f = 0; f < FACTS; f++) facts += passesFilter[f];
  return `${number.format(nodes)} of ${count(NODES, "entity", "entities")} shown, ${number.format(facts)} of ${count(FACTS, "fact")} pass`;
}

function refreshSide() {
  for (const box of $("side").querySelectorAll("input[data-kind]")) {
    box.checked = !state.off[box.dataset.kind].has(Number(box.dataset.value));
  }
  for (const none of $("side").querySelectorAll("[data-none]")) none.textContent = state.off[none.dataset.none].size ? "all" : "none";
  if ($("shown")) $("shown").textContent = shownCounts();
  if ($("reset")) $("reset").hidden = !filtered();
  timeline.set?.();
  confidenceSlider.set?.();
}
