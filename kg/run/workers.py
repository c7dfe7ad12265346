"""Processes that extract: how many, what each does, and what is done when one dies."""

from __future__ import annotations

import logging
import multiprocessing
import os
import signal
import time
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures import TimeoutError as NotInTime
from concurrent.futures.process import BrokenProcessPool
from typing import TYPE_CHECKING

from kg.config import BuildConfig, Config
from kg.errors import ExtractionError, KGError
from kg.interrupt import end_with, unheard
from kg.model import Document
from kg.run.shards import LONGER, Outcome, extractor_for, outcomes, seconds_for

if TYPE_CHECKING:
    from kg.extract import Extractor

# What a process with the model, and a shard at work, needs of the machine's memory.
ROOM = 2**30
# The limits of a document count the time at work; a process that has not answered after so many times as
# long waits for something that does not come.
PATIENCE = 6
# And so many seconds more, in which the process may have to load the model.
STARTING = 120.0
log = logging.getLogger("kg.run")


def processes_for(config: Config, processes: int | None = None) -> int:
    """Give the number of processes that may be used; 0 stands for one a core, as far as the memory goes."""
    wanted = config.build.processes if processes is None else processes
    if wanted:
        return wanted
    if "fork" not in multiprocessing.get_all_start_methods():
        # Each process would run a script of the user's again that is not written for it.
        return 1
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, min(cores, _free_memory() // ROOM))


def _free_memory() -> int:
    """Give the bytes of memory that are free, or as good as any number where the system does not tell."""
    try:
        with open("/proc/meminfo", encoding="ascii") as file:
            found = dict(line.split(":", 1) for line in file)
        return int(found["MemAvailable"].split()[0]) * 1024
    except (OSError, KeyError, ValueError):
        return 2**62


def extract_in_processes(
    shards: Iterator[list[Document]], config: Config, processes: int
) -> Iterator[tuple[Document, Outcome]]:
    """Keep a few shards in flight, and give their results in order."""
    workers = _Workers(config, processes)
    waiting: deque[tuple[list[Document], Future[list[Outcome]]]] = deque()
    try:
        for shard in shards:
            waiting.append((shard, workers.submit(shard)))
            # One more than there are processes, so that none waits; what is in flight is lost with a run.
            if len(waiting) > processes + 1:
                shard, future = waiting.popleft()
                yield from zip(shard, workers.results(shard, future), strict=True)
        for shard, future in waiting:
            yield from zip(shard, workers.results(shard, future), strict=True)
    except BaseException:
        workers.stop(now=True)
        raise
    workers.stop(now=False)


class _Workers:
    """Processes that extract; when one dies, others are started and the document that killed it is found."""

    def __init__(self, config: Config, processes: int) -> None:
        self.config, self.processes = config, processes
        method = "fork" if "fork" in multiprocessing.get_all_start_methods() else "spawn"
        self._context = multiprocessing.get_context(method)
        self._pool: ProcessPoolExecutor | None = None

    def submit(self, shard: list[Document]) -> Future[list[Outcome]]:
        """Hand a shard to a process."""
        try:
            with unheard():
                return self._ready(self.processes).submit(_work, shard)
        except BrokenProcessPool as error:
            broken: Future[list[Outcome]] = Future()
            broken.set_exception(error)
            return broken

    def results(self, shard: list[Document], future: Future[list[Outcome]]) -> list[Outcome]:
        """Wait for the results of a shard; where its process died, they are made document by document."""
        try:
            return future.result(self._patience(shard))
        except BrokenProcessPool:
            log.info("a process was killed; the documents at hand are read one by one")
            self._discard()
        except NotInTime:
            log.info("a process does not answer; the documents at hand are read one by one")
            self.stop(now=True)
        try:
            return [self._alone(document) for document in shard]
        finally:
            self._discard()

    def _alone(self, document: Document) -> Outcome:
        begun = time.monotonic()
        what = "the process that read it was killed"
        remedy = "it may have run out of memory; use fewer processes"
        try:
            with unheard():
                future = self._ready(1).submit(_work, [document])
            (outcome,) = future.result(self._patience([document]))
            return outcome
        except BrokenProcessPool:
            self._discard()
        except NotInTime:
            what, remedy = f"did not come to an end in {time.monotonic() - begun:,.0f} seconds", LONGER
            self.stop(now=True)
        error = ExtractionError(what, where=document.source, remedy=remedy)
        return Outcome.of(error, time.monotonic() - begun)

    def _patience(self, shard: list[Document]) -> float | None:
        seconds = seconds_for(self.config.build, shard)
        return STARTING + PATIENCE * seconds if seconds else None

    def _ready(self, processes: int) -> ProcessPoolExecutor:
        if self._pool is None:
            self._pool = ProcessPoolExecutor(
                processes, self._context, initializer=_start_worker, initargs=(self.config, os.getpid())
            )
        return self._pool

    def _discard(self) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)
            self._pool = None

    def stop(self, *, now: bool) -> None:
        """End the processes, `now` or when they are done with what they do."""
        if now and self._pool is not None:
            for worker in list((self._pool._processes or {}).values()):
                # What hangs in a library may not hear that it is asked to end.
                worker.kill()
        self._discard()


_extractor: Extractor | KGError | None = None
_limits = BuildConfig()


def _start_worker(config: Config, parent: int) -> None:
    global _extractor, _limits
    # Ctrl-C reaches the whole group; the parent ends its workers.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    end_with(parent)
    _limits = config.build
    try:
        _extractor = extractor_for(config)
    except KGError as error:
        # An initializer that raises breaks the pool and loses the reason.
        _extractor = error


def _work(shard: list[Document]) -> list[Outcome]:
    if isinstance(_extractor, KGError):
        raise _extractor
    assert _extractor is not None, "the pool starts its workers with _start_worker"
    return [outcome.pack() for outcome in outcomes(_extractor, shard, _limits)]
