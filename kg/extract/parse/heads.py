"""The layers and heads that read attachments, predicates, senses and roles.

The layers go on where the lower ones of the names' encoder end. What heads say of each token by itself comes
with its states; what they say of pairs of tokens also depends on how the model parsed the sentence.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from kg.extract.parse.encoder import FIRST, STATES, Pieces, session
from kg.extract.parse.features import DEP_NUMBER, TAG_NUMBER, numbers
from kg.extract.parse.rolesets import Rolesets, Words
from kg.extract.parse.standing import distances, relations, seen_from

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

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
OUTPUTS = ("states_of_tokens", "token", "head", "kinds", "predicates", "senses")


class States(NamedTuple):
    """What is computed of tokens, a row each: see `Heads`."""

    states: Scores
    token: Scores
    head: Scores
    kinds: Scores
    predicates: Scores
    senses: Scores

    def of(self, start: int, end: int) -> States:
        """Give the rows of some tokens."""
        return States(*(x[start:end] for x in self))


class Heads:
    """The weights, loaded; each method gives scores."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.rolesets = Rolesets(folder / "rolesets.jsonl.gz")
        with np.load(folder / "reader.npz") as kept:
            self.bonus: dict[str, Scores] = {k: kept[k] for k in ("relation", "distance", "tag")}
            self.table, self.scale, self.prior = (kept[k] for k in ("senses", "scale", "prior"))

    @functools.cached_property
    def _layers(self) -> InferenceSession:
        return session(self.folder / "reader.onnx")

    @functools.cached_property
    def _roles(self) -> InferenceSession:
        return session(self.folder / "roles.onnx")

    def states(self, parts: Iterable[Pieces], deps: Sequence[str], tags: Sequence[str]) -> States:
        """Read tokens by the states of their pieces, which the network of names gives part by part."""
        dep, tag = numbers(deps, DEP_NUMBER), numbers(tags, TAG_NUMBER)
        rows: list[list[Scores]] = []
        start = 0
        for pieces, first in parts:
            end = start + len(first)
            feed = {STATES: pieces, FIRST: first, "dep": dep[start:end], "tag": tag[start:end]}
            rows.append(self._layers.run(list(OUTPUTS), feed))
            start = end
        if not rows:
            return States(*[np.zeros((0, 0), np.float32)] * len(OUTPUTS))
        return States(*(np.concatenate(x) for x in zip(*rows, strict=True)))

    def arcs(self, h: States, s: Words) -> Scores:
        """Give the probability of each head (columns) of each token."""
        dep, tag = numbers(s.deps, DEP_NUMBER)[:, None], numbers(s.tags, TAG_NUMBER)[None, :]
        score = h.token @ h.head.T
        score += self.bonus["relation"][_relations(s), dep]
        score += self.bonus["distance"][distances(len(s.words)), dep]
        score += self.bonus["tag"][tag, dep]
        return softmax(score)

    def senses(self, state: Scores, candidates: list[int]) -> Scores:
        """Give the probability of each of some rolesets for a predicate, by its row of `States.senses`."""
        table = self.table[candidates] * self.scale[candidates]
        return softmax(table @ state + self.prior[candidates])

    def roles(self, h: States, s: Words, predicates: list[int], senses: list[int]) -> Scores:
        """Give the log of the probabilities of roles (predicates, tokens, labels); -1 is no sense."""
        dep = numbers(s.deps, DEP_NUMBER)
        known = np.array([sense >= 0 for sense in senses], dtype=np.float32)
        lower = [w.lower() for w in s.words]
        feed = {
            STATES: h.states,
            "dep": dep,
            "predicates": np.array(predicates, dtype=np.int64),
            **seen_from(predicates, s.heads, dep, _relations(s)),
            "frame": self.rolesets.features[[max(0, sense) for sense in senses]],
            # Of a predicate without a sense nothing is known: what is said of the first one counts nothing.
            "marker": np.array([self.rolesets.marked(max(0, sense), lower) for sense in senses]),
            "known": known[:, None],
        }
        out: Scores = self._roles.run(None, feed)[0]
        return out


def softmax(score: Scores) -> Scores:
    """Turn scores into shares of one, along the last axis."""
    share = np.exp(score - score.max(-1, keepdims=True))
    out: Scores = share / share.sum(-1, keepdims=True)
    return out


def _relations(s: Words) -> NDArray[np.int8]:
    if s.relations is None:
        s.relations = relations(s.heads)
    found: NDArray[np.int8] = s.relations
    return found
