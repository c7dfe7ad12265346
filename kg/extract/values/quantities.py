"""Quantities: numbers with their unit, bound or range, and the counts of counted things.

A quantity that stands by itself ("32,500", "15%", "$2.91 billion", "12 km") becomes a mention with a
`Value`. A number that counts a noun ("18 tanks", "tens of thousands of Gazans") is no mention: it is
the `count_of` its noun. Ordinals, years, ages, scores and the numbers of things ("Flight 370") are no
quantities.

A vague number is a range: "dozens" 24-99, "hundreds" 200-999, "tens of thousands" 20000-99999,
"several hundred" 200-999. A range's lexical form is its lower end.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from spacy.tokens import Doc, Span, Token

from kg.extract.lexicon import inverse, mapping, pattern, words
from kg.extract.lexicon.sets import NOUNS
from kg.extract.parse.repair import is_score, tree_of
from kg.extract.reading import MentionDraft, ParsedBlock, Reading
from kg.extract.values.numerals import DIGITS, SCALES, SHORT_SCALES, SMALL, WORDS, canonical, number
from kg.extract.values.units import BEHIND, CODES, MONEY, NATIONAL, SHARED_MONEY, SYMBOLS, UCUM
from kg.model import Comparator, Value

_BOUNDS: Mapping[str, Comparator] = inverse("quantities", "bound")
_AFTER: Mapping[str, Comparator] = inverse("quantities", "after")
_VAGUE = mapping("numbers", "vague")
# Parts of a whole in percent, and how many of them.
_PARTS = {name: Decimal(100) / parts for name, parts in mapping("numbers", "part").items()}
_TIMES = mapping("numbers", "parts")


def _any(words: Iterable[str]) -> str:
    """Give an expression for any of some words, the longest first; a space is any white space."""
    return "|".join(re.escape(w).replace(r"\ ", r"\s+") for w in sorted(words, key=len, reverse=True))


_SINGULARS = [u for u in UCUM if not u.endswith(("s", "²", "³", "2", "C", "F", "feet"))]
_UNIT = "|".join(
    re.escape(u).replace(r"\ ", r"\s+") + ("s?" if u in _SINGULARS and len(u) > 2 else "")
    for u in sorted(UCUM, key=len, reverse=True)
)
_NUM = rf"(?:(?:{DIGITS})|(?:{WORDS}))"
_SCALE = (
    rf"(?:\s?(?:{pattern('numbers', 'scales', 'short')})\b"
    rf"|[\s-](?:{pattern('numbers', 'scales', 'long')}|dozen)\b)"
)
_CURRENCY = rf"(?:(?:{_any(SYMBOLS)})|\b(?:{'|'.join(CODES)})(?=\s?\d))"
_NATIONS = _any(sorted({land for land, _ in NATIONAL}))
_MONEYWORD = (
    rf"(?:(?P<nation>{_NATIONS})\s+)?(?P<money>{_any(MONEY)}|{'|'.join(SHARED_MONEY)})\b"
    rf"|(?P<code>{'|'.join(CODES)})\b"
)
_BEHIND = rf"(?:{_any(BEHIND)})(?![\w$]|\s?\d)"
# A hyphen is a minus where nothing stands right before it, and no number before the space.
_SIGN = r"(?<![^\s(])(?<!\d\s)-|(?<![\w-])(?<!\d\s)(?:minus|negative)\s+"
_QUANTITY = re.compile(
    rf"(?:(?<![\w-])(?P<bound>{_any(_BOUNDS)})\s+(?:the\s+)?)?"
    rf"(?P<sign>{_SIGN})?(?:(?<![\w.,])|(?<=[($]))(?:(?P<cur1>{_CURRENCY})\s?)?(?P<inner>(?<=[^\s\w])-)?"
    rf"(?:(?<![A-Za-z0-9][-–.,/:'’])(?P<n1>{_NUM})(?P<s1>{_SCALE})?"
    rf"(?:\s?(?P<to>[-–—]|\bto\b|\band\b|\bor\b)\s?(?P<sign2>(?<=\s)-|\bminus\s)?(?P<cur2>{_CURRENCY})?\s?"
    rf"(?P<n2>{_NUM})(?P<s2>{_SCALE})?)?)"
    rf"(?:\s?(?P<pct>%)|(?:\s*|-)(?P<unit>{_UNIT})(?![\w-])|(?:\s+|-)(?:{_MONEYWORD})|\s?(?-i:(?P<behind>{_BEHIND})))?"
    rf"(?P<after>\+|\s+or\s+(?:more|above|so|less|fewer)\b)?(?!\w)",
    re.IGNORECASE,
)
_VAGUE_RE = re.compile(
    r"(?<![\w-])(?:(?P<bound>many|several|(?:a\s+)?few|some|(?:a\s+)?couple(?:\s+of)?)\s+)?"
    rf"(?:(?P<plural>{'|'.join(_VAGUE)})(?:\s+of\s+(?P<of>{pattern('numbers', 'scales', 'of')}))?"
    rf"|(?<=\s)(?P<scale>{pattern('numbers', 'scales', 'vague')}))\b(?!-)",
    re.IGNORECASE,
)
_FRACTION_RE = re.compile(
    rf"(?<![\w-])(?:(?P<bound>{_any(_BOUNDS)})\s+)?(?:(?P<n>{'|'.join(_TIMES)})[\s-])?"
    rf"(?P<part>{'|'.join(w if w == 'half' else w + 's?' for w in _PARTS)})\s+(?:of\b|the\b)",
    re.IGNORECASE,
)
# Words that are numbers or parts of one; all else that is has a digit.
_CUES = (
    frozenset(SMALL)
    | frozenset(SCALES)
    | frozenset(_VAGUE)
    | frozenset(_PARTS)
    | {f"{part}s" for part in _PARTS if part != "half"}
)
_DIGIT = re.compile(r"\d")
_BELOW = re.compile(r"\s+below\s+zero\b", re.IGNORECASE)
# How far below is not how cold.
_FREEZING = re.compile(r"\s+(?:below|under|above)\s+(?:freezing|average|normal)\b", re.IGNORECASE)
# Digits with a sign that no number has: a number that can be read in two ways, with what is paid or measured.
_UNSURE = re.compile(
    rf"(?<![\w.,'’/-])(?:(?:{_CURRENCY})\s?)?-?(?P<n>\d+(?:['’,]\d+)+(?:\.\d+)?)(?!\d)"
    rf"(?:{_SCALE})?(?:\s?%|\s*(?:{_UNIT})(?![\w-])|\s+(?:{_MONEYWORD})|\s?(?-i:{_BEHIND}))?",
    re.IGNORECASE,
)
_IN_DIGITS = re.compile(DIGITS)
# After "m": what is so long, or what there are so many millions of.
_LENGTH = re.compile(rf"\s*(?:{pattern('quantities', 'length', 'after')})\b", re.IGNORECASE)
_PLURAL = re.compile(
    rf"\s+(?:[a-z]+\s+)?(?!(?:{pattern('quantities', 'length', 'no_plurals')})\b)"
    rf"(?:[a-z]{{2,}}[a-rt-z]s|{pattern('units', 'counted', 'plurals')})\b"
)
_DEGREES = frozenset(("deg", "Cel", "[degF]"))
_UNIT_CODES = {k.lower(): v for k, v in UCUM.items()}
_SCORE = re.compile(r"\d{1,2}\s?[-–]\s?\d{1,2}$")
_PHONE = re.compile(r"\+\d[\d ().-]{6,}\d|\b\(?\d{3}\)?[-. ]\d{3,4}[-. ]\d{3,4}\b|\b\d{3}-\d{4}\b")
_YEAR = re.compile(r"(?:1[4-9]|20)\d\d$")
_YEAR_CUES = words("quantities", "year", "cues")
_NUMBERED = words("quantities", "numbered", "nouns")
_NUMBERED_AFTER = words("quantities", "numbered", "after")
# How a number hangs on the noun that it counts.
_COUNTING = frozenset("nummod quantmod compound amod nmod det advmod npadvmod predet".split())
# What the signs around a number say that is a part of something else.
_JOINED_AFTER, _JOINED_BEFORE = frozenset("-–/)]:"), frozenset("-/[:#")


class Numbers:
    """The numbers of a block: their spans and values, the nouns they count, and where scores begin."""

    __slots__ = ("by_noun", "noun_of", "scores", "spans", "unsure")

    def __init__(self, doc: Doc, text: str, words: Iterable[tuple[int, str]]) -> None:
        rows = _scan(doc, text, words)
        self.spans = [(span, value) for span, value in rows if value is not None]
        # Amounts of which the text does not tell how many they are.
        self.unsure = [span for span, value in rows if value is None]
        self.scores: list[int] = []
        # The noun that each number counts, by the noun and by the number's own tokens.
        self.by_noun: dict[int, tuple[Span, Value]] = {}
        self.noun_of: dict[int, int] = {}
        for span, value in self.spans:
            noun = counted(span)
            if noun is not None and (value.datatype == "integer" or value.unit or _of(span)):
                self.by_noun.setdefault(noun.i, (span, value))
                for token in span:
                    self.noun_of.setdefault(token.i, noun.i)

    def keep_scores(self, scores: list[int]) -> None:
        """Take scores out of the numbers."""
        self.scores = scores
        inside = {k for i in scores for k in (i, i + 1, i + 2)}
        self.spans = [(s, v) for s, v in self.spans if not inside.intersection(range(s.start, s.end))]


def numbers_of(block: ParsedBlock) -> Numbers:
    """Give the numbers of a block, read once."""
    if block.numbers is None:
        tree = tree_of(block)
        block.numbers = Numbers(block.doc, tree.text, zip(tree.char, tree.lower, strict=True))
        block.numbers.keep_scores([i for i in range(tree.n - 2) if is_score(tree, i)])
    numbers: Numbers = block.numbers
    return numbers


def find(reading: Reading) -> None:
    """Add the quantities of a document as mentions; what is a time already is left."""
    for block in reading.blocks:
        numbers = numbers_of(block)
        if not (numbers.spans or numbers.scores or numbers.unsure):
            continue
        taken = {t.i for m in reading.mentions if m.block is block and m.kind == "time" for t in m.span}
        for span, value in numbers.spans:
            if not any(t.i in taken for t in span) and _stands_alone(reading, block, span, value):
                _add(reading, block, span, _head(block, span), value)
        _add_without_value(reading, block, numbers, taken)


def _add_without_value(reading: Reading, block: ParsedBlock, numbers: Numbers, taken: set[int]) -> None:
    """Add the amounts with two readings, and the scores."""
    for span in numbers.unsure:
        head = _head(block, span)
        if len(span) > 1 and reading.at(block, head) is None and not any(t.i in taken for t in span):
            _add(reading, block, span, head)
    for i in numbers.scores:
        if not {i, i + 2} & taken and reading.at(block, block.doc[i]) is None:
            _add(reading, block, block.doc[i : i + 3], block.doc[i])


def _stands_alone(reading: Reading, block: ParsedBlock, span: Span, value: Value) -> bool:
    """Whether a number is a quantity by itself: it counts no noun, and nothing else stands there."""
    there = reading.at(block, _head(block, span))
    return counted(span) is None and there is None and _free(span, value)


def _add(reading: Reading, block: ParsedBlock, span: Span, head: Token, value: Value | None = None) -> None:
    label = span.text
    if value is None:
        # Not as the parser is given it.
        first = block.start + span.start_char
        label = " ".join(reading.document.text[first : first + len(label)].split())
    reading.add(MentionDraft(block, span, head, "quantity", "Quantity", label, value=value))


def _head(block: ParsedBlock, span: Span) -> Token:
    """Give the token that an amount hangs by: by the mended tree, where it has a sign or "Rs"."""
    if not span.text.startswith(("-", "minus", "Minus", "Rs")):
        return span.root
    tree = tree_of(block)
    inside = range(span.start, span.end)
    return block.doc[next((i for i in inside if tree.head[i] not in inside or tree.head[i] == i), span.start)]


def scan(doc: Doc) -> list[tuple[Span, Value]]:
    """Give every number of a Doc with its value, in order, whether it counts a noun or stands by itself."""
    rows = _scan(doc, doc.text, ((t.idx, t.lower_) for t in doc))
    return [(span, value) for span, value in rows if value is not None]


def _scan(doc: Doc, text: str, words: Iterable[tuple[int, str]]) -> list[tuple[Span, Value | None]]:
    """Give every number of a Doc; without a value where it can be read in two ways."""
    found: list[tuple[int, int, Value | None]] = []
    for low, high in _windows(text, words):
        found += _read(text, low, high)
    spans: list[tuple[Span, Value | None]] = []
    for start, end, value in found:
        span = doc.char_span(start, end, alignment_mode="expand")
        if span is not None and not (value and _numbered(span, value)):
            spans.append((span, value))
    return spans


def _windows(text: str, words: Iterable[tuple[int, str]]) -> list[tuple[int, int]]:
    """Give the stretches of a text that may hold a number, with what may belong to it."""
    rows: list[tuple[int, int]] = []
    for at, word in words:
        if word in _CUES or _DIGIT.search(word):
            low, high = max(0, at - 24), min(len(text), at + len(word) + 48)
            if rows and low <= rows[-1][1]:
                rows[-1] = rows[-1][0], high
            else:
                rows.append((low, high))
    # A stretch must not begin or end within a word.
    return [(_edge(text, low), _edge(text, high)) for low, high in rows]


def _edge(text: str, at: int) -> int:
    while 0 < at < len(text) and not text[at].isspace():
        at -= 1
    return at


def _read(text: str, first: int, last: int) -> list[tuple[int, int, Value | None]]:
    """Give the numbers between two characters, in order; an earlier reading takes its place."""
    taken = [m.span() for m in _PHONE.finditer(text, first, last)]
    unsure = [m.span() for m in _UNSURE.finditer(text, first, last) if not _IN_DIGITS.fullmatch(m["n"])]
    taken += unsure
    found: list[tuple[int, int, Value | None]] = [(start, end, None) for start, end in unsure]
    for read in (_fractions, _vague_numbers, _amounts):
        for start, end, value in read(text, first, last):
            if not any(start < e and s < end for s, e in taken):
                taken.append((start, end))
                found.append((start, end, value))
    return sorted(found, key=lambda f: f[:2])


def _fractions(text: str, first: int, last: int) -> Iterator[tuple[int, int, Value]]:
    at = first
    while match := _FRACTION_RE.search(text, at, last):
        at = match.end("part")
        value = _read_fraction(match)
        if value is not None:
            yield match.start(), at, value


def _vague_numbers(text: str, first: int, last: int) -> Iterator[tuple[int, int, Value]]:
    for match in _VAGUE_RE.finditer(text, first, last):
        value = _read_vague(match)
        if value is not None:
            yield *match.span(), value


def _amounts(text: str, first: int, last: int) -> Iterator[tuple[int, int, Value]]:
    """Give exact numbers, ranges, and the two ends of what moved."""
    at = first
    while match := _QUANTITY.search(text, at, last):
        if _side_by_side(match):
            # Two amounts, not a range: read the first alone.
            match = _QUANTITY.match(text, match.start(), match.start("to")) or match
        elif _moves(match):
            begin = next(part for part in ("sign2", "cur2", "n2") if match[part])
            second = _QUANTITY.match(text, match.start(begin), last)
            value = None if second is None else _moved_from(match, second)
            if value is not None:
                start, end = "cur1" if match["cur1"] else "n1", "s1" if match["s1"] else "n1"
                yield match.start(start), match.end(end), value
            match = second or match
        at = max(match.end(), at + 1)
        value = _read_quantity(match)
        if value is not None:
            yield *match.span(), value


def _side_by_side(m: re.Match[str]) -> bool:
    """Whether two amounts are joined that are no range: "5 and 10", "five or fifty", "in 2022 to 9"."""
    joined = (m["to"] or "").lower()
    if joined == "to" and _is_year_of(m):
        return True
    return (joined == "and" and not _between(m)) or (joined == "or" and _read_quantity(m) is None)


def _is_year_of(m: re.Match[str]) -> bool:
    """Whether the first of two numbers is a year, by the "in" before it, and the second none."""
    bare = not m["cur1"] and not m["s1"] and _YEAR.match(m["n1"]) is not None
    after = m.string[max(0, m.start() - 4) : m.start()].lower().endswith(("in ", "since ", "by "))
    return bare and after and not (_YEAR.match(m["n2"]) and not m["s2"])


def _moves(m: re.Match[str]) -> bool:
    """Whether two amounts are where something came from and where it went ("from 5 to 7 percent")."""
    first = m.start("cur1" if m["cur1"] else "n1")
    before = m.string[max(0, m.start() - 6) : m.start()] or m.string[max(0, first - 6) : first]
    return (m["to"] or "").lower() == "to" and before.lower().rstrip().endswith("from")


def _moved_from(m: re.Match[str], second: re.Match[str]) -> Value | None:
    """Give the first of two amounts, with the scale and the unit that are written with the second."""
    amount = _decimal(m["n1"], m["s1"] or m["s2"])
    if amount is None:
        return None
    unit = _unit(second)
    return Value(*canonical(amount), unit if unit or not m["cur1"] else _unit(m))


def _between(m: re.Match[str]) -> bool:
    return m.string[max(0, m.start() - 8) : m.start()].lower().rstrip().endswith("between")


def count_of(block: ParsedBlock, head: int) -> Value | None:
    """Give how many things a noun phrase stands for, by the token that heads it.

    The head may be the counted noun ("tanks" of "18 tanks", "Gazans" of "tens of thousands of Gazans")
    or the counting one ("tens").
    """
    numbers = numbers_of(block)
    row = numbers.by_noun.get(numbers.noun_of.get(head, head))
    return row[1] if row and (row[1].unit is None or _of(row[0])) else None


def measure_of(block: ParsedBlock, head: int) -> tuple[Span, Value] | None:
    """Give the amount that a noun is measured by ("a 20% stake", "a $5 million deal", "a 12 km road")."""
    row = numbers_of(block).by_noun.get(head)
    return row if row and row[1].unit is not None and not _of(row[0]) else None


def percent_at(block: ParsedBlock, noun: int) -> tuple[Span, Value] | None:
    """Give the percent that a noun is, or has before it: "20 percent of Halm", "a 20% stake"."""
    measured = measure_of(block, noun)
    if measured is not None:
        return measured if measured[1].unit == "%" else None
    rows = numbers_of(block).spans
    return next((r for r in rows if r[1].unit == "%" and r[0].start <= noun < r[0].end), None)


def _of(span: Span) -> bool:
    return bool(span.end < len(span.doc) and span.doc[span.end].lower_ == "of")


def counted(span: Span) -> Token | None:
    """Give the noun that a number counts, if it counts one."""
    doc, after = span.doc, span.end
    if after < len(doc) and doc[after].lower_ == "of" and after + 1 < len(doc):
        # "tens of thousands of Gazans", "three of the men"
        inside = {t.i for t in span}
        for child in doc[after].children:
            if child.dep_ == "pobj" and child.i not in inside and not _is_year_before(span):
                return child
        return None
    root = span.root
    noun = root.head
    if root.dep_ not in _COUNTING or noun.pos_ not in NOUNS or noun.i < after:
        return None
    return noun if _counts(span, noun) and not _is_year(span) else None


def _counts(span: Span, noun: Token) -> bool:
    # "a 12-nation summit" counts no summits, "560 AM" is a frequency.
    if noun.text in _NUMBERED_AFTER:
        return False
    return not (span.end < len(span.doc) and span.doc[span.end].text in "-–" and noun.i > span.end)


def _is_year(span: Span) -> bool:
    """Whether a bare number before a noun is a year ("the 2019 election", "in 2010 profits")."""
    if len(span) > 1 or not _YEAR.match(span.text):
        return False
    before = span.doc[span.start - 1].lower_ if span.start else "in"
    return before in _YEAR_CUES or span.root.head.tag_ not in ("NNS", "NNPS")


def _is_year_before(span: Span) -> bool:
    """Whether a number before "of" is the year of what stands before: "the death in 2020 of his father"."""
    bare = len(span) == 1 and _YEAR.match(span.text) is not None
    return bare and span.start > 0 and span.doc[span.start - 1].lower_ in _YEAR_CUES


def _numbered(span: Span, value: Value) -> bool:
    """Whether a number names a thing ("Flight 370", "No. 5", "Windows 11") and says no quantity."""
    if value.unit or value.comparator or value.lower or not span.text[0].isdigit():
        return False
    if span.start == 0:
        return False
    before = span.doc[span.start - 1]
    if before.lower_ in _NUMBERED:
        return True
    return (
        before.pos_ == "PROPN"
        and (span.root.head.i < span.start or span.root.dep_ in ("nummod", "punct"))
        and counted(span) is None
    )


def _free(span: Span, value: Value) -> bool:
    """Whether a number that counts no noun stands for a quantity."""
    if value.unit or value.comparator or value.lower or value.lexical[0] == "-":
        return True
    root = span.root
    if root.pos_ not in ("NUM", "NOUN", "SYM") or span.text.lower() in ("one", "a", "zero"):
        return False
    if _is_joined(span):
        return False
    # An age between commas ("Smith, 45, said"), a list's number.
    if root.dep_ in ("appos", "punct", "meta", "nummod", "ROOT", "dep") and not value.lexical[3:]:
        return False
    return root.dep_ not in ("punct", "nummod", "compound")


def _is_joined(span: Span) -> bool:
    """Whether a sign beside a number makes it a part of a code, a reference or another number."""
    doc = span.doc
    if span.end < len(doc) and doc[span.end].text in _JOINED_AFTER:
        return True
    return span.start > 0 and doc[span.start - 1].text in _JOINED_BEFORE


def _decimal(text: str, scale: str | None) -> Decimal | None:
    value = number(text)
    if value is None:
        return None
    word = (scale or "").strip(" -").lower()
    return value * SCALES[word] if word else value


def _read_quantity(m: re.Match[str]) -> Value | None:
    """Give an amount or a range with its unit and bound; nothing where it is a code, a score or no range."""
    unit = _unit(m)
    none = _is_code(m) or _is_score(m, unit) or _is_word(m, unit) or _is_no_sign(m, unit)
    none = none or _is_m_of_nothing(m)
    relative = unit in _DEGREES and _FREEZING.match(m.string, m.end())
    ends = None if none or relative else _ends(m)
    if ends is None:
        return None
    low, high = _signed(m, *ends)
    if high is not None and high <= low:
        return None
    lexical, datatype = canonical(low)
    bound, after = (re.sub(r"\s+", " ", (m[part] or "").strip().lower()) for part in ("bound", "after"))
    comparator = _BOUNDS.get(bound) or _AFTER.get(after)
    if high is None:
        return Value(lexical, datatype, unit, comparator)
    return Value(lexical, datatype, unit, comparator, lower=lexical, upper=canonical(high)[0])


def _ends(m: re.Match[str]) -> tuple[Decimal, Decimal | None] | None:
    """Give an amount, or both ends of a range, with their scales."""
    scale = _scale(m)
    if not m["n2"]:
        low = _decimal(m["n1"], scale)
        return None if low is None else (low, None)
    second = None if _in_metres(m) else m["s2"]
    low, high = _decimal(m["n1"], scale or second), _decimal(m["n2"], second or scale)
    if low is None or high is None:
        return None
    joined = m["to"].lower()
    apart = (joined == "and" and not _between(m)) or (joined == "or" and high > 2 * low)
    return None if apart else (low, high)


def _signed(m: re.Match[str], low: Decimal, high: Decimal | None) -> tuple[Decimal, Decimal | None]:
    """Give the ends with the signs that the text gives them: "-5", "minus 5", "5 degrees below zero"."""
    below = bool(_BELOW.match(m.string, m.end()))
    if m["sign"] or m["inner"] or below:
        low = -low
    if high is not None and (m["sign2"] or below):
        high = -high
        if below:
            low, high = high, low
    return low, high


def _is_no_sign(m: re.Match[str], unit: str | None) -> bool:
    """Whether what looks like a sign is none: a line's hyphen, "tested negative 5 times", "all, minus 2"."""
    if not m["sign"]:
        return False
    before = m.string[max(0, m.start("sign") - 200) : m.start("sign")].rstrip()
    if m["sign"] == "-":
        return not unit and not before
    return not unit or before.endswith(",")


