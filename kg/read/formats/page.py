"""Pages of the web: their main text, without menus, advertisements and what else stands around it."""

from __future__ import annotations

import datetime as dt
import logging
import re
from dataclasses import dataclass
from typing import Any

from kg.config import ReadConfig
from kg.errors import ReadError
from kg.model import Document
from kg.read import markup
from kg.read.decode import decode
from kg.read.header import URI
from kg.read.sources import Source
from kg.read.text import check_language, document_from_text

log = logging.getLogger("kg.read")
LANG = re.compile(r"<html\b[^<>]*?\b(?:xml:)?lang\s*=\s*[\"']?([A-Za-z]{2,3})\b", re.I)
# Larger pages are no articles; a text that has no end is among them.
LARGEST = 20 * 2**20
# The day of a page is what it says itself, so that it is the same tomorrow.
DATES = {
    "extensive_search": False,
    "original_date": True,
    "outputformat": "%Y-%m-%d",
    "max_date": "2200-01-01",
}


@dataclass(frozen=True, slots=True)
class PageReader:
    """Reads a page of HTML: main text, title, author, day, canonical address and language."""

    def read(self, data: bytes, source: Source, config: ReadConfig) -> Document:
        """Give the document of a page."""
        if not data.strip():
            raise ReadError("the file is empty", where=source.shown)
        if len(data) > LARGEST:
            raise ReadError(
                f"a page of HTML larger than {LARGEST >> 20} MiB", where=source.shown, remedy="split it first"
            )
        text, encoding = decode(data, source.shown, fallback=config.encoding)
        if not markup.has_tags(text):
            raise ReadError(
                "no page of HTML, though it is called so",
                where=source.shown,
                remedy="rename it to end in .txt",
            )
        main, page = _main_text(text)
        lang = LANG.search(text[:20_000])
        document = document_from_text(
            main,
            source=source.name,
            uri=_address(page.get("url")),
            title=page.get("title") or None,
            published=_day(page.get("date")),
            lang=lang[1].lower() if lang else config.lang,
            reads=config.lang,
            markdown=False,
            meta=_meta(page, encoding),
        )
        if not document.text.strip():
            raise ReadError(
                "a page without a text of its own", where=source.shown, remedy="save its text as .txt"
            )
        check_language(document, config, source)
        return document


def _main_text(text: str) -> tuple[str, dict[str, Any]]:
    """Give the main text of a page, in HTML, and what the page says of itself."""
    # Loaded here because it is slow to load, and most corpora hold no pages.
    from trafilatura import extract_with_metadata

    try:
        found = extract_with_metadata(
            text,
            output_format="html",
            include_comments=False,
            include_formatting=True,
            date_extraction_params=DATES,
        )
    except MemoryError:
        raise
    except Exception as error:
        # Pages are written by anybody; one that it fails on is read as it stands.
        log.info("the main text was not found (%s)", error)
        found = None
    if found is None or not found.text:
        return text if markup.is_page(text) else f"<html>{text}</html>", {}
    body = found.text.partition("<body>")[2].rpartition("</body>")[0]
    return f"<html><body>{body}</body></html>", found.as_dict()


def _day(written: Any) -> dt.date | None:
    try:
        return dt.date.fromisoformat(written or "")
    except (TypeError, ValueError):
        return None


def _address(written: Any) -> str | None:
    return written if isinstance(written, str) and URI.fullmatch(written) else None


def _meta(page: dict[str, Any], encoding: str) -> dict[str, str]:
    meta = {name: page[name] for name in ("author", "sitename") if isinstance(page.get(name), str)}
    return meta if encoding in ("utf-8", "ascii") else {**meta, "encoding": encoding}
