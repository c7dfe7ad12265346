"""What a court orders to be paid or done, who sues back, and who pays what a court awards."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Protocol

from kg.extract.events.records import EventDraft, Role, Slot, Standing
from kg.extract.events.table import frame_of, listed
from kg.extract.events.trials import is_judged
from kg.extract.mentions import nominals
from kg.extract.parse.repair import courts, tree_of
from kg.extract.parse.tree import Tree
from kg.extract.reading import MentionDraft, ParsedBlock, Reading

ORDER = "order"
# What somebody is ordered to do as a penalty, by verb, and by the word that it is measured in.
WORKING = frozenset({"do", "complete", "perform", "carry", "undertake", "serve"})
# By an order to pay "damages" a suit is decided, whoever gets them.
DAMAGES = frozenset({"damages"})
DECIDED = frozenset({"Lawsuit.ordered", "Lawsuit.award", "Lawsuit.liable"})
PARTIES = frozenset({"Person", "Organization", "Group"})
# What whoever is sued does, or either of the two.
EITHER = frozenset({"settle", "face", "fight", "contest", "defend"})
BRINGING = frozenset({"bring", "file", "lodge"})
# Over how many sentences a suit back, or what a court awards, goes with a suit told before.
REACH = 12
# What sets a suit apart from one of the same plaintiff told before.
FURTHER = frozenset({"second", "another", "further", "third", "separate"})


class Linking(Protocol):
    """What the linker of a document's events gives here."""

    reading: Reading
    events: list[EventDraft]

    def thing(self, mention: MentionDraft) -> object:
        """Give what a mention stands for."""

    def sentences(self, a: EventDraft, b: EventDraft) -> int:
        """Give how many sentences lie between two events."""


# Orders.


def order(reading: Reading, verbs: list[EventDraft]) -> Iterator[EventDraft]:
    """Give what courts order, and let stand as so what they order to be paid: "was ordered to pay £400"."""
    by_token = {v.place: v for v in verbs}
    for verb in verbs:
        tree = tree_of(verb.block)
        if tree.lemma[verb.trigger.i] != ORDER or not _is_of_court(verb):
            continue
        for k in _ordered(tree, verb.trigger.i):
            paid = by_token.get((verb.block.index, k))
            if paid is not None:
                _settle(reading, paid, verb)
            yield from _decided(reading, verb, k, paid)


def _ordered(tree: Tree, verb: int) -> Iterator[int]:
    """Give the verbs of what is ordered: "to pay 400 pounds and do 80 hours of unpaid work"."""
    for k in tree.of(verb, "xcomp", "ccomp"):
        yield from (v for v in tree.conjuncts(k) if tree.tag[v] == "VB")


def _is_of_court(verb: EventDraft) -> bool:
    """Whether an order is that of a court: by who gives it, or by what is told around it."""
    givers = [s.mention for s in verb.slots if s.name == "subject"]
    if givers:
        return any(_is_court(m) or _is_judge_before(m) for m in givers)
    tree, around = tree_of(verb.block), verb.block.with_sentence_before(verb.trigger)
    return verb.passive and (is_judged(verb) or any(tree.lower[i] in DAMAGES for i in around))


def _is_judge_before(mention: MentionDraft) -> bool:
    """Whether "she" is the judge who is the subject of the sentence before."""
    if mention.kind != "pronoun" or mention.head.sent.start == 0:
        return False
    block, tree = mention.block, tree_of(mention.block)
    before = block.doc[mention.head.sent.start - 1].sent
    subject = tree.first(before.root.i, "nsubj")
    return subject is not None and courts.is_court(tree, subject)


def _is_court(mention: MentionDraft) -> bool:
    return mention.kind in ("name", "nominal") and courts.is_court(tree_of(mention.block), mention.head.i)


def _settle(reading: Reading, paid: EventDraft, verb: EventDraft) -> None:
    """Let a payment stand as the order to pay does, by whom it is found against."""
    subject, wronged = _found_against(reading, verb), _found_for(reading, verb)
    sums = {id(m) for m in _sums_beside(paid.block, paid.trigger.i)}
    for slot in paid.slots:
        if slot.name == "object" and sums:
            slot.name = "receiver"
        elif id(slot.mention) in sums:
            slot.name = "object"
        if slot.name in ("to", "receiver") and wronged is not None and _is_the_one(slot.mention):
            slot.mention = wronged
        if slot.standing.modality == "Requested":
            slot.standing = verb.standing
        if slot.name == "subject" and slot.mention.kind == "pronoun" and subject is not None:
            slot.mention = subject
    paid.standing = verb.standing


