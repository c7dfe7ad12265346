"""How likely a triple is whole to a reader: the share of such triples that were, when read and judged.

`models/confidence/confidence.toml` says for each feature of `kg.extract.claims.features` how much it moves
the odds; `training/confidence.py` fits these weights to judged triples. Three tables: `whole`, that a triple
is right, its ends identified, and nothing lost that it needs; `right`, that it is not wrong, whatever it
leaves out; and `role`, that what is said of an event is whole.
"""

from __future__ import annotations

import functools
import math
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib import resources

from kg.extract.claims.features import of_claim, of_end, verb_of
from kg.extract.claims.identity import Chains, of_pair
from kg.extract.reading import ClaimDraft, MentionDraft, Reading

# A claim about a pronoun that stands for nothing known says nothing of any thing.
UNKNOWN = 0.5
# The log odds of 0.88, the share of facts in phrases that were right.
BASE_LOG_ODDS = 2.0
# A claim of more roles of an event tells it no better.
MOST_ROLES = 3
# What speaks against the triple of an argument alone, not against its place in the claim.
BESIDE = frozenset({"role-beside-object", "role-beside-clause"})


@dataclass(frozen=True, slots=True)
class Weights:
    """What features add to log odds: for all, by their names, and for odds that are known before."""

    all: float
    prior: float
    features: Mapping[str, float]

    @classmethod
    def of(cls, table: Mapping[str, float]) -> Weights:
        """Give the weights of a table of the file."""
        features = {name: weight for name, weight in table.items() if name not in ("all", "prior")}
        return cls(table["all"], table["prior"], features)

    def odds(self, features: Iterable[str], prior: float) -> float:
        """Give log odds by features and by the log odds known before."""
        return self.all + self.prior * prior + self.sum(features)

    def sum(self, features: Iterable[str]) -> float:
        """Give what features alone add."""
        known = self.features
        return sum(known[name] for name in features if name in known)


def assess(reading: Reading, tables: Mapping[str, Weights] | None = None) -> None:
    """Set how likely each claim is whole, and the triple of each of its qualifiers, and that it is right.

    And whether an event tells its ends.
    """
    tables = tables or weights()
    known = {m.chain for m in reading.mentions if m.kind in ("name", "nominal") and m.chain is not None}
    chains = Chains(reading)
    for claim in reading.claims:
        ends = triples(claim)
        whole, right = _likelihoods(claim, ends, chains, tables)
        if (claim.subject.kind == "pronoun" and claim.subject.chain not in known) or _is_own(claim):
            whole = [UNKNOWN * s for s in whole]
        _set(claim, whole, right, held=ends[0][0] == "object")
        claim.told = chains.roles.get(id(claim), 0) > 1


def _set(claim: ClaimDraft, whole: list[float], right: list[float], *, held: bool) -> None:
    """Set the likelihoods of a claim and of its qualifiers; the first is the object's where one is `held`."""
    claim.confidence = whole[0] if held else max(whole)
    claim.right = right[0] if held else max(right)
    own = iter(list(zip(whole, right, strict=True))[held:])
    pairs = [
        (claim.confidence, 1.0) if m.kind == "time" else _in_role(claim, role, m, *next(own))
        for role, m in claim.qualifiers
    ]
    claim.qualifier_confidence = [p[0] for p in pairs]
    claim.qualifier_right = [p[1] for p in pairs]


def _in_role(
    claim: ClaimDraft, role: str, end: MentionDraft, whole: float, right: float
) -> tuple[float, float]:
    """Give how likely a qualifier's triple is whole, and that it belongs to the claim.

    What is asked of an object is what is said; clauses belong to the verb that they hang on.
    """
    if role == "clause" and claim.partial:
        whole = claim.confidence
    return whole, 1.0 if end.kind == "clause" else right


def _likelihoods(
    claim: ClaimDraft,
    ends: list[tuple[str, MentionDraft | None]],
    chains: Chains,
    tables: Mapping[str, Weights],
) -> tuple[list[float], list[float]]:
    """Give how likely each triple of a claim is whole, by the features of the claim and of its end.

    And how likely it is right where its claim is told with it: a triple can say too little where nothing was
    read wrongly.
    """
    whole, right = tables["whole"], tables["right"]
    verb = verb_of(claim)
    common, known = list(of_claim(claim, verb)), prior(claim)
    base = whole.odds(common, known), right.odds(common, known)
    chances: tuple[list[float], list[float]] = [], []
    for features in of_ends(claim, verb, ends, chains):
        chances[0].append(sigmoid(base[0] + whole.sum(features)))
        chances[1].append(sigmoid(base[1] + right.sum(f for f in features if f not in BESIDE)))
    return chances


def of_ends(
    claim: ClaimDraft, verb: int, ends: list[tuple[str, MentionDraft | None]], chains: Chains
) -> Iterator[list[str]]:
    """Give the features of each triple of a claim beside those of the claim as a whole."""
    roles = chains.roles.get(id(claim), 0)
    for end in ends:
        telling = [f"tells:{min(roles, MOST_ROLES)}"] if roles else []
        yield [*telling, *of_end(claim, verb, *end), *of_pair(chains, claim.subject, end[1])]


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
    return log_odds(min(max(claim.confidence, 0.3), 0.97)) - BASE_LOG_ODDS


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


def log_odds(probability: float) -> float:
    """Give the log odds of a probability.

    >>> log_odds(0.5), round(log_odds(0.9), 1)
    (0.0, 2.2)
    """
    return math.log(probability / (1 - probability))


@functools.lru_cache(maxsize=1)
def weights() -> Mapping[str, Weights]:
    """Give the tables of weights that come with the package, by their names."""
    file = resources.files("kg.extract").joinpath("models/confidence/confidence.toml")
    tables = tomllib.loads(file.read_text(encoding="utf-8"))
    return {name: Weights.of(table) for name, table in tables.items()}
