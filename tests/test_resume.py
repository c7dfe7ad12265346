"""A run that was stopped goes on where it was, with the same bytes; what failed is listed."""

import contextlib
import json
import multiprocessing
import os
import pathlib
import re
import signal
import sqlite3
import subprocess
import sys
import time

import pytest

import kg as package
from kg import interrupt, lock
from kg.cli import console
from kg.config import BuildConfig, Config, ExtractConfig, RdfConfig
from kg.errors import ExtractionError, GraphError, KGError
from kg.model import Extraction
from kg.read import document_from_text
from kg.run import shards, work, workers
from kg.run.shards import Outcome
from kg.run.work import Keep, Work, key_of

pytestmark = pytest.mark.usefixtures("models_once")

NAMES = ("Anna Berg", "Karl Lund", "Eva Holm", "Bo Ek", "Ida Sand", "Per Strand", "Liv Moe", "Nils Aas")
TOWNS = ("Ghent", "Bruges", "Ulm", "Porto", "Oslo")
forked = pytest.mark.skipif(
    "fork" not in multiprocessing.get_all_start_methods(), reason="patched workers are forked"
)
posix = pytest.mark.skipif(os.name != "posix", reason="sends signals")


def text(i):
    who, whom = NAMES[i % 8], NAMES[(i // 8 + i + 1) % 8]
    return f"{who} met {whom} in {TOWNS[i % 5]} in {1990 + i}. {who} founded Firm {i} Ltd."


@pytest.fixture
def corpus(tmp_path):
    folder = tmp_path / "texts"
    folder.mkdir()
    for i in range(12):
        (folder / f"{i:02}.txt").write_text(text(i), encoding="utf-8")
    return folder


@pytest.fixture
def small(monkeypatch):
    """Make shards and runs of many documents small."""
    monkeypatch.setattr(shards, "SHARD_DOCUMENTS", 2)
    monkeypatch.setattr(Keep.__init__, "__kwdefaults__", {"after": 3, "stays": False})


@pytest.fixture
def read(monkeypatch):
    """Give the list of the documents that are extracted in this process."""
    found = []
    real = shards.extract_shard

    def extract(extractor, shard, limits):
        found.extend(document.source for document in shard)
        return real(extractor, shard, limits)

    monkeypatch.setattr(shards, "extract_shard", extract)
    return found


def stop_after(monkeypatch, number, error=KeyboardInterrupt):
    """Let a run of one process be stopped when it has extracted so many documents."""
    real, done = shards.extract_shard, []

    def extract(extractor, shard, limits):
        if len(done) >= number:
            raise error
        done.extend(shard)
        return real(extractor, shard, limits)

    monkeypatch.setattr(shards, "extract_shard", extract)


def environment(**more):
    return {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), **more}


@pytest.mark.model
class TestGoesOn:
    def test_interrupted_it_goes_on_with_the_same_command_and_gives_the_same_bytes(
        self, kg, corpus, tmp_path, small, monkeypatch, read
    ):
        plain, target, folder = tmp_path / "plain.ttl", tmp_path / "g.ttl", tmp_path / ".g.ttl.work"
        command = ("build", corpus, "--processes", 1, "-o")
        assert kg(*command, plain)[0] == 0
        with monkeypatch.context() as once:
            stop_after(once, 6)
            code, _, err = kg(*command, target)
        assert (code, err) == (
            130,
            f"kg: interrupted; 6 documents kept in {folder}: the same command goes on\n",
        )
        assert not target.exists()
        read.clear()
        code, _, err = kg(*command, target)
        assert code == 0
        assert f"6 documents of an earlier run are in {folder}" in err
        assert read == [f"{i:02}.txt" for i in range(6, 12)]
        assert target.read_bytes() == plain.read_bytes()
        assert not folder.exists()

    def test_a_document_that_has_changed_is_read_again(self, kg, corpus, tmp_path, small, monkeypatch, read):
        command = ("build", corpus, "--processes", 1, "-o", tmp_path / "g.ttl")
        with monkeypatch.context() as once:
            stop_after(once, 6)
            kg(*command)
        (corpus / "00.txt").write_text("Anna Berg left Ghent.", encoding="utf-8")
        (corpus / "01.txt").unlink()
        read.clear()
        assert kg(*command)[0] == 0
        assert read == ["00.txt", *(f"{i:02}.txt" for i in range(6, 12))]
        graph = package.open(tmp_path / "g.ttl")
        assert len(graph.documents) == 11
        assert [f.relation for f in graph.facts(subject="Anna Berg", object="Ghent")] == ["leave"]

    def test_other_settings_of_reading_begin_anew_and_those_of_the_graph_do_not(
        self, kg, corpus, tmp_path, small, read
    ):
        command = ("build", corpus, "--processes", 1, "--work", tmp_path / "w", "-o", tmp_path / "g.ttl")
        assert kg(*command)[0] == 0
        assert (tmp_path / "w" / work.ABOUT).exists()
        for more, wanted in (
            ((), 0),
            (("--base", "https://other.example/"), 0),
            (("--min-confidence", "0.6"), 12),
            (("--min-confidence", "0.6"), 0),
        ):
            read.clear()
            code, _, err = kg(*command, *more)
            assert code == 0
            assert len(read) == wanted
            assert ("read anew, as this is another settings" in err) == bool(wanted)

    def test_other_code_begins_anew(self, corpus, tmp_path, monkeypatch):
        before = work.state(Config())
        monkeypatch.setattr(work, "code_of", lambda *parts: "other")
        assert work.state(Config()) != before

    def test_a_full_disk_is_told_and_with_room_it_goes_on(
        self, kg, corpus, tmp_path, small, monkeypatch, read
    ):
        command = ("build", corpus, "--processes", 1, "-o", tmp_path / "g.ttl")
        real = work._connect

        def full(path):
            database = real(path)
            database.execute("PRAGMA max_page_count = 4")
            return database

        with monkeypatch.context() as once:
            once.setattr(work, "_connect", full)
            once.setattr(work, "EVERY", 0.0)
            code, _, err = kg(*command)
        assert code == 1
        assert "what was read cannot be kept (database or disk is full); make room and give the same" in err
        assert not (tmp_path / "g.ttl").exists()
        read.clear()
        assert kg(*command)[0] == 0
        assert 0 < len(read) < 12
        assert len(package.open(tmp_path / "g.ttl").documents) == 12

    def test_records_that_are_damaged_are_made_anew(self, kg, corpus, tmp_path, small, read):
        command = ("build", corpus, "--processes", 1, "--work", tmp_path / "w", "-o", tmp_path / "g.ttl")
        assert kg(*command)[0] == 0
        (tmp_path / "w" / work.RECORDS).write_bytes(b"rubbish" * 4096)
        read.clear()
        code, _, err = kg(*command)
        assert (code, len(read)) == (0, 12)
        assert "damaged, and begun anew" in err

    def test_a_small_run_leaves_and_makes_no_folder(self, kg, corpus, tmp_path, monkeypatch):
        stop_after(monkeypatch, 0)
        code, _, err = kg("build", corpus, "-o", tmp_path / "g.ttl", "--processes", 1)
        assert (code, err) == (130, "kg: interrupted\n")
        assert [p.name for p in tmp_path.iterdir()] == ["texts"]

    def test_a_folder_with_other_things_is_refused(self, kg, corpus, tmp_path):
        code, _, err = kg("build", corpus, "--work", corpus, "-o", tmp_path / "g.ttl")
        assert (code, err) == (
            1,
            f"kg: {corpus}: neither a work folder nor an empty one; name another\n",
        )

    @pytest.mark.skipif(os.name != "posix", reason="locks as POSIX has them")
    def test_two_runs_do_not_build_the_same(self, kg, corpus, tmp_path):
        folder = tmp_path / "w"
        with Work.open(folder, Config()):
            code, _, err = kg("build", corpus, "--work", folder, "-o", tmp_path / "g.ttl")
        assert code == 1
        assert f"another process ({os.getpid()}) is building what this run would build" in err


@posix
@pytest.mark.slow
@pytest.mark.model
@pytest.mark.parametrize("processes", ["1", "2"])
def test_killed_it_goes_on_at_once_and_gives_the_same_bytes(tmp_path, processes):
    folder, target = tmp_path / "texts", tmp_path / "g.ttl"
    folder.mkdir()
    for i in range(300):
        (folder / f"{i}.txt").write_text(f"{text(i)} " * 8, encoding="utf-8")
    command = [sys.executable, "-m", "kg", "build", str(folder), "--processes", processes, "--log"]
    command += [str(tmp_path / "log.jsonl"), "-o", str(target)]
    child = subprocess.Popen(command, env=environment(), stderr=subprocess.PIPE, start_new_session=True)
    records = tmp_path / ".g.ttl.work" / work.RECORDS
    deadline = time.monotonic() + 600
    while count(records) < 70 and child.poll() is None and time.monotonic() < deadline:
        time.sleep(0.05)
    child.kill()
    child.communicate(timeout=30)
    kept = count(records)
    assert 70 <= kept < 300
    # At once: neither the lock nor a worker of the run that is gone stands in the way.
    done = subprocess.run(command, env=environment(), capture_output=True, text=True, check=True, timeout=900)
    assert f"{kept} documents of an earlier run" in done.stderr
    lines = [json.loads(line) for line in (tmp_path / "log.jsonl").read_text("utf-8").splitlines()]
    starts = [i for i, line in enumerate(lines) if line["stage"] == "start"]
    again = [line for line in lines[starts[-1] :] if line["stage"] == "extract"]
    assert len(again) == 300 - kept
    plain = tmp_path / "plain.ttl"
    subprocess.run(
        [*command[:5], "--processes", "1", "-o", str(plain)],
        env=environment(),
        capture_output=True,
        check=True,
        timeout=900,
    )
    assert target.read_bytes() == plain.read_bytes()
    assert sorted(p.name for p in tmp_path.iterdir()) == ["g.ttl", "log.jsonl", "plain.ttl", "texts"]
    time.sleep(4 * interrupt.LOOK)
    with pytest.raises(ProcessLookupError):
        os.killpg(child.pid, 0)


def count(records):
    """Give how many documents a run has kept so far."""
    try:
        opened = sqlite3.connect(f"file:{records}?mode=ro", uri=True, timeout=5)
        with contextlib.closing(opened) as database:
            return database.execute("SELECT count(*) FROM records").fetchone()[0]
    except sqlite3.Error:
        return 0


@posix
def test_a_forked_process_holds_no_lock_of_its_parent(tmp_path):
    ready, tell = os.pipe()
    with lock.hold(tmp_path / "lock", "here"):
        child = os.fork()
        if not child:
            os.write(tell, b"x")
            time.sleep(600)
            os._exit(0)
        os.read(ready, 1)
    try:
        with lock.hold(tmp_path / "lock", "here") as crashed:
            assert not crashed
    finally:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)


