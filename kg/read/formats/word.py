"""Word documents: paragraphs, lists and tables as they stand after all changes are accepted."""

from __future__ import annotations

import html
import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from kg.config import ReadConfig
from kg.errors import ReadError
from kg.model import Document
from kg.read.formats.faults import damaged, missing, unzipped
from kg.read.markup import read_html
from kg.read.sources import Source
from kg.read.text import checked, document_from_pieces

KIND = "Word document"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
# What holds no words of the text: deletions, notes in the margin, and a second copy of what is drawn.
LEFT_OUT = frozenset(
    {f"{W}del", f"{W}moveFrom", f"{W}pPr", f"{W}rPr", f"{W}instrText", f"{W}footnoteReference"}
    | {"{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"}
)
MARKS = {f"{W}tab": " ", f"{W}br": " ", f"{W}cr": " ", f"{W}noBreakHyphen": "-"}


@dataclass(frozen=True, slots=True)
class WordReader:
    """Reads a Word document (.docx)."""

    def read(self, data: bytes, source: Source, config: ReadConfig) -> Document:
        """Give the document of the text, with title and author if the file names them."""
        unzipped(data, source.shown, KIND, ".docx")
        try:
            import docx
        except ImportError as error:
            raise missing("python-docx", "docx", source.shown) from error
        try:
            opened = docx.Document(io.BytesIO(data))
            styles = {style.style_id: style.name or "" for style in opened.styles}
            text = "".join(_blocks(opened.element.body, styles))
            title, author = opened.core_properties.title, opened.core_properties.author
        except (ReadError, MemoryError):
            raise
        except Exception as error:
            raise damaged(KIND, source.shown, error) from error
        document = document_from_pieces(
            read_html(text),
            source=source.name,
            title=title or None,
            lang=config.lang,
            meta={"author": author} if author and author != "python-docx" else {},
        )
        return checked(document, KIND, source, config)


def _blocks(parent: Any, styles: dict[str, str]) -> Iterator[str]:
    """Give the paragraphs and tables below an element, in HTML."""
    for child in parent.iterchildren():
        if child.tag == f"{W}p":
            yield from _paragraph(child, styles)
        elif child.tag == f"{W}tbl":
            yield "<table>"
            for row in child.iter(f"{W}tr"):
                cells = ("".join(_blocks(cell, styles)) for cell in row.iter(f"{W}tc"))
                yield f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"
            yield "</table>"
        elif child.tag not in LEFT_OUT:
            yield from _blocks(child, styles)


def _paragraph(element: Any, styles: dict[str, str]) -> Iterator[str]:
    boxes: list[Any] = []
    words = "".join(_words(element, boxes))
    if words.strip():
        tag = _tag(element, styles)
        yield f"<{tag}>{words}</{tag}>"
    for box in boxes:
        yield from _blocks(box, styles)


def _tag(paragraph: Any, styles: dict[str, str]) -> str:
    """Give the element of HTML that a paragraph is."""
    properties = paragraph.find(f"{W}pPr")
    named = properties.find(f"{W}pStyle") if properties is not None else None
    style = styles.get(named.get(f"{W}val"), "").lower() if named is not None else ""
    if style in ("title", "subtitle") or style.startswith("heading"):
        return "h1" if style == "title" else "h2"
    if style.startswith("toc"):
        return "nav"
    if style == "caption":
        return "figcaption"
    if "quote" in style:
        return "blockquote"
    numbered = properties is not None and properties.find(f"{W}numPr") is not None
    return "li" if numbered or style.startswith("list") else "p"


def _words(element: Any, boxes: list[Any]) -> Iterator[str]:
    """Give the words of a paragraph; what stands in boxes on the page is put aside."""
    for child in element.iterchildren():
        if child.tag == f"{W}t":
            yield html.escape(child.text or "")
        elif child.tag in MARKS:
            yield MARKS[child.tag]
        elif child.tag == f"{W}txbxContent":
            boxes.append(child)
        elif child.tag == f"{W}r":
            yield from _run(child, boxes)
        elif child.tag not in LEFT_OUT:
            yield from _words(child, boxes)


def _run(run: Any, boxes: list[Any]) -> Iterator[str]:
    properties = run.find(f"{W}rPr")
    tag = ""
    if properties is not None:
        raised = properties.find(f"{W}vertAlign")
        if any(_is_on(properties.find(f"{W}{name}")) for name in ("strike", "dstrike", "vanish")):
            tag = "del"
        elif raised is not None and raised.get(f"{W}val") == "superscript":
            tag = "sup"
    words = "".join(_words(run, boxes))
    yield f"<{tag}>{words}</{tag}>" if tag and words else words


def _is_on(switch: Any) -> bool:
    return switch is not None and switch.get(f"{W}val") not in ("0", "false", "off")
