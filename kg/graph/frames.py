"""A graph as three tidy tables of pandas."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, NamedTuple

from kg.errors import MissingExtra
from kg.model import Entity, Event, Fact, Value, kind_of, text_of

if TYPE_CHECKING:
    import pandas

FACTS = (
    *("subject", "relation", "object", "asserted", "negated", "modality", "attributed_to", "begins", "ends"),
    *("time", "place", "confidence", "support", "source", "saying", "quote"),
    *("subject_type", "object_type", "subject_id", "object_id"),
)
ENTITIES = ("id", "label", "type", "aliases", "same_as", "salience", "facts")
EVENTS = ("event", "type", "label", "begins", "ends", "role", "filler", "filler_type", "filler_id")


class Frames(NamedTuple):
    """The tables: a row a fact, a row an entity, and a row for each filler of a role of an event.

    `facts.confidence` is that of the surest evidence, whose `source` and `quote` stand beside it;
    `entities.facts` is in how many facts an entity is an end. Days are `datetime.date`, what is not there is
    None.
    """

    facts: pandas.DataFrame
    entities: pandas.DataFrame
    events: pandas.DataFrame


def frames(entities: Iterable[Entity], facts: Iterable[Fact], events: Iterable[Event]) -> Frames:
    """Give the tables of what a graph holds."""
    try:
        import pandas
    except ImportError as error:
        raise MissingExtra("pandas is not installed", remedy="pip install 'kg[pandas]'") from error
    facts = list(facts)
    degree: dict[str, int] = {}
    for fact in facts:
        for id in {end.id for end in (fact.subject, fact.object) if isinstance(end, Entity)}:
            degree[id] = degree.get(id, 0) + 1
    things = [
        (e.id, e.label, e.type, e.aliases, e.same_as, e.salience, degree.get(e.id, 0)) for e in entities
    ]
    told = [
        (e.id, e.type, e.label, e.begins, e.ends, role, text_of(filler), kind_of(filler), _id(filler))
        for e in events
        for role, fillers in e.roles.items()
        for filler in fillers
    ]
    return Frames(
        pandas.DataFrame([_row(fact) for fact in facts], columns=list(FACTS)),
        pandas.DataFrame(things, columns=list(ENTITIES)),
        pandas.DataFrame(told, columns=list(EVENTS)),
    )


def _row(fact: Fact) -> tuple[Any, ...]:
    best = fact.evidence[0] if fact.evidence else None
    qualifiers: dict[str, str] = {}
    for name, value in fact.qualifiers:
        qualifiers[name] = " | ".join(filter(None, (qualifiers.get(name), text_of(value))))
    return (
        *(fact.subject.label, fact.relation, text_of(fact.object) or None),
        *(fact.asserted, fact.negated, fact.modality, text_of(fact.attributed_to) or None),
        *(fact.begins, fact.ends, qualifiers.get("time"), qualifiers.get("place")),
        best.confidence if best else None,
        fact.support,
        best.source if best else None,
        fact.saying or None,
        best.quote if best else None,
        *(fact.subject.type, kind_of(fact.object), fact.subject.id, _id(fact.object)),
    )


def _id(end: Entity | Value | str | None) -> str | None:
    return end.id if isinstance(end, Entity) else None
