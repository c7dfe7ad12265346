// The graph as columns: nodes and facts by number. A fact whose `to` is below zero has a literal object.

export const G = JSON.parse(document.getElementById("graph-data").textContent);
export const NODES = G.label.length;
export const FACTS = G.from.length;
export const EDGES = G.counts.edges;

// How many of each kind the legend can switch off.
export const KIND_SIZES = {types: G.types.length, statuses: G.statuses.length, relations: G.relations.length, documents: G.counts.documents};

let parsedEvidence = null;

/** What is not needed for the first drawing, parsed when first asked for. */
export function E() {
  parsedEvidence ??= JSON.parse(document.getElementById("evidence-data").textContent);
  return parsedEvidence;
}

// Facts around each node, as one array cut into stretches; first those with the node as subject.
const factStart = new Uint32Array(NODES + 1);

const factList = (() => {
  const size = new Uint32Array(NODES);
  const each = (f) => {
    for (let i = 0; i < FACTS; i++) {
      f(G.from[i], i);
      if (G.to[i] >= 0 && G.to[i] !== G.from[i]) f(G.to[i], i);
    }
  };
  each((node) => size[node]++);
  for (let n = 0; n < NODES; n++) factStart[n + 1] = factStart[n] + size[n];
  const filled = factStart.slice(0, NODES);
  const list = new Uint32Array(factStart[NODES]);
  each((node, fact) => (list[filled[node]++] = fact));
  return list;
})();

/** The facts around a node, by number. */
export const factsOf = (node) => factList.subarray(factStart[node], factStart[node + 1]);

// How many edges a node has.
export const degree = new Uint32Array(NODES);

for (let i = 0; i < EDGES; i++) {
  degree[G.from[i]]++;
  if (G.to[i] !== G.from[i]) degree[G.to[i]]++;
}

/** Nodes by importance: those that the texts are most about first. */
export const ranked = Uint32Array.from({length: NODES}, (_, n) => n).sort((a, b) => G.salience[b] - G.salience[a] || degree[b] - degree[a] || a - b);

// Nodes without a link to another.
export const loose = new Uint8Array(NODES).fill(1);

for (let i = 0; i < EDGES; i++) if (G.from[i] !== G.to[i]) loose[G.from[i]] = loose[G.to[i]] = 0;

/** How many nodes have no link. */
export const looseNodes = loose.reduce((sum, is) => sum + is, 0);
const mostSalient = NODES ? Math.max(80, G.salience[ranked[0]]) : 1;

/** The radius of a node's dot, in units of the layout. */
export const radius = (node) => 5 + 12 * (G.salience[node] / mostSalient) ** 0.75;

/** The local name of a node's IRI. */
export const idOf = (node) => G.id[node] || G.label[node].replace(/ /g, "_");

const OF_ONE_DOCUMENT = /-[0-9a-f]{8}(-\d+)?$/;
const eventTypes = new Set(G.events);

/** Whether a node has a name of its own; what has none is known by its document. */
export const isNamed = (node) => !OF_ONE_DOCUMENT.test(idOf(node));

/** Whether a node is something that happens. */
export const isEvent = (node) => eventTypes.has(G.type[node]);

let nodeOfId = null;

/** The node of this local name, if there is one. */
export function nodeById(id) {
  if (!nodeOfId) {
    nodeOfId = new Map();
    for (let n = 0; n < NODES; n++) nodeOfId.set(idOf(n), n);
  }
  return nodeOfId.get(id);
}

/** Whether a fact's object is no node but a number, a quote or nothing. */
export const isLiteral = (fact) => G.to[fact] < 0;

/** The words of a literal object. */
export const literal = (fact) => G.strings[-1 - G.to[fact]];

/** Whether a link says no more than that two are named in one sentence. Such links are numbered after the facts. */
export const isWeak = (link) => link >= FACTS;

/** How many of them there are. */
export const weakLinks = () => E().together.length / 4;

/** The two ends of a weak link, in how many documents they are named together, and a sentence that does so. */
export function weakLink(link) {
  const at = 4 * (link - FACTS);
  const [a, b, documents, row] = E().together.slice(at, at + 4);
  return {a, b, documents, row};
}

let weakAround = null;

/** The weak links around a node. */
export function weakOf(node) {
  if (!weakAround) {
    weakAround = new Map();
    const add = (n, link) => (weakAround.has(n) ? weakAround.get(n).push(link) : weakAround.set(n, [link]));
    for (let i = 0; i < weakLinks(); i++) {
      const {a, b} = weakLink(FACTS + i);
      add(a, FACTS + i);
      add(b, FACTS + i);
    }
  }
  return weakAround.get(node) ?? [];
}

/** The node that a fact or weak link begins at. */
export const startOf = (link) => (isWeak(link) ? weakLink(link).a : G.from[link]);

/** The node that a fact or weak link leads to; below zero for a literal. */
export const endOf = (link) => (isWeak(link) ? weakLink(link).b : G.to[link]);

/** The end of an edge that is not this node. */
export const otherEnd = (link, node) => (startOf(link) === node ? endOf(link) : startOf(link));

/** Other names of a node. */
export const aliases = (node) => E().aliases[node] || [];
