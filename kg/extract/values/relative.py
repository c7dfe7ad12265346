"""Times that count from the document's date or from the date named last."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal

from kg.extract.lexicon import mapping, words
from kg.extract.lexicon.inflect import singular
from kg.extract.values import periods
from kg.extract.values.dates import parted
from kg.extract.values.durations import count
from kg.extract.values.periods import WEEKDAYS, Period
from kg.extract.values.reference import Found, ReferenceTime

NEAR = mapping("times", "near")
SHIFT = mapping("times", "shift")
BACK = words("times", "way", "back")
FROM_NOW = words("times", "way", "from_now")
OTHER_STRETCHES = words("times", "stretch", "other")
# What a date that lies so many units away is known to: the unit of its period.
_KNOWN_TO = {"day": "day", "week": "week", "fortnight": "week", "month": "month"}


def weekday(m: re.Match[str], reference: ReferenceTime) -> Found:
    """Read "last Tuesday", "on Friday", "the following Monday"."""
    which = (m["which"] or "").lower()
    index = next(i for i, d in enumerate(WEEKDAYS) if d.startswith(m["weekday"].lower()))
    if which in ("the following", "the next", "that", "the same", "that same", "the previous"):
        return _weekday_from_here(which, index, reference)
    today = reference.published
    if today is None:
        return None
    ahead = (index - today.weekday()) % 7
    behind = (today.weekday() - index) % 7
    if which in ("last", "past", "previous"):
        return periods.on(today - dt.timedelta(behind or 7))
    if which in ("next", "coming", "this coming"):
        return periods.on(today + dt.timedelta(ahead or 7))
    forward = reference.tense != "past"
    return periods.on(today + dt.timedelta(ahead)) if forward else periods.on(today - dt.timedelta(behind))


def _weekday_from_here(which: str, index: int, reference: ReferenceTime) -> Found:
    here = reference.here
    if here is None or here.grain not in ("day", "week"):
        return None
    ahead = (index - here.first.weekday()) % 7
    if which == "the previous":
        return periods.on(here.first - dt.timedelta(7 - ahead if ahead else 7))
    return periods.on(
        here.first + dt.timedelta(ahead or (7 if which in ("the following", "the next") else 0))
    )


def near_day(m: re.Match[str], reference: ReferenceTime) -> Found:
    """Read "yesterday", "this morning", "the day after tomorrow"."""
    if reference.published is None:
        return None
    word = re.sub(r"\s+", " ", m["word"].lower())
    return periods.on(reference.published + dt.timedelta(NEAR.get(word, 0)))


def which_unit(m: re.Match[str], reference: ReferenceTime) -> Found:
    """Read "last week", "this month", "the following year", "that day"."""
    which = re.sub(r"\s+", " ", m["which"].lower())
    unit, part = m["unit"].lower(), (m["part"] or "").lower()
    bare = which.removeprefix("the ").split()[-1]
    definite = which.startswith(("the ", "that")) or bare == "same"
    if definite and bare not in ("past", "last", "coming", "upcoming"):
        start = _start_here(bare, unit, reference)
    else:
        start = reference.published
        if start is not None and which in (
            "the past",
            "the last",
            "this past",
            "the coming",
            "past",
            "coming",
        ):
            return _window(Decimal(1), unit, forward="coming" in which, reference=reference)
    if start is None:
        return None
    n = SHIFT.get(bare, 0)
    if unit == "weekend":
        return _weekend(start, _weekends_off(start, n, reference))
    date = periods.move(start, n, unit)
    if date is None:
        return None
    period = periods.around(date, unit)
    if part in ("earlier", "later"):
        return _up_to_now(period, part, reference)
    return parted(period, m) if part else period


def which_part(m: re.Match[str], reference: ReferenceTime) -> Found:
    """Read "the following morning", "that night": the day that it is of."""
    bare = re.sub(r"\s+", " ", m["which"].lower()).split()[-1]
    start = _start_here(bare, "day", reference)
    date = None if start is None else periods.move(start, SHIFT.get(bare, 0), "day")
    return None if date is None else periods.on(date)


def _start_here(bare: str, unit: str, reference: ReferenceTime) -> dt.date | None:
    """Give the date that "the following year" counts from, if the text has named one that fits."""
    base = reference.here
    if base is None or (bare in ("next", "previous", "same", "that") and base.grain == "range"):
        return None
    if periods.coarser(base.grain, unit):
        return None  # "the next day" after a year says no day
    # "the following day" counts from the end of what was named, "the previous" from its beginning.
    return base.last if SHIFT.get(bare, 0) > 0 and unit in ("day", "week", "month") else base.first


def _weekends_off(start: dt.date, n: int, reference: ReferenceTime) -> int:
    """Give how many weekends off one is: what took place "this weekend" is over on a Tuesday."""
    to_come = start == reference.published and n == 0 and _weekend(start, 0).first > start
    return -1 if to_come and reference.tense == "past" else n


def _weekend(start: dt.date, n: int) -> Period:
    """Give the weekend so many weeks from that of a day."""
    saturday = start - dt.timedelta(start.weekday()) + dt.timedelta(5)
    first = saturday + dt.timedelta(7 * n)
    return Period(first, first + dt.timedelta(1), "range")


def _up_to_now(period: Period, part: str, reference: ReferenceTime) -> Period:
    """Give the part of a period before or after the document's date: "earlier this year"."""
    today = reference.published
    if today is None or not period.first <= today <= period.last:
        return period
    return Period(period.first, today, "range") if part == "earlier" else Period(today, period.last, "range")


