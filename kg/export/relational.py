"""A graph as tables that refer to each other, for databases, data frames and spreadsheets: what is in them.

Each format writes the same tables and columns. Rows come one at a time, so that a graph larger than memory
can be written.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from kg.iri import digest
from kg.model import Entity, Evidence, Fact, Value, kind_of, role_of, text_of
from kg.vocab import narrower

if TYPE_CHECKING:
    from kg.graph.view import GraphView

Cell = str | int | float | bool | dt.date | None
Row = tuple[Cell, ...]
Kind = Literal["text", "integer", "number", "boolean", "day"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: what kind of value it holds, and what it says; `of` is the table whose rows it names."""

    name: str
    kind: Kind
    says: str
    of: str = ""
    required: bool = False
    # Whether rows are looked for by it.
    sought: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table: what a row of it is, the columns that tell rows apart, and all columns."""

    name: str
    says: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]


def _needed(name: str, kind: Kind, says: str, *, of: str = "", sought: bool = False) -> Column:
    return Column(name, kind, says, of, required=True, sought=sought)


TABLES = (
    Table(
        "documents",
        "A row a document that was read.",
        ("id",),
        (
            _needed("id", "text", "made of its text, the same wherever it is read"),
            _needed("source", "text", "the file it has come from"),
            Column("title", "text", "its title"),
            Column("published", "day", "its day"),
            Column("lang", "text", "its language"),
            Column("uri", "text", "where it is published"),
            Column("copy_of", "text", "the document that it is nearly a copy of", "documents"),
        ),
    ),
    Table(
        "entities",
        "A row a thing: a person, a place, an event.",
        ("id",),
        (
            _needed("id", "text", "the last part of its IRI"),
            _needed("label", "text", "what it is called", sought=True),
            _needed("type", "text", "its class: Person, GPE, Acquisition", sought=True),
            _needed("confidence", "number", "how sure it is that its mentions are one thing, 0 to 1"),
            _needed("salience", "number", "how much the texts are about it, 0 to 1"),
        ),
    ),
    Table(
        "aliases",
        "A row a further name of a thing.",
        ("entity_id", "alias"),
        (
            _needed("entity_id", "text", "the thing", of="entities"),
            _needed("alias", "text", "the name", sought=True),
        ),
    ),
    Table(
        "same_as",
        "A row an IRI under which others know a thing.",
        ("entity_id", "iri"),
        (_needed("entity_id", "text", "the thing", of="entities"), _needed("iri", "text", "the IRI")),
    ),
    Table(
        "facts",
        "A row a fact, in the order of the documents. Only where asserted is true do the texts say it is so.",
        ("id",),
        (
            _needed("id", "integer", "its number in this file"),
            _needed("subject", "text", "the label of what it is about"),
            _needed("relation", "text", "what is said of it", sought=True),
            Column("object", "text", "the other end, as text; empty where there is none (to die)"),
            _needed("asserted", "boolean", "whether the texts say it is so", sought=True),
            _needed("negated", "boolean", "whether it is said not to be"),
            Column("modality", "text", "Planned, Possible, Reported …; empty for what simply is"),
            Column("attributed_to", "text", "the label of whose words it is"),
            Column("begins", "day", "the first day of it"),
            Column("ends", "day", "the last day of it"),
            Column("confidence", "number", "of its surest evidence, 0 to 1"),
            _needed("support", "integer", "how many documents say so, near copies counted once"),
            Column("saying", "text", "the whole claim in one line where the fact is a part of it"),
            Column("verdict", "text", "what somebody said of it: confirmed, rejected, added"),
            _needed("subject_id", "text", "what it is about", of="entities", sought=True),
            Column("object_id", "text", "the other end, where it is a thing", "entities", sought=True),
            Column("object_type", "text", "its class, or the datatype of a value: integer, date, string"),
            Column("value", "text", "a number or day as written in RDF"),
            Column("unit", "text", "its unit: an ISO 4217 or UCUM code, or %"),
            Column("comparator", "text", "MoreThan, AtLeast, LessThan, AtMost, About"),
            Column("lower", "text", "the lower end of a range"),
            Column("upper", "text", "the upper end of a range"),
            Column("attributed_to_id", "text", "whose words it is", "entities"),
            _needed("key", "text", "the same for the same fact in each export", sought=True),
        ),
    ),
    Table(
        "qualifiers",
        "A row a place or time that goes with a fact.",
        ("id",),
        (
            _needed("id", "integer", "its number in this file"),
            _needed("fact_id", "integer", "the fact", of="facts", sought=True),
            _needed("role", "text", "place or time"),
            _needed("text", "text", "the place's label, or the time in words"),
            Column("entity_id", "text", "the place", "entities", sought=True),
        ),
    ),
    Table(
        "evidence",
        "A row a sentence that a fact was read from.",
        ("id",),
        (
            _needed("id", "integer", "its number in this file"),
            _needed("fact_id", "integer", "the fact", of="facts", sought=True),
            _needed("document_id", "text", "the document", of="documents", sought=True),
            _needed("start_char", "integer", "the first character of the claim in the document's text"),
            _needed("end_char", "integer", "the one behind its last"),
            _needed("quote", "text", "the sentence, exactly as printed"),
            Column("sentence_char", "integer", "the first character of the sentence"),
            Column("place", "text", "where in the file: page 3, row 17"),
            _needed("rule", "text", "the rule that read it"),
            _needed("confidence", "number", "how likely it was read rightly, 0 to 1"),
        ),
    ),
    Table(
        "events",
        "A row an event that has roles.",
        ("id",),
        (
            _needed("id", "text", "the event", of="entities"),
            _needed("label", "text", "what it is called"),
            _needed("type", "text", "its class", sought=True),
            Column("begins", "day", "its first day that is known"),
            Column("ends", "day", "its last day that is known"),
            _needed("asserted", "boolean", "whether the texts say of any role that it is so"),
        ),
    ),
    Table(
        "event_roles",
        "A row who or what takes part in an event.",
        ("fact_id",),
        (
            _needed("fact_id", "integer", "the fact that says so", of="facts"),
            _needed("event_id", "text", "the event", of="events", sought=True),
            _needed("role", "text", "buyer, deceased, place …", sought=True),
            _needed("filler", "text", "who or what, as text"),
            Column("filler_id", "text", "who or what, where it is a thing", "entities", sought=True),
            _needed("asserted", "boolean", "whether the texts say it is so"),
        ),
    ),
)
# What most people want to see, a row a sentence.
VIEW = """CREATE VIEW facts_with_evidence AS
-- A row a sentence that a fact was read from, with the fact and the document.
SELECT facts.id AS fact_id, facts.subject, facts.relation, facts.object, facts.asserted, facts.negated,
    facts.modality, facts.attributed_to, facts.begins, facts.ends, evidence.quote, documents.source,
    documents.published, evidence.place, evidence.confidence
