"""Who is told to be hurt by what he has: "climbed out with a broken wrist", "left her with a cut lip"."""

from __future__ import annotations

import collections
from collections.abc import Iterator

from kg.extract.events.records import EventDraft, Slot, Standing
from kg.extract.events.table import frame_of, listed
from kg.extract.lexicon.sets import VERBS
from kg.extract.parse.repair import tree_of
from kg.extract.parse.tree import Tree
from kg.extract.reading import ClaimDraft, MentionDraft, Reading

FRAME, PLACE = "Injury.injure", "object"
WITH, LEAVING = frozenset({"with"}), frozenset({"leave"})
ONE = frozenset({"NN", "NNP", "PRP"})


def gather(reading: Reading) -> Iterator[EventDraft]:
    """Give the injuries that stand under "with" beside what somebody does, or what is done to him."""
    frame = frame_of(FRAME)
    hurt: dict[tuple[int, int], int] = {}
    for block in reading.blocks:
        tree = tree_of(block)
        hurt |= {(block.index, verb): k for k in _hurts(tree) if (verb := _verb_above(tree, k)) is not None}
    told: dict[tuple[int, int], list[ClaimDraft]] = collections.defaultdict(list)
    for claim in reading.claims if hurt else ():
        verb = _verb_of(claim)
        if verb is not None:
            told[claim.block.index, verb].append(claim)
    for at, k in hurt.items():
        for claim in told[at][:1]:
            who = _who(tree_of(claim.block), claim)
            if who is not None:
                stands = Standing.of(claim)
                slots = [Slot(PLACE, who, stands, claim)]
                slots += _by_what(claim, who, stands)
                yield EventDraft(claim.block, claim.block.doc[k], (frame,), slots, standing=stands)


def _by_what(claim: ClaimDraft, who: MentionDraft, stands: Standing) -> Iterator[Slot]:
    """Give what left somebody hurt: "the crash left Ida Moll with a broken arm"."""
    verb = _verb_of(claim)
    if verb is not None and claim.object is who and tree_of(claim.block).lemma[verb] in LEAVING:
        yield Slot("subject", claim.subject, stands, claim)


def _hurts(tree: Tree) -> Iterator[int]:
    """Give the injuries and hurt parts of the body under "with"."""
    for k in range(tree.n):
        if tree.dep[k] == "pobj" and tree.lower[tree.head[k]] in WITH and _is_hurt(tree, k):
            yield k


def _is_hurt(tree: Tree, k: int) -> bool:
    if tree.lemma[k] in listed("words", "injuries"):
        return True
    hurt = any(tree.lower[a] in listed("words", "hurt") for a in tree.of(k, "amod"))
    return hurt and tree.lemma[k] in listed("words", "body")


def _verb_above(tree: Tree, k: int) -> int | None:
    """Give the verb of what somebody has, past what it may hang on: "out of a window with a cut hand"."""
    above = tree.head[tree.head[k]]
    while tree.dep[above] in ("prep", "pobj", "dobj") and tree.pos[above] not in VERBS:
        above = tree.head[above]
    return above if tree.tag[above] in ("VBD", "VBN") else None


def _verb_of(claim: ClaimDraft) -> int | None:
    tree = tree_of(claim.block)
    return next((t.i for t in claim.words if tree.pos[t.i] in VERBS and tree.lemma[t.i] != "be"), None)


def _who(tree: Tree, claim: ClaimDraft) -> MentionDraft | None:
    """Give who is hurt: whom a verb leaves or finds so, else who does it, or to whom it is done."""
    verb, done_to = _verb_of(claim), claim.object
    who: MentionDraft | None = claim.subject
    if not claim.relation.startswith("be_") and verb is not None:
        if tree.lemma[verb] in listed("words", "finding_hurt"):
            who = done_to
        elif done_to is not None and done_to.type == "Person":
            who = None
    known = who is not None and who.type == "Person" and who.head.tag_ in ONE
    return who if known else None
