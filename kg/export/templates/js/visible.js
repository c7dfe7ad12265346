// Which nodes and facts are shown, given the state.

const shownNode = new Uint8Array(NODES);
const shownFact = new Uint8Array(FACTS);
let passesFilter = new Uint8Array(FACTS).fill(1);
let filterKey = "";

// A date range meets a fact if any day of it does; facts without dates are kept while no range is set.
function meetsDates(fact) {
  if (!state.dates) return true;
  const [begins, ends] = E().dates[fact] || ["", ""];
  if (!begins && !ends) return false;
  return (begins || ends) <= state.dates[1] && (ends || begins) >= state.dates[0];
}

function factPasses(fact) {
  const {off} = state;
  if (off.statuses.has(G.status[fact]) || off.relations.has(G.relation[fact])) return false;
  if (off.types.has(G.type[G.from[fact]])) return false;
  if (G.to[fact] >= 0 && off.types.has(G.type[G.to[fact]])) return false;
  if (state.confidence && E().confidence[fact] < state.confidence) return false;
  if (off.documents.size && !documentsOf(fact).some((d) => !off.documents.has(d))) return false;
  return meetsDates(fact);
}

const filtered = () =>
  Object.values(state.off).some((s) => s.size) || state.confidence > 0 || state.dates !== null;

function refilter() {
  const key = JSON.stringify([Object.values(state.off).map((s) => [...s]), state.confidence, state.dates]);
  if (key === filterKey) return;
  filterKey = key;
  const any = filtered();
  for (let i = 0; i < FACTS; i++) passesFilter[i] = !any || factPasses(i) ? 1 : 0;
}

// Nodes within so many steps of one, over the facts that pass.
function around(node, steps) {
  const found = new Set([node]);
  let front = [node];
  for (let step = 0; step < steps; step++) {
    const next = [];
    for (const here of front) {
      for (const fact of factsOf(here)) {
        if (isLiteral(fact) || !passesFilter[fact]) continue;
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

const MOST_AROUND = 600; // nodes of a neighbourhood that are drawn
let cutFrom = 0; // how many there would be, where some were left out
let pathFacts = null;
const alone = () => state.focus >= 0 || state.path !== null; // a part is shown by itself
const onMap = () => G.scale === "map" && !alone();

// Keep the best connected of a neighbourhood, and what must stay.
function trim(found, must) {
  if (found.size <= MOST_AROUND) return found;
  cutFrom = found.size;
  const ranked = [...found].sort((a, b) => must.has(b) - must.has(a) || degree[b] - degree[a] || a - b);
  return new Set(ranked.slice(0, MOST_AROUND));
}

function recompute() {
  refilter();
  shownNode.fill(0);
  shownFact.fill(0);
  pathFacts = null;
  cutFrom = 0;
  if (alone()) {
    const found = new Set();
    if (state.path) {
      pathFacts = shortestPath(state.path[0], state.path[1], (fact) => passesFilter[fact]);
      for (const node of state.path) found.add(node);
      for (const fact of pathFacts || []) found.add(G.from[fact]).add(G.to[fact]);
    } else for (const node of around(state.focus, state.steps)) found.add(node);
    const must = new Set([state.focus, state.node, ...(state.path ? found : [])]);
    for (const node of state.unfolded) for (const n of around(node, 1)) found.add(n);
    for (const node of trim(found, must)) shownNode[node] = 1;
  } else if (G.scale === "network" || G.scale === "map") {
    // Nodes without links tell nothing of who is connected to whom; they wait until asked for.
    for (let n = 0; n < NODES; n++) shownNode[n] = !loose[n] || state.loose || n === state.node || looseNodes === NODES ? 1 : 0;
    if (state.fact >= 0) shownNode[G.from[state.fact]] = 1;
  } else {
    for (let i = 0; i < Math.min(G.hubs, NODES); i++) shownNode[byDegree[i]] = 1;
    for (const node of state.unfolded) for (const n of around(node, 1)) shownNode[n] = 1;
    if (state.node >= 0) shownNode[state.node] = 1;
    if (state.fact >= 0) {
      shownNode[G.from[state.fact]] = 1;
      if (!isLiteral(state.fact)) shownNode[G.to[state.fact]] = 1;
    }
  }
  if (filtered()) {
    for (let n = 0; n < NODES; n++) {
      if (!shownNode[n]) continue;
      // A node stays if a fact of it passes, or if it has none and its type is not switched off.
      const facts = factsOf(n);
      const kept = facts.length ? facts.some((f) => passesFilter[f]) : !state.off.types.has(G.type[n]);
      if (!kept && n !== state.focus && n !== state.node && !state.path?.includes(n)) shownNode[n] = 0;
    }
  }
  // On a path only its own facts and what was unfolded are drawn.
  const onPath = state.path && !state.unfolded.size ? new Set(pathFacts) : null;
  for (let i = 0; i < FACTS; i++) {
    if (!passesFilter[i] || !shownNode[G.from[i]] || (G.to[i] >= 0 && !shownNode[G.to[i]])) continue;
    if (!onPath || onPath.has(i)) shownFact[i] = 1;
  }
}
