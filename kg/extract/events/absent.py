"""Who takes part in what others do, and who stays away from it: "joined the march, but not the talks"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kg.extract.events.records import EventDraft, Slot
from kg.extract.events.table import listed
from kg.extract.lexicon.sets import VERBS
from kg.extract.parse.repair import tree_of
from kg.extract.parse.tree import Tree
from kg.extract.reading import ParsedBlock

SHARED = frozenset({"Meeting", "Protest"})


def joined(noun: EventDraft, verb: EventDraft, place: str, word: str) -> Iterator[Slot]:
    """Give a meeting or a protest those who take part in it by a verb: "attended the talks"."""
    said = word if place == "object" else f"{word}_{place}"
    if said not in listed("words", "joining") or verb.passive:
        return
    if any(f.event in SHARED for f in noun.frames):
        yield from (replace(s, name="subject") for s in verb.slots if s.name == "subject")


def stays_away(block: ParsedBlock, event: int, who: int) -> bool:
    """Whether the clause of an event's noun says that somebody outside its phrase is not there."""
    tree = tree_of(block)
    if tree.left[event] <= who <= tree.right[event]:
        return False
    above = tree.head[event]
    if tree.dep[event] == "pobj":
        if tree.of(above, "neg") or tree.lower[max(above - 1, 0)] == "not":
            return True
        above = tree.head[above]
    return _is_absent(tree, above)


def _is_absent(tree: Tree, above: int) -> bool:
    """Whether a verb, with the particle that the event hangs on, is one of not coming."""
    particle = ""
    if tree.dep[above] in ("advmod", "prt"):
        particle, above = tree.lower[above], tree.head[above]
    if tree.pos[above] not in VERBS:
        return False
    particles = {particle, *(tree.lower[k] for k in tree.of(above, "prt", "advmod"))} - {""}
    said = {tree.lemma[above], *(f"{tree.lemma[above]}_{p}" for p in particles)}
    return not said.isdisjoint(listed("words", "absent"))
