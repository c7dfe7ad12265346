"""Names that a noun in capitals heads, where the finder of names marks a part of one or nothing.

"The Convention on Free Passage" goes on behind its noun, "the Orrin Medal" ends with it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from spacy.tokens import Span, Token

from kg.extract import constructions
from kg.extract.lexicon import gazetteer, inverse, words
from kg.extract.mentions.evidence.weights import END_CLASS, TITLES
from kg.extract.mentions.titles import MONTHS

# Nouns that the rest of a name stands behind, and nouns that end one.
KINDS: Mapping[str, str] = inverse("names", "headed", "kinds")
ENDS: Mapping[str, str] = {**END_CLASS, **inverse("names", "sure")}
# Nouns that lead one: those of ships stand before it, others are in it.
VESSELS = words("names", "start", "vessel")
STARTS: Mapping[str, str] = {
    **dict.fromkeys(words("names", "start", "bodies"), "Organization"),
    **dict.fromkeys(words("names", "start", "streets"), "Facility"),
    **dict.fromkeys(words("names", "start", "storms"), "Event"),
}
PREPOSITIONS = words("names", "headed", "prepositions")
BETWEEN = words("names", "headed", "between")
# What stands before a name in capitals, as in a heading, and is no part of it.
NO_PART = TITLES | MONTHS | {"the", "a", "an"}
ENDING = frozenset({"Law", "Award", "Event", "Organization"})
INNER = frozenset({"compound", "amod", "nmod", "det", "nummod", constructions.POSSESSIVE})
YEAR = re.compile(r"1[0-9]{3}|20[0-9]{2}")
LONGEST = 8


def at(token: Token) -> tuple[Span, str] | None:
    """Give the name that a token heads or leads, with its class, if no more than a part of it is marked."""
    return _headed(token) or _led(token)


def _headed(token: Token) -> tuple[Span, str] | None:
    """Give the name whose noun a token is: "the Treaty of Halm Bridge", "the Orrin Medal"."""
    if not token.is_title:
        return None
    end = _end(token) if token.lower_ in KINDS else None
    start = _start(token)
    if end is None and (start == token.i or ENDS.get(token.lower_) not in ENDING):
        return None
    name = token.doc[start : token.i + 1 if end is None else end]
    return (name, KINDS.get(token.lower_) or ENDS[token.lower_]) if _is_marked_in_part(name) else None


def _led(token: Token) -> tuple[Span, str] | None:
    """Give the name that a noun before it tells, with its class: "the tug Grey Willow", "Hurricane Ida".

    What stands in capitals belongs to the name, as "Rua" and "Storm" do.
    """
    kind = _kind_led(token)
    if not kind:
        return None
    doc = token.doc
    end = token.i + 1
    while end < len(doc) and doc[end].is_title and doc[end].lower_ not in MONTHS:
        end += 1
    if end == token.i + 1 or doc[end - 1].lower_ in TITLES:
        return None
    name = doc[token.i + token.is_lower : end]
    return (name, kind) if _is_marked_in_part(name) and any(t.ent_type_ for t in name) else None


def _kind_led(token: Token) -> str:
    """Give the class of the name that a noun leads, empty for all other words."""
    if token.is_lower:
        return "Product" if token.lower_ in VESSELS else ""
    alone = token.is_title and (token.i == 0 or not token.nbor(-1).is_title)
    return STARTS.get(token.lower_, "") if alone else ""


def _end(token: Token) -> int | None:
    """Give where a name ends whose noun has a preposition behind it, or None."""
    doc, k = token.doc, int(token.i) + 1
    if k + 1 >= len(doc) or doc[k].lower_ not in PREPOSITIONS:
        return None
    if YEAR.fullmatch(doc[k + 1].text) and KINDS[token.lower_] == "Event":
        return k + 2  # "the Great Storm of 1839"
    first = k + 1 + (doc[k + 1].lower_ == "the")
    if first >= len(doc) or not _is_capital(doc[first]):
        return None
    if doc[k].lower_ != "of" and doc[first].ent_iob_ == "B":
        return None  # "left the Water Agency for Norwind", "met the Port Authority on Monday"
    last: int = first
    k = first + 1
    while k < min(len(doc), first + LONGEST):
        if _is_capital(doc[k]) and _goes_on(doc[k], first):
            last = k
        elif doc[k].lower_ not in BETWEEN:
            break
        k += 1
    return last + 1


def _is_capital(token: Token) -> bool:
    return bool(token.text[0].isupper()) and token.lower_ not in TITLES | MONTHS


def _goes_on(token: Token, first: int) -> bool:
    """Whether a word belongs to those before it, and is no further one that is told of beside them."""
    before = token.nbor(-1)
    if before.lower_ not in BETWEEN:
        return True
    if before.lower_ in ("and", "&") and all(map(_is_of_land, (token, before.nbor(-1)))):
        return True  # "the Centre for Irish and Welsh Studies"
    if before.lower_ in ("and", "&") and token.ent_iob_ == "B":
        return False  # "the Council of Lorn and Anna Lund"
    joined = token
    while joined.dep_ in INNER and joined.head.i > joined.i:
        joined = joined.head
    if not token.ent_type_ and before.lower_ in ("and", "&") and joined.dep_ == "conj":
        return True
    return joined.dep_ in ("conj", "pobj") and first <= _governor(joined).i < token.i


def _is_of_land(token: Token) -> bool:
    return gazetteer.land_of_adjective(token.text) is not None


def _governor(token: Token) -> Token:
    """Give what a word hangs on, past a preposition."""
    head = token.head
    return head.head if head.dep_ == "prep" else head


def _start(token: Token) -> int:
    """Give where the capitalised words begin that stand before a noun and belong to it."""
    doc, k = token.doc, int(token.i)
    while k > 0:
        before = doc[k - 1]
        if not before.is_title or before.lower_ in NO_PART or before.is_sent_start:
            break
        if not before.ent_type_ and not (before.dep_ in INNER and k <= before.head.i <= token.i):
            break
        k -= 1
    return k


def _is_marked_in_part(name: Span) -> bool:
    """Whether the finder of names marks no more than a part of a name, and nothing that goes beyond it."""
    doc = name.doc
    if name.end < len(doc) and doc[name.end].ent_iob_ == "I":
        return False
    if name[0].ent_iob_ == "I":
        return False
    whole = name[0].ent_iob_ == "B" and all(t.ent_iob_ == "I" for t in name[1:])
    return not whole
