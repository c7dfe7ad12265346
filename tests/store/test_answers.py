"""Formats of answers, each read back by the engine's own parser."""

import json

import pyoxigraph
import pytest
from small_graph import DOCUMENT, EXTRACTION, RESOLUTION

from kg.errors import QueryError
from kg.knowledge import KnowledgeGraph

TERMS = """SELECT ?a ?b ?c ?d ?e ?f WHERE {
  VALUES (?a ?b ?c ?d ?e ?f) {
    (<http://e/é> "x\\ty\\n\\"z\\"<&>"@en-GB 7 1.50 UNDEF "\\r\\u00A0 =1"^^<http://e/t>)
    ("" true 1e3 "2024-01-02"^^xsd:date "]]>" "\\\\")
  }
} """


@pytest.fixture(scope="module")
def graph():
    return KnowledgeGraph.from_records([DOCUMENT], [EXTRACTION], RESOLUTION)


@pytest.mark.parametrize("form", ["json", "xml", "tsv"])
def test_rows_survive_each_format(graph, form):
    answer = graph.query(TERMS)
    kind = getattr(pyoxigraph.QueryResultsFormat, form.upper())
    again = pyoxigraph.parse_query_results(answer.text(form).encode(), format=kind)
    assert [v.value for v in again.variables] == list(answer.variables)
    expected = [[None if t is None else str(t) for t in row] for row in answer]
    assert [[None if t is None else str(t) for t in row] for row in again] == expected


@pytest.mark.parametrize("form", ["json", "xml"])
def test_truth_survives_each_format(graph, form):
    answer = graph.query("ASK { ?s rel:country ?o }")
    kind = getattr(pyoxigraph.QueryResultsFormat, form.upper())
    assert (
        bool(pyoxigraph.parse_query_results(answer.text(form).encode(), format=kind)) is bool(answer) is True
    )


def test_values_are_python_values(graph):
    first = graph.query(TERMS).values()[0]
    assert first == {
        "a": "http://e/é",
        "b": 'x\ty\n"z"<&>',
        "c": 7,
        "d": 1.5,
        "e": None,
        "f": "\r\u00a0 =1",
    }


def test_table_is_one_line_a_row_with_short_names(graph):
    lines = graph.query("SELECT ?s ?o WHERE { ?s rel:country ?o }").text().splitlines()
    assert [line.split() for line in lines] == [
        ["s", "o"],
        ["-" * 14, "-" * 11],
        ["ent:Ada_Moreau", "ent:Norland"],
    ]
    assert len(graph.query(TERMS).text().splitlines()) == 4


def test_construct_gives_a_graph_in_its_formats(graph):
    answer = graph.query("CONSTRUCT { ?o rel:has ?s } WHERE { ?s rel:country ?o }")
    assert answer.text("ttl").endswith("\nent:Norland rel:has ent:Ada_Moreau .\n")
    assert list(answer) == answer.text("nt").splitlines()
    assert json.loads(answer.text("jsonld"))["@graph"][0]["@id"] == "ent:Norland"
    with pytest.raises(QueryError, match="ttl, nt, jsonld"):
        answer.text("csv")


def test_row_limit_says_that_it_cut(graph):
    assert graph.query("SELECT * { ?s ?p ?o }", rows=3).cut
    answer = graph.query("SELECT ?s { ?s rel:country ?o }", rows=1)
    assert (len(answer), answer.cut) == (1, False)


def test_rdflib_rows_are_by_name_too(graph):
    answer = graph.query("SELECT ?s { ?s rel:country ?o }", engine="rdflib")
    assert answer[0]["s"].value == "https://example.org/entity/Ada_Moreau"


def test_notebook_shows_a_table(graph):
    html = graph.query('SELECT ("<b>" AS ?x) {}')._repr_html_()
    assert "&lt;b&gt;" in html
    assert "<b>" not in html


def test_pandas_frame(graph):
    pandas = pytest.importorskip("pandas")
    frame = graph.query("offices").to_pandas()
    assert isinstance(frame, pandas.DataFrame)
    assert list(frame.columns) == ["person", "office", "country"]
