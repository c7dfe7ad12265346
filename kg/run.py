"""The run: sources are read and extracted, shard by shard and in processes, and a graph is made of them."""

from __future__ import annotations

import contextlib
import itertools
import logging
import multiprocessing
import os
import signal
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kg import read
from kg.bounds import OutOfTime, bounded
from kg.config import BuildConfig, Config
from kg.errors import ExtractionError, KGError, ReadError, SameText
from kg.interrupt import unheard
from kg.model import Document, Extraction

if TYPE_CHECKING:
    from kg.extract import Extractor
    from kg.graph.view import GraphView
    from kg.resolve import Linker

# A shard is what one process takes at a time; its size does not depend on the number of processes, so
# that what is batched together, and with it every result, does not either.
SHARD_DOCUMENTS = 64
SHARD_CHARACTERS = 200_000
# So many characters give a text one second more: some six times as long as ordinary prose takes.
CHARACTERS_A_SECOND = 1_000
log = logging.getLogger("kg.run")

# The limits where a caller gives none.
UNLESS_TOLD = BuildConfig()
LONGER = "give it longer with --set build.document_seconds=N, or 0 for no limit"
MORE = "give it more with --set build.document_memory=N (MiB), or 0 for no limit"

Progress = Callable[[int, int | None], None]
Skip = Callable[[KGError], None]


@dataclass(slots=True)
class Extracted:
    """Documents in memory with what was extracted from them: what a graph is made of, and grows with."""

    config: Config = field(default_factory=Config)
    documents: list[Document] = field(default_factory=list)
    extractions: list[Extraction] = field(default_factory=list)
    # In the place of the linkers that the settings name.
    linkers: Sequence[Linker] | None = None

    def put(self, document: Document, extraction: Extraction) -> None:
        """Take in a document that was read."""
        self.documents.append(document)
        self.extractions.append(extraction)

    def add_text(self, text: str, *, uri: str | None = None) -> None:
        """Read one more text; one that is there changes nothing, another under its URI makes way for it."""
        document = read.document_from_text(text, source=uri or "text", uri=uri)
        if any(d.id == document.id for d in self.documents):
            return
        pairs = list(zip(self.documents, self.extractions, strict=True))
        if uri is not None:
            pairs = [(d, e) for d, e in pairs if d.uri != uri]
        pairs.append((document, extract_document(document, self.config)))
        self.documents, self.extractions = [d for d, _ in pairs], [e for _, e in pairs]

    def graph(self) -> GraphView:
        """Resolve what was extracted, and assemble the graph of it."""
        # Loaded here, so that workers are forked from a small process.
        from kg.graph.view import GraphView
        from kg.resolve import resolve

        resolution = resolve(self.extractions, config=self.config, linkers=self.linkers)
        log.info("%d entities in %d documents", len(resolution.entities), len(self.documents))
        return GraphView.from_records(self.documents, self.extractions, resolution, config=self.config.rdf)


@dataclass(frozen=True, slots=True)
class Run:
    """A finished run: what was extracted, and what was left out and why."""

    extracted: Extracted
    left_out: tuple[KGError, ...]
    missed: bool  # a source that was named, not merely met in a folder, is among them
    seconds: float


def run(
    sources: read.Sources,
    *,
    config: Config | None = None,
    processes: int | None = None,
    linkers: Sequence[Linker] | None = None,
    on_skip: Skip | None = None,
    progress: Progress | None = None,
    into: Extracted | None = None,
) -> Run:
    """Read and extract, and tell how it went; what fails is left out, listed and handed to `on_skip`.

    Where there is something to put it `into`, that grows.
    """
    started = time.monotonic()
    config = config or Config()
    left_out: list[KGError] = []
    extracted = into or Extracted(config, linkers=linkers)
    seen = {document.id: document.source for document in extracted.documents}

    def skip(error: KGError) -> None:
        left_out.append(error)
        if on_skip is not None:
            on_skip(error)

    def is_new(source: read.Source, document: Document) -> bool:
        """Whether a text was not there before under another name: then it says nothing new."""
        if document.id in seen:
            skip(SameText(f"the same text as {seen[document.id]}", where=document.source))
            return False
        seen[document.id] = document.source
        return True

    found = read.find(sources, config=config.read, fetch=config.build.fetch, on_skip=skip)
    asked = {s.shown for s in found if s.asked} | {error.where for error in left_out}
    for _, document, extraction in extract_sources(
        found,
        config,
        wanted=is_new,
        failed=lambda _, error: skip(error),
        processes=processes,
        progress=progress,
    ):
        extracted.put(document, extraction)
    if not extracted.documents:
        raise ReadError("nothing could be read" if left_out else "no documents")
    missed = any(error.where in asked for error in left_out)
    seconds = time.monotonic() - started
    log.info("%d documents read in %.1f s, %d left out", len(extracted.documents), seconds, len(left_out))
    return Run(extracted, tuple(left_out), missed, seconds)


