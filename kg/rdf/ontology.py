"""The vocabulary as triples: the ontology, whole or in the part that a graph uses, and its SHACL shapes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from urllib.parse import unquote

from kg.config import RdfConfig
from kg.iri import slug
from kg.rdf.rollup import wider
from kg.rdf.terms import Triple, literal
from kg.vocab import NIF, OWL, RDF, RDFS, SH, Names, Term, relations, terms

TYPE = f"<{RDF}type>"
LABEL = f"<{RDFS}label>"
_PREDICATE, _OBJECT = f"<{RDF}predicate>", f"<{RDF}object>"
LONGEST_LABEL = 12
TITLE = "The kg vocabulary"
ABOUT = (
    "Classes, properties and relations of graphs that are read from texts, with how each is said and where."
)


def ontology(names: Names) -> Iterator[Triple]:
    """Give the whole vocabulary, with the curated relations."""
    used = [f"<{names.kg}{name}>" for name in terms()] + [f"<{names.rel}{name}>" for name in relations()]
    yield from vocabulary_triples(used, RdfConfig(base=names.base))


def vocabulary_triples(used: Iterable[str], config: RdfConfig) -> Iterator[Triple]:
    """Describe the classes, properties and relations among the IRIs in angle brackets that a graph uses."""
    names = Names(config.base)
    known = set(used)
    wanted, described = sorted(term for term in known if term[-1] == ">"), set()
    yield f"<{names.kg}>", TYPE, f"<{OWL}Ontology>"
    yield f"<{names.kg}>", LABEL, literal(TITLE, lang="en")
    yield f"<{names.kg}>", f"<{RDFS}comment>", literal(ABOUT, lang="en")
    while wanted:
        node = wanted.pop()
        if node in described:
            continue
        described.add(node)
        ends = frozenset(end for end in (THING, DATA) if node + end in known)
        found = list(_described(node, ends, names))
        yield from found
        wanted += [o for _, _, o in found if o.startswith((f"<{names.kg}", f"<{names.rel}"))]


def _described(node: str, ends: frozenset[str], names: Names) -> Iterator[Triple]:
    """Describe one term by what the vocabulary has of it, or a relation that it has not by its words."""
    local = node[1:-1]
    if local.startswith(names.kg) and (term := terms().get(local[len(names.kg) :])):
        yield from _term_triples(node, term, ends, names)
    elif local.startswith(names.rel):
        name = local[len(names.rel) :]
        if name in relations():
            yield from _term_triples(node, relations()[name], ends, names)
        else:
            yield node, TYPE, f"<{_property_kind(ends)}>"
            yield node, LABEL, literal(short(name.replace("_", " ")), lang="en")
            for above in wider(unquote(name)):
                yield node, f"<{RDFS}subPropertyOf>", f"<{names.rel}{slug(above)}>"


# What stands behind a relation among the terms used: that it leads to nodes, or to literals.
THING, DATA = " node", " literal"


def terms_used(triples: Iterable[Triple], names: Names) -> set[str]:
    """Give the predicates of triples, and the terms of our vocabulary among their objects.

    Of a relation it is said too whether it leads to nodes, to literals, or to both, in facts or statements.
    """
    ours = (f"<{names.kg}", f"<{names.rel}")
    found: set[str] = set()
    stated: dict[str, str] = {}
    objects: dict[str, str] = {}
    relations_used: dict[str, bool] = {}
    for subject, predicate, obj in triples:
        is_relation = relations_used.get(predicate)
        if is_relation is None:
            is_relation = relations_used[predicate] = predicate.startswith(ours[1])
        is_data = obj[0] == '"'
        if not is_data and obj.startswith(ours):
            found.add(obj)
        if is_relation:
            found.add(predicate + (DATA if is_data else THING))
        elif predicate == _PREDICATE:
            stated[subject] = obj
        elif predicate == _OBJECT:
            objects[subject] = obj
    found.update(relations_used)
    for statement, relation in stated.items():
        if end := objects.get(statement):
            found.add(relation + (DATA if end[0] == '"' else THING))
    return found


def _property_kind(ends: frozenset[str]) -> str:
    """Give the class of a property; what leads to nodes and to literals can be neither of the two of OWL."""
    kinds = {
        frozenset({THING}): "ObjectProperty",
        frozenset({DATA}): "DatatypeProperty",
        frozenset({THING, DATA}): "AnnotationProperty",
    }
    return f"{OWL}{kinds[ends]}" if ends in kinds else f"{RDF}Property"


def _ends_of(term: Term) -> frozenset[str]:
    """What a term leads to by what the vocabulary says of it."""
    ranges = term.linked("rdfs:range")
    if ranges:
        return frozenset({DATA if ranges[0].startswith("xsd:") else THING})
    return frozenset({THING} if term.linked("owl:inverseOf") else ())


_KINDS = {"class": f"{OWL}Class", "modality": "kg:Modality", "comparator": "kg:Comparator"}


def _term_triples(node: str, term: Term, ends: frozenset[str], names: Names) -> Iterator[Triple]:
    kind = _KINDS.get(term.kind) or _property_kind(ends or _ends_of(term))
    yield node, TYPE, f"<{names.expand(kind) if kind.startswith('kg:') else kind}>"
    yield node, LABEL, literal(term.label, lang="en")
    yield node, f"<{RDFS}comment>", literal(term.comment, lang="en")
    if node.startswith(names.kg, 1):
        yield node, f"<{RDFS}isDefinedBy>", f"<{names.kg}>"
    for prop, value in term.links:
        # Only what leads to nodes alone can have an inverse in OWL.
        if prop != "owl:inverseOf" or kind == f"{OWL}ObjectProperty":
            yield node, f"<{names.expand(prop)}>", f"<{names.expand(value)}>"


def short(label: str) -> str:
    """Give at most the first twelve words of a label, on one line, without a comma at the cut."""
    words = label.split()
    if len(words) > LONGEST_LABEL:
        words = [*words[: LONGEST_LABEL - 1], words[LONGEST_LABEL - 1].rstrip(",")]
    return " ".join(words) or "?"


def shapes(names: Names) -> Iterator[Triple]:
    """Give SHACL shapes: what each statement, sentence and entity has, and what relations hold between."""
    kg = names.kg
    for shape, target in (("Statement", f"{kg}Statement"), ("Sentence", f"{NIF}Sentence")):
        node = f"<{kg}{shape}Shape>"
        yield node, TYPE, f"<{SH}NodeShape>"
        yield node, f"<{SH}targetClass>", f"<{target}>"
    for part in ("subject", "predicate", "object"):
        kind = None if part == "object" else f"<{SH}IRI>"
        yield from _property(names, "Statement", f"{RDF}{part}", least=1, most=1, kind=kind)
    for term in terms().values():
        if term.kind == "property" and "kg:Statement" in term.linked("rdfs:domain"):
            ranges = term.linked("rdfs:range")
            yield from _property(
                names,
                "Statement",
                f"{kg}{term.name}",
                least=term.least,
                most=term.most,
                range_=ranges[0] if ranges else None,
            )
    evidence = "http://www.w3.org/ns/prov#wasDerivedFrom"
    yield from _property(names, "Statement", evidence, least=1, most=1, range_="nif:Sentence")
    for day in ("hasBeginTimeStamp", "hasEndTimeStamp"):
        yield from _property(names, "Statement", names.expand(f"sem:{day}"), most=1, range_="xsd:date")
    for name, range_ in (
        ("anchorOf", "xsd:string"),
        ("beginIndex", "xsd:integer"),
        ("endIndex", "xsd:integer"),
    ):
        yield from _property(names, "Sentence", f"{NIF}{name}", least=1, most=1, range_=range_)
    yield from _property(names, "Sentence", f"{NIF}referenceContext", least=1, most=1, range_="nif:Context")
    yield from _entity_shape(names)
    yield from _not_both(names)
    for relation in relations().values():
        yield from _relation_shape(names, relation)


def _property(
    names: Names,
    shape: str,
    path: str,
    *,
    least: int = 0,
    most: int | None = None,
    range_: str | None = None,
    kind: str | None = None,
) -> Iterator[Triple]:
    local = path.rpartition("#")[2].rpartition("/")[2]
    node = f"<{names.kg}{shape}Shape-{local}>"
    yield f"<{names.kg}{shape}Shape>", f"<{SH}property>", node
    yield node, TYPE, f"<{SH}PropertyShape>"
    yield node, f"<{SH}path>", f"<{path}>"
    if least:
        yield node, f"<{SH}minCount>", literal(str(least), datatype="integer")
    if most is not None:
        yield node, f"<{SH}maxCount>", literal(str(most), datatype="integer")
    if kind:
        yield node, f"<{SH}nodeKind>", kind
    if range_:
        what = "datatype" if range_.startswith("xsd:") else "class"
        yield node, f"<{SH}{what}>", f"<{names.expand(range_)}>"


def _entity_shape(names: Names) -> Iterator[Triple]:
    node = f"<{names.kg}EntityShape>"
    yield node, TYPE, f"<{SH}NodeShape>"
    yield node, f"<{SH}targetSubjectsOf>", f"<{names.expand('gaf:denotedBy')}>"
    yield node, f"<{SH}nodeKind>", f"<{SH}IRI>"
    yield from _property(names, "Entity", f"{RDFS}label", least=1, most=1, range_=None)
    # One of ours, and any number of a schema of somebody's own.
    yield from _property(names, "Entity", f"{RDF}type", least=1, kind=f"<{SH}IRI>")


def _not_both(names: Names) -> Iterator[Triple]:
    """What is asserted is not negated."""
    both = f"<{names.kg}AssertedAndNegated>"
    yield f"<{names.kg}StatementShape>", f"<{SH}not>", both
    yield both, TYPE, f"<{SH}NodeShape>"
    for name in ("asserted", "negated"):
        part = f"<{names.kg}AssertedAndNegated-{name}>"
        yield both, f"<{SH}property>", part
        yield part, TYPE, f"<{SH}PropertyShape>"
        yield part, f"<{SH}path>", f"<{names.kg}{name}>"
        yield part, f"<{SH}hasValue>", literal("true", datatype="boolean")


def _relation_shape(names: Names, relation: Term) -> Iterator[Triple]:
    for link, target in (("domain", "targetSubjectsOf"), ("range", "targetObjectsOf")):
        for wanted in relation.linked(f"rdfs:{link}"):
            node = f"<{names.kg}{relation.name}-{link}>"
            yield node, TYPE, f"<{SH}NodeShape>"
            yield node, f"<{SH}{target}>", f"<{names.rel}{relation.name}>"
            yield node, f"<{SH}class>", f"<{names.expand(wanted)}>"
            yield node, f"<{SH}severity>", f"<{SH}Warning>"
