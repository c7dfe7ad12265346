"""What all trainings of networks do alike: batches of like length, states of tokens, steps, checkpoints."""

from __future__ import annotations

import json
import random
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

import torch
from torch import nn

from training.model import FEATURES, Encoder

Item = TypeVar("Item")
# How many batches lie between two lines of an epoch.
SHOWN = 40


def batches(
    items: Sequence[Item], size: Callable[[Item], float], most: int, pool: int, rng: random.Random
) -> list[list[Item]]:
    """Batches of items that take at most so much room, each of like size within a pool of so many."""
    out: list[list[Item]] = []
    for at in range(0, len(items), pool):
        group: list[Item] = []
        for item in sorted(items[at : at + pool], key=size):
            if group and (len(group) + 1) * size(item) > most:
                out.append(group)
                group = []
            group.append(item)
        out.append(group)
    rng.shuffle(out)
    return out


def states_of(model: Encoder, rows: list[dict[str, Any]]) -> torch.Tensor:
    """Give the states of the tokens of some rows of pieces (all tokens, width), row by row."""
    width = max(len(r["pieces"]) for r in rows)
    pad = lambda k: torch.tensor([r[k] + [0] * (width - len(r[k])) for r in rows])  # noqa: E731
    mask = torch.tensor([[1] * len(r["pieces"]) + [0] * (width - len(r["pieces"])) for r in rows])
    first = torch.tensor([i * width + f for i, r in enumerate(rows) for f in r["first"]])
    h = model.encode(pad("pieces"), mask, {k: pad(k) for k in FEATURES})
    return h.reshape(-1, h.shape[-1])[first].float()


class Steps:
    """The steps of a training whose heads learn six times as fast as its encoder."""

    def __init__(self, model: nn.Module, rate: float, weights: Mapping[str, float], warm: float) -> None:
        learned = [(n, p) for n, p in model.named_parameters() if p.requires_grad]
        encoder = [p for n, p in learned if n.startswith("bert.")]
        rest = [p for n, p in learned if not n.startswith("bert.")]
        self.model, self.weights, self.warm = model, weights, warm
        self.rates = (rate, rate * 6)
        groups = zip((encoder, rest), self.rates, strict=True)
        self.optimizer = torch.optim.AdamW(
            [{"params": params, "lr": lr, "weight_decay": 0.01} for params, lr in groups], fused=True
        )
        self.step = 0
        self.begin_epoch()

    def begin_epoch(self) -> None:
        """Forget the losses of the epoch before."""
        self.total: dict[str, float] = {}
        self.began = time.time()

    def slow_down(self, done: float) -> None:
        """Set the rates where so much of the run is done: up within its `warm` part, then down."""
        for group, rate in zip(self.optimizer.param_groups, self.rates, strict=True):
            group["lr"] = rate * min((done + 0.002) / self.warm, max(0.02, (1 - done) / (1 - self.warm)))

    def descend(self, parts: dict[str, torch.Tensor]) -> None:
        """Make a step by the losses of a batch."""
        loss = sum(self.weights[k] * v for k, v in parts.items())
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        self.optimizer.step()
        self.optimizer.zero_grad(set_to_none=True)
        self.step += 1
        for k, v in parts.items():
            self.total[k] = 0.98 * self.total.get(k, v.item()) + 0.02 * v.item()

    def epoch(
        self,
        number: int,
        groups: Sequence[Item],
        losses: Callable[[Item], dict[str, torch.Tensor]],
        whole: int,
    ) -> None:
        """Make a step for each batch of an epoch, of so many in all epochs, and print now and then."""
        self.begin_epoch()
        for i, group in enumerate(groups):
            self.slow_down(min(1.0, self.step / whole))
            self.descend(losses(group))
            if i % SHOWN == 0:
                self.show(number, i, len(groups))

    def show(self, epoch: int, batch: int, of: int) -> None:
        """Print how far the run is, and its losses of late."""
        shown = " ".join(f"{k} {v:.4f}" for k, v in self.total.items())
        print(f"epoch {epoch} batch {batch}/{of} {time.time() - self.began:.0f} s {shown}", flush=True)

    def keep(self, path: Path, **more: float) -> None:
        """Write a checkpoint."""
        kept = {"model": self.model.state_dict(), "optimizer": self.optimizer.state_dict()}
        torch.save(kept | {"step": self.step} | more, path.with_suffix(".new"))
        path.with_suffix(".new").replace(path)

    def take_up(self, path: Path) -> dict[str, Any]:
        """Go on from a checkpoint, if there is one, and give it."""
        if not path.exists():
            return {}
        kept: dict[str, Any] = torch.load(path, weights_only=False)
        self.model.load_state_dict(kept["model"])
        self.optimizer.load_state_dict(kept["optimizer"])
        self.step = kept["step"]
        return kept


def report(model: nn.Module, scored: Callable[[], dict[str, Any]], kept: Path, line: dict[str, float]) -> str:
    """Score a model on what it does not learn from, add that to a file, and give it as text."""
    model.eval()
    with torch.inference_mode():
        text = json.dumps(line | scored())
    with kept.open("a") as f:
        f.write(text + "\n")
    return text