class TestWork:
    def test_a_record_comes_back_as_it_was(self, tmp_path):
        document = document_from_text(text(1), source="1.txt", title="A title")
        found = Extraction(document.id, "1.txt", notes=("half of it",))
        with Work.open(tmp_path / "w", Config()) as folder:
            folder.put(key_of(document), document, Outcome.of(found).pack())
            assert list(folder.pairs([key_of(document)])) == [(document, found)]
        with Work.open(tmp_path / "w", Config()) as folder:
            assert folder.has(key_of(document))
            assert folder.found == 1
            folder.remove()
        assert list(tmp_path.iterdir()) == []

    def test_all_that_is_known_of_a_document_tells_it_from_others(self):
        keys = {
            key_of(document_from_text(text(1), source=source, title=title))
            for source in ("a", "b")
            for title in (None, "A title")
        }
        assert len(keys) == 4

    def test_what_an_extraction_depends_on_is_in_the_state(self, tmp_path):
        table = tmp_path / "known.csv"
        table.write_text("id,label\n", encoding="utf-8")
        given = Config(extract=ExtractConfig(gazetteer=str(table)))
        states = [json.dumps(work.state(config)) for config in (Config(), given)]
        table.write_text("id,label\nx,Ostra\n", encoding="utf-8")
        states.append(json.dumps(work.state(given)))
        assert len(set(states)) == 3
        assert json.dumps(work.state(Config(rdf=RdfConfig(base="https://other.example/")))) == states[0]
        assert work.state(Config())["model"]


