"""What `kg` raises.

    KGError
    ├── ReadError        a source that cannot be read as a document
    │   └── SameText     one whose text was there already, under another name
    ├── ConfigError      a setting that does not exist or has no such value
    ├── ModelError       a spaCy model or trained component that is not there
    ├── ExtractionError  a document on which extraction failed
    ├── GraphError       a graph file or store that cannot be opened or written
    ├── UnknownName      a name that nothing in the graph bears; a KeyError too
    ├── QueryError       a query that is wrong, refused, or took too long
    ├── PluginError      a plug-in that is not there, does not load, or fails
    └── MissingExtra     a feature whose optional dependency is not installed

Each carries its data and says what happened, where, and what to do.
"""

from __future__ import annotations

import re
from typing import Any

# Signs that end a line, move the cursor or turn the direction of writing.
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def printable(name: str) -> str:
    r"""Give a name on one line, whatever is in it: a file's name can forge no line of a message.

    >>> printable("a\nb.txt")
    'a\\nb.txt'
    """
    return _UNSEEN.sub(lambda m: m[0].encode("unicode_escape").decode("ascii"), name)


class KGError(Exception):
    """The root of all errors of this package.

    `what` happened, `where` (a path, a document, a setting), and the `remedy`; any may be empty.
    """

    def __init__(self, what: str, *, where: str = "", remedy: str = "") -> None:
        super().__init__(what)
        self.what, self.where, self.remedy = what, where, remedy

    def __str__(self) -> str:
        text = f"{printable(self.where)}: {self.what}" if self.where else self.what
        return f"{text}; {printable(self.remedy)}" if self.remedy else text

    def __reduce__(self) -> Any:
        # Errors cross process boundaries; the default would lose the keywords.
        return _restore, (type(self), self.what, self.where, self.remedy)


def _restore(kind: type[KGError], what: str, where: str, remedy: str) -> KGError:
    return kind(what, where=where, remedy=remedy)


class ReadError(KGError):
    """A source that cannot be read as a document."""


class SameText(ReadError):
    """A source whose text was read already, under another name."""


class ReadWarning(UserWarning):
    """A source that was read, but not with certainty."""


class ConfigError(KGError):
    """A setting that does not exist or has no such value."""


class ModelError(KGError):
    """A spaCy model or a trained component that is not installed or does not fit."""


class ExtractionError(KGError):
    """A document on which the extraction stage failed."""


class GraphError(KGError):
    """A graph file or store that cannot be opened, read or written."""


class UnknownName(KGError, KeyError):
    """A name that nothing in the graph bears."""


class QueryError(KGError):
    """A query that is not valid, not allowed, or was stopped."""


class PluginError(KGError):
    """A plug-in that is not installed, does not load, or fails at work."""


class MissingExtra(KGError):
    """A feature whose optional dependency is not installed."""
