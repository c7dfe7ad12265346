"""What the things of a graph are elsewhere: places in GeoNames, countries in Wikidata too.

The gazetteer is that of the map, and so is the choice among places of one name. A link says more than a point
on a map does, so it wants more: a town that nothing speaks for must be large, of two that might both be meant
neither is linked, and a province is not the town that it is called after.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator

from rapidfuzz.fuzz import ratio

from kg.errors import ConfigError
from kg.extract.lexicon.gazetteer import female_share
from kg.graph.places import SURE, Rated, Spot, countries, namesakes, rate
from kg.iri import fold
from kg.model import Entity, Fact
from kg.nearest import did_you_mean

Linked = dict[str, tuple[str, ...]]
GEONAMES, WIKIDATA = "https://sws.geonames.org/", "http://www.wikidata.org/entity/"
# How much better than the next of its name the place that is meant has to fit, or how much larger to be.
LEAD, TIMES = 1.0, 20
# Thousands of people of a town that is linked though the texts do not speak of its country, or of others of
# the United States than its own, or say nothing of it, or by another name that is not nearly its first.
LARGE, LARGER, NEARLY = 300, 500, 75.0
RIVAL = 0.25  # what has the name beside its own and so many of the people may be meant as well
DIVISION = r"(?i:province|prefecture|region|oblast|governorate|voivodeship|department|canton|county|state)"
# Behind a name or the last of a list of names, or before a name.
BEHIND = rf"(?:(?:, | and |, and )[A-Z][\w'’-]+)* {DIVISION}s?\b"
BEFORE = rf"\b{DIVISION}s? of (?:the )?"


def places(entities: Iterable[Entity], facts: Iterable[Fact]) -> Linked:
    """Give what the places among entities are in GeoNames, and countries in Wikidata, by their ids.

    What they are said to be already is not said again, and where that is another place nothing is.
    """
    entities, facts = list(entities), list(facts)
    known = {e.id: e for e in entities}
    meant = {id: spot for id, rated in rate(entities, facts).items() if (spot := _meant(known[id], rated))}
    quotes = _quotes(facts, set(meant))
    found = {}
    for id, spot in meant.items():
        if _speak_of(quotes[id], known[id], spot) and (iris := tuple(_missing(known[id], spot))):
            found[id] = iris
    return found


LINKERS: dict[str, Callable[[Iterable[Entity], Iterable[Fact]], Linked]] = {"places": places}


def linked(entities: Iterable[Entity], facts: Iterable[Fact], sources: Iterable[str]) -> Linked:
    """Give what entities are in some sources, by their ids."""
    entities, facts = list(entities), list(facts)
    found: Linked = {}
    for name in sources:
        if name not in LINKERS:
            known = f"there are: {', '.join(LINKERS)}"
            raise ConfigError(
                f"nothing is linked to {name!r}", remedy=did_you_mean(name, LINKERS, otherwise=known)
            )
        for id, iris in LINKERS[name](entities, facts).items():
            found[id] = (*found.get(id, ()), *iris)
    return found


def _meant(entity: Entity, rated: list[Rated]) -> Spot | None:
    """Give the place that an entity is, where that is beyond doubt."""
    best, *others = rated
    if best.worth <= SURE or any(_is_near(best, other) for other in others):
        return None
    if any(_rivals(entity, best.spot)) or not (best.spot.kind or _is_sure_town(entity, best)):
        return None
    return best.spot


def _is_near(best: Rated, other: Rated) -> bool:
    """Whether another place of the name might be meant as well."""
    much_larger = best.spot.people > TIMES * other.spot.people and not other.told
    return best.worth - other.worth < LEAD and not much_larger


def _rivals(entity: Entity, spot: Spot) -> Iterator[Spot]:
    """Give the places called so too, though not by their first name: New York is a state and a city.

    Two countries are a Korea.
    """
    own = fold(entity.label)
    if fold(spot.name) == own and not spot.kind:
        return
    if spot.kind == "country" and fold(spot.name) != own:
        yield from (c for c in countries() if c != spot and fold(c.name).endswith(f" {own}"))
    for other in namesakes(entity.label):
        as_large = other.country == spot.country and other.people > RIVAL * spot.people
        if as_large and other != spot and fold(other.name) != own:
            yield other


def _is_sure_town(entity: Entity, best: Rated) -> bool:
    """Whether a town is spoken of where it lies or large, and called by its name."""
    spot = best.spot
    least = LARGER if best.elsewhere else 0 if best.near else LARGE
    if spot.people < least and not best.told:
        return False
    names = [fold(name) for name in (entity.label, *entity.aliases)]
    own = fold(spot.name)
    # "Bolívar" is more than Ciudad Bolívar.
    if any(own.endswith(f" {name}") for name in names):
        return False
    return spot.people >= LARGER or any(ratio(own, name) >= NEARLY for name in names)


def _quotes(facts: Iterable[Fact], ids: set[str]) -> dict[str, set[str]]:
    """Give the sentences that speak of some entities."""
    found: dict[str, set[str]] = defaultdict(set)
    for fact in facts:
        for end in (fact.subject, fact.object, *(value for _, value in fact.qualifiers)):
            if isinstance(end, Entity) and end.id in ids:
                found[end.id].update(evidence.quote for evidence in fact.evidence)
    return found


def _speak_of(quotes: set[str], entity: Entity, spot: Spot) -> bool:
    """Whether most of the sentences that speak of an entity can mean this place by its name.

    "Kermanshah Province" and "the Cotabato" are no town, and "Chad Moore" is no country.
    """
    name = re.escape(entity.label)
    if spot.kind == "country":
        if female_share(entity.label) is None:
            return True
        wrong = rf"\b{name} [A-Z]"
    else:
        wrong = rf"\b[Tt]he {name}\b(?! [A-Z])"
        if spot.name.startswith("The "):
            wrong = "(?!)"
        if not spot.kind:
            wrong += rf"|\b{name}{BEHIND}|{BEFORE}{name}\b"
    if not quotes:
        return spot.kind == "state" or (not spot.kind and spot.people >= LARGER)
    return 2 * sum(re.search(wrong, quote) is not None for quote in quotes) < len(quotes)


def _missing(entity: Entity, spot: Spot) -> Iterator[str]:
    """Give the IRIs of a place that its entity does not have."""
    geonames = f"{GEONAMES}{spot.geonames}/"
    others = [iri for iri in entity.same_as if "geonames.org/" in iri]
    if others and geonames not in others:
        return
    if spot.geonames and not others:
        yield geonames
    if spot.wikidata and not any("wikidata.org/" in iri for iri in entity.same_as):
        yield f"{WIKIDATA}{spot.wikidata}"
