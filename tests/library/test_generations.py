"""The graph on disk: readers beside the writer, and one state or the next whatever ends the writer."""

import logging
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time

import pytest
from small_store import put

import kg
from kg import lock
from kg.errors import GraphError
from kg.export import write
from kg.library import cache
from kg.library.directory import StoreDirectory

pytestmark = pytest.mark.skipif(os.name != "posix", reason="locks and signals as POSIX has them")


def states(store):
    return sorted(p.name for p in (store.path / "graph").iterdir() if p.is_dir())


@pytest.fixture
def store(tmp_path):
    made = StoreDirectory.create(tmp_path / "s")
    put(made, 1, 2)
    return made


def names(graph):
    return [d.source for d in sorted(graph.documents, key=lambda d: d.source)]


def test_a_reader_keeps_what_it_reads_and_the_next_sees_what_is_new(store):
    before = store.graph()
    put(store, 3)
    put(store, 4)
    assert names(before) == ["1.txt", "2.txt"]
    assert before.facts(subject="Person 2")
    assert not before.find("Person 3")
    assert names(store.graph()) == ["1.txt", "2.txt", "3.txt", "4.txt"]
    assert states(store) == ["1", "3"]
    del before
    put(store, 5)
    assert states(store) == ["4"]


def test_while_a_writer_is_at_work_readers_see_what_was(store, monkeypatch):
    with store._writing():
        store.manifest.sources = {"text:1": store.manifest.sources["text:1"]}
        store._commit()
        assert names(StoreDirectory(store.path).graph()) == ["1.txt", "2.txt"]
    assert names(StoreDirectory(store.path).graph()) == ["1.txt"]


def test_what_fails_in_the_middle_changes_nothing(store, monkeypatch):
    before = store.graph().store.lines()

    def fail(*_):
        raise OSError("no room")

    with monkeypatch.context() as patch:
        patch.setattr(cache.Cache, "_share", fail)
        with pytest.raises(GraphError, match="no room"):
            put(store, 3)
    assert states(store) == ["1"]
    assert cache.current(store)[1].store.lines() == before
    # The document is in the store, and the next who looks brings the graph up to it.
    assert len(store.graph().documents) == 3


@pytest.mark.parametrize("lost", ["graph", "graph/1", "cache.sqlite", "graph/1/CURRENT", "graph/1.lock"])
def test_what_is_lost_is_made_again(store, lost, tmp_path):
    before = write(store.graph(), tmp_path / "a.ttl").read_bytes()
    path = store.path / lost
    shutil.rmtree(path) if path.is_dir() else path.unlink()
    assert write(store.graph(), tmp_path / "b.ttl").read_bytes() == before
    put(store, 3)
    assert len(store.graph().documents) == 3


def test_where_nothing_can_be_written_the_graph_is_made_apart(store, monkeypatch):
    shutil.rmtree(store.path / "graph")

    def refused(*_):
        raise PermissionError("read-only")

    monkeypatch.setattr(lock, "hold", refused)
    graph = store.graph()
    assert names(graph) == ["1.txt", "2.txt"]
    assert not (store.path / "graph").exists()


def test_a_store_of_an_earlier_version_is_taken_over_once(store, caplog, tmp_path):
    before = write(store.graph(), tmp_path / "a.ttl").read_bytes()
    shutil.rmtree(store.path / "graph")
    database = sqlite3.connect(store.path / "cache.sqlite")
    database.execute("PRAGMA user_version = 5")
    database.execute("DROP TABLE documents")
    database.execute("CREATE TABLE documents (id TEXT)")
    database.close()
    with caplog.at_level(logging.WARNING):
        assert write(store.graph(), tmp_path / "b.ttl").read_bytes() == before
        store.graph()
    assert [r.message for r in caplog.records] == [
        "the store was made by another version of kg: its graph is made anew, this once"
    ]


PUT = """
import sys; sys.path.insert(0, {tests!r})
from test_generations import put
from kg.library.directory import StoreDirectory
print("ready", flush=True)
for number in range(100, 10_000):
    put(StoreDirectory({path!r}), number)
"""


@pytest.mark.parametrize("rounds", [4, pytest.param(40, marks=pytest.mark.slow)])
def test_a_writer_that_is_killed_leaves_one_state_or_the_next(store, rounds):
    chance = random.Random(3)
    script = PUT.format(tests=os.path.dirname(__file__), path=str(store.path))
    for _ in range(rounds):
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
        child = subprocess.Popen([sys.executable, "-c", script], env=environment, stdout=subprocess.PIPE)
        child.stdout.readline()
        time.sleep(chance.uniform(0.0, 0.6))
        child.send_signal(signal.SIGKILL)
        child.communicate()
        _, last = cache.current(store)
        assert last is not None
        assert len(last.documents) in (len(StoreDirectory(store.path).manifest.documents) - n for n in (0, 1))
        assert len(store.graph().documents) == len(store.manifest.documents)
    # Who is killed before it has cleared away what nobody reads leaves that to the next one.
    put(StoreDirectory(store.path), 10_000)
    assert len(states(store)) <= 2
    lines = kg.open(store.path).store.lines()
    del last
    (store.path / "cache.sqlite").unlink()
    assert kg.open(store.path).store.lines() == lines
