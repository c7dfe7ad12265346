"""Texts become Documents: decoded, their header read, parted into blocks."""

from __future__ import annotations

import datetime as dt
import json
import re
import warnings
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from kg.config import ReadConfig
from kg.errors import ReadError, ReadWarning, printable
from kg.iri import digest
from kg.model import UNREAD, Block, Document, Place, PlaceKind
from kg.read import language, margins, markup
from kg.read.blocks import split
from kg.read.dateline import split_dateline
from kg.read.decode import decode
from kg.read.formats.faults import nothing
from kg.read.header import Header, parse_date, read_header
from kg.read.heads import day_at_head
from kg.read.margins import day_in_name
from kg.read.sources import Source


@dataclass(frozen=True, slots=True)
class TextReader:
    """Reads plain text or Markdown, in any encoding."""

    markdown: bool = False

    def read(self, data: bytes, source: Source, config: ReadConfig) -> Document:
        """Give the document of a text, with its encoding where it is not UTF-8."""
        text, encoding = decode(data, source.shown, fallback=config.encoding)
        if not text.strip():
            raise ReadError("the file is empty", where=source.shown)
        if (found := _no_prose(text)) is not None:
            raise ReadError(f"{found[0]}, not prose", where=source.shown, remedy=found[1])
        document = document_from_text(text, source=source.name, markdown=self.markdown, lang=config.lang)
        if not document.text.strip():
            raise ReadError("the file holds no text, only markup", where=source.shown)
        check_language(document, config, source)
        if encoding not in ("utf-8", "ascii"):
            document.meta.setdefault("encoding", encoding)
        return document


def _no_prose(text: str) -> tuple[str, str] | None:
    """Say what a text is that holds no prose to read, and what to do."""
    if markup.is_page(text):
        return "a page of HTML", "rename it to end in .html"
    head = text.lstrip("\ufeff \t\r\n")
    if head.startswith("<?xml"):
        return "XML", "save its text as .txt first"
    if head[:1] in ("{", "[") and _is_json(head):
        lines = len(text.strip().splitlines()) > 1 and _is_json(head.partition("\n")[0])
        return "data in JSON", f"rename it to end in {'.jsonl' if lines else '.json'}"
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


def checked(
    document: Document, kind: str, source: Source, config: ReadConfig, *, scanned: bool = True
) -> Document:
    """Give a document that can be read; one without words, or in another language, is an error.

    `scanned` says whether such a document may hold its words as pictures.
    """
    if not document.text.strip():
        raise nothing(kind, source.shown, scanned=scanned)
    check_language(document, config, source)
    return document


def check_language(document: Document, config: ReadConfig, source: Source) -> None:
    """Raise where nothing of a document is in the language that is read."""
    foreign = [b for b in document.blocks if b.kind == "foreign"]
    reads = config.lang
    if not foreign or _reads_any(document.blocks):
        return
    _, counts = language.mark(document.text, [Block(b.start, b.end) for b in foreign], reads=reads)
    code = counts.most_common(1)[0][0] if counts else document.lang
    raise ReadError(
        f"in {language.name_of(code)}; {language.name_of(reads)} is read",
        where=source.shown,
        remedy="translate it first",
    )


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
    reads: str | None = None,
    meta: Mapping[str, str] | None = None,
    places: Iterable[Place] = (),
) -> Document:
    """Make a Document of a text in memory.

    With `structure` the header is read and the text split into blocks; without, the whole text is one
    paragraph. What the caller gives wins over what the header says. The text of the document is what is
    read: of Markdown and HTML the words without the markup, of other texts every character but the marks
    of notes ("[1]") and entities ("&amp;"). `places` count in the text of the document. `reads` is
    the language that is read, where it is not the document's.

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
        return Document(
            document_id(text),
            source,
            text,
            title,
            published,
            lang,
            uri,
            whole,
            dict(meta or {}),
            tuple(places),
        )
    text, header, body = _structure(text, markdown)
    return _assembled(
        text,
        header,
        body,
        source=source,
        uri=uri,
        title=title,
        published=published,
        lang=lang,
        reads=reads,
        meta=meta or {},
        places=places,
    )


def document_from_pieces(
    pieces: Sequence[markup.Piece],
    *,
    source: str,
    uri: str | None = None,
    title: str | None = None,
    published: dt.date | None = None,
    lang: str = "en",
    reads: str | None = None,
    meta: Mapping[str, str] | None = None,
    places: Iterable[Place] = (),
    parts: PlaceKind = "page",
) -> Document:
    """Make a Document of pieces of text; what they call pages are `parts` of the file."""
    begins: list[tuple[int, int]] = []
    for piece in pieces:
        piece.text = _without_surrogates(piece.text)
    text, body = markup.compose(list(pieces), title=title, pages=begins)
    return _assembled(
        text,
        Header(),
        body,
        source=source,
        uri=uri,
        title=title,
        published=published,
        lang=lang,
        reads=reads,
        meta=meta or {},
        places=tuple(places) or (Place(start, parts, number) for start, number in begins),
    )


def _assembled(
    text: str,
    header: Header,
    body: tuple[Block, ...],
    *,
    source: str,
    uri: str | None,
    title: str | None,
    published: dt.date | None,
    lang: str,
    reads: str | None,
    meta: Mapping[str, str],
    places: Iterable[Place],
) -> Document:
    """Make the Document of a text whose blocks are known."""
    body, margin = margins.mark(text, body, title=header.title)
    body, opening = split_dateline(text, body)
    said = header.lang or (lang if reads else None)
    body, left_out = language.mark(text, body, reads=(reads or lang)[:2], lang=said)
    _name_languages(left_out, body, source)
    if title is None:
        title = header.title or next((text[b.start : b.end] for b in body if b.kind == "title"), None)
    byline = {"author": margin.author} if margin.author else {}
    days = (header.published, margin.published, parse_date(opening.get("date", "")), day_in_name(source))
    headed = published or next((day for day in days if day is not None), None) or day_at_head(text, body)
    return Document(
        id=document_id(text),
        source=source,
        text=text,
        title=title,
        published=headed,
        lang=header.lang or lang,
        uri=uri or header.uri,
        blocks=(*header.blocks, *body),
        meta={**byline, **opening, **header.meta, **meta},
        places=tuple(places),
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