def _is_word(m: re.Match[str], unit: str | None) -> bool:
    """Whether "one" stands for a thing and is no amount."""
    word, more = m["n1"].lower(), unit or _scale(m) or m["n2"]
    # "12 degrees below zero" is no bound.
    return not more and ((word == "one" and not m["bound"]) or word == "zero")


def _scale(m: re.Match[str]) -> str | None:
    """Give the scale of the first number; after words a short one means something else."""
    scale: str | None = m["s1"]
    if _in_metres(m):
        return None
    short = scale is not None and scale.strip().lower() in SHORT_SCALES
    return scale if not short or m["n1"][0].isdigit() else None


def _is_m(m: re.Match[str]) -> bool:
    """Whether "m" stands after a number that is no money: it may be metres or millions."""
    alone = not any(m[part] for part in ("cur1", "cur2", "money", "code", "behind", "pct", "unit"))
    return alone and (m["s2"] or m["s1"] or "").strip().lower() == "m"


def _in_metres(m: re.Match[str]) -> bool:
    """Whether "m" is metres: apart from its number, or with what has a length; not "5m people"."""
    if not _is_m(m):
        return False
    after = m.string[m.end() :]
    return bool(_LENGTH.match(after)) or ((m["s2"] or m["s1"])[0].isspace() and not _PLURAL.match(after))


