"""What keeps one thing from two roles of an event: nobody founds himself, or pays to himself.

Where a text seems to say so, two things were taken for one, or a role was given to the wrong one: neither
role is told.
"""

from __future__ import annotations

from collections.abc import Callable

from kg.extract.events.records import CHAINED, LEARNED, EventDraft, Role
from kg.extract.events.table import listed
from kg.extract.reading import MentionDraft

REFLEXIVE = ("self", "selves")


def part(kind: str, told: list[EventDraft], thing: Callable[[MentionDraft], object]) -> None:
    """Take from all that is told of an event what has two of its roles that exclude each other.

    What the rules tell stands against what was learned.
    """
    names = listed("opposite", kind)
    for spared in (True, False):
        held: dict[int, set[str]] = {}
        for role in (r for event in told for r in event.roles if _is_thing(r, names)):
            held.setdefault(id(thing(role.mention)), set()).add(role.name)
        twice = {key for key, roles in held.items() if len(roles) > 1}
        for event in told if twice else ():
            event.roles = [
                r
                for r in event.roles
                if not _is_thing(r, names)
                or id(thing(r.mention)) not in twice
                or (spared and r.slot.name != LEARNED)
            ]


def _is_thing(role: Role, names: frozenset[str]) -> bool:
    """Whether a thing has one of some roles, but for "himself"."""
    reflexive = role.mention.kind == "pronoun" and role.mention.head.lower_.endswith(REFLEXIVE)
    return role.name in names and role.mention.kind in CHAINED and not reflexive
