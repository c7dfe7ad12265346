"""Who did a deed, as a verdict tells it, and which deed it is that somebody was found guilty of."""

from __future__ import annotations

from typing import Protocol

from kg.extract.events.records import LEARNED, EventDraft, Role, Standing
from kg.extract.events.trials import DOERS, GUILTY, asserted, is_of
from kg.extract.reading import MentionDraft

# What somebody may be held for who did nothing.
HELD = frozenset({"Charge", "Arrest", "Acquittal"})
VICTIMS = ("deceased", "target", "injured")
# Classes of deeds of which the learned reader may tell who did them.
BLAMED = frozenset({*DOERS, "Death"})


class Linking(Protocol):
    """What the linker of a document's events gives here."""

    events: list[EventDraft]

    def thing(self, mention: MentionDraft) -> object:
        """Give what a mention stands for."""

    def all_roles(self, event: EventDraft, *names: str) -> list[Role]:
        """Give what fills roles of an event in all of its mentions."""

    def merge(self, first: EventDraft, second: EventDraft) -> None:
        """Make two events one."""


def tell(linking: Linking) -> None:
    """Let those who were found guilty of a deed have done it: who is jailed for the murder of X killed X.

    Nothing is held against whom the text says to be cleared, or who is no more than charged.
    """
    cleared = [r for e in linking.events if e.event == "Acquittal" for r in asserted(e, "defendant")]
    deeds = [e for e in linking.events if e.event in DOERS]
    _leave_open(linking)
    _spare_held(linking)
    for verdict in [e for e in linking.events if e.event in GUILTY]:
        guilty = asserted(verdict, "defendant")
        if guilty and not _any_cleared(guilty, cleared):
            for deed in _of_charge(verdict, deeds):
                _hold(linking, deed, guilty)


def _leave_open(linking: Linking) -> None:
    """Take from a deed who, as far as is told, is only held for it."""
    held = [e for e in linking.events if e.event in HELD]
    deeds = [e for e in linking.events if e.event in BLAMED]
    for deed in [d for event in held for d in _of_charge(event, deeds)]:
        deed.roles = [r for r in deed.roles if r.name not in DOERS.values() or r.slot.name != LEARNED]


def _spare_held(linking: Linking) -> None:
    """Take from deeds who was arrested or charged, and not found guilty, where the reader alone says so."""
    held = [r for e in linking.events if e.event in HELD for r in e.filling("defendant", "arrested")]
    guilty = [r for e in linking.events if e.event in GUILTY for r in asserted(e, "defendant")]
    spared = _things(linking, held) - _things(linking, guilty)
    for deed in [e for e in linking.events if spared and e.event in BLAMED]:
        deed.roles = [
            r
            for r in deed.roles
            if r.name not in DOERS.values()
            or r.slot.name != LEARNED
            or id(linking.thing(r.mention)) not in spared
        ]


def join_deeds(linking: Linking) -> None:
    """Make the "murder" that somebody is found guilty of the one killing that the text tells of him."""
    killings = [e for e in linking.events if e.root().event == "Killing"]
    for deed in [e for e in killings if e.of_noun and e.same is None]:
        if linking.all_roles(deed, "deceased", "deathToll"):
            continue
        doers = _things(linking, linking.all_roles(deed, "killer"))
        others = {id(e.root()): e.root() for e in killings if linking.all_roles(e, "deceased")}
        found = [e for e in others.values() if doers & _things(linking, linking.all_roles(e, "killer"))]
        if len(found) == 1 and found[0] is not deed:
            linking.merge(found[0], deed)


def _of_charge(event: EventDraft, deeds: list[EventDraft]) -> list[EventDraft]:
    """Give the deeds that a charge is of."""
    charges = [r.mention for r in event.filling("charge")]
    return [d for d in deeds if any(is_of(charge, d) for charge in charges)]


def _hold(linking: Linking, deed: EventDraft, guilty: list[Role]) -> None:
    """Let somebody have done a deed; who did it is nobody to whom it was done."""
    name, things = DOERS[deed.event], _things(linking, guilty)
    for slot in [s for s in deed.slots if not s.standing.negated]:
        slot.standing = Standing()
    deed.roles = [
        r
        for r in deed.roles
        if not (r.name in VICTIMS and id(linking.thing(r.mention)) in things)
        and not (r.name == name and r.slot.name == LEARNED)
    ]
    if not deed.filling(name):
        deed.roles += [Role(name, r.mention, r.slot, exact=True) for r in guilty]


def _things(linking: Linking, roles: list[Role]) -> set[int]:
    return {id(linking.thing(r.mention)) for r in roles}


def _any_cleared(guilty: list[Role], cleared: list[Role]) -> bool:
    return any(_is_one(a.mention, b.mention) for a in guilty for b in cleared)


def _is_one(a: MentionDraft, b: MentionDraft) -> bool:
    return a is b or a.span.text == b.span.text
