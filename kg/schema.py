"""Schemas of relations, as a caller gives them: which relations to look for, between what kinds of things.

A schema is a JSON file in the form of Text2KGBench: `concepts` with an id (`qid`) and a label, `relations`
with a label, an id (`pid`), a domain and a range, each the id or the label of a concept, or empty.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from os import PathLike
from pathlib import Path
from typing import Any

from kg.errors import ConfigError

FORM = 'write {"concepts": [{"qid", "label"}], "relations": [{"label", "domain", "range"}]}'


@dataclass(frozen=True, slots=True)
class Relation:
    """A relation of a schema: its label, its id where it has one, the labels of its domain and range."""

    label: str
    id: str = ""
    domain: str = ""
    range: str = ""


@dataclass(frozen=True, slots=True)
class Schema:
    """The relations of a schema, in the order of the file."""

    relations: tuple[Relation, ...]
    title: str = ""


def load(path: str | PathLike[str]) -> Schema:
    """Read a schema from a JSON file; what is wrong with it raises `ConfigError`, which says where."""
    where = str(path)
    try:
        text = Path(path).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else "not UTF-8"
        raise ConfigError(
            f"cannot read the schema: {reason}", where=where, remedy="give a JSON file"
        ) from error
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        place = f", line {error.lineno}" if isinstance(error, json.JSONDecodeError) else ""
        raise ConfigError("this is no JSON", where=f"{where}{place}", remedy=FORM) from error
    return read(data, where=where)


def read(data: Any, *, where: str = "schema") -> Schema:
    """Read a schema from JSON values.

    >>> read({"relations": [{"label": "capital", "domain": "Q6256", "range": "city"}],
    ...       "concepts": [{"qid": "Q6256", "label": "country"}]}).relations
    (Relation(label='capital', id='', domain='country', range='city'),)
    """
    if not isinstance(data, dict):
        raise ConfigError("a schema is a JSON object", where=where, remedy=FORM)
    concepts: dict[str, str] = {}
    for i, concept in enumerate(_list(data, "concepts", where)):
        place = f"{where}, concepts[{i}]"
        label = _text(concept, "label", place)
        if not label:
            raise ConfigError("this concept has no label", where=place, remedy=FORM)
        concepts.setdefault(_text(concept, "qid", place) or _text(concept, "id", place) or label, label)
    relations = []
    for i, relation in enumerate(_list(data, "relations", where)):
        place = f"{where}, relations[{i}]"
        label = _text(relation, "label", place)
        if not label:
            raise ConfigError("this relation has no label", where=place, remedy=FORM)
        relations.append(
            Relation(
                label,
                _text(relation, "pid", place) or _text(relation, "id", place),
                _concept(_text(relation, "domain", place), concepts),
                _concept(_text(relation, "range", place), concepts),
            )
        )
    if not relations:
        raise ConfigError("this schema has no relations", where=where, remedy=FORM)
    return Schema(tuple(dict.fromkeys(relations)), " ".join(str(data.get("title") or "").split()))


def _list(data: dict[str, Any], key: str, where: str) -> list[Any]:
    found = data.get(key, [])
    if not isinstance(found, list):
        raise ConfigError(f"{key} is not a list", where=where, remedy=FORM)
    return found


def _text(entry: Any, key: str, place: str) -> str:
    if not isinstance(entry, dict):
        raise ConfigError("this is no JSON object", where=place, remedy=FORM)
    found = entry.get(key)
    if found is not None and not isinstance(found, str):
        raise ConfigError(f"{key} is not a string", where=place, remedy=FORM)
    return " ".join((found or "").split())


def _concept(name: str, concepts: dict[str, str]) -> str:
    """Give the label of a concept; an id that the schema does not list says nothing."""
    label = concepts.get(name, name)
    bare_id = label[:1] in "QP" and label[1:].isdigit()
    return "" if bare_id else label
