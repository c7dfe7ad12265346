"""How much something is, as an event of its own: what claims of values and of measures tell."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from kg import relations as rel
from kg.extract.claims import rules
from kg.extract.events.records import EventDraft, Slot, Standing
from kg.extract.events.table import Frame, by_noun, frames, listed
from kg.extract.reading import ClaimDraft, MentionDraft, Reading

# Rules whose claims tell how much something is.
VALUES = frozenset(
    r.id
    for r in (
        rules.VALUE_OF,
        rules.VALUE_TO,
        rules.MEASURED,
        rules.AMOUNT_OF,
        rules.MEASURE_ADJECTIVE,
        rules.MEASURE_BEFORE,
        rules.MEASURE_BRACKET,
        rules.MEASURE_VERB,
        rules.COUNT_VERB,
    )
)
# Classes of events whose nouns name a sum that has a role there: "a grant of 3 million".
PAID = frozenset({"Payment", "ContractAward", "Acquisition", "Change"})


def measured(reading: Reading) -> Iterator[EventDraft]:
    """Give the measurements that claims of values tell: "a loss of $3 million", "its length is 214 km"."""
    having = {id(c.object): c.subject for c in reading.claims if c.relation in listed("words", "showing")}
    frame = next(f for f in _of_claims() if f.id == "Measurement.told")
    for claim in reading.claims:
        if claim.object is not None and claim.object.kind == "quantity" and claim.rule in VALUES:
            if not _is_paid(claim):
                yield _measurement(reading, claim, frame, having.get(id(claim.subject)))


def _measurement(reading: Reading, claim: ClaimDraft, frame: Frame, owner: MentionDraft | None) -> EventDraft:
    standing = Standing.of(claim)
    assert claim.object is not None
    event = EventDraft(claim.block, claim.object.head, (frame,), [], standing=standing)
    if claim.relation == rel.VALUE:
        event.slots.append(Slot("quantity", claim.subject, standing, claim))
        if owner is not None:
            event.slots.append(Slot("subject", owner, standing, claim))
    else:
        event.slots.append(Slot("subject", claim.subject, standing, claim))
        noun = claim.words[0] if claim.words else claim.object.head
        event.slots.append(Slot("quantity", _attribute(reading, claim, noun), standing, claim))
    event.slots.append(Slot("object", claim.object, standing, claim))
    event.begins, event.ends = claim.begins, claim.ends
    return event


def _is_paid(claim: ClaimDraft) -> bool:
    """Whether a value is that of a grant, an order or a rise, which are events with a sum of their own."""
    head = claim.subject.head
    if claim.relation != rel.VALUE or head.tag_ == "NNS":  # "sales of 3 million" are none
        return False
    return any(f.event in PAID for f in by_noun().get(head.lemma_.lower(), ()))


def _attribute(reading: Reading, claim: ClaimDraft, noun: Token) -> MentionDraft:
    """Draw the word for a quantity, which is no thing: "length"."""
    label = claim.relation.replace("_", " ")
    span = claim.block.doc[noun.i : noun.i + 1]
    draft = MentionDraft(claim.block, span, noun, "attribute", "Concept", label)
    return reading.add(draft, argument=False)


def _of_claims() -> Iterator[Frame]:
    """Give the frames that no word tells of, but claims."""
    return (f for f in frames() if not f.verbs and not f.nouns)
