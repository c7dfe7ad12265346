"""What the tools answer: records of plain values, each quote with the characters where it stands."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, field
from typing import Any, Literal


@dataclass(frozen=True, slots=True)
class Thing:
    """An entity; `id` is what picks it out among namesakes, and in SPARQL `ent:ID`.

    `statements` counts how often the documents say something of it, `match` tells why it was found.
    """

    id: str
    label: str
    type: str
    aliases: list[str] = field(default_factory=list)
    statements: int = 0
    salience: float = 0.0
    match: Literal["", "name", "part", "like"] = ""


@dataclass(frozen=True, slots=True)
class Quote:
    """Where something was read: `quote` is exactly the characters `start` to `end` of the document's text.

    `claim_start` to `claim_end` is the part of it that says so. `context` is the text around it, where asked
    for and at hand. `copy_of` is the document that this one is nearly a copy of.
    """

    document: str
    document_id: str
    start: int
    end: int
    quote: str
    claim_start: int
    claim_end: int
    confidence: float
    title: str = ""
    published: str = ""
    url: str = ""
    place: str = ""
    copy_of: str = ""
    context: str = ""


@dataclass(frozen=True, slots=True)
class Statement:
    """A fact with where it was read; cite its quotes.

    `asserted` is true only if a text states it as so; if not, `standing` tells what it is: negated, planned,
    possible, reported by somebody, doubtful. `documents` counts those that say it, copies left out.
    """

    subject: str
    relation: str
    object: str
    asserted: bool
    standing: str
    subject_id: str
    object_id: str = ""
    says: str = ""
    begins: str = ""
    ends: str = ""
    qualifiers: dict[str, list[str]] = field(default_factory=dict)
    documents: int = 0
    quotes: list[Quote] = field(default_factory=list)
    more_quotes: int = 0


@dataclass(frozen=True, slots=True)
class Happening:
    """An event with who and what took part, by role."""

    id: str
    label: str
    type: str
    roles: dict[str, list[str]]
    begins: str = ""
    ends: str = ""
    quotes: list[Quote] = field(default_factory=list)
    more_quotes: int = 0


@dataclass(frozen=True, slots=True)
class Things:
    """Entities that were found, the best first."""

    entities: list[Thing]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Statements:
    """Facts that were found: of `total`, these."""

    total: int
    facts: list[Statement]
    entity: Thing | None = None
    namesakes: list[Thing] = field(default_factory=list)
    note: str = ""


@dataclass(frozen=True, slots=True)
class Happenings:
    """Events that were found, by day: of `total`, these."""

    total: int
    events: list[Happening]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Way:
    """The facts that lead from one entity to another, a step each; none where nothing links them."""

    steps: list[Statement]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """What a query answers: rows, yes or no, or a graph as Turtle. `cut` says that there were more rows."""

    variables: list[str] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)
    truth: bool | None = None
    turtle: str = ""
    cut: bool = False
    note: str = ""


def plain(value: Any) -> Any:
    """Give an answer as JSON values, without what is as it is by default.

    >>> plain(Things([Thing("Ulm", "Ulm", "GPE")]))
    {'entities': [{'id': 'Ulm', 'label': 'Ulm', 'type': 'GPE'}]}
    """
    if isinstance(value, list):
        return [plain(each) for each in value]
    if isinstance(value, dict) or not dataclasses.is_dataclass(value):
        return value
    kept = {f.name: getattr(value, f.name) for f in dataclasses.fields(value)}
    return {
        f.name: plain(kept[f.name])
        for f in dataclasses.fields(value)
        if kept[f.name] != (f.default_factory() if callable(f.default_factory) else f.default)
    }
