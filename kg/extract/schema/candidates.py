"""Pairs of phrases that may stand in a relation, with the evidence for each."""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.extract.claims.factuality import Factuality
from kg.extract.schema.arguments import Arguments
from kg.extract.schema.classes import fit
from kg.extract.schema.facts import Fact
from kg.extract.schema.phrase import COPULAS, Phrase
from kg.extract.schema.phrasings import Phrasing

NAMED = frozenset({"topic", "name", "title"})
TRIED = frozenset({"name", "title", "run"})
LIST_SIGNS = frozenset({",", "and", "&", "or", ";", "as", "well", "both", "plus", "with"})
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
        return "typed-" + next((k for k in ("verb", "noun", "has", "member") if k in kinds), "near")


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
    statuses: dict[int, Factuality],
) -> list[Candidate]:
    """Give all candidates of a block, in order of discovery: said by a clause, by a member, only near."""
    pairs = _Pairs(phrasings)
    for fact in facts:
        for number, first in index.get((fact.kind, fact.word, fact.preposition), ()):
            _from_fact(pairs, number, first, fact, arguments, statuses)
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
    statuses: dict[int, Factuality],
) -> None:
    subject_token, object_token = (fact.a, fact.b) if first else (fact.b, fact.a)
    object = None if object_token is None else arguments.of(object_token)
    if object is None and object_token is not None and first:
        object = arguments.nominal(object_token, pairs.phrasings[number].range)
    if object is None:
        return
    subject = None if subject_token is None else arguments.of(subject_token)
    sign = f"{fact.kind}:{fact.word}:{fact.preposition}"
    if subject is None or subject.kind not in NAMED:
        subject, sign = arguments.topic(fact.at), f"~{sign}"
        if subject is None:
            return
    how = statuses.get(fact.verb)
    for o in listed(arguments, object):
        candidate = pairs.get(number, subject, o, fact.at, lenient=fact.kind != "has")
        if candidate is not None:
            candidate.evidence.append(sign)
            if how is not None and not how.asserted:
                candidate.said = False


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
        return any(c.closed and c.type == "Concept" for c in phrasing.members)
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
    types = {c.type for c in phrasing.range}
    if o.kind in ("time", "quantity") and o.kind not in types:
        return None
    if o.kind == "adjective" and "GPE" not in types:
        return None
    good = fit(phrasing.range, o.type, o.text, o.called)
    if o.kind == "description":
        if good < 0 and not any(c.closed and c.type == "Concept" for c in phrasing.range):
            return None
        good = max(good, 0)
    if (good < 0 and not (lenient and o.kind in ("name", "title"))) or (
        o.kind == "member" and phrasing.range and good < 2
    ):
        return None
    host = fit(phrasing.domain, s.type, s.text, s.called)
    if host < 0 and s.kind != "topic" and not lenient:
        return None
    return host, good


def listed(arguments: Arguments, first: Phrase) -> list[Phrase]:
    """Give a phrase with those of its type that follow it in a list: "A, B (as C) and D"."""
    tree, found, i = arguments.tree, [first], first.end
    if first.kind == "topic":
        return found
    while i < tree.n:
        signs = False
        while i < tree.n and i not in arguments.at:
            if tree.lower[i] in LIST_SIGNS:
                signs = True
                i += 1
            elif tree.lower[i] == "(":
                close = next((k for k in range(i, min(i + 12, tree.n)) if tree.lower[k] == ")"), None)
                if close is None:
                    return found
                i = close + 1
            else:
                return found
        p = arguments.at.get(i)
        if p is None or not signs or p.type != first.type or p.kind == "topic" or p.start != i:
            return found
        if p.kind != "time":
            found.append(p)
        i = p.end
    return found


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
