"""The place, agency and date that open a news report: "LIMA, 3 May 2024 (AFP) —"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from kg.model import Block

# A city in capitals, or any city where an agency or a date follows; then an optional region.
UPPER = "".join(c for c in map(chr, range(0x41, 0x530)) if c.isupper())
CITY = rf"[{UPPER}][\w.'’-]*(?: (?:[{UPPER}][\w.'’-]*|de|del|la|el|al|am|an|der|of|upon)){{0,3}}"
REGION = rf"(?:, [{UPPER}][\w.'’-]*(?: [{UPPER}][\w.'’-]*){{0,2}}){{0,2}}"
DAY = r"(?:[A-Z][a-z]{2,8}\.? \d{1,2}|\d{1,2} [A-Z][a-z]{2,8}\.?)(?:,? \d{4})?|\d{4}-\d\d-\d\d"
DATELINE = re.compile(
    rf"(?P<place>{CITY}{REGION})(?:,? (?P<date>{DAY})| \((?P<closed>{DAY})\))?"
    r"(?:,? ?[(/](?P<agency>[A-Z][\w .&/-]{1,40}?)[)/])?"
    r"(?P<dash>\s*(?:[—–]|--|_)\s*|\s+-\s+)(?=[\"“‘'(]?[\w$€£])"
)
# A city that stands for itself before a whole sentence with no other dash: "Oslo – The council has met."
ALONE = re.compile(
    rf"(?P<place>(?!(?:The|A|An|This|That|These|My|Our|What|How|Why)\b){CITY}) [—–] "
    rf"(?=[\"“‘'(]?[{UPPER}][^—–\n]*?\w\w[.!?][\"”’']?(?:\s|$))(?=(?:\S+ ){{7}})"
)


@dataclass(frozen=True, slots=True)
class Dateline:
    """What a dateline says, and where the report begins."""

    end: int
    meta: dict[str, str] = field(default_factory=dict)


def find_dateline(text: str, block: Block) -> Dateline | None:
    """Read the dateline that opens a paragraph; None where it opens with its first sentence.

    >>> line = find_dateline("LIMA, 3 May 2024 (AFP) - Rain fell.", Block(0, 35))
    >>> line.meta, "LIMA, 3 May 2024 (AFP) - Rain fell."[line.end:]
    ({'dateline': 'LIMA', 'date': '3 May 2024', 'agency': 'AFP'}, 'Rain fell.')
    >>> find_dateline("The plan - drawn up in May - failed.", Block(0, 36)) is None
    True
    """
    match = DATELINE.match(text, block.start, block.end)
    if match is None:
        return None
    if (alone := ALONE.match(text, block.start, block.end)) is not None:
        return Dateline(alone.end(), {"dateline": alone["place"]})
    city = match["place"].split(",")[0]
    capitals = city.isupper() and len(city) > 2
    date = match["date"] or match["closed"]
    if not (capitals or match["agency"] or date):
        return None
    found = {"dateline": match["place"], "date": date, "agency": match["agency"]}
    return Dateline(match.end(), {k: v for k, v in found.items() if v})


def split_dateline(text: str, blocks: Iterable[Block]) -> tuple[tuple[Block, ...], dict[str, str]]:
    """Make the dateline of the first paragraph a header block of its own, and give what it says."""
    blocks = tuple(blocks)
    for i, block in enumerate(blocks):
        if block.kind != "paragraph":
            continue
        line = find_dateline(text, block)
        if line is None:
            break
        head = Block(block.start, block.start + len(text[block.start : line.end].rstrip()), "header")
        return (*blocks[:i], head, Block(line.end, block.end, "paragraph"), *blocks[i + 1 :]), line.meta
    return blocks, {}
