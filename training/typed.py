"""Learn the weights of typed triples: `python -m training.typed ONTOLOGIES TRAIN > weights.tsv`.

ONTOLOGIES and TRAIN are folders in the form of Text2KGBench (`1_movie_ontology.json`,
`ont_1_movie_train.jsonl`). What is learned are weights of features: counts of how relations are said, no
sentence and no name. A part of the examples is seen without the features of single relations, so that those
which hold for every schema can stand by themselves.
"""

from __future__ import annotations

import collections
import json
import pathlib
import random
import re
import sys
from collections.abc import Iterator

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from kg import schema
from kg.extract import Extractor, names, pipeline, quantities, temporal
from kg.extract.typed import Typed, texts
from kg.extract.typed.scoring import OWN, features_of, outright
from kg.read import document_from_text

HEAD = """\
# Weights of features of typed triples, made by training/typed.py from the train part of Text2KGBench,
# Wikidata-TekGen (N. Mihindukulasooriya et al. 2023), CC BY-SA 4.0. A feature of one relation begins with
# its row in phrasings.toml."""
SEEN = 4  # in how many candidates a feature must stand
WITHOUT_OWN = 0.3  # the share of candidates seen without the features of single relations
SMALLEST = 0.1  # weights nearer to nothing are left out
Example = tuple[list[str], bool]


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
        typed = Typed(schema.load(path))
        gold = gold_of(train / f"ont_{path.name.removesuffix('_ontology.json')}_train.jsonl")
        documents = [document_from_text(s, source="lines", structure=False) for s in gold]
        for reading, triples in zip(pipeline.parse(extractor.nlp, documents), gold.values(), strict=True):
            for component in (names.find, temporal.find, quantities.find):
                component(reading)
            for block in reading.blocks:
                arguments, candidates = typed.candidates(reading, block)
                for c, features in zip(candidates, features_of(candidates, arguments), strict=True):
                    s, o = texts(c.phrasing, c.subject, c.object)
                    pair = (norm(s), norm(c.phrasing.relation.label))
                    right = (*pair, norm(o)) in triples
                    if c.object.kind == "time" and outright(c):
                        right = any(t[:2] == pair and same_date(t[2], o) for t in triples)
                    yield features, right


def learn(data: list[Example]) -> dict[str, float]:
    """Give the weight of each feature that matters."""
    chance = random.Random(0)
    counts = collections.Counter(f for features, _ in data for f in features)
    index = {f: i for i, f in enumerate(sorted(f for f, n in counts.items() if n >= SEEN))}
    columns: list[int] = []
    ends = [0]
    for features, _ in data:
        own = chance.random() >= WITHOUT_OWN
        columns += [index[f] for f in features if f in index and (own or OWN not in f)]
        ends.append(len(columns))
    matrix = csr_matrix((np.ones(len(columns), np.float32), columns, ends), (len(data), len(index)))
    model = LogisticRegression(C=0.3, max_iter=300, solver="liblinear", fit_intercept=False)
    model.fit(matrix, [right for _, right in data])
    return {f: float(w) for f, w in zip(index, model.coef_[0], strict=True) if abs(w) >= SMALLEST}


def main() -> None:
    weights = learn(list(examples(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]))))
    print(HEAD)
    for feature, weight in sorted(weights.items()):
        print(f"{feature}\t{weight:.2f}")


if __name__ == "__main__":
    main()
