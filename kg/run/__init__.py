"""The run: sources are read and extracted, shard by shard and in processes, and a graph is made of them.

`shards` are the portions and what becomes of each document, `workers` the processes, `work` what is kept of
a run so that it can go on, `diary` what is told of it.
"""

from __future__ import annotations

import itertools
import logging
import os
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from kg import read
from kg.config import Config
from kg.corrections import Corrections, Followed, Idle
from kg.errors import KGError, ReadError, SameText
from kg.forked import forked
from kg.model import Document, Extraction
from kg.run.diary import Diary
from kg.run.files import documents_of
from kg.run.shards import Outcome, extract_here, extract_shard, portions
from kg.run.work import Keep, key_of, pair_of
from kg.run.workers import extract_in_processes, processes_for
from kg.uncollected import uncollected

if TYPE_CHECKING:
    from kg.graph.describing import Described
    from kg.graph.view import GraphView
    from kg.resolve import Linker, Resolution

__all__ = [
    "Diary",
    "Extracted",
    "Keep",
    "Progress",
    "Run",
    "Skip",
    "build_of",
    "documents_in",
    "extract_all",
    "extract_document",
    "extract_sources",
    "processes_for",
    "run",
]
log = logging.getLogger("kg.run")
# Of fewer documents the graph is made as fast without further processes; they take so many at once.
WORTH_PROCESSES, AT_ONCE = 128, 16

Progress = Callable[[int, int | None], None]
Skip = Callable[[KGError], None]


