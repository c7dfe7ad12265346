"""Where somebody is born, lives or goes: "was born in Lorn", "Ruth Orme, 47, of Dunsby", "flew to Vadu"."""

from __future__ import annotations

from spacy.tokens import Span, Token

from kg.extract.lexicon import gazetteer, words
from kg.extract.lexicon.nouns import lemma_type
from kg.extract.lexicon.sets import NOUNS
from kg.extract.mentions.evidence.weights import CALLED, DESCRIBED, END_CLASS, SURELY, Clues

AT = words("names", "around", "at")
DWELL = words("names", "around", "dwell")
GROUNDS = words("names", "around", "grounds")
TRAVEL = words("names", "around", "travel")
# Verbs and nouns of journeys with "to" before where they go, and verbs with "for".
GOING_FAR = words("names", "around", "going_far")
VOYAGES = words("names", "around", "voyages")
BOUND_FOR = words("names", "around", "bound_for")
POSTS = words("events", "words", "posts")
ENDS_OF_JOURNEY = frozenset({"from", "to"})
SETTING_OFF = frozenset({"off", "out", "sail"})
# What may stand behind where somebody is from.
CLOSING = frozenset({",", ".", ";", ")"})
BORN = words("nominals", "life", "born")
# How many words a street with its number may have.
LONGEST_STREET = 6


def by_dwelling(span: Span) -> Clues:
    """Where one is born or lives is a place: "was born in Lorn", whatever renames who was born."""
    preposition = span.root.head
    lives = preposition.lower_ == "in" and preposition.head.lemma_ in DWELL
    return [("GPE", SURELY)] if lives and span[-1].lower_ not in END_CLASS else []


def by_ground(span: Span, preposition: Token) -> Clues:
    """ "At Orrin Field", "aboard the Orrin", "from Ulm": what prepositions tell of what is known or built."""
    if preposition.lower_ == "aboard":
        return [("Product", SURELY)]
    if preposition.lower_ == "at" and len(span) > 1 and span[-1].lower_ in GROUNDS:
        return [("Facility", SURELY)]
    near = preposition.lower_ in AT | ENDS_OF_JOURNEY and span.start == preposition.i + 1
    return [("GPE", DESCRIBED)] if near and _is_only_a_place(span) else []


def _is_only_a_place(span: Span) -> bool:
    """Whether a name is that of a town of the table, and of nobody."""
    word = span[-1].text
    named = gazetteer.female_share(span[0].text) is not None or gazetteer.is_surname(word)
    return not named and gazetteer.place_named(span.text) is not None


def by_travel(span: Span) -> Clues:
    """ "Flew from Linz to Vadu", "set off for Vadu", "a voyage to Vadu": the ends of a journey are places."""
    preposition = span.root.head
    above, bare = preposition.head, span.start == preposition.i + 1
    if not bare or span[-1].lower_ in END_CLASS:
        return []
    beside = {c.lower_ for c in above.children if c.dep_ == "prep"}
    both = above.lemma_ in TRAVEL and preposition.lower_ in ENDS_OF_JOURNEY and beside >= ENDS_OF_JOURNEY
    return [("GPE", DESCRIBED)] if both or _is_bound(above, preposition.lower_) else []


def _is_bound(above: Token, preposition: str) -> bool:
    """Whether what stands under a preposition is where a journey goes, by its verb or noun."""
    if preposition == "to":
        wanted = GOING_FAR if above.pos_ == "VERB" else VOYAGES if above.pos_ in NOUNS else ()
        return above.lemma_ in wanted
    if preposition != "for" or above.pos_ != "VERB":
        return False
    off = any(c.lower_ in SETTING_OFF for c in above.children if c.i == above.i + 1)
    return above.lemma_ in BOUND_FOR or (above.lemma_ in ("set", "start") and off)


def by_origin(span: Span, word: str) -> Clues | None:
    """What the word before a name tells of where somebody was born or lives."""
    if word in BORN and len(span) == 1 and _is_dated(span):
        return [("GPE", CALLED)]
    if word == "of" and span.start > 1:
        return _by_home(span, span.start - 1)
    of = _of_street(span) if word == "," else None
    return None if of is None else _by_home(span, of) or []


def _is_dated(span: Span) -> bool:
    """Whether a comma and a day stand behind a name: "born Ulm, 3 May 1950"."""
    behind = span.doc[span.end : span.end + 2]
    return len(behind) == 2 and behind[0].text == "," and behind[1].like_num


def _of_street(span: Span) -> int | None:
    """Give the "of" before a street and a comma: "of 4 Dock Terrace, Penhale"."""
    doc, k = span.doc, span.start - 2
    while k > max(span.start - LONGEST_STREET, 1) and (doc[k].is_title or doc[k].like_num):
        k -= 1
    return k if doc[k].lower_ == "of" and k < span.start - 2 else None


def _by_home(span: Span, of: int) -> Clues | None:
    """ "Ruth Orme, 47, of Dunsby,", "Jim Lay, roofer, of Dunsby": where somebody lives, who is of nobody.

    Who plays for a team may stand with it: "Tomas Rell, of Dukla Horni,".
    """
    doc, comma = span.doc, of - 1
    if comma < 1 or END_CLASS.get(span[-1].lower_) is not None:
        return None
    if doc[comma].text != ",":
        return _by_own_home(doc[of])
    closed = span.end == len(doc) or doc[span.end].text in CLOSING or doc[span.end].pos_ in ("AUX", "VERB")
    if not closed or gazetteer.land_named(span.text) is not None:
        return None
    return _by_detail(doc[comma - 1])


def _by_detail(before: Token) -> Clues | None:
    """What stands before a comma and "of": an age, a trade, or who lives there."""
    doc, lemma = before.doc, before.lemma_.lower()
    further = before.nbor(-1).text if before.i else ""
    if before.text.isdigit() and further in (",", "aged"):
        return [("GPE", CALLED), ("Person", -SURELY)]
    trade = before.pos_ in NOUNS and lemma_type(lemma) == "Person" and lemma not in POSTS
    if trade and further == ",":
        return [("GPE", SURELY), ("Person", -SURELY)]
    given = any(gazetteer.female_share(t.text) is not None for t in doc[before.left_edge.i : before.i + 1])
    return [("Person", -SURELY), ("GPE", 3.0)] if before.ent_type_ == "PERSON" or given else None


def _by_own_home(of: Token) -> Clues | None:
    """ "Jim Orme of Torrance Mead": what somebody is of is nobody, unless it is told who did what."""
    owner = of.head
    if owner.i >= of.i or owner.ent_type_ != "PERSON" or of.nbor(-1).ent_type_ != "PERSON":
        return None
    done = owner.dep_ == "pobj" and owner.head.lower_ in ("by", "from")
    return None if done else [("Person", -SURELY), ("GPE", 3.0)]
