// The first look: the things that the texts are most about, as many as can be read at once, with all links among
// them. What has no name, and what hangs together with nothing, is counted and waits.

import {EDGES, G, factsOf, isEvent, isLiteral, isNamed, otherEnd, ranked} from "./data.js";

const ASIDE = new Set(["Position", "Language", "Quantity"]);
const SMALL = 16; // so many things that hang together are shown whole
const FIRST = 10; // so many of the most salient are there whatever they hang together with
const PLACE_TYPES = new Set(["GPE", "Location", "Facility"]);
const PLACE = 0.7; // what a place is worth beside somebody: much is linked to it, and it tells less
const LEAST_ALONE = 3; // a part that hangs together with no other has at least so many things

/** Whether a node may stand in the first look by itself: somebody, some place, some work, or an event. */
export const isProminent = (n) => (isNamed(n) && !ASIDE.has(G.types[G.type[n]]) && G.types[G.type[n]] !== "Concept") || isEvent(n);

// The neighbours of each node over the facts that pass, each once.
function neighboursOver(passes) {
  const near = new Map();
  const join = (a, b) => (near.has(a) ? near.get(a).add(b) : near.set(a, new Set([b])));
  for (let f = 0; f < EDGES; f++) {
    if (!passes(f) || G.from[f] === G.to[f]) continue;
    join(G.from[f], G.to[f]);
    join(G.to[f], G.from[f]);
  }
  return near;
}

/** Parts of a set of nodes that hang together: [[node, …], …], the largest first. */
export function connectedParts(nodes, near) {
  const left = new Set(nodes);
  const parts = [];
  for (const start of nodes) {
    if (!left.delete(start)) continue;
    const part = [start];
    for (const n of part) for (const m of near.get(n) ?? []) if (left.delete(m)) part.push(m);
    parts.push(part);
  }
  return parts.sort((a, b) => b.length - a.length || a[0] - b[0]);
}

// Prominent nodes that one nameless thing joins: [[thing, the nodes around it], …].
function joinsOf(near) {
  const joins = [];
  for (const [n, around] of near) {
    if (isProminent(n)) continue;
    const ends = [...around].filter(isProminent);
    if (ends.length > 1) joins.push([n, ends]);
  }
  return joins.sort((a, b) => G.salience[b[0]] - G.salience[a[0]] || a[0] - b[0]);
}

const isPlace = (n) => PLACE_TYPES.has(G.types[G.type[n]]);

// Take the most salient, what is linked to those taken before others; each but the first has a link to another.
function choose(candidates, reach, most, first) {
  const chosen = new Set(first);
  const worth = (n) => {
    let links = 0;
    for (const m of reach.get(n)) if (chosen.has(m) && ++links === 2) break;
    return (G.salience[n] + 1) * (1 + 0.6 * links) * (isPlace(n) ? PLACE : 1);
  };
  const left = new Set(candidates);
  for (const n of first) left.delete(n);
  while (chosen.size < most && left.size) {
    let best = -1;
    let most = -1;
    for (const n of left) {
      const value = worth(n);
      if (value > most) [best, most] = [n, value];
    }
    left.delete(best);
    chosen.add(best);
  }
  return chosen;
}

/**
 * The nodes of the first look, at most so many, over the facts that pass: a set in order of importance.
 * A graph that is small enough is shown whole.
 */
export function coreNodes(most, passes) {
  const near = neighboursOver(passes);
  if (near.size <= Math.min(SMALL, most)) return new Set([...ranked].filter((n) => near.has(n)));
  const joins = joinsOf(near);
  const reach = reachOf(near, joins);
  const together = connectedParts([...reach.keys()], reach).filter((part) => part.length >= LEAST_ALONE);
  const found = refined(together.flat(), reach, joins, near, most);
  if (found.size < Math.min(12, most)) fill(found, near, Math.min(24, most));
  return new Set([...ranked].filter((n) => found.has(n)));
}

// Texts that name few are shown by all that they name, and texts that name nobody by what they speak of.
function fill(found, near, most) {
  const linked = (n) => [...near.get(n)].some((m) => found.has(m) || isProminent(m));
  for (const n of ranked) if (found.size < most && near.has(n) && isProminent(n) && linked(n)) found.add(n);
  const ideas = found.size < 6 ? most : found.size * 1.1;
  for (const n of ranked) if (found.size + 1 <= ideas && near.has(n) && (!found.size || [...near.get(n)].some((m) => found.has(m)))) found.add(n);
}

// The prominent neighbours of each prominent node, over one nameless thing too.
function reachOf(near, joins) {
  const reach = new Map();
  for (const n of near.keys()) if (isProminent(n)) reach.set(n, new Set([...near.get(n)].filter(isProminent)));
  for (const [, ends] of joins) for (const a of ends) for (const b of ends) if (a !== b) reach.get(a).add(b);
  return reach;
}

// Choose, join what hangs together over a nameless thing, and let go of what still hangs on nothing.
function refined(candidates, reach, joins, near, most) {
  const able = new Set(candidates);
  const left = new Set([...ranked].filter((n) => able.has(n)).slice(0, 6 * most));
  const first = new Set([...left].filter((n) => isNamed(n) && !isPlace(n)).slice(0, Math.min(FIRST, most / 2)));
  let found = new Set();
  for (let round = 0; round < 4; round++) {
    const chosen = choose(left, reach, Math.round(most * 0.92), first);
    found = new Set([...chosen, ...joiners(chosen, joins, near, Math.max(1, Math.floor(chosen.size * 0.09)))]);
    const alone = connectedParts([...found], near).filter((part) => part.length < LEAST_ALONE).flat().filter((n) => !first.has(n));
    for (const n of alone) {
      found.delete(n);
      left.delete(n);
    }
    if (!alone.length) break;
  }
  return found;
}

// The nameless things that join most parts of what was chosen.
function joiners(chosen, joins, near, most) {
  const found = [];
  const partOf = new Map();
  connectedParts([...chosen], near).forEach((part, i) => part.forEach((n) => partOf.set(n, i)));
  for (const [n, ends] of joins) {
    if (found.length >= most) break;
    const parts = new Set(ends.filter((e) => chosen.has(e)).map((e) => partOf.get(e)));
    if (parts.size < 2) continue;
    found.push(n);
    const [into] = parts;
    for (const [node, part] of partOf) if (parts.has(part)) partOf.set(node, into);
  }
  return found;
}

/** What the first look leaves out of what passes: {ideas, islands} as lists of nodes, the most salient first. */
export function foldedBy(shown, passes) {
  const ideas = [];
  const islands = [];
  for (const n of ranked) {
    if (shown[n] || (factsOf(n).length && !factsOf(n).some((f) => passes(f)))) continue;
    (isProminent(n) ? islands : ideas).push(n);
  }
  return {ideas, islands};
}

/** How many things around a node are not shown. */
export function hiddenAround(node, shown, passes) {
  const others = new Set();
  for (const f of factsOf(node)) if (!isLiteral(f) && passes(f) && !shown[otherEnd(f, node)]) others.add(otherEnd(f, node));
  return others.size;
}
