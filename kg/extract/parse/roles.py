"""Predicates with their senses, and the spans that fill their roles, each with a probability."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from kg.extract.parse.encoder import Labels
from kg.extract.parse.heads import ROLE_LABELS, Heads, Scores, States
from kg.extract.parse.rolesets import Words

# Roles that a predicate has once: what else bears their label is less sure.
ONCE = frozenset(f"ARG{n}" for n in range(6))
LIKELY = 0.5
LABELS = Labels(ROLE_LABELS)
Span = tuple[str, int, int]


@dataclass(frozen=True, slots=True)
class Role:
    """A role, the first token of its span and the one behind its last, and how sure that is."""

    name: str
    start: int
    end: int
    probability: float


@dataclass(frozen=True, slots=True)
class Proposition:
    """A predicate: its token, its roleset ("" where its lemma has none), and its roles."""

    predicate: int
    roleset: str
    probability: float
    roles: tuple[Role, ...]


@dataclass(frozen=True, slots=True)
class SentenceRoles:
    """A sentence by its characters, its words, and what it says of whom."""

    start: int
    end: int
    words: tuple[str, ...]
    propositions: tuple[Proposition, ...]

    def to_dict(self) -> dict[str, Any]:
        """Give it as JSON values; indexes of words count from 0, ends are exclusive."""
        return {
            "words": list(self.words),
            "propositions": [
                {
                    "predicate": p.predicate,
                    "roleset": p.roleset,
                    "probability": round(p.probability, 4),
                    "args": [[r.name, r.start, r.end, round(r.probability, 4)] for r in p.roles],
                }
                for p in self.propositions
            ],
        }


def propositions(
    heads: Heads, h: States, sentence: Words, predicates: list[int] | None = None
) -> list[Proposition]:
    """Give what a sentence says, predicate by predicate: of those that are found, or of given ones."""
    likely = h.predicates[:, 0]
    found = np.flatnonzero(likely > LIKELY).tolist() if predicates is None else predicates
    if not found:
        return []
    senses = [sense_of(heads, h, sentence, i) for i in found]
    scores = heads.roles(h, sentence, found, senses)
    return [
        Proposition(
            i,
            heads.rolesets.names[sense] if sense >= 0 else "",
            float(likely[i]),
            tuple(Role(name, a, b, probability(row, (name, a, b))) for name, a, b in spans_of(row)),
        )
        for i, sense, row in zip(found, senses, scores, strict=True)
    ]


def sense_of(heads: Heads, h: States, sentence: Words, i: int) -> int:
    """Give the likeliest roleset of a predicate, -1 where its lemma has none."""
    found = heads.rolesets.candidates(sentence, i)
    if len(found) < 2:
        return found[0] if found else -1
    return found[int(heads.senses(h.senses[i], found).argmax())]


def spans_of(log_p: Scores) -> list[Span]:
    """Give the roles of the best path of labels on which no role with a number comes twice."""
    log_p = log_p.copy()
    while True:
        spans = _spans(LABELS.best_path(log_p))
        kept: dict[str, Span] = {}
        spare: list[Span] = []
        for span in spans:
            if span[0] not in ONCE:
                continue
            other = kept.setdefault(span[0], span)
            if other is not span:
                better = max(other, span, key=lambda s: probability(log_p, s))
                spare.append(other if better is span else span)
                kept[span[0]] = better
        if not spare:
            return spans
        for name, start, end in spare:
            k = ROLE_LABELS.index(f"B-{name}")
            log_p[start:end, k : k + 2] = -1e4


def probability(log_p: Scores, span: Span) -> float:
    """Give the mean share of the labels of a span, and of its ending where it does."""
    name, start, end = span
    k = ROLE_LABELS.index(f"B-{name}")
    total = log_p[start, k] + log_p[start + 1 : end, k + 1].sum()
    count = end - start
    if end < len(log_p):
        total += np.log1p(-np.exp(min(log_p[end, k + 1], -1e-6)))
        count += 1
    return float(np.exp(total / count))


def _spans(path: list[int]) -> list[Span]:
    out: list[Span] = []
    for i, k in enumerate(path):
        kind, _, name = ROLE_LABELS[k].partition("-")
        if kind == "B":
            out.append((name, i, i + 1))
        elif kind == "I":
            out[-1] = (name, out[-1][1], i + 1)
    return out
