// The panel: what is known of the selected node or fact, with the sentences that say so.

import {E, G, aliases, byDegree, degree, factsOf, isLiteral} from "./data.js";
import {$, button, closeButton, el} from "./dom.js";
import {count, number, shorten} from "./text.js";
import {glyph} from "./theme.js";
import {citations, leftOut, relationText, speaker, standing, statusOf, typeText, when} from "./facts.js";
import {announce, change, state} from "./state.js";
import {MOST_AROUND, cutFrom, passes} from "./visible.js";
import {pinned} from "./places.js";
import {badge, nodeButton, outward, quotation, valueText} from "./views.js";
import {openPathDialog, pathPanel} from "./paths.js";

/** Show what is known of what is selected. */
export function showPanel() {
  const panel = $("panel");
  let content;
  if (state.fact >= 0) content = factPanel(state.fact);
  else if (state.node >= 0) content = nodePanel(state.node);
  else if (state.path) content = pathPanel();
  else content = overviewPanel();
  panel.replaceChildren(...content.flat(2).filter(Boolean));
  panel.scrollTop = 0;
  document.body.classList.toggle("chosen", state.fact >= 0 || state.node >= 0);
}

const closeSelection = () => closeButton("Close", () => change({node: -1, fact: -1}), "Close (Esc)");

function overviewPanel() {
  const hubs = [...byDegree.subarray(0, 12)].filter((n) => degree[n]);
  return [
    el("h2", {}, "Most connected"),
    el("ol", {class: "hubs"}, hubs.map((n) => el("li", {}, nodeButton(n), el("span", {class: "many"}, number.format(degree[n]))))),
    el("p", {class: "hint"}, "Click a name to see what is said of it, a line to see the sentences that say so. Double-click opens the surroundings of a name."),
    G.left_out
      ? el("p", {class: "note"}, `${number.format(G.left_out)} citations were left out to keep this page small. All are in the graph file: `, el("code", {}, "kg facts GRAPH --about NAME"))
      : null,
  ];
}

function nodePanel(node) {
  const type = G.types[G.type[node]];
  const facts = [...factsOf(node)];
  const shown = facts.filter(passes);
  return [
    el("div", {class: "head"}, el("h2", {}, G.label[node]), closeSelection()),
    el("p", {class: "kind"}, glyph(type), typeText(type), ", ", count(degree[node], "link")),
    otherNames(node),
    nodeActions(node),
    cutFrom && state.focus === node ? el("p", {class: "note"}, `The ${number.format(MOST_AROUND)} best connected of ${number.format(cutFrom)} are drawn. All facts are listed here.`) : null,
    factGroups(node, shown.slice(0, 400)),
    shown.length > 400 ? el("p", {class: "note"}, `${number.format(shown.length - 400)} further facts are in the table.`) : null,
    shown.length < facts.length ? el("p", {class: "note"}, `${count(facts.length - shown.length, "fact")} hidden by the filters.`) : null,
  ];
}

// Aliases, and the addresses of the same thing elsewhere.
function otherNames(node) {
  const also = aliases(node);
  const links = (E().same[node] || []).filter((uri) => /^https?:\/\//i.test(uri));
  return [
    also.length ? el("p", {class: "also"}, "Also called ", also.map((a, i) => [i ? ", " : "", el("span", {class: "alias"}, a)])) : null,
    links.length ? el("p", {class: "also"}, "Elsewhere: ", links.map((u) => [outward(u, shorten(u.replace(/^https?:\/\//, ""), 40)), " "])) : null,
  ];
}

function nodeActions(node) {
  const aroundIt = (text, steps) => button(text, () => change({focus: node, steps, path: null}), {"aria-pressed": state.focus === node && state.steps === steps});
  const unpin = () => {
    pinned.delete(node);
    announce();
  };
  return el(
    "div",
    {class: "actions"},
    aroundIt("Around it", 1),
    aroundIt("Two steps", 2),
    button("Path to …", () => openPathDialog(node)),
    pinned.has(node) ? button("Unpin", unpin) : null,
  );
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

function factPanel(fact) {
  const cited = citations(fact);
  const hidden = leftOut(fact);
  return [
    el("div", {class: "head"}, el("h2", {class: "over"}, "Fact"), closeSelection()),
    el(
      "p",
      {class: "triple " + statusOf(fact)},
      nodeButton(G.from[fact]),
      el("span", {class: "verb"}, statusOf(fact) === "negated" ? el("b", {class: "not"}, "not ") : null, relationText(G.relation[fact])),
      isLiteral(fact) ? valueText(fact) : nodeButton(G.to[fact]),
    ),
    factDetails(fact),
    el("h3", {}, cited.length === 1 ? "The sentence that says so" : `${number.format(cited.length)} sentences that say so`),
    cited.map((c) => quotation(c, fact)),
    hidden ? el("p", {class: "note"}, `${count(hidden, "citation")} left out to keep this page small; `, el("code", {}, "kg facts GRAPH --about NAME"), " prints them.") : null,
  ];
}

function factDetails(fact) {
  const date = when(fact);
  const by = speaker(fact);
  const others = E().qualifiers[fact] || [];
  const words = standing(fact);
  return el(
    "dl",
    {class: "details"},
    el("dt", {}, "Standing"),
    el("dd", {}, words ? [el("span", {class: "badge " + statusOf(fact)}, words), statusOf(fact) === "doubtful" ? " not read surely enough to be asserted" : " the text does not state it as so"] : "asserted by the text"),
    by >= 0 ? [el("dt", {}, "In the words of"), el("dd", {}, nodeButton(by))] : null,
    date ? [el("dt", {}, "When"), el("dd", {}, el("time", {}, date))] : null,
    others.map(([role, value]) => [el("dt", {}, role.replace(/_/g, " ")), el("dd", {}, typeof value === "number" ? nodeButton(value) : value)]),
    el("dt", {}, "Confidence"),
    el("dd", {}, (E().confidence[fact] / 100).toFixed(2)),
  );
}
