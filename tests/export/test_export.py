"""Each format is read back by a reader that is not ours."""

import csv
import dataclasses
import io
import json

import networkx
import pyoxigraph
import pytest
import rdflib
import rdflib.compare
from small_graph import DOC_ID, DOCUMENT, EXTRACTION, RESOLUTION

from kg.config import Config, ExportConfig, ExtractConfig
from kg.errors import GraphError
from kg.export import WRITERS, files, write
from kg.knowledge import KnowledgeGraph, open_graph


@pytest.fixture(scope="module")
def graph():
    return KnowledgeGraph.from_records([DOCUMENT], [EXTRACTION], RESOLUTION)


def renamed(graph_label):
    """The same graph with another label for one entity."""
    first, *rest = RESOLUTION.entities
    entities = (dataclasses.replace(first, label=graph_label, aliases=(f"@{graph_label}",)), *rest)
    return KnowledgeGraph.from_records(
        [DOCUMENT], [EXTRACTION], dataclasses.replace(RESOLUTION, entities=entities)
    )


HOSTILE = "=cmd|' /C calc'!A0 \"<b>&\\ \x07\x85 \u202eevil\n'''"


@pytest.mark.parametrize("suffix", [".ttl", ".nt", ".nq", ".trig", ".jsonld"])
@pytest.mark.parametrize("label", ["Ada Moreau", HOSTILE])
def test_rdflib_reads_the_same_triples(tmp_path, suffix, label):
    graph = renamed(label)
    path = write(graph, tmp_path / f"g{suffix}")
    read = rdflib.Dataset(default_union=True)
    read.parse(path)
    expected = rdflib.Graph().parse(data="\n".join(graph.store.lines()), format="nt")
    assert {t[:3] for t in read.quads()} == set(expected)


@pytest.mark.parametrize("suffix", [s for s in WRITERS if s not in (".html", ".duckdb")])
def test_same_bytes_each_time(graph, tmp_path, suffix):
    write(graph, tmp_path / f"a{suffix}")
    write(graph, tmp_path / f"b{suffix}")
    pairs = zip(files(tmp_path / f"a{suffix}"), files(tmp_path / f"b{suffix}"), strict=True)
    assert all(a.read_bytes() == b.read_bytes() for a, b in pairs)


def test_turtle_starts_with_documents_then_entities_then_statements(graph, tmp_path):
    text = write(graph, tmp_path / "g.ttl").read_text(encoding="utf-8")
    places = [text.index(f"\n{start}") for start in ("doc:", "ent:", "st:", "kg:")]
    assert places == sorted(places)


def test_named_graph_per_document(graph, tmp_path):
    store = pyoxigraph.Store()
    store.load(path=str(write(graph, tmp_path / "g.trig")), format=pyoxigraph.RdfFormat.TRIG)
    names = [n.value for n in store.named_graphs()]
    assert names == [f"https://example.org/document/{DOC_ID}"]
    plain = (
        "ASK { GRAPH ?g { <https://example.org/entity/Ada_Moreau> ?p <https://example.org/entity/Norland> } }"
    )
    assert store.query(plain)
    label = "ASK { GRAPH ?g { ?x <http://www.w3.org/2000/01/rdf-schema#label> ?label } }"
    assert not store.query(label)


def test_reified_triples_are_rdf12(graph, tmp_path):
    store = pyoxigraph.Store()
    store.load(path=str(write(graph, tmp_path / "g.rdf12.ttl")), format=pyoxigraph.RdfFormat.TURTLE)
    query = """PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
    SELECT ?s WHERE { ?st rdf:reifies <<( ?s <https://example.org/relation/buy> ?o )>> }"""
    assert [row["s"].value for row in store.query(query)] == ["https://example.org/entity/Norland"]


