"""Triples in a store that answers SPARQL: pyoxigraph inside, N-Triples strings at the door."""

from __future__ import annotations

import contextlib
import io
import itertools
import os
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from kg.errors import GraphError, QueryError
from kg.rdf.blank import blank_names, renamed
from kg.rdf.terms import Triple, read_literal, read_triple
from kg.store.answers import Answer
from kg.store.fence import fenced
from kg.store.guard import guard
from kg.store.masking import Masked, is_suspect, masked, refused
from kg.store.sparql import bound, check, mistake
from kg.vocab import RDF

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
# Up to here a file is read at once, which is faster; beyond, piece by piece.
LARGEST_AT_ONCE = 256 * 2**20
DEFAULT = ox.DefaultGraph()
GraphName = ox.DefaultGraph | ox.NamedNode | ox.BlankNode


class TripleStore:
    """A set of triples, in memory or, with a folder, on disk.

    What named graphs of a file hold is in the default graph too, so that a query sees one graph whatever
    the format. Triples that were added are kept as lines until something is asked of the engine: a graph
    that is only built and exported never needs it.
    """

    def __init__(self, folder: str | os.PathLike[str] | None = None) -> None:
        self._engine: ox.Store | None = None
        self._lines: list[str] = []
        self._sorted = True
        if folder is not None:
            try:
                self._engine = ox.Store(os.fspath(folder))
            except OSError as error:
                raise GraphError(str(error), where=str(folder)) from error

    @property
    def engine(self) -> ox.Store:
        """The engine, with all triples in it."""
        if self._engine is None:
            self._engine = ox.Store()
            if self._lines:
                data = "\n".join(self._lines).encode()
                self._lines = []
                self._engine.bulk_load(data, ox.RdfFormat.N_TRIPLES)
        return self._engine

    @property
    def large(self) -> bool:
        """Whether there are too many triples to hold them all in memory once more without need."""
        return False

    def to_write(self) -> ox.Store:
        """Give the engine to be added to."""
        return self.engine

    def __len__(self) -> int:
        if self._engine is None:
            return len(self.lines())
        return sum(1 for _ in self._engine.quads_for_pattern(None, None, None, DEFAULT))

    def add(self, triples: Iterable[Triple]) -> None:
        """Add triples written as in N-Triples."""
        self.add_written([f"{s} {p} {o} ." for s, p, o in triples])

    def add_written(self, lines: list[str]) -> None:
        """Add triples that are written already, as lines of canonical N-Triples without line ends."""
        if not lines:
            return
        if self._engine is None:
            self._lines += lines
            self._sorted = False
        else:
            self.to_write().bulk_load("\n".join(lines).encode(), ox.RdfFormat.N_TRIPLES)

    def add_lines(self, lines: bytes) -> None:
        """Add triples as lines of N-Triples."""
        if lines:
            self.to_write().bulk_load(lines, ox.RdfFormat.N_TRIPLES)

    def load(self, path: str | os.PathLike[str], *, graph: str | None = None) -> None:
        """Load a file by its suffix; what it holds is added, to the named graph if one is given."""
        path = Path(path)
        form = FORMATS.get(path.suffix.lower())
        if form is None and path.is_dir():
            inside = path / "graph.ttl"
            remedy = (
                f"did you mean {inside}?" if inside.is_file() else "kg add makes one; or name a graph file"
            )
            raise GraphError("a folder, and no store", where=str(path), remedy=remedy)
        if form is None:
            known = ", ".join(FORMATS)
            raise GraphError("cannot tell its format", where=str(path), remedy=f"use one of {known}")
        try:
            size = path.stat().st_size
            if form == ox.RdfFormat.RDF_XML and size > LARGEST_XML:
                what = f"RDF/XML of more than {LARGEST_XML // 2**20} MiB is not read"
                raise GraphError(what, where=str(path), remedy="turn it into Turtle or N-Triples first")
            base = path.resolve().as_uri()
            # In pieces: a store that has taken half of a broken file would be half a graph.
            fresh = ox.Store()
            if size <= LARGEST_AT_ONCE:
                data = path.read_bytes()
                guard(data, path)
                fresh.load(data, format=form, base_iri=base)
            else:
                fresh.bulk_load(path=str(path), format=form, base_iri=base)
        except (OSError, SyntaxError, ValueError) as error:
            raise GraphError(_plain(error), where=str(path), remedy=_remedy(error)) from error
        self._take(fresh, graph)

    def _take(self, fresh: ox.Store, graph: str | None) -> None:
        _expand_reifiers(fresh)
        if graph is not None:
            target = ox.NamedNode(graph)
            self.to_write().bulk_extend(ox.Quad(q.subject, q.predicate, q.object, target) for q in fresh)
            return
        named = list(fresh.named_graphs())
        if not named and self._engine is None and not self._lines:
            self._engine = fresh
            return
        self.to_write().bulk_extend(fresh)
        for name in named:
            quads = fresh.quads_for_pattern(None, None, None, name)
            self.engine.bulk_extend(ox.Quad(q.subject, q.predicate, q.object, DEFAULT) for q in quads)

    def lines(self) -> list[str]:
        """Give the triples of the default graph as sorted lines of N-Triples, without line ends.

        Blank nodes have names made of what is said of them, the same each time.
        """
        if self._engine is None:
            if not self._sorted:
                self._lines = sorted(set(self._lines))
                self._sorted = True
            return list(self._lines)
        found = self._dumped([DEFAULT])[0]
        found.sort()
        return found

    def pieces(self) -> Iterator[bytes] | None:
        """Give the triples as lines of N-Triples, a document at a time, where the store is `large`."""
        return None

    def subject_pieces(self) -> Iterator[bytes]:
        """Give the triples as lines of N-Triples, all of a subject's in one piece, where it is `large`."""
        return iter(())

    def each_line(self) -> Iterator[str]:
        """Give what `lines` gives, one at a time."""
        return iter(self.lines())

    def _dumped(self, graphs: Sequence[GraphName]) -> list[list[str]]:
        """Give the lines of some graphs; blank nodes bear the same names in all of them."""
        dumps = [self.engine.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=graph) or b"" for graph in graphs]
        found = [data.decode().removesuffix("\n").split("\n") if data else [] for data in dumps]
        # Most graphs have no blank node, and to look for one in bytes costs next to nothing.
        if any(b" _:" in data or b"\n_:" in data or data.startswith(b"_:") for data in dumps):
            others = [name for name in (DEFAULT, *self.engine.named_graphs()) if name not in graphs]
            rest = [self.engine.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=name) for name in others]
            every = {*itertools.chain(*found), *(b"".join(filter(None, rest)).decode().split("\n"))}
            names = blank_names(every)
            found = [[renamed(line, names) for line in lines] for lines in found]
        return found

    def graphs(self) -> list[str]:
        """Give the IRIs of the named graphs."""
        return [g.value for g in self.engine.named_graphs() if isinstance(g, ox.NamedNode)]

    def named_lines(self, *, but: Collection[str] = ()) -> dict[str, list[str]]:
        """Give the sorted lines of N-Triples of each named graph, by the graph's IRI in angle brackets.

        Those whose IRIs are `but` these are left out.
        """
        names = list(self.engine.named_graphs()) if self._engine is not None else []
        names = [name for name in names if str(name) not in but]
        return {
            str(name): sorted(lines) for name, lines in zip(names, self._dumped(names), strict=True) if lines
        }

    def about(self, node: str) -> dict[str, list[str]]:
        """Give what is said of a node: objects in order, by the IRIs of predicates."""
        found: dict[str, list[str]] = {}
        for quad in self.engine.quads_for_pattern(_term(node), None, None, DEFAULT):
            found.setdefault(quad.predicate.value, []).append(str(quad.object))
        return {predicate: sorted(found[predicate]) for predicate in sorted(found)}

    def matching(self, subject: str | None, predicate: str | None, obj: str | None) -> Iterator[Triple]:
        """Give the triples with these terms, written as in N-Triples; None is any."""
        terms = [None if term is None else _term(term) for term in (subject, predicate, obj)]
        s, p, o = terms
        for quad in self.engine.quads_for_pattern(s, p, o, DEFAULT):
            yield str(quad.subject), str(quad.predicate), str(quad.object)

    def each(self, sparql: str, prefixes: Mapping[str, str] | None = None) -> Iterator[Any]:
        """Give the rows of a query of our own, one at a time."""
        return iter(self.engine.query(sparql, prefixes=prefixes))  # type: ignore[arg-type]

    def triples(self) -> Iterator[Triple]:
        """Give the triples of the default graph in order, written as in N-Triples."""
        return map(read_triple, self.each_line())

    def query(
        self,
        sparql: str,
        *,
        prefixes: Mapping[str, str],
        bind: Mapping[str, str | Sequence[str]] | None = None,
        rows: int | None = None,
        base: str | None = None,
        dataset: tuple[list[str], list[str]] | None = None,
    ) -> Answer:
        """Run a query; `bind` gives variables terms as N-Triples writes them; `rows` is the most to give."""
        check(sparql, self.graphs)
        try:
            text = bound(sparql, bind or {})
            options = self._dataset(*dataset) if dataset else {}
            suspect = is_suspect(text)
            asked = masked(text, prefixes) if suspect else Masked(text)

            def ask() -> Answer:
                found = self.engine.query(asked.text, base_iri=base, prefixes=prefixes, **options)  # type: ignore[arg-type]
                return _answer(found, prefixes, rows, asked.names)

            return fenced(ask) if suspect else ask()
        except SyntaxError as error:
            raise mistake(sparql, prefixes, _plain(error)) from error
        except ValueError as error:
            raise QueryError(_plain(error), where="query") from error

    def _dataset(self, default: list[str], named: list[str]) -> dict[str, Any]:
        has = self.engine.contains_named_graph
        missing = [iri for iri in [*default, *named] if not has(ox.NamedNode(iri))]
        if missing:
            raise QueryError(f"no graph <{missing[0]}> is loaded", remedy="none is ever fetched")
        made = {name: [ox.NamedNode(iri) for iri in iris] for name, iris in (("d", default), ("n", named))}
        return {"default_graph": made["d"] or None, "named_graphs": made["n"] or None}

    def query_rdflib(
        self,
        sparql: str,
        *,
        prefixes: Mapping[str, str],
        bind: Mapping[str, str | Sequence[str]] | None = None,
        rows: int | None = None,
        base: str | None = None,
    ) -> Answer:
        """Run a query with rdflib's engine; slower, and a second opinion."""
        check(sparql)
        graph = self.to_rdflib(prefixes)

        def ask() -> Answer:
            from rdflib.plugins.sparql import prepareQuery

            query = prepareQuery(bound(sparql, bind or {}), initNs=dict(prefixes), base=base)
            _stays(query.algebra)
            return _rdflib_answer(graph.query(query), prefixes, rows)

        try:
            return fenced(ask)
        except QueryError:
            raise
        except Exception as error:  # pyparsing's and rdflib's own errors have no common root
            raise QueryError(_plain(error), where="query") from error

    def explain(
        self,
        sparql: str,
        *,
        prefixes: Mapping[str, str],
        bind: Mapping[str, str | Sequence[str]] | None = None,
    ) -> str:
        """Give the text of a query as it would be run, and its algebra."""
        check(sparql, self.graphs)
        text = bound(sparql, bind or {})
        from rdflib.plugins.sparql import algebra, parser

        try:
            tree = algebra.translateQuery(parser.parseQuery(text), initNs=dict(prefixes))
        except Exception as error:  # pyparsing's and rdflib's own errors have no common root
            raise QueryError(_plain(error), where="query") from error
        with contextlib.redirect_stdout(io.StringIO()) as out:
            algebra.pprintAlgebra(tree)
        lines = [line for line in out.getvalue().splitlines() if line.strip() and "_vars = " not in line]
        return "\n".join([text.strip(), "", "# algebra", *lines])

    def to_rdflib(self, prefixes: Mapping[str, str]) -> rdflib.Graph:
        """Give the default graph as an `rdflib.Graph`, with the prefixes bound."""
        import rdflib

        graph = rdflib.Graph(bind_namespaces="none")
        for prefix, namespace in prefixes.items():
            graph.bind(prefix, namespace)
        graph.parse(data="\n".join(self.lines()), format="nt")
        return graph


