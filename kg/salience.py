"""How much the texts are about a thing: a number from 0 to 1 for each entity.

A thing gains by each document that says something of it: by how many other things it says so, the named ones
most, by what it states rather than reports or denies, and by how early in the text it begins. A name weighs
more than a noun, a person, body or event more than a country or an office, which is what others are told by.

The number of a thing depends on nothing but what is said of it: another document changes those it speaks of
alone. Shares are whole numbers, so that a sum of them is the same in any order.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from kg.model import Entity, Fact

UNIT = 1000  # a share is counted in thousandths
HALFWAY = 6.0  # the sum of shares at which a thing is half as salient as one can be
FIRST_LINES = 1500  # after so many characters the beginning of a text no longer counts
NAMED, NAMELESS, LITERAL = 1.0, 0.4, 0.25  # what another end is worth
ASSERTED, REPORTED, OPEN, DOUBTFUL = 1.0, 0.6, 0.4, 0.25  # what a standing is worth
WEIGHTS = {
    "Person": 1.0,
    "Organization": 1.0,
    "Group": 0.85,
    "Product": 0.8,
    "Work": 0.8,
    "Law": 0.8,
    "Award": 0.7,
    "Animal": 0.7,
    "Facility": 0.8,
    "Location": 0.75,
    "GPE": 0.75,
    "Concept": 0.6,
    "Position": 0.3,
    "Language": 0.3,
    "Quantity": 0.1,
}
EVENT = 1.0  # an event, of whatever class
WITHOUT_NAME, EVENT_WITHOUT_NAME = 0.3, 0.75  # a noun is worth this share of a name
_OF_ONE_DOCUMENT = re.compile(r"-[0-9a-f]{8}(-\d+)?$")


class Saying(NamedTuple):
    """One thing that a document says, as salience looks at it: its ends, by id, how it stands, and where.

    The `object` is None where it is a literal or there is none; `begin` counts characters.
    """

    document: str
    subject: str
    object: str | None
    worth: float
    begin: int


def is_named(id: str) -> bool:
    """Whether the id of an entity is made of a name: what has none is known by its document and its place.

    >>> is_named("Ada_Moreau"), is_named("surprise_attack-162ef0fb"), is_named("attack-162ef0fb-131")
    (True, False, False)
    """
    return _OF_ONE_DOCUMENT.search(id) is None


def worth(*, asserted: bool, negated: bool = False, modality: str | None = None, said: bool = False) -> float:
    """Give what a statement is worth by its standing.

    >>> worth(asserted=True), worth(asserted=False, modality="Reported"), worth(asserted=False, negated=True)
    (1.0, 0.6, 0.4)
    """
    if asserted:
        return ASSERTED
    if negated or modality not in (None, "Reported"):
        return OPEN
    return REPORTED if modality or said else DOUBTFUL


def shares(sayings: Iterable[Saying]) -> dict[str, int]:
    """Give what each thing gains by what one document says; other documents add theirs.

    >>> shares([Saying("d", "Ada_Moreau", "Port_Vale", 1.0, 0)])
    {'Ada_Moreau': 1300, 'Port_Vale': 1300}
    """
    ends: dict[str, dict[str | None, float]] = defaultdict(dict)
    first: dict[str, int] = {}
    for saying in sayings:
        for one, other in ((saying.subject, saying.object), (saying.object, saying.subject)):
            if one is None or one == other:
                continue
            kind = LITERAL if other is None else NAMED if is_named(other) else NAMELESS
            ends[one][other] = max(ends[one].get(other, 0.0), kind * saying.worth)
            first[one] = min(first.get(one, saying.begin), saying.begin)
    return {
        id: round(UNIT * math.log2(1 + math.fsum(worths.values())) * _early(first[id]))
        for id, worths in sorted(ends.items())
    }


def _early(begin: int) -> float:
    """Give how much the place in the text counts: what opens it nearly twice what stands far below."""
    return 0.7 + 0.6 * math.exp(-begin / FIRST_LINES)


def score(total: int, *, id: str, kind: str, event: bool = False) -> float:
    """Give the salience of a thing, from the sum of its shares.

    >>> score(6000, id="Ada_Moreau", kind="Person"), score(6000, id="idea-162ef0fb", kind="Concept")
    (0.5, 0.09)
    """
    weight = EVENT if event else WEIGHTS.get(kind, EVENT if kind == "Event" else WEIGHTS["Concept"])
    if not is_named(id):
        weight *= EVENT_WITHOUT_NAME if event or kind == "Event" else WITHOUT_NAME
    gained = total / UNIT
    return round(weight * gained / (gained + HALFWAY), 3)


def salience(
    entities: Iterable[Entity], facts: Iterable[Fact], *, events: Iterable[str] = ()
) -> dict[str, float]:
    """Give the salience of each entity by id, from what is said of it.

    `events` names the classes of events beside `Event`.

    >>> cat, mat = Entity("Tom", "Person", "Tom"), Entity("mat-162ef0fb", "Concept", "mat")
    >>> salience([cat, mat], [Fact(cat, "sit_on", mat)])
    {'Tom': 0.095, 'mat-162ef0fb': 0.032}
    """
    by_document: dict[str, list[Saying]] = defaultdict(list)
    for fact in facts:
        for saying in _sayings(fact):
            by_document[saying.document].append(saying)
    totals = totalled(map(shares, by_document.values()))
    kinds = frozenset(events)
    return {
        e.id: score(totals.get(e.id, 0), id=e.id, kind=e.type, event=e.type in kinds)
        for e in sorted(entities, key=lambda e: e.id)
    }


def totalled(parts: Iterable[Mapping[str, int]]) -> dict[str, int]:
    """Add up the shares of documents."""
    totals: dict[str, int] = defaultdict(int)
    for part in parts:
        for id, share in part.items():
            totals[id] += share
    return totals


def _sayings(fact: Fact) -> Iterable[Saying]:
    value = worth(
        asserted=fact.asserted,
        negated=fact.negated,
        modality=fact.modality,
        said=fact.attributed_to is not None,
    )
    end = fact.object.id if isinstance(fact.object, Entity) else None
    # What a near copy says was said before.
    places = [(e.doc_id, e.start) for e in fact.evidence if not e.copy_of]
    for document, begin in places or ([] if fact.evidence else [("", 0)]):
        yield Saying(document, fact.subject.id, end, value, begin)