def _is_m_of_nothing(m: re.Match[str]) -> bool:
    """Whether "m" may be metres as well as millions."""
    return _is_m(m) and not _in_metres(m) and not _PLURAL.match(m.string, m.end())


def _is_code(m: re.Match[str]) -> bool:
    """Whether digits are a code or a part of a phone number."""
    n1, rest = m["n1"], m.string[m.end() : m.end() + 2]
    if len(n1) > 1 and n1[0] == "0" and n1[1] != ".":
        return True
    return not m["n2"] and rest[:1] in ("-", "–") and rest[1:].isdigit()


def _is_score(m: re.Match[str], unit: str | None) -> bool:
    """Whether two numbers with a dash are a score, or the parts of a code, and no range of things."""
    if not m["n2"] or m["to"].lower() not in ("-", "–", "—") or unit or m["s2"]:
        return False
    rest = m.string[m.end() : m.end() + 2].strip()
    return bool(_SCORE.match(m.string[m.start("n1") : m.end("n2")])) and not rest[:1].isalpha()


def _unit(m: re.Match[str]) -> str | None:
    """Give the code of the unit or money that stands beside a number."""
    if m["pct"]:
        return "%"
    if _in_metres(m):
        return "m"
    if m["unit"]:
        word = re.sub(r"\s+", " ", m["unit"].lower())
        return _UNIT_CODES.get(word) or _UNIT_CODES.get(word.removesuffix("s"))
    return _currency(m)


