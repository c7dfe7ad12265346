"""Names get what was cut off before them, and places the parts of them that are spoken of."""

from __future__ import annotations

import re

from kg.extract.lexicon import words
from kg.extract.reading import MentionDraft, Reading

DIRECTIONS = words("names", "extent", "directions")
ROADS = words("names", "extent", "numbered")
PREFIXES = words("names", "extent", "prefixes")
GENERATIONS = words("names", "extent", "generations")
# "75", "10th", "66/75".
ROAD_NUMBER = re.compile(r"\d+(?:/\d+|st|nd|rd|th)?")
POLITE = words("coref", "names", "polite")


def widen(reading: Reading) -> None:
    """Widen the names of a document where they are cut off, and add the regions around places."""
    _complete(reading)
    _add_generations(reading)
    _address(reading)
    _add_regions(reading)


def _complete(reading: Reading) -> None:
    """Give names what was cut off before them: "75" of "75 Street", "A-" of "A-Teens"."""
    taken = {(m.block.index, k) for m in reading.mentions for k in range(m.span.start, m.span.end)}
    for m in reading.mentions:
        if m.kind != "name" or m.span.start == 0 or (m.block.index, m.span.start - 1) in taken:
            continue
        start = _whole_start(m, taken)
        if start < m.span.start:
            m.span = m.block.doc[start : m.span.end]
            m.label = m.span.text


def _add_generations(reading: Reading) -> None:
    """Give persons what stands behind a comma and tells them from their fathers: "Karl Brandt, Jr."."""
    for m in reading.mentions:
        doc, end = m.block.doc, m.span.end
        if m.kind == "name" and m.type == "Person" and len(m.span) > 1 and end + 1 < len(doc):
            behind = doc[end + 1]
            if doc[end].text == "," and behind.lower_ in GENERATIONS and behind.is_title:
                m.span, m.label = doc[m.span.start : end + 2], f"{m.label} {behind.text}"


def _address(reading: Reading) -> None:
    """Let who is named by surname alone be called "Mrs. Vik", so that Mr. Vik is another one."""
    for m in reading.mentions:
        if m.kind == "name" and m.type == "Person" and len(m.span) == 1 and m.span.start:
            before = m.block.doc[m.span.start - 1]
            if before.lower_.rstrip(".") in POLITE and before.is_title:
                m.label = f"{before.text} {m.label}"


def _whole_start(m: MentionDraft, taken: set[tuple[int, int]]) -> int:
    """Give where a name begins with its number or with the part before its hyphen."""
    start: int = m.span.start
    doc = m.block.doc
    before = doc[start - 1]
    if len(m.span) == 1 and m.span.text in ROADS and ROAD_NUMBER.fullmatch(before.text):
        return start - 1
    if start > 1 and before.text == "-" and not before.whitespace_ and not doc[start - 2].whitespace_:
        first = doc[start - 2]
        own = (m.block.index, start - 2) not in taken and first.text[0].isupper()
        return start - 2 if own and first.lower_ not in PREFIXES else start
    return start


def _add_regions(reading: Reading) -> None:
    """Let "southern Norland" be a place of its own around "Norland", and the one that is spoken of."""
    for mention in list(reading.mentions):
        start, doc = mention.span.start, mention.block.doc
        if mention.kind != "name" or mention.type not in ("GPE", "Location") or start == 0:
            continue
        before = doc[start - 1]
        if start > 2 and doc[start - 2].text == "-" and doc[start - 3].lower_ in DIRECTIONS:
            start -= 2  # "east-central Norland"
        if before.lower_ in DIRECTIONS and before.head.i in range(start, mention.span.end):
            span = doc[start - 1 : mention.span.end]
            reading.add(MentionDraft(mention.block, span, mention.head, "name", "Location", span.text))
