"""Which office somebody left that the clause around it tells: "took over as coach when Karl Berg left".

"The post of mayor became vacant when Karl Berg resigned": who resigned had the post that was vacant then.
"""

from __future__ import annotations

from collections.abc import Iterable

from kg.extract.events.filling import succession
from kg.extract.events.records import EventDraft, Role
from kg.extract.events.table import listed
from kg.extract.mentions import nominals
from kg.extract.parse.repair import tree_of
from kg.extract.reading import MentionDraft, Reading

TAKING = "Appointment"


def around(
    reading: Reading, event: EventDraft, events: Iterable[EventDraft]
) -> list[tuple[str, MentionDraft]]:
    """Give the office and body that who left had, each as a role's name and what fills it."""
    above = succession(event)
    if above is None:
        return []
    for other in events:
        if other.event == TAKING and other.block is event.block and other.trigger.i == above:
            if all(r.slot.standing.asserted for r in other.filling("person")):
                return [(r.name, r.mention) for r in other.filling("office", "organization")]
    return [("office", m) for m in _vacated(reading, event, above)]


def _vacated(reading: Reading, event: EventDraft, verb: int) -> list[MentionDraft]:
    """Give the office of the post that became vacant by what an event tells of."""
    tree, block = tree_of(event.block), event.block
    if not any(tree.lower[k] in listed("words", "vacant") for k in tree.of(verb, "acomp", "oprd", "advmod")):
        return []
    for post in tree.of(verb, "nsubj"):
        of = [o for p in tree.of(post, "prep") if tree.lower[p] == "of" for o in tree.of(p, "pobj")]
        if tree.lemma[post] in listed("words", "any_office"):
            return [reading.argument(block, block.doc[o], nominals.create_mention) for o in of[:1]]
    return []


def fill(event: EventDraft, person: Role, told: list[tuple[str, MentionDraft]]) -> None:
    """Give an event what is told around it."""
    event.roles += [Role(name, mention, person.slot, exact=True) for name, mention in told]
