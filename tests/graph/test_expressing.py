"""A graph in the words of a schema: what is said, in whose IRIs, with which evidence, and what is refused."""

import pathlib

import pytest

import kg
from kg.check.invariants import validate
from kg.check.shacl import check_shapes
from kg.cli import main
from kg.schema import Relation, Schema

ONTOLOGY = """\
@prefix ex: <https://corp.example/onto#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix wdt: <http://www.wikidata.org/prop/direct/> .
ex:Company a owl:Class ; rdfs:label "company"@en .
ex:Person a owl:Class ; rdfs:label "person"@en .
ex:City a owl:Class ; rdfs:label "city"@en .
ex:Novel a owl:Class ; rdfs:label "novel"@en .
ex:Building a owl:Class ; rdfs:label "building"@en .
ex:took a owl:ObjectProperty ; rdfs:label "took"@en ; skos:example "S bought O" ;
  rdfs:domain ex:Company ; rdfs:range ex:Company .
ex:wentTo a owl:ObjectProperty ; owl:inverseOf ex:took ; rdfs:domain ex:Company ; rdfs:range ex:Company .
ex:seat a owl:ObjectProperty ; rdfs:label "seat"@en ; skos:example "S is based in O" ;
  rdfs:domain ex:Company ; rdfs:range ex:City .
ex:since a owl:DatatypeProperty ; rdfs:label "inception"@en ; rdfs:domain ex:Company ; rdfs:range xsd:gYear .
ex:day a owl:DatatypeProperty ; rdfs:label "launch day"@en ; skos:example "O saw S" ; rdfs:range xsd:date .
ex:worksFor a owl:ObjectProperty ; rdfs:domain ex:Person ; rdfs:range ex:Company ;
  owl:equivalentProperty wdt:P108 .
ex:author a owl:ObjectProperty ; rdfs:label "author"@en ; rdfs:domain ex:Novel ; rdfs:range ex:Person .
ex:planner a owl:ObjectProperty ; rdfs:label "architect"@en ; rdfs:domain ex:Building ; rdfs:range ex:Person .
"""
TEXT = """\
Tidewater Shipping Company bought Halden Lines in 2019. Tidewater Shipping Company is based in Oslo.
Anna Berg founded Tidewater Shipping Company in 2004. Tidewater Shipping Company did not buy Kvam Airlines.

Anna Berg works for Tidewater Shipping Company. Anna Berg bought a horse. Anna Berg is based in Bergen.
Grey Harbour is a novel. The novel Grey Harbour was written by Ida Moe.
Ole Strand is the architect of the Lysaker Bridge. Ida Moe praised Ole Strand.
"""
EX = "https://corp.example/onto#"


