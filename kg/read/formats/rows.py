"""Rows of tables and lines of JSON: each is a document of its own."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import Any, BinaryIO

from kg.config import ReadConfig
from kg.errors import ReadError
from kg.model import Document, Place
from kg.nearest import did_you_mean
from kg.read.decode import decode
from kg.read.formats.faults import cut_off
from kg.read.header import LANG, URI, parse_date
from kg.read.sources import Source
from kg.read.streams import LARGEST, read_whole
from kg.read.text import check_language, document_from_text

# What a column is called that holds a part of a document, the likeliest first.
COLUMNS = {
    "text": "text body content article maintext articlebody fulltext articletext contenttext plaintext story"
    " message abstract description",
    "title": "title headline heading subject",
    "date": "date published datepublished publishedat publicationdate pubdate publishdate datetime createdat"
    " created day timestamp time",
    "url": "url uri link canonicalurl sourceurl webpage",
    "id": "id docid documentid articleid guid uuid",
    "author": "author authors byline creator",
    "lang": "lang language inlanguage",
}
# So many rows are looked at to see which column holds prose, and of how many words on average it is.
LOOKED_AT, PROSE = 50, 6
# Of one kind of fault so many are named one by one, the others in one number.
MOST_NAMED = 5
HEAD = 2**20


@dataclass(slots=True)
class Columns:
    """Which columns of a table hold what, by the names that they have there."""

    names: dict[str, str]

    @classmethod
    def of(cls, rows: Sequence[Mapping[str, Any]], given: Iterable[str], where: str) -> Columns:
        """Find the columns of some rows; those that are `given` ("text=body") win."""
        known = list(dict.fromkeys(str(name) for row in rows for name in row))
        names = _named(known, given, where)
        if "text" not in names or not any(_said(row.get(names["text"])) for row in rows):
            prose = _prose(rows, [name for name in known if name not in names.values()])
            if prose is None and "text" not in names:
                columns = ", ".join(known[:12]) or "none"
                raise ReadError(
                    f"no column holds a text (there are: {columns})",
                    where=where,
                    remedy="name it with --set read.columns=text=NAME",
                )
            names["text"] = prose or names["text"]
        return cls(names)

    def document(self, row: Mapping[str, Any], source: Source, number: int, config: ReadConfig) -> Document:
        """Give the document of a row."""
        text = row.get(self.names["text"])
        if not isinstance(text, str) or not text.strip():
            what = f"no text in column {self.names['text']!r}"
            raise ReadError(what, where=source.shown)
        if len(text) > LARGEST:
            raise ReadError(f"a text larger than {LARGEST >> 20} MiB", where=source.shown)
        said = {part: _said(row.get(name)) for part, name in self.names.items()}
        lang = said.get("lang", "").lower()
        url = said.get("url", "")
        document = document_from_text(
            text,
            source=source.name,
            uri=url if URI.fullmatch(url) else None,
            title=" ".join(said.get("title", "").split()) or None,
            published=day_of(row.get(self.names.get("date", ""))),
            lang=lang if LANG.fullmatch(lang) else config.lang,
            reads=config.lang,
            meta={part: said[part] for part in ("id", "author") if said.get(part)},
            places=[Place(0, "row", number)],
        )
        if not document.text.strip():
            raise ReadError("a row that holds no text, only markup", where=source.shown)
        check_language(document, config, source)
        return document


def _named(known: Sequence[str], given: Iterable[str], where: str) -> dict[str, str]:
    """Give the columns that are `given`, and those whose names tell what they hold."""
    names = {}
    for each in given:
        part, _, name = each.partition("=")
        if name not in known:
            remedy = did_you_mean(name, known, otherwise=f"there are: {', '.join(known[:12])}")
            raise ReadError(f"no column {name!r}", where=where, remedy=remedy)
        names[part] = name
    called = {re.sub(r"[\W_]", "", name).lower(): name for name in reversed(known)}
    for part, words in COLUMNS.items():
        found = next((called[word] for word in words.split() if word in called), None)
        if part not in names and found is not None and found not in names.values():
            names[part] = found
    return names


def day_of(value: Any) -> dt.date | None:
    """Give the day that a cell tells: a date in any usual writing, or seconds since 1970.

    >>> day_of("2024-05-03T10:00:00Z"), day_of(1714730400)
    (datetime.date(2024, 5, 3), datetime.date(2024, 5, 3))
    """
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    if isinstance(value, str):
        if not re.fullmatch(r"\d{10}|\d{13}", value.strip()):
            return parse_date(value)
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not 1e8 < value < 4e12:
        return None
    seconds = value / 1000 if value > 4e9 else value
    return dt.datetime.fromtimestamp(seconds, dt.UTC).date()


def _said(value: Any) -> str:
    """Give a cell as words; several authors are parted by commas."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, list):
        return ", ".join(said for each in value if (said := _said(each)))
    if isinstance(value, dict):
        return _said(value.get("name"))
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else ""


