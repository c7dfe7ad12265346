"""How relations are said: the patterns by which a schema's relation is recognised.

A relation is looked up by its label, then by its id, in
`lexicon/data/en/schema/phrasings.toml`. Of a relation that is not there, patterns are
made from the words of its label.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from kg.extract import lexicon
from kg.extract.lexicon.inflect import (
    participles_of_event,
    verbs_of_agent,
    verbs_of_participle,
    verbs_of_third_person,
)
from kg.extract.lexicon.nouns import lemma_type
from kg.extract.schema.classes import Class, classes_of
from kg.schema import Relation

PREPOSITIONS = lexicon.words("schema/words", "phrasings", "prepositions")
EMPTY = lexicon.words("schema/words", "phrasings", "empty")
BEHIND_NOUNS = lexicon.listed("schema/words", "phrasings", "behind_nouns")
BEHIND_EVENTS = lexicon.listed("schema/words", "phrasings", "behind_events")
ARTICLES = lexicon.words("schema/words", "articles")
BE = lexicon.words("schema/words", "copulas") | {"be"}
ACTIONS = lexicon.listed("schema/words", "phrasings", "actions")


@dataclass(frozen=True, slots=True)
class Pattern:
    """One way to say a relation.

    `kind` is verb, noun or has; `word` the verb's lemma (a passive's participle after "be "), with its
    object's noun where it has one, or the noun's lemma; `first` says whether the relation's subject is the
    first of the two arguments in the pattern.
    """

    kind: str
    word: str
    preposition: str
    first: bool


@dataclass(frozen=True, slots=True)
class Phrasing:
    """All that is known of how a relation of a schema is said."""

    relation: Relation
    patterns: tuple[Pattern, ...]
    domain: tuple[Class, ...]
    range: tuple[Class, ...]
    members: tuple[Class, ...] = ()
    key: str = ""
    # Words of the label, for relations that the table does not have.
    words: frozenset[str] = field(default=frozenset())


def pattern(text: str) -> Pattern | None:
    """Read a pattern as the table writes it; None for one that names only a class of members.

    >>> pattern("S be set in O"), pattern("O is director of S")
    (Pattern(kind='verb', word='be set', preposition='in', first=True), Pattern(kind='noun', word='director', preposition='of', first=False))
    >>> pattern("O direct S"), pattern("S take part in O")
    (Pattern(kind='verb', word='direct', preposition='', first=False), Pattern(kind='verb', word='take part', preposition='in', first=True))
    """  # noqa: E501
    words = text.split()
    first, between = words[0] == "S", words[1:-1]
    preposition = between.pop() if len(between) > 1 and between[-1] in PREPOSITIONS else ""
    if between == ["is"] or between == ["be"]:
        return Pattern("verb", "be", preposition, first) if preposition else None
    if between[0] == "is":
        return Pattern("noun", between[1], preposition, first)
    if between[0] == "has":
        if len(between) < 2:
            return Pattern("verb", "have", preposition, first)
        if not preposition:
            return Pattern("noun", between[1], "of", not first)
        return Pattern("has", between[1], preposition, first)
    return Pattern("verb", " ".join(between), preposition, first)


def example(text: str) -> list[Pattern]:
    """Read an example of a schema: how a relation is said between S, its subject, and O, its object.

    >>> [(p.kind, p.word, p.preposition, p.first) for p in example("O is owned by S.")]
    [('verb', 'own', '', True), ('verb', 'owne', '', True)]
    >>> [(p.kind, p.word, p.preposition, p.first) for p in example("S is the keeper of O")]
    [('noun', 'keeper', 'of', True)]
    >>> example("Norvik bought Halden.")
    []
    """
    words = text.strip().rstrip(".").split()
    if len(words) < 3 or {words[0], words[-1]} != {"S", "O"}:
        return []
    first, between = words[0] == "S", [w for w in map(str.lower, words[1:-1]) if w not in ARTICLES]
    preposition = between.pop() if len(between) > 1 and between[-1] in PREPOSITIONS else ""
    if between[0] not in BE:
        return _verbal(between, preposition, first)
    if len(between) == 1:
        return [Pattern("verb", "be", preposition, first)] if preposition else []
    name = "_".join(between[1:])
    if preposition == "by":
        return [Pattern("verb", verb, "", not first) for verb in verbs_of_participle(name)]
    if _is_participle(name):
        return [Pattern("verb", f"be {name}", preposition, first)]
    return [Pattern("noun", name, preposition or "of", first)]


def _verbal(words: list[str], preposition: str, first: bool) -> list[Pattern]:
    """Give the patterns of a verb in any form, with what stands behind it: "takes part"."""
    forms = ["have"] if words[0] == "has" else []
    forms += [words[0], *verbs_of_third_person(words[0]), *verbs_of_participle(words[0])]
    return [Pattern("verb", " ".join((v, *words[1:])), preposition, first) for v in dict.fromkeys(forms)]


def _is_participle(word: str) -> bool:
    return word.endswith("ed") or verbs_of_participle(word) != [word]


def phrasing_of(relation: Relation, classes_of: Callable[[str], tuple[Class, ...]] = classes_of) -> Phrasing:
    """Give how a relation of a schema is said: by the table, its label, and the schema's own examples."""
    key = _key(relation)
    shown = [p for text in relation.examples for p in example(text)]
    row = lexicon.table("schema/phrasings").get(key, {}) if key else {}
    # What a thing may be according to the schema or to the table: schemas are often too narrow.
    range_ = (*classes_of(relation.range), *classes_of(row.get("range", "")))
    domain = classes_of(relation.domain) or classes_of(row.get("domain", ""))
    members = classes_of(row.get("members", ""))
    if key:
        known = [p for says in row["says"] if (p := pattern(says)) is not None]
        found = tuple(dict.fromkeys(shown + known))
        return Phrasing(relation, found, domain, tuple(dict.fromkeys(range_)), members, key)
    if any(c.closed for c in range_):
        members = tuple(c for c in range_ if c.closed)
    labels = (relation.label, *relation.also)
    patterns = tuple(dict.fromkeys(shown + [p for label in labels for p in from_label(label)]))
    words = frozenset(relation.label.lower().split()) - PREPOSITIONS - EMPTY
    return Phrasing(relation, patterns, domain, range_, members, "", words)


