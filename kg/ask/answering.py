"""A query is run, and its rows become answers with the facts that they rest on."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from kg.ask.conditions import NUMBER
from kg.ask.patterns import Branch, ground, query, stated
from kg.ask.records import Question
from kg.ask.reply import Answer
from kg.model import Entity, Fact, Value, text_of
from kg.rdf.terms import read_literal
from kg.vocab import relations

if TYPE_CHECKING:
    from kg.graph.view import GraphView

# What has more rows than this was asked too widely.
MOST_ROWS = 2_000
Row = Mapping[str, str | None]


class Answering:
    """Runs the branches of one question."""

    def __init__(self, graph: GraphView, question: Question, branches: Sequence[Branch]) -> None:
        self.graph, self.question, self.branches = graph, question, branches
        standing = question.verb.standing if question.verb else ()
        self.asserted = not standing
        asked = [stated(b, standing) for b in branches] if standing else branches
        self.query = query(asked, branches)
        self._facts: dict[str, list[Fact]] = {}
        self._numbers: set[str] = set()
        # Whether there are more rows than were looked at.
        self.cut = False

    def answers(self) -> tuple[Answer, ...]:
        """Give the answers, by what is printed; each once."""
        grouped: dict[str, tuple[str, dict[Fact, None]]] = {}
        for row in self._rows():
            for branch, facts in self._said(row):
                written = str(row[branch.answer])
                shown = self._shown(branch, row, written, facts)
                if branch.answer == NUMBER:
                    self._numbers.add(shown)
                iri = written[1:-1] if written[0] == "<" else ""
                grouped.setdefault(shown, (iri, {}))[1].update(dict.fromkeys(facts))
        found = [Answer(shown, iri, tuple(facts)) for shown, (iri, facts) in sorted(grouped.items())]
        return tuple(self._counted(found))

    def _said(self, row: Row) -> list[tuple[Branch, list[Fact]]]:
        """Give the branches that a row is of, with the facts that say it."""
        found = []
        for branch in self.branches:
            triples = ground(branch, row)
            if triples is None or row.get(branch.answer) is None:
                continue
            # Branches have variables in common: what nothing says is not what the row is of.
            said = [self._saying(*triple) for triple in triples] or [self._telling(branch, row)]
            if all(said):
                found.append((branch, [fact for facts in said for fact in facts]))
        return found

    def _rows(self) -> list[Row]:
        answer = self.graph.query(self.query, rows=MOST_ROWS)
        self.cut = answer.cut
        names = [f"?{name}" for name in answer.variables]
        return [dict(zip(names, row, strict=True)) for row in answer.written_rows()]

    def _counted(self, found: Sequence[Answer]) -> Sequence[Answer]:
        """Give how many there are, where that is asked and no text says a number."""
        if self.question.asked.kind != "how many" or not found:
            return found
        # One sentence that says a number says it of all.
        if numbers := [answer for answer in found if answer.text in self._numbers]:
            return numbers
        facts = dict.fromkeys(fact for answer in found for fact in answer.facts)
        names = ", ".join(answer.text for answer in found)
        number = sum(self._count(answer.iri) if answer.iri else 1 for answer in found)
        return [Answer(f"{number}: {names}", facts=tuple(facts))]

    def _count(self, iri: str) -> int:
        """Give how many a thing is: "eleven dredgers"."""
        said = self.graph.store.matching(f"<{iri}>", f"<{self.graph.names.kg}count>", None)
        numbers = [read_literal(number).text for _, _, number in said]
        return next((int(number) for number in numbers if number.isdecimal()), 1)

    # Facts.

    def _saying(self, subject: str, predicate: str, obj: str) -> list[Fact]:
        """Give the facts that say a triple, by the ends that were asked about."""
        relation = self._relation(predicate if predicate[0] == "<" else predicate.partition("/")[0])
        facts = [f for f in self._facts_of(self._iri(subject)) if f.relation == relation]
        exact = [fact for fact in facts if self._is(fact, obj)]
        # A place within the one that was asked for.
        return exact or (facts if "/" in predicate and predicate[0] != "<" else [])

    def _telling(self, branch: Branch, row: Row) -> list[Fact]:
        """Give what is said of the events of a row, where a branch asks for no fact of them."""
        told = ("?event", branch.answer)
        events = dict.fromkeys(p.subject for p in branch.patterns if p.subject.startswith(told))
        found = [f for name in events if (iri := row.get(name)) for f in self._facts_of(self._iri(iri))]
        if events:
            return [fact for fact in found if ":" in fact.relation]
        # A class is said by no sentence; that the thing is there is.
        subjects = [row.get(p.subject, p.subject) for p in branch.patterns]
        return [fact for subject in subjects if subject for fact in self._facts_of(self._iri(subject))[:1]]

    def _facts_of(self, iri: str) -> list[Fact]:
        if iri not in self._facts:
            entity = self.graph.entity_of(iri)
            asserted = self.asserted
            found = self.graph.facts(subject=entity) if entity else []
            self._facts[iri] = [fact for fact in found if fact.asserted == asserted]
        return self._facts[iri]

    def _is(self, fact: Fact, written: str) -> bool:
        if written == "true":
            return fact.object is None
        if written[0] != '"':
            return isinstance(fact.object, Entity) and fact.object.id == self._id(self._iri(written))
        text = read_literal(written).text
        if isinstance(fact.object, Value):
            return fact.object.lexical == text
        return fact.object == text or (fact.object is None and text == "true")

    def _iri(self, term: str) -> str:
        if term[0] == "<":
            return term[1:-1]
        return self.graph.names.expand(term) if ":" in term else term

    def _id(self, iri: str) -> str:
        return iri.removeprefix(self.graph.names.ent)

    def _relation(self, predicate: str) -> str:
        names = self.graph.names
        if predicate[0] == "<":
            iri = predicate[1:-1]
            for prefix in ("kg", "sem"):
                if iri.startswith(names.prefixes()[prefix]):
                    return f"{prefix}:{iri.removeprefix(names.prefixes()[prefix])}"
            return iri.removeprefix(names.rel)
        return predicate.removeprefix("rel:")

    # As they are printed.

    def _shown(self, branch: Branch, row: Row, written: str, facts: Iterable[Fact]) -> str:
        if branch.answer == "?so":
            return "yes"
        if branch.answer == "?begins":
            last = row.get(branch.ends) if branch.ends else None
            shown = when(read_literal(written).text, read_literal(last).text if last else "")
            lasts = any(p.predicate.removeprefix("rel:") in relations() for p in branch.patterns)
            return f"from {shown}" if lasts and branch.ends and not last else shown
        if written[0] == "<":
            entity = self.graph.entity_of(written[1:-1])
            if entity is not None:
                return entity.label
            return self._relation(written).replace("_", " ")
        for fact in facts:
            # The unit is said with the fact.
            if isinstance(fact.object, Value) and self._is(fact, written):
                return text_of(fact.object)
        return read_literal(written).text


def when(first: str, last: str) -> str:
    """Give the days from one to another as one looks at them: a year, a month, a day, or both ends.

    >>> when("2010-03-01", "2010-03-31"), when("2006-01-01", "2006-12-31"), when("1952-07-04", "1952-07-04")
    ('2010-03', '2006', '1952-07-04')
    """
    if not last or first == last:
        return first
    try:
        begin, end = dt.date.fromisoformat(first), dt.date.fromisoformat(last)
    except ValueError:
        return f"{first} to {last}"
    if begin.day == 1 and begin.year == end.year:
        if (begin.month, end.month, end.day) == (1, 12, 31):
            return first[:4]
        if begin.month == end.month and end.day == calendar.monthrange(end.year, end.month)[1]:
            return first[:7]
    return f"{first} to {last}"
