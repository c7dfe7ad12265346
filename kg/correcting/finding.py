"""What somebody means in a graph: things by their names, facts by their words, sentences by quotation."""

from __future__ import annotations

import dataclasses
import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote

from kg.corrections import Name, Quote
from kg.corrections.amending import find
from kg.corrections.file import sound
from kg.errors import GraphError, UnknownName
from kg.iri import fold, relation_words
from kg.model import Claim, Document, Entity, Extraction, Fact, text_of
from kg.nearest import did_you_mean
from kg.vocab import GAF

if TYPE_CHECKING:
    from kg.graph.view import GraphView
    from kg.library.directory import StoreDirectory

_PLACE = re.compile(r"<.*/document/([^#>]+)#char=(\d+),(\d+)>")
# So many facts are named in a message that asks which of them is meant.
MOST_NAMED = 6
# Rules that say what follows from an event or a clause.
FOLLOWING = frozenset({"event-lasting", "clause-relation"})


@dataclass(frozen=True, slots=True)
class Part:
    """What an entity is called in one document, where that is, and a sentence that says so."""

    name: Name
    places: tuple[tuple[int, int], ...] = ()
    sentence: str = ""


class Finder:
    """Finds in a graph, and where there is one in its store, what somebody writes down."""

    def __init__(self, graph: GraphView, store: StoreDirectory | None, where: str) -> None:
        self.graph, self.store, self.where = graph, store, where
        self.sources = {document.id: document.source for document in graph.documents}

    # Things.

    def entity(self, name: str) -> tuple[Entity, str]:
        """Give the entity of a name, and the id of the document that it is narrowed to (`Ann Lee@a.txt`)."""
        found = self.graph.find(name)
        before, at, document = name.rpartition("@")
        if found or not at or not before:
            if not found:
                raise UnknownName(
                    f"nothing is called {name!r}", where=self.where, remedy=self.graph.near(name)
                )
            return found[0], ""
        id = self.document(document)
        for entity in self.graph.find(before):
            if any(doc == id for doc, *_ in self.places(entity)):
                return entity, id
        remedy = self.graph.near(before) if not self.graph.find(before) else ""
        raise UnknownName(f"nothing is called {before!r} in {document}", where=self.where, remedy=remedy)

    def called(self, name: str) -> list[Entity]:
        """Give the entities that are called just so, the most fitting first: a part of a name will not do."""
        return [entity for entity in self.graph.find(name) if fold(name) in _folded(entity)]

    def document(self, name: str) -> str:
        """Give the id of a document by its source, the name of its file, or the beginning of its id."""
        exact = [id for id, source in self.sources.items() if name in (source, id)]
        close = [
            id
            for id, source in self.sources.items()
            if os.path.basename(source) == name or (len(name) >= 4 and id.startswith(name))
        ]
        for found in (exact, close):
            if len(found) == 1:
                return found[0]
        if close:
            remedy = f"name one: {', '.join(sorted(self.sources[id] for id in close)[:5])}"
            raise GraphError(f"{len(close)} documents are called {name!r}", where=self.where, remedy=remedy)
        remedy = did_you_mean(name, self.sources.values())
        raise GraphError(f"no document is called {name!r}", where=self.where, remedy=remedy)

    def places(self, entity: Entity) -> Iterator[tuple[str, int, int]]:
        """Give where an entity is spoken of: document, first and last character."""
        node = f"<{self.graph.names.ent}{entity.id}>"
        for _, _, place in self.graph.store.matching(node, f"<{GAF}denotedBy>", None):
            if found := _PLACE.fullmatch(place):
                yield unquote(found[1]), int(found[2]), int(found[3])

    def parts(self, entity: Entity) -> list[Part]:
        """Give what an entity is called in each document, by source; each name in one is a part."""
        by_document: dict[str, set[tuple[int, int]]] = {}
        for doc, start, end in self.places(entity):
            by_document.setdefault(doc, set()).add((start, end))
        found = []
        for doc in sorted(by_document, key=lambda id: (self.sources.get(id, ""), id)):
            spans = by_document[doc]
            if self.store is None:
                found.append(Part(Name(entity.label, self.sources.get(doc, ""), doc), tuple(sorted(spans))))
            else:
                found += self._parts_in(self.store, doc, spans, _folded(entity))
        return found

    def _parts_in(
        self, store: StoreDirectory, doc: str, spans: set[tuple[int, int]], known: set[str]
    ) -> Iterator[Part]:
        from kg.resolve.things import normalise, things_of

        document, extraction = store.document(doc)
        extraction = store.corrections().amended(document, extraction)
        for thing in things_of(extraction):
            # Two things may share a place: who holds an office is spoken of by its name.
            if fold(thing.label) not in known or not any((m.start, m.end) in spans for m in thing.mentions):
                continue
            names: dict[str, list[tuple[int, int]]] = {}
            written: dict[str, str] = {}
            for m in thing.mentions:
                called = m.label or m.text
                if thing.named and m.kind == "name":
                    names.setdefault(normalise(called), []).append((m.start, m.end))
                    written.setdefault(normalise(called), called)
            if not names:
                key = normalise(thing.label)
                names, written = {key: [(m.start, m.end) for m in thing.mentions]}, {key: thing.label}
            # The label that stands for all of them comes first.
            for key in sorted(names, key=lambda key: (key != thing.key, names[key][0])):
                called = thing.label if key == thing.key else written[key]
                sentence = sentence_at(document, extraction, names[key][0][0])
                yield Part(Name(called, self.sources.get(doc, ""), doc), tuple(names[key]), sentence)

    def names(self, entity: Entity, document: str = "") -> tuple[Name, ...]:
        """Give the names by which an entity is found again.

        Its label is enough where nothing else is called so; else, and where a document is given, they are
        those of its documents.
        """
        if not document and not self._is_shared(entity):
            return (Name(entity.label),)
        parts = [part.name for part in self.parts(entity)]
        found: dict[str, Name] = {}
        for name in parts:
            if document in ("", name.document):
                # One name of each document will do: it brings the rest of its chain.
                found.setdefault(name.document, name)
        if not found:
            remedy = "build the graph with --provenance sentence"
            raise GraphError(
                f"where {entity.label!r} is spoken of is not told", where=self.where, remedy=remedy
            )
        return tuple(found.values())

    def _is_shared(self, entity: Entity) -> bool:
        """Whether an entity's label alone does not tell it from others, or it belongs to a document."""
        starts = {id[:8] for id in self.sources}
        return len(self.called(entity.label)) > 1 or any(part in starts for part in entity.id.split("-"))

    # Facts.

    def fact(self, subject: str, relation: str, object: str | None) -> Fact:
        """Give the fact that is meant, of which all sentences are."""
        who, _ = self.entity(subject)
        facts = [
            fact
            for fact in self.graph.facts(subject=who)
            if relation_words(fact.relation) == relation_words(relation)
        ]
        if not facts:
            known = {fact.relation for fact in self.graph.facts(subject=who)}
            remedy = did_you_mean(relation, known, otherwise=_listed(known))
            raise UnknownName(f"{who.label} has no fact {relation!r}", where=self.where, remedy=remedy)
        wanted = None if object is None else self._ends(object)
        fitting = [fact for fact in facts if wanted is None or self._is_end(fact, wanted, object or "")]
        ends = {text_of(fact.object) for fact in (fitting or facts)}
        if len({_end_key(fact) for fact in fitting}) == 1:
            return self._whole(fitting)
        what = f"{len(ends)} facts" if fitting else f"no fact with {object!r}"
        raise GraphError(
            f"{who.label} {relation_words(relation)}: {what}", where=self.where, remedy=_listed(ends)
        )

    def _ends(self, name: str) -> set[str]:
        return {entity.id for entity in self.graph.find(name)}

    def _is_end(self, fact: Fact, ids: set[str], text: str) -> bool:
        if isinstance(fact.object, Entity):
            return fact.object.id in ids
        return fold(text_of(fact.object)) == fold(text)

    def _whole(self, facts: list[Fact]) -> Fact:
        """Give one fact with the evidence of all that say the same, however they stand."""
        evidence = tuple(dict.fromkeys(e for fact in facts for e in fact.evidence))
        return dataclasses.replace(facts[0], evidence=evidence)

    def akin(self, fact: Fact) -> list[Fact]:
        """Give what the same sentences say besides of the same two things: the fact turned around, an event.

        An event is meant whose roles both ends of the fact fill, and what follows from it or from the clause.
        What stands otherwise than the fact is left.
        """
        if not isinstance(fact.object, Entity) or ":" in fact.relation:
            return []
        near = list(self._of_same_sentences(fact))
        roles: dict[str, set[str]] = {}
        for other, end in near:
            if ":" in other.relation:
                roles.setdefault(other.subject.id, set()).add(end)
        events = {id for id, fillers in roles.items() if {fact.subject.id, fact.object.id} <= fillers}
        turned = fact.object.id, fact.subject.id
        found = {
            (other.subject.id, other.relation, end): other
            for other, end in near
            if other.subject.id in events
            or (other.subject.id, end) == turned
            or ((other.subject.id, end) == turned[::-1] and _follows(other, fact))
        }
        return [*found.values()]

    def _of_same_sentences(self, fact: Fact) -> Iterator[tuple[Fact, str]]:
        """Give what the sentences of a fact say of either of its ends, each with the object."""
        quoted = {(e.doc_id, e.sentence) for e in fact.evidence}
        for about in (fact.subject, fact.object):
            for other in self.graph.facts(about=about) if isinstance(about, Entity) else ():
                there = {(e.doc_id, e.sentence) for e in other.evidence}
                if not quoted & there or other.verdict == "added" or other.asserted != fact.asserted:
                    continue
                if isinstance(other.object, Entity):
                    yield other, other.object.id

    def said(self, fact: Fact) -> tuple[str, str, str]:
        """Give a fact by what its document calls both ends: that stays so whatever they are merged with."""
        ends = [fact.subject.label, text_of(fact.object)]
        if self.store is not None and fact.evidence and fact.evidence[0].doc_id in self.sources:
            first = fact.evidence[0]
            document, extraction = self.store.document(first.doc_id)
            extraction = self.store.corrections().amended(document, extraction)
            ends = _as_called(extraction, fact, (first.start, first.end)) or ends
        return ends[0], fact.relation, ends[1]

    def quotes(self, fact: Fact) -> tuple[Quote, ...]:
        """Give the sentences of a fact, each once with a document that has it."""
        found: dict[str, Quote] = {}
        for each in fact.evidence:
            quote = Quote(sound(each.quote), self.sources.get(each.doc_id, ""), each.doc_id)
            found.setdefault(quote.key, quote)
        return tuple(found.values())

    # Sentences.

    def quote(self, sentence: str, source: str) -> Quote:
        """Give a sentence with the document that has it."""
        sentence = sound(sentence)
        wanted = Quote(sentence)
        if not wanted.key:
            raise GraphError("a fact needs its sentence", where=self.where, remedy="quote it from a document")
        ids = [self.document(source)] if source else sorted(self.sources, key=self.sources.__getitem__)
        if self.store is None:
            return self._quote_of_graph(wanted, ids, bool(source))
        near: list[str] = []
        for id in ids:
            document, extraction = self.store.document(id)
            if span := find(document.text, wanted):
                return Quote(document.text[slice(*span)], self.sources[id], id)
            if source:
                near = [document.text[start:end] for start, end in extraction.sentences]
        remedy = did_you_mean(sentence, near, otherwise="quote it as it stands there")
        raise GraphError("no document has this sentence", where=source or self.where, remedy=remedy)

    def _quote_of_graph(self, wanted: Quote, ids: list[str], named: bool) -> Quote:
        """Give a sentence with its document where a graph tells: of a fact, or in the one that is named."""
        for fact in () if named else self.graph.each_fact():
            for each in fact.evidence:
                if Quote(each.quote).key == wanted.key:
                    return Quote(each.quote, self.sources.get(each.doc_id, ""), each.doc_id)
        if not named and len(ids) != 1:
            remedy = f"name the document: {', '.join(sorted(self.sources.values())[:5])}"
            raise GraphError("no fact of the graph has this sentence", where=self.where, remedy=remedy)
        return Quote(wanted.sentence, self.sources[ids[0]], ids[0])


