"""RDF 1.2 Turtle: a statement reifies its triple instead of naming its three parts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.rdf.formats.turtle import turtle
from kg.rdf.terms import read_triple
from kg.vocab import RDF, Names

SUFFIX = ".rdf12.ttl"
REIFIES = f"<{RDF}reifies>"
PARTS = {f"<{RDF}subject>": 0, f"<{RDF}predicate>": 1, f"<{RDF}object>": 2}


def turtle12(lines: Iterable[str], names: Names) -> Iterator[str]:
    """Give the text of an RDF 1.2 Turtle file, in pieces, for lines of N-Triples."""
    return turtle(reified(lines), names)


def reified(lines: Iterable[str]) -> Iterator[str]:
    """Turn standard reification into triple terms."""
    parts: dict[str, dict[int, str]] = {}
    for line in lines:
        subject, predicate, obj = read_triple(line)
        if predicate in PARTS:
            parts.setdefault(subject, {})[PARTS[predicate]] = obj
        else:
            yield line
    for statement, (found) in parts.items():
        if len(found) == 3:
            yield f"{statement} {REIFIES} <<( {found[0]} {found[1]} {found[2]} )>> ."
        else:
            back = {number: predicate for predicate, number in PARTS.items()}
            yield from (f"{statement} {back[i]} {obj} ." for i, obj in found.items())
