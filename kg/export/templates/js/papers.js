// Documents with what was read from them: whom they are about, and their facts sentence by sentence.

import {E, FACTS, G, isLiteral, isNamed} from "./data.js";
import {$, button, el, later, say} from "./dom.js";
import {count, fold, number, shorten} from "./text.js";
import {dayWords} from "./days.js";
import {documentTitle, documentsOf, sentence} from "./facts.js";
import {eachClauseOnce, strength} from "./profile.js";
import {change, state} from "./state.js";
import {passes} from "./visible.js";
import {badge, nodeButton, outward, plainSentence, webAddress} from "./views.js";

const sought = {words: "", most: 100};
const MOST_FACTS = 200; // of a document, until its text is opened

/** Show the documents, where they are open. */
export function showPapers() {
  const open = state.view === "documents";
  $("documents").hidden = !open;
  if (!open) return;
  if (!$("documents").firstChild) buildPapers();
  fillPapers();
}

function buildPapers() {
  const filter = el("input", {type: "search", placeholder: "Title or who is in it", "aria-label": "Filter the documents", oninput: later(() => {
    sought.words = fold(filter.value).trim();
    fillPapers();
    say(count($("documents").querySelectorAll("details").length, "document"));
  }, 150)});
  $("documents").append(
    el("div", {class: "head"}, el("h2", {}, "Documents"), filter, el("span", {class: "rows"})),
    el("div", {class: "scroll", tabindex: "0", role: "region", "aria-label": "Documents and their facts"}, el("ul", {class: "papers"})),
  );
}

// For each document its facts that pass, in the order of the text.
function factsByDocument() {
  const found = E().documents.map(() => []);
  for (let f = 0; f < FACTS; f++) if (passes(f)) for (const d of new Set(documentsOf(f))) found[d]?.push(f);
  return found;
}

function whoIsIn(facts, most = 6) {
  const nodes = new Set();
  for (const f of facts) {
    nodes.add(G.from[f]);
    if (!isLiteral(f)) nodes.add(G.to[f]);
  }
  return [...nodes].filter(isNamed).sort((a, b) => G.salience[b] - G.salience[a] || a - b).slice(0, most);
}

function fillPapers() {
  const facts = factsByDocument();
  const rows = E().documents.map((paper, d) => ({paper, d, facts: facts[d], about: whoIsIn(facts[d])}));
  const wanted = rows.filter(({d, about}) => !sought.words || fold(documentTitle(d)).includes(sought.words) || about.some((n) => fold(G.label[n]).includes(sought.words)));
  $("documents").querySelector(".rows").textContent = number.format(wanted.length);
  const open = new Set([...$("documents").querySelectorAll("details[open]")].map((details) => details.dataset.doc));
  $("documents").querySelector(".papers").replaceChildren(...wanted.slice(0, sought.most).map((row) => paperItem(row, open.has(String(row.d)))), wanted.length > sought.most ? el("li", {class: "note"}, `And ${number.format(wanted.length - sought.most)} more: filter by title or name.`) : "");
}

function paperItem({paper, d, facts, about}, isOpen) {
  const details = el("details", {"data-doc": d, open: isOpen}, el("summary", {}, count(facts.length, "fact")));
  const fill = () => details.open && details.children.length === 1 && details.append(factsOfPaper(d, facts));
  details.addEventListener("toggle", fill);
  fill();
  const uri = webAddress(paper);
  return el(
    "li",
    {class: "paper"},
    el("h3", {}, shorten(documentTitle(d), 110)),
    el("p", {class: "kind"}, [paper.date ? dayWords(paper.date) : "", paper.title ? paper.source : ""].filter(Boolean).join(" · "), uri ? [" ", outward(uri, "source")] : null),
    about.length ? el("p", {class: "about"}, about.map((n) => nodeButton(n, 40))) : null,
    el("div", {class: "actions"}, button("Read the text", () => change({view: "text", doc: d}))),
    details,
  );
}

function factsOfPaper(d, facts) {
  const placed = facts.map((f) => [startIn(d, f), f]).sort((a, b) => a[0] - b[0] || a[1] - b[1]).map(([, f]) => f);
  const surest = new Set(eachClauseOnce([...facts].sort((a, b) => strength(a) - strength(b) || a - b)));
  const lines = placed.filter((f) => surest.has(f));
  return el(
    "ol",
    {class: "told"},
    lines.slice(0, MOST_FACTS).map((f) => el("li", {class: "fact"}, button(plainSentence(f), () => change({fact: f, node: -1}), {class: "open", title: "Show the sentence"}), badge(f))),
    lines.length > MOST_FACTS ? el("li", {class: "note"}, `${number.format(lines.length - MOST_FACTS)} more are in its text and in the table.`) : null,
  );
}

function startIn(d, fact) {
  const numbers = E().evidence[fact];
  for (let i = 0; i < numbers.length; i += 3) if (numbers[i] >= 0 && E().sentences[numbers[i]][0] === d) return sentence(numbers[i]).start + numbers[i + 1];
  return 0;
}
