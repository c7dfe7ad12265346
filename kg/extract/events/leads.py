"""Whom the first sentence of a report speaks of without a name: the one whom the next sentence names.

"A harbour clerk who stabbed his neighbour to death was jailed on Friday. Karl Brenner, 47, had admitted …"
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Protocol

from spacy.tokens import Span

from kg.extract.coref.cluster import Clusters, CorefCluster
from kg.extract.events.records import EventDraft, Role
from kg.extract.lexicon import words
from kg.extract.parse.repair import courts, tree_of
from kg.extract.parse.tree import Tree
from kg.extract.reading import MentionDraft, Reading

# What somebody is by the roles of events: who did it, or to whom it was done.
SIDES = {
    "done": frozenset({"defendant", "killer", "attacker", "arrested"}),
    "suffered": frozenset({"deceased", "injured", "target"}),
}
# How many sentences behind the first one it is that names somebody; who comes with his age may come later.
REACH = range(1, 3)
FURTHER = range(1, 6)
# The parties of a suit, whom a later sentence may name as those of one.
PARTIES = ("plaintiff", "defendant")
DEFINITE = frozenset({"the", "that", "this"})
# What somebody is called who came to harm, and what is said of him by an adjective.
VICTIM, DEAD = frozenset({"victim", "deceased"}), frozenset({"dead", "murdered", "slain"})
# Types of a noun for a person; of one that no table has nothing is known.
UNKNOWN = frozenset({"Person", "Concept"})
INDEFINITE = frozenset({"a", "an"})
# What stands behind a name that a report introduces: ", 47," or " (47)" or ", of Brook Lane,".
INTRODUCED = re.compile(
    r"\s*(,\s*(aged\s+)?\d{1,3}\s*,|\(\s*\d{1,3}\s*\)|,\s*of\s|,\s*an?\s[^,.]{2,40},\s*(of|from|aged)\s)"
)
WITH_AGE = re.compile(r"\s*(,\s*(aged\s+)?\d{1,3}\s*,|\(\s*\d{1,3}\s*\))")
# Relations of claims that tell a name.
NAMING = frozenset({"be_named", "be_identified", "name", "identify"})
# Verbs of whom a court deals with, beside those of events.
COURTS = words("events", "words", "courts")
HEARINGS = words("events", "words", "hearings")
BEFORE_COURT = words("events", "words", "before_court")
APPEARING = frozenset({"appear"})
TELLING = frozenset({"tell"}) | words("events", "words", "rulings")


class Linking(Protocol):
    """What the linker of a document's events gives here."""

    reading: Reading
    events: list[EventDraft]
    clusters: Clusters

    def thing(self, mention: MentionDraft) -> CorefCluster:
        """Give what a mention stands for."""


def join(linking: Linking) -> None:
    """Make the one whom the first sentence leaves without a name one with whom the next names."""
    first = next((b for b in linking.reading.blocks if b.kind in ("paragraph", "list")), None)
    if first is None or not linking.events:
        return
    opening = next(iter(first.doc.sents), None)
    if opening is None:
        return
    inside = [e for e in linking.events if e.block is first and e.trigger.i < opening.end]
    sides = _open_sides(linking, inside, opening)
    _join_by_term(linking, inside)
    sentence = linking.clusters.sentence_at(first, opening[0])
    for side, unnamed in _unnamed(linking, inside) if sides else ():
        if side not in sides:
            continue
        _join_one(linking, unnamed, _named_next(linking, sentence, side))
    for party in PARTIES if sides == set(SIDES) else ():
        _join_one(linking, _unnamed_party(linking, inside, party), _named_party(linking, sentence, party))


def _join_one(linking: Linking, unnamed: MentionDraft | None, named: MentionDraft | None) -> None:
    """Make who has no name one with who has, unless they are of two sexes."""
    if unnamed is None or named is None:
        return
    first, second = linking.thing(unnamed), linking.thing(named)
    if first is not second and not first.named and first.gender * second.gender >= 0:
        linking.clusters.join(second, first, "identity", unnamed, named)


