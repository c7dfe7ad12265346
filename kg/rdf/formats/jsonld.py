"""JSON-LD: the nodes of a graph in order, with a context that gives every property a plain name."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from kg.rdf.formats.turtle import order
from kg.rdf.terms import Shortener, read_literal, read_triple
from kg.vocab import RDF, XSD, Names, context

# Past this the memory of how terms are written starts anew.
TERMS_IN_MEMORY = 200_000
_NATIVE = {f"{XSD}boolean": {"true": True, "false": False}}


def jsonld(lines: Iterable[str], names: Names) -> Iterator[str]:
    """Give the text of a JSON-LD file, a node a line, for lines of N-Triples in any order."""
    nodes: dict[str, list[tuple[str, str]]] = {}
    for line in lines:
        subject, predicate, obj = read_triple(line)
        nodes.setdefault(subject, []).append((predicate, obj))
    yield from document(((s, nodes[s]) for s in sorted(nodes, key=lambda s: order(s, names))), names)


def document(nodes: Iterable[tuple[str, list[tuple[str, str]]]], names: Names) -> Iterator[str]:
    """Give the text of a file of nodes, each with its predicates and objects, in the order that they have."""
    writer = _Writer(names)
    head = json.dumps(context(names), ensure_ascii=False, indent=1)
    yield f'{{"@context": {head},\n"@graph": [\n'
    end = ""
    for subject, pairs in nodes:
        yield end + json.dumps(writer.node(subject, pairs), ensure_ascii=False)
        end = ",\n"
        if len(writer.short) > TERMS_IN_MEMORY:
            writer.short.forget()
    yield ("\n" if end else "") + "]}\n"


class _Writer:
    def __init__(self, names: Names) -> None:
        self.names = names
        self.short = Shortener(names.prefixes())
        self.terms = context(names)
        self.by_iri = {
            f"<{names.expand(row['@id'])}>": (term, row.get("@type"))
            for term, row in self.terms.items()
            if isinstance(row, dict)
        }

    def node(self, subject: str, pairs: Iterable[tuple[str, str]]) -> dict[str, Any]:
        found: dict[str, list[Any]] = {}
        for predicate, obj in sorted(pairs):
            if predicate == f"<{RDF}type>":
                found.setdefault("@type", []).append(self._id(obj))
                continue
            term, kind = self.by_iri.get(predicate, (self._id(predicate), None))
            found.setdefault(term, []).append(self._value(obj, kind))
        return {"@id": self._id(subject)} | {k: v[0] if len(v) == 1 else v for k, v in found.items()}

    def _id(self, node: str) -> str:
        short = self.short(node)
        return short[1:-1] if short[0] == "<" else short

    def _value(self, written: str, kind: str | None) -> Any:
        if written[0] != '"':
            node = self._id(written)
            return node if kind == "@id" else {"@id": node}
        found = read_literal(written)
        if found.lang:
            return {"@value": found.text, "@language": found.lang}
        if found.datatype == f"{XSD}string":
            return found.text if kind is None else {"@value": found.text}
        if found.datatype in _NATIVE and found.text in _NATIVE[found.datatype]:
            return _NATIVE[found.datatype][found.text]
        if found.datatype == f"{XSD}integer" and kind is None and str(_int(found.text)) == found.text:
            return int(found.text)
        if kind and self.names.expand(kind) == found.datatype:
            return found.text
        return {"@value": found.text, "@type": self._id(f"<{found.datatype}>")}


def _int(text: str) -> int | None:
    # Numbers beyond 2**53 do not survive JSON.
    return int(text) if text.lstrip("-").isdigit() and len(text) <= 15 else None
