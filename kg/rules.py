"""Rules of your own: what a package offers at the door `kg.rules`, as data that needs no spaCy to be loaded.

RULES = (
    Rule(
        "acquired",
        relation="acquired_by",
        pattern=[
            {"RIGHT_ID": "verb", "RIGHT_ATTRS": {"LEMMA": "snap"}},
            {"LEFT_ID": "verb", "REL_OP": ">", "RIGHT_ID": "object", "RIGHT_ATTRS": {"DEP": "nsubj"}},
            {"LEFT_ID": "verb", "REL_OP": ">", "RIGHT_ID": "subject", "RIGHT_ATTRS": {"DEP": "dobj"}},
        ],
        reads="Acme snapped up Initech.",
        spares="Acme snapped.",
    ),
)
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol


@dataclass(frozen=True, slots=True)
class Match:
    """Where a rule holds, by the indices of tokens: the heads of subject and object, and what says it."""

    subject: int
    object: int | None
    words: tuple[int, ...] = ()


class Finder(Protocol):
    """A rule as a function: must depend on the Doc alone, and leave it as it is."""

    def __call__(self, doc: Any, /) -> Iterable[Match]:
        """Give the matches in a spaCy Doc, which is one block of a document."""
        ...


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """A rule that reads a relation: a pattern or a function, and two sentences that test it.

    A pattern with `RIGHT_ID` is one of spaCy's DependencyMatcher, and `subject` and `object` are the names of
    its nodes; any other is one of its Matcher, and they are places in it. `object` may be None. `confidence`
    is what you expect of it: the share of its claims that are right.
    """

    id: str
    relation: str
    reads: str
    spares: str
    pattern: Sequence[Mapping[str, Any]] = ()
    find: Finder | None = None
    subject: str | int = "subject"
    object: str | int | None = "object"
    confidence: float = 0.88
