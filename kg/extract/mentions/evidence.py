"""What tells the type of a name: the words in it, the words around it, and what is known of it.

Each clue adds to a class; a document's mentions of one name are counted together, so that what one sentence
shows holds in all of them.
"""

from __future__ import annotations

import collections
import itertools
import re
from collections.abc import Mapping

from spacy.tokens import Span, Token

from kg.extract.constructions import POSSESSIVE
from kg.extract.lexicon import SAYING, gazetteer, inverse, words
from kg.extract.lexicon.nouns import is_common, lemma_type, nominal_type
from kg.extract.lexicon.sets import NOUNS
from kg.extract.mentions import accounts

TITLES = words("names", "title", "titles")
REGNAL = words("names", "title", "regnal")
END_CLASS = inverse("names", "end")
SURE = inverse("names", "sure")
TRADES = words("names", "trade", "firms")
FIELDS = words("names", "trade", "fields")
EITHER = words("names", "around", "either")
MATCHED = words("names", "around", "matched")
OUTCOME = words("names", "around", "outcome")
PLAYING, PLAYERS = words("names", "around", "playing"), words("names", "around", "players")
SIDES_CALLED = words("names", "around", "sides")
OF_CLASS = inverse("names", "of")
LOCATION_STARTS = words("names", "start", "location")
FACILITY_STARTS = words("names", "start", "facility")
PUBLISHER_STARTS = words("names", "start", "publishers")
PRIZE_STARTS = words("names", "start", "prizes")
SHIP = words("names", "start", "ship")
VESSELS = words("names", "start", "vessel")
MAKERS = words("names", "around", "makers")
WORKPLACES = words("names", "around", "workplaces")
PEOPLES = words("names", "group", "peoples")
SPEAKS = words("names", "around", "speaks")
ACTS = words("names", "around", "acts")
AT = words("names", "around", "at")
DWELL = words("names", "around", "dwell")
TRAVEL = words("names", "around", "travel")
# Verbs and nouns of journeys with "to" before where they go, and verbs with "for".
GOING_FAR = words("names", "around", "going_far")
VOYAGES = words("names", "around", "voyages")
BOUND_FOR = words("names", "around", "bound_for")
NAMING = words("names", "around", "naming")
OFFICES = words("nominals", "office", "heads")
POSTS = words("events", "words", "posts")
TRADERS = words("coref", "nominals", "traders")
GEOGRAPHIC = words("names", "around", "geographic")
GOVERNING = words("names", "around", "governing")
FOLLOWING = words("names", "around", "following")
OF_PERSON = words("names", "around", "of_person")
OF_KIN = words("names", "around", "of_kin")
OF_PLACE = words("names", "around", "of_place")
OF_TEAM = words("names", "around", "of_team")
CORPORATE = words("names", "around", "corporate")
OF_COMPANY = words("names", "around", "of_company")
PLACE_HEADS = inverse("names", "place_head")

# What a common noun right before a name weighs: it says what the name is of.
DESCRIBED = 8.0
# Whose father or widow one is, if it is no land or team, is somebody.
KINDRED = 6.0
# What leaves no doubt in any of a document's mentions of a name.
CALLED = 25.0
PLURAL_FORMS = words("names", "around", "plural_forms")
TO_PERSONS = words("names", "around", "to_persons")
# What an end that nothing else has weighs: a little more than what the model is surest of.
SURELY = 14.0
MADE = frozenset({"Product", "Work"})
# What is never said of somebody but as a figure of speech, and how sure the class of the noun must be.
OBJECTS = frozenset({"Product", "Work", "Location", "Facility", "GPE"})
SURE_NOUN = 0.85
# What "X is a river" weighs, which is a figure of speech at times.
SAID = 20.0
# What is done to bodies and towns, and what that says of a name.
FOUNDED = frozenset({"found", "establish", "headquarter", "incorporate"})
NOBODY: list[tuple[str, float]] = [("Person", -15.0), ("Organization", 3.0)]
# Where sides of a match stand beside its verb; prepositions before who else takes part in it.
SIDES = frozenset({"nsubj", "nsubjpass", "dobj", "dative", "nmod", "npadvmod"})
SIDED = frozenset({"over", "against", "to", "with", "by"})
# A score, whose sides are small numbers: "3-1".
SCORE = re.compile(r"(?<![\d–-])(\d{1,2})[-–](\d{1,2})(?![\d–-])")
# The number at the end of a name in a series.
SERIAL = re.compile(r"\d{1,4}|[IVX]{1,5}")

