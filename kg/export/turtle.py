"""Turtle that a person can read: prefixes, documents, entities with their facts, statements by sentence."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from kg.ontology import TYPE
from kg.terms import Shortener, read_triple
from kg.vocab import RDF, RDFS, SKOS, Names

_FIRST = {
    TYPE: 0,
    f"<{RDFS}label>": 1,
    f"<{SKOS}altLabel>": 2,
    f"<{RDFS}comment>": 3,
    f"<{RDF}subject>": 4,
    f"<{RDF}predicate>": 5,
    f"<{RDF}object>": 6,
}


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
    short = Shortener(names.prefixes())
    bodies = list(_bodies(lines, names, short))
    yield from _prefixes(names, short)
    for body in bodies:
        yield "\n"
        yield body


def trig(lines: Iterable[str], graphs: Mapping[str, Iterable[str]], names: Names) -> Iterator[str]:
    """Give the text of a TriG file: lines of the default graph, then each graph by its name."""
    short = Shortener(names.prefixes())
    bodies = list(_bodies(lines, names, short))
    for name in sorted(graphs):
        inner = "\n".join(_bodies(graphs[name], names, short))
        bodies.append(f"{short(name)} {{\n{_indented(inner)}}}\n")
    yield from _prefixes(names, short)
    for body in bodies:
        yield "\n"
        yield body


def _prefixes(names: Names, short: Shortener) -> Iterator[str]:
    for prefix, namespace in names.prefixes().items():
        if prefix in short.used:
            yield f"@prefix {prefix}: <{namespace}> .\n"


def _indented(text: str) -> str:
    return "".join(f"    {line}\n" if line else "\n" for line in text.split("\n")[:-1])


def _bodies(lines: Iterable[str], names: Names, short: Shortener) -> Iterator[str]:
    groups: dict[str, list[tuple[str, str]]] = {}
    for line in lines:
        subject, predicate, obj = read_triple(line)
        groups.setdefault(subject, []).append((predicate, obj))
    for subject in sorted(groups, key=_places(groups, names)):
        yield block(subject, groups[subject], short)


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
    body = " ;\n    ".join(f"{'a' if p == TYPE else short(p)} {', '.join(by_predicate[p])}" for p in ordered)
    return f"{short(subject)} {body} .\n"
