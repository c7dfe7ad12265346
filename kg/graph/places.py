"""Where places are: coordinates by name, from a gazetteer that comes with the package.

Names of places are ambiguous: there is a Paris in Texas. Of several, the one is taken that the texts point
to, by the country that a fact gives it or by the company that it keeps in its documents, else the largest.
"""

from __future__ import annotations

import bisect
import functools
import gzip
import itertools
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
ABROAD, FAMOUS = 1.5, 1000  # and what it costs that they speak of others only, below so many thousand people
SURE = 0.0  # a small town that nothing speaks for is not taken for its namesake


class Spot(NamedTuple):
    """A place of the gazetteer: of a `kind` ("country", "state", a town has none), perhaps in a `state`.

    `geonames` is its number in GeoNames, `wikidata` the item of a country.
    """

    name: str
    country: str
    kind: str
    state: str
    lat: float
    lon: float
    people: int  # thousands
    geonames: str = ""
    wikidata: str = ""


class Rated(NamedTuple):
    """A spot that a name may mean, and how well it fits.

    A fact says what its country or state is (`told`), or its documents speak of its country, in the United
    States of its state (`near`), or there of other states only (`elsewhere`).
    """

    worth: float
    spot: Spot
    told: bool
    near: bool
    elsewhere: bool


def locate(entities: Iterable[Entity], facts: Iterable[Fact]) -> dict[str, Spot]:
    """Give the spots of the places among entities, by id; what the gazetteer does not know is left out."""
    return {id: best.spot for id, (best, *_) in rate(entities, facts).items() if best.worth > SURE}


def rate(entities: Iterable[Entity], facts: Iterable[Fact]) -> dict[str, list[Rated]]:
    """Give all spots that the places among entities may be, by id, the most fitting first."""
    places = {e.id: e for e in entities if e.type == "GPE" and is_named(e.id) and not e.label.islower()}
    candidates = {id: found for id, e in places.items() if (found := _candidates(e))}
    if not candidates:
        return {}
    facts = list(facts)
    stated = _stated(facts, candidates)
    documents = _documents(facts, candidates)
    company, states = _company(documents, candidates), _states(documents, candidates)
    return {
        id: sorted((_rated(spot, stated[id], company[id], states[id]) for spot in spots), reverse=True)
        for id, spots in sorted(candidates.items())
    }


def _candidates(entity: Entity) -> list[Spot]:
    """Give the spots of that label, or else of an alias; what stands behind a comma narrows them."""
    for name in (entity.label, *entity.aliases):
        head, _, tail = name.partition(",")
        if found := _called(name) or _called(head):
            return [s for s in found if _lies_in(s, tail.strip())] or found
    return []


def _lies_in(spot: Spot, name: str) -> bool:
    """Whether a spot lies in the country or state of that name."""
    above = _called(name) if name else []
    states = {name, *(a.state for a in above if a.kind == "state")} - {""}
    countries = {a.country for a in above if a.kind == "country"}
    return spot.country in countries or (spot.country == "US" and spot.state in states)


def _rated(spot: Spot, stated: Counter[str], company: Counter[str], states: set[str]) -> Rated:
    word = _word(spot, stated)
    total = sum(company.values())
    near = company[spot.country] / total if total else 0.0
    # A town has to have some size to be meant without a word on where it lies, and more where the texts speak
    # of other countries; a state is rather its town of the same name.
    strange = total and not near and word <= 0 and spot.people < FAMOUS
    size = math.log10(spot.people + 1) - 1.3 - (ABROAD if strange else 0.0)
    kind = {"country": 3.0 + ABROAD, "state": -0.9}.get(spot.kind, 0.0)
    # A country of fifty states is little company for a town.
    at_home = not _is_in_state(spot) or spot.state in states
    elsewhere = word < 0 or (bool(states) and not at_home)
    return Rated(size + kind + word + COMPANY * near, spot, word > 0, near > 0 and at_home, elsewhere)


def _word(spot: Spot, stated: Counter[str]) -> float:
    """Give what it is worth that facts say where a place is: in a spot's country, or in another state."""
    if _is_in_state(spot) and f"US {spot.state}" not in stated and any(of.startswith("US ") for of in stated):
        return -STATED
    return STATED if stated[spot.country] > 0 else 0.0


def _is_in_state(spot: Spot) -> bool:
    return spot.country == "US" and not spot.kind