def _sums_beside(block: ParsedBlock, verb: int) -> list[MentionDraft]:
    """Give the sum that the parser takes for a measure of a verb: "to pay a former clerk €4,000"."""
    found = (block.measures.get(k) for k in tree_of(block).of(verb, "npadvmod"))
    return [m for m in found if m is not None and m.kind == "quantity"]


def _found_against(reading: Reading, verb: EventDraft) -> MentionDraft | None:
    """Give who did what a court found, and is ordered to pay: "found that he had lied and ordered him"."""
    return _in_finding(reading, verb, "nsubj")


def _found_for(reading: Reading, verb: EventDraft) -> MentionDraft | None:
    """Give whom a court found wronged by name: "had defamed Ida Moll, and ordered her to pay the teacher"."""
    found = _in_finding(reading, verb, "dobj")
    return found if found is not None and found.kind == "name" and found.type in PARTIES else None


def _in_finding(reading: Reading, verb: EventDraft, dep: str) -> MentionDraft | None:
    tree, i = tree_of(verb.block), verb.trigger.i
    finding = tree.head[i]
    if tree.dep[i] != "conj" or tree.lemma[finding] not in courts.FINDING:
        return None
    inner = tree.first(finding, "ccomp")
    k = None if inner is None else tree.first(inner, dep)
    return None if k is None else _argument(reading, verb.block, k)


def _is_the_one(mention: MentionDraft) -> bool:
    """Whether a noun points at somebody told before: "the teacher"."""
    tree, i = tree_of(mention.block), mention.head.i
    return mention.kind == "nominal" and any(tree.lower[k] == "the" for k in tree.of(i, "det"))


def _decided(reading: Reading, verb: EventDraft, k: int, paid: EventDraft | None) -> Iterator[EventDraft]:
    """Give the sentence or the suit that an order decides, with its penalty and parties."""
    tree, block = tree_of(verb.block), verb.block
    penalty = next((m for m in _objects(reading, block, k) if _is_penalty(tree, k, m)), None)
    slots = _sentenced(reading, verb)
    if penalty is None or not slots:
        return
    like = slots[0]
    slots.append(replace(like, name="as", mention=penalty))
    slots += [replace(s) for s in verb.slots if s.name in ("subject", "at", "in")]
    frame = "Sentencing.ordered"
    if _is_civil(reading, block, k):
        frame = "Lawsuit.ordered"
        known = () if paid is None else (s.mention for s in paid.slots if s.name in ("to", "receiver"))
        slots += [replace(like, name="to", mention=m) for m in list(known) or _receivers(reading, block, k)]
    kept = frame_of(frame)
    found = EventDraft(block, verb.trigger, (kept,), slots, standing=verb.standing)
    found.begins, found.ends = verb.begins, verb.ends
    yield found


def _sentenced(reading: Reading, verb: EventDraft) -> list[Slot]:
    """Give who is ordered something, as objects."""
    against = _found_against(reading, verb)
    there = [s for s in verb.slots if s.name in ("object", "receiver") and s.mention.kind != "clause"]
    return [replace(s, name="object", mention=_but_pronoun(s.mention, against)) for s in there]


def _but_pronoun(mention: MentionDraft, named: MentionDraft | None) -> MentionDraft:
    return named if named is not None and mention.kind == "pronoun" else mention


def _objects(reading: Reading, block: ParsedBlock, k: int) -> Iterator[MentionDraft]:
    tree = tree_of(block)
    yield from _sums_beside(block, k)
    for o in tree.of(k, "dobj"):
        yield _argument(reading, block, o)
        # "damages of 4,000 pounds"
        yield from (_argument(reading, block, x) for x in tree.under(o, "of"))


