"""Whom a later sentence names of those an event tells of: "Police named the hikers as Ida Moll and Bo Ek".

So do "Two have been named: Ida Moll, a nurse, and Bo Ek", and after "held two men" "One, Bo Ek, was freed".
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple, Protocol

from kg.extract import constructions
from kg.extract.coref import told as told_to_be
from kg.extract.coref.cluster import Clusters, CorefCluster
from kg.extract.events.listed import NUMBERED, OF_ROLE, persons
from kg.extract.events.records import EventDraft, Role, Slot
from kg.extract.events.table import listed
from kg.extract.lexicon.sets import NOUNS
from kg.extract.mentions import nominals
from kg.extract.parse.repair import tree_of
from kg.extract.parse.tree import Tree
from kg.extract.reading import MentionDraft, ParsedBlock, Reading
from kg.extract.values.numerals import number

NAMING = frozenset({"name", "identify"})
# Roles of those who came to no harm.
HELD = frozenset({"arrested", "defendant"})
# One of several: "one, Bo Ek, was released"; of the rest: "the other, Bo Ek".
ONE = frozenset({"one", "another", "other"})
SEVERAL = frozenset({"NNS", "NNPS", "CD"})
# The roles that a group may have of which some are named: also of those who were charged or judged together.
OF_GROUP = {**OF_ROLE, "defendant": ("Charge", "Conviction", "Acquittal", "Sentencing")}
# Over how many sentences a noun tells of those told before, and a mere number.
REACH, NEXT = 5, 2


class Linking(Protocol):
    """What the linker of a document's events gives here."""

    reading: Reading
    events: list[EventDraft]
    clusters: Clusters


class Naming(NamedTuple):
    """Who is named of a group: the token that stands for it, the word said of it, and who they are."""

    token: int
    noun: str
    people: list[int]


def tell(linking: Linking) -> None:
    """Give events those whom a later sentence names of the several that they tell of."""
    for block in linking.reading.blocks:
        tree = tree_of(block)
        for naming in (n for n in _namings(tree) if n.people):
            host = _host(linking, block, naming) if _stands(block, tree, naming.token) else None
            for k in naming.people if host is not None else ():
                assert host is not None
                _add(linking.reading, block, k, *host)


def tell_judged(linking: Linking) -> None:
    """Give a conviction of several by their number those whom later sentences tell the terms of, if as many.

    "Convicted two surgeons of fraud. Ida Moll was jailed for six years. Bo Ek got four".
    """
    terms = [e for e in linking.events if e.event == "Sentencing"]
    for event in [e for e in linking.events if terms and e.event == "Conviction"]:
        for role in [r for r in event.filling("defendant") if r.slot.standing.asserted]:
            tree, i = tree_of(role.mention.block), role.mention.head.i
            told_of = next((number(tree.lower[k]) for k in tree.of(i, "nummod")), None)
            named = _sentenced_behind(linking, event, terms) if tree.tag[i] == "NNS" and told_of else []
            if len(named) == told_of:
                slot = role.slot
                new = [Role("defendant", m, Slot(slot.name, m, slot.standing), exact=True) for m in named]
                event.roles += new


def _sentenced_behind(linking: Linking, event: EventDraft, terms: list[EventDraft]) -> list[MentionDraft]:
    """Give the persons by name whom the sentences behind an event tell to be punished, each once."""
    clusters, found = linking.clusters, dict[int, MentionDraft]()
    here = clusters.sentence_at(event.block, event.trigger)
    for term in terms:
        behind = clusters.sentence_at(term.block, term.trigger) - here
        for role in term.filling("defendant") if 0 < behind <= REACH else ():
            thing = clusters.cluster_of(role.mention)
            if role.slot.standing.asserted and thing.named and thing.type == "Person":
                found.setdefault(id(thing), role.mention)
    return list(found.values())


def _stands(block: ParsedBlock, tree: Tree, i: int) -> bool:
    held = block.factualities.get(tree.head[i])
    return held is None or held.asserted


def _add(reading: Reading, block: ParsedBlock, k: int, event: EventDraft, role: Role) -> None:
    mention = reading.argument(block, block.doc[k], nominals.create_mention)
    if mention.kind == "name" and mention.type == "Person":
        name = NUMBERED.get(role.name, role.name)
        event.roles.append(Role(name, mention, Slot(role.slot.name, mention, role.slot.standing), exact=True))


# Who is named.


