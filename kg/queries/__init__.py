"""Saved queries: questions by name, each a `.rq` file with a line of explanation and its parameters.

A file starts with comments: what the query answers, then a line `# bind NAME: …` for each variable that
can be given a term with `--bind`; `# bind NAME entity: …` takes the name of an entity.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

from kg.errors import QueryError

_PARAMETER = re.compile(r"bind (?P<name>\w+)(?: (?P<kind>entity))?(?P<required>, required)?: (?P<help>.+)")


@dataclass(frozen=True, slots=True)
class Parameter:
    """A variable that a saved query lets one set."""

    name: str
    help: str
    entity: bool = False
    required: bool = False


@dataclass(frozen=True, slots=True)
class SavedQuery:
    """A query with a name, what it answers, and its parameters."""

    name: str
    explanation: str
    sparql: str
    parameters: tuple[Parameter, ...] = ()


def saved(folder: str | os.PathLike[str] | None = None) -> dict[str, SavedQuery]:
    """Give the shipped queries by name, and those of a folder, which come before shipped ones."""
    found = {}
    for file in resources.files("kg.queries").iterdir():
        if file.name.endswith(".rq"):
            found[file.name[:-3]] = parse(file.name[:-3], file.read_text(encoding="utf-8"))
    for path in sorted(Path(folder).glob("*.rq")) if folder else ():
        found[path.stem] = read(path)
    return dict(sorted(found.items()))


def read(path: Path) -> SavedQuery:
    """Read a query from a file."""
    try:
        return parse(path.stem, path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        what = (error.strerror or "") if isinstance(error, OSError) else "is not UTF-8 text"
        raise QueryError(what or "cannot be read", where=str(path)) from error


def parse(name: str, sparql: str) -> SavedQuery:
    """Read explanation and parameters from the comments at the head of a query."""
    words, parameters = [], []
    for line in sparql.splitlines():
        if not line.startswith("#"):
            break
        text = line.lstrip("# ").strip()
        if match := _PARAMETER.fullmatch(text):
            entity, required = bool(match["kind"]), bool(match["required"])
            parameters.append(Parameter(match["name"], match["help"], entity, required))
        elif text and not parameters:
            words.append(text)
    return SavedQuery(name, " ".join(words), sparql, tuple(parameters))
