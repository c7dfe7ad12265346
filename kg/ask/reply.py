"""What a question is answered with: the query, the answers with their evidence, or what could not be read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from kg.model import Evidence, Fact, Record


@dataclass(frozen=True, slots=True)
class Answer(Record):
    """One answer: as it is printed, its IRI if it is a thing, and the facts that say so."""

    text: str
    iri: str = ""
    facts: tuple[Fact, ...] = field(default=(), repr=False)

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """The places that say so, those of one sentence once, in the order of documents."""
        found: dict[tuple[str, int | None, str], Evidence] = {}
        for fact in self.facts:
            for each in fact.evidence:
                found.setdefault((each.doc_id, each.sentence, each.quote), each)
        return tuple(sorted(found.values(), key=lambda e: (e.source, e.doc_id, e.start, e.end)))


@dataclass(frozen=True, slots=True)
class Reply(Record):
    """What became of a question.

    `query` is the SPARQL that it was read as, empty where it could not be read; `unread` are then the words
    that have no place, and `nearest` is an example of the kind of question that is most like it. `notes` say
    what a name was taken for, and what is near where there is no answer.
    """

    question: str
    query: str = ""
    answers: tuple[Answer, ...] = ()
    unread: tuple[str, ...] = ()
    nearest: str = ""
    notes: tuple[str, ...] = ()

    def __iter__(self) -> Iterator[Answer]:
        return iter(self.answers)

    def __len__(self) -> int:
        return len(self.answers)

    def __str__(self) -> str:
        """Give the answers, or why there is none, as a person reads them."""
        if not self.query:
            words = ", ".join(self.unread)
            return "\n".join(
                [f"I cannot read that: {words}", *self.notes, f"A kind that I can: {self.nearest}"]
            )
        lines = [answer.text for answer in self.answers] or ["The graph has no answer to that."]
        return "\n".join([*lines, *self.notes])
