"""Settings: `kg.toml` becomes nested frozen dataclasses, defaults first, then file, then flag."""

from __future__ import annotations

import dataclasses
import difflib
import functools
import json
import pathlib
import re
import tomllib
import typing
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, cast

from kg.errors import ConfigError
from kg.iri import digest

FILE = "kg.toml"
# How plug-ins are called.
NAME = r"[\w.-]+"


def _setting(default: Any, says: str, **checks: Any) -> Any:
    """A field with a sentence for `kg config`; `choices`, `least`, `most` and `pattern` are checked."""
    return field(default=default, metadata={"says": says, **checks})


def _share(default: float, says: str) -> Any:
    """A field from 0 to 1."""
    return _setting(default, says, least=0.0, most=1.0)


@dataclass(frozen=True, slots=True)
class ReadConfig:
    """How files become documents."""

    encoding: str = _setting("", "encoding of files that are not UTF-8 and declare none; empty: detect it")
    lang: str = _setting("en", "language of documents whose header names none", pattern=r"[a-z]{2,3}")
    columns: tuple[str, ...] = _setting(
        (),
        "which columns of tables and keys of JSON hold what (text=body), where their names do not tell",
        pattern=r"(text|title|date|url|id|author|lang)=.+",
    )
    readers: tuple[str, ...] = _setting(
        (), "plug-ins that read further kinds of files, by suffix", pattern=NAME
    )


@dataclass(frozen=True, slots=True)
class ExtractConfig:
    """How texts are read."""

    model: str = _setting("en_core_web_sm", "spaCy model")
    profile: str = _setting(
        "accurate",
        "who finds names: a small encoder (accurate), or a small network that it taught (fast)",
        choices=("accurate", "fast"),
    )
    ner: str = _setting(
        "",
        "who finds names in the place of the profile: a spaCy component, or stock for the model's own",
        pattern=rf"({NAME})?",
    )
    reader: bool = _setting(
        False, "whether, in the profile accurate, what was learned mends where words hang in the parse"
    )
    events: bool = _setting(
        True, "whether, in the profile accurate, what was learned of events adds to what the rules find"
    )
    references: bool = _setting(
        True, "whether, in the profile accurate, what was learned of references says whom words stand for"
    )
    components: tuple[str, ...] = _setting(
        (), "further spaCy components behind it: plug-ins or factories of spaCy", pattern=NAME
    )
    gazetteer: str = _setting(
        "", "CSV file of things whose names are found wherever they stand; by default that of [resolve]"
    )
    gazetteer_case: str = _setting(
        "exact", "whether its names stand in the letters of the table, or in any", choices=("exact", "any")
    )
    gazetteer_forms: str = _setting(
        "written",
        "whether its names stand as in the table, or in the plural, too",
        choices=("written", "inflected"),
    )
    rules: tuple[str, ...] = _setting((), "plug-ins with further rules that read claims", pattern=NAME)
    min_confidence: float = _share(
        0.01, "a claim that is less likely whole to a reader than this is left out"
    )
    assert_confidence: float = _share(
        0.15, "a claim that is less likely whole than this is kept, but not asserted"
    )
    told_confidence: float = _share(
        0.08, "the same of a claim whose subject and object an event tells as roles of its own"
    )
    phrase_confidence: float = _share(
        0.2, "what a phrase without a verb tells, and is less likely whole, is kept, but not asserted"
    )
    qualifier_confidence: float = _share(
        0.25, "what a preposition adds to a claim, and is less likely whole alone, is told with it alone"
    )
    event_confidence: float = _share(
        0.02,
        "what is said of an event, or follows from it, and is less likely whole, is kept, but not asserted",
    )
    learned_confidence: float = _share(
        0.2, "what the learned reader adds of an event, and is less likely whole, is kept, but not asserted"
    )
    tuple_confidence: float = _share(
        0.45, "a tuple of kg extract that is less likely right than this is left out"
    )


def unbarred(config: ExtractConfig) -> ExtractConfig:
    """Give settings by which what is said is kept and asserted however unlikely it is whole."""
    names = (f.name for f in dataclasses.fields(config) if f.name.endswith("_confidence"))
    none: dict[str, Any] = dict.fromkeys(names, 0.0)
    return dataclasses.replace(config, **none)