def _is_penalty(tree: Tree, k: int, mention: MentionDraft) -> bool:
    """Whether what is ordered is a penalty: a sum to be paid, hours of work to be done."""
    value = mention.value
    if value is None:
        return False
    if tree.lemma[k] in courts.PAYING:
        return mention.kind == "quantity"
    return tree.lemma[k] in WORKING and tree.lemma[mention.head.i] == "hour"


def _is_civil(reading: Reading, block: ParsedBlock, k: int) -> bool:
    """Whether an order to pay decides a suit: by damages, by a suit told, or as no crime is told."""
    tree = tree_of(block)
    if tree.lemma[k] not in courts.PAYING:
        return False
    if any(tree.lower[i] in DAMAGES for i in tree.subtree(k)):
        return True
    said = {lemma for b in reading.blocks for lemma in tree_of(b).lemma}
    crimes = listed("words", "criminal")
    if not said.isdisjoint(listed("words", "litigation") - crimes):
        return True
    return said.isdisjoint(crimes) and any(_receivers(reading, block, k))


def _receivers(reading: Reading, block: ParsedBlock, k: int) -> Iterator[MentionDraft]:
    """Give who is to be paid."""
    tree = tree_of(block)
    there = [*tree.of(k, "dative"), *(tree.of(k, "dobj") if _sums_beside(block, k) else ())]
    there += [o for p in tree.of(k, "prep", "dative") if tree.lower[p] == "to" for o in tree.of(p, "pobj")]
    for o in there:
        mention = _argument(reading, block, o)
        if mention.kind in ("name", "nominal", "pronoun") and mention.type in PARTIES:
            yield mention


def _argument(reading: Reading, block: ParsedBlock, i: int) -> MentionDraft:
    found = block.measures.get(i)
    return found or reading.argument(block, block.doc[i], nominals.create_mention)


# Suits.


def take_part(noun: EventDraft, verb: EventDraft) -> None:
    """Give a suit the other side: who wins, loses or settles one, and against whom it is.

    Whoever has a suit "brought by" somebody is sued, and whoever has one against somebody sues.
    """
    if not any(f.event == "Lawsuit" for f in noun.frames):
        return
    tree = tree_of(verb.block)
    if tree.head[verb.trigger.i] == noun.trigger.i:
        for slot in noun.slots:
            slot.standing = noun.standing  # "agreed to settle a suit brought by Halm": it was brought
    elif tree.lemma[verb.trigger.i] in listed("words", "suing") and not verb.passive:
        _take_side(noun, verb)


def _take_side(noun: EventDraft, verb: EventDraft) -> None:
    """Give a suit the subject of its verb, on the side that the suit leaves open."""
    names = {s.name for s in noun.slots}
    if "against" not in names:
        noun.slots += [replace(s, standing=noun.standing) for s in verb.slots if s.name == "against"]
    if "owner" in names:
        _own(noun, verb)
        return
    side = "subject" if any(s.name == "against" for s in noun.slots) else ""
    if names & {"by", "from"} or _is_brought(noun):
        side = "undergoer"
    sides = [s for s in verb.slots if side and s.name == "subject"]
    noun.slots += [replace(s, name=side, standing=noun.standing) for s in sides]


def is_of_either(block: ParsedBlock, token: int) -> bool:
    """Whether a token is the subject of a verb that either party may be of: "settled a suit"."""
    tree = tree_of(block)
    return tree.dep[token] == "nsubj" and tree.lemma[tree.head[token]] in EITHER


def is_decision(event: EventDraft) -> bool:
    """Whether a verb tells what became of a suit: "the jury awarded her $2 million"."""
    return bool(event.frames) and event.frames[0].id in DECIDED


def _is_brought(noun: EventDraft) -> bool:
    """Whether a suit is told by who brought it: "a suit filed by its customers"."""
    tree = tree_of(noun.block)
    return any(tree.lemma[k] in BRINGING and tree.of(k, "agent") for k in tree.of(noun.trigger.i, "acl"))


def _own(noun: EventDraft, verb: EventDraft) -> None:
    """Let a suit be the subject's: "a nurse has won her suit"."""
    subjects = [s.mention for s in verb.slots if s.name == "subject"]
    for slot in [s for s in noun.slots if s.name == "owner" and s.mention.kind == "pronoun"]:
        if len(subjects) == 1:
            slot.mention = subjects[0]


