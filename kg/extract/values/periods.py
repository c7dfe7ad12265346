"""Stretches of the calendar and the arithmetic on them; of text it knows the names of months and days."""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import dataclass, replace
from typing import Literal

from kg.extract.lexicon import listed, mapping
from kg.model import Comparator, Value

Grain = Literal["day", "week", "month", "season", "quarter", "year", "decade", "century", "range"]
MONTHS = listed("times", "month", "names")
WEEKDAYS = listed("times", "weekday", "names")
SEASONS = mapping("times", "season")


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of days, with the grain at which it was named."""

    first: dt.date
    last: dt.date
    grain: Grain
    comparator: Comparator | None = None

    def value(self) -> Value:
        """Give the period as a value: a day, month or year as such, anything else by its first day."""
        lexical, datatype = self.first.isoformat(), "date"
        if self.grain == "year":
            lexical, datatype = f"{self.first.year:04d}", "gYear"
        elif self.grain == "month":
            lexical, datatype = f"{self.first.year:04d}-{self.first.month:02d}", "gYearMonth"
        return Value(
            lexical,
            datatype,
            comparator=self.comparator,
            lower=self.first.isoformat(),
            upper=self.last.isoformat(),
        )

    def part(self, name: str) -> Period:
        """Give the early, middle or late third of the period."""
        days = (self.last - self.first).days + 1
        if self.grain == "year":
            year = self.first.year
            months = {"early": (1, 4), "mid": (5, 8), "late": (9, 12)}[name]
            return Period(month(year, months[0]).first, month(year, months[1]).last, "range")
        if self.grain == "decade":
            year = self.first.year
            a, b = {"early": (0, 3), "mid": (4, 6), "late": (7, 9)}[name]
            return Period(dt.date(year + a, 1, 1), dt.date(year + b, 12, 31), "range")
        if self.grain == "century":
            year = self.first.year
            a, b = {"early": (0, 32), "mid": (33, 65), "late": (66, 99)}[name]
            return Period(dt.date(year + a, 1, 1), dt.date(year + b, 12, 31), "range")
        third = days // 3
        if third == 0:
            return self
        start = {"early": 0, "mid": third, "late": days - third}[name]
        first = self.first + dt.timedelta(start)
        return Period(
            first,
            min(self.last, first + dt.timedelta(third - 1 if name != "mid" else days - 2 * third - 1)),
            "range",
        )

    def about(self) -> Period:
        """Give the same period, said to be approximate."""
        return replace(self, comparator="About")


def day(year: int, month: int, day: int) -> Period | None:
    """Give one day, or nothing where the calendar has none such."""
    try:
        date = dt.date(year, month, day)
    except ValueError:
        return None
    return Period(date, date, "day")


def on(date: dt.date) -> Period:
    """Give the period of one date."""
    return Period(date, date, "day")


def week(date: dt.date) -> Period:
    """Give the week, Monday to Sunday, that a day is in."""
    first = date - dt.timedelta(date.weekday())
    return Period(first, first + dt.timedelta(6), "week")


def month(year: int, number: int) -> Period:
    """Give a month."""
    return Period(
        dt.date(year, number, 1), dt.date(year, number, calendar.monthrange(year, number)[1]), "month"
    )


def quarter(year: int, number: int) -> Period:
    """Give a quarter of a calendar year."""
    return Period(month(year, 3 * number - 2).first, month(year, 3 * number).last, "quarter")


def season(year: int, name: str) -> Period:
    """Give a northern season by the year it begins in."""
    begin = SEASONS[name]
    end = month(year + 1, 2) if begin == 12 else month(year, begin + 2)
    return Period(dt.date(year, begin, 1), end.last, "season")


def year(number: int) -> Period:
    """Give a year."""
    return Period(dt.date(number, 1, 1), dt.date(number, 12, 31), "year")


def years(first: int, last: int, grain: Grain = "range") -> Period:
    """Give the years from one to another."""
    return Period(dt.date(first, 1, 1), dt.date(last, 12, 31), grain)


def coarser(grain: Grain, unit: str) -> bool:
    """Whether a period of this grain is larger than a unit, so that it names none such.

    >>> coarser("year", "day"), coarser("day", "year")
    (True, False)
    """
    order = ("day", "week", "month", "quarter", "season", "year", "decade", "century", "range")
    size = {"weekend": "week", "fortnight": "week"}.get(unit, unit)
    return grain in order and size in order and order.index(grain) > order.index(size)


def around(date: dt.date, unit: str) -> Period:
    """Give the period of a unit's size that a date lies in."""
    if unit == "year":
        return year(date.year)
    if unit == "month":
        return month(date.year, date.month)
    if unit == "week":
        return week(date)
    if unit == "quarter":
        return quarter(date.year, (date.month + 2) // 3)
    if unit == "decade":
        return years(date.year // 10 * 10, date.year // 10 * 10 + 9, "decade")
    if unit == "century":
        begin = (date.year - 1) // 100 * 100 + 1
        return years(begin, begin + 99, "century")
    return on(date)


def move(date: dt.date, n: int, unit: str) -> dt.date | None:
    """Give the date so many units later (earlier where negative); nothing outside the calendar."""
    try:
        if unit in ("day", "week", "fortnight", "weekend"):
            return date + dt.timedelta(n * {"day": 1, "fortnight": 14}.get(unit, 7))
        if unit in ("month", "quarter"):
            months = date.year * 12 + date.month - 1 + n * (3 if unit == "quarter" else 1)
            y, m = divmod(months, 12)
            return dt.date(y, m + 1, min(date.day, calendar.monthrange(y, m + 1)[1]))
        y = date.year + n * {"year": 1, "decade": 10, "century": 100}[unit]
        return dt.date(y, date.month, min(date.day, calendar.monthrange(y, date.month)[1]))
    except (ValueError, OverflowError, calendar.IllegalMonthError):
        return None
