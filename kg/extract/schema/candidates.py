"""Pairs of phrases that may stand in a relation, with the evidence for each."""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.extract import constructions, lexicon
from kg.extract.claims.factuality import Factuality
from kg.extract.schema.arguments import Arguments
from kg.extract.schema.classes import Class, fit
from kg.extract.schema.facts import Fact
from kg.extract.schema.phrase import COPULAS, Phrase
from kg.extract.schema.phrasings import Phrasing

NAMED = frozenset({"topic", "name", "title"})
# Phrases of these kinds stand only for what a relation's range names.
NEEDED = {"time": "time", "quantity": "quantity", "adjective": "GPE"}
TRIED = frozenset({"name", "title", "run"})
LIST_SIGNS = lexicon.words("schema/words", "candidates", "list_signs")
LONGEST_BRACKET = 12
# How many names beside the topic are tried as the subject of what no clause says.
SUBJECTS = 4


@dataclass(slots=True, eq=False)
class Candidate:
    """A pair for a relation: how it is said (`evidence`), how well the arguments fit, where it is said.

    Evidence is the pattern's kind, word and preposition; with "~" in front where the subject is only
    understood. `said` is false where the clause is denied, planned or only reported.
    """

    number: int
    phrasing: Phrasing
    subject: Phrase
    object: Phrase
    fits: tuple[int, int]
    at: int
    evidence: list[str] = field(default_factory=list)
    said: bool = True

    @property
    def rule(self) -> str:
        """The strongest kind of evidence, as the rule of the row."""
        kinds = [e.lstrip("~").split(":")[0] for e in self.evidence]
        return "schema-" + next((k for k in ("verb", "noun", "has", "member") if k in kinds), "near")


class _Pairs:
    """Candidates by relation and arguments, each once."""

    def __init__(self, phrasings: list[Phrasing]) -> None:
        self.phrasings = phrasings
        self.found: dict[tuple[int, Phrase, Phrase], Candidate | None] = {}

    def get(self, number: int, s: Phrase, o: Phrase, at: int, *, lenient: bool = False) -> Candidate | None:
        key = (number, s, o)
        if key not in self.found:
            phrasing = self.phrasings[number]
            fits = fitted(phrasing, s, o, lenient=lenient)
            self.found[key] = None if fits is None else Candidate(number, phrasing, s, o, fits, at)
        return self.found[key]


def candidates_of(
    phrasings: list[Phrasing],
    index: dict[tuple[str, str, str], list[tuple[int, bool]]],
    facts: list[Fact],
    arguments: Arguments,
    factualities: dict[int, Factuality],
) -> list[Candidate]:
    """Give all candidates of a block, in order of discovery: said by a clause, by a member, only near."""
    pairs = _Pairs(phrasings)
    for fact in facts:
        for number, first in index.get((fact.kind, fact.word, fact.preposition), ()):
            _from_fact(pairs, number, first, fact, arguments, factualities)
    for number, phrasing in enumerate(phrasings):
        _from_members(pairs, number, phrasing, arguments)
        _from_nearness(pairs, number, arguments)
    return [c for c in pairs.found.values() if c is not None]


def _from_fact(
    pairs: _Pairs,
    number: int,
    first: bool,
    fact: Fact,
    arguments: Arguments,
    factualities: dict[int, Factuality],
) -> None:
    subject_token, object_token = (fact.a, fact.b) if first else (fact.b, fact.a)
    object = None if object_token is None else arguments.of(object_token)
    if object is None and object_token is not None and first:
        object = arguments.nominal(object_token, pairs.phrasings[number].range)
    subject = None if subject_token is None else arguments.of(subject_token)
    sign = f"{fact.kind}:{fact.word}:{fact.preposition}"
    if subject is None or subject.kind not in NAMED:
        subject, sign = arguments.topic(fact.at), f"~{sign}"
    if object is None or subject is None:
        return
    how = factualities.get(fact.verb)
    for o in listed(arguments, object):
        candidate = pairs.get(number, subject, o, fact.at, lenient=fact.kind != "has")
        if candidate is not None:
            candidate.evidence.append(sign)
            candidate.said &= how is None or how.asserted


