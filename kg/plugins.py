"""The doors for code of others: objects that installed packages offer under names, looked up on first use.

A package offers one by an entry point, in its `pyproject.toml`:

    [project.entry-points."kg.readers"]
    srt = "my_package:Subtitles"

What can change a graph is used only where `kg.toml` names it; exporters are there once installed. The
Protocols stand with their stages (`kg.read.Reader`, `kg.extract.Component`, `kg.extract.Rule`,
`kg.resolve.Linker`, `kg.export.Exporter`), and `kg.testing` holds a check of each.
"""

from __future__ import annotations

import difflib
import functools
import importlib.metadata
import logging
from dataclasses import dataclass, field
from typing import Any

from kg.errors import PluginError

# Door → what its name is, as `kg.toml` and messages have it.
DOORS = {
    "readers": "a suffix, without its dot",
    "components": "the name of a spaCy factory",
    "rules": "the name of a set of rules",
    "linkers": "the name of a linker",
    "exporters": "a suffix, without its dot",
}
log = logging.getLogger("kg.plugins")


@dataclass(frozen=True, slots=True, order=True)
class Plugin:
    """What a package offers at a door, not yet loaded."""

    door: str
    name: str
    package: str
    version: str
    entry: importlib.metadata.EntryPoint = field(compare=False, repr=False)

    def __str__(self) -> str:
        return f"{self.package} {self.version}"


@functools.cache
def offered(door: str) -> dict[str, Plugin]:
    """Give what installed packages offer at a door, by name; nothing of it is imported."""
    found: dict[str, Plugin] = {}
    for entry in sorted(importlib.metadata.entry_points(group=f"kg.{door}"), key=lambda e: (e.name, e.value)):
        package = entry.dist.name if entry.dist else "?"
        version = entry.dist.version if entry.dist else ""
        plugin = Plugin(door, entry.name, package, version, entry)
        there = found.get(entry.name)
        if there is None:
            found[entry.name] = plugin
        elif there.entry.value != entry.value:
            raise PluginError(
                f"{there} and {plugin} both offer {entry.name!r}",
                where=f"kg.{door}",
                remedy="uninstall one of them",
            )
    return found


@functools.cache
def load(door: str, name: str) -> Any:
    """Give what a package offers at a door under a name; a class is called without arguments.

    Raises `PluginError` where there is none of this name, or where it does not load.
    """
    known = offered(door)
    if name not in known:
        near = difflib.get_close_matches(name, known, n=1)
        remedy = f"did you mean {near[0]!r}?" if near else f"there are: {', '.join(known) or 'none'}"
        raise PluginError(f"no plug-in {name!r} is installed", where=f"kg.{door}", remedy=remedy)
    plugin = known[name]
    try:
        loaded = plugin.entry.load()
        made = loaded() if isinstance(loaded, type) else loaded
    except Exception as error:
        raise broken(door, name, error) from error
    log.info("%s: %s of %s", plugin.entry.group, name, plugin)
    return made


def broken(door: str, name: str, error: Exception) -> PluginError:
    """Give the error that says which plug-in failed, and with what."""
    plugin = offered(door).get(name)
    reason = f"{type(error).__name__}: {error}".splitlines()[0]
    of = f" of {plugin} ({plugin.entry.value})" if plugin else ""
    return PluginError(f"the plug-in {name!r}{of} failed ({reason})", where=f"kg.{door}")
