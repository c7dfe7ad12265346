"""A question while it is cut into phrases: its words, the names and times in them, what was found so far."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from kg.ask.names import Named, Names
from kg.ask.times import Period
from kg.ask.words import Word


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase from word `start` to `end`; `letter` says of which kind it is."""

    letter: str
    start: int
    end: int
    value: Any = None


@dataclass(slots=True)
class Cut:
    """The words of a question, the names among them by where they begin, and the phrases found so far.

    `times` are the periods by their first words, with their ends; `left` are words that no phrase takes.
    """

    words: Sequence[Word]
    names: Names
    named: dict[int, Named] = field(default_factory=dict)
    times: dict[int, tuple[int, Period]] = field(default_factory=dict)
    found: list[Phrase] = field(default_factory=list)
    left: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, words: Sequence[Word], names: Names, named: Sequence[Named], times: Sequence[Period]) -> Cut:
        """Give a question that nothing was found in yet but names and times."""
        cut = cls(words, names, {each.start: each for each in named})
        for period in times:
            inside = [i for i, w in enumerate(words) if period.start <= w.start and w.end <= period.end]
            cut.times[inside[0]] = (inside[-1] + 1, period)
        return cut

    @property
    def letters(self) -> str:
        """The letters of the phrases found so far."""
        return "".join(phrase.letter for phrase in self.found)

    def key(self, at: int) -> str:
        """Give a word as it is compared; empty behind the last."""
        return self.words[at].key if at < len(self.words) else ""

    def lemma(self, at: int) -> str:
        """Give the lemma of a word."""
        return self.words[at].lemma or self.words[at].key

    def text(self, start: int, end: int) -> str:
        """Give words as they were typed."""
        return " ".join(word.text for word in self.words[start:end])

    def in_name(self, at: int) -> bool:
        """Whether a word is part of a name."""
        return any(each.start <= at < each.end for each in self.named.values())

    def common(self, start: int) -> list[int]:
        """Give the words from one on that are in no name."""
        return [i for i in range(start, len(self.words)) if not self.in_name(i)]
