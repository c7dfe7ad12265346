"""A store on disk: the graph depends on what is in it, and a killed run leaves it whole."""

import errno
import json
import os
import random
import signal
import subprocess
import sys
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from one_model import one_extractor

import kg
from kg.config import Config, RdfConfig, ResolveConfig
from kg.errors import GraphError, ReadError
from kg.export import write
from kg.library import manifest
from kg.library.directory import StoreDirectory
from kg.run import shards

TEXTS = {
    "a.txt": "Anna Berg, the mayor of Ghent, met Karl Lund in Bruges.",
    "b.txt": "The European Space Agency (ESA) launched two satellites. Karl Lund thanked ESA.",
    "c.txt": "The river did not reach Ghent, Berg said.",
    "d.txt": "Paris met Anna Berg. Karl Lund flew to Paris.",
}


@pytest.fixture(scope="module")
def texts(tmp_path_factory):
    folder = tmp_path_factory.mktemp("texts")
    for name, text in TEXTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module", autouse=True)
def fast():
    """Use one loaded model in this process."""
    from kg.config import ExtractConfig

    with one_extractor(ExtractConfig()):
        yield


def turtle(graph, folder):
    return write(graph, folder / "graph.ttl").read_bytes()


def store_of(folder, *paths):
    store = StoreDirectory.create(folder)
    for path in paths:
        store.add(path)
    return store


pytestmark = pytest.mark.model


class TestGraph:
    def test_it_is_what_a_build_gives(self, texts, tmp_path):
        store = store_of(tmp_path / "s", texts)
        assert turtle(store.graph(), tmp_path) == turtle(kg.build(texts), tmp_path)
        assert turtle(kg.open(tmp_path / "s"), tmp_path) == turtle(kg.build(texts), tmp_path)

    def test_without_its_cache_it_is_the_same(self, texts, tmp_path):
        store = store_of(tmp_path / "s", texts)
        before = turtle(store.graph(), tmp_path)
        for path in (tmp_path / "s").glob("cache*"):
            path.unlink()
        assert turtle(store.graph(), tmp_path) == before
        (tmp_path / "s" / "cache.sqlite").write_bytes(b"not a database" * 100)
        assert turtle(store.graph(), tmp_path) == before
        store.add(texts)
        store.remove(["a.txt"])
        store.add(texts)
        assert turtle(store.graph(), tmp_path) == before

    def test_removing_is_as_never_having_added(self, texts, tmp_path):
        store = store_of(tmp_path / "s", texts / "a.txt", texts / "b.txt", texts / "c.txt")
        assert store.remove(["b.txt"]).removed == 1
        other = store_of(tmp_path / "t", texts / "c.txt", texts / "a.txt")
        assert turtle(store.graph(), tmp_path) == turtle(other.graph(), tmp_path)
        assert (tmp_path / "s" / "manifest.json").read_bytes() == (
            tmp_path / "t" / "manifest.json"
        ).read_bytes()

    @settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
    @given(steps=st.lists(st.tuples(st.booleans(), st.sampled_from(sorted(TEXTS))), max_size=7))
    def test_any_adding_and_removing_gives_what_its_end_gives(self, steps, texts, tmp_path_factory):
        folder = tmp_path_factory.mktemp("steps")
        store = StoreDirectory.create(folder / "s")
        there = set()
        for add, name in steps:
            if add:
                store.add(texts / name)
                there.add(name)
            elif name in there:
                store.remove([name])
                there.remove(name)
        assert sorted(name for name, _ in store.manifest.sources.values()) == sorted(there)
        if there:
            assert turtle(store.graph(), folder) == turtle(kg.build([texts / n for n in there]), folder)

    def test_an_empty_store_is_an_empty_graph(self, tmp_path):
        StoreDirectory.create(tmp_path / "s")
        assert repr(kg.open(tmp_path / "s")) == "<KnowledgeGraph: 0 documents, 0 entities, 0 facts>"


