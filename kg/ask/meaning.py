"""What a question that was read asks of a graph: branches of patterns, by the kind of its form."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from kg.ask import tables
from kg.ask.conditions import MOST, refuse
from kg.ask.events import Events
from kg.ask.nouns import Nouns, links_between
from kg.ask.patterns import Branch, Terms
from kg.ask.records import Question, Thing, Unread, Verb
from kg.ask.relations import Relations

if TYPE_CHECKING:
    from kg.graph.view import GraphView

# Gives the things that a noun phrase stands for: the mayor of a town.
Resolve = Callable[[Thing, list[Branch]], Thing]


class Meaning:
    """Makes branches of questions to one graph."""

    def __init__(self, graph: GraphView, resolve: Resolve) -> None:
        self.graph, self.resolve = graph, resolve
        self.terms = Terms(graph.names)
        self.events = Events(self.terms)
        self.nouns = Nouns(self.terms, self.events)
        self.relations = Relations(self.terms, self._is_there)

    def branches(self, question: Question) -> list[Branch]:
        """Give the branches of a question; raise `Unread` where a part of it has no place."""
        question = replace(
            question, slots=tuple((slot, self._settled(thing)) for slot, thing in question.slots)
        )
        found = _so(self._of_form(question), question)
        if not found:
            raise refuse(question)
        return found[:MOST]

    def _of_form(self, question: Question) -> list[Branch]:
        if question.about == "links":
            return self._links(question)
        if question.about == "what it is":
            return self.nouns.what_it_is(self._with_owner_of(question))
        if question.about == "whether it is":
            return self.nouns.whether(question)
        if question.about == "event":
            return self.nouns.happened(question)
        return self._by_verb(question)

    def _links(self, question: Question) -> list[Branch]:
        things = [thing for _, thing in question.slots if thing.kind == "name"]
        if len(things) != 2 or things[0].entities == things[1].entities:
            return []
        return links_between(self.terms, *things)

    def _with_owner_of(self, question: Question) -> Question:
        """Hang what stands behind a noun on it: "who was mayor in X"."""
        slots = dict(question.slots)
        thing = slots.get("subject")
        if thing is None or thing.kind != "noun" or thing.inner or len(slots) != 2:
            return question
        slot, other = next((s, t) for s, t in slots.items() if s != "subject")
        if slot not in ("of", "for", "in", "at") or question.asked.kind == "whose":
            return question
        return replace(question, slots=(("subject", replace(thing, inner=((slot, other),))),))

    def _by_verb(self, question: Question) -> list[Branch]:
        verb = question.verb
        assert verb is not None, "there is one in these forms"
        if verb.lemma == "have" and question.asked.noun:
            return self.nouns.had(question)
        subject = dict(question.slots).get("subject")
        if subject is not None and subject.kind == "event" and tables.tells_of_subject(verb.lemma):
            return self._took_place(question)
        found = [*self._by_frames(verb, question), *self.relations.of_verb(question)]
        slots = dict(question.slots)
        if not found and verb.participle and "as" in slots and question.slot == "object":
            # "Who was given the prize": who gets it is the subject of that passive.
            given = (*((s, t) for s, t in question.slots if s != "as"), ("object", slots["as"]))
            found = self._by_frames(verb, replace(question, slots=given, slot="receiver"))
        return [*dict.fromkeys(found)]

    def _by_frames(self, verb: Verb, question: Question) -> list[Branch]:
        return [b for f in tables.frames_of_verb(verb.lemma) for b in self.events.of_frame(f, question)]

    def _took_place(self, question: Question) -> list[Branch]:
        """Read "when did the flood hit the town" as when the flood of the town was."""
        slots = tuple(("of" if slot == "object" else slot, thing) for slot, thing in question.slots)
        about = replace(question, slots=slots, verb=None)
        if question.asked.kind == "whether":
            return self.nouns.whether(about)
        return self.nouns.what_it_is(about) if question.asked.kind in ("when", "where") else []

    def _settled(self, thing: Thing) -> Thing:
        """Give a thing in which the nouns that hang on it are what they stand for."""
        inner = tuple((slot, self._known(self._settled(each))) for slot, each in thing.inner)
        return replace(thing, inner=inner)

    def _known(self, thing: Thing) -> Thing:
        if thing.kind == "unknown":
            raise Unread([thing.words])
        if thing.kind != "noun":
            return thing
        return self.resolve(thing, self.nouns.of_noun(thing, "?who"))

    def known_slots(self, question: Question) -> Question:
        """Give a question by a verb in which "the mayor of X" is who that is."""
        if question.about in ("what it is", "whether it is", "links"):
            return question
        slots = tuple((slot, self._known(self._settled(thing))) for slot, thing in question.slots)
        return replace(question, slots=tuple((slot, self._held(slot, thing)) for slot, thing in slots))

    def _held(self, slot: str, thing: Thing) -> Thing:
        """Add to an office who holds it: whom one meets is no office."""
        offices = tuple(e for e in thing.entities if e.type == "Position")
        if slot == "as" or not offices:
            return thing
        holders = self.resolve(thing, self.nouns.holders(offices, thing.words, "?who"))
        return replace(holders, entities=(*thing.entities, *holders.entities))

    def _is_there(self, relation: str) -> bool:
        """Whether the graph has a relation in the words of a text, asserted or not."""
        predicate = f"<{self.graph.names.rel}{relation}>"
        said = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#predicate>"
        return next(self.graph.store.matching(None, said, predicate), None) is not None


def _so(branches: list[Branch], question: Question) -> list[Branch]:
    """Give branches with a variable for whether it is so, where that is asked."""
    if question.asked.kind != "whether":
        return branches
    return [branch.having(more=[f"BIND(true AS {branch.answer})"]) for branch in branches]
