"""The run: the same bytes whatever the order, the processes and the hash seed; what fails is left out."""

import contextlib
import datetime as dt
import multiprocessing
import os
import pathlib
import re
import signal
import subprocess
import sys
import time

import pytest

import kg
from kg import read
from kg import run as building
from kg.bounds import bounded
from kg.config import BuildConfig, Config, ExtractConfig
from kg.errors import ExtractionError, KGError, ModelError, ReadError
from kg.run import shards

pytestmark = pytest.mark.usefixtures("models_once")

TEXTS = {
    "a.txt": "date 2021-05-05 Anna Berg, the mayor of Ghent, met Karl Lund in Bruges. She praised him.",
    "b.txt": "The European Space Agency (ESA) launched two satellites. ESA may launch three more next year.",
    "c.md": "# Floods\n\nThe river did not reach the town, Karl Lund said.\n\n- Two bridges were closed.\n",
    "sub/d.txt": "Title: Talks\nDate: 2022-01-03\n\nGermany and France agreed to send 18 trucks to Ghent.",
    "sub/e.txt": "Mayor Anna Berg resigned. Over 4,000 people had asked her to stay.",
}


@pytest.fixture
def corpus(tmp_path):
    folder = tmp_path / "texts"
    for name, text in TEXTS.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def turtle(graph, tmp_path):
    return graph.save(tmp_path / "graph.ttl").read_bytes()


def environment(**more):
    return {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), **more}


class Stub:
    """An extractor that finds nothing, and fails where a text says so."""

    def __init__(self, config=None):
        pass

    def extract(self, document):
        if "boom" in document.text:
            raise ValueError("boom\nand more")
        if "endless" in document.text:
            while True:
                # What a plug-in or a library catches of it, it gets again.
                with contextlib.suppress(Exception):
                    sum(range(1_000))
        if "huge" in document.text:
            bytearray(2**33)
        if "bang" in document.text:
            raise ExtractionError("bang", where=document.source)
        from kg.model import Extraction

        return Extraction(document.id, document.source)

    def pipe(self, documents):
        return map(self.extract, documents)


def documents(*texts):
    return [read.document_from_text(text, source=f"{i}.txt") for i, text in enumerate(texts)]


class TestShards:
    def test_they_keep_order_and_lose_nothing(self, monkeypatch):
        monkeypatch.setattr(shards, "SHARD_DOCUMENTS", 3)
        given = documents(*"abcdefgh")
        found = list(shards.portions(given))
        assert [len(s) for s in found] == [3, 3, 2]
        assert [d for s in found for d in s] == given

    def test_a_long_document_fills_one(self, monkeypatch):
        monkeypatch.setattr(shards, "SHARD_CHARACTERS", 10)
        assert [len(s) for s in shards.portions(documents("a", "b" * 20, "c", "d"))] == [2, 2]

    def test_one_failing_document_does_not_cost_the_others(self):
        results = shards.extract_shard(Stub(), documents("a", "boom", "c", "bang"))
        assert [isinstance(r, KGError) for r in results] == [False, True, False, True]
        assert str(results[1]) == "1.txt: extraction failed (ValueError: boom)"
        assert str(results[3]) == "3.txt: bang"

    @pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="no timers of work")
    def test_a_document_that_takes_too_long_is_named_and_the_others_come_through(self):
        results = shards.extract_shard(
            Stub(), documents("a", "endless", "c"), BuildConfig(document_seconds=0.2)
        )
        assert [isinstance(r, KGError) for r in results] == [False, True, False]
        assert str(results[1]).startswith("1.txt: stopped after 0 seconds; give it longer")

    @pytest.mark.skipif(sys.platform != "linux", reason="memory is bounded on Linux alone")
    def test_a_document_that_takes_too_much_is_named_and_the_others_come_through(self):
        results = shards.extract_shard(Stub(), documents("a", "huge", "c"))
        assert [isinstance(r, KGError) for r in results] == [False, True, False]
        assert "1.txt: takes more than 4,096 MiB of memory" in str(results[1])

    def test_afterwards_there_is_no_bound(self):
        with bounded(seconds=0.1, memory=2**26):
            pass
        started = time.process_time()
        while time.process_time() < started + 0.3:
            pass
        assert len(bytearray(2**28)) == 2**28


