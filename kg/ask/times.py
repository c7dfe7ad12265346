"""Days, months and years in a question: "in May 2019", "since 2010", "between 2006 and 2010"."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.extract import lexicon

_NAMES = lexicon.listed("times", "month", "names")
_MONTH = "|".join([*_NAMES, *(name[:3] for name in _NAMES if name != "may"), "sept"])
_DAY = r"(?P<d{n}>\d{{1,2}})(?:st|nd|rd|th)?"
_ONE = (
    r"(?:(?P<iso{n}>\d{{4}}-\d\d(?:-\d\d)?)|"
    rf"(?:the\s+)?{_DAY}\s+(?:of\s+)?(?P<m{{n}}>{_MONTH})\.?,?\s+(?P<y{{n}}>\d{{{{4}}}})|"
    rf"(?P<ma{{n}}>{_MONTH})\.?\s+{_DAY.replace('d{n}', 'da{n}')},?\s+(?P<ya{{n}}>\d{{{{4}}}})|"
    rf"(?P<mb{{n}}>{_MONTH})\.?,?\s+(?P<yb{{n}}>\d{{{{4}}}})|"
    r"(?:the\s+year\s+)?(?P<yc{n}>[12]\d{{3}}))"
).replace("{{{{4}}}}", "{{4}}")
_TIME = re.compile(
    r"\b(?:(?P<range>between|from)\s+"
    + _ONE.format(n=1)
    + r"\s+(?:and|to|until)\s+"
    + _ONE.format(n=2)
    + r"|(?:(?P<how>in|during|on|since|before|after|until|by|from|of)\s+)?"
    + _ONE.format(n=3)
    + r")(?![\w%-])",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Period:
    """The days from `first` to `last` that a question asks about, either end open; `words` are its own."""

    words: str
    first: dt.date | None
    last: dt.date | None
    start: int = 0
    end: int = 0


def periods(question: str) -> Iterator[Period]:
    """Give the periods that a question names.

    >>> [(str(p.first), str(p.last)) for p in periods("what happened in May 2019, before 2020?")]
    [('2019-05-01', '2019-05-31'), ('None', '2019-12-31')]
    """
    for found in _TIME.finditer(question):
        part = found.groupdict()
        if part["range"]:
            first, second = _days(part, 1), _days(part, 2)
            bounds: tuple[dt.date | None, dt.date | None] | None
            bounds = (first[0], second[1]) if first and second else None
        else:
            days = _days(part, 3)
            bounds = _bounded(part["how"], days) if days else None
        if bounds is not None:
            yield Period(found[0], *bounds, found.start(), found.end())


def _bounded(how: str | None, days: tuple[dt.date, dt.date]) -> tuple[dt.date | None, dt.date | None]:
    first, last = days
    word = (how or "in").lower()
    if word == "since":
        return first, None
    if word == "after":
        return (None if last == dt.date.max else last + dt.timedelta(1)), None
    if word == "before":
        return None, (dt.date.min if first == dt.date.min else first - dt.timedelta(1))
    if word in ("until", "by"):
        return None, last
    return first, last


def _days(part: dict[str, str | None], n: int) -> tuple[dt.date, dt.date] | None:
    """Give the first and the last day of what is named; None where there is no such day."""
    if iso := part[f"iso{n}"]:
        year, month, day = (*map(int, iso.split("-")), 0)[:3]
    else:
        year, day = (int(_of(part, n, *names) or 0) for names in (("y", "ya", "yb", "yc"), ("d", "da")))
        written = (_of(part, n, "m", "ma", "mb") or "-").lower()
        month = next((i for i, name in enumerate(_NAMES, 1) if name.startswith(written[:3])), 0)
    try:
        first = dt.date(year, month or 1, day or 1)
        last = dt.date(year, month or 12, day or calendar.monthrange(year, month or 12)[1])
    except ValueError:
        return None
    return first, last


def _of(part: dict[str, str | None], n: int, *names: str) -> str | None:
    """Give what was read by one of several ways to write a part of a day."""
    return next((value for name in names if (value := part[f"{name}{n}"])), None)
