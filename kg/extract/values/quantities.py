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
from collections.abc import Iterable
from decimal import Decimal

from spacy.tokens import Doc, Span, Token

from kg.extract.parse.repair import is_score, tree_of
from kg.extract.reading import MentionDraft, ParsedBlock, Reading
from kg.extract.values.numerals import DIGITS, SCALES, SHORT_SCALES, SMALL, WORDS, canonical, number
from kg.extract.values.units import CODES, MONEY, NATIONAL, SYMBOLS, UCUM
from kg.model import Comparator, Value

_BOUNDS: dict[str, Comparator] = {
    "more than": "MoreThan",
    "greater than": "MoreThan",
    "well over": "MoreThan",
    "just over": "MoreThan",
    "over": "MoreThan",
    "above": "MoreThan",
    "in excess of": "MoreThan",
    "upwards of": "MoreThan",
    "upward of": "MoreThan",
    "at least": "AtLeast",
    "a minimum of": "AtLeast",
    "no fewer than": "AtLeast",
    "no less than": "AtLeast",
    "not less than": "AtLeast",
    "fewer than": "LessThan",
    "less than": "LessThan",
    "just under": "LessThan",
    "under": "LessThan",
    "below": "LessThan",
    "up to": "AtMost",
    "at most": "AtMost",
    "no more than": "AtMost",
    "not more than": "AtMost",
    "as many as": "AtMost",
    "as much as": "AtMost",
    "a maximum of": "AtMost",
    "about": "About",
    "around": "About",
    "approximately": "About",
    "roughly": "About",
    "some": "About",
    "an estimated": "About",
    "estimated": "About",
    "nearly": "About",
    "almost": "About",
    "close to": "About",
    "circa": "About",
}
_AFTER: dict[str, Comparator] = {
    "or more": "AtLeast",
    "or above": "AtLeast",
    "or so": "About",
    "or less": "AtMost",
    "or fewer": "AtMost",
    "+": "AtLeast",
}
_VAGUE = {
    "tens": (20, 99),
    "dozens": (24, 99),
    "scores": (40, 99),
    "hundreds": (200, 999),
    "thousands": (2_000, 9_999),
    "millions": (2 * 10**6, 10**7 - 1),
    "billions": (2 * 10**9, 10**10 - 1),
    "trillions": (2 * 10**12, 10**13 - 1),
}
_FRACTIONS = {
    "half": Decimal(50),
    "third": Decimal(100) / 3,
    "quarter": Decimal(25),
    "fifth": Decimal(20),
    "tenth": Decimal(10),
}


def _any(words: dict[str, str] | dict[str, Comparator] | list[str]) -> str:
    return "|".join(re.escape(w).replace(r"\ ", r"\s+") for w in sorted(words, key=len, reverse=True))


