// What is known of a thing in the order in which a reader asks: what it is, its offices, whom it is related to, what
// happened and when, and the rest.

import {E, G, factsOf, isEvent, isLiteral, isNamed} from "./data.js";
import {isRole, objectText, saying, statusOf} from "./facts.js";

const relationNamed = (fact) => G.relations[G.relation[fact]];
const KINDS = ["instance_of"];
const OFFICES = ["position_held", "former_position"];
const ROLES = [...OFFICES, "employer", "former_employer", "member_of", "affiliated_with", "educated_at", "educated_in"];
const TIES = new Set(
  ("country part_of has_part located_in near born_in died_in spouse child parent sibling relative founded_by headquarters jurisdiction owned_by capital_of stake_in based_in"
    + " residence created_by performed_by native_of raised_in allied_with linked_to birth_date death_date age population count participant_in alias").split(" "),
);

const isTie = (name) => TIES.has(name) || /^[a-z]+_of$/.test(name) && !ROLES.includes(name) && !KINDS.includes(name);
/** Whether a fact tells of an office or a tie, in the words of the table of relations. */
export const isLasting = (fact) => ROLES.includes(relationNamed(fact)) || isTie(relationNamed(fact));

const STRENGTH = ["asserted", "reported", "planned", "doubtful", "negated"];

/** How sure a fact is, surest first: a key to sort by. */
export const strength = (fact) => STRENGTH.indexOf(statusOf(fact));

// "director of the Authority" is "director of Authority".
const bareWords = (text) => text.toLowerCase().replace(/\b(the|an?) /g, "");

/** Whether some words say already what others do, articles aside. */
export const saysAlready = (words, text) => bareWords(words).includes(bareWords(text));

/** What a thing is in a few words, from what the texts state of it: "mayor of Portovale, from Norland"; "" where they do not. */
export function whatItIs(node, facts = [...factsOf(node)]) {
  const sure = facts.filter((f) => G.from[f] === node && statusOf(f) === "asserted");
  const named = (names) => sure.filter((f) => names.includes(relationNamed(f)));
  const words = [];
  const add = (text) => {
    if (text && text.length < 70 && words.length < 3 && !words.some((w) => saysAlready(w, text))) words.push(text);
  };
  // The office that somebody took last comes first.
  for (const f of named(OFFICES).sort((a, b) => (datesOf(b)?.[0] ?? "").localeCompare(datesOf(a)?.[0] ?? ""))) add(objectText(f));
  for (const f of named(KINDS)) add(objectText(f));
  if (!words.length) for (const f of named(["be"])) if (objectText(f).length < 50) add(objectText(f));
  const [country] = named(["country"]).map(objectText);
  if (country && !words.some((w) => w.includes(country))) words.push("from " + country);
  return words.join(", ");
}

/** Facts of a clause that is told as a whole once: the first of each, in their order, which should be the surest. */
export function eachClauseOnce(facts) {
  const seen = new Set();
  return facts.filter((f) => {
    const line = saying(f);
    const key = line && (statusOf(f) === "negated") + (E().dates[f] ?? "") + line;
    if (!key) return true;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

/** When a fact holds, as days to sort by: ["2024-05-03", "2024-05-03"], or null. */
export function datesOf(fact) {
  const given = E().dates[fact];
  return given ? [given[0] || given[1], given[1] || given[0]] : null;
}

/** Whether a fact tells of something that happened: a part in an event, or what has a date. */
const happened = (fact) => datesOf(fact) !== null || isRole(fact) || (!isLiteral(fact) && isEvent(G.to[fact]));

/**
 * The facts around a node by what a reader asks of them: {offices, ties, events, rest}, each in its order; events by
 * date, those without one last.
 */
export function profileOf(node, facts) {
  const parts = {offices: [], ties: [], events: [], rest: []};
  for (const f of [...facts].sort((a, b) => strength(a) - strength(b) || a - b)) {
    const name = relationNamed(f);
    const mine = G.from[f] === node;
    if (mine && KINDS.includes(name)) parts.ties.push(f);
    else if (ROLES.includes(name)) parts.offices.push(f);
    else if (isTie(name)) parts.ties.push(f);
    else if (happened(f)) parts.events.push(f);
    else parts.rest.push(f);
  }
  parts.offices.sort((a, b) => (datesOf(b)?.[0] ?? "").localeCompare(datesOf(a)?.[0] ?? ""));
  parts.ties.sort((a, b) => isTied(b, node) - isTied(a, node));
  parts.events = eachClauseOnce(parts.events).sort((a, b) => (datesOf(a)?.[0] ?? "9999").localeCompare(datesOf(b)?.[0] ?? "9999"));
  return parts;
}

// Ties to somebody who has a name come before others.
function isTied(fact, node) {
  const other = G.from[fact] === node ? G.to[fact] : G.from[fact];
  return other >= 0 && isNamed(other) ? 1 : 0;
}
