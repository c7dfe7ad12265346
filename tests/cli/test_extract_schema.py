"""`kg extract --view typed --schema`: triples in the words of a schema."""

import json
import pathlib

import pytest

from kg import cli

pytestmark = pytest.mark.usefixtures("models_once")

SCHEMA = pathlib.Path(__file__).parents[1] / "extract" / "schema" / "schema.json"
LINES = """\
Salt Kiln House was designed by Elsa Brandt.

The committee met.
Anders Holm founded Norvik Shipping.
"""


@pytest.fixture
def lines(tmp_path):
    path = tmp_path / "lines.txt"
    path.write_text(LINES, encoding="utf-8")
    return str(path)


@pytest.mark.model
def test_rows_have_sentence_confidence_relation_subject_object(lines, capsys):
    argv = ["extract", "--lines", lines, "--format", "tsv", "--view", "typed", "--schema", str(SCHEMA)]
    assert cli.main(argv) == 0
    rows = [line.split("\t") for line in capsys.readouterr().out.splitlines()]
    assert [r[2:] for r in rows] == [
        ["architect", "Salt Kiln House", "Elsa Brandt"],
        ["founded by", "Norvik Shipping", "Anders Holm"],
    ]
    assert [r[0] for r in rows] == [LINES.splitlines()[0], LINES.splitlines()[3]]
    assert all(0.45 <= float(r[1]) <= 1 for r in rows)


@pytest.mark.model
def test_the_schema_alone_chooses_the_view_and_documents_are_read_too(tmp_path, capsys):
    note = tmp_path / "note.txt"
    note.write_text("Anders Holm founded Norvik Shipping. It rained in Bergen.\n", encoding="utf-8")
    assert cli.main(["extract", str(note), "--format", "tsv", "--schema", str(SCHEMA)]) == 0
    out = capsys.readouterr().out.splitlines()
    assert [line.split("\t")[2:] for line in out] == [["founded by", "Norvik Shipping", "Anders Holm"]]
    assert out[0].startswith("Anders Holm founded Norvik Shipping.\t")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (None, "cannot read the schema"),
        ("{", "this is no JSON"),
        (json.dumps({"relations": []}), "no relations"),
        (json.dumps({"relations": [{"label": ""}]}), "relations[0]: this relation has no label"),
    ],
)
def test_a_bad_schema_is_one_line_and_exit_code_two(lines, tmp_path, capsys, text, says):
    path = tmp_path / "bad.json"
    if text is not None:
        path.write_text(text, encoding="utf-8")
    assert cli.main(["extract", "--lines", lines, "--schema", str(path)]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert says in err
    assert "bad.json" in err
    assert len(err.splitlines()) == 1
