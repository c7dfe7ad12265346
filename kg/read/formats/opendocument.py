"""OpenDocument texts (.odt), as LibreOffice writes them."""

from __future__ import annotations

import contextlib
import html
import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from kg.config import ReadConfig
from kg.errors import ReadError
from kg.model import Document
from kg.read.formats.faults import BROKEN, ENTITIES, damaged, encrypted, missing, unzipped
from kg.read.markup import read_html
from kg.read.sources import Source
from kg.read.text import checked, document_from_pieces

KIND = "OpenDocument text"
# What holds no words of the text: notes, deletions, indexes, and what is declared.
LEFT_OUT = frozenset(
    "text:note text:tracked-changes office:annotation text:table-of-content text:alphabetical-index"
    " text:sequence-decls office:forms text:bibliography svg:title svg:desc text:list-header".split()
)
BLANKS = frozenset({"text:s", "text:tab", "text:line-break"})


@dataclass(frozen=True, slots=True)
class OpenDocumentReader:
    """Reads an OpenDocument text."""

    def read(self, data: bytes, source: Source, config: ReadConfig) -> Document:
        """Give the document of the text, with title and author if the file names them."""
        archive = unzipped(data, source.shown, KIND, ".odt")
        try:
            locked = b"encryption-data" in archive.read("META-INF/manifest.xml")
        except BROKEN:
            locked = False
        if locked:
            raise encrypted(source.shown)
        try:
            from odf.opendocument import load
        except ImportError as error:
            raise missing("odfpy", "odt", source.shown) from error
        try:
            with contextlib.redirect_stdout(io.StringIO()):
                # Of what it cannot parse it prints the beginning.
                opened = load(io.BytesIO(data))
            text = "".join(_blocks(opened.text, _styles(opened)))
            said = {node.tagName: str(node) for node in opened.meta.childNodes}
        except (ReadError, MemoryError):
            raise
        except Exception as error:
            if type(error).__name__ == "EntitiesForbidden":
                raise ReadError(ENTITIES, where=source.shown, remedy="save its text as .txt") from error
            raise damaged(KIND, source.shown, error) from error
        author = said.get("dc:creator") or said.get("meta:initial-creator")
        document = document_from_pieces(
            read_html(text),
            source=source.name,
            title=said.get("dc:title") or None,
            lang=config.lang,
            meta={"author": author} if author else {},
        )
        return checked(document, KIND, source, config)


def _styles(opened: Any) -> dict[str, str]:
    """Give the element of HTML that a style of characters stands for: raised or struck."""
    found = {}
    for style in (*opened.automaticstyles.childNodes, *opened.styles.childNodes):
        for part in getattr(style, "childNodes", ()):
            if getattr(part, "tagName", "") != "style:text-properties":
                continue
            name = style.getAttribute("name")
            if (part.getAttribute("textposition") or "").startswith("super"):
                found[name] = "sup"
            elif (part.getAttribute("textlinethroughstyle") or "none") != "none":
                found[name] = "del"
    return found


def _blocks(parent: Any, styles: dict[str, str]) -> Iterator[str]:
    """Give the paragraphs and tables below an element, in HTML."""
    for child in parent.childNodes:
        tag = getattr(child, "tagName", "")
        if tag in ("text:p", "text:h"):
            boxes: list[Any] = []
            words = "".join(_words(child, styles, boxes))
            named = (child.getAttribute("stylename") or "").lower()
            element = "h2" if tag == "text:h" or named in ("title", "subtitle") else _paragraph(named)
            yield f"<{element}>{words}</{element}>"
            for box in boxes:
                yield from _blocks(box, styles)
        elif tag in HTML:
            yield f"<{HTML[tag]}>{''.join(_blocks(child, styles))}</{HTML[tag]}>"
        elif tag and tag not in LEFT_OUT:
            yield from _blocks(child, styles)


HTML = {"text:list-item": "li", "table:table": "table", "table:table-row": "tr", "table:table-cell": "td"}


def _paragraph(style: str) -> str:
    return "blockquote" if "quot" in style else "figcaption" if "caption" in style else "p"


def _words(element: Any, styles: dict[str, str], boxes: list[Any]) -> Iterator[str]:
    """Give the words of a paragraph; what stands in boxes on the page is put aside."""
    for child in element.childNodes:
        tag = getattr(child, "tagName", None)
        if tag is None or tag == "Text":
            yield html.escape(str(child))
        elif tag in BLANKS:
            yield " "
        elif tag == "draw:text-box":
            boxes.append(child)
        elif tag not in LEFT_OUT:
            words = "".join(_words(child, styles, boxes))
            mark = styles.get(child.getAttribute("stylename") or "") if tag == "text:span" else None
            yield f"<{mark}>{words}</{mark}>" if mark and words else words
