"""The student in torch, and how it is written for `kg/extract/parse/student.py`.

It is made of matrices alone: a word's vector is the mean of its pieces' rows in a projected table, plus rows
for its features; a layer sees a token, its neighbours and its head, and adds to the token.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper
from torch import nn
from torch.nn import functional

from kg.extract.parse.features import DEPS, SHAPES, TAGS
from kg.extract.parse.words import SIZES
from training.export import OPSET, Graph
from training.model import LAYERS

INPUT, WIDTH = 128, 192
# Neighbours on each side that a layer sees.
REACH = (2, 1, 1, 1)
TOKEN_TABLES = {"tag": len(TAGS), "dep": len(DEPS), "shape": len(SHAPES)}


class Network(nn.Module):
    """The network, over the tokens of many blocks in one row, with a token of zeros between blocks."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.proj = nn.Linear(width, INPUT, bias=False)
        self.word = nn.ModuleDict({k: nn.Embedding(n, INPUT) for k, n in SIZES.items()})
        self.tok = nn.ModuleDict({k: nn.Embedding(n, INPUT) for k, n in TOKEN_TABLES.items()})
        for table in (*self.word.values(), *self.tok.values()):
            nn.init.normal_(table.weight, std=0.05)
        self.norm0 = nn.LayerNorm(INPUT)
        sizes = [INPUT, *[WIDTH] * (len(REACH) - 1)]
        self.inp = nn.ModuleList(nn.Linear(d * (2 * r + 2), WIDTH) for d, r in zip(sizes, REACH, strict=True))
        self.back = nn.ModuleList(nn.Linear(WIDTH, WIDTH) for _ in REACH)
        self.norm = nn.ModuleList(nn.LayerNorm(WIDTH) for _ in REACH)
        self.first = nn.Linear(INPUT, WIDTH)
        self.ctx = nn.Linear(WIDTH, WIDTH)
        self.out = nn.Linear(WIDTH, sum(LAYERS.values()))
        self.drop = nn.Dropout(0.1)

    def embed(
        self, words: torch.Tensor, features: torch.Tensor, tokens: dict[str, torch.Tensor], hide: float = 0.0
    ) -> torch.Tensor:
        """The vectors of tokens, some of them without their word, so that the context learns to speak."""
        x = self.proj(words)
        for i, table in enumerate(self.word.values()):
            x = x + table(features[:, i])
        if hide:
            x = x * (torch.rand(len(x), 1) > hide).float()
        for name, table in self.tok.items():
            x = x + table(tokens[name])
        return x

    def forward(
        self, x: torch.Tensor, real: torch.Tensor, head: torch.Tensor, block: torch.Tensor
    ) -> torch.Tensor:
        """Scores of all labels. `real` is 0 for what lies between blocks, `block` the block of each token."""
        x = self.drop(self.norm0(x)) * real
        for i, reach in enumerate(REACH):
            seen = [x]
            for k in range(1, reach + 1):
                gap = x.new_zeros(k, x.shape[1])
                seen += [torch.cat([gap, x[:-k]]), torch.cat([x[k:], gap])]
            h = self.inp[i](torch.cat([*seen, x[head]], 1))
            if i == 1:
                blocks = int(block[-1]) + 1
                total = torch.zeros(blocks, x.shape[1]).index_add_(0, block, x.float() * real)
                size = torch.zeros(blocks, 1).index_add_(0, block, real)
                h = h + self.ctx(total / size.clamp(min=1))[block]
            rest = self.first(x) if i == 0 else x
            x = self.norm[i](rest + self.back[i](self.drop(functional.gelu(h)))) * real
        return self.out(x)


def rounded(table: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """A table as int8 with a scale for each row."""
    scale = np.maximum(np.abs(table).max(1, keepdims=True) / 127, 1e-8).astype(np.float32)
    return np.clip(np.rint(table / scale), -127, 127).astype(np.int8), scale


def write(state: dict[str, np.ndarray], pieces: np.ndarray, out: Path) -> None:
    """Write the tables of words and the network, given what is known of each word piece."""
    out.mkdir(parents=True, exist_ok=True)
    tables = {"piece": pieces @ state["proj.weight"].T}
    tables |= {k: state[f"word.{k}.weight"] for k in SIZES}
    tables |= {k: state[f"tok.{k}.weight"] for k in TOKEN_TABLES}
    kept: dict[str, np.ndarray] = {}
    for name, table in tables.items():
        kept[name], kept[f"{name}.scale"] = rounded(table)
    np.savez_compressed(out / "words.npz", **kept)
    onnx.save(graph(state), out / "student.onnx")


def graph(w: dict[str, np.ndarray]) -> onnx.ModelProto:
    """The network from the vectors of tokens on, matrices in int8."""
    g = Graph()

    def whole(name: str, *values: int) -> str:
        return g.constant(name, np.array(values, np.int64))

    def linear(x: str, name: str) -> str:
        product = g.add("MatMul", x, g.matrix(name, w[f"{name}.weight"].T))
        return g.add("Add", product, g.constant(f"{name}.bias", w[f"{name}.bias"]))

    def norm(x: str, name: str) -> str:
        gain, shift = (g.constant(f"{name}.{k}", w[f"{name}.{k}"]) for k in ("weight", "bias"))
        return g.add("LayerNormalization", x, gain, shift, epsilon=1e-5, axis=-1)

    x = norm("words", "norm0")
    axis = whole("axis", 0)
    for i, reach in enumerate(REACH):
        padded = g.add("Pad", x, whole(f"{i}.pads", reach, 0, reach, 0))
        seen = [x]
        for k in range(1, reach + 1):
            for start in (reach - k, reach + k):
                end = start - 2 * reach if start < 2 * reach else 2**31
                bounds = whole(f"{i}.{start}.from", start), whole(f"{i}.{start}.to", end)
                seen.append(g.add("Slice", padded, *bounds, axis))
        seen.append(g.add("Gather", x, "heads", axis=0))
        h = g.add("MatMul", g.add("Concat", *seen, axis=1), g.matrix(f"inp.{i}", w[f"inp.{i}.weight"].T))
        if i == 1:
            h = g.add("Add", h, linear(g.add("ReduceMean", x, axes=[0], keepdims=1), "ctx"))
        bias = g.constant(f"inp.{i}.bias", w[f"inp.{i}.bias"])
        h = g.add("BiasGelu", h, bias, domain="com.microsoft")
        rest = linear(x, "first") if i == 0 else x
        x = norm(g.add("Add", rest, linear(h, f"back.{i}")), f"norm.{i}")
    sizes = whole("sizes", *LAYERS.values())
    g.nodes.append(helper.make_node("Split", [linear(x, "out"), sizes], list(LAYERS), axis=1))
    built = helper.make_graph(
        g.nodes,
        "student",
        [
            helper.make_tensor_value_info("words", TensorProto.FLOAT, ["tokens", INPUT]),
            helper.make_tensor_value_info("heads", TensorProto.INT64, ["tokens"]),
        ],
        [helper.make_tensor_value_info(k, TensorProto.FLOAT, ["tokens", n]) for k, n in LAYERS.items()],
        g.constants,
    )
    model = helper.make_model(built, opset_imports=OPSET, producer_name="kg")
    model.ir_version = 8
    return model
