"""Whose a notice or newsletter is: that of the body whose name alone stands over it."""

from __future__ import annotations

from kg.extract.lexicon import words
from kg.extract.reading import MentionDraft, Reading
from kg.model import HEADS

BODIES = words("events", "words", "joined") | words("events", "words", "fellowships")


def body(reading: Reading) -> MentionDraft | None:
    """Give the body of members whose name is all that the first line of a text says."""
    first = next(iter(reading.blocks), None)
    if first is None or first.kind not in HEADS or first.doc[-1].lower_ not in BODIES:
        return None
    there = (
        m for m in reading.mentions if m.block is first and m.kind == "name" and m.type == "Organization"
    )
    return next((m for m in there if len(m.span) == len(first.doc) > 1), None)
