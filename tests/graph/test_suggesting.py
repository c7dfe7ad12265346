"""A schema to start from: what it holds of a graph, and that it reads what it was made of."""

import json

import pytest

import kg
from kg.cli import main
from kg.graph.suggesting import as_json, as_turtle, suggest
from kg.store import schemas

TEXT = """\
Tidewater Shipping Company bought Halden Lines. Norvik Shipping Company bought Kvam Airlines.
Norvik Shipping Company is based in Oslo. Kvam Airlines is based in Bergen.
Anna Berg works for Norvik Shipping Company, and Ida Moe works for Kvam Airlines.
Anna Berg is the chairwoman of Kvam Airlines. Bo Ek is the chairman of Halden Lines.

Grey Harbour is a novel. Low Tide is a novel. Halden Lines did not buy Borg Mining. Ida Moe praised Anna Berg.
"""

pytestmark = [pytest.mark.model, pytest.mark.usefixtures("models_once")]


@pytest.fixture(scope="module")
def graph():
    return kg.build(TEXT)


@pytest.fixture(scope="module")
def found(graph):
    return suggest(graph.each_fact(), graph.names)


def test_relations_of_enough_facts_are_properties(found):
    by_name = {p.name: p for p in found.properties}
    assert by_name["buy"].number == 2
    assert by_name["buy"].domain == ("Organization",)
    assert by_name["buy"].said == "S buys O"
    assert by_name["beBasedIn"].range == ("GPE",)
    assert "2 facts in 1 document: Tidewater Shipping Company → Halden Lines" in by_name["buy"].comment
    assert "praise" not in by_name  # said once
    assert by_name["employer"].same == "https://example.org/relation/employer"


def test_nouns_that_texts_call_things_by_are_classes(found):
    (novel,) = [c for c in found.classes if c.label == "novel"]
    assert novel.number == 2
    assert novel.shown == ["Grey Harbour", "Low Tide"]


@pytest.mark.parametrize("form", ["ttl", "json"])
def test_what_is_suggested_reads_what_it_was_made_of(tmp_path, graph, found, form):
    path = tmp_path / f"mine.{form}"
    path.write_text(as_turtle(found, graph.names) if form == "ttl" else as_json(found), encoding="utf-8")
    schema = schemas.load(path)
    assert {r.iri for r in schema.relations} == {
        f"https://example.org/schema#{p.name}" for p in found.properties
    }
    told = kg.build(TEXT).express(schema)
    assert all(told.facts[p.label] >= p.number for p in found.properties)
    assert told.facts["buy"] == 2
    assert told.members["novel"] == 2


def test_the_command_writes_both_forms(tmp_path, graph, capsys):
    path = graph.save(tmp_path / "graph.ttl")
    assert main(["schema", "suggest", str(path), "--namespace", "https://x.example/onto#"]) == 0
    assert "own:buy a owl:ObjectProperty" in capsys.readouterr().out
    assert main(["schema", "suggest", str(path), "-o", str(tmp_path / "mine.json"), "--most", "1"]) == 0
    assert len(json.loads((tmp_path / "mine.json").read_text(encoding="utf-8"))["relations"]) == 1
    assert main(["schema", "suggest", str(path), "-o", str(tmp_path / "mine.csv")]) == 2
    assert main(["schema", "suggest", str(path), "--least", "99"]) == 2
    assert main(["schema", "suggest", str(path), "--namespace", "no space"]) == 2
