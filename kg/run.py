"""The run: sources are read, extracted, resolved and assembled into one graph."""

from __future__ import annotations

import functools
import itertools
import multiprocessing
import os
import signal
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg import read
from kg.config import Config, ExtractConfig, RdfConfig
from kg.errors import ExtractionError, KGError, ReadError
from kg.model import Document, Extraction

if TYPE_CHECKING:
    from kg.extract import Extractor
    from kg.graph.view import KnowledgeGraph

# A shard is what one process takes at a time; its size does not depend on the number of processes, so
# that what is batched together, and with it every result, does not either.
SHARD_DOCUMENTS = 64
SHARD_CHARACTERS = 200_000

Progress = Callable[[int, int | None], None]


@dataclass(frozen=True, slots=True)
class Run:
    """A finished build: the graph, and what was left out and why."""

    graph: KnowledgeGraph
    documents: int
    left_out: tuple[KGError, ...]
    missed: bool  # a source that was named, not merely met in a folder, is among them
    seconds: float


def build(
    sources: read.Sources,
    *,
    config: Config | None = None,
    processes: int | None = None,
    on_skip: Callable[[KGError], None] | None = None,
) -> KnowledgeGraph:
    """Build the graph of files, folders and globs.

    A source or document that fails raises; with `on_skip` it is handed over and left out.
    """
    return run(sources, config=config, processes=processes, on_skip=on_skip or _raise).graph


def run(
    sources: read.Sources,
    *,
    config: Config | None = None,
    processes: int | None = None,
    on_skip: Callable[[KGError], None] | None = None,
    progress: Progress | None = None,
) -> Run:
    """Build a graph and tell how it went; what fails is left out, listed and handed to `on_skip`."""
    started = time.monotonic()
    config = config or Config()
    left_out: list[KGError] = []

    def skip(error: KGError) -> None:
        left_out.append(error)
        if on_skip is not None:
            on_skip(error)

    found = read.find(sources, config=config.read, on_skip=skip)
    asked = {s.shown for s in found if s.asked} | {error.where for error in left_out}
    documents = _distinct(_read(found, config, skip), skip)
    kept: list[Document] = []
    extractions: list[Extraction] = []
    for document, result in extract_all(documents, config.extract, processes=workers(config, processes)):
        if isinstance(result, KGError):
            skip(result)
        else:
            kept.append(document)
            extractions.append(result)
        if progress is not None:
            progress(len(extractions) + len(left_out), len(found))
    if not kept:
        raise ReadError("nothing could be read" if left_out else "no documents")

    graph = assemble(kept, extractions, config)
    missed = any(error.where in asked for error in left_out)
    return Run(graph, len(kept), tuple(left_out), missed, time.monotonic() - started)


def assemble(documents: list[Document], extractions: list[Extraction], config: Config) -> KnowledgeGraph:
    """Resolve what was extracted, and make the graph of it."""
    # Loaded here, so that workers are forked from a small process.
    from kg.graph.view import KnowledgeGraph
    from kg.resolve import resolve

    resolution = resolve(extractions, config=config)
    graph = KnowledgeGraph.from_records(documents, extractions, resolution, config=config.rdf)
    graph.grow = functools.partial(_grow_records, documents, extractions, config)
    return graph


def _grow_records(
    documents: list[Document],
    extractions: list[Extraction],
    config: Config,
    graph: KnowledgeGraph,
    text: str,
    uri: str | None,
) -> KnowledgeGraph:
    document = read.document_from_text(text, source=uri or "text", uri=uri)
    if any(d.id == document.id for d in documents):
        return graph
    pairs = [(d, e) for d, e in zip(documents, extractions, strict=True) if uri is None or d.uri != uri]
    pairs.append((document, _extractor_of(config.extract).extract(document)))
    return assemble([d for d, _ in pairs], [e for _, e in pairs], config)


