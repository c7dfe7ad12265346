// Names, facts and sentences as elements.

import {E, G, literal} from "./data.js";
import {button, el} from "./dom.js";
import {shorten} from "./text.js";
import {glyph} from "./theme.js";
import {documentTitle, isRole, objectText, saidText, saying, speaker, standing, statusOf} from "./facts.js";
import {dayWords} from "./days.js";
import {change} from "./state.js";
import {select} from "./stage.js";
import {piecesOf} from "./quotes.js";

/** A button that leads to a node. */
export function nodeButton(node, most = 80) {
  return button([glyph(G.types[G.type[node]]), shorten(G.label[node], most)], () => select(node), {class: "node", title: G.label[node]});
}

/** A note of what makes a fact differ from a plain statement, or null. */
export function badge(fact) {
  const words = standing(fact);
  const by = speaker(fact);
  if (!words && by < 0) return null;
  return el("span", {class: "badge " + statusOf(fact)}, words || "reported", by >= 0 ? [" by ", G.label[by]] : null);
}

/** A literal that is a day. */
export const DATE = /^\d{4}-\d\d-\d\d$/;

/** A literal object as an element. */
export function valueText(fact) {
  const text = literal(fact).replace(DATE, dayWords);
  return text === "" ? el("span", {class: "none"}, "(that is all that is said)") : el("span", {class: "value"}, shorten(text, 160));
}

/** A fact as a plain line: the whole clause where it is a part of one. */
export const plainSentence = (fact) => saying(fact) || [shorten(G.label[G.from[fact]], 60) + (isRole(fact) ? "," : ""), saidText(fact) + (isRole(fact) ? ":" : ""), shorten(objectText(fact).replace(DATE, dayWords), 90)].filter(Boolean).join(" ");

const sentenceOf = (fact) => [el("b", {}, shorten(G.label[G.from[fact]], 50)), isRole(fact) ? ", " : " ", saidText(fact), isRole(fact) ? ": " : " ", el("b", {}, shorten(objectText(fact), 50))];

/** A fact as a sentence that opens it, and what makes it differ from a plain statement. */
export const factWords = (fact) => el("p", {class: "fact " + statusOf(fact)}, button(sentenceOf(fact), () => change({fact, node: -1}), {class: "open"}), badge(fact));

/** A fact of a sentence as a row. */
export const factStep = (fact) => el("li", {}, factWords(fact));

/** A link that leaves the page. */
export function outward(uri, text) {
  return el("a", {href: uri, target: "_blank", rel: "noopener noreferrer"}, text);
}

/** The address of a document, or "" where it is no web address. */
export const webAddress = (paper) => (paper && /^https?:\/\//i.test(paper.uri) ? paper.uri : "");

/** A sentence with its source, the words of the fact marked. */
export function quotation(c, fact) {
  const paper = E().documents[c.doc];
  const uri = webAddress(paper);
  return el(
    "figure",
    {class: "quotation"},
    el("blockquote", {}, piecesOf(c, fact).map(([text, kind]) => (kind ? el("mark", {class: kind}, text) : text))),
    el("figcaption", {}, uri ? outward(uri, documentTitle(c.doc)) : documentTitle(c.doc), paper?.date ? [", ", el("time", {}, paper.date)] : null, paper ? button("Read on", () => change({view: "text", doc: c.doc}), {class: "read"}) : null),
  );
}
