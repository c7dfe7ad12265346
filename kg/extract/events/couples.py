"""Whose children they are who had them: "She married Jan Moe in 1961. They had two sons, Max and Tom"."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract.claims import rules
from kg.extract.events.lasting import Key, is_new
from kg.extract.events.records import EventDraft
from kg.extract.reading import ClaimDraft, MentionDraft, Reading

# How many characters may lie between a marriage and what "they" had.
REACH = 400


def children(reading: Reading, told: set[Key]) -> Iterator[ClaimDraft]:
    """Give the children that "they" had to both who were said to marry before, if no list is meant.

    What is given is `told` then.
    """
    marriages = [e for e in reading.events if e.event == "Marriage"]
    for claim in list(reading.claims) if marriages else ():
        if claim.rule != rules.KIN_HAVE.id or not claim.asserted or not _is_they(claim.subject):
            continue
        for spouse in _spouses(claim, marriages):
            own = ClaimDraft(
                claim.block,
                spouse,
                claim.relation,
                claim.object,
                claim.words,
                rules.COUPLE_CHILD.id,
                confidence=rules.COUPLE_CHILD.prior,
            )
            if is_new(own, told):
                yield own


def _is_they(mention: MentionDraft) -> bool:
    return mention.kind == "pronoun" and mention.head.lower_ == "they"


def _spouses(claim: ClaimDraft, marriages: list[EventDraft]) -> list[MentionDraft]:
    """Give the two of the marriage told last before a claim, shortly before."""
    here = claim.subject.head.idx
    before = [e for e in marriages if e.block is claim.block and here - REACH < e.trigger.idx < here]
    roles = before[-1].filling("spouse") if before else []
    found = [r.mention for r in roles if r.slot.standing.asserted]
    return found if len(found) == 2 else []
