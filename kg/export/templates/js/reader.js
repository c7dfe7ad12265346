// The reading pane: a document's text with what was read from it marked, both ways.

import {E, FACTS, G, factsOf, idOf, isLiteral} from "./data.js";
import {$, button, closeButton, el, stillness} from "./dom.js";
import {count, shorten} from "./text.js";
import {dayWords} from "./days.js";
import {look} from "./shapes.js";
import {citations, documentTitle, documentsOf, sentence} from "./facts.js";
import {change, state} from "./state.js";
import {select} from "./stage.js";
import {findName} from "./quotes.js";
import {factStep, outward, webAddress} from "./views.js";

let citing = null;
// For each sentence the facts that cite it.
function factsOfSentences() {
  if (citing) return citing;
  citing = new Map();
  for (let f = 0; f < FACTS; f++) {
    const numbers = E().evidence[f];
    for (let i = 0; i < numbers.length; i += 3) {
      if (numbers[i] < 0) continue;
      if (citing.has(numbers[i])) citing.get(numbers[i]).push(f);
      else citing.set(numbers[i], [f]);
    }
  }
  return citing;
}

let readDoc = -2;

/** Show the text, where it is open. */
export function showReader() {
  const open = state.view === "text" && E().documents.length > 0;
  $("reader").hidden = !open;
  if (!open) return;
  if (state.doc < 0) state.doc = firstDocument();
  if (readDoc !== state.doc) {
    readDoc = state.doc;
    $("reader").replaceChildren(...readerContent(state.doc));
  }
  markChosen();
}

// The document of what is selected, or the first.
function firstDocument() {
  const fact = state.fact >= 0 ? state.fact : state.node >= 0 ? factsOf(state.node)[0] : undefined;
  return fact === undefined ? 0 : documentsOf(fact)[0] ?? 0;
}

function readerContent(doc) {
  const paper = E().documents[doc];
  const choice = el("select", {"aria-label": "Document", onchange: () => change({doc: Number(choice.value)}, {keep: true})}, E().documents.map((_, d) => el("option", {value: d}, shorten(documentTitle(d), 70))));
  choice.value = String(doc);
  const uri = webAddress(paper);
  return [
    el("div", {class: "head"}, E().documents.length > 1 ? choice : el("p", {class: "over"}, "Text"), closeButton("Close the text", () => change({view: ""}))),
    el("h2", {}, uri ? outward(uri, documentTitle(doc)) : documentTitle(doc)),
    el("p", {class: "kind"}, [paper.date ? dayWords(paper.date) : "", paper.title ? paper.source : ""].filter(Boolean).join(" · ")),
    el("div", {class: "text"}, paper.text ? wholeText(doc, paper) : citedOnly(doc)),
  ];
}

function sentencesOfDocument(doc) {
  const found = [];
  E().sentences.forEach((row, i) => row[0] === doc && found.push({...sentence(i)}));
  return found.sort((a, b) => a.start - b.start);
}

function wholeText(doc, paper) {
  const all = sentencesOfDocument(doc);
  const paragraphs = [];
  let at = 0;
  for (const piece of paper.text.split(/(\n\s*\n)/)) {
    const end = at + piece.length;
    if (piece.trim() && !(at === 0 && isHeader(piece, paper))) paragraphs.push(paragraph(paper.text, at, end, all));
    at = end;
  }
  return paragraphs;
}

// The lines above a text that say its title, who wrote it and when: they stand over it already.
const isHeader = (piece, paper) => Boolean(paper.title) && piece.trim().startsWith(paper.title) && piece.trim().length < paper.title.length + 120 && !/[.!?]["”]?$/.test(piece.trim());

function paragraph(text, start, end, all) {
  const parts = [];
  let here = start;
  for (const s of all.filter((s) => s.start >= start && s.start < end)) {
    if (s.start < here) continue;
    parts.push(text.slice(here, s.start), readSentence(s));
    here = s.start + s.text.length;
  }
  if (here < end) parts.push(text.slice(here, end));
  // A short line without a full stop, of which no fact was read, is a heading.
  const words = text.slice(start, end).trim();
  const heading = parts.length === 1 && words.length < 90 && !/[.!?:;,"”]$/.test(words);
  return heading ? el("h3", {}, words) : el("p", {}, parts);
}

function citedOnly(doc) {
  const all = sentencesOfDocument(doc);
  return [all.map((s) => el("p", {}, readSentence(s))), el("p", {class: "note"}, "These are the sentences that facts cite, in their order. The whole text is in the source file.")];
}

// A sentence with the names of its facts as links, and its facts behind a small count.
function readSentence(s) {
  const facts = factsOfSentences().get(s.sentence) || [];
  const parts = [];
  let here = 0;
  for (const [from, to, node] of namesIn(s, facts)) {
    if (from < here) continue;
    parts.push(s.text.slice(here, from), nameLink(node, s.text.slice(from, to)));
    here = to;
  }
  parts.push(s.text.slice(here));
  const open = () => (facts.length === 1 ? change({fact: facts[0], node: -1}) : showSentence(s, facts));
  const chip = facts.length ? button(String(facts.length), open, {class: "chip", "aria-label": count(facts.length, "fact") + " of this sentence", title: count(facts.length, "fact")}) : null;
  return el("span", {class: "sentence", "data-sentence": s.sentence}, parts, chip);
}

// Where the ends of these facts are named in a sentence: [from, to, node], the longer first.
function namesIn(s, facts) {
  const nodes = new Set();
  for (const f of facts) {
    nodes.add(G.from[f]);
    if (!isLiteral(f)) nodes.add(G.to[f]);
  }
  const ranges = [];
  for (const node of nodes) {
    const at = findName(s.text, node, 0, s.text.length);
    if (at) ranges.push([at[0], at[1], node]);
  }
  return ranges.sort((a, b) => a[0] - b[0] || b[1] - a[1]);
}

// A link and not a button, as only a link breaks across lines like the words around it.
function nameLink(node, text) {
  const go = (event) => {
    event.preventDefault();
    select(node);
  };
  return el("a", {href: "#node=" + encodeURIComponent(idOf(node)), onclick: go, class: "name family-" + look(G.types[G.type[node]])[0], "data-node": node, title: G.label[node]}, text);
}

function showSentence(s, facts) {
  change({node: -1, fact: -1}, {keep: true});
  $("panel").replaceChildren(
    el("p", {class: "over"}, count(facts.length, "fact") + " of one sentence"),
    el("figure", {class: "quotation"}, el("blockquote", {}, s.text)),
    el("ul", {class: "steps"}, facts.map(factStep)),
  );
}

function markChosen() {
  const chosen = new Set(state.fact >= 0 ? citations(state.fact).map((c) => String(c.sentence)) : []);
  let first = null;
  for (const span of $("reader").querySelectorAll(".sentence")) {
    const on = chosen.has(span.dataset.sentence);
    span.classList.toggle("chosen", on);
    if (on) first ??= span;
  }
  for (const name of $("reader").querySelectorAll("a.name")) {
    const on = Number(name.dataset.node) === state.node;
    name.classList.toggle("chosen", on);
    if (on) first ??= name;
  }
  first?.scrollIntoView({block: "center", behavior: stillness.matches ? "auto" : "smooth"});
}
