"""Linking names to what is known outside the texts: a user's table, the countries, a user's decisions."""

from __future__ import annotations

import csv
import functools
import logging
import pathlib
import tomllib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal, Protocol

from kg import plugins
from kg.classes import FAMILIES, family
from kg.errors import ConfigError
from kg.nearest import did_you_mean, nearest
from kg.resolve.things import LEXICON, normalise

COLUMNS = ("id", "label", "aliases", "type")
log = logging.getLogger("kg.resolve")
# Of a long table most rows are of other texts. From what likeness on a name is taken for a slip of the pen.
MOST_TOLD, SLIP = 200, 88.0
GEONAMES = "https://sws.geonames.org/{}/"


@dataclass(frozen=True, slots=True)
class Link:
    """What a linker knows of a thing: its label and class, and its IRIs elsewhere."""

    id: str
    label: str
    type: str
    same_as: tuple[str, ...] = ()
    # Who linked it, as told by `kg merges`.
    source: str = ""


class Linker(Protocol):
    """Finds what a name stands for in a source of its own.

    It must depend on its arguments alone, and give None where it is in doubt.
    """

    def link(self, names: Sequence[str], type: str) -> Link | None:
        """Give what one of these names of a thing of this class stands for."""
        ...


class Plugged:
    """The linker of a plug-in, called by name; what it raises says whose it is."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.linker: Linker = plugins.load("linkers", name)

    def link(self, names: Sequence[str], type: str) -> Link | None:
        """Give what the plug-in knows of one of these names."""
        try:
            found = self.linker.link(names, type)
            if found is not None and (not isinstance(found, Link) or found.type not in ("", *FAMILIES)):
                raise TypeError(f"{found!r} is no Link of a known class")
        except Exception as error:
            raise plugins.broken("linkers", self.name, error) from error
        return found if found is None or found.source else replace(found, source=self.name)


class Gazetteer:
    """A user's table of things: id or IRI, label, aliases (separated by `|`), type.

    An id without a scheme is no IRI and gives no `owl:sameAs`. A name that two rows share links to the one
    whose class fits, or to none.
    """

    def __init__(self, rows: Sequence[Link], aliases: Sequence[Sequence[str]]) -> None:
        self._by_name: dict[str, list[Link]] = {}
        self.rows, self.linked = rows, set[str]()
        for row, names in zip(rows, aliases, strict=True):
            for key in dict.fromkeys(normalise(n) for n in (row.label, *names) if n.strip()):
                self._by_name.setdefault(key, []).append(row)

    @classmethod
    def read(cls, path: str | pathlib.Path) -> Gazetteer:
        """Read a CSV file with the columns id, label, aliases, type; the last two may be missing."""
        rows: list[Link] = []
        aliases: list[list[str]] = []
        try:
            with open(path, encoding="utf-8-sig", newline="") as file:
                table = csv.DictReader(file)
                missing = {"id", "label"} - set(table.fieldnames or ())
                if missing:
                    raise ConfigError(
                        f"the gazetteer has no column {' and '.join(sorted(missing))}",
                        where=str(path),
                        remedy=f"its first line names the columns: {','.join(COLUMNS)}",
                    )
                for number, values in enumerate(table, 2):
                    label, kind = (values["label"] or "").strip(), (values.get("type") or "").strip()
                    if not label:
                        continue
                    if kind and kind not in FAMILIES:
                        raise ConfigError(
                            f"line {number}: there is no class {kind!r}",
                            where=str(path),
                            remedy=did_you_mean(
                                kind, FAMILIES, otherwise=f"use one of {', '.join(sorted(FAMILIES))}"
                            ),
                        )
                    ident = (values["id"] or "").strip()
                    same = (ident,) if "://" in ident else ()
                    rows.append(Link(ident or label, label, kind, same, "gazetteer"))
                    aliases.append((values.get("aliases") or "").split("|"))
        except (OSError, UnicodeDecodeError, csv.Error) as error:
            reason = getattr(error, "strerror", None) or str(error)
            raise ConfigError(f"the gazetteer cannot be read ({reason})", where=str(path)) from error
        return cls(rows, aliases)

    def link(self, names: Sequence[str], type: str) -> Link | None:
        """Give the row of one of these names."""
        found = self._row(names, type)
        if found is not None:
            self.linked.add(found.id)
        return found

    def _row(self, names: Sequence[str], type: str) -> Link | None:
        own = family(type)
        for name in names:
            rows = self._by_name.get(normalise(name), ())
            fitting = [r for r in rows if not r.type or family(r.type) == own]
            if len(fitting) == 1:
                return fitting[0]
            if len(rows) == 1 and not fitting and len(normalise(name).split()) > 1:
                return rows[0]
        return None

    def tell(self, known: Collection[str]) -> None:
        """Say of rows that linked nothing which name of the texts is nearest, so that a slip is seen."""
        idle = [row for row in self.rows if row.id not in self.linked]
        log.info("%d of %d rows of the gazetteer are named in the texts", len(self.linked), len(self.rows))
        if len(idle) > MOST_TOLD:
            return
        for row in idle:
            if near := nearest(row.label, known, least=SLIP):
                log.warning("gazetteer: no text names %r; did you mean %r?", row.label, near[0])


class Countries:
    """The countries under all their usual names, with their GeoNames IRI."""

    def link(self, names: Sequence[str], type: str) -> Link | None:
        """Give the country that one of these names stands for."""
        if type not in ("GPE", "Location", "Organization"):
            return None
        table = _countries()
        found = {link.id: link for name in names if (link := table.get(normalise(name))) is not None}
        # "Georgia" and "Congo" are countries only where nothing else of that name is near; type GPE says so.
        return next(iter(found.values())) if len(found) == 1 and type != "Organization" else None


def lexicon(file: str) -> dict[str, Any]:
    """Give a table of the lexicon's words, by the name of its file."""
    return tomllib.loads(LEXICON.joinpath(f"{file}.toml").read_text(encoding="utf-8"))


