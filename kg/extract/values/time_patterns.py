"""The patterns of times, each with what reads it and a sentence that it is for."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from kg.extract.lexicon import listed, pattern
from kg.extract.values import dates, durations, relative
from kg.extract.values.numerals import DIGITS, ORDINALS, WORDS
from kg.extract.values.periods import MONTHS, WEEKDAYS
from kg.extract.values.reference import Found, ReferenceTime

Read = Callable[[re.Match[str], ReferenceTime], Found]


@dataclass(frozen=True, slots=True)
class TimePattern:
    """A way to write times: the kind of cue without which it cannot match, its pattern, and its reading.

    `anchors` says whether a later "three years later" would count from what it gives.
    """

    id: str
    cue: str
    pattern: re.Pattern[str]
    read: Read
    example: str
    anchors: bool = True


_MONTH = rf"(?-i:{pattern('times', 'month', 'written')})(?!\w)"
_FULL_MONTH = (
    "(?-i:" + "|".join(m.capitalize() for m in MONTHS) + rf"|{pattern('times', 'month', 'alone')})(?!\w)"
)
_DAYNAME = "(?-i:" + "|".join(d.capitalize() for d in WEEKDAYS) + ")"
_SHORT_DAY = rf"(?:{_DAYNAME}|(?-i:Mon|Tues?|Wed|Thurs?|Fri|Sat|Sun)\b\.?)"
_YEAR = r"(?:1\d{3}|2[01]\d{2})(?!\d|,\d|\.\d)"
_D = r"(?:[0-3]?\d)(?:st|nd|rd|th)?(?!\d|\.\d|,\d{3}|:)"
_DASH = r"\s?[-–—/]\s?"
_JOINT = rf"(?:{_DASH}|\s+(?P<joint>to|and|through|until|till)\s+)"
_PART = r"(?:(?P<part>early|mid|late)[\s-](?:in\s+)?)?"
_DAYPART = rf"(?:\s+(?:{pattern('times', 'weekday', 'parts')}))?"
_UNITS = "".join(f"{u}s?|" for u in listed("times", "unit", "names")[:-1]) + "centur(?:y|ies)"
_UNIT = pattern("times", "unit", "counted")
_N = (
    rf"(?:(?:{DIGITS})|(?:{WORDS})|half\s+an?|an?|a\s+few|several|many|a\s+couple(?:\s+of)?|couple\s+of|some)"
)
_BOUND = rf"(?:(?P<bound>{pattern('times', 'duration', 'bounds')})\s+)?"
_ABOUT = r"(?:(?P<about>circa|c\.|ca\.|around|about|approximately)\s?)?"
_ORDINAL = (
    r"(?:\d{1,2}(?:st|nd|rd|th)|"
    + "|".join(o.replace("-", r"[\s-]") for o in sorted(ORDINALS, key=len, reverse=True))
    + ")"
)
_WHICH = (
    r"(?:(?:the|that)\s+(?:very\s+)?)?(?:last|next|past|previous|preceding|prior|following|coming|upcoming|same"
    r"|subsequent|ensuing)|this(?:\s+(?:past|coming))?|that(?:\s+very)?"
)


# Whose year a day, a month or a season is of: the document's, or that of the date named last.
_WHOSE = r"(?P<whose>last|this|next|that|(?:that|the)\s+(?:same|following|next|previous|preceding))\s+year"


def _time(id: str, cue: str, pattern: str, read: Read, example: str, *, anchors: bool = True) -> TimePattern:
    whole = re.compile(rf"(?<![\w.$€£-])(?P<time>{pattern})(?!\w)", re.IGNORECASE)
    return TimePattern(id, cue, whole, read, example, anchors)


# Of two that begin and end together the first one counts.
PATTERNS = (
    _time(
        "iso",
        "d",
        r"(?P<y>\d{4})-(?P<m>\d\d)-(?P<d>\d\d)(?:[T ]\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:\d\d)?)?",
        dates.iso,
        "Signed on 2023-04-28.",
    ),
    _time(
        "slashed",
        "d",
        r"(?P<a>\d{1,2})[/.](?P<b>\d{1,2})[/.](?P<y>\d{4}|\d\d)",
        dates.slashed,
        "Due by 28/4/2023.",
    ),
    _time(
        "day-month",
        "m",
        rf"(?:{_SHORT_DAY}{_DAYPART},?\s+(?:the\s+)?)?(?:the\s+)?(?P<day>{_D})(?:(?:{_DASH}|\s+(?:to|and)\s+)(?P<day2>{_D}))?(?:\s+of)?"
        rf"\s+(?P<month>{_MONTH})(?:,?\s+(?:(?P<year>{_YEAR})|(?:of\s+)?{_WHOSE}))?",
        dates.date,
        "They met on 28 April 2023.",
    ),
    _time(
        "month-day",
        "m",
        rf"(?:{_SHORT_DAY}{_DAYPART},?\s+)?(?P<month>{_MONTH})\s+(?:the\s+)?(?P<day>{_D})(?:(?:{_DASH}|\s+(?:to|and)\s+)(?P<day2>{_D})(?!\s+{_MONTH}))?"
        rf"(?:,?\s+(?:(?P<year>{_YEAR})|(?:of\s+)?{_WHOSE}))?",
        dates.date,
        "They met on April 28, 2023.",
    ),
    _time(
        "cross-date",
        "m",
        rf"(?:{_SHORT_DAY},?\s+)?(?:the\s+)?(?P<day>{_D})\s+(?:of\s+)?(?P<month>{_MONTH}){_JOINT}"
        rf"(?:{_SHORT_DAY},?\s+)?(?:the\s+)?(?P<day2>{_D})\s+(?:of\s+)?(?P<month2>{_MONTH}),?\s+(?P<year>{_YEAR})",
        dates.cross_date,
        "It ran from 5 May to 9 June 2020.",
    ),
    _time(
        "cross-date-us",
        "m",
        rf"(?:{_SHORT_DAY},?\s+)?(?P<month>{_MONTH})\s+(?P<day>{_D}){_JOINT}"
        rf"(?:{_SHORT_DAY},?\s+)?(?P<month2>{_MONTH})\s+(?P<day2>{_D}),?\s+(?P<year>{_YEAR})",
        dates.cross_date,
        "It ran from May 5 to June 9, 2020.",
    ),
    _time(
        "cross-month",
        "m",
        rf"(?P<month>{_MONTH}){_JOINT}(?P<month2>{_MONTH})(?:,?\s+(?:of\s+)?(?P<year>{_YEAR}))",
        dates.cross_month,
        "It ran from June to August 2020.",
    ),
    _time(
        "month-year",
        "m",
        rf"{_PART}(?P<month>{_MONTH})(?:\s+of)?,?\s+(?P<year>{_YEAR})",
        dates.month_year,
        "It closed in early May 2021.",
    ),
    _time(
        "bare-month",
        "m",
        rf"(?:(?P<which>last|next|this|past|coming|that|the\s+following|the\s+previous|the\s+same)\s+)?{_PART}(?P<month>{_FULL_MONTH})"
        rf"(?:\s+(?:of\s+)?{_WHOSE})?",
        dates.bare_month,
        "Prices rose last May.",
    ),
    _time(
        "season-year",
        "s",
        rf"(?:the\s+)?{_PART}(?P<season>spring|summer|autumn|fall|winter)(?:\s+of|,)?\s+(?P<year>{_YEAR})(?:[/–-](?P<year2>\d\d(?:\d\d)?)(?!\d))?",
        dates.season_year,
        "They moved in the summer of 1968.",
    ),
    _time(
        "season",
        "s",
        rf"(?:the\s+)?{_PART}(?P<season>spring|summer|autumn|fall|winter)\s+of\s+{_WHOSE}"
        r"|(?P<which>last|this|next|past|coming|that|(?:that|the)\s+(?:same|following|next|previous|preceding))"
        r"\s+(?P<season_alone>spring|summer|autumn|winter)",
        dates.season,
        "Sales fell last winter.",
    ),
    _time(
        "quarter-year",
        "q",
        r"(?:the\s+)?(?:(?P<q>first|second|third|fourth|1st|2nd|3rd|4th)[\s-](?P<half>quarter|half)|(?P<h>Q)(?P<qn>[1-4]))"
        rf"(?:\s+(?:of\s+)?(?:fiscal\s+|the\s+year\s+)?(?P<year>{_YEAR}))?",
        dates.quarter_year,
        "Output fell in the third quarter of 2019.",
    ),
    _time(
        "edge",
        "e",
        rf"(?:the\s+)?(?P<edge>start|beginning|middle|end|close)\s+of\s+(?:(?:(?P<month>{_FULL_MONTH}),?\s+(?:of\s+)?)?(?P<year>{_YEAR})"
        r"|(?P<which>this|last|next|the)\s+year)",
        dates.edge,
        "It opened at the end of 2018.",
    ),
    _time(
        "span-of-years",
        "y",
        rf"(?P<y1>(?:1\d|20)\d\d){_DASH}(?P<y2>(?:1\d|20)\d\d|\d\d)(?!-\d|\d|,\d)",
        dates.span_of_years,
        "He held the post 1951-57.",
    ),
    _time(
        "decade",
        "y",
        rf"(?:the\s+)?{_PART}['’]?(?P<decade>(?:1\d|20)\d0|(?<=['’])[2-9]0)['’]?s",
        dates.decade,
        "It was built in the late 1980s.",
    ),
    _time(
        "century",
        "c",
        rf"(?:the\s+)?(?:(?P<half>first|second)\s+half\s+of\s+the\s+)?{_PART}(?P<n>{_ORDINAL})[\s-]centur(?:y|ies)(?P<era>\s+BCE?)?",
        dates.century,
        "A mill stood there in the 14th century.",
    ),
    _time(
        "year",
        "y",
        rf"{_ABOUT}(?:fiscal\s+)?{_PART}(?P<year>(?:1\d|20)\d\d)",
        dates.year,
        "The firm was sold in 1987.",
    ),
    _time(
        "weekday",
        "w",
        rf"(?:(?P<which>last|next|this|this\s+coming|past|coming|previous|the\s+following|the\s+next|the\s+previous|that|(?:the|that)\s+same)\s+)?"
        rf"(?P<weekday>{_DAYNAME}){_DAYPART}",
        relative.weekday,
        "They spoke on Tuesday.",
    ),
    _time(
        "near-day",
        "n",
        r"(?:(?:earlier|later|early|late)\s+)?(?P<word>the\s+day\s+before\s+yesterday|the\s+day\s+after\s+tomorrow|yesterday|today|tomorrow|tonight"
        rf"|last\s+night|this\s+(?:morning|afternoon|evening)){_DAYPART}",
        relative.near_day,
        "The shop closed yesterday.",
        anchors=False,
    ),
    _time(
        "which-unit",
        "u",
        rf"(?:(?P<part>early|mid|late|earlier|later)\s+)?(?P<which>{_WHICH})\s+(?P<unit>{_UNIT})",
        relative.which_unit,
        "It rained last week.",
    ),
    _time(
        "which-part",
        "n",
        r"(?P<which>the\s+(?:very\s+)?(?:following|next|same|previous)|that(?:\s+(?:very|same))?)\s+(?P<unit>morning|afternoon|evening|night)",
        relative.which_part,
        "She left the following morning.",
    ),
    _time(
        "past-units",
        "u",
        rf"(?:the|these)?\s*(?P<which>past|last|next|coming|first|following|previous|final|preceding|opening)\s+(?P<n>few|{_N})\s+(?P<units>{_UNITS})",
        relative.past_units,
        "It grew over the past three years.",
        anchors=False,
    ),
    _time(
        "distance",
        "u",
        rf"{_BOUND}(?:(?P<n>{_N})\s+)?(?P<units>{_UNITS})\s+(?P<way>ago|later|earlier|afterwards|previously|hence|from\s+now|back|(?:before|after|prior)(?=\s*[.,;)]|\s*$))",
        relative.distance,
        "He left two years ago.",
    ),
    _time(
        "day-after",
        "u",
        r"the\s+(?P<unit>day|week|month|year)\s+(?P<way>after|before)(?=\s*[.,;]|\s*$)",
        relative.day_after,
        "He left the day after.",
    ),
    _time(
        "duration",
        "u",
        rf"{_BOUND}(?P<n>{_N})(?P<half>\s+and\s+a\s+half)?(?P<joint>\s+|-)(?:long\s+)?(?P<units>{_UNITS})",
        durations.duration,
        "He worked there for nine years.",
    ),
    _time(
        "open-stretch",
        "u",
        r"(?:(?:recent|past|coming|later|earlier)\s+|(?<=for\s)|(?<=over\s)|(?<=after\s)|(?<=within\s))(?:the\s+)?"
        r"(?P<n>decades|centuries|years|months|weeks|days|hours)(?=\s*[.,;)]|\s+(?:of|as|in|and|to|before|after)\b|\s*$)",
        durations.unresolved,
        "Talks went on for weeks.",
    ),
    _time(
        "clock",
        "t",
        r"\d{1,2}(?:[:.]\d\d)?\s?(?:[ap]\.m\.?|[ap]m\b)(?:\s+(?:local\s+time|(?-i:[A-Z]{2,4})))?|\d{1,2}:\d\d(?:\s+(?:local\s+time|GMT|UTC|[CE]E?S?T))?"
        r"|\d{1,2}\s+o['’]clock|\d{1,4}\s?(?:BCE?\b|B\.C\.)|(?:mid)?noon|midnight|midday",
        durations.unresolved,
        "The train left at 10:45 a.m.",
    ),
    _time(
        "holiday",
        "h",
        rf"(?P<day>(?-i:Christmas)(?:\s+(?-i:Eve|Day))?|(?-i:Boxing\s+Day)|(?-i:New\s+Year['’]s\s+(?:Eve|Day)))(?:,?\s+(?P<year>{_YEAR}))?",
        dates.holiday,
        "They wed on Christmas Eve 1999.",
    ),
)