def grow_file(graph: KnowledgeGraph, text: str, uri: str | None) -> KnowledgeGraph:
    """Add a text to a graph that was opened from a file, where extractions are no longer known."""
    document = read.document_from_text(text, source=uri or "text", uri=uri)
    if all(d.id != document.id for d in graph.documents):
        config = Config(rdf=RdfConfig(base=graph.names.base))
        other = assemble([document], [_extractor_of(config.extract).extract(document)], config)
        graph.store.add(other.store.triples())
        graph.texts.update(other.texts)
    return graph


@functools.lru_cache(maxsize=1)
def _extractor_of(config: ExtractConfig) -> Extractor:
    from kg.extract import Extractor

    return Extractor(config)


def extract_all(
    documents: Iterable[Document], config: ExtractConfig, *, processes: int = 1
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
        extractor = extractor or Extractor(config)
        yield from zip(shard, extract_shard(extractor, shard), strict=True)


def extract_shard(extractor: Extractor, shard: list[Document]) -> list[Extraction | KGError]:
    """Extract from documents together; if that fails, from each alone, to find the one that fails."""
    try:
        return list(extractor.pipe(shard))
    except Exception:
        results: list[Extraction | KGError] = []
        for document in shard:
            try:
                results.append(extractor.extract(document))
            except KGError as error:
                results.append(error)
            except Exception as error:
                reason = f"{type(error).__name__}: {error}".splitlines()[0]
                results.append(ExtractionError(f"extraction failed ({reason})", where=document.source))
        return results


def _raise(error: KGError) -> None:
    raise error


def workers(config: Config, processes: int | None = None) -> int:
    """Give the number of processes to use; 0 stands for one a core."""
    wanted = config.build.processes if processes is None else processes
    return wanted or (
        len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    )


def _read(
    sources: Iterable[read.Source], config: Config, skip: Callable[[KGError], None]
) -> Iterator[Document]:
    for source in sources:
        try:
            yield read.read(source, config=config.read)
        except ReadError as error:
            skip(error)


def _distinct(documents: Iterable[Document], skip: Callable[[KGError], None]) -> Iterator[Document]:
    """Leave out a text that was there before under another name: it says nothing new."""
    seen: dict[str, str] = {}
    for document in documents:
        if document.id in seen:
            skip(ReadError(f"the same text as {seen[document.id]}", where=document.source))
        else:
            seen[document.id] = document.source
            yield document


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


def _in_processes(
    shards: Iterator[list[Document]], config: ExtractConfig, processes: int
) -> Iterator[tuple[Document, Extraction | KGError]]:
    """Keep a few shards in flight, and give their results in order."""
    method = "fork" if "fork" in multiprocessing.get_all_start_methods() else "spawn"
    pool = ProcessPoolExecutor(
        processes, multiprocessing.get_context(method), initializer=_start_worker, initargs=(config,)
    )
    waiting: deque[tuple[list[Document], Future[list[Extraction | KGError]]]] = deque()
    try:
        for shard in shards:
            waiting.append((shard, pool.submit(_work, shard)))
            if len(waiting) > 2 * processes:
                yield from _results(waiting)
        while waiting:
            yield from _results(waiting)
    except BrokenProcessPool as error:
        raise ExtractionError(
            "a worker process was killed", remedy="it may have run out of memory; use fewer processes"
        ) from error
    except BaseException:
        for worker in list((pool._processes or {}).values()):
            worker.terminate()
        raise
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _results(
    waiting: deque[tuple[list[Document], Future[list[Extraction | KGError]]]],
) -> Iterator[tuple[Document, Extraction | KGError]]:
    shard, future = waiting.popleft()
    yield from zip(shard, future.result(), strict=True)


_extractor: Extractor | KGError | None = None


def _start_worker(config: ExtractConfig) -> None:
    global _extractor
    # Ctrl-C reaches the whole group; the parent ends its workers.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    from kg.extract import Extractor

    try:
        _extractor = Extractor(config)
    except KGError as error:
        # An initializer that raises breaks the pool and loses the reason.
        _extractor = error


def _work(shard: list[Document]) -> list[Extraction | KGError]:
    if isinstance(_extractor, KGError):
        raise _extractor
    assert _extractor is not None, "the pool starts its workers with _start_worker"
    return extract_shard(_extractor, shard)
