"""Fit the weights of features again: `kg/extract/models/confidence/confidence.toml`.

    pip install numpy
    python -m training.confidence SET=PATH... [--judged training/judgements/*.jsonl] [-o …/confidence.toml]

What is fitted is the chance that a reader who wrote no rule finds a triple whole: right, its ends identified,
nothing lost that it needs, and worth having (`whole`); that it is not wrong, whatever it leaves out
(`right`); and, of what is said of events, that it is whole (`role`). The first two begin at the weights of
`training/judgements/base.toml`, which earlier judgements of right and wrong gave, and move as far as the
judgements ask for; these are stand-off (`training/judgements`): the texts are read again from the data sets
that they name, with the default settings; what is read otherwise than when it was judged is left out, and so
are the sets that are not given.

Prints how confidences and judgements agree, the areas under the curve, the calibration error over ten bins,
and what each cut keeps, all cross-validated by document.
"""

import argparse
import collections
import dataclasses
import json
import os
import pathlib
import tomllib

import numpy as np

from kg.config import ExtractConfig
from kg.extract import Extractor
from kg.extract.claims.confidence import Weights, assess, of_ends, prior, sigmoid, triples
from kg.extract.claims.features import of_claim, verb_of
from kg.extract.claims.identity import Chains
from kg.extract.events.claims import FURTHER, relation_of, rule_of
from kg.extract.events.lasting import told_in
from kg.extract.events.sureness import Sureness, known
from kg.extract.parse import pipeline
from kg.extract.stages import CONFIDENCE, STAGES, interpret
from training.judgements.sets import documents

# Where parses are kept, for the next run.
PARSES = os.environ.get("KG_PARSES", "")
# A feature must have been seen this often, and move the log odds by this much.
SEEN, MOVES = 8, 0.15
RIDGE = 5.0
FOLDS = 10
CUTS = (0.1, 0.12, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.5, 0.6, 0.7, 0.8)
HEAD = """\
# How much each feature moves the log odds that a triple is whole, or right, to a reader: of those of
# kg/extract/claims/{features,identity}.py and, in the last table, kg/extract/events/sureness.py. Written by
# training/confidence.py. `all` is where every triple begins, `prior` weighs what is known before; the comment
# tells how many judged triples bore the feature, and their share.
"""


@dataclasses.dataclass
class Judged:
    """Triples that were judged and are read again: the judgements, their features, what is known before."""

    rows: list = dataclasses.field(default_factory=list)
    features: list = dataclasses.field(default_factory=list)
    priors: list = dataclasses.field(default_factory=list)

    def add(self, row, features, prior):
        self.rows.append(row)
        self.features.append(set(features))
        self.priors.append(prior)

    @property
    def verdicts(self):
        return np.array([row["verdict"] for row in self.rows])

    @property
    def texts(self):
        return [f"{row['set']} {row['document']}" for row in self.rows]


def readings(rows, sets):
    """Read again what was judged, up to the assessment; give each reading with its judgements."""
    by_text = collections.defaultdict(list)
    for row in rows:
        by_text[row["set"], row["document"]].append(row)
    extractor = Extractor(ExtractConfig(min_confidence=0.0), cache=PARSES)
    texts = {
        (name, key): d for name, path in sets for key, d in documents(name, path) if (name, key) in by_text
    }
    parsed = pipeline.parse(extractor.nlp, texts.values(), kept=extractor.parses)
    for at, reading in zip(texts, parsed, strict=True):
        interpret(reading, STAGES[: STAGES.index(CONFIDENCE)])
        yield reading, by_text[at]


def of_claims(reading, rows, out):
    """Collect the judged triples of claims."""
    found, chains = {}, Chains(reading)
    for claim in reading.claims:
        ends, verb = triples(claim), verb_of(claim)
        common = list(of_claim(claim, verb))
        for (role, end), features in zip(ends, of_ends(claim, verb, ends, chains), strict=True):
            told = ([*common, *features], prior(claim), claim.subject, end)
            found.setdefault(key_of(claim, claim.subject, relation(claim, role), end), told)
    collect(found, rows, out)


