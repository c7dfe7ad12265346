"""What somebody left that the clauses around it tell: "took over as coach when Karl Berg left".

"The post of mayor became vacant when Karl Berg resigned": who resigned had the post that was vacant then.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from kg.extract.coref.cluster import CorefCluster
from kg.extract.events.records import EventDraft, Role
from kg.extract.events.requirements import succession
from kg.extract.events.table import listed
from kg.extract.mentions import nominals
from kg.extract.parse.repair import tree_of
from kg.extract.reading import ClaimDraft, MentionDraft, Reading

Thing = Callable[[MentionDraft], CorefCluster]

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
                sent = any(
                    r.mention.head.lemma_ in listed("words", "go_betweens") for r in other.filling("office")
                )
                names = ("office",) if sent else ("office", "organization")
                return [(r.name, r.mention) for r in other.filling(*names)]
    return [("office", m) for m in _vacated(reading, event, above)]


def _vacated(reading: Reading, event: EventDraft, verb: int) -> list[MentionDraft]:
    """Give the office of the post that became vacant by what an event tells of."""
    tree, block = tree_of(event.block), event.block
    if not any(tree.lower[k] in listed("words", "vacant") for k in tree.of(verb, "acomp", "oprd", "advmod")):
        return []
    for post in tree.of(verb, "nsubj"):
        of = tree.under(post, "of")
        if tree.lemma[post] in listed("words", "any_office"):
            return [reading.argument(block, block.doc[o], nominals.create_mention) for o in of[:1]]
    return []


def employed(
    reading: Reading,
    event: EventDraft,
    events: Iterable[EventDraft],
    person: Role,
    thing: Thing,
    *,
    leading: bool,
) -> list[tuple[str, MentionDraft]]:
    """Give the body that somebody left whom the sentence, or the one before, tells to have worked for it.

    Who resigns left the body only that he is told to be `leading`: "headed the firm and stepped down".
    """
    whose = thing(person.mention)
    words = listed("words", "leading") | (frozenset() if leading else listed("words", "employed"))
    told = [
        m
        for c in reading.claims
        if _is_told_before(c, event) and thing(c.subject) is whose
        for m in _bodies(c, words)
    ]
    for other in () if leading else events:
        if _is_taken_before(other, event) and any(thing(r.mention) is whose for r in other.filling("person")):
            told += [r.mention for r in other.filling("organization")]
    found = {id(thing(m)): m for m in told}
    return [("organization", m) for m in found.values()] if len(found) == 1 else []


def _is_taken_before(other: EventDraft, event: EventDraft) -> bool:
    """Whether another event is of who came to a post shortly before."""
    return other.event == TAKING and other.block is event.block and is_near(other.trigger.i, event)


def _is_told_before(claim: ClaimDraft, event: EventDraft) -> bool:
    """Whether a claim is plainly so, by a verb shortly before an event."""
    plain = claim.asserted and not claim.negated and claim.block is event.block
    return plain and bool(claim.words) and is_near(claim.words[0].i, event)


def is_near(i: int, event: EventDraft) -> bool:
    """Whether a word stands in the sentence of an event, before it, or in the one before."""
    return event.block.with_sentence_before(event.trigger).start <= i < int(event.trigger.i)


def _bodies(claim: ClaimDraft, words: frozenset[str]) -> Iterator[MentionDraft]:
    """Give for what body a claim tells somebody to work, by one of some relations."""
    ends = [("", claim.object), *((f"_{role}", mention) for role, mention in claim.qualifiers)]
    for role, mention in ends:
        said = f"{claim.relation}{role}" in words
        if said and mention is not None and mention.type in ("Organization", "Facility"):
            yield mention


def fill(event: EventDraft, person: Role, told: list[tuple[str, MentionDraft]]) -> None:
    """Give an event what is told around it."""
    event.roles += [Role(name, mention, person.slot, exact=True) for name, mention in told]