_SINGULARS = [u for u in UCUM if not u.endswith(("s", "²", "³", "2", "C", "F", "feet"))]
_UNIT = "|".join(
    re.escape(u).replace(r"\ ", r"\s+") + ("s?" if u in _SINGULARS and len(u) > 2 else "")
    for u in sorted(UCUM, key=len, reverse=True)
)
_NUM = rf"(?:(?:{DIGITS})|(?:{WORDS}))"
_SCALE = (
    r"(?:\s?(?:k|mn|mln|m|bn|bln|tn)\b|[\s-](?:hundred|thousand|lakh|million|crore|billion|trillion|dozen)\b)"
)
_CURRENCY = rf"(?:(?:{_any(SYMBOLS)})|\b(?:{'|'.join(CODES)})(?=\s?\d))"
_NATIONS = "|".join(sorted({re.escape(a).replace(r"\ ", r"\s+") for a, _ in NATIONAL}, key=len, reverse=True))
_MONEYWORD = (
    rf"(?:(?P<nation>{_NATIONS})\s+)?(?P<money>{_any(list(MONEY))}|pounds|francs|kroner|crowns|lira|pesos|won)\b"
    rf"|(?P<code>{'|'.join(CODES)})\b"
)
_QUANTITY = re.compile(
    rf"(?:(?<![\w-])(?P<bound>{_any(_BOUNDS)})\s+(?:the\s+)?)?"
    rf"(?:(?<![\w.,])|(?<=[($]))(?:(?P<cur1>{_CURRENCY})\s?)?"
    rf"(?:(?<![A-Za-z0-9][-–.,/:])(?P<n1>{_NUM})(?P<s1>{_SCALE})?"
    rf"(?:\s?(?P<to>[-–—]|\bto\b|\band\b|\bor\b)\s?(?P<cur2>{_CURRENCY})?\s?(?P<n2>{_NUM})(?P<s2>{_SCALE})?)?)"
    rf"(?:\s?(?P<pct>%)|(?:\s*|-)(?P<unit>{_UNIT})(?![\w-])|\s+(?:{_MONEYWORD}))?"
    rf"(?P<after>\+|\s+or\s+(?:more|above|so|less|fewer)\b)?(?!\w)",
    re.IGNORECASE,
)
_VAGUE_RE = re.compile(
    r"(?<![\w-])(?:(?P<bound>many|several|(?:a\s+)?few|some|(?:a\s+)?couple(?:\s+of)?)\s+)?"
    r"(?:(?P<plural>tens|dozens|scores|hundreds|thousands|millions|billions|trillions)"
    r"(?:\s+of\s+(?P<of>thousands|millions|billions))?"
    r"|(?<=\s)(?P<scale>hundred|thousand|million|billion|dozen))\b(?!-)",
    re.IGNORECASE,
)
_FRACTION_RE = re.compile(
    rf"(?<![\w-])(?:(?P<bound>{_any(_BOUNDS)})\s+)?"
    r"(?:(?P<n>one|two|three|four|nine|a)[\s-])?(?P<part>half|thirds?|quarters?|fifths?|tenths?)\s+(?:of\b|the\b)",
    re.IGNORECASE,
)
# Words that are numbers or parts of one; all else that is has a digit.
_CUES = (
    frozenset(SMALL)
    | frozenset(SCALES)
    | frozenset(_VAGUE)
    | frozenset("half thirds third quarters quarter fifths fifth tenths tenth".split())
)
_DIGIT = re.compile(r"\d")
_UNIT_CODES = {k.lower(): v for k, v in UCUM.items()}
_SCORE = re.compile(r"\d{1,2}\s?[-–]\s?\d{1,2}$")
_PHONE = re.compile(r"\+\d[\d ().-]{6,}\d|\b\(?\d{3}\)?[-. ]\d{3,4}[-. ]\d{3,4}\b|\b\d{3}-\d{4}\b")
_YEAR = re.compile(r"(?:1[4-9]|20)\d\d$")
_YEAR_CUES = frozenset("the in since by until from of during before after early late mid".split())
# Nouns that number their things instead of counting them.
_NUMBERED = frozenset(
    "article chapter section page no no. number room flight route highway phase level type class grade step "
    "stage aged age "
    "item figure table part volume version season episode round game match act line channel category tier "
    "paragraph resolution group generation unit district apollo formula interstate amendment".split()
)
_NOUNS = frozenset(("NOUN", "PROPN"))


class Numbers:
    """The numbers of a block: their spans and values, the nouns they count, and where scores begin."""

    __slots__ = ("by_noun", "noun_of", "scores", "spans")

    def __init__(self, doc: Doc, text: str, words: Iterable[tuple[int, str]]) -> None:
        self.spans = _scan(doc, text, words)
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
        if not (numbers.spans or numbers.scores):
            continue
        taken = {t.i for m in reading.mentions if m.block is block and m.kind == "time" for t in m.span}
        for span, value in numbers.spans:
            head = span.root
            if any(t.i in taken for t in span) or counted(span) is not None or reading.at(block, head):
                continue
            if _free(span, value):
                reading.add(MentionDraft(block, span, head, "quantity", "Quantity", span.text, value=value))
        for i in numbers.scores:
            head = block.doc[i]
            if not {i, i + 2} & taken and reading.at(block, head) is None:
                span = block.doc[i : i + 3]
                reading.add(MentionDraft(block, span, head, "quantity", "Quantity", span.text))


