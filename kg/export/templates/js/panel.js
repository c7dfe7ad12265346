// The panel: what is known of the selected node or fact, with the sentences that say so.

import {E, G, aliases, degree, factsOf, isEvent, isLiteral, isNamed, ranked} from "./data.js";
import {$, button, closeButton, el, say} from "./dom.js";
import {count, number, shorten} from "./text.js";
import {glyph} from "./theme.js";
import {calledBeside, citations, isRole, leftOut, objectText, relationText, roleText, saidText, saying, speaker, standing, statusOf, typeText, when} from "./facts.js";
import {eachClauseOnce, profileOf, whatItIs} from "./profile.js";
import {announce, change, state} from "./state.js";
import {MOST_AROUND, cutFrom, onMap, passes, shownNode} from "./visible.js";
import {communityRows} from "./communities.js";
import {foldedBy, hiddenAround} from "./core.js";
import {showCommunity} from "./stage.js";
import {unfold} from "./moves.js";
import {pinned} from "./places.js";
import {badge, nodeButton, outward, plainSentence, quotation, valueText} from "./views.js";
import {openPathDialog, pathPanel} from "./paths.js";

/** Show what is known of what is selected. */
export function showPanel() {
  const panel = $("panel");
  let content;
  if (state.fact >= 0) content = factPanel(state.fact);
  else if (state.node >= 0) content = nodePanel(state.node);
  else if (state.folded) content = foldedPanel();
  else if (state.path) content = pathPanel();
  else content = overviewPanel();
  panel.replaceChildren(...content.flat(2).filter(Boolean));
  panel.scrollTop = 0;
  document.body.classList.toggle("chosen", state.fact >= 0 || state.node >= 0);
}

const closeSelection = () => closeButton("Close", () => change({node: -1, fact: -1}), "Close (Esc)");

function overviewPanel() {
  const groups = communityRows();
  const hubs = [...ranked].filter((n) => degree[n] && isNamed(n)).slice(0, 12);
  return [
    el("h2", {}, "What the texts are about"),
    el("p", {class: "hint first"}, "Click a name to see what is said of it, a line to see the sentences that say so."),
    el("ol", {class: "hubs"}, (hubs.length ? hubs : [...ranked.subarray(0, 12)]).map(hubItem)),
    groups.length > 1 ? el("h3", {}, "Who and what belong together") : null,
    groups.length > 1 ? el("ol", {class: "groups"}, groups.map(communityRow)) : null,
    G.left_out
      ? el("p", {class: "note"}, `${number.format(G.left_out)} citations were left out to keep this page small. All are in the graph file: `, el("code", {}, "kg facts GRAPH --about NAME"))
      : null,
  ];
}

// A name with what it is, or how much is said of it where the texts do not tell.
function hubItem(node) {
  const what = whatItIs(node).split(", ")[0];
  return el("li", {}, nodeButton(node), el("span", {class: "many", title: what}, what ? shorten(what, 60) : count(factsOf(node).length, "fact")));
}

function communityRow({community, name, line}) {
  return el("li", {}, button([el("b", {}, name), el("span", {class: "line"}, line)], () => say(`${name}: ${count(showCommunity(community), "entity", "entities")} in view`), {class: "group"}));
}

// What the first look leaves out, as a list.
function foldedPanel() {
  const nodes = foldedBy(shownNode, passes)[state.folded] ?? [];
  const title = state.folded === "ideas" ? "Other things" : "More names";
  const hint = state.folded === "ideas" ? "What the texts speak of without a name of its own, and offices. A click shows it in the drawing with what is said of it." : "Names that the texts say less of, or that no fact joins to the main things.";
  return [
    el("div", {class: "head"}, el("h2", {}, title), closeButton("Close", () => change({folded: ""}), "Close (Esc)")),
    el("p", {class: "hint first"}, hint),
    el("ol", {class: "hubs"}, nodes.slice(0, 200).map((n) => el("li", {}, nodeButton(n), el("span", {class: "many"}, count(factsOf(n).length, "fact"))))),
    nodes.length > 200 ? el("p", {class: "note"}, `And ${number.format(nodes.length - 200)} more; the search finds them.`) : null,
  ];
}

function nodePanel(node) {
  const type = G.types[G.type[node]];
  const facts = [...factsOf(node)];
  const shown = facts.filter(passes);
  const parts = profileOf(node, shown);
  const what = whatItIs(node, shown);
  return [
    el("div", {class: "head"}, el("h2", {}, G.label[node]), closeSelection()),
    el("p", {class: "kind"}, glyph(type), el("span", {}, typeText(type), what ? [": ", el("b", {class: "what-it-is"}, what)] : null)),
    otherNames(node),
    nodeActions(node),
    cutFrom && state.focus === node ? el("p", {class: "note"}, `The ${number.format(MOST_AROUND)} most salient of ${number.format(cutFrom)} are drawn. All facts are listed here.`) : null,
    section("Offices, posts, schools", parts.offices.map((f) => tieItem(f, node))),
    section("Relations", parts.ties.map((f) => tieItem(f, node))),
    section(isEvent(node) ? "Who, what and when" : "What happened", parts.events.map((f) => eventItem(f, node))),
    parts.rest.length ? el("h3", {class: "part"}, parts.rest.length < shown.length ? "What else is said" : "What is said") : null,
    factGroups(node, parts.rest.slice(0, 300)),
    parts.rest.length > 300 ? el("p", {class: "note"}, `${number.format(parts.rest.length - 300)} further facts are in the table.`) : null,
    shown.length < facts.length ? el("p", {class: "note"}, `${count(facts.length - shown.length, "fact")} hidden by the filters.`) : null,
  ];
}

