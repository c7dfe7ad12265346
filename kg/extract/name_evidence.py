"""What tells the type of a name: words inside and around it, and all its other mentions in the document."""

from __future__ import annotations

import collections
import functools

from spacy.tokens import Span

TITLES = frozenset(
    "adm. admiral ambassador archbishop ayatollah baron baroness bishop brother capt capt. captain "
    "cardinal ceo chairman chairperson chairwoman chancellor coach col col. colonel commander "
    "congressman congresswoman count countess dame director doctor dr dr. duchess duke emir emperor "
    "empress father gen gen. general gov gov. governor hon. imam judge justice king lady lieutenant "
    "lord lt lt. maj maj. major mayor minister miss mr mr. mrs mrs. ms ms. mx mx. officer pope premier "
    "president prince princess prof prof. professor queen rabbi rep rep. representative rev. reverend "
    "saint secretary sen sen. senator sergeant sgt sgt. sheikh sir sister spokesman spokesperson "
    "spokeswoman st. sultan ".split()
)


class Lexicon:
    """Word lists that are read once per process."""

    @staticmethod
    @functools.cache
    def shared() -> Lexicon:
        return Lexicon()

    def is_title(self, word: str) -> bool:
        """Whether a lower-cased word stands before a person's name and is no part of it."""
        return word in TITLES

    def country_of_demonym(self, text: str) -> str | None:
        """Give the country that an adjective or a people's name belongs to ("British")."""
        return None


class TypeVotes:
    """One type per name in a document, by weighted vote."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._votes: dict[str, collections.Counter[str]] = collections.defaultdict(collections.Counter)

    def add(self, span: Span, kind: str, weight: float) -> None:
        """Count one mention's type."""
        self._votes[span.text.lower()][kind] += weight  # type: ignore[assignment]

    def type_of(self, span: Span, default: str) -> tuple[str, float]:
        """Give the type of most mentions of a name, and the share that agrees."""
        votes = self._votes[span.text.lower()]
        best = max(sorted(votes), key=lambda k: (votes[k], k == default), default=default)
        return best, 0.5 + 0.45 * votes[best] / max(sum(votes.values()), 1e-9)
