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
# How many sentences back a clause may tell of the two that "they" are.
MOST_BACK = 3
# What a couple do of which each of the two is told.
PAIRED = frozenset({"Marriage", "Journey"})
# Which of several marriages one is.
COUNTED = frozenset({"first", "second", "third", "fourth", "fifth"})
# Under what stands with whom somebody does something.
TOGETHER = frozenset({"to", "with", "object"})


def pair(reading: Reading, event: EventDraft) -> None:
    """Put the two of the clause before where "they" or "the couple" is said to marry, or the couple to go."""
    told = {f.event for f in event.frames}
    if told.isdisjoint(PAIRED):
        return
    if "Marriage" not in told:
        _part_couple(reading, event)
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


def _part_couple(reading: Reading, event: EventDraft) -> None:
    """Put the two for "the couple" who go somewhere: "The couple left for Mexico"."""
    for slot in [s for s in event.slots if s.name == "subject"]:
        tree, i = tree_of(event.block), slot.mention.head.i
        if tree.lower[i] != "couple" or not any(tree.lower[k] == "the" for k in tree.of(i, "det")):
            continue
        two = _two_before(reading, event)
        if len(two) == 2:
            event.slots.remove(slot)
            event.slots += [Slot("subject", m, slot.standing) for m in two]


def _two_before(reading: Reading, event: EventDraft) -> list[MentionDraft]:
    """Give the persons of the last clause before a verb that tells of one and another, if they are two.

    Between it and the verb a text may tell of one of them: "Ann met Jan. He moved to Ulm. They married".
    """
    sentences = [s for s in event.block.doc.sents if s.start <= event.trigger.i]
    last = int(sentences[-1].start)
    for sentence in reversed(sentences[-MOST_BACK - 1 :]):
        two = _two_of(reading, event, int(sentence.start), int(sentence.end))
        if two:
            return two if _tells_of_no_other(reading, event, two, int(sentence.end), last) else []
    return []


def _tells_of_no_other(
    reading: Reading, event: EventDraft, two: list[MentionDraft], start: int, end: int
) -> bool:
    """Whether no person is named between two places but by the words of two names."""
    known = {t.text for m in two for t in m.span}
    named = (
        m for m in reading.mentions if m.kind == "name" and m.type == "Person" and m.block is event.block
    )
    return all(m.span[-1].text in known for m in named if start <= m.span.start < end)


def _two_of(reading: Reading, event: EventDraft, first: int, end: int) -> list[MentionDraft]:
    """Give the persons of the last clause of a sentence that tells of one and another."""
    groups: dict[int, dict[int, MentionDraft]] = {}
    for claim in reading.claims:
        if claim.block is event.block and claim.rule in rules.CLAUSES and claim.words and claim.asserted:
            verb = max(t.i for t in claim.words)
            if first <= verb < min(end, event.trigger.i):
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


def are_apart(one: EventDraft, other: EventDraft) -> bool:
    """Whether two are marriages of other numbers: "her first marriage" is not to "her second husband"."""
    if one.event != "Marriage" or other.event != "Marriage":
        return False
    first, second = _numbers(one), _numbers(other)
    return bool(first and second) and first.isdisjoint(second)


def _numbers(event: EventDraft) -> set[str]:
    """Give which of several a marriage is, by its noun, or by the one whom its clause hangs on."""
    tree, i = tree_of(event.block), event.trigger.i
    nouns = [i, *(k for k in (tree.head[i], tree.head[tree.head[i]]) if tree.dep[i] == "relcl")]
    return {tree.lower[k] for n in nouns for k in tree.of(n, "amod") if tree.lower[k] in COUNTED}


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
            own = _child_of(spouse, claim)
            if is_new(own, told):
                yield own


def _child_of(spouse: MentionDraft, claim: ClaimDraft) -> ClaimDraft:
    """Say of one of two who have a child what a claim says of the other, or of both together."""
    rule = rules.COUPLE_CHILD
    return ClaimDraft(
        claim.block, spouse, claim.relation, claim.object, claim.words, rule.id, confidence=rule.prior
    )


def of_marriage(reading: Reading, told: set[Key]) -> Iterator[ClaimDraft]:
    """Give the children of somebody's marriage to the other, too: "the two sons of her first marriage".

    What is given is `told` then.
    """
    marriages = [e for e in reading.events if e.event == "Marriage"]
    for claim in [c for c in reading.claims if c.relation == rel.CHILD and c.asserted] if marriages else ():
        both = _wed(marriages, claim)
        for own in (_child_of(one, claim) for one in both if claim.subject.chain in [m.chain for m in both]):
            if is_new(own, told):
                yield own


def _wed(marriages: list[EventDraft], claim: ClaimDraft) -> list[MentionDraft]:
    """Give the two whose marriage a claim's child is told to be of, in all that the text tells of it."""
    of = tree_of(claim.block).under(claim.words[0].i, "of") if claim.words else []
    roots = [e.root() for e in marriages if e.block is claim.block and e.trigger.i in of]
    wed = [r.mention for e in marriages if e.root() in roots for r in e.filling("spouse")]
    two = list({m.chain: m for m in wed if m.chain is not None}.values())
    return two if len(two) == 2 else []


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
    """Give the two whose marriage is told last before a claim: "They married, and had a son, Max"."""
    here = max([claim.subject.head.idx, *(t.idx for t in claim.words)])
    before = [
        (at, found) for block, at, found in couples if block is claim.block and here - REACH < at < here
    ]
    found = max(before, key=lambda one: one[0])[1] if before else []
    return found if len(found) == 2 else []
