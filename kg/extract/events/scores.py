"""The sides of a match told by a verb, its score, what it was for, and whether it was won at all."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kg.extract import constructions
from kg.extract.events.filling import SCORE
from kg.extract.events.records import EventDraft, Slot, Standing
from kg.extract.events.table import listed
from kg.extract.mentions import nominals
from kg.extract.parse.repair import tree_of
from kg.extract.parse.tree import Tree
from kg.extract.reading import MentionDraft, ParsedBlock, Reading

SIDED = frozenset({"subject", "object", "to", "of", "against", "over", "with", "by"})
# How a clause hangs on that of which it tells the outcome.
SAME_TIME = frozenset({"when", "to"})
# How many words the name of a side may have, and what stands behind one that renames a noun.
LONGEST_NAME = 6
BEHIND_NAME = frozenset({",", "of", "from", "(", ".", "in"})
# How what was aimed at stands: "needed to win", "extra time to win".
AIMED = frozenset({"Planned", "Possible"})
HANGING = frozenset({"advcl", "xcomp", "relcl", "acl"})


def sides(reading: Reading, event: EventDraft) -> None:
    """Part the sides of a match from its score, name them, and add the cup that it was for."""
    if not any(f.event == "Match" for f in event.frames):
        return
    _part_scores(reading, event)
    for slot in [s for s in event.slots if s.name in SIDED and s.mention.block is event.block]:
        slot.mention = _team(reading, event.block, slot.mention)
    if _is_scored(event):
        event.slots += _prizes(reading, event)
        event.slots += _cups_within(reading, event)
    if _is_played(event):
        _put_winner(reading, event)
        for slot in event.slots:
            if slot.standing.modality in AIMED:
                slot.standing = Standing()


def _put_winner(reading: Reading, event: EventDraft) -> None:
    """Let who needed it win, and not what was needed: "needed extra time to knock out Ulm"."""
    tree, verb = tree_of(event.block), event.trigger.i
    if tree.dep[verb] not in ("relcl", "acl"):
        return
    for k in tree.of(tree.head[tree.head[verb]], "nsubj"):
        winner = reading.argument(event.block, event.block.doc[k], nominals.create_mention)
        for slot in [s for s in event.slots if s.name == "subject"]:
            slot.mention = winner


def _is_scored(event: EventDraft) -> bool:
    return any(s.name == "score" or SCORE.search(s.mention.span.text) for s in event.slots)


def _is_played(event: EventDraft) -> bool:
    """Whether a match was won by what is told as an aim: "needed five sets to beat Ulm"."""
    block, verb = event.block, event.trigger.i
    return _is_reached(block, verb) or (_is_scored(event) and _is_outcome(block, verb))


def _part_scores(reading: Reading, event: EventDraft) -> None:
    """Part the score from whom it was won against, which the parser takes for one: "beat Ulm 3–0"."""
    for slot in [s for s in event.slots if s.mention.kind == "nominal" and s.name != "score"]:
        mention, tree = slot.mention, tree_of(slot.mention.block)
        if (said := SCORE.search(mention.span.text)) is None or said.start() == 0:
            continue
        head = mention.head.i
        before = [
            k for k in tree.kids[head] if tree.dep[k] != "amod" and k != constructions.owner(tree, head)
        ]
        named = (reading.at(mention.block, mention.block.doc[k]) for k in before)
        name = next((m for m in named if m is not None and m.kind == "name"), None)
        if name is not None:
            event.slots += [replace(slot, mention=name), replace(slot, name="score")]
            event.slots.remove(slot)


def _team(reading: Reading, block: ParsedBlock, mention: MentionDraft) -> MentionDraft:
    """Give the team of a people that compete for it, or whom a noun is said to be.

    "The Croats of Split"; "the holders, Ulm of Lorn, 3-1", "the top seed, Ida Moen".
    """
    tree, i = tree_of(block), mention.head.i
    if mention.type == "Group" and mention.kind == "name" and tree.doc[i].is_title:
        behind = [o for o in tree.under(i, "of") if tree.pos[o] == "PROPN"]
    elif mention.kind == "nominal":
        behind = _renaming(reading, block, mention)
    else:
        return mention
    named = (reading.at(block, block.doc[o]) for o in behind)
    return next((m for m in named if m is not None and m.kind == "name"), mention)


def _renaming(reading: Reading, block: ParsedBlock, mention: MentionDraft) -> list[int]:
    """Give the head of the name behind the comma of a noun for who competes: "the holders, Ulm, 3-1"."""
    tree, i = tree_of(block), mention.head.i
    first = i + 2
    if tree.lemma[i] not in listed("words", "competing") or tree.lower[i + 1 : first] != [","]:
        return []
    named = (reading.at(block, block.doc[k]) for k in range(first, min(first + LONGEST_NAME, tree.n - 1)))
    found = next((m for m in named if m is not None and m.kind == "name" and m.span.start == first), None)
    return [found.head.i] if found is not None and tree.lower[found.span.end] in BEHIND_NAME else []


def _prizes(reading: Reading, event: EventDraft) -> Iterator[Slot]:
    """Give the cup that a match was for: "beat Ulm 3-1 to win the Lorn Cup", "won the cup by beating Ulm"."""
    if any(s.name == "competition" for s in event.slots):
        return
    block, tree, verb = event.block, tree_of(event.block), event.trigger.i
    clauses = [*(k for k in tree.of(verb, "advcl", "xcomp") if _is_bare(tree, k)), *_above(tree, verb)]
    for k in clauses if not event.passive else ():
        for o in tree.of(k, "dobj") if tree.lemma[k] in listed("words", "winning") else ():
            cup = reading.at(block, block.doc[o])
            if cup is not None and _is_cup(cup):
                yield Slot("competition", cup, event.standing)
                return


def _cups_within(reading: Reading, event: EventDraft) -> Iterator[Slot]:
    """Give the cup that hangs on how a match was won: "beat Ulm 3-1 on penalties in the Lorn Cup"."""
    block, tree = event.block, tree_of(event.block)
    if any(s.name in ("in", "competition") for s in event.slots) or event.noun is not None:
        return
    for p in tree.of(event.trigger.i, "prep", "npadvmod"):
        inner = [p, *tree.of(p, "pobj")]
        for o in (o for k in inner for o in tree.under(k, "in")):
            cup = reading.argument(block, block.doc[o], nominals.create_mention)
            yield Slot("in", cup, event.standing)


def _is_cup(mention: MentionDraft) -> bool:
    return mention.kind == "name" and mention.span[-1].lower_ in listed("words", "competitions")


def _above(tree: Tree, verb: int) -> Iterator[int]:
    """Give the verbs of which a verb tells how it came: "lifted the cup, coming back to beat Ulm"."""
    while tree.dep[verb] in HANGING - {"relcl"} and _is_bare(tree, verb):
        verb = tree.head[verb]
        yield verb


def _is_bare(tree: Tree, verb: int) -> bool:
    """Whether a clause tells of the same time: "when they beat Ulm", and not "after they beat Ulm"."""
    return all(tree.lower[k] in SAME_TIME for k in tree.of(verb, "mark") if tree.head[k] == verb)


def _is_reached(block: ParsedBlock, verb: int) -> bool:
    """Whether what somebody needed a part of a match for was done: "needed five sets to beat Ulm"."""
    tree = tree_of(block)
    above = tree.head[verb]
    if tree.dep[verb] in ("relcl", "acl"):
        above = tree.head[above]
    past = tree.tag[above] in ("VBD", "VBN") and not tree.of(above, "neg")
    if tree.lemma[above] not in ("need", "take", "require") or not past or tree.dep[verb] not in HANGING:
        return False
    how = block.factualities.get(above)
    parts = listed("words", "parts_of_match")
    spent = any(tree.lemma[o] in parts or tree.pos[o] == "NUM" for o in tree.of(above, "dobj"))
    return how is not None and how.asserted and spent


def _is_outcome(block: ParsedBlock, verb: int) -> bool:
    """Whether a result is told as what came of a match: "came from two goals down to beat Ulm 3-2"."""
    tree = tree_of(block)
    above = tree.head[verb]
    past = tree.tag[above] in ("VBD", "VBN") and not tree.of(above, "neg")
    how = block.factualities.get(above)
    turning = tree.dep[verb] == "advcl" or tree.dep[verb] == "xcomp"
    told = past and turning and tree.lemma[above] in listed("words", "turning")
    return told and how is not None and how.asserted
