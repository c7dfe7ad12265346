"""How right the reader of roles and attachments is on sentences that it did not learn from."""

from __future__ import annotations

import collections
from collections.abc import Callable

import torch

from kg.extract.parse.roles import spans_of
from training.gold_reader import HARD, Proposition, Sentence
from training.model_reader import Reader


def scores(
    model: Reader, batcher: object, dev: dict[str, list[Sentence]], hidden: Callable
) -> dict[str, float]:
    """Score attachments and roles, each set under its name."""
    out: dict[str, float] = {}
    for name, data in dev.items():
        n: collections.Counter[str] = collections.Counter()
        for at in range(0, len(data), 24):
            group = [[s] for s in data[at : at + 24]]
            h = hidden(model, batcher, group)
            first = 0
            for (s,) in group:
                mine = h[first : first + len(s.words)]
                first += len(s.words)
                _score_arcs(model, mine, s, n)
                if s.propositions is not None:
                    _score_roles(model, mine, s, n)
        out[f"{name} hard"] = round(n["hard"] / max(1, n["hard all"]), 4)
        out[f"{name} hard stock"] = round(n["hard stock"] / max(1, n["hard all"]), 4)
        out[f"{name} arcs"] = round(n["arc"] / max(1, n["arc all"]), 4)
        out[f"{name} arcs stock"] = round(n["arc stock"] / max(1, n["arc all"]), 4)
        out[f"{name} kinds"] = round(n["kind"] / max(1, n["arc all"]), 4)
        if n["want"]:
            out[f"{name} predicates"] = f1(n["pred hit"], n["pred got"], n["pred want"])
            out[f"{name} senses"] = round(n["sense"] / max(1, n["sense all"]), 4)
            out[f"{name} roles"] = f1(n["hit"], n["got"], n["want"])
            out[f"{name} core"] = f1(n["core hit"], n["core got"], n["core want"])
    return out


def f1(hit: int, got: int, want: int) -> float:
    p, r = hit / max(1, got), hit / max(1, want)
    return round(2 * p * r / max(1e-9, p + r), 4)


def _score_arcs(model: Reader, h: torch.Tensor, s: Sentence, n: collections.Counter[str]) -> None:
    if not s.arcs:
        return
    best = model.arcs(h, s).argmax(-1).tolist()
    kinds = model.kinds(h, s).argmax(-1).tolist()
    from training.gold_reader import KINDS

    for i, (heads, kind) in s.arcs.items():
        n["arc all"] += 1
        n["arc"] += best[i] in heads
        n["arc stock"] += s.heads[i] in heads
        n["kind"] += KINDS[kinds[i]] == kind
        if kind in HARD:
            n["hard all"] += 1
            n["hard"] += best[i] in heads
            n["hard stock"] += s.heads[i] in heads


def _score_roles(model: Reader, h: torch.Tensor, s: Sentence, n: collections.Counter[str]) -> None:
    assert s.propositions is not None
    found = {i for i, x in enumerate(model.predicates(h, s).tolist()) if x > 0}
    want = {p.predicate for p in s.propositions}
    n["pred hit"] += len(found & want)
    n["pred got"] += len(found)
    n["pred want"] += len(want)
    given = [p for p in s.propositions if s.words]
    if not given:
        return
    senses = [sense_of(model, h, s, p.predicate) for p in given]
    n["sense"] += sum(a == p.sense for a, p in zip(senses, given, strict=True))
    n["sense all"] += len(given)
    rows, _ = model.roles(h, [(s, 0, p.predicate, a) for a, p in zip(senses, given, strict=True)])
    for row, p in zip(rows, given, strict=True):
        _count_roles(spans_of(row[: len(s.words)].log_softmax(-1).numpy()), p, n)


def _count_roles(got: list[tuple[str, int, int]], p: Proposition, n: collections.Counter[str]) -> None:
    for prefix, keep in (("", lambda r: True), ("core ", lambda r: r[:3] == "ARG" and r[3:].isdigit())):
        a = {x for x in got if keep(x[0])}
        b = {x for x in p.roles if keep(x[0])}
        n[f"{prefix}hit"] += len(a & b)
        n[f"{prefix}got"] += len(a)
        n[f"{prefix}want"] += len(b)


def sense_of(model: Reader, h: torch.Tensor, s: Sentence, i: int) -> int:
    """Give the likeliest roleset of a predicate, -1 where its lemma has none."""
    found = model.frames.candidates(s, i)
    if len(found) < 2:
        return found[0] if found else -1
    return found[int(model.senses(h[i], found).argmax())]
