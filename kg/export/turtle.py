"""Turtle that a person can read: prefixes, documents, entities with their facts, statements by sentence."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from kg.rdf import read_triple
from kg.vocab import RDF, RDFS, SKOS, XSD, Names

# What a local name may hold without an escape: PN_LOCAL of Turtle without its rarer parts.
_BASE = (
    "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d\u2070-\u218f"
    "\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_LOCAL = re.compile(rf"[{_BASE}_0-9](?:[{_BASE}_0-9.\-]*[{_BASE}_0-9\-])?")
_INTEGER = re.compile(r'"([+-]?[0-9]+)"')
_DECIMAL = re.compile(r'"([+-]?[0-9]*\.[0-9]+)"')
_FIRST = {
    f"<{RDF}type>": 0,
    f"<{RDFS}label>": 1,
    f"<{SKOS}altLabel>": 2,
    f"<{RDFS}comment>": 3,
    f"<{RDF}subject>": 4,
    f"<{RDF}predicate>": 5,
    f"<{RDF}object>": 6,
}


class Shortener:
    """Writes terms as Turtle does, with prefixes; remembers which prefixes it used."""

    def __init__(self, prefixes: dict[str, str]) -> None:
        self.used: set[str] = set()
        self._namespaces = sorted(((ns, p) for p, ns in prefixes.items()), key=lambda x: -len(x[0]))
        self._known: dict[str, str] = {
            f"<{RDF}type>": "a",
            f'"true"^^<{XSD}boolean>': "true",
            f'"false"^^<{XSD}boolean>': "false",
        }

    def __call__(self, term: str) -> str:
        if term[0] != "<" or "#char=" in term:
            return self._literal(term) if term[0] == '"' else self._known.get(term, term)
        found = self._known.get(term)
        if found is None:
            found = self._known[term] = self._shorten(term)
        return found

    def _shorten(self, term: str) -> str:
        iri = term[1:-1]
        for namespace, prefix in self._namespaces:
            if iri.startswith(namespace) and _LOCAL.fullmatch(iri, len(namespace)):
                self.used.add(prefix)
                return f"{prefix}:{iri[len(namespace) :]}"
        return term

    def _literal(self, term: str) -> str:
        if term[-1] != ">":
            return term
        if term in self._known:
            return self._known[term]
        lexical, _, datatype = term.rpartition("^^")
        if datatype == f"<{XSD}integer>" and (m := _INTEGER.fullmatch(lexical)):
            return m[1]
        if datatype == f"<{XSD}decimal>" and (m := _DECIMAL.fullmatch(lexical)):
            return m[1]
        return f"{lexical}^^{self(datatype)}"


def order(subject: str, names: Names) -> tuple[int, str, int, int, str]:
    """Give the place of a subject in the file: its section, then within it."""
    iri = subject[1:]
    if iri.startswith(names.doc):
        document, char, offsets = iri[:-1].partition("#char=")
        if not char:
            return 0, iri, 0, 0, ""
        start, _, end = offsets.partition(",")
        return 2, document, int(start), int(end), ""
    if iri.startswith(names.ent):
        return 1, iri, 0, 0, ""
    if iri.startswith((names.rel, names.kg)):
        return 3, iri, 0, 0, ""
    return 1, "~" + iri, 0, 0, ""


def turtle(lines: Iterable[str], names: Names) -> Iterator[str]:
    """Give the text of a Turtle file, in pieces, for lines of N-Triples in any order."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for line in lines:
        subject, predicate, obj = read_triple(line)
        groups.setdefault(subject, []).append((predicate, obj))
    short = Shortener(names.prefixes())
    bodies = [block(s, groups[s], short) for s in sorted(groups, key=_places(groups, names))]
    for prefix, namespace in names.prefixes().items():
        if prefix in short.used:
            yield f"@prefix {prefix}: <{namespace}> .\n"
    for body in bodies:
        yield "\n"
        yield body


def _places(
    groups: dict[str, list[tuple[str, str]]], names: Names
) -> Callable[[str], tuple[int, str, int, int, str]]:
    derived = "<http://www.w3.org/ns/prov#wasDerivedFrom>"

    def place(subject: str) -> tuple[int, str, int, int, str]:
        if subject.startswith(names.st, 1):
            for predicate, obj in groups[subject]:
                if predicate == derived and "#char=" in obj:
                    # A statement stands below the sentence that it was read from.
                    return (*order(obj, names)[:4], subject)
        return order(subject, names)

    return place


def block(subject: str, pairs: Iterable[tuple[str, str]], short: Shortener) -> str:
    """Write one subject with its predicates and objects."""
    by_predicate: dict[str, list[str]] = {}
    for predicate, obj in sorted(pairs):
        by_predicate.setdefault(predicate, []).append(short(obj))
    ordered = sorted(by_predicate, key=lambda p: (_FIRST.get(p, 9), p))
    body = " ;\n    ".join(f"{short(p)} {', '.join(by_predicate[p])}" for p in ordered)
    return f"{short(subject)} {body} .\n"