@pytest.mark.model
class TestBytes:
    def test_document_order_does_not_matter(self, corpus, tmp_path):
        files = [corpus / name for name in TEXTS]
        forth = turtle(kg.build(files), tmp_path)
        assert turtle(kg.build(files[::-1]), tmp_path) == forth

    def test_number_of_processes_does_not_matter(self, corpus, tmp_path, monkeypatch):
        monkeypatch.setattr(shards, "SHARD_DOCUMENTS", 2)
        alone = turtle(kg.build(corpus), tmp_path)
        assert turtle(kg.build(corpus, processes=2), tmp_path) == alone
        assert turtle(kg.build(corpus, processes=7), tmp_path) == alone

    def test_what_is_read_together_does_not_matter(self, corpus, tmp_path, monkeypatch):
        together = turtle(kg.build(corpus), tmp_path)
        monkeypatch.setattr(shards, "SHARD_DOCUMENTS", 1)
        assert turtle(kg.build(corpus), tmp_path) == together

    def test_hash_seed_and_place_do_not_matter(self, corpus, tmp_path):
        written = []
        for seed in ("0", "1"):
            moved = tmp_path / f"moved{seed}"
            corpus.rename(moved)
            corpus = moved
            target = tmp_path / f"{seed}.ttl"
            subprocess.run(
                [sys.executable, "-m", "kg", "build", str(corpus), "-o", str(target)],
                env=environment(PYTHONHASHSEED=seed),
                cwd=tmp_path,
                check=True,
                capture_output=True,
            )
            written.append(target.read_bytes())
        assert written[0] == written[1]
        assert str(tmp_path).encode() not in written[0]


@pytest.mark.model
class TestRun:
    def test_it_tells_what_was_left_out(self, corpus):
        (corpus / "f.txt").write_text("", encoding="utf-8")
        (corpus / "g.txt").write_text(TEXTS["b.txt"], encoding="utf-8")
        heard = []
        done = building.run([corpus, corpus / "gone.txt"], on_skip=heard.append)
        assert len(done.extracted.documents) == len(TEXTS)
        assert list(done.left_out) == heard
        assert [e.where.rpartition("/")[2] for e in heard] == ["gone.txt", "f.txt", "g.txt"]
        assert "the same text as b.txt" in str(heard[2])
        assert done.missed

    def test_of_a_file_that_is_named_something_must_come_through(self, tmp_path):
        rows = tmp_path / "posts.jsonl"
        rows.write_text('{"text": "Anna Berg left Ghent."}\n{"text": ', encoding="utf-8")
        copy = tmp_path / "copy.txt"
        copy.write_text("Anna Berg left Ghent.", encoding="utf-8")
        done = building.run([rows, copy])
        assert (len(done.left_out), done.missed) == (2, False)
        rows.write_text('{"text": ""}\n{"text": ', encoding="utf-8")
        assert building.run([rows, copy]).missed
        assert not building.run(tmp_path).missed

    def test_one_text_under_one_name_in_two_folders_is_read_once(self, corpus, tmp_path):
        again = tmp_path / "again"
        again.mkdir()
        (again / "a.txt").write_text(TEXTS["a.txt"], encoding="utf-8")
        done = building.run([corpus, again])
        assert len(done.extracted.documents) == len(TEXTS)
        assert ["the same text as a.txt" in str(e) for e in done.left_out] == [True]

    def test_the_library_raises_unless_told_otherwise(self, corpus):
        with pytest.raises(ReadError, match="no such file"):
            kg.build([corpus, corpus / "gone.txt"])

    def test_progress_ends_at_the_number_of_files(self, corpus):
        steps = []
        building.run(corpus, progress=lambda done, total: steps.append((done, total)))
        assert steps[-1] == (len(TEXTS), len(TEXTS))

    def test_no_total_is_told_while_the_rows_of_a_file_are_not_all_read(self, tmp_path, monkeypatch):
        monkeypatch.setattr(shards, "SHARD_DOCUMENTS", 2)
        rows = "".join(f'{{"text": "Anna Berg met Bo Ek in town {i}."}}\n' for i in range(5))
        (tmp_path / "rows.jsonl").write_text(rows)
        steps = []
        told = lambda done, total: steps.append((done, total))  # noqa: E731
        building.run([tmp_path / "rows.jsonl"], processes=1, progress=told)
        assert steps == [(1, None), (2, None), (3, None), (4, None), (5, 5)]

    @pytest.mark.parametrize("processes", [1, 2])
    def test_a_model_that_is_not_there(self, corpus, processes, monkeypatch):
        monkeypatch.setattr(shards, "SHARD_DOCUMENTS", 1)
        config = Config(extract=ExtractConfig(model="xx_none"))
        with pytest.raises(ModelError, match="xx_none"):
            kg.build(corpus, config=config, processes=processes)

    def test_a_failing_document_is_named_and_the_rest_is_built(self, corpus, monkeypatch):
        import kg.extract

        real = kg.extract.Extractor.pipe

        def pipe(self, documents):
            for document in documents:
                if document.source == "b.txt":
                    raise RuntimeError("parser gone")
                yield from real(self, [document])

        monkeypatch.setattr(kg.extract.Extractor, "pipe", pipe)
        done = building.run(corpus)
        assert [str(e) for e in done.left_out] == ["b.txt: extraction failed (RuntimeError: parser gone)"]
        assert len(done.extracted.documents) == len(TEXTS) - 1

    @pytest.mark.skipif(
        "fork" not in multiprocessing.get_all_start_methods(), reason="patched workers are forked"
    )
    @pytest.mark.parametrize("once", [False, True])
    def test_a_killed_process_costs_one_document_at_most(self, corpus, monkeypatch, tmp_path, once):
        import kg.extract

        real, here = kg.extract.Extractor.pipe, tmp_path / "killed"

        def pipe(self, documents):
            for document in documents:
                if document.source == "b.txt" and not (once and here.exists()):
                    here.touch()
                    os.kill(os.getpid(), signal.SIGKILL)
                yield from real(self, [document])

        monkeypatch.setattr(shards, "SHARD_DOCUMENTS", 2)
        monkeypatch.setattr(kg.extract.Extractor, "pipe", pipe)
        done = building.run(corpus, processes=2)
        assert [d.source for d in done.extracted.documents] == sorted(
            {*TEXTS} - (set() if once else {"b.txt"})
        )
        assert ["b.txt: the process that read it was killed" in str(e) for e in done.left_out] == [True] * (
            not once
        )


