// The graph as columns: nodes and facts by number. A fact whose `to` is below zero has a literal object.

const G = JSON.parse($("graph-data").textContent);
const NODES = G.label.length;
const FACTS = G.from.length;
const EDGES = G.counts.edges;

let parsedEvidence = null;
// What is not needed for the first drawing, parsed when first asked for.
function E() {
  parsedEvidence ??= JSON.parse($("evidence-data").textContent);
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
const factsOf = (node) => factList.subarray(factStart[node], factStart[node + 1]);

// How many edges a node has; its importance on the page.
const degree = new Uint32Array(NODES);
for (let i = 0; i < EDGES; i++) {
  degree[G.from[i]]++;
  if (G.to[i] !== G.from[i]) degree[G.to[i]]++;
}
const byDegree = Uint32Array.from({length: NODES}, (_, n) => n).sort((a, b) => degree[b] - degree[a] || a - b);
// Nodes without a link to another.
const loose = new Uint8Array(NODES).fill(1);
for (let i = 0; i < EDGES; i++) if (G.from[i] !== G.to[i]) loose[G.from[i]] = loose[G.to[i]] = 0;
const looseNodes = loose.reduce((sum, is) => sum + is, 0);
const maxDegree = NODES ? Math.max(1, degree[byDegree[0]]) : 1;
const radius = (node) => 6 + 13 * Math.sqrt(degree[node] / Math.max(maxDegree, 8));

const idOf = (node) => G.id[node] || G.label[node].replace(/ /g, "_");
let nodeOfId = null;
function nodeById(id) {
  if (!nodeOfId) {
    nodeOfId = new Map();
    for (let n = 0; n < NODES; n++) nodeOfId.set(idOf(n), n);
  }
  return nodeOfId.get(id);
}

const isLiteral = (fact) => G.to[fact] < 0;
const literal = (fact) => G.strings[-1 - G.to[fact]];
const objectText = (fact) => (isLiteral(fact) ? literal(fact) : G.label[G.to[fact]]);
// A relation of another vocabulary is an IRI, of which only the last part is a word.
const isIri = (text) => /^[a-z][a-z0-9+.-]*:\/\//i.test(text);
function relationText(relation) {
  const name = G.relations[relation];
  return (isIri(name) ? name.replace(/[/#]+$/, "").split(/[/#]/).pop() : name).replace(/_/g, " ");
}
const otherEnd = (fact, node) => (G.from[fact] === node ? G.to[fact] : G.from[fact]);
const aliases = (node) => E().aliases[node] || [];
const typeText = (type) => (type === "GPE" ? "Country, city, state" : type);

const STATUS_TEXT = {asserted: "Asserted", reported: "Reported", planned: "Planned or possible", negated: "Negated", doubtful: "Doubtful"};
const statusOf = (fact) => G.statuses[G.status[fact]];

// What makes a fact differ from a plain statement, in words.
function standing(fact) {
  const modality = E().modality[fact];
  const words = [];
  if (statusOf(fact) === "negated") words.push("negated");
  if (modality) words.push(modality.toLowerCase());
  else if (["reported", "doubtful"].includes(statusOf(fact))) words.push(statusOf(fact));
  return words.join(", ");
}
const speaker = (fact) => (E().source[fact] ? E().source[fact] - 1 : -1);

function when(fact) {
  const [begins, ends] = E().dates[fact] || ["", ""];
  if (!begins && !ends) return "";
  if (begins === ends) return begins;
  if (!ends) return "from " + begins;
  if (!begins) return "until " + ends;
  return begins + " – " + ends;
}

// The citations of a fact: [{sentence, doc, start, text, from, to}].
function citations(fact) {
  const numbers = E().evidence[fact];
  const found = [];
  for (let i = 0; i < numbers.length; i += 3) {
    if (numbers[i] < 0) continue;
    found.push({...sentence(numbers[i]), from: numbers[i + 1], to: numbers[i + 2]});
  }
  return found;
}
function documentsOf(fact) {
  const numbers = E().evidence[fact];
  const found = [];
  for (let i = 0; i < numbers.length; i += 3) if (numbers[i] >= 0) found.push(E().sentences[numbers[i]][0]);
  return found;
}
const leftOut = (fact) => {
  let n = 0;
  const numbers = E().evidence[fact];
  for (let i = 0; i < numbers.length; i += 3) if (numbers[i] < 0) n++;
  return n;
};

function sentence(number) {
  const [doc, start, rest] = E().sentences[number];
  const text = typeof rest === "number" ? E().documents[doc].text.slice(start, start + rest) : rest;
  return {sentence: number, doc, start, text};
}

function documentTitle(doc) {
  const paper = E().documents[doc];
  return paper ? paper.title || paper.source || paper.id : "unknown document";
}

// The steps from one node to another over these facts, shortest first found; null where there is none.
function shortestPath(from, to, allowed) {
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
