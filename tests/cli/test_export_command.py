"""`kg export`: what it writes, under which names, and what it refuses before any work."""

import pytest
from small_graph import DOCUMENT, EXTRACTION, RESOLUTION

from kg.export import WRITERS
from kg.knowledge import KnowledgeGraph, open_graph


@pytest.fixture
def graph(tmp_path):
    return KnowledgeGraph.from_records([DOCUMENT], [EXTRACTION], RESOLUTION).save(tmp_path / "g.nt")


def test_a_patch_tells_what_has_changed_since_another_graph(kg, graph, tmp_path):
    lines = graph.read_text(encoding="utf-8").splitlines()
    old = tmp_path / "old.nt"
    old.write_text("\n".join(lines[1:]), encoding="utf-8")
    change = tmp_path / "change.rdfp"
    assert kg("export", graph, "--since", old, "-o", change) == (0, "", f"wrote {change}\n")
    assert change.read_text(encoding="utf-8") == f"TX .\nA {lines[0]}\nTC .\n"


def test_only_a_patch_is_since(kg, graph, tmp_path):
    code, _, said = kg("export", graph, "--since", graph, "-o", tmp_path / "new" / "g.sqlite")
    assert code == 2
    assert "only a patch tells what has changed since another graph; name a file that ends in .rdfp" in said
    assert not (tmp_path / "new").exists()
    code, _, said = kg("export", graph, "--since", tmp_path / "none.nt", "-o", tmp_path / "c.rdfp")
    assert (code, "no such file" in said) == (1, True)


def test_files_that_a_format_has_are_told_and_appear_together(kg, graph, tmp_path, monkeypatch):
    out = tmp_path / "out"
    names = ["documents", "entities", "facts", "arguments", "evidence", "relations"]
    made = [out / f"town.neo4j.{name}.csv" for name in names]
    said = f"wrote {', '.join(map(str, made))}\n"
    assert kg("export", graph, "-o", out / "town.neo4j.csv", "--bom") == (0, "", said)
    # The mark is for Excel; the import would take it for a part of the first name.
    assert made[0].read_bytes().startswith(b"id:ID(Document)")

    def broken(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setitem(WRITERS, ".nt", broken)
    other = tmp_path / "other"
    assert kg("export", graph, "-o", other / "g.parquet", "-o", other / "g.nt")[0] == 1
    assert list(other.iterdir()) == []


@pytest.mark.parametrize(("more", "start"), [((), b"Source"), (("--bom",), b"\xef\xbb\xbf")])
def test_every_csv_has_the_mark_on_request(kg, graph, tmp_path, more, start):
    kg("export", graph, "-o", tmp_path / "t.edges.csv", "-o", tmp_path / "t.Acquisition.csv", *more)
    assert (tmp_path / "t.edges.csv").read_bytes().startswith(start)
    for name in ("t.nodes.csv", "t.Acquisition.csv"):
        assert (tmp_path / name).read_bytes().startswith(b"\xef\xbb\xbf" if more else b"Id,")


def test_a_database_is_no_graph_to_open(kg, graph, tmp_path):
    kg("export", graph, "-o", tmp_path / "g.sqlite", "-o", tmp_path / "g.rdf")
    assert len(open_graph(tmp_path / "g.rdf")) == len(open_graph(graph))
    code, _, said = kg("facts", tmp_path / "g.sqlite")
    assert (code, "cannot tell its format" in said) == (1, True)
