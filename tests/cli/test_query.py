"""`kg query`: formats, limits that stop, refusals, and no traceback."""

import json
import time

import pytest
from small_graph import DOCUMENT, EXTRACTION, RESOLUTION

from kg.knowledge import KnowledgeGraph

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l FILTER(?c != ?l) }"


@pytest.fixture(scope="module")
def graph(tmp_path_factory):
    path = tmp_path_factory.mktemp("graph") / "g.ttl"
    return KnowledgeGraph.from_records([DOCUMENT], [EXTRACTION], RESOLUTION).save(path)


@pytest.fixture
def query(graph, kg):
    def run(*argv, path=graph):
        return kg("query", path, *argv)

    return run


def test_saved_name_text_and_file_give_the_same(query, tmp_path):
    file = tmp_path / "o.rq"
    file.write_text("SELECT ?s { ?s rel:position_held ?o }", encoding="utf-8")
    assert (
        query(file)
        == query("SELECT ?s { ?s rel:position_held ?o }")
        == (
            0,
            "?s\n<https://example.org/entity/Ada_Moreau>\n",
            "",
        )
    )
    code, out, _ = query("offices", "--format", "csv")
    assert (code, out) == (0, "person,office,country\r\nAda Moreau,Finance Minister,Norland\r\n")


def test_bind_gives_a_term_never_text(query):
    code, out, _ = query("offices", "--bind", "who=moreau", "--format", "table")
    assert code == 0
    assert "Finance Minister" in out
    text = "SELECT ?x { BIND(?v AS ?x) }"
    _, out, _ = query(text, "--bind", "v=x } DROP ALL { \"'", "--format", "json")
    assert json.loads(out)["results"]["bindings"] == [
        {"x": {"type": "literal", "value": "x } DROP ALL { \"'"}}
    ]


def test_what_a_parameter_is_to_be_is_said_where_nothing_is_found(query):
    code, _, err = query("events-of-month", "--bind", "month=October 2022")
    assert code == 0
    assert err.endswith("note: month is 'October 2022', and is to be the month, as in 2024-03\n")


@pytest.mark.parametrize("bad", ["who", "=x", "who="])
def test_bind_without_name_or_value(query, bad):
    code, _, err = query("offices", "--bind", bad)
    assert (code, "NAME=VALUE" in err) == (2, True)


def test_time_limit_stops_the_query(query):
    started = time.monotonic()
    code, out, err = query(ENDLESS, "--timeout", "0.5")
    assert (code, out) == (1, "")
    assert err.startswith("kg: stopped after 0.5 seconds")
    assert time.monotonic() - started < 10


def test_row_limit_is_said(query):
    code, out, err = query("SELECT ?s { ?s ?p ?o }", "--limit", "2")
    assert (code, len(out.splitlines())) == (0, 3)
    assert "cut after 2 rows" in err


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", "SERVICE is refused"),
        ("SELECT * FROM <file:///etc/hostname> { ?s ?p ?o }", "is refused"),
        ("DELETE WHERE { ?s ?p ?o }", "DELETE is refused"),
        ("SELECT * {", "query: "),
        ("SELECT ?s { ?s nope:x ?o }", "query: "),
        ("nonsense", "no saved query is called"),
        ("missing.rq", "missing.rq"),
    ],
)
@pytest.mark.parametrize("engine", ["pyoxigraph", "rdflib"])
def test_wrong_query_is_one_line(query, text, says, engine):
    code, out, err = query(text, "--engine", engine)
    assert (code in (1, 2), out) == (True, "")
    assert says in err
    assert len(err.splitlines()) == 1


def test_without_a_query_the_saved_ones_are_listed(query):
    code, out, _ = query()
    assert code == 0
    assert out.splitlines()[0].split("\t") == ["name", "answers", "bind"]
    assert "timeline\tWhat happened" in out


def test_folder_of_queries(query, tmp_path):
    (tmp_path / "mine.rq").write_text("# Mine.\nSELECT (1 AS ?one) {}", encoding="utf-8")
    assert query("mine", "--queries", tmp_path)[:2] == (0, "?one\n1\n")
    assert query("mine", "--queries", tmp_path / "none")[0] == 2


def test_named_graph(query, tmp_path):
    other = tmp_path / "o.nt"
    other.write_text("<http://e/a> <http://e/b> <http://e/c> .\n", encoding="utf-8")
    given = ["--named-graph", f"http://e/g={other}", "--format", "csv"]
    assert query("SELECT ?g ?o { GRAPH ?g { ?s ?p ?o } }", *given)[1] == "g,o\r\nhttp://e/g,http://e/c\r\n"
    assert query("ASK { <http://e/a> ?p ?o }", *given)[1] == "false\n"
    assert query("ASK FROM <http://e/g> { <http://e/a> ?p ?o }", *given)[1] == "true\n"


def test_explain_shows_text_and_algebra(query):
    code, out, _ = query("timeline", "--bind", "who=Norland", "--explain")
    assert code == 0
    assert "VALUES ?who { <https://example.org/entity/Norland> }" in out
    assert "SelectQuery(" in out


def test_files_that_are_no_graph(query, tmp_path):
    broken = tmp_path / "broken.ttl"
    broken.write_text("<a> <b> ", encoding="utf-8")
    for path in (broken, tmp_path / "none.ttl", tmp_path):
        code, out, err = query("offices", path=path)
        assert (code, out, len(err.splitlines())) == (1, "", 1), err