def scan(doc: Doc) -> list[tuple[Span, Value]]:
    """Give every number of a Doc with its value, in order, whether it counts a noun or stands by itself."""
    return _scan(doc, doc.text, ((t.idx, t.lower_) for t in doc))


def _scan(doc: Doc, text: str, words: Iterable[tuple[int, str]]) -> list[tuple[Span, Value]]:
    found: list[tuple[int, int, Value]] = []
    for low, high in _windows(text, words):
        found += _read(text, low, high)
    spans = []
    for start, end, value in found:
        span = doc.char_span(start, end, alignment_mode="expand")
        if span is not None and not _numbered(span, value):
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


def _read(text: str, first: int, last: int) -> list[tuple[int, int, Value]]:
    """Give the numbers between two characters, in order."""
    taken = [m.span() for m in _PHONE.finditer(text, first, last)]
    found: list[tuple[int, int, Value]] = []
    for pattern, read in (
        (_FRACTION_RE, _read_fraction),
        (_VAGUE_RE, _read_vague),
        (_QUANTITY, _read_quantity),
    ):
        at = first
        while match := pattern.search(text, at, last):
            if pattern is _QUANTITY and _side_by_side(match):
                # Two amounts, not a range: read the first alone.
                match = pattern.match(text, match.start(), match.start("to")) or match
            elif pattern is _QUANTITY and _moves(match):
                second = pattern.match(text, match.start("cur2" if match["cur2"] else "n2"), last)
                value = None if second is None else _moved_from(match, second)
                if value is not None:
                    found.append(
                        (
                            match.start("cur1" if match["cur1"] else "n1"),
                            match.end("s1" if match["s1"] else "n1"),
                            value,
                        )
                    )
                    taken.append(match.span("n1"))
                match = second or match
            start, end = match.span()
            if pattern is _FRACTION_RE:
                end = match.end("part")
            at = max(end, at + 1)
            value = read(match)
            if value is not None and not any(start < e and s < end for s, e in taken):
                taken.append((start, end))
                found.append((start, end, value))
    return sorted(found, key=lambda f: f[:2])


def _side_by_side(m: re.Match[str]) -> bool:
    """Whether "and" or "or" joins two amounts that are no range ("5 and 10", "five or fifty")."""
    joined = (m["to"] or "").lower()
    return (joined == "and" and not _between(m)) or (joined == "or" and _read_quantity(m) is None)


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
    unit, factor = _unit(second)
    return Value(*canonical(amount * factor), unit if unit or not m["cur1"] else _unit(m)[0])


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


def _of(span: Span) -> bool:
    return bool(span.end < len(span.doc) and span.doc[span.end].lower_ == "of")


def counted(span: Span) -> Token | None:
    """Give the noun that a number counts, if it counts one."""
    doc, after = span.doc, span.end
    if after < len(doc) and doc[after].lower_ == "of" and after + 1 < len(doc):
        # "tens of thousands of Gazans", "three of the men"
        inside = {t.i for t in span}
        for child in doc[after].children:
            if child.dep_ == "pobj" and child.i not in inside:
                return child
        return None
    root = span.root
    if root.dep_ in (
        "nummod",
        "quantmod",
        "compound",
        "amod",
        "nmod",
        "det",
        "advmod",
        "npadvmod",
        "predet",
    ) and (
        root.head.pos_ in _NOUNS
        and root.head.i >= span.end
        and _counts(span, root.head)
        and not _is_year(span)
    ):
        return root.head
    return None


def _counts(span: Span, noun: Token) -> bool:
    # "a 12-nation summit" counts no summits, "560 AM" is a frequency.
    if noun.text in ("AM", "FM", "BC", "AD", "GMT"):
        return False
    return not (span.end < len(span.doc) and span.doc[span.end].text in "-–" and noun.i > span.end)


