// People and organizations as cards: who they are, their offices, relations, what happened, and where it is told.

import {E, G, factsOf, isNamed, ranked} from "./data.js";
import {$, button, el, later, say} from "./dom.js";
import {count, fold, number, shorten} from "./text.js";
import {glyph} from "./theme.js";
import {calledBeside, documentTitle, documentsOf, isRole, objectText, roleText, saidText, typeText, when} from "./facts.js";
import {profileOf, saysAlready, whatItIs} from "./profile.js";
import {state} from "./state.js";
import {passes} from "./visible.js";
import {DATE, plainSentence} from "./views.js";
import {dayWords} from "./days.js";
import {select} from "./stage.js";

const KINDS_OF_CARDS = [["people", "People", ["Person"]], ["bodies", "Organizations", ["Organization", "Group"]], ["all", "Both", ["Person", "Organization", "Group"]]];
const choice = {kind: "all", words: "", most: 24};

/** Show the cards, where they are open. */
export function showCards() {
  const open = state.view === "people";
  $("people").hidden = !open;
  if (!open) return;
  if (!$("people").firstChild) buildCards();
  fillCards();
}

function buildCards() {
  const filter = el("input", {type: "search", placeholder: "Name, office, place", "aria-label": "Filter the cards", oninput: later(() => {
    choice.words = fold(filter.value).trim();
    choice.most = 24;
    fillCards();
    say(count(chosenPeople().length, "card"));
  }, 150)});
  const kinds = KINDS_OF_CARDS.map(([kind, text]) => button(text, () => {
    Object.assign(choice, {kind, most: 24});
    fillCards();
  }, {"data-kind-of": kind}));
  $("people").append(
    el("div", {class: "head"}, el("h2", {}, "People and organizations"), filter, el("span", {class: "choice", role: "group", "aria-label": "Kind"}, kinds), el("span", {class: "rows"})),
    el("div", {class: "scroll", tabindex: "0", role: "region", "aria-label": "Cards"}, el("ul", {class: "cards"})),
  );
}

// Those who have a name and of whom something passes, the most salient first.
function chosenPeople() {
  const types = KINDS_OF_CARDS.find(([kind]) => kind === choice.kind)[2];
  return [...ranked].filter((n) => {
    if (!types.includes(G.types[G.type[n]]) || !isNamed(n) || !factsOf(n).some(passes)) return false;
    return !choice.words || fold(G.label[n]).includes(choice.words) || fold(whatItIs(n)).includes(choice.words);
  });
}

function fillCards() {
  for (const kind of $("people").querySelectorAll("[data-kind-of]")) kind.setAttribute("aria-pressed", String(kind.dataset.kindOf === choice.kind));
  const people = chosenPeople();
  $("people").querySelector(".rows").textContent = number.format(people.length);
  const more = people.length > choice.most ? el("li", {class: "more-cards"}, button(`Show ${number.format(Math.min(48, people.length - choice.most))} more`, () => {
    choice.most += 48;
    fillCards();
  })) : "";
  $("people").querySelector(".cards").replaceChildren(...people.slice(0, choice.most).map(card), more, people.length ? "" : el("li", {class: "hint"}, "Nobody who passes the filters is called so."));
}

function card(node) {
  const facts = [...factsOf(node)].filter(passes);
  const parts = profileOf(node, facts);
  const type = G.types[G.type[node]];
  const documents = [...new Set(facts.flatMap(documentsOf))].filter((d) => d >= 0);
  // What it is need not be said twice.
  const said = whatItIs(node, facts);
  const offices = parts.offices.filter((f) => !saysAlready(said, objectText(f)) && isOfSomebody(f, node));
  const ties = parts.ties.filter((f) => isOfSomebody(f, node) && !said.includes(objectText(f)) && !said.includes("from " + objectText(f)));
  return el(
    "li",
    {class: "card" + (node === state.node ? " chosen" : "")},
    el("h3", {}, button([glyph(type), shorten(G.label[node], 60)], () => select(node), {class: "node"})),
    el("p", {class: "kind"}, said || typeText(type)),
    list("Offices, posts, schools", offices.slice(0, 3).map((f) => [tie(f, node), when(f)])),
    list("Relations", ties.slice(0, 4).map((f) => [tie(f, node), ""])),
    list("What happened", toldOnce(parts.events, node).slice(0, 5).map((f) => [happening(f, node), when(f)])),
    parts.offices.length + parts.ties.length + parts.events.length ? null : list("What is said", parts.rest.slice(0, 3).map((f) => [plainSentence(f), ""])),
    el("p", {class: "where"}, documents.length === 1 || E().documents.length < 2 ? shorten(documentTitle(documents[0] ?? 0), 60) : count(documents.length, "document"), ` · ${count(facts.length, "fact")}`),
  );
}

// What is said of something without a name tells little of whom it belongs to.
const isOfSomebody = (fact, node) => G.from[fact] === node || isNamed(G.from[fact]);

// An office or a tie in the words of the relation; whose card it is need not be said.
function tie(fact, node) {
  const said = `${saidText(fact)} ${shorten(objectText(fact).replace(DATE, dayWords), 60)}`;
  return G.from[fact] === node ? said : `${shorten(G.label[G.from[fact]], 60)} ${said}`;
}

// Births and the like stand among the relations; of one day and sentence the event is told, by its own name.
function toldOnce(facts, node) {
  const days = new Set(facts.filter((f) => isRole(f) && G.from[f] !== node).map(dayAndSentence));
  return facts.filter((f) => !/^(?:kg:born|born_in|birth_date)$/.test(G.relations[G.relation[f]]) && !/^be_born/.test(G.relations[G.relation[f]]) && (isRole(f) || !when(f) || !days.has(dayAndSentence(f))));
}

const dayAndSentence = (fact) => when(fact) + " " + (E().evidence[fact][0] ?? "");

function happening(fact, node) {
  if (isRole(fact)) return G.from[fact] === node ? `${roleText(fact)}: ${objectText(fact)}` : eventOfCard(fact, node);
  const line = plainSentence(fact);
  const name = G.label[node] + " ";
  return line.startsWith(name) ? line.slice(name.length) : line;
}

// The part that somebody had in an event need not be said where its name tells.
function eventOfCard(fact, node) {
  const name = calledBeside(when(fact), G.from[fact]);
  return name.includes(G.label[node]) ? name : `${name} (${roleText(fact)})`;
}

function list(title, lines) {
  if (!lines.length) return null;
  return [el("h4", {}, title), el("ul", {}, lines.map(([text, date]) => el("li", {}, date ? el("time", {}, date + ": ") : null, shorten(text, 110))))];
}