def _prose(rows: Sequence[Mapping[str, Any]], names: Iterable[str]) -> str | None:
    """Give the column that holds the longest sentences, if one does."""
    lengths = {}
    for name in names:
        cells = [c for row in rows if isinstance(c := row.get(name), str) and c.strip()]
        words = sum(len(c.split()) for c in cells)
        if cells and words / len(cells) >= PROSE and any(re.search(r"[a-z][.!?]", c) for c in cells):
            lengths[name] = words / len(cells)
    return max(lengths, key=lambda name: lengths[name], default=None)


@dataclass(slots=True)
class Faults:
    """Faults of rows, of which those beyond a few of a kind are only counted."""

    source: Source
    counts: dict[str, int] = field(default_factory=dict)

    def take(self, error: ReadError) -> Iterator[ReadError]:
        """Give the error, unless there were many like it."""
        self.counts[error.what] = self.counts.get(error.what, 0) + 1
        if self.counts[error.what] <= MOST_NAMED:
            yield error

    def others(self) -> Iterator[ReadError]:
        """Give an error for all those of a kind that were only counted."""
        for what, count in self.counts.items():
            if count > MOST_NAMED:
                yield ReadError(f"{count - MOST_NAMED:,} more rows: {what}", where=self.source.shown)


Row = tuple[int, Mapping[str, Any] | ReadError]


def documents_of(rows: Iterator[Row], source: Source, config: ReadConfig) -> Iterator[Document | ReadError]:
    """Give the document of each row, once it is known from the first of them what the columns hold."""
    first = list(islice(rows, LOOKED_AT))
    if not first:
        raise ReadError("no rows in it", where=source.shown)
    faults = Faults(source)
    readable = [row for _, row in first if not isinstance(row, ReadError)]
    columns = Columns.of(readable, config.columns, source.shown) if readable else None
    for number, row in chain(first, rows):
        try:
            if isinstance(row, ReadError):
                raise row
            if columns is None:
                columns = Columns.of([row], config.columns, source.shown)
            yield columns.document(row, source.at(f"row={number}"), number, config)
        except ReadError as error:
            yield from faults.take(error)
    yield from faults.others()


@dataclass(frozen=True, slots=True)
class JsonReader:
    """Reads JSON Lines: an object a line, a document each."""

    def read_each(
        self, stream: BinaryIO, source: Source, config: ReadConfig
    ) -> Iterator[Document | ReadError]:
        """Give the document of each line."""
        yield from documents_of(self._rows(stream, source, config), source, config)

    def _rows(self, stream: BinaryIO, source: Source, config: ReadConfig) -> Iterator[Row]:
        number = 0
        while line := stream.readline(LARGEST):
            number += 1
            if line.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
                yield number, self._row(line, source.at(f"row={number}"), config)

    def _row(self, line: bytes, source: Source, config: ReadConfig) -> Mapping[str, Any] | ReadError:
        try:
            text, _ = decode(line, source.shown, fallback=config.encoding)
            row = json.loads(text)
        except ReadError as error:
            return error
        except (ValueError, RecursionError):
            whole = line.endswith(b"\n")
            what = "a line that is not JSON" if whole else "the last line is not JSON, or is cut off"
            return ReadError(what, where=source.shown)
        if isinstance(row, str):
            return {"text": row}
        return (
            row if isinstance(row, dict) else ReadError("a line that is no JSON object", where=source.shown)
        )


@dataclass(frozen=True, slots=True)
class ArrayReader:
    """Reads JSON: an array of objects, a document each, or an object that holds one, or is one itself."""

    def read_each(
        self, stream: BinaryIO, source: Source, config: ReadConfig
    ) -> Iterator[Document | ReadError]:
        """Give the document of each object."""
        data = read_whole(stream, source.shown)
        if not data.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
            raise ReadError("the file is empty", where=source.shown)
        text, _ = decode(data, source.shown, fallback=config.encoding)
        try:
            found = json.loads(text)
        except (ValueError, RecursionError) as error:
            if _is_lines(text):
                # Many call JSON Lines so.
                yield from JsonReader().read_each(io.BytesIO(text.encode()), source, config)
                return
            raise _no_json(error, source) from error
        del text, data
        yield from documents_of(self._rows(_listed(found), source), source, config)

    def _rows(self, found: list[Any], source: Source) -> Iterator[Row]:
        for number, row in enumerate(found, start=1):
            if isinstance(row, str):
                row = {"text": row}
            where = source.at(f"row={number}").shown
            yield number, row if isinstance(row, dict) else ReadError("no JSON object", where=where)


