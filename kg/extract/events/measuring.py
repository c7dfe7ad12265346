"""How much something is, as an event of its own: what claims of values and of measures tell."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from kg import relations as rel
from kg.extract.claims import rules
from kg.extract.events.changing import time_behind
from kg.extract.events.records import EventDraft, Slot, Standing
from kg.extract.events.table import Frame, by_noun, frame_of, frames, listed
from kg.extract.lexicon.sets import NOUNS
from kg.extract.mentions import nominals
from kg.extract.parse.repair import tree_of
from kg.extract.parse.turns import NO_PROSE
from kg.extract.reading import ClaimDraft, MentionDraft, ParsedBlock, Reading

# Among how many words before an amount the one that it came from stands.
BEFORE = 9
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
    frame = frame_of("Measurement.told")
    for claim in reading.claims:
        if claim.object is not None and claim.object.kind == "quantity" and claim.rule in VALUES:
            if not _is_paid(claim):
                owner = having.get(id(claim.subject)) or _beside(reading, claim)
                yield _measurement(reading, claim, frame, owner)


def rates(reading: Reading) -> Iterator[EventDraft]:
    """Give the shares that are nobody's: "turnout was 48 percent", "turnout, at 48 percent, was"."""
    frame = frame_of("Measurement.told")
    for block in reading.blocks:
        tree = tree_of(block)
        for i in range(tree.n) if block.kind not in NO_PROSE else ():
            verb = tree.head[i]
            if tree.lemma[i] not in listed("words", "rates") or tree.dep[i] not in ("nsubj", "nsubjpass"):
                continue
            how, share = block.factualities.get(verb), _share(block, i, verb)
            if share is not None and how is not None and how.asserted and not how.negated:
                standing = Standing()
                mention = nominals.core_argument(reading, block, i)
                slots = [Slot("quantity", mention, standing), Slot("object", share, standing)]
                yield EventDraft(block, share.head, (frame,), slots, standing=standing)


def _share(block: ParsedBlock, i: int, verb: int) -> MentionDraft | None:
    """Give the share that stands behind "at" beside a rate, or that its verb says it was."""
    tree = tree_of(block)
    beside = [p for k in (i, verb) for p in tree.of(k, "prep") if tree.lower[p] == "at"]
    told = [o for p in beside for o in tree.of(p, "pobj")]
    if tree.lemma[verb] in listed("words", "levels"):
        told = [*tree.of(verb, "attr", "dobj"), *told]
    shares = (block.measures.get(o) for o in told)
    return next((m for m in shares if m is not None and m.value is not None and m.value.unit == "%"), None)


def is_rate(mention: MentionDraft) -> bool:
    """Whether a quantity says by itself of what it is: turnout, inflation."""
    return tree_of(mention.block).lemma[mention.head.i] in listed("words", "rates")


def _beside(reading: Reading, claim: ClaimDraft) -> MentionDraft | None:
    """Give who has an amount under "with": "Halm, with sales of 3 million, employs"."""
    tree, i = tree_of(claim.block), claim.subject.head.i
    prep = tree.head[i]
    if tree.dep[i] != "pobj" or tree.lower[prep] != "with" or tree.pos[tree.head[prep]] not in NOUNS:
        return None
    found = reading.at(claim.block, claim.block.doc[tree.head[prep]])
    return found if found is not None and found.kind == "name" else None


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
    if claim.rule == rules.VALUE_TO.id and _has_start(claim.object):
        # "Rose from 3 million in 2019 to 4 million": the year is that of the first.
        event.begins = event.ends = None
        after = time_behind(claim.object)
        if after is not None:
            event.date(after)
    return event


def _has_start(amount: MentionDraft) -> bool:
    """Whether it is told before an amount from what something rose or fell to it."""
    tree, start = tree_of(amount.block), amount.span.start
    return "from" in tree.lower[max(start - BEFORE, amount.span.sent.start) : start]


def _is_paid(claim: ClaimDraft) -> bool:
    """Whether a value is that of a grant, an order or a rise, which are events with a sum of their own."""
    head = claim.subject.head
    if claim.relation != rel.VALUE or head.tag_ == "NNS":  # "sales of 3 million" are none
        return False
    lemma = head.lemma_.lower()
    let = lemma in listed("anaphors", "ContractAward")
    return let or any(f.event in PAID for f in by_noun().get(lemma, ()))


def _attribute(reading: Reading, claim: ClaimDraft, noun: Token) -> MentionDraft:
    """Draw the word for a quantity, which is no thing: "length"."""
    label = claim.relation.replace("_", " ")
    span = claim.block.doc[noun.i : noun.i + 1]
    draft = MentionDraft(claim.block, span, noun, "attribute", "Concept", label)
    return reading.add(draft, argument=False)


def _of_claims() -> Iterator[Frame]:
    """Give the frames that no word tells of, but claims."""
    return (f for f in frames() if not f.verbs and not f.nouns)
