"""Write a trained reader as the package reads it.

    python -m training.export_reader --state DIR/reader.state --propbank propbank.jsonl.gz \\
        --names kg/extract/models/names --out kg/extract/models/reader

- `reader.onnx`: its layers and what its heads compute of each token by itself, from the states that the
  network of names gives of pieces;
- `roles.onnx`: the layers of roles, from the states of tokens and from how they stand to a predicate;
- `reader.npz`: what the heads add for pairs of tokens, and the rolesets' vectors;
- `rolesets.jsonl.gz`: PropBank's rolesets without their descriptions.

The network of names gets the output that the reader begins with, if it has it not; its weights stay.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper

from kg.extract.parse.encoder import FIRST, STATES
from kg.extract.parse.features import DEPS
from kg.extract.parse.heads import ATTENTION, ROLE_LABELS
from kg.extract.parse.rolesets import CORE, WIDTH, without_words
from training.export import SHARED, Graph, layer_of, linear, model_of, with_states

# What `nn.LayerNorm` adds to a variance.
EPSILON = 1e-5
# The greatest whole number in a matrix.
MOST = 63
# The shape of what is said of pairs: of what is asked for and each token.
PAIRS = ["asked", "count"]
# The heads that say something of a token by itself, by the names of their outputs.
HEADS_OF_TOKENS = {
    "token": "arc.token",
    "head": "arc.head",
    "kinds": "kind.out",
    "predicates": "predicate.state",
    "senses": "sense.state",
}


class Rounded(Graph):
    """A graph whose products are computed in whole numbers: rows of 8 bits with matrices of 7.

    Two such products fit the 16 bits in which older processors add them, so that all compute the same.
    """

    def product(self, x: str, name: str, weight: np.ndarray) -> str:
        return self._rounded(x, name, weight)

    def attention(self, x: str, name: str, weight: np.ndarray, bias: np.ndarray, heads: int) -> str:
        told = self._rounded(x, name, weight, "", self.constant(f"{name}.bias", bias))
        parts = [f"{name}.{k}" for k in ("query", "key", "value")]
        self.nodes.append(helper.make_node("Split", [told], parts, axis=2))
        return self.add("MultiHeadAttention", *parts, domain="com.microsoft", num_heads=heads)

    def _rounded(self, x: str, name: str, weight: np.ndarray, *more: str) -> str:
        scale = np.maximum(np.abs(weight).max(axis=0) / MOST, 1e-12).astype(np.float32)
        whole = np.clip(np.rint(weight / scale), -MOST, MOST).astype(np.int8)
        given = self.constant(f"{name}.int8", whole), self.constant(f"{name}.scale", scale)
        return self.add("DynamicQuantizeMatMul", x, *given, *more, domain="com.microsoft")

    def project(self, x: str, name: str, w: dict[str, np.ndarray]) -> str:
        """Add a linear layer."""
        weight, bias = linear(w, name)
        return self.add("Add", self.product(x, name, weight), self.constant(f"{name}.bias", bias))

    def gelu(self, x: str) -> str:
        return self.add("Gelu", x, domain="com.microsoft")

    def output(self, op: str, *inputs: str, name: str, **attributes: object) -> None:
        self.nodes.append(helper.make_node(op, list(inputs), [name], **attributes))


def above_shared(g: Rounded, w: dict[str, np.ndarray]) -> None:
    """Add a reader's layers above the shared ones, and the output `states_of_tokens`."""
    last = max(int(k.split(".")[3]) for k in w if k.startswith("bert.encoder.layer."))
    x = g.add("Unsqueeze", STATES, g.constant("axis0", np.array([0], np.int64)))
    for i in range(SHARED, last + 1):
        x = layer_of(g, x, w, i)
    g.output("Gather", g.add("Squeeze", x, "axis0"), FIRST, name="states_of_tokens")


def layers(w: dict[str, np.ndarray]) -> onnx.ModelProto:
    """Give the network of the layers above the shared ones, and of what heads say of single tokens."""
    g = Rounded()
    above_shared(g, w)
    h = "states_of_tokens"
    for name, table, told in (("token", "dep", "dep"), ("head", "head_tag", "tag")):
        x = g.add("Add", g.project(h, f"arc.{name}", w), g.table(table, w[f"arc.{table}.weight"], told))
        g.output("Gelu", x, name=name, domain="com.microsoft")
    x = g.add("Add", g.project(h, "kind.state", w), g.table("kind.dep", w["kind.dep.weight"], "dep"))
    g.output("Softmax", g.project(g.gelu(x), "kind.out", w), name="kinds", axis=-1)
    told = g.add("Gather", g.constant("predicate.tag", w["predicate.tag.weight"]), "tag")
    g.output("Sigmoid", g.add("Add", g.project(h, "predicate.state", w), told), name="predicates")
    weight, bias = linear(w, "sense.state")
    g.output("Add", g.product(h, "sense", weight), g.constant("sense.bias", bias), name="senses")
    width = w["arc.token.weight"].shape[1]
    sizes = {k: w[f"{name}.bias"].shape[0] for k, name in HEADS_OF_TOKENS.items()}
    return model_of(
        g,
        "reader",
        [
            helper.make_tensor_value_info(STATES, TensorProto.FLOAT, ["length", width]),
            *(helper.make_tensor_value_info(k, TensorProto.INT64, ["count"]) for k in (FIRST, "dep", "tag")),
        ],
        [
            helper.make_tensor_value_info(k, TensorProto.FLOAT, ["count", n])
            for k, n in ({"states_of_tokens": width} | sizes).items()
        ],
    )


