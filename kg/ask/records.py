"""What a question is made of once it is read: things, verbs, and what is asked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from kg.ask.times import Period
from kg.model import Entity

# Which form a thing has: a name, something that happened, what one is to another ("mayor of X"), any of a
# class ("a company"), words that stand in the graph as they are ("four years in prison").
ThingKind = Literal["name", "event", "noun", "class", "text", "unknown"]
Asks = Literal["who", "what", "which", "where", "when", "whose", "how much", "how many", "how", "whether"]


@dataclass(frozen=True, slots=True)
class Thing:
    """A noun phrase: what it names or is called, and what hangs on it by prepositions."""

    kind: ThingKind
    words: str
    entities: tuple[Entity, ...] = ()
    # The head noun and the noun phrase as it is compared, "chief executive".
    noun: str = ""
    phrase: str = ""
    inner: tuple[tuple[str, Thing], ...] = ()
    times: tuple[Period, ...] = ()

    @property
    def types(self) -> frozenset[str]:
        """The classes of what it names."""
        return frozenset(entity.type for entity in self.entities)


@dataclass(frozen=True, slots=True)
class Verb:
    """A verb with its particle behind "_"; `participle` where it stands behind "be" as one.

    `standing` are the modalities of what is asked for where the question does not ask for facts.
    """

    lemma: str
    words: str
    participle: bool = False
    standing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked for: the kind of word, and its noun ("which company", "how many people", "how old")."""

    kind: Asks
    noun: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """A question as it is read: a form, its verb, and what stands where.

    `slots` are things by where they stand to the verb of the active clause: subject, object, a preposition.
    `slot` is where what is asked for stands; empty where it is a time, a place or a number.
    """

    form: str
    asked: Asked
    about: str
    verb: Verb | None = None
    slot: str = ""
    slots: tuple[tuple[str, Thing], ...] = ()
    times: tuple[Period, ...] = ()
    # The words of what somebody said, "who said that …".
    clause: tuple[str, ...] = ()


class Unread(Exception):
    """A question that cannot be read: the words that have no place, and why where that is known."""

    def __init__(self, words: list[str], why: str = "") -> None:
        super().__init__(", ".join(words))
        self.words, self.why = words, why
