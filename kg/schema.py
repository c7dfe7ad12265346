"""Schemas of relations, as a caller gives them: which relations to look for, between what kinds of things.

A schema is a JSON file in the form of Text2KGBench: `concepts` with an id (`qid`) and a label, `relations`
with a label, an id (`pid`), a domain and a range, each the id or the label of a concept, or empty. Each may
have an `iri`, other labels (`also`) and `examples`. `kg.store.schemas` reads the same from OWL and RDFS.
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
class Concept:
    """A class of a schema: its label, its IRI, other labels, names or nouns of its members, what it is below.

    `above` are IRIs of wider and of equal classes.
    """

    label: str
    iri: str = ""
    also: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    above: tuple[str, ...] = ()
    comment: str = ""


@dataclass(frozen=True, slots=True)
class Relation:
    """A relation of a schema: its label, its id where it has one, the labels of its domain and range.

    Several classes of a domain or range are written with `|`, each will do. `also` are other labels,
    `examples` ways to say it ("S buys O"), `same` the IRIs of equal properties, `inverse` those of its
    inverses; `datatype` is the IRI of what its values are, where they are literals.
    """

    label: str
    id: str = ""
    domain: str = ""
    range: str = ""
    iri: str = ""
    also: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    same: tuple[str, ...] = ()
    inverse: tuple[str, ...] = ()
    datatype: str = ""
    comment: str = ""


@dataclass(frozen=True, slots=True)
class Schema:
    """The relations of a schema, in the order of the file, and its classes."""

    relations: tuple[Relation, ...]
    title: str = ""
    concepts: tuple[Concept, ...] = ()


def load(path: str | PathLike[str]) -> Schema:
    """Read a schema from a JSON file; what is wrong with it raises `ConfigError`, which says where."""
    return read(parse(path), where=str(path))


def parse(path: str | PathLike[str]) -> Any:
    """Give the JSON values of a file."""
    where = str(path)
    try:
        text = Path(path).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else "not UTF-8"
        raise ConfigError(
            f"cannot read the schema: {reason}", where=where, remedy="give a JSON file"
        ) from error
    try:
        data: Any = json.loads(text)
    except (ValueError, RecursionError) as error:
        place = f", line {error.lineno}" if isinstance(error, json.JSONDecodeError) else ""
        raise ConfigError("this is no JSON", where=f"{where}{place}", remedy=FORM) from error
    return data


def read(data: Any, *, where: str = "schema") -> Schema:
    """Read a schema from JSON values.

    >>> read({"relations": [{"label": "capital", "domain": "Q6256", "range": "city"}],
    ...       "concepts": [{"qid": "Q6256", "label": "country"}]}).relations[0].domain
    'country'
    """
    if not isinstance(data, dict):
        raise ConfigError("a schema is a JSON object", where=where, remedy=FORM)
    named: dict[str, str] = {}
    concepts = []
    for i, row in enumerate(_list(data, "concepts", where)):
        place = f"{where}, concepts[{i}]"
        concept = _concept(row, place)
        concepts.append(concept)
        named.setdefault(_text(row, "qid", place) or _text(row, "id", place) or concept.label, concept.label)
    relations = []
    for i, row in enumerate(_list(data, "relations", where)):
        relations.append(_relation(row, f"{where}, relations[{i}]", named))
    if not relations:
        raise ConfigError("this schema has no relations", where=where, remedy=FORM)
    title = " ".join(str(data.get("title") or "").split())
    return Schema(tuple(dict.fromkeys(relations)), title, tuple(dict.fromkeys(concepts)))


def _concept(row: Any, place: str) -> Concept:
    return Concept(
        _label(row, "concept", place),
        _text(row, "iri", place),
        _texts(row, "also", place),
        _texts(row, "examples", place),
        comment=_text(row, "comment", place),
    )


def _relation(row: Any, place: str, named: dict[str, str]) -> Relation:
    return Relation(
        _label(row, "relation", place),
        _text(row, "pid", place) or _text(row, "id", place),
        _class(_text(row, "domain", place), named),
        _class(_text(row, "range", place), named),
        _text(row, "iri", place),
        _texts(row, "also", place),
        _texts(row, "examples", place),
        comment=_text(row, "comment", place),
    )


def _label(row: Any, what: str, place: str) -> str:
    label = _text(row, "label", place)
    if not label:
        raise ConfigError(f"this {what} has no label", where=place, remedy=FORM)
    return label


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


def _texts(entry: dict[str, Any], key: str, place: str) -> tuple[str, ...]:
    found = _list(entry, key, place)
    if not all(isinstance(text, str) for text in found):
        raise ConfigError(f"{key} is not a list of strings", where=place, remedy=FORM)
    return tuple(" ".join(text.split()) for text in found)


def _class(name: str, named: dict[str, str]) -> str:
    """Give the label of a concept; an id that the schema does not list says nothing."""
    label = named.get(name, name)
    bare_id = label[:1] in "QP" and label[1:].isdigit()
    return "" if bare_id else label
