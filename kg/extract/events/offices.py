"""The office that somebody takes or leaves where the text tells it elsewhere: by a title, or of another.

"The finance minister, Ada Lund, resigned"; "Lund was replaced by Tom Vane": it is the ministry that he gets.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from kg import relations as rel
from kg.extract.coref.cluster import CorefCluster
from kg.extract.events import vacancies
from kg.extract.events.filling import SUCCESSORS, is_post
from kg.extract.events.records import EventDraft, Role, Slot
from kg.extract.events.table import listed
from kg.extract.parse.repair import tree_of
from kg.extract.reading import ClaimDraft, MentionDraft, Reading

Thing = Callable[[MentionDraft], CorefCluster]

# Within how many words somebody's appointment is told again as a succession.
NEAR = 40
TAKING, LEAVING = "Appointment", "Departure"
# The frame of "left in March", and of "joined from".
LEFT = "Departure.left"
LEAVING_BODY = "Departure.leave"
JOINING = "Departure.from"
# Frames that tell of who was before, and that tell of an office only if it is known which.
SUCCEEDING = frozenset({"Appointment.succeed", "Appointment.replace"})
# … and those that say again that somebody left.
AGAIN = frozenset({"Departure.replaced", "Departure.succeeded"})
ONLY_OF_OFFICES = frozenset(
    {
        "Appointment.replace",
        "Departure.replaced",
        "Appointment.get",
        "Appointment.given",
        "Appointment.job",
        "Appointment.take_over_then",
        "Appointment.take_charge_then",
        "Appointment.take_office",
        "Appointment.take_job",
        "Appointment.in_place",
        "Departure.left",
        "Departure.leave_office",
    }
)
# Frames of what goes to somebody; of who "took over", of which what he took over stands before.
GOING = frozenset({"Appointment.get", "Appointment.given", "Appointment.job"})
THEN = frozenset({"Appointment.take_over_then", "Appointment.take_charge_then", "Appointment.in_place"})
# Frames of who gets what the text calls him by.
OF_WHO_IS = frozenset(
    {"Appointment.appoint", "Appointment.take_over", "Appointment.take_office", "Appointment.take_job"}
)
# How those who hold an office one after the other stand to each other.
SEQUENCE = frozenset({rel.PREDECESSOR_OF, rel.SUCCESSOR_OF})


class Offices:
    """Who holds which post in a document, and the events that name none completed with it."""

    def __init__(self, reading: Reading, thing: Thing) -> None:
        self.reading, self.thing = reading, thing
        self._held: dict[int, list[ClaimDraft]] = {}
        # What somebody is called by who may retire from it, and is put in no such post: "a nurse".
        self._trades: dict[int, list[ClaimDraft]] = {}
        self._taken: list[EventDraft] = []
        self._for: dict[tuple[int, tuple[int, int]], list[MentionDraft]] = {}
        # Whose predecessor or successor somebody is.
        self._beside: dict[int, MentionDraft] = {}
        for claim in reading.claims:
            if not claim.asserted or claim.negated or claim.object is None:
                continue
            if claim.relation == rel.POSITION_HELD:
                kind = self._held if is_post(claim.object) else self._trades
                kind.setdefault(id(thing(claim.subject)), []).append(claim)
            elif claim.relation == rel.EMPLOYER and claim.object.type == "Organization":
                key = id(thing(claim.subject)), _sentence(claim)
                self._for.setdefault(key, []).append(claim.object)
            elif claim.relation in SEQUENCE:
                self._beside.setdefault(id(thing(claim.subject)), claim.object)

    def _comes_later(self, claim: ClaimDraft, event: EventDraft) -> bool:
        """Whether somebody was told to be appointed to an office, but not before what an event tells of."""
        office = _called(claim.object)
        for taken in self._taken:
            same = any(_called(r.mention) == office for r in taken.filling("office"))
            if same and any(
                self.thing(r.mention) is self.thing(claim.subject) for r in taken.filling("person")
            ):
                before = (
                    taken.begins is not None and event.begins is not None and taken.begins <= event.begins
                )
                return taken is not event and not before
        return False

    def complete(self, events: list[EventDraft]) -> None:
        """Give each appointment and departure that names no office the one that the text tells of."""
        self._taken = [e for e in events if e.event == TAKING and e.filling("office")]
        for n, event in enumerate(events):
            if event.event == LEAVING:
                self._leave(event, events[:n], events)
        for event in events:
            if event.event == TAKING:
                self._take(event, events)
        for event in events:
            if event.event in (TAKING, LEAVING):
                self._of_the_other(event, events)
        self._leave_out_left(events)
        for event in events:
            if _lacks_post(event) or self._leaves_school(event):
                event.event, event.roles = "", []

    def _leaves_school(self, event: EventDraft) -> bool:
        """Whether somebody who is told to do nothing there leaves a school: a student, and no employee."""
        if not event.frames or event.frames[0].id != LEAVING_BODY:
            return False
        bodies = [r.mention for r in event.filling("organization")]
        if not any({t.lower_ for t in m.span} & listed("words", "schools") for m in bodies):
            return False
        people = {id(self.thing(r.mention)) for r in event.filling("person")}
        working = {*self._held, *self._trades, *(person for person, _ in self._for)}
        return people.isdisjoint(working)

    def _leave_out_left(self, events: list[EventDraft]) -> None:
        """Give nobody a post in the body that he "joined from" in the same sentence."""
        joined = _without_days([e for e in events if e.event == LEAVING and e.frames[0].id == JOINING])
        for event in events if joined else ():
            if event.event != TAKING:
                continue
            near = [e for e in joined if e.trigger.sent == event.trigger.sent]
            left = {
                k
                for e in near
                if self._things(e, "person") & self._things(event, "person")
                for k in self._things(e, "organization")
            }
            event.roles = [
                r for r in event.roles if r.name != "organization" or id(self.thing(r.mention)) not in left
            ]

    def _things(self, event: EventDraft, role: str) -> set[int]:
        """Give what fills a role of an event."""
        return {id(self.thing(r.mention)) for r in event.filling(role)}

    def _leave(self, event: EventDraft, before: list[EventDraft], events: list[EventDraft]) -> None:
        """ "The finance minister, Ada Lund, resigned": by the title; of one who has one post, by that."""
        for person in _without_office(event):
            told = self._left(person.mention, event, before) if event.frames[0].id in AGAIN else []
            event.roles += [Role(r.name, r.mention, person.slot, exact=True) for r in told]
            around = [] if told else vacancies.around(self.reading, event, events)
            vacancies.fill(event, person, around)
            if not told and not around:
                self._give(event, person, self._post_of(person.mention, event))
            retires = event.trigger.lemma_.lower() == "retire"
            if retires and not event.filling("office", "organization"):
                self._give(event, person, self._trade_of(person.mention, event))
            if not event.filling("office", "organization"):
                leading = event.frames[0].id != LEFT and not retires
                worked = vacancies.employed(self.reading, event, events, person, self.thing, leading=leading)
                vacancies.fill(event, person, worked)

    def _of_the_other(self, event: EventDraft, events: list[EventDraft]) -> None:
        """Give who left or came the office of whom he was before or behind: "her predecessor resigned"."""
        for person in _without_office(event):
            other = self._beside.get(id(self.thing(person.mention)))
            if (
                event.frames[0].id in AGAIN
            ):  # "Moe succeeded Ek as dean": it is told of her with the same verb
                told = [e for e in events if e.event == TAKING and e.trigger is event.trigger]
            else:
                told = [] if other is None else self._takings(other, event)
            roles = [r for e in told[-1:] for r in e.filling("office", "organization")]
            event.roles += [Role(r.name, r.mention, person.slot, exact=True) for r in roles]
            if other is not None and not roles:
                held = self._held.get(id(self.thing(other)), [])
                lately = [c for c in held if self._is_lately(c, event)]
                self._give(event, person, _one(lately) or _one(held))

    def _takings(self, person: MentionDraft, event: EventDraft) -> list[EventDraft]:
        """Give the events by which somebody got an office, told no later than in an event's sentence."""
        whose, end = self.thing(person), (event.block.index, event.trigger.sent.end)
        return [
            e
            for e in self._taken
            if e.place < end and any(self.thing(r.mention) is whose for r in e.filling("person"))
        ]

    def _take(self, event: EventDraft, events: list[EventDraft]) -> None:
        before, frame = self._before(event), event.frames[0].id
        open_to = frame in GOING | THEN or _is_as_successor(event)
        event.roles = [r for r in event.roles if r.name != "office" or self._may_take(r, event)]
        for person in _without_office(event):
            if before is not None:
                self._take_from(before, person, event, events)
            elif open_to:
                left = self._open(event, events)
                event.roles += [Role(r.name, r.mention, person.slot, exact=True) for r in left]
            elif frame in OF_WHO_IS:
                self._give(event, person, self._post_of(person.mention, event))

    def _may_take(self, office: Role, event: EventDraft) -> bool:
        """Whether an office is said by a noun of its own, and is none that who takes it had before.

        "He joined from Vero, where he had been head of sales, and replaced Ida Moe."
        """
        if _is_as_successor(event) or (event.frames[0].id in GOING and _is_bare(office.mention)):
            return False
        at = office.mention.block.index, office.mention.head.i
        held = [c for r in event.filling("person") for c in self._held.get(id(self.thing(r.mention)), [])]
        told = [c for c in held if c.object is not None and (c.block.index, c.object.head.i) == at]
        return not any(_was_before(c) for c in told)

    def _take_from(self, before: Slot, person: Role, event: EventDraft, events: list[EventDraft]) -> None:
        """Give who comes after another what that one left, or had."""
        left = self._left(before.mention, event, events) or self._open(event, events)
        if left:
            event.roles += [Role(r.name, r.mention, person.slot, exact=True) for r in left]
            event.roles += self._appointed_to(person, event, events)
            return
        post = self._post_of(before.mention, event)
        got = self._appointed_to(person, event, events) if post is None else []
        event.roles += got
        if not got:
            self._give(event, person, post or self._own_lately(person.mention, event))

    def _before(self, event: EventDraft) -> Slot | None:
        """Give who was in the office before: whom one succeeds, or whose office one gets."""
        if event.frames[0].id == "Appointment.get":
            return next((s for s in event.slots if s.name == "holder"), None)
        if event.frames[0].id not in SUCCEEDING:
            return None
        return next((s for s in event.slots if s.name == "object"), None)

    def _left(self, person: MentionDraft, event: EventDraft, events: Iterable[EventDraft]) -> list[Role]:
        """Give the office and organization that the text says somebody left."""
        whose = self.thing(person)
        for other in events:
            if other.event == LEAVING and other.trigger is not event.trigger:
                leavers = (self.thing(r.mention) for r in other.filling("person"))
                if any(t is whose for t in leavers) and (roles := other.filling("office", "organization")):
                    return roles
        return []

    def _open(self, event: EventDraft, events: Iterable[EventDraft]) -> list[Role]:
        """Give the office left last before it goes to another: "Pal was sacked. His post goes to Ann Lee".

        Who "took over" has what was left in the sentence before, or in his own.
        """
        frame, place = event.frames[0].id, event.place
        after = _is_as_successor(event)
        if (frame not in GOING | THEN and not after) or (not after and _is_of_some_post(event)):
            return []
        left = [e for e in events if e.event == LEAVING and e.place < place]
        if frame in THEN or after:
            left = [e for e in left if e.block is event.block and vacancies.is_near(e.trigger.i, event)]
        return left[-1].filling("office", "organization") if left else []

    def _appointed_to(self, person: Role, event: EventDraft, events: list[EventDraft]) -> list[Role]:
        """Give what a successor was told to get right before: "Moe was promoted to dean. He succeeds"."""
        if event.filling("office"):
            return []
        for other in events:
            near = other.block is event.block and 0 < event.trigger.i - other.trigger.i < NEAR
            if near and other.event == TAKING and other.filling("office"):
                if any(self.thing(r.mention) is self.thing(person.mention) for r in other.filling("person")):
                    return [Role(r.name, r.mention, person.slot, exact=True) for r in other.filling("office")]
        return []

    def _own_lately(self, person: MentionDraft, event: EventDraft) -> ClaimDraft | None:
        """Give the post that a successor has: "She was director of the fair. She succeeded Otto Klein".

        Farther up it is the one post that the text gives her by then.
        """
        if event.frames[0].id not in SUCCEEDING:
            return None
        told = [c for c in self._held.get(id(self.thing(person)), []) if not _was_before(c)]
        before = [c for c in told if _sentence(c) <= (event.block.index, event.trigger.sent.start)]
        return _one([c for c in told if self._is_lately(c, event)]) or _one(before)

    def _post_of(self, person: MentionDraft, event: EventDraft) -> ClaimDraft | None:
        """Give the post that somebody is called by in the event's sentence, or the one post he has at all."""
        held = [c for c in self._held.get(id(self.thing(person)), []) if not self._comes_later(c, event)]
        here = [c for c in held if _sentence(c) == (event.block.index, event.trigger.sent.start)]
        if len(here) == 1:
            return here[0]
        begun = [c for c in held if _begins_before(c, event)]
        told = [c for c in begun if self._is_lately(c, event)]
        return _one(begun) or _one([c for c in begun if _ends_with(c, event)]) or _one(told)

    def _trade_of(self, person: MentionDraft, event: EventDraft) -> ClaimDraft | None:
        """Give what somebody is called by in the sentence in which he retires: "Moe, a nurse, retired"."""
        if any(s.name in ("to", "from") for s in event.slots):
            return None  # "the singer retired to Spain", "the medallist retired from the game"
        held = self._trades.get(id(self.thing(person)), [])
        return _one([c for c in held if _sentence(c) == (event.block.index, event.trigger.sent.start)])

    @staticmethod
    def _is_lately(claim: ClaimDraft, event: EventDraft) -> bool:
        """Whether an office is told in the sentence before an event, or in its own."""
        before = event.block.with_sentence_before(event.trigger).start
        return _sentence(claim) in ((event.block.index, i) for i in (event.trigger.sent.start, before))

    def _give(self, event: EventDraft, person: Role, claim: ClaimDraft | None) -> None:
        if claim is None or claim.object is None:
            return
        event.roles.append(Role("office", claim.object, person.slot, exact=True))
        if not event.filling("organization"):
            key = id(self.thing(claim.subject)), _sentence(claim)
            for body in self._for.get(key, [])[:1]:
                event.roles.append(Role("organization", body, person.slot, exact=True))


