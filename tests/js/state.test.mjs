import assert from "node:assert/strict";
import {beforeEach, test} from "node:test";
import {module} from "./page.mjs";

const {FACTS, G, NODES, idOf} = await module("data");
const {hashOf, stateOf} = await module("hash");
const {change, onChange, readHash, state} = await module("state");
const visible = await module("visible");

const node = (label) => G.label.indexOf(label);
const kept = (mask) => mask.reduce((sum, is) => sum + is, 0);
const start = () => ({unfolded: new Set(), ...stateOf("")});
const show = (changes) => {
  Object.assign(state, start(), changes);
  visible.recompute();
};
const off = (kind, ...names) => ({...start().off, [kind]: new Set(names.map((name) => G[kind].indexOf(name)))});

beforeEach(() => show({}));

test("a state is the same again after its way through the address", () => {
  const wanted = {
    ...stateOf(""),
    node: node("Ines Álvarez"),
    focus: node("Tom Reed"),
    steps: 2,
    show: "all",
    weak: true,
    loose: true,
    view: "table",
    doc: 0,
    off: {...start().off, types: new Set([1, 3]), statuses: new Set([4])},
    confidence: 55,
    dates: ["2024-01-01", "2025-06-30"],
  };
  assert.deepEqual(stateOf(hashOf(wanted)), wanted);
  const path = {...stateOf(""), path: [node("Tom Reed"), node("court")]};
  assert.deepEqual(stateOf(hashOf(path)), path);
  assert.equal(hashOf(stateOf("")), "");
});

test("an id may hold what parts an address", () => {
  const [first] = G.id;
  G.id[1] = "a|b&c=d %#é";
  const changed = {...stateOf(""), path: [0, 1], node: 0};
  // Names are looked up once, so only what is written can be seen here.
  assert.equal(hashOf(changed), `path=${encodeURIComponent(`${idOf(0)}|${encodeURIComponent(G.id[1])}`)}&node=${idOf(0)}`);
  G.id[0] = first;
  G.id[1] = "";
});

test("what an address names wrongly is as at the start", () => {
  const wrong = "node=nobody&focus=%E0%A4%A&fact=1e9&path=a|b|c&steps=7&view=all&doc=-1&dates=x|y&no-types=__proto__.99&confidence=101&=&x";
  assert.deepEqual(stateOf(wrong), stateOf(""));
});

test("a change is told to all, and kept in the address", () => {
  let told = 0;
  onChange(() => told++);
  change({node: node("Tom Reed")});
  assert.equal(told, 1);
  assert.equal(location.hash, "#node=Tom_Reed");
  location.hash = "#fact=3";
  readHash();
  assert.deepEqual([state.node, state.fact], [-1, 3]);
});

test("names without links wait until asked for", () => {
  assert.equal(kept(visible.shownNode), NODES - 1);
  show({loose: true, show: "all"});
  assert.equal(kept(visible.shownNode), NODES);
  show({node: node("lonely idea")});
  assert.equal(visible.shownNode[node("lonely idea")], 1);
});

test("each filter takes its facts, and the nodes that have no other", () => {
  show({off: off("statuses", "negated")});
  assert.equal(kept(visible.passesFilter), FACTS - 1);
  assert.equal(visible.shownNode[node("Ministry of Transport")], 0);
  show({off: off("types", "Person")});
  assert.equal(visible.shownNode[node("Ines Álvarez")], 0);
  show({off: off("relations", "reject", "lose")});
  assert.equal(kept(visible.passesFilter), FACTS - 2);
  show({dates: ["2025-02-01", "2025-02-02"]});
  assert.equal(kept(visible.passesFilter), 2);
  show({dates: ["2025-02-01", "2025-02-02"], off: off("statuses", "planned")});
  assert.equal(kept(visible.passesFilter), 0);
  show({confidence: 95});
  assert.equal(kept(visible.passesFilter), 0);
  show({off: {...start().off, documents: new Set([0])}});
  assert.equal(kept(visible.passesFilter), 0);
  assert.equal(visible.filtered(), true);
  show({});
  assert.equal(visible.filtered(), false);
});

test("a focus shows a node with its neighbours, and what was unfolded", () => {
  show({focus: node("Tom Reed")});
  assert.deepEqual(G.label.filter((_, n) => visible.shownNode[n]), ["Ines Álvarez", "Portovale", "Tom Reed"]);
  assert.equal(visible.alone(), true);
  show({focus: node("Tom Reed"), unfolded: new Set([node("Portovale")])});
  assert.equal(visible.shownNode[node("Harbour Watch")], 1);
});

test("a path shows its own facts only", () => {
  show({path: [node("Tom Reed"), node("new harbour")]});
  assert.equal(visible.pathFacts.length, 2);
  assert.equal(kept(visible.shownFact), 2);
  show({path: [node("Tom Reed"), node("court")]});
  assert.equal(visible.pathFacts, null);
  assert.equal(kept(visible.shownNode), 2);
});

test("every fact that is shown has its ends shown", () => {
  for (const changes of [{}, {focus: 0}, {focus: 2, steps: 2}, {off: off("types", "GPE")}, {path: [0, 2]}]) {
    show(changes);
    for (let f = 0; f < FACTS; f++) {
      if (!visible.shownFact[f]) continue;
      assert.equal(visible.shownNode[G.from[f]], 1);
      if (G.to[f] >= 0) assert.equal(visible.shownNode[G.to[f]], 1);
    }
  }
});
