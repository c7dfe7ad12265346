"""A run on a cluster: workers of dask.distributed read and extract files that they and the client both see.

Through the scheduler go paths, settings and counts, no texts. A worker writes what it has done of a task, the
documents of some files, into the work folder and renames it into place; the client takes it up from there, in
the order of the files, so that the graph is the same to the byte as that of a run on one machine. A task is
known by its files and all that its result depends on: what is there of an earlier run is not done again,
whether the client, the scheduler or all workers went away.
"""

from __future__ import annotations

import functools
import json
import logging
import os
import struct
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg import errors, read
from kg.atomic import write_bytes
from kg.config import Config, fingerprint
from kg.errors import ExtractionError, KGError, MissingExtra
from kg.iri import digest
from kg.model import Document
from kg.run.diary import Diary
from kg.run.files import documents_of
from kg.run.shards import Outcome, extractor_for, outcomes, packed, portions, unpacked
from kg.run.work import TASKS, Work, state

if TYPE_CHECKING:
    from distributed import Client, Future

    from kg.extract import Extractor

# A task is about a minute of work, or so many files; its overhead is some milliseconds.
TASK_BYTES, TASK_FILES = 400_000, 200
# So often a client that has lost its scheduler looks for it again, with pauses that grow to so many seconds.
ATTEMPTS, LONGEST_PAUSE = 10, 30.0
HEAD = struct.Struct("<III")
# Seconds in which a scheduler that is there answers.
ANSWERS_WITHIN = 20.0
log = logging.getLogger("kg.run")


@dataclass(frozen=True, slots=True)
class Task:
    """Some files, and where the result of reading them is to lie."""

    sources: tuple[read.Source, ...]
    path: Path

    def alone(self) -> list[Task]:
        """Give a task for each of its files, to find the one that kills whoever reads it."""
        return [
            Task((source,), self.path.with_name(f"{self.path.name}-{i}"))
            for i, source in enumerate(self.sources)
        ]


def outcomes_on(
    address: str,
    found: list[read.Source],
    config: Config,
    work: Work,
    *,
    wanted: Callable[[read.Source, Document], bool],
    failed: Callable[[read.Source, KGError], None],
    progress: Callable[[int, int | None], None] | None = None,
    diary: Diary | None = None,
) -> Iterator[tuple[read.Source, Document, Outcome]]:
    """Give what `kg.run.outcomes_of` does, done by the workers of a scheduler."""
    if any(source.path == read.STDIN for source in found):
        raise KGError("standard input is not seen by workers", remedy="write it to a file first")
    diary = diary or Diary()
    made_by = state(config)
    folder = (work.path / TASKS).absolute()
    folder.mkdir(exist_ok=True)
    tasks = list(tasks_of(found, folder, f"{json.dumps(made_by)} {fingerprint(config.read)}"))
    done = 0
    with _Cluster(address, config, made_by) as cluster:
        cluster.submit(tasks)
        for task in tasks:
            for part in cluster.results(task):
                if isinstance(part, KGError):
                    failed(task.sources[0], part)
                    continue
                for source, document, outcome in records_in(part):
                    if document is None:
                        assert outcome.error is not None
                        failed(source, outcome.error)
                    elif wanted(source, document):
                        if outcome.error is not None:
                            failed(source, outcome.error)
                            continue
                        for note in outcome.notes:
                            log.warning("%s: %s", source.shown, note)
                        diary.document(document, outcome)
                        yield source, document, outcome
            done += len(task.sources)
            if progress is not None:
                progress(done, len(found))


def tasks_of(found: list[read.Source], folder: Path, made_by: str) -> Iterator[Task]:
    """Deal files out to tasks; which, does not depend on the workers."""
    group: list[read.Source] = []
    known: list[str] = []
    size = 0
    for source in found:
        here = source if not os.path.exists(source.path) else _absolute(source)
        status = os.stat(here.path) if os.path.exists(here.path) else None
        group.append(here)
        known.append(f"{here} {status.st_size} {status.st_mtime_ns}" if status else str(here))
        size += status.st_size if status else TASK_BYTES // 4
        if size >= TASK_BYTES or len(group) >= TASK_FILES:
            yield Task(tuple(group), folder / digest("\n".join((made_by, *known)), 32))
            group, known, size = [], [], 0
    if group:
        yield Task(tuple(group), folder / digest("\n".join((made_by, *known)), 32))


def _absolute(source: read.Source) -> read.Source:
    return read.Source(source.name, os.path.abspath(source.path), source.asked, source.inner)


