"""The records that triples hold: entities, documents, and facts with their evidence."""

from __future__ import annotations

import datetime as dt
import functools
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, get_args
from urllib.parse import unquote

from kg.iri import fold
from kg.model import Document, Entity, Evidence, Fact, PlaceKind, Value, text_of
from kg.rdf.mapping import REJECTED, document_iri
from kg.rdf.ontology import LABEL, TYPE
from kg.rdf.terms import Triple, read_literal
from kg.vocab import NIF, OWL, PROV, RDF, RDFS, SCHEMA, SEM, SKOS, XSD, Names
from kg.vocab import terms as vocabulary

Properties = dict[str, list[str]]

# What names a node, in the order of preference; the first is our own.
_LABELS = (
    f"{RDFS}label",
    f"{SKOS}prefLabel",
    f"{SCHEMA}name",
    "http://xmlns.com/foaf/0.1/name",
    "http://purl.org/dc/terms/title",
    "http://purl.org/dc/elements/1.1/title",
)
_NO_FACTS = frozenset({*_LABELS, f"{RDF}type", f"{RDFS}comment", f"{SKOS}altLabel"})
# Classes of the things that describe others, as a person calls them; of a graph that we did not write.
_OF_VOCABULARIES = {
    **dict.fromkeys((f"{OWL}Class", f"{RDFS}Class", f"{RDFS}Datatype"), "Class"),
    **dict.fromkeys((f"{RDF}Property", f"{OWL}ObjectProperty", f"{OWL}DatatypeProperty"), "Property"),
    f"{OWL}AnnotationProperty": "Property",
    f"{OWL}Ontology": "Ontology",
}
_LIST, _REST = f"{RDF}first", f"{RDF}rest"
_NIL = f"<{RDF}nil>"


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence that something was read from: its node, and where it stands in which document."""

    node: str
    doc_id: str
    source: str
    start: int
    end: int
    quote: str


class Records:
    """Entities, facts and documents, read from the triples of a store and found by name."""

    def __init__(self, triples: Iterable[Triple], names: Names, *, lang: str = "en") -> None:
        self.names, self.lang = names, lang.lower()
        self._subjects: dict[str, Properties] = {}
        for s, p, o in triples:
            self._subjects.setdefault(s, {}).setdefault(p[1:-1], []).append(o)
        # A graph that we did not write, such as an ontology or a gazetteer, is read by what it has.
        ours = (names.ent, names.st, names.doc)
        self.foreign = not any(node.startswith(ours, 1) for node in self._subjects)
        self._superclasses: dict[str, frozenset[str]] = {}
        self._entities: dict[str, Entity] = {}
        for node in filter(self.is_entity, self._subjects):
            self._entity(node)
        self.documents = tuple(self._documents())
        near = f"{names.kg}nearDuplicateOf"
        self.copies = {
            self._doc_id(node): self._doc_id(props[near][0])
            for node, props in self._subjects.items()
            if near in props
        }
        self.facts = sorted(self._facts(), key=fact_order)
        self.entities = tuple(sorted(self._entities.values(), key=lambda e: (fold(e.label), e.id)))
        self.by_name = _index(self.entities, lambda e: (fold(n) for n in (e.label, *e.aliases, e.id)))
        people = (e for e in self.entities if e.type == "Person" and e.label[:1].isupper())
        self.by_part = _index(people, lambda e: fold(e.label).split())
        ends = (end for fact in self.facts for end in (fact.subject, fact.object))
        self.degree = Counter(end.id for end in ends if isinstance(end, Entity))

    def find(self, name: str) -> list[Entity]:
        """Give all entities of that label, alias or id, or else those of whose name it is a part."""
        key = fold(name)
        return sorted(
            self.by_name.get(key) or self.by_part.get(key, []),
            key=lambda e: (fold(e.label) != key, -self.degree[e.id], e.id),
        )

    def names_borne(self) -> Iterator[tuple[str, str]]:
        """Give all labels and aliases, each with the node of who bears it."""
        for node, entity in self._entities.items():
            for name in (entity.label, *entity.aliases):
                yield name, node

    def foremost(self, kinds: Collection[str] | None = None) -> Iterator[Entity]:
        """Give the entities, of some classes or of all, by how much the texts are about them.

        Where that was not worked out, it is by how many facts they are in.
        """
        told = any(entity.salience for entity in self.entities)
        chosen = (entity for entity in self.entities if kinds is None or entity.type in kinds)
        if told:
            yield from sorted(chosen, key=lambda e: (-e.salience, e.id))
        else:
            yield from sorted(chosen, key=lambda e: (-self.degree[e.id], e.id))

    def document(self, id: str) -> Document | None:
        """Give a document by its id, if the graph tells of it."""
        node = f"<{document_iri(id, self.names.base)}>"
        return self._document(node) if self._subjects.get(node) else None

    # Sentences.

    def each_sentence(self) -> Iterator[Sentence]:
        """Give the sentences that something was read from, in the order of their nodes."""
        kind = f"<{NIF}Sentence>"
        for node in sorted(self._subjects):
            if kind in self._subjects[node].get(TYPE[1:-1], ()):
                yield self.sentence_at(node)

    def sentence_at(self, node: str) -> Sentence:
        """Give the sentence of a node, an IRI in angle brackets."""
        props = self._subjects.get(node, {})
        begin, end = _first(props, f"{NIF}beginIndex"), _first(props, f"{NIF}endIndex")
        source = _first(self._subjects.get(_document(node), {}), f"{self.names.kg}sourceFile")
        quote = _first(props, f"{NIF}anchorOf") or ""
        start = int(begin or _begin(node) or 0)
        return Sentence(node, self._doc_id(node), source or "", start, int(end or start + len(quote)), quote)

    def facts_of_sentences(self, sentences: Iterable[Sentence]) -> dict[str, list[Fact]]:
        """Give the facts that were read from each of some sentences, by the sentences' nodes."""
        there = self._facts_by_place
        return {each.node: there.get((each.doc_id, each.start), []) for each in sentences}

    @functools.cached_property
    def _facts_by_place(self) -> dict[tuple[str, int | None], list[Fact]]:
        found: dict[tuple[str, int | None], list[Fact]] = {}
        for fact in self.facts:
            for place in dict.fromkeys((e.doc_id, e.sentence) for e in fact.evidence):
                found.setdefault(place, []).append(fact)
        return found

    def is_entity(self, node: str) -> bool:
        """Whether a node, an IRI in angle brackets, is that of an entity."""
        props = self._subjects[node]
        if self.foreign:
            return not self._is_syntax(node)
        described = TYPE[1:-1] in props or LABEL[1:-1] in props
        return node.startswith(self.names.ent, 1) and described

    def _is_syntax(self, node: str) -> bool:
        """Whether a node is how RDF and OWL write something down: a list, a restriction, an expression."""
        if node == _NIL:
            return True
        props = self._subjects.get(node, {})
        if not node.startswith("_:"):
            return False
        # What somebody gave a name is a thing, such as an unnamed class with a label.
        if any(name in props for name in _LABELS):
            return False
        kinds = [kind[1:-1] for kind in props.get(TYPE[1:-1], ())]
        return _LIST in props or _REST in props or any(kind.startswith((OWL, RDFS)) for kind in kinds)

    def each_entity(self) -> Iterator[Entity]:
        """Give all entities, one at a time."""
        return iter(self.entities)

    def entity_at(self, node: str) -> Entity:
        """Give the entity of a node, an IRI in angle brackets."""
        return self._entity(node)

    def _entity(self, node: str) -> Entity:
        found = self._entities.get(node)
        if found is None:
            props, names = self._subjects.get(node, {}), self.names
            local = node if node.startswith("_:") else node[1:-1].removeprefix(names.ent)
            kinds = self._classes(props)
            label, others = self._labels(props)
            kind = kinds[0] if kinds else "Concept"
            nameless = f"({kind})" if node.startswith("_:") else _readable(local)
            confidence = _texts(props, f"{names.kg}confidence")
            salience = _texts(props, f"{names.kg}salience")
            found = self._entities[node] = Entity(
                id=local,
                type=kind,
                label=label or nameless,
                aliases=tuple(sorted({*_texts(props, f"{SKOS}altLabel"), *others} - {label})),
                same_as=tuple(sorted(o[1:-1] for o in props.get(f"{OWL}sameAs", ()))),
                confidence=float(confidence[0]) if confidence else 1.0,
                salience=float(salience[0]) if salience else 0.0,
            )
        return found

    def _labels(self, props: Properties) -> tuple[str | None, list[str]]:
        """Give the label in the language that is wanted, and those in others."""
        found = [
            (self._strangeness(label.lang), rank, label.lang, label.text)
            for rank, name in enumerate(_LABELS)
            for written in props.get(name, ())
            if written[0] == '"' and (label := read_literal(written)).text.strip()
        ]
        texts = [text for *_, text in sorted(found)]
        return (texts[0], texts[1:]) if texts else (None, [])

    def _strangeness(self, lang: str) -> int:
        """How far a language is from the one that is wanted: a variety of it is near, none at all next."""
        lang = lang.lower()
        if lang == self.lang:
            return 0
        if lang.partition("-")[0] == self.lang.partition("-")[0]:
            return 1
        return 3 if lang else 2

    def _classes(self, props: Properties) -> list[str]:
        types = [t[1:-1] for t in props.get(f"{RDF}type", ()) if t[0] == "<"]
        if not self.foreign:
            return [t.removeprefix(self.names.kg) for t in types if t.startswith(self.names.kg)]
        if ours := [name for t in types if _is_class(name := _readable(t))]:
            return ours
        described = [_OF_VOCABULARIES[t] for t in types if t in _OF_VOCABULARIES]
        return described or self._own_classes(types)

    def _own_classes(self, types: Iterable[str]) -> list[str]:
        """Give the names of the graph's own classes, the narrowest, not what standards call everything."""
        own = sorted({t for t in types if not t.startswith((OWL, RDFS, RDF))})
        above = {wider for t in own for wider in self._above(t)}
        return [self._class_name(t) for t in own if t not in above] or [self._class_name(t) for t in own]

    def _class_name(self, kind: str) -> str:
        return self._labels(self._subjects.get(f"<{kind}>", {}))[0] or _readable(kind)

    def _above(self, kind: str) -> frozenset[str]:
        """Give the classes that a class of the graph is below."""
        found = self._superclasses.get(kind)
        if found is None:
            reached: dict[str, None] = {kind: None}
            for each in (waiting := [kind]):
                for written in self._subjects.get(f"<{each}>", {}).get(f"{RDFS}subClassOf", ()):
                    if written[0] == "<" and (above := written[1:-1]) not in reached:
                        reached[above] = None
                        waiting.append(above)
            found = self._superclasses[kind] = frozenset(reached) - {kind}
        return found

    def _documents(self) -> Iterator[Document]:
        for node in sorted(self._subjects):
            if node.startswith(self.names.doc, 1) and "#" not in node:
                yield self._document(node)

    def _document(self, node: str) -> Document:
        props = self._subjects[node]
        return Document(
            id=self._doc_id(node),
            source=_first(props, f"{self.names.kg}sourceFile") or "",
            text="",
            title=_first(props, f"{SCHEMA}name"),
            published=_date(_first(props, f"{SCHEMA}datePublished")),
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
        rejected = _first(props, f"{kg}verdict") == REJECTED
        return (*(props.get(name, [None])[0] for name in wanted), rejected)

    def _fact(
        self,
        key: tuple[Any, ...],
        group: list[tuple[str, Properties]],
        evidence: list[Evidence] | None = None,
    ) -> Fact | None:
        """Make a fact of its statements; `evidence` is what they are read from, where that is known."""
        subject, predicate, obj, asserted, negated, modality, by, begins, ends, _ = key
        if subject is None or predicate is None or obj is None:
            return None
        kg = self.names.kg
        if evidence is None:
            evidence = [e for _, props in group if (e := self._evidence(props))]
        return Fact(
            subject=self._entity(subject),
            relation=self._relation(predicate),
            object=self._object(obj, group[0][1]),
            qualifiers=self._qualifiers([props for _, props in group]),
            asserted=_true(asserted, default=True),
            negated=_true(negated, default=False),
            modality=modality[1:-1].removeprefix(kg) if modality else None,
            attributed_to=self._entity(by) if by else None,
            begins=_date(read_literal(begins).text) if begins else None,
            ends=_date(read_literal(ends).text) if ends else None,
            saying=max(_each(group, f"{kg}saying"), key=len),
            verdict=max(_each(group, f"{kg}verdict")),
            evidence=tuple(sorted(evidence, key=lambda e: (-e.confidence, e.doc_id, e.start, e.end, e.rule))),
        )

    def _qualifiers(self, statements: Iterable[Properties]) -> tuple[tuple[str, Entity | str], ...]:
        found: dict[tuple[str, Entity | str], None] = {}
        for props in statements:
            for place in props.get(f"{SEM}hasPlace", ()):
                found["place", self._entity(place)] = None
            for text in _texts(props, f"{self.names.kg}timeText"):
                found["time", text] = None
        return tuple(sorted(found, key=lambda q: (q[0], text_of(q[1]))))

    def _plain_facts(self) -> Iterator[Fact]:
        """Without statements, the triples of extracted relations are the facts; of a foreign graph all."""
        for node, props in self._subjects.items():
            if self.foreign and self._is_syntax(node):
                continue
            if self.foreign or node.startswith(self.names.ent, 1):
                for predicate in filter(self._is_relation, props):
                    relation = self._relation(f"<{predicate}>")
                    for obj in dict.fromkeys(self._members(props[predicate])):
                        yield Fact(self._entity(node), relation, self._object(obj, {}))

    def _members(self, objects: Iterable[str]) -> Iterator[str]:
        """Give objects as things: of a list its members, of what is mere syntax nothing."""
        for obj in objects:
            if not self.foreign or obj[0] == '"' or not self._is_syntax(obj):
                yield obj
                continue
            cell, seen = obj, set[str]()
            while cell not in seen and (props := self._subjects.get(cell)):
                seen.add(cell)
                yield from self._plain(props.get(_LIST, ()))
                cell = next(iter(props.get(_REST, ())), _NIL)

    def _plain(self, members: Iterable[str]) -> Iterator[str]:
        yield from (m for m in members if m[0] == '"' or not self._is_syntax(m))

    def _is_relation(self, predicate: str) -> bool:
        return predicate not in _NO_FACTS if self.foreign else predicate.startswith(self.names.rel)

    def _relation(self, predicate: str) -> str:
        iri = predicate[1:-1]
        # What is said of events, under its prefix.
        for prefix, space in (("kg", self.names.kg), ("sem", SEM)):
            if iri.startswith(space) and not self.foreign:
                return f"{prefix}:{iri.removeprefix(space)}"
        if self.foreign or not iri.startswith(self.names.rel):
            # Of a schema of somebody's own, which has a label for it.
            return self._class_name(iri)
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
        sentence = self._subjects.get(source[0], {})
        quote = _first(sentence, f"{NIF}anchorOf")
        return Evidence(
            doc_id=self._doc_id(source[0]),
            start=int(begin),
            end=int(end),
            quote=quote or "",
            rule=_first(props, f"{kg}rule") or "",
            confidence=float(_first(props, f"{kg}confidence") or 1),
            sentence=_begin(source[0]),
            copy_of=self.copies.get(self._doc_id(source[0]), ""),
            source=_first(self._subjects.get(_document(source[0]), {}), f"{kg}sourceFile") or "",
            place=self._place(sentence) or self._place(self._subjects.get(_document(source[0]), {})),
        )

    def _place(self, props: Properties) -> str:
        """Give the part of a file that a sentence or document says it has come from."""
        for kind in get_args(PlaceKind):
            if (number := _first(props, f"{self.names.kg}{kind}")) is not None:
                return f"{kind} {number}"
        return ""


def _document(place: str) -> str:
    """Give the document of a place in it."""
    return f"{place[1:-1].partition('#')[0]}".join("<>")


def _begin(place: str) -> int | None:
    """Read where a place in a document begins: 616 of `<…#char=616,772>`."""
    found = re.search(r"#char=(\d+),\d+>$", place)
    return int(found[1]) if found else None


def fact_order(fact: Fact) -> tuple[Any, ...]:
    """Give what puts facts in order: where they are read first, then what they say."""
    first = min(((e.doc_id, e.start, e.end) for e in fact.evidence), default=("", 0, 0))
    return (
        first,
        fact.subject.id,
        fact.relation,
        text_of(fact.object),
        not fact.asserted,
        fact.negated,
        fact.modality or "",
        fact.attributed_to.id if fact.attributed_to else "",
        str(fact.begins),
        str(fact.ends),
        fact.verdict,
    )


def _index(
    entities: Iterable[Entity], names_of: Callable[[Entity], Iterable[str]]
) -> dict[str, list[Entity]]:
    found: dict[str, list[Entity]] = {}
    for entity in entities:
        for name in dict.fromkeys(names_of(entity)):
            found.setdefault(name, []).append(entity)
    return found


def _texts(props: Properties, name: str) -> list[str]:
    return [read_literal(o).text if o[0] == '"' else o[1:-1] for o in props.get(name, ())]


def _first(props: Properties, name: str) -> str | None:
    found = _texts(props, name)
    return found[0] if found else None


def _each(group: Iterable[tuple[str, Properties]], name: str) -> list[str]:
    """Give a text of each of some statements, empty where it has none."""
    return [_first(props, name) or "" for _, props in group]


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
