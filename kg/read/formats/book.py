"""EPUB books: their chapters in the order of reading."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote
from xml.etree import ElementTree

from kg.config import ReadConfig
from kg.model import Document
from kg.read.decode import decode
from kg.read.formats.faults import BROKEN, damaged, encrypted, parsed, unzipped
from kg.read.header import parse_date
from kg.read.markup import Piece, read_html
from kg.read.sources import Source
from kg.read.text import checked, document_from_pieces

KIND = "EPUB book"
CONTAINER = "META-INF/container.xml"
DC = "{http://purl.org/dc/elements/1.1/}"
PAGES = frozenset({"application/xhtml+xml", "text/html", "application/x-dtbook+xml"})


@dataclass(frozen=True, slots=True)
class BookReader:
    """Reads an EPUB book."""

    def read(self, data: bytes, source: Source, config: ReadConfig) -> Document:
        """Give the document of the book; evidence is in one of its chapters."""
        archive = unzipped(data, source.shown, KIND, ".epub")
        root = parsed(archive, CONTAINER, source.shown, KIND).find(".//{*}rootfile")
        if root is None:
            raise damaged(KIND, source.shown)
        path = root.get("full-path") or ""
        package = parsed(archive, path, source.shown, KIND)
        locked = _locked(archive, source.shown)
        pieces: list[Piece] = []
        number = 0
        for name in _chapters(package, posixpath.dirname(path)):
            if name in locked:
                raise encrypted(source.shown)
            try:
                text, _ = decode(archive.read(name), source.shown)
            except BROKEN as error:
                raise damaged(KIND, source.shown, error) from error
            found = read_html(text)
            if found:
                number += 1
                found[0].pages, found[0].before = ((0, number),), "\n\n"
            pieces += found
        said = {
            element.tag.removeprefix(DC): " ".join((element.text or "").split())
            for element in reversed(list(package.iter()))
            if isinstance(element.tag, str) and element.tag.startswith(DC)
        }
        document = document_from_pieces(
            pieces,
            source=source.name,
            title=said.get("title") or None,
            published=parse_date(said.get("date", "")[:10]),
            lang=(said.get("language") or config.lang)[:2].lower(),
            reads=config.lang,
            meta={"author": said["creator"]} if said.get("creator") else {},
            parts="chapter",
        )
        return checked(document, KIND, source, config)


def _chapters(package: ElementTree.Element, folder: str) -> Iterator[str]:
    """Give the names of the pages of a book in the order of reading, without its table of contents."""
    items = {item.get("id"): item for item in package.iterfind(".//{*}manifest/{*}item")}
    for each in package.iterfind(".//{*}spine/{*}itemref"):
        item = items.get(each.get("idref"))
        if item is None or each.get("linear") == "no" or "nav" in (item.get("properties") or "").split():
            continue
        if item.get("media-type") in PAGES:
            yield posixpath.normpath(posixpath.join(folder, unquote(item.get("href") or "")))


def _locked(archive: zipfile.ZipFile, where: str) -> set[str]:
    """Give the names of what is encrypted; fonts often are, and do no harm."""
    if "META-INF/encryption.xml" not in archive.namelist():
        return set()
    found = parsed(archive, "META-INF/encryption.xml", where, KIND)
    return {unquote(each.get("URI") or "") for each in found.iterfind(".//{*}CipherReference")}
