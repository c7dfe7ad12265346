import assert from "node:assert/strict";
import {test} from "node:test";
import {module} from "./page.mjs";

const {FACTS, G, NODES, aliases, degree, factsOf, idOf, isLiteral, literal, loose, looseNodes, nodeById, otherEnd, ranked} =
  await module("data");
const facts = await module("facts");
const {around, bestPath} = await module("walk");
const {findName, piecesOf} = await module("quotes");
const {findNodes, nearNodes, slipsBetween} = await module("search");
const days = await module("days");

const node = (label) => G.label.indexOf(label);
const fact = (subject, relation) =>
  G.from.findIndex((from, f) => G.label[from] === subject && G.relations[G.relation[f]] === relation);
const any = () => true;

test("each fact lies around its ends, and around no other node", () => {
  for (let n = 0; n < NODES; n++) {
    const wanted = [];
    for (let f = 0; f < FACTS; f++) if (G.from[f] === n || G.to[f] === n) wanted.push(f);
    assert.deepEqual([...factsOf(n)].sort((a, b) => a - b), wanted);
  }
});

test("what the texts are most about comes first, and those without links are known", () => {
  const ranks = [...ranked].map((n) => G.salience[n]);
  assert.deepEqual(ranks, [...ranks].sort((a, b) => b - a));
  assert.ok(["Ines Álvarez", "Tom Reed"].includes(G.label[ranked[0]]));
  assert.ok(degree[ranked[0]] > 0);
  assert.equal(looseNodes, 1);
  assert.equal(loose[node("lonely idea")], 1);
});

test("a node is found by its id, whether it is its label or not", () => {
  for (const label of G.label) assert.equal(nodeById(idOf(node(label))), node(label));
  assert.equal(idOf(node("Tom Reed")), "Tom_Reed");
  assert.equal(nodeById("court-abcd1234"), node("court"));
  assert.equal(nodeById("constructor"), undefined);
});

test("literals are no nodes", () => {
  const said = fact("Tom Reed", "say");
  assert.equal(isLiteral(said), true);
  assert.equal(literal(said), "Ferrum Ltd dismissed 120 workers");
  assert.equal(isLiteral(fact("Tom Reed", "meet")), false);
  assert.equal(otherEnd(fact("Tom Reed", "meet"), node("Tom Reed")), node("Ines Álvarez"));
});

test("a fact's standing, speaker and days are said in words", () => {
  const dismissed = fact("Ferrum Ltd", "dismiss");
  assert.equal(facts.statusOf(dismissed), "reported");
  assert.equal(facts.standing(dismissed), "reported");
  assert.equal(facts.speaker(dismissed), node("Tom Reed"));
  assert.equal(facts.standing(fact("Ministry of Transport", "fund")), "negated");
  assert.equal(facts.standing(fact("Ferrum Ltd", "build")), "planned");
  assert.equal(facts.speaker(fact("Tom Reed", "meet")), -1);
  assert.equal(facts.when(fact("Ferrum Ltd", "build")), "2025");
  assert.equal(facts.when(fact("Ines Álvarez", "open")), "3 May 2024");
  assert.equal(facts.when(fact("Tom Reed", "meet")), "");
});

test("what a fact says is English, as the text means it", () => {
  assert.equal(facts.relationText(G.relations.indexOf("build_in")), "built in");
  assert.equal(facts.saidText(fact("Ines Álvarez", "praise")), "praised");
  assert.equal(facts.saidText(fact("Ministry of Transport", "fund")), "did not fund");
  assert.equal(facts.saidText(fact("Ferrum Ltd", "build")), "is to build");
  assert.equal(facts.saidText(fact("Harbour Watch", "located_in")), "is in");
});

test("days are written as a reader writes them", () => {
  assert.equal(days.spanWords("2024-05-03", "2024-05-03"), "3 May 2024");
  assert.equal(days.spanWords("2024-05-01", "2024-05-31"), "May 2024");
  assert.equal(days.spanWords("2024-02-01", "2024-02-29"), "February 2024");
  assert.equal(days.spanWords("2023-01-01", "2024-12-31"), "2023 to 2024");
  assert.equal(days.spanWords("2019-01-01", ""), "from 2019");
  assert.equal(days.spanWords("", "2019-06-30"), "until June 2019");
  assert.equal(days.spanWords("2024-05-03", "2024-05-08"), "3 May 2024 to 8 May 2024");
  assert.equal(days.spanWords("", ""), "");
});

