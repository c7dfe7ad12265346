"""What people met about, told as what they came together to do: "met to discuss the price of water"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kg.extract.events.records import EventDraft, Slot
from kg.extract.events.table import listed
from kg.extract.lexicon.sets import NOUNS
from kg.extract.mentions import nominals
from kg.extract.parse.repair import tree_of
from kg.extract.reading import Reading


def topics(reading: Reading, event: EventDraft) -> Iterator[Slot]:
    """Give what those who meet come to discuss, under the preposition of a topic."""
    if event.of_noun or not event.slots or not any(f.event == "Meeting" for f in event.frames):
        return
    tree, block, verb = tree_of(event.block), event.block, event.trigger.i
    for purpose in tree.of(verb, "advcl", "xcomp"):
        told = tree.lemma[purpose] in listed("words", "discussing")
        if not told or not any(tree.lower[k] == "to" for k in tree.of(purpose, "aux")):
            continue
        for thing in (t for o in tree.of(purpose, "dobj") for t in tree.conjuncts(o)):
            if tree.pos[thing] in NOUNS:
                mention = reading.argument(block, block.doc[thing], nominals.create_mention)
                yield replace(event.slots[0], name="about", mention=mention)
