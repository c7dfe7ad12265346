// Communities with a name and one line each: who is in it, and in how many documents they are spoken of.

import {E, G, factsOf, ranked} from "./data.js";
import {count, shorten} from "./text.js";
import {documentTitle, documentsOf} from "./facts.js";
import {isProminent} from "./core.js";

const MOST = 8;
const MEMBERS = 4; // named in the line
let rows = null;

/** The communities that the texts are most about: [{community, name, line, nodes}], the most salient first. */
export function communityRows() {
  rows ??= G.regions.length ? made() : [];
  return rows;
}

function made() {
  const groups = G.regions.map((_, community) => ({community, weight: 0, nodes: []}));
  for (const n of ranked) {
    const c = G.community[n];
    if (c < 0 || !isProminent(n)) continue;
    groups[c].nodes.push(n);
    groups[c].weight += G.salience[n];
  }
  const told = groups.filter((g) => g.nodes.length > 2).sort((a, b) => b.weight - a.weight || a.community - b.community);
  return told.slice(0, MOST).sort((a, b) => G.salience[b.nodes[0]] - G.salience[a.nodes[0]] || a.community - b.community).map(describe);
}

// Of whom most is said names the community.
function describe({community, nodes}) {
  const [first] = nodes;
  const others = nodes.slice(1, MEMBERS).map((n) => shorten(G.label[n], 28));
  const documents = documentsAbout(nodes);
  const all = E().documents.length;
  const where = all < 2 ? "" : documents.size === 1 ? shorten(documentTitle([...documents][0]), 60) : count(documents.size, "document");
  return {community, nodes, name: shorten(G.label[first], 48), line: [others.join(", "), where].filter(Boolean).join(" · ")};
}

function documentsAbout(nodes) {
  const found = new Set();
  for (const n of nodes.slice(0, 40)) for (const f of factsOf(n)) for (const d of documentsOf(f)) if (d >= 0) found.add(d);
  return found;
}
