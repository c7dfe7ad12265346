"""KnowledgeGraph: the same content whether just built or opened from a file."""

import datetime as dt
import json
from dataclasses import replace

import networkx
import pytest
from small_graph import DOCUMENT, EXTRACTION, RESOLUTION

from kg.config import RdfConfig
from kg.errors import GraphError, KGError, QueryError
from kg.iri import fold
from kg.knowledge import KnowledgeGraph, open_graph
from kg.model import text_of
from kg.rdf.ontology import TYPE, terms_used, vocabulary_triples
from kg.store.triples import TripleStore


@pytest.fixture(scope="module")
def graph():
    return KnowledgeGraph.from_records([DOCUMENT], [EXTRACTION], RESOLUTION)


@pytest.mark.parametrize("suffix", [".ttl", ".nt", ".nq", ".trig", ".jsonld", ".rdf12.ttl"])
def test_opened_graph_equals_built_graph(graph, tmp_path, suffix):
    opened = open_graph(graph.save(tmp_path / f"g{suffix}"))
    assert opened.entities == graph.entities
    assert opened.documents == graph.documents
    assert opened.facts() == graph.facts()
    assert opened.store.lines() == graph.store.lines()


def test_saving_twice_gives_the_same_bytes(graph, tmp_path):
    first = graph.save(tmp_path / "a.ttl").read_bytes()
    assert open_graph(tmp_path / "a.ttl").save(tmp_path / "b.ttl").read_bytes() == first


def test_facts_filter_by_ends_relation_day_and_status(graph):
    assert [f.relation for f in graph.facts(subject="moreau", object="PORT VALE")] == ["meet_in"]
    assert {f.relation for f in graph.facts(about="the Norland")} == {"country", "buy"}
    assert {f.relation for f in graph.facts(since="2021-05-03")} == {"meet", "meet_in"}
    assert graph.facts(since="2021-05-04") == []
    (denied,) = graph.facts(relation="accept")
    assert (denied.asserted, denied.negated, denied.attributed_to.label) == (False, True, "Ada Moreau")
    assert denied.evidence[0].quote == "Moreau said that the Harbour Board did not accept the loan."
    assert {f.relation for f in graph.facts(asserted=False)} == {"accept", "buy"}


def test_entity_is_found_by_alias_without_case_or_article(graph):
    assert graph.entity("the harbour board").id == "Harbour_Board"
    assert graph.entity("MOREAU").aliases == ("Moreau",)
    with pytest.raises(KeyError):
        graph.entity("nobody")


def test_fold_drops_accents():
    assert fold("Élysée") == "elysee"


def test_query_binds_prefixes_and_terms(graph):
    rows = list(graph.query("SELECT ?o WHERE { ?s rel:meet_in ?o }"))
    assert [row["o"].value for row in rows] == ["https://example.org/entity/Port_Vale"]
    who = graph.entity("Norland")
    rows = list(graph.query("SELECT ?s WHERE { ?s rel:country ?who }", bind={"who": who}))
    assert len(rows) == 1


def test_broken_query_is_a_query_error(graph):
    with pytest.raises(QueryError):
        graph.query("SELECT WHERE {")


def test_networkx_view_has_labels_and_types(graph):
    view = graph.to_networkx()
    assert isinstance(view, networkx.MultiDiGraph)
    assert view.nodes["Ada_Moreau"]["type"] == "Person"
    edges = view.get_edge_data("Norland", "share-01234567")
    assert [e["modality"] for e in edges.values()] == ["Planned"]


def test_repr_counts(graph):
    assert repr(graph) == "<KnowledgeGraph: 1 document, 9 entities, 8 facts>"
    assert "position held" in graph._repr_html_()


def test_unknown_suffix_lists_the_valid_ones(graph, tmp_path):
    with pytest.raises(GraphError, match=r"\.ttl"):
        graph.save(tmp_path / "g.docx")


def test_file_that_is_no_turtle(tmp_path):
    path = tmp_path / "x.ttl"
    path.write_text("no turtle at all")
    with pytest.raises(GraphError, match=r"x\.ttl"):
        open_graph(path)


