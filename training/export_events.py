"""Write a trained reader of events as the package reads it.

    python -m training.export_events --state DIR/events.state --out kg/extract/models/events

- `events.onnx`: its layers, and what its heads say of each token by itself: triggers and how they stand;
- `roles.onnx`: the layers of roles, from the states of tokens and from how they stand to a trigger.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper

from kg.extract.parse.encoder import FIRST, STATES
from kg.extract.parse.events import ATTENTION, CLASSES, ROLES, STANDINGS
from training.export import SHARED, layer_of, model_of
from training.export_reader import EPSILON, Rounded
from training.model_events import OPEN, SHUT

REAL, WHOLE = TensorProto.FLOAT, TensorProto.INT64


def layers(w: dict[str, np.ndarray]) -> onnx.ModelProto:
    """Give the network of the layers above the shared ones, of triggers and of how they stand."""
    g = Rounded()
    last = max(int(k.split(".")[3]) for k in w if k.startswith("bert.encoder.layer."))
    x = g.add("Unsqueeze", STATES, g.constant("axis0", np.array([0], np.int64)))
    for i in range(SHARED, last + 1):
        x = layer_of(g, x, w, i)
    g.output("Gather", g.add("Squeeze", x, "axis0"), FIRST, name="states_of_tokens")
    told = g.add("Gather", g.constant("trigger.tag", w["trigger.tag.weight"]), "tag")
    x = g.add("Add", g.project("states_of_tokens", "trigger.state", w), told)
    g.output("Sigmoid", x, name="triggers")
    g.output("Softmax", g.project("states_of_tokens", "standing", w), name="standings", axis=-1)
    width = w["standing.weight"].shape[1]
    return model_of(
        g,
        "events",
        [
            helper.make_tensor_value_info(STATES, REAL, ["length", width]),
            *(helper.make_tensor_value_info(k, WHOLE, ["count"]) for k in (FIRST, "tag")),
        ],
        [
            helper.make_tensor_value_info(k, REAL, ["count", n])
            for k, n in {
                "states_of_tokens": width,
                "triggers": len(CLASSES),
                "standings": len(STANDINGS),
            }.items()
        ],
    )


def roles(w: dict[str, np.ndarray]) -> onnx.ModelProto:
    """Give the network of roles: for each trigger and token the share of each role of its class."""
    g = Rounded()
    axis = {k: g.constant(f"axis{k}", np.array([k], np.int64)) for k in (0, 1)}

    def norm(x: str, name: str) -> str:
        gamma, beta = (g.constant(f"{name}.{k}", w[f"{name}.{k}"]) for k in ("weight", "bias"))
        return g.add("LayerNormalization", x, gamma, beta, epsilon=EPSILON, axis=-1)

    token = g.add("Add", g.project(STATES, "role.token", w), g.table("dep.0", w["role.dep.weight"], "dep"))
    about = g.project(g.add("Gather", STATES, "triggers"), "role.trigger", w)
    about = g.add("Add", about, g.table("role.event", w["role.event.weight"], "event"))
    x = g.add("Add", g.add("Unsqueeze", token, axis[0]), g.add("Unsqueeze", about, axis[1]))
    for name in ("distance", "below", "branch", "edge"):
        x = g.add("Add", x, g.table(f"role.{name}", w[f"role.{name}.weight"], name))
    x = norm(x, "role.norm")
    depth = 1 + max(int(k.split(".")[2]) for k in w if k.startswith("role.layers."))
    for at in (f"role.layers.{i}" for i in range(depth)):
        weight, bias = w[f"{at}.self_attn.in_proj_weight"].T, w[f"{at}.self_attn.in_proj_bias"]
        y = g.attention(norm(x, f"{at}.norm1"), f"{at}.qkv", weight, bias, ATTENTION)
        x = g.add("Add", x, g.project(y, f"{at}.self_attn.out_proj", w))
        y = g.gelu(g.project(norm(x, f"{at}.norm2"), f"{at}.linear1", w))
        x = g.add("Add", x, g.project(y, f"{at}.linear2", w))
    shut = np.where(OPEN.numpy(), 0.0, SHUT).astype(np.float32)
    open_ = g.add("Unsqueeze", g.add("Gather", g.constant("open", shut), "event"), axis[1])
    x = g.add("Add", g.project(norm(x, "role.last"), "role.out", w), open_)
    g.output("Softmax", x, name="shares", axis=-1)
    pairs = ["asked", "count"]
    given = [
        helper.make_tensor_value_info(STATES, REAL, ["count", w["role.token.weight"].shape[1]]),
        helper.make_tensor_value_info("dep", WHOLE, ["count"]),
        *(helper.make_tensor_value_info(k, WHOLE, ["asked"]) for k in ("triggers", "event")),
        *(helper.make_tensor_value_info(k, WHOLE, pairs) for k in ("distance", "below", "branch", "edge")),
    ]
    told = [helper.make_tensor_value_info("shares", REAL, [*pairs, len(ROLES)])]
    return model_of(g, "roles", given, told)


def export(state: dict[str, torch.Tensor], out: Path) -> None:
    """Write the files."""
    w = {k: v.numpy().astype(np.float32) for k, v in state.items()}
    out.mkdir(parents=True, exist_ok=True)
    onnx.save(layers(w), out / "events.onnx")
    onnx.save(roles(w), out / "roles.onnx")


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--state", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True, help="folder for the reader of events")
    a = parser.parse_args()
    export(torch.load(a.state, weights_only=False)["model"], a.out)


if __name__ == "__main__":
    main()
