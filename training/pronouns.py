"""Train the rankers of antecedents again.

    pip install lightgbm
    python -m training.pronouns --gap GAP.jsonl --gum GUM.jsonl [-o kg/extract/models/pronouns/pronouns.json]
    python -m training.pronouns --gap GAP.jsonl --gum GUM.jsonl --marked training/chains/*.txt \
        --folds DIR/0 DIR/1 -o kg/extract/models/references/rankers.json

GAP (Apache-2.0) tells of a he or she whether each of two names is its antecedent; of GUM (CC BY 4.0) and of
the texts in `training/chains` every chain is known. The documents are read with the default settings; each
pronoun gives one row of features per candidate, and the rows are ranked: for he and she by LambdaMART over
all sets, for it, they and, in the second command, for definite nouns by a classifier over the sets with
chains.

The second command makes the rankers that also weigh what the learned reader of references says. That must not
have learned from a document that they learn from: each folder has the weights of a fold of
`training.references`, which reads the documents that were left out of it.

What a pronoun's features are depends on the pronouns joined before it. So that the ranker learns from chains
as good as it will see, and no better, each document is read by rankers that were trained on other documents:
first nothing is joined, then in each round by what the last one gave. The last line of each round says how
the held-out documents were answered.
"""

import argparse
import collections
import copy
import json
import pathlib
from collections.abc import Callable
from dataclasses import dataclass

import lightgbm as lgb
import numpy as np

from kg.config import ExtractConfig
from kg.extract import Extractor, coref
from kg.extract.coref import definites, features, nominals, pronouns, ranker
from kg.extract.parse import encoder, pipeline, references
from kg.extract.reading import Reading
from kg.extract.stages import COREF, STAGES, interpret
from kg.read import document_from_text
from training.gold_chains import placed
from training.judgements.sets import paths_of
from training.references import fold_of
from training.references import read as read_chains

Row = list[float]
Label = Callable[[object, int, int], bool | None]
Models = dict[str, ranker.Model]

TREES = {
    "learning_rate": 0.05,
    "num_leaves": 8,
    "min_data_in_leaf": 25,
    "feature_fraction": 0.4,
    "bagging_fraction": 0.7,
    "bagging_freq": 1,
    "lambda_l2": 5,
    "verbosity": -1,
    "num_threads": 1,
    "seed": 1,
    "deterministic": True,
    "force_row_wise": True,
}
GUM_WEIGHT, NOUN_WEIGHT = 0.6, 0.25
THRESHOLDS = {"he": -0.5, "it": 0.4, "they": 0.3}
# … of those that weigh what was learned, and the groups for which that is kept: of facts whose "it" or "they"
# was joined by it more were wrong than whole.
LEARNED_THRESHOLDS = {"he": -0.5, "it": 0.4, "they": 0.3, "noun": 0.2}
KEPT = ("he", "noun")
ROUNDS, FOLDS = 3, 4
SCALE = 10_000


@dataclass
class Case:
    """A pronoun with the rows of its candidates, each with whether it is right, or None where not known."""

    gold: str
    document: int
    start: int
    group: str
    rows: list[Row]
    marks: list[bool | None]
    named: list[bool]
    chosen: int | None


@dataclass
class Corpus:
    """Gold documents, read up to the chains."""

    name: str
    golds: list[dict]
    readings: list[Reading]


def read(
    path: str, extractor: Extractor, readers: list[references.ReferenceReader], texts: dict[str, pathlib.Path]
) -> Corpus:
    """Read the documents of a gold file with all stages before the chains."""
    file = pathlib.Path(path)
    if file.suffix == ".txt" or "chains" in file.parts:
        golds = [{"id": m.name, "text": m.text, "marked": m.mentions} for m in read_chains(file, texts)]
    else:
        golds = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    documents = [document_from_text(g["text"], source=f"{n}.txt") for n, g in enumerate(golds)]
    readings = list(pipeline.parse(extractor.nlp, documents, kept=extractor.parses))
    for n, (gold, reading) in enumerate(zip(golds, readings, strict=True)):
        if readers:
            name = gold.get("id") if "pronoun" not in gold else f"gap/{n}"
            note(reading, readers[fold_of(name, len(readers))])
    return corpus(golds, readings)


def note(reading: Reading, reader: references.ReferenceReader) -> None:
    """Note of each block what a reader of references says."""
    for block in reading.blocks:
        parts = encoder.states_of(encoder.shared().parts(block.doc, states=True))
        block.doc.user_data[references.KEY] = reader.vectors(parts)


