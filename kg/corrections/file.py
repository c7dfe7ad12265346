"""`corrections.toml`: read, checked, and added to without touching what else somebody wrote into it.

    [[correction]]
    kind = "reject"
    by = "Ann"
    at = 2026-05-04T09:12:30Z
    subject = "Bo Ek"
    relation = "work_for"
    object = "Halm"
    evidence = [
        { source = "a.txt", document = "3f2a91c0…", sentence = "Bo Ek left Halm." },
    ]

The lists `same` and `different` of a merges.toml are understood, too.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import re
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from kg.atomic import write_text
from kg.classes import FAMILIES
from kg.corrections.records import KINDS, OF_FACTS, TEXT, Correction, Kind, Name, Quote, stamp
from kg.errors import ConfigError, GraphError
from kg.nearest import did_you_mean

FILE = "corrections.toml"
HEADER = (
    "# What was decided about the graph, in order; every build of it obeys.\n"
    "# kg correct writes here, and so may you; the last of two that contradict each other counts.\n"
)
_ENTRY = re.compile(r"^[ \t]*\[\[[ \t]*correction[ \t]*\]\][ \t]*(?:#.*)?$", re.M)
_SIMPLE = ("by", "note", "to", "subject", "relation", "object", "subject_type", "object_type")
_KEYS = ("kind", "at", *_SIMPLE, "names", "sides", "evidence", "also")
# What each kind must say.
_NEEDS: dict[str, tuple[str, ...]] = {
    "same": ("names",),
    "different": ("names or sides",),
    "rename": ("names", "to"),
    "retype": ("names", "to"),
    "reject": ("subject", "relation"),
    "confirm": ("subject", "relation"),
    "add": ("subject", "relation", "evidence"),
}


# The classes that something may be of.
CLASSES = (*FAMILIES, "Concept")


class Wrong(ConfigError):
    """A corrections file that cannot be understood."""


def read(path: str | os.PathLike[str]) -> tuple[Correction, ...]:
    """Read the corrections of a file, in order; there are none where there is no file."""
    return parse(_text(Path(path)), str(path))


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return ""
    except UnicodeDecodeError as error:
        raise Wrong(
            "the corrections are not UTF-8", where=str(path), remedy="save the file as UTF-8"
        ) from error
    except OSError as error:
        raise Wrong(f"the corrections cannot be read ({error.strerror})", where=str(path)) from error


def parse(text: str, where: str) -> tuple[Correction, ...]:
    """Understand the text of a file; what is wrong is told with its line."""
    try:
        table = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        remedy = "mend the line, or take the entry out"
        raise Wrong(f"not valid TOML: {error}", where=where, remedy=remedy) from error
    for key in table:
        if key not in ("correction", "same", "different"):
            remedy = did_you_mean(key, ("correction", "same", "different"), otherwise="write [[correction]]")
            raise Wrong(f"there is no list {key!r}", where=where, remedy=remedy)
    old = [*_lists(table, "same", where), *_lists(table, "different", where)]
    entries = table.get("correction", [])
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise Wrong("correction is a list of entries", where=where, remedy="write [[correction]] above each")
    lines = [text.count("\n", 0, m.start()) + 1 for m in _ENTRY.finditer(text)]
    places = lines if len(lines) == len(entries) else [0] * len(entries)
    return (
        *old,
        *(
            _Entry(e, n, line, where).read()
            for n, (e, line) in enumerate(zip(entries, places, strict=True), 1)
        ),
    )


def _lists(table: Mapping[str, Any], kind: Kind, where: str) -> list[Correction]:
    """Read the lists of names of a merges.toml; a name may be narrowed to a document by @ and its id."""
    rows = table.get(kind, [])
    if not isinstance(rows, list) or not all(
        isinstance(r, list) and len(r) > 1 and all(isinstance(n, str) and n.strip() for n in r) for r in rows
    ):
        remedy = f'write {kind} = [["Bob Dylan", "Robert Zimmerman"]]'
        raise Wrong(f"{kind} must be a list of lists of two or more names", where=where, remedy=remedy)
    found = []
    for row in rows:
        names = [old_name(name) for name in row]
        sides = ((*names,),) if kind == "same" else tuple((name,) for name in names)
        found.append(Correction(kind, sides=sides))
    return found


def old_name(written: str) -> Name:
    """Read a name as it stands in a merges.toml: `Ann Lee@3f2a91c0` is that name in one document.

    >>> old_name("Ann Lee@3f2a91c0")
    Name(name='Ann Lee', source='', document='3f2a91c0')
    """
    name, at, document = written.rpartition("@")
    narrowed = at and name and re.fullmatch(r"[0-9a-f]+", document)
    return Name(name, document=document) if narrowed else Name(written)


class _Entry:
    """One entry of a file, which is checked while it is read."""

    def __init__(self, values: Mapping[str, Any], number: int, line: int, where: str) -> None:
        self.values, self.where = values, where
        self.place = f"correction {number}{f' (line {line})' if line else ''}"

    def read(self) -> Correction:
        for key in self.values:
            if key not in _KEYS:
                raise self._wrong(f"there is no {key!r}", did_you_mean(key, _KEYS, otherwise=self._known()))
        kind = self.values.get("kind")
        if kind not in KINDS:
            near = did_you_mean(str(kind or ""), KINDS, otherwise=f"kind is one of {', '.join(KINDS)}")
            raise self._wrong("no kind" if kind is None else f"there is no kind {kind!r}", near)
        simple = {key: self._words(key) for key in _SIMPLE}
        sides, evidence = self._sides(kind), self._evidence()
        for needed in _NEEDS[kind]:
            if not (sides if "names" in needed else evidence if needed == "evidence" else simple[needed]):
                raise self._wrong(f"{kind} needs {needed}", f"add {needed.partition(' ')[0]} = …")
        self._check_classes(kind, simple)
        return Correction(kind, at=self._time(), sides=sides, evidence=evidence, also=self._also(), **simple)

    def _wrong(self, what: str, remedy: str = "") -> Wrong:
        return Wrong(f"{self.place}: {what}", where=self.where, remedy=remedy)

    def _known(self) -> str:
        return f"there are {', '.join(_KEYS)}"

    def _words(self, key: str) -> str:
        value = self.values.get(key, "")
        if not isinstance(value, str):
            raise self._wrong(f"{key} must be a text", f'write {key} = "{value}"')
        return " ".join(value.split())

    def _time(self) -> dt.datetime | None:
        value = self.values.get("at")
        if value is None or isinstance(value, dt.datetime):
            return value if value is None or value.tzinfo else value.replace(tzinfo=dt.UTC)
        if isinstance(value, dt.date):
            return dt.datetime.combine(value, dt.time(), dt.UTC)
        raise self._wrong("at must be a time", "write at = 2026-05-04T09:12:30Z, without quotation marks")

    def _sides(self, kind: Kind) -> tuple[tuple[Name, ...], ...]:
        if "names" in self.values and "sides" in self.values:
            raise self._wrong("both names and sides", "keep one of them")
        found = self._sides_given(kind) if "sides" in self.values else self._sides_of_names(kind)
        least = 2 if kind in ("same", "different") else 1
        if found and (not all(found) or len(found if kind == "different" else found[0]) < least):
            raise self._wrong(f"{kind} needs two names or more", "name both")
        return found

    def _sides_given(self, kind: Kind) -> tuple[tuple[Name, ...], ...]:
        sides = self._list("sides", 'write sides = [["Ann Lee"], ["Anne Lee"]]')
        if kind != "different" or not all(isinstance(side, list) for side in sides):
            raise self._wrong("sides are lists of names, of what is different", "write names = […]")
        return tuple(tuple(map(self._name, side)) for side in sides)

    def _sides_of_names(self, kind: Kind) -> tuple[tuple[Name, ...], ...]:
        names = tuple(map(self._name, self._list("names", 'write names = ["Ann Lee", "Anne Lee"]')))
        if kind == "different":
            return tuple((name,) for name in names)
        return (names,) if names else ()

    def _name(self, value: Any) -> Name:
        if isinstance(value, str):
            value = {"name": value}
        return Name(**self._texts(value, ("name", "source", "document"), "name"))

    def _evidence(self) -> tuple[Quote, ...]:
        rows = self._list("evidence", 'write evidence = [{ sentence = "…", source = "a.txt" }]')
        return tuple(
            Quote(**self._texts(row, ("sentence", "source", "document"), "sentence")) for row in rows
        )

    def _also(self) -> tuple[tuple[str, str, str], ...]:
        rows = self._list("also", 'write also = [["Ann Lee", "lead", "Halm"]]')
        for row in rows:
            if not isinstance(row, list) or len(row) != 3 or not all(isinstance(each, str) for each in row):
                told = json.dumps(row, default=str)[:60]
                raise self._wrong(f"{told} is no fact", "write its subject, relation and object")
        return tuple((row[0], row[1], row[2]) for row in rows)

    def _texts(self, row: Any, keys: tuple[str, ...], needed: str) -> dict[str, str]:
        known = (
            isinstance(row, dict) and set(row) <= set(keys) and all(isinstance(v, str) for v in row.values())
        )
        if not known or not row.get(needed, "").strip():
            raise self._wrong(
                f"{json.dumps(row, default=str)[:60]} is no {needed}", f"it has {', '.join(keys)}"
            )
        return dict(row)

    def _list(self, key: str, remedy: str) -> list[Any]:
        value = self.values.get(key, [])
        if not isinstance(value, list):
            raise self._wrong(f"{key} must be a list", remedy)
        return value

    def _check_classes(self, kind: Kind, simple: Mapping[str, str]) -> None:
        given = [simple["to"]] if kind == "retype" else []
        given += [simple["subject_type"]] if simple["subject_type"] else []
        given += [simple["object_type"]] if simple["object_type"] not in ("", TEXT) else []
        for name in given:
            if name not in CLASSES:
                raise self._wrong(f"there is no class {name!r}", class_remedy(name))


def class_remedy(name: str) -> str:
    """Say what to write in the place of a class that is not there."""
    return did_you_mean(name, CLASSES, otherwise=f"use one of {', '.join(sorted(CLASSES))}")


# Writing.


def append(path: Path, corrections: Iterable[Correction]) -> None:
    """Add corrections to the end of a file, which may not be there yet."""
    before = _text(path) or HEADER
    text = before if before.endswith("\n") else f"{before}\n"
    _put(path, text + "".join(f"\n{written(each)}" for each in corrections))


def remove(path: Path, number: int) -> None:
    """Take one correction out of a file, by its place among all from 0; what else stands there stays."""
    text = _text(path)
    kept = parse(text, str(path))
    table = tomllib.loads(text)
    entries = len(table.get("correction", []))
    at = number - (len(kept) - entries)
    if at < 0:
        what = f"it stands in the list {kept[number].kind!r}"
        raise GraphError(what, where=str(path), remedy="take it out there")
    starts = [m.start() for m in _ENTRY.finditer(text)]
    if len(starts) != entries:
        # Something in it looks like the head of an entry; then all of it is written anew.
        old = {key: table[key] for key in ("same", "different") if key in table}
        lists = "".join(f"{key} = {json.dumps(rows, ensure_ascii=False)}\n" for key, rows in old.items())
        rest = [each for i, each in enumerate(kept) if i >= len(kept) - entries and i != number]
        _put(path, HEADER + lists + "".join(f"\n{written(each)}" for each in rest))
        return
    end = starts[at + 1] if at + 1 < len(starts) else len(text)
    _put(path, text[: starts[at]].rstrip("\n") + "\n" + ("\n" + text[end:] if text[end:].strip() else ""))


def _put(path: Path, text: str) -> None:
    parse(text, str(path))
    try:
        write_text(path, [text])
    except OSError as error:
        raise GraphError(f"cannot be written ({error.strerror})", where=str(path)) from error


def written(correction: Correction) -> str:
    """Give a correction as an entry of the file."""
    lines = ["[[correction]]", f"kind = {_string(correction.kind)}"]
    if correction.by:
        lines.append(f"by = {_string(correction.by)}")
    if correction.at is not None:
        lines.append(f"at = {stamp(correction.at)}")
    lines += [
        f"{key} = {_string(getattr(correction, key))}" for key in _SIMPLE[1:] if getattr(correction, key)
    ]
    if correction.kind in OF_FACTS and correction.kind != "add" and not correction.object:
        lines.append('object = ""')
    if correction.sides:
        lines += _written_sides(correction)
    if correction.also:
        facts = (f"    [{', '.join(map(_string, fact))}]," for fact in correction.also)
        lines += ["also = [", *facts, "]"]
    if correction.evidence:
        quotes = [
            _table({"source": q.source, "document": q.document, "sentence": q.sentence})
            for q in correction.evidence
        ]
        lines += ["evidence = [", *(f"    {quote}," for quote in quotes), "]"]
    return "\n".join(lines) + "\n"


def _written_sides(correction: Correction) -> list[str]:
    if correction.kind != "different" or all(len(side) == 1 for side in correction.sides):
        return ["names = [", *(f"    {_name(name)}," for name in correction.names), "]"]
    lines = ["sides = ["]
    for side in correction.sides:
        lines += ["    [", *(f"        {_name(name)}," for name in side), "    ],"]
    return [*lines, "]"]


def _name(name: Name) -> str:
    narrowed = name.source or name.document
    return (
        _table({"name": name.name, "source": name.source, "document": name.document})
        if narrowed
        else _string(name.name)
    )


def _table(values: Mapping[str, str]) -> str:
    return f"{{ {', '.join(f'{key} = {_string(value)}' for key, value in values.items() if value)} }}"


def _string(text: str) -> str:
    """Write a text as a string of TOML on one line, whatever is in it."""
    return json.dumps(sound(text), ensure_ascii=False).replace("\x7f", "\\u007f")


def sound(text: str) -> str:
    """Give a text without what no file can hold."""
    return text.encode("utf-8", "replace").decode()
