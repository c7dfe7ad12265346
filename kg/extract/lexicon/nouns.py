"""The type of a thing that a common noun stands for: who is a person, what is an organization."""

from __future__ import annotations

import functools

from spacy.tokens import Token

from kg.extract.lexicon import rows, words
from kg.extract.lexicon.labels import NOMINALS

# Nouns that only measure or pick out; the type is that of what they are taken from ("a group of soldiers").
PARTITIVE = words("nouns", "partitive")
# What is a part of a named thing, by the label of its name.
_NAMED = {"GPE": "Location", "LOC": "Location", "FAC": "Facility", "ORG": "Group"}
_SHARES = words("nouns", "shares")
# Person nouns whose plural is still a sum of persons, a Group.
PEOPLE = words("nouns", "people")
_CONTEXTLESS = words("nouns", "contextless")
_PERSONS = words("nouns", "persons")
_VESSELS = words("nouns", "vessels")
_ON_THE_WAY = words("nouns", "on_the_way")
_DONE_TO_PEOPLE = words("nouns", "done_to_people")
# Pairs of nouns that name a body where the second alone does not: "think tank".
_PAIRS = words("nouns", "bodies")
_PAIRED = frozenset(pair.rpartition("-")[2] for pair in _PAIRS)
# Of nouns that name a craft or a person ("coach", "fighter"): what tells that a craft is meant.
_CRAFTS = words("nouns", "crafts", "either")
_CRAFT_ACTS = words("nouns", "crafts", "acts")
_CRAFT_SUFFERS = words("nouns", "crafts", "suffers")
_CRAFT_KINDS = words("nouns", "crafts", "kinds")
_CRAFT_LOAD = words("nouns", "crafts", "load")
_CRAFT_LIKE = words("nouns", "crafts", "like")
_ABOARD = words("nouns", "crafts", "aboard")

Type = tuple[str, float]


def nominal_type(head: Token) -> Type:
    """Give the class of what a noun phrase stands for, from its head noun, and how sure that is.

    A plural of persons is a Group. A noun that is not in the table
    has the class that the trained component finds for it where it stands, and else is a Concept.
    """
    lemma = head.lemma_.lower()
    if head.tag_ == "NNPS" and head.is_sent_start and _noun(lemma) is None:
        lemma = lemma.removesuffix("s")  # "Hooligans" may look like a name there
    if lemma in PARTITIVE and (taken := _of_what_it_is_taken(head, lemma)) is not None:
        return taken
    if (told := _by_neighbours(head, lemma)) is not None:
        return told
    kind, confidence = _noun(lemma) or _in_context(head) or _by_ending(lemma)
    if kind != "Person" and _is_somebody(head, lemma, kind):
        kind, confidence = "Person", 0.8
    if kind == "Person" and (head.tag_ in ("NNS", "NNPS") or "Plur" in head.morph.get("Number")):
        return "Group", confidence
    return kind, confidence


def is_aged(token: Token) -> bool:
    """Whether a word ends the age of somebody: "a 41-year-old", "two 16-year-olds"."""
    if token.lower_.endswith(("-year-old", "-year-olds")):
        return True
    doc, i = token.doc, token.i
    if token.lower_ not in ("old", "olds") or i < 3:
        return False
    return [doc[k].lower_ for k in (i - 3, i - 2, i - 1)] == ["-", "year", "-"]


def _by_neighbours(head: Token, lemma: str) -> Type | None:
    """Give the class that the words beside a noun tell: "a state of emergency", "a think tank", an age."""
    if is_aged(head):
        return ("Group" if head.tag_ == "NNS" else "Person"), 0.8
    if lemma == "state" and (inner := _of_object(head)) is not None and inner.pos_ == "NOUN":
        return "Concept", 0.8
    if lemma in PEOPLE:
        return "Group", 0.9
    if lemma in _PAIRED and any(f"{k.lower_}-{lemma}" in _PAIRS for k in head.children if k.i == head.i - 1):
        return "Organization", 0.9
    return ("Product", 0.8) if lemma in _CRAFTS and _is_craft(head) else None