def is_litigated(reading: Reading, event: EventDraft) -> bool:
    """Whether a claim is one before a court, by what becomes of it: "her claims against the firm failed"."""
    tree, i = tree_of(event.block), event.trigger.i
    verb = tree.head[i]
    if tree.dep[i] not in ("nsubj", "nsubjpass", "dobj") or tree.lemma[verb] not in listed(
        "words", "settling"
    ):
        return False
    courts_told = listed("words", "courts")
    return any(not courts_told.isdisjoint(tree_of(b).lemma) for b in reading.blocks)


def complete(linking: Linking) -> None:
    """Give suits the party that another suit tells, and what a court awards who has to pay it."""
    suits = [e for e in linking.events if e.event == "Lawsuit"]
    for suit in suits:
        for role in suit.filling("defendant"):
            role.mention = _sued_by_host(linking, suit, role.mention)
        if not suit.filling("defendant") and suit.filling("plaintiff"):
            _add_defendant(linking, suits, suit)
    for payment in [e for e in linking.events if e.event == "Payment" and _is_awarded(e)]:
        for suit in _before(linking, suits, payment):
            against = suit.filling("defendant")
            if against and _share(linking, suit.filling("plaintiff"), payment.filling("recipient")):
                payment.roles += _as(against, "payer", payment)
                break


def _sued_by_host(linking: Linking, suit: EventDraft, mention: MentionDraft) -> MentionDraft:
    """Give who is sued by whom a relative clause tells of: "it paid Halm, which had sued it": the subject."""
    tree, i = tree_of(suit.block), suit.trigger.i
    host = tree.head[i]
    if mention.kind != "pronoun" or mention.block is not suit.block or tree.dep[i] != "relcl":
        return mention
    verb = next((k for k in tree.above(host) if tree.pos[k] == "VERB"), None)
    for event in linking.events:
        if event.block is suit.block and event.trigger.i == verb:
            subjects = [s.mention for s in event.slots if s.name == "subject"]
            return subjects[0] if len(subjects) == 1 else mention
    return mention


def _add_defendant(linking: Linking, suits: list[EventDraft], suit: EventDraft) -> None:
    """Give a suit back, or another one, whom it is against."""
    back = suit.frames[0].id == "Lawsuit.counter" if suit.frames else False
    if not back and not _is_further(suit):
        return
    own, wanted, given = (
        suit.filling("plaintiff"),
        "defendant" if back else "plaintiff",
        "plaintiff" if back else "defendant",
    )
    for other in _before(linking, suits, suit):
        parties = other.filling(given)
        if parties and _share(linking, other.filling(wanted), own):
            suit.roles += _as(parties, "defendant", suit)
            return


def _is_further(suit: EventDraft) -> bool:
    tree = tree_of(suit.block)
    return suit.noun is not None and any(tree.lower[k] in FURTHER for k in tree.kids[suit.noun.head.i])


def _is_awarded(payment: EventDraft) -> bool:
    """Whether it is a court that says that somebody gets a sum."""
    if payment.filling("payer") or not payment.frames or payment.frames[0].id != "Payment.give":
        return False
    return any(s.name == "subject" and _is_court(s.mention) for s in payment.slots)


def _before(linking: Linking, suits: list[EventDraft], event: EventDraft) -> Iterator[EventDraft]:
    """Give the suits told before an event and in its sentence, the nearest first."""
    place = (event.block.index, event.trigger.sent.end)
    there = [s for s in suits if s is not event and s.place < place]
    near = [s for s in there if linking.sentences(s, event) <= REACH]
    yield from sorted(near, key=lambda s: linking.sentences(s, event))


def _share(linking: Linking, some: list[Role], others: list[Role]) -> bool:
    things = {id(linking.thing(r.mention)) for r in some}
    return any(id(linking.thing(r.mention)) in things for r in others)


def _as(roles: list[Role], name: str, event: EventDraft) -> list[Role]:
    """Give what fills roles of another event under a name, standing as an event does."""
    standing = event.roles[0].slot.standing if event.roles else Standing()
    return [Role(name, r.mention, replace(r.slot, standing=standing), exact=True) for r in roles]
