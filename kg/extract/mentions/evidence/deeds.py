"""What a name does, and what is done to it: "Calder climb to ninth", "arrested Jori Vaal"."""

from __future__ import annotations

import re

from spacy.tokens import Span, Token

from kg.extract.constructions import POSSESSIVE
from kg.extract.lexicon import gazetteer, words
from kg.extract.mentions import accounts
from kg.extract.mentions.evidence.nouns import is_somebody, of_noun, of_predicate
from kg.extract.mentions.evidence.weights import (
    CALLED,
    END_CLASS,
    NAMING,
    NOBODY,
    SURELY,
    Clues,
    is_full_name,
)

MATCHED = words("names", "around", "matched")
OUTCOME = words("names", "around", "outcome")
BEATING = words("names", "around", "beating")
PLAYING, PLAYERS = words("names", "around", "playing"), words("names", "around", "players")
SPEAKS = words("names", "around", "speaks")
ACTS = words("names", "around", "acts")
CONTESTS = words("names", "around", "contests")
# What a party does with seats.
SEATED = frozenset({"win", "lose", "take", "gain", "hold"})
WINNING = frozenset({"win", "lift", "retain"})
SPEAKING = words("names", "around", "speaking")
PLURAL_FORMS = words("names", "around", "plural_forms")
TO_PERSONS = words("names", "around", "to_persons")
# What is done to bodies and towns, and what that says of a name.
FOUNDED = frozenset({"found", "establish", "headquarter", "incorporate"})
# What is written.
PUBLISHED = frozenset({"publish", "republish", "reprint"})
# Where sides of a match stand beside its verb; prepositions before who else takes part in it.
SIDES = frozenset({"nsubj", "nsubjpass", "dobj", "dative", "nmod", "npadvmod"})
SIDED = frozenset({"over", "against", "to", "with", "by"})
# A score, whose sides are small numbers: "3-1".
SCORE = re.compile(r"(?<![\d–-])(\d{1,2})[-–](\d{1,2})(?![\d–-])")


def by_side(span: Span) -> Clues:
    """Whom one plays for is a team: "scored for Lorn", "striker Tomas Rell of Lorn"; a land has one, too."""
    preposition, doc = span.root.head, span.doc
    if span.start != preposition.i + 1 or gazetteer.land_named(span.text) is not None:
        return []
    if preposition.lower_ == "for":
        plays = preposition.head.lemma_ in PLAYING and preposition.head.pos_ == "VERB"
        return [("Organization", CALLED)] if plays else []
    if preposition.lower_ != "of":
        return []
    k = preposition.i - 1
    while k > 0 and doc[k].ent_type_ == "PERSON":
        k -= 1
    return [("Organization", CALLED)] if k < preposition.i - 1 and doc[k].lower_ in PLAYERS else []


def by_deed(span: Span) -> Clues:
    """What is done to persons, contests or languages alone: "arrested Jori Vaal", "won the Lorn Vase"."""
    verb, role = span.root.head.lemma_, span.root.dep_
    if role in ("dobj", "nsubjpass") and verb in TO_PERSONS:
        return [("Person", CALLED)]
    if role != "dobj":
        return []
    if verb in FOUNDED:
        return NOBODY
    if verb in WINNING and span[-1].lower_ in CONTESTS:
        return [("Event", SURELY)]
    spoken = verb in SPEAKING and len(span) == 1 and gazetteer.land_named(span.text) is None
    return [("Language", SURELY)] if spoken else []


def by_match(span: Span) -> Clues:
    """Who wins, loses or draws with one score is a team: "Aldern beat Holt 3-1", "a 2-0 win over Holt"."""
    given = gazetteer.female_share(span[0].text) is not None and span[-1].lower_ not in END_CLASS
    if given or gazetteer.land_named(span.text) is not None or not _is_one_score(span.root.sent.text):
        return []
    head, root = span.root.head, span.root
    head = head.head if head.dep_ == "conj" else head
    if head.dep_ in ("prep", "agent"):
        side = root.dep_ == "pobj" and head.lower_ in SIDED and head.head.lemma_ in MATCHED | OUTCOME
    else:
        told = head.lemma_ in MATCHED | OUTCOME or _beats(head) or _has_outcome(head)
        side = told and (root.dep_ in SIDES or root.dep_ == POSSESSIVE)
    return [("Organization", CALLED)] if side else []


