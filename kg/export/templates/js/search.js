// Names found by what somebody types: labels and aliases, without accents, and with slips of the pen.

import {G, aliases, ranked} from "./data.js";
import {fold} from "./text.js";

let searchable = null; // [folded text, node, the alias or ""]

function searchRows() {
  if (searchable) return searchable;
  searchable = [];
  for (const n of ranked) {
    searchable.push([fold(G.label[n]), n, ""]);
    for (const a of aliases(n)) searchable.push([fold(a), n, a]);
  }
  return searchable;
}

/** The best matches: whole name, then beginning, then beginning of a word, then anywhere; the most salient first. */
export function findNodes(query, most = 12) {
  const wanted = fold(query).trim();
  if (!wanted) return [];
  const ranks = [[], [], [], []];
  for (const row of searchRows()) {
    const at = row[0].indexOf(wanted);
    if (at < 0) continue;
    const rank = row[0] === wanted ? 0 : at === 0 ? 1 : /[^\p{L}\p{N}]/u.test(row[0][at - 1]) ? 2 : 3;
    if (ranks[rank].length < most * 3) ranks[rank].push(row);
  }
  return onceEach(ranks.flat(), most);
}

function onceEach(rows, most) {
  const seen = new Set();
  const found = [];
  for (const row of rows) {
    if (seen.has(row[1])) continue;
    seen.add(row[1]);
    found.push({node: row[1], alias: row[2]});
    if (found.length >= most) break;
  }
  return found;
}

/** Names near to what was typed where none is the same: in it ("who is Ann Lee"), or each word a few slips from theirs. */
export function nearNodes(query, most = 6) {
  const words = fold(query).match(/[\p{L}\p{N}]+/gu) ?? [];
  if (!words.length || words.join("").length < 3) return [];
  const inside = words.length > 1 ? namesWithin(words) : [];
  if (inside.length) return onceEach(inside, most);
  const found = [];
  for (const row of searchRows()) {
    const theirs = row[0].match(/[\p{L}\p{N}]+/gu) ?? [];
    const slips = farness(words, theirs);
    if (slips < Infinity) found.push([slips, row]);
    if (found.length > 4000) break;
  }
  found.sort((a, b) => a[0] - b[0]);
  return onceEach(found.map(([, row]) => row), most);
}

// The longest names that stand in what was typed, as in a question.
function namesWithin(words) {
  const typed = ` ${words.join(" ")} `;
  const found = [];
  for (const row of searchRows()) {
    const name = (row[0].match(/[\p{L}\p{N}]+/gu) ?? []).join(" ");
    if (name.length > 2 && typed.includes(` ${name} `)) found.push([name, row]);
  }
  const longer = (name) => found.some(([other]) => other.length > name.length && ` ${other} `.includes(` ${name} `));
  return found.filter(([name]) => !longer(name)).map(([, row]) => row);
}

// How many slips part all words that were typed from words of a name, or Infinity.
function farness(words, theirs) {
  let sum = 0;
  for (const word of words) {
    const allowed = word.length < 4 ? words.length - 1 && 1 : word.length < 8 ? 2 : 3;
    const least = theirs.reduce((found, other) => Math.min(found, slipsTo(word, other, Math.min(allowed, found))), Infinity);
    if (least > allowed) return Infinity;
    sum += least;
  }
  return sum;
}

// Somebody who is still typing has only the beginning of a name.
function slipsTo(word, other, limit) {
  const whole = slipsBetween(word, other, limit);
  return other.length > word.length + 1 ? Math.min(whole, slipsBetween(word, other.slice(0, word.length), limit) + 0.5) : whole;
}

/** How many letters must be put in, left out, changed or swapped to make one word of another; above a limit Infinity. */
export function slipsBetween(a, b, limit) {
  if (Math.abs(a.length - b.length) > limit) return Infinity;
  let before = null;
  let last = Array.from({length: b.length + 1}, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + same);
      const swapped = before && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (swapped) row[j] = Math.min(row[j], before[j - 2] + 1);
    }
    if (Math.min(...row) > limit) return Infinity;
    [before, last] = [last, row];
  }
  return last[b.length] <= limit ? last[b.length] : Infinity;
}
