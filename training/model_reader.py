"""The reader of roles, senses and attachments: layers of its own above the names' lower ones."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from torch import nn
from torch.nn import functional as F

from kg.extract.parse.features import DEP_NUMBER, DEPS, TAG_NUMBER, TAGS, numbers
from kg.extract.parse.heads import DEPTH, ROLE_LABELS, ROLES
from kg.extract.parse.rolesets import CORE, FUNCTIONS
from kg.extract.parse.standing import DISTANCES, EDGES, LEVELS, RELATIONS, distances, seen_from
from training.export import SHARED
from training.gold_reader import KINDS, UD_LABELS, Frames, Sentence
from training.model import FEATURES, Encoder

HEADS = ("arc", "kind", "predicate", "sense", "role")
# The layers of the reader above those that it shares with the names.
OWN = 3
ARC, WIDE, KIND, UD = 128, 192, 96, 128
ROLE_NUMBER = {x: i for i, x in enumerate(ROLE_LABELS)}
Model = TypeVar("Model", bound=nn.Module)


class Reader(Encoder):
    """The shared layers as shipped, the reader's own, and its heads."""

    def __init__(self, bert: nn.Module, features: dict[str, int], frames: Frames) -> None:
        super().__init__(bert, features)
        self.frames = frames
        width = bert.config.hidden_size
        self.drop = nn.Dropout(0.15)
        self.arc = nn.ModuleDict(
            {
                "token": nn.Linear(width, ARC),
                "head": nn.Linear(width, ARC),
                "dep": nn.Embedding(len(DEPS), ARC),
                "head_tag": nn.Embedding(len(TAGS), ARC),
                "relation": nn.Embedding(RELATIONS * len(DEPS), 1),
                "distance": nn.Embedding(DISTANCES * len(DEPS), 1),
                "tag": nn.Embedding(len(TAGS) * len(DEPS), 1),
            }
        )
        for name in ("relation", "distance", "tag"):
            nn.init.zeros_(self.arc[name].weight)
        for name in ("dep", "head_tag"):
            nn.init.normal_(self.arc[name].weight, std=0.1)
        with torch.no_grad():  # what the stock model says is right more often than not
            self.arc["relation"].weight.view(RELATIONS, len(DEPS))[1] += 3.0
            self.arc["relation"].weight.view(RELATIONS, len(DEPS))[6] -= 3.0
            self.arc["relation"].weight.view(RELATIONS, len(DEPS))[9] -= 9.0
        self.kind = nn.ModuleDict(
            {
                "state": nn.Linear(width, KIND),
                "dep": nn.Embedding(len(DEPS), KIND),
                "out": nn.Linear(KIND, len(KINDS)),
            }
        )
        # Whole trees are learned beside, so that the encoder knows more of syntax; this is not shipped.
        self.tree = nn.ModuleDict(
            {
                "token": nn.Linear(width, UD),
                "head": nn.Linear(width, UD),
                "label": nn.Linear(width, len(UD_LABELS)),
            }
        )
        self.predicate = nn.ModuleDict({"state": nn.Linear(width, 1), "tag": nn.Embedding(len(TAGS), 1)})
        self.sense = nn.ModuleDict(
            {"state": nn.Linear(width, 96), "table": nn.Embedding(len(frames.names), 96)}
        )
        nn.init.zeros_(self.sense["table"].weight)
        seen = [frames.seen[i] for i in range(len(frames.names))]
        self.register_buffer("prior", torch.tensor(seen).float().add(0.3).log(), persistent=True)
        self.register_buffer("frame", torch.from_numpy(frames.features), persistent=False)
        self.role = nn.ModuleDict(
            {
                "token": nn.Linear(width, WIDE),
                "predicate": nn.Linear(width, WIDE),
                "distance": nn.Embedding(DISTANCES, WIDE),
                "below": nn.Embedding(RELATIONS, WIDE),
                "dep": nn.Embedding(len(DEPS), WIDE),
                "frame": nn.Linear(CORE * (2 + len(FUNCTIONS)), WIDE),
                "marker": nn.Linear(CORE, WIDE),
                "norm": nn.LayerNorm(WIDE),
                "branch": nn.Embedding(LEVELS * len(DEPS), WIDE),
                "edge": nn.Embedding(LEVELS * EDGES, WIDE),
                "layers": nn.ModuleList(
                    nn.TransformerEncoderLayer(
                        WIDE, 6, 2 * WIDE, 0.1, "gelu", batch_first=True, norm_first=True
                    )
                    for _ in range(DEPTH)
                ),
                "last": nn.LayerNorm(WIDE),
                "out": nn.Linear(WIDE, len(ROLE_LABELS)),
            }
        )

    def arcs(self, h: torch.Tensor, sentence: Sentence) -> torch.Tensor:
        """Scores (tokens, heads) of a sentence."""
        n = len(sentence.words)
        dep = torch.tensor([DEP_NUMBER.get(d, 0) for d in sentence.deps])
        tag = torch.tensor([TAG_NUMBER.get(t, 0) for t in sentence.tags])
        relation = torch.from_numpy(sentence.relations.astype(np.int64))
        distance = torch.tensor(distances(n))
        token = F.gelu(self.arc["token"](h) + self.arc["dep"](dep))
        score = token @ F.gelu(self.arc["head"](h) + self.arc["head_tag"](tag)).T
        score = score + self.arc["relation"](relation * len(DEPS) + dep[:, None]).squeeze(-1)
        score = score + self.arc["distance"](distance * len(DEPS) + dep[:, None]).squeeze(-1)
        return score + self.arc["tag"](tag[None, :] * len(DEPS) + dep[:, None]).squeeze(-1)

    def kinds(self, h: torch.Tensor, sentence: Sentence) -> torch.Tensor:
        dep = torch.tensor([DEP_NUMBER.get(d, 0) for d in sentence.deps])
        return self.kind["out"](F.gelu(self.kind["state"](h) + self.kind["dep"](dep)))

    def predicates(self, h: torch.Tensor, sentence: Sentence) -> torch.Tensor:
        tag = torch.tensor([TAG_NUMBER.get(t, 0) for t in sentence.tags])
        return (self.predicate["state"](h) + self.predicate["tag"](tag)).squeeze(-1)

    def senses(self, h: torch.Tensor, candidates: list[int]) -> torch.Tensor:
        """Scores of the rolesets that a predicate with the state h (width,) may express."""
        index = torch.tensor(candidates)
        return self.sense["table"](index) @ self.sense["state"](h) + self.prior[index]

    def roles(
        self, h: torch.Tensor, asked: list[tuple[Sentence, int, int, int]]
    ) -> tuple[torch.Tensor, list[int]]:
        """Scores (predicates, longest sentence, labels), and how long each sentence is.

        Asked is for predicates: the sentence, where its tokens begin in h, the predicate and its sense.
        """
        marked = [
            self.frames.marked(k, [w.lower() for w in s.words])
            if k >= 0
            else np.zeros((len(s.words), CORE), np.float32)
            for s, _, _, k in asked
        ]
        known = torch.tensor([float(k >= 0) for _, _, _, k in asked])
        about = self.role["predicate"](h.index_select(0, torch.tensor([at + p for _, at, p, _ in asked])))
        frame = self.role["frame"](self.frame[[max(0, k) for _, _, _, k in asked]])
        x, lengths = seen(self.role, h, about + frame * known[:, None], [a[:3] for a in asked])
        told = known.repeat_interleave(torch.tensor(lengths))[:, None]
        x = x + self.role["marker"](torch.from_numpy(np.concatenate(marked)).float()) * told
        return attended(self.role, x, lengths), lengths

    def sense_loss(self, h: torch.Tensor, asked: list[tuple[int, list[int], int]]) -> torch.Tensor:
        """The loss of predicates by their row in h, their candidates, and which of those is right."""
        width = max(len(c) for _, c, _ in asked)
        index = torch.tensor([c + [0] * (width - len(c)) for _, c, _ in asked])
        open_ = torch.tensor([[True] * len(c) + [False] * (width - len(c)) for _, c, _ in asked])
        state = self.sense["state"](h.index_select(0, torch.tensor([i for i, _, _ in asked])))
        score = (self.sense["table"](index) * state[:, None]).sum(-1) + self.prior[index]
        return F.cross_entropy(score.masked_fill(~open_, -1e4), torch.tensor([t for _, _, t in asked]))

    def losses(self, h: torch.Tensor, sentences: list[Sentence]) -> dict[str, torch.Tensor]:
        arcs, kinds, predicates, senses, roles, labels = [], [], [], [], [], []
        trees, tree_labels, tree_wanted = [], [], []
        at = 0
        for s, mine in zip(sentences, h.split([len(s.words) for s in sentences]), strict=True):
            if s.arcs is not None:
                if s.arcs:
                    arcs.append(self._arc_losses(mine, s))
                wanted = torch.tensor(
                    [KINDS.index(s.arcs[i][1]) if i in s.arcs else 0 for i in range(len(s.words))]
                )
                kinds.append(F.cross_entropy(self.kinds(mine, s), wanted, reduction="none"))
            if s.tree:
                trees.append(self._tree_losses(mine, s))
                tree_labels.append(mine)
                tree_wanted += [k for _, k in s.tree]
            if s.propositions is not None:
                given = {p.predicate: p for p in s.propositions}
                wanted = torch.tensor([float(i in given) for i in range(len(s.words))])
                predicates.append(
                    F.binary_cross_entropy_with_logits(self.predicates(mine, s), wanted, reduction="none")
                )
                for p in s.propositions:
                    found = self.frames.candidates(s, p.predicate)
                    if len(found) > 1 and p.sense in found:
                        senses.append((at + p.predicate, found, found.index(p.sense)))
                    roles.append((s, at, p.predicate, p.sense))
                    labels.append(role_labels(p.roles, len(s.words)))
            at += len(s.words)
        zero = h.new_zeros(())
        out = {
            "arcs": torch.cat(arcs).mean() if arcs else zero,
            "kinds": torch.cat(kinds).mean() if kinds else zero,
            "predicates": torch.cat(predicates).mean() if predicates else zero,
            "senses": self.sense_loss(h, senses) if senses else zero,
            "roles": zero,
            "trees": torch.cat(trees).mean() if trees else zero,
        }
        if trees:
            told = self.tree["label"](torch.cat(tree_labels))
            out["trees"] = out["trees"] + F.cross_entropy(told, torch.tensor(tree_wanted))
        if roles:
            scores, _ = self.roles(h, roles)
            wanted = nn.utils.rnn.pad_sequence(labels, batch_first=True, padding_value=-100)
            out["roles"] = F.cross_entropy(scores.flatten(0, 1), wanted.flatten(), ignore_index=-100)
        return out

    def _tree_losses(self, h: torch.Tensor, s: Sentence) -> torch.Tensor:
        """The loss of each token's head in the whole tree, the root's being itself."""
        score = F.gelu(self.tree["token"](h)) @ F.gelu(self.tree["head"](h)).T
        wanted = torch.tensor([i if head < 0 else head for i, (head, _) in enumerate(s.tree)])
        return F.cross_entropy(score, wanted, reduction="none")

    def _arc_losses(self, h: torch.Tensor, s: Sentence) -> torch.Tensor:
        """The negative log of the share of all heads that are right."""
        assert s.arcs is not None
        right = torch.zeros(len(s.words), len(s.words), dtype=torch.bool)
        for i, (heads, _) in s.arcs.items():
            right[i, list(heads)] = True
        rows = list(s.arcs)
        log_p = self.arcs(h, s)[rows].log_softmax(-1)
        return -torch.logsumexp(log_p.masked_fill(~right[rows], -1e4), -1)


