// Facts as rows: what the table shows and what the CSV file holds.

import {E, FACTS, G, isLiteral} from "./data.js";
import {fold} from "./text.js";
import {
  citations, documentTitle, documentsOf, days, objectText, saidText, speaker, standing,
} from "./facts.js";
import {alone, passesFilter, shownFact} from "./visible.js";

export const COLUMNS = [
  ["Subject", (f) => G.label[G.from[f]]],
  ["Relation", (f) => saidText(f)],
  ["Object", (f) => objectText(f)],
  ["Standing", (f) => standing(f) || "asserted"],
  ["By", (f) => (speaker(f) >= 0 ? G.label[speaker(f)] : "")],
  ["When", (f) => days(f)],
  ["Document", (f) => [...new Set(documentsOf(f))].map(documentTitle).join("; ")],
  ["Confidence", (f) => (E().confidence[f] / 100).toFixed(2)],
  ["Sentence", (f) => citations(f)[0]?.text ?? ""],
];

// Of what matters most first: both ends count, a literal end not at all.
const weight = (f) => G.salience[G.from[f]] + (isLiteral(f) ? 0 : G.salience[G.to[f]]);

/** The facts that pass, filtered by words and sorted by a column (-1: the most salient first). */
export function rowsOf({words = "", sort = -1, down = false} = {}) {
  const found = [];
  for (let f = 0; f < FACTS; f++) {
    if (alone() ? !shownFact[f] : !passesFilter[f]) continue;
    if (words && !COLUMNS.some(([, get]) => fold(get(f)).includes(words))) continue;
    found.push(f);
  }
  if (sort < 0) return found.sort((a, b) => weight(b) - weight(a) || a - b);
  const get = COLUMNS[sort][1];
  const keys = new Map(found.map((f) => [f, get(f)]));
  const order = new Intl.Collator("en", {numeric: true}).compare;
  return found.sort((a, b) => (down ? -1 : 1) * order(keys.get(a), keys.get(b)) || a - b);
}

/** These facts as a table of comma-separated values, each with its first sentence. */
export function factsAsCsv(facts) {
  const quote = (text) => (/[",\n\r]/.test(text) ? '"' + text.replace(/"/g, '""') + '"' : text);
  const rows = [COLUMNS.map(([name]) => name), ...facts.map((f) => COLUMNS.map(([, get]) => get(f)))];
  return rows.map((row) => row.map(quote).join(",")).join("\r\n") + "\r\n";
}
