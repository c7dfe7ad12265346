"""What a pronoun stands for, by small trained ensembles of trees over `features`."""

from __future__ import annotations

import functools
import json
from importlib import resources
from typing import Any

import numpy as np
from spacy.tokens import Token

from kg.extract.coref.candidates import Candidate
from kg.extract.coref.cluster import Clusters, CorefCluster
from kg.extract.coref.features import NAMES, SURE, features
from kg.extract.reading import ParsedBlock

DOUBTFUL = 8000
LEAVES = 16
ALL, ONE = np.uint16((1 << LEAVES) - 1), np.uint16(1)
# The number of a single bit.
BIT = np.zeros(1 << (LEAVES - 1) | 1, dtype=np.intp)
BIT[1 << np.arange(LEAVES)] = np.arange(LEAVES)


def choose(
    clusters: Clusters,
    block: ParsedBlock,
    token: Token,
    group: str,
    sex: float,
    candidates: list[Candidate],
) -> CorefCluster | None:
    """Give the thing that a pronoun stands for, or None where no candidate is likely enough."""
    model = _models().get(group)
    if not candidates or model is None or not model.size:
        return None
    rows = features(clusters, block, token, sex, candidates)
    scores = model.scores(rows)
    # A name that was read as something else must be the clearer choice.
    least = [
        model.threshold + (DOUBTFUL if sex and t.named and t.type != "Person" else 0) for t, _ in candidates
    ]
    best = max(range(len(scores)), key=lambda i: (scores[i] - least[i], -i))
    choice, last = candidates[best]
    if scores[best] < least[best]:
        return None
    if sex and not choice.named:
        # Somebody without a name is chosen rarely, and rightly so only nearby and without a rival.
        far = clusters.sentence_at(block, token) - clusters.sentence_of(last) > 1
        if far or sum(t.gender * sex > SURE for t, _ in candidates) > 1:
            return None
    return choice


class Model:
    """An ensemble of regression trees, all of them answered at once.

    Each tree is the lists feature, cut, left, right, leaf; feature -1 marks a leaf. Leaves are whole numbers,
    so that a sum is the same on every machine. A tree has at most 16 leaves, each of them a bit: where a row
    goes right at a node, the leaves to the left of it fall out, and the lowest bit that is left at the end is
    the leaf of the row.
    """

    def __init__(
        self, threshold: int, trees: list[tuple[list[int], list[float], list[int], list[int], list[int]]]
    ):
        self.threshold = threshold
        self.size = len(trees)
        # Inner nodes by their number in the tree, then by tree; the missing ones change nothing.
        shape = LEAVES - 1, self.size
        feature, cut = np.zeros(shape, dtype=np.intp), np.full(shape, np.inf, dtype=np.float32)
        kept = np.full(shape, ALL, dtype=np.uint16)
        self.leaves = np.zeros((self.size, LEAVES), dtype=np.int64)
        for number, tree in enumerate(trees):
            leaves, nodes = _flat(tree)
            self.leaves[number, : len(leaves)] = leaves
            for row, node in enumerate(nodes):
                feature[row, number], cut[row, number], kept[row, number] = node
        self.feature, self.cut, self.kept = feature.ravel(), cut.ravel(), kept.ravel()
        self.number = np.arange(self.size)

    def scores(self, rows: list[list[float]]) -> list[int]:
        """Give the sum of the leaves that each row falls into."""
        table = np.array(rows, dtype=np.float32)
        right = table.take(self.feature, axis=1) > self.cut
        # Where a row goes left, one less than zero is all bits.
        kept = self.kept | (right.astype(np.uint16) - ONE)
        left = np.bitwise_and.reduce(kept.reshape(len(rows), LEAVES - 1, self.size), axis=1)
        leaf = BIT.take(left & (~left + ONE))
        return [int(s) for s in self.leaves[self.number, leaf].sum(axis=1)]


def _flat(
    tree: tuple[list[int], list[float], list[int], list[int], list[int]],
) -> tuple[list[int], list[tuple[int, float, int]]]:
    """Give the leaves of a tree from left to right, and of each inner node its feature, cut and bits.

    The bits are those of all leaves but the ones on the left below the node.
    """
    feature, cut, left, right, leaf = tree
    leaves: list[int] = []
    nodes: list[tuple[int, float, int]] = []

    def walk(node: int) -> int:
        if feature[node] < 0:
            leaves.append(leaf[node])
            return 1 << (len(leaves) - 1)
        below = walk(left[node])
        nodes.append((feature[node], cut[node], int(ALL) & ~below))
        return below | walk(right[node])

    walk(0)
    return leaves, nodes


def weights() -> dict[str, Any]:
    """Give the file of weights: the names of the columns it was trained with, and each group's trees."""
    file = resources.files("kg.extract").joinpath("models", "pronouns", "pronouns.json")
    found: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return found


@functools.cache
def _models() -> dict[str, Model]:
    found = weights()
    if tuple(found["columns"]) != NAMES:
        raise ValueError("pronouns.json was trained with other columns than features.COLUMNS declares")
    return {group: Model(**fields) for group, fields in found["groups"].items()}
