"""Learn the weights of triples of a schema: `python -m training.schema ONTOLOGIES TRAIN > weights.tsv`.

ONTOLOGIES and TRAIN are folders in the form of Text2KGBench (`1_movie_ontology.json`,
`ont_1_movie_train.jsonl`). What is learned are weights of features: counts of how relations are said, no
sentence and no name. The candidates of a sentence compete with each other and with "none of them", as a gold
sentence mostly has one triple.
"""

from __future__ import annotations

import collections
import json
import pathlib
import re
import sys
from collections.abc import Iterator

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from kg import schema
from kg.extract import Extractor
from kg.extract.mentions import names
from kg.extract.parse import pipeline
from kg.extract.schema import SchemaReader, texts
from kg.extract.schema.scoring import features_of, outright
from kg.extract.values import quantities, times
from kg.read import document_from_text

HEAD = """\
# Weights of features of triples of a schema, made by training/schema.py from the train part of Text2KGBench,
# Wikidata-TekGen (N. Mihindukulasooriya et al. 2023), CC BY-SA 4.0. A feature of one relation begins with
# its row in phrasings.toml."""
SEEN = 4  # in how many candidates a feature must stand
SMALLEST = 0.1  # weights nearer to nothing are left out
PENALTY = 3.0  # on the squares of the weights
ROUNDS = 80
# The candidates of one sentence: the features of each, and whether the gold has it.
Example = list[tuple[list[str], bool]]


def norm(text: str) -> str:
    return re.sub(r"[_\s]+", "", text).lower()


def gold_of(path: pathlib.Path) -> dict[str, set[tuple[str, ...]]]:
    """Give the triples of each sentence."""
    gold: dict[str, set[tuple[str, ...]]] = collections.defaultdict(set)
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        triple = tuple(norm(row[f"{k}_label"]) for k in ("sub", "rel", "obj"))
        gold[" ".join(row["sent"].split())].add(triple)
    return gold


def same_date(gold: str, text: str) -> bool:
    """Whether a date as the gold has it ("05april1971") is what the words say: the day, or only the year."""
    match = re.fullmatch(r"(\d\d)([a-z]+)(\d{4})", gold)
    if match is None:
        return False
    day, month, year = match.groups()
    words = re.findall(r"[a-z]+|\d+", text.lower())
    return words == [year] or {year, month, str(int(day))} <= set(words)


def examples(ontologies: pathlib.Path, train: pathlib.Path) -> Iterator[Example]:
    extractor = Extractor()
    for path in sorted(ontologies.glob("*_ontology.json")):
        reader = SchemaReader(schema.load(path))
        gold = gold_of(train / f"ont_{path.name.removesuffix('_ontology.json')}_train.jsonl")
        documents = [document_from_text(s, source="lines", structure=False) for s in gold]
        for reading, triples in zip(pipeline.parse(extractor.nlp, documents), gold.values(), strict=True):
            for component in (names.find, times.find, quantities.find):
                component(reading)
            for block in reading.blocks:
                arguments, candidates = reader.candidates(reading, block)
                example = []
                for c, features in zip(candidates, features_of(candidates, arguments), strict=True):
                    s, o = texts(c.phrasing, c.subject, c.object)
                    pair = (norm(s), norm(c.phrasing.relation.label))
                    right = (*pair, norm(o)) in triples
                    if c.object.kind == "time" and outright(c):
                        right = any(t[:2] == pair and same_date(t[2], o) for t in triples)
                    if pair[0] != norm(o):
                        example.append((features, right))
                if example:
                    yield example


def learn(data: list[Example]) -> dict[str, float]:
    """Give the weight of each feature that matters."""
    counts = collections.Counter(f for example in data for features, _ in example for f in features)
    index = {f: i for i, f in enumerate(sorted(f for f, n in counts.items() if n >= SEEN))}
    columns: list[int] = []
    ends = [0]
    for example in data:
        for features, _ in example:
            columns += [index[f] for f in features if f in index]
            ends.append(len(columns))
    matrix = csr_matrix((np.ones(len(columns), np.float32), columns, ends), (len(ends) - 1, len(index)))
    across = matrix.T.tocsr()
    right = np.array([r for example in data for _, r in example], float)
    first = np.cumsum([0, *(len(example) for example in data[:-1])])
    of = np.repeat(np.arange(len(data)), [len(example) for example in data])
    answered = np.add.reduceat(right, first) > 0

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        scores = np.exp(np.clip(matrix @ weights, -30, 30))
        total = 1 + np.add.reduceat(scores, first)  # 1 is the score of "none of them"
        good = np.where(answered, np.maximum(np.add.reduceat(scores * right, first), 1e-12), 1.0)
        wanted = np.where(answered[of], scores * right / good[of], 0.0)
        slope = across @ (scores / total[of] - wanted) + PENALTY * weights
        return -np.log(good / total).sum() + PENALTY / 2 * (weights @ weights), slope

    options = {"maxiter": ROUNDS}
    found = minimize(loss, np.zeros(len(index)), jac=True, method="L-BFGS-B", options=options).x
    return {f: float(w) for f, w in zip(index, found, strict=True) if abs(w) >= SMALLEST}


def main() -> None:
    weights = learn(list(examples(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]))))
    print(HEAD)
    for feature, weight in sorted(weights.items()):
        print(f"{feature}\t{weight:.2f}")


if __name__ == "__main__":
    main()