def _term(written: str) -> Any:
    if written[0] == "<":
        return ox.NamedNode(written[1:-1])
    if written[0] == "_":
        return ox.BlankNode(written[2:])
    found = read_literal(written)
    if found.lang:
        return ox.Literal(found.text, language=found.lang)
    return ox.Literal(found.text, datatype=ox.NamedNode(found.datatype))


def _stays(part: Any) -> None:
    """Refuse a query of rdflib's that would ask or fetch from elsewhere, by its parsed form."""
    name = getattr(part, "name", "")
    if name == "ServiceGraphPattern" or (name == "DatasetClause" and part):
        raise refused("SERVICE" if name == "ServiceGraphPattern" else "FROM")
    if isinstance(part, dict):
        for value in part.values():
            _stays(value)
    elif isinstance(part, (list, tuple, set)) and not isinstance(part, str):
        for value in part:
            _stays(value)


def _answer(
    found: Any, prefixes: Mapping[str, str], rows: int | None, names: Mapping[str, str] | None = None
) -> Answer:
    if isinstance(found, ox.QueryBoolean):
        return Answer("truth", truth=bool(found), prefixes=prefixes)
    if isinstance(found, ox.QueryTriples):
        lines = sorted({f"{t} ." for t in itertools.islice(found, None if rows is None else rows + 1)})
        return Answer(
            "graph", lines=lines[:rows], cut=rows is not None and len(lines) > rows, prefixes=prefixes
        )
    variables = tuple(v.value for v in found.variables)
    kept: list[Any] = list(itertools.islice(found, None if rows is None else rows + 1))
    if names:
        variables = tuple(names.get(v, v) for v in variables)
        places = {name: i for i, name in enumerate(variables)}
        kept = [_Row(tuple(row), places) for row in kept]
    cut = rows is not None and len(kept) > rows
    return Answer("rows", variables, kept[:rows], cut=cut, prefixes=prefixes)


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of terms, by variable name or by place, as the engine's own rows are."""

    terms: tuple[Any, ...]
    places: Mapping[str, int]

    def __repr__(self) -> str:
        return f"<Row {' '.join(f'{name}={self.terms[at]}' for name, at in self.places.items())}>"

    def __getitem__(self, key: str | int) -> Any:
        return self.terms[self.places[key] if isinstance(key, str) else key]

    def __iter__(self) -> Iterator[Any]:
        return iter(self.terms)


