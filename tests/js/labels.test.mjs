import assert from "node:assert/strict";
import {test} from "node:test";
import {module} from "./page.mjs";

const {EDGES, G, NODES} = await module("data");
const {Taken, placeLabels} = await module("labels");
const {placeAlong, placeAround} = await module("local");
const {textWidth} = await module("lettering");

const box = (label, spot) => {
  const w = textWidth(label.text, label.size, label.strong) + 8;
  return [spot.x + label.dx - w / 2, spot.y + label.dy - label.size, w, label.size + 5];
};
const meet = (a, b) => a[0] < b[0] + b[2] && b[0] < a[0] + a[2] && a[1] < b[1] + b[3] && b[1] < a[1] + a[3];

test("what is taken is free no more, and beside it there is room", () => {
  const taken = new Taken();
  taken.add(-10, -10, 200, 20);
  assert.equal(taken.free(150, 0, 10, 10), false);
  assert.equal(taken.free(190, 0, 10, 10), true);
  assert.equal(taken.free(-100, -100, 500, 300), false);
});

test("no label covers another, and what must be named is named", () => {
  const spots = Array.from({length: NODES}, (_, node) => ({node, x: (node % 4) * 60, y: Math.floor(node / 4) * 30, r: 6}));
  const last = NODES - 1;
  const placed = placeLabels(spots, {must: new Set([last])});
  assert.ok(placed.length > 2);
  assert.ok(placed.length < NODES);
  assert.ok(placed.some((label) => label.node === last && label.strong));
  const boxes = placed.filter((label) => label.node !== last).map((label) => box(label, spots[label.node]));
  boxes.forEach((a, i) => boxes.slice(0, i).forEach((b) => assert.equal(meet(a, b), false)));
});

test("no more labels than are wanted, and none out of the view of its node", () => {
  const spots = [{node: 0, x: 5, y: 20, r: 5}, {node: 1, x: 300, y: 300, r: 5}];
  assert.equal(placeLabels(spots, {most: 1}).length, 1);
  const [corner] = placeLabels(spots, {view: [0, 0, 600, 600]});
  assert.equal(corner.node, 0);
  assert.ok(box(corner, spots[0])[0] > 0);
});

test("the surroundings of a node lie around it, each on a spot of its own", () => {
  const nodes = Array.from({length: NODES}, (_, n) => n);
  const edges = Array.from({length: EDGES}, (_, f) => f);
  const places = placeAround(5, nodes, edges);
  assert.deepEqual(places.get(5), [0, 0]);
  assert.equal(new Set([...places.values()].map(String)).size, NODES);
  assert.ok([...places.values()].flat().every(Number.isFinite));
  assert.deepEqual(placeAround(5, nodes, edges), places);
});

test("a path goes from left to right", () => {
  const places = placeAlong([3, 1, 2]);
  assert.deepEqual([...places.keys()], [3, 1, 2]);
  const xs = [...places.values()].map(([x]) => x);
  assert.deepEqual(xs, [...xs].sort((a, b) => a - b));
  assert.ok(G.label.length > 3);
});
