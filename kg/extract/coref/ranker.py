"""What a pronoun or definite noun stands for, by small trained ensembles of trees over `features`."""

from __future__ import annotations

import functools
import json
from importlib import resources
from typing import Any, NamedTuple

import numpy as np
from spacy.tokens import Token

from kg.extract.coref import callings, definites
from kg.extract.coref.candidates import Candidate
from kg.extract.coref.cluster import Clusters, CorefCluster
from kg.extract.coref.definites import NOUN_COLUMNS, Noun
from kg.extract.coref.features import COLUMNS, LEARNED, SURE, Columns, features, names_of
from kg.extract.lexicon import words
from kg.extract.reading import ParsedBlock

WORKS = words("coref", "nominals", "works")
FIRM = words("coref", "nominals", "firm") | {"group"}
DOUBTFUL = 12000
# How far below its bar what "the company" stands for by rule, too, may lie.
AGREED = 17000
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
    candidates = without_twins(clusters, candidates)
    ranking = _ranking(clusters, group)
    model = ranking.models.get(group)
    if not candidates or model is None or not model.size:
        return None
    rows = features(clusters, block, token, sex, candidates, ranking.columns)
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


def without_twins(clusters: Clusters, candidates: list[Candidate]) -> list[Candidate]:
    """Leave out the noun of "a farmer named Weller", which a claim has for itself; Weller bears it, too."""
    named = [clusters.profile(t).places for t, _ in candidates if t.named]
    return [
        (t, last)
        for t, last in candidates
        if t.named or len(t.mentions) > 1 or not any(clusters.place(last) in places for places in named)
    ]


def _ranking(clusters: Clusters, group: str) -> Ranking:
    """Give what ranks the candidates of a word: with what was learned of references where that serves.

    Of "it" and "they" it made more links and too many wrong ones.
    """
    learned = rankings(learned=True) if clusters.read else None
    return learned if learned is not None and group in learned.models else rankings(learned=False)


class Ranking(NamedTuple):
    """The ensembles of each group of words, and the columns of what they look at."""

    columns: tuple[Columns, ...]
    models: dict[str, Model]


def weights(*, learned: bool) -> dict[str, Any]:
    """Give a file of weights: the names of the columns it was trained with, and each group's trees."""
    parts = ("references", "rankers.json") if learned else ("pronouns", "pronouns.json")
    file = resources.files("kg.extract").joinpath("models", *parts)
    found: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return found


def choose_for_noun(
    clusters: Clusters, block: ParsedBlock, token: Token, noun: Noun, candidates: list[Candidate]
) -> CorefCluster | None:
    """Give the thing that a definite noun stands for, or None where no candidate is likely enough.

    Whoever bears a name and was called by the noun before is taken unless another is likely; else what stays
    below the bar gets a second look.
    """
    candidates = without_twins(clusters, candidates)
    model, by_rule = rankings(learned=True).models.get(definites.GROUP), noun.by_rule
    if not candidates or model is None:
        return by_rule
    rows = definites.rows_for(clusters, block, token, noun, candidates)
    beyond = [score - model.threshold for score in model.scores(rows)]
    best = max(range(len(beyond)), key=lambda i: (beyond[i], -i))
    if beyond[best] >= 0:
        return candidates[best][0]
    if by_rule is not None and by_rule.named:
        agreed = by_rule is candidates[best][0] and beyond[best] >= -AGREED
        if (noun.lemma in FIRM and agreed) or _was_called(by_rule, noun.lemma):
            return by_rule
        if callings.called(clusters, block, token, noun.lemma) is by_rule:
            return by_rule
    return definites.second_look(clusters, noun, candidates, rows, beyond)


def _was_called(thing: CorefCluster, lemma: str) -> bool:
    """Whether a thing was called by a noun before, or by another for a work: "the novel", then "the book"."""
    return lemma in thing.heads or (lemma in WORKS and not WORKS.isdisjoint(thing.heads))


@functools.cache
def rankings(*, learned: bool) -> Ranking:
    """Give what ranks candidates: with what was learned of references, or without."""
    found, columns = weights(learned=learned), LEARNED if learned else COLUMNS
    nouns = found.get("noun_columns")
    if tuple(found["columns"]) != names_of(columns) or (nouns and tuple(nouns) != names_of(NOUN_COLUMNS)):
        raise ValueError("the trees were trained with other columns than kg.extract.coref.features declares")
    return Ranking(columns, {group: Model(**fields) for group, fields in found["groups"].items()})