class TestSources:
    def test_what_is_there_costs_no_extraction(self, texts, tmp_path, monkeypatch):
        store = store_of(tmp_path / "s", texts)
        monkeypatch.setattr(shards, "extract_shard", None)
        assert store.add(texts).unchanged == len(TEXTS)

    def test_a_changed_file_replaces_what_it_was(self, tmp_path):
        path = tmp_path / "a.txt"
        path.write_text("Anna Berg met Karl Lund.", encoding="utf-8")
        store = store_of(tmp_path / "s", path)
        path.write_text("Anna Berg left Ghent.", encoding="utf-8")
        assert store.status()["changed"] == [str(path)]
        changes = store.add(path)
        assert (changes.added, changes.changed) == (0, 1)
        assert [d.id for d in store.graph().documents] == [kg.read.document_id("Anna Berg left Ghent.")]
        assert len(list((tmp_path / "s" / "documents").rglob("*.json"))) == 1

    def test_one_text_under_two_names_is_one_document(self, tmp_path):
        one, two = tmp_path / "one.txt", tmp_path / "two.txt"
        for path in (one, two):
            path.write_text("Anna Berg met Karl Lund.", encoding="utf-8")
        forth, back = store_of(tmp_path / "s", one, two), store_of(tmp_path / "t", two, one)
        assert turtle(forth.graph(), tmp_path) == turtle(back.graph(), tmp_path)
        assert [d.source for d in back.graph().documents] == ["one.txt"]

    def test_a_copy_keeps_what_was_removed_under_another_name(self, tmp_path):
        for name in ("a.txt", "copy.txt"):
            (tmp_path / name).write_text("Anna Berg founded Ostra.", encoding="utf-8")
        store = StoreDirectory.create(tmp_path / "s")
        store.add(tmp_path / "a.txt"), store.add(tmp_path / "copy.txt")
        done = store.remove(["a.txt"])
        assert (done.removed, done.kept) == (0, {"a.txt": ["copy.txt"]})
        assert [d.source for d in store.graph().documents] == ["copy.txt"]
        assert store.add(tmp_path / "a.txt").again == ["a.txt"]
        assert store.remove([store.graph().documents[0].id]).removed == 1
        assert store.manifest.sources == {}

    def test_a_document_that_is_not_there_is_told_with_the_nearest(self, texts, tmp_path):
        store = StoreDirectory.create(tmp_path / "s")
        store.add(texts)
        with pytest.raises(GraphError, match=r"did you mean .a\.txt"):
            store.remove(["aa.txt"])

    def test_same_file_name_in_two_folders(self, tmp_path):
        for folder, text in (("x", "Anna Berg met Karl Lund."), ("y", "Anna Berg left Ghent.")):
            (tmp_path / folder).mkdir()
            (tmp_path / folder / "a.txt").write_text(text, encoding="utf-8")
        store = store_of(tmp_path / "s", tmp_path / "x" / "a.txt", tmp_path / "y" / "a.txt")
        assert len(store.manifest.documents) == 2
        with pytest.raises(GraphError, match="2 documents are called so"):
            store.remove(["a.txt"])
        assert store.remove([str(tmp_path / "x")]).removed == 1
        assert len(store.graph().documents) == 1

    @pytest.mark.parametrize(
        "form", ["{id}", "https://example.org/document/{id}", "<doc/document/{id}>", "{path}"]
    )
    def test_a_document_is_named_in_several_ways(self, form, texts, tmp_path):
        store = store_of(tmp_path / "s", texts / "a.txt")
        (id,) = store.manifest.documents
        assert store.remove([form.format(id=id, path=texts / "a.txt")]).removed == 1

    def test_what_cannot_be_read_is_recorded(self, texts, tmp_path):
        bad = tmp_path / "bad.txt"
        bad.write_text("", encoding="utf-8")
        store = StoreDirectory.create(tmp_path / "s")
        changes = store.add([texts / "a.txt", bad], on_skip=lambda error: None)
        assert [type(e) for e in changes.left_out] == [ReadError]
        assert "empty" in store.status()["failed"][str(bad)]
        bad.write_text("Now Anna Berg spoke.", encoding="utf-8")
        store.add(bad)
        assert store.status()["failed"] == {}

    def test_a_text_in_memory(self, tmp_path):
        store = StoreDirectory.create(tmp_path / "s")
        store.add_text("Anna Berg met Karl Lund.", uri="https://news.example/1")
        graph = kg.open(tmp_path / "s").add("Anna Berg left Ghent.", uri="https://news.example/1")
        assert graph.facts(relation="leave")
        (document,) = store.graph().documents
        assert document.uri == "https://news.example/1"


