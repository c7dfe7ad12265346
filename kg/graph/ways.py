"""How the properties of a schema are said in a graph: by our relations and by nouns in names of things.

A way is a property's number and whether its subject comes first. Ways come from the patterns of
`kg.extract.schema.phrasings`, from the relation table by label and by counterpart, and from inverses.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from kg.extract.lexicon.inflect import verbs_of_participle
from kg.extract.schema.concepts import Concepts
from kg.extract.schema.phrasings import Pattern, Phrasing, phrasing_of
from kg.iri import slug
from kg.schema import Relation, Schema
from kg.vocab import WDT, Names, Term, relations, terms

# Links of a relation of ours to one that is the same, or all but the same.
SAME = ("skos:exactMatch", "skos:closeMatch")
# Prepositions before a time, which our relations leave out.
WHEN = frozenset({"in", "on", "at", "since", "from", ""})
TIME = "time"


@dataclass(frozen=True, slots=True, order=True)
class Way:
    """One way to say a property: its number, and whether its subject is the first of the two."""

    number: int
    first: bool


@dataclass(slots=True)
class Ways:
    """The ways to say the properties of a schema.

    `named` are by the name of a relation, `roles` by that of a role of events, `nouns` by a noun and its
    preposition, `times` by the name of a relation whose time is the value.
    """

    schema: Schema
    concepts: Concepts
    phrasings: list[Phrasing]
    named: dict[str, list[Way]] = field(default_factory=dict)
    roles: dict[str, list[Way]] = field(default_factory=dict)
    nouns: dict[tuple[str, str], list[Way]] = field(default_factory=dict)
    times: dict[str, list[Way]] = field(default_factory=dict)


def ways_of(schema: Schema, names: Names) -> Ways:
    """Give all ways to say the properties of a schema."""
    concepts = Concepts(schema)
    ways = Ways(schema, concepts, [phrasing_of(r, concepts.classes_of) for r in schema.relations])
    for number, phrasing in enumerate(ways.phrasings):
        for pattern in phrasing.patterns:
            _by_pattern(ways, number, pattern, timed=is_timed(phrasing))
        for name, first in _by_table(phrasing, names):
            _add(ways.named, name, Way(number, first))
        for name in _by_role(phrasing):
            _add(ways.roles, name, Way(number, True))
    _by_inverse(ways)
    return ways


def is_timed(phrasing: Phrasing) -> bool:
    """Whether the values of a property are times."""
    return any(c.type == TIME for c in phrasing.range)


def _by_pattern(ways: Ways, number: int, pattern: Pattern, *, timed: bool) -> None:
    way = Way(number, pattern.first)
    if pattern.kind == "noun":
        _add(ways.nouns, (pattern.word.replace("_", " "), pattern.preposition), way)
        if pattern.preposition == "of":
            _add(ways.named, f"{slug(pattern.word)}_of", way)
        return
    word = f"have {pattern.word}" if pattern.kind == "has" else pattern.word
    _add(ways.named, slug(f"{word} {pattern.preposition}".replace(" ", "_")), way)
    if timed and pattern.kind == "verb" and pattern.preposition in WHEN:
        _add(ways.times, slug(word.replace(" ", "_")), way)
        if word.startswith("be "):
            # Where somebody does it, the relation is active: "Berg founded Tideline in 2004".
            for verb in verbs_of_participle(word.removeprefix("be ")):
                _add(ways.times, slug(verb), Way(number, not pattern.first))


def _by_table(phrasing: Phrasing, names: Names) -> Iterator[tuple[str, bool]]:
    """Give relations of ours that are a property: by label, by IRI, or by their inverse."""
    relation = phrasing.relation
    labels = _labels(relation)
    iris = {relation.iri, *relation.same, f"{WDT}{phrasing.key}", f"{WDT}{relation.id}"} - {"", WDT}
    for name, term in relations().items():
        if term.label.lower() in labels or iris & _iris_of(term, names):
            yield name, True
            for inverse in term.linked("owl:inverseOf"):
                yield inverse.partition(":")[2], False


def _by_role(phrasing: Phrasing) -> Iterator[str]:
    """Give the roles of events that are called like a property."""
    labels = _labels(phrasing.relation)
    for name, term in terms().items():
        if term.kind == "property" and term.label.lower() in labels:
            yield name


def _labels(relation: Relation) -> set[str]:
    return {label.lower().replace("_", " ") for label in (relation.label, *relation.also)}


def _iris_of(term: Term, names: Names) -> set[str]:
    """Give the IRIs of a relation of ours and of its counterparts."""
    return {f"{names.rel}{term.name}", *(names.expand(c) for link in SAME for c in term.linked(link))}


def _by_inverse(ways: Ways) -> None:
    """Say each property in the ways of its inverse, with the ends changed."""
    numbers = {r.iri: n for n, r in enumerate(ways.schema.relations) if r.iri}
    pairs = [(numbers[i], n) for n, r in enumerate(ways.schema.relations) for i in r.inverse if i in numbers]
    tables: list[dict[Any, list[Way]]] = [ways.named, ways.nouns]
    for table in tables:
        for key, found in list(table.items()):
            for way in list(found):
                for other, number in pairs:
                    if way.number == other:
                        _add(table, key, Way(number, not way.first))


def _add(table: dict[Any, list[Way]], key: Any, way: Way) -> None:
    found = table.setdefault(key, [])
    if way not in found:
        found.append(way)


def iri_of(relation: Relation, names: Names) -> str:
    """Give the IRI of a property; one that has none gets it of its id at Wikidata, or of its label."""
    if relation.iri:
        return relation.iri
    if relation.id[:1] == "P" and relation.id[1:].isdigit():
        return f"{WDT}{relation.id}"
    return f"{names.base}schema/{slug(relation.label)}"