def _currency(m: re.Match[str]) -> str | None:
    """Give the code of the money that a sign, a code or a word beside a number names."""
    symbol = m["cur1"] or m["cur2"]
    if symbol:
        return (SYMBOLS[symbol] or None) if symbol in SYMBOLS else SYMBOLS.get(symbol.upper(), symbol.upper())
    if m["code"]:
        return m["code"].upper()
    if m["behind"]:
        return BEHIND[m["behind"]] or None
    return _money(m) if m["money"] else None


def _money(m: re.Match[str]) -> str | None:
    """Give the code of money that is called by a word: "Canadian dollars", "pounds", which may be weight."""
    word, nation = m["money"].lower(), (m["nation"] or "").lower()
    named = NATIONAL.get((re.sub(r"\s+", " ", nation), word))
    if named:
        return named
    return _pounds(m) if word == "pounds" else MONEY.get(word)


def _pounds(m: re.Match[str]) -> str:
    """Money or weight: what weighs, or pounds of something, is weight."""
    weight = re.search(
        r"\bweigh\w*\s[^.]*$|^\s+of\s", m.string[max(0, m.start() - 24) : m.start()].lower()
    ) or (re.match(r"\s+of\s", m.string[m.end() :].lower()) and not m["s1"])
    return "[lb_av]" if weight else "GBP"


