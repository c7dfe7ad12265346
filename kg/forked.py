"""Work that processes share which see all that there is, as they are forked for it."""

from __future__ import annotations

import logging
import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Any, TypeVar

from kg.interrupt import end_with, unheard

S = TypeVar("S")
T = TypeVar("T")
log = logging.getLogger("kg")


def forked(work: Callable[[S], T], items: Iterable[S], processes: int) -> Iterator[T]:
    """Give what a function makes of each item, in their order, made in so many processes.

    What the function sees is not sent to them, what it is given and what it makes is. What a process that
    was killed had at hand is made here.
    """
    if processes < 2 or "fork" not in multiprocessing.get_all_start_methods():
        yield from map(work, items)
        return
    waiting: deque[tuple[S, Future[T] | None]] = deque()
    context = multiprocessing.get_context("fork")
    with ProcessPoolExecutor(processes, context, _start, (work, os.getpid())) as pool:
        for item in items:
            waiting.append((item, _submit(pool, item)))
            # One more than there are processes, so that none waits, and little lies about.
            if len(waiting) > processes + 1:
                yield _result(work, *waiting.popleft())
        while waiting:
            yield _result(work, *waiting.popleft())


def _submit(pool: ProcessPoolExecutor, item: Any) -> Future[Any] | None:
    try:
        with unheard():
            return pool.submit(_do, item)
    except BrokenProcessPool:
        return None


def _result(work: Callable[[S], T], item: S, future: Future[T] | None) -> T:
    if future is not None:
        try:
            return future.result()
        except BrokenProcessPool:
            log.info("a process was killed; what it had at hand is done by the one that leads")
    return work(item)


_work: Callable[[Any], Any] | None = None


def _start(work: Callable[[Any], Any], parent: int) -> None:
    global _work
    # Ctrl-C reaches the whole group; who leads ends the others.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    end_with(parent)
    _work = work


def _do(item: Any) -> Any:
    assert _work is not None, "the pool starts its processes with _start"
    return _work(item)
