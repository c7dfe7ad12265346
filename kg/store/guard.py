"""Files that would break the engine are refused before it sees them: nested or growing without end."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from kg.errors import GraphError

# How deep a file may be nested: far more than any has reason to, and less than the engine's stack holds.
DEEPEST = 500
LONGEST_ENTITIES = 4096
# How much more than the file itself the entities of an ontology, which are namespaces, may stand for.
LARGEST_EXPANSION = 16 * 2**20
_STRING = re.compile(rb'"(?:[^"\\]|\\.)*"', re.DOTALL)
_NO_BRACKET = bytes(set(range(256)) - set(b"[]{}"))
_TRIPLE_TERM = re.compile(rb"<<|>>")
_TAG = re.compile(rb"<(/)?[A-Za-z_][^<>]*?(/)?>")
_ENTITY = re.compile(rb"""<!ENTITY\s+([^\s"'%]+)\s+(?:"([^"]*)"|'([^']*)')\s*>""")


_REFERENCE = re.compile(rb"&([^\s&;#]{1,200});")


def guard(data: bytes, path: Path) -> None:
    """Raise `GraphError` for the content of a file that cannot be read safely; its suffix says what it is."""
    suffix = path.suffix.lower()
    if suffix in (".rdf", ".owl", ".xml"):
        _entities(data, path)
        _shallow((-1 if m[1] else 0 if m[2] else 1 for m in _TAG.finditer(data)), path)
    elif suffix == ".jsonld":
        # The engine takes time that grows with the square of the depth.
        brackets = _STRING.sub(b"", data).translate(None, _NO_BRACKET)
        _shallow((1 if bracket in b"[{" else -1 for bracket in brackets), path)
    elif data.count(b"<<") > DEEPEST:
        marks = _TRIPLE_TERM.findall(_STRING.sub(b"", data))
        _shallow((1 if mark == b"<<" else -1 for mark in marks), path)


def _shallow(steps: Iterable[int], path: Path) -> None:
    if max(itertools.accumulate(steps), default=0) > DEEPEST:
        raise GraphError(f"nested more than {DEEPEST:,} deep, which is not read", where=str(path))


def _entities(data: bytes, path: Path) -> None:
    """A few lines of entities can stand for terabytes, or for a file of this machine."""
    declared = [(m[1], m[2] or m[3] or b"") for m in _ENTITY.finditer(data)]
    values = [value for _, value in declared]
    plain = len(values) == data.count(b"<!ENTITY") and b"\x00" not in data
    if not plain or any(b"&" in v or b"%" in v for v in values) or sum(map(len, values)) > LONGEST_ENTITIES:
        raise GraphError(
            "RDF/XML with entities that are not short plain text is not read",
            where=str(path),
            remedy="turn it into Turtle or N-Triples first",
        )
    if not declared:
        return
    used = Counter(m[1] for m in _REFERENCE.finditer(data))
    # One that is declared twice counts twice.
    expanded = sum(used[name] * len(value) for name, value in declared)
    if expanded > max(LARGEST_EXPANSION, 2 * len(data)):
        raise GraphError(
            f"RDF/XML whose entities stand for {expanded // 2**20:,} MiB is not read",
            where=str(path),
            remedy="turn it into Turtle or N-Triples first",
        )