def corpus(golds: list[dict], readings: list[Reading]) -> Corpus:
    for gold, reading in zip(golds, readings, strict=True):
        if "marked" in gold:
            gold["mentions"] = list(cores(gold["marked"], reading))
        interpret(reading, STAGES[: STAGES.index(COREF)])
    return Corpus(
        "gap" if "pronoun" in golds[0] else "marked" if "marked" in golds[0] else "gum", golds, readings
    )


def cores(marked: list, reading: Reading):
    """Give marked mentions as GUM has them, with their heads for a core."""
    for block in reading.blocks:
        for start, end, chain, head in placed(marked, block):
            at = block.start + block.doc[head].idx
            core = [[at, at + len(block.doc[head])]]
            yield {"start": start, "end": end, "core": core, "chain": chain}


def fresh(reading: Reading) -> Reading:
    """Copy what chains change: the mentions, and the claims that have them as arguments."""
    new = Reading(reading.document, reading.blocks)
    own = {id(m): copy.copy(m) for m in reading.mentions}
    new.mentions = [own[id(m)] for m in reading.mentions]
    new._by_head = {k: own[id(m)] for k, m in reading._by_head.items() if id(m) in own}
    for claim in reading.claims:
        twin = copy.copy(claim)
        twin.subject = own.get(id(claim.subject), claim.subject)
        twin.object = claim.object and own.get(id(claim.object), claim.object)
        twin.qualifiers = [(role, own.get(id(m), m)) for role, m in claim.qualifiers]
        new.claims.append(twin)
    return new


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
    # Of these texts what is not marked stands for nothing that was mentioned.
    whole = "marked" in gold
    # The order of chains that stand as often: those of marked texts are sets of numbers.
    key = (lambda c: sorted(c)) if whole else str

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
            return False if whole else None
        if whole and len(own) > 1 and thing.several:
            first = chain_at(*span(thing.mentions[0]))
            return first is not None and first <= own
        chains = [chain_at(*span(m)) for m in thing.mentions if m.kind in ("name", "nominal")]
        chains = [c for c in chains if c is not None]
        return bool(chains) and max(set(chains), key=lambda c: (chains.count(c), key(c))) == own

    return label


def collect(found: Corpus, models: Callable[[int], Models]) -> list[Case]:
    """Chain the documents, each by the models that `models` gives for its number; give its pronouns."""
    cases: list[Case] = []
    choose, choose_for_noun, rankings = ranker.choose, ranker.choose_for_noun, ranker.rankings
    for number, (gold, reading) in enumerate(zip(found.golds, found.readings, strict=True)):
        label = label_gap(gold) if found.name == "gap" else label_gum(gold)
        learned = any(references.KEY in block.doc.user_data for block in reading.blocks)
        columns = features.LEARNED if learned else features.COLUMNS

        def keep(block, token, group, candidates, rows, choice, label=label, number=number):
            start = block.start + token.idx
            marks = [label(t, start, start + len(token.text)) for t, _ in candidates]
            if any(m is not None for m in marks):
                things = [t for t, _ in candidates]
                chosen = [t is choice for t in things].index(True) if choice in things else None
                named = [t.named for t in things]
                cases.append(Case(found.name, number, start, group, rows(), marks, named, chosen))

        def watched(clusters, block, token, group, sex, candidates, keep=keep, columns=columns):
            choice = choose(clusters, block, token, group, sex, candidates)
            rows = lambda: features.features(clusters, block, token, sex, candidates, columns)  # noqa: E731
            keep(block, token, group, candidates, rows, choice)
            return choice

        def watched_noun(clusters, block, token, noun, candidates, keep=keep):
            choice = choose_for_noun(clusters, block, token, noun, candidates)
            rows = lambda: definites.rows_for(clusters, block, token, noun, candidates)  # noqa: E731
            keep(block, token, definites.GROUP, candidates, rows, choice)
            return choice

        ranking = ranker.Ranking(columns, models(number))
        ranker.rankings = lambda *, learned, ranking=ranking: ranking
        pronouns.ranker.choose, nominals.ranker.choose_for_noun = watched, watched_noun
        coref.chain(fresh(reading))
    ranker.choose, ranker.choose_for_noun, ranker.rankings = choose, choose_for_noun, rankings
    return cases


