"""Numbers in the notation of English, so that the parser and all after it read them as one number.

A text may write 1,200,000.50 as "1.200.000,50", "1 200 000,50" or "1'200'000.50". `anglicise` gives a text
of the same length in which such a number has commas between its thousands and a point before its decimals,
and a minus is a hyphen. What can be read in two ways ("1.500 euros") gets an apostrophe, which stands in no
number of the text that it gives: those who read numbers leave it alone.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import Literal

from kg.extract.lexicon import listed, mapping, pattern

# What parts the decimals in a document, where its numbers tell.
Decimals = Literal["point", "comma"] | None

_THIN = "\u00a0\u2007\u2008\u2009\u202f"
_BLANK = f"[ {_THIN}]"
_GAP = re.compile(rf"\d[.,'’ {_THIN}]\d|[\u2212\u2011\ufe63\uff0d–-][\d$€£¥₹]")
# A number with signs or blanks between its digits, in the order in which they are tried.
_NUMBER = re.compile(
    rf"(?<![\w.,'’/])(?<![A-Za-z][-‑–])(?:"
    rf"(?P<blanks>\d{{1,3}}(?:{_BLANK}\d{{3}})+(?![\d]))"
    r"|(?P<ticks>\d{1,3}(?:['’]\d{3})+)"
    r"|(?P<points>\d{1,3}(?:\.\d{3})+(?!\d))"
    r"|(?P<commas>\d{1,3}(?:,\d{3})+(?!\d)(?=[.](?:\d))|\d+(?=,\d))"
    r")(?:(?P<sign>[.,])(?P<decimals>\d+))?(?![.,'’/:]?\d)"
)


def _any(words: list[str]) -> str:
    return "|".join(re.escape(w).replace(r"\ ", r"\s+") for w in sorted(words, key=len, reverse=True))


_CODES = "|".join(listed("units", "currency", "codes"))
_SYMBOL = _any([*mapping("units", "symbol")])
_MONEY = _any([*mapping("units", "money"), *listed("units", "currency", "shared")])
_NATION = _any(sorted({name.rpartition(" ")[0] for name in mapping("units", "national")}))
_SCALE = rf"{pattern('numbers', 'scales', 'short')}|{pattern('numbers', 'scales', 'long')}|dozen"
_UNITS = _any([*mapping("units", "unit")])
# What stands before and after an amount, by which a comma between one digit and two is no list's.
_PAID = re.compile(rf"(?:{_SYMBOL}|\b(?:{_CODES}))\s?[-–\u2212]?$", re.IGNORECASE)
_RANGE = rf"(?:\s?(?:[-–—]|to|or)\s?(?:{_SYMBOL})?\s?\d[\d.,]*)?"
_BETWEEN = re.compile(rf"\bbetween\s+(?:{_SYMBOL})?\s?$", re.IGNORECASE)
_OTHER_END = rf"(?:\s+and\s+(?:{_SYMBOL})?\s?\d[\d.,]*)?"
_BEHIND = rf"(?-i:{_any([*mapping('units', 'behind')])})(?!\w|\s?\d)"
_MONEYED = rf"(?:(?:(?:{_NATION})\s+)?(?:{_MONEY}|{_CODES})\b|{_BEHIND})"
_MEASURED = re.compile(
    rf"{_RANGE}(?:\s?[%‰°]|[\s-]?(?:{_SCALE})\b|\s*(?:{_UNITS})s?(?!\w)|\s?{_MONEYED})", re.IGNORECASE
)
_MEASURED_BETWEEN = re.compile(rf"{_OTHER_END}(?:{_MEASURED.pattern})", re.IGNORECASE)
_LONG_SCALE = rf"mn|mln|bn|bln|tn|{pattern('numbers', 'scales', 'long')}"
_SCALED = re.compile(rf"{_RANGE}[\s-]?(?:{_LONG_SCALE})\b", re.IGNORECASE)
# "m" and "k" without money are metres and other things.
_SCALED_MONEY = re.compile(rf"{_RANGE}\s?(?:{_SCALE})\b", re.IGNORECASE)
_SHARE = re.compile(rf"{_RANGE}\s?(?:[%‰]|per\s?cent|pct)", re.IGNORECASE)
_SHORT_POINT = re.compile(r"(?<![\w.,/:-])\d+\.\d{1,2}(?![\w./:-]*\d)")
# Prices that have three decimals.
_RATE = re.compile(
    rf"\s*(?:{_MONEYED}\s?)?(?:an?\s+|per\s+|/\s?)(?:{pattern('units', 'priced', 'per')})\b", re.IGNORECASE
)
_THINGS = re.compile(rf"\s(?:[a-z]+s|{pattern('units', 'counted', 'plurals')})\b")
_DAYED = re.compile(rf"(?:{pattern('times', 'month', 'written')})\s$", re.IGNORECASE)
_NUMBERED = (
    rf"(?:{pattern('quantities', 'numbered', 'nouns')})s?|{pattern('quantities', 'numbered', 'codes')}"
)
_CODED = re.compile(
    rf"(?:\+\d*\s?|\b(?:{_NUMBERED})"
    r"[\s:#]*(?:is\s|no\.?\s|number\s)?)$",
    re.IGNORECASE,
)
_NAMED = re.compile(r"\b(?!(?:In|Some|About|Over|Nearly|The|Only|Around|Almost)\b)[A-Z]\w*\s$|\d\s$")
_YEARED = re.compile(r"\b(?:1\d|20)\d\d\s$")
_MINUS = re.compile(r"[\u2212\u2011\ufe63\uff0d](?=[\d$€£¥₹])")
_DASH = re.compile(rf"(?<![^\s(])–(?=(?:{_SYMBOL})?\d)")
_AMOUNT = re.compile(rf"(?:(?:{_SYMBOL})\d|\d[\d.,]*\s?(?:[%‰°]|{_MONEYED}|(?:{_UNITS})\b))", re.IGNORECASE)
_AROUND = 40


def decimals_of(text: str) -> Decimals:
    """Give what parts the decimals in a document: what its numbers with one reading have, if all agree.

    >>> decimals_of("It cost 2.500,75 euros."), decimals_of("It cost $2.5m."), decimals_of("It cost $3.")
    ('comma', 'point', None)
    """
    if not _GAP.search(text):
        return None
    seen: Counter[str] = Counter()
    for m in _NUMBER.finditer(text):
        seen[_evidence(m)] += 1
    if not seen["point"]:
        seen["point"] += any(_is_amount(m) for m in _SHORT_POINT.finditer(text))
    told = [name for name in ("point", "comma") if seen[name]]
    return told[0] if len(told) == 1 else None  # type: ignore[return-value]


def _evidence(m: re.Match[str]) -> str:
    """Give what parts the decimals, as one number shows it."""
    if m["sign"] and m["points"]:
        return "comma" if m["sign"] == "," else ""
    if m["points"] and m["points"].count(".") > 1:
        return "" if _is_code(m) else "comma"
    if m["commas"] and m["sign"] == ".":
        return "point"
    return "comma" if m["commas"] and len(m["decimals"] or "") in (1, 2) and _is_amount(m) else ""


def anglicise(text: str, decimals: Decimals = None) -> str:
    """Give a text of the same length with its numbers as English writes them.

    >>> anglicise("Sold 1.200.000 jars for €1,5 million at −3 °C")
    'Sold 1,200,000 jars for €1.5 million at -3 °C'
    """
    if not _GAP.search(text):
        return text
    text = _MINUS.sub("-", text)
    text = _DASH.sub(lambda m: "-" if _AMOUNT.match(m.string, m.end()) else "–", text)
    return _NUMBER.sub(lambda m: _written(m, decimals), text)


def _written(m: re.Match[str], decimals: Decimals) -> str:
    """Give one number in English notation, or with an apostrophe where it may be another."""
    if _is_code(m):
        return m.group()
    if m["blanks"]:
        return _with_blanks(m)
    if m["ticks"]:
        return _joined(re.split("['’]", m["ticks"]), m)
    if m["points"]:
        return _with_points(m, decimals)
    return _with_comma(m, decimals)


def _joined(groups: list[str], m: re.Match[str]) -> str:
    return ",".join(groups) + (f".{m['decimals']}" if m["decimals"] else "")


def _with_blanks(m: re.Match[str]) -> str:
    """ "1 200 000": a number by its groups, or by what is beside two of them; else two may be two numbers."""
    groups = re.split(_BLANK, m["blanks"])
    before = m.string[max(0, m.start() - _AROUND) : m.start()]
    if groups[0].startswith("0") or _DAYED.search(before):
        return m.group()
    thin = any(c in _THIN for c in m["blanks"])
    if m["sign"] == "," and len(m["decimals"]) == 3:
        return m.group()
    if _NAMED.search(before) and not _YEARED.search(before):
        return m.group()
    if thin or len(groups) > 2 or _is_amount(m) or _THINGS.match(m.string, m.end()):
        return _joined(groups, m)
    return "'".join(groups) + (f"'{m['decimals']}" if m["decimals"] else "")


def _with_points(m: re.Match[str], decimals: Decimals) -> str:
    """ "2.500,75", "1.200.000"; "1.500" is a decimal or a thousand by what the document does elsewhere."""
    groups = m["points"].split(".")
    if m["sign"] == ",":
        return _joined(groups, m)
    if m["sign"] or groups[0].startswith("0"):
        return m.group()
    if len(groups) > 2:
        return ",".join(groups)
    after = m.end()
    if decimals == "point" or _is_scaled(m):
        return m.group()
    rate = _RATE.match(m.string, after) is not None
    if decimals == "comma":
        return ("'" if rate else ",").join(groups)
    return m.group() if rate or _SHARE.match(m.string, after) else "'".join(groups)


def _with_comma(m: re.Match[str], decimals: Decimals) -> str:
    """ "12,50", "1,500": decimals where it is an amount, or the document writes them so."""
    whole, part = m["commas"], m["decimals"]
    if m["sign"] != "," or part is None:
        return m.group()
    if len(part) == 3 and len(whole) <= 3 and whole != "0":
        if decimals != "comma":
            return m.group()
        return f"{whole}{'.' if _is_scaled(m) else chr(39)}{part}"
    if whole == "0" and len(part) > 1:
        return f"{whole}.{part}"
    return f"{whole}.{part}" if _is_amount(m) or decimals == "comma" else m.group()


def _is_scaled(m: re.Match[str]) -> bool:
    """Whether a number is one of thousands, millions and so on."""
    if _SCALED.match(m.string, m.end()):
        return True
    paid = _PAID.search(m.string[max(0, m.start() - 8) : m.start()])
    return paid is not None and _SCALED_MONEY.match(m.string, m.end()) is not None


def _is_amount(m: re.Match[str]) -> bool:
    """Whether a number has a unit, money or a scale beside it."""
    before = m.string[max(0, m.start() - 24) : m.start()]
    if _PAID.search(before):
        return True
    after = _MEASURED_BETWEEN if _BETWEEN.search(before) else _MEASURED
    return after.match(m.string, m.end()) is not None


def _is_code(m: re.Match[str]) -> bool:
    """Whether digits name something: a telephone, an address of the net, a version."""
    groups = (m["points"] or "").split(".")
    if len(groups) == 4 and not m["sign"] and all(int(g) < 256 for g in groups):
        return True
    return bool(_CODED.search(m.string[max(0, m.start() - _AROUND) : m.start()]))
