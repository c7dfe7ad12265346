"""Work that forked processes share gives what one process gives."""

import dataclasses
import os

import pytest
from small_graph import DOCUMENT, EXTRACTION

from kg.config import Config
from kg.forked import forked
from kg.run import Extracted, Keep
from kg.run.shards import Outcome


def test_results_come_in_order_and_see_what_is_there():
    seen = list(range(50))
    assert list(forked(lambda i: (seen[i] * 2, os.getpid() != here), range(50), 3)) == [
        (i * 2, True) for i in range(50)
    ]


here = os.getpid()


def test_what_a_killed_process_had_at_hand_is_done_here():
    def work(i):
        if i == 7 and os.getpid() != here:
            os._exit(9)
        return i

    assert list(forked(work, range(12), 2)) == list(range(12))


def test_what_goes_wrong_is_told():
    with pytest.raises(ZeroDivisionError):
        list(forked(lambda i: 1 // i, range(2), 2))


def test_nothing_to_do_starts_nothing():
    assert list(forked(str, [], 4)) == []


@pytest.mark.parametrize("processes", [2, 5])
def test_processes_give_the_graph_of_one(processes, tmp_path, monkeypatch):
    monkeypatch.setattr("kg.run.WORTH_PROCESSES", 1)
    monkeypatch.setattr("kg.run.AT_ONCE", 2)
    monkeypatch.setattr("kg.resolve.parts.WORTH_PROCESSES", 0)
    documents = [
        dataclasses.replace(DOCUMENT, id=f"{n:016x}", source=f"{n}.txt", text=DOCUMENT.text + " " * n)
        for n in range(9)
    ]
    made = []
    for number in (1, processes):
        with Keep(tmp_path / str(number), Config(), after=0) as keep:
            extracted = Extracted(keep=keep, processes=number)
            for document in documents:
                extraction = dataclasses.replace(EXTRACTION, doc_id=document.id, source=document.source)
                extracted.take(document, Outcome.of(extraction))
            graph = extracted.graph()
            made.append((graph.store.lines(), graph.texts))
    assert made[0] == made[1]
    assert len(made[0][1]) == 9