Scores = collections.Counter
Clues = list[tuple[str, float]]


WORKS = words("coref", "nominals", "works")
WRITERS = words("nominals", "work", "writers")
# Whose "of" tells a town for sure.
# Who nobody has, but a body.
OF_BODIES = words("names", "around", "of_bodies")
MAYORS = frozenset({"mayor", "mayoress", "mayors"})
ENDS_OF_JOURNEY = frozenset({"from", "to"})
SETTING_OFF = frozenset({"off", "out", "sail"})
QUOTES = frozenset("\"'“”‘’``")


class Evidence:
    """The classes of a document's names, by weighted vote over all their mentions."""

    def __init__(self) -> None:
        self.votes: dict[str, Scores[str]] = collections.defaultdict(collections.Counter)

    def add(self, span: Span, kind: str, weight: float) -> None:
        """Count one clue for the type of a name."""
        self.votes[name_key(span.text)][kind] += weight  # type: ignore[assignment]

    def read(self, span: Span, labels: Mapping[str, float]) -> None:
        """Count the clues of one mention: the model's classes with their weights, words inside and around."""
        votes = self.votes[name_key(span.text)]
        for kind, amount in labels.items():
            votes[kind] += amount  # type: ignore[assignment]
        for kind, amount in inside(span):
            votes[kind] += amount  # type: ignore[assignment]
        for kind, amount in around(span):
            votes[kind] += amount  # type: ignore[assignment]

    def type_of(self, span: Span, default: str) -> tuple[str, float]:
        """Give the class of a name, and how clear it is (from 0.5 to 0.98)."""
        votes = self.votes.get(name_key(span.text))
        if not votes or max(votes.values()) <= 0:
            return default, 0.5
        best = min(votes, key=lambda k: (-votes[k], k != default, k))
        positive = sum(v for v in votes.values() if v > 0)
        return best, round(0.5 + 0.48 * votes[best] / positive, 4)


# What may stand behind where somebody is from.
CLOSING = frozenset({",", ".", ";", ")"})
BORN = words("nominals", "life", "born")
# How many words an office may have up to its noun, and a street with its number.
LONGEST_OFFICE, LONGEST_STREET = 5, 6


def name_key(text: str) -> str:
    """Give the form under which mentions of one name are counted together."""
    key = " ".join(text.split())
    return key.title() if key.isupper() and len(key) > 5 else key


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
    if first in PUBLISHER_STARTS:
        return [("Organization", CALLED)]
    if first in PRIZE_STARTS:
        return [("Work", CALLED)]  # as are other awards
    if first in LOCATION_STARTS:
        return [("Location", 2.0)]
    if first in SHIP and span[0].is_upper:
        return [("Product", 12.0)]
    return [("Facility", 1.0)] if first in FACILITY_STARTS else []


def _by_last(span: Span, spelled: list[str]) -> Clues:
    """What the last word says, if it says anything."""
    last = spelled[-1]
    if last in TRADES:
        return _by_trade(span, spelled)
    if last in SURE:
        return [(SURE[last], SURELY)]
    return [(END_CLASS[last], 2.5)] if last in END_CLASS else []


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
        clues.append(("GPE", 1.4 if big else 0.7))
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
    clues += [*_by_apposition(span), *_by_quotes(span), *_by_deed(span)]
    clues += by_match(span)
    if any(c.dep_ == "acl" and c.lemma_ in FOUNDED and c.i >= span.end for c in root.children):
        clues += NOBODY  # "Vero, founded in 1911"
    if root.dep_ in ("nsubj", "nsubjpass"):
        clues += _as_subject(span)
    elif root.dep_ == "pobj":
        clues += [*_after_preposition(root.head), *_by_dwelling(span), *_by_travel(span)]
        clues += _by_firm_noun(span, root.head.head, root.head.lower_) + _by_side(span)
    elif root.dep_ == POSSESSIVE:
        clues += _possessed(root.head, 0.6) + _by_firm_noun(span, root.head) + _by_kin(span, root.head)
        if root.head.lower_ in OF_TEAM and doc[max(span.start - 1, 0)].lower_ != "the":
            clues.append(("Organization", CALLED))  # a ship has a captain, too, but an article
    return clues


def _by_dwelling(span: Span) -> Clues:
    """Where one is born or lives is a place: "was born in Lorn", whatever renames who was born."""
    preposition = span.root.head
    lives = preposition.lower_ == "in" and preposition.head.lemma_ in DWELL
    return [("GPE", SURELY)] if lives and span[-1].lower_ not in END_CLASS else []


