"""What a question by a noun asks: "the mayor of X", "X's daughter", "the attack in X", "how old"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.ask import tables
from kg.ask.conditions import (
    AMOUNTS,
    ENDS,
    NUMBER,
    PLACE_ROLES,
    PLACES,
    answer_of,
    called,
    during,
    of_class,
    of_kind,
    picked,
    timed,
    with_values,
)
from kg.ask.events import Events
from kg.ask.patterns import Branch, Pattern, Terms, plain
from kg.ask.records import Asked, Question, Thing
from kg.ask.tables import Link, Role
from kg.ask.times import Period
from kg.model import Entity

# What is told of a thing that is asked after by its name.
_IS = ("position_held", "instance_of", "be", "former_position")
# What stands before somebody or something that takes part in what happens.
_TAKING_PART = ("to", "with", "against", "of", "between")
_WHERE = ("located_in", "based_in", "headquarters", "residence", "part_of")
_FROM = ("native_of", "residence", "country", "born_in")


class Nouns:
    """Makes branches of what stands behind "is"."""

    def __init__(self, terms: Terms, events: Events) -> None:
        self.terms, self.events = terms, events

    # Who or what it is.

    def what_it_is(self, question: Question) -> list[Branch]:
        """Give the branches of "who is the mayor of X", "where is X", "when was the attack"."""
        slots = dict(question.slots)
        thing, asked = slots.pop("subject"), question.asked
        answer = answer_of(asked)
        if thing.kind == "event":
            return self._of_event(question, thing, slots)
        if slots or (question.slot and (thing.kind != "name" or asked.kind not in ("where", "which"))):
            return []
        if asked.kind == "whose":
            return [*self._whose(asked, thing, answer)]
        if thing.kind == "noun":
            found = self.of_noun(thing, answer, question.times)
            if asked.kind == "when":
                found = [b for b in found if not any(p.predicate == "rel:position_held" for p in b.patterns)]
            return [picked(each, asked) for each in found]
        if thing.kind != "name":
            return []
        return [*self._of_name(question, thing, answer)]

    def _of_name(self, question: Question, thing: Thing, answer: str) -> Iterator[Branch]:
        asked, relations = question.asked, tuple[str, ...]()
        offices = tuple(e for e in thing.entities if e.type == "Position")
        if asked.kind in ("who", "which") and offices:
            yield from self.holders(offices, thing.words, answer, question.times)
            return
        if asked.kind in ("who", "what") and not question.slot:
            relations = _IS
        elif asked.kind == "where":
            relations = _FROM if question.slot == "from" else _WHERE
        elif asked.kind == "how" and asked.noun:
            relations = tuple(tables.table()["how"][asked.noun].split())
        if asked.kind in ("when", "where"):
            yield self._of_named_event(asked, thing, answer)
        for relation in relations:
            branch = self._linked(Branch(answer), Link(relation), thing, answer)
            if relation == "be":
                # "He was 56" is no answer to who he is.
                branch = branch.having(more=[f"FILTER(!isNumeric({answer}))"])
            yield self._at(picked(branch, asked), question.times)

    def _of_named_event(self, asked: Asked, thing: Thing, answer: str) -> Branch:
        """Read "when was the Great Fire": what has a name may have happened."""
        term, values = self.terms.of(thing.entities, thing.words)
        branch = with_values(Branch(answer), values)
        if asked.kind == "where":
            return picked(branch.having(Pattern(term, "sem:hasPlace", answer)), asked)
        begun = Pattern(term, "sem:hasBeginTimeStamp", answer, fact=False)
        ended = f"OPTIONAL {{ {term} sem:hasEndTimeStamp {ENDS} }}"
        return replace(branch.having(begun, more=[ended]), ends=ENDS)

    def _of_event(self, question: Question, thing: Thing, slots: dict[str, Thing]) -> list[Branch]:
        asked, answer = question.asked, answer_of(question.asked)
        merged = replace(thing, inner=(*thing.inner, *slots.items()))
        if question.slot:
            return self._of_part(question, merged, answer)
        itself = asked.kind in ("what", "which")
        event = answer if itself else "?event"
        found = [*self.events.described(merged, event, Branch(answer))]
        for period in question.times:
            found = [during(branch, event, period) for branch in found]
        return found if itself else [each for branch in found for each in self._told(asked, branch, answer)]

    def _told(self, asked: Asked, branch: Branch, answer: str) -> Iterator[Branch]:
        """Give when or where an event was, or how much it was."""
        if asked.kind == "when":
            ends = f"OPTIONAL {{ ?event sem:hasEndTimeStamp {ENDS} }}"
            begun = Pattern("?event", "sem:hasBeginTimeStamp", answer, fact=False)
            yield replace(branch.having(begun, more=[ends]), ends=ENDS)
        elif asked.kind == "where":
            yield branch.having(Pattern("?event", "sem:hasPlace", answer))
            yield branch.having(Pattern("?event", f"kg:{PLACE_ROLES[0]}", answer))
        elif asked.kind in ("how much", "how"):
            kind = branch.patterns[0].object.removeprefix("kg:")
            for role in tables.roles_of_kind(kind, AMOUNTS):
                yield branch.having(Pattern("?event", f"kg:{role}", answer))

    def _of_part(self, question: Question, thing: Thing, answer: str) -> list[Branch]:
        """Read "what was the protest about": the role of what would stand behind the preposition."""
        fills = [
            fill for f in tables.frames_of_noun(thing.noun) for fill in f.noun_slots.get(question.slot, ())
        ]
        roles = dict.fromkeys(fill.role for fill in fills)
        found = [*self.events.described(thing, "?event", Branch(answer))]
        for period in question.times:
            found = [during(branch, "?event", period) for branch in found]
        return [
            picked(b.having(Pattern("?event", f"kg:{role}", answer)), question.asked)
            for b in found
            for role in roles
        ]

    # What one is to another.

    def of_noun(self, thing: Thing, answer: str, times: Sequence[Period] = ()) -> list[Branch]:
        """Give the branches of who or what bears a noun: "daughter of X", "price of X", "mayor"."""
        owners = [inner for _, inner in thing.inner]
        if any(owner.kind not in ("name", "event") for owner in owners) or len(owners) > 1:
            return []
        meanings = tables.meanings_of_noun(thing.phrase) or tables.meanings_of_noun(thing.noun)
        found = [b for m in meanings for owner in owners for b in self._meant(m, owner, answer, times)]
        if tables.is_office(thing.noun) and not any(isinstance(m, Role) for m in meanings):
            found += self._office(thing, owners[0] if owners else None, answer, times)
        return found

    def _meant(
        self, meaning: Link | Role, owner: Thing, answer: str, times: Sequence[Period]
    ) -> Iterator[Branch]:
        if isinstance(meaning, Role):
            yield from self._role(meaning, owner, answer, times)
        elif owner.kind == "name":
            for way in tables.ways(meaning):
                yield self._at(self._linked(Branch(answer), way, owner, answer), times)

    def _linked(self, branch: Branch, link: Link, thing: Thing, answer: str) -> Branch:
        term, values = self.terms.of(thing.entities, thing.words)
        ends = (answer, term) if link.turned else (term, answer)
        return with_values(branch.having(Pattern(ends[0], f"rel:{link.relation}", ends[1])), values)

    def _at(self, branch: Branch, times: Sequence[Period]) -> Branch:
        return timed(branch, times) if times else branch

    def _role(self, role: Role, owner: Thing, answer: str, times: Sequence[Period]) -> Iterator[Branch]:
        event = Branch(answer, (of_kind("?event", role.event),))
        for period in times:
            event = during(event, "?event", period)
        if owner.kind == "event":
            if role.event in tables.classes_of_noun(owner.noun):
                for branch in self.events.described(owner, "?event", Branch(answer)):
                    yield branch.having(Pattern("?event", f"kg:{role.asked}", answer))
            return
        given = [role.given] if role.given else [r for r in tables.main_roles(role.event) if r != role.asked]
        for each in given:
            whole = self.events.filled(event, "?event", each, owner)
            yield whole.having(Pattern("?event", f"kg:{role.asked}", answer))

    def _office(
        self, thing: Thing, owner: Thing | None, answer: str, times: Sequence[Period]
    ) -> Iterator[Branch]:
        """Give who holds an office, by its words, of whom it is said or who is linked to that otherwise."""
        name = tables.table()["office"].get(thing.noun, thing.phrase)
        branch = Branch(answer)
        for relation in ("position_held", "former_position") if times else ("position_held",):
            held = self._at(branch.having(Pattern(answer, f"rel:{relation}", "?office")), times)
            held = held.having(Pattern("?office", "rdfs:label", "?label", fact=False))
            # A vice president is no president: the office begins with its name, but for whose it is.
            labels = sorted({entity.label.lower() for entity in owner.entities}) if owner else []
            before = "|".join(["^", "['’]s ", *(f"{re.escape(each)} " for each in labels)])
            begins = plain(rf"({before}){re.escape(name)}(\W|$)")
            held = held.having(more=[f'FILTER(REGEX(?label, {begins}, "i"))'])
            if owner is None:
                yield held
            elif owner.kind == "name":
                yield self._of_holder(held, owner, labels)

    def _of_holder(self, held: Branch, owner: Thing, labels: Sequence[str]) -> Branch:
        """Give a branch of whoever holds an office that is its owner's by name, or is linked to the owner."""
        within = " || ".join(f"CONTAINS(LCASE(?label), {plain(each)})" for each in labels)
        term, values = self.terms.of(owner.entities, owner.words)
        links = "|".join(f"rel:{name}" for name in tables.table()["holder"]["relations"].split())
        bare = '!REGEX(?label, " (of|for|at|in) ")'
        linked = f"({bare} && EXISTS {{ {held.answer} {links} {term} }})"
        return with_values(held.having(more=[f"FILTER({within} || {linked})"]), values)

    def holders(
        self, offices: Sequence[Entity], words: str, answer: str, times: Sequence[Period] = ()
    ) -> list[Branch]:
        """Give the branches of who holds some offices, or held them at a time."""
        term, values = self.terms.of(offices, words)
        found = []
        for relation in ("position_held", "former_position") if times else ("position_held",):
            branch = Branch(answer).having(Pattern(answer, f"rel:{relation}", term))
            found.append(with_values(self._at(branch, times), values))
        return found

    def _whose(self, asked: Asked, thing: Thing, answer: str) -> Iterator[Branch]:
        """Read "whose daughter is X": of whom X is one."""
        if thing.kind != "name":
            return
        for meaning in tables.meanings_of_noun(asked.noun):
            if isinstance(meaning, Link):
                for way in tables.ways(Link(meaning.relation, not meaning.turned)):
                    yield self._linked(Branch(answer), way, thing, answer)
            elif meaning.given:
                event = Branch(answer, (of_kind("?event", meaning.event),))
                whole = self.events.filled(event, "?event", meaning.asked, thing)
                yield whole.having(Pattern("?event", f"kg:{meaning.given}", answer))

    # What somebody has.

    def had(self, question: Question) -> list[Branch]:
        """Give the branches of "how many employees does X have", "which children does X have"."""
        slots, asked = dict(question.slots), question.asked
        if set(slots) != {"subject"} or not asked.noun:
            return []
        owner, answer = slots["subject"], answer_of(asked)
        thing = Thing("noun", asked.words, noun=asked.noun, phrase=asked.noun, inner=(("of", owner),))
        found = self.of_noun(thing, answer, question.times)
        relation = tables.table()["count"].get(asked.noun)
        if relation and asked.kind == "how many" and owner.kind == "name":
            found.insert(0, self._linked(Branch(NUMBER), Link(relation), owner, NUMBER))
        return found

    # What happened, and what there is.

    def happened(self, question: Question) -> list[Branch]:
        """Give the branches of "what happened in X in May 2019", "which attacks were there in X"."""
        asked, answer = question.asked, answer_of(question.asked)
        kinds = ["Event"]
        if asked.noun:
            kinds = [*tables.classes_of_noun(asked.noun)]
            if "Event" in (tables.classes_of_things(asked.noun) or ()):
                kinds = ["Event"]
            if not kinds:
                return self._there_is(question, answer)
        found = [Branch(answer, (of_kind(answer, kind),)) for kind in kinds]
        for period in question.times:
            found = [during(branch, answer, period) for branch in found]
        for preposition, thing in question.slots:
            found = [each for branch in found for each in self._took_part(branch, answer, preposition, thing)]
        return found

    def _took_part(self, branch: Branch, event: str, preposition: str, thing: Thing) -> Iterator[Branch]:
        if thing.kind != "name":
            return
        term, values = self.terms.of(thing.entities, thing.words)
        held = preposition in tables.words("place")
        if held and thing.types & PLACES:
            yield self.events.at(branch, event, thing)
            yield with_values(branch.having(Pattern(event, "kg:destination", term)), values)
        # What happened at a firm is what it took part in.
        if preposition in _TAKING_PART or (held and (preposition == "on" or not thing.types <= PLACES)):
            yield with_values(branch.having(Pattern(event, "?role", term)), values)

    def _there_is(self, question: Question, answer: str) -> list[Branch]:
        classes = tables.classes_of_things(question.asked.noun)
        if not classes or len(question.slots) != 1 or question.times:
            return []
        ((preposition, thing),) = question.slots
        if thing.kind != "name" or preposition not in tables.words("place"):
            return []
        links = [self._linked(Branch(answer), Link(name, True), thing, answer) for name in _WHERE]
        return [of_class(branch, classes) for branch in links]

    # Whether it is.

    def whether(self, question: Question) -> list[Branch]:
        """Give the branches of "is X the mayor of Y", "is X a company", "is X in Y"."""
        (_, first), *others = question.slots
        answer = answer_of(question.asked)
        if first.kind == "event":
            merged = replace(first, inner=(*first.inner, *others))
            found = [*self.events.described(merged, "?event", Branch(answer))]
            for period in question.times:
                found = [during(branch, "?event", period) for branch in found]
            return found
        if first.kind != "name" or len(others) != 1:
            return []
        ((slot, second),) = others
        term, values = self.terms.of(first.entities, first.words)
        if slot == "object":
            return [with_values(b, values) for b in self._is_it(term, second, answer, question.times)]
        if slot in tables.words("place") and second.kind == "name":
            ends = [self._linked(Branch(answer), Link(name, True), second, term) for name in _WHERE]
            return [with_values(branch, values) for branch in ends]
        return []

    def _is_it(self, term: str, second: Thing, answer: str, times: Sequence[Period]) -> Iterator[Branch]:
        if second.kind == "noun":
            for branch in self.of_noun(second, term, times):
                yield replace(branch, answer=answer)
        elif second.kind == "class" and (classes := tables.classes_of_things(second.noun)):
            yield replace(of_class(Branch(term), classes), answer=answer)
        elif second.kind == "name":
            other, values = self.terms.of(second.entities, second.words)
            ways = [*((term, relation, other) for relation in _IS[:3]), (other, "be", term)]
            for one, relation, two in ways:
                branch = Branch(answer).having(Pattern(one, f"rel:{relation}", two))
                yield with_values(self._at(branch, times), values)
        if second.kind in ("class", "unknown", "noun") and not second.inner:
            for relation in _IS[:3]:
                branch = Branch("?office").having(Pattern(term, f"rel:{relation}", "?office"))
                yield replace(called(branch, second.phrase or second.words), answer=answer)


def links_between(terms: Terms, first: Thing, second: Thing) -> list[Branch]:
    """Give the branches of what links two things: a relation either way, or by a third thing or event."""
    one, values = terms.of(first.entities, first.words)
    two, more = terms.of(second.entities, second.words)
    answer, both = "?what", (*values, *more)
    relation = "FILTER(STRSTARTS(STR(?what), STR(rel:)))"
    thing = "FILTER(isIRI(?what))"
    found = [
        Branch(answer, (Pattern(one, answer, two),), both, (relation,)),
        Branch(answer, (Pattern(two, answer, one),), both, (relation,)),
    ]
    said = "FILTER(?first != rdf:type && ?second != rdf:type)"
    ours = "FILTER(EXISTS { ?s1 rdf:predicate ?first } && EXISTS { ?s2 rdf:predicate ?second })"
    ways = (
        (Pattern(one, "?first", answer), Pattern(answer, "?second", two)),
        (Pattern(one, "?first", answer), Pattern(two, "?second", answer)),
        (Pattern(answer, "?first", one), Pattern(answer, "?second", two)),
        (Pattern(answer, "?first", one), Pattern(two, "?second", answer)),
    )
    return [*found, *(Branch(answer, way, both, (thing, said, ours)) for way in ways)]
