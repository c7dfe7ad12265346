"""What people met or marched about, told as what they did so to do: "met to discuss the price of water"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kg.extract.events.records import EventDraft, Slot
from kg.extract.events.table import listed
from kg.extract.lexicon.sets import NOUNS
from kg.extract.mentions import nominals
from kg.extract.parse.repair import tree_of
from kg.extract.reading import Reading

# The words by which the purpose of an event tells its topic.
PURPOSES = {"Meeting": "discussing", "Protest": "demanding"}
# "To demand an end to the war": the word alone says nothing.
OPEN = frozenset({"end", "stop", "halt"})


def topics(reading: Reading, event: EventDraft) -> Iterator[Slot]:
    """Give what those who meet come to discuss, or march to demand, under the preposition of a topic."""
    wanted = next((PURPOSES[f.event] for f in event.frames if f.event in PURPOSES), "")
    if event.of_noun or not event.slots or not wanted:
        return
    tree, block, verb = tree_of(event.block), event.block, event.trigger.i
    for purpose in tree.of(verb, "advcl", "xcomp"):
        told = tree.lemma[purpose] in listed("words", wanted)
        if not told or not any(tree.lower[k] == "to" for k in tree.of(purpose, "aux")):
            continue
        for thing in (t for o in tree.of(purpose, "dobj") for t in tree.conjuncts(o)):
            if tree.pos[thing] in NOUNS and tree.lemma[thing] not in OPEN:
                mention = reading.argument(block, block.doc[thing], nominals.create_mention)
                yield replace(event.slots[0], name="about", mention=mention)