def _by_travel(span: Span) -> Clues:
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


def _by_side(span: Span) -> Clues:
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


def _by_deed(span: Span) -> Clues:
    """What is done to persons alone: "arrested Jori Vaal"."""
    done = span.root.dep_ in ("dobj", "nsubjpass") and span.root.head.lemma_ in TO_PERSONS
    return [("Person", CALLED)] if done else []


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


def _by_apposition(span: Span) -> Clues:
    """What renames a name, or what it renames; "a village called X"."""
    clues: Clues = []
    root = span.root
    head = root.head
    for child in root.children:
        if child.dep_ == "appos" and child.pos_ == "NOUN" and not span.start <= child.i < span.end:
            told = _of_described(span, child, _told(span, child))
            made = (_makes(child) and not _is_full_name(span)) or _names_side(root, child)
            clues += [("Organization", CALLED)] if made else told
    if root.dep_ == "appos" and head.pos_ == "NOUN" and not head.is_title:
        clues += _of_described(span, head, 1.2)
    clues += _by_list(span, root)
    if head.lemma_ in ("name", "call") and head.dep_ == "acl" and head.i < root.i:
        clues += _of_noun(head.head, 6.0)
    return clues


def _by_list(span: Span, root: Token) -> Clues:
    """ "Her novels Brine and The Rake": the noun before a list of names says what each is."""
    first = root
    while first.dep_ == "conj":
        first = first.head
    noun = first.head
    listed = first is not root and first.dep_ == "appos" and noun.tag_ == "NNS" and noun.is_lower
    return _of_described(span, noun, DESCRIBED) if listed else []


def _names_side(root: Token, noun: Token) -> bool:
    """Whether several rename a single name, as they do a team: "Lorn, the holders, led"."""
    several = noun.tag_ == "NNS" and noun.i > root.i and noun.lemma_ in SIDES_CALLED
    alone = root.tag_ == "NNP" and not any(c.dep_ in ("conj", "cc") for c in root.children)
    return several and alone and any(c.lower_ == "the" for c in noun.children)


def _told(span: Span, noun: Token) -> float:
    """Give what an apposition weighs: "the Vento, a small car" leaves little doubt that a thing is meant.

    "Van Lund, a dredging company" leaves none, however much the name looks like somebody's.
    """
    doc, end = span.doc, span.end
    close = end + 1 < len(doc) and doc[end].text == "," and doc[end + 1].lower_ in ("a", "an")
    if not close or doc[end + 1].head != noun:
        return 1.5
    kind = nominal_type(noun)[0]
    if kind == "Organization" and noun.tag_ == "NN":
        return CALLED
    return CALLED / 2 if kind in MADE else 1.5


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
        told = head.lemma_ in MATCHED | OUTCOME or _has_outcome(head)
        side = told and (root.dep_ in SIDES or root.dep_ == POSSESSIVE)
    return [("Organization", CALLED)] if side else []


def _has_outcome(verb: Token) -> bool:
    """Whether a verb has a win or defeat as its object, or behind "with": "took them top with a 2-0 win"."""
    told = [c for c in verb.children if c.dep_ == "dobj"]
    told += [o for c in verb.children if c.lower_ == "with" for o in c.children if o.dep_ == "pobj"]
    return any(c.lemma_ in OUTCOME for c in told)


def _is_one_score(text: str) -> bool:
    """Whether a sentence tells a score, and not those of the sets of one match."""
    told = SCORE.findall(text)
    return len(told) == 1 or (bool(told) and all(int(a) < 6 for a, _ in told))


def _makes(noun: Token) -> bool:
    """Whether a noun calls somebody by the goods that they make: "a maker of headphones", "a shipyard"."""
    if noun.lower_ in WORKPLACES:
        return True
    if noun.lemma_.lower() not in MAKERS or noun.tag_ != "NN":
        return False
    if _is_of_goods(noun):
        return True
    of = (inner for child in noun.children if child.lower_ == "of" for inner in child.children)
    return any(inner.dep_ == "pobj" and inner.tag_ in ("NN", "NNS") for inner in of)


def _as_subject(span: Span) -> Clues:
    """What a name does, or what it is said to be."""
    root, verb = span.root, span.root.head
    if _is_of_several(root, verb) or (not _is_full_name(span) and accounts.reports(span)):
        return [("Organization", CALLED)]
    if verb.lemma_ == "be":
        nouns = [c for c in verb.children if c.dep_ == "attr" and c.pos_ == "NOUN"]
        return [clue for noun in nouns for clue in _of_noun(noun, _of_predicate(span, noun))]
    if any(map(_is_of_employer, (verb, *verb.conjuncts))):
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


