"""Resolution in parts: names that are compared share a key, and all that has a key lies in one part.

What the parts find is put together in the order of the keys, so that the result is the same for any number.
"""

from __future__ import annotations

import logging
import multiprocessing
import os
import signal
import zlib
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from typing import Any, TypeVar

from kg.interrupt import end_with

T = TypeVar("T")
# To compare fewer names takes no longer than to start processes for it.
WORTH_PROCESSES = 20_000
log = logging.getLogger("kg.resolve")


@dataclass(frozen=True, slots=True)
class Parts:
    """How many parts there are, and how many processes work on them."""

    number: int = 1
    processes: int = 1

    def of(self, key: str) -> int:
        """Give the part that a key lies in, on any machine the same."""
        return zlib.crc32(key.encode("utf-8", "surrogatepass")) % self.number

    def each(self, work: Callable[[int], T], names: int) -> list[T]:
        """Give what is found in each part, in their order; of many names it is found in processes.

        They are forked and see all that is there; what they find has to be worth sending.
        """
        forks = "fork" in multiprocessing.get_all_start_methods()
        if min(self.number, self.processes) > 1 and names >= WORTH_PROCESSES and forks:
            try:
                return _in_processes(work, self)
            except BrokenProcessPool:
                log.info("a process was killed that compared names; they are compared here")
        return [work(part) for part in range(self.number)]


ONE = Parts()
# What a forked process is to do: a function with all it sees cannot be sent.
_work: Callable[[int], Any] | None = None


def _in_processes(work: Callable[[int], T], parts: Parts) -> list[T]:
    global _work
    context = multiprocessing.get_context("fork")
    _work = work
    try:
        workers = min(parts.processes, parts.number)
        with ProcessPoolExecutor(workers, context, _start, (os.getpid(),)) as pool:
            return list(pool.map(_do, range(parts.number)))
    finally:
        _work = None


def _start(parent: int) -> None:
    # Ctrl-C reaches the whole group; who leads ends the others.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    end_with(parent)


def _do(part: int) -> Any:
    assert _work is not None, "it is set before processes are forked"
    return _work(part)
