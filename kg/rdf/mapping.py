"""Extraction and entity links become triples.

A triple is three strings in the canonical form of N-Triples, so that it can be sorted, compared and
written as it is. Everything here is a pure function of its arguments; nothing has a blank node.
"""

from __future__ import annotations

import datetime as dt
import functools
import hashlib
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol
from urllib.parse import quote

import pyoxigraph as ox

from kg import relations as rel
from kg.classes import EVENTS, PLACES
from kg.config import RdfConfig
from kg.iri import digest, slug
from kg.model import OBJECT, Claim, Document, Entity, Extraction, Mention, Place, Value, text_of
from kg.rdf.ontology import LABEL, LONGEST_LABEL, TYPE, short
from kg.rdf.terms import FALSE, TRUE, Triple, decimal, iri, literal, read_literal
from kg.rdf.wording import of_subject, tail
from kg.vocab import GAF, NIF, OWL, PROV, RDF, SCHEMA, SEM, SKOS, XSD, Names, place_roles

LONGEST_RELATION_TEXT = 8
# Why a fact is not worth a triple.
IN_LABEL = "the name of the thing says it"
# What has no place of its own beside the one in its label.
UNPLACED = frozenset(("Concept", "Quantity", "Group"))
# Where two ends became one thing that the text does not call one, they were two, or one was read wrongly.
ONE_END = "subject and object are one thing"
# Of an end that says too little or too unsurely without the others, which `kg:saying` has together, or that
# a label has.
PART = "too little alone: the whole claim, or what its ends are called, says it"
PASSIVE = frozenset({"was", "were", "is", "are", "been", "being", "be"})
RECIPROCAL = ("each other", "one another")
# The rule of facts that somebody added, and what is called of facts that somebody said are wrong.
ADDED, REJECTED = "added", "rejected"
# Whose a thing is: a property of the thing, and no statement about it.
OF = "of"
NUMERIC = frozenset({"integer", "decimal"})


class Links(Protocol):
    """What resolution gives: the entities, and per document an index of them, or None, for each mention."""

    @property
    def entities(self) -> Sequence[Entity]:
        """All entities."""
        ...

    @property
    def links(self) -> Mapping[str, Sequence[int | None]]:
        """For each document's mentions the index of the entity, None for a literal."""
        ...


class Possible(Protocol):
    """Two entities, by id, that may be one thing."""

    @property
    def a(self) -> str:
        """The id of the one."""
        ...

    @property
    def b(self) -> str:
        """The id of the other."""
        ...

    @property
    def score(self) -> float:
        """How likely they are one."""
        ...

    @property
    def reason(self) -> str:
        """Why they may be one."""
        ...


class Merge(Protocol):
    """Why mentions of several documents are one entity."""

    @property
    def entity(self) -> str:
        """The id of what it became."""
        ...

    @property
    def reason(self) -> str:
        """Why it is one."""
        ...


class Review(Protocol):
    """What somebody said of a fact: that it is right or wrong, or that it is one; by whom, when and why."""

    @property
    def verdict(self) -> str:
        """Confirmed, rejected or added."""
        ...

    @property
    def by(self) -> str:
        """Who said so."""
        ...

    @property
    def at(self) -> dt.datetime | None:
        """When."""
        ...

    @property
    def note(self) -> str:
        """Why."""
        ...

    @property
    def key(self) -> str:
        """What it is known by."""
        ...


class Reviews(Protocol):
    """What people said of facts."""

    def of(
        self, subject: Iterable[str], relation: str, object: Iterable[str], sentence: str, *, added: bool
    ) -> Review | None:
        """Give what was said of a fact that was read from a sentence, by all names of its ends."""
        ...


@dataclass(frozen=True, slots=True)
class Mapped:
    """The triples of one document, and the indexes of the entities that they speak of.

    `reviewed` are the keys of what people said of facts that are among them.
    """

    triples: list[Triple]
    entities: frozenset[int]
    reviewed: frozenset[str] = frozenset()


def triples(document: Document, extraction: Extraction, links: Links, config: RdfConfig) -> Iterator[Triple]:
    """Give the triples of one document: the document, its sentences, statements and asserted facts."""
    yield from map_document(document, extraction, links, config).triples


def map_document(
    document: Document,
    extraction: Extraction,
    links: Links,
    config: RdfConfig,
    reviews: Reviews | None = None,
) -> Mapped:
    """Map one document; sorted triples, no two alike. Facts stand as their `reviews` say."""
    return _DocumentMap(document, extraction, links, config, reviews).run()