def portable(answer: Answer) -> Answer:
    """Give an answer whose rows can cross from one process to another; those of the engine cannot."""
    if answer.kind == "rows":
        places = {name: i for i, name in enumerate(answer.variables)}
        answer.rows = [_Row(tuple(row), places) for row in answer.rows]
    return answer


def _rdflib_answer(found: Any, prefixes: Mapping[str, str], rows: int | None) -> Answer:
    if found.type == "ASK":
        return Answer("truth", truth=bool(found.askAnswer), prefixes=prefixes)
    if found.type in ("CONSTRUCT", "DESCRIBE"):
        lines = sorted({f"{' '.join(str(from_rdflib(t)) for t in triple)} ." for triple in found})
        return Answer(
            "graph", lines=lines[:rows], cut=rows is not None and len(lines) > rows, prefixes=prefixes
        )
    variables = tuple(str(v) for v in found.vars)
    places = {name: i for i, name in enumerate(variables)}
    kept = [_Row(tuple(from_rdflib(t) for t in row), places) for row in found]
    cut = rows is not None and len(kept) > rows
    return Answer("rows", variables, kept[:rows], cut=cut, prefixes=prefixes)


def from_rdflib(term: Any) -> ox.NamedNode | ox.BlankNode | ox.Literal | None:
    import rdflib

    if term is None:
        return None
    if isinstance(term, rdflib.URIRef):
        return ox.NamedNode(str(term))
    if isinstance(term, rdflib.BNode):
        return ox.BlankNode(str(term))
    if term.language:
        return ox.Literal(str(term), language=term.language)
    return ox.Literal(str(term), datatype=ox.NamedNode(term.datatype) if term.datatype else None)


