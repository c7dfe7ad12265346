"""A graph as it is read: entities, facts with their evidence, queries, and the terms of other libraries."""

from __future__ import annotations

import datetime as dt
import heapq
import itertools
import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Self

from kg.config import RdfConfig
from kg.counts import count
from kg.errors import GraphError, QueryError, UnknownName
from kg.graph import paths
from kg.graph.binding import Bound, bound_terms
from kg.graph.copies import Sketched, copies, copy_triples
from kg.graph.counting import Counts, counted
from kg.graph.describing import Described, describe
from kg.graph.frames import Frames, frames
from kg.graph.network import network
from kg.graph.parts import part_of
from kg.graph.records import Records, Sentence
from kg.graph.search import Match, search
from kg.graph.stored import StoredRecords
from kg.iri import fold, relation_words
from kg.model import Document, Entity, Event, Extraction, Fact, Value, text_of
from kg.nearest import did_you_mean
from kg.queries import SavedQuery
from kg.queries import saved as questions
from kg.rdf.mapping import Links, Reviews, shared_triples
from kg.rdf.ontology import terms_used, vocabulary_triples
from kg.rdf.salience import event_classes, salience_triples
from kg.rdf.terms import read_literal
from kg.salience import totalled
from kg.store.answers import Answer
from kg.store.limits import limited
from kg.store.missing import missing
from kg.store.triples import TripleStore, portable
from kg.vocab import OWL, RDF, Names, narrower
from kg.vocab import terms as vocabulary

if TYPE_CHECKING:
    import networkx
    import rdflib


