// The panel: what is known of the selected node or fact, with the sentences that say so.

function showPanel() {
  const panel = $("panel");
  let content;
  if (state.fact >= 0) content = factPanel(state.fact);
  else if (state.node >= 0) content = nodePanel(state.node);
  else if (state.path) content = pathPanel();
  else content = overviewPanel();
  panel.replaceChildren(...content.flat(2));
  panel.scrollTop = 0;
  document.body.classList.toggle("chosen", state.fact >= 0 || state.node >= 0);
}

function close() {
  return button(icon(CROSS), () => change({node: -1, fact: -1}), {class: "close", "aria-label": "Close", title: "Close (Esc)"});
}

function nodeButton(node, most = 80) {
  return button([glyph(G.types[G.type[node]]), shorten(G.label[node], most)], () => select(node), {class: "node", title: G.label[node]});
}

// Choose a node from outside of the drawing: it comes into view, from the map with its surroundings.
function select(node) {
  if (onMap()) return openAround(node);
  // A part that does not hold the node gives way to the node's own surroundings or to the whole.
  if (alone() && !shownNode[node]) {
    if (G.scale === "network") change({node, fact: -1, focus: -1, path: null});
    else return openAround(node);
  } else change({node, fact: -1});
  flyTo(node);
}

function overviewPanel() {
  const hubs = [...byDegree.subarray(0, 12)].filter((n) => degree[n]);
  return [
    el("h2", {}, "Most connected"),
    el("ol", {class: "hubs"}, hubs.map((n) => el("li", {}, nodeButton(n), el("span", {class: "many"}, number.format(degree[n]))))),
    el("p", {class: "hint"}, "Click a name to see what is said of it, a line to see the sentences that say so. Double-click opens the surroundings of a name."),
    G.left_out
      ? el("p", {class: "note"}, `${number.format(G.left_out)} citations were left out to keep this page small. All are in the graph file: `, el("code", {}, "kg facts GRAPH --about NAME"))
      : null,
  ].filter(Boolean);
}