def _beats(verb: Token) -> bool:
    """Whether a verb with its particle tells who won: "put out the holders, Lorn"."""
    return any(c.dep_ == "prt" and f"{verb.lemma_}_{c.lower_}" in BEATING for c in verb.children)


def _has_outcome(verb: Token) -> bool:
    """Whether a verb has a win or defeat as its object, or behind "with": "took them top with a 2-0 win"."""
    told = [c for c in verb.children if c.dep_ == "dobj"]
    told += [o for c in verb.children if c.lower_ == "with" for o in c.children if o.dep_ == "pobj"]
    return any(c.lemma_ in OUTCOME for c in told)


def _is_one_score(text: str) -> bool:
    """Whether a sentence tells a score, and not those of the sets of one match."""
    told = SCORE.findall(text)
    return len(told) == 1 or (bool(told) and all(int(a) < 6 for a, _ in told))


def as_subject(span: Span) -> Clues:
    """What a name does, or what it is said to be."""
    root, verb = span.root, span.root.head
    if _is_of_several(root, verb):
        return [("Organization", CALLED), ("Person", -CALLED)]
    if not is_full_name(span) and accounts.reports(span):
        return [("Organization", CALLED)]
    if verb.lemma_ == "be":
        nouns = [c for c in verb.children if c.dep_ == "attr" and c.pos_ == "NOUN"]
        return [clue for noun in nouns for clue in of_noun(noun, of_predicate(span, noun))]
    if any(map(_is_of_employer, (verb, *verb.conjuncts))) or _takes_seats(span, verb):
        return [("Organization", CALLED)]
    if root.dep_ == "nsubjpass":
        return _as_passive(verb)
    if verb.lemma_ in SPEAKS:
        return [("Person", 0.5)]
    return [("Organization", 0.3)] if verb.lemma_ in ACTS else []


def _is_of_employer(verb: Token) -> bool:
    """Whether a verb tells how many somebody employs, as firms do."""
    counted = (any(c.dep_ == "nummod" for c in o.children) for o in verb.children if o.dep_ == "dobj")
    return verb.lemma_ == "employ" and any(counted)


def _takes_seats(span: Span, verb: Token) -> bool:
    """Whether a verb tells how many seats a party got or lost: "the Blue List won nine seats"."""
    somebody = is_full_name(span) and not (span.start and span.doc[span.start - 1].lower_ == "the")
    if verb.lemma_ not in SEATED or somebody or gazetteer.land_named(span.text) is not None:
        return False
    objects = [c for c in verb.children if c.dep_ == "dobj"]
    return any(c.lower_ == "seats" or (c.like_num and _is_of_seats(c)) for c in objects)


def _is_of_seats(number: Token) -> bool:
    """Whether a number is one of the seats: "12 of the 30 seats"."""
    of = (c for c in number.children if c.lower_ == "of")
    return any(inner.lower_ == "seats" for c in of for inner in c.children)


def _as_passive(verb: Token) -> Clues:
    """What is done to a name."""
    if verb.lemma_ in FOUNDED:
        return NOBODY
    if verb.lemma_ in PUBLISHED:
        return [("Work", SURELY)]
    if verb.lemma_ in NAMING:
        return [("Person", CALLED / 2)] if any(map(is_somebody, verb.children)) else []
    if verb.lemma_ in SPEAKS:
        return [("Person", 0.5)]
    if verb.lemma_ in ACTS:
        return [("Organization", 0.3)]
    return [("Person", 1.5)] if verb.lemma_ == "bear" else []


def _is_of_several(root: Token, verb: Token) -> bool:
    """Whether a verb in the plural tells that a single name is of a team: "Calder climb to ninth"."""
    if (
        root.tag_ != "NNP"
        or gazetteer.land_named(root.text) is not None
        or root.i > verb.i
        or any(c.dep_ == "conj" for c in root.children)
        or any(c.dep_ == "mark" for c in verb.children)  # "demanded that Calder resign"
    ):
        return False
    first = next((c for c in verb.children if c.dep_ in ("aux", "auxpass") and c.i > root.i), verb)
    if first.lower_ in PLURAL_FORMS:
        return True
    return first is verb and verb.tag_ == "VBP" and verb.pos_ == "VERB" and verb.lower_ == verb.lemma_
