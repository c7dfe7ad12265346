"""PowerPoint presentations: the words of each slide, and the notes of the speaker."""

from __future__ import annotations

import html
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from kg.config import ReadConfig
from kg.errors import ReadError
from kg.model import Document
from kg.read.formats.faults import damaged, missing, unzipped
from kg.read.markup import Piece, read_html
from kg.read.sources import Source
from kg.read.text import checked, document_from_pieces

KIND = "PowerPoint presentation"


@dataclass(frozen=True, slots=True)
class SlidesReader:
    """Reads a PowerPoint presentation (.pptx)."""

    def read(self, data: bytes, source: Source, config: ReadConfig) -> Document:
        """Give the document of all slides; evidence is in one of them."""
        unzipped(data, source.shown, KIND, ".pptx")
        try:
            import pptx
        except ImportError as error:
            raise missing("python-pptx", "pptx", source.shown) from error
        pieces: list[Piece] = []
        try:
            opened = pptx.Presentation(io.BytesIO(data))
            for number, slide in enumerate(opened.slides, start=1):
                found = read_html("".join(_slide(slide)))
                if found:
                    found[0].pages, found[0].before = ((0, number),), "\n\n"
                pieces += found
            title, author = opened.core_properties.title, opened.core_properties.author
        except (ReadError, MemoryError):
            raise
        except Exception as error:
            raise damaged(KIND, source.shown, error) from error
        document = document_from_pieces(
            pieces,
            source=source.name,
            title=title if title and title != "PowerPoint Presentation" else None,
            lang=config.lang,
            meta={"author": author} if author else {},
            parts="slide",
        )
        return checked(document, KIND, source, config)


def _slide(slide: Any) -> Iterator[str]:
    """Give the words of a slide in HTML, its title first."""
    title = slide.shapes.title
    if title is not None and title.text_frame.text.strip():
        yield f"<h2>{html.escape(' '.join(title.text_frame.text.split()))}</h2>"
    yield from _shapes(s for s in slide.shapes if title is None or s.shape_id != title.shape_id)
    if slide.has_notes_slide and slide.notes_slide.notes_text_frame is not None:
        yield from _paragraphs(slide.notes_slide.notes_text_frame, "p")


def _shapes(shapes: Iterable[Any]) -> Iterator[str]:
    for shape in shapes:
        # Loaded with its package, whose absence was told.
        from pptx.enum.shapes import PP_PLACEHOLDER

        beside = (PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER, PP_PLACEHOLDER.DATE)
        if shape.is_placeholder and shape.placeholder_format.type in beside:
            continue
        if hasattr(shape, "shapes"):
            yield from _shapes(shape.shapes)
        elif getattr(shape, "has_table", False):
            for row in shape.table.rows:
                yield f"<tr>{''.join(f'<td>{html.escape(cell.text)}</td>' for cell in row.cells)}</tr>"
        elif shape.has_text_frame:
            yield from _paragraphs(shape.text_frame, "li" if shape.is_placeholder else "p")


def _paragraphs(frame: Any, tag: str) -> Iterator[str]:
    for paragraph in frame.paragraphs:
        words = " ".join(paragraph.text.split())
        if words:
            yield f"<{tag}>{html.escape(words)}</{tag}>"
