"""Which body's minutes a document is: who "was co-opted" at a meeting of a council has joined that."""

from __future__ import annotations

from kg.extract.events.records import EventDraft, Role
from kg.extract.events.table import listed
from kg.extract.reading import MentionDraft, ParsedBlock, Reading

HEADS = frozenset({"title", "heading"})
# How many blocks at the head of a document may say what it is.
FIRST = 2


def complete(reading: Reading, events: list[EventDraft]) -> None:
    """Give who is taken into what no word tells the body whose minutes they are."""
    bare = [e for e in events if e.event == "Appointment" and not e.filling("office", "organization")]
    if not bare or (body := _body(reading)) is None:
        return
    for event in bare:
        for person in event.filling("person")[:1]:
            event.roles.append(Role("office", body, person.slot, exact=True))


def _body(reading: Reading) -> MentionDraft | None:
    """Give the one body of members that is named at the head of minutes."""
    blocks = [b for n, b in enumerate(reading.blocks[:FIRST]) if n == 0 or b.kind in HEADS]
    if not any(map(_are_minutes, blocks)):
        return None
    names = [m for m in reading.mentions if m.kind == "name" and any(m.block is b for b in blocks)]
    bodies = {m.label: m for m in names if m.span[-1].lower_ in listed("words", "joined")}
    return next(iter(bodies.values())) if len(bodies) == 1 else None


def _are_minutes(block: ParsedBlock) -> bool:
    said = {t.lower_ for t in block.doc}
    return not said.isdisjoint(listed("words", "minutes")) or listed("words", "meeting_report") <= said
