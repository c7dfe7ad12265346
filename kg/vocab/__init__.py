"""The vocabulary: namespaces, classes, properties and the relation table, from one set of data files.

`terms.toml`, `events.toml` and `relations.toml` are the source; the ontology that goes into an export, the
shapes, the JSON-LD context and the documentation are made from them.
"""

from __future__ import annotations

import functools
import tomllib
from dataclasses import dataclass
from importlib import resources
from typing import Any

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
XSD = "http://www.w3.org/2001/XMLSchema#"
OWL = "http://www.w3.org/2002/07/owl#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
SCHEMA = "https://schema.org/"
SEM = "http://semanticweb.cs.vu.nl/2009/11/sem/"
NIF = "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#"
GAF = "http://groundedannotationframework.org/gaf#"
PROV = "http://www.w3.org/ns/prov#"
WDT = "http://www.wikidata.org/prop/direct/"
WD = "http://www.wikidata.org/entity/"
SH = "http://www.w3.org/ns/shacl#"

REUSED = {
    "rdf": RDF,
    "rdfs": RDFS,
    "xsd": XSD,
    "owl": OWL,
    "skos": SKOS,
    "schema": SCHEMA,
    "sem": SEM,
    "nif": NIF,
    "gaf": GAF,
    "prov": PROV,
    "wdt": WDT,
    "wd": WD,
    "sh": SH,
}
DEFAULT_BASE = "https://example.org/"


@dataclass(frozen=True, slots=True)
class Names:
    """The namespaces of one graph: ours under its base."""

    base: str = DEFAULT_BASE

    @property
    def ent(self) -> str:
        """Where entities are."""
        return f"{self.base}entity/"

    @property
    def rel(self) -> str:
        """Where relations are."""
        return f"{self.base}relation/"

    @property
    def doc(self) -> str:
        """Where documents are."""
        return f"{self.base}document/"

    @property
    def st(self) -> str:
        """Where statements are."""
        return f"{self.base}statement/"

    @property
    def kg(self) -> str:
        """Where classes and properties are."""
        return f"{self.base}kg#"

    def prefixes(self) -> dict[str, str]:
        """Give prefix → namespace, ours first; the dict is shared, not to be changed."""
        return _prefixes(self.base)

    def expand(self, curie: str) -> str:
        """Give the IRI of a prefixed name.

        >>> Names().expand("kg:Person")
        'https://example.org/kg#Person'
        """
        prefix, _, local = curie.partition(":")
        return self.prefixes()[prefix] + local


@functools.lru_cache(maxsize=16)
def _prefixes(base: str) -> dict[str, str]:
    names = Names(base)
    ours = {"ent": names.ent, "rel": names.rel, "doc": names.doc, "st": names.st, "kg": names.kg}
    return ours | REUSED


@dataclass(frozen=True, slots=True)
class Term:
    """A class, property, relation or individual of the vocabulary.

    `links` are (property, prefixed name) pairs; a statement has `least` to `most` values of a property.
    """

    name: str
    kind: str
    label: str
    comment: str
    links: tuple[tuple[str, str], ...] = ()
    least: int = 0
    most: int | None = None

    def linked(self, prop: str) -> list[str]:
        """Give the prefixed names that one property links to."""
        return [value for name, value in self.links if name == prop]


@functools.cache
def terms() -> dict[str, Term]:
    """Give the terms of `kg:` by local name, in the order of the data file."""
    found = {}
    for kind, table in _load("terms.toml").items():
        for name, row in table.items():
            bounds = (row.get("least", 0), row.get("most"))
            found[name] = Term(name, kind, row["label"], row["comment"], _links(row), *bounds)
    return found | event_terms()


@functools.cache
def event_terms() -> dict[str, Term]:
    """Give the classes of events and their roles by local name."""
    kinds = {"class": "class", "role": "property"}
    return {
        name: Term(name, kinds[kind], row["label"], row["comment"], _links(row))
        for kind, table in _load("events.toml").items()
        for name, row in table.items()
    }


@functools.cache
def event_classes() -> tuple[str, ...]:
    """Give the classes of events that have roles, in the order of the data file."""
    return tuple(name for name, term in event_terms().items() if term.kind == "class")


