"""The text formats of RDF: lines in, text out."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from kg.rdf.formats.jsonld import jsonld
from kg.rdf.formats.turtle import turtle
from kg.vocab import Names


def ntriples(lines: Iterable[str], _names: Names) -> Iterable[str]:
    """Give the text of an N-Triples file, in pieces."""
    return (f"{line}\n" for line in lines)


# The formats of a graph without a file, such as the answer to a CONSTRUCT.
GRAPH_TEXT: dict[str, Callable[[Iterable[str], Names], Iterable[str]]] = {
    "ttl": turtle,
    "nt": ntriples,
    "jsonld": jsonld,
}
