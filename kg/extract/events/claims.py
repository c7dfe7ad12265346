"""The roles of events, as claims about them."""

from __future__ import annotations

from kg.extract.claims import rules
from kg.extract.events.couples import children, parents
from kg.extract.events.lasting import lasting, told_in
from kg.extract.events.linking import PLACE
from kg.extract.events.records import EventDraft, Role
from kg.extract.events.relating import relate
from kg.extract.reading import ClaimDraft, Reading

# The namespaces of what is said of events; other relations are in the words of the text.
ROLE, HAS_PLACE = "kg:", "sem:hasPlace"


def state(reading: Reading) -> None:
    """Add a claim for each role of each event, what lasts after it, and what clauses say that lasts."""
    for event in reading.events:
        seen: set[tuple[str, int]] = set()
        for role in event.roles:
            if (role.name, id(role.mention)) not in seen and event.mention is not None:
                seen.add((role.name, id(role.mention)))
                reading.claims.append(_claim(event, role))
    told = told_in(reading)
    reading.claims += list(lasting(reading, told))
    reading.claims += list(relate(reading, told))
    reading.claims += list(children(reading, told))
    reading.claims += list(parents(reading, told))


def _claim(event: EventDraft, role: Role) -> ClaimDraft:
    assert event.mention is not None
    standing = role.slot.standing
    return ClaimDraft(
        event.block,
        event.mention,
        HAS_PLACE if role.name == PLACE else ROLE + role.name,
        role.mention,
        (event.trigger,),
        rules.EVENT_ROLE.id,
        negated=standing.negated,
        modality=standing.modality,
        asserted=standing.asserted,
        attributed_to=standing.source,
        begins=event.begins,
        ends=event.ends,
        confidence=role.confidence(),
    )
