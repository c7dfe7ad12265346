"""Who is told of a deal by a sentence of its own: "The seller was the Torn Foundation"."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract.events.records import EventDraft, Slot, Standing
from kg.extract.events.table import frames, listed
from kg.extract.lexicon.sets import NOMINALS
from kg.extract.mentions import nominals
from kg.extract.parse.repair import tree_of
from kg.extract.parse.turns import LABELS
from kg.extract.reading import ParsedBlock, Reading

UNREAD = LABELS | {"title", "heading", "caption"}
ROLES = ("sellers", "buyers")


def parties(reading: Reading) -> Iterator[EventDraft]:
    """Give what such sentences add to the deal told before them."""
    for block in reading.blocks:
        if block.kind not in UNREAD:
            for i in range(1, tree_of(block).n):
                found = _party(reading, block, i)
                if found is not None:
                    yield found


def _party(reading: Reading, block: ParsedBlock, i: int) -> EventDraft | None:
    tree, verb = tree_of(block), tree_of(block).head[i]
    role = next((r for r in ROLES if tree.lemma[i] in listed("words", r)), None)
    if role is None or tree.dep[i] != "nsubj" or tree.lemma[verb] != "be" or tree.of(i, "prep", "amod"):
        return None
    how, who = block.factualities.get(verb), tree.first(verb, "attr")
    if how is None or not how.asserted or who is None or tree.pos[who] not in NOMINALS:
        return None
    if not any(tree.lower[k] == "the" for k in tree.of(i, "det")):
        return None
    frame = next(f for f in frames() if f.id == "Acquisition.party")
    mention = reading.argument(block, block.doc[nominals.core(tree, who)], nominals.create_mention)
    slots = [Slot(role.removesuffix("s"), mention, Standing())]
    return EventDraft(block, block.doc[i], (frame,), slots, standing=Standing())