function nodePanel(node) {
  const type = G.types[G.type[node]];
  const facts = [...factsOf(node)];
  const shown = facts.filter((f) => passesFilter[f]);
  const also = aliases(node);
  const links = (E().same[node] || []).filter((uri) => /^https?:\/\//i.test(uri));
  return [
    el("div", {class: "head"}, el("h2", {}, G.label[node]), close()),
    el("p", {class: "kind"}, glyph(type), typeText(type), ", ", count(degree[node], "link")),
    also.length ? el("p", {class: "also"}, "Also called ", also.map((a, i) => [i ? ", " : "", el("span", {class: "alias"}, a)])) : null,
    links.length ? el("p", {class: "also"}, "Elsewhere: ", links.map((u) => [outward(u, shorten(u.replace(/^https?:\/\//, ""), 40)), " "])) : null,
    el(
      "div",
      {class: "actions"},
      button("Around it", () => change({focus: node, steps: 1, path: null}), {"aria-pressed": state.focus === node && state.steps === 1}),
      button("Two steps", () => change({focus: node, steps: 2, path: null}), {"aria-pressed": state.focus === node && state.steps === 2}),
      button("Path to …", () => openPathDialog(node)),
      pinned.has(node) ? button("Unpin", () => {
        pinned.delete(node);
        refresh();
      }) : null,
    ),
    cutFrom && state.focus === node ? el("p", {class: "note"}, `The ${number.format(MOST_AROUND)} best connected of ${number.format(cutFrom)} are drawn. All facts are listed here.`) : null,
    factGroups(node, shown.slice(0, 400)),
    shown.length > 400 ? el("p", {class: "note"}, `${number.format(shown.length - 400)} further facts are in the table.`) : null,
    shown.length < facts.length ? el("p", {class: "note"}, `${count(facts.length - shown.length, "fact")} hidden by the filters.`) : null,
  ].filter(Boolean);
}

// Facts grouped by relation and direction, the largest group first.
function factGroups(node, facts) {
  const groups = new Map();
  for (const fact of facts) {
    const out = G.from[fact] === node;
    const key = (out ? "0" : "1") + G.relation[fact];
    if (!groups.has(key)) groups.set(key, {out, relation: G.relation[fact], facts: []});
    groups.get(key).facts.push(fact);
  }
  const ordered = [...groups.values()].sort((a, b) => b.out - a.out || b.facts.length - a.facts.length || a.relation - b.relation);
  return ordered.map((group) =>
    el(
      "section",
      {class: "relation"},
      el("h3", {}, group.out ? relationText(group.relation) : ["← ", relationText(group.relation)]),
      el("ul", {}, group.facts.map((fact) => factItem(fact, node))),
    ),
  );
}

function factItem(fact, node) {
  const other = G.from[fact] === node ? G.to[fact] : G.from[fact];
  const name = other >= 0 ? [glyph(G.types[G.type[other]]), shorten(G.label[other], 90)] : valueText(fact);
  const date = when(fact);
  return el(
    "li",
    {class: "fact " + statusOf(fact)},
    button(name, () => change({fact, node: -1}), {class: "open", title: "Show the sentences"}),
    badge(fact),
    date ? el("time", {}, date) : null,
  );
}

function valueText(fact) {
  const text = literal(fact);
  return text === "" ? el("span", {class: "none"}, "(that is all that is said)") : el("span", {class: "value"}, shorten(text, 160));
}

function badge(fact) {
  const words = standing(fact);
  const by = speaker(fact);
  if (!words && by < 0) return null;
  return el("span", {class: "badge " + statusOf(fact)}, words || "reported", by >= 0 ? [" by ", G.label[by]] : null);
}

function factPanel(fact) {
  const cited = citations(fact);
  const hidden = leftOut(fact);
  const date = when(fact);
  const by = speaker(fact);
  const others = E().qualifiers[fact] || [];
  const words = standing(fact);
  return [
    el("div", {class: "head"}, el("h2", {class: "over"}, "Fact"), close()),
    el(
      "p",
      {class: "triple " + statusOf(fact)},
      nodeButton(G.from[fact]),
      el("span", {class: "verb"}, statusOf(fact) === "negated" ? el("b", {class: "not"}, "not ") : null, relationText(G.relation[fact])),
      isLiteral(fact) ? valueText(fact) : nodeButton(G.to[fact]),
    ),
    el(
      "dl",
      {class: "details"},
      el("dt", {}, "Standing"),
      el("dd", {}, words ? [el("span", {class: "badge " + statusOf(fact)}, words), statusOf(fact) === "doubtful" ? " not read surely enough to be asserted" : " the text does not state it as so"] : "asserted by the text"),
      by >= 0 ? [el("dt", {}, "In the words of"), el("dd", {}, nodeButton(by))] : null,
      date ? [el("dt", {}, "When"), el("dd", {}, el("time", {}, date))] : null,
      others.map(([role, value]) => [el("dt", {}, role.replace(/_/g, " ")), el("dd", {}, typeof value === "number" ? nodeButton(value) : value)]),
      el("dt", {}, "Confidence"),
      el("dd", {}, (E().confidence[fact] / 100).toFixed(2)),
    ),
    el("h3", {}, cited.length === 1 ? "The sentence that says so" : `${number.format(cited.length)} sentences that say so`),
    cited.map((c) => quotation(c, fact)),
    hidden ? el("p", {class: "note"}, `${count(hidden, "citation")} left out to keep this page small; `, el("code", {}, `kg facts GRAPH --about NAME`), " prints them.") : null,
  ].filter(Boolean);
}

function outward(uri, text) {
  return el("a", {href: uri, target: "_blank", rel: "noopener noreferrer"}, text);
}

function quotation(c, fact) {
  const paper = E().documents[c.doc];
  const uri = paper && /^https?:\/\//i.test(paper.uri) ? paper.uri : "";
  return el(
    "figure",
    {class: "quotation"},
    el("blockquote", {}, marked(c, fact)),
    el("figcaption", {}, uri ? outward(uri, documentTitle(c.doc)) : documentTitle(c.doc), paper?.date ? [", ", el("time", {}, paper.date)] : null, paper ? button("Read on", () => change({view: "text", doc: c.doc}), {class: "read"}) : null),
  );
}

// A sentence with the words of the fact underlined and its two ends marked.
function marked(c, fact) {
  const ranges = [];
  const name = (node, kind) => {
    const at = findName(c.text, node, c.from, c.to);
    if (at) ranges.push({from: at[0], to: at[1], kind, node});
  };
  name(G.from[fact], "subject");
  if (!isLiteral(fact)) name(G.to[fact], "object");
  else if (literal(fact)) {
    const at = c.text.indexOf(literal(fact));
    if (at >= 0) ranges.push({from: at, to: at + literal(fact).length, kind: "object"});
  }
  const cuts = new Set([0, c.text.length, c.from, c.to]);
  for (const r of ranges) cuts.add(r.from).add(r.to);
  const points = [...cuts].filter((p) => p >= 0 && p <= c.text.length).sort((a, b) => a - b);
  return points.slice(0, -1).map((from, i) => {
    const to = points[i + 1];
    const text = c.text.slice(from, to);
    const range = ranges.find((r) => r.from <= from && r.to >= to);
    if (range) return el("mark", {class: range.kind}, text);
    return from >= c.from && to <= c.to ? el("mark", {class: "said"}, text) : text;
  });
}

// Where a node is named in a sentence: by its label or an alias, nearest to the words of the claim.
function findName(text, node, from, to) {
  const forms = [G.label[node], ...aliases(node)].filter(Boolean).sort((a, b) => b.length - a.length);
  const low = text.toLowerCase();
  if (low.length !== text.length) return null;
  let best = null;
  const middle = (from + to) / 2;
  for (const form of forms) {
    const wanted = form.toLowerCase();
    for (let at = low.indexOf(wanted); at >= 0; at = low.indexOf(wanted, at + 1)) {
      if (/[\p{L}\p{N}]/u.test(text[at - 1] || "") || /[\p{L}\p{N}]/u.test(text[at + wanted.length] || "")) continue;
      const far = Math.abs(at + wanted.length / 2 - middle) + (at >= from && at < to ? 0 : 1000);
      if (!best || far < best[2]) best = [at, at + wanted.length, far];
    }
    if (best && best[2] < 1000) break;
  }
  return best;
}
