"""The reader of references: layers above the names' lower ones, and what a token asks for and answers.

How well a mention answers what a pronoun or definite noun asks for is a product of two vectors. How far it
stands and whether it is the same word counts while it learns, so that the vectors need not tell it.
"""

from __future__ import annotations

from pathlib import Path

import torch
from torch import nn

from kg.extract.parse.references import WIDTH
from training.gold_chains import FAR, GROUPS, Text
from training.model import FEATURES, Encoder
from training.model_reader import encoder_from_shipped

OWN = 3
# What lies where nothing may be.
OUT = -1e4


class ReferenceReader(Encoder):
    """The shared layers as shipped, the reader's own, and its heads."""

    def __init__(self, bert: nn.Module, features: dict[str, int]) -> None:
        super().__init__(bert, features)
        width = bert.config.hidden_size
        self.drop = nn.Dropout(0.2)
        self.ask = nn.Linear(width, WIDTH)
        self.answer = nn.Linear(width, WIDTH)
        self.new = nn.Linear(width, 1)
        self.distance = nn.Embedding(len(GROUPS) * FAR * 2, 1)
        self.same = nn.Embedding(len(GROUPS) * 2, 1)
        self.words = nn.Embedding(len(GROUPS) * FAR, 1)
        for table in (self.distance, self.same, self.words):
            nn.init.zeros_(table.weight)

    def scores(self, h: torch.Tensor, text: Text) -> torch.Tensor:
        """Scores (asked, tokens + 1) of what may be meant and, last, of standing for nothing.

        By the states h of the text's tokens; what is no candidate is out of the question.
        """
        tokens = torch.tensor([q.token for q in text.asked])
        x = h.index_select(0, tokens)
        told = self.ask(x) @ self.answer(h).T / WIDTH**0.5
        far, words, same, out = map(torch.from_numpy, text.pairs())
        told = told + self.distance(far)[..., 0] + self.words(words)[..., 0] + self.same(same)[..., 0]
        return torch.cat([told.masked_fill(out, OUT), self.new(x)], 1)

    def losses(self, h: torch.Tensor, texts: list[Text]) -> dict[str, torch.Tensor]:
        """The loss of what is asked of some texts with the states h, text by text."""
        parts = []
        for text, mine in zip(texts, h.split([len(t.words) for t in texts]), strict=True):
            if text.asked:
                p = self.scores(mine, text).log_softmax(1)
                parts.append(-torch.logsumexp(p.masked_fill(torch.from_numpy(~text.right()), OUT), 1))
        return {"references": torch.cat(parts).mean() if parts else h.sum() * 0}


def from_shipped(path: Path, base: Path, own: int = OWN) -> ReferenceReader:
    """Set the reader's layers on the encoder of names as the package ships it; what is shared is frozen."""
    return encoder_from_shipped(path, base, own, lambda bert: ReferenceReader(bert, FEATURES))