class TestRefusals:
    def test_no_store(self, tmp_path):
        with pytest.raises(GraphError, match="no store here"):
            StoreDirectory(tmp_path)

    def test_a_folder_with_other_things(self, texts):
        with pytest.raises(GraphError, match="neither a store nor an empty folder"):
            StoreDirectory.create(texts)

    @pytest.mark.parametrize(
        "content", ["", "{", "[]", "{}", '{"format": 1}', "\x00\x01", '{"format": 1, "x": 2}']
    )
    def test_a_damaged_manifest(self, content, tmp_path):
        (tmp_path / "manifest.json").write_text(content, encoding="utf-8")
        with pytest.raises(GraphError, match="damaged"):
            StoreDirectory(tmp_path)

    @pytest.mark.parametrize("format", [0, 2, "x", None])
    def test_another_format(self, format, texts, tmp_path):
        store_of(tmp_path / "s", texts / "a.txt")
        path = tmp_path / "s" / "manifest.json"
        path.write_text(json.dumps({**json.loads(path.read_text()), "format": format}), encoding="utf-8")
        with pytest.raises(
            GraphError, match=r"format .*; this version of kg reads format 1.*; use the version"
        ):
            StoreDirectory(tmp_path / "s")

    def test_another_engine(self, texts, tmp_path):
        store = store_of(tmp_path / "s", texts / "a.txt")
        store.manifest.engine["spacy"] = "2.0"
        store._commit()
        with pytest.raises(GraphError, match=r"another engine \(.*spacy 2\.0"):
            store.add(texts / "b.txt")
        assert len(StoreDirectory(tmp_path / "s").manifest.documents) == 1

    def test_a_damaged_document(self, texts, tmp_path):
        store = store_of(tmp_path / "s", texts / "a.txt")
        (path,) = (tmp_path / "s" / "documents").rglob("*.json")
        path.write_text(path.read_text(encoding="utf-8").replace("Berg", "Bert"), encoding="utf-8")
        with pytest.raises(GraphError, match=r"damaged.*add it again"):
            store.document(next(iter(store.manifest.documents)))

    def test_settings_of_the_store_hold(self, texts, tmp_path):
        config = Config(rdf=RdfConfig(base="https://other.example/"))
        store = StoreDirectory.create(tmp_path / "s", config=config)
        store.add(texts / "a.txt")
        assert StoreDirectory(tmp_path / "s").config == config
        assert b"https://other.example/entity/" in turtle(store.graph(), tmp_path)

    def test_a_full_disk_leaves_the_store_as_it_was(self, texts, tmp_path, monkeypatch):
        store = store_of(tmp_path / "s", texts / "a.txt")
        before = turtle(store.graph(), tmp_path)

        def full(path, pieces, **options):
            (path.parent / f".{path.name}.1.part").write_text("".join(pieces)[:10], encoding="utf-8")
            raise OSError(errno.ENOSPC, "No space left on device")

        with monkeypatch.context() as patch:
            patch.setattr(manifest, "write_text", full)
            with pytest.raises(GraphError, match="No space left"):
                store.add(texts / "b.txt")
        store = StoreDirectory(tmp_path / "s")
        assert turtle(store.graph(), tmp_path) == before
        store.add(texts / "a.txt")
        assert list((tmp_path / "s").rglob("*.part")) == []
        assert len(list((tmp_path / "s" / "documents").rglob("*.json"))) == 1


def environment():
    return {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}


def command(*argv):
    return [sys.executable, "-m", "kg", *map(str, argv)]


@pytest.mark.skipif(os.name != "posix", reason="locks and signals as POSIX has them")
class TestProcesses:
    def test_a_second_writer_is_told_and_readers_are_not_blocked(self, texts, tmp_path):
        store = store_of(tmp_path / "s", texts / "a.txt")
        with store._writing():
            done = subprocess.run(
                command("remove", tmp_path / "s", "a.txt"), env=environment(), capture_output=True, text=True
            )
            assert done.returncode == 1
            assert f"another process ({os.getpid()}) is writing to this store" in done.stderr
            assert len(StoreDirectory(tmp_path / "s").graph().documents) == 1

    @pytest.mark.parametrize("rounds", [2, pytest.param(20, marks=pytest.mark.slow)])
    def test_killed_anywhere_each_document_is_there_whole_or_not_at_all(self, rounds, tmp_path):
        folder = tmp_path / "texts"
        folder.mkdir()
        for i in range(60):
            text = f"Anna Berg met Karl Lund on {i + 1} May. The river rose by {i} metres in Ghent. " * 2
            (folder / f"{i:02}.txt").write_text(text, encoding="utf-8")
        chance = random.Random(7)
        store = tmp_path / "s"
        StoreDirectory.create(store)
        for number in range(rounds):
            child = subprocess.Popen(
                command("add", store, folder),
                env=environment(),
                stderr=subprocess.PIPE,
                start_new_session=True,
            )
            if number % 2:
                # In the middle of writing, which takes a moment only.
                wanted, deadline = chance.randrange(1, 60), time.monotonic() + 60
                while len(list(store.rglob("*.json"))) <= wanted and time.monotonic() < deadline:
                    time.sleep(0.001)
            else:
                time.sleep(chance.uniform(1.0, 4.0))
            os.killpg(child.pid, signal.SIGKILL)
            child.communicate()
            opened = StoreDirectory(store)
            for id in opened.manifest.documents:
                document, extraction = opened.document(id)
                assert document.id == extraction.doc_id == id
            assert len(opened.graph().documents) == len(opened.manifest.documents)
        subprocess.run(command("add", store, folder), env=environment(), check=True, capture_output=True)
        assert turtle(StoreDirectory(store).graph(), tmp_path) == turtle(kg.build(folder), tmp_path)
        assert len(list((store / "documents").rglob("*"))) <= 60 + 256


