"""For which party somebody is elected, told elsewhere in the text: "Moe, the Labour candidate, won"."""

from __future__ import annotations

from collections.abc import Callable

from kg import relations as rel
from kg.extract.claims import rules
from kg.extract.claims.nominal.offices import is_party
from kg.extract.coref.cluster import CorefCluster
from kg.extract.events.records import EventDraft, Role
from kg.extract.reading import ClaimDraft, MentionDraft, Reading

Thing = Callable[[MentionDraft], CorefCluster]

# What names a party whatever it is called.
SURE = frozenset({rules.CANDIDATE_OF.id, rules.BRACKET_PARTY.id})


def complete(reading: Reading, thing: Thing, events: list[EventDraft]) -> None:
    """Give each election the one party that the text says who was elected belongs to."""
    for event in events:
        _drop_nameless(event, thing)
    elections = [e for e in events if e.event == "Election" and not e.filling("party")]
    if not elections:
        return
    parties: dict[int, list[MentionDraft]] = {}
    for claim in reading.claims:
        if claim.relation == rel.MEMBER_OF and claim.asserted and (party := _party(claim)) is not None:
            parties.setdefault(id(thing(claim.subject)), []).append(party)
    for event in elections:
        for role in event.filling("elected")[:1]:
            if (party := _party_of(role, thing, parties)) is not None:
                event.roles.append(Role("party", party, role.slot, exact=True))


def _party_of(role: Role, thing: Thing, parties: dict[int, list[MentionDraft]]) -> MentionDraft | None:
    """Give the party of who is elected: the one that the text tells of him, or the party itself."""
    if role.mention.type in ("Organization", "Group") and is_party(role.mention.label):
        return role.mention
    found = parties.get(id(thing(role.mention)), [])
    return found[0] if len({id(thing(m)) for m in found}) == 1 else None


def stands_alone(event: EventDraft) -> bool:
    """Make what a party got a result of its own, where nobody is told to be elected by it."""
    parties = [r for r in event.filling("elected") if r.mention.type in ("Organization", "Group")]
    if event.event != "Election" or not parties or not event.filling("voteShare"):
        return False
    event.roles = [r for r in event.roles if r.name != "party"]
    for role in parties:
        role.name = "party"
    return True


def _drop_nameless(event: EventDraft, thing: Thing) -> None:
    """Leave out what has no name and so is no party: "held the seat for his family"."""
    if event.event == "Election":
        event.roles = [r for r in event.roles if r.name != "party" or thing(r.mention).named]


def _party(claim: ClaimDraft) -> MentionDraft | None:
    party = claim.object
    if party is None or party.type not in ("Organization", "Group"):
        return None
    return party if claim.rule in SURE or is_party(party.label or party.span.text) else None
