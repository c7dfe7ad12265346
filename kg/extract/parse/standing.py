"""How the tokens of a sentence stand to each other, as small numbers: in the tree, and in the line."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

RELATIONS = 10
STEPS = (1, 2, 3, 4, 6, 9, 14, 21)
DISTANCES = 2 * len(STEPS) + 1
HEAD, CHILD, BELOW, SIBLING, AUNT, ITSELF = 1, 5, 6, 7, 8, 9


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
