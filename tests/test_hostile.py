"""Broken, endless and malicious input: one line, an exit code, no traceback, and no half-written file."""

import contextlib
import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from small_graph import DOCUMENT, EXTRACTION, RESOLUTION

from kg.errors import GraphError, KGError, QueryError
from kg.knowledge import KnowledgeGraph, open_graph

SUFFIXES = (".ttl", ".nt", ".nq", ".trig", ".jsonld", ".rdf12.ttl")
RDF_XML = (
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="http://e/">'
    "{}</rdf:RDF>"
)  # fmt: skip
DEEP = 5_000


@pytest.fixture(scope="module")
def saved(tmp_path_factory):
    graph = KnowledgeGraph.from_records([DOCUMENT], [EXTRACTION], RESOLUTION)
    folder = tmp_path_factory.mktemp("saved")
    return {suffix: graph.save(folder / f"g{suffix}").read_bytes() for suffix in SUFFIXES}


@pytest.fixture
def kg(kg):
    def run(*argv):
        code, out, err = kg(*argv)
        assert code in (0, 1, 2)
        assert "unexpected" not in err, err
        return code, out, err

    return run


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize("damage", ["cut", "flip", "insert"])
def test_damaged_graph_is_said_to_be_or_read(saved, kg, tmp_path, suffix, damage):
    chance = random.Random(f"{suffix}{damage}")
    path, out = tmp_path / f"g{suffix}", tmp_path / "out.ttl"
    for _ in range(4):
        data = bytearray(saved[suffix])
        place = chance.randrange(1, len(data))
        if damage == "cut":
            del data[place:]
        elif damage == "flip":
            data[place] ^= 1 << chance.randrange(8)
        else:
            data[place:place] = chance.randbytes(5)
        path.write_bytes(data)
        for command in (["facts", path], ["validate", path], ["export", path, "-o", out]):
            code, printed, err = kg(*command)
            if code and command[0] != "validate":
                assert printed == ""
                assert len(err.splitlines()) == 1
                assert str(path) in err
        assert sorted(tmp_path.glob(".*")) == []


def test_failed_export_leaves_the_good_file(saved, kg, tmp_path):
    good, bad = tmp_path / "good.ttl", tmp_path / "bad.ttl"
    good.write_bytes(saved[".ttl"])
    bad.write_bytes(saved[".ttl"][:-500])
    assert kg("export", bad, "-o", good)[0] == 1
    assert good.read_bytes() == saved[".ttl"]


NESTED = {
    "deep.jsonld": '{"x:p":' * DEEP + "1" + "}" * DEEP,
    "list.jsonld": "[" * DEEP + "]" * DEEP,
    "deep.rdf": RDF_XML.format("<rdf:Description><e:p>" * DEEP + "</e:p></rdf:Description>" * DEEP),
    "term.nt": "<x:a> <x:b> " + "<<( <x:a> <x:b> " * DEEP + "<x:c>" + " )>>" * DEEP + " .\n",
}


@pytest.mark.parametrize("name", NESTED)
def test_deep_nesting_is_refused(kg, tmp_path, name):
    path = tmp_path / name
    path.write_text(NESTED[name], encoding="utf-8")
    code, out, err = kg("query", path, "ASK {}")
    assert (code, out) == (1, "")
    assert "deep" in err


@pytest.mark.parametrize(
    "text",
    [
        "<x:a> <x:b> " + "[ <x:p> " * DEEP + "1" + "]" * DEEP + " .",
        "<x:a> <x:b> " + "(" * DEEP + ")" * DEEP + " .",
    ],
)
def test_deep_turtle_is_read(kg, tmp_path, text):
    path = tmp_path / "deep.ttl"
    path.write_text(text, encoding="utf-8")
    assert kg("query", path, "ASK { <x:a> <x:b> ?c }")[:2] == (0, "true\n")


ENTITIES = "".join(f'<!ENTITY a{i} "{f"&a{i - 1};" * 10}">' for i in range(1, 12))