def _namings(tree: Tree) -> Iterator[Naming]:
    """Give whom a text names of several: by a verb of naming, or as one of them."""
    for verb in (k for k in range(tree.n) if tree.lemma[k] in NAMING and tree.first(k, "neg") is None):
        groups = tree.of(verb, "nsubjpass") or tree.of(verb, "dobj")
        for i in (k for k in groups if tree.tag[k] in SEVERAL):
            people = [p for o in tree.under(verb, "as") for p in persons(tree, o)]
            yield Naming(i, _noun(tree, i), people or _behind(tree, verb, i))
    yield from _ones(tree)


def _behind(tree: Tree, verb: int, i: int) -> list[int]:
    """Give the names behind the verb that tells that some were named: "two were named: Ida and Bo"."""
    renaming = (a.renaming for a in constructions.appositions(tree, i))
    return [p for k in renaming if k > verb and tree.tag[k] == "NNP" for p in _names(tree, k)]


def _names(tree: Tree, i: int) -> list[int]:
    """Give the names of a list, each of which may have something said of it: "Ida, a nurse, and Bo"."""
    return [k for k in tree.conjuncts(i) if tree.tag[k] == "NNP"]


def _noun(tree: Tree, i: int) -> str:
    """Give the noun of a group, that under "of" behind a number: "two of the victims"."""
    of = [o for o in tree.under(i, "of") if tree.tag[o] in SEVERAL] if tree.tag[i] == "CD" else []
    return str(next((tree.lemma[o] for o in of), tree.lemma[i] if tree.pos[i] in NOUNS else ""))


def _ones(tree: Tree) -> Iterator[Naming]:
    """Give who is told as one of several: "One, Bo Ek, was released", "the other, Ida Moll, was not"."""
    for i in (k for k in range(tree.n) if tree.lower[k] in ONE):
        if tree.dep[i] == "amod":
            k = tree.head[i]  # the parser may take the name for the noun: "the other, Ida Moll"
            named = [k] if tree.lower[i + 1] == "," else []
        else:
            k, named = i, [a.renaming for a in constructions.appositions(tree, i)]
        if tree.dep[k] in ("nsubj", "nsubjpass") and not _is_of_noun(tree, i):
            yield from (Naming(k, "", [n]) for n in named if tree.tag[n] == "NNP")


def _is_of_noun(tree: Tree, i: int) -> bool:
    """Whether it is said of what one is: "one of her sons, Bo Ek"; "of them" says no more."""
    return any(tree.pos[o] != "PRON" for o in tree.under(i, "of"))


# Of which event.


def _host(linking: Linking, block: ParsedBlock, naming: Naming) -> tuple[EventDraft, Role] | None:
    """Give the last event told before that came to a group of which some are named, with its role."""
    clusters = linking.clusters
    here = clusters.sentence_at(block, block.doc[naming.token])
    before = [e for e in linking.events if e.place < (block.index, naming.token)]
    told = [(here - clusters.sentence_at(e.block, e.trigger), e) for e in before]
    # Who is named of "three died and four were hurt" is dead.
    for back, event in sorted(told, key=lambda t: (t[0], t[1].event == "Injury", -t[1].trigger.i)):
        for role in event.filling(*OF_GROUP, *NUMBERED):
            name = NUMBERED.get(role.name, role.name)
            fits = event.event in OF_GROUP[name] and role.slot.standing.asserted
            if fits and 0 < back <= REACH and _is_group(role, len(naming.people)):
                if _is_meant(naming, role, name, back):
                    return event, role
    return None


def _is_group(role: Role, named: int) -> bool:
    """Whether a role tells of several, and of no fewer than are named."""
    value, tree, i = role.mention.value, tree_of(role.mention.block), role.mention.head.i
    if role.name in NUMBERED:
        return value is not None and float(value.lexical) >= max(named, 2)
    told_of = next((number(tree.lower[k]) for k in tree.of(i, "nummod")), None)
    return tree.tag[i] in SEVERAL and (told_of is None or told_of >= named)


def _is_meant(naming: Naming, role: Role, name: str, back: int) -> bool:
    """Whether the word for those who are named may stand for those to whom an event came."""
    if not naming.noun:
        return back <= NEXT
    lemma = tree_of(role.mention.block).lemma[role.mention.head.i]
    if lemma == naming.noun or told_to_be.lets(CorefCluster(heads={lemma}), naming.noun):
        return True
    if told_to_be.lets(CorefCluster(heads={naming.noun}), lemma):
        return True
    return name not in HELD and naming.noun in listed("words", "victims")