def _as_passive(verb: Token) -> Clues:
    """What is done to a name."""
    if verb.lemma_ in FOUNDED:
        return NOBODY
    if verb.lemma_ in NAMING:
        return [("Person", CALLED / 2)] if any(map(_is_somebody, verb.children)) else []
    if verb.lemma_ in SPEAKS:
        return [("Person", 0.5)]
    if verb.lemma_ in ACTS:
        return [("Organization", 0.3)]
    return [("Person", 1.5)] if verb.lemma_ == "bear" else []


def _is_somebody(noun: Token) -> bool:
    """Whether a noun behind "was named" is said of persons alone: a player, but no supplier."""
    if noun.dep_ not in ("oprd", "attr", "dobj") or noun.tag_ != "NN" or noun.lemma_ in TRADERS:
        return False
    kind, sure = nominal_type(noun)
    return kind == "Person" and sure >= SURE_NOUN and noun.lemma_ not in EITHER


def _of_predicate(span: Span, noun: Token) -> float:
    """Give what a predicate noun weighs: what "is a subsidiary" is no person, what "is a river" no town."""
    article = any(c.lower_ in ("a", "an") for c in noun.children)
    kind, sure = nominal_type(noun)
    if article and kind == "Organization":
        return CALLED
    told = article and kind in OBJECTS and sure >= SURE_NOUN and not _is_full_name(span)
    return SAID if told and gazetteer.land_named(span.text) is None else 1.5


def _is_of_several(root: Token, verb: Token) -> bool:
    """Whether a verb in the plural tells that a single name is of a team: "Calder climb to ninth"."""
    if (
        root.tag_ != "NNP"
        or gazetteer.land_named(root.text) is not None
        or root.i > verb.i
        or any(c.dep_ == "conj" for c in root.children)
    ):
        return False
    first = next((c for c in verb.children if c.dep_ in ("aux", "auxpass") and c.i > root.i), verb)
    if first.lower_ in PLURAL_FORMS:
        return True
    return first is verb and verb.tag_ == "VBP" and verb.pos_ == "VERB" and verb.lower_ == verb.lemma_


def _after_preposition(preposition: Token) -> Clues:
    if preposition.lower_ in AT:
        return [("GPE", 0.6)]
    if preposition.lower_ == "of" and preposition.head.lower_ in MAYORS:
        return [("GPE", 26.0)]
    if preposition.lower_ == "of" and preposition.head.lower_ in OF_BODIES:
        return [("Person", -SURELY), ("Organization", 3.0)]
    if preposition.lower_ == "of" and preposition.head.lemma_ in WRITERS:
        return [("Work", CALLED)]
    if preposition.lower_ == "of" and preposition.head.pos_ in NOUNS:
        return _possessed(preposition.head, 0.6)
    return []


def _by_firm_noun(span: Span, noun: Token, preposition: str = "of") -> Clues:
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


def _before(span: Span, before: Token) -> Clues:
    word = before.lower_
    if word in TITLES and (before.is_title or before.text.isupper()):
        return [("Person", 1.8)]
    if (home := _by_origin(span, word)) is not None:
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
    return _by_noun(span, before)


def _is_put_in_office(span: Span, before: Token) -> bool:
    return len(span) > 1 and before.lemma_ in NAMING and _is_to_office(span)


def _is_full_name_of_land(span: Span, before: Token) -> bool:
    """Whether a land has somebody who is called by a given name: "Togo's Firmin Adjo"."""
    if len(span) != 2 or before.tag_ != "POS" or before.i == 0 or not span[-1].is_title:
        return False
    land = gazetteer.land_named(span.doc[before.i - 1].text)
    given = gazetteer.female_share(span[0].text) is not None and END_CLASS.get(span[-1].lower_) is None
    return land is not None and given and gazetteer.land_named(span.text) is None


def _by_origin(span: Span, word: str) -> Clues | None:
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


def _is_to_office(span: Span) -> bool:
    """Whether an office stands right behind a name: "named Femke Ros managing director of the firm"."""
    behind = span.doc[span.end : span.end + LONGEST_OFFICE]
    nouns = itertools.takewhile(lambda t: t.pos_ in ("NOUN", "ADJ", "VERB", "PRON", "DET"), behind)
    return any(t.lemma_.lower() in OFFICES and t.tag_ == "NN" for t in nouns)


