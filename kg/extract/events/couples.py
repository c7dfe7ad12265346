"""Couples: who "they" are that married, and whose children they are who had them.

"She met Jan Moe in Ulm. They married in 1961 and had two sons, Max and Tom."
"""

from __future__ import annotations

from collections.abc import Iterator

from kg import relations as rel
from kg.extract.claims import rules
from kg.extract.events.lasting import Key, is_new
from kg.extract.events.records import EventDraft, Slot
from kg.extract.events.table import listed
from kg.extract.parse.repair import tree_of
from kg.extract.reading import ClaimDraft, MentionDraft, ParsedBlock, Reading

# How many characters may lie between a marriage and what "they" had.
REACH = 400
# Under what stands with whom somebody does something.
TOGETHER = frozenset({"to", "with", "object"})


def pair(reading: Reading, event: EventDraft) -> None:
    """Put the two of the clause before where "they" or "the couple" is said to marry."""
    if not any(f.event == "Marriage" for f in event.frames):
        return
    for slot in [s for s in event.slots if s.name in ("subject", "object")]:
        if slot.mention.head.lower_ not in listed("words", "couples"):
            continue
        two = _two_before(reading, event)
        if len(two) == 2:
            event.slots.remove(slot)
            event.slots += [
                Slot(name, m, slot.standing) for name, m in zip(("subject", "object"), two, strict=True)
            ]
            return


def _two_before(reading: Reading, event: EventDraft) -> list[MentionDraft]:
    """Give the persons of the last clause before a verb that tells of one and another, if they are two."""
    first = event.block.with_sentence_before(event.trigger).start
    groups: dict[int, dict[int, MentionDraft]] = {}
    for claim in reading.claims:
        if claim.block is event.block and claim.rule in rules.CLAUSES and claim.words and claim.asserted:
            verb = max(t.i for t in claim.words)
            if first <= verb < event.trigger.i:
                groups.setdefault(verb, {}).update({m.head.i: m for m in _persons(claim)})
    several = [found for _, found in sorted(groups.items()) if len(found) > 1]
    return list(several[-1].values()) if several else []


def _persons(claim: ClaimDraft) -> list[MentionDraft]:
    """Give the single persons who do something together, or one to another."""
    ends = [claim.subject, claim.object, *(m for role, m in claim.qualifiers if role in TOGETHER)]
    return [m for m in ends if m is not None and _is_one(m)]


def _is_one(mention: MentionDraft) -> bool:
    """Whether a mention is of one person."""
    single = tree_of(mention.block).tag[mention.head.i] in ("NN", "NNP", "PRP")
    return mention.type == "Person" and single and mention.head.lower_ not in ("they", "them")


def children(reading: Reading, told: set[Key]) -> Iterator[ClaimDraft]:
    """Give the children that "they" had to both who were said to marry before, if no list is meant.

    What is given is `told` then.
    """
    couples = list(_couples(reading))
    for claim in list(reading.claims) if couples else ():
        if claim.relation != rel.CHILD or not claim.asserted or not _is_they(claim.subject):
            continue
        two = _spouses(claim, couples)
        if two and claim.subject.kind == "nominal":
            reading.claims.remove(claim)  # "the couple" are those two, and nobody beside them
        for spouse in two:
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


def parents(reading: Reading, told: set[Key]) -> Iterator[ClaimDraft]:
    """Give whose child each is of whom the text tells as a child, as "parent" is asked for as often.

    What is given is `told` then.
    """
    named = {m.chain for m in reading.mentions if m.kind == "name" and m.chain is not None}
    for claim in list(reading.claims):
        if claim.relation != rel.CHILD or not claim.asserted or claim.negated or claim.object is None:
            continue
        if claim.doubt or not {claim.subject.chain, claim.object.chain} <= named or _is_they(claim.subject):
            continue
        own = ClaimDraft(
            claim.block,
            claim.object,
            rel.PARENT,
            claim.subject,
            claim.words,
            rules.CHILD_OF.id,
            confidence=claim.confidence,
        )
        if is_new(own, told):
            yield own


def _is_they(mention: MentionDraft) -> bool:
    """Whether two are meant whom only the text around tells: "they", "the couple"."""
    if mention.kind == "pronoun":
        return mention.head.lower_ in ("they", "their")
    return mention.head.lower_ in listed("words", "couples")


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
