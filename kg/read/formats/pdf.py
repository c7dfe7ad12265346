"""PDF files: lines in reading order become paragraphs; running heads and hyphens at line ends go."""

from __future__ import annotations

import io
import itertools
import logging
import re
import statistics
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from kg.config import ReadConfig
from kg.errors import ReadError, printable
from kg.model import BlockKind, Document
from kg.read import margins
from kg.read.blocks import SENTENCE_END, meant, special
from kg.read.formats.faults import check, cut_off, damaged, encrypted, missing, truncated, warn
from kg.read.formats.kinds import misnamed
from kg.read.layout import plain_title
from kg.read.markup import POWER, RAISED, Piece, without_marks
from kg.read.sources import Source
from kg.read.text import checked, document_from_pieces

KIND = "PDF file"
# How wide a letter is on average, and a gap that parts columns and cells, in the size of the type.
WIDTH, GAP = 0.5, 2.5
# Heads and feet are looked for among so many lines from the top and the bottom of a page.
EDGE = 3
# So many pairs of lines side by side tell that columns were written row by row.
ROWS = 3
# Titles that programs give, which are none.
NO_TITLE = re.compile(
    r"\W*(?:untitled|unspecified|anonymous)?\W*|microsoft \w+ - .*"
    r"|.*\.(?:docx?|odt|rtf|indd|qxd|tex|dvi|pptx?)",
    re.I,
)
CATALOG = re.compile(rb"/Type\s*/Catalog\b")
NUMBER = re.compile(rf"{margins.PAGE.pattern}|[ivxlc]{{1,6}}", re.I)
# Dots that lead to a page number in a table of contents.
LEADERS = re.compile(r"(?:\.\s?){5,}[\divxlc]*$")
# Letters cast in one, and what bullets are in the fonts of signs.
SIGNS = str.maketrans(
    {
        **dict.fromkeys("\x7f\uf0a7\uf0b7\uf0d8\uf076", "•"),
        "ﬀ": "ff",
        "ﬁ": "fi",
        "ﬂ": "fl",
        "ﬃ": "ffi",
        "ﬄ": "ffl",
        "ﬅ": "st",
        "ﬆ": "st",
    }
)
HYPHEN = re.compile(r"([^\W\d_]+)[-\u00ad\u2010]$")


@dataclass(slots=True)
class Line:
    """A line of a page, or its part in one column."""

    x: float
    y: float
    size: float
    text: str
    page: int
    bold: bool = False
    inner: float = 0.0  # where its words begin behind a bullet or number
    longest: int = 0  # letters of its longest run, whose type is the line's

    @property
    def end(self) -> float:
        return self.x + len(self.text) * self.size * WIDTH


@dataclass(frozen=True, slots=True)
class PdfReader:
    """Reads a PDF file."""

    def read(self, data: bytes, source: Source, config: ReadConfig) -> Document:
        """Give the document of all pages; evidence is on one of them."""
        pages, info = _opened(data, source.shown)
        _say_what_is_missing(pages, source.shown)
        title, author = info.get("title", ""), info.get("author", "")
        document = document_from_pieces(
            _pieces(_without_heads(pages)),
            source=source.name,
            title=None if NO_TITLE.fullmatch(title) else title,
            lang=config.lang,
            meta={} if NO_TITLE.fullmatch(author) else {"author": author},
            parts="page",
        )
        return checked(document, KIND, source, config)


def _opened(data: bytes, where: str) -> tuple[list[list[Line]], dict[str, str]]:
    """Give the lines of each page, and what the file says of itself."""
    check(data, where, KIND, ".pdf")
    try:
        import pypdf
    except ImportError as error:
        raise missing("pypdf", "pdf", where) from error
    # What it mends in a file it says in its log, for each object.
    logging.getLogger("pypdf").setLevel(logging.ERROR)
    if b"%PDF-" not in data[:1024]:
        raise misnamed(data, KIND, ".pdf", where)
    whole = b"%%EOF" in data[-2048:]
    try:
        # Where the table of a truncated file is missing, its objects are looked for.
        reader = pypdf.PdfReader(io.BytesIO(data if whole else data + _end_of(data)))
        pages, info = _content(reader, where)
    except (ReadError, MemoryError):
        raise
    except Exception as error:
        raise (damaged(KIND, where, error) if whole else cut_off(KIND, where)) from error
    if not whole:
        if not any(pages):
            raise cut_off(KIND, where)
        truncated(where)
    return pages, info