def _is_year(span: Span) -> bool:
    """Whether a bare number before a noun is a year ("the 2019 election", "in 2010 profits")."""
    if len(span) > 1 or not _YEAR.match(span.text):
        return False
    before = span.doc[span.start - 1].lower_ if span.start else "in"
    return before in _YEAR_CUES or span.root.head.tag_ not in ("NNS", "NNPS")


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
    if value.unit or value.comparator or value.lower:
        return True
    text = span.text
    doc, root = span.doc, span.root
    if root.pos_ not in ("NUM", "NOUN", "SYM") or text.lower() in ("one", "a", "zero"):
        return False
    after = doc[span.end] if span.end < len(doc) else None
    before = doc[span.start - 1] if span.start else None
    if (after is not None and after.text in ("-", "–", "/", ")", "]", ":")) or (
        before is not None and before.text in ("-", "/", "[", ":", "#")
    ):
        return False
    # An age between commas ("Smith, 45, said"), a list's number.
    if root.dep_ in ("appos", "punct", "meta", "nummod", "ROOT", "dep") and not value.lexical[3:]:
        return False
    return root.dep_ not in ("punct", "nummod", "compound")


def _decimal(text: str, scale: str | None) -> Decimal | None:
    value = number(text)
    if value is None:
        return None
    word = (scale or "").strip(" -").lower()
    return value * SCALES[word] if word else value


def _read_quantity(m: re.Match[str]) -> Value | None:
    text, n1, n2, s1, s2 = m.string, m["n1"], m["n2"], m["s1"], m["s2"]
    digits = n1[0].isdigit()
    if not digits and s1 and s1.strip().lower() in SHORT_SCALES:
        s1 = None
    unit, factor = _unit(m)
    joined = (m["to"] or "").lower()
    bound = re.sub(r"\s+", " ", (m["bound"] or "").lower())
    if n2 and joined == "and" and not _between(m):
        return None
    if digits and len(n1) > 1 and n1[0] == "0" and n1[1] != ".":
        return None  # a code
    if n2 and joined in "-–—" and not unit and not s2 and _SCORE.match(text[m.start("n1") : m.end("n2")]):
        rest = text[m.end() : m.end() + 2]
        if not rest.strip() or not rest.strip()[0].isalpha():
            return None  # a score, or the parts of a code
    low = _decimal(n1, s1 or (s2 if n2 else None))
    if low is None or (
        not digits and n1.lower() in ("one", "zero") and not unit and not s1 and not n2 and not bound
    ):
        return None
    high = _decimal(n2, s2 or s1) if n2 else None
    if n2 and (high is None or high <= low or (joined == "or" and high > 2 * low)):
        return None
    if not n2 and text[m.end() : m.end() + 1] in ("-", "–") and text[m.end() + 1 : m.end() + 2].isdigit():
        return None  # a phone number or a code
    low, high = low * factor, high * factor if high is not None else None
    lexical, datatype = canonical(low)
    after = (m["after"] or "").strip().lower()
    comparator = _BOUNDS.get(bound) or _AFTER.get(re.sub(r"\s+", " ", after))
    return Value(
        lexical,
        datatype,
        unit,
        comparator,
        lower=None if high is None else lexical,
        upper=None if high is None else canonical(high)[0],
    )


def _unit(m: re.Match[str]) -> tuple[str | None, Decimal]:
    one = Decimal(1)
    if m["pct"]:
        return "%", one
    if m["unit"]:
        word = re.sub(r"\s+", " ", m["unit"].lower())
        return _UNIT_CODES.get(word) or _UNIT_CODES.get(word.removesuffix("s")), one
    symbol = m["cur1"] or m["cur2"]
    if symbol:
        found = SYMBOLS.get(symbol) or SYMBOLS.get(symbol.upper()) or symbol.upper()
        return found, one
    if m["code"]:
        return m["code"].upper(), one
    if m["money"]:
        word, nation = m["money"].lower(), (m["nation"] or "").lower()
        named = NATIONAL.get((re.sub(r"\s+", " ", nation), word))
        if named:
            return named, one
        if word == "pounds":
            return _pounds(m), one
        return MONEY.get(word), one
    return None, one


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
    times = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "nine": 9}[n]
    share = (_FRACTIONS[part] * times).quantize(Decimal("0.01"))
    if share > 100:
        return None
    bound = re.sub(r"\s+", " ", (m["bound"] or "").lower())
    rounded: Comparator | None = "About" if part == "third" else None
    lexical, datatype = canonical(share)
    return Value(lexical, datatype, "%", _BOUNDS.get(bound) or rounded)
