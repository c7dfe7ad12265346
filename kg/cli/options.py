"""Options that several commands share."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg import config
from kg.cli.console import UsageError, say
from kg.config import Config, Setting
from kg.counts import count
from kg.errors import GraphError, KGError

if TYPE_CHECKING:
    from kg.corrections import Idle
    from kg.library.directory import StoreDirectory

# Option → setting. A flag wins over kg.toml, which wins over the default.
FLAGS = {
    "model": ("extract.model", str, "NAME", "spaCy model (default: en_core_web_sm)"),
    "profile": ("extract.profile", str, "NAME", "who finds names: accurate or fast (default: accurate)"),
    "min_confidence": (
        "extract.min_confidence",
        float,
        "X",
        "leave out claims that are less likely whole to a reader (default: 0.01)",
    ),
    "assert_confidence": (
        "extract.assert_confidence",
        float,
        "X",
        "do not assert what is less likely whole to a reader (default: 0.15)",
    ),
    "base": ("rdf.base", str, "IRI", "what every IRI begins with (default: https://example.org/)"),
    "provenance": ("rdf.provenance", str, "LEVEL", "none, sentence or full (default: sentence)"),
    "gazetteer": ("resolve.gazetteer", str, "FILE", "CSV of known things: id, label, aliases, type"),
    "merges": ("resolve.merges", str, "FILE", "merges.toml: what is the same, what is different"),
    "corrections": (
        "resolve.corrections",
        str,
        "FILE",
        "corrections.toml: what was decided of the graph (default: beside the output, or in the store)",
    ),
    "processes": (
        "build.processes",
        int,
        "N",
        "processes that extract (default: one a core, for enough work)",
    ),
    "cache": ("build.cache", str, "FOLDER", "keep parses there: a run after a change of rules is faster"),
    "fetch": ("build.fetch", bool, "", "fetch addresses of the web that are named as sources"),
    "encoding": ("read.encoding", str, "NAME", "encoding of files that are not UTF-8 and declare none"),
    "link": (
        "export.link",
        str,
        "WHAT",
        "say which of the world's places are meant, by GeoNames and Wikidata (WHAT: places)",
    ),
    "bom": ("export.bom", bool, "", "begin CSV with a byte order mark, for Excel on Windows"),
}


def positive(text: str) -> int:
    """Read how many of something there are to be."""
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("must be 1 or more")
    return number


def add_settings(parser: argparse.ArgumentParser, *names: str, timed: bool = False) -> None:
    """Add options for settings, and `--config` and `--set` for all others.

    Of a command that takes time `--profile` by itself is the wish to know where it went.
    """
    group = parser.add_argument_group("settings")
    for name in names:
        _, kind, metavar, says = FLAGS[name]
        option = f"--{name.replace('_', '-')}"
        if name == "profile" and timed:
            says += "; without NAME: say where the time went"
            group.add_argument(option, nargs="?", const="", metavar=metavar, help=says)
        elif kind is bool:
            group.add_argument(option, action="store_true", default=None, help=says)
        else:
            group.add_argument(option, type=kind, metavar=metavar, help=says)
    group.add_argument(
        "--config", metavar="FILE", help="settings file (default: kg.toml, where there is one)"
    )
    group.add_argument(
        "--set", metavar="SECTION.KEY=VALUE", action="append", default=[], help="any setting; see kg config"
    )


def settings(args: argparse.Namespace) -> tuple[Config, tuple[Setting, ...]]:
    """Resolve the settings of a command."""
    flags: dict[str, Any] = dict(config.parse_flag(text) for text in args.set)
    for name, (setting, *_) in FLAGS.items():
        if getattr(args, name, None) is not None:
            flags[setting] = getattr(args, name)
    if flags.get("extract.profile") == "":
        del flags["extract.profile"]
        flags["build.timings"] = True
    return config.load(args.config, flags=flags)


def settings_of(args: argparse.Namespace, store: StoreDirectory) -> Config:
    """Give a store's settings, and what is given in place of them; how documents are read stays."""
    _, resolved = settings(args)
    flags = {f"{s}.{k}": v for s, values in store.manifest.config.items() for k, v in values.items()}
    kept = store.config
    given_table = next(s.value for s in resolved if s.name == "resolve.gazetteer")
    for setting in resolved:
        if setting.origin == "default":
            continue
        section, _, key = setting.name.partition(".")
        if setting.name == "extract.gazetteer" and setting.value == given_table:
            continue  # a store that was read without the table links to it, and no more
        flags[setting.name] = setting.value
        before = getattr(getattr(kept, section), key)
        if section in ("read", "extract") and before != setting.value:
            given = f"{setting.value!r} ({setting.origin})"
            raise UsageError(
                f"the store was made with {setting.name} = {before!r}, not {given}",
                where=str(store.path),
                remedy="leave the setting away, or make a new store",
            )
    return config.load(os.devnull, flags=flags)[0]


