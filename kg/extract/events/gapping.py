"""Clauses that leave out their verb: "the fund gave 5 million, the state 2 million".

The parser hangs what is left of such a clause anywhere. It is read from the words: behind the number of a
verb a sign or conjunction, a noun phrase without a preposition, and another number of the kind behind it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from kg.extract.events.records import EventDraft, Slot
from kg.extract.lexicon.sets import NOMINALS, NOUNS, VERBS
from kg.extract.mentions import nominals
from kg.extract.parse.repair import tree_of
from kg.extract.parse.tree import Tree
from kg.extract.reading import MentionDraft, ParsedBlock, Reading

# Classes of events of which a number tells.
COUNTED = frozenset({"Payment", "Change", "Election", "Measurement"})
# What stands between the parts; words of a noun phrase; those that begin none of who does something.
PARTING = frozenset({",", ";", "and", "but", "while"})
PHRASE = frozenset({"DET", "ADJ", "PRON", "PART", *NOUNS})
INDEFINITE = frozenset({"a", "an", "some", "another", "about", "record", "further", "total"})
# Where the number of a verb stands.
NUMBERED = frozenset({"object", "by", "to"})
LONGEST = 7


def gapped(reading: Reading, events: Iterable[EventDraft]) -> Iterator[EventDraft]:
    """Give the events of clauses that share the verb before them, and take their words from that verb."""
    for event in events:
        if not event.passive and any(f.event in COUNTED for f in event.frames):
            yield from _behind(reading, event)


def _behind(reading: Reading, event: EventDraft) -> Iterator[EventDraft]:
    block, tree = event.block, tree_of(event.block)
    subject = next((s for s in event.slots if s.name == "subject"), None)
    first = next((s for s in event.slots if _is_number(s, block)), None)
    if subject is None or first is None or subject.mention.head.i > event.trigger.i:
        return
    for start, number in _numbers(block, tree, event.trigger.i, first.mention):
        who = _who(reading, block, number.span.start - 1)
        event.slots = [s for s in event.slots if not start <= s.mention.head.i < number.span.end]
        slots = [*_other(event, subject, who), replace(first, mention=_in_unit(number, first.mention))]
        yield replace(event, slots=slots)


def _is_number(slot: Slot, block: ParsedBlock) -> bool:
    mention = slot.mention
    return slot.name in NUMBERED and mention.value is not None and mention.block is block


def _numbers(
    block: ParsedBlock, tree: Tree, verb: int, first: MentionDraft
) -> Iterator[tuple[int, MentionDraft]]:
    """Give where each clause without a verb begins behind the number of one that has it, and its number."""
    i, end = first.span.end, block.doc[verb].sent.end
    while i < end and tree.pos[i] not in VERBS:
        number = _number_behind(block, tree, i, first) if tree.lower[i] in PARTING else None
        if number is not None:
            yield i + 1, number
        i = i + 1 if number is None else number.span.end


def _other(event: EventDraft, subject: Slot, who: MentionDraft) -> list[Slot]:
    """Give who is another in the clause: its subject, or its receiver where the verb before has one.

    With a receiver that has no name whoever has one, as the subject has, is another giver: "the Marsh
    Trust gave the club £30,000 and the Dale Fund £5,000".
    """
    verb = event.trigger.i
    given = next((s for s in event.slots if s.name in ("receiver", "to") and s.mention.head.i > verb), None)
    if given is None:
        return [replace(subject, mention=who)]
    named = [m.kind == "name" for m in (subject.mention, given.mention, who)]
    if named == [True, False, True]:
        return [replace(subject, mention=who), replace(given)]
    return [replace(subject), replace(given, mention=who)]


def _number_behind(block: ParsedBlock, tree: Tree, i: int, first: MentionDraft) -> MentionDraft | None:
    """Give the number of a clause without a verb that begins behind a token."""
    start = i + 1 + (tree.lower[i + 1 : i + 2] == ["and"])
    k = start
    while k < min(tree.n, start + LONGEST) and k not in block.measures and tree.pos[k] in PHRASE:
        k += 1
    number = block.measures.get(k)
    if number is None or number.span.start != k or not _is_like(number, first):
        return None
    phrase = tree.lower[start:k]
    named = k > start and tree.pos[k - 1] in NOMINALS and tree.tag[k - 1] not in ("PRP$", "POS")
    bare = number.span.end >= tree.n or tree.pos[number.span.end] not in NOUNS
    return number if named and bare and INDEFINITE.isdisjoint(phrase) else None


def _is_like(number: MentionDraft, first: MentionDraft) -> bool:
    """Whether two numbers are of one unit, or the second of none: "5 million euros … 2 million"."""
    if number.kind != "quantity" or number.value is None or first.value is None:
        return False
    return number.value.unit in (None, "", first.value.unit)


def _in_unit(number: MentionDraft, first: MentionDraft) -> MentionDraft:
    if number.value is not None and first.value is not None and not number.value.unit:
        number.value = replace(number.value, unit=first.value.unit)
    return number


def _who(reading: Reading, block: ParsedBlock, last: int) -> MentionDraft:
    """Give the noun phrase that ends at a token."""
    known = reading.at(block, block.doc[last])
    return known or nominals.core_argument(reading, block, last)
