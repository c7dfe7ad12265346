"""Names with a number: "Apollo 12", "Formula 1", "World War II", "50 Cent", "12 Angry Women".

The number belongs to the name where it counts nothing: no noun follows it, and the name before it is no
person and no place, or stands elsewhere in the document with another number.
"""

from __future__ import annotations

import collections
import re
from collections.abc import Iterable

from spacy.tokens import Doc, Span, Token

from kg.extract.lexicon import gazetteer, words
from kg.extract.lexicon.nouns import is_common, lemma_type
from kg.extract.mentions.evidence.inside import SERIAL

# Nouns before a letter or a roman number.
NUMBERED = words("tokens", "numbered", "before")
MONTHS = words("tokens", "joined", "months")
MONEY = words("names", "extent", "money")
# Nouns behind which a number begins the name of who is meant, beside those of persons.
BEARING = words("names", "extent", "bearing")
# What is done to works.
CREATING = words("names", "extent", "creating")
# Before a number that is a time, a place in a row or a measure, and no part of a name.
LOOSE = words("names", "extent", "before_number")
SERIES = frozenset({"Product", "Event", "Facility", "Work", "Organization", "Law", ""})
PLURAL = frozenset({"NNS", "NNPS"})
YEAR = re.compile(r"1[0-9]{3}|20[0-9]{2}")
# Parts of speech of what a number counts, or of a further number.
COUNTED = frozenset({"NOUN", "PROPN", "ADJ", "NUM", "SYM"})


def series(spans: Iterable[Span]) -> set[str]:
    """Give the names that stand with several numbers, without these."""
    numbers: dict[str, set[str]] = collections.defaultdict(set)
    for span in spans:
        base, number = parted(span)
        if number:
            numbers[base].add(number)
    return {base for base, found in numbers.items() if len(found) > 1}


def kinds(typed: list[tuple[Span, str]]) -> dict[str, str]:
    """Give the class of names that stand with several numbers, no persons: the one most of them have."""
    found: dict[str, collections.Counter[str]] = collections.defaultdict(collections.Counter)
    for span, kind in typed:
        base, number = parted(span)
        if number and kind and kind != "Person":
            found[base][kind] += 1
    named = series(span for span, _ in typed)
    return {base: of.most_common(1)[0][0] for base, of in found.items() if base in named}


class Series:
    """The names of a document that stand with several numbers."""

    def __init__(self, spans: list[Span]) -> None:
        self.names = series(spans)

    def whole(self, span: Span, kind: str) -> Span:
        """Give a name with the number that belongs to it."""
        end = self._end(span, kind)
        if end > span.end or span.start == 0 or not span.doc[span.start - 1].text.isdigit():
            return span.doc[span.start : end]
        longer = _to_head(span)
        start = _start(longer, kind)
        return span.doc[start : longer.end] if start < span.start else span

    def _end(self, span: Span, kind: str) -> int:
        doc, end = span.doc, int(span.end)
        if end >= len(doc) or not _is_number(doc[end]) or SERIAL.fullmatch(span[-1].text):
            return end
        number, known = doc[end], span.text in self.names
        if number.text == "I" and not (known or span[-1].lower_ in NUMBERED):
            return end
        if number.text.isdigit() and ((kind not in SERIES and not known) or YEAR.fullmatch(number.text)):
            return end
        counts = _is_part(doc, end) if known else _counts(doc, end)
        return end if span[-1].lower_ in MONTHS or counts or _is_tally(span) else end + 1


def title_of(number: Token) -> Span | None:
    """Give the name of a work that begins with a number and goes on in capitals: "9 Quiet Women"."""
    doc, end = number.doc, number.i + 1
    while end < len(doc) and doc[end].is_title and doc[end].tag_ in ("NNP", "NNPS", "NN", "NNS", "JJ"):
        end += 1
    if end - number.i < 3 or number.is_sent_start or YEAR.fullmatch(number.text) or not number.whitespace_:
        return None
    title = doc[number.i : end]
    return title if title[-1].tag_ in PLURAL and _is_made(title) and not _is_loose(number) else None


def _is_made(title: Span) -> bool:
    """Whether somebody writes, directs or reads it: one may win three Golden Globes, but direct none."""
    return title.root.head.lemma_.lower() in CREATING


def parted(span: Span) -> tuple[str, str]:
    """Give a name without its number, and the number in it or behind it."""
    doc, end = span.doc, span.end
    if len(span) > 1 and SERIAL.fullmatch(span[-1].text):
        return span[:-1].text, span[-1].text
    if end < len(doc) and _is_number(doc[end]) and not _is_part(doc, end) and not _is_tally(span):
        return span.text, doc[end].text
    return span.text, ""


