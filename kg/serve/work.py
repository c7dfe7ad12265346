"""What the server's processes do: answer a query, describe a resource, draw the page."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from kg.errors import KGError, QueryError
from kg.rdf.formats import GRAPH_TEXT
from kg.rdf.terms import Written
from kg.rdf.terms import iri as as_iri
from kg.serve.followed import Followed
from kg.serve.pages import entity_page, resource_page
from kg.store.answers import Answer
from kg.store.triples import rdf_xml

if TYPE_CHECKING:
    from kg.graph.view import GraphView

# Media types by preference of ours; each with the format of an answer that it is.
ROWS = {
    "application/sparql-results+json": "json",
    "application/json": "json",
    "application/sparql-results+xml": "xml",
    "application/xml": "xml",
    "text/xml": "xml",
    "text/csv": "csv",
    "text/tab-separated-values": "tsv",
}
GRAPHS = {
    "text/turtle": "ttl",
    "application/n-triples": "nt",
    "text/plain": "nt",
    "application/ld+json": "jsonld",
    "application/json": "jsonld",
    "application/rdf+xml": "xml",
}
# So many names are proposed in the place of one that is not there.
MOST_NEAR = 5
PAGES = {"text/html": "html", "application/xhtml+xml": "html"} | GRAPHS


class NotAcceptable(KGError):
    """None of the media types that were asked for can be given."""


class NotFound(KGError):
    """The graph has nothing of that name."""


def worker(followed: Followed, *, rows: int | None) -> Callable[[dict[str, Any]], tuple[str, bytes]]:
    """Give the function that answers what the server asks, of the graph as it is by then."""

    def work(asked: dict[str, Any]) -> tuple[str, bytes]:
        graph = followed.graph
        if asked["kind"] == "query":
            return _query(graph, asked, rows)
        if asked["kind"] == "resource":
            return _resource(graph, asked["iri"], asked["accept"], asked["token"])
        if asked["kind"] == "state":
            return _json(followed.generation)
        if asked["kind"] == "size":
            return _json(len(graph.store))
        if asked["kind"] == "near":
            return _json(_near(graph, asked["iri"]))
        from kg.export.html import render

        return "text/html; charset=utf-8", render(graph).encode()

    return work


def _query(graph: GraphView, asked: dict[str, Any], rows: int | None) -> tuple[str, bytes]:
    dataset = (asked["default"], asked["named"]) if asked["default"] or asked["named"] else None
    answer = graph.query(asked["query"], rows=rows, dataset=dataset)
    if answer.cut:
        raise QueryError(f"more than {rows:,} rows", remedy="add a LIMIT, or narrow the query")
    if answer.kind == "graph":
        media_type, form = negotiate(asked["accept"], GRAPHS)
        return f"{media_type}; charset=utf-8", _graph_text(graph, answer, form).encode()
    media_type, form = negotiate(asked["accept"], ROWS)
    return f"{media_type}; charset=utf-8", answer.text(form).encode()


def _graph_text(graph: GraphView, answer: Answer, form: str) -> str:
    if form == "xml":
        return rdf_xml(answer.lines, graph.names.prefixes())
    return "".join(GRAPH_TEXT[form](answer.lines, graph.names))


def _json(value: Any) -> tuple[str, bytes]:
    return "application/json", json.dumps(value).encode()


def _near(graph: GraphView, iri: str) -> list[tuple[str, str]]:
    """Give id and label of the entities whose names are nearest to that in an IRI."""
    if not iri.startswith(graph.names.ent):
        return []
    # What is named by a document only ends in its number.
    name = re.sub(r"-[0-9a-f]{8}(?:_\d+)?$", "", iri.removeprefix(graph.names.ent)).replace("_", " ")
    return (
        [(entity.id, entity.label) for entity, _ in graph.search(name, most=MOST_NEAR)]
        if name.strip()
        else []
    )


def _resource(graph: GraphView, iri: str, accept: str, token: str) -> tuple[str, bytes]:
    node = as_iri(iri)
    if node is None:
        raise NotFound("no such resource", where=iri)
    answer = graph.query(
        "CONSTRUCT { ?node ?p ?o . ?s ?q ?node } WHERE { { ?node ?p ?o } UNION { ?s ?q ?node } }",
        {"node": Written(node)},
    )
    if not answer:
        raise NotFound("no such resource", where=iri)
    media_type, form = negotiate(accept, PAGES)
    if form != "html":
        return f"{media_type}; charset=utf-8", _graph_text(graph, answer, form).encode()
    entity = graph.entity_of(iri)
    if entity is not None:
        return "text/html; charset=utf-8", entity_page(graph, entity, token=token).encode()
    rows = [_split(line) for line in answer.lines]
    return "text/html; charset=utf-8", resource_page(iri, rows, token=token).encode()


def negotiate(accept: str, offered: dict[str, str]) -> tuple[str, str]:
    """Choose the media type and format that an Accept header likes best; ours where it does not care.

    >>> negotiate("text/csv;q=0.5, application/json", ROWS)
    ('application/json', 'json')
    """
    best: tuple[float, int, str] | None = None
    liked = [_liked(part) for part in accept.split(",") if part.strip()] or [("*/*", 1.0)]
    for place, media_type in enumerate(offered):
        fits = [(_fit(pattern, media_type), quality) for pattern, quality in liked]
        exact = max((f for f, _ in fits), default=0)
        quality = max((q for f, q in fits if f == exact), default=0.0) if exact else 0.0
        if quality > 0 and (best is None or (quality, -place) > best[:2]):
            best = (quality, -place, media_type)
    if best is None:
        remedy = f"it can be {', '.join(offered)}"
        raise NotAcceptable(f"cannot answer as {accept[:200]}", remedy=remedy)
    return best[2], offered[best[2]]


def _liked(part: str) -> tuple[str, float]:
    pattern, *parameters = (p.strip() for p in part.split(";"))
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "q":
            try:
                return pattern.lower(), min(1.0, max(0.0, float(value)))
            except ValueError:
                return pattern.lower(), 0.0
    return pattern.lower(), 1.0


def _fit(pattern: str, media_type: str) -> int:
    if pattern == media_type:
        return 3
    if pattern == f"{media_type.partition('/')[0]}/*":
        return 2
    return 1 if pattern in ("*/*", "*") else 0


def _split(line: str) -> tuple[str, str, str]:
    subject, predicate, rest = line.split(" ", 2)
    return subject, predicate, rest[:-2]


__all__: Sequence[str] = ("GRAPHS", "PAGES", "ROWS", "NotAcceptable", "NotFound", "negotiate", "worker")
