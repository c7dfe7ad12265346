"""Which triples come from which document: a named graph per document, so that quad stores keep provenance."""

from __future__ import annotations

from collections.abc import Iterable

from kg.rdf.terms import TRUE, read_triple
from kg.vocab import GAF, PROV, RDF, Names


def by_document(lines: Iterable[str], names: Names) -> tuple[list[str], dict[str, list[str]]]:
    """Give the lines of the default graph, and those of each document under its IRI in angle brackets.

    A document has its own node, its sentences and statements, the facts that they assert and where in it
    its entities are spoken of. A fact that two documents assert is in both. What belongs to none, the
    entities' names and the vocabulary, is in the default graph.
    """
    triples = [(line, *read_triple(line)) for line in lines]
    home, asserted = _statements(triples, names)
    ours, denoted = f"<{names.doc}", f"<{GAF}denotedBy>"
    rest: list[str] = []
    graphs: dict[str, list[str]] = {}
    for line, subject, predicate, obj in triples:
        if subject.startswith(ours):
            places = {_document(subject)}
        elif predicate == denoted and obj.startswith(ours):
            places = {_document(obj)}
        elif subject in home:
            places = {home[subject]}
        else:
            places = asserted.get(line, set())
        for place in sorted(places):
            graphs.setdefault(place, []).append(line)
        if not places:
            rest.append(line)
    return rest, graphs


def _statements(
    triples: Iterable[tuple[str, str, str, str]], names: Names
) -> tuple[dict[str, str], dict[str, set[str]]]:
    """Give the document of each statement, and the documents that assert each fact, written as its line."""
    home: dict[str, str] = {}
    said: dict[str, dict[str, str]] = {}
    wanted = {f"<{RDF}{part}>": part for part in ("subject", "predicate", "object")}
    wanted[f"<{names.kg}asserted>"] = "asserted"
    derived, ours = f"<{PROV}wasDerivedFrom>", f"<{names.doc}"
    for _, subject, predicate, obj in triples:
        if predicate == derived and obj.startswith(ours):
            home[subject] = _document(obj)
        elif predicate in wanted:
            said.setdefault(subject, {})[wanted[predicate]] = obj
    asserted: dict[str, set[str]] = {}
    for statement, parts in said.items():
        if statement in home and parts.get("asserted") == TRUE and len(parts) == 4:
            fact = f"{parts['subject']} {parts['predicate']} {parts['object']} ."
            asserted.setdefault(fact, set()).add(home[statement])
    return home, asserted


def _document(node: str) -> str:
    iri = node.partition("#")[0]
    return iri if iri.endswith(">") else f"{iri}>"
