"""Turtle of more documents than memory holds: mapped one at a time, and written by `stream_turtle`.

The bytes are those that `kg.rdf.formats.turtle` gives for the same triples, which `run.py` checks.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from kg.atomic import write_text
from kg.config import RdfConfig
from kg.rdf.formats.streamed import LINES_IN_MEMORY, stream_turtle
from kg.rdf.mapping import Links, entity_triples, map_document
from kg.rdf.ontology import vocabulary_triples
from kg.rdf.terms import Triple
from kg.vocab import Names

if TYPE_CHECKING:
    from kg.model import Document, Extraction


def stream_graph(
    read: Iterable[tuple[Document, Extraction]],
    links: Links,
    path: Path,
    *,
    config: RdfConfig | None = None,
    lines_in_memory: int = LINES_IN_MEMORY,
) -> None:
    """Write the Turtle of documents with their extractions, one at a time."""
    config = config or RdfConfig()
    names = Names(config.base)
    ours = (f"<{names.kg}", f"<{names.rel}")

    def batches() -> Iterator[list[Triple]]:
        used: set[int] = set()
        terms: set[str] = set()
        for document, extraction in read:
            mapped = map_document(document, extraction, links, config)
            used |= mapped.entities
            terms.update(t for _, p, o in mapped.triples for t in (p, o) if t.startswith(ours))
            yield mapped.triples
        for index in sorted(used):
            named = list(entity_triples(links, [index], config))
            terms.update(t for _, p, o in named for t in (p, o) if t.startswith(ours))
            yield named
        yield list(vocabulary_triples(terms, config))

    write_text(path, stream_turtle(batches(), names, lines_in_memory))
