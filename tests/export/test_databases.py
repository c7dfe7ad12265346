"""Databases and tables hold all facts: each is read back, by a library of its own, to what was written."""

import datetime as dt
import sqlite3

import pytest
from every_kind import every_kind, read_back, shown

from kg.errors import GraphError
from kg.export import write
from kg.export.relational import TABLES, key_of
from kg.knowledge import KnowledgeGraph


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