test("a citation is a sentence with the stretch that says so", () => {
  const [cited, ...others] = facts.citations(fact("Ines Álvarez", "praise"));
  assert.equal(others.length, 0);
  assert.equal(cited.text, "Álvarez praised Reed, and Reed criticised Álvarez.");
  assert.equal(cited.text.slice(cited.from, cited.to), "Álvarez praised Reed");
  assert.deepEqual(facts.documentsOf(fact("Tom Reed", "meet")), [0]);
  assert.equal(facts.leftOut(fact("Tom Reed", "meet")), 0);
  assert.equal(facts.documentTitle(0), "The Harbour Dispute");
  assert.equal(facts.documentTitle(7), "unknown document");
});

test("a path has each step in its order, and keeps to what is allowed", () => {
  const [from, to] = [node("Tom Reed"), node("new harbour")];
  const path = bestPath(from, to, any);
  assert.equal(path.length, 2);
  let here = from;
  for (const step of path) here = otherEnd(step, here);
  assert.equal(here, to);
  assert.equal(bestPath(from, to, (f) => f !== fact("Ines Álvarez", "open")), null);
  assert.equal(bestPath(from, node("lonely idea"), any), null);
});

test("surroundings grow by steps", () => {
  const one = around(node("court"), 1, any);
  assert.deepEqual([...one].map((n) => G.label[n]), ["court", "lawsuit"]);
  assert.deepEqual([...around(node("court"), 5, any)].length, 2);
  assert.equal(around(node("Tom Reed"), 2, any).has(node("Harbour Watch")), true);
  assert.equal(around(node("Tom Reed"), 1, any).has(node("Harbour Watch")), false);
});

test("a name in a sentence is found as a word, by label or alias, nearest to the claim", () => {
  const text = "Álvarez praised Reed, and Reed criticised Álvarez.";
  assert.deepEqual(findName(text, node("Tom Reed"), 26, 49)?.slice(0, 2), [26, 30]);
  assert.deepEqual(findName(text, node("Tom Reed"), 0, 20)?.slice(0, 2), [16, 20]);
  assert.equal(findName("Reeds grow there.", node("Tom Reed"), 0, 10), null);
  assert.equal(findName(text, node("Portovale"), 0, 20), null);
});

test("a sentence falls into pieces that make it up again, its ends and its words marked", () => {
  for (let f = 0; f < FACTS; f++) {
    for (const cited of facts.citations(f)) assert.equal(piecesOf(cited, f).map(([text]) => text).join(""), cited.text);
  }
  const criticised = fact("Tom Reed", "criticise");
  const pieces = piecesOf(facts.citations(criticised)[0], criticised);
  assert.deepEqual(pieces.slice(-4), [["Reed", "subject"], [" criticised ", "said"], ["Álvarez", "object"], [".", ""]]);
});

test("a search puts the whole name before a beginning, that before a word, that before a part", () => {
  const found = (words) => findNodes(words).map((hit) => G.label[hit.node]);
  assert.deepEqual(found("alvarez"), ["Ines Álvarez"]);
  assert.equal(findNodes("reed")[0].alias, "Reed");
  const within = (words) => nearNodes(words).map((hit) => G.label[hit.node]);
  assert.deepEqual(within("who is Tom Reed?"), ["Tom Reed"]);
  assert.deepEqual(within("what links Tom Reed and Ines Alvarez").toSorted(), ["Ines Álvarez", "Tom Reed"]);
  assert.deepEqual(found("har"), ["Harbour Watch", "new harbour"]);
  assert.deepEqual(found("  "), []);
  assert.deepEqual(found("no such name"), []);
  assert.equal(findNodes("a", 3).length, 3);
  assert.deepEqual(aliases(node("Ferrum Ltd")), ["Ferrum"]);
});

test("a name is found with slips of the pen, and what is near nothing is not", () => {
  const near = (words) => nearNodes(words).map((hit) => G.label[hit.node]);
  assert.equal(near("Porttovale")[0], "Portovale");
  assert.equal(near("alvarz")[0], "Ines Álvarez");
  assert.equal(near("tom raed")[0], "Tom Reed");
  assert.deepEqual(near("zzzyx"), []);
  assert.equal(slipsBetween("harbour", "harbuor", 2), 1);
  assert.equal(slipsBetween("court", "quay", 2), Infinity);
});

test("a path goes over what is asserted and tells more before what does not", () => {
  const [reed, alvarez] = [node("Tom Reed"), node("Ines Álvarez")];
  const [step, ...rest] = bestPath(reed, alvarez, any);
  assert.equal(rest.length, 0);
  assert.equal(facts.statusOf(step), "asserted");
  assert.equal(bestPath(reed, node("lonely idea"), any, {weak: true}), null);
  assert.deepEqual(bestPath(reed, reed, any), []);
});
