"""Parts of firms that somebody buys or sells: of which firm they are, where only the part is told.

"Halm bought Vero. Its first 40 percent it had picked up from the bank Brell": 40 percent of Vero.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Protocol

from kg.extract.coref.cluster import CorefCluster
from kg.extract.events.records import EventDraft, Role, Slot
from kg.extract.events.table import listed
from kg.extract.mentions import nominals
from kg.extract.parse.repair import tree_of
from kg.extract.parse.tree import Tree
from kg.extract.reading import MentionDraft, ParsedBlock, Reading
from kg.extract.values import quantities

# Where the firm stands of which somebody buys a part alone: "a stake in Halm".
IN_STAKES = frozenset({"share", "object.in", "for.in"})
OF_PARTS = frozenset({"Acquisition.share", "Acquisition.share_sold", "Acquisition.part"})
# Over how many sentences the firm of an earlier deal is still meant.
REACH = 3
HALF = 50
HYPHENS = frozenset("-–")
PARTIES = ("buyer", "seller")


class Linking(Protocol):
    """What the linker of a document's events gives here."""

    events: list[EventDraft]
    reading: Reading

    def thing(self, mention: MentionDraft) -> CorefCluster:
        """Give what a mention stands for."""

    def sentences(self, a: EventDraft, b: EventDraft) -> int:
        """Give how many sentences lie between two events."""


def is_of_share(slots: Iterable[Slot]) -> bool:
    """Whether what is bought or sold is a share, and nothing tells of what: "bought 40 percent"."""
    return any(
        s.name == "object" and s.mention.value is not None and s.mention.value.unit == "%" for s in slots
    )


def is_part(mention: MentionDraft) -> bool:
    """Whether a phrase names a part of a firm, and no thing of its own: "a stake", "the rest"."""
    tree, head = tree_of(mention.block), mention.head.i
    parts = ("stakes", "stocks", "parts", "rest")
    return nominals.is_percent(tree, head) or any(tree.lemma[head] in listed("words", name) for name in parts)


def percent_of(reading: Reading, block: ParsedBlock, noun: int) -> float | None:
    """Give how many percent a noun names: itself, or a stake with the number before it."""
    found = block.measures.get(noun) or reading.at(block, block.doc[noun])
    value = found.value if found is not None else None
    told = quantities.percent_at(block, noun)
    if (value is None or value.unit != "%") and told is not None:
        value = told[1]
    return float(value.lexical) if value is not None and value.unit == "%" else None


def of_parts(reading: Reading, event: EventDraft) -> Iterator[Slot]:
    """Give the firm that a part is of where that is not told right behind it.

    It may stand before a relative clause ("Vero, of which Halm bought 15 percent"), or with the verb.
    """
    if any(f.event == "Acquisition" for f in event.frames):
        parts = [s for s in event.slots if s.name == "object" and s.mention.block is event.block]
        for slot in [s for s in parts if is_part(s.mention)]:
            found = _before_relative(reading, event, slot) or _beside(event, slot)
            yield from (replace(s, name="object.in") for s in found)


def _before_relative(reading: Reading, event: EventDraft, part: Slot) -> list[Slot]:
    """Give what a relative clause with "of which" or "in which" is about."""
    tree, verb = tree_of(event.block), event.trigger.i
    of_which = [o for k in (part.mention.head.i, verb) for o in tree.under(k, "of", "in")]
    if tree.dep[verb] != "relcl" or not any(tree.lower[o] == "which" for o in of_which):
        return []
    return [replace(part, mention=nominals.core_argument(reading, event.block, tree.head[verb]))]


def _beside(event: EventDraft, part: Slot) -> list[Slot]:
    """Give the firm under "in" with the verb that a stake is in."""
    if tree_of(event.block).lemma[part.mention.head.i] not in listed("words", "stakes"):
        return []
    return [s for s in event.slots if s.name == "in" and s.mention.type == "Organization"]


def is_most(reading: Reading, block: ParsedBlock, noun: int) -> bool:
    """Whether a part is half or more by its number or its words, or all that others leave."""
    share = percent_of(reading, block, noun)
    if share is not None:
        return share >= HALF
    tree = tree_of(block)
    before = {tree.lower[k] for k in tree.of(noun, "amod", "compound")}
    most = listed("words", "most")
    return tree.lemma[noun] in listed("words", "rest") | most or not before.isdisjoint(most)


def share_before(tree: Tree, verb: int) -> int | None:
    """Give the percent right before "owned": "28 percent owned by the state", "a 40%-owned firm"."""
    k = verb - 1 - (verb > 0 and tree.lower[verb - 1] in HYPHENS)
    owned = tree.tag[verb] == "VBN" and tree.lemma[verb] == "own"
    return k if owned and k > 0 and nominals.is_percent(tree, k) else None