def of_events(reading, rows, tables, out):
    """Collect the judged triples of events, and of what follows from them."""
    assess(reading, tables)
    found, sure = {}, Sureness(reading, tables)
    for event in reading.events:
        for role in event.roles if event.mention is not None else ():
            told = list(sure.role_features(event, role)), known(role.slot.right())
            at = sentence(event.block, event.trigger)
            ends = label_of(event.mention), relation_of(role), label_of(role.mention)
            found.setdefault((at, *ends, rule_of(role)), (*told, event.mention, role.mention))
    said = told_in(reading)
    for further in FURTHER:
        for claim in list(further(reading, said)):
            reading.claims.append(claim)
            told = list(sure.claim_features(claim)), known(claim.confidence)
            ends = claim.subject, claim.relation, claim.object
            found.setdefault(key_of(claim, *ends), (*told, claim.subject, claim.object))
    collect(found, rows, out)


def collect(found, rows, out):
    for row in rows:
        features, before, *ends = found.get((row["sentence"][0], *row["triple"], row["rule"]), (None,) * 4)
        if features is not None and not is_stale(row, *ends):
            out.add(row, features, before)


def key_of(claim, subject, said, end):
    """Give what tells one triple of a text from another."""
    at = sentence(claim.block, claim.words[0] if claim.words else claim.subject.head)
    return (at, label_of(subject), said, None if end is None else label_of(end), claim.rule)


def sentence(block, token):
    """Give the character at which a token's sentence begins."""
    return block.start + token.sent.start_char


def is_stale(row, *ends):
    """Whether a label was found wanting that says more today than when it was judged."""
    if row["cause"] != "label":
        return False
    if "called" not in row:
        return row["round"] == 1 and any(e and e.description for e in ends)
    pairs = zip(ends, row["called"], strict=True)
    return any(e and e.description and said and e.description != said for e, said in pairs)


def label_of(mention):
    """Give the words by which an end of a triple is found again."""
    return mention.label or mention.span.text


def relation(claim, role):
    """Give the relation of a claim's triple, as `Claim.relation_of` does."""
    if role in ("object", "time", "clause"):
        return claim.relation
    return "_".join(w for w in (claim.relation, claim.noun, role) if w)


def base_of(path):
    """Give the weights at which the fit begins."""
    return tomllib.loads(pathlib.Path(path).read_text(encoding="utf-8"))["weights"]


def odds_of(weights, features, priors):
    """Give the log odds of triples by some weights."""
    return np.array(
        [
            weights["all"] + weights["prior"] * prior + sum(weights.get(name, 0.0) for name in held)
            for held, prior in zip(features, priors, strict=True)
        ]
    )


def fit(x, y, begin):
    """Give what weights move by: a logistic model beside log odds; a ridge on all columns but the first."""
    ridge = np.full(x.shape[1], RIDGE)
    ridge[0] = 1e-6
    moved = np.zeros(x.shape[1])
    for _ in range(25):
        p = 1 / (1 + np.exp(-x @ moved - begin))
        slope = x.T @ (y - p) - ridge * moved
        curve = (x * (p * (1 - p))[:, None]).T @ x + np.diag(ridge)
        step = np.linalg.solve(curve, slope)
        moved += step
        if np.abs(step).max() < 1e-8:
            break
    return moved


def matrix(features, names):
    """Give the design matrix: a column of ones, and one for each feature."""
    x = np.zeros((len(features), len(names) + 1))
    x[:, 0] = 1
    at = {name: i + 1 for i, name in enumerate(names)}
    for row, held in zip(x, features, strict=True):
        row[[at[s] for s in held if s in at]] = 1
    return x


def chosen(features, priors, y, base):
    """Give all weights that matter, rounded to tenths: where the fit began, and what it moved."""
    seen = collections.Counter(s for held in features for s in held)
    names = sorted(s for s, n in seen.items() if n >= SEEN)
    moved = fit(matrix(features, names), y, odds_of(base, features, priors))
    weights = {**base, "all": base["all"] + moved[0]}
    for name, move in zip(names, moved[1:], strict=True):
        weights[name] = base.get(name, 0.0) + move
    kept = {name: round(float(w), 1) for name, w in weights.items()}
    return {name: w for name, w in kept.items() if abs(w) >= MOVES or name in ("all", "prior")}


def validated(features, priors, y, texts, base):
    """Give each triple's confidence by weights fitted on other texts."""
    order = sorted(set(texts))
    fold = dict(zip(order, np.random.default_rng(1).permutation(len(order)) % FOLDS, strict=True))
    folds = np.array([fold[t] for t in texts])
    found = np.zeros(len(y))
    for k in range(FOLDS):
        inside = folds != k
        held = [s for s, i in zip(features, inside, strict=True) if i]
        other = [s for s, i in zip(features, inside, strict=True) if not i]
        weights = chosen(held, priors[inside], y[inside], base)
        found[~inside] = [sigmoid(o) for o in odds_of(weights, other, priors[~inside])]
    return found


