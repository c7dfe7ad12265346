"""What belongs to a name: "Mikkel's father", "Vero's sales", "the capital of Lorn"."""

from __future__ import annotations

from spacy.tokens import Span, Token

from kg.extract.lexicon import gazetteer, words
from kg.extract.mentions.evidence.weights import NOBODY, SURELY, Clues

OF_PERSON = words("names", "around", "of_person")
OF_KIN = words("names", "around", "of_kin")
OF_CRAFT = words("names", "around", "of_craft")
OF_CONTEST = words("names", "around", "of_contest")
OF_TONGUE = words("names", "around", "of_tongue")
OF_PLACE = words("names", "around", "of_place")
OF_TEAM = words("names", "around", "of_team")
# Who nobody has, but a body.
OF_BODIES = words("names", "around", "of_bodies")
# Before the noun of who leads a body: "Vero's chief executive".
LEADING = words("names", "around", "leading")
LED = frozenset({"executive", "director", "officer"})
CORPORATE = words("names", "around", "corporate")
OF_COMPANY = words("names", "around", "of_company")
# Whose father or widow one is, if it is no land or team, is somebody.
KINDRED = 6.0


def by_firm_noun(span: Span, noun: Token, preposition: str = "of") -> Clues:
    """What hardly any person has: "Vero's sales", "shares in Vero"; of a word that may be a surname less."""
    wanted = noun.lower_ in CORPORATE and noun.pos_ == "NOUN"
    if not wanted or preposition not in ("of", "in", "at") or gazetteer.land_named(span.text) is not None:
        return []
    first = span[0].text
    if gazetteer.female_share(first) is not None or gazetteer.place_named(span.text) is not None:
        return []
    if gazetteer.is_surname(span[-1].text):
        return [("Organization", 6.0)]
    return [("Organization", 12.0), ("Person", -8.0)]


def by_officer(span: Span, noun: Token) -> Clues:
    """What has a chairman, shareholders or a chief executive is nobody; a land may have them, too."""
    if gazetteer.land_named(span.text) is not None or gazetteer.place_named(span.text) is not None:
        return []
    led = noun.lower_ in LED and any(c.lower_ in LEADING for c in noun.children)
    return NOBODY if led or noun.lower_ in OF_BODIES else []


def owned(preposition: Token) -> Clues:
    """What has a wreck, a final or speakers: "the wreck of the Orrin", "the final of the Lorn Vase"."""
    noun, doc = preposition.head.lower_, preposition.doc
    behind = doc[preposition.i + 1].lower_ if preposition.i + 1 < len(doc) else ""
    if noun in OF_TONGUE and behind != "the":
        return [("Language", SURELY)]
    if behind != "the":
        return []
    if noun in OF_CRAFT:
        return [("Product", SURELY)]
    return [("Event", SURELY)] if noun in OF_CONTEST else []


def by_kin(span: Span, noun: Token) -> Clues:
    """Whose father, widow or daughter is told of: "Mikkel's father"; a land has sons, too."""
    single = len(span) == 1 and gazetteer.land_named(span.text) is None
    known = gazetteer.place_named(span.text) if single else None
    return [("Person", KINDRED)] if single and known is None and noun.lower_ in OF_KIN else []


def possessed(noun: Token, weight: float) -> Clues:
    """What belongs to a name tells what it is: a wife, a capital, a chief executive."""
    word = noun.lower_
    if word in OF_PERSON:
        return [("Person", weight)]
    if word in OF_PLACE:
        return [("GPE", weight)]
    if word in OF_COMPANY:
        return [("Organization", weight)]
    return []