@pytest.mark.model
class TestFailures:
    def test_what_failed_is_listed_with_stage_and_reason_and_forgotten_when_mended(
        self, kg, corpus, tmp_path, monkeypatch
    ):
        from kg.extract import Extractor

        (corpus / "empty.txt").write_text("", encoding="utf-8")
        real = Extractor.pipe

        def pipe(self, documents):
            for document in documents:
                if document.source == "03.txt":
                    raise RuntimeError("parser gone")
                yield from real(self, [document])

        with monkeypatch.context() as once:
            once.setattr(Extractor, "pipe", pipe)
            code, _, _ = kg("build", corpus, "-o", f"{tmp_path}/out/", "--set", "export.formats=ttl")
        assert code == 0
        listed = tmp_path / "out" / "failed.jsonl"
        failed = [json.loads(line) for line in listed.read_text("utf-8").splitlines()]
        assert [(f["document"].rpartition("/")[2], f["stage"], f["fault"]) for f in failed] == [
            ("empty.txt", "read", "the file is empty"),
            ("03.txt", "extract", "extraction failed (RuntimeError: parser gone)"),
        ]
        (corpus / "empty.txt").unlink()
        assert kg("build", corpus, "-o", f"{tmp_path}/out/", "--set", "export.formats=ttl")[0] == 0
        assert sorted(p.name for p in listed.parent.iterdir()) == ["graph.ttl"]

    def test_a_run_of_which_nothing_is_left_lists_it_too(self, kg, tmp_path):
        (tmp_path / "empty.txt").write_text("", encoding="utf-8")
        assert kg("build", tmp_path / "empty.txt", "-o", f"{tmp_path}/out/")[0] == 1
        assert json.loads((tmp_path / "out" / "failed.jsonl").read_text("utf-8"))["stage"] == "read"