def _is_lines(text: str) -> bool:
    """Whether there is an object of JSON in the first line by itself."""
    try:
        return isinstance(json.loads(text.lstrip("\ufeff \t\r\n").partition("\n")[0]), dict)
    except (ValueError, RecursionError):
        return False


def _no_json(error: Exception, source: Source) -> ReadError:
    if isinstance(error, json.JSONDecodeError):
        if error.pos >= len(error.doc.rstrip()) or error.msg.startswith("Unterminated"):
            return cut_off("JSON file", source.shown)
        what = f"no JSON: {error.msg} in line {error.lineno}"
    else:
        what = "JSON that is nested too deep"
    return ReadError(what, where=source.shown, remedy="name it by what it holds, or save it again")


def _listed(found: Any) -> list[Any]:
    """Give the objects that are documents: of an object that holds several lists, those of the longest."""
    if isinstance(found, dict):
        lists = [v for v in found.values() if isinstance(v, list) and any(isinstance(x, dict) for x in v)]
        inner = [_listed(v) for v in found.values() if isinstance(v, dict)]
        lists += [each for each in inner if len(each) > 1]
        # A document has its authors, places and the like in lists.
        text = any(isinstance(v, str) and len(v.split()) >= PROSE for v in found.values())
        return max(lists, key=len) if lists and not text else [found]
    return found if isinstance(found, list) else [found]


@dataclass(frozen=True, slots=True)
class TableReader:
    """Reads CSV and TSV with names of columns in the first row; what parts the cells is found."""

    def read_each(
        self, stream: BinaryIO, source: Source, config: ReadConfig
    ) -> Iterator[Document | ReadError]:
        """Give the document of each row."""
        try:
            yield from documents_of(self._rows(stream, source, config), source, config)
        except UnicodeDecodeError as error:
            raise ReadError(
                "in several encodings, or damaged", where=source.shown, remedy="save it as UTF-8"
            ) from error

    def _rows(self, stream: BinaryIO, source: Source, config: ReadConfig) -> Iterator[Row]:
        head = b""
        while len(head) < HEAD and (chunk := stream.read(HEAD)):
            head += chunk
        if not head.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
            raise ReadError("the file is empty", where=source.shown)
        # Up to a line's end, so that no character is cut.
        end = head.rfind(b"\n") + 1 if len(head) >= HEAD else 0
        text, encoding = decode(head[:end] if end else head, source.shown, fallback=config.encoding)
        whole = io.BufferedReader(_Behind(head, stream))
        lines = io.TextIOWrapper(whole, encoding.replace("utf-8", "utf-8-sig"), newline="")
        # A text may be larger than the 128 KiB that a cell has by default.
        csv.field_size_limit(LARGEST)
        rows = csv.reader(lines, delimiter=_delimiter(text, source.suffix))
        names: list[str] = []
        try:
            for number, cells in enumerate(rows, start=1):
                if not names:
                    names = [name.strip().lstrip("\ufeff") for name in cells] if any(cells) else []
                elif any(cell.strip() for cell in cells):
                    yield number, dict(zip(names, cells, strict=False))
        except csv.Error as error:
            raise ReadError(f"not a table as CSV is ({error})", where=source.shown) from error


class _Behind(io.RawIOBase):
    """A stream from its beginning on, of which a head was read."""

    def __init__(self, head: bytes, stream: BinaryIO) -> None:
        self.head, self.stream = head, stream

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        data = self.head[: len(buffer)] if self.head else self.stream.read(len(buffer))
        self.head = self.head[len(data) :]
        buffer[: len(data)] = data
        return len(data)


def _delimiter(text: str, suffix: str) -> str:
    """Give what parts the cells: what the first row has most of, outside of quotation marks."""
    first = re.sub(r'"[^"]*"', "", text[:HEAD]).lstrip("\r\n").partition("\n")[0]
    marks = ("\t", ",", ";", "|") if suffix == ".tsv" else (",", ";", "\t", "|")
    return max(marks, key=first.count)