def entity_triples(links: Links, used: Iterable[int], config: RdfConfig) -> Iterator[Triple]:
    """Give type, label, aliases and the like of the entities that documents speak of."""
    names = Names(config.base)
    for index in sorted(set(used)):
        entity = links.entities[index]
        node = f"<{names.ent}{entity.id}>"
        label = short(entity.label)
        yield node, TYPE, f"<{names.kg}{entity.type}>"
        yield node, LABEL, literal(label, lang="en")
        for alias in entity.aliases:
            if alias != label and len(alias.split()) <= LONGEST_LABEL:
                yield node, f"<{SKOS}altLabel>", literal(alias, lang="en")
        for other in entity.same_as:
            if same := iri(other):
                yield node, f"<{OWL}sameAs>", same
        if round(entity.confidence, 2) != 1:
            yield node, f"<{names.kg}confidence>", decimal(entity.confidence)


def identity_triples(
    entities: Sequence[Entity],
    possible: Iterable[Possible],
    merges: Iterable[Merge],
    used: Iterable[int],
    base: str,
) -> Iterator[Triple]:
    """Give the pairs of entities that may be one thing, each with its score, and why others were merged."""
    names = Names(base)
    kept = {entities[i].id for i in used}
    reason = f"<{names.kg}mergeReason>"
    for merge in merges:
        if merge.entity in kept:
            yield f"<{names.ent}{merge.entity}>", reason, literal(merge.reason, lang="en")
    for pair in possible:
        if pair.a in kept and pair.b in kept:
            a, b = f"<{names.ent}{pair.a}>", f"<{names.ent}{pair.b}>"
            node = f"<{names.st}{digest(f'possible {pair.a} {pair.b}')}>"
            yield a, f"<{names.kg}possibleSame>", b
            yield node, TYPE, f"<{names.kg}Candidate>"
            yield node, f"<{RDF}subject>", a
            yield node, f"<{RDF}object>", b
            yield node, f"<{names.kg}confidence>", decimal(pair.score)
            yield node, reason, literal(pair.reason, lang="en")


def shared_triples(resolution: Links, used: Iterable[int], config: RdfConfig) -> Iterator[Triple]:
    """Give what no single document says: the entities by name and type, and what was held for the same."""
    used = set(used)
    yield from entity_triples(resolution, used, config)
    possible, merges = getattr(resolution, "possible", ()), getattr(resolution, "merges", ())
    yield from identity_triples(resolution.entities, possible, merges, used, config.base)


def document_iri(doc_id: str, base: str) -> str:
    """Give the IRI of a document."""
    return f"{base}document/{quote(doc_id, safe='-._~')}"


@dataclass(slots=True)
class _Edge:
    subject: int
    predicate: str
    object: str
    entity: int | None = None
    text: str = ""
    extra: list[tuple[str, str]] = field(default_factory=list)
    asserted: bool = True
    confidence: float = 1.0
    # Why the text's statement is not taken for one, or is worth little by itself.
    withheld: str = ""
    # All that the claim says, where the edge holds a part of it.
    saying: str = ""
    # Why it is doubtful, if that is known: what it lacks, or that it says nothing.
    doubt: str = ""


# What the relations of events to what they have to do with begin with.
_OF_EVENTS = ("kg:", "sem:")
# In the words of a claim, the role of what makes no triple.
BESIDE = ""
_SUBJECT, _PREDICATE, _OBJECT = (f"<{RDF}{part}>" for part in ("subject", "predicate", "object"))
_DERIVED = f"<{PROV}wasDerivedFrom>"
_INTEGER = f"^^<{XSD}integer>"


