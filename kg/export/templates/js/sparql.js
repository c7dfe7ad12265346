// SPARQL for what is selected, to run with `kg query` or in any triple store.

import {G, idOf, isLiteral, isWeak} from "./data.js";
import {isIri, objectText, relationText} from "./facts.js";
import {state} from "./state.js";
import {pathFacts} from "./visible.js";

const EVIDENCE = [
  "  ?statement kg:asserted ?asserted ; kg:negated ?negated .",
  "  OPTIONAL { ?statement prov:wasDerivedFrom/nif:anchorOf ?sentence }",
];

const STATEMENT = "  ?statement rdf:subject ?subject ; rdf:predicate ?relation ; rdf:object ?object .";
const oneLine = (text) => text.replace(/\s+/g, " ");

// biome-ignore lint/suspicious/noControlCharactersInRegex: they may not stand in an IRI
const FORBIDDEN = /[\u0000-\u0020<>"{}|\\^`]/;

// An IRI of the graph; what may not stand in one is written as the graph writes it.
function iriOf(folder, local) {
  const safe = Array.from(local, (c) => (FORBIDDEN.test(c) ? encodeURIComponent(c) : c)).join("");
  return isIri(local) ? `<${safe}>` : `<${G.base}${folder}/${safe}>`;
}

const entityIri = (node) => iriOf("entity", idOf(node));

function relationIri(fact) {
  const name = G.relations[G.relation[fact]];
  const [, prefix, local] = /^(kg|sem):(.+)$/.exec(name === "hasPlace" ? "sem:hasPlace" : name) ?? [];
  if (prefix === "sem") return `<http://semanticweb.cs.vu.nl/2009/11/sem/${local}>`;
  return prefix ? `<${G.base}kg#${local}>` : iriOf("relation", name);
}

function selectQuery(comment, variables, ...patterns) {
  const prefixes = [
    `PREFIX ent: <${G.base}entity/>`,
    `PREFIX rel: <${G.base}relation/>`,
    `PREFIX kg: <${G.base}kg#>`,
    "PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>",
    "PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>",
    "PREFIX nif: <http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#>",
    "PREFIX prov: <http://www.w3.org/ns/prov#>",
  ];
  return [...prefixes, "", `# ${comment}`, `SELECT ${variables} WHERE {`, ...patterns, ...EVIDENCE, "}"].join("\n");
}

/** The query for a fact, the path, a node, or the whole as it is filtered by type. */
export function sparql() {
  if (state.fact >= 0) return queryOfFact(state.fact);
  if (state.path && pathFacts) return queryOfPath(pathFacts);
  const node = state.node >= 0 ? state.node : state.focus;
  return node >= 0 ? queryOfNode(node) : queryOfAll(state.off.types);
}

function queryOfFact(fact) {
  const words = [G.label[G.from[fact]], relationText(G.relation[fact]), objectText(fact)].map(oneLine);
  return selectQuery(
    `The statements behind: ${words.join(" ")}`,
    "?statement ?asserted ?negated ?sentence",
    `  ?statement rdf:subject ${entityIri(G.from[fact])} ;`,
    `    rdf:predicate ${relationIri(fact)} ;`,
    `    rdf:object ${isLiteral(fact) ? "?object" : entityIri(G.to[fact])} .`,
  );
}

function queryOfPath(facts) {
  const rows = facts.filter((f) => !isWeak(f)).map((f) => `    (${entityIri(G.from[f])} ${relationIri(f)} ${entityIri(G.to[f])})`);
  return selectQuery("The statements along the path", "?subject ?relation ?object ?sentence", "  VALUES (?subject ?relation ?object) {", ...rows, "  }", STATEMENT);
}

function queryOfNode(node) {
  return selectQuery(
    `All that is said of: ${oneLine(G.label[node])}`,
    "?subject ?relation ?object ?asserted ?negated ?sentence",
    `  VALUES ?node { ${entityIri(node)} }`,
    STATEMENT,
    "  FILTER (?subject = ?node || ?object = ?node)",
  );
}

function queryOfAll(types) {
  const off = [...types].map((t) => `kg:${G.types[t].replace(/[^A-Za-z0-9_]/g, "")}`);
  const filter = off.length ? [`  ?subject a ?type . FILTER (?type NOT IN (${off.join(", ")}))`] : [];
  return selectQuery(
    `All statements${off.length ? ", without the types switched off" : ""}`,
    "?subject ?relation ?object ?asserted ?negated ?sentence",
    STATEMENT,
    ...filter,
  );
}