def table(cases: list[Case]):
    """Give rows, whether they are right, weights, and how many belong to each pronoun.

    Where one candidate is right, all others are wrong. But GAP tells of two names only, and a noun may be in
    the chain of one of them: nouns count less there.
    """
    rows, marks, weights, sizes = [], [], [], []
    for case in cases:
        whole = 1.0 if case.gold == "gap" else GUM_WEIGHT
        sure = any(case.marks)
        size = len(rows)
        for row, mark, named in zip(case.rows, case.marks, case.named, strict=True):
            if sure or mark is not None:
                rows.append(row)
                marks.append(int(bool(mark)))
                doubtful = case.gold == "gap" and sure and not mark and not named
                weights.append(NOUN_WEIGHT if doubtful else whole)
        if len(rows) > size:
            sizes.append(len(rows) - size)
    return np.array(rows, dtype=float), np.array(marks), np.array(weights), sizes


def fit(cases: list[Case], bars: dict[str, float]) -> dict[str, dict]:
    """Train on the rows of pronouns; give the trees of each group."""
    rows, marks, weights, sizes = table([c for c in cases if c.group == "he"])
    settings = {**TREES, "objective": "lambdarank", "lambdarank_truncation_level": 3}
    model = lgb.train(settings, lgb.Dataset(rows, marks, weight=weights, group=sizes), 250)
    models = {"he": dump(model, bars["he"])}
    for group in sorted({c.group for c in cases} - {"he"}):
        rows, marks, _, _ = table([c for c in cases if c.group == group and c.gold != "gap"])
        settings = {**TREES, "objective": "binary"}
        trees = 120 if group != definites.GROUP else 200
        models[group] = dump(lgb.train(settings, lgb.Dataset(rows, marks), trees), bars[group])
    return models


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


def report(cases: list[Case]) -> str:
    """Say how many choices were right, of those made and of those that could be right."""
    counts: collections.Counter = collections.Counter()
    for c in cases:
        key = f"{c.gold} {c.group}"
        made = c.chosen is not None and (c.gold != "gap" or c.marks[c.chosen] is not None)
        counts[key, "right"] += made and bool(c.marks[c.chosen])
        counts[key, "made"] += made
        counts[key, "possible"] += any(c.marks)
    return "; ".join(
        f"{key} " + "/".join(str(counts[key, what]) for what in ("right", "made", "possible"))
        for key in dict.fromkeys(k for k, _ in counts)
    )


def crossfit(corpora: list[Corpus], bars: dict[str, float]) -> list[Case]:
    """Give the pronouns of all documents, each read by rankers that did not learn from it."""
    folds: list[Models] = [{}] * FOLDS
    for number in range(ROUNDS):
        cases = [c for found in corpora for c in collect(found, lambda n, folds=folds: folds[n % FOLDS])]
        print(f"round {number}: right/made/possible {report(cases)}", flush=True)
        if number < ROUNDS - 1:
            folds = [
                {
                    g: ranker.Model(**m)
                    for g, m in fit([c for c in cases if c.document % FOLDS != k], bars).items()
                }
                for k in range(FOLDS)
            ]
    return cases


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--gap", required=True)
    parser.add_argument("--gum", required=True)
    parser.add_argument("--marked", nargs="*", default=(), help="texts with their chains")
    parser.add_argument("--texts", nargs="*", default=(), metavar="NAME=PATH", help="texts that were marked")
    parser.add_argument(
        "--folds", nargs="*", default=(), help="folders with what was learned of references, by fold"
    )
    parser.add_argument("--cache", default="", help="folder to keep parses in")
    parser.add_argument(
        "-o", "--output", default=pathlib.Path(coref.__file__).parents[1] / "models/pronouns/pronouns.json"
    )
    args = parser.parse_args()
    extractor = Extractor(ExtractConfig(events=False, references=False), cache=args.cache)
    texts = paths_of(args.texts)
    readers = [references.ReferenceReader(pathlib.Path(folder)) for folder in args.folds]
    corpora = [read(path, extractor, readers, texts) for path in (args.gap, args.gum, *args.marked)]
    bars = LEARNED_THRESHOLDS if readers else THRESHOLDS
    cases = crossfit(corpora, bars)
    found: dict = {"columns": features.NAMES}
    if readers:
        found = {
            "columns": features.names_of(features.LEARNED),
            "noun_columns": features.names_of(definites.NOUN_COLUMNS),
        }
    found["groups"] = {g: m for g, m in fit(cases, bars).items() if not readers or g in KEPT}
    pathlib.Path(args.output).write_text(json.dumps(found, separators=(",", ":")), encoding="utf-8")


if __name__ == "__main__":
    main()