class GraphView:
    """A graph of entities and facts, each fact with the sentences it was read from; what all readers need."""

    def __init__(
        self, store: TripleStore | None = None, *, base: str | None = None, lang: str = "en"
    ) -> None:
        self.store = TripleStore() if store is None else store
        self.names = Names(base or _base_of(self.store) or RdfConfig().base)
        # The language that things are called in, where a graph has labels in several.
        self.lang = lang
        self._records: Records | None = None
        # The documents' texts by id, where they are at hand; what is saved holds the cited sentences only.
        self.texts: dict[str, str] = {}
        # The folder of the store that it is the graph of and the state of that, as long as it is just that:
        # what is computed of the graph may be kept there.
        self.kept_at: tuple[Path, str] | None = None

    @classmethod
    def from_records(
        cls,
        documents: Iterable[Document],
        extractions: Iterable[Extraction],
        resolution: Links,
        *,
        config: RdfConfig | None = None,
        reviews: Reviews | None = None,
        reviewed: set[str] | None = None,
    ) -> Self:
        """Map documents with their extractions and entity links, and assemble the graph.

        Facts stand as `reviews` say; the keys of those that are about a fact go into `reviewed`.
        """
        config = config or RdfConfig()
        pairs = zip(documents, extractions, strict=True)
        described = (describe(d, e, resolution, config, reviews) for d, e in pairs)
        return cls.from_described(described, resolution, config=config, reviewed=reviewed)

    @classmethod
    def from_described(
        cls,
        described: Iterable[Described],
        resolution: Links,
        *,
        config: RdfConfig,
        reviewed: set[str] | None = None,
    ) -> Self:
        """Assemble what documents give to a graph, in any order, with what no single one says."""
        graph = cls(base=config.base)
        used: set[int] = set()
        terms: set[str] = set()
        sketched: list[Sketched] = []
        gained: dict[str, dict[str, int]] = {}
        for each in described:
            used |= each.entities
            if reviewed is not None:
                reviewed |= each.reviewed
            terms |= each.terms
            graph.store.add_written(each.lines.split("\n"))
            gained[each.id] = each.gained
            graph.texts[each.id] = each.text
            sketched.append(each.sketched)
        shared = list(shared_triples(resolution, used, config))
        pairs = [*copies(sketched)]
        shared += copy_triples(pairs, config.base)
        # What a near copy says was said before.
        for copy, _ in pairs:
            del gained[copy]
        named = (resolution.entities[i] for i in used)
        shared += salience_triples(totalled(gained.values()), named, graph.names)
        graph.store.add(shared)
        graph.store.add(vocabulary_triples(terms | terms_used(shared, graph.names), config))
        return graph

    @classmethod
    def from_fragments(
        cls, fragments: Iterable[bytes], terms: Iterable[str], *, config: RdfConfig | None = None
    ) -> Self:
        """Assemble lines of N-Triples: the triples of documents and `shared_triples`.

        `terms` is what `terms_used` gives for them.
        """
        config = config or RdfConfig()
        graph = cls(base=config.base)
        for fragment in fragments:
            graph.store.add_lines(fragment)
        used = set(terms)
        if used:
            graph.store.add(vocabulary_triples(used, config))
        return graph

    @classmethod
    def from_file(cls, path: str | os.PathLike[str], *, base: str | None = None, lang: str = "en") -> Self:
        """Read a graph from a file, by its suffix; of labels in several languages `lang` is wanted."""
        path = Path(path)
        if not path.exists():
            raise GraphError("no such file", where=str(path))
        store = TripleStore()
        store.load(path)
        return cls(store, base=base, lang=lang)

    # What is in it.

    @property
    def entities(self) -> tuple[Entity, ...]:
        """All entities, by label."""
        return self._read().entities

    def each_entity(self) -> Iterator[Entity]:
        """Give all entities, one at a time: of a large store on disk they take no memory so."""
        return self._read().each_entity()

    def each_sentence(self) -> Iterator[Sentence]:
        """Give the sentences that something was read from, one at a time."""
        return self._read().each_sentence()

    def sentences(self, nodes: Iterable[str]) -> dict[str, Sentence]:
        """Give the sentences of nodes, IRIs in angle brackets."""
        return {node: self._read().sentence_at(node) for node in nodes}

    def facts_of_sentences(self, sentences: Iterable[Sentence]) -> dict[str, list[Fact]]:
        """Give the facts that were read from each of some sentences, by the sentences' nodes."""
        return self._read().facts_of_sentences(sentences)

    @property
    def documents(self) -> tuple[Document, ...]:
        """All documents, by id; a graph keeps no text, so `text` is empty."""
        return self._read().documents

    def document(self, id: str) -> Document | None:
        """Give the document of an id, if there is one; a large store reads no other for it."""
        return self._read().document(id)

    @property
    def foreign(self) -> bool:
        """Whether it is a graph that kg did not make: an ontology, a gazetteer."""
        return self._read().foreign

    @property
    def copies(self) -> dict[str, str]:
        """The documents that are nearly copies of others, by id, each with the one that it copies."""
        return dict(self._read().copies)

    @property
    def withheld(self) -> int:
        """How many statements are not asserted because both of their ends were taken for one thing."""
        return len(self.query("SELECT ?s WHERE { ?s kg:withheld ?why }"))

    def counts(self) -> Counts:
        """Say how many documents, entities and facts there are; of a graph just built, without reading it."""
        found = None if self.store.large else counted(self.store.each_line(), self.names)
        if found is not None:
            return found
        facts = self.facts()
        return Counts(
            documents=len(self.documents),
            entities=len(self.entities),
            facts=len(facts),
            unasserted=sum(not fact.asserted for fact in facts),
            copies=len(self.copies),
            withheld=self.withheld,
        )

    def salient(self, most: int) -> list[str]:
        """Give the labels of the entities that the texts are most about, as `most-connected` has them."""
        if not self.store.large:
            return [str(row["entity"]) for row in self.query("most-connected").values()[:most]]
        records = self._read()
        least = min(heapq.nlargest(most, (value for _, value in self._salience())), default=0.0)
        best = [(-value, node) for node, value in self._salience() if value >= least]
        named = sorted((v, -self._neighbours(n), records.entity_at(n).label, n) for v, n in best)
        return [label for _, _, label, _ in named[:most]]

    def _salience(self) -> Iterator[tuple[str, float]]:
        found = self.store.matching(None, f"<{self.names.kg}salience>", None)
        return ((node, float(read_literal(value).text)) for node, _, value in found)

    def _neighbours(self, node: str) -> int:
        """Say to how many others a node is linked by relations."""
        relation = f"<{self.names.rel}"
        ends = {
            o for _, p, o in self.store.matching(node, None, None) if p.startswith(relation) and o[0] == "<"
        }
        ends |= {s for s, p, _ in self.store.matching(None, None, node) if p.startswith(relation)}
        return len(ends)

    def entity(self, name: str) -> Entity:
        """Give the entity of that label or alias; case, accents and a leading article do not count.

        Where several bear the name, the one whose label it is comes first, then the one with most facts.
        """
        found = self.find(name)
        if not found:
            raise UnknownName(f"no entity is called {name!r}", remedy=self.near(name))
        return found[0]

    def entity_of(self, iri: str) -> Entity | None:
        """Give the entity of an IRI, if it is one of the graph's."""
        if self.store.large:
            node = f"<{iri}>"
            records = self._read()
            return records.entity_at(node) if records.is_entity(node) else None
        local = iri.removeprefix(self.names.ent)
        return next((e for e in self.find(local) if e.id == local), None)

    def statements_about(self, entity: Entity) -> int:
        """Count the statements that have an entity as an end, without reading them."""
        node = f"<{self.names.ent}{entity.id}>"
        ends = (f"<{RDF}subject>", f"<{RDF}object>")
        return sum(1 for end in ends for _ in self.store.matching(None, end, node))

    def near(self, name: str) -> str:
        """Give the question whether an entity with a name like this one was meant, or nothing."""
        return did_you_mean(name, (borne for borne, _ in self._read().names_borne()))

    def find(self, name: str) -> list[Entity]:
        """Give all entities of that label, alias or id, the most fitting first.

        Where there is none, part of a person's name will do ("Netanyahu").
        """
        return self._read().find(name)

    def search(
        self, name: str = "", *, type: str | None = None, most: int = 10
    ) -> list[tuple[Entity, Match]]:
        """Give the entities that are called like this, each with whether that is by name, part or likeness.

        Those of that name or id come first, then those whose names have its words, or else the nearest names;
        without a name it is what the texts are most about. `type` is a class, whose narrower ones count too.
        """
        kinds = None if type is None else self._kinds(type)
        found: dict[str, tuple[Entity, Match]] = {}
        for entity, why in search(self._read(), name, kinds=kinds, most=most):
            if kinds is None or entity.type in kinds:
                found.setdefault(entity.id, (entity, why))
            if len(found) == most:
                break
        return list(found.values())

    def _kinds(self, type: str) -> frozenset[str]:
        """Give a class with those below it, by the name that an entity's `type` has."""
        known = {name for name, term in vocabulary().items() if term.kind == "class"}
        if self._read().foreign:
            known = {entity.type for entity in self.entities}
        if type not in known:
            raise UnknownName(f"no class is called {type!r}", remedy=did_you_mean(type, known))
        return narrower(type)

    def facts(
        self,
        *,
        subject: str | Entity | None = None,
        relation: str | None = None,
        object: str | Entity | None = None,
        about: str | Entity | None = None,
        since: dt.date | str | None = None,
        asserted: bool | None = None,
        event: str | None = None,
    ) -> list[Fact]:
        """Give the facts that fit every filter; each has its evidence, the surest first.

        Names are compared as `entity` does. `about` fits either end. `relation` is a relation's name or its
        words ("advocate for"). `since` keeps what holds on that day or later. `event` is a class of events,
        "Acquisition": what is said of those of the class or of a narrower one. One that is not
        there gives `UnknownName`.
        """
        wanted: tuple[tuple[Filter, Any], ...] = (
            (_with_subject, subject),
            (_with_object, object),
            (_with_end, about),
            (_in_relation, relation),
            (_holding_since, since),
            (_asserted, asserted),
            (_of_event, event),
        )
        tests = [test(self, value) for test, value in wanted if value is not None]
        some = self._some_facts(subject, (object, about), relation, event)
        return [fact for fact in some if all(test(fact) for test in tests)]

    def events(
        self,
        kind: str | None = None,
        *,
        about: str | Entity | None = None,
        since: dt.date | str | None = None,
        asserted: bool | None = True,
    ) -> list[Event]:
        """Give the events of a class ("Acquisition") or of a narrower one, of any without; by day and label.

        `about` is one that takes part in it or its place. What is not asserted of them is left out unless
        `asserted` is False (that alone) or None (all). An unknown class gives `UnknownName`.
        """
        told: dict[str, list[Fact]] = {}
        for fact in self._told_of_events("Event" if kind is None else kind, about):
            if ":" in fact.relation and asserted in (None, fact.asserted):
                told.setdefault(fact.subject.id, []).append(fact)
        events = [Event(facts[0].subject, tuple(facts)) for facts in told.values()]
        # Where it was is an end of its facts, too; who is asked about may be an event itself.
        tests: list[Test] = [] if about is None else [_with_end(self, about)]
        tests += [] if since is None else [_holding_since(self, since)]
        events = [e for e in events if all(any(map(test, e.facts)) for test in tests)]
        return sorted(events, key=lambda e: (e.begins is None, e.begins or dt.date.min, e.label, e.id))

    def _told_of_events(self, kind: str, about: str | Entity | None) -> list[Fact]:
        """Give the facts of events of a class; of a large store, of those that somebody may be part of."""
        records = self._read()
        if about is None or not isinstance(records, StoredRecords):
            return self.facts(event=kind)
        near = {fact.subject.id for fact in self.facts(about=about, event=kind)}
        return records.facts_from(f"<{self.names.ent}{id}>" for id in near)

    def neighbours(self, name: str | Entity, *, asserted: bool | None = True) -> list[Entity]:
        """Give the entities that a fact links to this one, those with most facts between them first."""
        entity = self._known(name)
        facts = self.facts(about=entity, asserted=asserted)
        return paths.neighbours(paths.linked(facts, asserted=asserted), [entity.id])

    def path(self, start: str | Entity, end: str | Entity, *, asserted: bool | None = True) -> list[Fact]:
        """Give the facts that lead from one entity to another, a step each; none where nothing links them.

        Of all ways it is the one of few steps that goes around what has very many links. `asserted=None` also
        takes what is not asserted, where it saves more than two steps.
        """
        ends = (self._known(start).id, self._known(end).id)
        records = self._read()
        if not isinstance(records, StoredRecords):
            return paths.path(paths.linked(self.facts(), asserted=asserted), ends[:1], ends[1:])
        graph = paths.linked_ids(records.links(), asserted=asserted)
        steps = itertools.pairwise(paths.way(graph, ends[:1], ends[1:]))
        # Of what has few links there are few facts to be read.
        return [self._between(min(step, key=graph.degree), {*step}, asserted) for step in steps]

    def _between(self, one: str, both: set[str], asserted: bool | None) -> Fact:
        """Give the surest fact between two entities, by their ids, of which one is known."""
        entity = self._read().entity_at(f"<{self.names.ent}{one}>")
        facts = self.facts(about=entity, asserted=asserted)
        linking = (f for f in facts if isinstance(f.object, Entity) and {f.subject.id, f.object.id} == both)
        return min(linking, key=paths.order)

    def subgraph(
        self,
        *around: str | Entity,
        steps: int = 1,
        documents: Iterable[str | Document] | None = None,
        asserted: bool | None = None,
    ) -> Self:
        """Give a graph of its own of what is said between some entities and those up to so many steps away.

        With `documents`, by id, source or URI, only what these say; without entities all of that. A step goes
        over facts of any standing, or of one (`asserted`). Statements, evidence and vocabulary come along.
        """
        entities = None
        if steps < 0:
            raise GraphError(f"there are no {steps} steps", remedy="give 0 or more")
        if around:
            ids = [self._known(name).id for name in around]
            entities = paths.around(paths.linked(self.facts(), asserted=asserted), ids, steps=steps)
        chosen = None if documents is None else {d.id for d in self._documents_called(documents)}
        return self._part(entities, chosen)

    def _part(self, entities: set[str] | None, documents: set[str] | None) -> Self:
        store = TripleStore()
        store.add(part_of(self.store.triples(), self.names, entities=entities, documents=documents))
        part = type(self)(store, base=self.names.base, lang=self.lang)
        part.texts = {d.id: self.texts[d.id] for d in part.documents if d.id in self.texts}
        return part

    def _known(self, name: str | Entity) -> Entity:
        return name if isinstance(name, Entity) else self.entity(name)

    def _documents_called(self, names: Iterable[str | Document]) -> list[Document]:
        """Give the documents of these ids, sources or URIs."""
        called: dict[str, list[Document]] = {}
        for document in self.documents:
            for name in {document.id, document.source, document.uri or document.id}:
                called.setdefault(name, []).append(document)
        found: list[Document] = []
        given = [names] if isinstance(names, (str, Document)) else names
        for wanted in (name.id if isinstance(name, Document) else name for name in given):
            if wanted not in called:
                raise UnknownName(f"no document is called {wanted!r}", remedy=did_you_mean(wanted, called))
            found += called[wanted]
        return found

    def each_fact(self, **wanted: Any) -> Iterator[Fact]:
        """Give what `facts` gives, one at a time: of a large store on disk, all facts take no memory so."""
        records = self._read()
        if isinstance(records, StoredRecords) and not any(wanted.get(name) for name in _NARROW):
            tests = [_SLOW[name](self, value) for name, value in wanted.items() if value is not None]
            return (fact for fact in records.each_fact() if all(test(fact) for test in tests))
        return iter(self.facts(**wanted))

    def _some_facts(
        self,
        subject: str | Entity | None,
        ends: Iterable[str | Entity | None],
        relation: str | None,
        event: str | None,
    ) -> list[Fact]:
        """Give all facts, or of a large store those that may have such an end or relation."""
        records = self._read()
        if isinstance(records, StoredRecords):
            if subject is not None:
                return records.facts_of(self._called(subject), ())
            for end in ends:
                if end is not None:
                    return records.facts_of(self._called(end), [end] if isinstance(end, str) else ())
            if relation is not None:
                return records.facts_in(relation)
            if event is not None:
                return records.facts_of_kinds(narrower(event))
        return records.facts

    def _called(self, who: str | Entity) -> list[Entity]:
        return [who] if isinstance(who, Entity) else self.find(who)

    def __repr__(self) -> str:
        if self.store.large:
            return f"<{type(self).__name__}: {count(len(self.store), 'triple')}, on disk>"
        documents, entities, facts = len(self.documents), len(self.entities), len(self.facts())
        return (
            f"<{type(self).__name__}: {count(documents, 'document')}, "
            f"{count(entities, 'entity', 'entities')}, {count(facts, 'fact')}>"
        )

    def __len__(self) -> int:
        """Say how many facts there are."""
        return len(self._read().facts)

    def __iter__(self) -> Iterator[Fact]:
        """Give the facts, one at a time, as `facts()` has them."""
        return self.each_fact()

    def __bool__(self) -> bool:
        """A graph is a graph, be it empty."""
        return True

    def __contains__(self, name: object) -> bool:
        """Whether an entity is called so, or a fact or entity is one of the graph's."""
        if isinstance(name, str):
            return bool(self.find(name))
        if isinstance(name, Entity):
            return self.entity_of(self.names.ent + name.id) is not None
        return isinstance(name, Fact) and name in self.facts(about=name.subject)

    # Queries and other libraries.

    def query(
        self,
        sparql: str | SavedQuery,
        bind: Mapping[str, Any] | None = None,
        *,
        rows: int | None = None,
        base: str | None = None,
        dataset: tuple[list[str], list[str]] | None = None,
        engine: Literal["pyoxigraph", "rdflib"] = "pyoxigraph",
        timeout: float | None = None,
    ) -> Answer:
        """Run SPARQL, or a saved query by its name, with the prefixes bound.

        `bind` gives values, never text of the query, to its variables: an `Entity`, a number, a date, a
        string, or a `Term` such as `ent:Hamas`. A saved query takes an entity by its name. `rows` is the
        most rows to give, `base` is what relative IRIs of the query are relative to, `dataset` the IRIs of
        the graphs to ask: those that make up the default graph, and the named ones. `timeout` is after how
        many seconds it is stopped, with a `QueryError`; it then runs in a process of its own.
        """
        if timeout is not None:
            if not (isinstance(timeout, (int, float)) and timeout > 0):
                remedy = "give seconds, or None for no limit"
                raise QueryError(f"{timeout!r} is no timeout", remedy=remedy)
            more: dict[str, Any] = {"rows": rows, "base": base, "dataset": dataset, "engine": engine}
            return limited(_answered, self, sparql, bind, more, seconds=timeout)
        text, terms = self._asked(sparql, bind or {})
        prefixes = self.names.prefixes()
        if engine == "rdflib":
            return self.store.query_rdflib(text, prefixes=prefixes, bind=terms, rows=rows, base=base)
        return self.store.query(text, prefixes=prefixes, bind=terms, rows=rows, base=base, dataset=dataset)

    def explain(self, sparql: str | SavedQuery, bind: Mapping[str, Any] | None = None) -> str:
        """Say what `query` would run: the text with its terms put in, and its algebra as rdflib reads it."""
        text, terms = self._asked(sparql, bind or {})
        return self.store.explain(text, prefixes=self.names.prefixes(), bind=terms)

    def missing(self, sparql: str | SavedQuery, bind: Mapping[str, Any] | None = None) -> list[str]:
        """Say which terms of a query that finds nothing the graph does not hold, and which are nearest."""
        text, terms = self._asked(sparql, bind or {})
        notes = missing(self.store, text, prefixes=self.names.prefixes(), bind=terms)
        if isinstance(sparql, SavedQuery) and self._read().foreign:
            other = f"{sparql.name} asks for relations of graphs that kg made, and this is another's"
            return [other, *notes]
        return notes

    def _asked(self, sparql: str | SavedQuery, bind: Mapping[str, Any]) -> tuple[str, Bound]:
        if isinstance(sparql, str):
            question = questions().get(sparql) if " " not in sparql else None
            if question is None and re.fullmatch(r"[\w-]+", sparql):
                known = questions()
                remedy = did_you_mean(sparql, known, otherwise=f"the saved ones are {', '.join(known)}")
                raise QueryError(f"no saved query is called {sparql!r}", remedy=remedy)
        else:
            question = sparql
        text = question.sparql if question else str(sparql)
        return text, bound_terms(question, bind, self.store, self.names)

    def to_networkx(self, *, flat: bool = True) -> networkx.MultiDiGraph:
        """Give a `networkx.MultiDiGraph`: a node per entity or literal, an edge per fact with two ends.

        Nodes have `label`, `type`, `aliases` and `states`, the asserted facts of one end ("die"). Edges have
        `relation`, `label`, `asserted`, `negated`, `modality`, `attributed_to`, `begins`, `ends`,
        `confidence` and `evidence`, the sentences.

        All are texts, numbers or truth values, as the writers of networkx want them (GEXF, GraphML, GML,
        JSON): several texts are one with " | " between them, a day is written as in ISO 8601, and what is
        not there is empty. With `flat=False` they are lists, dates and None.
        """
        return network(self.entities, self.facts(), flat=flat)

    def to_pandas(self) -> Frames:
        """Give three `pandas.DataFrame`: `facts`, `entities` and `events`, a row a fact, thing and role."""
        return frames(self.entities, self, self.events(asserted=None))

    def to_rdflib(self) -> rdflib.Graph:
        """Give the triples as an `rdflib.Graph`, with the prefixes bound."""
        return self.store.to_rdflib(self.names.prefixes())

    def _read(self) -> Records:
        if self._records is None:
            if self.store.large:
                self._records = StoredRecords(self.store, self.names, lang=self.lang)
            else:
                self._records = Records(self.store.triples(), self.names, lang=self.lang)
        return self._records

    def changed(self) -> None:
        """Forget what was read from the store; to be called after the store was written to."""
        self._records = None
        self.kept_at = None


