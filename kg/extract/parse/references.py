"""References that are learned: what a pronoun or definite noun asks for, and what a mention answers.

The reader of references shares the embeddings and the lower layers of the encoder that finds names and has
layers of its own above them. It gives each token two vectors, so that the product of what one asks for and
what another answers says how well the other may be meant, wherever both stand in the document. What is made
of it is the matter of `kg.extract.coref`.
"""

from __future__ import annotations

import functools
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language
from spacy.tokens import Doc

from kg.extract.parse import encoder
from kg.extract.parse.encoder import FIRST, STATES, Pieces, session

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

FACTORY = "kg_references"
MODEL = "models/references"
NETWORK = "references.onnx"
# The weights, and the trees that weigh their products (`kg.extract.coref.ranker`).
FILES = (NETWORK, "rankers.json")
# Where the vectors of a Doc are noted.
KEY = "kg_references"
WIDTH = 128
# Vectors are kept in whole numbers of one byte, this many to a unit, so that products are the same
# everywhere.
UNIT = 16
_OUTPUTS = ("asks", "answers", "new")

Bytes = NDArray[np.int8]


class Vectors(NamedTuple):
    """What the tokens of a Doc ask for and answer (tokens, `WIDTH`), and how new each is (tokens)."""

    asks: Bytes
    answers: Bytes
    new: Bytes

    def affinity(self, token: int, others: Bytes) -> NDArray[np.float32]:
        """Give how well each of some answers (rows of vectors) is what a token asks for."""
        products = others.astype(np.int32) @ self.asks[token].astype(np.int32)
        found: NDArray[np.float32] = (products / (UNIT * UNIT * WIDTH**0.5)).astype(np.float32)
        return found


def rounded(values: NDArray[np.float32]) -> Bytes:
    """Give vectors in whole numbers of one byte."""
    found: Bytes = np.clip(np.rint(values * UNIT), -127, 127).astype(np.int8)
    return found


def installed() -> bool:
    """Whether there are weights, and an encoder that they go with."""
    return encoder.bears(MODEL, FILES)


@functools.cache
def shared() -> ReferenceReader:
    """Give the reader of this process."""
    return ReferenceReader(encoder.weights(MODEL, FILES, "the reader of references"))


class ReferenceReader:
    """The weights, loaded."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @functools.cached_property
    def _layers(self) -> InferenceSession:
        return session(self.folder / NETWORK)

    def vectors(self, parts: list[Pieces]) -> Vectors:
        """Give the vectors of a text, by the states of the pieces of its runs."""
        rows = [
            self._layers.run(list(_OUTPUTS), {STATES: states, FIRST: first})
            for states, first in parts
            if len(first)
        ]
        if not rows:
            return Vectors(np.zeros((0, WIDTH), np.int8), np.zeros((0, WIDTH), np.int8), np.zeros(0, np.int8))
        asks, answers, new = (np.concatenate(x) for x in zip(*rows, strict=True))
        return Vectors(rounded(asks), rounded(answers), rounded(new[:, 0]))


class References(encoder.OnStates):
    """The pipeline component: it notes the vectors of a Doc."""

    def __init__(self, reader: ReferenceReader) -> None:
        super().__init__()
        self.reader = reader

    def note(self, doc: Doc, parts: list[Pieces]) -> None:
        """Note the vectors."""
        doc.user_data[KEY] = self.reader.vectors(parts)


@Language.factory(FACTORY, requires=["doc.sents", "token.tag", "token.dep"])  # type: ignore[untyped-decorator]  # spaCy's decorators are not typed
def create(nlp: Language, name: str) -> References:
    """Make the component for a pipeline; what the encoder of names computes for it is not computed twice."""
    found = References(shared())
    encoder.keep_states(nlp)
    return found