def shared_whole(tree: Tree, verb: int) -> int | None:
    """Give of what a share is owned, before the verb: "Vero, which is 40 percent owned by Halm"."""
    share = share_before(tree, verb)
    # The parser takes the share for what the firm is, and what owns it for what hangs on the share.
    up = share if share is not None and tree.head[verb] == share else verb
    if tree.dep[up] == "acl":
        return tree.head[up]
    clause = verb if tree.of(verb, "auxpass") else tree.head[up]
    for subject in tree.of(clause, "nsubj", "nsubjpass"):
        relative = tree.tag[subject] == "WDT" and tree.dep[clause] == "relcl"
        return tree.head[clause] if relative else subject
    return None


def settle(reading: Reading, event: EventDraft) -> None:
    """Leave out the part where it is told of which firm it is: what is acquired is of that."""
    firms = [r for r in event.filling("acquired") if r.slot.name in IN_STAKES]
    if event.event != "Acquisition" or not firms:
        return
    parts = [r for r in event.filling("acquired") if is_part(r.mention)]
    event.roles = [r for r in event.roles if r not in parts]
    if any(is_most(reading, r.mention.block, r.mention.head.i) for r in parts):
        for role in firms:  # who buys most of a firm has it
            role.slot = replace(role.slot, name="most")


def _name(linking: Linking, event: EventDraft) -> None:
    """Take the firm for a part of it by a word that does not tell its name: "45 percent of the company"."""
    for role in event.filling("acquired") if event.event == "Acquisition" else ():
        tree, block = tree_of(role.mention.block), role.mention.block
        if not is_part(role.mention):
            continue
        of = tree.under(role.mention.head.i, "of")
        firm = linking.reading.at(block, block.doc[of[0]]) if of else None
        if (
            firm is not None
            and firm.kind in ("pronoun", "nominal")
            and linking.thing(firm).type == "Organization"
        ):
            role.mention, role.slot = firm, replace(role.slot, name="share", mention=firm)


def complete(linking: Linking) -> None:
    """Give a deal the price that a gerund tells, and a deal of a part the firm that the one before is of."""
    for payment in [e for e in linking.events if e.event == "Payment" and e.trigger.tag_ == "VBG"]:
        _price(linking, payment)
    for n, event in enumerate(linking.events):
        _name(linking, event)
        if event.event != "Acquisition" or event.filling("acquired") or event.frames[0].id not in OF_PARTS:
            continue
        parties = {id(linking.thing(r.mention)) for r in event.filling(*PARTIES)}
        for other in reversed(linking.events[:n]):
            if linking.sentences(other, event) > REACH:
                break
            firm = next((r.mention for r in _firms(linking, other)), None)
            if firm is not None and id(linking.thing(firm)) not in parties:
                slot = event.filling(*PARTIES)[0].slot
                standing, claim = slot.standing, slot.claim
                event.roles.append(Role("acquired", firm, Slot("share", firm, standing, claim)))
                break


def _price(linking: Linking, payment: EventDraft) -> None:
    """Give a deal its price and seller: "closed the takeover of Vero, paying Brell 9 million for it"."""
    payers = {id(linking.thing(r.mention)) for r in payment.filling("payer")}
    tree, verb = tree_of(payment.block), payment.trigger.i
    above = _clause_above(tree, verb)
    deals = linking.events if _may_be_price(tree, verb) else []
    for deal in [d for d in deals if d.event == "Acquisition" and d.block is payment.block]:
        buyers = [r for r in deal.filling("buyer") if id(linking.thing(r.mention)) in payers]
        if above not in (deal.trigger.i, tree.head[deal.trigger.i]) or not buyers or deal.filling("price"):
            continue
        standing, claim = buyers[0].slot.standing, buyers[0].slot.claim
        for name, role in (("price", "amount"), ("seller", "recipient")):
            for r in payment.filling(role):
                deal.roles.append(Role(name, r.mention, Slot(name, r.mention, standing, claim), exact=True))


def _may_be_price(tree: Tree, verb: int) -> bool:
    """Whether what somebody pays may be for what he buys: not "after paying 9 million in fines"."""
    behind = {tree.lower[p] for k in (verb, *tree.of(verb, "dobj")) for p in tree.of(k, "prep")}
    return "in" not in behind and (tree.dep[verb] != "pcomp" or "for" in behind)


def _clause_above(tree: Tree, i: int) -> int:
    """Give the verb that a gerund hangs on, or the preposition before it: "after paying"."""
    above = tree.head[i]
    return tree.head[above] if tree.pos[above] == "ADP" or tree.dep[i] == "pcomp" else above


def _firms(linking: Linking, event: EventDraft) -> Iterable[Role]:
    """Give the firm that a deal is of."""
    if event.event == "Acquisition":
        yield from (r for r in event.filling("acquired") if linking.thing(r.mention).type == "Organization")