# Those of whom a court decides.


def _join_by_term(linking: Linking, inside: list[EventDraft]) -> None:
    """Make who is to serve a term the one whom a judge then gives it: "handed the term to Karl Moll"."""
    terms = [e for e in linking.events if e.event == "Sentencing" and e.filling("penalty")]
    told = [r for e in terms if e in inside for r in e.filling("defendant")]
    if len(told) == 1:
        for event in [e for e in terms if e not in inside and all(map(_points_back, e.filling("penalty")))]:
            _give_term(linking, told[0].mention, event)


def _give_term(linking: Linking, unnamed: MentionDraft, event: EventDraft) -> None:
    """Let a sentence that tells "the term" be that of somebody without a name, who is named there."""
    event.roles = [r for r in event.roles if r.name != "penalty"]
    named = [r.mention for r in event.filling("defendant") if linking.thing(r.mention).named]
    if len(named) == 1:
        _join_one(linking, unnamed, named[0])


def _points_back(role: Role) -> bool:
    """Whether a penalty is told as known, and not anew: "the term"."""
    mention = role.slot.mention
    tree, i = tree_of(mention.block), mention.head.i
    the = any(tree.lower[k] in DEFINITE for k in tree.of(i, "det"))
    return the and mention.kind == "nominal" and not tree.of(i, "amod", "compound", "nummod", "nmod", "prep")


def _unnamed_party(linking: Linking, events: list[EventDraft], party: str) -> MentionDraft | None:
    """Give the one party of a suit that the first sentence introduces without a name."""
    found: dict[int, MentionDraft] = {}
    for role in [r for e in events if e.event == "Lawsuit" for r in e.filling(party)]:
        for mention in _mentions_of(linking, role.mention):
            if mention.type in ("Person", "Concept") and (
                _is_indefinite(mention) or _is_told_by_clause(mention)
            ):
                found.setdefault(id(linking.thing(mention)), mention)
    return next(iter(found.values())) if len(found) == 1 else None


def _is_told_by_clause(mention: MentionDraft) -> bool:
    """Whether a clause says who somebody is: "the woman who wrote them"."""
    tree, head = tree_of(mention.block), mention.head.i
    return mention.kind == "nominal" and tree.tag[head] == "NN" and bool(tree.of(head, "relcl"))


def _named_party(linking: Linking, sentence: int, party: str) -> MentionDraft | None:
    """Give whom the sentence behind, or the next, names as a party of a suit, if it is one person."""
    found: dict[int, MentionDraft] = {}
    for event in [e for e in linking.events if e.event == "Lawsuit"]:
        behind = linking.clusters.sentence_at(event.block, event.trigger) - sentence
        for role in event.filling(party) if behind in REACH else ():
            if role.slot.standing.asserted and linking.thing(role.mention).named:
                found.setdefault(id(linking.thing(role.mention)), role.mention)
    named = list(found.values())
    return named[0] if len(named) == 1 and linking.thing(named[0]).type == "Person" else None


def identify(linking: Linking) -> None:
    """Make one whom the text names: "the pilot was named as Roger Hallam", "identified her as Ida Holm".

    So does "the dead man was Roger Hallam".
    """
    for claim in [c for c in linking.reading.claims if c.asserted]:
        if claim.relation == "be" and _is_victim(claim.subject):
            _join_one(linking, claim.subject, claim.object if _is_person(claim.object) else None)
        elif claim.relation in NAMING:
            name = next((m for role, m in claim.qualifiers if role == "as"), None)
            who = claim.object if claim.object is not None else claim.subject
            if name is not None and _is_person(name) and who.kind != "name":
                _identify(linking, who, name)


