// What a fact says, in words: its relation, its standing, its days, its sentences.

import {E, G, isLiteral, literal} from "./data.js";

/** A relation of another vocabulary is an IRI, of which only the last part is a word. */
export const isIri = (text) => /^[a-z][a-z0-9+.-]*:\/\//i.test(text);

/** A relation in words. */
export function relationText(relation) {
  const name = G.relations[relation];
  return (isIri(name) ? name.replace(/[/#]+$/, "").split(/[/#]/).pop() : name).replace(/_/g, " ");
}

/** The object of a fact in words. */
export const objectText = (fact) => (isLiteral(fact) ? literal(fact) : G.label[G.to[fact]]);

/** A type in words. */
export const typeText = (type) => (type === "GPE" ? "Country, city, state" : type);
export const STATUS_TEXT = {asserted: "Asserted", reported: "Reported", planned: "Planned or possible", negated: "Negated", doubtful: "Doubtful"};

/** The standing of a fact: asserted, reported, planned, negated or doubtful. */
export const statusOf = (fact) => G.statuses[G.status[fact]];

/** What makes a fact differ from a plain statement, in words. */
export function standing(fact) {
  const modality = E().modality[fact];
  const words = [];
  if (statusOf(fact) === "negated") words.push("negated");
  if (modality) words.push(modality.toLowerCase());
  else if (["reported", "doubtful"].includes(statusOf(fact))) words.push(statusOf(fact));
  return words.join(", ");
}

/** The node in whose words a fact is told, or -1. */
export const speaker = (fact) => (E().source[fact] ? E().source[fact] - 1 : -1);

/** The days of a fact in words, "" where none are known. */
export function when(fact) {
  const [begins, ends] = E().dates[fact] || ["", ""];
  if (!begins && !ends) return "";
  if (begins === ends) return begins;
  if (!ends) return "from " + begins;
  if (!begins) return "until " + ends;
  return begins + " – " + ends;
}

/** The citations of a fact: [{sentence, doc, start, text, from, to}]. */
export function citations(fact) {
  const numbers = E().evidence[fact];
  const found = [];
  for (let i = 0; i < numbers.length; i += 3) {
    if (numbers[i] < 0) continue;
    found.push({...sentence(numbers[i]), from: numbers[i + 1], to: numbers[i + 2]});
  }
  return found;
}

/** The documents that a fact is cited from, one for each citation. */
export function documentsOf(fact) {
  const numbers = E().evidence[fact];
  const found = [];
  for (let i = 0; i < numbers.length; i += 3) if (numbers[i] >= 0) found.push(E().sentences[numbers[i]][0]);
  return found;
}

/** How many citations of a fact the page does not carry. */
export const leftOut = (fact) => {
  let n = 0;
  const numbers = E().evidence[fact];
  for (let i = 0; i < numbers.length; i += 3) if (numbers[i] < 0) n++;
  return n;
};

/** A sentence by its row: {sentence, doc, start, text}. */
export function sentence(row) {
  const [doc, start, rest] = E().sentences[row];
  const text = typeof rest === "number" ? E().documents[doc].text.slice(start, start + rest) : rest;
  return {sentence: row, doc, start, text};
}

/** What a document is called. */
export function documentTitle(doc) {
  const paper = E().documents[doc];
  return paper ? paper.title || paper.source || paper.id : "unknown document";
}
