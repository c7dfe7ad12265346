"""Write a trained reader of references as the package reads it.

python -m training.export_references --state DIR/references.state --out kg/extract/models/references
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper

from kg.extract.parse.encoder import FIRST, STATES
from kg.extract.parse.references import NETWORK, WIDTH
from training.export import model_of
from training.export_reader import Rounded, above_shared


def layers(w: dict[str, np.ndarray]) -> onnx.ModelProto:
    """Give the network of the layers above the shared ones, and of what a token asks for and answers."""
    g = Rounded()
    above_shared(g, w)
    sizes = {"asks": WIDTH, "answers": WIDTH, "new": 1}
    for name, head in (("asks", "ask"), ("answers", "answer"), ("new", "new")):
        g.output("Identity", g.project("states_of_tokens", head, w), name=name)
    return model_of(
        g,
        "references",
        [
            helper.make_tensor_value_info(STATES, TensorProto.FLOAT, ["length", w["ask.weight"].shape[1]]),
            helper.make_tensor_value_info(FIRST, TensorProto.INT64, ["count"]),
        ],
        [helper.make_tensor_value_info(k, TensorProto.FLOAT, ["count", n]) for k, n in sizes.items()],
    )


def export(state: dict[str, torch.Tensor], out: Path) -> None:
    """Write the network."""
    out.mkdir(parents=True, exist_ok=True)
    onnx.save(layers({k: v.numpy().astype(np.float32) for k, v in state.items()}), out / NETWORK)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--state", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True, help="folder for the reader of references")
    a = parser.parse_args()
    export(torch.load(a.state, weights_only=False)["model"], a.out)


if __name__ == "__main__":
    main()
