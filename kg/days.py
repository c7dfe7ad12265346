"""Stretches of days in English, as a reader writes them: "2025", "May 2024", "from 2019"."""

from __future__ import annotations

import calendar
import datetime as dt


def span(begins: dt.date | None, ends: dt.date | None) -> str:
    """Give a stretch of days in words, empty where neither end is known.

    >>> span(dt.date(2024, 5, 1), dt.date(2024, 5, 31)), span(dt.date(2024, 5, 3), dt.date(2024, 5, 3))
    ('May 2024', '3 May 2024')
    >>> span(dt.date(2019, 1, 1), None), span(None, dt.date(2022, 12, 31))
    ('from 2019', 'until 2022')
    >>> span(dt.date(2019, 1, 1), dt.date(2022, 12, 31)), span(dt.date(2024, 5, 3), dt.date(2024, 5, 8))
    ('2019 to 2022', '3 to 8 May 2024')
    """
    if begins is None:
        return f"until {_bound(ends, _is_last(ends))}" if ends else ""
    if ends is None:
        return f"from {_bound(begins, _is_first(begins))}"
    # What begins and ends with a year was told as years, and so with months.
    unit = min(_is_first(begins), _is_last(ends))
    first, last = _bound(begins, unit), _bound(ends, unit)
    return first if first == last else f"{_without_end(first, last)} to {last}"


# How wide a bound may be that was told: a day, a month, a year.
_DAY, _MONTH, _YEAR = range(3)


def _is_first(day: dt.date) -> int:
    """Say of how wide a unit a day is the first."""
    if day.day > 1:
        return _DAY
    return _YEAR if day.month == 1 else _MONTH


def _is_last(day: dt.date) -> int:
    """Say of how wide a unit a day is the last."""
    if day.day < calendar.monthrange(day.year, day.month)[1]:
        return _DAY
    return _YEAR if day.month == 12 else _MONTH


def _without_end(first: str, last: str) -> str:
    """Leave out the words at the end of one bound that those of the other end with, too."""
    words, others = first.split(), last.split()
    while words[-1] == others[-1]:
        words.pop()
        others.pop()
    return " ".join(words)


def _bound(day: dt.date, unit: int) -> str:
    month = "" if unit == _YEAR else f"{calendar.month_name[day.month]} "
    return f"{f'{day.day} ' if unit == _DAY else ''}{month}{day.year}"