@dataclass(slots=True)
class Extracted:
    """Documents with what was extracted from them: what a graph is made of, and grows with.

    They are in memory, or, where there is somewhere to keep them and they are many, on the disk.
    """

    config: Config = field(default_factory=Config)
    documents: list[Document] = field(default_factory=list)
    extractions: list[Extraction] = field(default_factory=list)
    # In the place of the linkers that the settings name.
    linkers: Sequence[Linker] | None = None
    keep: Keep | None = None
    # Those that lie on the disk.
    kept: list[str] = field(default_factory=list)
    diary: Diary = field(default_factory=Diary)
    # In so many parts, and processes where that is worth it, names are compared.
    processes: int = 1
    # What people decided about the graph, and which of that has no effect; known once there is a graph.
    corrections: Corrections = field(default_factory=Corrections)
    idle: list[Idle] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.documents) + len(self.kept)

    def put(self, document: Document, extraction: Extraction) -> None:
        """Take in a document that was read."""
        self.documents.append(document)
        self.extractions.append(extraction)

    def take(self, document: Document, outcome: Outcome) -> None:
        """Take in what came of a document, into memory or onto the disk."""
        if self.keep is None or (self.keep.work is None and len(self.documents) < self.keep.after):
            self.put(document, outcome.extraction)
            return
        work = self.keep.open()
        pairs = [(d, Outcome.of(e)) for d, e in zip(self.documents, self.extractions, strict=True)]
        self.documents, self.extractions = [], []
        for each, result in [*pairs, (document, outcome)]:
            key = key_of(each)
            work.put(key, each, result)
            self.kept.append(key)

    def recall(self, document: Document) -> bool:
        """Take in a document that an earlier run has extracted; whether one has."""
        if self.keep is None or self.keep.work is None or not self.keep.work.has(key := key_of(document)):
            return False
        self.kept.append(key)
        return True

    def pairs(self) -> Iterator[tuple[Document, Extraction]]:
        """Give each document with what was extracted from it."""
        if self.keep is not None and self.keep.work is not None:
            yield from self.keep.work.pairs(self.kept)
        yield from zip(self.documents, self.extractions, strict=True)

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

    def remove(self, names: Iterable[str]) -> None:
        """Leave out documents, by id."""
        gone = set(names)
        pairs = [(d, e) for d, e in self.pairs() if d.id not in gone]
        self.documents, self.extractions, self.kept = [d for d, _ in pairs], [e for _, e in pairs], []

    @uncollected()
    def graph(self) -> GraphView:
        """Resolve what was extracted, and assemble the graph of it."""
        # Loaded here, so that workers are forked from a small process.
        from kg.graph.view import GraphView
        from kg.resolve import Parts, resolve

        sources: dict[str, str] = {}
        decisions = self.corrections.decisions(sources)
        followed = Followed(self.corrections.valid)
        with self.diary.stage("resolve"):
            found = self._noted(sources, followed)
            resolution = resolve(
                found,
                config=self.config,
                linkers=self.linkers,
                decisions=decisions,
                parts=Parts(self.processes, self.processes),
            )
        log.info("%d entities in %d documents", len(resolution.entities), len(self))
        with self.diary.stage("assemble"):
            graph = GraphView.from_described(
                self._described(resolution), resolution, config=self.config.rdf, reviewed=followed.used
            )
        self.idle = followed.idle(decisions.idle)
        return graph

    def _amended(self) -> Iterator[tuple[Document, Extraction]]:
        """Give each document with what was extracted from it, as corrections have it."""
        for document, extraction in self.pairs():
            yield document, self.corrections.amended(document, extraction)

    def _described(self, resolution: Resolution) -> Iterator[Described]:
        """Give what each document gives to the graph; where they are many, processes work it out."""
        from kg.graph.describing import describe

        def described(document: Document, extraction: Extraction) -> Described:
            amended = self.corrections.amended(document, extraction)
            return describe(document, amended, resolution, self.config.rdf, self.corrections.reviews)

        def of_some(kept: list[tuple[bytes, bytes]]) -> list[Described]:
            return [described(*pair_of(each)) for each in kept]

        if self.keep is not None and self.keep.work is not None:
            processes = self.processes if len(self.kept) >= WORTH_PROCESSES else 1
            packed = self.keep.work.packed_pairs(self.kept)
            some = iter(lambda: list(itertools.islice(packed, AT_ONCE)), [])
            yield from itertools.chain.from_iterable(forked(of_some, some, processes))
        yield from map(described, self.documents, self.extractions)

    def _noted(self, sources: dict[str, str], followed: Followed) -> Iterator[Extraction]:
        """Give what was extracted, as far as resolution looks at it.

        Note what documents there are and which corrections are about them.
        """
        if not self.corrections:
            # Loaded here for the reason that `graph` has.
            from kg.resolve import TELLING

            if self.keep is not None and self.keep.work is not None:
                yield from self.keep.work.extractions(self.kept, TELLING)
            yield from self.extractions
            return
        for document, extraction in self._amended():
            sources[document.id] = document.source
            followed.look(document, extraction)
            yield extraction


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
    keep: Keep | None = None,
    diary: Diary | None = None,
    scheduler: str = "",
    corrections: Corrections | None = None,
) -> Run:
    """Read and extract, and tell how it went; what fails is left out, listed and handed to `on_skip`.

    Where there is something to put it `into`, that grows. With `keep` a run that was stopped goes on from
    what is there. `diary` hears how each document went. With the address of a `scheduler` of dask the work is
    done by its workers, and `keep` is a folder that they see, too. What people decided are `corrections`.
    """
    started = time.monotonic()
    config = config or Config()
    left_out: list[KGError] = []
    diary = diary or Diary()
    extracted = Extracted(config, linkers=linkers, keep=keep, diary=diary) if into is None else into
    extracted.processes = processes_for(config, processes)
    if corrections is not None:
        extracted.corrections = corrections
    seen = {document.id: document.source for document in extracted.documents}
    # The files of which something is in the graph.
    given: set[str] = set()

    def skip(error: KGError) -> None:
        left_out.append(error)
        diary.fault(error)
        if on_skip is not None:
            on_skip(error)

    def is_new(source: read.Source, document: Document) -> bool:
        """Whether a text was not there before under another name: then it says nothing new."""
        if document.id in seen:
            given.add(source.shown)
            skip(SameText(f"the same text as {seen[document.id]}", where=document.source))
            return False
        seen[document.id] = document.source
        known = extracted.recall(document)
        if known:
            given.add(source.shown)
        return not known

    found = read.find(sources, config=config.read, fetch=config.build.fetch, on_skip=skip)
    missed = bool(left_out)
    hear: dict[str, Any] = {
        "wanted": is_new,
        "failed": lambda _, error: skip(error),
        "progress": progress,
        "diary": diary,
    }
    if scheduler:
        from kg.run.cluster import outcomes_on

        assert keep is not None, "workers leave their results in a folder"
        stream = outcomes_on(scheduler, found, config, keep.open(), **hear)
    else:
        stream = outcomes_of(found, config, processes=processes, **hear)
    for source, document, outcome in stream:
        extracted.take(document, outcome)
        given.add(source.shown)
    if not len(extracted):
        raise ReadError("nothing could be read" if left_out else "no documents")
    # Of a file that holds several documents one may be broken.
    missed = missed or not {source.shown for source in found if source.asked} <= given
    seconds = time.monotonic() - started
    log.info("%d documents read in %.1f s, %d left out", len(extracted), seconds, len(left_out))
    return Run(extracted, tuple(left_out), missed, seconds)