def _content(reader: Any, where: str) -> tuple[list[list[Line]], dict[str, str]]:
    from pypdf.errors import DependencyError

    try:
        if reader.is_encrypted and not reader.decrypt(""):
            raise encrypted(where)
    except DependencyError as error:
        raise missing("cryptography, with which the file is encrypted,", "pdf", where) from error
    pages = [_lines(page, number) for number, page in enumerate(reader.pages, start=1)]
    return pages, {k.strip("/").lower(): str(v).strip() for k, v in (reader.metadata or {}).items()}


def _end_of(data: bytes) -> bytes:
    """Give an end for a truncated file that tells where its catalog is, if that is there."""
    catalog = CATALOG.search(data)
    begin = data.rfind(b" obj", 0, catalog.start()) if catalog else -1
    number = re.search(rb"(\d+ \d+)$", data[max(0, begin - 20) : begin]) if begin > 0 else None
    root = b"trailer\n<< /Root " + number[1] + b" R >>\n" if number else b""
    return b"\nendobj\n" + root + b"startxref\n0\n%%EOF\n"


def _say_what_is_missing(pages: list[list[Line]], where: str) -> None:
    empty = [n for n, lines in enumerate(pages, start=1) if not lines]
    if len(empty) == len(pages):
        raise ReadError(
            "no text in its pages, which are scanned",
            where=where,
            remedy="run OCR on it first, as ocrmypdf does",
        )
    if empty:
        numbers = ", ".join(map(str, empty[:8])) + (", …" if len(empty) > 8 else "")
        what = f"page {numbers} holds" if len(empty) == 1 else f"pages {numbers} hold"
        warn(f"{printable(where)}: {what} no text; if scanned, run OCR first")


def _lines(page: Any, number: int) -> list[Line]:
    """Give the lines of a page, in the order in which they are read."""
    lines: list[Line] = []
    joins = False  # whether the last run goes on without a space

    def visit(text: str, cm: Sequence[float], tm: Sequence[float], font: Any, size: float) -> None:
        nonlocal joins
        if not text.strip():
            joins = joins and not text
            if text and lines and not lines[-1].text.endswith(" "):
                lines[-1].text += " "
            return
        x = tm[4] * cm[0] + tm[5] * cm[2] + cm[4]
        y = tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
        scale = (tm[1] ** 2 + tm[3] ** 2) ** 0.5 * (cm[1] ** 2 + cm[3] ** 2) ** 0.5
        size = abs(size * scale) or 1.0
        bold = re.search("bold|black|heavy", str((font or {}).get("/BaseFont", "")), re.I) is not None
        for part in text.translate(SIGNS).split("\n"):
            if part.strip():
                _add(lines, Line(x, y, size, part, number, bold), joins=joins)
                joins = True
            else:
                joins = False
            y -= 1.2 * size

    page.extract_text(visitor_text=visit)
    for line in lines:
        line.text = " ".join(line.text.split())
    return _in_columns([line for line in lines if line.text])


def _add(lines: list[Line], run: Line, *, joins: bool) -> None:
    """Add a run of text to the line that it goes on with, or as a line of its own."""
    last = lines[-1] if lines else None
    if last is None or abs(last.y - run.y) > 0.6 * max(last.size, run.size):
        lines.append(run)
        return
    words = run.text.strip()
    if _is_raised(run, last):
        # What is raised after a unit is its power; other raised signs are marks of notes.
        if POWER.search(last.text[-8:]) and re.fullmatch(r"[-−]?\d", words) and not last.text[-1:].isdigit():
            last.text += words.translate(RAISED)
        return
    if not joins and (run.x - last.end > GAP * last.size or run.x < last.x):
        lines.append(run)
        return
    _take_type(last, run)
    last.text = last.text + run.text if joins else f"{last.text.rstrip()} {run.text.lstrip()}"


def _take_type(line: Line, run: Line) -> None:
    """Give a line the type of its longest run, and note where its words begin behind a bullet."""
    before, words = len(line.text.strip()), len(run.text.strip())
    if not line.inner and before <= 3:
        line.inner = run.x
    if words > (line.longest or before):
        line.size, line.bold, line.longest = run.size, run.bold, words


