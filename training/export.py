"""Write a trained component as one ONNX file: weights in 8 bits, computed in 32-bit floats.

    python -m training.export --base MODEL_DIR --weights DIR/final.pt --out kg/extract/models/names

Every matrix is stored as int8 with a scale for each output column (for tables, each row). The graph turns
it back into floats when it is loaded, so that no activation is rounded. Of the heads the mean over the
conventions that are asked for is written, as the mean of their scores is that of one matrix.
"""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper

from kg.extract.parse.encoder import STATES
from training.model import FEATURES, LAYERS, SETS

HEADS = 12
EPSILON = 1e-12
# The layers of the names' encoder above which the reader has its own.
SHARED = 2
OPSET = [helper.make_opsetid("", 17), helper.make_opsetid("com.microsoft", 1)]


class Graph:
    """An ONNX graph as it grows."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = []

    def add(self, op: str, *inputs: str, domain: str = "", **attributes: object) -> str:
        name = f"{op}_{len(self.nodes)}"
        self.nodes.append(helper.make_node(op, list(inputs), [name], name=name, domain=domain, **attributes))
        return name

    def constant(self, name: str, value: np.ndarray) -> str:
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def matrix(self, name: str, weight: np.ndarray) -> str:
        """A matrix (inputs, outputs) that is int8 in the file and float once loaded."""
        scale = np.maximum(np.abs(weight).max(axis=0, keepdims=True) / 127, 1e-12).astype(np.float32)
        packed = self.constant(f"{name}.int8", np.clip(np.rint(weight / scale), -127, 127).astype(np.int8))
        return self.add(
            "Mul", self.add("Cast", packed, to=TensorProto.FLOAT), self.constant(f"{name}.scale", scale)
        )

    def product(self, x: str, name: str, weight: np.ndarray) -> str:
        return self.add("MatMul", x, self.matrix(name, weight))

    def attention(self, x: str, name: str, weight: np.ndarray, bias: np.ndarray, heads: int) -> str:
        """Attention among rows, from the matrix of queries, keys and values."""
        given = self.matrix(name, weight), self.constant(f"{name}.bias", bias)
        return self.add("Attention", x, *given, domain="com.microsoft", num_heads=heads)

    def table(self, name: str, weight: np.ndarray, index: str) -> str:
        """Rows of a table that stays int8 when loaded."""
        scale = np.maximum(np.abs(weight).max(axis=1, keepdims=True) / 127, 1e-12).astype(np.float32)
        packed = self.constant(f"{name}.int8", np.clip(np.rint(weight / scale), -127, 127).astype(np.int8))
        rows = self.add("Cast", self.add("Gather", packed, index), to=TensorProto.FLOAT)
        return self.add("Mul", rows, self.add("Gather", self.constant(f"{name}.scale", scale), index))


def linear(w: dict[str, np.ndarray], name: str) -> tuple[np.ndarray, np.ndarray]:
    return w[f"{name}.weight"].T, w[f"{name}.bias"]


def embedded(g: Graph, w: dict[str, np.ndarray]) -> str:
    """Add what turns pieces and features into the states below the first layer."""
    x = g.table("word", w["bert.embeddings.word_embeddings.weight"], "pieces")
    for k in FEATURES:
        x = g.add("Add", x, g.table(k, w[f"features.{k}.weight"], k))
    x = g.add("Add", x, g.table("position", w["bert.embeddings.position_embeddings.weight"], "position"))
    kind = g.constant("kind", w["bert.embeddings.token_type_embeddings.weight"][0])
    x = g.add("Add", x, kind)
    x = g.add(
        "LayerNormalization",
        x,
        g.constant("norm.gamma", w["bert.embeddings.LayerNorm.weight"]),
        g.constant("norm.beta", w["bert.embeddings.LayerNorm.bias"]),
        epsilon=EPSILON,
    )
    return g.add("Unsqueeze", x, g.constant("axis0", np.array([0], np.int64)))


def layer_of(g: Graph, x: str, w: dict[str, np.ndarray], i: int) -> str:
    """Add a layer of the encoder."""
    at = f"bert.encoder.layer.{i}"
    parts = [linear(w, f"{at}.attention.self.{p}") for p in ("query", "key", "value")]
    weight, bias = (np.concatenate([p[k] for p in parts], axis=-1) for k in (0, 1))
    a = g.attention(x, f"{i}.qkv", weight, bias, HEADS)
    weight, bias = linear(w, f"{at}.attention.output.dense")
    a = g.product(a, f"{i}.out", weight)
    x = skip(g, f"{i}.a", x, a, w, f"{at}.attention.output.LayerNorm", bias)
    weight, bias = linear(w, f"{at}.intermediate.dense")
    h = g.product(x, f"{i}.in", weight)
    h = g.add("BiasGelu", h, g.constant(f"{i}.in.bias", bias), domain="com.microsoft")
    weight, bias = linear(w, f"{at}.output.dense")
    h = g.product(h, f"{i}.back", weight)
    return skip(g, f"{i}.f", x, h, w, f"{at}.output.LayerNorm", bias)


def encoder(g: Graph, w: dict[str, np.ndarray], layers: int) -> str:
    """Add what turns pieces and features into the states of tokens, and give the name of those."""
    x = embedded(g, w)
    for i in range(layers):
        x = layer_of(g, x, w, i)
    return g.add("Gather", g.add("Squeeze", x, "axis0"), "first")


def with_states(model: onnx.ModelProto) -> onnx.ModelProto:
    """Let the network of names also give the states of pieces behind the layers that the reader shares."""
    if STATES in [o.name for o in model.graph.output]:
        return model
    (top,) = [n.output[0] for n in model.graph.node if f"{SHARED - 1}.f.gamma" in n.input]
    width = next(c for c in model.graph.initializer if c.name == "norm.gamma").dims[0]
    model.graph.node.append(helper.make_node("Squeeze", [top, "axis0"], [STATES]))
    model.graph.output.append(helper.make_tensor_value_info(STATES, TensorProto.FLOAT, ["length", width]))
    return model


def build(
    state: dict[str, np.ndarray], layers: int, conventions: dict[str, tuple[str, ...]]
) -> onnx.ModelProto:
    g = Graph()
    w = {k: v.astype(np.float32) for k, v in state.items()}
    x = encoder(g, w, layers)
    outputs = []
    for layer, size in LAYERS.items():
        chosen = [SETS.index(s) for s in conventions.get(layer, ("stock",))]
        weight, bias = w[f"heads.{layer}.weight"].T, w[f"heads.{layer}.bias"]
        weight = weight + w[f"own.{layer}"][chosen].mean(axis=0)
        bias = bias + w[f"bias.{layer}"][chosen].mean(axis=0)
        outputs.append(head(g, x, layer, weight, bias, size))
    return with_states(model_of(g, "names", inputs_of_names(), outputs))


def head(
    g: Graph, x: str, layer: str, weight: np.ndarray, bias: np.ndarray, size: int
) -> onnx.ValueInfoProto:
    """Add an output: the scores of a layer."""
    out = g.add("MatMul", x, g.constant(f"{layer}.head", weight))
    g.nodes.append(helper.make_node("Add", [out, g.constant(f"{layer}.bias", bias)], [layer]))
    return helper.make_tensor_value_info(layer, TensorProto.FLOAT, ["tokens", size])


def inputs_of_names() -> list[onnx.ValueInfoProto]:
    inputs = [
        helper.make_tensor_value_info(k, TensorProto.INT64, ["length"])
        for k in ("pieces", "position", *FEATURES)
    ]
    return [*inputs, helper.make_tensor_value_info("first", TensorProto.INT64, ["tokens"])]


def model_of(
    g: Graph, name: str, inputs: list[onnx.ValueInfoProto], outputs: list[onnx.ValueInfoProto]
) -> onnx.ModelProto:
    """Give the model of a graph."""
    graph = helper.make_graph(g.nodes, name, inputs, outputs, g.constants)
    model = helper.make_model(graph, opset_imports=OPSET, producer_name="kg")
    model.ir_version = 8
    return model


def skip(g: Graph, name: str, x: str, y: str, w: dict, norm: str, bias: np.ndarray) -> str:
    return g.add(
        "SkipLayerNormalization",
        x,
        y,
        g.constant(f"{name}.gamma", w[f"{norm}.weight"]),
        g.constant(f"{name}.beta", w[f"{norm}.bias"]),
        g.constant(f"{name}.bias", bias),
        domain="com.microsoft",
        epsilon=EPSILON,
    )


# The gold sets whose conventions are shipped: the mean of their scores.
CONVENTIONS = {
    "names": ("gum", "uner", "redocred", "re3d"),
    "inner": ("gum",),
    "nominals": ("gum", "re3d"),
}


def export(
    weights: Path, base: Path, out: Path, conventions: dict[str, tuple[str, ...]] = CONVENTIONS
) -> None:
    """Write trained weights, and the vocabulary of their encoder, as the package reads them."""
    kept = torch.load(weights, weights_only=False)
    state = {k: v.numpy() for k, v in kept.get("model", kept).items()}
    layers = 1 + max(int(k.split(".")[3]) for k in state if k.startswith("bert.encoder.layer."))
    out.mkdir(parents=True, exist_ok=True)
    onnx.save(build(state, layers, conventions), out / "names.onnx")
    shutil.copy(base / "vocab.txt", out / "vocab.txt")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--base", type=Path, required=True, help="folder of all-MiniLM-L6-v2")
    parser.add_argument("--weights", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    for layer, sets in CONVENTIONS.items():
        parser.add_argument(
            f"--{layer}", nargs="+", default=sets, choices=SETS, help=f"conventions of {layer}"
        )
    a = parser.parse_args()
    export(a.weights, a.base, a.out, {layer: tuple(getattr(a, layer)) for layer in CONVENTIONS})


if __name__ == "__main__":
    main()