def build_of(
    documents: Iterable[Document],
    paths: Sequence[str | os.PathLike[str]] = (),
    *,
    config: Config | None = None,
    processes: int | None = None,
    linkers: Sequence[Linker] | None = None,
    on_skip: Skip,
) -> Extracted:
    """Extract from documents in memory, which are taken as they are needed, and from files if any.

    `paths` are looked at when all documents were taken, so that who gives those may still find some.
    """
    config = config or Config()
    extracted = Extracted(config, linkers=linkers)
    seen: dict[str, str] = {}

    def wanted() -> Iterator[Document]:
        for document in documents:
            if document.id in seen:
                on_skip(SameText(f"the same text as {seen[document.id]}", where=document.source))
            else:
                seen[document.id] = document.source
                yield document

    for document, result in extract_all(wanted(), config, processes=workers(config, processes)):
        if isinstance(result, KGError):
            on_skip(result)
        else:
            extracted.put(document, result)
    if paths:
        run(paths, config=config, processes=processes, on_skip=on_skip, into=extracted)
    if not extracted.documents:
        raise ReadError("nothing could be read" if seen else "no documents")
    return extracted


def extract_sources(
    found: list[read.Source],
    config: Config,
    *,
    wanted: Callable[[read.Source, Document], bool],
    failed: Callable[[read.Source, KGError], None],
    done: Callable[[read.Source], None] | None = None,
    processes: int | None = None,
    progress: Progress | None = None,
) -> Iterator[tuple[read.Source, Document, Extraction]]:
    """Read sources and give what is extracted from each, in their order.

    A document that is not `wanted` is not extracted; what cannot be read or extracted is handed to `failed`.
    `done` hears when all of a source was read, though not yet extracted.
    """
    waiting: deque[read.Source] = deque()
    settled = 0
    total = len(found)

    def documents() -> Iterator[Document]:
        nonlocal settled, total
        for source in found:
            parts = 0
            for each in _read(source, config):
                parts += 1
                if isinstance(each, KGError):
                    failed(source, each)
                elif wanted(source, each):
                    waiting.append(source)
                    yield each
                    continue
                settled += 1
            # Of a file that holds several the others are known only now.
            total += parts - 1
            if done is not None:
                done(source)

    for document, result in extract_all(documents(), config, processes=workers(config, processes)):
        source = waiting.popleft()
        if isinstance(result, KGError):
            failed(source, result)
        else:
            for note in result.notes:
                log.warning("%s: %s", _shown(source, document), note)
            log.debug("%s: %d mentions, %d claims", document.source, len(result.mentions), len(result.claims))
            yield source, document, result
        settled += 1
        if progress is not None:
            progress(settled, max(total, settled))


def _read(source: read.Source, config: Config) -> Iterator[Document | KGError]:
    """Read the documents of a source, each within the limits of one."""
    limits = config.build
    found = read.read_each(source, config=config.read)
    while True:
        try:
            with bounded(seconds=limits.document_seconds, memory=limits.document_memory * 2**20):
                each = next(found, None)
        except OutOfTime:
            what = f"stopped after {limits.document_seconds:g} seconds of reading the file"
            each = ReadError(what, where=source.shown, remedy=LONGER)
        except MemoryError:
            what = f"reading the file takes more than {limits.document_memory:,} MiB of memory"
            each = ReadError(what, where=source.shown, remedy=MORE)
        if each is None:
            return
        yield each


def _shown(source: read.Source, document: Document) -> str:
    """Give a document as messages call it: the path of its file, and its part of it."""
    return source.shown + document.source.removeprefix(source.name)


def extract_document(document: Document, config: Config) -> Extraction:
    """Extract from one document; the model that was loaded for the last is at hand for the next."""
    from kg.extract import extractor_of

    (result,) = extract_shard(extractor_of(config.extract), [document], config.build)
    if isinstance(result, KGError):
        raise result
    return result


def extract_all(
    documents: Iterable[Document], config: Config, *, processes: int = 1
) -> Iterator[tuple[Document, Extraction | KGError]]:
    """Extract from documents, in their order; a document that fails gives its error."""
    work = shards(documents)
    if processes > 1:
        # No more workers than there are shards; the first few are looked at ahead.
        ahead = [shard for _, shard in zip(range(processes), work, strict=False)]
        if len(ahead) > 1:
            yield from _in_processes(itertools.chain(ahead, work), config, len(ahead))
            return
        work = iter(ahead)
    # Loaded here, because it brings spaCy.
    from kg.extract import Extractor

    extractor = None
    for shard in work:
        extractor = extractor or Extractor(config.extract)
        yield from zip(shard, extract_shard(extractor, shard, config.build), strict=True)


def extract_shard(
    extractor: Extractor, shard: list[Document], limits: BuildConfig = UNLESS_TOLD
) -> list[Extraction | KGError]:
    """Extract from documents together; if that fails, from each alone, to find the one that fails."""
    try:
        with _within(limits, shard):
            return list(extractor.pipe(shard))
    except (Exception, OutOfTime):
        return [_extract_alone(extractor, document, limits) for document in shard]


