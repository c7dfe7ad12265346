"""Names that what stands around them shows to be longer than they look.

An acronym in brackets tells all the words that it is made of, a prize "for Best Actress" is another one than
that for the best film, and "Mr van Doorn" is not called Doorn.
"""

from __future__ import annotations

from spacy.tokens import Doc, Span, Token

from kg.extract.lexicon import words

MERITS = words("names", "extent", "merits")
AWARDS = words("events", "words", "awards")
SMALL = words("names", "extent", "inner")
PROPER = frozenset({"NNP", "NNPS"})
PARTICLES = words("coref", "names", "particles")
# Before a surname.
POLITE = words("coref", "names", "polite")
# How many words a name with an acronym, and the reason of a prize, may have.
LONGEST, LONGEST_MERIT = 10, 8


def at(token: Token) -> Span | None:
    """Give the name that a token tells to be longer than its parts, or None."""
    if token.lower_ in AWARDS and token.is_title:
        return _with_merit(token)
    return _before_acronym(token)


def surname_at(token: Token) -> Span | None:
    """Give the surname that begins with a small word behind a title: "van Doorn" in "Mr van Doorn"."""
    doc, first = token.doc, token.i
    if first == 0 or doc[first - 1].lower_.rstrip(".") not in POLITE:
        return None
    last = first
    while last < len(doc) and doc[last].lower_ in PARTICLES:
        last += 1
    named = first < last < len(doc) and doc[last].is_title and doc[last].is_alpha
    return doc[first : last + 1] if named else None


def _marked_from(token: Token) -> int:
    """Give where the marked name begins that a token is in."""
    start: int = token.i
    while token.doc[start].ent_iob_ == "I":
        start -= 1
    return start


def _with_merit(token: Token) -> Span | None:
    """Give "Lorn Film Award for Best Actress"."""
    doc, first = token.doc, token.i + 2
    if first >= len(doc) or doc[first - 1].lower_ != "for" or doc[first].lower_ not in MERITS:
        return None
    last = k = first
    while k < min(len(doc), first + LONGEST_MERIT) and (doc[k].is_title or doc[k].lower_ in SMALL):
        last = k if doc[k].is_title and doc[k].lower_ not in SMALL else last
        k += 1
        if doc[k - 1].lower_ == "for":
            break  # "… for Best Actress for Seven Days"
    start = _marked_from(token)
    while start > 0 and doc[start - 1].is_title and doc[start - 1].tag_ in PROPER:
        start -= 1
    return doc[start : last + 1] if doc[first].is_title else None


def _before_acronym(token: Token) -> Span | None:
    """Give the name whose initials stand behind it in brackets, where a part of it may not look like one."""
    doc, i = token.doc, token.i
    if not (1 < i < len(doc) - 1 and doc[i - 1].text == "(" and doc[i + 1].text == ")"):
        return None
    letters = [c.lower() for c in token.text if c.isalpha()]
    capitals = sum(c.isupper() for c in token.text)
    if len(letters) < 3 or capitals * 2 < len(letters):
        return None
    start = _first_of(doc, i - 2, letters)
    return None if start is None else doc[start : i - 1]


def _first_of(doc: Doc, last: int, letters: list[str]) -> int | None:
    """Give the first of the words that end at a token and begin with some letters, but for small ones."""
    left, k = list(letters), last
    while k >= 0 and last - k < LONGEST:
        word = doc[k]
        if word.text[0].isupper() and word.lower_[0] == left[-1]:
            left.pop()
            if not left:
                return k
        elif word.lower_ not in SMALL:
            return None
        k -= 1
    return None
