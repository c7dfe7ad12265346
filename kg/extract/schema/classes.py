"""Classes of things, as schemas name them: which phrases belong to "film award" or "military rank".

A class is recognised by how its members' names begin and end, by a list of its members, and by the coarse
type of the mention. The tables are `classes.toml` and `values.tsv` in
`lexicon/data/en/schema`.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass, field
from importlib import resources

from kg.extract import lexicon
from kg.extract.lexicon.nouns import lemma_type
from kg.extract.lexicon.sets import PLACES

MEASURED = frozenset({"time", "quantity"})
# All types but those of what is measured.
NAMED = frozenset(
    {"Person", "Organization", "Group", "Event", "Product", "Work", "Award", "Animal", "Law", "Language"}
)
THINGS = PLACES | NAMED | {"Concept", "Other"}
# Types that are told apart reliably enough to say that something is not of a class.
CLASHES = {
    "Person": PLACES | {"Language", "Law", "time", "quantity", "Concept"},
    "GPE": frozenset({"Person", "Language", "time", "quantity", "Concept", "Work"}),
    "Location": frozenset({"Person", "Language", "time", "quantity", "Concept"}),
    "Facility": frozenset({"Person", "Language", "time", "quantity", "Concept"}),
    "Organization": frozenset({"Language", "time", "quantity", "Concept"}),
    "Work": frozenset({"Language", "time", "quantity"}),
    "Language": frozenset({"Person", "Organization", "Work", "Facility", "time", "quantity"}),
    "time": THINGS | {"quantity"},
    "quantity": THINGS | {"time"},
}
# Types that are often taken for one another.
NEAR = {
    "Person": frozenset({"Person", "Group"}),
    "GPE": PLACES,
    "Location": PLACES,
    "Facility": frozenset({"Facility", "GPE", "Location", "Organization"}),
    "Organization": frozenset({"Organization", "Group"}),
    "Work": frozenset({"Work", "Product"}),
    "Product": frozenset({"Work", "Product"}),
}


@dataclass(frozen=True, slots=True)
class Class:
    """A class: the coarse type of its members, how their names begin and end, and listed members."""

    name: str
    type: str
    heads: frozenset[str] = frozenset()
    before: frozenset[str] = frozenset()
    members: frozenset[str] = field(default=frozenset(), repr=False)

    @property
    def closed(self) -> bool:
        """Whether the class is known by its members rather than by its type."""
        return self.type in ("Concept", "Language") and bool(self.members)


def classes_of(label: str) -> tuple[Class, ...]:
    """Give the classes that a schema's label for a concept stands for; several are written with `|`.

    >>> [c.name for c in classes_of("film award")], [c.type for c in classes_of("Danish poet")]
    (['award'], ['Person'])
    """
    return tuple(c for part in label.lower().split("|") for c in _classes_of(part.strip()))


@functools.cache
def _classes_of(label: str) -> tuple[Class, ...]:
    if not label:
        return ()
    table, named = _tables()
    if label in named:
        return tuple(table[name] for name in named[label])
    # "award for actors" is an award, "ice hockey league" a league.
    head = label.split(" of ")[0].split(" for ")[0].split(" in ")[0]
    words = head.split()
    for start in range(len(words)):
        tail = " ".join(words[start:])
        if tail in named:
            return tuple(table[name] for name in named[tail])
    kind = lemma_type(words[-1]) if words else None
    return () if kind is None else (Class(label, kind),)


def fit(classes: tuple[Class, ...], type: str, text: str, kinds: frozenset[str] = frozenset()) -> int:
    """Say how well a phrase fits classes: 2 a known member, 1 the right type, 0 unsure, -1 impossible.

    `kinds` are nouns that the text itself calls the phrase ("the constellation Lyra").
    """
    if not classes:
        return 0
    best = -1
    words = text.lower().split()
    for c in classes:
        if (words and (" ".join(words) in c.members)) or kinds & classes_named(c):
            return 2
        best = max(best, _fit_by_name(c, type, words))
    return best


def _fit_by_name(c: Class, type: str, words: list[str]) -> int:
    """Say how well a phrase fits a class by how it begins and ends, else by its type."""
    if len(words) > 1 and (words[-1] in c.heads or words[0] in c.before) and type != "time":
        clash = type in CLASHES.get(c.type, ()) and type != "Person"
        state = type == "GPE" and c.type not in PLACES  # a union of states is no party
        return 1 if clash or state else 2
    if len(words) == 1 and words[0] in c.heads and type not in MEASURED:
        return 1
    if c.closed:
        return -1
    if type in NEAR.get(c.type, {c.type}):
        return 1
    return -1 if type in CLASHES.get(c.type, ()) else 0


@functools.cache
def classes_named(c: Class) -> frozenset[str]:
    """Give the words by which a class is called."""
    _, named = _tables()
    return frozenset(label for label, names in named.items() if c.name in names) | {c.name}


@functools.cache
def _tables() -> tuple[dict[str, Class], dict[str, list[str]]]:
    """Give the classes by name, and their names by every label they have."""
    folder = resources.files("kg.extract.lexicon").joinpath("data/en/schema")
    derived: dict[str, frozenset[str]] = {}
    for line in folder.joinpath("values.tsv").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            name, listed = line.split("\t")
            derived[name] = frozenset(listed.split("|"))
    rows = lexicon.table("schema/classes")
    table: dict[str, Class] = {}
    named: dict[str, list[str]] = {}
    for name in dict.fromkeys([*rows, *derived]):
        row = rows.get(name, {"type": "Concept"})
        members = frozenset(row.get("members", ())) | derived.get(name, frozenset())
        heads, before = frozenset(row.get("heads", ())), frozenset(row.get("before", ()))
        table[name] = Class(name, row["type"], heads, before, members)
        named.setdefault(name, []).insert(0, name)
        for other in row.get("also", ()):
            if other not in rows and other not in derived:
                named.setdefault(other, []).append(name)
    return table, named
