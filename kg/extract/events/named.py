"""Who the several are that an event tells of: "arrested two men, Ian Hall and Bo Ek, in Ulm".

Also of whom a sentence before told: "Ian Hall and Bo Ek came. Police held the pair".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Protocol

from kg.extract.coref.cluster import Clusters, CorefCluster, gender_of_word
from kg.extract.events.records import EventDraft, Role, Slot
from kg.extract.events.table import listed
from kg.extract.events.tolls import NUMBERS
from kg.extract.lexicon import words
from kg.extract.parse.repair import tree_of
from kg.extract.reading import MentionDraft, Reading
from kg.extract.values.numerals import number

# What stands before the first name, and what may stand between two: their age, and where they are from.
KIN = r"(?:the (?:brothers|sisters|twins|siblings) )?"
BEFORE = re.compile(rf"\s*(?:[,:–—(]|,?\s*(?:named|called|identified) (?:as )?)\s*{KIN}")
AGE, HOME = r"(?:,?\s*(?:aged )?\d{1,3}|\s*\(\d{1,3}\))?", r"(?:,? of [A-Z][\w' ]+)?"
BETWEEN = re.compile(rf"{AGE}{HOME}\s*(?:,|,?\s*(?:and|&))\s*")

# How many sentences back two may be named whom "the pair" stands for.
REACH, PAIR = 2, 2
ADULT = words("coref", "nominals", "adult")


class Linking(Protocol):
    """What the linker of a document's events gives here."""

    reading: Reading
    events: list[EventDraft]
    clusters: Clusters


def tell(linking: Linking) -> None:
    """Give those whose number an event tells by name, where as many names stand behind it."""
    for event in linking.events:
        event.roles = [r for role in event.roles for r in _of_each(linking, role)]
        for role in list(event.roles):
            known = {id(r.mention) for r in event.roles}
            for name in _named(linking.reading, role.mention) if role.name not in NUMBERS else ():
                if id(name) not in known:
                    slot = Slot(role.slot.name, name, role.slot.standing, role.slot.claim)
                    event.roles.append(Role(role.name, name, slot, exact=True))


def _of_each(linking: Linking, role: Role) -> Iterator[Role]:
    """Give a role to each of two who were named before: "They were charged", "held the pair"."""
    both = _both(linking.clusters, role.mention) if role.name not in NUMBERS else []
    for one in both:
        slot = replace(role.slot, mention=one)
        yield replace(role, mention=one, slot=slot, exact=True)
    if not both:
        yield role


def _both(clusters: Clusters, mention: MentionDraft) -> list[MentionDraft]:
    """Give the two persons whom "they", "the pair" or "the two men" stands for, of those named before."""
    if mention.kind not in ("pronoun", "nominal"):
        return []
    thing = clusters.cluster_of(mention)
    if thing.several:
        return _members(clusters, thing)
    if not _is_pair(mention):
        return []
    here = clusters.sentence_at(mention.block, mention.head)
    near = clusters.within(mention.block, mention.head, REACH)
    lasts = [(t, clusters.last_before(t, mention.block, mention.head)) for t in near]
    sexed = gender_of_word(mention.head.lemma_.lower())
    for back in range(1, REACH + 1):
        told = [(t, m) for t, m in lasts if m is not None and here - clusters.sentence_of(m) == back]
        both = _two_of(clusters, told)
        if both is not None:
            clash = any(clusters.cluster_of(m).gender * sexed < 0 for m in both)
            return [] if clash else both
    return []


def _two_of(clusters: Clusters, told: list[tuple[CorefCluster, MentionDraft]]) -> list[MentionDraft] | None:
    """Give the only two persons that a sentence names, none if it names others, and None without persons."""
    lists = [both for t, _ in told if t.several and (both := _members(clusters, t))]
    people = [(t, m) for t, m in told if t.type == "Person" and not t.plural]
    if lists:
        return lists[0] if len(lists) == 1 else []
    if not people:
        return None
    named = [m for t, m in people if t.named]
    return named if len(named) == len(people) == PAIR else []


def _members(clusters: Clusters, thing: CorefCluster) -> list[MentionDraft]:
    """Give the persons of a list of two, where they have names."""
    tree, first = clusters.trees[thing.mentions[0].block.index], thing.mentions[0]
    found = [clusters.reading.at(first.block, first.block.doc[k]) for k in tree.conjuncts(first.head.i)]
    named = [m for m in found if m is not None and clusters.cluster_of(m).named and m.type == "Person"]
    return named if len(named) == len(found) == PAIR else []


def _is_pair(mention: MentionDraft) -> bool:
    """Whether a noun points at two persons: "the pair", "the two men", "both women"."""
    tree, i = tree_of(mention.block), mention.head.i
    before = {tree.lower[k] for k in tree.kids[i] if k < i}
    if mention.kind != "nominal" or any(
        k > i and tree.dep[k] in ("prep", "relcl", "acl") for k in tree.kids[i]
    ):
        return False
    if tree.lemma[i] in listed("words", "pairs"):
        return before == {"the"}
    return tree.lemma[i] in ADULT and tree.tag[i] == "NNS" and before in ({"the", "two"}, {"both"})


def _named(reading: Reading, several: MentionDraft) -> list[MentionDraft]:
    """Give the names behind a plural, if they are as many as it tells and of one class."""
    wanted = _count(several)
    if wanted is None:
        return []
    found = _behind(reading, several)
    kinds = {m.type for m in found}
    fit = len(kinds) == 1 and (several.type not in ("Person", "Group") or kinds == {"Person"})
    return found if fit and len(found) == wanted else []


def _behind(reading: Reading, several: MentionDraft) -> list[MentionDraft]:
    """Give the names that stand in a row right behind a mention."""
    text, end = several.block.doc.text, int(several.head.idx + len(several.head))
    names = [m for m in reading.mentions if m.kind == "name" and m.block is several.block]
    found: list[MentionDraft] = []
    for name in sorted(names, key=lambda m: int(m.span.start)):
        if name.span.start_char > end:
            start = found[-1].span.end_char if found else end
            if (BETWEEN if found else BEFORE).fullmatch(text[start : name.span.start_char]) is None:
                break
            found.append(name)
    return found


def _count(several: MentionDraft) -> int | None:
    """Give how many a plural is said to be."""
    tree, head = tree_of(several.block), several.head.i
    if several.kind not in ("nominal", "quantity") or tree.tag[head] != "NNS":
        return None
    numbers = [number(tree.lower[k]) for k in tree.of(head, "nummod")]
    return int(numbers[0]) if len(numbers) == 1 and numbers[0] is not None and numbers[0] > 1 else None
