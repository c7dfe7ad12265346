"""What tells the type of a name: the words in it, the words around it, and what is known of it.

Each clue adds to a class; a document's mentions of one name are counted together, so that what one sentence
shows holds in all of them.
"""

from __future__ import annotations

import collections
from collections.abc import Mapping

from spacy.tokens import Span

from kg.extract.mentions.evidence.around import around
from kg.extract.mentions.evidence.inside import inside

Scores = collections.Counter


class Evidence:
    """The classes of a document's names, by weighted vote over all their mentions."""

    def __init__(self) -> None:
        self.votes: dict[str, Scores[str]] = collections.defaultdict(collections.Counter)

    def add(self, span: Span, kind: str, weight: float) -> None:
        """Count one clue for the type of a name."""
        self.votes[name_key(span.text)][kind] += weight  # type: ignore[assignment]

    def read(self, span: Span, labels: Mapping[str, float]) -> None:
        """Count the clues of one mention: the model's classes with their weights, words inside and around."""
        votes = self.votes[name_key(span.text)]
        for kind, amount in labels.items():
            votes[kind] += amount  # type: ignore[assignment]
        for kind, amount in inside(span):
            votes[kind] += amount  # type: ignore[assignment]
        for kind, amount in around(span):
            votes[kind] += amount  # type: ignore[assignment]

    def type_of(self, span: Span, default: str) -> tuple[str, float]:
        """Give the class of a name, and how clear it is (from 0.5 to 0.98)."""
        votes = self.votes.get(name_key(span.text))
        if not votes or max(votes.values()) <= 0:
            return default, 0.5
        best = min(votes, key=lambda k: (-votes[k], k != default, k))
        positive = sum(v for v in votes.values() if v > 0)
        return best, round(0.5 + 0.48 * votes[best] / positive, 4)


def name_key(text: str) -> str:
    """Give the form under which mentions of one name are counted together."""
    key = " ".join(text.split())
    return key.title() if key.isupper() and len(key) > 5 else key
