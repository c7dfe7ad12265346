"""A store that is too large for memory gives what one in memory gives."""

import itertools
import json

import pytest

import kg
from kg.graph.stored import StoredRecords
from kg.graph.view import GraphView
from kg.library.directory import StoreDirectory
from kg.store import disk

TEXTS = {
    "a.txt": "Anna Berg, the mayor of Ghent, met Karl Lund in Bruges on 3 May 2021. Mr. Lund paid 40 euros.",
    "b.txt": "The European Space Agency (ESA) launched two satellites. Karl Lund thanked ESA.",
    "c.txt": "The river did not reach Ghent, Berg said. Karl Lund thanked ESA.",
    "d.txt": "Paris met Anna Berg. Karl Lund may fly to Paris. The mayor met Karl Lund in Bruges.",
}
SUFFIXES = (
    "ttl",
    "rdf12.ttl",
    "nt",
    "nq",
    "trig",
    "jsonld",
    "rdf",
    "rdfp",
    "csv",
    "graphml",
    "sqlite",
    "html",
)
pytestmark = [pytest.mark.model, pytest.mark.usefixtures("models_once")]


@pytest.fixture(scope="module")
def stored(tmp_path_factory):
    folder = tmp_path_factory.mktemp("large")
    (folder / "texts").mkdir()
    for name, text in TEXTS.items():
        (folder / "texts" / name).write_text(text, encoding="utf-8")
    store = StoreDirectory.create(folder / "s")
    store.add(folder / "texts")
    return store


@pytest.fixture
def large(stored, monkeypatch):
    monkeypatch.setattr(disk, "SMALL", 0)
    return stored.graph()


@pytest.fixture(scope="module")
def whole(stored, tmp_path_factory):
    path = kg.open(stored.path).save(tmp_path_factory.mktemp("whole") / "g.nt")
    return GraphView.from_file(path)


def test_the_records_are_the_same(large, whole):
    assert isinstance(large._read(), StoredRecords)
    assert large.entities == whole.entities
    assert large.documents == whole.documents
    assert large.facts() == list(large.each_fact()) == whole.facts()
    assert large.withheld == whole.withheld
    assert large.salient(10) == whole.salient(10)
    assert len(large.store) == len(whole.store)


@pytest.mark.parametrize(
    "wanted",
    [
        {"subject": "Karl Lund"},
        {"subject": "lund", "relation": "thank"},
        {"object": "esa"},
        {"object": "40"},
        {"about": "Ghent"},
        {"about": "nobody"},
        {"relation": "may fly to"},
        {"relation": "thank", "asserted": True},
        {"asserted": False},
        {"since": "2021-05-03"},
    ],
)
def test_facts_are_found_by_what_is_asked_for(large, whole, wanted):
    assert large.facts(**wanted) == list(large.each_fact(**wanted)) == whole.facts(**wanted)


def test_entities_are_found_by_name(large, whole):
    names = {n for e in whole.entities for n in (e.label, e.id, e.label.upper(), *e.label.split())}
    for name in sorted(names):
        assert large.find(name) == whole.find(name), name
    for each in whole.entities:
        iri = f"{large.names.ent}{each.id}"
        assert large.entity_of(iri) == whole.entity_of(iri) == each
    assert large.entity_of(f"{large.names.ent}nobody") is None
    assert large.facts(about=large.entity("Karl Lund")) == whole.facts(about=whole.entity("Karl Lund"))


@pytest.mark.parametrize(
    "wanted",
    [
        {"name": "lund"},
        {"name": "Karl Lumd"},
        {"name": "the mayor of", "most": 3},
        {"name": "", "most": 4},
        {"name": "", "type": "Event", "most": 50},
        {"name": "berg", "type": "Organization"},
    ],
)
def test_things_are_searched_in_the_same_way(large, whole, wanted):
    assert large.search(**wanted) == whole.search(**wanted)


