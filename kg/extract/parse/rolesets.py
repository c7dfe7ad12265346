"""The rolesets of PropBank: which senses a predicate may have, and what is known of the roles of each."""

from __future__ import annotations

import collections
import gzip
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

FUNCTIONS = "PAG PPT GOL DIR LOC MNR VSP EXT PRD CAU COM PRP ADV TMP".split()
# Roles with a number: ARG0 to ARG5.
CORE = 6
WIDTH = CORE * (2 + len(FUNCTIONS))
LETTERS = {"VERB": "v", "AUX": "v", "NOUN": "n", "PROPN": "n", "ADJ": "j"}


@dataclass(slots=True)
class Words:
    """The words of a sentence as a model parsed them: what the heads of the encoder are told of them."""

    words: Sequence[str]
    tags: Sequence[str]
    deps: Sequence[str]
    heads: list[int]
    lemmas: Sequence[str]
    pos: Sequence[str]
    relations: Any = field(default=None, repr=False)


class Rolesets:
    """All rolesets by number, and by lemma and part of speech."""

    def __init__(self, path: Path) -> None:
        self.names: list[str] = []
        rows: list[NDArray[np.float32]] = []
        # Of each role with a number how often which preposition stood before it.
        self.markers: list[list[dict[str, float]]] = []
        self.by_alias: dict[str, list[int]] = collections.defaultdict(list)
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                rows.append(self._add(json.loads(line)))
        # Of each role with a number whether it is there, how often it was, and what it does.
        self.features = np.array(rows, dtype=np.float32).reshape(len(rows), WIDTH)
        self.number = {r: i for i, r in enumerate(self.names)}

    def _add(self, row: dict[str, Any]) -> NDArray[np.float32]:
        number = len(self.names)
        self.names.append(row["id"])
        vector = np.zeros((CORE, 2 + len(FUNCTIONS)), np.float32)
        markers: list[dict[str, float]] = [{} for _ in range(CORE)]
        for role in row["roles"]:
            if role["n"].isdigit() and int(role["n"]) < CORE:
                n = int(role["n"])
                vector[n, 0] = 1
                vector[n, 1] = (role["seen"] + 0.5) / (row["examples"] + 1)
                if role["f"] in FUNCTIONS:
                    vector[n, 2 + FUNCTIONS.index(role["f"])] = 1
                total = sum(role["markers"].values()) + 1
                markers[n] = {word.lower(): count / total for word, count in role["markers"].items()}
        self.markers.append(markers)
        for alias in row["aliases"]:
            self.by_alias[alias.lower()].append(number)
        return vector.ravel()

    def marked(self, number: int, words: Sequence[str]) -> NDArray[np.float32]:
        """Give for each word (in small letters) how often it stands before each role of a roleset."""
        found = np.zeros((len(words), CORE), np.float32)
        for role, markers in enumerate(self.markers[number]):
            if markers:
                for i, word in enumerate(words):
                    if word in markers:
                        found[i, role] = markers[word]
        return found

    def candidates(self, sentence: Words, i: int) -> list[int]:
        """Give the rolesets that a token may express, by lemma, particle and part of speech."""
        lemma, letter = sentence.lemmas[i].lower(), LETTERS.get(sentence.pos[i], "v")
        particles = [
            sentence.words[k].lower()
            for k, h in enumerate(sentence.heads)
            if h == i and k != i and sentence.deps[k] == "prt"
        ]
        for name in [*(f"{lemma}_{p}" for p in particles), lemma]:
            for part in (letter, *"vnjl"):
                found = self.by_alias.get(f"{name}/{part}")
                if found:
                    rest = [n for p in "vnjl" if p != part for n in self.by_alias.get(f"{name}/{p}", ())]
                    return list(dict.fromkeys([*found, *rest]))
        return []


def without_words(source: Path, target: Path) -> None:
    """Write rolesets without descriptions: what is asked of them here, and no more."""
    lines = []
    with gzip.open(source, "rt", encoding="utf-8") as rows:
        for line in rows:
            row = json.loads(line)
            kept: dict[str, Any] = {k: row[k] for k in ("id", "aliases", "examples")}
            kept["roles"] = [{k: r[k] for k in ("n", "f", "seen", "markers")} for r in row["roles"]]
            lines.append(json.dumps(kept, ensure_ascii=False, separators=(",", ":")))
    with target.open("wb") as file, gzip.GzipFile("", "wb", 9, file, mtime=0) as packed:
        packed.write("".join(f"{line}\n" for line in lines).encode())
