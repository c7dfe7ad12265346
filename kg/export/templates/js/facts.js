// What a fact says, in words: its relation, its standing, its days, its sentences.

import {E, G, isLiteral, literal} from "./data.js";
import {spanWords} from "./days.js";

/** A relation of another vocabulary is an IRI. */
export const isIri = (text) => /^[a-z][a-z0-9+.-]*:\/\//i.test(text);

/** A relation as it stands between two names: "works for", "was elected in". */
export const relationText = (relation) => G.phrases[relation];

const isRoleName = (relation) => /^(kg|sem):|^hasPlace$/.test(G.relations[relation]);

/** A relation by itself, as in the legend: "works for", "event: buyer". */
export const relationName = (relation) => (isRoleName(relation) ? "event: " + partName(relation) : G.phrases[relation]);

const MODALS = {Planned: "is to", Possible: "may", Requested: "is asked to", Attempted: "tried to", Conditional: "would", Wished: "is hoped to", Questioned: "perhaps"};
const BE = /^(is|was)(?= |$)/;

// The verb of a relation without its time: "work for"; "" where its phrase is not made of its name.
function bare(relation) {
  const words = G.relations[relation].split("_");
  const said = G.phrases[relation].split(" ");
  if (BE.test(G.phrases[relation])) return ["be", ...said.slice(1)].join(" ");
  if (said[0] === "has") return ["have", ...said.slice(1)].join(" ");
  return said.length === words.length && said.slice(1).join() === words.slice(1).join() ? words.join(" ") : "";
}

const isPresent = (relation) => /^\S*s( |$)/.test(G.phrases[relation]) && !G.relations[relation].startsWith(G.phrases[relation].split(" ")[0]);

function denied(relation) {
  const phrase = G.phrases[relation];
  if (BE.test(phrase)) return phrase.replace(BE, "$1 not");
  const verb = bare(relation);
  if (!verb) return "not: " + phrase;
  return (isPresent(relation) ? "does not " : "did not ") + verb;
}

/** What a fact says of its subject, as it is meant: "may buy", "did not sign", "works for". */
export function saidText(fact) {
  const relation = G.relation[fact];
  const modality = document.readyState === "loading" ? "" : E().modality[fact];
  const modal = MODALS[modality];
  const negated = statusOf(fact) === "negated";
  if (!modal) return negated ? denied(relation) : isRole(fact) ? roleText(fact) : G.phrases[relation];
  const verb = bare(relation);
  if (!verb || modality === "Questioned") return `${modal} ${negated ? "not " : ""}${verb ? G.phrases[relation] : ": " + G.phrases[relation]}`.replace(" :", ":");
  return `${modal} ${negated ? "not " : ""}${verb}`;
}

/** The whole clause of which a fact is a part, as one line; "" where the fact is all of it. */
export const saying = (fact) => E().saying[fact] || "";

/** Whether a fact says what part something has in an event, which is its subject. */
export const isRole = (fact) => isRoleName(G.relation[fact]);

/** A part in an event in a word or two: "buyer". */
export const roleText = (fact) => partName(G.relation[fact]);

const partName = (relation) => G.phrases[relation].replace(/^had the /, "").replace(/^was in$/, "place");

/** What a node is called beside its date, which need not be said twice. */
export const calledBeside = (date, node) => (date && G.label[node].endsWith(", " + date) ? G.label[node].slice(0, -2 - date.length) : G.label[node]);

/** The object of a fact in words. */
export const objectText = (fact) => (isLiteral(fact) ? literal(fact) : G.label[G.to[fact]]);

/** A type in words. */
export const typeText = (type) => (type === "GPE" ? "Country, city, state" : type.replace(/(?<=[a-z])(?=[A-Z])/g, " ").replace(/(?<= )[A-Z](?=[a-z])/g, (c) => c.toLowerCase()));

export const STATUS_HELP = {
  asserted: "The text states it as so",
  reported: "Somebody says so in the text",
  planned: "Planned, possible, demanded, attempted or conditional",
  negated: "The text says that it is not so",
  doubtful: "Not read surely enough to be counted as stated",
};
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
  return spanWords(...(E().dates[fact] || ["", ""]));
}

/** The days of a fact as a table has them: "2024-05-03", "2019-01-01/..". */
export function days(fact) {
  const [begins, ends] = E().dates[fact] || ["", ""];
  if (begins === ends) return begins;
  return `${begins || ".."}/${ends || ".."}`;
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
