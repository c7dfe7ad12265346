"""The reader of events: layers of its own above the names' lower ones, and two heads.

One head says of each token which classes of events it is the trigger of, the other, for a trigger and a
class, which role each token of the run has, as the head of what fills it.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from torch import nn
from torch.nn import functional as F

from kg.extract.parse.events import ATTENTION, CLASSES, DEPTH, ROLES, STANDINGS, roles_of
from kg.extract.parse.features import DEPS, TAG_NUMBER, TAGS
from kg.extract.parse.standing import DISTANCES, EDGES, LEVELS, RELATIONS
from training.export import SHARED
from training.gold_events import Run
from training.model import FEATURES, Encoder
from training.model_reader import attended, encoder_from_shipped, fill_layer, seen

# The layers of the reader of events above those that it shares with the names.
OWN = 3
WIDE = 192
# Which roles an event of a class may have; the first column is "none".
OPEN = torch.zeros(len(CLASSES), len(ROLES), dtype=torch.bool)
for _c, _name in enumerate(CLASSES):
    OPEN[_c, [ROLES.index(r) for r in ("", *roles_of(_name))]] = True
# What lies where no role may be.
SHUT = -1e4
# Most tokens are no trigger; what is one counts more.
POSITIVE = 2.0


class EventReader(Encoder):
    """The shared layers as shipped, the reader's own, and its heads."""

    def __init__(self, bert: nn.Module, features: dict[str, int]) -> None:
        super().__init__(bert, features)
        width = bert.config.hidden_size
        self.drop = nn.Dropout(0.2)
        self.trigger = nn.ModuleDict(
            {"state": nn.Linear(width, len(CLASSES)), "tag": nn.Embedding(len(TAGS), len(CLASSES))}
        )
        nn.init.zeros_(self.trigger["tag"].weight)
        nn.init.constant_(self.trigger["state"].bias, -4.0)
        self.standing = nn.Linear(width, len(STANDINGS))
        self.role = nn.ModuleDict(
            {
                "token": nn.Linear(width, WIDE),
                "trigger": nn.Linear(width, WIDE),
                "event": nn.Embedding(len(CLASSES), WIDE),
                "distance": nn.Embedding(DISTANCES, WIDE),
                "below": nn.Embedding(RELATIONS, WIDE),
                "dep": nn.Embedding(len(DEPS), WIDE),
                "norm": nn.LayerNorm(WIDE),
                "branch": nn.Embedding(LEVELS * len(DEPS), WIDE),
                "edge": nn.Embedding(LEVELS * EDGES, WIDE),
                "layers": nn.ModuleList(
                    nn.TransformerEncoderLayer(
                        WIDE, ATTENTION, 2 * WIDE, 0.1, "gelu", batch_first=True, norm_first=True
                    )
                    for _ in range(DEPTH)
                ),
                "last": nn.LayerNorm(WIDE),
                "out": nn.Linear(WIDE, len(ROLES)),
            }
        )

    def triggers(self, h: torch.Tensor, run: Run) -> torch.Tensor:
        """Scores (tokens, classes) of a run with the states h."""
        tag = torch.tensor([TAG_NUMBER.get(t, 0) for t in run.tags])
        return self.trigger["state"](h) + self.trigger["tag"](tag)

    def roles(
        self, h: torch.Tensor, asked: list[tuple[Run, int, int, int]]
    ) -> tuple[torch.Tensor, list[int]]:
        """Scores (triggers, longest run, roles), and how long each run is.

        Asked is for triggers: the run, where its tokens begin in h, the trigger and its class.
        """
        about = self.role["trigger"](h.index_select(0, torch.tensor([at + t for _, at, t, _ in asked])))
        event = torch.tensor([c for _, _, _, c in asked])
        x, lengths = seen(self.role, h, about + self.role["event"](event), [a[:3] for a in asked])
        scores = attended(self.role, x, lengths)
        return scores.masked_fill(~OPEN[event][:, None, :], SHUT), lengths

    def losses(self, h: torch.Tensor, runs: list[Run]) -> dict[str, torch.Tensor]:
        """The losses of triggers and of roles, of runs with the states h."""
        triggers, asked, labels, at_triggers, standings = [], [], [], [], []
        at = 0
        for run, mine in zip(runs, h.split([len(r.words) for r in runs]), strict=True):
            wanted = torch.zeros(len(run.words), len(CLASSES))
            for event in run.events:
                wanted[event.trigger, event.event] = 1.0
                asked.append((run, at, event.trigger, event.event))
                at_triggers.append(at + event.trigger)
                standings.append(event.standing)
                row = torch.zeros(len(run.words), dtype=torch.long)
                for token, role in event.roles.items():
                    row[token] = role
                labels.append(row)
            loss = F.binary_cross_entropy_with_logits(
                self.triggers(mine, run), wanted, reduction="none", pos_weight=torch.tensor(POSITIVE)
            )
            triggers.append(loss.sum(-1))
            at += len(run.words)
        zero = h.new_zeros(())
        out = {"triggers": torch.cat(triggers).mean(), "roles": zero, "standings": zero}
        if asked:
            told = self.standing(h.index_select(0, torch.tensor(at_triggers)))
            out["standings"] = F.cross_entropy(told, torch.tensor(standings))
            scores, _ = self.roles(h, asked)
            wanted = nn.utils.rnn.pad_sequence(labels, batch_first=True, padding_value=-100)
            loss = F.cross_entropy(scores.flatten(0, 1), wanted.flatten(), ignore_index=-100, reduction="sum")
            out["roles"] = loss / len(asked)
        return out


