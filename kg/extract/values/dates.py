"""Dates and calendar periods, as a match of their pattern says them."""

from __future__ import annotations

import calendar
import datetime as dt
import re

from kg.extract.lexicon import mapping, pattern, words
from kg.extract.values import periods
from kg.extract.values.numerals import ordinal
from kg.extract.values.periods import MONTHS, Period
from kg.extract.values.reference import NOT_A_TIME, Found, ReferenceTime

AMBIGUOUS = words("times", "month", "ambiguous")
EDGES = mapping("times", "edge")
HOLIDAYS = mapping("times", "holiday")
_BEFORE_MONTH = re.compile(rf"\b(?:{pattern('times', 'month', 'before')})\s+$")
_COUNTED = re.compile(rf"[-–]\w|\s?(?:%|{pattern('times', 'year', 'counted')}|[kKmM]{{1,2}}\b|BCE?\b)|[a-z°]")
_COMPARED = re.compile(rf"[$€£¥#@]\s?$|[\w.,:/]$|\d[-–]$|(?:{pattern('times', 'year', 'compared')})\s$")
_YEAR_CUE = re.compile(rf"(?:\b(?:{pattern('times', 'year', 'cues')})[\s-]|^|[(,;–-]\s?|the\s)(?:the\s)?$")
_PLURAL_CUE = re.compile(
    rf"\b(?:{pattern('times', 'year', 'plural')}|between \d{{4}} and)\s(?:early\s|late\s)?$"
)
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_DAY_OR_MONTH = rf"(?:{_DAY}\s+)?(?:{pattern('times', 'month', 'written')})(?:\s+{_DAY})?"
# The year behind a day or month, after others that share it.
_SHARED_YEAR = re.compile(
    rf"(?:\s+{_DAY})?(?:(?:,\s*|,?\s+(?:and|or|to|until|till|through)\s+|\s?[-–—]\s?){_DAY_OR_MONTH}){{0,4}}"
    r",?\s+(?P<year>(?:1\d|20)\d\d)(?!\w)"
)
# A year by what is before "year", counted from the document's date.
_FROM_NOW = {"last": -1, "this": 0, "next": 1}
_BACK = frozenset(("previous", "preceding"))
_DISTANT_CUE = re.compile(rf"\b(?:{pattern('times', 'year', 'distant')})\s$")


def _month_number(name: str) -> int:
    return next(i for i, m in enumerate(MONTHS, 1) if m.startswith(name.lower().rstrip(".")[:3]))


def _day_number(text: str) -> int:
    return int(re.match(r"\d+", text).group())  # type: ignore[union-attr]


def _year_for(month: int, reference: ReferenceTime, day: int = 1) -> int | None:
    """Give the year that a day or month without one belongs to."""
    here, published = reference.narrative_time, reference.published
    if here is not None:
        # A story goes on from December to January.
        later = here.grain in ("day", "week", "month") and (here.first.month - month) >= 6
        return here.first.year + 1 if later else here.first.year
    if published is None:
        return None
    this = published.year
    day = min(day, calendar.monthrange(2023, month)[1])
    if reference.tense == "past" and dt.date(this, month, day) > published:
        return max(this - 1, dt.MINYEAR)
    if reference.tense == "future" and dt.date(this, month, day) < published and month != published.month:
        return min(this + 1, dt.MAXYEAR)
    if reference.tense == "present":
        options = [y for y in (this - 1, this, this + 1) if dt.MINYEAR <= y <= dt.MAXYEAR]
        return min(options, key=lambda y: abs((dt.date(y, month, day) - published).days))
    return this


def _year_of_story(month: int, day: int, reference: ReferenceTime) -> int | None:
    """Give the year of a day that soon follows the one named last, where that is in an earlier year.

    So it is in a text of which no day is known.
    """
    anchor, published = reference.anchor, reference.published
    if anchor is None or (published is not None and anchor.first.year >= published.year):
        return None
    for year in (anchor.first.year, anchor.first.year + 1):
        found = periods.day(year, month, day)
        if found is not None and reference.follows(found.first):
            return year
    return None


def parted(period: Period | None, m: re.Match[str]) -> Found:
    """Give the part of a period that a match names ("early", "late"), or the period, said to be about so."""
    if period is None:
        return None
    groups = m.re.groupindex
    part = m["part"] if "part" in groups else None
    if part:
        period = period.part(part.lower())
    if "about" in groups and m["about"]:
        period = period.about()
    return period


