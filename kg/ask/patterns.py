"""Patterns of triples, which a question becomes, and how SPARQL writes them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from kg.ask.times import Period
from kg.model import Entity
from kg.rdf.terms import literal
from kg.vocab import Names

_LOCAL = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_-]*[A-Za-z0-9_-])?")
# A place is in what it is said to be in.
PLACE = "sem:hasPlace/(rel:located_in|rel:part_of|rel:country)*"
TRUE = "true"


@dataclass(frozen=True, slots=True)
class Pattern:
    """A triple of variables (with "?") and terms as SPARQL writes them; `fact` is whether it says a fact."""

    subject: str
    predicate: str
    object: str
    fact: bool = True

    def __str__(self) -> str:
        return f"{self.subject} {self.predicate} {self.object} ."


@dataclass(frozen=True, slots=True)
class Branch:
    """One way in which the graph may say what is asked: patterns, and what else must hold.

    `answer` is the variable of what is asked for, `ends` that of the last day where it is a time. `values`
    are the terms that a variable may be, `more` lines of SPARQL.
    """

    answer: str
    patterns: tuple[Pattern, ...] = ()
    values: tuple[tuple[str, tuple[str, ...]], ...] = ()
    more: tuple[str, ...] = ()
    ends: str = ""

    def having(self, *patterns: Pattern, more: Iterable[str] = ()) -> Branch:
        """Give the branch with more patterns."""
        return replace(self, patterns=(*self.patterns, *patterns), more=(*self.more, *more))

    def variables(self) -> list[str]:
        """Give the variables that tell an answer and the facts that say it, the answer first."""
        terms = (term for p in self.patterns if p.fact for term in (p.subject, p.predicate, p.object))
        events = (p.subject for p in self.patterns if p.subject.startswith("?event"))
        several = (name for name, _ in self.values)
        names = [self.answer, *(term for term in (*terms, *events, *several) if term.startswith("?"))]
        return [*dict.fromkeys([*names, *([self.ends] if self.ends else [])])]

    def lines(self) -> list[str]:
        """Give what stands between its braces."""
        found = [f"VALUES {name} {{ {' '.join(terms)} }}" for name, terms in self.values]
        return [*found, *map(str, self.patterns), *self.more]


@dataclass(slots=True)
class Terms:
    """Writes entities and classes as terms of a query, variables where several are meant."""

    names: Names
    _known: dict[tuple[str, ...], str] = field(default_factory=dict)

    def of(
        self, entities: Sequence[Entity], words: str
    ) -> tuple[str, tuple[tuple[str, tuple[str, ...]], ...]]:
        """Give the term of things of one name, and the values of it where it is a variable."""
        terms = tuple(self.entity(entity) for entity in entities)
        if len(terms) == 1:
            return terms[0], ()
        name = self._known.setdefault(terms, f"?{self._variable(words)}")
        return name, ((name, terms),)

    def _variable(self, words: str) -> str:
        plain = re.sub(r"[^A-Za-z0-9]+", "_", words).strip("_").lower()
        name = plain if plain and not plain[0].isdigit() else f"thing_{plain}"
        taken = {known[1:] for known in self._known.values()}
        return name if name not in taken | _OWN else f"{name}_{len(taken) + 1}"

    def entity(self, entity: Entity) -> str:
        """Give the term of one thing."""
        return f"ent:{entity.id}" if _LOCAL.fullmatch(entity.id) else f"<{self.names.ent}{entity.id}>"

    def relation(self, name: str) -> str:
        """Give the term of a relation, by its name in facts."""
        if ":" in name:
            return name
        return f"rel:{name}" if _LOCAL.fullmatch(name) else f"<{self.names.rel}{name}>"


# The names of variables that are ours.
_OWN = frozenset("who what where when amount number event begins ends statement kind label".split())


def text(words: str, lang: str = "en") -> str:
    """Give words that the graph has just so as a term."""
    return literal(words, lang=lang)


def plain(words: str) -> str:
    """Give words to be compared with as a term."""
    return literal(words)


def day(date: object) -> str:
    """Give a day as a term."""
    return f'"{date}"^^xsd:date'


def within(period: Period, begins: str, ends: str) -> str:
    """Give the condition that something happened within a period."""
    bounds = []
    if period.first is not None:
        bounds.append(f"{begins} >= {day(period.first)}")
    if period.last is not None:
        bounds.append(f"COALESCE({ends}, {begins}) <= {day(period.last)}")
    return f"FILTER({' && '.join(bounds)})"


def overlapping(period: Period, begins: str, ends: str) -> str:
    """Give the condition that something lasted for a part of a period."""
    bounds = []
    if period.last is not None:
        bounds.append(f"{begins} <= {day(period.last)}")
    if period.first is not None:
        bounds.append(f"(!BOUND({ends}) || {ends} >= {day(period.first)})")
    return f"FILTER({' && '.join(bounds)})"


def query(branches: Sequence[Branch], shown: Sequence[Branch] | None = None) -> str:
    """Give the query of branches: the rows of all of them, each once.

    Its variables are those of the branches `shown`, if these have more.
    """
    variables = dict.fromkeys(name for branch in shown or branches for name in branch.variables())
    head = f"SELECT DISTINCT {' '.join(variables)} WHERE {{"
    if len(branches) == 1:
        body = [f"  {line}" for line in branches[0].lines()]
    else:
        body = []
        for number, branch in enumerate(branches):
            body.append("  {" if number == 0 else "  } UNION {")
            body += [f"    {line}" for line in branch.lines()]
        body.append("  }")
    return "\n".join([head, *body, f"}} ORDER BY {' '.join(variables)}"])


def stated(branch: Branch, standing: Sequence[str]) -> Branch:
    """Give a branch that asks for what is said and not asserted, instead of facts."""
    patterns: list[Pattern] = []
    more: list[str] = [*branch.more]
    for number, pattern in enumerate(branch.patterns):
        if not pattern.fact:
            patterns.append(pattern)
            continue
        name = f"?statement{number or ''}"
        more.append(
            f"{name} rdf:subject {pattern.subject} ; rdf:predicate {pattern.predicate.split('/')[0]} ; "
            f"rdf:object {pattern.object} ; kg:asserted false ."
        )
        ways = [f"EXISTS {{ {name} kg:modality kg:{how} }}" for how in standing if how != "Denied"]
        if "Denied" in standing:
            ways.append(f"EXISTS {{ {name} kg:negated true }}")
        if "Reported" in standing:
            ways.append(f"EXISTS {{ {name} kg:attributedTo ?by }}")
        if ways:
            more.append(f"FILTER({' || '.join(ways)})")
    return replace(branch, patterns=tuple(patterns), more=tuple(more))


def ground(branch: Branch, row: Mapping[str, str | None]) -> list[tuple[str, str, str]] | None:
    """Give the triples of a branch in a row of its answers; None where the row is of another branch."""
    found = []
    for pattern in (each for each in branch.patterns if each.fact):
        parts = [row.get(term) if term.startswith("?") else term for term in _parts(pattern)]
        if any(part is None for part in parts):
            return None
        found.append((str(parts[0]), str(parts[1]), str(parts[2])))
    return found


def _parts(pattern: Pattern) -> tuple[str, str, str]:
    return pattern.subject, pattern.predicate, pattern.object
