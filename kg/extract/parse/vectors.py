"""The vectors of tokens that tagger and parser work on, with those of words kept and the rest on onnxruntime.

spaCy's `tok2vec` is most of what a pipeline without an NER costs. Its first part depends on a word alone, so
it is looked up where the word was seen before; its second, convolutions over neighbours, is one network here.
The numbers are those of the model up to the rounding of 32-bit floats, and the same for a Doc alone and in
any batch.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from spacy.attrs import NORM, ORTH, SPACY
from spacy.language import Language
from spacy.tokens import Doc

from kg.extract.parse.encoder import session
from kg.extract.parse.onnx import Network

NAME = "kg_vectors"
FEATURES = ("NORM", "PREFIX", "SUFFIX", "SHAPE", "SPACY", "IS_SPACE")
# Words whose vectors are kept, of 384 bytes each.
LARGEST = 100_000
EPSILON = 1e-8


class Vectors:
    """Does what a model's `tok2vec` does."""

    def __init__(self, tok2vec: Any) -> None:
        model = tok2vec.model
        self.ops = model.ops
        self.tables, self.seeds, weight = [], [], _named(model.layers[0], "maxout")[0].get_param("W")
        width, pieces, _ = weight.shape
        self.width, self.pieces = width, pieces
        # The tables times their part of the layer that mixes them: what a feature adds to each of its sums.
        for i, hashed in enumerate(_named(model.layers[0], "hashembed")):
            part = weight[:, :, i * width : (i + 1) * width].reshape(width * pieces, width)
            self.tables.append(np.ascontiguousarray(hashed.get_param("E") @ part.T))
            self.seeds.append(hashed.attrs["seed"])
        self.bias = _named(model.layers[0], "maxout")[0].get_param("b").reshape(-1)
        norm = _named(model.layers[0], "layernorm")[0]
        self.scale, self.shift = norm.get_param("G"), norm.get_param("b")
        encode = model.layers[1]
        self.depth = len(_named(encode, "maxout"))
        self.session = session(_window(encode, width, pieces))
        self.forget()

    def forget(self) -> None:
        """Drop all vectors of words."""
        self.rows: dict[tuple[int, ...], int] = {}
        self.words = np.zeros((4096, self.width), np.float32)

    def __call__(self, doc: Doc) -> Doc:
        """Set the vectors of a Doc's tokens, where tagger and parser look for them."""
        keys = [tuple(k) for k in doc.to_array([ORTH, NORM, SPACY]).tolist()]
        if not keys:
            return doc
        new = {k: i for i, k in enumerate(keys) if k not in self.rows}
        if new:
            if len(self.rows) + len(new) > LARGEST:
                self.forget()
                new = {k: i for i, k in enumerate(keys)}
            self._learn(doc, new)
        padded = np.zeros((len(keys) + 2 * self.depth, self.width), np.float32)
        padded[self.depth : -self.depth] = self.words[[self.rows[k] for k in keys]]
        doc.tensor = self.session.run(None, {"words": padded})[0]
        return doc

    def _learn(self, doc: Doc, new: dict[tuple[int, ...], int]) -> None:
        first, size = len(self.rows), len(self.rows) + len(new)
        while size > len(self.words):
            self.words = np.concatenate([self.words, np.zeros_like(self.words)])
        features = doc.to_array(list(FEATURES))[list(new.values())]
        total = np.zeros((len(new), self.width * self.pieces), np.float32)
        for column, (table, seed) in enumerate(zip(self.tables, self.seeds, strict=True)):
            hashes = self.ops.hash(np.ascontiguousarray(features[:, column]), seed) % len(table)
            for j in range(hashes.shape[1]):
                total += table[hashes[:, j]]
        mixed = (total + self.bias).reshape(len(new), self.width, self.pieces).max(axis=2)
        mean, variance = mixed.mean(axis=1, keepdims=True), mixed.var(axis=1, keepdims=True)
        self.words[first:size] = (mixed - mean) / np.sqrt(variance + EPSILON) * self.scale + self.shift
        for key in new:
            self.rows[key] = len(self.rows)


def _window(encode: Any, width: int, pieces: int) -> bytes:
    """Write the convolutions: each sees a token and its two neighbours, and adds to what it sees."""
    net = Network()
    axis, ends = net.constant([0]), net.constant([1, 0, 1, 0])
    bounds = [net.constant([i]) for i in (0, -2, 2, 2**31)]
    x = "words"
    maxouts, norms = _named(encode, "maxout"), _named(encode, "layernorm")
    for maxout, norm in zip(maxouts, norms, strict=True):
        weight, bias = maxout.get_param("W"), maxout.get_param("b")
        # All first pieces, then all second ones, so that the largest is taken of whole blocks.
        weight = weight.transpose(2, 1, 0).reshape(3 * width, pieces * width)
        (padded,) = net.add("Pad", x, ends)
        (before,) = net.add("Slice", padded, bounds[0], bounds[1], axis)
        (after,) = net.add("Slice", padded, bounds[2], bounds[3], axis)
        (seen,) = net.add("Concat", before, x, after, axis=1)
        (sums,) = net.add("MatMul", seen, net.constant(weight))
        (sums,) = net.add("Add", sums, net.constant(bias.T.reshape(-1)))
        (best,) = net.add("Max", *net.add("Split", sums, outputs=pieces, axis=1))
        gain, shift = net.constant(norm.get_param("G")), net.constant(norm.get_param("b"))
        (normal,) = net.add("LayerNormalization", best, gain, shift, axis=-1, epsilon=EPSILON)
        (x,) = net.add("Add", x, normal)
    depth = len(maxouts)
    (result,) = net.add("Slice", x, net.constant([depth]), net.constant([-depth]), axis)
    return net.model("words", result, width)


def _named(model: Any, name: str) -> list[Any]:
    return [layer for layer in model.walk() if layer.name == name]


def speed_up(nlp: Language) -> None:
    """Put a faster component in the place of a model's `tok2vec`, if it is of the usual kind."""
    if "tok2vec" not in nlp.pipe_names:
        return
    design = nlp.config["components"]["tok2vec"].get("model", {})
    embed, encode = design.get("embed", {}), design.get("encode", {})
    usual = (
        design.get("@architectures") == "spacy.Tok2Vec.v2"
        and embed.get("@architectures") == "spacy.MultiHashEmbed.v2"
        and tuple(embed.get("attrs", ())) == FEATURES
        and not embed.get("include_static_vectors")
        and encode.get("@architectures") == "spacy.MaxoutWindowEncoder.v2"
        and encode.get("window_size") == 1
    )
    if usual:
        nlp.add_pipe(NAME, before="tok2vec")
        nlp.disable_pipes("tok2vec")


def _make(nlp: Language, name: str) -> Vectors:
    return Vectors(nlp.get_pipe("tok2vec"))


Language.factory(NAME, assigns=["doc.tensor"], func=_make)