def _extract_alone(extractor: Extractor, document: Document, limits: BuildConfig) -> Extraction | KGError:
    try:
        with _within(limits, [document]):
            return extractor.extract(document)
    except KGError as error:
        return error
    except OutOfTime:
        what, remedy = f"stopped after {_seconds(limits, [document]):,.0f} seconds", LONGER
    except MemoryError:
        what, remedy = f"takes more than {limits.document_memory:,} MiB of memory", MORE
    except Exception as error:
        reason = f"{type(error).__name__}: {error}".splitlines()[0]
        what, remedy = f"extraction failed ({reason})", ""
    return ExtractionError(what, where=document.source, remedy=remedy)


def _within(limits: BuildConfig, shard: list[Document]) -> contextlib.AbstractContextManager[None]:
    return bounded(seconds=_seconds(limits, shard), memory=limits.document_memory * 2**20)


def _seconds(limits: BuildConfig, shard: list[Document]) -> float:
    """Give the time that documents may take together; an ordinary shard has far more than it needs."""
    if not limits.document_seconds:
        return 0.0
    return limits.document_seconds + sum(len(d.text) for d in shard) / CHARACTERS_A_SECOND


def workers(config: Config, processes: int | None = None) -> int:
    """Give the number of processes to use; 0 stands for one a core."""
    wanted = config.build.processes if processes is None else processes
    return wanted or (
        len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    )


def shards(documents: Iterable[Document]) -> Iterator[list[Document]]:
    """Give documents in the portions in which they are worked on."""
    shard: list[Document] = []
    size = 0
    for document in documents:
        shard.append(document)
        size += len(document.text)
        if len(shard) >= SHARD_DOCUMENTS or size >= SHARD_CHARACTERS:
            yield shard
            shard, size = [], 0
    if shard:
        yield shard


class _Workers:
    """Processes that extract; when one dies, others are started and the document that killed it is found."""

    def __init__(self, config: Config, processes: int) -> None:
        self.config, self.processes = config, processes
        method = "fork" if "fork" in multiprocessing.get_all_start_methods() else "spawn"
        self._context = multiprocessing.get_context(method)
        self._pool: ProcessPoolExecutor | None = None

    def submit(self, shard: list[Document]) -> Future[list[Extraction | KGError]]:
        """Hand a shard to a process."""
        try:
            with unheard():
                return self._ready(self.processes).submit(_work, shard)
        except BrokenProcessPool as error:
            broken: Future[list[Extraction | KGError]] = Future()
            broken.set_exception(error)
            return broken

    def results(
        self, shard: list[Document], future: Future[list[Extraction | KGError]]
    ) -> list[Extraction | KGError]:
        """Wait for the results of a shard; where its process died, they are made document by document."""
        try:
            return future.result()
        except BrokenProcessPool:
            log.info("a process was killed; the documents at hand are read one by one")
            self._discard()
        try:
            return [self._alone(document) for document in shard]
        finally:
            self._discard()

    def _alone(self, document: Document) -> Extraction | KGError:
        try:
            with unheard():
                future = self._ready(1).submit(_work, [document])
            (result,) = future.result()
        except BrokenProcessPool:
            self._discard()
            remedy = "it may have run out of memory; use fewer processes"
            return ExtractionError(
                "the process that read it was killed", where=document.source, remedy=remedy
            )
        return result

    def _ready(self, processes: int) -> ProcessPoolExecutor:
        if self._pool is None:
            self._pool = ProcessPoolExecutor(
                processes, self._context, initializer=_start_worker, initargs=(self.config,)
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
                worker.terminate()
        self._discard()


def _in_processes(
    shards: Iterator[list[Document]], config: Config, processes: int
) -> Iterator[tuple[Document, Extraction | KGError]]:
    """Keep a few shards in flight, and give their results in order."""
    workers = _Workers(config, processes)
    waiting: deque[tuple[list[Document], Future[list[Extraction | KGError]]]] = deque()
    try:
        for shard in shards:
            waiting.append((shard, workers.submit(shard)))
            if len(waiting) > 2 * processes:
                shard, future = waiting.popleft()
                yield from zip(shard, workers.results(shard, future), strict=True)
        for shard, future in waiting:
            yield from zip(shard, workers.results(shard, future), strict=True)
    except BaseException:
        workers.stop(now=True)
        raise
    workers.stop(now=False)


_extractor: Extractor | KGError | None = None
_limits = BuildConfig()


def _start_worker(config: Config) -> None:
    global _extractor, _limits
    # Ctrl-C reaches the whole group; the parent ends its workers.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    from kg.extract import Extractor

    _limits = config.build
    try:
        _extractor = Extractor(config.extract)
    except KGError as error:
        # An initializer that raises breaks the pool and loses the reason.
        _extractor = error


def _work(shard: list[Document]) -> list[Extraction | KGError]:
    if isinstance(_extractor, KGError):
        raise _extractor
    assert _extractor is not None, "the pool starts its workers with _start_worker"
    return extract_shard(_extractor, shard, _limits)