def _identify(linking: Linking, who: MentionDraft, name: MentionDraft) -> None:
    """Make one person without a name the one that is named."""
    thing, other = linking.thing(name), linking.thing(who)
    unnamed = other.type in ("Person", "Concept") and not other.named and not other.plural
    if unnamed and other is not thing:
        linking.clusters.join(thing, other, "identity", who, name)


def _is_person(mention: MentionDraft | None) -> bool:
    return mention is not None and mention.kind == "name" and mention.type == "Person"


def name_victims(linking: Linking) -> None:
    """Make "the victim", whom the text names, the one whom it told to have died: "a guard was shot dead".

    Of several who died it is told of none.
    """
    for mention in [m for m in linking.reading.mentions if m.kind == "nominal" and _is_victim(m)]:
        thing = linking.thing(mention)
        told = _harmed_before(linking, mention) if thing.named and not thing.plural else {}
        told.pop(id(thing), None)
        if len(told) == 1:
            (unnamed,) = told.values()
            if unnamed.kind == "nominal" and not linking.thing(unnamed).plural:
                _join_one(linking, unnamed, thing.mentions[0])


def _harmed_before(linking: Linking, mention: MentionDraft) -> dict[int, MentionDraft]:
    """Give those told before to have died, or if nobody did those who came to harm, by what they are."""
    here = mention.block.index, mention.head.i
    roles = [r for e in linking.events if e.place < here for r in e.filling(*SIDES["suffered"])]
    roles = [r for r in roles if r.slot.standing.asserted]
    dead = [r for r in roles if r.name == "deceased"] or roles
    return {id(linking.thing(r.mention)): r.mention for r in dead}


def _is_victim(mention: MentionDraft) -> bool:
    """Whether a noun means the one who came to harm: "the victim", "the dead man"."""
    tree, i = tree_of(mention.block), mention.head.i
    if tree.tag[i] not in ("NN", "JJ") or not any(tree.lower[k] in DEFINITE for k in tree.of(i, "det")):
        return False
    return tree.lower[i] in VICTIM or any(tree.lower[k] in DEAD for k in tree.of(i, "amod"))


def _open_sides(linking: Linking, inside: list[EventDraft], opening: Span) -> set[str]:
    """Give the sides on which the first sentence names nobody: who is named as the victim did nothing.

    Somebody who has to do with it in another way leaves none open.
    """
    block = opening.start
    named = [
        m
        for m in linking.reading.mentions
        if m.kind == "name" and m.type == "Person" and m.block.doc is opening.doc
        if block <= m.span.start < opening.end
    ]
    suffered = [r for e in inside for r in e.filling(*SIDES["suffered"])]
    things = {id(linking.thing(r.mention)) for r in suffered}
    if not named:
        return set(SIDES)
    return {"done"} if all(id(linking.thing(m)) in things for m in named) else set()


def _unnamed(linking: Linking, events: list[EventDraft]) -> Iterator[tuple[str, MentionDraft]]:
    """Give who is spoken of without a name by the roles of some events, if one alone is on a side."""
    for side, names in SIDES.items():
        found: dict[int, MentionDraft] = {}
        for event in events:
            for role in event.filling(*names):
                mention = _introducing(linking, role.mention)
                if role.slot.standing.asserted and mention is not None:
                    found.setdefault(id(linking.thing(mention)), mention)
        if len(found) == 1:
            yield from ((side, m) for m in found.values())


def _introducing(linking: Linking, mention: MentionDraft) -> MentionDraft | None:
    """Give the mention that brings in whom a role is filled by, that or the one a pronoun goes back to."""
    brought = (m for m in _mentions_of(linking, mention) if _is_indefinite(m) or _is_described(m))
    return next(brought, None)


def _mentions_of(linking: Linking, mention: MentionDraft) -> list[MentionDraft]:
    """Give a mention, or those in its paragraph that a pronoun goes back to."""
    there = [mention] if mention.kind != "pronoun" else linking.thing(mention).mentions
    return [m for m in there if m.block is mention.block]