def is_numbered(span: Span) -> bool:
    """Whether a number in digits stands behind a name that others of its series have, and is no score."""
    doc, end = span.doc, span.end
    return end < len(doc) and _is_number(doc[end]) and doc[end].text.isdigit() and not _is_tally(span)


def _is_number(token: Token) -> bool:
    before = token.nbor(-1)
    return bool(before.whitespace_) and SERIAL.fullmatch(token.text) is not None


def _counts(doc: Doc, i: int) -> bool:
    """Whether a number counts what follows, or is a part of a longer one."""
    if i + 1 >= len(doc) or _is_part(doc, i):
        return i + 1 < len(doc)
    return doc[i + 1].pos_ in COUNTED and doc[i + 1].dep_ != "ROOT"


def _is_part(doc: Doc, i: int) -> bool:
    """Whether a number is a part of a longer one, or of a range."""
    if i + 1 >= len(doc):
        return False
    after = doc[i + 1]
    if not doc[i].whitespace_ and after.text in ("-", "–", "/", ":", "%", "."):
        return not (after.text in (".", ":") and (i + 2 >= len(doc) or bool(after.whitespace_)))
    return after.lower_ in ("to", "per") or after.pos_ == "NUM"


def _is_tally(span: Span) -> bool:
    """Whether the number is a score: "Rovers 3, Kela 2"."""
    doc, end = span.doc, span.end
    after = doc[end + 1 : end + 6]
    if len(after) > 1 and (after[0].text in (",", "and", "-", "–") or after[0].is_title):
        run = [t for t in after if t.text not in (",", "and", "-", "–")]
        names = 0
        while names < len(run) and run[names].is_title:
            names += 1
        if 0 < names < len(run) and run[names].text.isdigit() and run[0].text != span[0].text:
            return True
    before = doc[max(0, span.start - 2) : span.start]
    return len(before) == 2 and before[1].text == "," and before[0].text.isdigit()


def _start(span: Span, kind: str) -> int:
    """Give where a name begins that has its number before it: "50 Cent", "12 Angry Women"."""
    doc, start = span.doc, int(span.start)
    if kind not in SERIES | {"Person"}:
        return start
    number = doc[start - 1]
    if _is_called(number) and number.whitespace_:
        return start - 1
    if not number.whitespace_ or YEAR.fullmatch(number.text) or _is_loose(number):
        return start
    if span.end < len(doc) and (doc[span.end].pos_ in ("NOUN", "PROPN") or doc[span.end].text == "-"):
        return start
    return start - 1 if number.text != "1" and _is_no_sum(span, kind) else start


def _is_called(number: Token) -> bool:
    """Whether a number stands behind a noun that says who bears it: "the rapper 21 Savage"."""
    if number.i < 2 or number.is_sent_start or number.nbor(-1).is_sent_start:
        return False
    noun, article = number.nbor(-1), number.nbor(-2)
    who = noun.lower_ in BEARING or lemma_type(noun.lower_) == "Person"
    return who and noun.is_lower and article.lower_ in ("the", "a", "an")


def _to_head(span: Span) -> Span:
    """Give a name with the noun in capitals that it was cut off from: "Angry" of "12 Angry Women"."""
    doc, end = span.doc, int(span.end)
    head = span.root.head.i
    cut = end <= head < end + 2 and all(
        t.is_title and t.tag_ in ("NNP", "NNPS", "NNS") for t in doc[end : head + 1]
    )
    return doc[span.start : head + 1] if cut else span


def _is_loose(number: Token) -> bool:
    """Whether a number belongs to what stands before it: "in 12", "No. 12", "Telis 5"."""
    if number.is_sent_start:
        return False
    before = number.nbor(-1)
    return before.lower_ in LOOSE or before.pos_ in ("NOUN", "PROPN", "NUM", "SYM", "ADV", "ADJ")


def _is_no_sum(span: Span, kind: str) -> bool:
    """Whether a number before a name cannot count: the name is no plural, or is made of common words."""
    last = span[-1].lower_
    if last in MONEY or last in MONTHS or gazetteer.land_of_people(span.text) is not None:
        return False
    if kind == "Person":
        return len(span) == 1 and is_common(last) and span[0].tag_ == "NNP"
    if span[-1].tag_ not in PLURAL and (not last.endswith("s") or is_common(last)):
        return True
    return len(span) > 1 and _is_made(span) and all(t.text[0].isupper() for t in span)