@functools.cache
def _countries() -> dict[str, Link]:
    codes: dict[str, str] = {}
    for line in LEXICON.joinpath("places.tsv").read_text(encoding="utf-8").splitlines():
        cells = line.split("\t")
        if len(cells) == 5 and cells[1] == "country":
            codes[cells[2]] = cells[4]
    found: dict[str, Link] = {}
    for line in LEXICON.joinpath("countries.tsv").read_text(encoding="utf-8").splitlines():
        cells = line.split("\t")
        if line.startswith("#") or len(cells) < 4:
            continue
        label, kind, code, names = cells[:4]
        same = (GEONAMES.format(codes[code]),) if code in codes else ()
        link = Link(f"country:{label}", label, kind, same, "country names")
        for name in (label, *names.split("|")):
            if name:
                found[normalise(name)] = link
    return found


@dataclass(frozen=True, slots=True)
class Reference:
    """A name as a user wrote it down, in the documents of an id that begins so, or of a source's name.

    It may be an IRI of an entity, or be narrowed by `@` and the first characters of a document's id.
    """

    name: str
    document: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """What a user decided of some names: that they are `same` or `different`, a new name or class.

    `sides` are the names of each thing that is meant, `to` the new name or class; `why` is told of what was
    merged, and by its `key` a decision is known that has no effect.
    """

    kind: Literal["same", "different", "rename", "retype"]
    sides: tuple[tuple[Reference, ...], ...]
    to: str = ""
    why: str = "decided by the user"
    key: str = ""


@dataclass(frozen=True, slots=True)
class Decisions:
    """What a user decided: groups of names that are one thing, and pairs that are two.

    A name may be narrowed to one document: `Ann Lee@3f2a91c0`, the first characters of the document's id.
    `decided` says more: of single documents by the names of their sources, which `sources` has by id, and
    how things are called and of what class they are.
    """

    same: tuple[tuple[str, ...], ...] = ()
    different: tuple[tuple[str, ...], ...] = ()
    decided: tuple[Decision, ...] = ()
    sources: Mapping[str, str] = field(default_factory=dict)
    # Why decisions have no effect, by their keys; known once things were resolved.
    idle: dict[str, str] = field(default_factory=dict)

    def all(self) -> tuple[Decision, ...]:
        """Give all decisions, those by bare names first."""
        same = (Decision("same", (tuple(map(Reference, names)),)) for names in self.same)
        different = (
            Decision("different", tuple((Reference(name),) for name in names)) for names in self.different
        )
        return (*different, *same, *self.decided)

    def with_others(self, others: Decisions) -> Decisions:
        """Give these decisions and further ones."""
        return replace(
            self,
            same=self.same + others.same,
            different=self.different + others.different,
            decided=self.decided + others.decided,
        )

    def __bool__(self) -> bool:
        return bool(self.same or self.different or self.decided)

    @classmethod
    def read(cls, path: str | pathlib.Path) -> Decisions:
        """Read `merges.toml`: the lists `same` and `different`, each of lists of names."""
        try:
            with open(path, "rb") as file:
                values = tomllib.load(file)
        except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            reason = getattr(error, "strerror", None) or str(error)
            raise ConfigError(f"the merges cannot be read ({reason})", where=str(path)) from error
        unknown = sorted(values.keys() - {"same", "different"})
        if unknown:
            raise ConfigError(
                f"there is no list {unknown[0]!r}", where=str(path), remedy="use same, different"
            )
        lists: dict[str, tuple[tuple[str, ...], ...]] = {}
        for name in ("same", "different"):
            rows = values.get(name, [])
            if not isinstance(rows, list) or not all(
                isinstance(r, list) and len(r) > 1 and all(isinstance(n, str) for n in r) for r in rows
            ):
                raise ConfigError(
                    f"{name} must be a list of lists of two or more names",
                    where=str(path),
                    remedy=f'write {name} = [["Bob Dylan", "Robert Zimmerman"]]',
                )
            lists[name] = tuple(tuple(r) for r in rows)
        return cls(same=lists["same"], different=lists["different"])