def seen(
    role: nn.ModuleDict, h: torch.Tensor, about: torch.Tensor, asked: list[tuple[Any, int, int]]
) -> tuple[torch.Tensor, list[int]]:
    """What the layers of roles are told of all tokens of some sentences, one behind the other.

    Asked is for predicates: the sentence, where its tokens begin in h, and the predicate; `about` has a row
    for each. Gives a row a token, and how long each sentence is.
    """
    lengths = [len(s.words) for s, _, _ in asked]
    rows = [np.arange(at, at + len(s.words)) for s, at, _ in asked]
    dep = [numbers(s.deps, DEP_NUMBER) for s, _, _ in asked]
    told = [seen_from([p], s.heads, d, s.relations) for (s, _, p), d in zip(asked, dep, strict=True)]
    flat = lambda parts: torch.from_numpy(np.concatenate(list(parts)))  # noqa: E731
    owner = torch.repeat_interleave(torch.arange(len(asked)), torch.tensor(lengths))
    x = role["token"](h).index_select(0, flat(rows)) + about.index_select(0, owner)
    x = x + role["distance"](flat(t["distance"][0] for t in told))
    x = x + role["below"](flat(t["below"][0] for t in told))
    x = x + role["dep"](flat(dep))
    x = x + role["branch"](flat(t["branch"][0] for t in told))
    return x + role["edge"](flat(t["edge"][0] for t in told)), lengths


