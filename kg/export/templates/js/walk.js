// Ways through the graph: the best between two nodes, and all within some steps of one.

import {E, G, degree, factsOf, isLiteral, isNamed, isWeak, otherEnd, weakLink, weakOf} from "./data.js";

// What is least so far, first: a heap of [cost, node].
class Front {
  constructor() {
    this.items = [];
  }
  push(item) {
    const {items} = this;
    let at = items.push(item) - 1;
    while (at && items[(at - 1) >> 1][0] > item[0]) {
      items[at] = items[(at - 1) >> 1];
      at = (at - 1) >> 1;
    }
    items[at] = item;
  }
  pop() {
    const {items} = this;
    const [top] = items;
    const last = items.pop();
    if (!items.length) return top;
    let at = 0;
    for (;;) {
      let below = 2 * at + 1;
      if (below >= items.length) break;
      if (below + 1 < items.length && items[below + 1][0] < items[below][0]) below++;
      if (items[below][0] >= last[0]) break;
      items[at] = items[below];
      at = below;
    }
    items[at] = last;
    return top;
  }
}

const COST = {asserted: 1, reported: 1.4, planned: 1.6, doubtful: 1.9, negated: 2.4};
const WEAK = 2.6; // of being named together once; less the more often

// Strong links first: what is asserted, and what many sentences say.
function costOf(link) {
  if (isWeak(link)) return WEAK - 0.3 * Math.min(3, Math.log2(weakLink(link).documents));
  const told = E().evidence[link].length / 3;
  return COST[G.statuses[G.status[link]]] - 0.1 * Math.min(3, Math.log2(Math.max(1, told)));
}

// A way over what everything hangs on, such as a country, tells little.
const tollOf = (node) => 0.28 * Math.log2(1 + degree[node]) * (isNamed(node) ? 1 : 1.3);

/**
 * The links from one node to another, null where there is no way: over strong, asserted links and things that have
 * few others. `weak` lets it go over two that are only named together.
 */
export function bestPath(from, to, allowed, {weak = false} = {}) {
  const came = new Map();
  const cost = new Map([[from, 0]]);
  const front = new Front();
  front.push([0, from]);
  while (front.items.length) {
    const [spent, node] = front.pop();
    if (node === to) break;
    if (spent > cost.get(node)) continue;
    const toll = node === from ? 0 : tollOf(node);
    for (const link of linksOf(node, allowed, weak)) {
      const other = otherEnd(link, node);
      const total = spent + toll + costOf(link);
      if (other === node || total >= (cost.get(other) ?? Infinity)) continue;
      cost.set(other, total);
      came.set(other, link);
      front.push([total, other]);
    }
  }
  if (!came.has(to)) return from === to ? [] : null;
  const links = [];
  for (let node = to; node !== from; node = otherEnd(links[0], node)) links.unshift(came.get(node));
  return links;
}

function* linksOf(node, allowed, weak) {
  for (const fact of factsOf(node)) if (!isLiteral(fact) && allowed(fact)) yield fact;
  if (weak) yield* weakOf(node);
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
