"""How likely a triple is right: the share of such triples that were, when read and judged.

`models/confidence/confidence.toml` says for each feature of `kg.extract.claims.features` how much it moves
the odds; `training/confidence.py` fits these weights to judged triples.
"""

from __future__ import annotations

import functools
import math
import tomllib
from importlib import resources

from kg.extract.claims.features import of_claim, of_end, verb_of
from kg.extract.claims.identity import Chains, of_pair
from kg.extract.reading import ClaimDraft, MentionDraft, Reading

# A claim about a pronoun that stands for nothing known says nothing of any thing.
UNKNOWN = 0.5
# The log odds of 0.88, the share of facts in phrases that were right.
BASE_LOG_ODDS = 2.0
# What speaks against the triple of an argument alone, not against its place in the claim.
BESIDE = frozenset({"role-beside-object", "role-beside-clause"})


def assess(reading: Reading) -> None:
    """Set how likely each claim is right, and the triple of each of its qualifiers."""
    known = {m.chain for m in reading.mentions if m.kind in ("name", "nominal") and m.chain is not None}
    chains = Chains(reading)
    for claim in reading.claims:
        ends = triples(claim)
        sure, attached = _likelihoods(claim, ends, chains)
        if (claim.subject.kind == "pronoun" and claim.subject.chain not in known) or _is_own(claim):
            sure = [UNKNOWN * s for s in sure]
        held = ends[0][0] == "object"
        claim.confidence = sure[0] if held else max(sure)
        own = iter(list(zip(sure, attached, strict=True))[held:])
        pairs = [
            (claim.confidence, 1.0) if m.kind == "time" else _in_role(claim, role, m, *next(own))
            for role, m in claim.qualifiers
        ]
        claim.qualifier_confidence = [p[0] for p in pairs]
        claim.qualifier_attached = [p[1] for p in pairs]


def _in_role(
    claim: ClaimDraft, role: str, end: MentionDraft, sure: float, attached: float
) -> tuple[float, float]:
    """Give how likely a qualifier's triple is right, and that it belongs to the claim.

    What is asked of an object is what is said; clauses belong to the verb that they hang on.
    """
    if role == "clause" and claim.partial:
        sure = claim.confidence
    return sure, 1.0 if end.kind == "clause" else attached


def _likelihoods(
    claim: ClaimDraft, ends: list[tuple[str, MentionDraft | None]], chains: Chains
) -> tuple[list[float], list[float]]:
    """Give how likely each triple of a claim is right, by the features of the claim and of its end.

    And how likely its end belongs to the claim: a triple can say too little where nothing was read wrongly.
    """
    weights, verb = _weights(), verb_of(claim)
    common = weights["all"] + weights["prior"] * prior(claim)
    common += sum(weights.get(name, 0.0) for name in of_claim(claim, verb))
    sure, attached = [], []
    for end in ends:
        features = [*of_end(claim, verb, *end), *of_pair(chains, claim.subject, end[1])]
        odds = common + sum(weights.get(name, 0.0) for name in features)
        sure.append(sigmoid(odds))
        attached.append(sigmoid(odds - sum(weights.get(name, 0.0) for name in features if name in BESIDE)))
    return sure, attached


def triples(claim: ClaimDraft) -> list[tuple[str, MentionDraft | None]]:
    """Give the ends of a claim's triples with their roles: the object, then each qualifier but times.

    A claim with neither has one triple, which has no end.
    """
    others: list[tuple[str, MentionDraft | None]] = [q for q in claim.qualifiers if q[1].kind != "time"]
    return others if claim.object is None and others else [("object", claim.object), *others]


def prior(claim: ClaimDraft) -> float:
    """Give the log odds that the author of a rule saw in it, from the middle of all rules.

    Clauses have none, unless their reading found a reason to doubt them.
    """
    if claim.confidence == 1.0:
        return 0.0
    known = min(max(claim.confidence, 0.3), 0.97)
    return math.log(known / (1 - known)) - BASE_LOG_ODDS


def _is_own(claim: ClaimDraft) -> bool:
    """Whether the object is a pronoun for the subject: "he hit 99, placing him last" places not himself."""
    o = claim.object
    if o is None or o.kind != "pronoun" or o.chain is None or o.chain != claim.subject.chain:
        return False
    return not o.head.lower_.endswith(("self", "selves"))


def sigmoid(odds: float) -> float:
    """Give the probability of log odds.

    >>> sigmoid(0.0), round(sigmoid(2.2), 2)
    (0.5, 0.9)
    """
    return 1 / (1 + math.exp(-odds))


@functools.lru_cache(maxsize=1)
def _weights() -> dict[str, float]:
    text = (
        resources.files("kg.extract")
        .joinpath("models/confidence/confidence.toml")
        .read_text(encoding="utf-8")
    )
    weights: dict[str, float] = tomllib.loads(text)["weights"]
    return weights
