"""The token classifier: an uncased encoder that is told the case, tag and dependency of every token."""

from __future__ import annotations

import torch
from torch import nn

from kg.extract.lexicon.labels import NAME_LABELS, NOMINAL_TYPES, VALUE_LABELS
from kg.extract.parse.features import DEPS, SHAPES, TAGS

# What the encoder is told of a token beside its pieces, and how many values each has.
FEATURES = {
    "shape": len(SHAPES),
    "before": len(SHAPES),
    "after": len(SHAPES),
    "tag": len(TAGS),
    "dep": len(DEPS),
}
SETS = ("gum", "uner", "redocred", "re3d", "stock")
LAYERS = {
    "names": len(NAME_LABELS),
    "inner": len(NAME_LABELS),
    "nominals": len(NOMINAL_TYPES),
    "numbers": len(VALUE_LABELS),
}
# The layers that are taught by the gold sets, each in its own convention; the others by the stock model.
GOLD_LAYERS = ("names", "inner", "nominals")


class Encoder(nn.Module):
    """The encoder with the features that it is told of each token."""

    def __init__(self, bert: nn.Module, features: dict[str, int]) -> None:
        super().__init__()
        self.bert = bert
        width = bert.config.hidden_size
        self.features = nn.ModuleDict({k: nn.Embedding(n, width) for k, n in features.items()})

    def encode(
        self, pieces: torch.Tensor, mask: torch.Tensor, features: dict[str, torch.Tensor]
    ) -> torch.Tensor:
        x = self.bert.embeddings.word_embeddings(pieces)
        for name, table in self.features.items():
            x = x + table(features[name])
        return self.bert(inputs_embeds=x, attention_mask=mask).last_hidden_state


class Names(Encoder):
    """The encoder with its features and heads.

    A head is shared by the gold sets; each set adds a matrix of its own, which starts at zero and is held
    small, so that what one set teaches serves the others where they agree.
    """

    def __init__(self, bert: nn.Module, features: dict[str, int]) -> None:
        super().__init__(bert, features)
        width = bert.config.hidden_size
        for table in self.features.values():
            nn.init.normal_(table.weight, std=0.01)
        self.heads = nn.ModuleDict({k: nn.Linear(width, n) for k, n in LAYERS.items()})
        self.own = nn.ParameterDict(
            {k: nn.Parameter(torch.zeros(len(SETS), width, n)) for k, n in LAYERS.items()}
        )
        self.bias = nn.ParameterDict({k: nn.Parameter(torch.zeros(len(SETS), n)) for k, n in LAYERS.items()})
        self.drop = nn.Dropout(0.1)

    def logits(self, layer: str, hidden: torch.Tensor, gold: torch.Tensor) -> torch.Tensor:
        """Scores for token states (n, width) in the convention of each token's set (n,)."""
        shared = self.heads[layer](hidden)
        out = shared
        for k in gold.unique().tolist():
            rows = (gold == k).nonzero(as_tuple=True)[0]
            out = out.index_add(0, rows, hidden[rows] @ self.own[layer][k] + self.bias[layer][k])
        return out


def marginal_loss(logits: torch.Tensor, allowed: torch.Tensor) -> torch.Tensor:
    """The negative log of the probability of all that is allowed, by token."""
    log_p = logits.float().log_softmax(-1)
    return -torch.logsumexp(log_p.masked_fill(~allowed, -1e4), -1)