def _is_indefinite(mention: MentionDraft) -> bool:
    tree, head = tree_of(mention.block), mention.head.i
    if mention.kind != "nominal" or mention.type not in UNKNOWN or tree.tag[head] != "NN":
        return False
    return any(tree.lower[k] in INDEFINITE for k in tree.of(head, "det"))


def _is_described(mention: MentionDraft) -> bool:
    """Whether it is told whose or what somebody with "the" is: "the former treasurer of a rowing club"."""
    tree, head = tree_of(mention.block), mention.head.i
    if mention.kind != "nominal" or mention.type != "Person" or tree.tag[head] != "NN":
        return False
    the = any(tree.lower[k] == "the" for k in tree.of(head, "det"))
    return the and bool(tree.under(head, "of", "at", "in"))


def _named_next(linking: Linking, sentence: int, side: str) -> MentionDraft | None:
    """Give whom the sentence behind, or the next, introduces by name and age as its subject on that side."""
    for mention in linking.reading.mentions:
        if mention.kind != "name" or mention.type != "Person":
            continue
        behind = linking.clusters.sentence_of(mention) - sentence
        reach = FURTHER if _is_with_age(mention) else REACH
        if behind in reach and _is_introduced(mention) and _is_on(linking, mention, side):
            return mention
    return None


def _is_introduced(mention: MentionDraft) -> bool:
    doc, span = mention.block.doc, mention.span
    behind = doc.text[span.end_char : span.end_char + 60]
    start = span.root.sent.start
    titled = span.start - start <= 2 and all(
        t.is_title for t in doc[start : span.start]
    )  # "Sergeant Bo Ek, 44,"
    if titled and _appears(mention):
        return True
    return (titled or _is_told(mention)) and INTRODUCED.match(behind) is not None


def _appears(mention: MentionDraft) -> bool:
    """Whether it is said of somebody that he comes before a court: "Karl Moll appeared before a judge"."""
    tree = tree_of(mention.block)
    verb = tree.head[mention.head.i]
    there = tree.under(verb, "before", "in", "at") if tree.lemma[verb] in APPEARING else []
    return tree.dep[mention.head.i] == "nsubj" and any(courts.is_court(tree, o) for o in there)


def _is_with_age(mention: MentionDraft) -> bool:
    return WITH_AGE.match(mention.block.doc.text[mention.span.end_char :][:16]) is not None


def _is_told(mention: MentionDraft) -> bool:
    """Whether a judge tells or does something to somebody: "Judge Ida Moll told Karl Holt, 61, that"."""
    tree = tree_of(mention.block)
    verb = tree.head[mention.head.i]
    teller = tree.first(verb, "nsubj")
    addressed = tree.dep[mention.head.i] in ("dobj", "dative") and tree.lemma[verb] in TELLING
    return addressed and teller is not None and courts.is_court(tree, teller)


def _is_on(linking: Linking, mention: MentionDraft, side: str) -> bool:
    thing = linking.thing(mention)
    roles = [r for e in linking.events for r in e.roles if linking.thing(r.mention) is thing]
    roles = [r for r in roles if r.slot.standing.asserted]
    if any(r.name in SIDES[side] for r in roles):
        return True
    tree = tree_of(mention.block)
    verb = tree.head[mention.head.i]
    told = _is_told(mention) or _tells_court(tree, verb)
    sentence = mention.head.sent
    tried = any(tree.lemma[k] in COURTS | HEARINGS for k in range(sentence.start, sentence.end))
    return side == "done" and not roles and (told or tried or tree.lemma[verb] in BEFORE_COURT)


def _tells_court(tree: Tree, verb: int) -> bool:
    return tree.lemma[verb] == "tell" and any(tree.lemma[k] in COURTS for k in tree.of(verb, "dobj"))
