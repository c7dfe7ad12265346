"""What users hold: entities, facts with their evidence, queries, and the graph in other libraries' terms."""

from __future__ import annotations

import datetime as dt
import difflib
import importlib
import os
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import unquote

from kg.config import RdfConfig
from kg.errors import GraphError, QueryError
from kg.iri import ARTICLE
from kg.model import Document, Entity, Evidence, Extraction, Fact, Value
from kg.queries import SavedQuery
from kg.queries import saved as questions
from kg.rdf.mapping import Links, entity_triples, identity_triples, map_document
from kg.rdf.ontology import LABEL, TYPE, vocabulary_triples
from kg.rdf.terms import Term, Triple, Written, literal, read_literal, written
from kg.store.answers import Answer
from kg.store.triples import TripleStore
from kg.vocab import NIF, OWL, PROV, RDF, RDFS, SCHEMA, SEM, SKOS, XSD, Names
from kg.vocab import terms as vocabulary

if TYPE_CHECKING:
    import networkx
    import rdflib

Properties = dict[str, list[str]]


class KnowledgeGraph:
    """A graph of entities and facts, each fact with the sentences it was read from."""

    def __init__(self, store: TripleStore | None = None, *, base: str | None = None) -> None:
        self.store = TripleStore() if store is None else store
        self.names = Names(base or _base_of(self.store) or RdfConfig().base)
        self._view: _View | None = None
        # The documents' texts by id, where they are at hand; what is saved holds the cited sentences only.
        self.texts: dict[str, str] = {}
        # How the graph with one more text is made; who assembles the graph knows what it was made of.
        self.grow: Callable[[KnowledgeGraph, str, str | None], KnowledgeGraph] | None = None

    @classmethod
    def from_records(
        cls,
        documents: Iterable[Document],
        extractions: Iterable[Extraction],
        resolution: Links,
        *,
        config: RdfConfig | None = None,
    ) -> KnowledgeGraph:
        """Map documents with their extractions and entity links, and assemble the graph."""
        config = config or RdfConfig()
        graph = cls(base=config.base)
        used: set[int] = set()
        terms: set[str] = set()
        for document, extraction in zip(documents, extractions, strict=True):
            mapped = map_document(document, extraction, resolution, config)
            used |= mapped.entities
            terms |= graph.terms_of(mapped.triples)
            graph.store.add(mapped.triples)
            graph.texts[document.id] = document.text
        named = list(shared_triples(resolution, used, config))
        graph.store.add(named)
        graph.store.add(vocabulary_triples(terms | graph.terms_of(named), config))
        return graph

    @classmethod
    def from_fragments(
        cls, fragments: Iterable[bytes], terms: Iterable[str], *, config: RdfConfig | None = None
    ) -> KnowledgeGraph:
        """Assemble lines of N-Triples: the triples of documents and `shared_triples`.

        `terms` is what `terms_of` gives for them.
        """
        config = config or RdfConfig()
        graph = cls(base=config.base)
        for fragment in fragments:
            graph.store.add_lines(fragment)
        used = set(terms)
        if used:
            graph.store.add(vocabulary_triples(used, config))
        return graph

    def terms_of(self, triples: Iterable[Triple]) -> set[str]:
        """Give the predicates of triples, and the terms of our vocabulary among their objects."""
        ours = (f"<{self.names.kg}", f"<{self.names.rel}")
        found = list(triples)
        return {p for _, p, _ in found} | {o for _, _, o in found if o.startswith(ours)}

    # What is in it.

    @property
    def entities(self) -> tuple[Entity, ...]:
        """All entities, by label."""
        return self._read().entities

    @property
    def documents(self) -> tuple[Document, ...]:
        """All documents, by id; a graph keeps no text, so `text` is empty."""
        return self._read().documents

    def entity(self, name: str) -> Entity:
        """Give the entity of that label or alias; case, accents and a leading article do not count.

        Where several bear the name, the one whose label it is comes first, then the one with most facts.
        """
        found = self.find(name)
        if not found:
            raise KeyError(name)
        return found[0]

    def find(self, name: str) -> list[Entity]:
        """Give all entities of that label, alias or id, the most fitting first.

        Where there is none, part of a person's name will do ("Netanyahu").
        """
        view, key = self._read(), fold(name)
        degree = view.degree
        return sorted(
            view.by_name.get(key) or view.by_part.get(key, []),
            key=lambda e: (fold(e.label) != key, -degree.get(e.id, 0), e.id),
        )

    def facts(
        self,
        *,
        subject: str | Entity | None = None,
        relation: str | None = None,
        object: str | Entity | None = None,
        about: str | Entity | None = None,
        since: dt.date | str | None = None,
        asserted: bool | None = None,
    ) -> list[Fact]:
        """Give the facts that fit every filter; each has its evidence, the surest first.

        Names are compared as `entity` does. `about` fits either end. `relation` is a relation's name or its
        words ("advocate for"). `since` keeps what holds on that day or later.
        """
        view = self._read()
        day = dt.date.fromisoformat(since) if isinstance(since, str) else since
        subjects, objects, abouts = (self._ids(x) for x in (subject, object, about))
        wanted = None if relation is None else re.sub(r"[\s_]+", "_", relation.strip().lower())
        return [
            f
            for f in view.facts
            if (subjects is None or f.subject.id in subjects)
            and (objects is None or _object_fits(f.object, objects, object))
            and (abouts is None or f.subject.id in abouts or _object_fits(f.object, abouts, about))
            and (wanted is None or f.relation.lower() == wanted)
            and (asserted is None or f.asserted == asserted)
            and (day is None or ((last := f.ends or f.begins) is not None and last >= day))
        ]

    def _ids(self, who: str | Entity | None) -> set[str] | None:
        if who is None:
            return None
        return {who.id} if isinstance(who, Entity) else {e.id for e in self.find(who)}

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
    ) -> Answer:
        """Run SPARQL, or a saved query by its name, with the prefixes bound.

        `bind` gives values, never text of the query, to its variables: an `Entity`, a number, a date, a
        string, or a `Term` such as `ent:Hamas`. A saved query takes an entity by its name. `rows` is the
        most rows to give, `base` is what relative IRIs of the query are relative to, `dataset` the IRIs of
        the graphs to ask: those that make up the default graph, and the named ones.
        """
        text, terms = self._asked(sparql, bind or {})
        prefixes = self.names.prefixes()
        if engine == "rdflib":
            return self.store.query_rdflib(text, prefixes=prefixes, bind=terms, rows=rows, base=base)
        return self.store.query(text, prefixes=prefixes, bind=terms, rows=rows, base=base, dataset=dataset)

    def explain(self, sparql: str | SavedQuery, bind: Mapping[str, Any] | None = None) -> str:
        """Say what `query` would run: the text with its terms put in, and its algebra as rdflib reads it."""
        text, terms = self._asked(sparql, bind or {})
        return self.store.explain(text, prefixes=self.names.prefixes(), bind=terms)

    def _asked(
        self, sparql: str | SavedQuery, bind: Mapping[str, Any]
    ) -> tuple[str, dict[str, str | list[str]]]:
        if isinstance(sparql, str):
            found = questions().get(sparql) if " " not in sparql else None
        else:
            found = sparql
        return found.sparql if found else str(sparql), self._terms(found, bind)

    def _terms(self, question: SavedQuery | None, bind: Mapping[str, Any]) -> dict[str, str | list[str]]:
        terms: dict[str, str | list[str]] = {}
        takes = {p.name: p for p in question.parameters} if question else {}
        for name, value in bind.items():
            if question and takes and name not in takes:
                remedy = f"it takes {', '.join(takes)}" if takes else "it takes nothing"
                raise QueryError(f"the query {question.name} has no parameter {name}", remedy=remedy)
            if name in takes and takes[name].entity and isinstance(value, str):
                terms[name] = self._named(value)
            else:
                terms[name] = self._term(value)
        missing = [p.name for p in takes.values() if p.required and p.name not in bind]
        if question and missing:
            what = f"the query {question.name} needs {' and '.join(missing)}"
            raise QueryError(what, remedy=f"give --bind {missing[0]}=…")
        return terms

    def _named(self, name: str) -> list[str]:
        """The nodes of a name, found by their labels alone, which costs less than reading all facts."""
        sparql = "SELECT DISTINCT ?e ?l WHERE { ?e a/a owl:Class ; rdfs:label|skos:altLabel ?l }"
        rows = list(self.store.query(sparql, prefixes=self.names.prefixes()))
        key = fold(name)
        found = {str(row["e"]) for row in rows if fold(row["l"].value) == key}
        node = written(Term(name), self.names.prefixes())
        nodes = (node, f"<{self.names.ent}{name}>")
        found |= {str(row["e"]) for row in rows if str(row["e"]) in nodes}
        if not found:
            near = difflib.get_close_matches(key, sorted({fold(row["l"].value) for row in rows}), 3)
            remedy = f"did you mean {' or '.join(near)}?" if near else ""
            raise QueryError(f"no entity is called {name!r}", remedy=remedy)
        return sorted(found)

    def _term(self, value: Any) -> str:
        if isinstance(value, Entity):
            return f"<{self.names.ent}{value.id}>"
        if isinstance(value, Written):
            return str(value)
        if isinstance(value, Term):
            return written(value, self.names.prefixes())
        if isinstance(value, bool):
            return literal(str(value).lower(), datatype="boolean")
        if isinstance(value, int):
            return literal(str(value), datatype="integer")
        if isinstance(value, float):
            return literal(repr(value), datatype="double")
        if isinstance(value, dt.date):
            return literal(value.isoformat(), datatype="date")
        return literal(str(value))

    def to_networkx(self) -> networkx.MultiDiGraph:
        """Give a `networkx.MultiDiGraph`: a node per entity or literal, an edge per fact with two ends.

        Nodes have `label`, `type`, `aliases` and `states`, the asserted facts of one end ("die"). Edges have
        `relation`, `label`, `asserted`, `negated`, `modality`, `attributed_to`, `begins`, `ends`,
        `confidence` and `evidence`, the sentences.
        """
        import networkx

        graph = networkx.MultiDiGraph()
        for e in self.entities:
            graph.add_node(e.id, label=e.label, type=e.type, aliases=list(e.aliases), states=[])
        for fact in self.facts():
            end = fact.object
            if end is None:
                if fact.asserted:
                    graph.nodes[fact.subject.id]["states"].append(fact.relation.replace("_", " "))
                continue
            if isinstance(end, Entity):
                target = end.id
            else:
                target = f"{fact.subject.id}|{fact.relation}|{_shown(end)}"
                graph.add_node(target, label=_shown(end), type="Literal", aliases=[], states=[])
            graph.add_edge(
                fact.subject.id,
                target,
                relation=fact.relation,
                label=fact.relation.replace("_", " "),
                asserted=fact.asserted,
                negated=fact.negated,
                modality=fact.modality,
                attributed_to=fact.attributed_to.label if fact.attributed_to else None,
                begins=fact.begins,
                ends=fact.ends,
                confidence=max((e.confidence for e in fact.evidence), default=1.0),
                evidence=[e.quote for e in fact.evidence],
            )
        return graph

    def to_rdflib(self) -> rdflib.Graph:
        """Give the triples as an `rdflib.Graph`, with the prefixes bound."""
        return self.store.to_rdflib(self.names.prefixes())

    def save(self, path: str | os.PathLike[str]) -> Path:
        """Write the graph in the format of the suffix; give the path."""
        # Exporters know the graph and not the other way round, so they are looked up by name.
        written: Path = importlib.import_module("kg.export").write(self, path)
        return written

    def add(self, text: str, *, uri: str | None = None) -> KnowledgeGraph:
        """Read one more text into the graph, and give the graph.

        It is resolved against all that the graph was built of, or lies in its store on disk; a graph that was
        opened from a file knows its entities by name. A text that is there already changes nothing, another
        text under the same URI takes its place.
        """
        # Extraction lies above the graph, so it is looked up by name.
        grow = self.grow or importlib.import_module("kg.run").grow_file
        grown = grow(self, text, uri)
        self.store, self.texts, self.grow = grown.store, grown.texts, grown.grow
        self.changed()
        return self

    def merge(self, other: KnowledgeGraph) -> None:
        """Add the triples of another graph: one more graph of ours, an ontology, a gazetteer."""
        self.store.add_lines("\n".join(other.store.lines()).encode())
        self.texts.update(other.texts)
        self.changed()

    def __repr__(self) -> str:
        documents, entities, facts = len(self.documents), len(self.entities), len(self.facts())
        return (
            f"<KnowledgeGraph: {_count(documents, 'document')}, {_count(entities, 'entity', 'entities')}, "
            f"{_count(facts, 'fact')}>"
        )

    def show(self, *, height: int = 640) -> Any:
        """Give the page of the graph, which a notebook shows in a frame of this height."""
        return importlib.import_module("kg.export.notebook").framed(self, height=height)

    def _repr_html_(self) -> str:
        sketch: str = importlib.import_module("kg.export.notebook").sketch(self)
        return sketch

    def _read(self) -> _View:
        if self._view is None:
            self._view = _View(self.store, self.names)
        return self._view

    def changed(self) -> None:
        """Forget what was read from the store; to be called after the store was written to."""
        self._view = None