def _stated(facts: Iterable[Fact], candidates: Mapping[str, list[Spot]]) -> dict[str, Counter[str]]:
    """Give the countries that facts say a place is in, and the United States ("US IL")."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for fact in facts:
        end = fact.object
        if fact.relation in WITHIN and isinstance(end, Entity) and not fact.negated:
            for spot in candidates.get(end.id, ()):
                if spot.kind in ("country", "state") and fact.subject.id != end.id:
                    found[fact.subject.id][spot.country] += 1
                    if spot.kind == "state" and spot.state:
                        found[fact.subject.id][f"{spot.country} {spot.state}"] += 1
    return found


def _documents(facts: Iterable[Fact], candidates: Mapping[str, list[Spot]]) -> list[set[str]]:
    """Give the places that each document speaks of."""
    by_document: dict[str, set[str]] = defaultdict(set)
    for fact in facts:
        others = (value for _, value in fact.qualifiers)
        for end in (fact.subject, fact.object, *others):
            if isinstance(end, Entity) and end.id in candidates:
                for evidence in fact.evidence:
                    by_document[evidence.doc_id].add(end.id)
    return list(by_document.values())


def _company(documents: Iterable[set[str]], candidates: Mapping[str, list[Spot]]) -> dict[str, Counter[str]]:
    """Give the countries that the documents of a place speak of, by how many places of theirs they name."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for ids in documents:
        votes: Counter[str] = Counter()
        for id in ids:
            votes.update(_vote(candidates[id]))
        for id in ids:
            found[id].update(votes)
            # Nobody is company to itself.
            found[id].subtract(_vote(candidates[id]))
    return defaultdict(Counter, {id: +counts for id, counts in found.items()})


def _states(documents: Iterable[set[str]], candidates: Mapping[str, list[Spot]]) -> dict[str, set[str]]:
    """Give the United States that the documents of a place name."""
    found: dict[str, set[str]] = defaultdict(set)
    for ids in documents:
        named = {s.state for id in ids for s in candidates[id] if s.kind == "state" and s.state}
        for id in ids:
            found[id] |= named
    return found


def _vote(spots: Iterable[Spot]) -> dict[str, int]:
    """Give the country that a name speaks for: twice where it may be in one alone."""
    spots = list(spots)
    best = max(spots, key=lambda s: (s.kind == "country", s.people))
    return {best.country: 2 if len({s.country for s in spots}) == 1 else 1}


def _called(name: str) -> list[Spot]:
    """Give the spots that a name means."""
    called, spots = fold(name), namesakes(name)
    # Another name for a large town is no name for a country or a town that bears it as its own.
    return [s for s in spots if fold(s.name) == called or s.kind == "country"] or spots


def namesakes(name: str) -> list[Spot]:
    """Give all spots that bear a name, be it as their own or as another one."""
    return _named(fold(name))


@functools.cache
def countries() -> list[Spot]:
    """Give all countries."""
    return [spot for row in _table()[0] if "\tcountry\t" in row and (spot := _spot(row)).kind == "country"]


@functools.cache
def _named(folded: str) -> list[Spot]:
    rows, others = _table()
    key = f"{folded}\t"
    places = itertools.takewhile(
        lambda i: rows[i].startswith(key), range(bisect.bisect_left(rows, key), len(rows))
    )
    found = set(places)
    at = bisect.bisect_left(others, key)
    if at < len(others) and others[at].startswith(key):
        found.update(map(int, others[at].removeprefix(key).split(",")))
    return [_spot(rows[i]) for i in sorted(found)]


def _spot(row: str) -> Spot:
    _, name, country, kind, lat, lon, people, geonames, wikidata = row.split("\t")
    kind, _, state = kind.partition(" ") if kind in ("country", "state") or " " in kind else ("", "", kind)
    return Spot(name, country, kind, state, float(lat), float(lon), int(people), geonames, wikidata)


@functools.cache
def _table() -> tuple[list[str], list[str]]:
    """Give the rows of places, and names beside their own with the numbers of rows; both by folded names.

    Few of them are asked for, so that they are looked up as they lie there.
    """
    file = resources.files("kg.graph").joinpath("data", "gazetteer.tsv.gz")
    rows, _, others = gzip.decompress(file.read_bytes()).decode("utf-8").partition("\n\n")
    return rows.split("\n"), others.rstrip("\n").split("\n")
