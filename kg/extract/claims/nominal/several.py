"""One office of several persons whose names follow: "two directors of Vero, Ann Lee and Bo Ek"."""

from __future__ import annotations

import itertools

from kg import relations as rel
from kg.extract.claims import rules
from kg.extract.claims.nominal.context import BlockContext
from kg.extract.claims.nominal.offices import (
    DROPPED,
    FORMER,
    affiliate,
    first_of_title,
    held,
    is_office,
)
from kg.extract.lexicon import listed
from kg.extract.reading import MentionDraft

# How many words may stand between the noun of the office and the comma before the first name.
_LONGEST = 10
_NUMBERS = listed("numbers", "cardinal", "units")
_PHRASE = frozenset(("ADP", "DET", "PROPN", "NOUN", "CCONJ", "ADJ", "PART", "PUNCT"))
_BEHIND = frozenset(("VERB", "AUX", "ADP", "ADV", "PRON"))
_SIBLINGS = frozenset(("brothers", "sisters", "siblings", "twins"))
_JOINING = frozenset(("and", "&"))
_CLOSING = frozenset((",", ".", ";", ":", ")"))


def several(ctx: BlockContext, i: int) -> None:
    """Say the office of each of several persons, and whose it is: of two countries and two persons each's."""
    tree = ctx.tree
    if tree.tag[i] != "NNS" or i in ctx.used or ctx.name[i] is not None or not is_office(ctx, i):
        return
    people = _people(ctx, i)
    first = first_of_title(ctx, i)
    if len(people) < 2 or not _may_be_all(ctx, first, i, len(people)):
        return
    former = any(tree.lower[k] in FORMER for k in range(first, i))
    while first < i and tree.lower[first] in DROPPED:
        first += 1
    ctx.used.update(range(first, i + 1))
    label = " ".join([*(t.text for t in ctx.doc[first:i]), tree.lemma[i]])
    bodies = _bodies(ctx, first, i)
    for n, person in enumerate(people):
        office = ctx.nominal(first, i + 1, "Position", label)
        ctx.add_claim(person, held(former), office, rules.OFFICE_OF_SEVERAL)
        for body in bodies[n : n + 1] if len(bodies) == len(people) else bodies if len(bodies) == 1 else ():
            affiliate(ctx, person, body, rules.OF_SEVERAL, lemma=tree.lemma[i], former=former)


def siblings(ctx: BlockContext, i: int) -> None:
    """ "The brothers Max and Tom Lee", "sisters Ann, Eva and Ida Lee": who are so to each other."""
    tree = ctx.tree
    if tree.lower[i] not in _SIBLINGS or ctx.owner(i) is not None or i + 1 >= tree.n:
        return
    owned = i > 0 and tree.tag[i - 1] in ("PRP$", "POS")
    people = [] if owned or any(True for _ in ctx.preps(i)) else _listed(ctx, i + 1)
    for one, other in itertools.combinations(people, 2):
        ctx.add_claim(one, rel.SIBLING, other, rules.SIBLINGS, tokens=[ctx.doc[i]])
        ctx.add_claim(other, rel.SIBLING, one, rules.SIBLINGS, tokens=[ctx.doc[i]])


def _may_be_all(ctx: BlockContext, first: int, i: int, count: int) -> bool:
    """Whether as many persons are named as a number says, or "the" or an owner says that they are all."""
    tree = ctx.tree
    numbers = [tree.lower[k] for k in range(max(0, first - 2), i) if tree.tag[k] == "CD"]
    if numbers:
        return numbers[-1] in (str(count), *_NUMBERS[count : count + 1])
    return any(tree.lower[k] == "the" for k in tree.of(i, "det")) or ctx.owner(i) is not None


def _people(ctx: BlockContext, i: int) -> list[MentionDraft]:
    """Give the persons who are listed behind a noun, its phrase and a comma."""
    tree, n = ctx.tree, ctx.tree.n
    comma = next((k for k in range(i + 1, min(i + _LONGEST, n)) if tree.lower[k] == ","), None)
    if comma is None or any(tree.pos[k] not in _PHRASE for k in range(i + 1, comma)):
        return []
    return _listed(ctx, comma + 1)


def _listed(ctx: BlockContext, at: int) -> list[MentionDraft]:
    """Give the persons who are listed from a token on, the last one behind "and"."""
    tree, n = ctx.tree, ctx.tree.n
    found: list[MentionDraft] = []
    last = False
    while at < n:
        name = _person_at(ctx, at)
        if name is None:
            return []
        found.append(name)
        at = int(name.span.end)
        if last or at + 1 >= n:
            break
        last = tree.lower[at] in _JOINING or (tree.lower[at] == "," and tree.lower[at + 1] in _JOINING)
        if not last and tree.lower[at] != ",":
            return []
        at += 1 + (tree.lower[at] == "," and last)
    closed = at >= n or tree.lower[at] in _CLOSING or tree.pos[at] in _BEHIND
    return found if last and closed else []


def _person_at(ctx: BlockContext, at: int) -> MentionDraft | None:
    name = ctx.name[at]
    return name if name is not None and name.type == "Person" and name.span.start == at else None


def _bodies(ctx: BlockContext, first: int, i: int) -> list[MentionDraft]:
    """Give whose an office is: behind its noun, or the owner before it."""
    tree = ctx.tree
    behind = [i + 1] if i + 1 < tree.n and tree.lower[i + 1] in ("of", "at", "for", "from", "with") else []
    found: list[MentionDraft] = []
    for at in behind:
        k = at + 1
        while k < tree.n and tree.lower[k] != ",":
            name = ctx.name[k]
            if name is not None and name.span.start == k:
                found.append(name)
            k += 1
    owner = ctx.name[first - 2] if first > 1 and tree.tag[first - 1] == "POS" else None
    before = ctx.demonym[first - 1] if first else None
    return found or [m for m in (owner, before) if m is not None and m.kind == "name"]