def test_jsonld_uses_plain_names(graph, tmp_path):
    data = json.loads(write(graph, tmp_path / "g.jsonld").read_text(encoding="utf-8"))
    (denied,) = [n for n in data["@graph"] if n.get("attributedTo")]
    assert denied["attributedTo"] == "ent:Ada_Moreau"
    assert denied["asserted"] is False
    assert denied["modality"] == "kg:Reported"


@pytest.mark.parametrize(
    ("suffix", "read"), [(".graphml", networkx.read_graphml), (".gexf", networkx.read_gexf)]
)
def test_network_formats_keep_labels_and_types(tmp_path, suffix, read):
    network = read(write(renamed("<Ada> & \x00 co"), tmp_path / f"g{suffix}"))
    assert network.nodes["Ada_Moreau"]["label"].startswith("<Ada> &")
    assert network.nodes["Norland"]["type"] == "GPE"
    assert network.nodes["old_mayor-01234567"]["states"] == "die"
    relations = {data["relation"]: data for _, _, data in network.edges(data=True)}
    assert relations["buy"]["modality"] == "Planned"
    assert relations["meet"]["begins"] == "2021-05-03"
    assert relations["accept"]["asserted"] is False


def test_csv_is_two_files_safe_in_a_spreadsheet(tmp_path):
    write(renamed(HOSTILE), tmp_path / "g.csv")
    tables = [p.read_text(encoding="utf-8") for p in files(tmp_path / "g.csv")]
    nodes, edges = (list(csv.DictReader(io.StringIO(text))) for text in tables)
    (ada,) = [n for n in nodes if n["Id"] == "Ada_Moreau"]
    assert ada["Label"].startswith("'=cmd")
    assert ada["Aliases"].startswith("'@")
    assert {(e["Source"], e["Relation"]) for e in edges} >= {("Ada_Moreau", "meet"), ("Norland", "buy")}
    assert not [v for row in nodes + edges for v in row.values() if v.startswith(("=", "+", "-", "@"))]


def test_failed_write_leaves_the_old_file(graph, tmp_path, monkeypatch):
    path = tmp_path / "g.ttl"
    path.write_text("good")

    def broken(*_):
        yield "half"
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("kg.export.turtle", broken)
    with pytest.raises(GraphError, match="No space left"):
        write(graph, path)
    assert path.read_text() == "good"
    assert list(tmp_path.iterdir()) == [path]


def test_foreign_graph_goes_through_every_rdf_format(tmp_path):
    source = tmp_path / "foreign.trig"
    source.write_text(
        '@prefix e: <http://e/> . e:a e:p [ e:q "x"@en-GB, 1.50, 1e3 ] . e:g { e:a e:p e:b . }',
        encoding="utf-8",
    )
    first = open_graph(source)
    for suffix in (".ttl", ".nt", ".nq", ".trig", ".jsonld", ".rdf"):
        again = open_graph(write(first, tmp_path / f"again{suffix}"))
        expected = rdflib.Graph().parse(data="\n".join(first.store.lines()), format="nt")
        found = rdflib.Graph().parse(data="\n".join(again.store.lines()), format="nt")
        assert rdflib.compare.isomorphic(expected, found), suffix
    assert list(open_graph(tmp_path / "again.trig").store.named_lines()) == ["<http://e/g>"]


def test_a_table_is_called_as_it_was_asked_for(graph, tmp_path):
    for asked, made in (
        ("nodes.csv", ["edges.csv", "nodes.csv"]),
        ("town.edges.csv", ["town.edges.csv", "town.nodes.csv"]),
        ("town.csv", ["town.edges.csv", "town.nodes.csv"]),
    ):
        folder = tmp_path / asked.replace(".", "_")
        write(graph, folder / asked)
        assert (
            sorted(p.name for p in folder.iterdir()) == made == sorted(p.name for p in files(folder / asked))
        )


