"""The day that is told behind a time of day: "shortly after nine on Friday, 5 May 2023"."""

from __future__ import annotations

from kg.extract.events.records import EventDraft
from kg.extract.events.table import listed
from kg.extract.parse.repair import tree_of
from kg.extract.parse.tree import Tree
from kg.extract.reading import MentionDraft

# What stands before a time of day, what is one by its word, and how many words a time of day has at most.
ABOUT = frozenset({"after", "before", "around", "about", "by", "at"})
CLOCK = frozenset("midnight noon midday dawn dusk sunrise sunset daybreak nightfall".split())
LONGEST = 4


def by_clock(event: EventDraft) -> MentionDraft | None:
    """Give the day on which something happened at a time that is told before it, which is no bound.

    The parser may take "nine on 5 May" for one number.
    """
    tree, block = tree_of(event.block), event.block
    for prep in tree.of(event.trigger.i, "prep"):
        on = _on(tree, prep) if tree.lower[prep] in ABOUT else None
        found = None if on is None else block.measures.get(_behind_part(tree, on + 1))
        if found is not None and found.kind == "time":
            return found
    return None


def _behind_part(tree: Tree, i: int) -> int:
    """Give where the day stands behind a part of it: "on the morning of 5 May"."""
    of = next((k for k in range(i, min(i + LONGEST, tree.n)) if tree.lower[k] == "of"), None)
    parted = (
        of is not None and tree.lower[i] == "the" and tree.lower[of - 1] in listed("words", "parts_of_day")
    )
    return of + 1 if of is not None and parted else i


def _on(tree: Tree, prep: int) -> int | None:
    """Give the "on" behind a time of day that a preposition brings in."""
    first = prep + 1
    if first >= tree.n or not (tree.tag[first] == "CD" or tree.lower[first] in CLOCK):
        return None
    return next((k for k in range(first + 1, min(first + LONGEST, tree.n)) if tree.lower[k] == "on"), None)