@dataclass(frozen=True, slots=True)
class ResolveConfig:
    """How things of several documents become one."""

    gazetteer: str = _setting("", "CSV file of known things: id, label, aliases, type")
    merges: str = _setting("", "merges.toml: what you decided to be the same or different")
    corrections: str = _setting(
        "",
        "corrections.toml: what you decided of the graph; empty: the one beside the output or in the store",
    )
    linkers: tuple[str, ...] = _setting(
        (), "plug-ins that know things, asked after the gazetteer and before the countries", pattern=NAME
    )


@dataclass(frozen=True, slots=True)
class RdfConfig:
    """How triples are written."""

    base: str = _setting(
        "https://example.org/",
        "what every IRI of the graph begins with",
        pattern=r"[a-z][a-z0-9+.-]*:[\w\-.~/:@!$&'()*+,;=]*[/:]",
    )
    provenance: str = _setting("sentence", "what is told of evidence", choices=("none", "sentence", "full"))


@dataclass(frozen=True, slots=True)
class ExportConfig:
    """What is written of a graph, and beside it; changes nothing that was read."""

    formats: tuple[str, ...] = _setting(
        ("ttl", "html"),
        "what is written into a folder, by suffix: formats of ours or of plug-ins",
        pattern=NAME,
    )
    link: tuple[str, ...] = _setting(
        (), "what the things of the graph are linked to when it is built: places", choices=("places",)
    )
    bom: bool = _setting(False, "begin CSV with a byte order mark, by which Excel on Windows knows UTF-8")


@dataclass(frozen=True, slots=True)
class BuildConfig:
    """How a run is carried out; changes no result."""

    processes: int = _setting(
        0, "processes that extract; 0: one a core, if there is enough to do", least=0, most=1024
    )
    fetch: bool = _setting(False, "fetch what addresses of the web (https://…) lead to")
    document_seconds: float = _setting(
        60.0,
        "seconds at work on one document, and one more for each 1,000 characters; 0: no limit",
        least=0.0,
    )
    cache: str = _setting("", "folder in which parses are kept, for runs that read the same texts again")
    timings: bool = _setting(False, "take the time of each stage of extraction")
    document_memory: int = _setting(
        4096, "MiB of memory that one document may take beyond what is in use; 0: no limit", least=0
    )


@dataclass(frozen=True, slots=True)
class Config:
    """All settings of a run."""

    read: ReadConfig = field(default_factory=ReadConfig)
    extract: ExtractConfig = field(default_factory=ExtractConfig)
    resolve: ResolveConfig = field(default_factory=ResolveConfig)
    rdf: RdfConfig = field(default_factory=RdfConfig)
    export: ExportConfig = field(default_factory=ExportConfig)
    build: BuildConfig = field(default_factory=BuildConfig)

    def fingerprint(self) -> str:
        """Give the hash of all settings that can change a result."""
        return fingerprint(self.read, self.extract, self.resolve, self.rdf)


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting as `kg config` shows it."""

    name: str
    value: Any
    origin: str
    says: str


def fingerprint(*sections: Any) -> str:
    """Give the hash of some sections' settings.

    >>> fingerprint(RdfConfig()) == fingerprint(RdfConfig(provenance="sentence"))
    True
    """
    values = {type(s).__name__: dataclasses.asdict(s) for s in sections}
    return digest(json.dumps(values, sort_keys=True), 16)


def load(
    path: str | pathlib.Path | None = None, *, flags: Mapping[str, Any] | None = None
) -> tuple[Config, tuple[Setting, ...]]:
    """Resolve the settings: defaults, then the file, then `flags` (`{"extract.model": …}`).

    Without `path`, `kg.toml` in the working directory is read if it is there. Gives the config and
    every setting with its origin.
    """
    file = pathlib.Path(path or FILE)
    given = _of_table(_read(file), str(file)) if path is not None or file.is_file() else {}
    given |= {name: (value, "flag") for name, value in (flags or {}).items() if value is not None}
    if "resolve.gazetteer" in given:
        # What one names in a table is to be found, too.
        given.setdefault("extract.gazetteer", given["resolve.gazetteer"])
    kinds = _hints(Config)
    for name, (_, origin) in given.items():
        _known(name.partition(".")[0], kinds, origin, "section")
    built = {section: _section(section, kind, given) for section, kind in kinds.items()}
    settings = [
        Setting(
            name := f"{section}.{f.name}",
            getattr(built[section], f.name),
            given[name][1] if name in given else "default",
            f.metadata.get("says", ""),
        )
        for section, kind in kinds.items()
        for f in dataclasses.fields(kind)
    ]
    return Config(**built), tuple(settings)


def _of_table(table: Mapping[str, Any], file: str) -> dict[str, tuple[Any, str]]:
    """Give the settings of a file by their full names, with where they stand."""
    given = {}
    for section, values in table.items():
        _known(section, _hints(Config), file, "section")
        if not isinstance(values, dict):
            raise ConfigError(f"[{section}] is a section, not a value", where=file)
        given.update({f"{section}.{key}": (value, file) for key, value in values.items()})
    return given


@functools.cache
def _hints(kind: Any) -> dict[str, Any]:
    """Give the types of a section's settings, or of the sections."""
    return typing.get_type_hints(kind)


