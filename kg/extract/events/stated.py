"""Events that nouns tell of by a relation: who is the founder of a firm founded it.

"Ida Holm, author of Brine", "the firm's founder, Ole Moe", "winner of the Castell Prize": what claims say of
the two is the event of the table's frame.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from kg import relations as rel
from kg.extract.claims import rules
from kg.extract.events.records import EventDraft, Slot, Standing
from kg.extract.events.table import FILE, frames
from kg.extract.lexicon import mapping
from kg.extract.mentions import nominals
from kg.extract.parse.repair import tree_of
from kg.extract.reading import MentionDraft, Reading

# The frame of who is a graduate of a school.
STUDY = "Study.told"


def stated(reading: Reading) -> Iterator[EventDraft]:
    """Give the events behind the relations that nouns tell."""
    by_id = {frame.id: frame for frame in frames()}
    table = {relation: said.split() for relation, said in mapping(FILE, "stated").items()}
    dates = _publication_dates(reading)
    for claim in reading.claims:
        if claim.relation not in table or claim.object is None or claim.rule in rules.CLAUSES:
            continue
        frame, first, second = table[claim.relation]
        standing = Standing.of(claim)
        slots = [
            Slot(first, claim.subject, standing, claim),
            Slot(second, claim.object, standing, claim),
        ]
        trigger = claim.words[0] if claim.words else claim.object.head
        if frame == STUDY:
            slots += [Slot("in", m, standing, claim) for m in _fields(reading, claim.object)]
        draft = EventDraft(claim.block, trigger, (by_id[frame],), slots, standing=standing)
        draft.begins, draft.ends = dates.get(id(claim.subject), (claim.begins, claim.ends))
        yield draft


def _fields(reading: Reading, school: MentionDraft) -> Iterator[MentionDraft]:
    """Give what a graduate or student has studied: "a graduate in law of Lund University"."""
    block, tree = school.block, tree_of(school.block)
    noun = tree.head[tree.head[school.head.i]]
    for prep in tree.of(noun, "prep"):
        for o in tree.of(prep, "pobj") if tree.lower[prep] == "in" else ():
            if tree.pos[o] == "NOUN":
                yield reading.argument(block, block.doc[o], nominals.create_mention)


def _publication_dates(reading: Reading) -> dict[int, tuple[dt.date, dt.date]]:
    """Give the days between which works came out, by what brackets tell: '"Brine" (1979)'."""
    found = {}
    for claim in reading.claims:
        value = None if claim.object is None else claim.object.value
        if claim.relation == rel.PUBLICATION_DATE and value is not None and value.lower is not None:
            first = dt.date.fromisoformat(value.lower)
            found[id(claim.subject)] = first, dt.date.fromisoformat(value.upper or value.lower)
    return found
