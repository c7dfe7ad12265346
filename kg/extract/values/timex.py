"""Times as they are written: dates, periods, durations and relative expressions.

`scan` reads a text without a parse. A relative expression ("on Tuesday", "three years later") counts from
the document's date, or from the date that the text named last; where there is neither it is a time
without a value. Weeks, seasons, quarters, decades and centuries, for which XSD has no type, are given by
their first and last day. Seasons are northern.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from kg.extract.lexicon import listed, pattern
from kg.extract.values.periods import MONTHS, SEASONS, WEEKDAYS, Period
from kg.extract.values.reference import NOT_A_TIME, SENTENCE_END, ReferenceTime, Tense
from kg.extract.values.time_patterns import PATTERNS
from kg.model import Value

# First character, end, and what the time is.
Time = tuple[int, int, Period | Value | None]


def scan(
    text: str,
    reference: ReferenceTime,
    tense_at: Callable[[int], Tense] = lambda i: "past",
    words: Iterable[tuple[int, str]] | None = None,
) -> list[Time]:
    """Give the times of a text: first character, end, and what the time is, if the text says.

    `tense_at` gives the tense around a character, `words` the words with their first characters. The
    reference time moves along with the dates that the text names.
    """
    windows = _windows(words_of(text) if words is None else words)
    if not windows:
        return []
    candidates = [
        (m.start("time"), -m.end("time"), order, m, known)
        for order, known in enumerate(PATTERNS)
        for low, high in windows.get(known.cue, ())
        for m in known.pattern.finditer(text, low, high)
    ]
    candidates.sort(key=lambda c: c[:3])
    found: list[Time] = []
    free = 0
    reference.text = text
    for start, minus_end, _, match, known in candidates:
        if start < free:
            continue
        reference.tense, reference.at = tense_at(start), start
        said = known.read(match, reference)
        if said is NOT_A_TIME:
            continue
        assert said is None or isinstance(said, Period | Value)
        free = -minus_end
        found.append((start, free, said))
        if isinstance(said, Period) and known.anchors:
            _move(reference, text, start, free, said)
    return _ranges(text, found)


# Before a year that a story does not come to: "treasurer since 1998", "Ann Berg, who came in 2019, has left".
_ASIDE = re.compile(
    rf"(?:\b(?:{pattern('times', 'aside', 'lasting')})|"
    rf"\b(?:was|were)\s(?:{pattern('times', 'aside', 'origin')})|"
    rf",\s(?:{pattern('times', 'aside', 'clause')}))\b[^,;:]*$",
    re.IGNORECASE,
)
# Behind one: "was founded in 1998 and has been sponsored ever since".
_STILL = re.compile(rf"\b(?:{pattern('times', 'aside', 'still')})\b", re.IGNORECASE)


def _move(reference: ReferenceTime, text: str, start: int, end: int, named: Period) -> None:
    """Let what follows count from a date that the text names, unless it is named by the way."""
    if reference.here is not None and text[:start].lower().endswith(("since ", "until ")):
        return
    reference.anchor, reference.anchor_block = named, reference.block
    opening = SENTENCE_END.split(text[:start])[-1]
    reference.anchor_fronted, reference.anchor_end = len(opening) <= 12, end
    behind = SENTENCE_END.split(text[end:], maxsplit=1)[0]
    aside = _ASIDE.search(opening) or _STILL.search(behind)
    reference.anchor_aside = named.grain == "year" and aside is not None


def _ranges(text: str, found: list[Time]) -> list[Time]:
    """Join the two ends of "between … and …" to one time."""
    joined: list[Time] = []
    for start, end, said in found:
        if joined and isinstance(said, Period):
            first, stop, before = joined[-1]
            if (
                isinstance(before, Period)
                and text[stop:start].strip().lower() in ("and", "and the")
                and text[:first].lower().rstrip().endswith(("between", "between the"))
                and before.first < said.last
            ):
                joined[-1] = (first, end, Period(before.first, said.last, "range"))
                continue
        joined.append((start, end, said))
    return joined


def _cues() -> dict[str, str]:
    """Give the words that times are known by, each with the kinds of its patterns."""
    groups = {
        "m": [
            *MONTHS,
            *(m[:3] for m in MONTHS),
            *(m[:3] + "." for m in MONTHS),
            *listed("times", "cue", "month"),
        ],
        "w": [*WEEKDAYS, *listed("times", "weekday", "short")],
        "s": list(SEASONS),
        "e": listed("times", "cue", "edge"),
        "n": listed("times", "cue", "near"),
        "u": listed("times", "cue", "unit"),
        "t": listed("times", "cue", "clock"),
        "h": listed("times", "cue", "holiday"),
        "q": listed("times", "cue", "quarter"),
    }
    table: dict[str, str] = {}
    for kind, names in groups.items():
        for name in names:
            table[name] = table.get(name, "") + kind
            if kind == "u":
                table[name + "s"] = "u"
    table |= {"century": "uc", "centuries": "uc", "quarter": "uq", "quarters": "u"}
    return table


CUES = _cues()
_DIGIT = re.compile(r"\d")
_WORD = re.compile(r"[\w.'’]+")
_YEARLIKE = re.compile(r"(?:1\d|20)\d\d|[2-9]0['’]?s")
# How far from its cue a time may begin and end.
_BEFORE, _AFTER = 64, 48


def words_of(text: str) -> Iterator[tuple[int, str]]:
    """Give the words of a text, lower-cased, each with its first character."""
    for m in _WORD.finditer(text):
        word = m.group().lower()
        yield m.start(), word if word in CUES else word.strip(".'’")


def _windows(words: Iterable[tuple[int, str]]) -> dict[str, list[tuple[int, int]]]:
    """Give for each kind of pattern the stretches of a text in which it may match."""
    found: dict[str, list[tuple[int, int]]] = {}
    for at, word in words:
        kinds = CUES.get(word)
        if kinds is None:
            if not _DIGIT.search(word):
                continue
            kinds = "ydt" if _YEARLIKE.search(word) else "dt"
        for kind in kinds:
            rows = found.setdefault(kind, [])
            low, high = max(0, at - _BEFORE), at + len(word) + _AFTER
            if rows and low <= rows[-1][1]:
                rows[-1] = rows[-1][0], high
            else:
                rows.append((low, high))
    return found
