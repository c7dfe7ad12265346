"""The country or place that an adjective or a people's name belongs to ("British", "the Danes")."""

from __future__ import annotations

import functools
from importlib import resources


def place(word: str) -> str | None:
    """Give the place of a demonym, singular or plural, or nothing.

    >>> place("British"), place("Danes"), place("Kurdish")
    ('United Kingdom', 'Denmark', None)
    """
    row = _lookup(word)
    return row[0] if row else None


def place_type(word: str) -> str | None:
    """Give the class of a demonym's place: `GPE`, or `Location` for a continent or region."""
    row = _lookup(word)
    return row[1] if row else None


def is_country(name: str) -> bool:
    """Whether a name is that of a country, under its usual names.

    >>> is_country("Denmark"), is_country("the U.S."), is_country("Paris")
    (True, True, False)
    """
    name = name.strip().removeprefix("the ").removeprefix("The ")
    return name in _countries() or name in _SHORT


_SHORT = frozenset(
    "US U.S. USA U.S.A. UK U.K. UAE Britain America Czechia Burma Congo Macedonia Holland USSR Bosnia".split()
) | {"United States of America", "Great Britain", "Republic of Ireland", "DR Congo", "Türkiye"}
# The rows from here on are parts of countries, cities and regions.
_FIRST_PART = "Africa"
_NOT_COUNTRIES = frozenset(("Greenland", "Hong Kong", "Puerto Rico"))


def _lookup(word: str) -> tuple[str, str] | None:
    table = _table()
    return table.get(word) or (table.get(word[:-1]) if word.endswith("s") else None)


@functools.cache
def _rows() -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    text = resources.files("kg.extract").joinpath("data/demonyms.tsv").read_text(encoding="utf-8")
    rows = []
    for line in text.splitlines():
        if line and not line.startswith("#"):
            name, kind, words = line.split("\t")
            rows.append((name, kind, tuple(w.strip() for w in words.split(","))))
    return tuple(rows)


@functools.cache
def _table() -> dict[str, tuple[str, str]]:
    return {word: (name, kind) for name, kind, words in _rows() for word in words}


@functools.cache
def _countries() -> frozenset[str]:
    names = [name for name, _, _ in _rows()]
    return frozenset(names[: names.index(_FIRST_PART)]) - _NOT_COUNTRIES