def test_part_of_a_persons_name_finds_the_person_where_nothing_bears_it():
    store = TripleStore()
    entity, named = "https://example.org/entity/", "<http://www.w3.org/2000/01/rdf-schema#label>"
    for local, kind, label in (
        ("Anna_Berg", "Person", "Anna Berg"),
        ("Berg_Bank", "Organization", "Berg Bank"),
    ):
        store.add(
            [
                (
                    f"<{entity}{local}>",
                    "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>",
                    f"<https://example.org/kg#{kind}>",
                ),
                (f"<{entity}{local}>", named, f'"{label}"@en'),
            ]
        )
    graph = KnowledgeGraph(store)
    assert graph.entity("berg").label == "Anna Berg"
    with pytest.raises(KeyError):
        graph.entity("Bank")


GAZETTEER = """
@prefix ex: <http://places.example/> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix schema: <https://schema.org/> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
ex:Ghent a schema:Place ; skos:prefLabel "Ghent"@en ; skos:altLabel "Gent" .
ex:Ghent ex:country ex:Belgium ; ex:inhabitants 265000 . ex:Belgium rdfs:label "Belgium" .
ex:Anna a schema:Person ; schema:name "Anna" ; ex:lives_in [ rdfs:label "a house" ] .
"""


def test_foreign_turtle_opens_to_be_asked_and_looked_at(tmp_path):
    path = tmp_path / "places.ttl"
    path.write_text(GAZETTEER, encoding="utf-8")
    graph = open_graph(path)
    assert graph.entity("gent").label == "Ghent"
    assert graph.entity("Anna").type == "Person"
    assert {(f.subject.label, f.relation) for f in graph.facts()} == {
        ("Ghent", "country"),
        ("Ghent", "inhabitants"),
        ("Anna", "lives in"),
    }
    assert graph.facts(about="Belgium")[0].subject.label == "Ghent"
    assert "Ghent" in graph.save(tmp_path / "places.graphml").read_text(encoding="utf-8")


def test_foreign_graph_is_merged_with_ours(graph, tmp_path):
    path = tmp_path / "places.ttl"
    path.write_text(
        GAZETTEER.replace("[ rdfs:label", "ex:House . ex:House ex:x [ rdfs:label"), encoding="utf-8"
    )
    ours = open_graph(graph.save(tmp_path / "ours.ttl"))
    ours.merge(open_graph(path))
    assert ours.facts() == graph.facts()
    assert len(ours.query("SELECT ?x WHERE { ?x <http://places.example/country> ?y }")) == 1


THESAURUS = """
@prefix t: <http://crafts.example/> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
t:s a skos:ConceptScheme ; <http://purl.org/dc/terms/title> "Crafts"@en .
t:1 a skos:Concept ; skos:prefLabel "Schmied"@de, "smith"@en, "forgeron"@fr ; skos:broader t:2 .
t:2 a skos:Concept ; skos:prefLabel "artisan"@en-GB, "Handwerker"@de .
t:3 a skos:Concept ; skos:prefLabel "Weber"@de ; skos:related t:1 .
"""


def test_labels_are_those_of_one_language_and_the_others_are_aliases(tmp_path):
    path = tmp_path / "crafts.ttl"
    path.write_text(THESAURUS, encoding="utf-8")
    graph = open_graph(path)
    assert graph.entity("Schmied").label == "smith"
    assert graph.entity("smith").aliases == ("Schmied", "forgeron")
    assert {e.label for e in graph.entities} == {"smith", "artisan", "Weber", "Crafts"}
    assert open_graph(path, lang="fr").entity("smith").label == "forgeron"


ONTOLOGY = """
@prefix owl: <http://www.w3.org/2002/07/owl#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix : <http://port.example/ns#> .
:Vessel a owl:Class . :Tug a owl:Class ; rdfs:subClassOf :Vessel,
  [ a owl:Restriction ; owl:onProperty :tows ; owl:someValuesFrom
    [ owl:unionOf ( :Barge :Vessel ) ; a owl:Class ] ] .
:tows a owl:ObjectProperty ; rdfs:label "is towing"@en .
:ada a owl:NamedIndividual, :Tug, :Vessel ; :tows :bo ; :crew ( :lin :mo ) . :bo a :Vessel .
:lin :knows [ :age 3 ] , [ :age 4 ] , [ :age 4 ] .
[] a owl:AllDifferent ; owl:distinctMembers ( :ada :bo ) .
"""


