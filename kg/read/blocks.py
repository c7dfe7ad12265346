"""A text is split into the stretches that are parsed by themselves; no offset moves."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence

from kg.model import Block, BlockKind
from kg.read import margins
from kg.read.layout import Line, next_lines, plain_title, title_case

# A text is wrapped when no line is longer than this; longer lines are paragraphs by themselves.
WIDEST = 160

RULE = re.compile(r"\s*(?:([-*_=~#])(?:\s*\1){2,})\s*$")
UNDERLINE = re.compile(r"\s{0,3}(?:={3,}|-{3,})\s*$")
ITEM = re.compile(r"\s*(?:[-*+•‣◦▪●–—]|\(?\d{1,3}[.)]|\(?[a-z]\))[ \t]+(?:\[[ xX]\][ \t]+)?(?P<body>\S.*)$")
QUOTE = re.compile(r"\s{0,3}(?:>[ \t]?)+(?P<body>.*)$")
CAPTION = re.compile(
    r"\s*(?:figure|fig\.|table|photo|image|map|chart|video|caption)(?:\s+\d+[.:]?|:)\s+(?P<body>\S.*)$", re.I
)
SENTENCE_END = re.compile(r"""[.!?…]["”’')\]]*\s*$""")


def split(text: str, start: int = 0, *, title: str | None = None) -> tuple[Block, ...]:
    """Split a text from `start` on into blocks, in order, none overlapping another.

    Lines that are wrapped make one paragraph. `title` is what the header gave, so that a first line
    that is no more than a heading is not taken for the title.
    """
    blocks = (_trimmed(text, b) for run in _chunks(next_lines(text, start)) for b in _read_chunk(run))
    return named(text, [b for b in blocks if b.start < b.end], title=title)


def named(text: str, blocks: Sequence[Block], *, title: str | None = None) -> tuple[Block, ...]:
    """Tell titles and headings from paragraphs of one line; `title` is what the header gave."""
    last = len(blocks) - 1
    return tuple(_named(text, b, first=i == 0, last=i == last, title=title) for i, b in enumerate(blocks))


def _named(text: str, block: Block, *, first: bool, last: bool, title: str | None) -> Block:
    words = text[block.start : block.end]
    kind = block.kind
    lone = kind == "paragraph" and "\n" not in words and "\r" not in words
    if first and kind == "heading" and title in (None, words):
        kind = "title"
    elif first and lone and words == title:
        kind = "title"
    elif lone and not last and _heads(words, longest=20 if first else 14):
        kind = "title" if first and title is None else "heading"
    return Block(block.start, block.end, kind)


def _heads(line: str, longest: int) -> bool:
    """Whether a paragraph of one line reads as a heading of so many words at most."""
    return plain_title(line) and len(line.split()) <= longest


def _chunks(lines: Iterable[Line]) -> Iterator[list[Line]]:
    """Give the runs of lines between blank ones; a line that stands beside the text is one of its own."""
    run: list[Line] = []
    for line in lines:
        if line.text.strip():
            run.append(line)
        elif run:
            yield from _apart(run)
            run = []
    yield from _apart(run)


def _apart(run: list[Line]) -> Iterator[list[Line]]:
    group: list[Line] = []
    for line, alone in zip(run, margins.lines_beside([line.text for line in run]), strict=True):
        if not alone:
            group.append(line)
            continue
        yield group
        yield [line]
        group = []
    yield group


def _read_chunk(lines: list[Line]) -> Iterator[Block]:
    """Give the blocks of lines that no blank line parts."""
    group: list[Line] = []
    kind: BlockKind = "paragraph"
    offset = 0  # where in the group's first line its text starts

    def close() -> Iterator[Block]:
        if not group:
            return
        if kind == "paragraph":
            yield from _paragraphs(group)
        else:
            yield _block(group[0].start + offset, group[-1], kind)
        group.clear()

    for line in lines:
        if (
            UNDERLINE.match(line.text)
            and len(group) == 1
            and kind == "paragraph"
            and plain_title(group[0].text)
        ):
            yield _block(group[0].start, group[0], "heading")
            group.clear()
            continue
        if RULE.match(line.text):
            yield from close()
            kind = "paragraph"
            continue
        marked = special(line.text)
        if marked is None:
            # An unmarked line after an item or a quote goes on with it.
            group.append(line)
            continue
        new, at, end = marked
        if new == "quote" and kind == "quote" and group:
            group.append(line)
            continue
        yield from close()
        kind = "paragraph"
        if new == "caption":
            yield Block(line.start + at, line.start + end, new)
        else:
            group, kind, offset = [line], new, at
    yield from close()


def special(text: str) -> tuple[BlockKind, int, int] | None:
    """What a marked line is, and from where to where its words stand."""
    for pattern, kind in MARKS:
        match = pattern.match(text)
        if match and not margins.PAGE.fullmatch(text.strip()):
            return kind, *match.span("body")
    return None


MARKS: tuple[tuple[re.Pattern[str], BlockKind], ...] = (
    (QUOTE, "quote"),
    (CAPTION, "caption"),
    (ITEM, "item"),
)


def _paragraphs(lines: list[Line]) -> Iterator[Block]:
    """Part lines at breaks that were meant; a break made by wrapping is none."""
    width = max(len(line.text.rstrip()) for line in lines)
    group = [lines[0]]
    for before, line in itertools.pairwise(lines):
        if meant(before.text.rstrip(), line.text.strip(), width, first=before is lines[0]):
            yield _block(group[0].start, group[-1], "paragraph")
            group = []
        group.append(line)
    yield _block(group[0].start, group[-1], "paragraph")


def meant(before: str, after: str, width: int, *, first: bool) -> bool:
    """Whether a line break was meant: the next word would have fitted, or lines are paragraphs."""
    first_word = after.split(maxsplit=1)[0]
    fits = len(before) + 1 + len(first_word) <= width
    capital = not next((c for c in after if c.isalnum()), "a").islower()
    if width > WIDEST:
        ended = SENTENCE_END.search(before) is not None
        return capital and (ended or plain_title(before))
    if not fits or not capital:
        return False
    if SENTENCE_END.search(before):
        # A wrapped text is ragged by a word; a sentence a line is not.
        return len(before) + 1 + len(first_word) <= 0.85 * width
    short = len(before) <= 0.7 * width
    return short and plain_title(before) and (title_case(before) or first)


def _trimmed(text: str, block: Block) -> Block:
    words = text[block.start : block.end]
    return Block(block.start + len(words) - len(words.lstrip()), block.end, block.kind)


def _block(start: int, last: Line, kind: BlockKind) -> Block:
    return Block(start, last.start + len(last.text.rstrip()), kind)
