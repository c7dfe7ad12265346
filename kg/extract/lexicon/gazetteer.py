"""What is known of names and words before any text is read: lands, peoples, cities, given names, surnames.

The tables lie in `data/`; each is read once, when it is first asked for.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass

from kg.extract.lexicon import rows


@dataclass(frozen=True, slots=True)
class Land:
    """A country, or another land that has an adjective or a people of its own."""

    label: str
    type: str
    code: str
    names: tuple[str, ...]
    adjectives: tuple[str, ...]
    people: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """The largest country, state or city of a name."""

    name: str
    kind: str
    country: str
    population: int
    geonames: str


def land_named(name: str) -> Land | None:
    """Give the land that bears a name ("Britain", "U.K.", "the United Kingdom").

    >>> land_named("Britain").label
    'United Kingdom'
    """
    return _by_name().get(_bare(name))


def land_of_adjective(word: str) -> Land | None:
    """Give the land that an adjective belongs to.

    >>> land_of_adjective("Dutch").label
    'Netherlands'
    """
    return _by_adjective().get(word)


def land_of_people(word: str) -> Land | None:
    """Give the land whose people a noun names, in singular or plural ("Gazans", "a German")."""
    return _by_people().get(word) or _by_adjective().get(word)


def place_named(name: str) -> Place | None:
    """Give the largest place of a name among countries, US states and cities of more than 40,000."""
    return _place(_bare(name))


def female_share(given_name: str) -> float | None:
    """Give how many of those who bear a given name are women, from 0 to 1, or None if it is not known.

    >>> female_share("Angela")
    1.0
    """
    share = _given().get(given_name)
    return None if share is None else float(share)


def is_surname(word: str) -> bool:
    """Whether a word is a frequent surname."""
    return word in _surnames()


def words() -> tuple[list[str], list[str], list[str]]:
    """Give all given names, surnames and places that the tables know."""
    return sorted(_given()), sorted(_surnames()), sorted(_places())


def _bare(name: str) -> str:
    return name[4:] if name[:4] in ("the ", "The ") else name


@functools.cache
def lands() -> tuple[Land, ...]:
    """Give all lands, in the order of the table."""
    found = []
    for line in rows("countries.tsv"):
        label, kind, code, *rest = line.split("\t")
        names, adjectives, people = (tuple(x for x in part.split("|") if x) for part in rest)
        found.append(Land(label, kind, code, names, adjectives, people))
    return tuple(found)


@functools.cache
def _by_name() -> dict[str, Land]:
    return {_bare(n): land for land in lands() for n in (land.label, *land.names)}


@functools.cache
def _by_adjective() -> dict[str, Land]:
    return {a: land for land in reversed(lands()) for a in land.adjectives}


@functools.cache
def _by_people() -> dict[str, Land]:
    singular = {
        p[:-1]: land for land in lands() for p in land.people if p.endswith("s") and not p.endswith("ss")
    }
    return singular | {p: land for land in lands() for p in land.people}


@functools.lru_cache(maxsize=4096)
def _place(name: str) -> Place | None:
    """Give the largest of the places of a name."""
    rank = {"country": 2, "state": 1, "city": 0}
    found = None
    for row in _places().get(name, ()):
        kind, country, population, geonames = row.split("\t")
        place = Place(name, kind, country, int(population), geonames)
        if found is None or (rank[kind], place.population) > (rank[found.kind], found.population):
            found = place
    return found


# Of tens of thousands of rows a text asks for some: a row is read when it is asked for.


@functools.cache
def _places() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for line in rows("places.tsv"):
        name, _, row = line.partition("\t")
        found.setdefault(name, []).append(row)
    return found


@functools.cache
def _given() -> dict[str, str]:
    return dict(line.split("\t", 1) for line in rows("first_names.tsv"))


@functools.cache
def _surnames() -> frozenset[str]:
    return frozenset(rows("surnames.txt"))
