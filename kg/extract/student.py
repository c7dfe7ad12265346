"""The profile `fast`: the stock model's own `ner` with parameters that it learned from the encoder.

The network is the stock model's and costs the same. The parameters are kept in 16 bits, by the place of their
layer in the network, and used in 32.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib import resources
from pathlib import Path
from typing import Any

import numpy as np
from spacy.language import Language

FILE = "models/fast/ner.npz"


def parameters(nlp: Language) -> Iterator[tuple[str, Any, str]]:
    """Give each parameter of a pipeline's `ner`: its key in the file, its layer and its name there."""
    for i, layer in enumerate(nlp.get_pipe("ner").model.walk()):
        for name in sorted(layer.param_names):
            if layer.has_param(name):
                yield f"{i}.{name}", layer, name


def teach(nlp: Language) -> bool:
    """Give a pipeline's `ner` the learned parameters, if it is the network they belong to."""
    if "ner" not in nlp.pipe_names:
        return False
    with resources.as_file(resources.files("kg.extract").joinpath(FILE)) as path, np.load(path) as learned:
        own = list(parameters(nlp))
        same = [
            k for k, layer, name in own if k in learned and learned[k].shape == layer.get_param(name).shape
        ]
        if len(same) != len(own) or len(own) != len(learned.files):
            return False
        for key, layer, name in own:
            layer.set_param(name, learned[key].astype(np.float32))
    return True


def save(nlp: Language, path: Path) -> None:
    """Write the parameters of a pipeline's `ner`."""
    path.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(path, **{k: layer.get_param(n).astype(np.float16) for k, layer, n in parameters(nlp)})