def sentence_at(document: Document, extraction: Extraction, start: int) -> str:
    """Give the sentence in which a character stands."""
    spans = [span for span in extraction.sentences if span[0] <= start < span[1]]
    return document.text[slice(*spans[0])] if spans else ""


def triples_at(extraction: Extraction, relation: str, start: int, end: int) -> list[tuple[int, int | None]]:
    """Give subject and object of the claims of a relation that stand there, by mention, the nearest first."""
    found = []
    for claim in extraction.claims:
        if claim.start < end and start < claim.end:
            distance = abs(claim.start - start) + abs(claim.end - end)
            for subject, name, obj in _binary(claim):
                if relation_words(name) == relation_words(relation):
                    found.append((distance, subject, obj))
    return [(subject, obj) for _, subject, obj in sorted(found, key=lambda each: each[0])]


def _binary(claim: Claim) -> Iterator[tuple[int, str, int | None]]:
    """Give all triples of a claim, those that are doubted too."""
    if claim.object is not None or not claim.qualifiers:
        yield claim.subject, claim.relation, claim.object
    for role, mention in claim.qualifiers:
        yield claim.subject, claim.relation_of(role), mention


def _as_called(extraction: Extraction, fact: Fact, span: tuple[int, int]) -> list[str]:
    """Give what a document calls the ends of a fact that is read there; nothing if it cannot be told."""
    from kg.resolve.things import things_of

    called = {place: thing for thing in things_of(extraction) for place in thing.places}
    for subject, obj in triples_at(extraction, fact.relation, *span):
        ends = []
        for end, mention in ((fact.subject, subject), (fact.object, obj)):
            thing = None if mention is None else called.get(mention)
            if isinstance(end, Entity) and thing is not None:
                ends.append(thing.label if fold(thing.label) in _folded(end) else None)
            else:
                ends.append(None if isinstance(end, Entity) else text_of(end))
        if None not in ends:
            return [end for end in ends if end is not None]
    return []


def _folded(entity: Entity) -> set[str]:
    """Give all that an entity is called, as names are compared."""
    return set(map(fold, (entity.label, *entity.aliases)))


def _end_key(fact: Fact) -> tuple[str, str]:
    is_thing = isinstance(fact.object, Entity)
    return ("thing", fact.object.id) if is_thing else ("text", text_of(fact.object))  # type: ignore[union-attr]


def _listed(names: Iterable[str]) -> str:
    shown = sorted(names)
    more = f" and {len(shown) - MOST_NAMED} more" if len(shown) > MOST_NAMED else ""
    return f"there are: {', '.join(shown[:MOST_NAMED])}{more}" if shown else ""


def _follows(other: Fact, fact: Fact) -> bool:
    """Whether a fact says in a relation of the table what another says in the words of the text."""
    return other.relation != fact.relation and any(e.rule in FOLLOWING for e in other.evidence)
