"""Files, folders, globs and streams become Documents, whose text never changes from then on.

A source that cannot be read is handed to `on_skip` as a `ReadError` and left out; without `on_skip` it
is raised. Documents come in the order of their source names, whatever the order of the arguments.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from os import PathLike
from typing import Any, BinaryIO, Protocol, TypeAlias, runtime_checkable

from kg import plugins
from kg.config import ReadConfig
from kg.errors import ReadError
from kg.model import Document
from kg.read import sources as files
from kg.read.decode import decode
from kg.read.fetch import Fetched
from kg.read.formats.archives import PackedReader, TarReader, ZipReader
from kg.read.formats.book import BookReader
from kg.read.formats.crawl import CrawlReader
from kg.read.formats.feed import FeedReader
from kg.read.formats.mail import MailboxReader, MailReader
from kg.read.formats.opendocument import OpenDocumentReader
from kg.read.formats.page import PageReader
from kg.read.formats.pdf import PdfReader
from kg.read.formats.rows import ArrayReader, JsonReader, TableReader, documents_of
from kg.read.formats.rtf import RichTextReader
from kg.read.formats.sheets import ParquetReader, WorkbookReader
from kg.read.formats.slides import SlidesReader
from kg.read.formats.word import WordReader
from kg.read.sources import STDIN, Member, Source, load, location, opened
from kg.read.streams import read_whole
from kg.read.text import TextReader, document_from_text, document_id, lines

__all__ = [
    "READERS",
    "STDIN",
    "ManyReader",
    "Member",
    "Reader",
    "Source",
    "Sources",
    "document_from_text",
    "document_id",
    "documents",
    "documents_of_rows",
    "find",
    "lines",
    "lines_of",
    "location",
    "read",
    "read_each",
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


@runtime_checkable
class ManyReader(Protocol):
    """Makes documents of a file that holds several, one after the other."""

    def read_each(
        self, stream: BinaryIO, source: Source, config: ReadConfig
    ) -> Iterator[Document | Member | ReadError]:
        """Give the documents of a file, or the files in it, which their own readers then read.

        A document is named by its part of the file (`source.at("row=17").name`); what is wrong with one part
        is given as an error, and the others come through. An error that is raised ends the file.
        """
        ...


AnyReader: TypeAlias = Reader | ManyReader
Part: TypeAlias = Document | Member | ReadError
PLAIN = TextReader()
MARKDOWN = TextReader(markdown=True)
# Suffix → who reads such files. A file of another suffix is read as plain text where it is named itself.
READERS: dict[str, AnyReader] = {
    **dict.fromkeys((".txt", ".text"), PLAIN),
    **dict.fromkeys((".md", ".markdown"), MARKDOWN),
    **dict.fromkeys((".html", ".htm", ".xhtml"), PageReader()),
    **dict.fromkeys((".jsonl", ".ndjson"), JsonReader()),
    ".json": ArrayReader(),
    **dict.fromkeys((".csv", ".tsv"), TableReader()),
    **dict.fromkeys((".gz", ".tgz", ".bz2", ".tbz", ".tbz2", ".xz", ".txz"), PackedReader()),
    ".zip": ZipReader(),
    ".tar": TarReader(),
    ".pdf": PdfReader(),
    ".docx": WordReader(),
    ".odt": OpenDocumentReader(),
    ".pptx": SlidesReader(),
    ".epub": BookReader(),
    ".rtf": RichTextReader(),
    ".eml": MailReader(),
    ".mbox": MailboxReader(),
    **dict.fromkeys((".rss", ".atom"), FeedReader()),
    ".warc": CrawlReader(),
    ".xlsx": WorkbookReader(),
    ".parquet": ParquetReader(),
}
# Archives in archives in archives are read, no deeper.
DEEPEST = 4


def readers(config: ReadConfig | None = None) -> dict[str, AnyReader]:
    """Give the reader of each suffix: ours, and the plug-ins that the settings name, which win."""
    named = (config or ReadConfig()).readers
    return READERS | {f".{name.lower()}": plugins.load("readers", name) for name in named}


def find(
    sources: Sources,
    *,
    config: ReadConfig | None = None,
    fetch: bool = False,
    on_skip: OnSkip | None = None,
) -> list[Source]:
    """List the files that paths, folders and globs name, each once, sorted by name.

    Of a folder these are the files that a reader has the suffix of. Addresses of the web are sources only
    where they are to be fetched.
    """
    return files.find(sources, suffixes=tuple(readers(config)), fetch=fetch, on_skip=on_skip)


def documents(
    sources: Sources,
    *,
    config: ReadConfig | None = None,
    fetch: bool = False,
    on_skip: OnSkip | None = None,
) -> Iterator[Document]:
    """Give a Document for every readable file that the sources name, sorted by source name."""
    for source in find(sources, config=config, fetch=fetch, on_skip=on_skip):
        for found in read_each(source, config=config):
            if isinstance(found, Document):
                yield found
            elif on_skip is None:
                raise found
            else:
                on_skip(found)


def documents_of_rows(
    rows: Iterable[Mapping[str, Any]], *, source: str = "table", config: ReadConfig | None = None
) -> Iterator[Document | ReadError]:
    """Give the document of each row of a table in memory, by columns that are found as those of a file."""
    config = config or ReadConfig()
    try:
        yield from documents_of(iter(enumerate(rows, start=1)), Source(source, source), config)
    except ReadError as error:
        yield error


def read(source: Source, *, config: ReadConfig | None = None) -> Document:
    """Read one file that is one document, or standard input."""
    for found in read_each(source, config=config):
        if isinstance(found, ReadError):
            raise found
        return found
    raise ReadError("no documents in it", where=source.shown)


def read_each(source: Source, *, config: ReadConfig | None = None) -> Iterator[Document | ReadError]:
    """Give the documents of a file, and an error for each part of it that is none."""
    config = config or ReadConfig()
    found = 0
    try:
        with opened(source) as stream:
            if isinstance(stream, Fetched):
                source = replace(source, inner=f"page{stream.suffix}")
            for each in _read_stream(stream, source, config, readers(config), 0):
                found += 1
                if isinstance(stream, Fetched) and isinstance(each, Document) and each.uri is None:
                    each = replace(each, uri=source.path)
                yield each
    except ReadError as error:
        yield error
    else:
        if not found:
            yield ReadError("no documents in it", where=source.shown)


def _read_stream(
    stream: BinaryIO, source: Source, config: ReadConfig, known: Mapping[str, AnyReader], depth: int
) -> Iterator[Document | ReadError]:
    """Give what a reader makes of a stream, down through the archives in it."""
    reader = known.get(source.suffix, PLAIN)
    if not isinstance(reader, ManyReader):
        yield _read_one(reader, stream, source, config)
        return
    if depth >= DEEPEST:
        raise ReadError("an archive too deep in others", where=source.shown, remedy="unpack it yourself")
    unread: list[str] = []
    for found in _guarded(reader.read_each(stream, source, config), source, config):
        if not isinstance(found, Member):
            yield found
        elif found.source.suffix not in known and "#" in found.source.name:
            unread.append(found.source.name.removeprefix(f"{source.name}#"))
        else:
            try:
                yield from _read_stream(found.stream, found.source, config, known, depth + 1)
            except ReadError as error:
                yield error
    if unread:
        files.name_unread(source.shown, unread)


def _guarded(parts: Iterator[Part], source: Source, config: ReadConfig) -> Iterator[Part]:
    """Give the parts of a file; a plug-in that fails on it fails on nothing else."""
    try:
        yield from parts
    except ReadError:
        raise
    except Exception as error:
        raise _failed(error, source, config) from error


def _failed(error: Exception, source: Source, config: ReadConfig) -> Exception:
    """Give the error of a file that a plug-in failed on; what is no plug-in's stays as it is."""
    name = next((n for n in config.readers if f".{n.lower()}" == source.suffix), "")
    return ReadError(plugins.broken("readers", name, error).what, where=source.shown) if name else error


def _read_one(reader: Reader, stream: BinaryIO, source: Source, config: ReadConfig) -> Document | ReadError:
    """Give the document of a file, or the error for why it is none."""
    try:
        document = reader.read(read_whole(stream, source.shown), source, config)
        if document.id != document_id(document.text) or document.source != source.name:
            raise ValueError("the document has another id or source than document_from_text gives it")
    except ReadError as error:
        return error
    except Exception as error:
        raise _failed(error, source, config) from error
    return document


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
