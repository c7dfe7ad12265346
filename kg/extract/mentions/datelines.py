"""The town in capitals that opens a report: "PORT OF SPAIN – Detectives said", "LORN, May 3 – The firm"."""

from __future__ import annotations

from spacy.tokens import Doc, Span, Token

from kg.extract.lexicon import gazetteer
from kg.extract.lexicon.nouns import is_common

DASHES = frozenset({"–", "—"})
# How many words a town has, and how many stand up to the dash.
LONGEST, FARTHEST = 4, 9
# A shorter word may be an acronym, whoever speaks.
SHORTEST = 5


def town(doc: Doc) -> Span | None:
    """Give the town that a block begins with, or None: "BREAKING – Fire" and "FIFA – The body" have none."""
    end = 0
    while end < min(len(doc), LONGEST) and doc[end].is_upper and doc[end].is_alpha:
        end += 1
    if not 0 < end < len(doc) - 1 or not _is_left_by_dash(doc[end]):
        return None
    span = doc[:end]
    if gazetteer.land_named(span.text) is not None:
        return None
    known = gazetteer.place_named(span.text.title()) is not None or _has_small_word(span)
    return span if known or _is_rare(span) else None


def _is_left_by_dash(after: Token) -> bool:
    """Whether a dash stands behind a town, or behind its land and the day: "LORN, Norway, May 3 –"."""
    if after.text in DASHES:
        return True
    return after.text == "," and any(t.text in DASHES for t in after.doc[after.i : FARTHEST])


def _has_small_word(span: Span) -> bool:
    """Whether a known place has a small word in it that capitals hide: "PORT OF SPAIN"."""
    written = " ".join(t.lower_ if t.lower_ in ("of", "de", "on") else t.text.title() for t in span)
    return len(span) > 1 and gazetteer.place_named(written) is not None


def _is_rare(span: Span) -> bool:
    """Whether a word can hardly be anything but a town: long, no common word, nobody's name."""
    word = span.text
    named = gazetteer.female_share(word.title()) is not None or gazetteer.is_surname(word.title())
    return (
        len(span) == 1
        and len(word) >= SHORTEST
        and not is_common(word.lower())
        and not named
        and not _is_a_form(word)
    )


def _is_a_form(word: str) -> bool:
    """Whether a word looks like that of a verb: "BREAKING", "UPDATED"."""
    return word.endswith(("ING", "ED"))