def open_store(args: argparse.Namespace) -> StoreDirectory:
    """Open the store of a command, with the settings given to it, or make it."""
    from kg.library.directory import StoreDirectory
    from kg.library.manifest import is_store

    if not is_store(args.store):
        return StoreDirectory.create(args.store, config=settings(args)[0])
    store = StoreDirectory(args.store)
    wanted = settings_of(args, store)
    if wanted.resolve != store.config.resolve or wanted.rdf != store.config.rdf:
        store.configure(wanted)
    return store


def say_linked(linked: Mapping[str, tuple[str, ...]]) -> None:
    """Say how many places were linked."""
    say(f"{count(len(linked), 'place')} linked to GeoNames or Wikidata")


def files_in(store: StoreDirectory) -> list[str]:
    """Give the files that a store's documents were read from, as far as they are still there."""
    from kg.library.directory import file_of

    files = dict.fromkeys(file_of(key) for key in store.manifest.sources if os.path.isabs(key))
    return [file for file in files if os.path.exists(file)]


def gave_nothing(store: StoreDirectory, sources: Iterable[str], errors: Iterable[KGError]) -> bool:
    """Whether something was wrong with a source that was named, and nothing of it is in the store."""
    from kg.read import location

    wrong = {error.where for error in errors}
    for path in (location(source) for source in sources if source in wrong):
        if not any(key == path or key.startswith(f"{path}#") for key in store.manifest.sources):
            return True
    return False


def say_again(names: Iterable[str]) -> None:
    """Say which documents were removed from a store before, and are in it again."""
    for name in names:
        say(f"{name} had been removed from the store and is added again; kg remove takes it out")


def say_idle(idle: Iterable[Idle], path: Path) -> None:
    """Say which corrections no longer apply, and what to do about them."""
    found = list(idle)
    for each in found:
        say(f"no longer applies: {each}")
    if found:
        told = f"{count(len(found), 'correction')} in {path} without effect"
        say(f"{told}; kg correct list shows all, kg correct undo takes one out")


def seconds(text: str) -> float:
    """Read a number of seconds above 0, as argparse wants it."""
    number = float(text)
    if not 0 < number < 1e6:
        raise argparse.ArgumentTypeError(f"{text} is no number of seconds above 0")
    return number


class Skipped:
    """Collects what was left out, and says so as it happens."""

    def __init__(self) -> None:
        self.errors: list[KGError] = []

    def __call__(self, error: KGError) -> None:
        self.errors.append(error)
        say(f"left out: {error}")


def targets(given: Iterable[str], formats: Iterable[str]) -> list[Path]:
    """Give the files that `-o` options mean: a folder gets the formats of the settings, a file is one."""
    from kg import export

    found: list[Path] = []
    for each in given:
        path = Path(each)
        if each.endswith(("/", os.sep)) or path.is_dir() or not path.suffix:
            found += [path / f"graph.{name.lstrip('.')}" for name in formats]
        else:
            found.append(path)
    for path in found:
        try:
            export.exporter_of(path)
        except GraphError as error:
            raise UsageError(error.what, where=error.where, remedy=f"{error.remedy}, or a folder") from None
    return list(dict.fromkeys(found))


def wrote(targets: Iterable[Path]) -> None:
    """Say which files were written."""
    from kg.export import files

    say(f"wrote {', '.join(dict.fromkeys(str(file) for target in targets for file in files(target)))}")


def make_room(targets: Iterable[Path]) -> None:
    """See to it that the files can be written, before the work begins."""
    for folder in dict.fromkeys(target.parent for target in targets):
        folder.mkdir(parents=True, exist_ok=True)
        if not os.access(folder, os.W_OK):
            raise KGError("no permission to write there", where=str(folder))
