"""Fit the weights of features again: `kg/extract/models/confidence/confidence.toml`.

    pip install numpy
    python -m training.confidence SET=PATH... [--judged training/judgements/*.jsonl] [-o …/confidence.toml]

What is fitted is what a fact is worth to readers who wrote no rule: 1 where it is whole (right, its ends
identified, nothing lost that it needs), half where it is right and an end is not identified, a fifth where
something else is lost, 0 where it is wrong or says nothing. The weights begin at those of
`training/judgements/base.toml`, which earlier judgements of right and wrong gave, and move as far as the
judgements ask for; these are stand-off (`training/judgements`): the texts are
read again from the data sets that they name, with the default settings; what is read otherwise than when it
was judged is left out.

Prints how confidences and judgements agree, the areas under the curve, the calibration error over ten bins,
and what each cut keeps, all cross-validated by document.
"""

import argparse
import collections
import json
import os
import pathlib
import tomllib

import numpy as np

from kg.config import ExtractConfig
from kg.extract import Extractor
from kg.extract.claims.confidence import prior, sigmoid, triples
from kg.extract.claims.features import of_claim, of_end, verb_of
from kg.extract.claims.identity import Chains, of_pair
from kg.extract.parse import pipeline
from kg.extract.stages import CONFIDENCE, STAGES, interpret
from training.judgements.sets import documents

# Where parses are kept, for the next run.
PARSES = os.environ.get("KG_PARSES", "")
# A feature must have been seen this often, and move the log odds by this much.
SEEN, MOVES = 8, 0.15
RIDGE = 5.0
FOLDS = 10
# What a crippled fact is worth, by what cripples it.
IDENTIFIED, LOST = 0.5, 0.2
UNIDENTIFIED = ("label", "identity", "class")
CUTS = (0.1, 0.2, 0.25, 0.3, 0.35, 0.4, 0.5, 0.6, 0.7, 0.8)
HEAD = """\
# How much each feature of kg/extract/claims/{features,identity}.py moves the log odds of what a triple is
# worth: written by training/confidence.py. `all` is where every triple begins; the comment tells how many
# judged triples bore the feature, and what they were worth on average.

[weights]
"""


def examples(rows, sets):
    """Give each judged triple that is read again, with its features and what its rule's author saw in it."""
    by_text = collections.defaultdict(list)
    for row in rows:
        by_text[row["set"], row["document"]].append(row)
    extractor = Extractor(ExtractConfig(min_confidence=0.0), cache=PARSES)
    texts = {
        (name, key): d for name, path in sets for key, d in documents(name, path) if (name, key) in by_text
    }
    for at, reading in zip(
        texts, pipeline.parse(extractor.nlp, texts.values(), kept=extractor.parses), strict=True
    ):
        interpret(reading, STAGES[: STAGES.index(CONFIDENCE)])  # all but the assessment of what was read
        found, chains = {}, Chains(reading)
        for claim in reading.claims:
            for role, end in triples(claim):
                sentence = (claim.words[0] if claim.words else claim.subject.head).sent
                start = claim.block.start + sentence.start_char
                ends = (
                    label_of(claim.subject),
                    relation(claim, role),
                    None if end is None else label_of(end),
                )
                found.setdefault((start, *ends, claim.rule), (claim, role, end))
        for row in by_text[at]:
            key = (row["sentence"][0], *row["triple"], row["rule"])
            if key in found:
                claim, role, end = found[key]
                if is_stale(row, claim.subject, end):
                    continue
                verb = verb_of(claim)
                held = {*of_claim(claim, verb), *of_end(claim, verb, role, end)}
                yield row, held | {*of_pair(chains, claim.subject, end)}, prior(claim)


def is_stale(row, *ends):
    """Whether a label was found wanting that says more today than when it was judged."""
    return row["round"] == 1 and row["cause"] == "label" and any(e and e.description for e in ends)


def label_of(mention):
    """Give the words by which an end of a triple is found again."""
    return mention.label or mention.span.text


def relation(claim, role):
    """Give the relation of a claim's triple, as `Claim.relation_of` does."""
    if role in ("object", "time", "clause"):
        return claim.relation
    return "_".join(w for w in (claim.relation, claim.noun, role) if w)


def worth(verdict, cause):
    """Give what a judged fact is worth, from 0 to 1."""
    if verdict == "crippled":
        return IDENTIFIED if cause in UNIDENTIFIED else LOST
    return float(verdict == "whole")


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
    judged = args.judged or sorted(pathlib.Path("training/judgements").glob("*.jsonl"))
    rows = [json.loads(line) for path in judged for line in path.read_text("utf-8").splitlines()]
    sets = [(name, pathlib.Path(path)) for name, _, path in (s.partition("=") for s in args.sets)]
    found = list(examples(rows, sets))
    features, priors = [held for _, held, _ in found], np.array([p for *_, p in found])
    verdicts = np.array([row["verdict"] for row, *_ in found])
    y = np.array([worth(row["verdict"], row["cause"]) for row, *_ in found])
    base = base_of(args.base)
    print(f"{len(rows)} judged, {len(found)} read again, worth {y.mean():.3f}\n")
    documents = [f"{row['set']} {row['document']}" for row, *_ in found]
    tables(validated(features, priors, y, documents, base), verdicts, y)
    weights = chosen(features, priors, y, base)
    lines = [f"all = {weights.pop('all')}", f"prior = {weights.pop('prior')}"]
    for name in sorted(weights):
        held = np.array([name in s for s in features])
        told = f"{held.sum()}, {y[held].mean():.2f}" if held.any() else "as it was"
        lines.append(f'"{name}" = {weights[name]}  # {told}')
    args.output.write_text(HEAD + "\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