def build_of(
    documents: Iterable[Document],
    paths: Sequence[str | os.PathLike[str]] = (),
    *,
    config: Config | None = None,
    processes: int | None = None,
    linkers: Sequence[Linker] | None = None,
    on_skip: Skip,
    corrections: Corrections | None = None,
) -> Extracted:
    """Extract from documents in memory, which are taken as they are needed, and from files if any.

    `paths` are looked at when all documents were taken, so that who gives those may still find some.
    """
    config = config or Config()
    extracted = Extracted(config, linkers=linkers, corrections=corrections or Corrections())
    seen: dict[str, str] = {}

    def wanted() -> Iterator[Document]:
        for document in documents:
            if document.id in seen:
                on_skip(SameText(f"the same text as {seen[document.id]}", where=document.source))
            else:
                seen[document.id] = document.source
                yield document

    for document, result in extract_all(wanted(), config, processes=processes_for(config, processes)):
        if isinstance(result, KGError):
            on_skip(result)
        else:
            extracted.put(document, result)
    if paths:
        run(paths, config=config, processes=processes, on_skip=on_skip, into=extracted)
    if not extracted.documents:
        raise ReadError("nothing could be read" if seen else "no documents")
    return extracted


def documents_in(paths: read.Sources, config: Config, on_skip: Skip) -> Iterator[Document]:
    """Read the documents of files, folders and globs; what cannot be read is handed over and left out."""
    for source in read.find(paths, config=config.read, fetch=config.build.fetch, on_skip=on_skip):
        for found in documents_of(source, config):
            if isinstance(found, KGError):
                on_skip(found)
            else:
                yield found


def extract_sources(
    found: list[read.Source],
    config: Config,
    *,
    wanted: Callable[[read.Source, Document], bool],
    failed: Callable[[read.Source, KGError], None],
    done: Callable[[read.Source], None] | None = None,
    processes: int | None = None,
    progress: Progress | None = None,
    diary: Diary | None = None,
) -> Iterator[tuple[read.Source, Document, Extraction]]:
    """Read sources and give what is extracted from each, in their order.

    A document that is not `wanted` is not extracted; what cannot be read or extracted is handed to `failed`.
    `done` hears when all of a source was read, though not yet extracted.
    """
    for source, document, outcome in outcomes_of(
        found,
        config,
        wanted=wanted,
        failed=failed,
        done=done,
        processes=processes,
        progress=progress,
        diary=diary,
    ):
        yield source, document, outcome.extraction


def outcomes_of(
    found: list[read.Source],
    config: Config,
    *,
    wanted: Callable[[read.Source, Document], bool],
    failed: Callable[[read.Source, KGError], None],
    done: Callable[[read.Source], None] | None = None,
    processes: int | None = None,
    progress: Progress | None = None,
    diary: Diary | None = None,
) -> Iterator[tuple[read.Source, Document, Outcome]]:
    """Give what `extract_sources` does, each extraction as it came."""
    diary = diary or Diary()
    waiting: deque[read.Source] = deque()
    settled = 0
    # How many there are is not known while a file of several is open: its rows are counted as they are read.
    total, several = len(found), False

    def documents() -> Iterator[Document]:
        nonlocal settled, total, several
        for source in found:
            parts = 0
            for each in diary.timed("read", documents_of(source, config)):
                parts += 1
                several = parts > 1
                if isinstance(each, KGError):
                    failed(source, each)
                elif wanted(source, each):
                    waiting.append(source)
                    yield each
                    continue
                settled += 1
            total, several = total + parts - 1, False
            if done is not None:
                done(source)

    for document, outcome in _outcomes(documents(), config, processes=processes_for(config, processes)):
        source = waiting.popleft()
        if outcome.error is not None:
            failed(source, outcome.error)
        else:
            for note in outcome.notes:
                log.warning("%s: %s", _shown(source, document), note)
            log.debug("%s: %d mentions, %d claims", document.source, outcome.mentions, outcome.claims)
            diary.document(document, outcome)
            yield source, document, outcome
        settled += 1
        if progress is not None:
            progress(settled, None if several else max(total, settled))


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
    for document, outcome in _outcomes(documents, config, processes=processes):
        yield document, outcome.error or outcome.extraction


def _outcomes(
    documents: Iterable[Document], config: Config, *, processes: int
) -> Iterator[tuple[Document, Outcome]]:
    work = portions(documents)
    # No more workers than there are shards; the first few are looked at ahead.
    ahead = [shard for _, shard in zip(range(processes), work, strict=False)] if processes > 1 else []
    if len(ahead) > 1:
        return extract_in_processes(itertools.chain(ahead, work), config, len(ahead))
    return extract_here(itertools.chain(ahead, work), config)
