"""Schemas are read as they are given, and what is wrong with one is said in a line."""

import json

import pytest

from kg import schema
from kg.errors import ConfigError


def written(tmp_path, text):
    path = tmp_path / "schema.json"
    path.write_text(text, encoding="utf-8")
    return path


def test_concepts_are_named_by_id_or_by_label(tmp_path):
    data = {
        "title": "Ports",
        "concepts": [{"qid": "Q1", "label": "ship"}, {"label": "harbour"}],
        "relations": [
            {"pid": "P1", "label": " home\nport ", "domain": "Q1", "range": "harbour"},
            {"label": "launched", "domain": "ship", "range": ""},
            {"label": "flag", "domain": "Q1", "range": "Q999"},
        ],
    }
    found = schema.load(written(tmp_path, json.dumps(data)))
    assert found.title == "Ports"
    assert found.relations == (
        schema.Relation("home port", "P1", "ship", "harbour"),
        schema.Relation("launched", "", "ship", ""),
        schema.Relation("flag", "", "ship", ""),
    )


def test_relations_alone_are_enough():
    assert schema.read({"relations": [{"label": "capital"}]}).relations == (schema.Relation("capital"),)


@pytest.mark.parametrize(
    ("text", "place", "what"),
    [
        ("", "schema.json, line 1", "no JSON"),
        ('{"relations": [\n{"label": }]}', "schema.json, line 2", "no JSON"),
        ("[" * 100_000, "schema.json", "no JSON"),
        ("[1, 2]", "schema.json", "a JSON object"),
        ("{}", "schema.json", "no relations"),
        ('{"relations": {"label": "x"}}', "schema.json", "relations is not a list"),
        ('{"relations": ["x"]}', "schema.json, relations[0]", "no JSON object"),
        ('{"relations": [{"label": "a"}, {"pid": "P1"}]}', "schema.json, relations[1]", "no label"),
        ('{"relations": [{"label": 7}]}', "schema.json, relations[0]", "label is not a string"),
        (
            '{"relations": [{"label": "a", "range": []}]}',
            "schema.json, relations[0]",
            "range is not a string",
        ),
        ('{"concepts": [{"qid": "Q1"}], "relations": []}', "schema.json, concepts[0]", "no label"),
    ],
)
def test_what_is_wrong_is_said_with_its_place_and_a_remedy(tmp_path, text, place, what):
    with pytest.raises(ConfigError) as error:
        schema.load(written(tmp_path, text))
    assert error.value.where.endswith(place)
    assert what in error.value.what
    assert error.value.remedy
    assert "\n" not in str(error.value)


def test_a_file_that_cannot_be_read_is_named(tmp_path):
    with pytest.raises(ConfigError, match=r"missing\.json.*cannot read"):
        schema.load(tmp_path / "missing.json")
    broken = tmp_path / "latin.json"
    broken.write_bytes(b'{"title": "\xe9"}')
    with pytest.raises(ConfigError, match=r"latin\.json.*not UTF-8"):
        schema.load(broken)
