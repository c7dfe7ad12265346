// What is under the pointer, with a note that says what it is.

import {G, degree, isWeak, weakLink} from "./data.js";
import {$, el} from "./dom.js";
import {count, shorten} from "./text.js";
import {objectText, saidText, typeText} from "./facts.js";

export let hovered = {node: -1, fact: -1};

/** Take note of what is under the pointer: a node, a fact, or -1. */
export function hover(node, fact) {
  hovered = {node, fact};
  $("network").style.cursor = node >= 0 || fact >= 0 ? "pointer" : "";
  const text = node >= 0 ? noteOfNode(node) : fact >= 0 ? noteOfFact(fact) : null;
  $("tip").hidden = !text;
  if (text) $("tip").replaceChildren(...text);
}

const noteOfWeak = ({a, b, documents}) => [el("b", {}, shorten(G.label[a], 40)), " and ", el("b", {}, shorten(G.label[b], 40)), ` are named together in ${count(documents, "document")}`];
const noteOfNode = (node) => [el("b", {}, shorten(G.label[node], 80)), " ", typeText(G.types[G.type[node]]), ", ", count(degree[node], "link")];
const noteOfFact = (fact) => isWeak(fact) ? noteOfWeak(weakLink(fact)) : [shorten(G.label[G.from[fact]], 40), " ", el("b", {}, saidText(fact)), " ", shorten(objectText(fact), 40)];
