"""Schemas of one's own: OWL and RDFS in any syntax give what JSON gives, and bad files say what is wrong."""

import json

import pyoxigraph as ox
import pytest
import rdflib

from kg.errors import ConfigError
from kg.schema import Concept, Relation
from kg.store import schemas

ONTOLOGY = """\
@prefix ex: <https://ports.example/onto#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix schema: <https://schema.org/> .
<https://ports.example/onto> a owl:Ontology ; rdfs:label "Ports"@en .
ex:Ship a owl:Class ; rdfs:label "Schiff"@de , "ship"@en ; skos:altLabel "vessel"@en ;
  skos:example "MV Aurland" .
ex:Yard a owl:Class ; rdfs:subClassOf schema:Organization .
ex:Harbour a rdfs:Class ; rdfs:label "harbour" .
ex:builtBy a owl:ObjectProperty ; rdfs:domain ex:Ship ; skos:example "O built S" ;
  rdfs:range [ a owl:Class ; owl:unionOf ( ex:Yard schema:Person ) ] ; owl:inverseOf ex:built .
ex:built a owl:ObjectProperty .
ex:launched a owl:DatatypeProperty ; rdfs:label "launch date"@en ; rdfs:domain ex:Ship ; rdfs:range xsd:date ;
  owl:equivalentProperty schema:startDate .
ex:old a owl:ObjectProperty ; owl:deprecated true .
ex:note a owl:AnnotationProperty .
"""


def written(tmp_path, name, text):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def test_an_ontology_gives_classes_and_properties(tmp_path):
    found = schemas.load(written(tmp_path, "ports.ttl", ONTOLOGY))
    assert found.title == "Ports"
    ports = "https://ports.example/onto#"
    assert found.relations == (
        Relation("built", iri=f"{ports}built", inverse=(f"{ports}builtBy",)),
        Relation(
            "built by",
            "",
            "ship",
            "yard|person",
            f"{ports}builtBy",
            examples=("O built S",),
            inverse=(f"{ports}built",),
        ),
        Relation(
            "launch date",
            "",
            "ship",
            "date",
            f"{ports}launched",
            same=("https://schema.org/startDate",),
            datatype="http://www.w3.org/2001/XMLSchema#date",
        ),
    )
    assert Concept("ship", f"{ports}Ship", ("vessel",), ("MV Aurland",)) in found.concepts
    assert Concept("yard", f"{ports}Yard", above=("https://schema.org/Organization",)) in found.concepts
    assert {c.label for c in found.concepts} == {"ship", "yard", "harbour", "person"}


SYNTAXES = {
    "ports.nt": ox.RdfFormat.N_TRIPLES,
    "ports.nq": ox.RdfFormat.N_QUADS,
    "ports.trig": ox.RdfFormat.TRIG,
    "ports.n3": ox.RdfFormat.N3,
    "ports.rdf": ox.RdfFormat.RDF_XML,
    "ports.owl": ox.RdfFormat.RDF_XML,
    "turtle.owl": ox.RdfFormat.TURTLE,
    "ports.jsonld": ox.RdfFormat.JSON_LD,
    "linked.json": ox.RdfFormat.JSON_LD,
    "nosuffix": ox.RdfFormat.TURTLE,
}


@pytest.mark.parametrize("name", SYNTAXES)
def test_every_syntax_of_rdf_gives_the_same(tmp_path, name):
    quads = list(ox.parse(ONTOLOGY.encode(), format=ox.RdfFormat.TURTLE))
    path = tmp_path / name
    path.write_bytes(ox.serialize((q.triple for q in quads), format=SYNTAXES[name]))
    assert schemas.load(path) == schemas.load(written(tmp_path, "same.ttl", ONTOLOGY))


@pytest.mark.parametrize(("suffix", "form"), [("trix", "trix"), ("hext", "hext")])
def test_what_only_rdflib_reads_gives_the_same(tmp_path, suffix, form):
    graph = rdflib.Dataset()
    graph.parse(data=ONTOLOGY, format="turtle")
    path = tmp_path / f"ports.{suffix}"
    path.write_text(graph.serialize(format=form), encoding="utf-8")
    assert schemas.load(path) == schemas.load(written(tmp_path, "same.ttl", ONTOLOGY))


def test_json_is_read_as_before(tmp_path):
    data = {
        "concepts": [{"label": "ship", "iri": "https://x.example/Ship", "examples": ["MV Aurland"]}],
        "relations": [
            {"label": "built by", "domain": "ship", "iri": "https://x.example/b", "examples": ["O built S"]}
        ],
    }
    found = schemas.load(written(tmp_path, "ports.json", json.dumps(data)))
    assert found.relations == (
        Relation("built by", domain="ship", iri="https://x.example/b", examples=("O built S",)),
    )
    assert found.concepts == (Concept("ship", "https://x.example/Ship", examples=("MV Aurland",)),)


def test_no_path_of_this_machine_is_in_an_iri(tmp_path):
    turtle = "<#p> a <http://www.w3.org/1999/02/22-rdf-syntax-ns#Property> ."
    (relation,) = schemas.load(written(tmp_path, "mine.ttl", turtle)).relations
    assert relation.iri == "https://example.org/schema/mine#p"


BOMB = """<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">&b;</rdf:RDF>"""


@pytest.mark.parametrize(
    ("name", "text", "place", "what"),
    [
        ("bad.ttl", "@prefix ex: <https://x.example/> .\nex:a a ;", "bad.ttl, line 2", ""),
        ("bad.rdf", "<?xml version='1.0'?>\n<rdf:RDF", "bad.rdf", ""),
        ("empty.ttl", "", "empty.ttl", "no properties"),
        ("classes.ttl", "<x:C> a <http://www.w3.org/2002/07/owl#Class> .", "classes.ttl", "no properties"),
        ("manchester.omn", "Prefix: ex: <https://x.example/>\nOntology:", "manchester.omn", "no RDF"),
        ("functional.owl", "Prefix(:=<https://x.example/>)\nOntology(<x>)", "functional.owl", "no RDF"),
        ("owlxml.owl", '<?xml version="1.0"?>\n<Ontology xmlns="x:owl#"/>', "owlxml.owl", "no RDF"),
        ("far.jsonld", '{"@context": "https://x.example/c.jsonld", "@id": "x:a"}', "far.jsonld", ""),
        ("bomb.rdf", BOMB, "bomb.rdf", "entities"),
        ("list.json", "[1, 2]", "list.json", "a JSON object"),
        ("bad.trix", "<TriX", "bad.trix", ""),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_with_its_place_and_a_remedy(tmp_path, name, text, place, what):
    with pytest.raises(ConfigError) as error:
        schemas.load(written(tmp_path, name, text))
    assert error.value.where.endswith(place)
    assert what in error.value.what
    assert error.value.what
    assert error.value.remedy
    assert "\n" not in str(error.value)


def test_a_file_that_is_not_there_is_named(tmp_path):
    for name in ("missing.ttl", "missing.json", "missing"):
        with pytest.raises(ConfigError, match=rf"{name}: cannot read the schema"):
            schemas.load(tmp_path / name)