def iso(m: re.Match[str], reference: ReferenceTime) -> Found:
    """Read "2024-03-28"."""
    return periods.day(int(m["y"]), int(m["m"]), int(m["d"])) or NOT_A_TIME


def slashed(m: re.Match[str], reference: ReferenceTime) -> Found:
    """Read "28/3/2024": month and day may be either way round."""
    a, b, y = int(m["a"]), int(m["b"]), int(m["y"])
    y += 0 if y > 99 else 2000 if y < 50 else 1900
    readings = [p for p in (periods.day(y, a, b), periods.day(y, b, a)) if p]
    if not readings:
        return NOT_A_TIME
    if len({p.first for p in readings}) == 1:
        return readings[0]
    # Month and day may be either way round: the year is sure.
    return Period(min(p.first for p in readings), max(p.last for p in readings), "year")


def date(m: re.Match[str], reference: ReferenceTime) -> Found:
    """Read "28 March 2024", "March 3-5": a day, or some days of a month."""
    month, day = _month_number(m["month"]), _day_number(m["day"])
    if not 1 <= day <= 31:
        return NOT_A_TIME
    year = (
        _year_said(m, reference) or _year_of_story(month, day, reference) or _year_for(month, reference, day)
    )
    if year is None:
        return None
    first = periods.day(year, month, day)
    if first is None:
        return NOT_A_TIME
    if m["day2"]:
        last = periods.day(year, month, _day_number(m["day2"]))
        if last and last.first > first.first:
            return Period(first.first, last.last, "range")
    return first


def cross_date(m: re.Match[str], reference: ReferenceTime) -> Found:
    """Read "from 5 May to 9 June 2020": the year is that of both."""
    year = int(m["year"])
    first = periods.day(year, _month_number(m["month"]), _day_number(m["day"]))
    last = periods.day(year, _month_number(m["month2"]), _day_number(m["day2"]))
    if first is None or last is None or _lists(m):
        return NOT_A_TIME
    # From a day to one that comes earlier in the year: the year before is not in the text.
    return Period(first.first, last.last, "range") if first.first < last.first else None


def cross_month(m: re.Match[str], reference: ReferenceTime) -> Found:
    """Read "June to August 2020"."""
    a, b, year = _month_number(m["month"]), _month_number(m["month2"]), int(m["year"])
    if a >= b or (_lists(m) and b > a + 1):
        return None
    return Period(periods.month(year, a).first, periods.month(year, b).last, "range")


def _lists(m: re.Match[str]) -> bool:
    """Whether two dates are named side by side, and not the time between them."""
    before = m.string[max(0, m.start("time") - 10) : m.start("time")].lower().rstrip()
    return (m["joint"] or "").lower() == "and" and not before.endswith("between")


def _year_said(m: re.Match[str], reference: ReferenceTime) -> int | None:
    """Give the year of a day or month: its own, or that of the next one ("on 5 May and 9 June 2004")."""
    if m["year"]:
        return int(m["year"])
    if (whose := _year_of(m, reference)) is not None:
        return whose
    shared = _SHARED_YEAR.match(m.string, m.end())
    return int(shared["year"]) if shared else None


def month_year(m: re.Match[str], reference: ReferenceTime) -> Found:
    """Read "early March 2024"."""
    return parted(periods.month(int(m["year"]), _month_number(m["month"])), m)


def bare_month(m: re.Match[str], reference: ReferenceTime) -> Found:
    """A month without a year: "last May", "in March", "the following June"."""
    which = re.sub(r"\s+", " ", (m["which"] or "").lower())
    month = _month_number(m["month"])
    year: int | None
    if m["month"].lower() in AMBIGUOUS and not which and not m["part"]:
        # "May" and "March" are months only where nothing else can stand.
        before = m.string[max(0, m.start("month") - 10) : m.start("month")].lower()
        if not _BEFORE_MONTH.search(before):
            return NOT_A_TIME
    if m["whose"]:
        year = _year_of(m, reference)
    elif which in ("last", "next", "this", "past", "coming"):
        year = _year_from_now(which, month, reference)
    elif which:
        year = _year_from_here(which, month, reference)
    else:
        shared = _SHARED_YEAR.match(m.string, m.end())
        year = int(shared["year"]) if shared else _year_for(month, reference)
    return None if year is None else parted(periods.month(year, month), m)