@functools.cache
def narrower(kind: str) -> frozenset[str]:
    """Give a class of `kg:` with those below it.

    >>> sorted(narrower("Death"))
    ['Death', 'Killing']
    """
    found = {kind}
    for name, term in terms().items():
        if term.kind == "class" and f"kg:{kind}" in term.linked("rdfs:subClassOf"):
            found |= narrower(name)
    return frozenset(found)


@functools.cache
def relations() -> dict[str, Term]:
    """Give the curated relations by local name."""
    return {
        name: Term(name, "relation", row["label"], row["comment"], _links(row))
        for name, row in _load("relations.toml").items()
    }


@functools.cache
def place_roles() -> frozenset[str]:
    """Give the roles of qualifiers under which a place is where something holds."""
    return frozenset(_load("roles.toml")["place"].split())


def _load(name: str) -> dict[str, Any]:
    return tomllib.loads(resources.files("kg.vocab").joinpath("data", name).read_text(encoding="utf-8"))


_LINK_KEYS = {
    "parents": "rdfs:subClassOf",
    "broader": "rdfs:subPropertyOf",
    "domain": "rdfs:domain",
    "range": "rdfs:range",
    "inverse": "owl:inverseOf",
    "exact": "skos:exactMatch",
    "close": "skos:closeMatch",
}


def _links(row: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    return tuple(
        (prop, value)
        for key, prop in _LINK_KEYS.items()
        for value in ([row[key]] if isinstance(row.get(key), str) else row.get(key, []))
    )


_CONTEXT = {
    "label": ("rdfs:label", None),
    "altLabel": ("skos:altLabel", None),
    "comment": ("rdfs:comment", None),
    "subject": ("rdf:subject", "@id"),
    "predicate": ("rdf:predicate", "@id"),
    "object": ("rdf:object", None),
    "subClassOf": ("rdfs:subClassOf", "@id"),
    "subPropertyOf": ("rdfs:subPropertyOf", "@id"),
    "domain": ("rdfs:domain", "@id"),
    "range": ("rdfs:range", "@id"),
    "exactMatch": ("skos:exactMatch", "@id"),
    "closeMatch": ("skos:closeMatch", "@id"),
    "inverseOf": ("owl:inverseOf", "@id"),
    "sameAs": ("owl:sameAs", "@id"),
    "denotedBy": ("gaf:denotedBy", "@id"),
    "wasDerivedFrom": ("prov:wasDerivedFrom", "@id"),
    "anchorOf": ("nif:anchorOf", None),
    "nifBeginIndex": ("nif:beginIndex", None),
    "nifEndIndex": ("nif:endIndex", None),
    "referenceContext": ("nif:referenceContext", "@id"),
    "sentence": ("nif:sentence", "@id"),
    "hasPlace": ("sem:hasPlace", "@id"),
    "hasBeginTimeStamp": ("sem:hasBeginTimeStamp", "xsd:date"),
    "hasEndTimeStamp": ("sem:hasEndTimeStamp", "xsd:date"),
    "datePublished": ("schema:datePublished", "xsd:date"),
    "inLanguage": ("schema:inLanguage", None),
    "name": ("schema:name", None),
    "url": ("schema:url", "@id"),
}
# JSON has these itself, or any string is one.
_PLAIN = {"xsd:boolean", "xsd:integer", "xsd:string"}


def context(names: Names) -> dict[str, Any]:
    """Give the JSON-LD context: the prefixes, and each property under its local name."""
    found: dict[str, Any] = dict(names.prefixes())
    rows = dict(_CONTEXT)
    for term in terms().values():
        if term.kind == "property":
            ranges = term.linked("rdfs:range")
            kind = ranges[0] if ranges and ranges[0] not in _PLAIN else None
            if term.name == "attributedTo" or (kind and kind.startswith("kg:")):
                kind = "@id"
            # "subject" is that of a statement; the role of this name is written with its prefix.
            name = term.name if term.name not in rows else f"kg:{term.name}"
            rows[name] = (f"kg:{term.name}", kind)
    for name, (iri, kind) in rows.items():
        found[name] = {"@id": iri} | ({"@type": kind} if kind else {})
    return found