def _is_raised(run: Line, line: Line) -> bool:
    small = run.size <= 0.8 * line.size
    raised = run.size < 0.95 * line.size and run.y > line.y + 0.15 * line.size
    return (small or raised) and re.fullmatch(r"[\d,*†‡−–-]{1,7}", run.text.strip()) is not None


def _in_columns(lines: list[Line]) -> list[Line]:
    """Put columns one after the other where they were written row by row."""
    rows = [(a, b) for a, b in itertools.pairwise(lines) if abs(a.y - b.y) < 2 and b.x > a.end + b.size]
    starts = Counter(round(b.x / 10) for _, b in rows)
    if not starts or starts.most_common(1)[0][1] < ROWS:
        return lines
    gutter = min(b.x for _, b in rows if round(b.x / 10) == starts.most_common(1)[0][0]) - 5
    left = [a for a, b in rows if abs(b.x - gutter) < 15]
    # Cells are short, and columns are prose.
    if statistics.median(len(a.text.split()) for a in left) < 4:
        return lines
    ordered: list[Line] = []
    band: list[Line] = []
    for line in lines:
        if line.x < gutter < line.end - 2 * line.size:
            ordered += _by_column(band, gutter)
            ordered.append(line)
            band = []
        else:
            band.append(line)
    return ordered + _by_column(band, gutter)


def _by_column(band: list[Line], gutter: float) -> list[Line]:
    # Either side may hold several columns.
    return _in_columns([x for x in band if x.x < gutter]) + _in_columns([x for x in band if x.x >= gutter])


def _without_heads(pages: list[list[Line]]) -> list[Line]:
    """Give the lines of all pages without what stands at the top or bottom of each."""
    seen: Counter[tuple[str, int]] = Counter()
    numbered: Counter[tuple[int, int] | None] = Counter()
    for lines in pages:
        seen.update({_as_head(line) for line in _edges(lines)})
        numbered.update({_number(line) for line in _edges(lines)} - {None})
    often = 2 if len(pages) < 6 else 3

    def is_head(line: Line) -> bool:
        repeated = seen[_as_head(line)] >= often or numbered[_number(line)] >= often
        return repeated or NUMBER.fullmatch(line.text) is not None

    kept: list[Line] = []
    for lines in pages:
        edges = _edges(lines)
        heights = [line.y for line in edges if is_head(line)]
        # What stands beside a page's number is its head, too.
        heads = [line for line in edges if any(abs(line.y - y) < 3 for y in heights)]
        kept += (line for line in lines if not any(line is head for head in heads))
    return kept


def _edges(lines: list[Line]) -> list[Line]:
    """Give the lines that stand highest and lowest on a page."""
    ordered = sorted(lines, key=lambda line: -line.y)
    return ordered[:EDGE] + ordered[max(EDGE, len(ordered) - EDGE) :]


def _as_head(line: Line) -> tuple[str, int]:
    """Give what is alike in the heads of pages: the words without numbers, and the height."""
    return re.sub(r"\d+|\b[ivxlc]+\b", "#", line.text.lower()), round(line.y / 4)


def _number(line: Line) -> tuple[int, int] | None:
    """Give how far the number at the end or beginning of a line is from its page's, and the height."""
    found = re.search(r"^\d{1,4}(?=\s)|(?<=\s)\d{1,4}$", line.text)
    return (int(found[0]) - line.page, round(line.y / 4)) if found else None


