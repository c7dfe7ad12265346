"""What is found: a thing, or a sentence with the facts that were read from it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from kg.model import Entity, Fact, Record
from kg.search.index import Row

if TYPE_CHECKING:
    from kg.graph.view import GraphView


@dataclass(frozen=True, slots=True)
class Hit(Record):
    """One thing or sentence that has the words that were looked for.

    `text` is its label or the sentence, `score` how well it fits (BM25, to be compared within a kind). A
    thing is `entity`; of a sentence, `doc_id`, `start` and `end` say where it stands, `source` the file,
    `facts` are what was read from it, asserted or not.
    """

    kind: Literal["entity", "sentence"]
    text: str
    score: float
    entity: Entity | None = None
    doc_id: str = ""
    source: str = ""
    start: int = 0
    end: int = 0
    facts: tuple[Fact, ...] = field(default=(), repr=False)


def entity_hits(graph: GraphView, rows: Iterable[Row]) -> Iterator[Hit]:
    """Give the things of rows; of those that fit alike, the one that texts are more about comes first."""
    found = []
    for id, label, score in rows:
        entity = graph.entity_of(graph.names.ent + id) or graph.entity_of(id)
        if entity is not None:
            found.append(Hit("entity", label, round(score, 3), entity=entity))
    return iter(sorted(found, key=lambda h: (-h.score, -(h.entity.salience if h.entity else 0), h.text)))


def sentence_hits(graph: GraphView, rows: Iterable[Row]) -> Iterator[Hit]:
    """Give the sentences of rows with their facts."""
    rows = [*rows]
    places = graph.sentences(node for node, _, _ in rows)
    facts = graph.facts_of_sentences(places.values())
    for node, text, score in rows:
        place = places[node]
        yield Hit(
            "sentence",
            text,
            round(score, 3),
            doc_id=place.doc_id,
            source=place.source,
            start=place.start,
            end=place.end,
            facts=tuple(facts[node]),
        )
