"""What the words around a name say about its class: titles, prepositions, quotes and what stands behind."""

from __future__ import annotations

import itertools

from spacy.tokens import Span, Token

from kg.extract.constructions import POSSESSIVE
from kg.extract.lexicon import SAYING, gazetteer, words
from kg.extract.lexicon.nouns import nominal_type
from kg.extract.lexicon.sets import NOUNS
from kg.extract.mentions.evidence.deeds import FOUNDED, as_subject, by_deed, by_match, by_side
from kg.extract.mentions.evidence.homes import AT, by_dwelling, by_ground, by_origin, by_travel
from kg.extract.mentions.evidence.nouns import WORKS, by_apposition, by_noun
from kg.extract.mentions.evidence.owners import (
    OF_BODIES,
    OF_COMPANY,
    OF_TEAM,
    by_firm_noun,
    by_kin,
    by_officer,
    owned,
    possessed,
)
from kg.extract.mentions.evidence.weights import (
    CALLED,
    END_CLASS,
    GEOGRAPHIC,
    NAMING,
    NOBODY,
    OFFICES,
    SURELY,
    TITLES,
    Clues,
)

GOVERNING = words("names", "around", "governing")
FOLLOWING = words("names", "around", "following")
WRITERS = words("nominals", "work", "writers")
# Whose "of" tells a town for sure.
MAYORS = frozenset({"mayor", "mayoress", "mayors"})
QUOTES = frozenset("\"'“”‘’``")
# How many words an office may have up to its noun.
LONGEST_OFFICE = 5


def around(span: Span) -> Clues:
    """Give what the words around a name say about its class."""
    clues: Clues = []
    doc, root = span.doc, span.root
    if span.start:
        # "the novel The Salt Road"
        article = (
            span.start > 1 and doc[span.start - 1].text == "The" and not doc[span.start - 1].is_sent_start
        )
        clues += _before(span, doc[span.start - 1 - article])
    if span.end < len(doc):
        clues += _after(span, doc[span.end])
    clues += [*by_apposition(span), *_by_quotes(span), *by_deed(span)]
    clues += by_match(span)
    if any(c.dep_ == "acl" and c.lemma_ in FOUNDED and c.i >= span.end for c in root.children):
        clues += NOBODY  # "Vero, founded in 1911"
    if root.dep_ in ("nsubj", "nsubjpass"):
        clues += as_subject(span)
    elif root.dep_ == "pobj":
        clues += [*_after_preposition(root.head), *by_dwelling(span), *by_travel(span)]
        clues += by_ground(span, root.head)
        clues += by_firm_noun(span, root.head.head, root.head.lower_) + by_side(span)
    elif root.dep_ == POSSESSIVE:
        clues += possessed(root.head, 0.6) + by_firm_noun(span, root.head) + by_kin(span, root.head)
        clues += by_officer(span, root.head)
        if root.head.lower_ in OF_TEAM and doc[max(span.start - 1, 0)].lower_ != "the":
            # A ship has a captain, too, but an article.
            clues += [("Organization", CALLED), ("Person", -CALLED)]
    return clues


def _by_quotes(span: Span) -> Clues:
    """'Her memoirs, "The Long Way"': what stands in quotes behind a noun for a work is one.

    So is what stands so behind "author of", or before its year in brackets.
    """
    doc, at = span.doc, span.start - 1
    if at < 2 or doc[at].text not in QUOTES or span.end >= len(doc):
        return []
    closed = any(t.text in QUOTES for t in doc[span.end : span.end + 2])
    dated = _is_year_behind(span)
    written = doc[at - 1].lower_ == "of" and doc[at - 2].lower_ in WRITERS
    if closed and (dated or written):
        return [("Work", 25.0)]
    at -= 1 + (doc[at - 1].text == ",")
    # The tagger takes "memoirs" at a beginning for a verb.
    work = doc[at].lower_ in WORKS or (doc[at].pos_ == "NOUN" and nominal_type(doc[at])[0] == "Work")
    return [("Work", 25.0)] if work and closed else []


def _is_year_behind(span: Span) -> bool:
    """Whether a year in brackets stands behind the closing mark of a name in quotes."""
    tail = [t.text for t in span.doc[span.end : span.end + 4]]
    return len(tail) == 4 and tail[0] in QUOTES and tail[1] == "(" and len(tail[2]) == 4 and tail[2].isdigit()