class _DocumentMap:
    def __init__(
        self,
        document: Document,
        extraction: Extraction,
        links: Links,
        config: RdfConfig,
        reviews: Reviews | None,
    ) -> None:
        self.document, self.extraction = document, extraction
        self.reviews = reviews or None
        self.reviewed: set[str] = set()
        self.entities = links.entities
        found = links.links[extraction.doc_id]
        pairs = zip(extraction.mentions, found, strict=True)
        # What is only ever called "she" or "it" names nothing, so it is no node.
        called = {link for mention, link in pairs if mention.kind != "pronoun"}
        self.links = tuple(link if link in called else None for link in found)
        names = Names(config.base)
        self.kg, self.st, self.ent, self.rel = names.kg, names.st, names.ent, names.rel
        self.named = {i for m, i in zip(extraction.mentions, found, strict=True) if m.kind == "name"}
        # What claims tell of things, other than whose they are.
        self.told = {
            self.links[end]
            for c in extraction.claims
            if c.asserted and c.relation not in (rel.HAS, OF)
            for end in (c.subject, c.object)
            if end is not None
        }
        self.predicates: dict[str, str] = {}
        self.provenance = config.provenance
        self.iri = document_iri(document.id, config.base)
        self.starts = [s for s, _ in extraction.sentences]
        self.used: set[int] = set()
        self.out: set[Triple] = set()
        self.sentences: set[tuple[int, int]] = set()
        self.lowered: dict[tuple[int, int], str] = {}
        # The node of each statement, by its content.
        self.nodes: dict[str, str] = {}

    def run(self) -> Mapped:
        best: dict[str, tuple[float, str, Claim, _Edge]] = {}
        clauses = self._clauses()
        for claim in self.extraction.claims:
            edges = list(self._edges(claim))
            whole = self._saying(claim) if edges else ""
            if edges and claim.relation.startswith(_OF_EVENTS):
                whole = self._saying_of_clause(claim, clauses)
            for edge in edges:
                edge.saying = whole
                key = self._key(claim, edge)
                # The same words read twice by two rules are one statement; the surer reading is kept.
                rank = (edge.confidence, claim.rule)
                if key not in best or rank > best[key][:2]:
                    best[key] = (*rank, claim, edge)
        by_claim: dict[int, list[str]] = {}
        for key, (_, _, claim, edge) in best.items():
            self._state(key, claim, edge)
            by_claim.setdefault(id(claim), []).append(key)
        if self.provenance != "none":
            self._join(by_claim.values())
        for mention, link in zip(self.extraction.mentions, self.links, strict=True):
            if link is not None and mention.kind == "name":
                self.used.add(link)
        self._describe_owners()
        self._describe_document()
        self._describe_mentions()
        for start, end in self.sentences:
            self._describe_sentence(start, end)
        return Mapped(sorted(self.out), frozenset(self.used), frozenset(self.reviewed))

    def _join(self, clauses: Iterable[Sequence[str]]) -> None:
        """Let the statements of one clause point to each other, from the first to the rest and back."""
        for keys in clauses:
            first, *others = (self.nodes[key] for key in keys)
            for other in others:
                self._add(first, f"{self.kg}sameClause", other)
                self._add(other, f"{self.kg}sameClause", first)

    def _add(self, subject: str, prop: str, value: str) -> None:
        self.out.add((subject, f"<{prop}>", value))

    def _node(self, index: int) -> str:
        return f"<{self.ent}{self.entities[index].id}>"

    def _mention(self, index: int) -> Mention:
        return self.extraction.mentions[index]

    # Claims become edges: a subject's entity, a predicate, and an entity or literal.

    def _edges(self, claim: Claim) -> Iterator[_Edge]:
        subject = self.links[claim.subject]
        if subject is None or self._is_told_elsewhere(claim):
            return
        ends = list(self._ends(claim))
        if not ends:
            doubt = self._doubt(claim, None) if claim.asserted else ""
            yield _Edge(
                subject,
                self._predicate(claim.relation),
                TRUE,
                text=claim.text,
                asserted=claim.asserted and not doubt,
                confidence=claim.confidence,
                doubt=claim.doubt or doubt,
            )
            return
        for role, mention, asserted, confidence, doubt in ends:
            edge = self._edge_to(claim, subject, role, mention)
            if edge is None or (edge.entity == subject and claim.relation in ("alias", "be")):
                continue
            plain = role in ("object", "time", "clause")
            edge.text = _with_by(claim) if plain else f"{claim.text} {role.replace('_', ' ')}"
            edge.asserted, edge.confidence, edge.doubt = asserted, confidence, doubt
            self._withhold(edge, mention)
            if edge.asserted and (vague := self._doubt(claim, mention)):
                edge.asserted, edge.doubt = False, vague
            yield edge

    def _edge_to(self, claim: Claim, subject: int, role: str, mention: int) -> _Edge | None:
        """Give the edge from a claim's subject to one of its ends."""
        edge = self._end(subject, self._predicate(claim.relation_of(role)), mention)
        if edge is not None and role == "clause" and claim.object is not None and edge.entity is None:
            edge.object = literal(self._clause_of(claim, mention), lang=self.document.lang)
        return edge

    def _clause_of(self, claim: Claim, index: int) -> str:
        """Give a clause beside an object, with who "him" is in "him to study law"."""
        clause = self._mention(index)
        text = " ".join((clause.description or clause.label or clause.text).split())
        if claim.object is None or clause.description:
            return text
        link, pronoun = self.links[claim.object], self._mention(claim.object)
        if link is None or pronoun.kind != "pronoun" or not text.startswith(f"{pronoun.text} "):
            return text
        return short(self.entities[link].label) + text[len(pronoun.text) :]

    def _ends(self, claim: Claim) -> Iterator[tuple[str, int, bool, float, str]]:
        """Give what a claim's triples end in: role, mention, whether it is asserted, how surely, why not."""
        if claim.object is not None:
            partial = OBJECT in claim.doubted
            doubt = PART if partial else claim.doubt
            yield "object", claim.object, claim.asserted and not partial, claim.confidence, doubt
        sure = claim.qualifier_confidence or (claim.confidence,) * len(claim.qualifiers)
        for i, (role, m) in enumerate(claim.qualifiers):
            if self._mention(m).kind != "time":
                partial = claim.asserted and i in claim.doubted
                doubt = PART if partial else claim.doubt
                yield role, m, claim.asserted and not partial, sure[i], doubt

    def _clauses(self) -> Mapping[int, list[Claim]]:
        """Give the claims of clauses by where their verbs stand."""
        found: dict[int, list[Claim]] = {}
        for claim in self.extraction.claims:
            if claim.at is not None and (claim.qualifiers or claim.beside) and ":" not in claim.relation:
                found.setdefault(claim.at, []).append(claim)
        return found

    def _saying_of_clause(self, role: Claim, clauses: Mapping[int, list[Claim]]) -> str:
        """Put into one line what the clause says that tells of what fills a role of an event.

        How, why or for how long something was done may be no role: "acquitted him by ten to two".
        """
        there = () if role.at is None else clauses.get(role.at, ())
        told = (
            self._saying(c)
            for c in there
            if (c.negated, c.modality) == (role.negated, role.modality)
            and role.object in (c.subject, c.object, *(m for _, m in c.qualifiers))
        )
        return max(told, key=len, default="")

    def _saying(self, claim: Claim) -> str:
        """Put a claim into one line where its edges hold parts of it, what may belong elsewhere left out."""
        further = [(r, m) for i, (r, m) in enumerate(claim.qualifiers) if i not in claim.astray]
        further += [(BESIDE, m) for m in claim.beside]
        if not claim.text or not self._says_more(claim, len(further)):
            return ""
        words = [self._called(claim.subject), "not" if claim.negated else "", self._relation_said(claim)]
        ends = self._ends_as_told(claim, further)
        past, before = -1, ""
        for role, index in ends:
            mention = self._mention(index)
            called = self._clause_of(claim, index) if role == "clause" else self._called_of(claim, index)
            if past > mention.start >= self._mention(ends[0][1]).start:
                continue  # the words of another end have it
            behind = tail(mention, called)
            past = mention.end if behind else past
            words += [_link(role, again=role == before and mention.kind != "time"), called, behind]
            before = "" if mention.kind in ("time", "clause") else role
        return " ".join(" ".join(words).split())

    def _ends_as_told(self, claim: Claim, further: Sequence[tuple[str, int]]) -> list[tuple[str, int]]:
        """Give the ends of a claim as the text has them, the object first unless a clause has its words."""
        ends = sorted(further, key=lambda x: (self._mention(x[1]).start, x))
        if claim.object is None or self._is_told(claim.object, further):
            return ends
        return [("object", claim.object), *ends]

    def _says_more(self, claim: Claim, further: int) -> bool:
        """Whether a claim says more than its edge: it has several ends, or words behind its object's name."""
        if claim.object is None or further:
            return further + (claim.object is not None) > 1 or bool(claim.beside)
        return (
            ":" not in claim.relation and tail(self._mention(claim.object), self._called(claim.object)) != ""
        )

    def _is_told(self, end: int, further: Iterable[tuple[str, int]]) -> bool:
        """Whether a clause beside an object begins with it: "asked", "the council to help"."""
        mention = self._mention(end)
        clauses = (self._mention(index) for role, index in further if role == "clause")
        return any(c.label != c.text and mention.text in c.label for c in clauses)

    def _relation_said(self, claim: Claim) -> str:
        """Give the words of a claim's relation: of one of the table its own, as its ends may be turned.

        "Halm owns 51 percent of Vero" is "Vero owned by Halm".
        """
        if claim.qualifiers and claim.relation in rel.CURATED:
            return claim.relation.replace("_", " ")
        return self._said(claim)

    def _said(self, claim: Claim) -> str:
        """Give the words of a relation with what they lack in the text: "was", or the preposition."""
        # A participle may open its sentence: "Charged in Ulm with theft, he fled".
        parts, text = claim.relation.split("_"), claim.text[:1].lower() + claim.text[1:]
        if parts[0] != "be" and len(text.split()) > 1 and not text.endswith("ing"):
            # A passive that was turned around: "was founded by Ann" is "Ann founded".
            text = " ".join(w for w in text.split() if w.lower() not in PASSIVE) or text
        before = "was" if parts[0] == "be" and len(parts) > 1 and len(text.split()) < len(parts) else ""
        behind = "" if len(parts) == 1 or parts[-1] in text.lower().split() else parts[-1]
        said = behind and behind in self._words_of(self._sentence(claim)).split()
        return " ".join(filter(None, (before, text, behind if said else "")))

    def _called(self, index: int) -> str:
        """Give what a mention stands for, as a reader calls it."""
        link, mention = self.links[index], self._mention(index)
        if link is not None:
            label = short(self.entities[link].label)
            counted = mention.value is not None and mention.kind == "nominal" and not mention.description
            count = mention.value.lexical if counted and mention.value is not None else ""
            return label if count in ("", *label.split()) else f"{count} {label}"
        as_written = mention.value is not None or mention.kind == "time"
        clause = mention.description if mention.kind == "clause" else ""
        return mention.text if as_written else clause or mention.label or mention.text

    def _called_of(self, claim: Claim, index: int) -> str:
        """Give what an end of a claim is called beside its subject: "gave herself up", "broke her arm"."""
        called, text = self._called(index), self._mention(index).text
        if self.links[index] is not None and self.links[index] == self.links[claim.subject]:
            return text if _is_reflexive(text) else called
        return of_subject(self._called(claim.subject), called, text)

    def _is_told_elsewhere(self, claim: Claim) -> bool:
        """Whether what somebody is said to have is a node of its own that is said to be of them."""
        if claim.relation != rel.HAS or claim.object is None:
            return claim.relation == OF
        return self.links[claim.object] in self.told - self.named

    def _describe_owners(self) -> None:
        """Say of things without a name whose they are, as it is said in what they are called."""
        for claim in self.extraction.claims:
            if claim.relation != OF or claim.object is None or not claim.asserted:
                continue
            thing, owner = self.links[claim.subject], self.links[claim.object]
            if thing is None or owner is None or thing == owner or thing in self.named:
                continue
            if thing in self.used:
                self.used.add(owner)
                self._add(self._node(thing), f"{self.kg}{OF}", self._node(owner))

    def _withhold(self, edge: _Edge, end: int) -> None:
        """Take back what would act on itself, unless the text says so: "Vik blamed herself"."""
        if edge.asserted and edge.entity == edge.subject and not _is_reflexive(self._mention(end).text):
            edge.asserted, edge.withheld = False, ONE_END

    def _doubt(self, claim: Claim, end: int | None) -> str:
        """Say why what the text states is no fact by itself: no reader could tell what it is about."""
        if claim.relation.startswith(_OF_EVENTS):
            return ""  # an event is told by all of its roles together
        if end is not None and self._is_in_label(claim, end):
            return IN_LABEL
        return ""

    def _is_in_label(self, claim: Claim, end: int) -> bool:
        """Whether the label of what is no thing of its own says where it is: "situation in Gaza"."""
        subject, place = self.links[claim.subject], self.links[end]
        if claim.relation != "located_in" or subject is None or place is None:
            return False
        thing = self.entities[subject]
        label = f" {thing.label} "
        return thing.type in UNPLACED and f" in {self.entities[place].label} " in label

    def _predicate(self, relation: str) -> str:
        found = self.predicates.get(relation)
        if found is None:
            prefix, _, local = relation.rpartition(":")
            space = {"kg": self.kg, "sem": SEM}.get(prefix)
            iri_of = f"{self.rel}{slug(relation)}" if space is None else f"{space}{local}"
            found = self.predicates[relation] = f"<{iri_of}>"
        return found

    def _end(self, subject: int, predicate: str, index: int) -> _Edge | None:
        link, mention = self.links[index], self._mention(index)
        if link is not None:
            return _Edge(subject, predicate, self._node(link), entity=link)
        if mention.kind == "pronoun":
            return None
        value = mention.value
        if value is None or mention.kind in ("clause", "attribute"):
            text = mention.description or mention.label or mention.text
            return _Edge(subject, predicate, literal(" ".join(text.split()), lang=self.document.lang))
        extra = list(self._value_details(value))
        return _Edge(subject, predicate, typed(value.lexical, value.datatype), extra=extra)

    def _value_details(self, value: Value) -> Iterator[tuple[str, str]]:
        """What a value says beyond its number: unit, comparator, bounds."""
        if value.unit:
            yield f"{self.kg}unit", literal(value.unit)
        if value.comparator:
            yield f"{self.kg}comparator", f"<{self.kg}{value.comparator}>"
        bound = value.datatype if value.datatype in NUMERIC else "date"
        for name, lexical in (("lower", value.lower), ("upper", value.upper)):
            if lexical is not None and value.datatype != "duration":
                yield f"{self.kg}{name}", typed(lexical, _numeric(lexical, bound))

    # Edges become statements.

    def _key(self, claim: Claim, edge: _Edge) -> str:
        """The content of a statement; its hash is its name."""
        by = None if claim.attributed_to is None else self.links[claim.attributed_to]
        parts = (
            self.document.id,
            self._node(edge.subject),
            edge.predicate,
            edge.object,
            edge.asserted,
            claim.negated,
            claim.modality,
            by if by is None else self._node(by),
            claim.begins,
            claim.ends,
            *self._span(claim),
        )
        return "\x1f".join(map(str, parts))

    def _sentence(self, claim: Claim) -> tuple[int, int]:
        return self._sentence_at(claim.start)

    def _words_of(self, sentence: tuple[int, int]) -> str:
        """Give a sentence in small letters; each is asked for by all that it says."""
        found = self.lowered.get(sentence)
        if found is None:
            found = self.lowered[sentence] = self.document.text[slice(*sentence)].lower()
        return found

    def _sentence_at(self, start: int) -> tuple[int, int]:
        return self.extraction.sentences[max(0, bisect_right(self.starts, start) - 1)]

    def _span(self, claim: Claim) -> tuple[int, int]:
        start, end = self._sentence(claim)
        begin = min(max(claim.start, start), end - 1)
        return begin, max(begin + 1, min(claim.end, end))

    def _assert(self, subject: str, claim: Claim, edge: _Edge) -> None:
        """Add the plain triple; of what is said of an event also when that was."""
        self.out.add((subject, edge.predicate, edge.object))
        if self.entities[edge.subject].type in EVENTS and claim.relation.startswith(_OF_EVENTS):
            self._stamp(subject, claim)

    def _review(self, claim: Claim, edge: _Edge) -> Review | None:
        """Let a fact stand as somebody said, if anybody did; gives what was said.

        What is right as it was read is asserted, unless the text itself does not state it as so.
        """
        if self.reviews is None:
            return None
        sentence = self.document.text[slice(*self._sentence(claim))]
        subject, relation = _names(self.entities[edge.subject]), self._relation_of(edge.predicate)
        added = claim.rule == ADDED
        review = self.reviews.of(subject, relation, self._names_of(edge), sentence, added=added)
        if review is None:
            return None
        self.reviewed.add(review.key)
        if review.verdict == REJECTED:
            edge.asserted, edge.doubt = False, ""
        elif not claim.negated and claim.modality is None:
            edge.asserted, edge.doubt, edge.withheld = True, "", ""
        return review

    def _relation_of(self, predicate: str) -> str:
        """Give a relation by its name, under its prefix where it is of events."""
        iri_of = predicate[1:-1]
        for prefix, space in (("kg", self.kg), ("sem", SEM)):
            if iri_of.startswith(space):
                return f"{prefix}:{iri_of.removeprefix(space)}"
        return iri_of.removeprefix(self.rel)

    def _names_of(self, edge: _Edge) -> tuple[str, ...]:
        """Give all that the object of an edge may be called; a fact of one end has nothing there."""
        if edge.entity is not None:
            return _names(self.entities[edge.entity])
        if edge.object == TRUE:
            return ("",)
        text = read_literal(edge.object).text
        units = [read_literal(value).text for prop, value in edge.extra if prop == f"{self.kg}unit"]
        return (text, *(text_of(Value(text, unit=unit)) for unit in units))

    def _say_who(self, node: str, review: Review) -> None:
        """Say who looked at a statement, when, and what came of it."""
        self._add(node, f"{self.kg}verdict", literal(review.verdict))
        if review.by:
            self._add(node, f"{self.kg}reviewedBy", literal(review.by))
        if review.at is not None:
            day = review.at.astimezone(dt.UTC).replace(microsecond=0, tzinfo=None)
            self._add(node, f"{self.kg}reviewedAt", literal(f"{day.isoformat()}Z", datatype="dateTime"))
        if review.note:
            self._add(node, f"{self.kg}reviewNote", literal(review.note))

    def _state(self, key: str, claim: Claim, edge: _Edge) -> None:
        review = self._review(claim, edge)
        self.used.add(edge.subject)
        if edge.entity is not None:
            self.used.add(edge.entity)
        subject = self._node(edge.subject)
        if edge.asserted:
            self._assert(subject, claim, edge)
        if self.provenance == "none":
            return
        kg = self.kg
        node = self.nodes[key] = f"<{self.st}{digest(key)}>"
        sentence = self._sentence(claim)
        self.sentences.add(sentence)
        begin, end = self._span(claim)
        self.out.update(
            (
                (node, TYPE, f"<{kg}Statement>"),
                (node, _SUBJECT, subject),
                (node, _PREDICATE, edge.predicate),
                (node, _OBJECT, edge.object),
                (node, f"<{kg}asserted>", TRUE if edge.asserted else FALSE),
                (node, f"<{kg}negated>", TRUE if claim.negated else FALSE),
                (node, f"<{kg}confidence>", decimal(edge.confidence)),
                (node, _DERIVED, self._place(*sentence)),
                (node, f"<{kg}beginIndex>", f'"{begin}"{_INTEGER}'),
                (node, f"<{kg}endIndex>", f'"{end}"{_INTEGER}'),
            )
        )
        if claim.rule:
            self._add(node, f"{kg}rule", literal(claim.rule))
        if words := self._relation_text(edge.text, sentence):
            self._add(node, f"{kg}relationText", literal(words))
        if edge.saying:
            self._add(node, f"{kg}saying", literal(edge.saying))
        self._say_why(node, edge)
        if review is not None:
            self._say_who(node, review)
        if claim.modality:
            self._add(node, f"{kg}modality", f"<{kg}{claim.modality}>")
        by = None if claim.attributed_to is None else self.links[claim.attributed_to]
        if by is not None:
            self.used.add(by)
            self._add(node, f"{kg}attributedTo", self._node(by))
        self._when_and_where(node, claim)
        for prop, value in edge.extra:
            self._add(node, prop, value)

    def _say_why(self, node: str, edge: _Edge) -> None:
        """Say why what the text states is not taken for a fact, where that is known."""
        doubt = "" if edge.asserted else edge.doubt
        for prop, why in (("withheld", edge.withheld), ("doubt", doubt)):
            if why:
                self._add(node, f"{self.kg}{prop}", literal(why))

    def _when_and_where(self, node: str, claim: Claim) -> None:
        self._stamp(node, claim)
        for role, index in claim.qualifiers:
            mention, link = self._mention(index), self.links[index]
            if mention.kind == "time":
                self._add(node, f"{self.kg}timeText", literal(" ".join(mention.text.split())))
            elif link is not None and role in place_roles() and self.entities[link].type in PLACES:
                self.used.add(link)
                self._add(node, f"{SEM}hasPlace", self._node(link))

    def _stamp(self, node: str, claim: Claim) -> None:
        """Say from when and until when a statement holds, or when an event was."""
        begins, ends = claim.begins, claim.ends
        if begins and ends and ends < begins:
            begins, ends = ends, begins
        for prop, day in (("hasBeginTimeStamp", begins), ("hasEndTimeStamp", ends)):
            if day is not None:
                self._add(node, f"{SEM}{prop}", literal(day.isoformat(), datatype="date"))

    def _relation_text(self, text: str, sentence: tuple[int, int]) -> str:
        said = self._words_of(sentence)
        words = [w for w in text.split() if w.lower() in said]
        return " ".join(words[:LONGEST_RELATION_TEXT])

    # Evidence.

    def _place(self, start: int, end: int) -> str:
        return f"<{self.iri}#char={start},{end}>"

    def _describe_sentence(self, start: int, end: int) -> None:
        node = self._place(start, end)
        self.out.add((node, TYPE, f"<{NIF}Sentence>"))
        self._anchor(node, start, end)
        self._add(node, f"{NIF}referenceContext", f"<{self.iri}>")
        # A document that is one row or message says so itself.
        if len(self.document.places) > 1 and (place := self.document.place(start)):
            self._locate(node, place)

    def _locate(self, node: str, place: Place) -> None:
        self._add(node, f"{self.kg}{place.kind}", literal(str(place.number), datatype="integer"))

    def _anchor(self, node: str, start: int, end: int) -> None:
        self._add(node, f"{NIF}anchorOf", literal(self.document.text[start:end]))
        self._add(node, f"{NIF}beginIndex", literal(str(start), datatype="integer"))
        self._add(node, f"{NIF}endIndex", literal(str(end), datatype="integer"))

    def _describe_mentions(self) -> None:
        values: dict[int, dict[Value, None]] = {}
        for mention, link in zip(self.extraction.mentions, self.links, strict=True):
            if link is None or link not in self.used:
                continue
            if mention.value is not None and mention.kind in ("nominal", "quantity"):
                values.setdefault(link, {})[mention.value] = None
            if self.provenance == "full" or (self.provenance != "none" and mention.kind != "pronoun"):
                self._add(self._node(link), f"{GAF}denotedBy", self._place(mention.start, mention.end))
            if self.provenance == "full":
                self._describe_mention(mention)
        for link, found in values.items():
            self._describe_values(link, found)

    def _describe_mention(self, mention: Mention) -> None:
        node = self._place(mention.start, mention.end)
        self.out.add((node, TYPE, f"<{NIF}Phrase>"))
        self._anchor(node, mention.start, mention.end)
        self._add(node, f"{NIF}referenceContext", f"<{self.iri}>")
        sentence = self._sentence_at(mention.start)
        self.sentences.add(sentence)
        self._add(node, f"{NIF}sentence", self._place(*sentence))

    def _describe_values(self, link: int, found: Iterable[Value]) -> None:
        """Say how many a thing is, or how much."""
        node = self._node(link)
        prop = "value" if self.entities[link].type == "Quantity" else "count"
        values = list(found)
        for value in values:
            if value.datatype not in NUMERIC:
                continue
            if value.lower is None or value.upper is None:
                self._add(node, f"{self.kg}{prop}", typed(value.lexical, value.datatype))
            # Several numbers of one thing cannot share bounds; each of a single one is kept.
            if len(values) == 1:
                for detail, text in self._value_details(value):
                    self._add(node, detail, text)

    def _describe_document(self) -> None:
        node, document, kg = f"<{self.iri}>", self.document, self.kg
        kind = "NewsArticle" if document.published else "CreativeWork"
        self.out.add((node, TYPE, f"<{SCHEMA}{kind}>"))
        self.out.add((node, TYPE, f"<{NIF}Context>"))
        self._add(node, f"{kg}sourceFile", literal(document.source))
        self._add(node, f"{kg}sha256", literal(sha256(document.text)))
        self._add(node, f"{SCHEMA}inLanguage", literal(document.lang))
        if document.title:
            self._add(node, f"{SCHEMA}name", literal(" ".join(document.title.split())))
        if document.published:
            day = literal(document.published.isoformat(), datatype="date")
            self._add(node, f"{SCHEMA}datePublished", day)
        if document.uri:
            self._add(node, f"{SCHEMA}url", iri(document.uri) or literal(document.uri))
        if len(document.places) == 1:
            self._locate(node, document.places[0])
        if self.extraction.engine:
            engine = "; ".join(f"{k} {v}" for k, v in sorted(self.extraction.engine.items()))
            self._add(node, f"{kg}engine", literal(engine))