def seen(g: Rounded, w: dict[str, np.ndarray], about: str, axis: str) -> str:
    """Add what the layers of roles are told of each token as each predicate sees it; `axis` is the second."""
    token = g.add("Add", g.project(STATES, "role.token", w), g.table("dep.0", w["role.dep.weight"], "dep"))
    first = g.constant("axis0", np.array([0], np.int64))
    x = g.add("Add", g.add("Unsqueeze", token, first), g.add("Unsqueeze", about, axis))
    for name in ("distance", "below", "branch", "edge"):
        x = g.add("Add", x, g.table(f"role.{name}", w[f"role.{name}.weight"], name))
    return x


def attended(g: Rounded, w: dict[str, np.ndarray], x: str) -> str:
    """Add the layers of roles, and the scores of each label."""

    def norm(x: str, name: str) -> str:
        gamma, beta = (g.constant(f"{name}.{k}", w[f"{name}.{k}"]) for k in ("weight", "bias"))
        return g.add("LayerNormalization", x, gamma, beta, epsilon=EPSILON, axis=-1)

    x = norm(x, "role.norm")
    depth = 1 + max(int(k.split(".")[2]) for k in w if k.startswith("role.layers."))
    for at in (f"role.layers.{i}" for i in range(depth)):
        weight, bias = w[f"{at}.self_attn.in_proj_weight"].T, w[f"{at}.self_attn.in_proj_bias"]
        y = g.attention(norm(x, f"{at}.norm1"), f"{at}.qkv", weight, bias, ATTENTION)
        x = g.add("Add", x, g.project(y, f"{at}.self_attn.out_proj", w))
        y = g.gelu(g.project(norm(x, f"{at}.norm2"), f"{at}.linear1", w))
        x = g.add("Add", x, g.project(y, f"{at}.linear2", w))
    return g.project(norm(x, "role.last"), "role.out", w)


def pairs_given(w: dict[str, np.ndarray], *asked: str) -> list[onnx.ValueInfoProto]:
    """Give the inputs of a network of roles: states, labels, what is asked for, how tokens stand to it."""
    real, whole = TensorProto.FLOAT, TensorProto.INT64
    return [
        helper.make_tensor_value_info(STATES, real, ["count", w["role.token.weight"].shape[1]]),
        helper.make_tensor_value_info("dep", whole, ["count"]),
        *(helper.make_tensor_value_info(k, whole, ["asked"]) for k in asked),
        *(helper.make_tensor_value_info(k, whole, PAIRS) for k in ("distance", "below", "branch", "edge")),
    ]


def roles(w: dict[str, np.ndarray]) -> onnx.ModelProto:
    """Give the network of roles: for each predicate and token the log of the share of each label."""
    g = Rounded()
    about = g.project(g.add("Gather", STATES, "predicates"), "role.predicate", w)
    about = g.add("Add", about, g.add("Mul", g.project("frame", "role.frame", w), "known"))
    axis = g.constant("axis1", np.array([1], np.int64))
    x = seen(g, w, about, axis)
    marked = g.add("Mul", g.project("marker", "role.marker", w), g.add("Unsqueeze", "known", axis))
    told = attended(g, w, g.add("Add", x, marked))
    g.output("LogSoftmax", told, name="labels", axis=-1)
    real = TensorProto.FLOAT
    given = [
        *pairs_given(w, "predicates"),
        helper.make_tensor_value_info("frame", real, ["asked", WIDTH]),
        helper.make_tensor_value_info("marker", real, [*PAIRS, CORE]),
        helper.make_tensor_value_info("known", real, ["asked", 1]),
    ]
    out = [helper.make_tensor_value_info("labels", real, [*PAIRS, len(ROLE_LABELS)])]
    return model_of(g, "roles", given, out)


def tables(w: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """Give what is added for pairs of tokens, and the rolesets' vectors in 8 bits with a scale a row."""
    out = {k: w[f"arc.{k}.weight"].reshape(-1, len(DEPS)) for k in ("relation", "distance", "tag")}
    table = w["sense.table.weight"]
    scale = np.maximum(np.abs(table).max(axis=1, keepdims=True) / 127, 1e-12)
    out["senses"] = np.clip(np.rint(table / scale), -127, 127).astype(np.int8)
    return out | {"scale": scale, "prior": w["prior"]}


def export(state: dict[str, torch.Tensor], propbank: Path, names: Path, out: Path) -> None:
    """Write the files."""
    w = {k: v.numpy().astype(np.float32) for k, v in state.items()}
    out.mkdir(parents=True, exist_ok=True)
    onnx.save(layers(w), out / "reader.onnx")
    onnx.save(roles(w), out / "roles.onnx")
    np.savez_compressed(out / "reader.npz", **tables(w))
    without_words(propbank, out / "rolesets.jsonl.gz")
    shipped = onnx.load(names / "names.onnx")
    if STATES not in [o.name for o in shipped.graph.output]:
        onnx.save(with_states(shipped), names / "names.onnx")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--state", type=Path, required=True)
    parser.add_argument("--propbank", type=Path, required=True)
    parser.add_argument("--names", type=Path, required=True, help="folder of the component of names")
    parser.add_argument("--out", type=Path, required=True, help="folder for the reader")
    a = parser.parse_args()
    export(torch.load(a.state, weights_only=False)["model"], a.propbank, a.names, a.out)


if __name__ == "__main__":
    main()
