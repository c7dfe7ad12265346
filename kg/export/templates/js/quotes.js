// Where a fact's words and names stand in its sentence.

import {G, aliases, isLiteral, literal} from "./data.js";

/** Where a node is named in a sentence: by its label or an alias, nearest to the words of the claim. */
export function findName(text, node, from, to) {
  const forms = [G.label[node], ...aliases(node)].filter(Boolean).sort((a, b) => b.length - a.length);
  const low = text.toLowerCase();
  if (low.length !== text.length) return null;
  let best = null;
  const middle = (from + to) / 2;
  for (const form of forms) {
    for (const [at, end] of wordsAt(low, form.toLowerCase(), text)) {
      const far = Math.abs((at + end) / 2 - middle) + (at >= from && at < to ? 0 : 1000);
      if (!best || far < best[2]) best = [at, end, far];
    }
    if (best && best[2] < 1000) break;
  }
  return best;
}

// Where these words stand as words of their own.
function* wordsAt(low, wanted, text) {
  const inWord = (i) => /[\p{L}\p{N}]/u.test(text[i] || "");
  for (let at = low.indexOf(wanted); at >= 0; at = low.indexOf(wanted, at + 1)) {
    const end = at + wanted.length;
    if (!inWord(at - 1) && !inWord(end)) yield [at, end];
  }
}

/** A sentence in pieces [text, kind]: kind is "subject", "object", "said" (the words of the fact) or "". */
export function piecesOf(c, fact) {
  const ranges = endsIn(c, fact);
  const cuts = new Set([0, c.text.length, c.from, c.to]);
  for (const r of ranges) cuts.add(r.from).add(r.to);
  const points = [...cuts].filter((p) => p >= 0 && p <= c.text.length).sort((a, b) => a - b);
  return points.slice(0, -1).map((from, i) => {
    const to = points[i + 1];
    const range = ranges.find((r) => r.from <= from && r.to >= to);
    return [c.text.slice(from, to), range ? range.kind : from >= c.from && to <= c.to ? "said" : ""];
  });
}

function endsIn(c, fact) {
  const ranges = [];
  const name = (node, kind) => {
    const at = findName(c.text, node, c.from, c.to);
    if (at) ranges.push({from: at[0], to: at[1], kind});
  };
  name(G.from[fact], "subject");
  if (!isLiteral(fact)) name(G.to[fact], "object");
  else if (literal(fact)) {
    const at = c.text.indexOf(literal(fact));
    if (at >= 0) ranges.push({from: at, to: at + literal(fact).length, kind: "object"});
  }
  return ranges;
}