def _without_days(joined: list[EventDraft]) -> list[EventDraft]:
    """Take its day from what somebody left to come here: when he came is not when he left there."""
    for event in joined:
        event.begins = event.ends = None
    return joined


def _called(office: MentionDraft | None) -> str:
    return "" if office is None else (office.label or office.span.text).lower()


def _was_before(claim: ClaimDraft) -> bool:
    """Whether an office was held before what is told of: "she joined from Vero, where she had been dean"."""
    tree = tree_of(claim.block)
    return any(tree.lower[k] in ("had", "'d", "’d") for t in claim.words for k in tree.of(t.i, "aux"))


def _begins_before(claim: ClaimDraft, event: EventDraft) -> bool:
    return claim.begins is None or event.begins is None or claim.begins <= event.begins


def _ends_with(claim: ClaimDraft, event: EventDraft) -> bool:
    """Whether an office was held up to the time of an event: "until 1992 … in 1992 she was succeeded"."""
    if claim.ends is None or event.begins is None or event.ends is None:
        return False
    return event.begins <= claim.ends <= event.ends


def _one(claims: list[ClaimDraft]) -> ClaimDraft | None:
    """Give the office that some claims tell of, if it is one by its name."""
    labels = {_called(c.object) for c in claims}
    return claims[0] if len(labels) == 1 else None


