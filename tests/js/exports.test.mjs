import assert from "node:assert/strict";
import {beforeEach, test} from "node:test";
import {module} from "./page.mjs";

const {FACTS, G} = await module("data");
const {stateOf} = await module("hash");
const {state} = await module("state");
const {recompute} = await module("visible");
const {COLUMNS, factsAsCsv, rowsOf} = await module("rows");
const {sparql} = await module("sparql");

const node = (label) => G.label.indexOf(label);
const show = (changes) => {
  Object.assign(state, stateOf(""), {unfolded: new Set()}, changes);
  recompute();
};
const body = (query) => query.slice(query.indexOf("SELECT"));

beforeEach(() => show({}));

test("rows sort by a column either way, and numbers by their size", () => {
  assert.equal(rowsOf().length, FACTS);
  const objects = (given) => rowsOf({sort: 0, ...given}).map((f) => G.label[G.from[f]]);
  assert.deepEqual(objects({}), [...objects({})].sort((a, b) => a.localeCompare(b, "en")));
  assert.equal(objects({down: true})[0], "workers");
});

test("rows are found by words in any column", () => {
  assert.ok(rowsOf({words: "portovale"}).every((f) => COLUMNS.some(([, get]) => /portovale/i.test(get(f)))));
  assert.equal(rowsOf({words: "criticised"}).length, 2);
  assert.equal(rowsOf({words: "no such words"}).length, 0);
});

test("a part that is shown alone gives its own rows", () => {
  show({focus: node("court")});
  assert.deepEqual(rowsOf().map((f) => G.relations[G.relation[f]]), ["reject"]);
});

test("CSV has a head, ends each line as the standard says, and quotes what needs it", () => {
  const [head, row, rest] = factsAsCsv([0]).split("\r\n");
  assert.equal(head, "Subject,Relation,Object,Standing,By,When,Document,Confidence,Sentence");
  assert.equal(row, "Ferrum Ltd,is to build,second quay,planned,,2025-01-01/2025-12-31,The Harbour Dispute,0.90,Ferrum Ltd plans to build a second quay in Portovale in 2025.");
  assert.equal(rest, "");
  const old = G.label[0];
  G.label[0] = 'He said "x", then\nleft';
  assert.match(factsAsCsv([0]), /\r\n"He said ""x"", then\nleft",is to build,/);
  G.label[0] = old;
});

test("the query of a fact names its three parts", () => {
  show({fact: 9});
  assert.match(sparql(), /^PREFIX ent: <https:\/\/example.org\/entity\/>\n/);
  assert.match(sparql(), /# The statements behind: Tom Reed criticised Ines Álvarez\n/);
  assert.match(body(sparql()), /rdf:subject <https:\/\/example.org\/entity\/Tom_Reed> ;\n {4}rdf:predicate <https:\/\/example.org\/relation\/criticise> ;\n {4}rdf:object <https:\/\/example.org\/entity\/Ines_Álvarez> \.\n/);
});

test("the query of a literal leaves its object open", () => {
  show({fact: FACTS - 1});
  assert.match(sparql(), /rdf:object \?object \.\n/);
});

test("the query of a path has its steps, that of a node the node, that of the whole what is switched off", () => {
  show({path: [node("Tom Reed"), node("new harbour")]});
  assert.equal(body(sparql()).match(/^ {4}\(<.*>\)$/gm).length, 2);
  show({focus: node("Portovale")});
  assert.match(sparql(), /VALUES \?node \{ <https:\/\/example.org\/entity\/Portovale> \}/);
  show({});
  assert.doesNotMatch(body(sparql()), /FILTER/);
  show({off: {...stateOf("").off, types: new Set([G.types.indexOf("GPE")])}});
  assert.match(sparql(), /FILTER \(\?type NOT IN \(kg:GPE\)\)/);
});

test("no name breaks out of its IRI or its comment", () => {
  const [label, id] = [G.label[0], G.id[0]];
  G.label[0] = "a\nSELECT * WHERE {}";
  G.id[0] = "x> } #\n\\";
  show({node: 0});
  const lines = sparql().split("\n");
  assert.equal(lines.filter((line) => line.startsWith("SELECT")).length, 1);
  assert.match(sparql(), /entity\/x%3E%20%7D%20#%0A%5C>/);
  [G.label[0], G.id[0]] = [label, id];
});

test("a relation that is an IRI stands as it is", () => {
  const f = 0;
  const name = G.relations[G.relation[f]];
  G.relations[G.relation[f]] = "https://schema.org/builds";
  show({fact: f});
  assert.match(sparql(), /rdf:predicate <https:\/\/schema.org\/builds> ;/);
  G.relations[G.relation[f]] = name;
});