def _read_vague(m: re.Match[str]) -> Value | None:
    bound = re.sub(r"\s+", " ", (m["bound"] or "").lower())
    if m["plural"]:
        low, high = _VAGUE[m["plural"].lower()]
        if m["of"]:
            scale = SCALES[m["of"].lower().removesuffix("s")]
            low, high = low * scale, (high + 1) * scale - 1
        elif m["plural"].lower() == "tens":
            return None
    else:
        if not bound or bound == "some":
            return None
        scale = SCALES[m["scale"].lower()]
        low, high = 2 * scale, 10 * scale - 1
        if bound.startswith(("a couple", "couple")):
            high = 3 * scale - 1
    return Value(str(low), "integer", lower=str(low), upper=str(high))


def _read_fraction(m: re.Match[str]) -> Value | None:
    n = (m["n"] or "a").lower()
    part = m["part"].lower().removesuffix("s")
    if part != "half" and not m["n"]:
        return None
    share = (_PARTS[part] * _TIMES[n]).quantize(Decimal("0.01"))
    if share > 100:
        return None
    bound = re.sub(r"\s+", " ", (m["bound"] or "").lower())
    rounded: Comparator | None = "About" if part == "third" else None
    lexical, datatype = canonical(share)
    return Value(lexical, datatype, "%", _BOUNDS.get(bound) or rounded)