def _by_noun(span: Span, before: Token) -> Clues:
    """What a common noun right before a name says: "kibbutz Lorn", "the ferry Western Light"."""
    word = before.lower_
    if word in PLACE_HEADS and before.is_lower:
        return [(PLACE_HEADS[word], 2.0)]
    if word in VESSELS and before.is_lower:
        return [("Product", CALLED)]
    if (
        before.lemma_.lower() in MAKERS
        and before.is_lower
        and _is_of_goods(before)
        and not _is_full_name(span)
    ):
        return [("Organization", SURELY)]
    if not _describes(before, span):
        return []
    if word in WORKS and before.tag_ != "NNS" and not _is_full_name(span):
        return [("Work", CALLED)]
    return _of_described(span, before, CALLED if _is_firm(before, span) else DESCRIBED)


def _is_firm(noun: Token, span: Span) -> bool:
    """Whether a noun before a name calls it a body, and no person is called so: "the firm Vero"."""
    given = gazetteer.female_share(span[0].text) is not None
    return not given and noun.tag_ == "NN" and noun.is_lower and nominal_type(noun)[0] == "Organization"


def _is_of_goods(maker: Token) -> bool:
    """Whether a noun says of which goods somebody is the maker: "a plastics maker"."""
    return bool(maker.i > 0 and maker.nbor(-1).pos_ == "NOUN" and maker.nbor(-1).head == maker)


def _is_full_name(span: Span) -> bool:
    """Whether a name begins as those of people do, and has several words."""
    return len(span) > 1 and gazetteer.female_share(span[0].text) is not None


def _renames_person(span: Span) -> bool:
    """Whether a name between commas renames the person before it: "the trainer, Anna Lind, said"."""
    doc = span.doc
    if span.start < 2 or span.end >= len(doc) or doc[span.end].text != ",":
        return False
    noun = doc[span.start - 2]
    return bool(noun.pos_ == "NOUN" and nominal_type(noun)[0] == "Person" and noun.tag_ == "NN")


def _describes(before: Token, span: Span) -> bool:
    """Whether a noun before a name says what it is: "the trader Enova"."""
    if before.pos_ != "NOUN":
        # "Lund's novel Dust": the tagger takes "novel" for an adjective.
        return before.lower_ in WORKS and before.dep_ == "amod" and before.head == span.root
    renamed = span.root.dep_ == "appos" and span.root.head == before
    return renamed or before.dep_ in ("compound", "nmod", "amod", "appos")


def _after(span: Span, after: Token) -> Clues:
    word = after.lower_
    following = span.doc[span.end + 1] if span.end + 1 < len(span.doc) else None
    if word == "," and following is not None:
        return _after_comma(span, following)
    if word in FOLLOWING:
        return [("GPE", 1.2)]
    if word == "-" and following is not None and following.lower_ == "based":
        return [("GPE", SURELY)]
    if after.pos_ == "NOUN" and after.lemma_.lower() in OF_COMPANY and span.root.dep_ == "compound":
        return [("Organization", 0.6)]
    return [("Person", 0.8)] if word in ("who", "whose") else []


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


def _of_noun(noun: Token, weight: float) -> Clues:
    """A common noun that is said of a name gives it its own class."""
    kind, sure = nominal_type(noun)
    if kind in ("Concept", "Position", "Language") or (kind == "Group" and noun.tag_ == "NNS"):
        return []
    return [("Organization" if kind == "Group" else kind, weight * sure)]


def _of_described(span: Span, noun: Token, weight: float) -> Clues:
    """What a noun says of a name: "the operator" may be a person or a firm, who has no given name."""
    lemma = noun.lemma_.lower()
    if lemma not in EITHER and lemma not in MAKERS:
        return _of_noun(noun, weight)
    given = gazetteer.female_share(span[0].text) is not None
    return [] if given else [("Organization", weight / 4)]


def _by_kin(span: Span, noun: Token) -> Clues:
    """Whose father, widow or daughter is told of: "Mikkel's father"; a land has sons, too."""
    single = len(span) == 1 and gazetteer.land_named(span.text) is None
    known = gazetteer.place_named(span.text) if single else None
    return [("Person", KINDRED)] if single and known is None and noun.lower_ in OF_KIN else []


def _possessed(noun: Token, weight: float) -> Clues:
    """What belongs to a name tells what it is: a wife, a capital, a chief executive."""
    word = noun.lower_
    if word in OF_PERSON:
        return [("Person", weight)]
    if word in OF_PLACE:
        return [("GPE", weight)]
    if word in OF_COMPANY:
        return [("Organization", weight)]
    return []
