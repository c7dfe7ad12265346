"""Train the ranker of antecedents again: `kg/extract/data/pronouns.json`.

    pip install lightgbm
    python training/pronouns.py --gap GAP.jsonl --gum GUM.jsonl [-o kg/extract/data/pronouns.json]

GAP (Apache-2.0) tells of a he or she whether each of two names is its antecedent; of GUM (CC BY 4.0) every
chain is known. The documents are read with the default settings; each pronoun gives one row of features per
candidate, and the rows are ranked: for he and she by LambdaMART over both sets, for it and they by a
classifier over GUM.
"""

import argparse
import json
import pathlib
from collections.abc import Callable

import lightgbm as lgb
import numpy as np

from kg.config import ExtractConfig
from kg.extract import Extractor, coref, interpret, pipeline
from kg.extract.coref import pronouns, ranker
from kg.read import document_from_text

Row = list[float]
# For each pronoun the rows of its candidates, each with whether it is right, or None where that is not known.
Group = list[tuple[Row, bool | None]]
Label = Callable[[object, int, int], bool | None]

TREES = {
    "learning_rate": 0.05,
    "min_data_in_leaf": 25,
    "feature_fraction": 0.4,
    "bagging_fraction": 0.7,
    "bagging_freq": 1,
    "lambda_l2": 5,
    "verbosity": -1,
    "num_threads": 1,
    "seed": 1,
    "deterministic": True,
}
GUM_WEIGHT = 0.6
THRESHOLDS = {"he": -0.3, "it": 0.4, "they": 0.3}
SCALE = 10_000


def overlap(a: int, b: int, c: int, d: int) -> int:
    return max(0, min(b, d) - max(a, c))


def span(mention) -> tuple[int, int]:
    start = mention.block.start + mention.span.start_char
    return start, start + len(mention.span.text)


def label_gap(gold) -> Label:
    def label(thing, start: int, end: int) -> bool | None:
        if not overlap(start, end, *gold["pronoun"]):
            return None
        held = [
            gold[f"{who}_coref"]
            for m in thing.mentions
            if m.kind == "name"
            for who in "ab"
            if overlap(*span(m), *gold[who])
        ]
        return any(held) if held else None

    return label


def label_gum(gold) -> Label:
    mentions = gold["mentions"]

    def chain_at(start: int, end: int):
        best = None
        for m in mentions:
            if any(overlap(start, end, *core) for core in m["core"]):
                share = overlap(start, end, m["start"], m["end"]) / (
                    max(end, m["end"]) - min(start, m["start"])
                )
                if best is None or share > best[0]:
                    best = share, m["chain"]
        return None if best is None else best[1]

    def label(thing, start: int, end: int) -> bool | None:
        own = chain_at(start, end)
        if own is None:
            return None
        chains = [chain_at(*span(m)) for m in thing.mentions if m.kind in ("name", "nominal")]
        chains = [c for c in chains if c is not None]
        return bool(chains) and max(set(chains), key=lambda c: (chains.count(c), str(c))) == own

    return label


def collect(path: str, extractor: Extractor) -> dict[str, list[Group]]:
    """Read the documents of a gold file and give the rows of their pronouns, by group of pronouns."""
    golds = [json.loads(line) for line in pathlib.Path(path).read_text(encoding="utf-8").splitlines()]
    documents = [document_from_text(g["text"], source=f"{n}.txt") for n, g in enumerate(golds)]
    found: dict[str, list[Group]] = {"he": [], "it": [], "they": []}
    choose = ranker.choose
    for gold, reading in zip(golds, pipeline.parse(extractor.nlp, documents), strict=True):
        label = label_gap(gold) if "pronoun" in gold else label_gum(gold)

        def watched(clusters, block, token, group, sex, candidates, label=label):
            start = block.start + token.idx
            rows = ranker.features(clusters, block, token, sex, candidates) if candidates else []
            marks = [label(t, start, start + len(token.text)) for t, _ in candidates]
            if any(m is not None for m in marks):
                # Where one candidate is known to be right, all others are wrong.
                known = [bool(m) if any(marks) else m for m in marks]
                found[group].append(list(zip(rows, known, strict=True)))
            return choose(clusters, block, token, group, sex, candidates)

        pronouns.ranker.choose = watched
        interpret(reading)
    pronouns.ranker.choose = choose
    return found


def table(sets: list[tuple[list[Group], float]]):
    rows, marks, weights, sizes = [], [], [], []
    for groups, weight in sets:
        for group in groups:
            known = [(row, mark) for row, mark in group if mark is not None]
            if known:
                rows += [row for row, _ in known]
                marks += [int(mark) for _, mark in known]
                weights += [weight] * len(known)
                sizes.append(len(known))
    return np.array(rows), np.array(marks), np.array(weights), sizes


def dump(model: lgb.Booster, threshold: float) -> dict:
    """Give the trees as lists of feature, cut, left, right and leaf; leaves are whole numbers."""
    trees = []
    for info in model.dump_model()["tree_info"]:
        columns: tuple[list, ...] = ([], [], [], [], [])

        def walk(node, columns=columns) -> int:
            feature, cut, left, right, leaf = columns
            at = len(feature)
            for column, value in zip(columns, (-1, 0, 0, 0, 0), strict=True):
                column.append(value)
            if "split_feature" in node:
                feature[at], cut[at] = node["split_feature"], round(node["threshold"], 4)
                left[at], right[at] = walk(node["left_child"]), walk(node["right_child"])
            else:
                leaf[at] = round(node["leaf_value"] * SCALE)
            return at

        walk(info["tree_structure"])
        trees.append(columns)
    return {"threshold": int(threshold * SCALE), "trees": trees}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--gap", required=True)
    parser.add_argument("--gum", required=True)
    parser.add_argument(
        "-o", "--output", default=pathlib.Path(coref.__file__).parents[1] / "data/pronouns.json"
    )
    args = parser.parse_args()
    extractor = Extractor(ExtractConfig())
    gap, gum = collect(args.gap, extractor), collect(args.gum, extractor)
    rows, marks, weights, sizes = table([(gap["he"], 1.0), (gum["he"], GUM_WEIGHT)])
    settings = {**TREES, "objective": "lambdarank", "num_leaves": 16, "lambdarank_truncation_level": 3}
    model = lgb.train(settings, lgb.Dataset(rows, marks, weight=weights, group=sizes), 250)
    models = {"he": dump(model, THRESHOLDS["he"])}
    for group in ("it", "they"):
        rows, marks, weights, sizes = table([(gum[group], 1.0)])
        settings = {**TREES, "objective": "binary", "num_leaves": 8}
        models[group] = dump(lgb.train(settings, lgb.Dataset(rows, marks), 120), THRESHOLDS[group])
    pathlib.Path(args.output).write_text(json.dumps(models, separators=(",", ":")), encoding="utf-8")


if __name__ == "__main__":
    main()