def shared_triples(resolution: Links, used: Iterable[int], config: RdfConfig) -> Iterator[Triple]:
    """Give what no single document says: the entities by name and type, and what was held for the same."""
    used = set(used)
    yield from entity_triples(resolution, used, config)
    possible, merges = getattr(resolution, "possible", ()), getattr(resolution, "merges", ())
    yield from identity_triples(resolution.entities, possible, merges, used, config.base)


def open_graph(path: str | os.PathLike[str], *, base: str | None = None) -> KnowledgeGraph:
    """Open a graph from a file, by its suffix."""
    path = Path(path)
    if not path.exists():
        raise GraphError("no such file", where=str(path))
    store = TripleStore()
    store.load(path)
    return KnowledgeGraph(store, base=base)


def fold(name: str) -> str:
    """Give a name without case, accents, leading article and doubled spaces.

    >>> fold("The  Élysée")
    'elysee'
    """
    plain = unicodedata.normalize("NFKD", name.casefold())
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    return ARTICLE.sub("", " ".join(plain.split()))


# What names a node, in the order of preference; the first is our own.
_LABELS = (f"{RDFS}label", f"{SKOS}prefLabel", f"{SCHEMA}name", "http://xmlns.com/foaf/0.1/name")
_NO_FACTS = frozenset({*_LABELS, f"{RDF}type", f"{RDFS}comment", f"{SKOS}altLabel"})


