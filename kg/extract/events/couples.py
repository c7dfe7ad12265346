"""Whose children they are who had them: "She married Jan Moe in 1961. They had two sons, Max and Tom"."""

from __future__ import annotations

from collections.abc import Iterator

from kg import relations as rel
from kg.extract.claims import rules
from kg.extract.events.lasting import Key, is_new
from kg.extract.reading import ClaimDraft, MentionDraft, ParsedBlock, Reading

# How many characters may lie between a marriage and what "they" had.
REACH = 400


def children(reading: Reading, told: set[Key]) -> Iterator[ClaimDraft]:
    """Give the children that "they" had to both who were said to marry before, if no list is meant.

    What is given is `told` then.
    """
    couples = list(_couples(reading))
    for claim in list(reading.claims) if couples else ():
        if claim.relation != rel.CHILD or not claim.asserted or not _is_they(claim.subject):
            continue
        for spouse in _spouses(claim, couples):
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
    return mention.kind == "pronoun" and mention.head.lower_ in ("they", "their")


def _couples(reading: Reading) -> Iterator[tuple[ParsedBlock, int, list[MentionDraft]]]:
    """Give who is said to marry or to be married, each with the place where it is told."""
    for event in reading.events:
        if event.event == "Marriage":
            found = [r.mention for r in event.filling("spouse") if r.slot.standing.asserted]
            yield event.block, event.trigger.idx, found
    for claim in reading.claims:
        if claim.relation == rel.SPOUSE and claim.asserted and claim.rule == rules.CLAUSE_RELATION.id:
            assert claim.object is not None
            yield claim.block, claim.subject.head.idx, [claim.subject, claim.object]


def _spouses(
    claim: ClaimDraft, couples: list[tuple[ParsedBlock, int, list[MentionDraft]]]
) -> list[MentionDraft]:
    """Give the two whose marriage is told last before a claim, shortly before."""
    here = claim.subject.head.idx
    before = [
        (at, found) for block, at, found in couples if block is claim.block and here - REACH < at < here
    ]
    found = max(before, key=lambda one: one[0])[1] if before else []
    return found if len(found) == 2 else []
