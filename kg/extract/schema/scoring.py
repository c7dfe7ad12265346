"""How sure a candidate is: a weighted sum of what speaks for it.

The weights are in `models/schema/weights.tsv`; `training/schema.py` learns them. Features without a relation
hold for every schema; those with a relation of the table (`P57|…`) add what is known of how that one is said.
"""

from __future__ import annotations

import functools
import math
from collections import defaultdict
from importlib import resources

from kg.extract.parse.tree import Tree
from kg.extract.schema.arguments import Arguments
from kg.extract.schema.candidates import Candidate
from kg.extract.schema.phrase import Phrase

SCALE = 0.9  # what is as likely right as not stands at the default cut, 0.45
UNSAID = 0.4  # what is left of the confidence where the clause is denied, planned or only reported
# What a triple is weighed against: a learned relation's against the surest triple of its sentence, so that a
# sentence that says one thing clearly is not filled up; one said outright against a fixed measure as well.
LEAST, OUTRIGHT = 0.05, 0.1
# Confidence of a relation of which nothing was learned, by kind of evidence, and what the fit of range and
# domain adds.
RULES = {"verb": 0.7, "noun": 0.7, "has": 0.55, "member:said": 0.6, "member:near": 0.35}
UNDERSTOOD = 0.15
BY_RANGE = {2: 0.1, 1: 0.05, 0: -0.1, -1: -0.3}
BY_DOMAIN = {2: 0.05, 1: 0.03, 0: -0.05, -1: -0.25}
OWN = "|"
# Words before an object that tell of language, not of the things that happened to stand there.
BEFORE = frozenset({"NOUN", "VERB", "ADP", "ADJ", "ADV", "AUX", "PUNCT", "CCONJ", "SCONJ", "PART", "PRON"})


def confidence(candidates: list[Candidate], arguments: Arguments) -> list[float]:
    """Give how sure each candidate is, between 0 and 1, beside the others of its sentence."""
    weights, learned = _weights()
    doc = arguments.tree.doc
    scores: list[float | None] = []
    sentences = [doc[c.at].sent.start for c in candidates]
    total: dict[int, float] = defaultdict(lambda: 1.0)  # the score of "none of them"
    best: dict[int, float] = defaultdict(float)
    # A pair of which a relation is said outright is in no other relation by mere nearness.
    taken = {(c.subject, c.object) for c in candidates if outright(c)}
    for c, sentence, features in zip(candidates, sentences, features_of(candidates, arguments), strict=True):
        score = None
        if key_of(c) in learned and (c.evidence or (c.subject, c.object) not in taken):
            weight = sum(weights.get(f, 0.0) for f in features)
            score = math.exp(max(-30.0, min(30.0, weight))) * (1.0 if c.said else UNSAID)
            total[sentence] += score
            best[sentence] = max(best[sentence], score)
        scores.append(score)
    found = []
    for c, sentence, score in zip(candidates, sentences, scores, strict=True):
        if score is None:
            sure = by_rule(c)
        else:
            share = score / total[sentence]
            sure = share / (best[sentence] / total[sentence] + LEAST)
            if outright(c):
                sure = max(sure, share / (share + OUTRIGHT))
        found.append(round(SCALE * (sure if c.said else sure * UNSAID), 4))
    return found


def outright(c: Candidate) -> bool:
    """Whether a clause or noun says the pair, both arguments named."""
    return any(e.startswith(("verb", "noun")) for e in c.evidence)


def by_rule(c: Candidate) -> float:
    """Give how sure a candidate is by the kind of its evidence alone."""
    best = 0.0
    for e in c.evidence:
        kind = _kind(e)
        weak = kind.startswith("~")
        best = max(best, RULES[kind.lstrip("~")] - (UNDERSTOOD if weak else 0.0))
    if not best:
        return 0.0
    host, good = c.fits
    best += BY_DOMAIN[host] if c.phrasing.domain else 0.0
    best += BY_RANGE[good] if c.phrasing.range else 0.0
    return max(0.0, min(0.95, best))


def key_of(c: Candidate) -> str:
    """Give under which name the relation of a candidate is learned."""
    return c.phrasing.key or c.phrasing.relation.label.lower()


def features_of(candidates: list[Candidate], arguments: Arguments) -> list[list[str]]:
    """Give the features of each candidate, in the same order."""
    rivals: dict[tuple[int, Phrase], int] = defaultdict(int)
    claimed: dict[Phrase, int] = defaultdict(int)
    fitting: dict[int, int] = defaultdict(int)
    for c in candidates:
        if c.evidence and not c.evidence[0].startswith("member"):
            rivals[c.number, c.subject] += 1
            claimed[c.object] += 1
        if c.fits[1] == 2:
            fitting[c.number] += 1
    return [_features(c, arguments, rivals, claimed, fitting) for c in candidates]


def _features(
    c: Candidate,
    arguments: Arguments,
    rivals: dict[tuple[int, Phrase], int],
    claimed: dict[Phrase, int],
    fitting: dict[int, int],
) -> list[str]:
    best = "+".join(sorted({_kind(e) for e in c.evidence})) or "none"
    general = _general(c, best, rivals, claimed, fitting)
    own = _own(c, best, arguments, fitting)
    return general + [f"{key_of(c)}{OWN}{f}" for f in dict.fromkeys(own)]


