"""Files, folders, globs and streams become Documents, whose text never changes from then on.

A source that cannot be read is handed to `on_skip` as a `ReadError` and left out; without `on_skip` it
is raised. Documents come in the order of their source names, whatever the order of the arguments.
"""

from __future__ import annotations

import datetime as dt
import json
import re
import warnings
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from os import PathLike
from typing import Protocol, TypeAlias

from kg import plugins
from kg.config import ReadConfig
from kg.errors import ReadError, ReadWarning, printable
from kg.iri import digest
from kg.model import UNREAD, Block, Document
from kg.read import language, margins, markup
from kg.read import sources as files
from kg.read.blocks import split
from kg.read.dateline import split_dateline
from kg.read.decode import decode
from kg.read.header import Header, parse_date, read_header
from kg.read.margins import day_in_name
from kg.read.sources import STDIN, Source, load

__all__ = [
    "READERS",
    "STDIN",
    "Reader",
    "Source",
    "Sources",
    "document_from_text",
    "document_id",
    "documents",
    "find",
    "lines",
    "lines_of",
    "read",
    "readers",
    "text_of",
]

Sources: TypeAlias = Iterable[str | PathLike[str]] | str | PathLike[str]
OnSkip = Callable[[ReadError], None]


class Reader(Protocol):
    """Makes a document of a file; plug-ins of the door `kg.readers` are such, under the suffix they read."""

    def read(self, data: bytes, source: Source, config: ReadConfig) -> Document:
        """Give the document that the bytes of a source hold, or raise a `ReadError` that says why not.

        `document_from_text(text, source=source.name, …)` makes one; its offsets are those of the text given.
        """
        ...


@dataclass(frozen=True, slots=True)
class TextReader:
    """Reads plain text or Markdown, in any encoding."""

    markdown: bool = False

    def read(self, data: bytes, source: Source, config: ReadConfig) -> Document:
        """Give the document of a text, with its encoding where it is not UTF-8."""
        text, encoding = decode(data, source.shown, fallback=config.encoding)
        if not text.strip():
            raise ReadError("the file is empty", where=source.shown)
        if (kind := _no_prose(text, source.suffix)) is not None:
            raise ReadError(f"{kind}, not prose", where=source.shown, remedy="save its text as .txt first")
        document = document_from_text(text, source=source.name, markdown=self.markdown, lang=config.lang)
        if not document.text.strip():
            raise ReadError("the file holds no text, only markup", where=source.shown)
        foreign = [b for b in document.blocks if b.kind == "foreign"]
        if foreign and not _reads_any(document.blocks):
            raise _unread_language(document, foreign, config.lang, source)
        if encoding not in ("utf-8", "ascii"):
            document.meta.setdefault("encoding", encoding)
        return document


def _no_prose(text: str, suffix: str) -> str | None:
    """Say what a text is that holds no prose to read."""
    if markup.is_page(text) or suffix in (".html", ".htm", ".xhtml"):
        return "a page of HTML"
    if suffix in (".csv", ".tsv"):
        return "a table"
    head = text.lstrip("\ufeff \t\r\n")
    if head.startswith("<?xml"):
        return "XML"
    if head[:1] in ("{", "[") and _is_json(head):
        return "data in JSON"
    return None


def _is_json(text: str) -> bool:
    """Whether a text is JSON, or a record of it in each line."""
    for part in (text, text.partition("\n")[0]):
        try:
            # An array of numbers may be a mark of a note.
            found = json.loads(part)
        except (ValueError, RecursionError):
            continue
        return isinstance(found, dict) or (
            isinstance(found, list) and any(isinstance(x, (dict, list)) for x in found)
        )
    return False


def _unread_language(document: Document, foreign: list[Block], reads: str, source: Source) -> ReadError:
    """Give the error for a text of which nothing is in the language that is read."""
    _, counts = language.mark(document.text, [Block(b.start, b.end) for b in foreign], reads=reads)
    code = counts.most_common(1)[0][0] if counts else document.lang
    return ReadError(
        f"in {language.name_of(code)}; {language.name_of(reads)} is read",
        where=source.shown,
        remedy="translate it first",
    )


PLAIN = TextReader()
MARKDOWN = TextReader(markdown=True)
# Suffix → who reads such files. A file of another suffix is read as plain text where it is named itself.
READERS: dict[str, Reader] = {".txt": PLAIN, ".text": PLAIN, ".md": MARKDOWN, ".markdown": MARKDOWN}


def readers(config: ReadConfig | None = None) -> dict[str, Reader]:
    """Give the reader of each suffix: ours, and the plug-ins that the settings name, which win."""
    named = (config or ReadConfig()).readers
    return READERS | {f".{name.lower()}": plugins.load("readers", name) for name in named}


def find(
    sources: Sources, *, config: ReadConfig | None = None, on_skip: OnSkip | None = None
) -> list[Source]:
    """List the files that paths, folders and globs name, each once, sorted by name.

    Of a folder these are the files that a reader has the suffix of.
    """
    return files.find(sources, suffixes=tuple(readers(config)), on_skip=on_skip)


def documents(
    sources: Sources,
    *,
    config: ReadConfig | None = None,
    on_skip: OnSkip | None = None,
) -> Iterator[Document]:
    """Give a Document for every readable file that the sources name, sorted by source name."""
    for source in find(sources, config=config, on_skip=on_skip):
        try:
            document = read(source, config=config)
        except ReadError as error:
            if on_skip is None:
                raise
            on_skip(error)
        else:
            yield document


