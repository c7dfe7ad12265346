"""A question's phrases are fitted to the forms that questions have: what is asked, of whom, by which verb."""

from __future__ import annotations

import difflib
import functools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from kg.ask import tables
from kg.ask.cutting import Phrase
from kg.ask.records import Asked, Question, Thing, Unread, Verb
from kg.ask.times import Period
from kg.ask.words import Word


@dataclass(frozen=True, slots=True)
class Form:
    """One form of questions, a pattern over the letters of phrases."""

    name: str
    pattern: re.Pattern[str]
    asked: str
    kinds: frozenset[str]
    participle: bool
    example: str
    also: tuple[str, ...] = ()


@functools.cache
def forms() -> tuple[Form, ...]:
    """Give all forms, those tried first first."""
    return tuple(
        Form(
            name,
            re.compile(row["pattern"]),
            row["asked"],
            frozenset(row.get("kinds", ())),
            row.get("participle", False),
            row["example"],
            tuple(row.get("also", ())),
        )
        for name, row in tables.table()["form"].items()
    )


def fitted(phrases: Sequence[Phrase], text: str) -> Question:
    """Give the question of phrases; raise `Unread` where they fit no form."""
    letters = "".join(phrase.letter for phrase in phrases)
    asked = next((phrase.value.kind for phrase in phrases if phrase.letter == "Q"), "whether")
    for form in forms():
        found = form.pattern.fullmatch(letters)
        if found is None or (form.kinds and asked not in form.kinds):
            continue
        place = {name: found.start(name) for name, value in found.groupdict().items() if value}
        verb = phrases[place["verb"]].value if "verb" in place else None
        if form.participle or not isinstance(verb, Verb) or not verb.participle:
            rest = phrases[found.start("rest") : found.end("rest")] if "rest" in found.groupdict() else ()
            return _Reading(form, phrases, place, rest).question()
    raise Unread([text])


# Forms without a verb that says what stands where.
_BY_NOUN = ("links", "event", "what it is", "whether it is")


class _Reading:
    """Says what stands where in a question of a form."""

    def __init__(
        self, form: Form, phrases: Sequence[Phrase], place: Mapping[str, int], rest: Sequence[Phrase]
    ) -> None:
        self.form, self.place, self.phrases = form, place, phrases
        asked = next((p.value for p in phrases if p.letter == "Q"), None)
        self.asked: Asked = asked or Asked("whether")
        verb = phrases[place["verb"]].value if "verb" in place else None
        self.verb: Verb | None = verb if isinstance(verb, Verb) else None
        self.slots: list[tuple[str, Thing]] = []
        self.times: list[Period] = []
        self.stranded = ""
        self._take_rest(rest)
        if "fronted" in place:
            self.stranded = phrases[place["fronted"]].value

    def _take_rest(self, rest: Sequence[Phrase]) -> None:
        at, bare = 0, list[Thing]()
        while at < len(rest):
            phrase = rest[at]
            behind = rest[at + 1] if at + 1 < len(rest) else None
            if phrase.letter == "T":
                self.times.append(phrase.value)
            elif phrase.letter == "P" and behind is not None and behind.letter == "N":
                self.slots.append((phrase.value, behind.value))
                at += 1
            elif phrase.letter == "P":
                # Only what is asked for stands elsewhere than behind its preposition, which then comes last.
                if self.form.asked == "subject" or any(p.letter != "T" for p in rest[at + 1 :]):
                    raise Unread([phrase.value])
                self.stranded = phrase.value
            elif phrase.letter == "N":
                bare.append(phrase.value)
            at += 1
        # "Gave X the prize": who gets it stands first.
        one = "as" if self.verb and self.verb.participle else "object"
        names = (one,) if len(bare) < 2 else ("receiver", "object", "third")
        self.slots += zip(names, bare, strict=False)

    def question(self) -> Question:
        """Give the question."""
        passive = bool(self.verb and self.verb.participle)
        slots = [("subject" if passive and name == "by" else name, thing) for name, thing in self.slots]
        if "subject" in self.place:
            subject = self.phrases[self.place["subject"]].value
            slots.insert(0, ("object" if passive else "subject", subject))
        clause = self.phrases[self.place["clause"]].value if "clause" in self.place else ()
        form, asked, slot = self.form, self._asked(), self._slot(passive)
        slot = "" if asked.kind == "where" and asked != self.asked else slot
        return Question(
            form.name, asked, form.asked, self.verb, slot, tuple(slots), tuple(self.times), clause
        )

    def _asked(self) -> Asked:
        """Give what is asked for; "in which city" asks where."""
        where = self.asked.kind == "which" and self.stranded in tables.words("place")
        if where and _is_place(self.asked.noun) and self.form.asked not in _BY_NOUN:
            return replace(self.asked, kind="where")
        return self.asked

    def _slot(self, passive: bool) -> str:
        """Say where what is asked for stands to the active verb; nowhere, if it is no part of it."""
        form, kind = self.form.asked, self.asked.kind
        if form in _BY_NOUN:
            return self.stranded
        if form == "whether" or kind == "when":
            return ""
        if form == "subject":
            return "object" if passive else "subject"
        if kind == "how much":
            return ""
        if self.stranded:
            return "subject" if passive and self.stranded == "by" else self.stranded
        # "When was X born": what is asked for is no part of it; of "what was X …" it has to be.
        return "" if passive or kind in ("where", "how") else "object"


def _is_place(noun: str) -> bool:
    return bool((tables.classes_of_things(noun) or frozenset()) & {"GPE", "Location", "Facility"})


def begins_question(words: Sequence[Word]) -> bool:
    """Whether words begin as a question does: by a question word, "is", "did", "has", "by whom"."""
    first = words[0].key
    second = words[1].key if len(words) > 1 else ""
    openers = {*tables.table()["asks"], "how", "why"}
    lists = ("be", "do", "have", "modal")
    if first in openers or any(first in tables.words(name) for name in lists):
        return True
    return second in openers


def nearest_kind(words: Sequence[str]) -> str:
    """Give an example of the kind of question that is most like one that cannot be read, by its words.

    >>> nearest_kind(["when", "was", "X", "eaten"])
    'when was X born?'
    """
    for word in words:
        if (example := tables.table()["near"].get(word)) is not None:
            return str(example)
    examples = (example for form in forms() for example in (form.example, *form.also))
    return max(examples, key=lambda example: _likeness(words, example))


def _likeness(words: Sequence[str], example: str) -> tuple[bool, float]:
    others = example.rstrip("?").split()
    alike = difflib.SequenceMatcher(None, list(words), others, autojunk=False).ratio()
    return bool(words) and others[0] == words[0], alike