def _without_office(event: EventDraft) -> list[Role]:
    """Give who takes or leaves what is not told, if it is one alone."""
    people = event.filling("person")
    return [] if len(people) != 1 or event.filling("office", "organization") else people


def _lacks_post(event: EventDraft) -> bool:
    """Whether it is not known what somebody got or left where the verb tells of it only with that."""
    frame = event.frames[0].id if event.frames else ""
    needed = ("office", "organization") if frame == LEFT or frame in GOING | THEN else ("office",)
    return frame in ONLY_OF_OFFICES and not event.filling(*needed)


def _is_as_successor(event: EventDraft) -> bool:
    """Whether somebody is made what another was: "was sworn in as his successor"."""
    return any(s.name == "as" and s.mention.head.lemma_.lower() in SUCCESSORS for s in event.slots)


def _is_of_some_post(event: EventDraft) -> bool:
    """Whether what somebody gets is any post, and none that was told of: "gave him a job"."""
    posts = [s.mention for s in event.slots if s.name in ("subject", "object", "as")]
    return any(tree_of(m.block).lower[m.span.start] in ("a", "an", "another") for m in posts)


def _is_bare(office: MentionDraft) -> bool:
    """Whether a noun only stands for an office told before: "the post"."""
    return tree_of(office.block).lemma[office.head.i] in listed("words", "any_office")


def _sentence(claim: ClaimDraft) -> tuple[int, int]:
    where = claim.object or claim.subject
    return where.block.index, int(where.head.sent.start)