const MOST_ITEMS = 12; // of a section, until somebody asks for more

function section(title, items) {
  if (!items.length) return null;
  const rest = items.slice(MOST_ITEMS);
  const list = el("ul", {class: "told"}, items.slice(0, MOST_ITEMS));
  const more = rest.length > 1 ? button(`Show ${number.format(rest.length)} more`, () => {
    list.append(...rest);
    more.remove();
  }, {class: "more"}) : null;
  if (rest.length === 1) list.append(...rest);
  return el("section", {class: "profile"}, el("h3", {class: "part"}, title), list, more);
}

const itself = (node) => el("span", {class: "self"}, shorten(G.label[node], 28));

// A tie as a line: what is said, and the other end; what leads here begins with who it is said of.
function tieItem(fact, node) {
  const mine = G.from[fact] === node;
  const other = mine ? G.to[fact] : G.from[fact];
  const name = other >= 0 ? [glyph(G.types[G.type[other]]), shorten(G.label[other], 70)] : valueText(fact);
  const words = mine ? [el("span", {class: "verb"}, saidText(fact)), " ", name] : [name, " ", el("span", {class: "verb"}, saidText(fact)), " ", itself(node)];
  // A birth date is its own date.
  return factLine(fact, words, isLiteral(fact) && /_date$/.test(G.relations[G.relation[fact]]) ? "" : when(fact));
}

function factLine(fact, words, date) {
  return el(
    "li",
    {class: "fact " + statusOf(fact)},
    button(words, () => change({fact, node: -1}), {class: "open", title: "Show the sentences"}),
    badge(fact),
    date ? el("time", {}, date) : null,
  );
}

// What happened, by its day: the clause as a whole, or the event with the part that the node has in it.
function eventItem(fact, node) {
  const date = when(fact);
  return el(
    "li",
    {class: "fact dated " + statusOf(fact)},
    el("time", {}, date || "no date"),
    el("div", {}, button(eventWords(fact, node), () => change({fact, node: -1}), {class: "open", title: "Show the sentences"}), badge(fact)),
  );
}

function eventWords(fact, node) {
  if (isRole(fact)) {
    const mine = G.from[fact] === node;
    const other = isLiteral(fact) ? valueText(fact) : shorten(objectText(fact), 80);
    return mine ? [el("span", {class: "verb"}, roleText(fact) + ": "), other] : [shorten(calledBeside(when(fact), G.from[fact]), 90), el("span", {class: "verb"}, " (" + roleText(fact) + ")")];
  }
  const line = plainSentence(fact);
  const name = G.label[node] + " ";
  // Whose panel it is need not be said in each line.
  return G.from[fact] === node && line.startsWith(name) ? line.slice(name.length) : line;
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
  const hidden = onMap() ? 0 : hiddenAround(node, shownNode, passes);
  const unpin = () => {
    pinned.delete(node);
    announce();
  };
  return el(
    "div",
    {class: "actions"},
    aroundIt("Around it", 1),
    aroundIt("Two steps", 2),
    hidden ? button(`Unfold ${number.format(hidden)} more`, () => unfold(node)) : null,
    button("Path to …", () => openPathDialog(node)),
    pinned.has(node) ? button("Unpin", unpin) : null,
  );
}

// Facts grouped by relation and direction, the largest group first.
function factGroups(node, facts) {
  const groups = new Map();
  for (const fact of eachClauseOnce(facts)) {
    const out = G.from[fact] === node;
    const key = (out ? "0" : "1") + relationText(G.relation[fact]);
    if (!groups.has(key)) groups.set(key, {out, relation: G.relation[fact], facts: []});
    groups.get(key).facts.push(fact);
  }
  const ordered = [...groups.values()].sort((a, b) => b.out - a.out || b.facts.length - a.facts.length || a.relation - b.relation);
  return ordered.map((group) =>
    el(
      "section",
      {class: "relation"},
      el("h4", {}, group.out ? relationText(group.relation) : ["who or what ", relationText(group.relation), " ", shorten(G.label[node], 30)]),
      el("ul", {}, group.facts.map((fact) => factItem(fact, node))),
    ),
  );
}

function factItem(fact, node) {
  const other = G.from[fact] === node ? G.to[fact] : G.from[fact];
  const line = saying(fact);
  const name = line ? line : other >= 0 ? [glyph(G.types[G.type[other]]), shorten(G.label[other], 90)] : valueText(fact);
  return factLine(fact, name, when(fact));
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
      el("span", {class: "verb"}, saidText(fact)),
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
