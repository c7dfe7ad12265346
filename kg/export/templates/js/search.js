// Names found by what somebody types: labels and aliases, without accents.

import {G, aliases, byDegree} from "./data.js";
import {fold} from "./text.js";

let searchable = null; // [folded text, node, the alias or ""]

function searchRows() {
  if (searchable) return searchable;
  searchable = [];
  for (const n of byDegree) {
    searchable.push([fold(G.label[n]), n, ""]);
    for (const a of aliases(n)) searchable.push([fold(a), n, a]);
  }
  return searchable;
}

/** The best matches: whole name, then beginning, then beginning of a word, then anywhere; hubs first. */
export function findNodes(query, most = 12) {
  const wanted = fold(query).trim();
  if (!wanted) return [];
  const ranks = [[], [], [], []];
  const seen = new Set();
  for (const row of searchRows()) {
    const at = row[0].indexOf(wanted);
    if (at < 0) continue;
    const rank = row[0] === wanted ? 0 : at === 0 ? 1 : /[^\p{L}\p{N}]/u.test(row[0][at - 1]) ? 2 : 3;
    if (ranks[rank].length < most * 3) ranks[rank].push(row);
  }
  const found = [];
  for (const row of ranks.flat()) {
    if (seen.has(row[1])) continue;
    seen.add(row[1]);
    found.push({node: row[1], alias: row[2]});
    if (found.length >= most) break;
  }
  return found;
}
