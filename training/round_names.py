"""Let the upper layers of the shipped network of names compute their products in whole numbers.

    python -m training.round_names kg/extract/models/names/names.onnx

Their matrices go from 8 bits, turned back into floats when loaded, to 7 bits that meet rows of 8 bits, as in
the readers that stand beside them. The layers that are shared stay as they are, and so do the states that
those readers learned from; with them in whole numbers, too, twice as much time was saved and four in six
hundred rows of questions were lost. What the network was trained to is read from the file, which is written
anew.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import onnx
from onnx import numpy_helper

from kg.extract.parse.encoder import FIRST
from training.export import SHARED, Graph, embedded, head, inputs_of_names, layer_of, model_of, with_states
from training.export_reader import Rounded
from training.model import FEATURES, LAYERS


def weights_of(model: onnx.ModelProto) -> tuple[dict[str, np.ndarray], int]:
    """Give the weights of a network by the names that they had in training, and how many layers it has."""
    known = {c.name: numpy_helper.to_array(c) for c in model.graph.initializer}

    def matrix(name: str) -> np.ndarray:
        found: np.ndarray = known[f"{name}.int8"].astype(np.float32) * known[f"{name}.scale"]
        return found

    w = {
        "bert.embeddings.word_embeddings.weight": matrix("word"),
        "bert.embeddings.position_embeddings.weight": matrix("position"),
        "bert.embeddings.token_type_embeddings.weight": known["kind"][None],
        "bert.embeddings.LayerNorm.weight": known["norm.gamma"],
        "bert.embeddings.LayerNorm.bias": known["norm.beta"],
        **{f"features.{k}.weight": matrix(k) for k in FEATURES},
    }
    layers = 1 + max(int(k.split(".")[0]) for k in known if k.endswith(".qkv.int8"))
    for i in range(layers):
        at = f"bert.encoder.layer.{i}"
        parts = zip(np.split(matrix(f"{i}.qkv"), 3, axis=1), np.split(known[f"{i}.qkv.bias"], 3), strict=True)
        for part, (weight, bias) in zip(("query", "key", "value"), parts, strict=True):
            w |= {f"{at}.attention.self.{part}.weight": weight.T, f"{at}.attention.self.{part}.bias": bias}
        for name, place, norm, side in (
            ("out", "attention.output.dense", "attention.output.LayerNorm", "a"),
            ("back", "output.dense", "output.LayerNorm", "f"),
        ):
            w |= {
                f"{at}.{place}.weight": matrix(f"{i}.{name}").T,
                f"{at}.{place}.bias": known[f"{i}.{side}.bias"],
                f"{at}.{norm}.weight": known[f"{i}.{side}.gamma"],
                f"{at}.{norm}.bias": known[f"{i}.{side}.beta"],
            }
        w |= {
            f"{at}.intermediate.dense.weight": matrix(f"{i}.in").T,
            f"{at}.intermediate.dense.bias": known[f"{i}.in.bias"],
        }
    return w, layers


class Upper(Rounded):
    """A graph whose products are computed in whole numbers once `exact` is no more."""

    exact = True

    def product(self, x: str, name: str, weight: np.ndarray) -> str:
        of = Graph if self.exact else Rounded
        return of.product(self, x, name, weight)

    def attention(self, x: str, name: str, weight: np.ndarray, bias: np.ndarray, heads: int) -> str:
        of = Graph if self.exact else Rounded
        return of.attention(self, x, name, weight, bias, heads)


def rounded(model: onnx.ModelProto) -> onnx.ModelProto:
    """Give the same network with the products of its upper layers in whole numbers."""
    w, layers = weights_of(model)
    known = {c.name: numpy_helper.to_array(c) for c in model.graph.initializer}
    g = Upper()
    x = embedded(g, w)
    for i in range(layers):
        g.exact = i < SHARED
        x = layer_of(g, x, w, i)
    x = g.add("Gather", g.add("Squeeze", x, "axis0"), FIRST)
    outputs = [
        head(g, x, layer, known[f"{layer}.head"], known[f"{layer}.bias"], size)
        for layer, size in LAYERS.items()
    ]
    return with_states(model_of(g, "names", inputs_of_names(), outputs))


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("model", type=Path)
    parser.add_argument("-o", "--output", type=Path, help="where to write it, if not there")
    a = parser.parse_args()
    onnx.save(rounded(onnx.load(a.model)), a.output or a.model)


if __name__ == "__main__":
    main()