def seconds_of_work(pid):
    """Give the CPU seconds that a process group has used."""
    total = 0.0
    for stat in pathlib.Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text(encoding="utf-8").rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[2]) == pid:
            total += (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return total


@pytest.mark.model
@pytest.mark.skipif(not pathlib.Path("/proc/self/stat").exists(), reason="looks into /proc")
@pytest.mark.parametrize("processes", ["1", "2"])
def test_interrupted_it_leaves_the_old_graph_and_no_process(tmp_path, processes):
    folder = tmp_path / "texts"
    folder.mkdir()
    for i in range(400):
        (folder / f"{i}.txt").write_text(
            f"Anna Berg met Karl Lund {i} times in Ghent. " * 60, encoding="utf-8"
        )
    target = tmp_path / "graph.ttl"
    target.write_text("# the old graph\n", encoding="utf-8")
    child = subprocess.Popen(
        [sys.executable, "-m", "kg", "build", str(folder), "-o", str(target), "--processes", processes],
        env=environment(),
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    # The model takes about a second to load; then it is at work, however busy the machine is.
    deadline = time.monotonic() + 60
    while seconds_of_work(child.pid) < 2.5 and time.monotonic() < deadline:
        time.sleep(0.1)
    os.killpg(child.pid, signal.SIGINT)
    _, messages = child.communicate(timeout=30)
    assert child.returncode == 130
    kept = r"; \d+ documents kept in .*: the same command goes on"
    assert re.fullmatch(rf"kg: interrupted({kept})?\n", messages.decode())
    assert target.read_text(encoding="utf-8") == "# the old graph\n"
    # What was read by then is kept beside it, if it was much.
    assert sorted(p.name for p in tmp_path.iterdir() if p.name != ".graph.ttl.work") == ["graph.ttl", "texts"]
    time.sleep(0.2)
    with pytest.raises(ProcessLookupError):
        os.killpg(child.pid, 0)


@pytest.mark.model
@pytest.mark.skipif(os.name != "posix", reason="sends a signal")
@pytest.mark.parametrize("work", [0.3, 0.5, 0.7, 0.9, 1.2, 1.5])
def test_interrupted_while_it_loads_it_says_one_line(tmp_path, work):
    (tmp_path / "a.txt").write_text(TEXTS["a.txt"], encoding="utf-8")
    child = subprocess.Popen(
        [sys.executable, "-m", "kg", "build", str(tmp_path / "a.txt"), "-o", str(tmp_path / "g.ttl")],
        env=environment(),
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    deadline = time.monotonic() + 60
    while seconds_of_work(child.pid) < work and time.monotonic() < deadline:
        time.sleep(0.01)
    os.killpg(child.pid, signal.SIGINT)
    _, messages = child.communicate(timeout=60)
    assert (child.returncode, messages.decode()) == (130, "kg: interrupted\n")


@pytest.mark.model
class TestAdd:
    TEXT = "Karl Lund, the mayor of Bruges, left Ghent."

    def test_a_text_is_resolved_against_what_is_known(self, corpus, tmp_path):
        graph = kg.build(corpus)
        before = len(graph.entity("Karl Lund").aliases), len(graph.facts(about="Karl Lund"))
        assert graph.add(self.TEXT, uri="https://news.example/1") is graph
        (corpus / "z.txt").write_text(self.TEXT, encoding="utf-8")
        assert len(graph.documents) == len(TEXTS) + 1
        assert len(graph.find("Karl Lund")) == 1
        assert len(graph.facts(about="Karl Lund")) > before[1]
        whole = {(f.subject.id, f.relation, str(f.object)) for f in kg.build(corpus).facts()}
        assert {(f.subject.id, f.relation, str(f.object)) for f in graph.facts()} == whole

    def test_the_same_text_changes_nothing_and_the_same_uri_replaces(self, corpus, tmp_path):
        graph = kg.build(corpus)
        before = turtle(graph, tmp_path)
        assert turtle(graph.add(TEXTS["a.txt"]), tmp_path) == before
        graph.add(self.TEXT, uri="https://news.example/1")
        graph.add("Karl Lund slept.", uri="https://news.example/1")
        assert len(graph.documents) == len(TEXTS) + 1

    def test_what_was_merged_stays_when_a_text_comes_in(self, corpus, tmp_path):
        graph = kg.build(corpus)
        (tmp_path / "other.ttl").write_text('<x:Oslo> <x:motto> "snow" .', encoding="utf-8")
        graph.merge(kg.open(tmp_path / "other.ttl"))
        graph.add(self.TEXT)
        assert len(graph.documents) == len(TEXTS) + 1
        assert '<x:Oslo> <x:motto> "snow" .' in graph.store.lines()

    def test_a_graph_from_a_file_grows_too(self, corpus, tmp_path):
        path = kg.build(corpus).save(tmp_path / "graph.ttl")
        graph = kg.open(path).add(self.TEXT, uri="https://news.example/1")
        assert len(graph.documents) == len(TEXTS) + 1
        assert len(graph.find("Karl Lund")) == 1


class TestTextsInMemory:
    SAID = "Anna Berg founded Ostra."

    @pytest.mark.model
    def test_documents_and_dicts_are_built(self, tmp_path):
        (tmp_path / "b.txt").write_text("Karl Lund joined Ostra.", encoding="utf-8")
        document = read.document_from_text(self.SAID, source="a")
        row = {"text": "Ostra hired Eva Holm.", "uri": "https://news.example/1", "published": "2020-05-01"}
        graph = kg.build([document, row, tmp_path / "b.txt"])
        assert {d.source for d in graph.documents} == {"a", "b.txt", "https://news.example/1"}
        assert {f.relation for f in graph.facts()} >= {"found", "hire", "join"}
        assert kg.build(row).documents[0].published == dt.date(2020, 5, 1)

    @pytest.mark.model
    def test_a_copy_is_left_out_and_the_rest_built(self, tmp_path):
        for name in ("a.txt", "copy.txt"):
            (tmp_path / name).write_text(self.SAID, encoding="utf-8")
        assert [d.source for d in kg.build(tmp_path).documents] == ["a.txt"]
        assert len(kg.build([{"text": self.SAID}, {"text": self.SAID}]).documents) == 1

    @pytest.mark.model
    def test_strings_tables_and_iterables_are_built_as_they_come(self, tmp_path):
        class Table:
            columns = ("day", "story")

            def itertuples(self, index, name):
                return iter([("2020-05-01", "Ostra hired Eva Holm."), ("", "Bo Ek left Ostra.")])

        (tmp_path / "b.txt").write_text("Karl Lund joined Ostra.", encoding="utf-8")
        given = iter([self.SAID, Table(), tmp_path / "b.txt"])
        graph = kg.build(each for each in given)
        names = {d.source for d in graph.documents}
        assert names == {"text 1", "table 2#row=1", "table 2#row=2", "b.txt"}
        assert {f.relation for f in graph.facts()} >= {"found", "hire", "join", "leave"}
        assert {d.source for d in kg.build(Table()).documents} == {"table 1#row=1", "table 1#row=2"}
        assert len(kg.build("Anna Berg founded Ostra.\n\nKarl Lund joined it.").documents) == 1

    @pytest.mark.parametrize(
        ("given", "message"),
        [
            ([{"texts": SAID}], "did you mean 'text'?"),
            ([{"uri": "https://news.example/1"}], "needs a text"),
            ([{"text": SAID, "published": "May 2020"}], "YYYY-MM-DD"),
            ([7], "neither a path nor a document"),
            ("gone.txt", "no such file"),
            (b"Anna left.", "bytes is neither a path nor a document"),
            ("https://news.example/1", "fetched only when you say so"),
            ("my gone notes.txt", "no such file"),
        ],
    )
    def test_what_is_none_is_told_with_the_remedy(self, given, message):
        with pytest.raises(ReadError, match=re.escape(message)):
            kg.build(given)
