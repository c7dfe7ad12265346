"""What a deal costs that a later sentence tells: "The contract is worth 6 million", "The fee was £2m"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from kg.extract import constructions
from kg.extract.coref.cluster import CorefCluster
from kg.extract.events.filling import Filler
from kg.extract.events.records import EventDraft, Role, Slot, Standing
from kg.extract.events.table import listed
from kg.extract.parse.repair import tree_of
from kg.extract.reading import ClaimDraft, MentionDraft, Reading

# The role of the sum in each class of deals.
SUMS = {"Acquisition": "price", "ContractAward": "amount"}
# Over how many sentences a deal is still meant.
REACH = 3
# What stands beside a verb of paying that tells of a price, and neither for what nor to whom.
BARE = frozenset({"subject", "object", "time", "as"})
POINTING = frozenset({"the", "this", "that", "its", "their"})


class Linking(Protocol):
    """What the linker of a document's events gives here."""

    events: list[EventDraft]
    reading: Reading
    filler: Filler

    def thing(self, mention: MentionDraft) -> CorefCluster:
        """Give what a mention stands for."""

    def sentences(self, a: EventDraft, b: EventDraft) -> int:
        """Give how many sentences lie between two events."""

    def all_roles(self, event: EventDraft, *names: str) -> list[Role]:
        """Give what fills roles of an event in all of its mentions so far."""

    def sentences_to(self, event: EventDraft, mention: MentionDraft) -> int:
        """Give how many sentences lie between an event and a mention."""


def tell(linking: Linking) -> None:
    """Give deals without a sum the one that is told behind them of "the deal", or as "the price"."""
    for claim in linking.reading.claims:
        if _is_of_sum(claim):
            for mention, sum_ in _sums(linking.filler, claim):
                _give(linking, claim, mention, sum_)
    for n, event in enumerate(linking.events):
        if event.event == "Payment" and {s.name for s in event.slots} <= BARE:
            _pay(linking, linking.events[:n], event)


def _pay(linking: Linking, before: list[EventDraft], payment: EventDraft) -> None:
    """Give the deal of the sentence before what its buyer is then said to pay: "Halm paid 21 million"."""
    payers = {id(linking.thing(r.mention)) for r in payment.filling("payer")}
    for deal in reversed(before):
        if deal.event != "Acquisition" or linking.sentences(deal, payment) != 1:
            continue
        buyers = {id(linking.thing(r.mention)) for r in linking.all_roles(deal, "buyer")}
        if payment.trigger.lemma_ == "pay" and payers & buyers and not linking.all_roles(deal, "price"):
            deal.roles += [Role("price", r.mention, r.slot, exact=True) for r in payment.filling("amount")]
            return


def _is_of_sum(claim: ClaimDraft) -> bool:
    """Whether a claim tells what is paid: by a verb of worth of a deal, or "be" of a price."""
    noun = claim.subject
    if noun.kind not in ("nominal", "event") or claim.negated:
        return False
    tree, i = tree_of(noun.block), noun.head.i
    owner = constructions.owner(tree, i)
    if not any(tree.lower[k] in POINTING for k in (*tree.of(i, "det"), *([] if owner is None else [owner]))):
        return False
    if tree.lemma[i] in listed("words", "prices"):
        return claim.relation == "be"
    return bool(_classes(tree.lemma[i])) and claim.relation in listed("words", "costing")


def _classes(lemma: str) -> list[str]:
    """Give the classes of deals that a noun may point at."""
    return [event for event in SUMS if lemma in listed("anaphors", event)]


def _sums(filler: Filler, claim: ClaimDraft) -> Iterator[tuple[MentionDraft, MentionDraft]]:
    said = [claim.object, *(m for _, m in claim.qualifiers)]
    for mention in (m for m in said if m is not None):
        sum_ = filler.money(mention)
        if sum_ is not None:
            yield mention, sum_
            return


def _give(linking: Linking, claim: ClaimDraft, mention: MentionDraft, sum_: MentionDraft) -> None:
    lemma = tree_of(claim.subject.block).lemma[claim.subject.head.i]
    classes = _classes(lemma) or list(SUMS)
    for event in reversed([e for e in linking.events if _is_before(e, claim.subject)]):
        if event.event not in classes or linking.sentences_to(event, claim.subject) > REACH:
            continue
        role = SUMS[event.event]
        if event.roles and not linking.all_roles(event, role):
            standing = event.roles[0].slot.standing if claim.asserted else Standing.of(claim)
            event.roles.append(Role(role, sum_, Slot("self", mention, standing, claim), exact=True))
        return


def _is_before(event: EventDraft, mention: MentionDraft) -> bool:
    """Whether an event is told before something is mentioned."""
    return event.place < (mention.block.index, mention.head.i)
