"""One name in two classes: one thing that was misread once, or two things of one name."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Sequence

from kg.resolve.things import LEXICON, EntityCandidate, vote

# Families that a name without clues is mistaken between.
MISTAKEN = frozenset({"person", "organization", "place"})


def one_family(things: Sequence[EntityCandidate]) -> str | None:
    """Give the family of what bears one name in several, or None where they may be several things.

    They are one where the text shows at most one of the families, and the name is not known to have many
    bearers, as surnames and towns have.
    """
    families = {t.family for t in things}
    if not families <= MISTAKEN or is_shared(things[0].label):
        return None
    shown = {name for t in things for name in t.shown}
    if len(shown) > 1 or not shown <= families:
        return None
    return next(iter(shown)) if shown else vote({}, ((t.family, len(t.mentions)) for t in things))


def is_shared(name: str) -> bool:
    """Whether a name is one that many bear: given names, surnames, places, and firms that are called so."""
    words = name.split()
    if len(words) > 1:
        return words[0] in female_shares() or name in _places()
    return name in female_shares() or name in _surnames() or name in _places() or name.lower() in _known()


@functools.cache
def female_shares() -> dict[str, float]:
    """Give how often women bear each given name."""
    return {name: float(share) for name, share in (line.split("\t") for line in _lines("first_names.tsv"))}


@functools.cache
def _surnames() -> frozenset[str]:
    return frozenset(_lines("surnames.txt"))


@functools.cache
def _places() -> frozenset[str]:
    lands = {line.split("\t")[0] for line in _lines("countries.tsv")}
    return frozenset(lands | {line.split("\t")[0] for line in _lines("places.tsv")})


@functools.cache
def _known() -> frozenset[str]:
    text = LEXICON.joinpath("coref.toml").read_text(encoding="utf-8")
    return frozenset(tomllib.loads(text)["namesakes"]["known"].split())


def _lines(file: str) -> list[str]:
    lines = LEXICON.joinpath(file).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]
