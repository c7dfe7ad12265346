"""Exporters of others: there once installed, behind ours, and blamed where they fail."""

import pytest
from small_graph import DOCUMENT, EXTRACTION, RESOLUTION

from kg import KnowledgeGraph, export
from kg.errors import GraphError, PluginError


def names(graph, path):
    path.write_text("\n".join(e.label for e in graph.entities), encoding="utf-8")


def fails(graph, path):
    path.write_text("half", encoding="utf-8")
    raise RuntimeError("no ink")


def writes_nothing(graph, path):
    return None


@pytest.fixture(scope="module")
def graph():
    return KnowledgeGraph.from_records([DOCUMENT], [EXTRACTION], RESOLUTION)


def test_a_plugin_writes_its_suffix(offer, graph, tmp_path):
    offer("exporters", names=names)
    path = graph.save(tmp_path / "g.NAMES")
    assert "Ada Moreau" in path.read_text(encoding="utf-8").split("\n")
    assert [p.name for p in tmp_path.iterdir()] == ["g.NAMES"]


def test_our_own_formats_stay_ours(offer, graph, tmp_path):
    offer("exporters", nt=fails)
    assert graph.save(tmp_path / "g.nt").stat().st_size > 100


@pytest.mark.parametrize(
    ("exporter", "says"), [(fails, "RuntimeError: no ink"), (writes_nothing, "no g.names")]
)
def test_an_exporter_that_fails_is_named_and_leaves_nothing(offer, graph, tmp_path, exporter, says):
    offer("exporters", names=exporter)
    with pytest.raises(PluginError, match=rf"kg\.exporters: the plug-in 'names' .*{says}"):
        graph.save(tmp_path / "g.names")
    assert not list(tmp_path.iterdir())


def test_what_there_is_is_listed_where_a_suffix_is_not_known(offer, graph, tmp_path):
    offer("exporters", names=names)
    assert export.suffixes()[-1] == ".names"
    with pytest.raises(GraphError, match=r"no format has the suffix '\.nams'; use one of \.ttl.*\.names"):
        graph.save(tmp_path / "g.nams")


def test_a_folder_gets_the_formats_of_the_settings(offer, graph, tmp_path, kg):
    offer("exporters", names=names)
    source = graph.save(tmp_path / "g.nt")
    formats = 'export.formats=["names", "ttl"]'
    assert kg("export", source, "-o", f"{tmp_path}/out/", "--set", formats)[0] == 0
    assert sorted(p.name for p in (tmp_path / "out").iterdir()) == ["graph.names", "graph.ttl"]
    code, _, err = kg("export", source, "-o", f"{tmp_path}/out/", "--set", 'export.formats=["nams"]')
    assert code == 2
    assert "no format has the suffix '.nams'" in err


def test_plugins_are_listed_with_the_settings(offer, kg):
    offer("exporters", names=names)
    offer("rules", mine=())
    code, out, _ = kg("config", "--format", "tsv", "--set", "extract.rules=mine")
    assert code == 0
    rows = [line.split("\t") for line in out.splitlines()]
    assert [r[0:3:2] for r in rows if r[0].startswith("kg.")] == [
        ["kg.rules: mine", "active"],
        ["kg.exporters: names", "active"],
    ]
    assert ["extract.rules", '["mine"]', "flag"] in [r[:3] for r in rows]
