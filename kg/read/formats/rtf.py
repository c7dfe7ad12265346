"""Rich text files: a paragraph for each of theirs."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.config import ReadConfig
from kg.model import Document
from kg.read.formats.faults import check, damaged, missing, truncated
from kg.read.formats.kinds import misnamed
from kg.read.markup import read_html
from kg.read.sources import Source
from kg.read.text import checked, document_from_pieces

KIND = "rich text file"
INFO = re.compile(r"\{\\(title|author) ([^{}\\]{1,200})\}")


@dataclass(frozen=True, slots=True)
class RichTextReader:
    """Reads a rich text file (.rtf)."""

    def read(self, data: bytes, source: Source, config: ReadConfig) -> Document:
        """Give the document of the text, with title and author if the file names them."""
        check(data, source.shown, KIND, ".rtf")
        if not data.lstrip().startswith(b"{\\rtf"):
            raise misnamed(data, KIND, ".rtf", source.shown)
        try:
            from striprtf.striprtf import rtf_to_text
        except ImportError as error:
            raise missing("striprtf", "rtf", source.shown) from error
        written = data.decode("latin-1")
        if not written.rstrip("\0 \t\r\n").endswith("}"):
            truncated(source.shown)
        try:
            text = rtf_to_text(written, errors="replace")
        except Exception as error:
            raise damaged(KIND, source.shown, error) from error
        info = dict(INFO.findall(written[:20_000]))
        document = document_from_pieces(
            read_html("".join(_blocks(text))),
            source=source.name,
            title=info.get("title"),
            lang=config.lang,
            meta={"author": info["author"]} if info.get("author") else {},
        )
        return checked(document, KIND, source, config)


def _blocks(text: str) -> Iterator[str]:
    for line in re.split(r"[\r\n\f]+", text):
        cells = line.split("|")
        if len(cells) > 2 and not cells[-1].strip():
            yield f"<tr>{''.join(f'<td>{html.escape(cell)}</td>' for cell in cells[:-1])}</tr>"
        elif line.strip():
            yield f"<p>{html.escape(line)}</p>"