@pytest.mark.parametrize(
    "head",
    [
        f'<!DOCTYPE x [<!ENTITY a0 "x">{ENTITIES}]>',
        '<!DOCTYPE x [<!ENTITY a11 SYSTEM "file:///etc/hostname">]>',
        f'<!DOCTYPE x [<!ENTITY a11 "{"x" * 100_000}">]>',
        '<!DOCTYPE x [<!ENTITY % p "q"><!ENTITY a11 "x">]>',
    ],
)
def test_entities_that_grow_or_read_files_are_refused(tmp_path, head):
    path = tmp_path / "x.rdf"
    path.write_text(
        head + RDF_XML.format('<e:a rdf:about="http://e/a"><e:p>&a11;</e:p></e:a>'), encoding="utf-8"
    )
    with pytest.raises(GraphError, match="entities"):
        open_graph(path)


def test_an_entity_that_is_used_too_often_is_refused(tmp_path):
    path = tmp_path / "x.rdf"
    body = '<e:a rdf:about="http://e/a"><e:p>' + "&a;" * 20_000 + "</e:p></e:a>"
    path.write_text(f'<!DOCTYPE x [<!ENTITY a "{"x" * 4_000}">]>{RDF_XML.format(body)}', encoding="utf-8")
    with pytest.raises(GraphError, match="stand for 76 MiB"):
        open_graph(path)


def test_plain_entities_of_an_ontology_are_read(tmp_path):
    path = tmp_path / "x.owl"
    body = '<e:Place rdf:about="&e;Ghent"><e:name>Ghent &amp; more</e:name></e:Place>'
    path.write_text(f'<!DOCTYPE x [<!ENTITY e "http://e/">]>{RDF_XML.format(body)}', encoding="utf-8")
    rows = open_graph(path).query("SELECT ?n { <http://e/Ghent> <http://e/name> ?n }")
    assert [row["n"].value for row in rows] == ["Ghent & more"]


def test_large_xml_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("kg.store.triples.LARGEST_XML", 100)
    path = tmp_path / "x.rdf"
    path.write_text(RDF_XML.format(" " * 100), encoding="utf-8")
    with pytest.raises(GraphError, match="turn it into Turtle"):
        open_graph(path)


@pytest.mark.parametrize("pair", ["{}", "()", "[]"])
def test_deep_query_is_refused_before_the_engine_sees_it(pair):
    graph = KnowledgeGraph()
    with pytest.raises(QueryError, match="deep"):
        graph.query(f"SELECT * {{ {pair[0] * DEEP}{pair[1] * DEEP} }}")


ANY = st.text(st.characters(exclude_characters="\x00"), max_size=40)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ANY, ANY, ANY)
def test_any_text_in_any_parameter(saved, kg, tmp_path, query, name, value):
    path = tmp_path / "g.ttl"
    path.write_bytes(saved[".ttl"])
    query = query.encode("utf-8", "replace").decode()
    name, value = (t.encode("utf-8", "replace").decode() for t in (name, value))
    kg("query", path, "--", query)
    kg("query", path, "timeline", f"--bind={name}={value}")
    kg("query", path, "SELECT ?x { ?x ?p ?v }", f"--bind=v={value}")
    kg("facts", path, f"--about={name}", f"--relation={value}")
    kg("query", path, "ASK {}", f"--named-graph={name}={tmp_path}/none.ttl")


@given(st.text(max_size=60), st.sampled_from(["", "SELECT * { ", "SELECT ?x { ?x ?p ", "ASK { FILTER("]))
def test_any_query_answers_or_says_why(text, start):
    graph = KnowledgeGraph()
    with contextlib.suppress(KGError):
        str(graph.query(start + text))


def test_ten_kilobyte_names_and_bidi_survive(tmp_path):
    graph = KnowledgeGraph()
    label = "\u202e" + "x" * 10_000 + "\u2066"
    node = "<https://example.org/entity/" + "y" * 10_000 + ">"
    graph.store.add([(node, "<http://www.w3.org/2000/01/rdf-schema#label>", f'"{label}"@x-y-z')])
    for suffix in SUFFIXES:
        again = open_graph(graph.save(tmp_path / f"g{suffix}"))
        assert again.store.lines() == graph.store.lines()
        assert again.entities[0].label == label
