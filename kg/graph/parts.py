"""A part of a graph as triples: what is said of some things or in some documents, with its evidence."""

from __future__ import annotations

import itertools
from collections.abc import Collection, Iterable, Iterator

from kg.rdf.terms import Triple
from kg.vocab import OWL, PROV, RDF, Names

_SUBJECT, _PREDICATE, _OBJECT = (f"<{RDF}{part}>" for part in ("subject", "predicate", "object"))
_TYPE, _ONTOLOGY = f"<{RDF}type>", f"<{OWL}Ontology>"
_FROM = f"<{PROV}wasDerivedFrom>"
Said = dict[str, list[str]]


def part_of(
    triples: Iterable[Triple],
    names: Names,
    *,
    entities: Collection[str] | None = None,
    documents: Collection[str] | None = None,
) -> Iterator[Triple]:
    """Give the triples of the part in which entities and documents, by id, take part.

    A statement stays if each of its ends is among the entities (a value always is) and its sentence in one of
    the documents; None is any. With it stay its triple, its sentence, the document of that, what it is about,
    and their vocabulary. A triple that is stated stays only while one of its statements does.
    """
    whole = _Whole(triples, names)
    wanted = None if entities is None else {f"<{names.ent}{id}>" for id in entities}
    sources = None if documents is None else {f"<{names.doc}{id}>" for id in documents}
    kept = {s for s, said in whole.statements.items() if _stays(said, wanted, sources)}
    return whole.part(kept, whole.reached(kept) | (wanted or sources or set()))


class _Whole:
    """All triples by subject, and which of them are statements."""

    def __init__(self, triples: Iterable[Triple], names: Names) -> None:
        self.names, self.ours = names, (names.ent, names.doc, names.st)
        self.subjects: dict[str, Said] = {}
        for s, p, o in triples:
            self.subjects.setdefault(s, {}).setdefault(p, []).append(o)
        self.statements = {s: said for s, said in self.subjects.items() if s.startswith(names.st, 1)}

    def reached(self, kept: set[str]) -> set[str]:
        """Give statements with all that they point at, and the documents and mentions of that."""
        pointed = {o for s in kept for objects in self.subjects[s].values() for o in objects}
        places = {o for o in pointed if o.startswith(self.names.doc, 1)}
        entities = {o for o in pointed if o.startswith(self.names.ent, 1)}
        documents = {_document(place) for place in places}
        told = (o for e in entities for objects in self.subjects.get(e, {}).values() for o in objects)
        mentions = {o for o in told if o.startswith(self.names.doc, 1) and _document(o) in documents}
        return kept | places | entities | documents | mentions

    def part(self, kept: set[str], reached: set[str]) -> Iterator[Triple]:
        """Give the triples of nodes and of the words they are told with; stated ones if they still are."""
        lost = {t for said in self.statements.values() for t in _stated(said)}
        lost -= {t for s in kept for t in _stated(self.statements[s])}

        def of(node: str) -> list[Triple]:
            told = ((node, p, o) for p, objects in self.subjects.get(node, {}).items() for o in objects)
            return [t for t in told if t not in lost and self._is_there(t[2], reached)]

        chosen = {node: of(node) for node in reached}
        waiting = [*chosen]
        for node in waiting:
            words = self._words({term for triple in chosen[node] for term in triple[1:]} - set(chosen))
            chosen |= {word: of(word) for word in words}
            waiting += words
        if chosen:
            ontologies = (s for s, said in self.subjects.items() if _ONTOLOGY in said.get(_TYPE, ()))
            chosen |= {s: of(s) for s in ontologies}
        return itertools.chain.from_iterable(chosen.values())

    def _words(self, terms: set[str]) -> list[str]:
        return [t for t in sorted(terms) if t in self.subjects and not t.startswith(self.ours, 1)]

    def _is_there(self, end: str, reached: set[str]) -> bool:
        return end in reached or end not in self.subjects or not end.startswith(self.ours, 1)


def _stays(said: Said, entities: set[str] | None, documents: set[str] | None) -> bool:
    ends = [*said.get(_SUBJECT, ()), *(o for o in said.get(_OBJECT, ()) if o[0] != '"')]
    if entities is not None and not entities.issuperset(ends):
        return False
    return documents is None or any(_document(o) in documents for o in said.get(_FROM, ()))


def _stated(said: Said) -> Iterator[Triple]:
    parts = (said.get(name, ()) for name in (_SUBJECT, _PREDICATE, _OBJECT))
    return itertools.product(*parts)  # type: ignore[return-value]


def _document(place: str) -> str:
    """Give the document of a place in it."""
    return f"<{place[1:-1].partition('#')[0]}>"