def test_classes_are_those_of_the_file_and_syntax_is_no_node(tmp_path):
    path = tmp_path / "port.ttl"
    path.write_text(ONTOLOGY, encoding="utf-8")
    graph = open_graph(path)
    assert graph.entity("ada").type == "Tug"
    assert {e.type for e in graph.entities if e.id.startswith("_:")} == {"Concept"}
    said = {(f.subject.label, f.relation, text_of(f.object)) for f in graph.facts()}
    assert {("ada", "is towing", "bo"), ("ada", "crew", "lin"), ("ada", "crew", "mo")} <= said
    assert graph.facts(relation="is towing")
    assert not {r for _, r, _ in said} & {"first", "rest", "onProperty", "distinctMembers", "unionOf"}


def test_a_file_with_blank_nodes_is_written_the_same_each_time(tmp_path):
    path = tmp_path / "port.ttl"
    path.write_text(ONTOLOGY, encoding="utf-8")
    once, again = (open_graph(path).save(tmp_path / f"{i}.nt").read_text("utf-8") for i in range(2))
    assert once == again
    assert open_graph(tmp_path / "1.nt").save(tmp_path / "2.nt").read_text("utf-8") == once


def test_a_name_that_nothing_bears_is_told_with_the_nearest(graph):
    with pytest.raises(KeyError, match="did you mean 'Ada Moreau'"):
        graph.entity("Ada Morreau")
    with pytest.raises(KGError):
        graph.entity("Ada Morreau")


@pytest.mark.parametrize("form", ["gexf", "graphml", "gml"])
def test_writers_of_networkx_take_the_network(graph, tmp_path, form):
    view = graph.to_networkx()
    getattr(networkx, f"write_{form}")(view, tmp_path / form)
    again = getattr(networkx, f"read_{form}")(tmp_path / form)
    assert (len(again), again.number_of_edges()) == (len(view), view.number_of_edges())
    json.dumps(networkx.node_link_data(view))


def test_lists_and_dates_stay_what_they_are_on_request(graph):
    edges = [data for *_, data in graph.to_networkx(flat=False).edges(data=True)]
    assert all(isinstance(data["evidence"], list) for data in edges)
    assert {type(data["begins"]) for data in edges} == {dt.date, type(None)}


def test_a_graph_in_which_nothing_was_found_has_no_facts(tmp_path):
    nothing = replace(RESOLUTION, links={DOCUMENT.id: ()})
    bare = replace(EXTRACTION, mentions=(), claims=(), coref=())
    empty = KnowledgeGraph.from_records([DOCUMENT], [bare], nothing)
    again = open_graph(empty.save(tmp_path / "empty.ttl"))
    assert (again.facts(), again.entities, len(again.documents)) == ([], (), 1)


def test_relations_are_declared_by_what_they_lead_to(graph):
    rows = graph.query("SELECT ?p ?kind { ?p a ?kind FILTER(STRSTARTS(STR(?p), STR(rel:))) }")
    kinds = {row["p"].value.rpartition("/")[2]: row["kind"].value.rpartition("#")[2] for row in rows}
    assert kinds["meet_in"] == kinds["position_held"] == "ObjectProperty"
    assert kinds["die"] == "DatatypeProperty"
    stated = "?s rdf:predicate ?p ; rdf:object ?o"
    assert not graph.query(f"SELECT ?p {{ ?p a owl:ObjectProperty . {stated} FILTER(isLiteral(?o)) }}")
    assert not graph.query(f"SELECT ?p {{ ?p a owl:DatatypeProperty . {stated} FILTER(isIRI(?o)) }}")


def test_a_relation_to_nodes_and_literals_is_an_annotation(graph):
    rel = graph.names.rel
    a, b = (f"<{graph.names.ent}{name}>" for name in "ab")
    triples = [
        (a, f"<{rel}part_of>", b),
        (a, f"<{rel}part_of>", '"the north"@en'),
        (a, f"<{rel}has_part>", b),
    ]
    declared = set(vocabulary_triples(terms_used(triples, graph.names), RdfConfig()))
    kinds = {s.rpartition("/")[2][:-1]: o[1:-1].rpartition("#")[2] for s, p, o in declared if p == TYPE}
    assert (kinds["part_of"], kinds["has_part"]) == ("AnnotationProperty", "ObjectProperty")
    assert not [s for s, p, _ in declared if p.endswith("inverseOf>") and s.endswith("part_of>")]
