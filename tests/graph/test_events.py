"""Facts of events, tables of them, and relations that roll up."""

import csv

import events_graph
import pytest

from kg import cli
from kg.knowledge import KnowledgeGraph


@pytest.fixture(scope="module")
def graph():
    document, extraction, resolution = events_graph.made()
    return KnowledgeGraph.from_records([document], [extraction], resolution)


def test_facts_of_a_class_are_those_of_narrower_ones_too(graph):
    told = {(f.subject.label, f.relation) for f in graph.facts(event="Death")}
    assert told == {
        ("killing of guard", "kg:deceased"),
        ("killing of guard", "kg:deathToll"),
        ("killing of guard", "sem:hasPlace"),
    }


def test_facts_of_another_class_are_left_out(graph):
    assert {f.subject.type for f in graph.facts(event="Acquisition")} == {"Acquisition"}
    assert graph.facts(event="Protest") == []


def test_a_table_of_a_class_has_a_row_an_event(graph, tmp_path):
    graph.save(tmp_path / "town.Acquisition.csv")
    with (tmp_path / "town.Acquisition.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [path.name for path in tmp_path.iterdir()] == ["town.Acquisition.csv"]
    assert [(r["Label"], r["buyer"], r["acquired"], r["price"], r["Begins"]) for r in rows] == [
        ("acquisition of Vero", "Halm", "Vero", "200", "2010-01-01")
    ]


def test_command_prints_the_events_of_a_class(graph, tmp_path, capsys):
    graph.save(tmp_path / "g.ttl")
    assert cli.main(["facts", str(tmp_path / "g.ttl"), "--event", "Election", "--format", "tsv"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split("\t")[:3] for line in lines[1:]] == [
        ["election of Anna Berg", "kg:elected", "Anna Berg"],
        ["election of Anna Berg", "kg:constituency", "Ulm"],
    ]


def test_a_class_that_is_none_is_named_with_the_nearest(graph, tmp_path, capsys):
    graph.save(tmp_path / "g.ttl")
    assert cli.main(["facts", str(tmp_path / "g.ttl"), "--event", "Electon"]) == 2
    assert "Election" in capsys.readouterr().err


def test_open_relations_roll_up(graph):
    found = graph.query("SELECT ?p WHERE { ?p rdfs:subPropertyOf* rel:employer }")
    assert {str(row[0]).rpartition("/")[2].strip(">") for row in found} == {"employer", "work_for"}
    assert len(graph.query("SELECT ?p WHERE { rel:work_for rdfs:subPropertyOf rel:work }")) == 1


@pytest.mark.parametrize("word", ["work_for", "employer"])
def test_what_rolls_up_has_a_label(graph, word):
    assert len(graph.query(f"SELECT ?l WHERE {{ rel:{word} rdfs:label ?l }}")) == 1


def test_the_place_of_an_event_is_no_unknown_term(graph, tmp_path, capsys):
    graph.save(tmp_path / "g.ttl")
    cli.main(["validate", str(tmp_path / "g.ttl")])
    assert "hasPlace" not in capsys.readouterr().out