class _Cluster:
    """A client that submits tasks, finds who kills workers, and comes back when the scheduler was away."""

    def __init__(self, address: str, config: Config, made_by: dict[str, Any]) -> None:
        self.address, self.config, self.made_by = address, config, made_by
        self.client: Client | None = None
        self.waiting: dict[Path, tuple[Task, Future]] = {}

    def __enter__(self) -> _Cluster:
        self._connect()
        return self

    def __exit__(self, *exc: object) -> None:
        if self.client is not None:
            self.client.cancel([future for _, future in self.waiting.values()])
            self.client.close(timeout=5)

    def _connect(self) -> None:
        try:
            from distributed import Client
        except ImportError as error:
            what = "dask.distributed is not installed"
            raise MissingExtra(what, remedy="pip install 'kg[cluster]'") from error
        try:
            self.client = Client(self.address, timeout=ANSWERS_WITHIN, set_as_default=False)
        except (OSError, ValueError) as error:
            remedy = "start it with: dask scheduler; and workers with: dask worker ADDRESS --nthreads 1"
            raise KGError(f"no scheduler answers ({error})", where=self.address, remedy=remedy) from error
        log.info("%d workers at %s", len(self.client.scheduler_info()["workers"]), self.address)
        log.warning("the cluster can be watched at %s", self.client.dashboard_link)

    def submit(self, tasks: list[Task]) -> None:
        """Hand in tasks whose results are not there yet."""
        if self.client is None:
            raise ConnectionError("not connected")
        for task in tasks:
            if not task.path.exists():
                future = self.client.submit(
                    work_on, task.sources, self.config, self.made_by, str(task.path), pure=False
                )
                self.waiting[task.path] = task, future

    def results(self, task: Task) -> Iterator[Path | KGError]:
        """Wait for a task; gives where its result lies, or those of its files one by one."""
        from distributed import KilledWorker

        try:
            self._wait(task)
            yield task.path
        except KilledWorker:
            log.info("workers were killed; the documents at hand are read one by one")
            parts = task.alone()
            self.submit(parts)
            for part in parts:
                try:
                    self._wait(part)
                    yield part.path
                except KilledWorker:
                    what, remedy = "the workers that read it were killed", "they may have run out of memory"
                    yield ExtractionError(what, where=part.sources[0].shown, remedy=remedy)

    def _wait(self, task: Task) -> None:
        for attempt in range(ATTEMPTS + 1):
            if task.path.exists():
                self.waiting.pop(task.path, None)
                return
            try:
                self._result(task)
            except KGError:
                raise
            except _gone() as error:
                if attempt == ATTEMPTS:
                    raise KGError(f"the scheduler is gone ({error})", where=self.address) from error
                log.warning("the scheduler does not answer; looking for it again")
                time.sleep(min(2.0**attempt, LONGEST_PAUSE))
                self._again()

    def _result(self, task: Task) -> None:
        if task.path in self.waiting:
            _, future = self.waiting[task.path]
            try:
                future.result()
            finally:
                if future.done():
                    self.waiting.pop(task.path, None)
        if not task.path.exists():
            self.submit([task])

    def _again(self) -> None:
        """Connect anew, and hand in again what was not done."""
        tasks = [task for task, _ in self.waiting.values()]
        self.waiting.clear()
        if self.client is not None:
            self.client.close(timeout=2)
            self.client = None
        try:
            self._connect()
        except KGError as error:
            log.info("%s", error)
            return
        self.submit(tasks)


def _gone() -> tuple[type[BaseException], ...]:
    """Give the errors that tell that a scheduler went away."""
    from concurrent.futures import CancelledError

    from distributed.comm import CommClosedError

    return (CancelledError, CommClosedError, OSError, TimeoutError)


# On a worker.

_one_at_a_time = threading.Lock()


@functools.lru_cache(maxsize=1)
def _extractor(config: Config) -> Extractor:
    """Load the model, once a worker."""
    return extractor_for(config)


def work_on(sources: tuple[read.Source, ...], config: Config, made_by: dict[str, Any], path: str) -> int:
    """Read and extract some files, and leave the result at a path; gives the number of documents."""
    with _one_at_a_time:
        if os.path.exists(path):
            return 0
        here = state(config)
        if other := [name for name in made_by if made_by[name] != here.get(name)]:
            raise KGError(
                f"a worker has another {other[0]} than the client",
                remedy="install the same versions on all machines",
            )
        frames: list[bytes] = []
        origin: deque[int] = deque()

        def documents() -> Iterator[Document]:
            for number, source in enumerate(sources):
                for each in documents_of(source, config):
                    if isinstance(each, KGError):
                        frames.append(_frame(sources[number], None, Outcome(error=each)))
                    else:
                        origin.append(number)
                        yield each

        count = 0
        for shard in portions(documents()):
            for document, outcome in zip(
                shard, outcomes(_extractor(config), shard, config.build), strict=True
            ):
                frames.append(_frame(sources[origin.popleft()], document, outcome))
                count += 1
        write_bytes(Path(path), b"".join(frames))
        return count


def _frame(source: read.Source, document: Document | None, outcome: Outcome) -> bytes:
    error = outcome.error
    told = None if error is None else (type(error).__name__, error.what, error.where, error.remedy)
    head = {
        "source": [source.name, source.path, source.asked, source.inner],
        "error": told,
        "seconds": outcome.seconds,
        "cpu": outcome.cpu,
        "mentions": outcome.mentions,
        "claims": outcome.claims,
        "notes": outcome.notes,
        "spent": outcome.spent,
    }
    parts = (
        json.dumps(head).encode(),
        packed(document) if document is not None else b"",
        outcome.packed if error is None else b"",
    )
    return HEAD.pack(*map(len, parts)) + b"".join(parts)


def records_in(path: Path) -> Iterator[tuple[read.Source, Document | None, Outcome]]:
    """Give what a worker has left: each document with its outcome, or an error without a document."""
    with path.open("rb") as file:
        while start := file.read(HEAD.size):
            head, document, extraction = (file.read(size) for size in HEAD.unpack(start))
            values = json.loads(head)
            source = read.Source(*values.pop("source"))
            told = values.pop("error")
            values["notes"] = tuple(values["notes"])
            outcome = Outcome(**values, data=extraction or None)
            if told is not None:
                kind, what, where, remedy = told
                outcome.error = getattr(errors, kind, KGError)(what, where=where, remedy=remedy)
            yield source, Document.from_dict(unpacked(document)) if document else None, outcome