def attended(role: nn.ModuleDict, x: torch.Tensor, lengths: list[int]) -> torch.Tensor:
    """Scores (sentences, longest sentence, labels) by the layers of roles, of what `seen` gives."""
    x = role["norm"](x)
    count, longest = len(lengths), max(lengths)
    place = torch.cat([torch.arange(n) + i * longest for i, n in enumerate(lengths)])
    padded = x.new_zeros(count * longest, x.shape[1]).index_copy(0, place, x)
    padding = torch.arange(longest)[None, :] >= torch.tensor(lengths)[:, None]
    y = padded.view(count, longest, -1)
    for layer in role["layers"]:
        y = layer(y, src_key_padding_mask=padding)
    return role["out"](role["last"](y))


def role_labels(roles: list[tuple[str, int, int]], n: int) -> torch.Tensor:
    labels = [0] * n
    for role, start, end in roles:
        if role in ROLES:
            for i in range(start, min(end, n)):
                labels[i] = ROLE_NUMBER[f"{'B' if i == start else 'I'}-{role}"]
    return torch.tensor(labels)


def from_shipped(path: Path, base: Path, frames: Frames) -> Reader:
    """Set the reader's layers on the encoder of names as the package ships it; what is shared is frozen."""
    return encoder_from_shipped(path, base, OWN, lambda bert: Reader(bert, FEATURES, frames))