def _of_what_it_is_taken(head: Token, lemma: str) -> Type | None:
    """Give the class of a noun that measures or picks out, from what it is taken from, if that tells one."""
    inner = _of_object(head)
    if inner is None:
        return None
    if lemma in _SHARES and inner.ent_type_ in _NAMED:
        return _NAMED[inner.ent_type_], 0.7  # "most of Mosul", "part of the Bundestag"
    kind, confidence = nominal_type(inner)
    if lemma == "member" and kind in ("Organization", "Group", "GPE", "Concept"):
        return ("Group" if head.tag_ == "NNS" else "Person"), 0.9
    if lemma == "one":
        return ("Person" if kind == "Group" else kind), confidence
    if kind == "Person" and lemma not in ("member", "part"):
        kind = "Group"
    return None if kind == "Concept" else (kind, confidence * 0.9)


def _is_somebody(head: Token, lemma: str, kind: str) -> bool:
    """Whether what stands around a noun shows a person: "a hoofer who", "a suicide bomber", "was jailed"."""
    if lemma == "bomber":
        return any(k.lower_ == "suicide" for k in head.children)
    if kind != "Concept":
        return False
    undergoes = head.dep_ in ("nsubjpass", "dobj") and head.head.lemma_.lower() in _DONE_TO_PEOPLE
    return undergoes or any(
        clause.dep_ == "relcl" and any(k.lower_ == "who" and k.i == head.i + 1 for k in clause.children)
        for clause in head.children
    )


def _is_craft(head: Token) -> bool:
    """Whether a noun for a craft or a person means the craft here: "a coach carrying 40 overturned"."""
    verb = head.head
    if head.dep_ in ("nsubj", "nsubjpass") and verb.lemma_ in _CRAFT_ACTS:
        return True
    if head.dep_ in ("dobj", "nsubjpass") and verb.lemma_ in _CRAFT_SUFFERS:
        return True
    if head.dep_ == "pobj" and verb.lower_ in _ABOARD:
        return True
    return any(
        (k.dep_ in ("compound", "amod") and k.lower_ in _CRAFT_KINDS)
        or (k.dep_ == "acl" and k.lower_ in _CRAFT_LOAD)
        or (k.dep_ == "conj" and k.lower_ in _CRAFT_LIKE)
        for k in (*head.children, *_listed_with(head))
    )


def _listed_with(head: Token) -> list[Token]:
    """Give what a noun is listed behind."""
    found = []
    while head.dep_ == "conj":
        head = head.head
        found.append(head)
    return found


def _in_context(head: Token) -> Type | None:
    """Give the class that the trained component found for a noun where it stands, of those it knows well."""
    doc = head.doc
    kinds = doc.user_data.get(NOMINALS)
    if kinds is None:
        kinds = doc.user_data[NOMINALS] = {s.start: s.label_ for s in doc.spans.get(NOMINALS, ())}
    kind = kinds.get(head.i) if head.lemma_ not in _CONTEXTLESS else None
    return (kind, 0.6) if kind in ("Person", "Organization", "Location", "Event") else None


def _by_ending(lemma: str) -> Type:
    """Give the class of a noun that no table has: who does something is a person ("cosplayer")."""
    looks = len(lemma) > 5 and lemma.isalpha() and lemma.endswith(("er", "ist", "ian", "man", "woman"))
    return ("Person", 0.6) if looks else ("Concept", 0.5)


def is_common(word: str) -> bool:
    """Whether a lower-cased word is a common noun of the table."""
    return word in _nouns()


def lemma_type(lemma: str) -> str | None:
    """Give the class of a common noun by itself, if the table or its ending tells one.

    >>> lemma_type("mayor"), lemma_type("xyzzy")
    ('Person', None)
    """
    kind, _ = _noun(lemma) or _by_ending(lemma)
    return None if kind == "Concept" and lemma not in _nouns() else kind


def _of_object(head: Token) -> Token | None:
    for child in head.children:
        if child.lower_ == "of":
            for inner in child.children:
                if inner.dep_ == "pobj":
                    return inner
    return None


def _noun(lemma: str) -> Type | None:
    """Give the class of a noun of the table."""
    if lemma in _PERSONS:
        return "Person", 0.9
    if lemma in _VESSELS:
        return "Product", 0.9
    if lemma in _ON_THE_WAY:
        return "Group", 0.9
    row = _nouns().get(lemma) or _nouns().get(lemma.replace("-", ""))  # "run-off" is "runoff"
    if row is None:
        return None
    kind, _, confidence = row.partition("\t")
    return kind, float(confidence)


@functools.cache
def _nouns() -> dict[str, str]:
    """Read the table `lemma <tab> class <tab> confidence` that is shipped beside this file.

    Of tens of thousands of rows a text asks for some, so that a row is read when it is asked for.
    """
    return dict(line.split("\t", 1) for line in rows("nouns.tsv"))
