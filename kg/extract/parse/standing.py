"""How the tokens of a sentence stand to each other, as small numbers: in the tree, and in the line."""

from __future__ import annotations

import functools
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from kg.extract.parse.features import DEPS

RELATIONS = 10
STEPS = (1, 2, 3, 4, 6, 9, 14, 21)
DISTANCES = 2 * len(STEPS) + 1
HEAD, CHILD, BELOW, SIBLING, AUNT, ITSELF = 1, 5, 6, 7, 8, 9
# How far above a token the branch begins on which another one lies, and what is beyond.
LEVELS = 4
EDGES = 4


def relations(heads: list[int]) -> NDArray[np.int8]:
    """Say for each pair (token, other) how the other stands to the token in a tree.

    1 its head, 2 and 3 the heads above, 4 any further one, 5 a child, 6 a descendant, 7 under the same head,
    8 under the head's head, 9 itself; 0 nothing of these.

    >>> relations([1, 1, 1]).tolist()
    [[9, 1, 7], [5, 9, 5], [7, 1, 9]]
    """
    n = len(heads)
    head = np.array(heads, dtype=np.int64)
    out = np.zeros((n, n), np.int8)
    if not n:
        return out
    out[head[None, :] == head[head][:, None]] = AUNT
    out[head[None, :] == head[:, None]] = SIBLING
    for i in range(n):
        j, step = i, 0
        while heads[j] != j and step < n:
            j, step = heads[j], step + 1
            out[i, j] = min(step, 4)
            out[j, i] = CHILD if step == 1 else BELOW
    np.fill_diagonal(out, ITSELF)
    return out


@functools.lru_cache(maxsize=256)
def distances(n: int) -> NDArray[np.int64]:
    """Give the bucket of the distance of each pair of n tokens, before and behind apart.

    >>> distances(3).tolist()
    [[0, 1, 2], [9, 0, 1], [10, 9, 0]]
    """
    gap = np.arange(n)[None, :] - np.arange(n)[:, None]
    bucket = np.minimum(np.searchsorted(np.array(STEPS), np.abs(gap), side="left") + 1, len(STEPS))
    found = np.where(gap == 0, 0, np.where(gap > 0, bucket, bucket + len(STEPS)))
    found.setflags(write=False)
    return found


def branches(
    heads: list[int], i: int, order: list[int] | None = None
) -> tuple[list[int], list[int], list[int]]:
    """Say for each token on which branch it lies, seen from the token i.

    Gives the number of steps from i up to where the branch begins (at most LEVELS - 1), the token with which
    the branch begins (the token itself where it is i or above i), and whether the token is the first (1), the
    last (2) or the only one (3) of its branch in the line. `order` are the tokens, heads first, if known.

    >>> branches([1, 1, 1, 4, 2], 1)
    ([0, 0, 0, 0, 0], [0, 1, 2, 2, 2], [3, 3, 1, 0, 2])
    """
    n = len(heads)
    above = {i: 0}
    j = i
    while heads[j] != j and len(above) <= n:
        j = heads[j]
        above.setdefault(j, len(above))
    level, top = [LEVELS - 1] * n, list(range(n))
    for k, step in above.items():
        level[k] = min(step, LEVELS - 1)
    for t in downwards(heads) if order is None else order:
        if t not in above:
            level[t] = level[heads[t]]
            # The first token below one that is above i begins a branch of its own.
            top[t] = t if heads[t] in above else top[heads[t]]
    first: dict[int, int] = {}
    last: dict[int, int] = {}
    for t, k in enumerate(top):
        first.setdefault(k, t)
        last[k] = t
    edge = [(first[k] == t) + 2 * (last[k] == t) for t, k in enumerate(top)]
    return level, top, edge


def seen_from(
    tokens: Sequence[int], heads: list[int], dep: NDArray[np.int64], known: NDArray[np.int8]
) -> dict[str, NDArray[np.int64]]:
    """Give what a network is told of how all tokens stand to each of some: rows of small numbers by name.

    `dep` are the numbers of the tokens' labels, `known` the relations of all pairs.
    """
    order = downwards(heads)
    found = np.array([branches(heads, i, order) for i in tokens], dtype=np.int64)
    level, top, edge = found.transpose(1, 0, 2)
    return {
        "distance": distances(len(heads))[tokens],
        "below": known[tokens].astype(np.int64),
        "branch": level * len(DEPS) + dep[top],
        "edge": level * EDGES + edge,
    }


def downwards(heads: list[int]) -> list[int]:
    """Give the tokens of a tree, heads before what hangs on them.

    >>> downwards([1, 1, 1, 4, 2])
    [1, 0, 2, 4, 3]
    """
    kids: dict[int, list[int]] = {}
    order = []
    for t, head in enumerate(heads):
        if head == t:
            order.append(t)
        else:
            kids.setdefault(head, []).append(t)
    for t in order:
        order += kids.get(t, ())
    return order
