"""What people decided about a graph: kept in `corrections.toml`, and obeyed whenever the graph is made.

`records` are the decisions, `file` reads and writes them, `amending` changes what was extracted, `reviewing`
says how statements stand, `following` tells which decisions no longer apply.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from kg.corrections.file import FILE, read
from kg.corrections.following import Followed, Idle
from kg.corrections.records import OF_NAMES, Correction, Name, Quote
from kg.corrections.reviewing import Reviews
from kg.errors import ConfigError
from kg.iri import fold, relation_words
from kg.model import Document, Extraction

if TYPE_CHECKING:
    from kg.resolve import Decision, Decisions

__all__ = ["FILE", "Correction", "Corrections", "Followed", "Idle", "Name", "Quote", "beside"]


def chosen(named: str, path: str | os.PathLike[str]) -> Path:
    """Give the corrections file of some settings, or the one beside an output where they name none."""
    if not named:
        return beside(path)
    if not Path(named).is_file():
        remedy = "kg correct writes one; or leave the setting away"
        raise ConfigError("there are no corrections", where=named, remedy=remedy)
    return Path(named)


def beside(path: str | os.PathLike[str]) -> Path:
    """Give the corrections file that goes with an output file, or with a folder of outputs or a store."""
    path = Path(path)
    return (path if path.is_dir() or not path.suffix else path.parent) / FILE


@dataclass(frozen=True)
class Corrections:
    """Decisions in order, of which the last counts where two contradict each other."""

    entries: tuple[Correction, ...] = ()
    # Where they were read from, for messages.
    path: str = field(default="", compare=False)

    @classmethod
    def read(cls, *paths: str | os.PathLike[str]) -> Corrections:
        """Read the corrections of files, those of the first before those of the next; no file has none."""
        entries = tuple(entry for path in paths for entry in read(path))
        return cls(entries, str(paths[-1]) if paths else "")

    def __len__(self) -> int:
        return len(self.entries)

    def __iter__(self) -> Iterator[Correction]:
        return iter(self.entries)

    @cached_property
    def superseded(self) -> frozenset[str]:
        """The keys of those that a later one takes back."""
        found = set()
        for i, earlier in enumerate(self.entries):
            if any(_takes_back(later, earlier) for later in self.entries[i + 1 :]):
                found.add(earlier.key)
        return frozenset(found)

    @cached_property
    def valid(self) -> tuple[Correction, ...]:
        """Those that count, each once."""
        entries = {entry.key: entry for entry in self.entries if entry.key not in self.superseded}
        return tuple(entries.values())

    @property
    def of_names(self) -> tuple[Correction, ...]:
        """Those about who or what is meant."""
        return tuple(entry for entry in self.valid if entry.kind in OF_NAMES)

    def decisions(self, sources: Mapping[str, str]) -> Decisions:
        """Give those about names to resolution; `sources` are the names of documents by their ids."""
        # Resolution is loaded when it is needed: processes that extract are forked from a small one.
        from kg.resolve import Decisions

        return Decisions(decided=tuple(map(_decision, self.of_names)), sources=sources)

    @cached_property
    def reviews(self) -> Reviews:
        """Those about facts, as mapping asks for them."""
        return Reviews(self.valid)

    def amended(self, document: Document, extraction: Extraction) -> Extraction:
        """Give what was extracted from a document with the facts that were added, and chains taken apart."""
        if not self.entries:
            return extraction
        from kg.corrections.amending import amended

        return amended(document, extraction, self.valid)


def _decision(correction: Correction) -> Decision:
    from kg.resolve import Decision, Reference

    sides = tuple(
        tuple(Reference(name.name, name.document, name.source) for name in side) for side in correction.sides
    )
    by = correction.by or "the user"
    return Decision(cast(Any, correction.kind), sides, correction.to, f"decided by {by}", correction.key)


def _takes_back(later: Correction, earlier: Correction) -> bool:
    """Whether a correction says the contrary of one before it, or says anew what that one said."""
    kinds = {later.kind, earlier.kind}
    if kinds == {"same", "different"}:
        same, different = (later, earlier) if later.kind == "same" else (earlier, later)
        return len({i for i, side in enumerate(different.sides) if _meet(side, same.names)}) > 1
    if later.kind != earlier.kind and not kinds <= {"reject", "confirm"}:
        return False
    if later.kind in ("rename", "retype"):
        return set(map(_named, later.names)) >= set(map(_named, earlier.names))
    if later.kind in ("reject", "confirm", "add"):
        return _is_same_fact(later, earlier)
    return False


def _meet(one: Iterable[Name], other: Iterable[Name]) -> bool:
    """Whether a name is among both; one without a document is that name in any."""
    return any(
        fold(a.name) == fold(b.name)
        and (a.source == b.source or not (a.source or a.document) or not (b.source or b.document))
        for a in one
        for b in other
    )


def _named(name: Name) -> tuple[str, str, str]:
    return fold(name.name), name.source, name.document


def _is_same_fact(later: Correction, earlier: Correction) -> bool:
    told, before = (
        {(fold(s), relation_words(r), fold(o)) for s, r, o in correction.facts}
        for correction in (later, earlier)
    )
    quoted = {quote.key for quote in later.evidence}
    # What is said of a fact wherever it stands is about each of its sentences.
    return before <= told and (
        not quoted or (bool(earlier.evidence) and {quote.key for quote in earlier.evidence} <= quoted)
    )
