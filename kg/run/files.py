"""The documents of a file, each read within the limits of one."""

from __future__ import annotations

from collections.abc import Iterator

from kg import read
from kg.bounds import OutOfTime, bounded
from kg.config import Config
from kg.errors import KGError, ReadError
from kg.model import Document
from kg.run.shards import LONGER, MORE


def documents_of(source: read.Source, config: Config) -> Iterator[Document | KGError]:
    """Read the documents of a source, and give an error for each that is none or takes too much."""
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
