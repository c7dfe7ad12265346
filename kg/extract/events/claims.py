"""The roles of events, as claims about them."""

from __future__ import annotations

from collections.abc import Mapping

from kg.extract.claims import rules
from kg.extract.claims.confidence import Weights
from kg.extract.events.couples import children, of_marriage, parents
from kg.extract.events.holdings import holdings
from kg.extract.events.lasting import lasting, told_in
from kg.extract.events.officers import officers
from kg.extract.events.owning import owning
from kg.extract.events.records import LEARNED, PLACE, TIME, EventDraft, Role
from kg.extract.events.relating import relate
from kg.extract.events.serving import employers
from kg.extract.events.sureness import Sureness
from kg.extract.events.tenures import successors, tenures
from kg.extract.reading import ClaimDraft, MentionDraft, Reading

Qualifier = tuple[str, MentionDraft]
# The namespaces of what is said of events; other relations are in the words of the text.
ROLE, HAS_PLACE = "kg:", "sem:hasPlace"
# What gives claims that follow from events and from what clauses say, in their order.
FURTHER = (
    lasting,
    tenures,
    relate,
    successors,
    owning,
    holdings,
    employers,
    officers,
    children,
    of_marriage,
    parents,
)


def state(reading: Reading, tables: Mapping[str, Weights] | None = None) -> None:
    """Add a claim for each role of each event, what lasts after it, and what clauses say that lasts."""
    sure = Sureness(reading, tables)
    times = _times_in_words(reading)
    for event in reading.events:
        seen: set[tuple[str, int]] = set()
        for role in event.roles:
            if (role.name, id(role.mention)) not in seen and event.mention is not None:
                seen.add((role.name, id(role.mention)))
                claim = _claim(event, role, sure.of_role(event, role))
                claim.qualifiers += times.get(id(event.root()), ())
                reading.claims.append(claim)
    told = told_in(reading)
    for further in FURTHER:
        for claim in list(further(reading, told)):
            claim.confidence = sure.of_claim(claim)
            reading.claims.append(claim)


def _times_in_words(reading: Reading) -> dict[int, list[Qualifier]]:
    """Give the words for when something was, by its first mention, where nothing tells its day."""
    found: dict[int, list[Qualifier]] = {}
    dated = {id(e.root()) for e in reading.events if e.begins or e.ends}
    for event in reading.events:
        root = id(event.root())
        if event.undated is not None and root not in dated and root not in found:
            found[root] = [(TIME, event.undated)]
    return found


def _claim(event: EventDraft, role: Role, confidence: float) -> ClaimDraft:
    assert event.mention is not None
    standing = role.slot.standing
    return ClaimDraft(
        event.block,
        event.mention,
        relation_of(role),
        role.mention,
        (event.trigger,),
        rule_of(role),
        negated=standing.negated,
        modality=standing.modality,
        asserted=standing.asserted,
        attributed_to=standing.source,
        begins=event.begins,
        ends=event.ends,
        confidence=confidence,
    )


def relation_of(role: Role) -> str:
    """Give the relation of a role's triple."""
    return HAS_PLACE if role.name == PLACE else ROLE + role.name


def rule_of(role: Role) -> str:
    """Give the rule that a role's triple comes from."""
    return rules.EVENT_LEARNED.id if role.slot.name == LEARNED else rules.EVENT_ROLE.id
