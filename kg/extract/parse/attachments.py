"""Where a phrase, a clause, an apposition or a conjunct hangs, if surely elsewhere than the model says."""

from __future__ import annotations

from typing import NamedTuple

from kg.extract.parse.heads import Heads, Scores
from kg.extract.parse.rolesets import Words
from kg.extract.parse.tree import Tree

KEY = "kg_attachments"
# How sure it must be that a token of a label hangs elsewhere.
SURE = {"prep": 0.9, "conj": 0.9, "appos": 0.9, "relcl": 0.9, "acl": 0.9}


class Arc(NamedTuple):
    """The head of a token, and how sure it is."""

    head: int
    probability: float


def changes(heads: Heads, h: Scores, sentence: Words) -> dict[int, Arc]:
    """Give the tokens of a sentence that hang elsewhere than its parse says, the surest first."""
    asked = [i for i, dep in enumerate(sentence.deps) if dep in SURE and sentence.heads[i] != i]
    if not asked:
        return {}
    likely = heads.arcs(h, sentence)
    best = likely.argmax(-1)
    found = {
        i: Arc(int(best[i]), float(likely[i, best[i]]))
        for i in asked
        if best[i] not in (i, sentence.heads[i])
        and likely[i, best[i]] >= SURE[sentence.deps[i]]
        and sentence.pos[best[i]] not in ("PUNCT", "SPACE")
    }
    return _without_circles(list(sentence.heads), found)


def _without_circles(heads: list[int], found: dict[int, Arc]) -> dict[int, Arc]:
    kept: dict[int, Arc] = {}
    for i, arc in sorted(found.items(), key=lambda x: (-x[1].probability, x[0])):
        if not is_below(heads, arc.head, i):
            heads[i] = arc.head
            kept[i] = arc
    return kept


def is_below(heads: list[int], i: int, top: int) -> bool:
    """Whether a token is another one or hangs below it.

    >>> is_below([1, 1, 0], 2, 0), is_below([1, 1, 0], 1, 0)
    (True, False)
    """
    while i != top and heads[i] != i:
        i = heads[i]
    return i == top


def settle(tree: Tree) -> None:
    """Hang the tokens of a tree where they were found to hang, and keep how sure that is."""
    found: dict[int, Arc] = tree.doc.user_data.get(KEY) or {}
    for i, arc in found.items():
        tree.head[i] = arc.head
        tree.sure[i] = arc.probability
    if found:
        tree.index()