def read(source: Source, *, config: ReadConfig | None = None) -> Document:
    """Read one file, or standard input."""
    config = config or ReadConfig()
    reader = readers(config).get(source.suffix, PLAIN)
    data = load(source)
    if isinstance(reader, TextReader):
        return reader.read(data, source, config)
    name = next(n for n in config.readers if f".{n.lower()}" == source.suffix)
    try:
        document = reader.read(data, source, config)
        if document.id != document_id(document.text) or document.source != source.name:
            raise ValueError("the document has another id or source than document_from_text gives it")
    except ReadError:
        raise
    except Exception as error:
        # One file that a plug-in fails on is left out like any other.
        raise ReadError(plugins.broken("readers", name, error).what, where=source.shown) from error
    return document


def document_from_text(
    text: str,
    *,
    source: str = "text",
    uri: str | None = None,
    title: str | None = None,
    published: dt.date | None = None,
    lang: str = "en",
    markdown: bool = False,
    structure: bool = True,
) -> Document:
    """Make a Document of a text in memory.

    With `structure` the header is read and the text split into blocks; without, the whole text is one
    paragraph. What the caller gives wins over what the header says. The text of the document is what is
    read: of Markdown and HTML the words without the markup, of other texts every character but the marks
    of notes ("[1]") and entities ("&amp;").

    >>> d = document_from_text("date 2024-03-28 Rain fell.\\n\\nIt stopped.")
    >>> d.published.isoformat(), [(b.kind, d.text[b.start : b.end]) for b in d.blocks][1:]
    ('2024-03-28', [('paragraph', 'Rain fell.'), ('paragraph', 'It stopped.')])
    >>> document_from_text("**Rain** fell on [Ulm](https://ulm.example).", markdown=True).text
    'Rain fell on Ulm.'
    """
    text = _without_surrogates(text)
    if not structure:
        start = len(text) - len(text.lstrip())
        whole = (Block(start, len(text.rstrip()), "paragraph"),) if text.strip() else ()
        return Document(document_id(text), source, text, title, published, lang, uri, whole)
    text, header, body = _structure(text, markdown)
    body, margin = margins.mark(text, body, title=header.title)
    body, opening = split_dateline(text, body)
    body, left_out = language.mark(text, body, reads=lang[:2], lang=header.lang)
    _name_languages(left_out, body, source)
    if title is None:
        title = header.title or next((text[b.start : b.end] for b in body if b.kind == "title"), None)
    byline = {"author": margin.author} if margin.author else {}
    days = (header.published, margin.published, parse_date(opening.get("date", "")), day_in_name(source))
    return Document(
        id=document_id(text),
        source=source,
        text=text,
        title=title,
        published=published or next((day for day in days if day is not None), None),
        lang=header.lang or lang,
        uri=uri or header.uri,
        blocks=(*header.blocks, *body),
        meta={**byline, **opening, **header.meta},
    )


def _structure(text: str, markdown: bool) -> tuple[str, Header, tuple[Block, ...]]:
    """Give the text as it is read, with its header and its blocks."""
    if not markdown and not markup.is_page(text) and not markup.is_marked_up(text):
        text = markup.without_marks(markup.unescaped(text))
        header = read_header(text)
        return text, header, split(text, header.end, title=header.title)
    header = read_header(text)
    parse = markup.read_markdown if markdown and not markup.is_page(text) else markup.read_html
    text, body = markup.compose(parse(text[header.end :]), head=text[: header.end], title=header.title)
    return text, header, body


def _name_languages(left_out: Counter[str], blocks: Iterable[Block], source: str) -> None:
    """Say once what of a document is left out, unless it is all of it: then who reads it says so."""
    if not left_out or not _reads_any(blocks):
        return
    parts = [
        f"{n} {'paragraph' if n == 1 else 'paragraphs'} in {language.name_of(code)}"
        for code, n in left_out.most_common()
    ]
    warnings.warn(f"{printable(source)}: {', '.join(parts)} left out", ReadWarning, stacklevel=3)


def _reads_any(blocks: Iterable[Block]) -> bool:
    return any(b.kind not in UNREAD for b in blocks)


def lines_of(path: str | PathLike[str], *, config: ReadConfig | None = None) -> Iterator[Document]:
    """Give each line of a file as a Document of one paragraph; blank lines are left out."""
    config = config or ReadConfig()
    text, source = text_of(path, config=config)
    return lines(text, source=source.name, lang=config.lang)


def text_of(path: str | PathLike[str], *, config: ReadConfig | None = None) -> tuple[str, Source]:
    """Give the characters of one file, or of stdin, as they are, and its source."""
    source = find([path])[0]
    text, _ = decode(load(source), source.shown, fallback=(config or ReadConfig()).encoding)
    if not text.strip():
        raise ReadError("the file is empty", where=source.shown)
    return text, source


def lines(text: str, *, source: str = "lines", lang: str = "en") -> Iterator[Document]:
    """Give each line that is not blank as a Document of one paragraph."""
    for number, line in enumerate(re.split(r"\r\n|\r|\n", text), start=1):
        if line.strip():
            yield document_from_text(line, source=f"{source}:{number}", lang=lang, structure=False)


def document_id(text: str) -> str:
    """Give the id of a text: the same on any machine, under any name, in any order.

    >>> document_id("Rain fell.")
    '8a4b1e83d9ac7658'
    """
    return digest(text, 16)


def _without_surrogates(text: str) -> str:
    """Put U+FFFD for each lone surrogate, which no encoding, parser or RDF literal can carry."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return "".join("\ufffd" if "\ud800" <= c <= "\udfff" else c for c in text)
    return text