def _names(entity: Entity) -> tuple[str, ...]:
    """Give all that an entity is called, in the graph or in the texts."""
    return entity.label, short(entity.label), *entity.aliases


def _with_by(claim: Claim) -> str:
    """Give the words of a relation; "founded" of a firm would say that it founded somebody."""
    turned = claim.relation.endswith("_by") and not claim.text.lower().endswith("by")
    return f"{claim.text} by" if claim.text and turned else claim.text


@functools.lru_cache(maxsize=2**14)
def typed(lexical: str, datatype: str) -> str:
    """Write a value in the form that the engine keeps: the canonical one of XSD 1.1 (`1`, `PT1H30M`)."""
    term = ox.Literal(lexical.encode("utf-8", "replace").decode(), datatype=ox.NamedNode(f"{XSD}{datatype}"))
    node, store = ox.NamedNode("x:x"), ox.Store()
    store.add(ox.Quad(node, node, term))
    kept = next(iter(store)).object
    assert isinstance(kept, ox.Literal)
    return literal(kept.value, datatype=kept.datatype.value.removeprefix(XSD))


def _link(role: str, *, again: bool) -> str:
    """Give the word that brings an end in: a preposition, "and" where it has just been said, or none."""
    if role in ("object", "time", "clause", "score", BESIDE):
        return ""
    return "and" if again else role.replace("_", " ")


def _is_reflexive(words: str) -> bool:
    """Whether words say that somebody does something to himself, or several to each other."""
    said = words.lower()
    return said.endswith(("self", "selves", "each other's", *RECIPROCAL)) or said.startswith(RECIPROCAL)


def sha256(text: str) -> str:
    """Give the SHA-256 of a text in UTF-8, in hexadecimal digits."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _numeric(lexical: str, datatype: str) -> str:
    """The type of a bound: a whole number of a decimal range is an integer."""
    if datatype == "date":
        return "date" if _is_date(lexical) else "string"
    return "integer" if re.fullmatch(r"[+-]?\d+", lexical) else "decimal"


def _is_date(lexical: str) -> bool:
    try:
        dt.date.fromisoformat(lexical)
    except ValueError:
        return False
    return True
