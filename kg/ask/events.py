"""Events of a class as branches: the roles that a question names, where and when, and what is asked."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from kg.ask import tables
from kg.ask.conditions import (
    ACTORS,
    AMOUNTS,
    ENDS,
    MOST,
    NUMBER,
    PLACE_ROLES,
    PLACES,
    answer_of,
    called,
    during,
    of_class,
    of_kind,
    picked,
    takes,
    wanted_classes,
    with_values,
)
from kg.ask.patterns import PLACE, Branch, Pattern, Terms, text, within
from kg.ask.records import Question, Thing
from kg.extract.events.table import Fill, Frame, kind_of


class Events:
    """Makes branches of events of a class, with the roles and conditions that a question names."""

    def __init__(self, terms: Terms) -> None:
        self.terms = terms
        self._numbers = itertools.count(2)

    def of_frame(self, frame: Frame, question: Question) -> list[Branch]:
        """Give the branches of a question in one frame of its verb, none where it has no place for a part."""
        return _Placing(self, frame, question).branches()

    def described(self, thing: Thing, event: str, branch: Branch) -> Iterator[Branch]:
        """Give a branch with an event that a noun phrase tells of: "the attack in Brenn in 2019"."""
        for kind in tables.classes_of_noun(thing.noun):
            whole = branch.having(of_kind(event, kind))
            for period in thing.times:
                whole = during(whole, event, period, f"?begins{event[6:]}", f"?ends{event[6:]}")
            frames = [f for f in tables.frames_of_noun(thing.noun) if f.event == kind]
            yield from self._with_inner(whole, event, kind, thing, frames)

    def _with_inner(
        self, branch: Branch, event: str, kind: str, thing: Thing, frames: Sequence[Frame]
    ) -> Iterator[Branch]:
        found = [branch]
        for preposition, inner in thing.inner:
            ways: list[Callable[[Branch], Branch]] = []
            for role in self._roles(kind, preposition, inner, frames):
                ways.append(lambda b, r=role, i=inner: self.filled(b, event, r, i))  # type: ignore[misc]
            if preposition in (*tables.words("place"), "of") and inner.types & PLACES:
                ways.append(lambda b, i=inner: self.at(b, event, i))  # type: ignore[misc]
            if not ways:
                return
            found = [way(each) for each in found for way in ways]
        yield from found

    def _roles(self, kind: str, preposition: str, inner: Thing, frames: Sequence[Frame]) -> dict[str, None]:
        """Give the roles that what hangs on a noun may fill."""
        slots = [preposition, "owner"] if preposition == "of" else [preposition]
        fills = [fill for f in frames for slot in slots for fill in f.noun_slots.get(slot, ())]
        fitting = dict.fromkeys(fill.role for fill in fills if takes(fill, inner))
        if not fitting and preposition == "of":
            listed = tables.main_roles(kind)
            fitting = dict.fromkeys(listed)
        return fitting

    def filled(self, branch: Branch, event: str, role: str, thing: Thing) -> Branch:
        """Give a branch in whose event a thing has a role."""
        if thing.kind == "text":
            return branch.having(Pattern(event, f"kg:{role}", text(thing.words)))
        if thing.kind == "class":
            name = f"?thing{next(self._numbers)}"
            kinds = tables.classes_of_things(thing.noun)
            inner = replace(branch, answer=name)
            inner = called(inner, thing.noun) if kinds is None else of_class(inner, kinds)
            return replace(inner.having(Pattern(event, f"kg:{role}", name)), answer=branch.answer)
        term, values = self.terms.of(thing.entities, thing.words)
        whole = branch.having(Pattern(event, f"kg:{role}", term))
        return with_values(whole, values)

    def at(self, branch: Branch, event: str, thing: Thing) -> Branch:
        """Give a branch whose event took place somewhere."""
        term, values = self.terms.of(thing.entities, thing.words)
        return with_values(branch.having(Pattern(event, PLACE, term)), values)

    def another(self) -> str:
        """Give a variable for one more event."""
        return f"?event{next(self._numbers)}"


class _Placing:
    """Places what a question names in the slots of one frame."""

    def __init__(self, events: Events, frame: Frame, question: Question) -> None:
        self.events, self.frame, self.question = events, frame, question
        self.answer = answer_of(question.asked)
        # Roles by what fills them, for the relations that last after the event.
        self.used: dict[str, Thing | None] = {}
        self.place: Thing | None = None
        self.narrow = False

    def branches(self) -> list[Branch]:
        """Give the branches; none where something has no place."""
        frame, question = self.frame, self.question
        if (
            frame.as_is
            or frame.object_of
            or (frame.passive and not (question.verb and question.verb.participle))
        ):
            return []
        found = [Branch(self.answer, (of_kind("?event", frame.event),))]
        for slot, thing in question.slots:
            found = [branch for each in found for branch in self._placed(each, slot, thing)]
        found = [branch for each in found for branch in self._asking(each)]
        for period in question.times:
            found = [during(branch, "?event", period) for branch in found]
        return [*found, *(self._lasting() if found else ())][:MOST]

    def _fills(self, slot: str) -> tuple[Fill, ...]:
        return self.frame.slots.get(slot, ())

    def _placed(self, branch: Branch, slot: str, thing: Thing) -> Iterator[Branch]:
        wanted = self.frame.words.get(slot)
        if wanted is not None:
            yield from self._by_word(branch, slot, thing, wanted)
            return
        fills = self._fills(slot)
        fitting = [fill for fill in fills if takes(fill, thing)]
        if not fitting and slot in ("subject", "object") and len(fills) == 1 and thing.kind == "name":
            fitting = [*fills]
        for fill in fitting:
            if thing.kind == "event":
                yield from self._nested(branch, fill.role, thing)
            else:
                self.used[fill.role] = thing
                yield self.events.filled(branch, "?event", fill.role, thing)
        if fitting:
            return
        if slot in tables.words("place") and thing.types & PLACES:
            self.place = thing
            yield self.events.at(branch, "?event", thing)
        elif thing.kind == "event" and slot in tables.words("course"):
            yield from self._nested(branch, "cause", thing)

    def _by_word(self, branch: Branch, slot: str, thing: Thing, wanted: frozenset[str]) -> Iterator[Branch]:
        """Read "won the election in Brenn", "signed the treaty with X": the noun is a part of the verb."""
        if (thing.noun or thing.words.split()[-1].lower()) not in wanted:
            return
        self.narrow = True
        if thing.kind == "name" and self._fills(slot):
            yield self.events.filled(branch, "?event", self._fills(slot)[0].role, thing)
            return
        found = [branch]
        for period in thing.times:
            found = [during(each, "?event", period) for each in found]
        for preposition, inner in thing.inner:
            fills = [*self._fills(f"{slot}.{preposition}"), *self._fills(preposition)]
            roles = [fill.role for fill in fills if takes(fill, inner)]
            found = [self.events.filled(each, "?event", role, inner) for each in found for role in roles] or (
                [self.events.at(each, "?event", inner) for each in found] if inner.types & PLACES else []
            )
        yield from found

    def _nested(self, branch: Branch, role: str, thing: Thing) -> Iterator[Branch]:
        """Read "killed in the attack in Brenn": by that event, or told of it itself."""
        self.narrow = True
        other = self.events.another()
        caused = branch.having(Pattern("?event", f"kg:{role}", other))
        yield from self.events.described(thing, other, caused)
        # The roles of what was caused may be those of the event itself: the deceased of an attack.
        first, *rest = branch.patterns
        if first.object.removeprefix("kg:") == self.frame.event and role == "cause":
            yield from self.events.described(thing, "?event", replace(branch, patterns=tuple(rest)))

    def _asking(self, branch: Branch) -> Iterator[Branch]:
        """Give the branches with the variable of what is asked for."""
        asked = self.question.asked
        if asked.kind == "whether":
            yield branch
        elif asked.kind == "when":
            ends = f"OPTIONAL {{ ?event sem:hasEndTimeStamp {ENDS} }}"
            timed = branch.having(
                Pattern("?event", "sem:hasBeginTimeStamp", "?begins", fact=False), more=[ends]
            )
            yield replace(timed, ends=ENDS)
        elif asked.kind == "where":
            yield from self._where(branch)
        elif asked.kind == "how much" and self.question.slot in ("", "for", "at"):
            for role in self._amounts():
                yield branch.having(Pattern("?event", f"kg:{role}", self.answer))
        else:
            for role in self._roles():
                if (number := self._number(role)) and asked.noun in tables.words("people"):
                    yield replace(branch, answer=NUMBER).having(Pattern("?event", f"kg:{number}", NUMBER))
                self.used.setdefault(role, None)
                whole = branch.having(Pattern("?event", f"kg:{role}", self.answer))
                others = [p.object for p in branch.patterns if p.predicate == f"kg:{role}"]
                whole = whole.having(more=[f"FILTER({self.answer} != {other})" for other in others])
                if asked.kind == "who" and len(self._fills(self.question.slot)) > 1:
                    # Not what caused it, but who did it.
                    whole = of_class(whole, ACTORS)
                yield picked(whole, asked, role)

    def _number(self, role: str) -> str:
        """Give the role of the number of those who fill one, where that is asked for."""
        return kind_of(self.frame.event, role)[1] if self.question.asked.kind == "how many" else ""

    def _where(self, branch: Branch) -> Iterator[Branch]:
        yield picked(branch.having(Pattern("?event", "sem:hasPlace", self.answer)), self.question.asked)
        roles = dict.fromkeys(fill.role for fills in self.frame.slots.values() for fill in fills)
        wanted = ("origin",) if self.question.slot == "from" else PLACE_ROLES[::2]
        for role in wanted:
            if role in roles:
                whole = branch.having(Pattern("?event", f"kg:{role}", self.answer))
                yield picked(whole, self.question.asked)

    def _amounts(self) -> Sequence[str]:
        if fills := self._fills("amount"):
            return [fill.role for fill in fills]
        return tables.roles_of_kind(self.frame.event, AMOUNTS)

    def _roles(self) -> list[str]:
        """Give the roles that what is asked for may have."""
        asked, slot = self.question.asked, self.question.slot
        classes = wanted_classes(asked)
        fills = [f for f in self._fills(slot) if classes is None or not f.classes or f.classes & classes]
        if slot in self.frame.words and asked.noun not in self.frame.words[slot]:
            return []
        roles = [fill.role for fill in fills]
        if asked.kind == "who":
            roles = [role for role in roles if role not in PLACE_ROLES]
        return roles

    def _lasting(self) -> Iterator[Branch]:
        """Give what lasts after such an event: who owns what was bought, when somebody was born."""
        if self.narrow or any(t is not None and t.kind not in ("name", "text") for t in self.used.values()):
            return
        for role, relation, other in tables.lasting(self.frame.event):
            if role in self.used:
                yield from self._lasts(role, relation, other)

    def _lasts(self, role: str, relation: str, other: str) -> Iterator[Branch]:
        branch, left = self._end(Branch(self.answer), role)
        others, timed = self.used.keys() - {role}, bool(self.question.times)
        if other == "time" and not others and self.place is None:
            yield from self._at_time(branch, left, relation)
        elif other == "place" and not others and not timed:
            yield from self._at_place(branch, left, relation)
        elif others == {other} and self.place is None and not timed:
            yield from self._to_other(branch, left, relation, other)

    def _at_time(self, branch: Branch, left: str, relation: str) -> Iterator[Branch]:
        """Read "when was X born", "who was born in 1952" by the date of birth."""
        times = self.question.times
        if (self.question.asked.kind == "when") != bool(times):
            conditions = [within(period, "?begins", "?begins") for period in times]
            yield branch.having(Pattern(left, f"rel:{relation}", "?begins"), more=conditions)

    def _at_place(self, branch: Branch, left: str, relation: str) -> Iterator[Branch]:
        """Read "where was X born", "who was born in Ghent" by the place of birth."""
        kind = self.question.asked.kind
        if kind == "where":
            yield branch.having(Pattern(left, f"rel:{relation}", self.answer))
        elif self.place is not None and kind != "when":
            term, values = self.events.terms.of(self.place.entities, self.place.words)
            path = f"rel:{relation}/(rel:located_in|rel:part_of|rel:country)*"
            yield with_values(branch.having(Pattern(left, path, term)), values)

    def _to_other(self, branch: Branch, left: str, relation: str, other: str) -> Iterator[Branch]:
        """Read "who founded X" by whom it was founded by."""
        if self.question.asked.kind in ("who", "what", "which", "whether"):
            branch, right = self._end(branch, other)
            yield picked(branch.having(Pattern(left, f"rel:{relation}", right)), self.question.asked)

    def _end(self, branch: Branch, role: str) -> tuple[Branch, str]:
        thing = self.used[role]
        if thing is None:
            return branch, self.answer
        if thing.kind == "text":
            return branch, text(thing.words)
        term, values = self.events.terms.of(thing.entities, thing.words)
        return with_values(branch, values), term
