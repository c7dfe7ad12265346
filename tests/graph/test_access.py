"""What a program asks of a graph: its size, neighbours, ways, parts, events, tables, and removal."""

import datetime as dt
import importlib.metadata
import pickle

import events_graph
import pytest
import small_graph

import kg
from kg.check.invariants import validate
from kg.errors import GraphError, QueryError, UnknownName
from kg.graph.view import GraphView
from kg.knowledge import KnowledgeGraph
from kg.model import Document, Entity, Fact

PEOPLE = ("Ada", "Bo", "Cy", "Di", "Ed")


def person(name):
    return Entity(name, "Person", name)


def fact(one, relation, other, *, asserted=True):
    return Fact(person(one), relation, person(other), asserted=asserted)


@pytest.fixture(scope="module")
def harbour():
    return KnowledgeGraph.from_records(
        [small_graph.DOCUMENT], [small_graph.EXTRACTION], small_graph.RESOLUTION
    )


@pytest.fixture(scope="module")
def town():
    document, extraction, resolution = events_graph.made()
    return KnowledgeGraph.from_records([document], [extraction], resolution)


def test_search_finds_by_id_name_words_and_likeness(harbour):
    def found(name, **more):
        return [(entity.id, why) for entity, why in harbour.search(name, **more)]

    assert found("Ada_Moreau") == [("Ada_Moreau", "name")]
    assert found("the ADA  moreau") == [("Ada_Moreau", "name")]
    assert found("vale port") == [("Port_Vale", "part")]
    assert found("Norlund")[0] == ("Norland", "like")
    assert found("Norlund", type="Person") == []
    assert {id for id, _ in found("", type="GPE")} == {"Norland", "Port_Vale"}
    assert len(found("", most=3)) == 3
    with pytest.raises(UnknownName, match="did you mean 'Person'"):
        harbour.search("Ada", type="Persons")


def test_a_document_and_statements_are_looked_up(harbour):
    assert harbour.document(small_graph.DOC_ID).title == "A loan"
    assert harbour.document("none") is None
    assert harbour.statements_about(harbour.entity("Port Vale")) == 1


def test_length_iteration_and_truth_go_by_facts(harbour):
    assert len(harbour) == len(harbour.facts()) == len([*harbour]) > 5
    assert [*harbour] == harbour.facts()
    empty = KnowledgeGraph()
    assert len(empty) == 0
    assert bool(empty)
    assert [*empty] == []


def test_a_name_an_entity_and_a_fact_are_in_it(harbour):
    assert "ada moreau" in harbour
    assert "Nobody" not in harbour
    assert harbour.entity("Norland") in harbour
    assert Entity("Oz", "GPE", "Oz") not in harbour
    assert harbour.facts()[0] in harbour
    assert fact("Ada", "meet", "Bo") not in harbour


def test_evidence_names_its_source(harbour):
    assert {e.source for f in harbour for e in f.evidence} == {"texts/harbour.txt"}


def test_neighbours_are_those_with_most_facts_first(harbour):
    labels = [e.label for e in harbour.neighbours("Ada Moreau")]
    assert "Port Vale" in labels
    assert "Norland" in labels
    assert "Ada Moreau" not in labels
    assert harbour.neighbours("Harbour Board") == []
    assert [e.label for e in harbour.neighbours("Harbour Board", asserted=None)] == ["loan"]


def test_unknown_names_come_with_the_nearest(harbour):
    for ask in (harbour.neighbours, harbour.subgraph, lambda name: harbour.path(name, "Norland")):
        with pytest.raises(UnknownName, match="Ada Moreau"):
            ask("Ada Moro")


def path_of(monkeypatch, facts, start, end, **more):
    graph = KnowledgeGraph()
    monkeypatch.setattr(GraphView, "facts", lambda self, **wanted: facts)
    return graph.path(person(start), person(end), **more)


def test_a_path_is_a_fact_a_step(monkeypatch):
    facts = [fact("Ada", "meet", "Bo"), fact("Cy", "hire", "Bo"), fact("Di", "meet", "Ed")]
    assert path_of(monkeypatch, facts, "Ada", "Cy") == facts[:2]
    assert path_of(monkeypatch, facts, "Ada", "Ed") == []


