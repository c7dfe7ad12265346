"""Numbers as they are written: digits with separators, words, scales.

Shared by times and quantities. The patterns are fragments for larger expressions, to be compiled with
`re.IGNORECASE`.
"""

from __future__ import annotations

import re
from decimal import Decimal

_UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
SMALL = {w: i for i, w in enumerate(_UNITS)} | {w: 10 * i for i, w in enumerate(_TENS, 2)}
SCALES = {
    "hundred": 100,
    "thousand": 10**3,
    "lakh": 10**5,
    "million": 10**6,
    "crore": 10**7,
    "billion": 10**9,
    "trillion": 10**12,
    "k": 10**3,
    "m": 10**6,
    "mn": 10**6,
    "mln": 10**6,
    "bn": 10**9,
    "bln": 10**9,
    "tn": 10**12,
    "dozen": 12,
}
# Only after digits: "5m", "$30bn"; as words of their own they mean other things.
SHORT_SCALES = frozenset(("k", "m", "mn", "mln", "bn", "bln", "tn"))
ORDINALS = {
    w: i
    for i, w in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth "
        "fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth".split(),
        1,
    )
} | {"twenty-first": 21, "twenty-second": 22}

DIGITS = r"\d{1,3}(?:,\d{2,3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_LONG_SCALE = "hundred|thousand|lakh|million|crore|billion|trillion"
_SMALL_WORD = "|".join(sorted(SMALL, key=len, reverse=True))
WORDS = (
    rf"(?:(?:(?:{_SMALL_WORD})\b|\b(?:half\s+)?a(?=\s+(?:{_LONG_SCALE}|dozen)\b))"
    rf"(?:[\s-]+(?:and\s+(?!a\s+half\b))?(?:(?:{_SMALL_WORD}|{_LONG_SCALE}|dozen)\b))*"
    rf"|\bhalf(?:\s+a|-a)?[\s-]+(?:{_LONG_SCALE}|dozen)\b|\b(?:{_LONG_SCALE}|dozen)\b)"
    rf"(?:\s+and\s+a\s+half(?:\s+(?:{_LONG_SCALE}|dozen)\b)?)?"
)
_TOKEN = re.compile(r"\d[\d,]*(?:\.\d+)?|[a-z]+", re.IGNORECASE)


def number(text: str) -> Decimal | None:
    """Give the number that digits, words or both stand for.

    >>> number("two and a half million"), number("32,500"), number("a dozen")
    (Decimal('2500000.0'), Decimal('32500'), Decimal('12'))
    """
    total, current, seen = Decimal(0), Decimal(0), False
    words = [w.lower() for w in _TOKEN.findall(text)]
    for i, word in enumerate(words):
        if word in ("and", "a", "an"):
            continue
        if word == "half":
            current += Decimal("0.5")
        elif word[0].isdigit():
            if seen and current:
                return None
            current += Decimal(word.replace(",", ""))
        elif word in SMALL:
            current += SMALL[word]
        elif word in SCALES:
            scale = SCALES[word]
            # "half a million" has its half already; "a million", "hundred" count one.
            current = (current if seen and current else Decimal(1)) * scale
            # A larger scale to come takes all so far ("two hundred thousand"), else the sum is fixed.
            if scale >= 1000 and not any(SCALES.get(w, 0) > scale for w in words[i + 1 :]):
                total, current = total + current, Decimal(0)
        else:
            return None
        seen = True
    return total + current if seen else None


def ordinal(text: str) -> int | None:
    """Give the place that an ordinal names ("19th", "twenty-first")."""
    text = text.lower()
    digits = re.match(r"\d+", text)
    return int(digits.group()) if digits else ORDINALS.get(re.sub(r"\s+", "-", text))


def canonical(value: Decimal) -> tuple[str, str]:
    """Give a number's canonical lexical form and its XSD type."""
    if value == value.to_integral_value():
        return str(int(value)), "integer"
    return format(value.normalize(), "f"), "decimal"
