"""The records of a graph that is too large to be read whole: each is read when it is asked for.

What is given is the same, in the same order, as `kg.graph.records` gives for the same triples.
"""

from __future__ import annotations

import contextlib
import functools
import itertools
import json
import operator
import sqlite3
import tempfile
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.graph.records import Properties, Records, Sentence, fact_order
from kg.iri import fold, relation_words
from kg.model import Document, Entity, Evidence, Fact, text_of
from kg.rdf.ontology import LABEL, TYPE
from kg.rdf.terms import read_literal, read_triple
from kg.store.triples import TripleStore
from kg.vocab import NIF, PROV, RDF, SKOS, Names

# So many subjects are remembered.
REMEMBERED = 20_000
_SUBJECT, _PREDICATE, _OBJECT = (f"<{RDF}{part}>" for part in ("subject", "predicate", "object"))
# What one statement says of its fact, in the tables by which facts are put in order.
_TABLES = "CREATE TABLE stated (node TEXT, key TEXT, place TEXT, said TEXT, evidence TEXT)"
_ORDERED = """SELECT first, key, said, evidence FROM stated
    JOIN (SELECT key, min(place) AS first FROM stated GROUP BY key) USING (key) ORDER BY first, key, node"""


class _Subjects:
    """What is said of each subject, as a dict of all of them would give it."""

    def __init__(self, store: TripleStore) -> None:
        self._about = functools.lru_cache(REMEMBERED)(store.about)

    def get(self, node: str, default: Properties | None = None, /) -> Properties:
        """Give what is said of a subject."""
        return self._about(node) or default or {}

    def __getitem__(self, node: str) -> Properties:
        return self._about(node)


