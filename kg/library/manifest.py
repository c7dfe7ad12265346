"""What is in a store: its settings, its engine, its sources and the documents they hold, in one JSON file."""

from __future__ import annotations

import contextlib
import dataclasses
import json
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kg import config as settings
from kg.atomic import write_text
from kg.config import Config
from kg.errors import GraphError
from kg.iri import digest

FORMAT = 1
FILE = "manifest.json"
REMOVED = "removed.json"


@dataclass(slots=True)
class Manifest:
    """What is in a store. Sources lead from a path to the name it has in the graph and its document."""

    config: dict[str, Any]
    engine: dict[str, str] = field(default_factory=dict)
    sources: dict[str, tuple[str, str]] = field(default_factory=dict)
    documents: dict[str, str] = field(default_factory=dict)
    failed: dict[str, str] = field(default_factory=dict)

    def names(self) -> dict[str, str]:
        """Give each document's name: the least of the names of its sources."""
        found: dict[str, str] = {}
        for name, document in self.sources.values():
            found[document] = min(name, found.get(document, name))
        return found

    def state(self) -> str:
        """Give a hash of all that the graph depends on."""
        content = [self.config, self.engine, sorted(self.documents.items()), sorted(self.names().items())]
        return digest(json.dumps(content, sort_keys=True))

    def settings(self) -> Config:
        """Give the settings the store was made with."""
        flags = {f"{s}.{k}": v for s, values in self.config.items() for k, v in values.items()}
        return settings.load(os.devnull, flags=flags)[0]


def is_store(path: str | os.PathLike[str]) -> bool:
    """Whether a path is a store's folder."""
    return (Path(path) / FILE).is_file()


def load(folder: Path) -> Manifest:
    """Read the manifest of a store."""
    path = folder / FILE
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
        format = values.pop("format")
        if format != FORMAT:
            raise GraphError(
                f"a store of format {format}; this version of kg reads format {FORMAT}",
                where=str(folder),
                remedy="use the version of kg that made it, or build a new store",
            )
        values["sources"] = {key: (name, id) for key, (name, id) in values["sources"].items()}
        return Manifest(**values)
    except FileNotFoundError as error:
        raise GraphError("no store here", where=str(folder), remedy="kg add makes one") from error
    except OSError as error:
        raise GraphError(f"cannot be read ({error.strerror})", where=str(path)) from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise GraphError("the manifest is damaged", where=str(path), remedy="build the store anew") from error


def save(manifest: Manifest, folder: Path) -> None:
    """Write a store's manifest; it is on the disk when this returns."""
    path = folder / FILE
    kept = {field.name: getattr(manifest, field.name) for field in dataclasses.fields(manifest)}
    values = {"format": FORMAT, **kept}
    text = ",\n".join(f"{_json(key)}: {_lines(values[key])}" for key in sorted(values))
    text = f"{{\n{text}\n}}\n"
    try:
        write_text(path, [text])
    except OSError as error:
        raise GraphError(f"cannot be written ({error.strerror})", where=str(path)) from error


def _lines(value: Any) -> str:
    """Give a line for each source and document: the file can be read, and compared, by a person."""
    if not isinstance(value, dict) or not value:
        return _json(value)
    return "{\n" + ",\n".join(f"{_json(key)}: {_json(value[key])}" for key in sorted(value)) + "\n}"


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def removed(folder: Path) -> set[str]:
    """Give the sources that were removed from a store and not added again since."""
    try:
        return set(json.loads((folder / REMOVED).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return set()


def keep_removed(sources: set[str], folder: Path) -> None:
    """Note the sources that were removed from a store, so that who adds one again is told."""
    if not sources and not (folder / REMOVED).exists():
        return
    # It is a courtesy and no part of the store, which a full disk is not to spoil.
    with contextlib.suppress(OSError):
        write_text(folder / REMOVED, [json.dumps(sorted(sources), ensure_ascii=False, indent=0), "\n"])


def lasting(config: Config) -> dict[str, Any]:
    """Give the settings that a store keeps: all that can change a result."""
    names = ("read", "extract", "resolve", "rdf")
    values = {name: dataclasses.asdict(getattr(config, name)) for name in names}
    # The store may be opened from another folder.
    files = {k: values["resolve"][k] for k in ("gazetteer", "merges", "corrections")}
    values["resolve"] |= {k: v and os.path.abspath(v) for k, v in files.items()}
    return values