def auc(confidence, whole):
    """Give the chance that of a whole fact and another one the whole has the higher confidence."""
    order = np.argsort(confidence, kind="stable")
    rank = np.empty(len(order))
    rank[order] = np.arange(1, len(order) + 1)
    for value in np.unique(confidence):
        same = confidence == value
        rank[same] = rank[same].mean()
    n = whole.sum()
    return (rank[whole == 1].sum() - n * (n + 1) / 2) / (n * (len(whole) - n))


def tables(confidence, verdicts, y):
    """Print how confidence and worth agree, and what each cut keeps."""
    whole = (verdicts == "whole").astype(float)
    good = np.isin(verdicts, ("whole", "crippled")).astype(float)
    print("confidence   facts  mean   worth")
    error = 0.0
    for low in np.arange(0, 1, 0.1):
        inside = (confidence >= low) & (confidence < low + 0.1)
        if inside.any():
            mean, share = confidence[inside].mean(), y[inside].mean()
            error += abs(mean - share) * inside.mean()
            print(f"{low:.1f} to {low + 0.1:.1f}   {inside.sum():5d}  {mean:.2f}   {share:.2f}")
    areas = f"whole {auc(confidence, whole):.3f}, neither wrong nor worthless {auc(confidence, good):.3f}"
    print(f"\narea under the curve: {areas}; calibration error {error:.3f}")
    print("\ncut    kept   whole  wrong  worthless")
    for cut in (0.0, *CUTS):
        above = confidence >= cut
        if above.any():
            shares = (f"{(verdicts[above] == v).mean():.3f}" for v in ("whole", "wrong", "worthless"))
            print(f"{cut:.2f}   {above.mean():.2f}   {'  '.join(shares)}")


def fitted(name, judged, y, base):
    """Fit a table: print what it is worth on other texts, and give its weights."""
    priors = np.array(judged.priors)
    print(f"\n== {name}: {len(y)} triples, {y.mean():.3f} of them so\n")
    tables(validated(judged.features, priors, y, judged.texts, base), judged.verdicts, y)
    return chosen(judged.features, priors, y, base)


def lines_of(name, weights, judged, y):
    """Give the lines of a table."""
    yield f"\n[{name}]"
    yield f"all = {weights['all']}"
    yield f"prior = {weights['prior']}"
    for feature in sorted(weights.keys() - {"all", "prior"}):
        held = np.array([feature in s for s in judged.features])
        told = f"{held.sum()}, {y[held].mean():.2f}" if held.any() else "as it was"
        yield f'"{feature}" = {weights[feature]}  # {told}'


def main():
    """Read the judgements, print the tables, write the weights."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("sets", nargs="+", metavar="SET=PATH")
    parser.add_argument("--base", type=pathlib.Path, default="training/judgements/base.toml")
    parser.add_argument("--judged", nargs="+", type=pathlib.Path)
    parser.add_argument(
        "-o", "--output", type=pathlib.Path, default="kg/extract/models/confidence/confidence.toml"
    )
    args = parser.parse_args()
    files = args.judged or sorted(pathlib.Path("training/judgements").glob("*.jsonl"))
    rows = [json.loads(line) for path in files for line in path.read_text("utf-8").splitlines()]
    sets = [(name, pathlib.Path(path)) for name, _, path in (s.partition("=") for s in args.sets)]
    read, judged = list(readings(rows, sets)), Judged()
    for reading, own in read:
        of_claims(reading, own, judged)
    base = base_of(args.base)
    whole = (judged.verdicts == "whole").astype(float)
    right = (judged.verdicts != "wrong").astype(float)
    found = {
        "whole": (fitted("whole", judged, whole, base), judged, whole),
        "right": (fitted("right", judged, right, base), judged, right),
    }
    told, roles = {name: Weights.of(weights) for name, (weights, *_) in found.items()}, Judged()
    told["role"] = Weights(0.0, 1.0, {})
    for reading, own in read:
        of_events(reading, own, told, roles)
    whole = (roles.verdicts == "whole").astype(float)
    found["role"] = fitted("role", roles, whole, {"all": -1.0, "prior": 0.3}), roles, whole
    print(f"\n{len(rows)} judged, {len(judged.rows) + len(roles.rows)} read again")
    lines = [line for name, parts in found.items() for line in lines_of(name, *parts)]
    args.output.write_text(HEAD + "\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