def from_shipped(path: Path, base: Path) -> EventReader:
    """Set the reader's layers on the encoder of names as the package ships it; what is shared is frozen."""
    return encoder_from_shipped(path, base, OWN, lambda bert: EventReader(bert, FEATURES))


def begin_with(model: EventReader, folder: Path) -> None:
    """Take the layers, and those of roles, from the shipped reader of roles: it knows what an argument is."""
    known = {
        c.name: numpy_helper.to_array(c)
        for name in ("reader", "roles")
        for c in onnx.load(folder / f"{name}.onnx").graph.initializer
    }

    def matrix(name: str) -> torch.Tensor:
        return torch.from_numpy(known[f"{name}.int8"].astype(np.float32) * known[f"{name}.scale"])

    def vector(name: str) -> torch.Tensor:
        return torch.from_numpy(known[name].astype(np.float32))

    with torch.no_grad():
        for i in range(SHARED, SHARED + OWN):
            fill_layer(model.bert.encoder.layer[i], i, matrix, vector)
        role = model.role
        for name, other in (("token", "role.token"), ("trigger", "role.predicate")):
            role[name].weight.copy_(matrix(other).T)
            role[name].bias.copy_(vector(f"{other}.bias"))
        role["dep"].weight.copy_(matrix("dep.0"))
        for name in ("distance", "below", "branch", "edge"):
            role[name].weight.copy_(matrix(f"role.{name}"))
        role["event"].weight.zero_()
        for name in ("norm", "last"):
            role[name].weight.copy_(vector(f"role.{name}.weight"))
            role[name].bias.copy_(vector(f"role.{name}.bias"))
        for i, layer in enumerate(role["layers"]):
            at = f"role.layers.{i}"
            layer.self_attn.in_proj_weight.copy_(matrix(f"{at}.qkv").T)
            layer.self_attn.in_proj_bias.copy_(vector(f"{at}.qkv.bias"))
            for part, name in (
                (layer.self_attn.out_proj, "self_attn.out_proj"),
                (layer.linear1, "linear1"),
                (layer.linear2, "linear2"),
            ):
                part.weight.copy_(matrix(f"{at}.{name}").T)
                part.bias.copy_(vector(f"{at}.{name}.bias"))
            for part, name in ((layer.norm1, "norm1"), (layer.norm2, "norm2")):
                part.weight.copy_(vector(f"{at}.{name}.weight"))
                part.bias.copy_(vector(f"{at}.{name}.bias"))
        # Nothing has a role, to begin with.
        role["out"].weight.mul_(0.3)
        role["out"].bias.zero_()
        role["out"].bias[0] = 4.0
