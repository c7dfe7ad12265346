"""Databases, tables and workbooks hold all facts: each is read back by a library that did not write it."""

import datetime as dt
import importlib.util
import sqlite3

import duckdb
import openpyxl
import pandas
import pyarrow.parquet
import pytest
from every_kind import HOSTILE, every_kind, read_back, shown

from kg.errors import GraphError
from kg.export import files, write
from kg.export.relational import TABLES, key_of
from kg.export.workbook import cell_text
from kg.knowledge import KnowledgeGraph
from kg.knowledge import open_graph as kg_open


@pytest.fixture(scope="module")
def graph():
    return every_kind()


def typed(table, row):
    """Give a row of a format without days or truth values as the graph has it."""
    convert = {"day": dt.date.fromisoformat, "boolean": bool}
    return {
        c.name: convert[c.kind](cell) if c.kind in convert and cell is not None else cell
        for c, cell in zip(table.columns, row, strict=True)
    }


def from_sqlite(path):
    database = sqlite3.connect(path)
    found = {
        table.name: [typed(table, row) for row in database.execute(f"SELECT * FROM {table.name} ORDER BY 1")]
        for table in TABLES
    }
    database.close()
    return found


def test_the_graph_has_facts_of_every_kind(graph):
    facts = graph.facts()
    assert {None, "Reported", "Planned", "Possible", "Wished"} <= {f.modality for f in facts}
    assert {type(f.object).__name__ for f in facts} == {"Entity", "Value", "str", "NoneType"}
    assert any(f.qualifiers for f in facts)
    assert any(f.attributed_to for f in facts)
    assert any(f.negated for f in facts)
    assert len(graph.events()) == 7
    assert max(len(e.quote) for f in facts for e in f.evidence) > 40_000
    assert len({key_of(f) for f in facts}) == len(facts)


def test_sqlite_holds_the_graph(graph, tmp_path):
    path = write(graph, tmp_path / "g.sqlite")
    assert read_back(from_sqlite(path)) == shown(graph)
    assert write(graph, tmp_path / "g.db").read_bytes() == path.read_bytes()
    assert sorted(p.name for p in tmp_path.iterdir()) == ["g.db", "g.sqlite"]


def test_sqlite_has_keys_that_lead_somewhere_and_says_what_columns_are(graph, tmp_path):
    database = sqlite3.connect(write(graph, tmp_path / "g.sqlite"))
    assert database.execute("PRAGMA foreign_key_check").fetchall() == []
    assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    (made,) = database.execute("SELECT sql FROM sqlite_master WHERE name = 'facts'").fetchone()
    assert "begins TEXT,  -- the first day of it" in made
    plan = str(database.execute("EXPLAIN QUERY PLAN SELECT * FROM facts WHERE subject_id = 'x'").fetchall())
    assert "facts_subject_id" in plan
    shown = database.execute(
        "SELECT subject, object FROM facts_with_evidence WHERE relation = 'owned_by'"
    ).fetchall()
    assert shown == [("Vero", "Halm")]
    database.close()


def test_sqlite_replaces_a_file_whole_or_not_at_all(graph, tmp_path, monkeypatch):
    path = tmp_path / "g.sqlite"
    path.write_text("not a database")

    def broken(_):
        yield from ()
        raise sqlite3.OperationalError("database or disk is full")

    with monkeypatch.context() as patched:
        patched.setattr("kg.export.sqlite.batches", broken)
        with pytest.raises(GraphError, match="disk is full"):
            write(graph, path)
    assert path.read_text() == "not a database"
    assert list(tmp_path.iterdir()) == [path]
    write(graph, path)
    assert from_sqlite(path)["facts"]


def test_an_empty_graph_gives_empty_tables(tmp_path):
    found = from_sqlite(write(KnowledgeGraph(), tmp_path / "g.sqlite"))
    assert not any(found.values())


def test_duckdb_holds_the_graph_and_says_what_it_is(graph, tmp_path):
    path = write(graph, tmp_path / "g.duckdb")
    with duckdb.connect(path, read_only=True) as database:
        found = {
            table.name: [
                dict(zip([c.name for c in table.columns], row, strict=True))
                for row in database.execute(f"SELECT * FROM {table.name} ORDER BY 1, 2").fetchall()
            ]
            for table in TABLES
        }
        comment = "SELECT comment FROM duckdb_columns() WHERE table_name = 'facts' AND column_name = 'begins'"
        assert database.execute(comment).fetchall() == [("the first day of it",)]
        view = "SELECT object FROM facts_with_evidence WHERE relation = 'owned_by'"
        assert database.execute(view).fetchall() == [("Halm",)]
    assert read_back(found) == shown(graph)
    assert list(tmp_path.iterdir()) == [path]


