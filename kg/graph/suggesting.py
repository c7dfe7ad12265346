"""A schema to start from: the relations and classes that a graph has facts of, with counts and examples."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain

from kg.counts import count
from kg.iri import slug
from kg.model import Entity, Fact, Value, text_of
from kg.rdf.terms import Shortener, Triple, literal
from kg.vocab import OWL, RDF, RDFS, SKOS, XSD, Names, relations, terms

# Relations that say what a thing is or that two are one: they become classes, or nothing.
KINDS = frozenset({"instance_of", "be"})
NO_PROPERTIES = KINDS | {"alias", "has", "have", "possible_same"}
# A class belongs to a domain or range if it has this share of the ends.
SHARE = 0.2
EXAMPLES = 3
LONGEST_KIND = 3
PREFIX = "own"


@dataclass(slots=True)
class Suggested:
    """A class or property: what it is called, how many say it, in how many documents, and some examples."""

    name: str
    label: str
    number: int = 0
    documents: set[str] = field(default_factory=set)
    shown: list[str] = field(default_factory=list)
    domain: tuple[str, ...] = ()
    range: tuple[str, ...] = ()
    datatype: str = ""
    said: str = ""  # how it is said between S and O
    same: str = ""  # the IRI of ours that it is

    @property
    def comment(self) -> str:
        """Say how often it is said, and of what."""
        told = f"{count(self.number, 'fact')} in {count(len(self.documents), 'document')}"
        return f"{told}: {'; '.join(self.shown)}"


@dataclass(slots=True)
class Suggestion:
    """A schema to start from."""

    namespace: str
    classes: list[Suggested]
    properties: list[Suggested]


def suggest(
    facts: Iterable[Fact], names: Names, *, least: int = 2, most: int = 50, namespace: str = ""
) -> Suggestion:
    """Give the relations of so many facts or more, the most frequent first, and the classes of their ends."""
    said: dict[str, list[Fact]] = {}
    kinds: dict[str, list[Fact]] = {}
    for fact in facts:
        if not fact.asserted or fact.object is None or not _is_ours(fact.relation):
            continue
        if fact.relation not in NO_PROPERTIES:
            said.setdefault(fact.relation, []).append(fact)
        elif fact.relation in KINDS and (kind := _kind(fact)):
            kinds.setdefault(kind, []).append(fact)
    ranked = sorted(said.items(), key=lambda s: (-_number(s[1]), s[0]))
    properties = [_property(name, found, names) for name, found in ranked if _number(found) >= least][:most]
    classes = _classes(properties, said.values(), kinds, least, names)
    return Suggestion(namespace or f"{names.base}schema#", classes, properties)


def _is_ours(relation: str) -> bool:
    """Whether a relation is one of texts, not a role of an event or a property of a schema."""
    return " " not in relation and ":" not in relation


def _number(facts: list[Fact]) -> int:
    return len({(f.subject.id, text_of(f.object)) for f in facts})


def _property(name: str, facts: list[Fact], names: Names) -> Suggested:
    found = Suggested(_camel(name), name.replace("_", " "), _number(facts))
    found.documents = {e.doc_id for f in facts for e in f.evidence}
    shown = dict.fromkeys(f"{f.subject.label} → {text_of(f.object)}" for f in facts)
    found.shown = list(shown)[:EXAMPLES]
    found.domain = _common(f.subject.type for f in facts)
    things = [f.object for f in facts if isinstance(f.object, Entity)]
    values = [f.object.datatype for f in facts if isinstance(f.object, Value)]
    if things:
        found.range = _common(thing.type for thing in things)
    else:
        found.datatype = Counter(values).most_common(1)[0][0] if values else "string"
    if name in relations():
        found.label, found.same = relations()[name].label, f"{names.rel}{name}"
    else:
        found.said = said_as(name)
    return found


def _common(types: Iterable[str]) -> tuple[str, ...]:
    """Give the classes that have a fair share of ends; none where those are of all kinds."""
    counted = Counter(types)
    common = tuple(sorted(t for t, n in counted.items() if n >= SHARE * counted.total()))
    covered = sum(counted[t] for t in common)
    return common if covered >= (1 - SHARE) * counted.total() and "Concept" not in common else ()


def _classes(
    properties: list[Suggested],
    said: Iterable[list[Fact]],
    kinds: dict[str, list[Fact]],
    least: int,
    names: Names,
) -> list[Suggested]:
    """Give the classes of domains and ranges, and the nouns that texts call things by."""
    wanted = {t for p in properties for t in (*p.domain, *p.range)}
    found = list(_classes_of_ends(sorted(wanted), said, names))
    labels = {f.label.lower() for f in found}
    for kind, facts in sorted(kinds.items(), key=lambda k: (-len(k[1]), k[0])):
        things = _documents((f.subject.label, f) for f in facts)
        if len(things) < least or kind.lower() in labels:
            continue
        one = _class(_camel(kind, upper=True), kind, things, names)
        types = _common(f.subject.type for f in facts)
        one.same, one.domain = "", types[:1] if types and types[0] in wanted else ()
        found.append(one)
        labels.add(one.label.lower())
    return found


def _classes_of_ends(wanted: Iterable[str], said: Iterable[list[Fact]], names: Names) -> Iterator[Suggested]:
    """Give our classes of these names, each with the things of its class that facts are about."""
    told: dict[str, list[tuple[str, Fact]]] = {}
    for fact in chain.from_iterable(said):
        for end in (fact.subject, fact.object):
            if isinstance(end, Entity):
                told.setdefault(end.type, []).append((end.label, fact))
    for kind in wanted:
        yield _class(kind, kind, _documents(told.get(kind, ())), names)


def _documents(things: Iterable[tuple[str, Fact]]) -> dict[str, set[str]]:
    """Give the documents that tell of each thing."""
    found: dict[str, set[str]] = {}
    for label, fact in things:
        found.setdefault(label, set()).update(e.doc_id for e in fact.evidence)
    return found


def _class(name: str, label: str, members: dict[str, set[str]], names: Names) -> Suggested:
    told = terms()[name].label.lower() if name in terms() else label
    documents = {d for found in members.values() for d in found}
    return Suggested(
        name, told, len(members), documents, sorted(members)[:EXAMPLES], same=f"{names.kg}{name}"
    )


def _kind(fact: Fact) -> str:
    """Give the noun that a text calls a thing by, where it is a short one in small letters."""
    if isinstance(fact.object, Value):
        return ""
    words = text_of(fact.object).split()
    plain = 0 < len(words) <= LONGEST_KIND and all(re.fullmatch(r"[a-z][a-z-]+", w) for w in words)
    return words[-1] if plain else ""


def said_as(relation: str) -> str:
    """Say an open relation between S and O, as an example of a schema.

    >>> said_as("buy"), said_as("be_based_in"), said_as("carry_out"), said_as("take_part_in")
    ('S buys O', 'S is based in O', 'S carries out O', 'S takes part in O')
    """
    verb, *rest = relation.split("_")
    return " ".join(("S", _third_person(verb), *rest, "O"))


def _third_person(verb: str) -> str:
    irregular = {"be": "is", "have": "has", "do": "does", "go": "goes"}
    if verb in irregular:
        return irregular[verb]
    if verb.endswith("y") and verb[-2:-1] not in tuple("aeiou"):
        return f"{verb[:-1]}ies"
    return f"{verb}es" if verb.endswith(("s", "x", "z", "ch", "sh")) else f"{verb}s"


def _camel(name: str, *, upper: bool = False) -> str:
    words = [w for w in re.split(r"[\W_]+", name) if w]
    camel = "".join(w[:1].upper() + w[1:] for w in words)
    local = slug(camel) or "x"
    return local if upper else local[:1].lower() + local[1:]


def as_json(found: Suggestion) -> str:
    """Write a suggestion as a schema in JSON."""
    space = found.namespace
    labels = {c.name: c.label for c in found.classes}
    concepts = [
        {
            "label": c.label,
            "iri": space + c.name,
            "comment": f"{count(c.number, 'thing')}: {'; '.join(c.shown)}",
        }
        for c in found.classes
    ]
    rows = [
        {
            "label": p.label,
            "iri": space + p.name,
            "domain": "|".join(labels[t] for t in p.domain),
            "range": "|".join(labels[t] for t in p.range) or _of_datatype(p.datatype),
            "examples": [p.said] if p.said else [],
            "comment": p.comment,
            "facts": p.number,
            "documents": len(p.documents),
        }
        for p in found.properties
    ]
    return json.dumps({"concepts": concepts, "relations": rows}, ensure_ascii=False, indent=1) + "\n"


def _of_datatype(datatype: str) -> str:
    if datatype in ("date", "dateTime", "gYear", "gYearMonth"):
        return "date"
    return "quantity" if datatype in ("integer", "decimal") else ""


def as_turtle(found: Suggestion, names: Names) -> str:
    """Write a suggestion as an ontology in Turtle."""
    known = {**names.prefixes(), PREFIX: found.namespace}
    short = Shortener(known)
    triples = list(_triples(found))
    blocks: dict[str, list[Triple]] = {}
    for triple in triples:
        blocks.setdefault(triple[0], []).append(triple)
    bodies = []
    for subject, rows in blocks.items():
        parts = [f"{'a' if p == f'<{RDF}type>' else short(p)} {short(o)}" for _, p, o in rows]
        bodies.append(f"{short(subject)} " + " ;\n    ".join(parts) + " .\n")
    prefixes = "".join(f"@prefix {p}: <{known[p]}> .\n" for p in sorted(short.used))
    return prefixes + "\n" + "\n".join(bodies)


def _triples(found: Suggestion) -> Iterator[Triple]:
    space = found.namespace
    yield f"<{space.rstrip('#/')}>", f"<{RDF}type>", f"<{OWL}Ontology>"
    for c in found.classes:
        node = f"<{space}{c.name}>"
        yield node, f"<{RDF}type>", f"<{OWL}Class>"
        yield node, f"<{RDFS}label>", literal(c.label, lang="en")
        told = f"{count(c.number, 'thing')} in {count(len(c.documents), 'document')}: {'; '.join(c.shown)}"
        yield node, f"<{RDFS}comment>", literal(told, lang="en")
        if c.same:
            yield node, f"<{OWL}equivalentClass>", f"<{c.same}>"
        for above in c.domain:
            yield node, f"<{RDFS}subClassOf>", f"<{space}{above}>"
    for p in found.properties:
        node = f"<{space}{p.name}>"
        kind = "DatatypeProperty" if p.datatype else "ObjectProperty"
        yield node, f"<{RDF}type>", f"<{OWL}{kind}>"
        yield node, f"<{RDFS}label>", literal(p.label, lang="en")
        yield node, f"<{RDFS}comment>", literal(p.comment, lang="en")
        for link, classes in (("domain", p.domain), ("range", p.range)):
            prop = f"<{RDFS}{link}>" if len(classes) == 1 else f"<https://schema.org/{link}Includes>"
            yield from ((node, prop, f"<{space}{name}>") for name in classes)
        if p.datatype:
            yield node, f"<{RDFS}range>", f"<{XSD}{p.datatype}>"
        if p.said:
            yield node, f"<{SKOS}example>", literal(p.said, lang="en")
        if p.same:
            yield node, f"<{OWL}equivalentProperty>", f"<{p.same}>"
