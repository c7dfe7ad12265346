"""For which party somebody is elected, told elsewhere in the text: "Moe, the Labour candidate, won"."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from kg import relations as rel
from kg.extract.claims import rules
from kg.extract.claims.nominal.offices import is_movement, is_party
from kg.extract.coref.cluster import CorefCluster
from kg.extract.events.records import EventDraft, Role
from kg.extract.events.table import listed
from kg.extract.parse.repair import tree_of
from kg.extract.reading import ClaimDraft, MentionDraft, Reading

Thing = Callable[[MentionDraft], CorefCluster]

# Where whoever had less of the vote stands; of a share of votes, what elects somebody.
RIVAL = "rival"
HALF, WHOLE = 50, 100
# What names a party whatever it is called.
SURE = frozenset({rules.CANDIDATE_OF.id, rules.BRACKET_PARTY.id})


def complete(reading: Reading, thing: Thing, events: list[EventDraft]) -> None:
    """Give each election the one party that the text says who was elected belongs to."""
    for event in events:
        _drop_nameless(event, thing)
    elections = [e for e in events if e.event == "Election" and not e.filling("party")]
    if not elections:
        return
    parties = _parties(reading, thing, voted=any(e.filling("voteShare") for e in elections))
    for event in elections:
        for role in event.filling("elected")[:1]:
            if (party := _party_of(role, thing, parties)) is not None:
                event.roles.append(Role("party", party, role.slot, exact=True))


def _parties(reading: Reading, thing: Thing, *, voted: bool) -> dict[int, list[MentionDraft]]:
    """Give the parties that the text tells of somebody, or that he stands for."""
    parties: dict[int, list[MentionDraft]] = {}
    for claim in reading.claims:
        told = list(_stood_for(reading, claim, voted))
        if claim.relation == rel.MEMBER_OF and claim.asserted and (party := _party(claim, voted)) is not None:
            told.append(party)
        if told:
            parties.setdefault(id(thing(claim.subject)), []).extend(told)
    return parties


def _party_of(role: Role, thing: Thing, parties: dict[int, list[MentionDraft]]) -> MentionDraft | None:
    """Give the party of who is elected: the one that the text tells of him, or the party itself."""
    if role.mention.type in ("Organization", "Group") and is_party(role.mention.label):
        return role.mention
    found = parties.get(id(thing(role.mention)), [])
    return found[0] if len({id(thing(m)) for m in found}) == 1 else None


def stands_alone(event: EventDraft) -> bool:
    """Make what a party got a result of its own, where nobody is told to be elected by it.

    So is what a person got for a party; who had more than half, or more than his rival, was elected.
    """
    if event.event != "Election" or not event.filling("voteShare") or not event.filling("elected"):
        return False
    if has_won(event):
        return True
    parties = [r for r in event.filling("elected") if r.mention.type in ("Organization", "Group")]
    if parties:
        event.roles = [r for r in event.roles if r.name != "party"]
        for role in parties:
            role.name = "party"
        return True
    event.roles = [r for r in event.roles if r.name != "elected"]
    return bool(event.filling("party"))


def has_won(event: EventDraft) -> bool:
    """Whether somebody had more than his rival, or more than half of the vote."""
    behind = any(r.slot.name == RIVAL for r in event.filling("defeated"))
    return behind or any(_is_majority(r) for r in event.filling("voteShare"))


def _is_majority(share: Role) -> bool:
    value = share.mention.value
    return value is not None and value.unit == "%" and HALF < float(value.lexical) <= WHOLE


def _drop_nameless(event: EventDraft, thing: Thing) -> None:
    """Leave out what has no name and so is no party: "held the seat for his family"."""
    if event.event == "Election":
        event.roles = [r for r in event.roles if r.name != "party" or thing(r.mention).named]


def _stood_for(reading: Reading, claim: ClaimDraft, voted: bool) -> Iterator[MentionDraft]:
    """Give the party that somebody stands or governs for: "who has run the city for the Labour Party"."""
    tree, block = tree_of(claim.block), claim.block
    if claim.rule in rules.CLAUSES and claim.asserted and claim.subject.type == "Person":
        verbs = [t.i for t in claim.words if tree.lemma[t.i] in listed("words", "standing")]
        tops = [top for verb in verbs for top in (verb, *tree.of(verb, "dobj"))]
        told = (reading.at(block, block.doc[o]) for top in tops for o in tree.under(top, "for"))
        yield from (m for m in told if m is not None and m.kind == "name" and _is_party(m, voted))


def _is_party(named: MentionDraft, voted: bool) -> bool:
    label = named.label or named.span.text
    return is_party(label) or (voted and is_movement(label))


def _party(claim: ClaimDraft, voted: bool) -> MentionDraft | None:
    """Give the party that somebody is told to be of: where votes are told of, a front or union may be one."""
    party = claim.object
    if party is None or party.type not in ("Organization", "Group"):
        return None
    return party if claim.rule in SURE or _is_party(party, voted) else None
