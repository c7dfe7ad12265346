"""What the words of a name say about its class: "Lorn Valley", "University of Leeds", "MV Lorn Bay"."""

from __future__ import annotations

import re

from spacy.tokens import Span

from kg.extract.lexicon import gazetteer, inverse, words
from kg.extract.lexicon.nouns import is_common, lemma_type
from kg.extract.mentions.evidence.weights import CALLED, DESCRIBED, END_CLASS, SURELY, Clues

REGNAL = words("names", "title", "regnal")
SURE = inverse("names", "sure")
TRADES = words("names", "trade", "firms")
FIELDS = words("names", "trade", "fields")
OF_CLASS = inverse("names", "of")
LOCATION_STARTS = words("names", "start", "location")
FACILITY_STARTS = words("names", "start", "facility")
STORM_STARTS = words("names", "start", "storms")
STREET_STARTS = words("names", "start", "streets")
BODY_STARTS = words("names", "start", "bodies")
PUBLISHER_STARTS = words("names", "start", "publishers")
PRIZE_STARTS = words("names", "start", "prizes")
SHIP = words("names", "start", "ship")
# What the first word says, and how sure.
BY_STARTS: tuple[tuple[frozenset[str], tuple[str, float]], ...] = (
    (PUBLISHER_STARTS, ("Organization", CALLED)),
    (PRIZE_STARTS, ("Award", CALLED)),
    (BODY_STARTS, ("Organization", SURELY)),
    (STORM_STARTS, ("Event", SURELY)),
    (STREET_STARTS, ("Facility", SURELY)),
    (LOCATION_STARTS, ("Location", 2.0)),
    (FACILITY_STARTS, ("Facility", 1.0)),
)
# What speaks against somebody, who is mostly called otherwise.
UNLIKELY: Clues = [("Person", -8.0)]
PEOPLES = words("names", "group", "peoples")
# The number at the end of a name in a series.
SERIAL = re.compile(r"\d{1,4}|[IVX]{1,5}")


def inside(span: Span) -> Clues:
    """Give what the words of a name say about its class."""
    text, spelled = " ".join(span.text.split()), [t.lower_ for t in span]
    if len(spelled) > 1 and SERIAL.fullmatch(span[-1].text):
        spelled = spelled[:-1]  # "Lorn War II"
    land = gazetteer.land_named(text)
    if land is not None:
        clues = [(land.type, 3.0)]
    elif text in PEOPLES:
        clues = [("Group", 10.0)]
    else:
        clues = _by_of_phrase(spelled)
    if "&" in spelled[1:-1]:
        # "Orr & Vane", but not "Anna & Karl"
        both = all(gazetteer.female_share(span[k].text) is not None for k in (0, -1))
        clues += [] if both else [("Organization", SURELY)]
    if len(spelled) > 1:
        clues += _by_ends(span, spelled)
    elif "–" in text:
        clues += [("Organization", 12.0)]  # "Lorn–Hale": a person of two names has a hyphen
    if land is None:
        clues += _by_tables(span, text)
        if len(spelled) == 1:
            clues += _by_initials(span, text)
    return clues


def _by_of_phrase(spelled: list[str]) -> Clues:
    """What stands before "of": "University of Leeds"."""
    kind = OF_CLASS.get(spelled[spelled.index("of") - 1]) if "of" in spelled[1:-1] else None
    return [(kind, 2.5)] if kind else []


def _by_ends(span: Span, spelled: list[str]) -> Clues:
    """What the last word of a longer name says, or else the first one."""
    kind, first = END_CLASS.get(spelled[-1]), spelled[0]
    given = kind in ("Location", "Facility") and gazetteer.female_share(span[0].text) is not None
    if given and gazetteer.is_surname(span[-1].text):
        return [("Person", 0.5)]  # "Anna Bridge"
    if spelled[-2:] == ["school", "district"]:
        return [("Organization", 12.0)]
    if kind and spelled[-1] != span[-1].lower_:
        return [(kind, 12.0)]  # "Lorn War II"
    clues = [] if "of" in spelled else _by_last(span, spelled)
    if clues:
        return clues
    return _by_first(span, first)


def _by_first(span: Span, first: str) -> Clues:
    """What the first word of a longer name says: "Rua Prado", "Hurricane Ida", "Mount Lorn"."""
    if first in SHIP:
        return [("Product", 12.0)] if span[0].is_upper else []
    return next(([clue] for starts, clue in BY_STARTS if first in starts), [])


def _by_last(span: Span, spelled: list[str]) -> Clues:
    """What the last word says, if it says anything."""
    last = spelled[-1]
    if last in TRADES:
        return _by_trade(span, spelled)
    if last in SURE:
        return [(SURE[last], SURELY)]
    if last in END_CLASS:
        return [(END_CLASS[last], 2.5)]
    return UNLIKELY if _is_no_surname(span) else []


def _is_no_surname(span: Span) -> bool:
    """Whether a common word ends a name that begins with no given name: "Lorn Lantern"."""
    last = span[-1]
    if not is_common(last.lower_) or gazetteer.is_surname(last.text) or lemma_type(last.lower_) == "Person":
        return False
    return gazetteer.female_share(span[0].text) is None


def _by_trade(span: Span, spelled: list[str]) -> Clues:
    """What a firm does, at the end of its name; "Anna Marine" may be a person, "data mining" is a field."""
    if gazetteer.female_share(span[0].text) is not None and gazetteer.is_surname(span[-1].text):
        return []
    plain = spelled[-1] in FIELDS and all(is_common(word) for word in spelled[:-1])
    return [("Organization", 2.5 if plain else SURELY)]


def _by_initials(span: Span, text: str) -> Clues:
    """A single word of capitals is mostly an organization; after an article no land."""
    if not (2 <= len(text) <= 5 and text.isupper()):
        return []
    clues = [("Organization", 0.6)]
    if span.start and span.doc[span.start - 1].lower_ == "the":
        # The lands whose initials take an article are few and known.
        clues += [("GPE", -9.0), ("Organization", 2.0)]
    return clues


def _by_tables(span: Span, text: str) -> Clues:
    """What the tables of places and of people's names know."""
    clues: Clues = []
    place = gazetteer.place_named(text)
    if place is not None:
        big = place.kind != "city" or place.population > 900_000
        alone = place.kind != "city" and len(span) > 1
        clues.append(("GPE", DESCRIBED if alone else 1.4 if big else 0.7))
    if len(span) == 1:
        clues += _by_single_name(span[0].text)
    elif 2 <= len(span) <= 4 and all(t.text[:1].isupper() or t.is_lower for t in span):
        clues += _by_full_name(span)
    return clues


def _by_single_name(word: str) -> Clues:
    if gazetteer.female_share(word) is not None:
        return [("Person", 0.5)]
    return [("Person", 0.25)] if gazetteer.is_surname(word) else []


def _by_full_name(span: Span) -> Clues:
    first, last = span[0].text, span[-1].text
    if END_CLASS.get(span[-1].lower_) is not None:
        return []
    if gazetteer.female_share(first) is not None and not span[-1].is_lower:
        return [("Person", 1.2 + (0.4 if gazetteer.is_surname(last) else 0.0))]
    if gazetteer.is_surname(last):
        return [("Person", 0.4)]
    initial = len(first) == 2 and first[1] == "." and first[0].isupper()
    return [("Person", 0.6)] if initial else []
