"""Why a query finds nothing: which of its terms the graph does not hold, and what it holds in their place.

The query is taken as its algebra, so what is looked at is what must be there: not what is optional, nor what
is subtracted. Terms are compared as the engine compares them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pyoxigraph as ox

from kg.nearest import nearest
from kg.rdf.terms import Shortener, literal
from kg.store.sparql import bound
from kg.store.triples import DEFAULT, TripleStore, from_rdflib
from kg.vocab import RDF, XSD

_TYPE = ox.NamedNode(f"{RDF}type")
# So many values of a predicate tell of what kind they are, and how they are written.
SAMPLE = 10_000
_NUMBERS = frozenset(f"{XSD}{name}" for name in ("integer", "decimal", "double", "float"))
_DAY = re.compile(r"-?[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?")
# Parts of the algebra of which nothing has to be there.
_NOT_NEEDED = {"LeftJoin": ("p2", "expr"), "Minus": ("p2",), "Builtin_NOTEXISTS": ("graph",)}


def missing(
    store: TripleStore,
    sparql: str,
    *,
    prefixes: Mapping[str, str],
    bind: Mapping[str, str | Sequence[str]] | None = None,
) -> list[str]:
    """Say of each term of a query that the graph does not hold, which it holds that is nearest.

    A query that rdflib cannot read, or whose terms are all there, gives nothing.
    """
    from rdflib.plugins.sparql import prepareQuery

    try:
        tree = prepareQuery(bound(sparql, bind or {}), initNs=dict(prefixes)).algebra
    except Exception:  # pyparsing's and rdflib's own errors have no common root
        return []
    needs = _Needs()
    needs.walk(tree)
    return list(dict.fromkeys(_Search(store, prefixes, needs).notes()))


@dataclass(slots=True)
class _Needs:
    """What must be there for a query to find something."""

    triples: list[tuple[Any, Any, Any]] = field(default_factory=list)
    # Variable, operator, constant.
    compared: list[tuple[Any, str, Any]] = field(default_factory=list)
    graphs: list[Any] = field(default_factory=list)

    def walk(self, part: Any) -> None:
        """Take in a part of the algebra, and what it is made of."""
        if isinstance(part, (list, tuple, set)):
            for each in part:
                self.walk(each)
        if not isinstance(part, dict):
            return
        name = getattr(part, "name", "")
        if name == "BGP":
            self.triples += part["triples"]
        elif name == "Graph":
            self.graphs.append(part["term"])
        elif name == "RelationalExpression":
            self._compare(part["expr"], part["op"], part["other"])
        for key, value in part.items():
            if key not in _NOT_NEEDED.get(name, ()) and not key.startswith("_"):
                self.walk(value)

    def _compare(self, left: Any, operator: str, right: Any) -> None:
        import rdflib

        for other in right if isinstance(right, list) else [right]:
            for one, two in ((left, other), (other, left)):
                if isinstance(one, rdflib.Variable) and isinstance(two, rdflib.Literal):
                    self.compared.append((one, operator, from_rdflib(two)))


class _Search:
    """Looks for the terms of a query in a store."""

    def __init__(self, store: TripleStore, prefixes: Mapping[str, str], needs: _Needs) -> None:
        self.engine, self.named, self.needs = store.engine, store.graphs(), needs
        self.prefixes = prefixes
        self.short = Shortener(prefixes)

    def notes(self) -> Iterator[str]:
        for graph in self.needs.graphs:
            yield from self._graph(graph)
        for triple in self.needs.triples:
            yield from self._triple(*triple)
        for variable, operator, constant in self.needs.compared:
            yield from self._comparison(variable, operator, constant)

    def _graph(self, graph: Any) -> Iterator[str]:
        import rdflib

        if not self.named:
            yield "GRAPH asks named graphs, and none is loaded: leave GRAPH out, or load one by --named-graph"
        elif isinstance(graph, rdflib.URIRef) and str(graph) not in self.named:
            yield f"no graph <{graph}> is loaded{self._or(str(graph), self.named, plain=True)}"

    def _triple(self, subject: Any, predicate: Any, obj: Any) -> Iterator[str]:
        import rdflib

        for each in _iris(predicate):
            if not self._any(None, each, None):
                yield f"no triple has the predicate {self._shown(each)}{self._near(each, self._predicates())}"
        if isinstance(obj, rdflib.Literal):
            yield from self._literal(predicate, from_rdflib(obj))
        kind = isinstance(predicate, rdflib.URIRef) and str(predicate) == _TYPE.value
        for node in (subject, obj):
            if not isinstance(node, rdflib.URIRef):
                continue
            iri = ox.NamedNode(str(node))
            if kind and node is obj:
                if not self._any(None, _TYPE, iri):
                    yield f"nothing is of the class {self._shown(iri)}{self._near(iri, self._classes())}"
            elif not self._any(iri, None, None) and not self._any(None, None, iri):
                yield f"the graph has no {self._shown(iri)}{self._near(iri, self._nodes())}"

    def _literal(self, predicate: Any, wanted: Any) -> Iterator[str]:
        if self._any(None, None, wanted):
            return
        values = [v for v in self._values(_iris(predicate)) if isinstance(v, ox.Literal)]
        same = [str(v) for v in values if v.value == wanted.value]
        if same:
            yield f"no value is {self._shown(wanted)}; the graph has {' and '.join(sorted(set(same))[:3])}"
        elif values:
            yield f"no value is {self._shown(wanted)}{self._alike(wanted, values)}"

    def _comparison(self, variable: Any, operator: str, constant: Any) -> Iterator[str]:
        predicates = [iri for _, p, o in self.needs.triples if o == variable for iri in _iris(p)]
        values = [v for v in self._values(predicates) if isinstance(v, ox.Literal)]
        if not values:
            return
        if not any(_comparable(v, constant) for v in values):
            example = next((v for v in values if v.value == constant.value), min(values, key=str))
            yield (
                f"?{variable} {operator} {self._shown(constant)} compares values of different types; "
                f"the graph has {self._shown(example)}: {_remedy(variable, constant, example)}"
            )
        elif operator in ("=", "IN") and constant not in values and not _is_number(constant):
            yield f"no ?{variable} is {self._shown(constant)}{self._alike(constant, values)}"

    def _alike(self, wanted: ox.Literal, values: list[ox.Literal]) -> str:
        near = nearest(wanted.value, {v.value for v in values})
        return self._or_these(dict.fromkeys(str(v) for v in values if v.value in near))

    # What the graph holds.

    def _any(self, subject: Any, predicate: Any, obj: Any) -> bool:
        return next(self.engine.quads_for_pattern(subject, predicate, obj, None), None) is not None

    def _values(self, predicates: Iterable[ox.NamedNode]) -> list[Any]:
        found = []
        for predicate in predicates:
            for quad, _ in zip(
                self.engine.quads_for_pattern(None, predicate, None, DEFAULT), range(SAMPLE), strict=False
            ):
                found.append(quad.object)
        return found

    def _distinct(self, pattern: str) -> list[str]:
        rows: Any = self.engine.query(
            f"SELECT DISTINCT ?x WHERE {{ {pattern} }}", use_default_graph_as_union=True
        )
        return [row[0].value for row in rows if isinstance(row[0], ox.NamedNode)]

    def _predicates(self) -> list[str]:
        return self._distinct("?s ?x ?o")

    def _classes(self) -> list[str]:
        return self._distinct(f"?s <{_TYPE.value}> ?x")

    def _nodes(self) -> list[str]:
        statements, documents = (self.prefixes.get(prefix, "\0") for prefix in ("st", "doc"))
        return [iri for iri in self._distinct("?x ?p ?o") if not iri.startswith((statements, documents))]

    # How it is said.

    def _shown(self, term: Any) -> str:
        return self.short(str(term))

    def _near(self, iri: ox.NamedNode, known: list[str]) -> str:
        return self._or(iri.value, known)

    def _or(self, iri: str, known: Iterable[str], *, plain: bool = False) -> str:
        """Name what is near an IRI: those alike in their last part, of the same namespace before others."""
        space = _namespace(iri)
        locals_: dict[str, list[str]] = {}
        for each in sorted(known, key=lambda each: (_namespace(each) != space, each)):
            locals_.setdefault(each[len(_namespace(each)) :], []).append(each)
        found = [locals_[name][0] for name in nearest(iri[len(space) :], locals_)]
        return self._or_these(f"<{each}>" if plain else self.short(f"<{each}>") for each in found)

    def _or_these(self, found: Iterable[str]) -> str:
        shown = list(found)[:3]
        return f"; did you mean {' or '.join(shown)}?" if shown else ""


def _iris(predicate: Any) -> list[ox.NamedNode]:
    """Give the predicates that must be there: one, or those of a path that none can go without."""
    import rdflib
    from rdflib import paths

    if isinstance(predicate, rdflib.URIRef):
        return [ox.NamedNode(str(predicate))]
    if isinstance(predicate, paths.SequencePath):
        return [iri for part in predicate.args for iri in _iris(part)]
    if isinstance(predicate, paths.InvPath):
        return _iris(predicate.arg)
    if isinstance(predicate, paths.MulPath) and not predicate.zero:
        return _iris(predicate.path)
    return []


def _namespace(iri: str) -> str:
    return iri[: max(iri.rstrip("/#").rfind("#"), iri.rstrip("/#").rfind("/")) + 1]


def _is_number(term: Any) -> bool:
    return isinstance(term, ox.Literal) and term.datatype.value in _NUMBERS


def _comparable(value: ox.Literal, constant: ox.Literal) -> bool:
    """Whether SPARQL gives an answer to the comparison of two literals."""
    if _is_number(value) and _is_number(constant):
        return True
    return value.datatype == constant.datatype and (value.language or "") == (constant.language or "")


def _remedy(variable: Any, constant: ox.Literal, example: ox.Literal) -> str:
    """Say how a constant is written to be compared with what the graph has."""
    text, kind = constant.value, example.datatype.value
    if example.language:
        return f"compare with {literal(text, lang=example.language)}, or STR(?{variable})"
    if kind == f"{XSD}date" and _DAY.fullmatch(text):
        # A year or a month stands for its first day.
        return f'write "{text}{"-01-01"[len(text) - 4 :] if len(text) < 10 else ""}"^^xsd:date'
    if kind.startswith(XSD):
        return f'write "{text}"^^xsd:{kind.removeprefix(XSD)}'
    return f"compare with STR(?{variable})"


__all__ = ["missing"]
