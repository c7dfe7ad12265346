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

// How many edges a node has; its importance on the page.
export const degree = new Uint32Array(NODES);

for (let i = 0; i < EDGES; i++) {
  degree[G.from[i]]++;
  if (G.to[i] !== G.from[i]) degree[G.to[i]]++;
}

/** Nodes by importance, the best connected first. */
export const byDegree = Uint32Array.from({length: NODES}, (_, n) => n).sort((a, b) => degree[b] - degree[a] || a - b);

// Nodes without a link to another.
export const loose = new Uint8Array(NODES).fill(1);

for (let i = 0; i < EDGES; i++) if (G.from[i] !== G.to[i]) loose[G.from[i]] = loose[G.to[i]] = 0;

/** How many nodes have no link. */
export const looseNodes = loose.reduce((sum, is) => sum + is, 0);
const maxDegree = NODES ? Math.max(1, degree[byDegree[0]]) : 1;

/** The radius of a node's dot, in units of the layout. */
export const radius = (node) => 6 + 13 * Math.sqrt(degree[node] / Math.max(maxDegree, 8));

/** The local name of a node's IRI. */
export const idOf = (node) => G.id[node] || G.label[node].replace(/ /g, "_");
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

/** The end of an edge that is not this node. */
export const otherEnd = (fact, node) => (G.from[fact] === node ? G.to[fact] : G.from[fact]);

/** Other names of a node. */
export const aliases = (node) => E().aliases[node] || [];
