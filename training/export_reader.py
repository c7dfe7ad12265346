"""Write a trained reader as the package reads it: its encoder with the heads of names, and its other heads.

    python -m training.export_reader --state DIR/reader.state --propbank propbank.jsonl.gz \\
        --names kg/extract/models/names --out kg/extract/models/reader

The file of the names gets an output more, `states`, which the other heads start from. Those are kept as 8-bit
matrices with a scale a row; vectors and tables of one column stay as they are.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper

from kg.extract.parse.rolesets import without_words
from training.export import Graph, encoder, head, model_of
from training.model import LAYERS
from training.model_reader import HEADS, NAME_LAYERS


def build(state: dict[str, np.ndarray]) -> onnx.ModelProto:
    """Give the network of the encoder: the scores of names, and the states of tokens."""
    g = Graph()
    w = {k: v.astype(np.float32) for k, v in state.items()}
    layers = 1 + max(int(k.split(".")[3]) for k in w if k.startswith("bert.encoder.layer."))
    x = encoder(g, w, layers)
    outputs = [
        head(g, x, layer, w[f"name_heads.{i}.weight"].T, w[f"name_heads.{i}.bias"], LAYERS[layer])
        for i, layer in enumerate(NAME_LAYERS)
    ]
    g.nodes.append(helper.make_node("Identity", [x], ["states"]))
    width = w["name_heads.0.weight"].shape[1]
    outputs.append(helper.make_tensor_value_info("states", TensorProto.FLOAT, ["tokens", width]))
    return model_of(g, outputs)


def packed(state: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """Give the other heads, matrices in 8 bits with a scale a row."""
    out: dict[str, np.ndarray] = {"prior": state["prior"].astype(np.float32)}
    for name, value in state.items():
        if name.split(".")[0] not in HEADS:
            continue
        value = value.astype(np.float32)
        if value.ndim < 2 or value.shape[1] == 1:
            out[name] = value
            continue
        scale = np.maximum(np.abs(value).max(axis=1, keepdims=True) / 127, 1e-12)
        out[name] = np.clip(np.rint(value / scale), -127, 127).astype(np.int8)
        out[f"{name}.scale"] = scale.astype(np.float32)
    return out


def export(state: dict[str, torch.Tensor], propbank: Path, names: Path, out: Path) -> None:
    """Write the three files."""
    arrays = {k: v.numpy() for k, v in state.items()}
    for folder in (names, out):
        folder.mkdir(parents=True, exist_ok=True)
    onnx.save(build(arrays), names / "names.onnx")
    np.savez_compressed(out / "reader.npz", **packed(arrays))
    without_words(propbank, out / "rolesets.jsonl.gz")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--state", type=Path, required=True)
    parser.add_argument("--propbank", type=Path, required=True)
    parser.add_argument("--names", type=Path, required=True, help="folder for the encoder")
    parser.add_argument("--out", type=Path, required=True, help="folder for the other heads")
    a = parser.parse_args()
    export(torch.load(a.state, weights_only=False)["model"], a.propbank, a.names, a.out)


if __name__ == "__main__":
    main()