def _year_of(m: re.Match[str], reference: ReferenceTime) -> int | None:
    """Give the year of "in March last year", "in December of that year"."""
    whose = re.sub(r"\s+", " ", (m.groupdict().get("whose") or "").lower())
    if whose in _FROM_NOW:
        return None if reference.published is None else reference.published.year + _FROM_NOW[whose]
    here = reference.here
    if not whose or here is None or periods.coarser(here.grain, "year"):
        return None
    way = whose.split()[-1]
    return here.last.year + 1 if way in ("following", "next") else here.first.year - (way in _BACK)


def _year_from_now(which: str, month: int, reference: ReferenceTime) -> int | None:
    """Give the year of "last May", counted from the document's date."""
    published = reference.published
    if published is None:
        return None
    if which in ("last", "past") and month >= published.month:
        return published.year - 1
    if which in ("next", "coming") and month <= published.month:
        return published.year + 1
    return published.year


def _year_from_here(which: str, month: int, reference: ReferenceTime) -> int | None:
    """Give the year of "the following May", counted from the date named last."""
    here = reference.here
    if here is None:
        return None
    if which == "the following":
        return here.last.year + (month <= here.last.month)
    return here.first.year - (which == "the previous" and month >= here.first.month)


def season_year(m: re.Match[str], reference: ReferenceTime) -> Found:
    """Read "the summer of 1968"; a winter lies in two years, and one alone may be either."""
    year, name, second = int(m["year"]), m["season"].lower(), m["year2"]
    if name == "winter" and not second:
        return Period(periods.year(year).first, periods.year(year).last, "range")
    if second and int(second) % 100 != (year + 1) % 100:
        return None
    return parted(periods.season(year, name), m)


def season(m: re.Match[str], reference: ReferenceTime) -> Found:
    """Read "last winter", "the following spring", "the autumn of that year"."""
    if m["whose"]:
        year = _year_of(m, reference)
        return None if year is None or m["season"].lower() == "winter" else _part_of(year, m)
    which, name = re.sub(r"\s+", " ", m["which"].lower()), m["season_alone"].lower()
    if which == "that" or " " in which:
        return _season_from_here(which.split()[-1], name, reference)
    if reference.published is None:
        return None
    today = reference.published
    options = [periods.season(y, name) for y in range(today.year - 2, today.year + 3)]
    if which in ("last", "past"):
        return [p for p in options if p.last < today][-1]
    if which in ("next", "coming"):
        return next(p for p in options if p.first > today)
    return min(options, key=lambda p: abs((p.first - today).days + 45))


def _part_of(year: int, m: re.Match[str]) -> Found:
    return parted(periods.season(year, m["season"].lower()), m)


def _season_from_here(way: str, name: str, reference: ReferenceTime) -> Found:
    """Give the season that "the following spring", "that autumn" is, from the date named last."""
    here = reference.here
    if here is None or periods.coarser(here.grain, "year"):
        return None
    options = [periods.season(y, name) for y in range(here.first.year - 2, here.last.year + 3)]
    if way in ("following", "next"):
        return next(p for p in options if p.first > here.last)
    if way in _BACK:
        return [p for p in options if p.last < here.first][-1]
    return _season_at(here, options, name)


def _season_at(here: Period, options: list[Period], name: str) -> Found:
    """Give the one season that a time lies in, or that lies in its year; a winter lies in two."""
    near = [p for p in options if p.first <= here.last and here.first <= p.last]
    if len(near) != 1:
        year = here.first.year if here.first.year == here.last.year and name != "winter" else None
        near = [p for p in options if p.first.year == year]
    return near[0] if len(near) == 1 else None


