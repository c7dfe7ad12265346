"""Numbers as they are written: digits with separators, words, scales.

Shared by times and quantities. The patterns are fragments for larger expressions, to be compiled with
`re.IGNORECASE`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal

from kg.extract.lexicon import listed, mapping, pattern, words

SMALL: dict[str, int] = {w: i for i, w in enumerate(listed("numbers", "cardinal", "units"))} | {
    w: 10 * i for i, w in enumerate(listed("numbers", "cardinal", "tens"), 2)
}
SCALES: Mapping[str, int] = mapping("numbers", "scale")
SHORT_SCALES = words("numbers", "scales", "short")
ORDINALS = {w: i for i, w in enumerate(listed("numbers", "ordinal", "names"), 1)}

# With commas between thousands, or between lakhs and crores ("4,50,000"). What goes on with a comma, point
# or apostrophe and a digit is another number ("1,5", "1'500"), or none.
DIGITS = r"(?:\d{1,3}(?:,\d{3})+|\d{1,2}(?:,\d{2})+,\d{3}|\d+)(?:\.\d+)?(?![.,'’]?\d)"
_LONG_SCALE = pattern("numbers", "scales", "long")
_SMALL_WORD = "|".join(sorted(SMALL, key=len, reverse=True))
WORDS = (
    rf"(?:(?:(?:{_SMALL_WORD})\b|\b(?:half\s+)?a(?=\s+(?:{_LONG_SCALE}|dozen)\b))"
    rf"(?:[\s-]+(?:and\s+(?!a\s+half\b))?(?:(?:{_SMALL_WORD}|{_LONG_SCALE}|dozen)\b))*"
    rf"|\bhalf(?:\s+a|-a)?[\s-]+(?:{_LONG_SCALE}|dozen)\b|\b(?:{_LONG_SCALE}|dozen)\b)"
    rf"(?:\s+and\s+a\s+half(?:\s+(?:{_LONG_SCALE}|dozen)\b)?)?"
)
_TOKEN = re.compile(r"\d[\d.,'’]*|[a-z]+", re.IGNORECASE)
_DIGITS = re.compile(DIGITS)


def number(text: str) -> Decimal | None:
    """Give the number that digits, words or both stand for.

    >>> number("two and a half million"), number("32,500"), number("a dozen")
    (Decimal('2500000.0'), Decimal('32500'), Decimal('12'))
    """
    total, current, seen = Decimal(0), Decimal(0), False
    spelled = [w for token in _TOKEN.findall(text) if (w := token.lower()) not in ("and", "a", "an")]
    for i, word in enumerate(spelled):
        if word in SCALES:
            scale = SCALES[word]
            # "half a million" has its half already; "a million", "hundred" count one.
            current = (current if seen and current else Decimal(1)) * scale
            # A larger scale to come takes all so far ("two hundred thousand"), else the sum is fixed.
            if scale >= 1000 and scale == _largest(spelled[i:]):
                total, current = total + current, Decimal(0)
        else:
            amount = _amount(word)
            if amount is None or (word[0].isdigit() and seen and current):
                return None
            current += amount
        seen = True
    if not seen:
        return None
    return -(total + current) if _is_negative(text) else total + current


def _largest(spelled: list[str]) -> int:
    return max(SCALES.get(word, 0) for word in spelled)


def _is_negative(text: str) -> bool:
    return text[:1] == "-" and text[1:2].isdigit()


def _amount(word: str) -> Decimal | None:
    """Give what a word or digits add to a number."""
    if word == "half":
        return Decimal("0.5")
    if word[0].isdigit():
        return Decimal(word.replace(",", "")) if _DIGITS.fullmatch(word) else None
    return Decimal(SMALL[word]) if word in SMALL else None


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