def _window(n: Decimal, unit: str, *, forward: bool, reference: ReferenceTime) -> Found:
    today = reference.published
    if today is None or n != int(n):
        return None
    other = periods.move(today, int(n) if forward else -int(n), unit)
    if other is None:
        return None
    return Period(min(today, other), max(today, other), "range")


def past_units(m: re.Match[str], reference: ReferenceTime) -> Found:
    """Read "the past three years", "the next two weeks"; "the first three months" are of something else."""
    which, unit = m["which"].lower(), singular(m["units"].lower())
    n = count(m["n"])
    if n is None or unit not in ("day", "week", "month", "year", "decade", "quarter"):
        return None
    if which in OTHER_STRETCHES:
        return None
    return _window(n, unit, forward=which in ("next", "coming"), reference=reference)


def distance(m: re.Match[str], reference: ReferenceTime) -> Found:
    """Read "three years ago", "eight years later", "two days before", "a week earlier"."""
    way, unit, n = m["way"].lower(), singular(m["units"].lower()), count(m["n"])
    from_now = way in FROM_NOW
    base = _base(reference, from_now=from_now)
    if unit in ("second", "minute", "hour", "weekend"):
        return periods.on(base.first) if base and from_now and unit != "weekend" else None
    if n is None or base is None:
        return None
    rough = unit in ("decade", "century")
    if rough:
        n, unit = n * {"decade": 10, "century": 100}[unit], "year"
    known_to = _grain(base, unit, from_now=from_now)
    if known_to is None or n != int(n):
        return None
    date = _moved(base, int(n), unit, back=way in BACK)
    if date is None:
        return None
    about = rough or bool(m["bound"]) or m["n"].lower().startswith(("a couple", "couple"))
    period = periods.around(date, known_to)
    return period.about() if about else period


def _base(reference: ReferenceTime, *, from_now: bool) -> Period | None:
    """Give what "ago" or "later" counts from."""
    if not from_now:
        return reference.here or reference.anchor
    return periods.on(reference.published) if reference.published else None


def _moved(base: Period, n: int, unit: str, *, back: bool) -> dt.date | None:
    start = base.first if back or base.grain != "day" else base.last
    return periods.move(start, -n if back else n, unit)


def _grain(base: Period, unit: str, *, from_now: bool) -> str | None:
    """Give the unit to which a date so far from another is known; nothing where the other is too vague.

    "In May 2020 … nine days later" is no day, and "two months later" is a month.
    """
    known_to = _KNOWN_TO.get(unit, "year")
    if not from_now and base.grain == "day" and unit in ("week", "fortnight"):
        known_to = "day"
    vague = known_to != "year" and periods.coarser(base.grain, known_to)
    return None if vague else known_to


def day_after(m: re.Match[str], reference: ReferenceTime) -> Found:
    """Read "the day after", "the year before": counted from the date named last."""
    base, unit, way = reference.here, m["unit"].lower(), m["way"].lower()
    if base is None or periods.coarser(base.grain, unit):
        return None
    date = periods.move(base.first, -1 if way == "before" else 1, unit)
    return None if date is None else periods.around(date, unit)