def _after_preposition(preposition: Token) -> Clues:
    if preposition.lower_ in AT:
        return [("GPE", 0.6)]
    if preposition.lower_ == "of" and preposition.head.lower_ in MAYORS:
        return [("GPE", 26.0)]
    if preposition.lower_ == "of" and preposition.head.lower_ in OF_BODIES:
        return NOBODY
    if preposition.lower_ == "of" and (whose := owned(preposition)):
        return whose
    if preposition.lower_ == "of" and preposition.head.lemma_ in WRITERS:
        return [("Work", CALLED)]
    if preposition.lower_ == "of" and preposition.head.pos_ in NOUNS:
        return possessed(preposition.head, 0.6)
    return []


def _before(span: Span, before: Token) -> Clues:
    word = before.lower_
    if word in TITLES and (before.is_title or before.text.isupper()):
        return [("Person", 1.8)]
    if (home := by_origin(span, word)) is not None:
        return home
    if word == "of" and span.start > 1:
        governing = span.doc[span.start - 2]
        place = nominal_type(governing)[0] in ("GPE", "Location") and governing.lower_ in GOVERNING
        return [("GPE", 2.0)] if place else []
    if word == "," and _renames_person(span):
        return [("Person", 1.2)]
    if word in GEOGRAPHIC:
        return [("GPE", 0.8)]
    if _is_put_in_office(span, before) or _is_full_name_of_land(span, before):
        return [("Person", CALLED)]
    return by_noun(span, before)


def _is_put_in_office(span: Span, before: Token) -> bool:
    return len(span) > 1 and before.lemma_ in NAMING and _is_to_office(span)


def _is_full_name_of_land(span: Span, before: Token) -> bool:
    """Whether a land has somebody who is called by a given name: "Togo's Firmin Adjo"."""
    if len(span) != 2 or before.tag_ != "POS" or before.i == 0 or not span[-1].is_title:
        return False
    land = gazetteer.land_named(span.doc[before.i - 1].text)
    given = gazetteer.female_share(span[0].text) is not None and END_CLASS.get(span[-1].lower_) is None
    return land is not None and given and gazetteer.land_named(span.text) is None


def _is_to_office(span: Span) -> bool:
    """Whether an office stands right behind a name: "named Femke Ros managing director of the firm"."""
    behind = span.doc[span.end : span.end + LONGEST_OFFICE]
    nouns = itertools.takewhile(lambda t: t.pos_ in ("NOUN", "ADJ", "VERB", "PRON", "DET"), behind)
    return any(t.lemma_.lower() in OFFICES and t.tag_ == "NN" for t in nouns)


def _renames_person(span: Span) -> bool:
    """Whether a name between commas renames the person before it: "the trainer, Anna Lind, said"."""
    doc = span.doc
    if span.start < 2 or span.end >= len(doc) or doc[span.end].text != ",":
        return False
    noun = doc[span.start - 2]
    return bool(noun.pos_ == "NOUN" and nominal_type(noun)[0] == "Person" and noun.tag_ == "NN")


def _after(span: Span, after: Token) -> Clues:
    word = after.lower_
    following = span.doc[span.end + 1] if span.end + 1 < len(span.doc) else None
    if word == "," and following is not None:
        return _after_comma(span, following)
    if word in FOLLOWING:
        return [("GPE", 1.2)]
    if word == "-" and following is not None and following.lower_ == "based":
        return [("GPE", SURELY)]
    if _is_before_officer(span):
        return [("Person", -SURELY), ("Organization", 3.0)]
    if after.pos_ == "NOUN" and after.lemma_.lower() in OF_COMPANY and span.root.dep_ == "compound":
        return [("Organization", 0.6)]
    return [("Person", 0.8)] if word in ("who", "whose") else []


def _is_before_officer(span: Span) -> bool:
    """Whether whose founder or chairman somebody is stands before him: "Vexo co-founder Ida Moll"."""
    doc, noun = span.doc, span.end
    if [t.lower_ for t in doc[noun : noun + 2]] == ["co", "-"]:
        noun += 2
    bearer = doc[noun + 1 : noun + 3]
    return doc[noun : noun + 1].text.lower() in OF_BODIES and len(bearer) == 2 and bearer[0].is_title


def _after_comma(span: Span, following: Token) -> Clues:
    """An age makes a person, a land a place in it."""
    doc = span.doc
    if following.like_num and following.text.isdigit() and 5 < int(following.text[:4]) < 110:
        closed = span.end + 2 < len(doc) and doc[span.end + 2].text in (",", ".")
        return [("Person", SURELY)] if closed else []
    renames = len(span) > 1 and span.start and doc[span.start - 1].text == ","
    if following.lemma_.lower() in SAYING and renames:
        # "the governor of Belu, Idris Kane, said", but not "the lawyer of Garland Inns, said"
        return [("Person", 25.0)] if gazetteer.female_share(span[0].text) is not None else []
    known = following.is_title and gazetteer.land_named(following.text) is not None
    return [("GPE", 0.8)] if known else []
