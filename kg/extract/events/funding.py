"""What money is for by the verb beside it: "a hall built with a grant of £5,000", "stepped in with a loan".

Who comes forward with a grant gives it; what is built with one is what it is for, and who builds it gets it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kg.extract import constructions
from kg.extract.events.records import EventDraft, Slot
from kg.extract.events.table import listed
from kg.extract.lexicon.sets import VERBS
from kg.extract.mentions import nominals
from kg.extract.parse.repair import tree_of
from kg.extract.parse.tree import Tree
from kg.extract.reading import Reading

# Lists of verbs beside "with a grant".
HELPING, FUNDED = "helping", "funded"
# Where money stands with which something is done.
WITH = frozenset({"with", "from"})
# What the arguments of a verb are to the grant beside it: who is thanked for one gave it.
TURNED: dict[str, dict[str, dict[str, str]]] = {
    "thank": {"for": {"object": "subject", "subject": "to"}},
    "pay": {"subject": {"for": "for"}},
}
RESCUE = frozenset({"rescue", "aid", "help", "assistance"})
# Who gets money is told by these.
RECEIVED = frozenset({"to", "receiver"})


def funded(reading: Reading, noun: EventDraft, verb: EventDraft, place: str, word: str) -> Iterator[Slot]:
    """Give a grant who comes forward with it, or what is done with it and by whom."""
    adverb, _, place = place.rpartition("_")  # "came forward with"
    if not any(f.id == "Payment.noun" for f in noun.frames):
        return
    if place in TURNED.get(word, {}):
        names = TURNED[word][place]
        yield from (replace(s, name=names[s.name]) for s in verb.slots if s.name in names)
    elif place == "with" and _helps(verb, f"{word}_{adverb}" if adverb else word):
        yield from (s for s in verb.slots if s.name == "subject")
    elif place in WITH and verb.trigger.lemma_.lower() in listed("words", FUNDED):
        yield from _made(reading, noun, verb)


def _made(reading: Reading, noun: EventDraft, verb: EventDraft) -> Iterator[Slot]:
    """Give what is made with a grant, and who gets that for it, where the noun does not tell."""
    told = {s.name for s in noun.slots}
    yield from (replace(s, name="for") for s in verb.slots if s.name == "object" and "for" not in told)
    if told.isdisjoint(RECEIVED):
        yield from _receivers(reading, verb)


def _receivers(reading: Reading, verb: EventDraft) -> Iterator[Slot]:
    """Give who gets money with which something is done: who does it, else who has what is made."""
    subjects = [s for s in verb.slots if s.name == "subject"]
    objects = (s for s in verb.slots if s.name == "object")
    owners = (s for o in objects for s in _having(reading, verb, o))
    yield from (replace(s, name="to") for s in (subjects or owners))


def _helps(verb: EventDraft, word: str) -> bool:
    """Whether a verb is one of helping, by a noun as well: "came to the rescue"."""
    to = {s.mention.head.lower_ for s in verb.slots if s.name == "to"}
    return word in listed("words", HELPING) or (word in ("come", "go") and not to.isdisjoint(RESCUE))


def _having(reading: Reading, verb: EventDraft, thing: Slot) -> Iterator[Slot]:
    """Give who has what was built: "the school has a hall built with a grant"."""
    tree, i = tree_of(verb.block), thing.mention.head.i
    if thing.mention.block is not verb.block or tree.head[verb.trigger.i] != i:
        return
    subject = _haver(tree, i)
    if subject is not None and tree.pos[subject] in ("NOUN", "PROPN", "PRON"):
        yield replace(thing, mention=nominals.core_argument(reading, verb.block, subject))


def _haver(tree: Tree, i: int) -> int | None:
    """Give the subject of "have" whose object a noun is, in a list as well."""
    while (tree.dep[i] == "conj" or constructions.renames(tree, i)) and tree.pos[tree.head[i]] not in VERBS:
        i = tree.head[i]
    verb = tree.head[i]
    return tree.first(verb, "nsubj") if tree.dep[i] == "dobj" and tree.lemma[verb] == "have" else None