def quarter_year(m: re.Match[str], reference: ReferenceTime) -> Found:
    """A quarter or half of a year: "the third quarter of 2023", "Q2", "the first half of 2020"."""
    half = bool(m["half"]) and m["half"].lower() == "half"
    if half and not m["year"]:
        return NOT_A_TIME  # of a game, mostly
    n = ordinal(m["q"] or m["qn"])
    year = int(m["year"]) if m["year"] else _year_of_quarter(n, reference)
    if year is None:
        return None
    if n is None or n not in ((1, 2) if half else (1, 2, 3, 4)):
        return NOT_A_TIME
    if half:
        return Period(periods.quarter(year, 2 * n - 1).first, periods.quarter(year, 2 * n).last, "range")
    return periods.quarter(year, n)


def _year_of_quarter(n: int | None, reference: ReferenceTime) -> int | None:
    """Give the year of a quarter that is named without one."""
    published = reference.published
    if published is None:
        return None
    ahead = n is not None and n <= 4 and periods.quarter(published.year, n).first > published
    return published.year - 1 if ahead and reference.tense == "past" else published.year


def edge(m: re.Match[str], reference: ReferenceTime) -> Found:
    """The beginning, middle or end of a year or month."""
    part = EDGES[m["edge"].lower()]
    year = int(m["year"]) if m["year"] else None
    if m["month"]:
        month = _month_number(m["month"])
        year = year or _year_for(month, reference)
        return None if year is None else periods.month(year, month).part(part)
    if year is None:
        year = _year_named(m["which"].lower(), reference)
    return None if year is None else periods.year(year).part(part)


def _year_named(which: str, reference: ReferenceTime) -> int | None:
    """Give the year of "this year", "last year", "the year"."""
    if reference.published is None:
        return None
    here = reference.here
    if which == "the" and here and here.grain != "range":
        return here.first.year
    return reference.published.year + {"last": -1, "next": 1}.get(which, 0)


def span_of_years(m: re.Match[str], reference: ReferenceTime) -> Found:
    """Read "1914-18"."""
    first, second = int(m["y1"]), m["y2"]
    last = int(second) if len(second) == 4 else int(str(first)[: 4 - len(second)] + second)
    if last <= first or last - first > 400:
        return NOT_A_TIME
    return periods.years(first, last)


def decade(m: re.Match[str], reference: ReferenceTime) -> Found:
    """Read "the late 1980s"."""
    digits = m["decade"]
    first = int(digits) if len(digits) == 4 else 1900 + int(digits)
    if len(digits) == 4 and digits.endswith("00"):
        return parted(periods.years(first, first + 99, "century"), m)
    return parted(periods.years(first, first + 9, "decade"), m)


def century(m: re.Match[str], reference: ReferenceTime) -> Found:
    """Read "the first half of the 19th century"."""
    n = ordinal(m["n"])
    if n is None or not 1 <= n <= 22 or m["era"]:
        return None
    period: Period = periods.years(100 * n - 99, 100 * n, "century")
    half = (m["half"] or "").lower()
    if half:
        first = period.first.year
        period = (
            periods.years(first, first + 49) if half == "first" else periods.years(first + 50, first + 99)
        )
    return parted(period, m)


def year(m: re.Match[str], reference: ReferenceTime) -> Found:
    """A year by itself, where it counts and numbers nothing."""
    number, start = int(m["year"]), m.start("year")
    before = m.string[max(0, start - 24) : start].lower()
    after = m.string[m.end("year") : m.end("year") + 24]
    if _COUNTED.match(after):
        return None if re.match(r"\s?BCE?\b", after) else NOT_A_TIME
    if _COMPARED.search(before) or not (m["part"] is not None or _YEAR_CUE.search(before)):
        return NOT_A_TIME
    if re.match(r"\s+([a-z]+)s\b", after) and not _PLURAL_CUE.search(before):
        return NOT_A_TIME  # "and 2000 soldiers"
    if not 1400 <= number <= 2100 and not _DISTANT_CUE.search(before):
        return NOT_A_TIME
    return parted(periods.year(number), m)


def holiday(m: re.Match[str], reference: ReferenceTime) -> Found:
    """Read "Christmas Day 1999"."""
    if re.search(r"(?<![.!?])\s[A-Z][a-z]+\s$", m.string[max(0, m.start("day") - 24) : m.start("day")]):
        return NOT_A_TIME  # a surname
    month, day = HOLIDAYS[re.sub(r"\s+", " ", m["day"].lower().replace("’", "'"))]
    year = int(m["year"]) if m["year"] else _year_for(month, reference, day)
    return None if year is None else periods.day(year, month, day)
