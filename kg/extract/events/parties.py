"""Who is told of a deal by a sentence of its own: "The seller was the Torn Foundation"."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract.events.records import EventDraft, Slot, Standing
from kg.extract.events.table import frame_of, listed
from kg.extract.lexicon.sets import NOMINALS
from kg.extract.mentions import nominals
from kg.extract.parse.repair import tree_of
from kg.extract.parse.tree import Tree
from kg.extract.parse.turns import NO_PROSE
from kg.extract.reading import MentionDraft, ParsedBlock, Reading

ROLES = ("sellers", "buyers")


def parties(reading: Reading) -> Iterator[EventDraft]:
    """Give what such sentences add to the deal told before them."""
    for block in reading.blocks:
        if block.kind not in NO_PROSE:
            for i in range(1, tree_of(block).n):
                found = _party(reading, block, i)
                if found is not None:
                    yield found


def _party(reading: Reading, block: ParsedBlock, i: int) -> EventDraft | None:
    tree, verb = tree_of(block), tree_of(block).head[i]
    role = next((r for r in ROLES if tree.lemma[i] in listed("words", r)), None)
    how, who = block.factualities.get(verb), said_to_be(tree, i)
    if role is None or how is None or not how.asserted or who is None or tree.of(i, "prep", "amod"):
        return None
    if not any(tree.lower[k] == "the" for k in tree.of(i, "det")):
        return None
    frame = frame_of("Acquisition.party")
    slots = [Slot(role.removesuffix("s"), m, Standing()) for m in _listed(reading, block, who, verb)]
    return EventDraft(block, block.doc[i], (frame,), slots, standing=Standing())


def said_to_be(tree: Tree, i: int) -> int | None:
    """Give the noun for who a subject is said to be: "the sellers were the Berg family"."""
    who = tree.first(tree.head[i], "attr")
    plain = tree.dep[i] == "nsubj" and tree.lemma[tree.head[i]] == "be"
    return who if plain and who is not None and tree.pos[who] in NOMINALS else None


def _listed(reading: Reading, block: ParsedBlock, who: int, verb: int) -> Iterator[MentionDraft]:
    """Give those who are listed behind the verb, of whom the parser may hang the last on it."""
    tree = tree_of(block)
    for k in (*tree.conjuncts(who), *(k for k in tree.of(verb, "conj") if k > who)):
        if tree.pos[k] in NOMINALS:
            yield nominals.core_argument(reading, block, k)
