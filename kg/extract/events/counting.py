"""How many of what a thing has: "has 150 beds", "carrying 212 passengers", "a school with 900 pupils"."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract import constructions
from kg.extract.events.changing import doer
from kg.extract.events.records import EventDraft, Slot, Standing
from kg.extract.events.table import frame_of, listed
from kg.extract.lexicon import words
from kg.extract.lexicon.deverbal import event_nouns
from kg.extract.lexicon.nouns import nominal_type
from kg.extract.lexicon.sets import NOUNS, VERBS
from kg.extract.mentions import nominals
from kg.extract.parse.repair import tree_of
from kg.extract.parse.tree import Tree
from kg.extract.parse.turns import NO_PROSE
from kg.extract.reading import ParsedBlock, Reading

# Classes of what has parts, people or goods that are counted; of persons nothing is.
HAVING = frozenset({"Organization", "Facility", "GPE", "Location", "Product", "Work", "Event"})
# Those are counted by a rule of their own, as who works for whom.
WORKERS = words("nominals", "measure", "workers") | words("nominals", "value", "inhabitants")


def counted(reading: Reading) -> Iterator[EventDraft]:
    """Give the measurements that a counted noun tells, by what has or holds so many."""
    for block in reading.blocks:
        tree = tree_of(block)
        for i in range(tree.n) if block.kind not in NO_PROSE else ():
            if tree.pos[i] == "NOUN" and tree.first(i, "nummod") is not None and _may_count(tree, i):
                found = _of_verb(reading, block, i) or _of_phrase(reading, block, i)
                if found is not None:
                    yield found


def _may_count(tree: Tree, i: int) -> bool:
    """Whether a noun names things that something has, and neither a time nor what happens."""
    lemma = tree.lemma[i]
    return (
        lemma not in event_nouns()
        and lemma not in WORKERS
        and not tree.of(i, "relcl", "acl")
        and constructions.owner(tree, i) is None
    )


def _of_verb(reading: Reading, block: ParsedBlock, i: int) -> EventDraft | None:
    """ "The firm has 118 shops and 40 depots", "the ferry, carrying 212 passengers,"."""
    tree, first = tree_of(block), _first(tree_of(block), i)
    verb = tree.head[first]
    if tree.dep[first] != "dobj" or tree.lemma[verb] not in listed("words", "counting"):
        return None
    living = nominal_type(block.doc[i])[0] in ("Person", "Group")
    if not living and tree.lemma[verb] in listed("words", "counting_people"):
        return None
    whose, how = _bearer(tree, verb), block.factualities.get(verb)
    if whose is None:
        return None
    if how is None and tree.dep[verb] != "acl":
        return None
    presented = Standing() if how is None else Standing.presented(how, tree, lambda k: None)
    return _draft(reading, block, i, whose, presented)


def _first(tree: Tree, i: int) -> int:
    """Give the first noun of a list that a noun is in."""
    while tree.dep[i] == "conj" and tree.pos[tree.head[i]] in NOUNS and tree.head[i] < i:
        i = tree.head[i]
    return i


def _bearer(tree: Tree, verb: int) -> int | None:
    """Give the noun of what a verb says that it has, a noun before a participle as well."""
    first = verb
    while not tree.of(first, "nsubj", "nsubjpass") and tree.dep[first] == "conj":
        first = tree.head[first]
    if tree.of(verb, "auxpass") or tree.of(first, "nsubjpass"):
        return None
    if tree.first(first, "nsubj") is None:
        return tree.head[first] if tree.dep[first] == "acl" and tree.tag[first] == "VBG" else None
    return doer(tree, first)


def _of_phrase(reading: Reading, block: ParsedBlock, i: int) -> EventDraft | None:
    """ "A hotel with 240 rooms": the noun before "with" has them; "has room for 210 passengers"."""
    tree, first = tree_of(block), _first(tree_of(block), i)
    prep = tree.head[first]
    if tree.dep[first] != "pobj" or tree.dep[prep] != "prep":
        return None
    noun = tree.head[prep]
    if tree.pos[noun] not in NOUNS or noun > prep:
        return None
    behind = prep - 1 - (tree.lower[prep - 1] == ",")
    if tree.lower[prep] == "with" and noun == behind and tree.dep[noun] != "pobj":
        return _draft(reading, block, i, noun, Standing())
    verb = tree.head[noun]
    room = tree.lower[prep] == "for" and tree.lemma[noun] in listed("words", "room")
    if (
        room
        and tree.dep[noun] == "dobj"
        and tree.pos[verb] in VERBS
        and tree.lemma[verb] in ("have", "offer")
    ):
        whose, how = _bearer(tree, verb), block.factualities.get(verb)
        if whose is not None and how is not None:
            return _draft(reading, block, i, whose, Standing.presented(how, tree, lambda k: None))
    return None


def _draft(reading: Reading, block: ParsedBlock, i: int, whose: int, standing: Standing) -> EventDraft | None:
    tree = tree_of(block)
    if tree.pos[whose] not in (*NOUNS, "PRON") or whose in block.measures:
        return None
    owner = nominals.core_argument(reading, block, whose)
    if owner.type not in HAVING and tree.lower[whose] != "it":
        return None
    of = reading.argument(block, block.doc[i], nominals.create_mention)
    if of.value is None or of.value.unit or of.value.datatype not in ("integer", "decimal"):
        return None
    frame = frame_of("Measurement.told")
    slots = [Slot("subject", owner, standing), Slot("quantity", of, standing), Slot("object", of, standing)]
    return EventDraft(block, block.doc[i], (frame,), slots, standing=standing)
