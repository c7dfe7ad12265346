"""Questions in plain English are read into SPARQL over the graph's vocabulary, by forms and tables of words.

No language model takes part: what cannot be placed is named, and nothing is guessed.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kg.ask.answering import MOST_ROWS, Answering
from kg.ask.cutting import Cut
from kg.ask.forms import begins_question, fitted, nearest_kind
from kg.ask.meaning import Meaning
from kg.ask.names import Named, Names
from kg.ask.nearby import Nearby, broad
from kg.ask.patterns import Branch
from kg.ask.phrases import cut_into_phrases
from kg.ask.records import Asked, Question, Thing, Unread
from kg.ask.reply import Answer, Reply
from kg.ask.times import periods
from kg.ask.words import MOST_WORDS, split, with_tags
from kg.errors import QueryError

if TYPE_CHECKING:
    from kg.graph.view import GraphView
    from kg.search import Index

__all__ = ["Answer", "Reply", "ask"]


def ask(graph: GraphView, question: str, index: Index) -> Reply:
    """Give the answers to a question, or say what of it cannot be read."""
    if graph.foreign:
        what = "questions in words are read for graphs that kg made, and this is another's"
        raise QueryError(what, remedy="ask it in SPARQL, with kg query")
    return _Asking(graph, question, index).reply()


class _Asking:
    """One question to one graph."""

    def __init__(self, graph: GraphView, question: str, index: Index) -> None:
        self.graph, self.index = graph, index
        self.text, self.words = split(question if question != question.upper() else question.lower())
        self.notes: list[str] = []
        self.named: list[Named] = []

    def reply(self) -> Reply:
        """Give what becomes of it."""
        if not self.words:
            raise QueryError("there is no question", remedy='ask in words: "who works for X?"')
        try:
            if len(self.words) > MOST_WORDS:
                raise Unread(
                    [f"{' '.join(w.text for w in self.words[:6])} …"], "it is too long for one question"
                )
            meaning = Meaning(self.graph, self._resolved)
            asked = self._read()
            read = meaning.known_slots(asked)
            branches = meaning.branches(read)
        except Unread as error:
            return self._unread(error)
        answering = Answering(self.graph, read, branches)
        answers = answering.answers()
        notes = [*self.notes, *(broad(read) if answers else Nearby(self.graph, meaning).notes(read))]
        notes += [f"of the first {MOST_ROWS} rows; there are more"] if answering.cut else []
        return Reply(self.text, answering.query, answers, notes=tuple(notes))

    def _read(self) -> Question:
        times = [*periods(self.text)]
        timed = {i for p in times for i, w in enumerate(self.words) if p.start <= w.start and w.end <= p.end}
        self.names = Names(self.graph, self.index, self.words)
        named = self.named = self.names.proper(set(timed))
        for each in named:
            if each.instead:
                given = " ".join(w.text for w in self.words[each.start : each.end])
                self.notes.append(f"{given} is taken for {each.instead}")
        inside = {i for each in named for i in range(each.start, each.end)}
        words = with_tags(self.words, inside, {each.start for each in named})
        self.names.words = words
        if not begins_question(self.words):
            raise Unread([self._whole()])
        phrases = cut_into_phrases(Cut.of(words, self.names, named, times))
        return fitted(phrases, self._whole())

    def _whole(self) -> str:
        return self.text.rstrip(" ?!.")

    def _resolved(self, thing: Thing, branches: list[Branch]) -> Thing:
        """Give a noun phrase as the things that it stands for in the graph."""
        if not branches:
            raise Unread([thing.words])
        found = Answering(self.graph, Question("", Asked("who"), ""), branches).answers()
        entities = [self.graph.entity_of(answer.iri) for answer in found if answer.iri]
        known = tuple(entity for entity in entities if entity is not None)
        if not known and thing.entities:
            return thing
        if not known:
            raise Unread([thing.words], "nothing in the graph is called so")
        self.notes.append(f"{thing.words}: {', '.join(entity.label for entity in known)}")
        return replace(thing, kind="name", entities=known)

    def _unread(self, error: Unread) -> Reply:
        notes = [f"({error.why})"] if error.why else []
        for words in error.words:
            if words[:1].isupper() and (near := self._names_near(words)):
                notes.append(f"{words}: did you mean {' or '.join(near)}?")
        nearest = nearest_kind(self._as_kind())
        return Reply(self.text, unread=tuple(error.words), nearest=nearest, notes=tuple(notes))

    def _as_kind(self) -> list[str]:
        """Give the words of the question with X for each name, as examples have them."""
        first = {each.start for each in self.named}
        inside = {i for each in self.named for i in range(each.start, each.end)} - first
        return ["X" if i in first else w.key for i, w in enumerate(self.words) if i not in inside]

    def _names_near(self, words: str) -> list[str]:
        return Names(self.graph, self.index, []).near(words)
