"""What common nouns say of a name: "the ferry Western Light", "Lorn, a village", "Vero is a brewer"."""

from __future__ import annotations

from spacy.tokens import Span, Token

from kg.extract.constructions import POSSESSIVE
from kg.extract.lexicon import gazetteer, inverse, words
from kg.extract.lexicon.nouns import nominal_type
from kg.extract.mentions.evidence import renaming
from kg.extract.mentions.evidence.weights import (
    CALLED,
    DESCRIBED,
    MAKERS,
    SURE_NOUN,
    SURELY,
    Clues,
    is_full_name,
)

EITHER = words("names", "around", "either")
SIDES_CALLED = words("names", "around", "sides")
VESSELS = words("names", "start", "vessel")
WORKPLACES = words("names", "around", "workplaces")
TRADERS = words("coref", "nominals", "traders")
PLACE_HEADS = inverse("names", "place_head")
# What nouns say of a name, where that is not their class in general.
SAID_OF = {**dict.fromkeys(VESSELS, "Product"), **inverse("names", "said")}
MADE = frozenset({"Product", "Work"})
# What is never said of somebody but as a figure of speech, and how sure the class of the noun must be.
OBJECTS = frozenset({"Product", "Work", "Location", "Facility", "GPE"})
# What "X is a river" weighs, which is a figure of speech at times.
SAID = 20.0
# Classes that "a" and a noun behind a name tell, and how sure the class of the noun must be.
BODIES = frozenset({"Organization"})
TOLD = OBJECTS | {"Event", "Award", "Animal", "Language", "Group", "Law"}
LIKELY_NOUN = 0.8
WORKS = words("coref", "nominals", "works")


def by_apposition(span: Span) -> Clues:
    """What renames a name, or what it renames; "a village called X"."""
    clues: Clues = []
    root = span.root
    head = root.head
    for child in root.children:
        if child.dep_ == "appos" and child.pos_ == "NOUN" and not span.start <= child.i < span.end:
            told = _of_described(span, child, _told(span, child))
            made = (_makes(child) and not is_full_name(span)) or _names_side(root, child)
            clues += [("Organization", CALLED)] if made else told
    if root.dep_ == "appos" and head.pos_ == "NOUN" and not head.is_title:
        clues += _of_described(span, head, _renamed(span, head))
    clues += _by_list(span, root) + by_kind(span)
    if head.lemma_ in ("name", "call") and head.dep_ == "acl" and head.i < root.i:
        clues += of_noun(head.head, 6.0)
    return clues


def by_kind(span: Span) -> Clues:
    """ "Orrin, a rescue centre", "Jet and Tam, two dogs": what the words say, however they are parsed."""
    noun = renaming.kind_noun(span)
    if noun is not None:
        return _of_kind(span, noun)
    firm = renaming.definite_noun(span)
    if firm is not None and kind_of(firm)[0] in BODIES and not is_full_name(span):
        return _of_kind(span, firm)
    several = renaming.common_noun(span)
    thing = several is not None and kind_of(several)[0] in TOLD
    return _of_kind(span, several) if several is not None and thing else []


def _of_kind(span: Span, noun: Token) -> Clues:
    """What "a" and a noun behind a name say of it; who has a given name may be a rock or a star."""
    kind, sure = kind_of(noun)
    lemma = noun.lemma_.lower()
    if (
        sure < LIKELY_NOUN
        or gazetteer.land_named(span.text) is not None
        or lemma in EITHER
        or lemma in MAKERS
    ):
        return []
    if kind in BODIES:
        return [("Organization", CALLED)] if noun.tag_ == "NN" else []
    if kind == "Person":
        return [(kind, DESCRIBED)] if noun.tag_ == "NN" else []
    if kind not in TOLD:
        return []
    return [(kind, DESCRIBED / 2 if is_full_name(span) else SURELY)]


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


def _renamed(span: Span, noun: Token) -> float:
    """Give what a noun weighs that a name renames between commas: "Her dog, Bramble, slept"."""
    doc, end = span.doc, span.end
    closed = span.start and doc[span.start - 1].text == "," and (end == len(doc) or doc[end].text in ",.)")
    kind, sure = kind_of(noun)
    told = any(
        c.dep_ in ("det", POSSESSIVE) for c in noun.children
    )  # "Nice clock, Bramble." calls to somebody
    if (
        not closed
        or not told
        or sure < SURE_NOUN
        or noun.tag_ != "NN"
        or gazetteer.land_named(span.text) is not None
    ):
        return 1.2
    fits = kind == "Person" if len(span) > 1 else kind in TOLD - {"GPE", "Location"}
    return SURELY if fits else 1.2


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


