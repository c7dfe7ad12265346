"""Documents are extracted in portions, each within its limits; one that fails costs the others nothing."""

from __future__ import annotations

import contextlib
import json
import time
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from kg.bounds import OutOfTime, bounded
from kg.config import BuildConfig, Config
from kg.errors import ExtractionError, KGError
from kg.model import Document, Extraction, Record

if TYPE_CHECKING:
    from kg.extract import Extractor

# A shard is what one process takes at a time; its size does not depend on the number of processes, so
# that what is batched together, and with it every result, does not either. It is some seconds of work: more
# is lost when a run is killed, less would batch too little.
SHARD_DOCUMENTS = 64
SHARD_CHARACTERS = 50_000
# So many characters give a text one second more: some six times as long as ordinary prose takes.
CHARACTERS_A_SECOND = 1_000

# The limits where a caller gives none.
UNLESS_TOLD = BuildConfig()
LONGER = "give it longer with --set build.document_seconds=N, or 0 for no limit"
MORE = "give it more with --set build.document_memory=N (MiB), or 0 for no limit"

Results = list[Extraction | KGError]


def packed(record: Record) -> bytes:
    """Give a record as it is kept and sent: JSON, compressed."""
    text = json.dumps(record.to_dict(), ensure_ascii=False, separators=(",", ":"))
    return zlib.compress(text.encode("utf-8", "surrogatepass"), 1)


def unpacked(data: bytes) -> Any:
    """Give the JSON values that `packed` kept."""
    return json.loads(zlib.decompress(data).decode("utf-8", "surrogatepass"))


@dataclass(slots=True)
class Outcome:
    """What came of a document: its extraction, as a record or packed as it is kept, or the error."""

    seconds: float = 0.0
    # The part of it in which the process was at work.
    cpu: float = 0.0
    mentions: int = 0
    claims: int = 0
    notes: tuple[str, ...] = ()
    # What the stages of its shard took, with its first document.
    spent: dict[str, float] = field(default_factory=dict)
    error: KGError | None = None
    record: Extraction | None = field(default=None, repr=False)
    data: bytes | None = field(default=None, repr=False)

    @classmethod
    def of(cls, result: Extraction | KGError, seconds: float = 0.0, cpu: float = 0.0) -> Outcome:
        """Take the result of a document, and its share of the time."""
        if isinstance(result, KGError):
            return cls(seconds, cpu, error=result)
        return cls(seconds, cpu, len(result.mentions), len(result.claims), result.notes, record=result)

    def pack(self) -> Outcome:
        """Have it packed: what crosses a border between processes."""
        if self.record is not None:
            self.data, self.record = packed(self.record), None
        return self

    @property
    def packed(self) -> bytes:
        """The extraction as it is kept."""
        if self.data is not None:
            return self.data
        assert self.record is not None, "a document that failed has no extraction"
        return packed(self.record)

    @property
    def extraction(self) -> Extraction:
        """The extraction as a record."""
        if self.record is None:
            assert self.data is not None, "a document that failed has no extraction"
            self.record = Extraction.from_dict(unpacked(self.data))
        return self.record


def portions(documents: Iterable[Document]) -> Iterator[list[Document]]:
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


def outcomes(extractor: Extractor, shard: list[Document], limits: BuildConfig) -> list[Outcome]:
    """Extract from a shard; each document has its share of the time, by its length."""
    begun, at_work = time.monotonic(), time.process_time()
    results = extract_shard(extractor, shard, limits)
    seconds, cpu = time.monotonic() - begun, time.process_time() - at_work
    whole = sum(len(document.text) for document in shard) or 1
    found = [
        Outcome.of(result, seconds * len(document.text) / whole, cpu * len(document.text) / whole)
        for document, result in zip(shard, results, strict=True)
    ]
    if extractor.spent:
        found[0].spent = dict(extractor.spent)
        extractor.spent.clear()
    return found


def extractor_for(config: Config) -> Extractor:
    """Load the extractor of a run."""
    # Loaded here, because it brings spaCy.
    from kg.extract import Extractor

    return Extractor(config.extract, cache=config.build.cache, spent={} if config.build.timings else None)


def extract_here(work: Iterable[list[Document]], config: Config) -> Iterator[tuple[Document, Outcome]]:
    """Extract from shards in this process, in their order."""
    extractor = None
    for shard in work:
        extractor = extractor or extractor_for(config)
        yield from zip(shard, outcomes(extractor, shard, config.build), strict=True)


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
        what, remedy = f"stopped after {seconds_for(limits, [document]):,.0f} seconds", LONGER
    except MemoryError:
        what, remedy = f"takes more than {limits.document_memory:,} MiB of memory", MORE
    except Exception as error:
        reason = f"{type(error).__name__}: {error}".splitlines()[0]
        what, remedy = f"extraction failed ({reason})", ""
    return ExtractionError(what, where=document.source, remedy=remedy)


def _within(limits: BuildConfig, shard: list[Document]) -> contextlib.AbstractContextManager[None]:
    return bounded(seconds=seconds_for(limits, shard), memory=limits.document_memory * 2**20)


def seconds_for(limits: BuildConfig, shard: list[Document]) -> float:
    """Give the time that documents may take together; an ordinary shard has far more than it needs."""
    if not limits.document_seconds:
        return 0.0
    return limits.document_seconds + sum(len(d.text) for d in shard) / CHARACTERS_A_SECOND
