"""Archives of the web (WARC): a document for each page in them."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

from kg.config import ReadConfig
from kg.errors import ReadError
from kg.model import Document, Place
from kg.read.formats.faults import missing, truncated
from kg.read.formats.page import PageReader
from kg.read.sources import Source
from kg.read.text import TextReader

KIND = "web archive"
PAGES = ("text/html", "application/xhtml+xml")
READ = ("response", "resource", "conversion")
# Answers of a server that are no page but say that there is none, or where it is.
OK = "200"
LARGEST = 20 * 2**20


@dataclass(frozen=True, slots=True)
class CrawlReader:
    """Reads an archive of the web."""

    def read_each(
        self, stream: BinaryIO, source: Source, config: ReadConfig
    ) -> Iterator[Document | ReadError]:
        """Give the document of each page and plain text in it, or the error for why it is none."""
        try:
            from warcio.archiveiterator import ArchiveIterator
            from warcio.exceptions import ArchiveLoadFailed
        except ImportError as error:
            raise missing("warcio", "warc", source.shown) from error
        records = iter(ArchiveIterator(stream))
        number = 0
        while True:
            try:
                record = next(records, None)
                if record is None:
                    break
                number += 1
                found = _record(record, source.at(f"entry={number}"), config, number)
            except (ArchiveLoadFailed, EOFError, OSError) as error:
                if not number:
                    raise ReadError(
                        f"no {KIND}, whatever its name says, or damaged",
                        where=source.shown,
                        remedy="name it by what it holds",
                    ) from error
                truncated(source.shown)
                break
            if found is not None:
                yield found
        if not number:
            raise ReadError("the file is empty", where=source.shown)


def _record(record: Any, source: Source, config: ReadConfig, number: int) -> Document | ReadError | None:
    """Give the document of a record; None for what is no page of the web."""
    if record.rec_type not in READ:
        return None
    headers = record.http_headers
    if headers is not None and headers.get_statuscode() != OK:
        return None
    kind = (headers or record.rec_headers).get_header("Content-Type") or ""
    kind = kind.partition(";")[0].strip().lower()
    if kind not in (*PAGES, "text/plain"):
        return None
    data = record.content_stream().read(LARGEST + 1)
    if len(data) <= LARGEST and getattr(record.raw_stream, "limit", 0) > 0:
        # Less was there than the record says.
        truncated(source.shown)
    reader = PageReader() if kind in PAGES else TextReader()
    address = record.rec_headers.get_header("WARC-Target-URI")
    try:
        document = reader.read(data, source, config)
    except ReadError as error:
        return error
    return dataclasses.replace(
        document,
        uri=address or document.uri,
        meta={**document.meta, "fetched": record.rec_headers.get_header("WARC-Date") or ""},
        places=(Place(0, "entry", number),),
    )
