"""What relative times count from, as the text moves along."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Literal

from kg.extract.values.periods import Period
from kg.model import Value

Tense = Literal["past", "present", "future"]
SENTENCE_END = re.compile(r"[.!?]['\"”’)]*\s+(?=[A-Z“\"])")
# How soon after a day the next one of a story comes.
SOON = dt.timedelta(days=45)
# Over how many blocks a day tells the year of one behind it, where nothing else tells it.
FAR = 3
# … and how long before: "on 5 October 2019 … He died two days later … was arrested on 6 October".
JUST = dt.timedelta(days=7)
# No time at all, against None: a time whose value the text does not give.
NOT_A_TIME = object()
Found = Period | Value | None | object


@dataclass(slots=True)
class ReferenceTime:
    """What relative expressions count from, at one place of a document."""

    published: dt.date | None
    anchor: Period | None = None
    anchor_block: int = -1
    anchor_fronted: bool = False
    anchor_end: int = 0
    # Whether the date named last tells since when something is so, or stands in a clause by the way.
    anchor_aside: bool = False
    at: int = 0
    block: int = 0
    tense: Tense = "past"
    text: str = ""

    @property
    def here(self) -> Period | None:
        """The date named last in this block, if the text has named one."""
        return self.anchor if self.anchor_block == self.block else None

    def follows(self, day: dt.date) -> bool:
        """Whether a day comes soon after the one named last, here or in the block before.

        "It happened on 5 October 2019 … He was arrested on 6 October": in 2019, whenever it was written. In a
        text of which no day is known a few blocks may lie between.
        """
        anchor = self.anchor
        if anchor is None or anchor.grain != "day" or self.tense != "past":
            return False
        if self.block - self.anchor_block > (1 if self.published else FAR):
            return False
        return -JUST <= day - anchor.first <= SOON

    @property
    def narrative_time(self) -> Period | None:
        """The date that the story has reached, which a month without a year belongs to.

        It stands in this sentence or the one before; in a text with a date of its own it opens it.
        """
        here = self.here
        if here is None or self.anchor_aside:
            return None
        between = len(SENTENCE_END.findall(self.text[self.anchor_end : self.at]))
        if self.published is None:
            return here if between <= 1 else None
        past = self.anchor_fronted and here.first.year < self.published.year
        return here if past and between <= 1 + (self.tense == "past") else None