class Sleepy:
    """An extractor that finds nothing, and on one document waits for something that does not come."""

    spent = None

    def extract(self, document):
        if document.source == "05.txt":
            # No time at work passes, so that no limit of it is reached.
            time.sleep(600)
        return Extraction(document.id, document.source)

    def pipe(self, documents):
        return map(self.extract, documents)


@forked
def test_a_process_that_never_answers_costs_one_document(corpus, monkeypatch, small):
    from kg.run import run

    monkeypatch.setattr(workers, "extractor_for", lambda config: Sleepy())
    monkeypatch.setattr(workers, "STARTING", 2.0)
    done = run(corpus, config=Config(build=BuildConfig(document_seconds=0.2)), processes=2)
    assert len(done.extracted) == 11
    (error,) = done.left_out
    assert isinstance(error, ExtractionError)
    assert re.match(r"05.txt: did not come to an end in \d+ seconds", str(error))


@pytest.mark.model
class TestLog:
    def test_a_line_for_each_document_fault_and_stage(self, kg, corpus, tmp_path):
        (corpus / "copy.txt").write_text(text(0), encoding="utf-8")
        (corpus / "empty.txt").write_text("", encoding="utf-8")
        log = tmp_path / "log.jsonl"
        assert kg("build", corpus, "-o", tmp_path / "g.ttl", "--log", log)[0] == 0
        lines = [json.loads(line) for line in log.read_text("utf-8").splitlines()]
        assert (lines[0]["stage"], lines[-1]["stage"]) == ("start", "end")
        read = [line for line in lines if line["stage"] == "extract"]
        assert {line["document"] for line in read} == {f"{i:02}.txt" for i in range(12)}
        assert all(line["seconds"] > 0 and line["mentions"] > 0 for line in read)
        faults = {line["document"].rpartition("/")[2]: line["stage"] for line in lines if "fault" in line}
        assert faults == {"copy.txt": "copy", "empty.txt": "read"}
        assert lines[-1]["documents"] == 12
        assert {"read", "extract", "resolve", "assemble", "write"} <= set(lines[-1]["seconds"])

    def test_one_that_cannot_be_written_is_told(self, kg, corpus, tmp_path):
        code, _, err = kg("build", corpus, "-o", tmp_path / "g.ttl", "--log", tmp_path / "gone" / "log")
        assert code == 1
        assert "cannot be written (No such file or directory)" in err


def test_without_a_terminal_a_line_a_minute_tells_how_far_it_is(monkeypatch, caplog):
    now = [0.0]
    monkeypatch.setattr(console.time, "monotonic", lambda: now[0])
    monkeypatch.setattr(console, "is_terminal", lambda stream: False)
    said = []
    monkeypatch.setattr(console, "say", said.append)
    with console.progress("extracting") as progress:
        # Of these an earlier run has done a hundred.
        for done, seconds in ((100, 1), (110, 30), (220, 61), (250, 100), (1000, 121)):
            now[0] = float(seconds)
            progress(done, 2_000)
    assert said == [
        "extracting: 220 of 2,000 after 61 s, about 15 min left",
        "extracting: 1,000 of 2,000 after 2 min, about 2 min left",
    ]


def test_errors_of_the_disk_say_how_to_go_on(tmp_path):
    with (
        pytest.raises(KGError, match="see to the folder and give the same command again"),
        work.told(tmp_path),
    ):
        raise sqlite3.OperationalError("unable to open database file")
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(GraphError), Work.open(tmp_path / "file", Config()):
        pass


def test_as_many_processes_as_there_are_cores_and_memory_for(monkeypatch):
    monkeypatch.setattr(workers.os, "sched_getaffinity", lambda pid: range(8), raising=False)
    monkeypatch.setattr(workers, "_free_memory", lambda: 2**40)
    forks = "fork" in multiprocessing.get_all_start_methods()
    assert workers.processes_for(Config()) == (8 if forks else 1)
    assert workers.processes_for(Config(), 3) == 3
    assert workers.processes_for(Config(build=BuildConfig(processes=2))) == 2
    monkeypatch.setattr(workers, "_free_memory", lambda: 3 * 2**30)
    assert workers.processes_for(Config()) == (3 if forks else 1)


def test_the_memory_that_is_free_is_known():
    assert workers._free_memory() > 0
    assert pathlib.Path("/proc/meminfo").exists() == (workers._free_memory() < 2**62)
