"""Whose a notice or newsletter is: that of the body whose name alone stands over it."""

from __future__ import annotations

from kg.extract.lexicon import words
from kg.extract.reading import MentionDraft, Reading
from kg.model import HEADS

BODIES = words("events", "words", "joined") | words("events", "words", "fellowships")


def body(reading: Reading) -> MentionDraft | None:
    """Give the body of members whose name is all that the first line of a text says.

    From whom it is may stand behind a colon: "Olna Rowing Club: from the secretary".
    """
    first = next(iter(reading.blocks), None)
    if first is None or first.kind not in HEADS:
        return None
    end = next((t.i for t in first.doc if t.text == ":"), len(first.doc))
    if first.doc[max(end - 1, 0)].lower_ not in BODIES:
        return None
    there = (
        m for m in reading.mentions if m.block is first and m.kind == "name" and m.type == "Organization"
    )
    return next((m for m in there if m.span.start == 0 and m.span.end == end > 1), None)