def _answered(
    graph: GraphView, sparql: str | SavedQuery, bind: Mapping[str, Any] | None, more: dict[str, Any]
) -> Answer:
    return portable(graph.query(sparql, bind, **more))


# What facts are to be picked by becomes a test of one fact.
Test = Callable[[Fact], bool]
Filter = Callable[[GraphView, Any], Test]


def _with_subject(graph: GraphView, who: str | Entity) -> Test:
    ids = _ids(graph, who)
    return lambda fact: fact.subject.id in ids


def _with_object(graph: GraphView, what: str | Entity) -> Test:
    ids = _ids(graph, what)
    name = fold(what) if isinstance(what, str) else None

    def fits(fact: Fact) -> bool:
        end = fact.object
        if isinstance(end, Entity):
            return end.id in ids
        said = {fold(text_of(end)), fold(end.lexical) if isinstance(end, Value) else None}
        return end is not None and name is not None and name in said

    return fits


def _with_end(graph: GraphView, what: str | Entity) -> Test:
    subject, object = _with_subject(graph, what), _with_object(graph, what)
    return lambda fact: subject(fact) or object(fact)


def _in_relation(_: GraphView, words: str) -> Test:
    name = relation_words(words)
    return lambda fact: relation_words(fact.relation) == name


def _holding_since(_: GraphView, since: dt.date | str) -> Test:
    day = _day(since)
    return lambda fact: (last := fact.ends or fact.begins) is not None and last >= day