def encoder_from_shipped(path: Path, base: Path, own: int, make: Callable[[nn.Module], Model]) -> Model:
    """Read the encoder of names back from the file that the package ships, and make a model of it.

    What lies below is frozen: the names stay as they are. The layers above begin as those of the names that
    follow, then as those of the base.
    """
    from transformers import BertModel

    constants = {c.name: numpy_helper.to_array(c) for c in onnx.load(path).graph.initializer}

    def matrix(name: str) -> torch.Tensor:
        return torch.from_numpy(constants[f"{name}.int8"].astype(np.float32) * constants[f"{name}.scale"])

    def vector(name: str) -> torch.Tensor:
        return torch.from_numpy(constants[name].astype(np.float32))

    known = 1 + max(int(k.split(".")[0]) for k in constants if k.endswith(".qkv.int8"))
    bert = BertModel.from_pretrained(
        base, add_pooling_layer=False, local_files_only=True, attn_implementation="sdpa"
    )
    bert.encoder.layer = nn.ModuleList(list(bert.encoder.layer)[: SHARED + own])
    bert.config.num_hidden_layers = SHARED + own
    model = make(bert)
    with torch.no_grad():
        e = model.bert.embeddings
        e.word_embeddings.weight.copy_(matrix("word"))
        e.position_embeddings.weight.copy_(matrix("position"))
        e.token_type_embeddings.weight[0].copy_(vector("kind"))
        e.LayerNorm.weight.copy_(vector("norm.gamma"))
        e.LayerNorm.bias.copy_(vector("norm.beta"))
        for k, table in model.features.items():
            table.weight.copy_(matrix(k))
        for i, layer in enumerate(model.bert.encoder.layer[:known]):
            fill_layer(layer, i, matrix, vector)
        for layer in model.bert.encoder.layer[known:]:  # a small correction to begin with
            for part in (layer.attention.output.dense, layer.output.dense):
                part.weight.mul_(0.3)
                part.bias.mul_(0.3)
    for part in (model.bert.embeddings, model.features, model.bert.encoder.layer[:SHARED]):
        part.requires_grad_(False)
    return model


def fill_layer(
    layer: nn.Module,
    i: int,
    matrix: Callable[[str], torch.Tensor],
    vector: Callable[[str], torch.Tensor],
) -> None:
    """Fill a layer of an encoder with the i-th of a file, of which matrices and vectors are given by name."""
    qkv, bias = matrix(f"{i}.qkv").chunk(3, dim=1), vector(f"{i}.qkv.bias").chunk(3)
    own = layer.attention.self
    for part, w, b in zip((own.query, own.key, own.value), qkv, bias, strict=True):
        part.weight.copy_(w.T)
        part.bias.copy_(b)
    for part, name, norm, side in (
        (layer.attention.output.dense, f"{i}.out", layer.attention.output.LayerNorm, f"{i}.a"),
        (layer.output.dense, f"{i}.back", layer.output.LayerNorm, f"{i}.f"),
    ):
        part.weight.copy_(matrix(name).T)
        part.bias.copy_(vector(f"{side}.bias"))
        norm.weight.copy_(vector(f"{side}.gamma"))
        norm.bias.copy_(vector(f"{side}.beta"))
    layer.intermediate.dense.weight.copy_(matrix(f"{i}.in").T)
    layer.intermediate.dense.bias.copy_(vector(f"{i}.in.bias"))


def begin_with(model: Reader, kept: dict[str, torch.Tensor]) -> None:
    """Take the reader's layers and heads from an earlier run as far as it had them; what is shared stays."""
    shared = tuple(f"bert.encoder.layer.{i}." for i in range(SHARED))
    taken = {
        k: v
        for k, v in kept.items()
        if (k.startswith("bert.encoder.") and not k.startswith(shared))
        or k.split(".")[0] in (*HEADS, "tree", "prior")
    }
    unknown = model.load_state_dict(taken, strict=False).unexpected_keys
    assert not unknown, unknown