class TestCommands:
    @pytest.fixture
    def kg_command(self, kg, monkeypatch, tmp_path):
        monkeypatch.chdir(tmp_path)
        return kg

    def test_from_nothing_to_an_answer(self, kg_command, texts):
        code, _, err = kg_command("add", "s", texts)
        assert code == 0
        assert f"{len(TEXTS)} documents added, 0 changed, 0 unchanged" in err
        code, out, _ = kg_command("status", "s")
        assert code == 0
        assert out.startswith("4 documents from 4 sources\n")
        code, out, _ = kg_command("query", "s", "ASK { ent:Anna_Berg rel:meet ent:Karl_Lund }")
        assert (code, out) == (0, "true\n")
        assert kg_command("export", "s", "-o", "g.ttl")[0] == 0
        code, _, err = kg_command("remove", "s", "a.txt")
        assert (code, err) == (0, "1 document removed; 3 documents in s\n")
        code, out, _ = kg_command("status", "s", "--list", "--format", "json")
        assert {row["name"] for row in json.loads(out)} == set(TEXTS) - {"a.txt"}

    def test_without_sources_changed_files_are_read_again(self, kg_command, tmp_path):
        path = tmp_path / "a.txt"
        path.write_text("Anna Berg met Karl Lund.", encoding="utf-8")
        kg_command("add", "s", path)
        path.write_text("Anna Berg left Ghent.", encoding="utf-8")
        code, _, err = kg_command("add", "s")
        assert code == 0
        assert "1 changed" in err

    def test_a_build_through_a_store_goes_on_where_it_stopped(self, kg_command, texts, tmp_path, monkeypatch):
        assert kg_command("build", texts, "-o", "plain.ttl")[0] == 0
        assert kg_command("add", "s", texts / "a.txt")[0] == 0
        read = []
        real = shards.extract_shard
        monkeypatch.setattr(
            shards, "extract_shard", lambda e, shard, limits: read.extend(shard) or real(e, shard)
        )
        code, _, err = kg_command("build", texts, "--store", "s", "-o", "g.ttl")
        assert code == 0
        assert "4 documents, " in err
        assert sorted(d.source for d in read) == ["b.txt", "c.txt", "d.txt"]
        assert (tmp_path / "g.ttl").read_bytes() == (tmp_path / "plain.ttl").read_bytes()

    @pytest.mark.parametrize(
        ("argv", "code"),
        [
            (["add", "s"], 2),
            (["add", "{texts}", "{texts}"], 1),
            (["add", "s", "gone.txt"], 1),
            (["status", "gone"], 1),
            (["remove", "gone", "x"], 1),
            (["query", "gone", "ASK {}"], 1),
        ],
    )
    def test_what_is_no_store(self, kg_command, texts, argv, code):
        found, out, err = kg_command(*(a.replace("{texts}", str(texts)) for a in argv))
        assert (found, out) == (code, "")
        assert "Traceback" not in err

    def test_other_settings_are_refused(self, kg_command, texts):
        kg_command("add", "s", texts / "a.txt")
        code, _, err = kg_command("add", "s", texts / "b.txt", "--min-confidence", "0.2")
        assert code == 2
        assert "the store was made with extract.min_confidence = 0.01, not 0.2 (flag)" in err


def test_settings_that_need_no_reading_can_be_changed(texts, tmp_path):
    store = store_of(tmp_path / "s", texts)
    config = Config(rdf=RdfConfig(base="https://other.example/", provenance="none"))
    store.configure(config)
    assert turtle(store.graph(), tmp_path) == turtle(kg.build(texts, config=config), tmp_path)


def test_what_the_user_decides_is_obeyed_when_the_file_changes(texts, tmp_path):
    known = tmp_path / "known.csv"
    known.write_text("id,label,aliases,type\n", encoding="utf-8")
    config = Config(resolve=ResolveConfig(gazetteer=str(known)))
    store = StoreDirectory.create(tmp_path / "s", config=config)
    store.add(texts)
    known.write_text("id,label,aliases,type\nhttps://people.example/7,Karl Lund,,Person\n", encoding="utf-8")
    assert store.graph().entity("Karl Lund").same_as == ("https://people.example/7",)
    assert turtle(store.graph(), tmp_path) == turtle(kg.build(texts, config=config), tmp_path)