@pytest.fixture(scope="module")
def ontology(tmp_path_factory):
    path = tmp_path_factory.mktemp("schema") / "corp.ttl"
    path.write_text(ONTOLOGY, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def expressed(ontology):
    graph = kg.build(TEXT)
    return graph, graph.express(ontology)


def rows(graph, prop):
    found = graph.query(f"SELECT ?s ?o WHERE {{ ?a <{EX}{prop}> ?b . ?a rdfs:label ?s . ?b rdfs:label ?o }}")
    return sorted(tuple(str(term).split('"')[1] for term in row) for row in found)


pytestmark = [pytest.mark.model, pytest.mark.usefixtures("models_once")]


@pytest.mark.parametrize(
    ("prop", "expected"),
    [
        ("took", [("Tidewater Shipping Company", "Halden Lines")]),
        ("wentTo", [("Halden Lines", "Tidewater Shipping Company")]),
        ("seat", [("Tidewater Shipping Company", "Oslo")]),
        ("worksFor", [("Anna Berg", "Tidewater Shipping Company")]),
        ("author", [("Grey Harbour", "Ida Moe")]),
        ("planner", [("Lysaker Bridge", "Ole Strand")]),
    ],
)
def test_what_a_text_says_is_there_in_the_schemas_own_iris(expressed, prop, expected):
    assert rows(expressed[0], prop) == expected


def test_a_time_is_a_value_of_the_propertys_datatype(expressed):
    (row,) = expressed[0].query(f"SELECT ?o WHERE {{ ?a <{EX}since> ?o }}")
    assert str(row[0]) == '"2004"^^<http://www.w3.org/2001/XMLSchema#gYear>'


def test_each_fact_has_its_sentence_and_what_is_denied_stays_so(expressed):
    graph, _ = expressed
    (fact,) = graph.facts(relation="took", asserted=True)
    assert fact.evidence[0].quote == "Tidewater Shipping Company bought Halden Lines in 2019."
    assert fact.evidence[0].rule == "schema"
    assert str(fact.begins) == "2019-01-01"
    (denied,) = graph.facts(relation="took", asserted=False)
    assert denied.negated
    assert denied.object.label == "Kvam Airlines"


def test_ours_stay_beside_them(expressed):
    assert [f.object.label for f in expressed[0].facts(relation="buy", asserted=True)][:1] == ["Halden Lines"]


def test_things_are_of_the_schemas_classes_as_the_text_calls_them(expressed):
    graph, told = expressed
    (row,) = graph.query(f"SELECT ?l WHERE {{ ?a a <{EX}Novel> ; rdfs:label ?l }}")
    assert "Grey Harbour" in str(row[0])
    assert told.members["novel"] == 1
    (fact,) = [f for f in graph.facts(subject="Grey Harbour", relation="type") if f.object.label == "novel"]
    quotes = [e.quote for e in fact.evidence]
    assert quotes == ["The novel Grey Harbour was written by Ida Moe.", "Grey Harbour is a novel."]


def test_what_does_not_fit_is_refused_and_said_why(expressed):
    told = expressed[1]
    reasons = {(r.property, r.reason, r.subject) for r in told.refused}
    assert ("took", "domain", "Anna Berg") in reasons
    assert ("seat", "domain", "Anna Berg") in reasons
    assert any("Anna Berg is a Person, no company" in str(r) for r in told.refused)
    assert told.facts["took"] == 1
    assert told.outside["praise"] == 1
    domains, ranges = (sum(r.reason == reason for r in told.refused) for reason in ("domain", "range"))
    facts, outside = told.facts.total(), told.outside.total()
    assert told.summary().startswith(f"schema: {facts} facts in 7 of 8 properties, {domains} by domain, ")
    assert told.summary().endswith(
        f"{ranges} by range refused, {outside} fact{'s' * (outside > 1)} outside it"
    )


def test_kg_validate_knows_the_schema(expressed):
    graph, _ = expressed
    assert [p for p in validate(graph) if "corp.example" in p.message] == []
    assert [p for p in check_shapes(graph, None) if p.level == "error"] == []
    spoilt = kg.KnowledgeGraph(graph.store)
    spoilt.store.add(
        [("<https://example.org/entity/Anna_Berg>", f"<{EX}took>", "<https://example.org/entity/Oslo>")]
    )
    assert any(p.rule == "asserted" and "took" in p.message for p in validate(spoilt))


def test_a_statement_in_a_property_that_nobody_declares_is_told():
    graph = kg.build("Norvik Shipping Company bought Halden Lines.")
    graph.express(Schema((Relation("took", iri=f"{EX}took", examples=("S bought O",)),)))
    assert validate(graph) == []
    bare = [t for t in graph.store.triples() if t[0] != f"<{EX}took>"]
    fresh = type(graph.store)()
    fresh.add(bare)
    assert any(p.rule == "unknown-term" for p in validate(kg.KnowledgeGraph(fresh)))


def test_a_wrong_type_in_a_graph_is_told(ontology):
    graph = kg.build("Norvik Shipping Company bought Halden Lines.")
    graph.express(ontology)
    wrong = [
        (s, p, o.replace("kg#Organization>", "kg#Person>") if s.endswith("Halden_Lines>") else o)
        for s, p, o in graph.store.triples()
    ]
    fresh = type(graph.store)()
    fresh.add(wrong)
    assert any(p.rule == "range" and "took" in p.message for p in validate(kg.KnowledgeGraph(fresh)))


def test_a_text_that_is_added_is_written_in_the_schema_too(ontology):
    graph = kg.build("It rained in Bergen.")
    graph.express(ontology)
    graph.add("Norvik Shipping Company bought Halden Lines.")
    assert rows(graph, "took") == [("Norvik Shipping Company", "Halden Lines")]
    before = len(graph.store)
    graph.express(ontology)
    assert len(graph.store) == before


def test_a_schema_without_iris_gets_them_under_the_base():
    graph = kg.build("Anna Berg founded Norvik Shipping Company.")
    told = graph.express(Schema((Relation("started by", examples=("O founded S",)), Relation("x", "P112"))))
    subjects = {str(row[0]) for row in graph.query("SELECT ?p WHERE { ?s ?p ent:Anna_Berg }")}
    assert "<https://example.org/schema/started_by>" in subjects
    assert "<http://www.wikidata.org/prop/direct/P112>" in subjects
    assert told.facts == {"started by": 1, "x": 1}


def test_the_command_writes_and_tells(tmp_path, ontology, capsys):
    text = tmp_path / "note.txt"
    text.write_text(TEXT, encoding="utf-8")
    out = tmp_path / "note.ttl"
    assert main(["build", str(text), "--schema", str(ontology), "-o", str(out)]) == 0
    told = capsys.readouterr().err
    assert "schema: 7 facts in 7 of 8 properties, " in told
    assert "refused: took (Anna Berg" in told
    assert f"<{EX}took> ent:Halden_Lines" in out.read_text(encoding="utf-8")


def test_a_bad_schema_is_told_before_any_text_is_read(tmp_path, capsys):
    text = tmp_path / "note.txt"
    text.write_text(TEXT, encoding="utf-8")
    bad = tmp_path / "bad.ttl"
    bad.write_text("@prefix ex: <https://x.example/> .\nex:a ex:b", encoding="utf-8")
    assert main(["build", str(text), "--schema", str(bad), "-o", str(tmp_path / "o.ttl")]) == 2
    assert "bad.ttl, line 2" in capsys.readouterr().err
    assert not pathlib.Path(tmp_path / "o.ttl").exists()
    argv = [
        "build",
        str(text),
        "--schema",
        str(bad),
        "--set",
        "rdf.provenance=none",
        "-o",
        str(tmp_path / "o.ttl"),
    ]
    assert main(argv) == 2
    assert "provenance" in capsys.readouterr().err