class _View:
    """Entities, facts and documents, read from the triples of a store."""

    def __init__(self, store: TripleStore, names: Names) -> None:
        self.names = names
        subjects: dict[str, Properties] = {}
        for s, p, o in store.triples():
            subjects.setdefault(s, {}).setdefault(p[1:-1], []).append(o)
        self._subjects = subjects
        self._entities: dict[str, Entity] = {}
        # A graph that we did not write, such as an ontology or a gazetteer, is read by what it has.
        self._foreign = not any(node.startswith((names.ent, names.st), 1) for node in subjects)
        for node, props in subjects.items():
            if self._foreign or (
                node.startswith(names.ent, 1) and (TYPE[1:-1] in props or LABEL[1:-1] in props)
            ):
                self._entity(node)
        self.documents = tuple(self._documents())
        facts = self._facts()
        self.facts = sorted(facts, key=_fact_order)
        self.entities = tuple(sorted(self._entities.values(), key=lambda e: (fold(e.label), e.id)))
        self.by_name: dict[str, list[Entity]] = {}
        for e in self.entities:
            for name in dict.fromkeys(fold(n) for n in (e.label, *e.aliases, e.id)):
                self.by_name.setdefault(name, []).append(e)
        self.by_part: dict[str, list[Entity]] = {}
        for e in self.entities:
            if e.type == "Person" and e.label[:1].isupper():
                for part in dict.fromkeys(fold(e.label).split()):
                    self.by_part.setdefault(part, []).append(e)
        self.degree: dict[str, int] = {}
        for fact in self.facts:
            for end in (fact.subject, fact.object):
                if isinstance(end, Entity):
                    self.degree[end.id] = self.degree.get(end.id, 0) + 1

    def _entity(self, node: str) -> Entity:
        found = self._entities.get(node)
        if found is None:
            props, names = self._subjects.get(node, {}), self.names
            local = node[1:-1].removeprefix(names.ent)
            types = [t[1:-1] for t in props.get(f"{RDF}type", ())]
            kinds = [t.removeprefix(names.kg) for t in types if t.startswith(names.kg)]
            if self._foreign:
                kinds = [k for t in types if _is_class(k := _readable(t))]
            labels = [text for name in _LABELS for text in _texts(props, name)]
            confidence = _texts(props, f"{names.kg}confidence")
            found = self._entities[node] = Entity(
                id=local,
                type=kinds[0] if kinds else "Concept",
                label=labels[0] if labels else _readable(local),
                aliases=tuple(sorted(_texts(props, f"{SKOS}altLabel"))),
                same_as=tuple(sorted(o[1:-1] for o in props.get(f"{OWL}sameAs", ()))),
                confidence=float(confidence[0]) if confidence else 1.0,
            )
        return found

    def _documents(self) -> Iterator[Document]:
        kg = self.names.kg
        for node in sorted(self._subjects):
            if not node.startswith(self.names.doc, 1) or "#" in node:
                continue
            props = self._subjects[node]
            published = _date(_first(props, f"{SCHEMA}datePublished"))
            yield Document(
                id=self._doc_id(node),
                source=_first(props, f"{kg}sourceFile") or "",
                text="",
                title=_first(props, f"{SCHEMA}name"),
                published=published,
                lang=_first(props, f"{SCHEMA}inLanguage") or "en",
                uri=_first(props, f"{SCHEMA}url"),
            )

    def _doc_id(self, node: str) -> str:
        return unquote(node[1:-1].partition("#")[0].removeprefix(self.names.doc))

    def _facts(self) -> list[Fact]:
        grouped: dict[tuple[Any, ...], list[tuple[str, Properties]]] = {}
        statement = f"<{self.names.kg}Statement>"
        for node, props in self._subjects.items():
            if statement in props.get(f"{RDF}type", ()):
                grouped.setdefault(self._fact_key(props), []).append((node, props))
        if grouped:
            return [f for key, group in grouped.items() if (f := self._fact(key, group))]
        return list(self._plain_facts())

    def _fact_key(self, props: Properties) -> tuple[Any, ...]:
        kg = self.names.kg
        wanted = (
            f"{RDF}subject",
            f"{RDF}predicate",
            f"{RDF}object",
            f"{kg}asserted",
            f"{kg}negated",
            f"{kg}modality",
            f"{kg}attributedTo",
            f"{SEM}hasBeginTimeStamp",
            f"{SEM}hasEndTimeStamp",
        )
        return tuple(props.get(name, [None])[0] for name in wanted)

    def _fact(self, key: tuple[Any, ...], group: list[tuple[str, Properties]]) -> Fact | None:
        subject, predicate, obj, asserted, negated, modality, by, begins, ends = key
        if subject is None or predicate is None or obj is None:
            return None
        kg = self.names.kg
        qualifiers: dict[tuple[str, Entity | str], None] = {}
        for _, props in group:
            for place in props.get(f"{SEM}hasPlace", ()):
                qualifiers["place", self._entity(place)] = None
            for text in _texts(props, f"{kg}timeText"):
                qualifiers["time", text] = None
        evidence = [e for _, props in group if (e := self._evidence(props))]
        return Fact(
            subject=self._entity(subject),
            relation=self._relation(predicate),
            object=self._object(obj, group[0][1]),
            qualifiers=tuple(sorted(qualifiers, key=lambda q: (q[0], _shown(q[1])))),
            asserted=_true(asserted, default=True),
            negated=_true(negated, default=False),
            modality=modality[1:-1].removeprefix(kg) if modality else None,
            attributed_to=self._entity(by) if by else None,
            begins=_date(read_literal(begins).text) if begins else None,
            ends=_date(read_literal(ends).text) if ends else None,
            evidence=tuple(sorted(evidence, key=lambda e: (-e.confidence, e.doc_id, e.start, e.end, e.rule))),
        )

    def _plain_facts(self) -> Iterator[Fact]:
        """Without statements, the triples of extracted relations are the facts; of a foreign graph all."""
        for node, props in self._subjects.items():
            if self._foreign or node.startswith(self.names.ent, 1):
                for predicate in filter(self._is_relation, props):
                    for obj in props[predicate]:
                        relation = self._relation(f"<{predicate}>")
                        yield Fact(self._entity(node), relation, self._object(obj, {}))

    def _is_relation(self, predicate: str) -> bool:
        return predicate not in _NO_FACTS if self._foreign else predicate.startswith(self.names.rel)

    def _relation(self, predicate: str) -> str:
        iri = predicate[1:-1]
        if self._foreign:
            return _readable(iri)
        return iri.removeprefix(self.names.rel)

    def _object(self, written: str, props: Properties) -> Entity | Value | str | None:
        if written[0] != '"':
            return self._entity(written)
        found = read_literal(written)
        datatype = found.datatype.removeprefix(XSD)
        if found.lang or datatype == "string" or not found.datatype.startswith(XSD):
            return found.text
        if datatype == "boolean":
            return None
        kg = self.names.kg
        comparator = props.get(f"{kg}comparator")
        return Value(
            lexical=found.text,
            datatype=datatype,
            unit=_first(props, f"{kg}unit"),
            comparator=comparator[0][1:-1].removeprefix(kg) if comparator else None,  # type: ignore[arg-type]
            lower=_first(props, f"{kg}lower"),
            upper=_first(props, f"{kg}upper"),
        )

    def _evidence(self, props: Properties) -> Evidence | None:
        kg = self.names.kg
        source = props.get(f"{PROV}wasDerivedFrom")
        begin, end = _first(props, f"{kg}beginIndex"), _first(props, f"{kg}endIndex")
        if not source or begin is None or end is None:
            return None
        quote = _first(self._subjects.get(source[0], {}), f"{NIF}anchorOf")
        return Evidence(
            doc_id=self._doc_id(source[0]),
            start=int(begin),
            end=int(end),
            quote=quote or "",
            rule=_first(props, f"{kg}rule") or "",
            confidence=float(_first(props, f"{kg}confidence") or 1),
            sentence=_begin(source[0]),
        )