FROM evidence
JOIN facts ON facts.id = evidence.fact_id
JOIN documents ON documents.id = evidence.document_id"""
BY_NAME = {table.name: table for table in TABLES}


def each_row(graph: GraphView) -> Iterator[tuple[str, Row]]:
    """Give the rows of all tables with the name of their table; those of a table in the same order each time.

    What a row refers to comes before it, but for events, which come last.
    """
    copies = graph.copies
    # A document is named before those that are nearly its copies.
    for d in sorted(graph.documents, key=lambda d: (d.id in copies, d.id)):
        yield "documents", (d.id, d.source, d.title, d.published, d.lang, d.uri, copies.get(d.id))
    for e in graph.entities:
        yield "entities", (e.id, e.label, e.type, e.confidence, e.salience)
        yield from (("aliases", (e.id, alias)) for alias in e.aliases)
        yield from (("same_as", (e.id, iri)) for iri in e.same_as)
    kinds = narrower("Event")
    events: dict[str, _Event] = {}
    read = told = 0
    for number, fact in enumerate(graph.each_fact(), start=1):
        yield "facts", fact_row(number, fact)
        for role, filler in fact.qualifiers:
            told += 1
            yield "qualifiers", (told, number, role, text_of(filler), _id(filler))
        for proof in fact.evidence:
            read += 1
            yield "evidence", (read, number, *_evidence(proof))
        if ":" in fact.relation and fact.subject.type in kinds:
            events.setdefault(fact.subject.id, _Event(fact.subject)).take(fact)
            if fact.object is not None:
                ends = (fact.subject.id, role_of(fact.relation), text_of(fact.object), _id(fact.object))
                yield "event_roles", (number, *ends, fact.asserted)
    for id in sorted(events):
        yield "events", events[id].row()


def batches(graph: GraphView, most: int = 10_000) -> Iterator[tuple[Table, list[Row]]]:
    """Give the rows of all tables, so many of one at a time; each table comes at least once, be it empty."""
    waiting: dict[str, list[Row]] = {table.name: [] for table in TABLES}
    for name, row in each_row(graph):
        waiting[name].append(row)
        if len(waiting[name]) >= most:
            yield BY_NAME[name], waiting[name]
            waiting[name] = []
    yield from ((table, waiting[table.name]) for table in TABLES)


def key_of(fact: Fact) -> str:
    """Give what tells a fact from all others by what it says, not by where it is read."""
    value = fact.object
    end = value.lexical if isinstance(value, Value) else _id(value) or text_of(value)
    by = fact.attributed_to.id if fact.attributed_to else ""
    said = (fact.subject.id, fact.relation, kind_of(value), end, fact.asserted, fact.negated, fact.modality)
    return digest("\x1f".join(map(str, (*said, by, fact.begins, fact.ends, fact.verdict == "rejected"))))


@dataclass(slots=True)
class _Event:
    """What is known of an event so far; its facts are not kept."""

    entity: Entity
    begins: dt.date | None = None
    ends: dt.date | None = None
    asserted: bool = field(default=False)

    def take(self, fact: Fact) -> None:
        self.begins = min(filter(None, (self.begins, fact.begins)), default=None)
        self.ends = max(filter(None, (self.ends, fact.ends)), default=None)
        self.asserted = self.asserted or fact.asserted

    def row(self) -> Row:
        return self.entity.id, self.entity.label, self.entity.type, self.begins, self.ends, self.asserted


def fact_row(number: int, fact: Fact) -> Row:
    """Give a row of the table of facts."""
    end, by = fact.object, fact.attributed_to
    value = end if isinstance(end, Value) else None
    sure = max((e.confidence for e in fact.evidence), default=None)
    return (
        number,
        fact.subject.label,
        fact.relation,
        None if end is None else text_of(end),
        *(fact.asserted, fact.negated, fact.modality, by.label if by else None, fact.begins, fact.ends),
        *(sure, fact.support, fact.saying or None, fact.verdict or None),
        *(fact.subject.id, _id(end), kind_of(end)),
        *((value.lexical, value.unit, value.comparator, value.lower, value.upper) if value else (None,) * 5),
        by.id if by else None,
        key_of(fact),
    )


def _evidence(e: Evidence) -> Row:
    return e.doc_id, e.start, e.end, e.quote, e.sentence, e.place or None, e.rule, e.confidence


def _id(end: Entity | Value | str | None) -> str | None:
    return end.id if isinstance(end, Entity) else None
