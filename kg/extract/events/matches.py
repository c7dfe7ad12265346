"""Matches told by a noun: "a 3-1 win over Holt", "gave Holt a 2-0 victory", "slumped to a 4-1 defeat".

Whose win or defeat it is stands elsewhere in the clause: who is given it, who slumped to it, or whom it takes
to the top. So does its day.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extract import constructions
from kg.extract.events.records import EventDraft, Slot
from kg.extract.events.table import listed
from kg.extract.lexicon.sets import NOMINALS, VERBS
from kg.extract.mentions import nominals
from kg.extract.parse.repair import tree_of
from kg.extract.parse.tree import Tree
from kg.extract.reading import MentionDraft, ParsedBlock, Reading

SCORE = re.compile(r"\d{1,3}[-–]\d{1,3}")
TEAMS = frozenset({"Organization", "GPE", "Group"})
OBJECTS = ("dative", "dobj")
# Prepositions of a noun before who else takes part.
SIDED = ("over", "against", "with", "by", "to")
# Where what a noun tells hangs on its verb.
UNDER = frozenset({"with", "to", "after", "following", "by", "in"})
# Behind a match what one does on a later day.
LATER = frozenset({"after", "following"})


def add_outcome(reading: Reading, event: EventDraft) -> None:
    """Give a win, defeat or draw that a noun tells its score, its side, its competition and its day."""
    if event.noun is None or not any(f.event == "Match" for f in event.frames):
        return
    block, i = event.block, event.trigger.i
    if not _has(event, "score"):
        score = _score_before(reading, block, i) or _without_goals(reading, block, i)
        event.slots += [] if score is None else [Slot("score", score, event.standing)]
    if not _has(event, "score", *SIDED):
        return
    verb, under = _governor(tree_of(block), i)
    if verb < 0:
        event.slots += _renamed(reading, event)
        return
    if not _has(event, "owner", "subject"):
        event.slots += (Slot("subject", side, event.standing) for side in _sides(reading, event, verb, under))
    if not _has(event, "in"):
        event.slots += (Slot("in", m, event.standing) for m in _table_of(reading, block, verb))
        event.slots += (Slot("in", m, event.standing) for m in _cups_behind(reading, block, verb))
    _date(reading, event, verb)


def _renamed(reading: Reading, event: EventDraft) -> list[Slot]:
    """Give whom the noun of an outcome renames: "Halden, 3-1 winners over Ulm, go top"."""
    tree, i = tree_of(event.block), event.trigger.i
    if not constructions.renames(tree, i):
        return []
    side = _team(reading, event.block, tree.head[i], TEAMS | {"Person"})
    return [] if side is None else [Slot("subject", side, event.standing)]


def _has(event: EventDraft, *names: str) -> bool:
    return any(s.name in names for s in event.slots)


def score_at(reading: Reading, block: ParsedBlock, i: int) -> MentionDraft | None:
    """Give the score that a token is, written with a dash as one: "29–28"."""
    token = block.doc[i]
    if not SCORE.fullmatch(token.text):
        return None
    draft = MentionDraft(block, block.doc[i : i + 1], token, "quantity", "Quantity", token.text)
    return block.measures.get(i) or reading.add(draft, argument=False)


def _score_before(reading: Reading, block: ParsedBlock, i: int) -> MentionDraft | None:
    """Give the score before a noun, with an adjective or a noun between: "a 3-1 home win"."""
    tree = tree_of(block)
    if i and (score := score_at(reading, block, i - 1)) is not None:
        return score  # "a 29–28 win"
    for k in range(i - 3, max(i - 6, -1), -1):
        told = (tree.lower[k], tree.lower[k + 2])
        if tree.lower[k + 1] not in ("-", "–") or not all(t.isdigit() and len(t) < 4 for t in told):
            continue
        if k + 3 < i and not all(tree.pos[j] in ("ADJ", "NOUN", "ADV") for j in range(k + 3, i)):
            continue
        found = block.measures.get(k)
        if found is not None:
            return found
        span = block.doc[k : k + 3]
        draft = MentionDraft(block, span, block.doc[k], "quantity", "Quantity", span.text)
        return reading.add(draft, argument=False)
    return None


def _governor(tree: Tree, i: int) -> tuple[int, str]:
    """Give the verb that a noun is said with, and the preposition between, or how the noun hangs on it."""
    top, under = tree.head[i], tree.dep[i]
    if tree.dep[top] == "prep" and tree.lower[top] in UNDER:
        under, top = tree.lower[top], tree.head[top]
    return (top, under) if tree.pos[top] in VERBS and top != i else (-1, "")


def _without_goals(reading: Reading, block: ParsedBlock, i: int) -> MentionDraft | None:
    """Give the score of a match in which nobody scored, in the words of the text: "a goalless draw"."""
    tree = tree_of(block)
    said = [k for k in tree.of(i, "amod", "compound") if tree.lower[k] in listed("words", "goalless")]
    if not said:
        return None
    token = block.doc[said[0]]
    draft = MentionDraft(block, block.doc[token.i : token.i + 1], token, "attribute", "Concept", token.text)
    return reading.add(draft, argument=False)


def _sides(reading: Reading, event: EventDraft, verb: int, under: str) -> list[MentionDraft]:
    """Give whose win, defeat or draw it is, of a draw all: "Ulm and Brae played out a draw"."""
    block, tree = event.block, tree_of(event.block)
    first = _side(reading, block, event.trigger.i, verb, under)
    if first is None or event.trigger.lemma_ not in listed("words", "level"):
        return [] if first is None else [first]
    others = (_team(reading, block, k, TEAMS) for k in tree.conjuncts(first.head.i) if k != first.head.i)
    return [first, *(side for side in others if side is not None)]


def _side(reading: Reading, block: ParsedBlock, i: int, verb: int, under: str) -> MentionDraft | None:
    """Give whose win or defeat it is: who is given it, else the subject, else whom it takes somewhere."""
    tree = tree_of(block)
    given = tree.of(verb, "dative") if under == "dobj" else []
    subjects = tree.of(verb, "nsubj") if under != "nsubj" else []
    if under in LATER:  # "was sacked by Ulm after a 4-0 defeat"
        subjects += [o for p in tree.of(verb, "agent") for o in tree.of(p, "pobj")]
    moved = tree.of(verb, *OBJECTS) if tree.lemma[verb] in listed("words", "lifting") else []
    personal = under == "to" or tree.lemma[i] in listed("words", "victors")
    kinds = TEAMS | {"Person"} if personal else TEAMS  # who "slumped to a 2-1 loss" is a side
    for k in (*given, *subjects, *moved):
        if k != i and (found := _team(reading, block, k, kinds)) is not None:
            return found
    return None


def _team(reading: Reading, block: ParsedBlock, k: int, kinds: frozenset[str]) -> MentionDraft | None:
    tree = tree_of(block)
    if tree.dep[k] == "dative" and tree.pos[k] == "ADP":
        inner = tree.first(k, "pobj")
        k = k if inner is None else inner
    head = block.doc[nominals.core(tree, k)]
    found = reading.at(block, head)
    if found is not None and found.kind == "name" and found.type in kinds:
        return found
    if tree.lemma[k] in listed("words", "sides"):
        return reading.argument(block, head, nominals.create_mention)
    return None


def _table_of(reading: Reading, block: ParsedBlock, verb: int) -> Iterator[MentionDraft]:
    """Give the league that a win takes somebody up or down in: "to the top of the Northern League"."""
    tree = tree_of(block)
    for p in tree.of(verb, "prep"):
        place = tree.first(p, "pobj")
        if place is None or tree.lower[place] not in listed("words", "ranks"):
            continue
        for of in tree.of(place, "prep"):
            for o in tree.of(of, "pobj"):
                found = reading.at(block, block.doc[o])
                if found is not None and found.kind == "name":
                    yield found


def _cups_behind(reading: Reading, block: ParsedBlock, verb: int) -> Iterator[MentionDraft]:
    """Give what the verb of an outcome was in: "ran out 3-0 winners in the second round of the Cup"."""
    tree = tree_of(block)
    for o in tree.under(verb, "in"):
        if o not in block.measures and tree.pos[o] in NOMINALS:
            yield reading.argument(block, block.doc[o], nominals.create_mention)


def _date(reading: Reading, event: EventDraft, verb: int) -> None:
    if event.begins or event.ends:
        return
    for claim in reading.claims:
        if claim.block is event.block and any(t.i == verb for t in claim.words) and claim.begins:
            event.begins, event.ends = claim.begins, claim.ends
            return
