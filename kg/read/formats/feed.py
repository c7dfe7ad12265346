"""Feeds of news (RSS and Atom): a document for each entry."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

from kg.config import ReadConfig
from kg.errors import ReadError
from kg.model import Document, Place
from kg.read.formats.faults import check, damaged, missing, truncated
from kg.read.formats.kinds import misnamed
from kg.read.header import URI
from kg.read.markup import read_html
from kg.read.sources import Source
from kg.read.streams import read_whole
from kg.read.text import checked, document_from_pieces

KIND = "feed"


@dataclass(frozen=True, slots=True)
class FeedReader:
    """Reads a feed of RSS or Atom."""

    def read_each(
        self, stream: BinaryIO, source: Source, config: ReadConfig
    ) -> Iterator[Document | ReadError]:
        """Give the document of each entry: its whole text if the feed has it, or its summary."""
        data = read_whole(stream, source.shown)
        check(data, source.shown, KIND, source.suffix)
        if b"<!ENTITY" in data:
            raise ReadError(
                "its XML declares entities of its own", where=source.shown, remedy="save it without them"
            )
        try:
            import feedparser
        except ImportError as error:
            raise missing("feedparser", "feed", source.shown) from error
        try:
            feed = feedparser.parse(io.BytesIO(data), sanitize_html=False)
        except Exception as error:
            raise damaged(KIND, source.shown, error) from error
        if not feed.version and not feed.entries:
            raise misnamed(data, KIND, source.suffix, source.shown)
        if not feed.entries:
            raise ReadError("the feed has no entries", where=source.shown)
        if feed.bozo and not data.rstrip().endswith((b"</rss>", b"</feed>", b"</rdf:RDF>")):
            truncated(source.shown)
        for number, entry in enumerate(feed.entries, start=1):
            part = source.at(f"entry={number}")
            try:
                document = _entry(entry, part, config, number, feed.feed.get("language") or "")
                yield checked(document, "entry", part, config, scanned=False)
            except ReadError as error:
                yield error
            except (ValueError, TypeError, AttributeError) as error:
                yield damaged("entry", part.shown, error)


def _entry(entry: Any, source: Source, config: ReadConfig, number: int, lang: str) -> Document:
    texts = [part.get("value", "") for part in entry.get("content", ())] + [entry.get("summary", "")]
    text = max(texts, key=len)
    link = entry.get("link") or ""
    when = entry.get("published_parsed") or entry.get("updated_parsed")
    return document_from_pieces(
        read_html(text),
        source=source.name,
        title=" ".join(entry.get("title", "").split()) or None,
        published=dt.date(*when[:3]) if when else None,
        uri=link if URI.fullmatch(link) else None,
        lang=(lang or config.lang)[:2].lower(),
        reads=config.lang,
        meta={"author": entry["author"]} if entry.get("author") else {},
        places=(Place(0, "entry", number),),
    )
