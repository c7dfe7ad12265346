"""A query that finds nothing says which of its terms are not there."""

import pytest
from small_graph import DOCUMENT, EXTRACTION, RESOLUTION

from kg.knowledge import KnowledgeGraph, open_graph
from kg.queries import saved


@pytest.fixture(scope="module")
def graph():
    return KnowledgeGraph.from_records([DOCUMENT], [EXTRACTION], RESOLUTION)


@pytest.mark.parametrize(
    ("query", "note"),
    [
        ('SELECT ?s { ?s rdfs:label "Norland" }', 'the graph has "Norland"@en'),
        ('SELECT ?s { ?s rdfs:label "Norlund"@en }', 'did you mean "Norland"@en?'),
        ('SELECT ?s { ?s rdfs:label ?l FILTER(?l = "Norland") }', "STR(?l)"),
        ('SELECT ?s { ?s rdfs:label ?l FILTER("Norland" = ?l) }', '"Norland"@en'),
        ('SELECT ?s { ?s rdfs:label ?l FILTER(?l IN ("Norland", "Port Vale")) }', '"Port Vale"@en'),
        ("SELECT ?o { ent:Ada_Moreau rel:meets ?o }", "did you mean rel:meet"),
        ("SELECT ?o { ?s rdfs:label/^rel:met ?o }", "did you mean rel:meet"),
        ("SELECT ?o { ent:Ada_Morreau ?p ?o }", "did you mean ent:Ada_Moreau?"),
        ("SELECT (COUNT(*) AS ?n) { ?o a kg:person }", "did you mean kg:Person?"),
        ("ASK { ?o a kg:Organisation }", "did you mean kg:Organization?"),
        ('SELECT ?s { ?s sem:hasBeginTimeStamp ?d FILTER(?d > "2000-01-01") }', '"2000-01-01"^^xsd:date'),
        ("SELECT ?s { ?s sem:hasBeginTimeStamp ?d FILTER(?d > 2000) }", '"2000-01-01"^^xsd:date'),
        ("SELECT ?s { GRAPH ?g { ?s ?p ?o } }", "no named graph|none is loaded"),
        ("CONSTRUCT { ?s ?p ?o } WHERE { ?s a kg:Persons ; ?p ?o }", "kg:Person?"),
    ],
)
def test_terms_that_are_not_there_are_told_with_the_nearest(graph, query, note):
    assert graph.query(query).found_nothing
    notes = " ".join(graph.missing(query))
    assert any(part in notes for part in note.split("|")), notes


@pytest.mark.parametrize(
    "query",
    [
        # All is there, in other places.
        "SELECT ?o { ent:Norland rel:meet ?o }",
        'SELECT ?s { ?s rdfs:label ?l FILTER(CONTAINS(?l, "nothing of it")) }',
        # What need not be there is no reason.
        "SELECT ?o { ent:Norland rel:meet ?o OPTIONAL { ?o rel:zork ?p } }",
        "SELECT ?o { ent:Norland rel:meet ?o MINUS { ?o rel:zork ?p } FILTER NOT EXISTS { ?o a kg:Zork } }",
        "SELECT ?o { ent:Norland (rel:meet|rel:zork)* ent:Port_Vale ; rel:meet ?o }",
        # Years of numbers of other types are compared.
        "SELECT ?o { ?s kg:beginIndex ?o FILTER(?o < -1.5) }",
    ],
)
def test_what_is_there_or_need_not_be_is_not_told(graph, query):
    assert graph.query(query).found_nothing
    assert graph.missing(query) == []


def test_a_saved_query_says_that_a_graph_is_not_of_its_kind(tmp_path):
    path = tmp_path / "towns.ttl"
    path.write_text("@prefix e: <http://e/> . e:a e:near e:b .", encoding="utf-8")
    graph = open_graph(path)
    assert graph.query("most-connected").found_nothing
    assert "graphs that kg made" in graph.missing(saved()["most-connected"])[0]


def test_a_graph_that_is_asked_for_by_name_is_told_with_the_nearest(tmp_path):
    path = tmp_path / "towns.trig"
    path.write_text("@prefix e: <http://e/> . e:north { e:a e:near e:b }", encoding="utf-8")
    notes = open_graph(path).missing("SELECT * { GRAPH <http://e/nort> { ?s ?p ?o } }")
    assert notes == ["no graph <http://e/nort> is loaded; did you mean <http://e/north>?"]
