"""What somebody reports of an event that the text itself tells: where it was, and of what somebody died."""

from __future__ import annotations

from typing import Protocol

from kg.extract.events.records import PLACE, TIME, EventDraft, Role, Standing
from kg.extract.events.table import listed
from kg.extract.lexicon.sets import VERBS
from kg.extract.parse.repair import tree_of

# What a text takes over from whoever reports it, if nothing else is told: no one's guilt.
CIRCUMSTANCES = {"Death": ("place", "cause"), "Killing": ("place",), "Attack": ("place",)}
CIRCUMSTANCES |= {"Disaster": ("place", "cause"), "Injury": ("place",), "Arrest": ("place",)}
# How many governors lie between a verb and the one that reports it.
DEPTH = 6


class Linking(Protocol):
    """What the linker of a document's events gives here."""

    events: list[EventDraft]
    members: dict[int, list[EventDraft]]


def take_over(linking: Linking) -> None:
    """Let stand as so what is reported of where an event was that the text itself tells elsewhere.

    "Ida Holm has died. Her daughter said that she died at her home in Ulm after a short illness."
    """
    for event in linking.events:
        group = linking.members.get(id(event), ())
        for name in (*CIRCUMSTANCES[event.event], TIME) if event.event in CIRCUMSTANCES else ():
            told = [(e, r) for e in group for r in _filling(e, name)]
            others = [r for e in group for r in e.roles if r.name != name and r.slot.standing.asserted]
            if others and not any(r.slot.standing.asserted for _, r in told):
                _settle([r for e, r in told if _is_reported(e, r)])


def _filling(event: EventDraft, name: str) -> list[Role]:
    """Give what fills a role; in that of the time the days that are told of an event."""
    if name != TIME:
        return event.filling(name)
    return [Role(TIME, s.mention, s) for s in event.slots if s.mention.kind == "time"]


def _settle(roles: list[Role]) -> None:
    for role in roles:
        if role.name == PLACE or role.mention.type not in ("Person", "Group", "Organization", "GPE"):
            role.slot.standing = Standing()


def _is_reported(event: EventDraft, role: Role) -> bool:
    """Whether a role is what somebody plainly says, and no claim that others may dispute."""
    stands = role.slot.standing
    if stands.modality != "Reported" or stands.negated:
        return False
    claim = role.slot.claim
    block, i = event.block, event.trigger.i
    if claim is not None and claim.words:
        block, i = claim.block, claim.words[-1].i
    tree = tree_of(block)
    for _ in range(DEPTH):
        i = tree.head[i]
        if tree.pos[i] in VERBS and tree.lemma[i] in listed("words", "telling"):
            return True
        if tree.lemma[i] in ("claim", "allege", "suggest", "insist", "believe", "deny", "think", "suspect"):
            return False
    return False