def test_parquet_holds_the_graph(graph, tmp_path):
    asked = write(graph, tmp_path / "town.parquet")
    made = files(asked)
    assert [path.name for path in made] == [f"town.{table.name}.parquet" for table in TABLES]
    assert sorted(tmp_path.iterdir()) == sorted(made)
    tables = {path.name.split(".")[1]: pyarrow.parquet.read_table(path) for path in made}
    assert read_back({name: table.to_pylist() for name, table in tables.items()}) == shown(graph)
    field = tables["facts"].schema.field("begins")
    assert (str(field.type), field.metadata) == ("date32[day]", {b"description": b"the first day of it"})
    ((rows,),) = duckdb.sql(f"SELECT count(*) FROM '{made[4]}' WHERE asserted").fetchall()
    assert rows == len(graph.facts(asserted=True)) == pandas.read_parquet(made[4])["asserted"].sum()


def test_parquet_is_called_as_it_was_asked_for(tmp_path):
    assert files(tmp_path / "facts.parquet")[:2] == (
        tmp_path / "documents.parquet",
        tmp_path / "entities.parquet",
    )
    assert tmp_path / "town.facts.parquet" in files(tmp_path / "town.events.parquet")


def day_of(column, value):
    if column not in ("begins", "ends", "published") or value is None:
        return value
    return dt.date.fromisoformat(value) if isinstance(value, str) else value.date()


def from_workbook(path):
    found = {}
    for sheet in openpyxl.load_workbook(path):
        names, *rows = sheet.iter_rows()
        assert sheet.freeze_panes == "A2"
        # A formula would have the type "f".
        assert {cell.data_type for row in rows for cell in row} <= {"s", "n", "b", "d", "inlineStr"}
        found[sheet.title] = [
            {n.value: day_of(n.value, cell.value) for n, cell in zip(names, row, strict=True)} for row in rows
        ]
    return found


def test_a_workbook_holds_the_graph_and_no_formula(graph, tmp_path):
    path = write(graph, tmp_path / "g.xlsx")
    found = from_workbook(path)
    assert read_back(found) == shown(graph, cell_text)
    proof = {row["fact_id"]: row["quote"] for row in reversed(found["evidence"])}
    assert [row["quote"] for row in found["facts"]] == [proof[row["id"]] for row in found["facts"]]
    assert {row["source"] for row in found["facts"]} == {row["source"] for row in found["documents"]}
    assert max(len(row["quote"]) for row in found["evidence"]) == 32_767
    (formula,) = (
        cell
        for (cell,) in openpyxl.load_workbook(path)["entities"].iter_rows(min_col=2, max_col=2)
        if cell.value.startswith("=cmd")
    )
    assert formula.quotePrefix
    assert path.read_bytes() == write(graph, tmp_path / "again.xlsx").read_bytes()


def test_cells_hold_what_excel_can():
    assert cell_text(HOSTILE) == HOSTILE.replace("\r\n", "\n").replace("\x07", "\ufffd")
    long = cell_text("\U0001f600" * 20_000)
    assert len(long.encode("utf-16-le")) // 2 <= 32_767
    assert long.endswith("\U0001f600…")


def test_markup_of_the_library_is_text_too(tmp_path):
    source = tmp_path / "g.nt"
    source.write_text('<http://e/a> <http://e/p> "<r><t>x</t></r>" .', encoding="utf-8")
    (fact,) = from_workbook(write(kg_open(source), tmp_path / "g.xlsx"))["facts"]
    assert fact["object"] == "<r><t>x</t></r>"


def test_a_sheet_that_is_full_is_told(graph, tmp_path, monkeypatch):
    monkeypatch.setattr("kg.export.workbook.MOST_ROWS", 10)
    with pytest.raises(GraphError, match=r"more than 9 \w+, which no sheet can hold; write a database"):
        write(graph, tmp_path / "g.xlsx")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("library", "suffix", "extra"),
    [
        ("duckdb", "duckdb", "duckdb"),
        ("pyarrow", "duckdb", "duckdb"),
        ("pyarrow", "parquet", "parquet"),
        ("xlsxwriter", "xlsx", "xlsx"),
    ],
)
def test_what_is_not_installed_is_named_before_the_work(kg, tmp_path, monkeypatch, library, suffix, extra):
    there = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if name == library else there(name))
    path = tmp_path / f"g.{suffix}"
    said = f"kg: {path}: {library} is not installed; pip install 'kg[{extra}]'\n"
    assert kg("build", tmp_path / "not there", "-o", path) == (1, "", said)


def test_days_before_those_of_excel_are_text(graph, tmp_path):
    sheet = openpyxl.load_workbook(write(graph, tmp_path / "g.xlsx"))["facts"]
    days = {row[8].value for row in sheet.iter_rows(min_row=2) if row[8].value is not None}
    assert {"1815-06-18", dt.datetime(2021, 5, 3)} <= days
