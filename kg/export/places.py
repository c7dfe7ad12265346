"""Where places are: coordinates by name, from a gazetteer that comes with the package.

Names of places are ambiguous: there is a Paris in Texas. Of several, the one is taken that the texts point
to, by the country that a fact gives it or by the company that it keeps in its documents, else the largest.
"""

from __future__ import annotations

import functools
import gzip
import json
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from importlib import resources
from typing import NamedTuple

from kg.iri import fold
from kg.model import Entity, Fact
from kg.salience import is_named

# Relations from a place to what it lies in.
WITHIN = frozenset({"country", "located_in", "part_of", "capital_of", "be_located_in", "be_in"})
STATED, COMPANY = 4.0, 2.5  # what a country that is stated weighs, and one that the documents speak of
ABROAD = 1.5  # and what it costs that they speak of others only
SURE = 0.0  # a small town that nothing speaks for is not taken for its namesake


class Spot(NamedTuple):
    """A place of the gazetteer: of a `kind` ("country", "state", a town has none), perhaps in a `state`."""

    name: str
    country: str
    kind: str
    state: str
    lat: float
    lon: float
    people: int  # thousands


def locate(entities: Iterable[Entity], facts: Iterable[Fact]) -> dict[str, Spot]:
    """Give the spots of the places among entities, by id; what the gazetteer does not know is left out."""
    places = {e.id: e for e in entities if e.type == "GPE" and is_named(e.id)}
    candidates = {id: found for id, e in places.items() if (found := _candidates(e))}
    if not candidates:
        return {}
    facts = list(facts)
    stated = _stated(facts, candidates)
    company = _company(facts, candidates)
    chosen = {}
    for id, spots in sorted(candidates.items()):
        worth = {spot: _worth(spot, stated[id], company[id]) for spot in spots}
        best = max(spots, key=lambda spot: (worth[spot], spot))
        if worth[best] > SURE:
            chosen[id] = best
    return chosen


def _candidates(entity: Entity) -> list[Spot]:
    """Give the spots of that label, or else of an alias; what stands behind a comma narrows them."""
    for name in (entity.label, *entity.aliases):
        head, _, tail = name.partition(",")
        if found := _gazetteer().get(fold(name)) or _gazetteer().get(fold(head)):
            return [s for s in found if _lies_in(s, tail.strip())] or found
    return []


def _lies_in(spot: Spot, name: str) -> bool:
    """Whether a spot lies in the country or state of that name."""
    above = _gazetteer().get(fold(name), []) if name else []
    states = {name, *(a.state for a in above if a.kind == "state")} - {""}
    countries = {a.country for a in above if a.kind == "country"}
    return spot.country in countries or (spot.country == "US" and spot.state in states)


def _worth(spot: Spot, stated: Counter[str], company: Counter[str]) -> float:
    told = stated[spot.country] > 0
    total = sum(company.values())
    near = company[spot.country] / total if total else 0.0
    # A town has to have some size to be meant without a word on where it lies, and more where the texts speak
    # of other countries; a state is rather its town of the same name.
    size = math.log10(spot.people + 1) - 1.3 - (ABROAD if total and not near and not told else 0.0)
    kind = {"country": 3.0 + ABROAD, "state": -0.9}.get(spot.kind, 0.0)
    return size + kind + STATED * told + COMPANY * near


def _stated(facts: Iterable[Fact], candidates: Mapping[str, list[Spot]]) -> dict[str, Counter[str]]:
    """Give the countries that facts say a place is in."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for fact in facts:
        end = fact.object
        if fact.relation in WITHIN and isinstance(end, Entity) and not fact.negated:
            for spot in candidates.get(end.id, ()):
                if spot.kind in ("country", "state") and fact.subject.id != end.id:
                    found[fact.subject.id][spot.country] += 1
    return found


def _company(facts: Iterable[Fact], candidates: Mapping[str, list[Spot]]) -> dict[str, Counter[str]]:
    """Give the countries that the documents of a place speak of, by how many places of theirs they name."""
    by_document: dict[str, set[str]] = defaultdict(set)
    for fact in facts:
        others = (value for _, value in fact.qualifiers)
        for end in (fact.subject, fact.object, *others):
            if isinstance(end, Entity) and end.id in candidates:
                for evidence in fact.evidence:
                    by_document[evidence.doc_id].add(end.id)
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for ids in by_document.values():
        votes: Counter[str] = Counter()
        for id in ids:
            votes.update(_vote(candidates[id]))
        for id in ids:
            found[id].update(votes)
            # Nobody is company to itself.
            found[id].subtract(_vote(candidates[id]))
    return defaultdict(Counter, {id: +counts for id, counts in found.items()})


def _vote(spots: Iterable[Spot]) -> dict[str, int]:
    """Give the country that a name speaks for: twice where it may be in one alone."""
    spots = list(spots)
    best = max(spots, key=lambda s: (s.kind == "country", s.people))
    return {best.country: 2 if len({s.country for s in spots}) == 1 else 1}


@functools.cache
def _gazetteer() -> dict[str, list[Spot]]:
    found: dict[str, list[Spot]] = defaultdict(list)
    file = resources.files("kg.export").joinpath("data", "gazetteer.tsv.gz")
    for line in gzip.decompress(file.read_bytes()).decode("utf-8").splitlines():
        name, country, kind, lat, lon, people, others = line.split("\t")
        kind, _, state = (
            kind.partition(" ") if kind in ("country", "state") or " " in kind else ("", "", kind)
        )
        spot = Spot(name, country, kind, state, float(lat), float(lon), int(people))
        for called in {fold(n) for n in (name, *filter(None, others.split("|")))}:
            found[called].append(spot)
    # Another name for a large town is no name for a country or a town that bears it as its own.
    return {
        called: [s for s in spots if fold(s.name) == called or s.kind == "country"] or spots
        for called, spots in found.items()
    }


def project(lat: float, lon: float) -> tuple[float, float]:
    """Give a spot as the map has it: Mercator's projection, in tenths of a degree, south below.

    >>> project(0, 12.34)
    (123.4, 0.0)
    """
    lat = min(max(lat, -84.0), 84.0)
    y = math.degrees(math.asinh(math.tan(math.radians(lat))))
    return round(lon * 10, 1), round(-y * 10, 1) + 0.0


@functools.cache
def outlines() -> dict[str, str]:
    """Give the land and the borders of the world as paths of a drawing."""
    text = resources.files("kg.export").joinpath("data", "world.json").read_text(encoding="utf-8")
    found: dict[str, str] = json.loads(text)
    return found
