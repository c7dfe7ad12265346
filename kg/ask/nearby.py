"""What a graph has that is near a question: where it has no answer, where a class is wider than a noun."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kg.ask import tables
from kg.ask.answering import Answering
from kg.ask.meaning import Meaning
from kg.ask.records import Question, Thing, Unread
from kg.ask.reply import Answer
from kg.model import text_of

if TYPE_CHECKING:
    from kg.graph.view import GraphView

# What is said and not asserted, however it stands.
NOT_FACTS = ("Planned", "Possible", "Attempted", "Requested", "Wished", "Reported", "Denied")
# So many answers are named in a note.
MOST = 5


class Nearby:
    """Looks for what is near a question that a graph has no answer to."""

    def __init__(self, graph: GraphView, meaning: Meaning) -> None:
        self.graph, self.meaning = graph, meaning

    def notes(self, question: Question) -> list[str]:
        """Say what is said but not asserted, what there is at another time or without a part."""
        things = [thing for _, thing in question.slots if thing.kind == "name"]
        found = [
            self._not_asserted(question),
            *self._classes(question, things),
            *self._ways(question, things),
        ]
        if question.times:
            times = " ".join(period.words for period in question.times)
            found.append(self._without(replace(question, times=()), times))
        for slot, thing in question.slots:
            if slot not in ("subject", "object"):
                rest = tuple(each for each in question.slots if each != (slot, thing))
                found.append(self._without(replace(question, slots=rest), f"{slot} {thing.words}"))
        return [note for note in found if note]

    def _classes(self, question: Question, things: list[Thing]) -> list[str]:
        """Say of which class a thing is that is asked after by its name."""
        if question.about != "what it is" or question.asked.kind not in ("who", "what") or question.times:
            return []
        named = (entity for thing in things for entity in thing.entities if entity.type != "Position")
        return [f"in the graph {entity.label} is of the class {entity.type}" for entity in named]

    def _ways(self, question: Question, things: list[Thing]) -> list[str]:
        """Say by which longer way two things are linked; in a large graph that takes too long to find."""
        if question.about != "links" or len(things) != 2 or self.graph.store.large:
            return []
        way = self.graph.path(*(thing.entities[0] for thing in things))
        steps = [f"{f.subject.label} {f.relation.replace('_', ' ')} {text_of(f.object)}" for f in way]
        return [f"by more steps: {'; '.join(steps)}"] if steps else []

    def _without(self, question: Question, words: str) -> str:
        answers = self._answers(question)
        return f"without “{words}”: {_listed(answers)}" if answers else ""

    def _not_asserted(self, question: Question) -> str:
        if question.verb is None or question.verb.standing:
            return ""
        doubtful = replace(question, verb=replace(question.verb, standing=NOT_FACTS), times=())
        answers = self._answers(doubtful)
        if not answers:
            return ""
        facts = [fact for answer in answers for fact in answer.facts]
        ways = {"denied" if fact.negated else (fact.modality or "reported").lower() for fact in facts}
        told = _listed(answers)
        if question.asked.kind == "whether":
            told = " ".join(dict.fromkeys(each.quote for answer in answers for each in answer.evidence[:2]))
        return f"said, but not as a fact ({', '.join(sorted(ways))}): {told}"

    def _answers(self, question: Question) -> tuple[Answer, ...]:
        try:
            return Answering(self.graph, question, self.meaning.branches(question)).answers()
        except Unread:
            return ()


def broad(question: Question) -> list[str]:
    """Say where a class of the graph tells less than the noun of a question."""
    noun = question.asked.noun
    if noun not in tables.words("nouns", of="broad"):
        return []
    classes = " or ".join(sorted(tables.classes_of_things(noun) or ()))
    return [f"“{noun}” is read as the class {classes}, which is wider"]


def _listed(answers: tuple[Answer, ...]) -> str:
    shown = [answer.text for answer in answers[:MOST]]
    return ", ".join(shown) + (f" and {len(answers) - MOST} more" if len(answers) > MOST else "")
