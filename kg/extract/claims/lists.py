"""What the lists in a clause leave open, and what they tell of each member alone."""

from __future__ import annotations

from collections.abc import Sized
from dataclasses import replace
from typing import TypeVar

from kg.extract import lexicon
from kg.extract.claims.clause import Argument, Clause
from kg.extract.claims.factuality import Factuality
from kg.extract.claims.frames import Frame
from kg.extract.parse.tree import Tree

ALTERNATIVE = lexicon.words("clauses", "coordination", "alternative")
RESPECTIVELY = lexicon.words("clauses", "coordination", "respective")
T = TypeVar("T")


def respective(clause: Clause, frame: Frame) -> list[Frame]:
    """Give the frames that a frame with "respectively" stands for, first with first and second with second.

    Where lists of one length do not tell which belongs to which there are none. Any other frame stands for
    itself.
    """
    tree = clause.tree
    heads = [clause.verb, *frame.subjects, *(a.head for a in (*frame.objects, *frame.qualifiers))]
    if not any(tree.lower[k] in RESPECTIVELY for h in heads for k in tree.kids[h]):
        return [frame]
    roles: dict[str, list[Argument]] = {}
    for q in frame.qualifiers:
        if tree.lower[q.head] not in RESPECTIVELY:
            roles.setdefault(q.role, []).append(q)
    groups: list[Sized] = [frame.subjects, frame.objects, *roles.values()]
    lengths = [len(group) for group in groups if len(group) > 1]
    if len(lengths) < 2 or len(set(lengths)) > 1:
        return []
    return [
        replace(
            frame,
            subjects=_nth(frame.subjects, n),
            objects=_nth(frame.objects, n),
            qualifiers=[q for group in roles.values() for q in _nth(group, n)],
        )
        for n in range(lengths[0])
    ]


def _nth(group: list[T], n: int) -> list[T]:
    """Give one of a list of several; what is alone goes with each."""
    return group[n : n + 1] if len(group) > 1 else group


def without_alternatives(clause: Clause, frame: Frame) -> tuple[Frame, frozenset[int]]:
    """Give a frame and those of its ends that may not be meant: "Anna or Ben wrote it".

    Circumstances of which only one holds are left out where there is an object that is told without them.
    """
    tree, naming = clause.tree, _gives_names(clause, frame)
    ends = {i for i in frame.subjects if _is_alternative(tree, i)}
    if naming:
        return frame, frozenset(ends)  # each is what it is called
    ends |= {o.head for o in frame.objects if _is_alternative(tree, o.head)}
    kept = [q for q in frame.qualifiers if not _is_alternative(tree, q.head)]
    if len(kept) < len(frame.qualifiers):
        if frame.objects:
            frame = replace(frame, qualifiers=kept)
        else:
            ends |= set(frame.subjects)
    return frame, frozenset(ends)


def _is_alternative(tree: Tree, i: int) -> bool:
    """Whether a name is one of several of which only one need be meant."""
    if tree.pos[i] != "PROPN":
        return False
    while tree.dep[i] == "conj" and tree.head[i] != i:
        i = tree.head[i]
    return any(tree.lower[k] in ALTERNATIVE for m in tree.conjuncts(i) for k in tree.of(m, "cc"))


def _gives_names(clause: Clause, frame: Frame) -> bool:
    """Whether a clause tells what something is called: "is known as Burma or Myanmar"."""
    roles = {a.role for a in (*frame.objects, *frame.qualifiers)}
    return clause.lemma in lexicon.NAMING or "as" in roles or "as" in frame.relation.split("_")


def possible(held: Factuality) -> Factuality:
    """Give how a clause stands of something that may not be meant."""
    return replace(held, modality=held.modality or (None if held.negated else "Possible"))
