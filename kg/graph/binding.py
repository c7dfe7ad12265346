"""What stands for the variables of a query: values of Python, and names of entities, become terms."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from kg.errors import QueryError
from kg.iri import fold
from kg.model import Entity
from kg.nearest import did_you_mean
from kg.queries import SavedQuery
from kg.rdf.terms import Term, Written, literal, written
from kg.store.triples import TripleStore
from kg.vocab import Names

Bound = dict[str, str | list[str]]
NAMES = "SELECT DISTINCT ?e ?l WHERE { ?e a/a owl:Class ; rdfs:label|skos:altLabel ?l }"


def bound_terms(
    question: SavedQuery | None, bind: Mapping[str, Any], store: TripleStore, names: Names
) -> Bound:
    """Give the terms for the variables of a query; a saved query says which it takes and needs."""
    takes = {p.name: p for p in question.parameters} if question else {}
    if question:
        _check(question, bind)
    return {
        name: named(value, store, names)
        if name in takes and takes[name].entity and isinstance(value, str)
        else term(value, names)
        for name, value in bind.items()
    }


def _check(question: SavedQuery, bind: Mapping[str, Any]) -> None:
    takes = [p.name for p in question.parameters]
    for name in bind:
        if takes and name not in takes:
            remedy = did_you_mean(name, takes, otherwise=f"it takes {', '.join(takes)}")
            raise QueryError(f"the query {question.name} has no parameter {name}", remedy=remedy)
    missing = [p.name for p in question.parameters if p.required and p.name not in bind]
    if missing:
        what = f"the query {question.name} needs {' and '.join(missing)}"
        raise QueryError(what, remedy=f"give --bind {missing[0]}=…")


def named(name: str, store: TripleStore, names: Names) -> list[str]:
    """Give the nodes of a name, found by their labels alone, which costs less than reading all facts."""
    prefixes = names.prefixes()
    key = fold(name)
    nodes = (written(Term(name), prefixes), f"<{names.ent}{name}>")
    # One row at a time: in a large graph there are more than memory should hold.
    rows = ((str(row["e"]), row["l"].value) for row in store.each(NAMES, prefixes))
    found = {node for node, label in rows if node in nodes or fold(label) == key}
    if not found:
        remedy = did_you_mean(name, {row["l"].value for row in store.each(NAMES, prefixes)})
        raise QueryError(f"no entity is called {name!r}", remedy=remedy)
    return sorted(found)


def term(value: Any, names: Names) -> str:
    """Give a value as a term of N-Triples: an entity, a number, a date, a string, or a `Term` as written."""
    if isinstance(value, Entity):
        return f"<{names.ent}{value.id}>"
    if isinstance(value, Written):
        return str(value)
    if isinstance(value, Term):
        return written(value, names.prefixes())
    if isinstance(value, bool):
        return literal(str(value).lower(), datatype="boolean")
    if isinstance(value, int):
        return literal(str(value), datatype="integer")
    if isinstance(value, float):
        return literal(repr(value), datatype="double")
    if isinstance(value, dt.date):
        return literal(value.isoformat(), datatype="date")
    return literal(str(value))