def _from_members(pairs: _Pairs, number: int, phrasing: Phrasing, arguments: Arguments) -> None:
    """A member of a class that says the relation by itself, in the sentence about a topic."""
    if not phrasing.members:
        return
    for o in arguments.phrases:
        if o.kind == "topic" or not _is_member(phrasing, o):
            continue
        topic = arguments.topic(o.start)
        if topic is None:
            continue
        candidate = pairs.get(number, topic, o, o.start)
        if candidate is not None:
            place = "said" if in_description(arguments, topic, o) else "near"
            candidate.evidence.append(f"member:{o.kind}:{place}")


def _is_member(phrasing: Phrasing, o: Phrase) -> bool:
    if o.kind == "description":
        return _has_members(phrasing.members)
    enough = 1 if o.kind in ("adjective", "time") else 2
    return fit(phrasing.members, o.type, o.text, o.called) >= enough


def _from_nearness(pairs: _Pairs, number: int, arguments: Arguments) -> None:
    """The topic, or a name of the right class, with whatever fits the relation's range."""
    named = [p for p in arguments.phrases if p.kind in TRIED]
    domain = pairs.phrasings[number].domain
    least = 1 if arguments.topics else 0
    others = [
        p for p in named if domain and (p.kind == "run" or fit(domain, p.type, p.text, p.called) >= least)
    ][:SUBJECTS]
    for o in arguments.phrases:
        topic = arguments.topic(o.start)
        if topic is not None and topic != o:
            pairs.get(number, topic, o, o.start)
        for s in others:
            if s != o and s != topic:
                pairs.get(number, s, o, o.start)


def fitted(phrasing: Phrasing, s: Phrase, o: Phrase, *, lenient: bool = False) -> tuple[int, int] | None:
    """Say how well subject and object fit domain and range; None where they cannot.

    `lenient` lets names pass whose type does not fit, where a clause says the pair: types of names err.
    """
    if s.start < o.end and o.start < s.end:
        return None
    good = _in_range(phrasing, o, lenient=lenient)
    if good is None:
        return None
    host = fit(phrasing.domain, s.type, s.text, s.called)
    return None if host < 0 and s.kind != "topic" and not lenient else (host, good)


def _in_range(phrasing: Phrasing, o: Phrase, *, lenient: bool) -> int | None:
    """Say how well an object fits the range; None where it cannot."""
    needed = NEEDED.get(o.kind)
    if needed is not None and not any(c.type == needed for c in phrasing.range):
        return None
    good = fit(phrasing.range, o.type, o.text, o.called)
    if o.kind == "description":
        return max(good, 0) if good >= 0 or _has_members(phrasing.range) else None
    if o.kind == "member" and phrasing.range and good < 2:
        return None
    return None if good < 0 and not (lenient and o.named) else good


def _has_members(classes: tuple[Class, ...]) -> bool:
    """Whether a class is one of concepts that are listed."""
    return any(c.closed and c.type == "Concept" for c in classes)


def listed(arguments: Arguments, first: Phrase) -> list[Phrase]:
    """Give a phrase with those of its type that follow it in a list: "A, B (as C) and D"."""
    found = [first]
    if first.kind == "topic":
        return found
    p = _next_listed(arguments, first)
    while p is not None and p.type == first.type:
        if p.kind != "time":
            found.append(p)
        p = _next_listed(arguments, p)
    return found


def _next_listed(arguments: Arguments, before: Phrase) -> Phrase | None:
    """Give the phrase that only signs of a list and brackets part from the one before."""
    tree, signs, i = arguments.tree, False, before.end
    while i < tree.n and i not in arguments.at:
        if tree.lower[i] in LIST_SIGNS:
            signs = True
        elif tree.lower[i] == "(":
            close = constructions.closed_at(tree, i, i + LONGEST_BRACKET)
            if close is None:
                return None
            i = close
        else:
            return None
        i += 1
    p = arguments.at.get(i)
    return p if p is not None and signs and p.kind != "topic" and p.start == i else None


def in_description(arguments: Arguments, topic: Phrase, o: Phrase) -> bool:
    """Whether a phrase stands in the noun phrase that a sentence says its topic is."""
    tree = arguments.tree
    end = tree.doc[topic.start].sent.end
    for i in range(topic.end, end):
        if tree.lower[i] in COPULAS:
            attr = tree.first(i, "attr")
            if attr is not None and attr > i:
                return i < o.start and o.end <= attr + 2
            return i < o.start < i + 8
    return False
