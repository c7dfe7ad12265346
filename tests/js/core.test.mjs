import assert from "node:assert/strict";
import {test} from "node:test";
import {module} from "./page.mjs";

const {EDGES, G, NODES, ranked} = await module("data");
const {connectedParts, coreNodes, foldedBy, hiddenAround, isProminent} = await module("core");
const {boxOf, placeBeside, spread} = await module("spread");

const node = (label) => G.label.indexOf(label);
const any = () => true;
const linksOf = (nodes) => {
  const links = [];
  for (let f = 0; f < EDGES; f++) if (nodes.has(G.from[f]) && nodes.has(G.to[f])) links.push([G.from[f], G.to[f]]);
  return links;
};
const overlap = (a, b) => {
  const [p, q] = [a, b].map(([n, [x, y]]) => ({x, y, ...boxOf(n)}));
  const beside = Math.abs(p.x - q.x) < p.half + q.half - 2;
  return beside && (q.y >= p.y ? q.y - p.y < p.down + q.up - 2 : p.y - q.y < p.up + q.down - 2);
};

test("a small graph is shown whole, but for what hangs on nothing", () => {
  const all = coreNodes(60, any);
  assert.equal(all.size, NODES - 1);
  assert.equal(all.has(node("lonely idea")), false);
});

test("of a larger one the named things that hang together are shown, the most salient first", () => {
  const some = [...coreNodes(10, any)];
  assert.ok(some.length >= 5 && some.length <= 10);
  assert.ok(some.filter(isProminent).length >= some.length * 0.5);
  assert.deepEqual(some, [...ranked].filter((n) => some.includes(n)));
  for (const label of ["Ines Álvarez", "Tom Reed", "Ferrum Ltd", "Portovale"]) assert.ok(some.includes(node(label)), label);
});

test("a filter chooses anew", () => {
  const without = coreNodes(10, (f) => G.from[f] !== node("Tom Reed") && G.to[f] !== node("Tom Reed"));
  assert.equal(without.has(node("Tom Reed")), false);
});

test("what is left out is counted: names, and what has none", () => {
  const shown = new Uint8Array(NODES);
  for (const n of coreNodes(10, any)) shown[n] = 1;
  const {ideas, islands} = foldedBy(shown, any);
  assert.equal(ideas.length + islands.length + shown.reduce((a, b) => a + b), NODES);
  assert.ok(islands.every(isProminent) && !ideas.some(isProminent));
  shown.fill(0);
  assert.equal(hiddenAround(node("Tom Reed"), shown, any), 2);
});

test("parts hang together, the largest first", () => {
  const near = new Map([[1, new Set([2])], [2, new Set([1])], [3, new Set()], [4, new Set([5])], [5, new Set([4, 6])], [6, new Set([5])]]);
  assert.deepEqual(connectedParts([1, 2, 3, 4, 5, 6], near), [[4, 5, 6], [1, 2], [3]]);
});

test("no name covers another, and none leaves the frame or enters its corner", () => {
  const nodes = coreNodes(60, any);
  for (const [width, height] of [[900, 640], [420, 520]]) {
    const {places, left} = spread([...nodes], linksOf(nodes), width, height, [64, 140]);
    assert.equal(places.size + left.length, nodes.size);
    const placed = [...places];
    for (const [i, a] of placed.entries()) {
      const {half, up, down} = boxOf(a[0]);
      const [x, y] = a[1];
      assert.ok(x - half >= -width / 2 - 2 && x + half <= width / 2 + 2 && y - up >= -height / 2 - 2 && y + down <= height / 2 + 2);
      assert.ok(x + half <= width / 2 - 62 || y + down <= height / 2 - 138);
      for (const b of placed.slice(0, i)) assert.equal(overlap(a, b), false, `${G.label[a[0]]} over ${G.label[b[0]]}`);
    }
  }
});

test("the same graph gets the same places, and a frame without room lets the least important go", () => {
  const nodes = [...coreNodes(60, any)];
  assert.deepEqual(spread(nodes, [], 600, 500), spread(nodes, [], 600, 500));
  const {places, left} = spread(nodes, [], 260, 120);
  assert.ok(left.length > 0);
  assert.ok(places.has(nodes[0]));
});

test("what unfolds finds room beside its node", () => {
  const taken = new Map([[0, [0, 0]], [1, [190, 10]]]);
  const fresh = placeBeside(0, [2, 3, 4, 5], taken);
  const all = [...taken, ...fresh];
  for (const [i, a] of all.entries()) for (const b of all.slice(0, i)) assert.equal(overlap(a, b), false);
});
