"""A query that is stopped or breaks says which it was."""

import os
import signal
import time

import pytest

from kg.errors import QueryError
from kg.store.limits import limited
from kg.store.triples import TripleStore


@pytest.mark.parametrize(
    ("work", "says"),
    [
        (lambda: time.sleep(20), "stopped after 0.3 seconds"),
        (lambda: os.kill(os.getpid(), signal.SIGSEGV), "too long or too deep"),
        (lambda: os.kill(os.getpid(), signal.SIGABRT), "out of memory"),
        (lambda: os.kill(os.getpid(), signal.SIGKILL), "killed by the system"),
        (lambda: os._exit(7), r"without an answer \(7\)"),
        (lambda: TripleStore().query(f"ASK {{ FILTER({'!' * 300_000}true) }}", prefixes={}), "too long"),
    ],
)
def test_why_a_query_gave_no_answer(work, says):
    with pytest.raises(QueryError, match=says):
        limited(work, seconds=0.3 if "0.3" in says else 20)


def test_memory_is_bounded():
    with pytest.raises(QueryError, match="out of memory"):
        limited(lambda: len(bytearray(2**30)), seconds=20, memory=2**28)
