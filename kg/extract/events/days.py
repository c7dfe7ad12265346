"""The day that is told behind a time of day: "shortly after nine on Friday, 5 May 2023"."""

from __future__ import annotations

from kg.extract.events.records import EventDraft
from kg.extract.parse.repair import tree_of
from kg.extract.reading import MentionDraft

# What stands before a time of day, what is one by its word, and what brings in the day.
ABOUT = frozenset({"after", "before", "around", "about", "by", "at"})
CLOCK = frozenset({"midnight", "noon", "midday", "dawn", "dusk", "sunrise", "sunset", "daybreak", "nightfall"})
ON = frozenset({"on"})


def by_clock(event: EventDraft) -> MentionDraft | None:
    """Give the day on which something happened at a time that is told before it, which is no bound."""
    tree, block = tree_of(event.block), event.block
    for prep in tree.of(event.trigger.i, "prep"):
        for o in tree.of(prep, "pobj") if tree.lower[prep] in ABOUT else ():
            if tree.pos[o] != "NUM" and tree.lower[o] not in CLOCK:
                continue
            for on in (k for above in (prep, o) for k in tree.of(above, "prep") if tree.lower[k] in ON):
                days = (block.measures.get(k) for k in tree.of(on, "pobj"))
                found = next((d for d in days if d is not None and d.kind == "time"), None)
                if found is not None:
                    return found
    return None