def _key(relation: Relation) -> str:
    """Give the row of the table that says a relation: by label, then by another label, then by id."""
    rows = lexicon.table("schema/phrasings")
    labels = [label.lower().replace("_", " ").strip() for label in (relation.label, *relation.also)]
    for label in labels:
        for key, row in rows.items():
            if row["label"].lower() == label:
                return key
    others = [key for label in labels for key, row in rows.items() if label in row.get("also", ())]
    if len(others) > 1:
        # "artist" and "publisher" may be said of several things: take the row whose domain and range agree.
        others.sort(key=lambda key: -_agreement(relation, rows[key]))
    if relation.id in others:
        return relation.id
    if others:
        return others[0]
    return relation.id if relation.id in rows else ""


def _agreement(relation: Relation, row: dict[str, Any]) -> int:
    """Count how many of domain and range agree: the same class counts twice."""
    total = 0
    for wanted, there in ((relation.domain, row.get("domain", "")), (relation.range, row.get("range", ""))):
        ours, theirs = classes_of(wanted), classes_of(there)
        total += 2 * bool(set(ours) & set(theirs)) + bool({c.type for c in ours} & {c.type for c in theirs})
    return total


def from_label(label: str) -> list[Pattern]:
    """Make patterns from the words of a label: "repaired by", "curator", "sails to", "place of exile".

    >>> [(p.kind, p.word, p.preposition, p.first) for p in from_label("repaired by")]
    [('verb', 'repair', '', False), ('verb', 'repaire', '', False)]
    >>> [(p.kind, p.word, p.preposition, p.first) for p in from_label("curator")][:2]
    [('noun', 'curator', 'of', False), ('noun', 'curator', 'at', False)]
    """
    words = [w for w in label.lower().replace("_", " ").replace("/", " ").split() if w not in EMPTY]
    if not words:
        return []
    last = words[-1]
    if last in PREPOSITIONS and len(words) > 1:
        return _with_preposition(words[:-1], last)
    head = words[: next((i for i, w in enumerate(words) if w in PREPOSITIONS), len(words))]
    name = "_".join(head)
    found: list[Pattern] = []
    if len(words) == 1 and last.endswith("s"):
        found += [Pattern("verb", verb, "", True) for verb in verbs_of_third_person(last)]
    found += [Pattern("noun", name, preposition, False) for preposition in BEHIND_NOUNS]
    if len(head) > 1:
        found.append(Pattern("noun", head[-1], "of", False))
    found += [Pattern("verb", verb, "", False) for verb in verbs_of_agent(head[-1])]
    found += _of_events(words)
    found.append(Pattern("verb", f"have {name}", "", True))
    return found


def _of_events(words: list[str]) -> list[Pattern]:
    """ "landing site": what it has landed on, in, at."""
    events = [w for w in words if lemma_type(w) == "Event" or w.endswith(ACTIONS)]
    verbs = [verb for noun in events for verb in participles_of_event(noun)]
    return [Pattern("verb", f"be {verb}", p, True) for verb in verbs for p in BEHIND_EVENTS]


def _with_preposition(words: list[str], preposition: str) -> list[Pattern]:
    """ "repaired by", "member of", "sails to", "native to"."""
    word, name = words[-1], "_".join(words)
    if preposition == "by":
        return [Pattern("verb", verb, "", False) for verb in verbs_of_participle(word)]
    found = [Pattern("verb", f"be {word}", preposition, True), Pattern("noun", name, preposition, True)]
    verbs = [*verbs_of_third_person(word), *verbs_of_participle(word)]
    return found + [Pattern("verb", verb, preposition, True) for verb in dict.fromkeys([word, *verbs])]
