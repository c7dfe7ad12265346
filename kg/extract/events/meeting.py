"""What people met or marched about, told as what they did so to do: "met to discuss the price of water".

Or as what they did then: "the board met on Monday and considered the budget".
"""

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
    for then in tree.of(verb, "conj") if wanted == "discussing" else ():
        how = block.factualities.get(then)
        if how is not None and how.asserted and not tree.of(then, "nsubj", "nsubjpass", "auxpass"):
            yield from _things(reading, event, then, wanted)
    for purpose in tree.of(verb, "advcl", "xcomp"):
        if any(tree.lower[k] == "to" for k in tree.of(purpose, "aux")):
            yield from _things(reading, event, purpose, wanted)


def _things(reading: Reading, event: EventDraft, verb: int, wanted: str) -> Iterator[Slot]:
    """Give what a verb of discussing or demanding is about."""
    tree, block = tree_of(event.block), event.block
    if tree.lemma[verb] not in listed("words", wanted):
        return
    told = [*tree.of(verb, "dobj"), *tree.under(verb, "about", "over")]
    for thing in (t for o in told for t in tree.conjuncts(o)):
        if tree.pos[thing] in NOUNS and tree.lemma[thing] not in OPEN:
            mention = reading.argument(block, block.doc[thing], nominals.create_mention)
            yield replace(event.slots[0], name="about", mention=mention)
