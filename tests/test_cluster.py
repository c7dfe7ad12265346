"""A run on a cluster: a scheduler and two workers, processes of their own, give the bytes of a run here."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import time

import pytest

from kg.config import Config
from kg.errors import ExtractionError, KGError, ReadError
from kg.read import Source, document_from_text
from kg.run import cluster
from kg.run.shards import Outcome

distributed = pytest.importorskip("distributed", reason="needs kg[cluster]")
PEOPLE = ("Anna Berg", "Karl Lund", "Eva Holm", "Bo Ek", "Ida Sand")
# What a sitecustomize has workers do: die on a text that says so.
DEADLY = """
import os

if os.environ.get("KG_TEST_WORKER"):
    import kg.run.cluster as cluster
    real = cluster.outcomes
    def outcomes(extractor, shard, limits):
        if any("deadly" in document.text for document in shard):
            os.kill(os.getpid(), 9)
        return real(extractor, shard, limits)
    cluster.outcomes = outcomes
"""


def environment(*more):
    return {**os.environ, "PYTHONPATH": os.pathsep.join([*map(str, more), *sys.path])}


def start(*command, env):
    return subprocess.Popen(
        [sys.executable, "-m", *map(str, command)],
        env=env,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def end(*children):
    for child in children:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
        child.wait(timeout=60)


def scheduler(folder, port=0):
    file = folder / "scheduler.json"
    file.unlink(missing_ok=True)
    child = start(
        *("distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", port, "--no-dashboard"),
        *("--scheduler-file", file),
        env=environment(),
    )
    deadline = time.monotonic() + 120
    while not file.exists() and time.monotonic() < deadline:
        time.sleep(0.1)
    time.sleep(0.3)
    return child, json.loads(file.read_text("utf-8"))["address"]


def worker(address, folder, *more):
    return start(
        *("distributed.cli.dask_worker", address, "--nthreads", 1, "--no-dashboard"),
        *("--local-directory", folder),
        env=environment(*more) | {"KG_TEST_WORKER": "1"},
    )


@pytest.fixture
def corpus(tmp_path):
    folder = tmp_path / "texts"
    folder.mkdir()
    for i in range(16):
        who, whom = PEOPLE[i % 5], PEOPLE[(i // 5 + i + 1) % 5]
        text = f"{who} met {whom} in Ghent in {1990 + i}. {who} founded Firm {i} Ltd. "
        (folder / f"{i:02}.txt").write_text(text * 3, encoding="utf-8")
    (folder / "empty.txt").write_text("", encoding="utf-8")
    (folder / "copy.txt").write_text((folder / "03.txt").read_text("utf-8"), encoding="utf-8")
    return folder


@pytest.mark.model
@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="kills processes")
class TestCluster:
    def test_the_bytes_are_those_of_a_run_here_and_a_killed_worker_changes_nothing(
        self, kg, corpus, tmp_path, monkeypatch
    ):
        monkeypatch.setattr(cluster, "TASK_FILES", 3)
        assert kg("build", corpus, "-o", tmp_path / "here.ttl")[0] == 0
        lead, address = scheduler(tmp_path)
        hands = [worker(address, tmp_path / f"w{i}") for i in range(2)]
        try:
            real = cluster.records_in
            killed = []

            def records_in(path):
                # In the middle of it one of them goes, with all that it has begun.
                if not killed:
                    end(hands[0])
                    killed.append(hands[0])
                return real(path)

            monkeypatch.setattr(cluster, "records_in", records_in)
            code, _, err = kg("build", corpus, "-o", tmp_path / "there.ttl", "--scheduler", address)
        finally:
            end(lead, *hands)
        assert (code, len(killed)) == (0, 1)
        assert "the same text as 03.txt" in err
        assert (tmp_path / "there.ttl").read_bytes() == (tmp_path / "here.ttl").read_bytes()
        assert not (tmp_path / ".there.ttl.work").exists()

    def test_a_document_that_kills_workers_is_found_and_a_restarted_scheduler_is_no_end(
        self, kg, corpus, tmp_path, monkeypatch
    ):
        monkeypatch.setattr(cluster, "TASK_FILES", 3)
        assert kg("build", corpus, "-o", tmp_path / "here.ttl")[0] == 0
        (corpus / "07b.txt").write_text("Anna Berg wrote a deadly text.", encoding="utf-8")
        site = tmp_path / "site"
        site.mkdir()
        (site / "sitecustomize.py").write_text(DEADLY, encoding="utf-8")
        lead, address = scheduler(tmp_path)
        port = address.rpartition(":")[2]
        hands = [worker(address, tmp_path / f"w{i}", site) for i in range(2)]
        try:
            real = cluster.records_in
            restarted = []

            def records_in(path):
                nonlocal lead
                if not restarted:
                    end(lead)
                    lead, _ = scheduler(tmp_path, port)
                    restarted.append(lead)
                    # Workers end with their scheduler, and whoever keeps them up starts others.
                    hands.extend(worker(address, tmp_path / f"v{i}", site) for i in range(2))
                return real(path)

            monkeypatch.setattr(cluster, "records_in", records_in)
            code, _, err = kg("build", corpus, "-o", tmp_path / "there.ttl", "--scheduler", address)
        finally:
            end(lead, *hands)
        assert (code, len(restarted)) == (0, 1)
        assert "07b.txt: the workers that read it were killed" in err
        assert (tmp_path / "there.ttl").read_bytes() == (tmp_path / "here.ttl").read_bytes()


class TestTasks:
    def test_they_are_known_by_their_files(self, corpus, tmp_path, monkeypatch):
        monkeypatch.setattr(cluster, "TASK_FILES", 5)
        monkeypatch.chdir(tmp_path)
        far = [Source(p.name, str(p)) for p in sorted(corpus.iterdir())]
        near = [Source(p.name, f"texts/{p.name}") for p in sorted(corpus.iterdir())]
        tasks = list(cluster.tasks_of(far, tmp_path, "x"))
        assert [len(t.sources) for t in tasks] == [5, 5, 5, 3]
        assert list(cluster.tasks_of(near, tmp_path, "x")) == tasks
        assert {t.path for t in cluster.tasks_of(far, tmp_path, "y")}.isdisjoint(t.path for t in tasks)
        (corpus / "00.txt").write_text("Anna Berg left.", encoding="utf-8")
        now = list(cluster.tasks_of(far, tmp_path, "x"))
        assert [a.path == b.path for a, b in zip(now, tasks, strict=True)] == [False, True, True, True]

    def test_a_large_file_is_a_task_of_its_own(self, corpus, tmp_path, monkeypatch):
        monkeypatch.setattr(cluster, "TASK_BYTES", 10)
        found = [Source(p.name, str(p)) for p in sorted(corpus.iterdir()) if p.name != "empty.txt"]
        assert {len(t.sources) for t in cluster.tasks_of(found, tmp_path, "x")} == {1}

    def test_what_a_worker_leaves_comes_back_as_it_was(self, tmp_path):
        from kg.model import Extraction

        source, document = Source("a.txt", "/t/a.txt"), document_from_text("Anna left.", source="a.txt")
        found = Outcome.of(Extraction(document.id, "a.txt", notes=("half",)), 0.5)
        failed = Outcome.of(ExtractionError("bang", where="a.txt"))
        unread = Outcome(error=ReadError("the file is empty", where="/t/a.txt", remedy="none"))
        path = tmp_path / "x"
        frames = [(document, found), (document, failed), (None, unread)]
        path.write_bytes(b"".join(cluster._frame(source, d, o) for d, o in frames))
        back = list(cluster.records_in(path))
        assert [(s, d) for s, d, _ in back] == [(source, document), (source, document), (source, None)]
        assert (back[0][2].extraction, back[0][2].seconds) == (found.extraction, 0.5)
        assert [repr(o.error) for _, _, o in back[1:]] == [repr(failed.error), repr(unread.error)]
        assert str(back[2][2].error) == "/t/a.txt: the file is empty; none"

    def test_a_worker_of_another_version_is_told(self, tmp_path):
        with pytest.raises(KGError, match="another code than the client"):
            cluster.work_on((), Config(), {**cluster.state(Config()), "code": "other"}, str(tmp_path / "x"))

    def test_no_scheduler(self, kg, corpus, tmp_path, monkeypatch):
        monkeypatch.setattr(cluster, "ANSWERS_WITHIN", 1)
        code, _, err = kg("build", corpus, "-o", tmp_path / "g.ttl", "--scheduler", "tcp://127.0.0.1:9")
        assert code == 1
        assert "no scheduler answers" in err
        code, _, err = kg("build", "-", "-o", tmp_path / "g.ttl", "--scheduler", "tcp://127.0.0.1:9")
        assert (code, "standard input is not seen by workers" in err) == (1, True)
        command = ("build", corpus, "--store", tmp_path / "s", "--scheduler", "tcp://127.0.0.1:9")
        assert kg(*command, "-o", tmp_path / "g.ttl")[0] == 2