@pytest.mark.parametrize(
    "wanted",
    [
        {},
        {"kind": "Meeting"},
        {"kind": "Meeting", "about": "Karl Lund"},
        {"about": "Anna Berg", "asserted": None},
        {"about": "Bruges", "since": "2021-01-01"},
        {"about": "Karl Lund", "asserted": False},
    ],
)
def test_events_are_the_same(large, whole, wanted):
    assert large.events(**wanted) == whole.events(**wanted)
    assert whole.events()


@pytest.mark.parametrize("asserted", [True, None])
def test_ways_are_as_short(large, whole, asserted):
    things = ("Anna Berg", "Karl Lund", "Ghent", "Paris", "European Space Agency")
    for one, other in itertools.permutations(things, 2):
        ours, theirs = (g.path(one, other, asserted=asserted) for g in (large, whole))
        assert len(ours) == len(theirs), (one, other)
        for step in ours:
            assert step in whole.facts(about=step.subject)
    assert any(len(large.path(*pair)) > 1 for pair in itertools.combinations(things, 2))


def test_what_is_counted_and_looked_up_is_the_same(large, whole):
    for each in whole.entities:
        assert large.statements_about(each) == whole.statements_about(each)
    for document in whole.documents:
        assert large.document(document.id) == whole.document(document.id) == document
    assert large.document("nothing") is whole.document("nothing") is None


@pytest.mark.parametrize("lines", [1, 50, 100_000])
@pytest.mark.parametrize("suffix", SUFFIXES)
def test_files_have_the_same_bytes(large, whole, suffix, lines, tmp_path, monkeypatch):
    monkeypatch.setattr("kg.rdf.formats.streamed.LINES_IN_MEMORY", lines)
    one, two = tmp_path / f"one.{suffix}", tmp_path / f"two.{suffix}"
    kg.export.write(large, one), kg.export.write(whole, two)
    for ours, theirs in zip(kg.export.files(one), kg.export.files(two), strict=True):
        assert ours.read_bytes() == theirs.read_bytes()


def test_an_engine_that_stands_alone_gives_the_same(stored, large, whole, tmp_path):
    (stored.path / "cache.sqlite").rename(tmp_path / "kept")
    try:
        assert large.store.pieces() is None
        assert large.facts() == whole.facts()
        for suffix in SUFFIXES:
            (
                kg.export.write(large, tmp_path / f"one.{suffix}"),
                kg.export.write(whole, tmp_path / f"two.{suffix}"),
            )
            for ours, theirs in zip(
                *(kg.export.files(tmp_path / f"{n}.{suffix}") for n in ("one", "two")), strict=True
            ):
                assert ours.read_bytes() == theirs.read_bytes()
    finally:
        (tmp_path / "kept").rename(stored.path / "cache.sqlite")


def test_each_document_is_a_named_graph(large, whole):
    rows = large.query("SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s a kg:Statement } }")
    assert {str(row["g"])[1:-1] for row in rows} == {f"{large.names.doc}{d.id}" for d in whole.documents}
    assert len(large.query("SELECT * WHERE { ?s ?p ?o }")) == len(whole.store)


def test_what_is_merged_into_it_stays_out_of_the_store(stored, large, whole, tmp_path):
    (tmp_path / "more.ttl").write_text("<https://x.example/a> <https://x.example/b> 7 .", encoding="utf-8")
    more = GraphView.from_file(tmp_path / "more.ttl")
    graph = kg.open(stored.path)
    graph.merge(more)
    assert len(graph.store) == len(whole.store) + 1
    assert set(graph.store.lines()) == {*whole.store.lines(), *more.store.lines()}
    assert len(stored.graph().store) == len(whole.store)


def test_json_of_facts_is_a_list(stored, kg, monkeypatch):
    whole = kg("facts", stored.path, "--format", "json")
    monkeypatch.setattr(disk, "SMALL", 0)
    code, out, _ = kg("facts", stored.path, "--format", "json")
    assert (code, out) == whole[:2]
    assert out == json.dumps(json.loads(out), ensure_ascii=False, indent=1) + "\n"
    assert kg("facts", stored.path, "--format", "json", "--since", "2090-01-01")[1] == "[]\n"