def is_somebody(noun: Token) -> bool:
    """Whether a noun behind "was named" is said of persons alone: a player, but no supplier."""
    if noun.dep_ not in ("oprd", "attr", "dobj") or noun.tag_ != "NN" or noun.lemma_ in TRADERS:
        return False
    kind, sure = nominal_type(noun)
    return kind == "Person" and sure >= SURE_NOUN and noun.lemma_ not in EITHER


def of_predicate(span: Span, noun: Token) -> float:
    """Give what a predicate noun weighs: what "is a subsidiary" is no person, what "is a river" no town."""
    article = any(c.lower_ in ("a", "an") for c in noun.children)
    kind, sure = nominal_type(noun)
    if article and kind == "Organization":
        return CALLED
    told = article and kind in OBJECTS and sure >= SURE_NOUN and not is_full_name(span)
    return SAID if told and gazetteer.land_named(span.text) is None else 1.5


def by_noun(span: Span, before: Token) -> Clues:
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
        and not is_full_name(span)
    ):
        return [("Organization", SURELY)]
    if not _describes(before, span):
        return []
    if word in WORKS and before.tag_ != "NNS" and not is_full_name(span):
        return [("Work", CALLED)]
    return _of_described(span, before, _weight_before(before, span))


def _weight_before(noun: Token, span: Span) -> float:
    """Give what a noun right before a name weighs: "the firm Vero", "his horse Bramble"."""
    if _is_firm(noun, span):
        return CALLED
    if noun.tag_ != "NN" or not noun.is_lower or gazetteer.land_named(span.text) is not None:
        return DESCRIBED
    if SAID_OF.get(noun.lemma_) in ("Animal", "Product"):
        return CALLED
    kind, sure = nominal_type(noun)
    fits = kind == "Person" if is_full_name(span) else kind in OBJECTS
    return SURELY / SURE_NOUN if fits and sure >= SURE_NOUN else DESCRIBED


def _is_firm(noun: Token, span: Span) -> bool:
    """Whether a noun before a name calls it a body, and no person is called so: "the firm Vero"."""
    given = gazetteer.female_share(span[0].text) is not None
    return not given and noun.tag_ == "NN" and noun.is_lower and nominal_type(noun)[0] == "Organization"


def _is_of_goods(maker: Token) -> bool:
    """Whether a noun says of which goods somebody is the maker: "a plastics maker"."""
    return bool(maker.i > 0 and maker.nbor(-1).pos_ == "NOUN" and maker.nbor(-1).head == maker)


def _describes(before: Token, span: Span) -> bool:
    """Whether a noun before a name says what it is: "the trader Enova"."""
    if before.pos_ != "NOUN":
        # "Lund's novel Dust": the tagger takes "novel" for an adjective.
        return before.lower_ in WORKS and before.dep_ == "amod" and before.head == span.root
    renamed = span.root.dep_ == "appos" and span.root.head == before
    return renamed or before.dep_ in ("compound", "nmod", "amod", "appos")


def of_noun(noun: Token, weight: float) -> Clues:
    """A common noun that is said of a name gives it its own class."""
    told = SAID_OF.get(noun.lemma_.lower())
    if told is not None:
        return [(told, weight * SURE_NOUN)]
    kind, sure = nominal_type(noun)
    if kind in ("Concept", "Position", "Language") or (kind == "Group" and noun.tag_ == "NNS"):
        return []
    return [("Organization" if kind == "Group" else kind, weight * sure)]


def kind_of(noun: Token) -> tuple[str, float]:
    """Give the class of what a noun says that a name is, and how sure that is."""
    told = SAID_OF.get(noun.lemma_.lower())
    if told is not None:
        return told, 1.0
    kind, sure = nominal_type(noun)
    return ("Organization", sure) if kind == "Group" else (kind, sure)


def _of_described(span: Span, noun: Token, weight: float) -> Clues:
    """What a noun says of a name: "the operator" may be a person or a firm, who has no given name."""
    lemma = noun.lemma_.lower()
    if lemma not in EITHER and lemma not in MAKERS:
        return of_noun(noun, weight)
    given = gazetteer.female_share(span[0].text) is not None
    return [] if given else [("Organization", weight / 4)]
