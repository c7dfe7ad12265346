"""Archives of the web (WARC): a document for each page in them."""

from __future__ import annotations

import contextlib
import dataclasses
import io
import logging
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

from kg.config import ReadConfig
from kg.errors import ReadError
from kg.model import Document, Place
from kg.read.formats.faults import damaged, missing, truncated
from kg.read.formats.kinds import LOOKED_AT, misnamed
from kg.read.formats.page import PageReader
from kg.read.sources import Source
from kg.read.streams import Behind, head_of
from kg.read.text import TextReader

KIND = "web archive"
PAGES = ("text/html", "application/xhtml+xml")
READ = ("response", "resource", "conversion")
# Answers of a server that are no page but say that there is none, or where it is.
OK = "200"
LARGEST = 20 * 2**20
# A record, as it is or packed, or the first of the older kind of archive.
BEGINS = (b"WARC/", b"\x1f\x8b", b"filedesc://")


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
        # What it mends it says in its log and on the terminal.
        logging.getLogger("warcio").setLevel(logging.ERROR)
        head = head_of(stream, LOOKED_AT)
        if not head.strip(b"\0 \t\r\n"):
            raise ReadError("the file is empty", where=source.shown)
        if not head.startswith(BEGINS):
            raise misnamed(head, KIND, ".warc", source.shown)
        records = iter(ArchiveIterator(io.BufferedReader(Behind(head, stream))))
        number = pages = 0
        while True:
            try:
                with contextlib.redirect_stderr(io.StringIO()):
                    record = next(records, None)
                if record is None:
                    break
                number += 1
                found = _record(record, source.at(f"entry={number}"), config, number)
            except (ArchiveLoadFailed, EOFError, OSError) as error:
                if not number:
                    raise damaged(KIND, source.shown, error) from error
                truncated(source.shown)
                break
            if found is not None:
                pages += 1
                yield found
        if not pages:
            what = f"no pages of the web among its {number:,} records"
            raise ReadError(
                what, where=source.shown, remedy="get a complete copy, with the answers of servers"
            )


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
    if not data.strip():
        return ReadError("the record holds no text", where=source.shown)
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