def _pieces(lines: list[Line]) -> list[Piece]:
    """Give the paragraphs of a text."""
    if not lines:
        return []
    body = _body_size(lines)
    leading = _leading(lines)
    widths = _widths(lines)
    words = Counter(re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", " ".join(x.text for x in lines).lower()))
    beside = margins.lines_beside([line.text for line in lines])
    groups = [[lines[0]]]
    for i, (before, line) in enumerate(itertools.pairwise(lines)):
        width = max(widths[_column(before)], widths[_column(line)])
        apart = beside[i] or beside[i + 1] or _parted(groups[-1][0], before, line, leading, width)
        groups.append([line]) if apart else groups[-1].append(line)
    pieces = [_piece(group, words, body) for group in groups]
    for (above, left), (below, right) in itertools.pairwise(zip(groups, pieces, strict=True)):
        # What stands side by side and is no column is a row of a table.
        if _in_a_row(above[-1], below[0]):
            left.kind = right.kind = "cell"
    return pieces


def _column(line: Line) -> tuple[int, int]:
    return line.page, round(line.x / 10)


def _widths(lines: list[Line]) -> dict[tuple[int, int], int]:
    """Give the letters of the longest line that begins where a line does, or within half an inch of it."""
    longest: Counter[tuple[int, int]] = Counter()
    for line in lines:
        longest[_column(line)] = max(longest[_column(line)], len(line.text))
    return {(page, x): max(longest[page, x + dx] for dx in range(-4, 5)) for page, x in list(longest)}


def _in_a_row(line: Line, other: Line) -> bool:
    return line.page == other.page and abs(line.y - other.y) < 2


def _body_size(lines: list[Line]) -> float:
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[round(line.size, 1)] += len(line.text)
    return sizes.most_common(1)[0][0]


def _leading(lines: list[Line]) -> float:
    gaps = [a.y - b.y for a, b in itertools.pairwise(lines) if 0 < a.y - b.y < 3 * a.size]
    return statistics.median_low(gaps) if gaps else 0.0


def _parted(first: Line, before: Line, line: Line, leading: float, width: int) -> bool:
    """Whether a line begins a paragraph, behind one that `first` began."""
    if _differ(before, line) or special(line.text) is not None:
        return True
    gap = before.y - line.y
    ended = SENTENCE_END.search(before.text) is not None
    if gap <= 0 or before.page != line.page:
        # At the top of a page or column a sentence goes on, or a paragraph that may.
        new = ended and not line.text[:1].islower()
    elif gap < 2 or (leading and gap > 1.3 * leading):
        return True
    elif _is_below(first, line, ended=ended):
        return False
    else:
        new = ended and line.x > before.x + 0.8 * line.size
    return new or meant(before.text, line.text, width, first=False)


def _differ(before: Line, line: Line) -> bool:
    """Whether two lines are no parts of one paragraph by their type and what they are."""
    if LEADERS.search(before.text) or LEADERS.search(line.text):
        return True
    return abs(before.size - line.size) > 0.08 * max(before.size, line.size) or _is_head(before, line)


def _is_below(item: Line, line: Line, *, ended: bool) -> bool:
    """Whether a line stands below the words of an item, so that it goes on with it."""
    if special(item.text) is None or line.x <= item.x + 2:
        return False
    return abs(line.x - item.inner) < 3 if item.inner else not ended


def _is_head(before: Line, line: Line) -> bool:
    """Whether one of two lines is a heading in bold beside text, or the first a row of numbers."""
    head = before if before.bold else line
    if before.bold != line.bold and plain_title(head.text):
        return True
    # A row of numbers is none of the sentences below it.
    return before.page == line.page and re.search(r"[^\W\d_]", before.text) is None


def _piece(lines: list[Line], words: Counter[str], body: float) -> Piece:
    text = ""
    pages: list[tuple[int, int]] = []
    for line in lines:
        said = without_marks(line.text)
        text, space = _joined(text, said, words)
        if not pages or pages[-1][1] != line.page:
            pages.append((len(text) + len(space), line.page))
        text += space + said
    large = lines[0].size > 1.12 * body and len(text) < 200
    bold = all(line.bold for line in lines) and plain_title(text)
    kind: BlockKind = "heading" if large or bold else "paragraph"
    if LEADERS.search(text):
        kind = "aside"
    return Piece(kind, text.replace("\u00ad", ""), pages=tuple(pages))


def _joined(text: str, after: str, words: Counter[str]) -> tuple[str, str]:
    """Give a line so that the next can follow, and what stands between: a word that was parted is whole."""
    parted = HYPHEN.search(text)
    if parted is None or not after[:1].isalpha():
        return text, " " if text else ""
    first = re.match(r"[^\W\d_]+", after)
    assert first is not None, "it begins with a letter"
    whole, hyphened = parted[1] + first[0], f"{parted[1]}-{first[0]}"
    if first[0][0].islower() and (words[whole.lower()] or not words[hyphened.lower()]):
        return text[:-1], ""
    return text, ""
