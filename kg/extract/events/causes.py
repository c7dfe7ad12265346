"""What caused a disaster, an attack, a death or an injury, where a sentence of its own says so."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from kg.extract.events.records import EventDraft, Role, Slot, Standing
from kg.extract.events.table import BEFALLING, HARM, listed
from kg.extract.events.trials import hanging
from kg.extract.mentions import nominals
from kg.extract.parse.repair import tree_of
from kg.extract.parse.tree import Tree
from kg.extract.reading import ClaimDraft, MentionDraft, ParsedBlock, Reading

# Nouns of what causes, and of what is caused.
CAUSE, EFFECT = frozenset({"cause"}), frozenset({"result", "consequence", "outcome"})
# Relations of an event to its cause.
OF_CAUSE = frozenset(
    {
        "be_due_to",
        "be_owing_to",
        "be_down_to",
        "be_attributed_to",
        "be_ascribed_to",
        "be_blamed_on",
        "be_put_down_to",
        "be_traced_to",
        "result_from",
        "stem_from",
    }
)
# Verbs by which somebody finds the cause of what is their object, with the preposition of the cause.
FINDING = {"trace": "to", "put_down": "to"}
ITSELF = frozenset({"it", "this", "that"})
# Over how many sentences the cause is that of the last event told, by a noun and by a pronoun.
REACH, NEXT = 2, 1


class Linking(Protocol):
    """What the linker of a document's events gives here."""

    reading: Reading
    events: list[EventDraft]

    def all_roles(self, event: EventDraft, *names: str) -> list[Role]:
        """Give what fills roles of an event in all of its mentions."""


def tell(linking: Linking) -> None:
    """Give attacks, disasters, deaths and injuries what a claim says that they were caused by.

    "Brake failure was the cause of the crash", "the crash was due to brake failure", "a faulty heater caused
    it".
    """
    for claim in linking.reading.claims:
        if claim.object is None or claim.subject is None:
            continue
        for event, cause in _said(linking, claim):
            known = linking.all_roles(event, "cause")
            if not any(r.slot.standing.asserted for r in known):
                standing = Standing.of(claim)
                event.roles = [r for r in event.roles if r.mention is not cause]
                event.roles.append(Role("cause", cause, Slot("subject", cause, standing, claim), exact=True))


def _said(linking: Linking, claim: ClaimDraft) -> Iterator[tuple[EventDraft, MentionDraft]]:
    """Give the events that a claim tells the cause of, with it."""
    subject, said = claim.subject, claim.object
    assert said is not None
    if claim.relation == "be":
        yield from _by_noun(linking, subject, said)
        yield from _by_noun(linking, said, subject)
    elif claim.relation in OF_CAUSE:
        yield from _of(linking, subject, said)
    elif claim.relation in FINDING:
        found = (m for role, m in claim.qualifiers if role == FINDING[claim.relation])
        yield from (told for m in found for told in _of(linking, said, m))
    elif _is_causing(claim, passive=False) and said.kind == "pronoun":
        yield from _of(linking, said, subject)
    elif _is_causing(claim, passive=True):
        yield from _of(linking, subject, said)


def _is_causing(claim: ClaimDraft, *, passive: bool) -> bool:
    """Whether a claim has a verb of causing: "caused", "was caused by"."""
    tree = tree_of(claim.block)
    verb = next((t.i for t in claim.words if tree.lemma[t.i] in listed("words", "causing")), None)
    if verb is None:
        return False
    return (
        claim.relation.startswith("be_") and claim.relation.endswith("_by")
        if passive
        else (not claim.relation.startswith("be_"))
    )


def _by_noun(
    linking: Linking, noun: MentionDraft, other: MentionDraft
) -> Iterator[tuple[EventDraft, MentionDraft]]:
    """Give what one end tells by a noun: "the cause of the crash", "the result of a short circuit"."""
    tree, i = tree_of(noun.block), noun.head.i
    if noun.kind != "nominal":
        return
    if tree.lemma[i] in CAUSE and _may_cause(other):
        event = _of_cause(linking, noun.block, tree, i)
        if event is not None:
            yield event, other
    elif tree.lemma[i] in EFFECT:
        of = next((o for word, o in hanging(noun.block, i) if word == "of"), None)
        if of is not None:
            cause = linking.reading.argument(noun.block, noun.block.doc[of], nominals.create_mention)
            yield from _of(linking, other, cause)


def _of(
    linking: Linking, said: MentionDraft, cause: MentionDraft
) -> Iterator[tuple[EventDraft, MentionDraft]]:
    """Give the attack or disaster that a noun tells of, or that a pronoun points back at, with its cause."""
    if not _may_cause(cause):
        return
    known = [e for e in linking.events if e.root().event in BEFALLING]
    own = [e for e in known if e.block is said.block and e.trigger.i == said.head.i]
    if said.kind == "pronoun" and said.head.lower_ in ITSELF:
        harm = [e for e in linking.events if e.root().event in HARM]
        last = _last_before(harm, said.block, said.head.i, NEXT)
        own = [last] if last is not None and last.root().event in BEFALLING else []
    yield from ((event, cause) for event in own[:1])


def _may_cause(mention: MentionDraft) -> bool:
    return mention.kind in ("name", "nominal", "attribute")


def _of_cause(linking: Linking, block: ParsedBlock, tree: Tree, i: int) -> EventDraft | None:
    """Give the event that a cause is said to be of, or the last one told of whose cause may be meant."""
    of = {o for word, o in hanging(block, i) if word == "of"}
    known = [e for e in linking.events if e.root().event in HARM]
    if of:
        return next((e for e in known if e.block is block and e.trigger.i in of), None)
    definite = "the" in {tree.lower[k] for k in tree.of(i, "det")}
    return _last_before(known, block, i, REACH) if definite else None


def _last_before(events: list[EventDraft], block: ParsedBlock, i: int, reach: int) -> EventDraft | None:
    """Give the last event told before a token in the few sentences before it."""
    before = [e for e in events if e.block is block and e.trigger.i < i]
    if not before:
        return None
    between = [s for s in block.doc.sents if before[-1].trigger.i < s.start <= i]
    return before[-1] if len(between) <= reach else None