def test_a_path_goes_around_what_has_very_many_links(monkeypatch):
    crowd = [fact(f"P{i}", "citizen_of", "Land") for i in range(400)]
    short = [fact("Ada", "citizen_of", "Land"), fact("Bo", "citizen_of", "Land")]
    long = [fact("Ada", "hire", "Cy"), fact("Cy", "pay", "Di"), fact("Di", "meet", "Bo")]
    assert path_of(monkeypatch, [*crowd, *short, *long], "Ada", "Bo") == long
    assert path_of(monkeypatch, [*short, *long], "Ada", "Bo") == short


def test_a_path_takes_what_is_asserted_unless_it_is_much_longer(monkeypatch):
    doubtful = fact("Ada", "pay", "Bo", asserted=False)
    detour = [fact("Ada", "meet", "Cy"), fact("Cy", "meet", "Bo")]
    assert path_of(monkeypatch, [doubtful, *detour], "Ada", "Bo", asserted=None) == detour
    assert path_of(monkeypatch, [doubtful], "Ada", "Bo") == []
    assert path_of(monkeypatch, [doubtful], "Ada", "Bo", asserted=None) == [doubtful]


def test_a_subgraph_has_what_is_said_among_its_entities(harbour):
    part = harbour.subgraph("Ada Moreau")
    assert isinstance(part, KnowledgeGraph)
    whole = set(harbour)
    assert 0 < len(part) < len(whole)
    assert set(part) <= whole
    inside = {e.id for e in harbour.neighbours("Ada Moreau", asserted=None)} | {"Ada_Moreau"}
    ends = {end.id for f in part for end in (f.subject, f.object) if isinstance(end, Entity)}
    assert ends <= inside
    assert {f for f in whole if f.subject.id == "Ada_Moreau"} <= set(part)
    assert [d.source for d in part.documents] == ["texts/harbour.txt"]


def test_a_subgraph_of_no_steps_has_what_is_said_of_the_entity_alone(harbour):
    part = harbour.subgraph("Ada Moreau", "Port Vale", steps=0)
    ends = {end.id for f in part for end in (f.subject, f.object) if isinstance(end, Entity)}
    assert ends == {"Ada_Moreau", "Port_Vale"}


def test_a_subgraph_is_valid_and_its_triples_are_of_the_graph(harbour, town):
    for graph, name in ((harbour, "Norland"), (town, "Vero")):
        part = graph.subgraph(name)
        assert set(part.store.triples()) < set(graph.store.triples())
        assert all(e.quote and e.source for f in part for e in f.evidence)
        assert validate(part) == []


def test_what_is_reached_over_doubt_is_left_out_if_wished(harbour):
    sure = harbour.subgraph("Harbour Board", asserted=True)
    assert "loan" not in sure
    assert "loan" in harbour.subgraph("Harbour Board")


def test_events_have_roles_and_days(town):
    (bought,) = town.events("Acquisition")
    assert bought.label == "acquisition of Vero"
    assert bought.type == "Acquisition"
    assert [e.label for e in bought.roles["buyer"]] == ["Halm"]
    assert [v.lexical for v in bought.roles["price"]] == ["200"]
    assert str(bought.begins) == "2010-01-01"
    assert bought.evidence
    assert pickle.loads(pickle.dumps(bought)) == bought


def test_events_of_a_class_hold_those_of_narrower_ones(town):
    assert {e.type for e in town.events("Death")} == {"Killing"}
    assert {"Killing", "Election"} < {e.type for e in town.events()}
    assert [e.label for e in town.events(about="Ulm") if e.type == "Election"] == ["election of Anna Berg"]
    assert [e.type for e in town.events(about="Vero")] == ["Acquisition", "Payment"]
    assert town.events(since="2200-01-01") == []
    with pytest.raises(UnknownName, match="Election"):
        town.events("Electon")


def test_a_query_is_stopped_in_time(harbour):
    many = " ".join(f"?a{i} ?b{i} ?c{i} ." for i in range(9))
    with pytest.raises(QueryError, match="stopped after"):
        harbour.query(f"SELECT (COUNT(*) AS ?n) WHERE {{ {many} }}", timeout=0.5)
    quick = "SELECT ?s WHERE { ?s rdfs:label ?l }"
    assert harbour.query(quick, timeout=60).values() == harbour.query(quick).values() != []


def test_a_row_is_printed_by_its_variables(harbour):
    answer = harbour.query('SELECT ?a ?b { VALUES (?a ?b) { ("x" UNDEF) } }', timeout=60)
    assert repr(next(iter(answer))) == '<Row a="x" b=None>'


