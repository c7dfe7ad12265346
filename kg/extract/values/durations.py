"""Amounts of time: how many units, and how long something lasts."""

from __future__ import annotations

import re
from decimal import Decimal

from kg.extract.lexicon import inverse, listed, pattern
from kg.extract.lexicon.inflect import singular
from kg.extract.values.numerals import number
from kg.extract.values.reference import NOT_A_TIME, Found, ReferenceTime
from kg.model import Comparator, Value

BOUNDS: dict[str, Comparator] = {
    word: comparator
    for word, comparator in inverse("quantities", "bound").items()
    if word in listed("times", "duration", "bounds")
}
_CUE = re.compile(rf"\b(?:{pattern('times', 'duration', 'cues')})\s+$")
_RATE = re.compile(rf"\b(?:{pattern('times', 'duration', 'rates')})\s+$")
_AGE = re.compile(r"[\s-]+(?:old\b|of\s+age)|-")
# Units that are said in others: so many of which.
_IN_OTHERS = {"week": ("day", 7), "fortnight": ("day", 14), "decade": ("year", 10), "century": ("year", 100)}
_SMALLER = {"year": ("month", 12), "hour": ("minute", 60)}
_ISO_UNIT = {"second": "S", "minute": "M", "hour": "H", "day": "D", "month": "M", "year": "Y"}


def count(text: str | None) -> Decimal | None:
    """Give how many units a number, an article or "a couple" says; nothing where it says none."""
    if text is None:
        return None
    word = re.sub(r"\s+", " ", text.lower())
    if word in ("a", "an"):
        return Decimal(1)
    if word in ("few", "a few", "several", "many", "some") or "couple" in word:
        return Decimal(2) if "couple" in word else None
    return number(word)


def duration(m: re.Match[str], reference: ReferenceTime) -> Found:
    """Read "about three and a half years" as a length; an age, a rate or a measure of a noun is none."""
    unit, n = singular(m["units"].lower()), count(m["n"])
    if _is_age(m) or _is_rate(m) or unit in ("quarter", "weekend"):
        return NOT_A_TIME
    if unit == "second" and m["n"].lower() == "a":
        return NOT_A_TIME
    if n is None:
        return None
    if n > 1 and m["joint"] != "-" and m["units"].lower() == unit:
        return NOT_A_TIME  # "a 20 minute walk", "2018 day five"
    bound = BOUNDS.get(re.sub(r"\s+", " ", (m["bound"] or "").lower()))
    lexical = _lexical(n + Decimal("0.5") if m["half"] else n, unit)
    return None if lexical is None else Value(lexical, "duration", comparator=bound)


def _is_age(m: re.Match[str]) -> bool:
    """Whether a length is an age, or measures the noun after it: "a two-day summit"."""
    after = m.string[m.end() : m.end() + 14].lower()
    return bool(_AGE.match(after) or (m["joint"] == "-" and re.match(r"\s+\w", after)))


def _is_rate(m: re.Match[str]) -> bool:
    """Whether "a year" stands where it is no length: "twice a year"."""
    before = m.string[max(0, m.start("time") - 12) : m.start("time")].lower()
    word = m["n"].lower()
    if word in ("a", "an", "some", "many") and not _CUE.search(before):
        return True
    return bool(re.match(r"(?:an?\s)", word) and _RATE.search(before))


def _lexical(n: Decimal, unit: str) -> str | None:
    """Give a duration as XSD writes it; nothing where it has no whole number of any unit."""
    base, factor = _IN_OTHERS.get(unit, (unit, 1))
    n *= factor
    if n != int(n) and base in _SMALLER:
        base, parts = _SMALLER[base]
        n *= parts
    if n != int(n):
        return None
    clock = "T" if base in ("hour", "minute", "second") else ""
    return f"P{clock}{int(n)}{_ISO_UNIT[base]}"


def unresolved(m: re.Match[str], reference: ReferenceTime) -> Found:
    """Read a clock time or an open stretch ("past decades"): a time without a value."""
    return None
