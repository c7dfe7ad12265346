// Ways through the graph: the shortest between two nodes, and all within some steps of one.

import {factsOf, isLiteral, otherEnd} from "./data.js";

/** The steps from one node to another over these facts, shortest first found; null where there is none. */
export function shortestPath(from, to, allowed) {
  const came = new Map([[from, -1]]);
  let front = [from];
  while (front.length && !came.has(to)) {
    const next = [];
    for (const node of front) {
      for (const fact of factsOf(node)) {
        if (isLiteral(fact) || !allowed(fact)) continue;
        const other = otherEnd(fact, node);
        if (came.has(other)) continue;
        came.set(other, fact);
        next.push(other);
      }
    }
    front = next;
  }
  if (!came.has(to)) return null;
  const facts = [];
  for (let node = to; node !== from; node = otherEnd(facts[0], node)) facts.unshift(came.get(node));
  return facts;
}

/** The nodes within so many steps of one, over the allowed facts. */
export function around(node, steps, allowed) {
  const found = new Set([node]);
  let front = [node];
  for (let step = 0; step < steps; step++) {
    const next = [];
    for (const here of front) {
      for (const fact of factsOf(here)) {
        if (isLiteral(fact) || !allowed(fact)) continue;
        const other = otherEnd(fact, here);
        if (!found.has(other)) {
          found.add(other);
          next.push(other);
        }
      }
    }
    front = next;
  }
  return found;
}
