"""How the tokens of a sentence stand to each other, as small numbers: in the tree, and in the line."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

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


def distances(n: int) -> NDArray[np.int64]:
    """Give the bucket of the distance of each pair of n tokens, before and behind apart.

    >>> distances(3).tolist()
    [[0, 1, 2], [9, 0, 1], [10, 9, 0]]
    """
    gap = np.arange(n)[None, :] - np.arange(n)[:, None]
    bucket = np.minimum(np.searchsorted(np.array(STEPS), np.abs(gap), side="left") + 1, len(STEPS))
    return np.where(gap == 0, 0, np.where(gap > 0, bucket, bucket + len(STEPS)))


def branches(heads: list[int], i: int) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Say for each token on which branch it lies, seen from the token i.

    Gives the number of steps from i up to where the branch begins (at most LEVELS - 1), the token with which
    the branch begins (the token itself where it is i or above i), and whether the token is the first (1), the
    last (2) or the only one (3) of its branch in the line.

    >>> level, top, edge = branches([1, 1, 1, 4, 2], 1)
    >>> level.tolist(), top.tolist(), edge.tolist()
    ([0, 0, 0, 0, 0], [0, 1, 2, 2, 2], [3, 3, 1, 0, 2])
    """
    n = len(heads)
    above = {i: 0}
    j = i
    while heads[j] != j and len(above) <= n:
        j = heads[j]
        above.setdefault(j, len(above))
    level = np.full(n, LEVELS - 1, np.int64)
    top = np.arange(n, dtype=np.int64)
    done: dict[int, tuple[int, int]] = {k: (min(step, LEVELS - 1), k) for k, step in above.items()}
    for t in range(n):
        way: list[int] = []
        k = t
        while k not in done and len(way) <= n:
            way.append(k)
            k = heads[k]
        found = done.get(k, (LEVELS - 1, k))
        for w in reversed(way):
            # The first token below one that is above i begins a branch of its own.
            found = (found[0], w) if k in above and w == way[-1] else found
            done[w] = found
        level[t], top[t] = done.get(t, found)
    first = np.full(n, n, np.int64)
    last = np.full(n, -1, np.int64)
    line = np.arange(n)
    np.minimum.at(first, top, line)
    np.maximum.at(last, top, line)
    return level, top, (first[top] == line) + 2 * (last[top] == line)