def _section(section: str, kind: Any, given: Mapping[str, tuple[Any, str]]) -> Any:
    """Give one section of the settings, each value of it checked."""
    fields = {f.name: f for f in dataclasses.fields(kind)}
    hints = _hints(kind)
    values = {}
    for name, (value, origin) in given.items():
        here, _, key = name.partition(".")
        if here == section:
            _known(key, fields, f"{origin}: [{section}]", "setting")
            values[key] = _checked(value, fields[key], hints[key], f"{origin}: {section} → {key}")
    return kind(**values)


def parse_flag(text: str) -> tuple[str, Any]:
    """Read `section.key=value` as it is given with `--set`; the value is TOML, or a plain word.

    >>> parse_flag("build.processes=2")
    ('build.processes', 2)
    """
    name, equals, value = text.partition("=")
    if not equals or "." not in name:
        raise ConfigError(f"{text!r} is not a setting", remedy="write section.key=value")
    try:
        return name.strip(), tomllib.loads(f"value = {value}")["value"]
    except tomllib.TOMLDecodeError:
        return name.strip(), value.strip()


def _read(file: pathlib.Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except FileNotFoundError as error:
        raise ConfigError("no such file", where=str(file)) from error
    except OSError as error:
        raise ConfigError(f"cannot be read ({error.strerror})", where=str(file)) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise ConfigError(f"not valid TOML ({error})", where=str(file)) from error


def _known(key: str, valid: Mapping[str, Any], where: str, what: str) -> None:
    if key in valid:
        return
    near = difflib.get_close_matches(key, valid, n=1, cutoff=0.5)
    remedy = f"did you mean {near[0]!r}?" if near else f"there are: {', '.join(valid)}"
    raise ConfigError(f"no {what} {key!r}", where=where, remedy=remedy)


def _checked(value: Any, setting: dataclasses.Field[Any], hint: Any, where: str) -> Any:
    """Give the value if it is of the right type and in range."""
    if hint is float and isinstance(value, int) and not isinstance(value, bool):
        value = float(value)
    if typing.get_origin(hint) is tuple:
        return tuple(_checked(v, setting, str, where) for v in _listed(value, where))
    kind = cast(type, hint)
    if type(value) is not kind:
        raise ConfigError(f"{value!r} is of type {type(value).__name__}, not {kind.__name__}", where=where)
    _in_range(value, setting.metadata, where)
    return value


def _in_range(value: Any, checks: Mapping[str, Any], where: str) -> None:
    """Raise where a value is none of the choices, out of bounds or not of the pattern of a setting."""
    if "choices" in checks and value not in checks["choices"]:
        near = difflib.get_close_matches(str(value), checks["choices"], n=1)
        says = f"did you mean {near[0]!r}? " if near else ""
        raise ConfigError(
            f"{value!r} is not a choice", where=where, remedy=f"{says}one of {', '.join(checks['choices'])}"
        )
    if not checks.get("least", value) <= value <= checks.get("most", value):
        raise ConfigError(f"{value!r} is not from {checks['least']} to {checks['most']}", where=where)
    if "pattern" in checks and not re.fullmatch(checks["pattern"], str(value)):
        raise ConfigError(f"{value!r} is not valid ({checks['says']})", where=where)


def _listed(value: Any, where: str) -> list[Any]:
    """Give a list of words that are told apart; on the command line one word is a list of one."""
    if isinstance(value, str):
        value = [value]
    if not isinstance(value, (list, tuple)):
        raise ConfigError(
            f"{value!r} is of type {type(value).__name__}, not a list", where=where, remedy='write ["name"]'
        )
    return list(value)