def test_tables_have_a_mark_for_excel_on_request_and_leave_out_what_is_hardly_right(graph, tmp_path):
    config = Config(extract=ExtractConfig(min_confidence=0.85), export=ExportConfig(bom=True))
    write(graph, tmp_path / "g.csv", config=config)
    text = (tmp_path / "g.edges.csv").read_text(encoding="utf-8")
    assert text.startswith("\ufeffSource,")
    sure = [float(row["Confidence"]) for row in csv.DictReader(io.StringIO(text.lstrip("\ufeff")))]
    assert sure
    assert min(sure) >= 0.85
    write(graph, tmp_path / "all.csv")
    assert len((tmp_path / "all.edges.csv").read_text(encoding="utf-8").splitlines()) > len(sure) + 1


@pytest.mark.parametrize("suffix", [".rdf", ".owl"])
def test_rdf_xml_has_the_same_triples_but_for_what_xml_cannot_hold(tmp_path, suffix):
    graph = renamed(HOSTILE)
    read = rdflib.Graph().parse(write(graph, tmp_path / f"g{suffix}"))
    lines = "\n".join(graph.store.lines())
    assert "\\u0007" in lines
    assert set(read) == set(rdflib.Graph().parse(data=lines.replace("\\u0007", "\ufffd"), format="nt"))
    again = open_graph(tmp_path / f"g{suffix}")
    assert len(again.facts()) == len(graph.facts())


def test_rdf_xml_names_properties_of_any_script_and_says_which_it_cannot(tmp_path):
    lines = [
        f"<http://e/s> <http://e/{name}> _:b1 ." for name in ("größe", "2nd", "a%20b", "x.y-z", "年", "a/b#c")
    ]
    lines.append('<http://e/s> <urn:p> "a\\r\\nb  c"@en-gb .')
    source = tmp_path / "g.nt"
    source.write_text("\n".join(lines), encoding="utf-8")
    read = rdflib.Graph().parse(write(open_graph(source), tmp_path / "g.rdf"))
    assert rdflib.compare.isomorphic(read, rdflib.Graph().parse(source))
    source.write_text("<http://e/s> <http://e/12> <http://e/o> .", encoding="utf-8")
    with pytest.raises(GraphError, match="no name for the property <http://e/12>; write Turtle"):
        write(open_graph(source), tmp_path / "h.rdf")
    assert not (tmp_path / "h.rdf").exists()


def test_a_patch_makes_the_new_graph_of_the_old_one(graph, tmp_path):
    new = renamed(HOSTILE)
    text = new.save(tmp_path / "change.rdfp", since=graph).read_text(encoding="utf-8")
    triples = set(graph.store.lines())
    for line in text.split("\n")[1:-2]:
        if line[0] == "D":
            triples.remove(line[2:])
        else:
            assert line[2:] not in triples
            triples.add(line[2:])
    assert triples == set(new.store.lines())
    # Only what is about the one entity's names has changed.
    assert 1 < text.count("\nD ") < 10
    assert text == new.save(tmp_path / "again.rdfp", since=graph).read_text(encoding="utf-8")


def test_rdflib_applies_a_patch(graph, tmp_path):
    new = renamed("Ada M.")
    dataset = rdflib.Dataset()
    dataset.parse(graph.save(tmp_path / "all.rdfp"), format="patch")
    assert set(dataset.default_graph) == set(graph.to_rdflib())
    dataset.parse(new.save(tmp_path / "change.rdfp", since=graph), format="patch")
    assert set(dataset.default_graph) == set(new.to_rdflib())
    assert (tmp_path / "all.rdfp").read_text(encoding="utf-8").count("\nD ") == 0


def test_only_a_patch_tells_what_has_changed(graph, tmp_path):
    with pytest.raises(
        GraphError, match=r"only a patch tells what has changed; name a file that ends in \.rdfp"
    ):
        write(graph, tmp_path / "g.ttl", since=graph)
    same = write(graph, tmp_path / "same.rdfp", since=graph)
    assert same.read_text(encoding="utf-8") == "TX .\nTC .\n"
