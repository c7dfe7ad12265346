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
from kg.extract.parse.events import CLASSES, ROLES, STANDINGS
from training.export import model_of
from training.export_reader import PAIRS, Rounded, above_shared, attended, pairs_given, seen
from training.model_events import OPEN, SHUT

REAL, WHOLE = TensorProto.FLOAT, TensorProto.INT64


def layers(w: dict[str, np.ndarray]) -> onnx.ModelProto:
    """Give the network of the layers above the shared ones, of triggers and of how they stand."""
    g = Rounded()
    above_shared(g, w)
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
    about = g.project(g.add("Gather", STATES, "triggers"), "role.trigger", w)
    about = g.add("Add", about, g.table("role.event", w["role.event.weight"], "event"))
    axis = g.constant("axis1", np.array([1], np.int64))
    scores = attended(g, w, seen(g, w, about, axis))
    shut = np.where(OPEN.numpy(), 0.0, SHUT).astype(np.float32)
    open_ = g.add("Unsqueeze", g.add("Gather", g.constant("open", shut), "event"), axis)
    g.output("Softmax", g.add("Add", scores, open_), name="shares", axis=-1)
    out = [helper.make_tensor_value_info("shares", REAL, [*PAIRS, len(ROLES)])]
    return model_of(g, "roles", pairs_given(w, "triggers", "event"), out)


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
