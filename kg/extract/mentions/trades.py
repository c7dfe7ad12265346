"""Trades and posts in capitals before a name, which the finder of names takes for a part of it.

At the beginning of a sentence "Welder" of "Welder Jim Stavely was fined" looks like a given name.
"""

from __future__ import annotations

from spacy.tokens import Doc, Span

from kg.extract.lexicon import gazetteer, words
from kg.extract.lexicon.nouns import lemma_type

_KIN = frozenset(("brothers", "sisters", "twins"))
_NO_OFFICE = words("nominals", "office", "no_office")


def before(doc: Doc, start: int, end: int) -> bool:
    """Whether the first word between two tokens is a trade before the name of a person.

    A trade may be a surname, too ("Potter"): then a given name and a surname follow it. What is a given name
    is none: "Peter", "Mason".
    """
    rest = doc[start + 1 : end]
    if not _opens(doc, start):
        return False
    if doc[start].lower_ in _KIN:
        return len(rest) > 0 and gazetteer.female_share(rest[0].text) is not None
    word = doc[start].text
    if not rest or gazetteer.female_share(word) is not None:
        return False
    if len(rest) == 1:
        return not gazetteer.is_surname(word)  # "Qualifier Moe wins in Ulm"
    return not gazetteer.is_surname(word) or gazetteer.female_share(rest[0].text) is not None


def stands_alone(span: Span, kind: str) -> bool:
    """Whether a name of one word is a trade before the name of a person that the finder found apart."""
    doc, end = span.doc, span.end
    if kind != "Person" or len(span) > 1 or end >= len(doc) or not _opens(doc, span.start):
        return False
    if gazetteer.female_share(span.text) is not None:
        return False
    following = next((e for e in doc.ents if e.start == end), None)
    return following is not None and following.label_ == "PERSON" and len(following) > 1


def _opens(doc: Doc, i: int) -> bool:
    """Whether a word opens a sentence, or follows a colon or dash, and is a noun for somebody's trade."""
    token = doc[i]
    first = i == 0 or token.is_sent_start or doc[i - 1].text in (":", "-", "–", "—")
    word = token.lower_
    trade = (lemma_type(word) == "Person" and word not in _NO_OFFICE) or word in _KIN
    return bool(first and token.is_title and token.is_alpha and trade)
