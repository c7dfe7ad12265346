"""The day that the head of a text tells without a key: of minutes, a judgment, a report from a place."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from kg.model import Block
from kg.read.dateline import CITY, REGION, UPPER, find_dateline
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
    r"(?!.*\bthat\b).*?"
    r"\b(?i:minutes|notes|report|record|proceedings|notice|business|agenda|summary|transcript)\b[^.;:!?]{0,80}?"
    r"\b(?i:meeting|session|assembly|AGM)(?: of [^.;:!?]{1,60}?)?(?:,? held\b[^.;:!?]{0,80}?)?"
    rf"(?: on|,|:| \(| of| -| –)? {WEEKDAY}?{DAY}(?=\)?\.?$|,? (?:at|in|from) |, [{UPPER}])"
)
# "The council met in the Mill Room on Tuesday 14 May 2024 at 7 pm. Present: "
MET = re.compile(
    r"The [^.;:!?]{2,60} (?i:met|convened|assembled|was held|took place)\b[^.;:!?]{0,80}? on "
    rf"{WEEKDAY}?{DAY}\b.{{0,40}}?\. (?:Present|Attendance|Attending|Apologies|In attendance|In the chair)\b"
)
# "Press release, Linz, 14 May 2024", "Newsletter No. 12: 14 May 2024"
RELEASED = re.compile(
    r"(?i:(?:press|media|news) (?:release|statement)|newsletter|bulletin|communiqu[eé]|circular"
    rf"|(?:interim|annual|half-year|quarterly) report)\b[^;!?]{{0,60}}?(?:,|:| [–—|-]) {WEEKDAY}?{DAY}\.?$"
)
# "Posted on 14 May 2024 by Ann Lee", "Last updated: 14 May 2024 at 10:15 BST"
POSTED = re.compile(
    rf"(?i:(?:first |last )?(?:posted|published|updated|issued|released))(?: on|:)? {WEEKDAY}?{DAY}"
    r"(?:,? (?:at )?\d{1,2}[:.]\d\d.{0,12}|,? by .{1,40})?$"
)
# "Judgment: 7 November 2023"
DECIDED = re.compile(
    r".*?\b(?i:judge?ment|decision|ruling)(?i: date| dated| of| given| delivered| handed down)?(?i: on)?:? "
    rf"{WEEKDAY}?{DAY}(?=\s*(?:[.;]|$))"
)
# "BELU, Norland, Sunday 13 October 2024"
PLACED = re.compile(rf"{CITY}{REGION}(?:,| [–—-])? {WEEKDAY}?{DAY}\.?$")

OTHERS = (MINUTES, DECIDED, RELEASED, POSTED)


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
    line = re.sub(r"\s+", " ", line.strip())
    if (opening := MET.match(line)) is not None:
        return parse_date(re.sub(r"(?i) of ", " ", opening["day"]))
    if (place := find_dateline(line, Block(0, len(line)))) is not None:
        return parse_date(place.meta.get("date", ""))
    if len(line) > LONGEST:
        return None
    match = PLACED.match(line) or next((m for p in OTHERS if (m := p.match(line))), None)
    return parse_date(re.sub(r"(?i) of ", " ", match["day"])) if match else None