def _general(
    c: Candidate,
    best: str,
    rivals: dict[tuple[int, Phrase], int],
    claimed: dict[Phrase, int],
    fitting: dict[int, int],
) -> list[str]:
    """Give the features that hold for every relation."""
    s, o, said = c.subject, c.object, bool(c.evidence)
    found = [
        "bias",
        f"evidence:{best}",
        f"range:{c.fits[1]}",
        f"object:{o.kind}",
        f"evidence:{best}&range:{c.fits[1]}",
        f"evidence:{best}&object:{o.kind}",
        f"said-twice:{len(c.evidence) > 1}",
        f"rivals:{min(rivals.get((c.number, s), 0), 4)}&{said}",
        f"claimed:{min(claimed.get(o, 0), 3)}&{said}",
        f"typed:{bool(c.phrasing.range)}&{c.fits[1]}&{best}",
    ]
    # Where a clause or noun says the pair outright, it does not matter where in the sentence it stands.
    if not outright(c):
        found += [
            f"domain:{c.fits[0]}",
            f"subject:{s.kind}",
            f"evidence:{best}&subject:{s.kind}",
            f"fitting:{min(fitting.get(c.number, 0), 4)}&{c.fits[1]}",
            f"distance:{_bucket(s, o)}&{said}",
        ]
        if s.called:
            found.append("described")
    return found


def _own(c: Candidate, best: str, arguments: Arguments, fitting: dict[int, int]) -> list[str]:
    """Give the features of one relation: how it is said, and the words around the object."""
    tree, s, o = arguments.tree, c.subject, c.object
    found = ["", f"evidence:{best}", f"range:{c.fits[1]}&{o.kind}", f"type:{o.type}"]
    if not outright(c):
        found += [
            f"domain:{c.fits[0]}",
            f"subject:{s.kind}",
            f"distance:{_bucket(s, o)}",
            f"fitting:{min(fitting.get(c.number, 0), 3)}",
        ]
    found += [e.lstrip("~") for e in c.evidence]
    found += _governor(arguments, o)
    found += [f"called:{n}" for n in sorted(s.called)[:2]]
    found += [f"named:{n}" for n in sorted(o.called)[:2]]
    found += [f"before:{w}" for w in _before(arguments, o)]
    if o.end < tree.n:
        found.append(f"after:{tree.lemma[o.end]}")
    if tree.doc[o.end - 1].is_lower:
        found.append(f"last:{tree.lower[o.end - 1]}")
    return found + [f"between:{w}" for w in _between(arguments, s, o)]


def _kind(evidence: str) -> str:
    weak = "~" if evidence.startswith("~") else ""
    kind, _, place = evidence.lstrip("~").split(":")
    return f"{weak}{kind}:{place}" if kind == "member" else f"{weak}{kind}"


def _bucket(s: Phrase, o: Phrase) -> str:
    gap = o.start - s.end if o.start >= s.end else -(s.start - o.end)
    for limit in (-20, -5, 0, 3, 8, 15, 25):
        if gap <= limit:
            return str(limit)
    return "far"


def _before(arguments: Arguments, o: Phrase) -> list[str]:
    """Give the words right before an object: the next two, and the two as a pair."""
    tree = arguments.tree
    near = range(max(0, o.start - 4), o.start)
    words = [tree.lemma[i] for i in near if tree.pos[i] in BEFORE]
    return [*words[-2:], " ".join(words[-2:])]


def _governor(arguments: Arguments, o: Phrase) -> list[str]:
    """Give what the parse hangs an object on: its label, with the preposition and the word that govern it."""
    tree = arguments.tree
    root = next(
        (i for i in range(o.end - 1, o.start - 1, -1) if not o.start <= tree.head[i] < o.end), o.start
    )
    for _ in range(8):  # the first of a list stands for all
        if tree.dep[root] != "conj":
            break
        root = tree.head[root]
    above = tree.head[root]
    if tree.dep[root] == "pobj":
        return [f"under:{tree.lower[above]}", f"under:{tree.lower[above]}:{_word(tree, tree.head[above])}"]
    return [f"under:{tree.dep[root]}:{_word(tree, above)}"]


def _word(tree: Tree, i: int) -> str:
    return tree.lemma[i] if tree.pos[i] in ("NOUN", "VERB", "AUX", "ADJ") else tree.pos[i]


def _between(arguments: Arguments, s: Phrase, o: Phrase) -> list[str]:
    """Give the content words between subject and object, other phrases left out."""
    tree = arguments.tree
    first, last = (s.end, o.start) if s.end <= o.start else (o.end, s.start)
    found = []
    for i in range(first, min(last, first + 30)):
        if i not in arguments.at and tree.pos[i] in ("VERB", "NOUN", "ADJ", "ADP"):
            found.append(tree.lemma[i])
    return list(dict.fromkeys(found))


@functools.cache
def _weights() -> tuple[dict[str, float], frozenset[str]]:
    """Give the weight of each feature, and the relations of which something was learned."""
    path = resources.files("kg.extract").joinpath("models/schema/weights.tsv")
    table: dict[str, float] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            name, _, weight = line.rpartition("\t")
            table[name] = float(weight)
    return table, frozenset(name.split(OWN)[0] for name in table if OWN in name)
