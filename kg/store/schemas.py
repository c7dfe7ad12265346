"""Schemas of one's own from files: JSON as `kg.schema` has it, OWL and RDFS in any syntax of RDF.

What counts of an ontology are its classes and properties with label, domain, range, what they are below or
equal to, and `skos:example`. Axioms of OWL beyond these say nothing here, and `owl:imports` is not followed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from os import PathLike
from pathlib import Path

import pyoxigraph as ox

from kg import schema
from kg.errors import ConfigError, GraphError
from kg.schema import Concept, Relation, Schema
from kg.store.guard import guard
from kg.vocab import OWL, RDF, RDFS, SCHEMA, SKOS, XSD

# What relative IRIs are relative to: a path of this machine has no place in a graph.
BASE = "https://example.org/schema"
FORMATS = {
    ".ttl": ox.RdfFormat.TURTLE,
    ".n3": ox.RdfFormat.N3,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".nq": ox.RdfFormat.N_QUADS,
    ".trig": ox.RdfFormat.TRIG,
    ".jsonld": ox.RdfFormat.JSON_LD,
    ".rdf": ox.RdfFormat.RDF_XML,
}
# Syntaxes that the engine does not read, and what rdflib calls them.
BY_RDFLIB = {".trix": "trix", ".hext": "hext"}
REMEDY = "give OWL or RDFS as Turtle, RDF/XML, JSON-LD or another syntax of RDF, or a schema in JSON"
LEAST = (
    "declare an owl:ObjectProperty, owl:DatatypeProperty or rdf:Property with a label, a domain and a range"
)
CLASSES = frozenset(f"<{n}Class>" for n in (OWL, RDFS))
PROPERTIES = frozenset(
    {f"<{OWL}ObjectProperty>", f"<{OWL}DatatypeProperty>", f"<{OWL}FunctionalProperty>", f"<{RDF}Property>"}
)
HTTP_SCHEMA = "http://schema.org/"
LABELS = (f"{RDFS}label", f"{SKOS}prefLabel")
ABOVE_CLASS = (f"{RDFS}subClassOf", f"{OWL}equivalentClass")
WIDER = (f"{SKOS}exactMatch", f"{SKOS}closeMatch", f"{SKOS}broadMatch", f"{OWL}sameAs")
SAME = (f"{OWL}equivalentProperty", f"{SKOS}exactMatch", f"{SKOS}closeMatch", f"{OWL}sameAs")
DOMAINS = (f"{RDFS}domain", f"{SCHEMA}domainIncludes", f"{HTTP_SCHEMA}domainIncludes")
RANGES = (f"{RDFS}range", f"{SCHEMA}rangeIncludes", f"{HTTP_SCHEMA}rangeIncludes")
# Ranges that hold for everything, and so say nothing.
ANYTHING = frozenset({f"{OWL}Thing", f"{RDFS}Resource", f"{RDFS}Literal"})
# What the values of a datatype are called.
DATATYPES = {
    **dict.fromkeys(("date", "dateTime", "gYear", "gYearMonth", "dateTimeStamp"), "date"),
    **dict.fromkeys(("integer", "int", "long", "short", "decimal", "double", "float", "nonNegativeInteger",
                     "positiveInteger", "unsignedInt"), "quantity"),
}  # fmt: skip


def load(path: str | PathLike[str]) -> Schema:
    """Read a schema from a file; what is wrong with it raises `ConfigError`, with place and remedy."""
    path = Path(path)
    suffix = _suffix(path)
    if suffix == ".json":
        return schema.load(path)
    return _Ontology(_quads(path, suffix), str(path)).schema()


def _suffix(path: Path) -> str:
    """Give the suffix of what a file holds: by its name, or where several go by it, by how it begins."""
    named = path.suffix.lower()
    if named != ".rdf" and (named in FORMATS or named in BY_RDFLIB):
        return named
    if named == ".json":
        data = schema.parse(path)
        first = data[0] if isinstance(data, list) and data else data
        linked = isinstance(first, dict) and any(key.startswith("@") for key in first)
        return ".jsonld" if linked else ".json"
    return _sniffed(path)


def _sniffed(path: Path) -> str:
    """Give the suffix of what a file holds, by how it begins."""
    data = _bytes(path)[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    if re.match(rb"(Prefix\s*\(|Ontology\s*\(|Prefix:|Ontology:)", data) or (
        b"<Ontology" in data and b"RDF" not in data
    ):
        what = "OWL in functional, Manchester or XML syntax is no RDF"
        raise ConfigError(what, where=str(path), remedy="save it as Turtle or RDF/XML, as Protégé can")
    if b"<TriX" in data:
        return ".trix"
    if data.startswith((b"<?xml", b"<rdf:RDF", b"<!DOCTYPE", b"<!--", b"<RDF")):
        return ".rdf"
    return ".jsonld" if data.startswith((b"{", b"[")) else ".ttl"


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        what = f"cannot read the schema: {error.strerror or error}"
        raise ConfigError(what, where=str(path), remedy=REMEDY) from error


def _quads(path: Path, suffix: str) -> list[tuple[str, str, str]]:
    data, where = _bytes(path), str(path)
    base = f"{BASE}/{path.stem}" if re.fullmatch(r"[\w.-]+", path.stem, re.ASCII) else BASE
    try:
        guard(data, path.with_suffix(suffix))
        if suffix in BY_RDFLIB:
            found = list(_by_rdflib(data, BY_RDFLIB[suffix]))
        else:
            quads = ox.parse(data, format=FORMATS[suffix], base_iri=base)
            found = [(str(q.subject), q.predicate.value, str(q.object)) for q in quads]
    except GraphError as error:
        raise ConfigError(error.what, where=where, remedy=error.remedy or REMEDY) from error
    except SyntaxError as error:
        place = f"{where}, line {error.lineno}" if error.lineno else where
        raise ConfigError(_plain(error), where=place, remedy=REMEDY) from error
    except (ValueError, OSError) as error:
        raise ConfigError(_plain(error), where=where, remedy=REMEDY) from error
    return list(dict.fromkeys(found))


def _plain(error: Exception) -> str:
    """Give what a parser says, without the place that is told beside it."""
    text = str(error).strip().split("\n")[0]
    text = re.sub(r"\s*\(line \d+\)$", "", text)
    return (
        re.sub(r"^Parser error at line \d+ (between columns \d+ and \d+|column \d+): ", "", text) or "no RDF"
    )


def _by_rdflib(data: bytes, form: str) -> Iterator[tuple[str, str, str]]:
    import rdflib

    graph = rdflib.Dataset()
    try:
        graph.parse(data=data, format=form)
    except Exception as error:  # its parsers' own errors have no common root
        raise ValueError(str(error).strip().split("\n")[0] or type(error).__name__) from error
    for s, p, o, _ in graph.quads():
        yield s.n3(), str(p), o.n3()


class _Ontology:
    """The triples of an ontology by subject, and what its terms are."""

    def __init__(self, triples: list[tuple[str, str, str]], where: str) -> None:
        self.where = where
        self.nodes: dict[str, dict[str, list[str]]] = {}
        for s, p, o in triples:
            self.nodes.setdefault(s, {}).setdefault(p, []).append(o)

    def schema(self) -> Schema:
        """Give classes and properties in the order of their IRIs."""
        properties = self._of_kind(PROPERTIES)
        if not properties:
            raise ConfigError("this ontology has no properties", where=self.where, remedy=LEAST)
        relations = tuple(self._relation(n) for n in properties)
        ends = (o for n in properties for link in (*DOMAINS, *RANGES) for o in self._links(n, link))
        classes = {*self._of_kind(CLASSES), *(c for end in ends for c in self._union(end))}
        concepts = tuple(self._concept(n) for n in sorted(classes) if not _builtin(n))
        titles = [t for n in self.nodes if self._is(n, {f"<{OWL}Ontology>"}) for t in self._texts(n, LABELS)]
        return Schema(relations, titles[0] if titles else "", concepts)

    def _of_kind(self, kinds: frozenset[str]) -> list[str]:
        """Give the terms of some kinds that are in use, by IRI."""
        return sorted(n for n in self.nodes if self._is(n, kinds) and self._in_use(n))

    def _is(self, node: str, kinds: frozenset[str] | set[str]) -> bool:
        return node[0] == "<" and not kinds.isdisjoint(self.nodes[node].get(f"{RDF}type", ()))

    def _in_use(self, node: str) -> bool:
        return not any(o.startswith('"true"') for o in self._links(node, f"{OWL}deprecated"))

    def _links(self, node: str, prop: str) -> list[str]:
        return self.nodes.get(node, {}).get(prop, [])

    def _concept(self, node: str) -> Concept:
        label, also = self._labels(node)
        return Concept(
            label,
            node[1:-1],
            also,
            self._texts(node, (f"{SKOS}example",)),
            self._iris(node, (*ABOVE_CLASS, *WIDER)),
            next(iter(self._texts(node, (f"{RDFS}comment", f"{SKOS}definition"))), ""),
        )

    def _relation(self, node: str) -> Relation:
        label, also = self._labels(node)
        ranges = [c for link in RANGES for o in self._links(node, link) for c in self._union(o)]
        datatype = next((c[1:-1] for c in ranges if _is_datatype(c)), "")
        inverse = [*self._iris(node, (f"{OWL}inverseOf",))]
        inverse += [n[1:-1] for n in self.nodes if n[0] == "<" and node in self._links(n, f"{OWL}inverseOf")]
        return Relation(
            label,
            _wikidata(node),
            self._classes(node, DOMAINS),
            self._classes(node, RANGES),
            node[1:-1],
            also,
            self._texts(node, (f"{SKOS}example",)),
            self._iris(node, SAME),
            tuple(dict.fromkeys(inverse)),
            datatype,
            next(iter(self._texts(node, (f"{RDFS}comment", f"{SKOS}definition"))), ""),
        )

    def _classes(self, node: str, links: tuple[str, ...]) -> str:
        """Give the labels of a domain or range, each of which will do."""
        found = [c for link in links for o in self._links(node, link) for c in self._union(o)]
        labels = []
        for c in found:
            if _is_datatype(c):
                labels.append(DATATYPES.get(c[1:-1].removeprefix(XSD), ""))
            elif not _builtin(c):
                labels.append(self._labels(c)[0])
        return "|".join(dict.fromkeys(label for label in labels if label))

    def _union(self, node: str) -> list[str]:
        """Give a class, or the classes of an unnamed union."""
        if node[0] == "<":
            return [node]
        found: list[str] = []
        for cell in self._links(node, f"{OWL}unionOf"):
            seen: set[str] = set()
            while cell in self.nodes and cell not in seen:
                seen.add(cell)
                found += [o for o in self._links(cell, f"{RDF}first") if o[0] == "<"]
                cell = next(iter(self._links(cell, f"{RDF}rest")), "")
        return found

    def _labels(self, node: str) -> tuple[str, tuple[str, ...]]:
        """Give the label of a term, in English where there is one, and its others; else its name's words."""
        labels = self._texts(node, LABELS) or (_words(node),)
        others = (*labels[1:], *self._texts(node, (f"{SKOS}altLabel",)))
        return labels[0], tuple(dict.fromkeys(o for o in others if o != labels[0]))

    def _texts(self, node: str, props: tuple[str, ...]) -> tuple[str, ...]:
        """Give the texts of a term in English or in no language; in others only where there are no such."""
        found = [_literal(o) for p in props for o in self._links(node, p) if o[0] == '"']
        wanted = [
            text
            for text, lang in sorted(found, key=lambda f: (f[1][:2] != "en", f[1]))
            if lang[:2] in ("en", "")
        ]
        return tuple(dict.fromkeys(wanted or [text for text, _ in found]))

    def _iris(self, node: str, props: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(o[1:-1] for p in props for o in self._links(node, p) if o[0] == "<"))


def _literal(written: str) -> tuple[str, str]:
    from kg.rdf.terms import read_literal

    found = read_literal(written)
    return " ".join(found.text.split()), found.lang.lower()


def _builtin(node: str) -> bool:
    return node[1:-1] in ANYTHING or node.startswith((OWL, RDFS, RDF, XSD), 1)


def _is_datatype(node: str) -> bool:
    return node.startswith(XSD, 1)


def _wikidata(node: str) -> str:
    """Give the id of a property of Wikidata."""
    found = re.fullmatch(r"<http://www\.wikidata\.org/(?:prop/direct|entity)/(P\d+)>", node)
    return found[1] if found else ""


def _words(node: str) -> str:
    """Give the words of a name: "works for" of `<…#worksFor>`.

    >>> _words("<https://x.example/onto#worksFor>"), _words("<https://x.example/HTTPServer>")
    ('works for', 'http server')
    """
    local = re.split(r"[/#:]", node[1:-1].rstrip("/#"))[-1]
    parts = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|[_\-.]+", " ", local)
    return " ".join(parts.lower().split()) or "?"
