"""A correction: what somebody decided about the graph, and what that rests on, quoted.

Documents are replaced, and graphs are made anew; what was decided is found again by its words: names, the
source of a document, a sentence.
"""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final, Literal, get_args

from kg.iri import digest, fold, relation_words

Kind = Literal["same", "different", "rename", "retype", "reject", "confirm", "add"]
KINDS: Final[tuple[Kind, ...]] = get_args(Kind)
# About who or what is meant, and about what is said.
OF_NAMES: Final = frozenset({"same", "different", "rename", "retype"})
OF_FACTS: Final = frozenset({"reject", "confirm", "add"})
# How a fact that was corrected is called.
VERDICTS: Final = {"reject": "rejected", "confirm": "confirmed", "add": "added"}
# What the object of an added fact may be called beside a class of things.
TEXT: Final = "text"


@dataclass(frozen=True, slots=True)
class Name:
    """How something is called, in the document of that source or id, or in all where none is given."""

    name: str
    source: str = ""
    document: str = ""

    def is_in(self, document: str, source: str) -> bool:
        """Whether a document, by id and source, is one that the name is meant in."""
        return is_of(self.source, self.document, document, source)

    def __str__(self) -> str:
        return f"{self.name} in {self.source or self.document}" if self.source or self.document else self.name


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence with the source and id of the document that had it."""

    sentence: str
    source: str = ""
    document: str = ""

    @property
    def key(self) -> str:
        """The sentence as sentences are compared: however its lines were broken."""
        return sentence_key(self.sentence)


@dataclass(frozen=True)
class Correction:
    """One decision: of what kind, by whom and when, and about what.

    `sides` are the names that a decision is about: those of one thing, or for `different` those of each of
    two or more. `to` is the new name or class. A fact is told by its labels, and `evidence` are the sentences
    that it was read from; where there are none, whatever sentence says so is meant.
    """

    kind: Kind
    by: str = ""
    at: dt.datetime | None = None
    note: str = ""
    sides: tuple[tuple[Name, ...], ...] = ()
    to: str = ""
    subject: str = ""
    relation: str = ""
    object: str = ""
    # Of an added fact, where the document does not tell: the classes of its ends.
    subject_type: str = ""
    object_type: str = ""
    evidence: tuple[Quote, ...] = ()
    # What the same words say besides, of which the same holds: subject, relation, object.
    also: tuple[tuple[str, str, str], ...] = ()

    @cached_property
    def key(self) -> str:
        """What the correction is known by, wherever it stands in its file."""
        return digest(json.dumps(self._content(), ensure_ascii=True), 16)

    def _content(self) -> list[Any]:
        sides = [[(n.name, n.source, n.document) for n in side] for side in self.sides]
        quotes = [(q.sentence, q.source, q.document) for q in self.evidence]
        fact = [self.subject, self.relation, self.object, self.subject_type, self.object_type]
        return [self.kind, self.by, stamp(self.at), self.note, sides, self.to, fact, quotes, self.also]

    @property
    def verdict(self) -> str:
        """How a fact is called that this is about; empty where it is about names."""
        return VERDICTS.get(self.kind, "")

    @property
    def names(self) -> tuple[Name, ...]:
        """All names that it is about."""
        return tuple(name for side in self.sides for name in side)

    def is_about(self, subject: frozenset[str], relation: str, object: frozenset[str]) -> bool:
        """Whether a fact is one that is meant, by the folded names of its ends and its relation."""
        key = relation_words(relation)
        return any(
            relation_words(r) == key and fold(s) in subject and fold(o) in object for s, r, o in self.facts
        )

    @property
    def facts(self) -> tuple[tuple[str, str, str], ...]:
        """All facts that it is about: subject, relation, object."""
        return (self.subject, self.relation, self.object), *self.also

    def __str__(self) -> str:
        if self.kind in OF_FACTS:
            return " ".join(filter(None, (self.subject, relation_words(self.relation), self.object)))
        if self.kind == "different":
            return " ≠ ".join(shown(side) for side in self.sides)
        if self.kind == "same":
            return " = ".join(str(name) for name in self.names)
        return f"{shown(self.names)} → {self.to}"


def shown(names: tuple[Name, ...]) -> str:
    """Give names as one, the documents of a single name together."""
    called = list(dict.fromkeys(name.name for name in names))
    where = [name.source or name.document for name in names]
    if len(called) == 1 and all(where):
        return f"{called[0]} in {', '.join(where)}"
    return ", ".join(str(name) for name in names)


def is_of(source: str, document: str, id: str, name: str) -> bool:
    """Whether a document of that id and source is the one that a quotation names, or it names none.

    A file that was replaced is known by its name, one that was renamed by its content.
    """
    if not source and not document:
        return True
    return bool(source and source == name) or bool(document and id.startswith(document))


def sentence_key(sentence: str) -> str:
    """Give a sentence as sentences are compared."""
    return " ".join(sentence.split())


def stamp(at: dt.datetime | None) -> str:
    """Give a time in UTC, to the second; empty where there is none.

    >>> stamp(dt.datetime(2026, 5, 4, 9, 12, 30, tzinfo=dt.UTC))
    '2026-05-04T09:12:30Z'
    """
    if at is None:
        return ""
    return at.astimezone(dt.UTC).replace(microsecond=0, tzinfo=None).isoformat() + "Z"
