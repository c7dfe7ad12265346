"""Files, folders, globs and streams become Documents; the characters of a text never change.

A source that cannot be read is handed to `on_skip` as a `ReadError` and left out; without `on_skip` it
is raised. Documents come in the order of their source names, whatever the order of the arguments.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from os import PathLike
from typing import Protocol, TypeAlias

from kg import plugins
from kg.config import ReadConfig
from kg.errors import ReadError
from kg.iri import digest
from kg.model import Block, Document
from kg.read import sources as files
from kg.read.blocks import split
from kg.read.dateline import split_dateline
from kg.read.decode import decode
from kg.read.header import parse_date, read_header
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
        document = document_from_text(text, source=source.name, markdown=self.markdown, lang=config.lang)
        if encoding not in ("utf-8", "ascii"):
            document.meta.setdefault("encoding", encoding)
        return document


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
    paragraph. What the caller gives wins over what the header says.

    >>> d = document_from_text("date 2024-03-28 Rain fell.\\n\\nIt stopped.")
    >>> d.published.isoformat(), [(b.kind, d.text[b.start : b.end]) for b in d.blocks][1:]
    ('2024-03-28', [('paragraph', 'Rain fell.'), ('paragraph', 'It stopped.')])
    """
    text = _without_surrogates(text)
    if not structure:
        start = len(text) - len(text.lstrip())
        whole = (Block(start, len(text.rstrip()), "paragraph"),) if text.strip() else ()
        return Document(document_id(text), source, text, title, published, lang, uri, whole)
    header = read_header(text)
    body, opening = split_dateline(text, split(text, header.end, markdown=markdown, title=header.title))
    blocks = (*header.blocks, *body)
    if title is None:
        title = header.title or next((text[b.start : b.end] for b in body if b.kind == "title"), None)
    return Document(
        id=document_id(text),
        source=source,
        text=text,
        title=title,
        published=published or header.published or parse_date(opening.get("date", "")),
        lang=header.lang or lang,
        uri=uri or header.uri,
        blocks=blocks,
        meta={**opening, **header.meta},
    )


def lines_of(path: str | PathLike[str], *, config: ReadConfig | None = None) -> Iterator[Document]:
    """Give each line of a file as a Document of one paragraph; blank lines are left out."""
    config = config or ReadConfig()
    source = find([path])[0]
    text, _ = decode(load(source), source.shown, fallback=config.encoding)
    if not text.strip():
        raise ReadError("the file is empty", where=source.shown)
    return lines(text, source=source.name, lang=config.lang)


def lines(text: str, *, source: str = "lines", lang: str = "en") -> Iterator[Document]:
    """Give each line that is not blank as a Document of one paragraph."""
    for number, line in enumerate(text.split("\n"), start=1):
        line = line.rstrip("\r")
        if line.strip():
            yield document_from_text(line, source=f"{source}:{number}", lang=lang, structure=False)


def document_id(text: str) -> str:
    """Give the id of a text: the same on any machine, under any name, in any order.

    >>> document_id("Rain fell.")
    'c17ec7d9c5e1bdc7'
    """
    return digest(text, 16)


def _without_surrogates(text: str) -> str:
    """Put U+FFFD for each lone surrogate, which no encoding, parser or RDF literal can carry."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return "".join("\ufffd" if "\ud800" <= c <= "\udfff" else c for c in text)
    return text