class StoredRecords(Records):
    """Entities, facts and documents of a graph that kg made, read as they are asked for."""

    def __init__(self, store: TripleStore, names: Names, *, lang: str = "en") -> None:
        self.store, self.names, self.lang = store, names, lang.lower()
        self.foreign = False
        self._superclasses = {}
        self._entities = {}
        self._subjects = _Subjects(store)  # type: ignore[assignment]
        near = f"<{names.kg}nearDuplicateOf>"
        self.copies = {self._doc_id(s): self._doc_id(o) for s, _, o in store.matching(None, near, None)}
        self._found: dict[str, list[Entity]] = {}

    def _entity(self, node: str) -> Entity:
        if len(self._entities) > REMEMBERED:
            self._entities.clear()
        return super()._entity(node)

    @property
    def entities(self) -> tuple[Entity, ...]:  # type: ignore[override]
        """All entities, by label."""
        return tuple(sorted(map(self._entity, self._nodes_of()), key=lambda e: (fold(e.label), e.id)))

    def names_borne(self) -> Iterator[tuple[str, str]]:
        """Give all labels and aliases, each with the node of who bears it."""
        for predicate in (LABEL, f"<{SKOS}altLabel>"):
            for node, _, written in self.store.matching(None, predicate, None):
                if node.startswith(self.names.ent, 1):
                    yield read_literal(written).text, node

    def foremost(self, kinds: Collection[str] | None = None) -> Iterator[Entity]:
        """Give the entities, of some classes or of all, by how much the texts are about them."""
        found = self.store.matching(None, f"<{self.names.kg}salience>", None)
        worth = {node: float(read_literal(value).text) for node, _, value in found}
        nodes = self._nodes_of(kinds)
        for node in sorted(nodes, key=lambda node: (-worth.get(node, 0.0), node[1:-1])):
            yield self._entity(node)

    def _nodes_of(self, kinds: Collection[str] | None = None) -> set[str]:
        """Give the nodes of entities, of some classes of ours or of all."""
        classes = [None] if kinds is None else [f"<{self.names.kg}{kind}>" for kind in kinds]
        found = (s for each in classes for s, _, _ in self.store.matching(None, TYPE, each))
        return {node for node in found if node.startswith(self.names.ent, 1)}

    @functools.cached_property
    def documents(self) -> tuple[Document, ...]:  # type: ignore[override]
        """All documents, by id."""
        nodes = sorted(s for s, _, _ in self.store.matching(None, TYPE, f"<{NIF}Context>"))
        return tuple(self._document(node) for node in nodes)

    @property
    def facts(self) -> list[Fact]:  # type: ignore[override]
        """All facts, in order."""
        return list(self.each_fact())

    def each_entity(self) -> Iterator[Entity]:
        """Give all entities, one at a time, in the order of the store."""
        ours = self.names.ent
        return (
            self._entity(s) for s, _, _ in self.store.matching(None, LABEL, None) if s.startswith(ours, 1)
        )

    def each_sentence(self) -> Iterator[Sentence]:
        """Give the sentences that something was read from, in the order of the store."""
        return (self.sentence_at(s) for s, _, _ in self.store.matching(None, TYPE, f"<{NIF}Sentence>"))

    def facts_of_sentences(self, sentences: Iterable[Sentence]) -> dict[str, list[Fact]]:
        """Give the facts that were read from each of some sentences, by the sentences' nodes."""
        derived = f"<{PROV}wasDerivedFrom>"
        return {
            each.node: self._stated(s for s, _, _ in self.store.matching(None, derived, each.node))
            for each in sentences
        }

    def find(self, name: str) -> list[Entity]:
        """Give all entities of that label, alias or id, or else those of whose name it is a part."""
        if name not in self._found:
            self._found[name] = self._find(name)
        return self._found[name]

    def _find(self, name: str) -> list[Entity]:
        key = fold(name)
        named, in_part = set[str](), set[str]()
        ours = self.names.ent
        for predicate in (LABEL, f"<{SKOS}altLabel>"):
            for node, _, written in self.store.matching(None, predicate, None):
                if not node.startswith(ours, 1):
                    continue
                folded = fold(read_literal(written).text)
                if key in (folded, fold(node[1:-1].removeprefix(ours))):
                    named.add(node)
                elif predicate == LABEL and key in folded.split():
                    in_part.add(node)
        found = [self._entity(node) for node in named] or [
            e for e in map(self._entity, in_part) if e.type == "Person" and e.label[:1].isupper()
        ]
        degrees = {e.id: self._degree(e) for e in found} if len(found) > 1 else Counter[str]()
        return sorted(found, key=lambda e: (fold(e.label) != key, -degrees[e.id], e.id))

    def _degree(self, entity: Entity) -> int:
        ends = (end for fact in self.facts_of([entity], ()) for end in (fact.subject, fact.object))
        return sum(isinstance(end, Entity) and end.id == entity.id for end in ends)

    # Facts by what they are of.

    def facts_of(self, ends: Iterable[Entity], texts: Iterable[str]) -> list[Fact]:
        """Give the facts that have one of these entities, or a literal with one of these texts, as an end."""
        nodes = [f"<{self.names.ent}{entity.id}>" for entity in ends]
        wanted = [(part, node) for node in nodes for part in (_SUBJECT, _OBJECT)]
        folded = {fold(text) for text in texts}
        literals = self._literals() if folded else ()
        wanted += [(_OBJECT, written) for written in literals if self._text(written) in folded]
        return self._stated(s for part, node in wanted for s, _, _ in self.store.matching(None, part, node))

    def facts_from(self, nodes: Iterable[str]) -> list[Fact]:
        """Give the facts whose subject is one of these nodes."""
        return self._stated(s for node in nodes for s, _, _ in self.store.matching(None, _SUBJECT, node))

    def facts_of_kinds(self, kinds: Collection[str]) -> list[Fact]:
        """Give the facts whose subject is of one of these classes."""
        return [fact for fact in self.facts_from(self._nodes_of(kinds)) if fact.subject.type in kinds]

    def links(self) -> Iterator[tuple[str, str, bool]]:
        """Give the ids of both ends of each statement between things, and whether it is asserted."""
        said = {s: o for s, _, o in self.store.matching(None, _OBJECT, None) if o[0] != '"'}
        asserted = {
            s for s, _, o in self.store.matching(None, f"<{self.names.kg}asserted>", None) if _true(o)
        }
        for node, _, subject in self.store.matching(None, _SUBJECT, None):
            if node in said:
                yield self._local(subject), self._local(said[node]), node in asserted

    def _local(self, node: str) -> str:
        return node[1:-1].removeprefix(self.names.ent)

    def _text(self, written: str) -> str:
        end = self._object(written, {})
        return "" if end is None or isinstance(end, Entity) else fold(text_of(end))

    def _literals(self) -> Iterator[str]:
        rows = self.store.each(f"SELECT DISTINCT ?o WHERE {{ ?s {_OBJECT} ?o FILTER(isLiteral(?o)) }}")
        return (str(row[0]) for row in rows)

    def facts_in(self, relation: str) -> list[Fact]:
        """Give the facts of a relation, by its name or words."""
        name = relation_words(relation)
        known = self.store.each(f"SELECT DISTINCT ?p WHERE {{ ?statement {_PREDICATE} ?p }}")
        wanted = [p for p in (str(row[0]) for row in known) if relation_words(self._relation(p)) == name]
        return self._stated(s for p in wanted for s, _, _ in self.store.matching(None, _PREDICATE, p))

    def _stated(self, statements: Iterable[str]) -> list[Fact]:
        """Give the facts of statements, which are all that there are of each fact."""
        grouped: dict[tuple[Any, ...], list[tuple[str, Properties]]] = {}
        kind = f"<{self.names.kg}Statement>"
        for node in sorted(set(statements)):
            props = self._subjects.get(node, {})
            if kind in props.get(TYPE[1:-1], ()):
                grouped.setdefault(self._fact_key(props), []).append((node, props))
        facts = (self._fact(key, group) for key, group in grouped.items())
        return sorted((fact for fact in facts if fact), key=fact_order)

    # All facts, in order, with the tables that tell the order on disk.

    def each_fact(self) -> Iterator[Fact]:
        """Give all facts in order, one at a time."""
        with tempfile.TemporaryDirectory(prefix="kg-facts-") as folder:
            database = sqlite3.connect(Path(folder, "facts"))
            with contextlib.closing(database):
                database.execute("PRAGMA synchronous = OFF")
                database.execute("PRAGMA journal_mode = OFF")
                database.execute(_TABLES)
                database.executemany("INSERT INTO stated VALUES (?, ?, ?, ?, ?)", self._statements())
                yield from self._in_order(database.execute(_ORDERED))

    def _statements(self) -> Iterator[tuple[str, ...]]:
        """Give what each statement says: the key of its fact, where it stands, qualifiers, evidence."""
        kg = self.names.kg
        kind = f"<{kg}Statement>"
        ours = ("unit", "comparator", "lower", "upper", "timeText", "saying", "verdict")
        wanted = [f"{kg}{name}" for name in ours]
        wanted.append(self.names.expand("sem:hasPlace"))
        for subjects in self._pieces():
            part = _Piece(self, subjects)
            for node, props in subjects.items():
                if kind in props.get(TYPE[1:-1], ()):
                    said = {name: props[name] for name in wanted if name in props}
                    found = part._evidence(props)
                    place = f"{found.doc_id}\0{found.start:015}\0{found.end:015}" if found else ""
                    evidence = json.dumps(found.to_dict()) if found else ""
                    yield node, json.dumps(self._fact_key(props)), place, json.dumps(said), evidence

    def _pieces(self) -> Iterator[dict[str, Properties]]:
        for piece in self.store.subject_pieces():
            subjects: dict[str, Properties] = {}
            for line in sorted(piece.decode().split("\n")):
                if line:
                    s, p, o = read_triple(line)
                    subjects.setdefault(s, {}).setdefault(p[1:-1], []).append(o)
            yield subjects

    def _in_order(self, rows: Iterable[tuple[str, ...]]) -> Iterator[Fact]:
        for _, together in itertools.groupby(rows, key=operator.itemgetter(0)):
            facts: list[Fact] = []
            for key, group in itertools.groupby(together, key=operator.itemgetter(1)):
                said, evidence = zip(*((json.loads(r[2]), r[3]) for r in group), strict=True)
                read = [Evidence.from_dict(json.loads(each)) for each in evidence if each]
                statements = [("", props) for props in said]
                if fact := self._fact(tuple(json.loads(key)), statements, read):
                    facts.append(fact)
            yield from sorted(facts, key=fact_order)


def _true(written: str) -> bool:
    return read_literal(written).text in ("true", "1")


class _Piece(Records):
    """Reads the evidence of statements in a piece of the graph, where their sentences are."""

    def __init__(self, whole: StoredRecords, subjects: dict[str, Properties]) -> None:
        self.names, self.copies = whole.names, whole.copies
        self._subjects = _Near(subjects, whole._subjects)  # type: ignore[assignment]


@dataclass(frozen=True, slots=True)
class _Near:
    """What is said of a subject here, or else in the whole graph."""

    here: dict[str, Properties]
    whole: dict[str, Properties]

    def get(self, node: str, default: Properties | None = None) -> Properties:
        return self.here.get(node) or self.whole.get(node, default or {})