@pytest.mark.parametrize("timeout", [0, -1, "x"])
def test_a_timeout_is_seconds(harbour, timeout):
    with pytest.raises(QueryError, match="is no timeout; give seconds"):
        harbour.query("ASK {}", timeout=timeout)


def test_a_saved_query_that_is_not_there_comes_with_the_nearest(harbour):
    with pytest.raises(QueryError, match="no saved query is called 'most-conected'; did you mean 'most-conn"):
        harbour.query("most-conected")


def test_since_takes_a_day_in_any_form_and_names_what_is_none(town):
    wanted = town.facts(since="2011-01-01")
    assert wanted
    assert town.facts(since=dt.datetime(2011, 1, 1, 12)) == wanted
    for wrong in ("soon", 2011):
        with pytest.raises(GraphError, match="is not a day; give a date"):
            town.facts(since=wrong)


def test_a_class_of_events_that_is_not_there_is_told_by_facts_too(town):
    for asked in (lambda: town.facts(event="Aquisition"), lambda: town.events("Aquisition")):
        with pytest.raises(UnknownName, match="did you mean 'Acquisition'"):
            asked()
    assert town.facts(event="Event")


def test_a_subgraph_has_no_fewer_than_no_steps(harbour):
    with pytest.raises(GraphError, match="there are no -1 steps"):
        harbour.subgraph(steps=-1)


def test_a_folder_that_is_no_store_is_called_so(harbour, tmp_path):
    with pytest.raises(GraphError, match="a folder, and no store; kg add makes one"):
        kg.open(tmp_path)
    harbour.save(tmp_path / "graph.ttl")
    with pytest.raises(GraphError, match=r"did you mean .*graph\.ttl"):
        kg.open(tmp_path)


def test_tables_of_pandas_are_tidy(town):
    pytest.importorskip("pandas")
    facts, entities, events = town.to_pandas()
    assert len(facts) == len(town)
    assert len(entities) == len(town.entities)
    buyers = events[(events.type == "Acquisition") & (events.role == "buyer")]
    assert list(buyers.filler) == ["Halm"]
    assert list(buyers.event) == [town.events("Acquisition")[0].id]
    assert facts[facts.subject == "Halm"].source.notna().all()
    assert entities.set_index("label").facts["Halm"] == len(town.facts(about="Halm"))


def two():
    """Two documents of which both name one thing."""
    return KnowledgeGraph.from_records(
        [small_graph.DOCUMENT, second := Document("f" * 16, "b.txt", small_graph.TEXT)],
        [small_graph.EXTRACTION, kg.Extraction.from_dict({**small_graph.EXTRACTION.to_dict(),
                                                          "doc_id": second.id, "source": "b.txt"})],
        small_graph.Resolved(
            small_graph.RESOLUTION.entities,
            {**small_graph.RESOLUTION.links, second.id: small_graph.RESOLUTION.links[small_graph.DOC_ID]},
        ),
    )  # fmt: skip


def test_removing_a_document_takes_what_it_alone_says():
    graph = two()
    assert {e.source for f in graph for e in f.evidence} == {"texts/harbour.txt", "b.txt"}
    before = {(f.subject, f.relation, f.object) for f in graph}
    assert graph.remove("b.txt") is graph
    assert {e.source for f in graph for e in f.evidence} == {"texts/harbour.txt"}
    assert {(f.subject, f.relation, f.object) for f in graph} == before
    assert [d.source for d in graph.documents] == ["texts/harbour.txt"]
    graph.remove(graph.documents[0])
    assert len(graph) == 0
    assert not graph.documents
    assert not graph.entities
    with pytest.raises(UnknownName):
        graph.remove("b.txt")


def test_a_part_by_documents_has_their_facts_alone():
    graph = two()
    part = graph.subgraph(documents=["b.txt"])
    assert {e.source for f in part for e in f.evidence} == {"b.txt"}
    assert [d.source for d in part.documents] == ["b.txt"]
    assert len(graph.documents) == 2


def test_names_of_the_package():
    assert kg.Graph is kg.KnowledgeGraph
    assert kg.build.__doc__.startswith("Build the graph")
    assert kg.Event.__doc__
    assert kg.__version__ == importlib.metadata.version("kg")
    assert {"build", "open", "stream", "Graph", "__version__"} <= set(dir(kg))
    assert not {"Any", "TYPE_CHECKING", "importlib", "sys"} & set(dir(kg))
