"""The heads on the encoder that read attachments, predicates, senses and roles, in numpy.

They are given the states of the tokens of one sentence, and how the model parsed it. The weights are 8 bits
in the file and 32-bit floats once loaded.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from kg.extract.parse.features import DEPS, TAGS
from kg.extract.parse.rolesets import Rolesets, Words
from kg.extract.parse.standing import EDGES, branches, distances, relations

Scores = NDArray[np.float32]

ATTENTION = 6
DEPTH = 2
ROLES = (
    *(f"ARG{n}" for n in range(6)),
    *(
        f"ARGM-{x}"
        for x in "TMP ADV MOD NEG ADJ LOC MNR DIS EXT PRP CAU PRR LVB DIR PRD GOL CXN COM REC".split()
    ),
    *"R-ARG0 R-ARG1 R-ARG2 R-ARGM-LOC R-ARGM-TMP R-ARGM-ADV".split(),
    *"C-ARG0 C-ARG1 C-ARG2 C-ARG3 C-V C-ARGM-CXN".split(),
)
ROLE_LABELS = ("O", *(f"{p}-{r}" for r in ROLES for p in "BI"))
_DEP = {d: i for i, d in enumerate(DEPS)}
_TAG = {t: i for i, t in enumerate(TAGS)}
# Of the error function (Abramowitz and Stegun 1964, 7.1.26): right to seven digits.
ERF = (1.061405429, -1.453152027, 1.421413741, -0.284496736, 0.254829592)


class Heads:
    """The weights, loaded; each method gives scores."""

    def __init__(self, weights: Path, rolesets: Rolesets) -> None:
        with np.load(weights) as kept:
            tables = {k: kept[k] for k in kept.files}
        scales = {k.removesuffix(".scale") for k in tables if k.endswith(".scale")}
        self.w: dict[str, Scores] = {
            k: v.astype(np.float32) * tables[f"{k}.scale"] if k in scales else v.astype(np.float32)
            for k, v in tables.items()
            if not k.endswith(".scale")
        }
        self.rolesets = rolesets

    def linear(self, name: str, x: Scores) -> Scores:
        """Multiply by a matrix and add its bias."""
        out: Scores = x @ self.w[f"{name}.weight"].T + self.w[f"{name}.bias"]
        return out

    def arcs(self, h: Scores, s: Words) -> Scores:
        """Give the probability of each head (columns) of each token."""
        dep, tag = _numbers(s.deps, _DEP)[:, None], _numbers(s.tags, _TAG)[None, :]
        token = gelu(self.linear("arc.token", h) + self.w["arc.dep.weight"][dep[:, 0]])
        score = token @ gelu(self.linear("arc.head", h) + self.w["arc.head_tag.weight"][tag[0]]).T
        for name, index in (
            ("relation", _relations(s).astype(np.int64)),
            ("distance", distances(len(h))),
            ("tag", tag),
        ):
            score = score + self.w[f"arc.{name}.weight"][index * len(DEPS) + dep, 0]
        return softmax(score)

    def kinds(self, h: Scores, s: Words) -> Scores:
        """Give the probability of what kind of dependent each token is."""
        inner = gelu(self.linear("kind.state", h) + self.w["kind.dep.weight"][_numbers(s.deps, _DEP)])
        return softmax(self.linear("kind.out", inner))

    def predicates(self, h: Scores, s: Words) -> Scores:
        """Give the probability that each token is a predicate."""
        score = self.linear("predicate.state", h) + self.w["predicate.tag.weight"][_numbers(s.tags, _TAG)]
        out: Scores = 1 / (1 + np.exp(-score[:, 0]))
        return out

    def senses(self, h: Scores, candidates: list[int]) -> Scores:
        """Give the probability of each of some rolesets for a predicate with the state h (width,)."""
        score = self.w["sense.table.weight"][candidates] @ self.linear("sense.state", h)
        return softmax(score + self.w["prior"][candidates])

    def roles(self, h: Scores, s: Words, predicates: list[int], senses: list[int]) -> Scores:
        """Give the log of the probabilities of roles (predicates, tokens, labels); -1 is no sense."""
        dep = self.w["role.dep.weight"][_numbers(s.deps, _DEP)]
        token = self.linear("role.token", h) + dep
        x = token[None] + self.linear("role.predicate", h[predicates])[:, None]
        x = x + self.w["role.distance.weight"][distances(len(h))[predicates]]
        x = x + self.w["role.below.weight"][_relations(s)[predicates]]
        for row, (i, sense) in enumerate(zip(predicates, senses, strict=True)):
            level, top, edge = branches(s.heads, i)
            x[row] += self.w["role.branch.weight"][level * len(DEPS) + _numbers(s.deps, _DEP)[top]]
            x[row] += self.w["role.edge.weight"][level * EDGES + edge]
            if sense >= 0:
                marked = np.array(self.rolesets.marked(sense, s.words), dtype=np.float32)
                x[row] += self.linear("role.frame", self.rolesets.features[sense])
                x[row] += self.linear("role.marker", marked)
        x = self.norm("role.norm", x)
        for at in range(DEPTH):
            x = self.layer(f"role.layers.{at}", x)
        score = self.linear("role.out", self.norm("role.last", x))
        top = score.max(-1, keepdims=True)
        out: Scores = score - top - np.log(np.exp(score - top).sum(-1, keepdims=True))
        return out

    def norm(self, name: str, x: Scores) -> Scores:
        """Do what a layer of normalization does."""
        centred = x - x.mean(-1, keepdims=True)
        spread = np.sqrt((centred * centred).mean(-1, keepdims=True) + 1e-5)
        out: Scores = centred / spread * self.w[f"{name}.weight"] + self.w[f"{name}.bias"]
        return out

    def layer(self, at: str, x: Scores) -> Scores:
        """Do what a layer of attention among the tokens of a sentence does."""
        count, n, width = x.shape
        y = self.norm(f"{at}.norm1", x) @ self.w[f"{at}.self_attn.in_proj_weight"].T
        y = (y + self.w[f"{at}.self_attn.in_proj_bias"]).reshape(count, n, 3, ATTENTION, -1)
        query, key, value = y.transpose(2, 0, 3, 1, 4)
        share = softmax(query @ key.swapaxes(-1, -2) / np.float32((width / ATTENTION) ** 0.5))
        heard = (share @ value).transpose(0, 2, 1, 3).reshape(count, n, width)
        x = x + self.linear(f"{at}.self_attn.out_proj", heard)
        inner = gelu(self.linear(f"{at}.linear1", self.norm(f"{at}.norm2", x)))
        out: Scores = x + self.linear(f"{at}.linear2", inner)
        return out


def softmax(score: Scores) -> Scores:
    """Turn scores into shares of one, along the last axis."""
    share = np.exp(score - score.max(-1, keepdims=True))
    out: Scores = share / share.sum(-1, keepdims=True)
    return out


def gelu(x: Scores) -> Scores:
    """Give x times the share of a normal distribution below it."""
    z = np.abs(x) * np.float32(0.5**0.5)
    t = 1 / (1 + np.float32(0.3275911) * z)
    series = np.zeros_like(t)
    for factor in ERF:
        series = (series + np.float32(factor)) * t
    erf = np.sign(x) * (1 - series * np.exp(-z * z))
    out: Scores = x * (1 + erf) / 2
    return out


def _numbers(names: Sequence[str], known: dict[str, int]) -> NDArray[np.int64]:
    return np.array([known.get(n, 0) for n in names], dtype=np.int64)


def _relations(s: Words) -> NDArray[np.int8]:
    if s.relations is None:
        s.relations = relations(s.heads)
    found: NDArray[np.int8] = s.relations
    return found