def _day(given: Any) -> dt.date:
    """Give a day of a date, of a time such as pandas gives, or as it is written in ISO 8601."""
    if isinstance(given, dt.datetime):
        return given.date()
    if isinstance(given, dt.date):
        return given
    try:
        return dt.date.fromisoformat(given)
    except (TypeError, ValueError):
        raise GraphError(f"{given!r} is not a day", remedy="give a date, or YYYY-MM-DD") from None


def _asserted(_: GraphView, wanted: bool) -> Test:
    return lambda fact: fact.asserted == wanted


def _of_event(_: GraphView, kind: str) -> Test:
    known = event_classes()
    if kind not in known:
        raise UnknownName(f"no class of events is called {kind!r}", remedy=did_you_mean(kind, known))
    kinds = narrower(kind)
    return lambda fact: fact.subject.type in kinds


# Filters by which a large store finds facts, and those that look at each.
_NARROW = ("subject", "object", "about", "relation")
_SLOW: dict[str, Filter] = {"since": _holding_since, "asserted": _asserted, "event": _of_event}


def _ids(graph: GraphView, who: str | Entity) -> set[str]:
    return {entity.id for entity in graph._called(who)}


def _base_of(store: TripleStore) -> str | None:
    """Find the base of a graph that we wrote, by the IRI of its vocabulary."""
    rows = store.query("SELECT ?o WHERE { ?o a owl:Ontology }", prefixes={"owl": OWL})
    found = sorted(str(row[0])[1:-1] for row in rows)
    return next((iri[: -len("kg#")] for iri in found if iri.endswith(("/kg#", ":kg#"))), None)
