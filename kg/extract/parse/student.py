"""The profile `fast`: a small network that has learned from the encoder what it finds.

It reads words, not word pieces. The vector of a word is put together once, from its pieces, its ends, its
pattern and the tables of names that it stands in, and kept; its tag, dependency and shape are added, and four
layers look at a token's neighbours and at its head in the parse. They give the same layers of labels as the
encoder, for less than the stock NER costs. Each Doc is computed by itself.
"""

from __future__ import annotations

import functools
from importlib import resources
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from spacy.attrs import DEP, HEAD, ORTH, SENT_START, TAG
from spacy.language import Language
from spacy.tokens import Doc

from kg.errors import ModelError
from kg.extract.parse.encoder import LAYERS, Scores, annotate, session, word_pieces
from kg.extract.parse.encoder import MODEL as TEACHER
from kg.extract.parse.features import DEPS, LONGEST_WORD, SHAPES, TAGS, UNKNOWN, shape
from kg.extract.parse.words import SIZES, word_features

FACTORY = "kg_student"
MODEL = "models/fast"
# Words whose vectors are kept, of 512 bytes each.
LARGEST = 60_000
Table = NDArray[np.float32]


class Words:
    """The vectors of words, each made when the word is first seen."""

    def __init__(self, tables: dict[str, NDArray[np.int8]], scales: dict[str, Table]) -> None:
        self.tables, self.scales = tables, scales
        self.pieces = word_pieces(_folder(TEACHER) / "vocab.txt")
        self.forget()

    def forget(self) -> None:
        """Drop all vectors."""
        self.rows: dict[int, int] = {}
        self.vectors = np.zeros((1024, self.tables["piece"].shape[1]), np.float32)
        self.shapes = np.zeros((2, 1024), np.int64)

    def look_up(self, doc: Doc, words: list[int]) -> list[int]:
        """Give the row of each word of a Doc."""
        rows = self.rows
        new = [w for w in dict.fromkeys(words) if w not in rows]
        if len(rows) + len(new) > LARGEST:
            self.forget()
            rows, new = self.rows, list(dict.fromkeys(words))
        for word in new:
            self._add(word, doc.vocab.strings[word])
        return [rows[w] for w in words]

    def vector(self, word: str) -> Table:
        """Make the vector of a word."""
        pieces = list(self.pieces(word)[:LONGEST_WORD]) or [UNKNOWN]
        vector: Table = self.table("piece", pieces).mean(axis=0)
        for name, row in zip(SIZES, word_features(word, len(pieces)), strict=True):
            vector = vector + self.table(name, [row])[0]
        return vector

    def table(self, name: str, rows: list[int]) -> Table:
        """Give rows of a table as floats."""
        found: Table = self.tables[name][rows] * self.scales[name][rows]
        return found

    def _add(self, number: int, word: str) -> None:
        row = self.rows[number] = len(self.rows)
        if row == len(self.vectors):
            self.vectors = np.concatenate([self.vectors, np.zeros_like(self.vectors)])
            self.shapes = np.concatenate([self.shapes, np.zeros_like(self.shapes)], axis=1)
        self.vectors[row] = self.vector(word)
        self.shapes[:, row] = shape(word, False), shape(word, True)


class Student:
    """The network, loaded; it gives scores and leaves the Doc as it is."""

    def __init__(self, folder: Path) -> None:
        path = folder / "words.npz"
        if not path.is_file():
            raise ModelError("the weights are missing", where=str(path), remedy="install the package again")
        with np.load(path) as kept:
            tables = {k: kept[k] for k in kept.files if not k.endswith(".scale")}
            scales = {k: kept[f"{k}.scale"] for k in tables}
        self.words = Words(tables, scales)
        self.tags, self.deps, self.shapes = (
            self.words.table(name, list(range(len(rows))))
            for name, rows in (("tag", TAGS), ("dep", DEPS), ("shape", SHAPES))
        )
        self.session = session(folder / "student.onnx")
        self._tag_rows: dict[int, int] = {}
        self._dep_rows: dict[int, int] = {}

    def scores(self, doc: Doc) -> dict[str, Scores]:
        """Give the scores of each layer, a row a token."""
        columns = doc.to_array([ORTH, TAG, DEP, HEAD, SENT_START])
        words, tags, deps = columns[:, :3].T.tolist()
        rows = self.words.look_up(doc, words)
        # Offsets of heads and sentence starts are signed.
        heads, starts = columns[:, 3:].astype(np.int64).T
        x = self.words.vectors[rows]
        x += self.tags[_rows(doc, tags, self._tag_rows, TAGS)]
        x += self.deps[_rows(doc, deps, self._dep_rows, DEPS)]
        x += self.shapes[self.words.shapes[(starts == 1).astype(np.int64), rows]]
        feed = {"words": x, "heads": heads + np.arange(len(doc))}
        return dict(zip(LAYERS, self.session.run(list(LAYERS), feed), strict=True))


def _rows(doc: Doc, names: list[int], known: dict[int, int], order: tuple[str, ...]) -> list[int]:
    """Give the place of each name in an order, 0 for what has none."""
    for name in set(names) - known.keys():
        text = doc.vocab.strings[name]
        known[name] = order.index(text) if text in order else 0
    return [known[n] for n in names]


def _folder(name: str) -> Path:
    return Path(str(resources.files("kg.extract").joinpath(name)))


@functools.cache
def shared() -> Student:
    """Give the student of this process."""
    return Student(_folder(MODEL))


class NameStudent:
    """The pipeline component."""

    def __init__(self, student: Student) -> None:
        self.student = student

    def __call__(self, doc: Doc) -> Doc:
        return annotate(doc, [(0, self.student.scores(doc))] if len(doc) else [])


@Language.factory(
    FACTORY, assigns=["doc.ents", "doc.spans"], requires=["doc.sents", "token.tag", "token.dep"]
)  # type: ignore[untyped-decorator]  # spaCy's decorators are not typed
def create(nlp: Language, name: str) -> NameStudent:
    """Make the component for a pipeline."""
    return NameStudent(shared())
