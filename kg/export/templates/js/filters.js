// The legend is the filter: every kind that is drawn can be switched off.

function buildSide() {
  const types = tally(NODES, (n) => G.type[n]);
  const statuses = tally(FACTS, (f) => G.status[f]);
  const relations = tally(FACTS, (f) => G.relation[f]);
  $("side").replaceChildren(
    group("Types", ranked(types).map(([t, n]) => toggle("types", t, [glyph(G.types[t]), typeText(G.types[t])], n))),
    group("Standing", G.statuses.map((s, i) => (statuses.get(i) ? toggle("statuses", i, [lineGlyph(s), STATUS_TEXT[s]], statuses.get(i)) : null))),
    group("Relations", longList(ranked(relations).map(([r, n]) => () => toggle("relations", r, relationText(r), n)), 8)),
  );
}

function tally(size, key) {
  const counts = new Map();
  for (let i = 0; i < size; i++) counts.set(key(i), (counts.get(key(i)) || 0) + 1);
  return counts;
}
const ranked = (counts) => [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0]);

function group(title, ...content) {
  return el("fieldset", {}, el("legend", {}, title), content);
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

// The first of a long list, with a button for the others.
function longList(makers, first) {
  const box = el("div", {}, makers.slice(0, first).map((make) => make()));
  if (makers.length > first) {
    const more = button(`${number.format(makers.length - first)} more`, () => more.replaceWith(...makers.slice(first).map((make) => make())), {class: "more"});
    box.append(more);
  }
  return box;
}

function lineGlyph(status) {
  const line = svgEl("path", {d: "M1 8H23", class: "stroke-" + status, "stroke-dasharray": DASHES[status].map((d) => d / 1.6).join(" ") || "none"});
  return svgEl("svg", {viewBox: "0 0 24 16", class: "glyph line", "aria-hidden": "true"}, line);
}

function shownCounts() {
  let nodes = 0;
  let facts = 0;
  for (let n = 0; n < NODES; n++) nodes += shownNode[n];
  for (let f = 0; f < FACTS; f++) facts += passesFilter[f];
  return `${count(nodes, "entity", "entities")} shown, ${count(facts, "fact")} of ${number.format(FACTS)}`;
}

function refreshSide() {
  for (const box of $("side").querySelectorAll("input[data-kind]")) {
    box.checked = !state.off[box.dataset.kind].has(Number(box.dataset.value));
  }
}
