"""Triples in a store that answers SPARQL: pyoxigraph inside, N-Triples strings at the door."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from kg.errors import GraphError, QueryError
from kg.rdf import Triple, read_triple
from kg.sparql import bound

if TYPE_CHECKING:
    import rdflib

FORMATS = {
    ".ttl": ox.RdfFormat.TURTLE,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".nq": ox.RdfFormat.N_QUADS,
    ".trig": ox.RdfFormat.TRIG,
    ".jsonld": ox.RdfFormat.JSON_LD,
    ".rdf": ox.RdfFormat.RDF_XML,
    ".owl": ox.RdfFormat.RDF_XML,
    ".xml": ox.RdfFormat.RDF_XML,
}
LARGEST_XML = 64 * 2**20
DEFAULT = ox.DefaultGraph()


class TripleStore:
    """A set of triples, in memory or, with a folder, on disk.

    What named graphs of a file hold is in the default graph too, so that a query sees one graph whatever
    the format.
    """

    def __init__(self, folder: str | os.PathLike[str] | None = None) -> None:
        try:
            self.engine = ox.Store() if folder is None else ox.Store(os.fspath(folder))
        except OSError as error:
            raise GraphError(str(error), where=str(folder)) from error

    def __len__(self) -> int:
        return sum(1 for _ in self.engine.quads_for_pattern(None, None, None, DEFAULT))

    def add(self, triples: Iterable[Triple]) -> None:
        """Add triples written as in N-Triples."""
        data = "".join(f"{s} {p} {o} .\n" for s, p, o in triples).encode()
        if data:
            self.engine.bulk_load(data, ox.RdfFormat.N_TRIPLES)

    def load(self, path: str | os.PathLike[str], *, graph: str | None = None) -> None:
        """Load a file by its suffix; what it holds is added, to the named graph if one is given."""
        path = Path(path)
        form = FORMATS.get(path.suffix.lower())
        if form is None:
            known = ", ".join(FORMATS)
            raise GraphError("cannot tell its format", where=str(path), remedy=f"use one of {known}")
        try:
            size = path.stat().st_size
            if form == ox.RdfFormat.RDF_XML and size > LARGEST_XML:
                raise GraphError(
                    f"RDF/XML of more than {LARGEST_XML // 2**20} MiB is not read",
                    where=str(path),
                    remedy="turn it into Turtle or N-Triples first",
                )
            base = path.resolve().as_uri()
            # In pieces: a store that has taken half of a broken file would be half a graph.
            fresh = ox.Store()
            fresh.bulk_load(path=str(path), format=form, base_iri=base)
        except (OSError, SyntaxError, ValueError) as error:
            raise GraphError(_plain(error), where=str(path), remedy=_remedy(error)) from error
        self._take(fresh, graph)

    def _take(self, fresh: ox.Store, graph: str | None) -> None:
        if graph is not None:
            target = ox.NamedNode(graph)
            self.engine.bulk_extend(ox.Quad(q.subject, q.predicate, q.object, target) for q in fresh)
            return
        named = list(fresh.named_graphs())
        if not len(self.engine) and not named:
            self.engine = fresh
            return
        self.engine.bulk_extend(fresh)
        for name in named:
            quads = fresh.quads_for_pattern(None, None, None, name)
            self.engine.bulk_extend(ox.Quad(q.subject, q.predicate, q.object, DEFAULT) for q in quads)

    def lines(self) -> list[str]:
        """Give the triples of the default graph as sorted lines of N-Triples, without line ends."""
        data = self.engine.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=DEFAULT)
        assert data is not None
        lines = data.decode().split("\n")
        lines.sort()
        return [line for line in lines if line]

    def triples(self) -> Iterator[Triple]:
        """Give the triples of the default graph in order, written as in N-Triples."""
        return map(read_triple, self.lines())

    def predicates_and_types(self) -> set[str]:
        """Give every predicate, and every object of rdf:type and of a modality or comparator."""
        found: set[str] = set()
        for quad in self.engine.quads_for_pattern(None, None, None, DEFAULT):
            found.add(str(quad.predicate))
            if isinstance(quad.object, ox.NamedNode):
                found.add(str(quad.object))
        return found

    def query(
        self, sparql: str, *, prefixes: Mapping[str, str], bind: Mapping[str, str] | None = None
    ) -> Any:
        """Run a query; `bind` gives terms, written as in N-Triples, to variables."""
        try:
            return self.engine.query(bound(sparql, bind or {}), prefixes=dict(prefixes))
        except (SyntaxError, ValueError) as error:
            raise QueryError(_plain(error), where="query") from error

    def to_rdflib(self, prefixes: Mapping[str, str]) -> rdflib.Graph:
        """Give the default graph as an `rdflib.Graph`, with the prefixes bound."""
        import rdflib

        graph = rdflib.Graph(bind_namespaces="none")
        for prefix, namespace in prefixes.items():
            graph.bind(prefix, namespace)
        graph.parse(data="\n".join(self.lines()), format="nt")
        return graph


def _plain(error: Exception) -> str:
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    return str(error).strip().split("\n")[0] or type(error).__name__


def _remedy(error: Exception) -> str:
    return "check that it holds the format its suffix names" if isinstance(error, SyntaxError) else ""
