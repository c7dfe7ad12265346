"""What one document gives to a graph: all that depends on it and on who is who, and on no other document."""

from __future__ import annotations

from typing import NamedTuple

from kg.config import RdfConfig
from kg.graph.copies import Sketched, order, sketch
from kg.model import Document, Extraction
from kg.rdf.mapping import Links, Reviews, map_document
from kg.rdf.ontology import terms_used
from kg.rdf.salience import document_shares
from kg.vocab import Names


class Described(NamedTuple):
    """A document as a graph takes it in; it can be sent from one process to another."""

    id: str
    text: str
    # Lines of N-Triples, with line ends between them.
    lines: str
    # The indexes of the entities that they speak of, the terms that they use, what entities gain by them.
    entities: frozenset[int]
    terms: frozenset[str]
    gained: dict[str, int]
    sketched: Sketched
    # The keys of what people said of facts that are among them.
    reviewed: frozenset[str]


def describe(
    document: Document, extraction: Extraction, links: Links, config: RdfConfig, reviews: Reviews | None
) -> Described:
    """Map one document, and note of it what a graph says of all documents together."""
    mapped = map_document(document, extraction, links, config, reviews)
    names = Names(config.base)
    key = order(document.published, document.source, document.id)
    return Described(
        document.id,
        document.text,
        "\n".join([f"{s} {p} {o} ." for s, p, o in mapped.triples]),
        mapped.entities,
        frozenset(terms_used(mapped.triples, names)),
        document_shares(mapped.triples, names),
        Sketched(document.id, key, sketch(document.text)),
        mapped.reviewed,
    )