def _begin(place: str) -> int | None:
    """Read where a place in a document begins: 616 of `<…#char=616,772>`."""
    found = re.search(r"#char=(\d+),\d+>$", place)
    return int(found[1]) if found else None


def _fact_order(fact: Fact) -> tuple[Any, ...]:
    first = min(((e.doc_id, e.start, e.end) for e in fact.evidence), default=("", 0, 0))
    return (
        first,
        fact.subject.id,
        fact.relation,
        _shown(fact.object),
        not fact.asserted,
        fact.negated,
        fact.modality or "",
        fact.attributed_to.id if fact.attributed_to else "",
        str(fact.begins),
        str(fact.ends),
    )


def _object_fits(end: Entity | Value | str | None, ids: set[str], name: str | Entity | None) -> bool:
    if isinstance(end, Entity):
        return end.id in ids
    return isinstance(name, str) and end is not None and fold(_shown(end)) == fold(name)


def _shown(end: Entity | Value | str | None) -> str:
    if end is None:
        return ""
    if isinstance(end, Entity):
        return end.label
    if isinstance(end, Value):
        return f"{end.lexical} {end.unit}" if end.unit else end.lexical
    return end


def _texts(props: Properties, name: str) -> list[str]:
    return [read_literal(o).text if o[0] == '"' else o[1:-1] for o in props.get(name, ())]


def _first(props: Properties, name: str) -> str | None:
    found = _texts(props, name)
    return found[0] if found else None


def _true(written: str | None, *, default: bool) -> bool:
    return default if written is None else read_literal(written).text in ("true", "1")


def _date(text: str | None) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text) if text else None
    except ValueError:
        return None


def _is_class(name: str) -> bool:
    return name in vocabulary() and vocabulary()[name].kind == "class"


def _readable(local: str) -> str:
    return unquote(re.split(r"[/#]", local.rstrip("/#"))[-1]).replace("_", " ")


def _count(number: int, one: str, many: str = "") -> str:
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def _base_of(store: TripleStore) -> str | None:
    """Find the base of a graph that we wrote, by the IRI of its vocabulary."""
    rows = store.query("SELECT ?o WHERE { ?o a owl:Ontology }", prefixes={"owl": OWL})
    found = sorted(str(row[0])[1:-1] for row in rows)
    return next((iri[: -len("kg#")] for iri in found if iri.endswith(("/kg#", ":kg#"))), None)


__all__: Sequence[str] = ("KnowledgeGraph", "fold", "open_graph")
