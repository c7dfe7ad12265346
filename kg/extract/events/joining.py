"""Who takes part in what others do by a verb of joining: "attended the talks", "joined the march"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kg.extract.events.records import EventDraft, Slot
from kg.extract.events.table import listed

SHARED = frozenset({"Meeting", "Protest"})


def joined(noun: EventDraft, verb: EventDraft, place: str, word: str) -> Iterator[Slot]:
    """Give a meeting or a protest those who take part in it by a verb: "attended the talks"."""
    said = word if place == "object" else f"{word}_{place}"
    meets = said in ("have", "hold") and any(f.event == "Meeting" for f in noun.frames)
    if not (meets or said in listed("words", "joining")) or verb.passive:
        return
    if any(f.event in SHARED for f in noun.frames):
        yield from (replace(s, name="subject") for s in verb.slots if s.name == "subject")
