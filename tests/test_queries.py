"""The saved queries, each with its expected rows, in both engines."""

import csv
import pathlib

import events_graph
import pytest
from small_graph import DOCUMENT, EXTRACTION, RESOLUTION

from kg.errors import QueryError
from kg.knowledge import KnowledgeGraph
from kg.queries import parse, saved

EXPECTED = pathlib.Path(__file__).parent / "queries"
BIND = {"path": {"from": "Port Vale", "to": "norland"}, "neighbours": {"who": "the MOREAU"}}


# What is asked of events is asked of a graph of events.
OF_EVENTS = frozenset(
    "killed sentenced elected owners bought paid works-for kin changes whereabouts events-of-place"
    " events-of-month".split()
)


@pytest.fixture(scope="module")
def graph():
    return KnowledgeGraph.from_records([DOCUMENT], [EXTRACTION], RESOLUTION)


@pytest.fixture(scope="module")
def events():
    document, extraction, resolution = events_graph.made()
    return KnowledgeGraph.from_records([document], [extraction], resolution)


def test_every_saved_query_has_expected_rows():
    assert sorted(saved()) == sorted(p.stem for p in EXPECTED.glob("*.csv"))


@pytest.mark.parametrize("engine", ["pyoxigraph", "rdflib"])
@pytest.mark.parametrize("name", sorted(saved()))
def test_saved_query(graph, events, name, engine):
    answer = (events if name in OF_EVENTS else graph).query(name, BIND.get(name), engine=engine)
    rows = list(csv.reader(answer.text("csv").splitlines()))
    with (EXPECTED / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        assert rows == list(csv.reader(file))
    assert len(rows) > 1


@pytest.mark.parametrize("name", sorted(saved()))
def test_saved_query_says_what_it_answers_and_takes(name):
    query = saved()[name]
    assert query.explanation.endswith(".")
    assert all(f"?{p.name}" in query.sparql for p in query.parameters)


@pytest.mark.parametrize(
    ("name", "who", "rows"),
    [
        ("timeline", "Port Vale", 1),
        ("timeline", "Norland", 0),
        ("not-established", "Moreau", 1),
        ("who-says", "Ada Moreau", 1),
    ],
)
def test_entity_parameter_narrows(graph, name, who, rows):
    assert len(graph.query(name, {"who": who})) == rows


def test_entity_that_does_not_exist_is_named_with_the_nearest(graph):
    with pytest.raises(QueryError, match=r"did you mean .Harbour Board"):
        graph.query("timeline", {"who": "Harbor Board"})


def test_parameters_are_checked(graph):
    with pytest.raises(QueryError, match="needs who"):
        graph.query("neighbours")
    with pytest.raises(QueryError, match=r"did you mean .who"):
        graph.query("timeline", {"whom": "Moreau"})


def test_folder_adds_queries(tmp_path, graph):
    (tmp_path / "types.rq").write_text(
        "# How many of each class.\nSELECT ?c (COUNT(*) AS ?n) WHERE { ?x a ?c } GROUP BY ?c ORDER BY ?c",
        encoding="utf-8",
    )
    query = saved(tmp_path)["types"]
    assert query.explanation == "How many of each class."
    assert graph.query(query)[0]["n"].value == "1"


def test_comments_after_the_head_are_no_explanation():
    query = parse("x", "# What it is.\n# bind a entity, required: one\nSELECT * WHERE { ?a ?b ?c } # more\n")
    assert (query.explanation, query.parameters[0].required) == ("What it is.", True)