def rdf_xml(lines: Iterable[str], prefixes: Mapping[str, str]) -> str:
    """Write triples as RDF/XML, for clients that know nothing else."""
    data = "\n".join(lines).encode()
    try:
        quads = ox.parse(data, format=ox.RdfFormat.N_TRIPLES)
        written = ox.serialize(
            (q.triple for q in quads), format=ox.RdfFormat.RDF_XML, prefixes=dict(prefixes)
        )
    except (ValueError, OSError) as error:
        raise QueryError(f"RDF/XML cannot hold it: {_plain(error)}", remedy="ask for Turtle") from error
    return (written or b"").decode()


def _expand_reifiers(store: ox.Store) -> None:
    """Turn RDF 1.2 reifiers into statements with subject, predicate and object, as in all our graphs."""
    reifies = ox.NamedNode(f"{RDF}reifies")
    for quad in list(store.quads_for_pattern(None, reifies, None, None)):
        triple, graph = quad.object, quad.graph_name
        if isinstance(triple, ox.Triple):
            store.remove(quad)
            parts = {"subject": triple.subject, "predicate": triple.predicate, "object": triple.object}
            for name, part in parts.items():
                store.add(ox.Quad(quad.subject, ox.NamedNode(f"{RDF}{name}"), part, graph))


def _plain(error: Exception) -> str:
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    return str(error).strip().split("\n")[0] or type(error).__name__


def _remedy(error: Exception) -> str:
    return "check that it holds the format its suffix names" if isinstance(error, SyntaxError) else ""
