"""The day that the head of a text tells without a key: of minutes, a judgment, a report from a place."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from kg.model import Block
from kg.read.dateline import CITY, REGION
from kg.read.header import MONTH, parse_date

# How many blocks may be the head, and how long each of them.
FIRST, LONGEST = 4, 200
HEADS = frozenset({"title", "heading", "paragraph", "header", "aside"})
WEEKDAY = r"(?:(?i:mon|tues|wednes|thurs|fri|satur|sun)day,? )"
DAY = (
    rf"(?:the )?(?P<day>\d{{1,2}}(?:st|nd|rd|th)?(?: of)? (?i:{MONTH})\.?,? \d{{4}}"
    rf"|(?i:{MONTH})\.? \d{{1,2}}(?:st|nd|rd|th)?,? \d{{4}}|\d{{4}}-\d\d-\d\d)"
)
# "Minutes of the annual meeting, held in the Village Hall on Tuesday 14 May 2024 at 7 pm"
MINUTES = re.compile(
    r"(?!.*\bthat\b).*?\b(?i:minutes|notes|report|record|proceedings)\b[^.;:!?]{0,80}?"
    r"\b(?i:meeting|session|assembly|AGM)(?: of [^.;:!?]{1,60}?)?(?:,? held\b[^.;:!?]{0,80}?)?"
    rf"(?: on|,|:| \(| of| -| –)? {WEEKDAY}?{DAY}(?=\)?\.?$|,? (?:at|in|from) )"
)
# "Judgment: 7 November 2023"
DECIDED = re.compile(
    r".*?\b(?i:judge?ment|decision|ruling)(?i: date| dated| of| given| delivered| handed down)?(?i: on)?:? "
    rf"{WEEKDAY}?{DAY}(?=\s*(?:[.;]|$))"
)
# "BELU, Norland, Sunday 13 October 2024"
PLACED = re.compile(rf"{CITY}{REGION},? {WEEKDAY}?{DAY}\.?$")


def day_at_head(text: str, blocks: Sequence[Block]) -> dt.date | None:
    """Give the day that the first lines of a text tell to be its own, if they tell one alone.

    >>> line = "Minutes of the meeting held on Tuesday 14 May 2024"
    >>> day_at_head(line, (Block(0, len(line)),))
    datetime.date(2024, 5, 14)
    >>> line = "The council met on Tuesday 14 May 2024."
    >>> day_at_head(line, (Block(0, len(line)),)) is None
    True
    """
    found = {_day(text[b.start : b.end]) for b in blocks[:FIRST] if b.kind in HEADS} - {None}
    return found.pop() if len(found) == 1 else None


def _day(line: str) -> dt.date | None:
    """Give the day that a line above a text tells."""
    if len(line) > LONGEST:
        return None
    line = re.sub(r"\s+", " ", line.strip())
    match = PLACED.match(line) or next((m for p in (MINUTES, DECIDED) if (m := p.match(line))), None)
    return parse_date(re.sub(r"(?i) of ", " ", match["day"])) if match else None
