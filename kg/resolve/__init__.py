"""Who is who across documents: chains of mentions become entities.

A name is global, a nominal belongs to its document. Names merge on evidence; what is merely alike becomes a
candidate with a score. The result depends on the set of extractions, never on their order.
"""

from __future__ import annotations

import collections
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from kg.config import Config, ResolveConfig
from kg.iri import digest, slug
from kg.model import Entity, Extraction
from kg.resolve.alike import alike
from kg.resolve.linking import Countries, Decisions, Gazetteer, Link, Linker, Plugged
from kg.resolve.merging import Groups, merge
from kg.resolve.things import Thing, best_label, normalise, things_of, vote

__all__ = [
    "Countries",
    "Decisions",
    "Gazetteer",
    "Link",
    "Linker",
    "Merge",
    "Possible",
    "Resolution",
    "linkers_of",
    "normalise",
    "resolve",
]


@dataclass(frozen=True, slots=True)
class Possible:
    """Two entities that may be one thing, by their ids, and how likely that is."""

    a: str
    b: str
    score: float
    reason: str


@dataclass(frozen=True, slots=True)
class Merge:
    """Why the chains of several documents are one entity: its id, the reason, the number of documents."""

    entity: str
    reason: str
    documents: int


@dataclass(frozen=True, slots=True)
class Resolution:
    """The entities of a set of documents, and which of them each mention stands for.

    `links[doc_id][i]` is the index into `entities` of the extraction's mention `i`, or None where the mention
    becomes a literal. `possible` are pairs that were not merged, `merges` tells why others were.
    """

    entities: tuple[Entity, ...]
    links: dict[str, tuple[int | None, ...]] = field(default_factory=dict)
    possible: tuple[Possible, ...] = ()
    merges: tuple[Merge, ...] = ()


def resolve(
    extractions: Iterable[Extraction],
    *,
    config: Config | None = None,
    linkers: Sequence[Linker] | None = None,
    decisions: Decisions | None = None,
) -> Resolution:
    """Give the entities of some documents and the link from each mention to its entity.

    The linkers are those of the settings, where none are given.
    """
    settings = (config or Config()).resolve
    if linkers is None:
        linkers = linkers_of(settings)
    if decisions is None and settings.merges:
        decisions = Decisions.read(settings.merges)
    ordered = sorted(extractions, key=lambda e: e.doc_id)
    things = [t for e in ordered for t in things_of(e)]
    groups, links, pairs = merge(things, linkers, decisions)
    members = groups.groups()
    ids = _ids([[things[i] for i in group] for group in members], groups, members, links)
    entities = sorted(
        (
            (
                _entity(
                    ids[n], [things[i] for i in group], links.get(groups.links[groups.root(group[0])] or "")
                ),
                n,
            )
            for n, group in enumerate(members)
        ),
        key=lambda pair: pair[0].id,
    )
    found: dict[str, list[int | None]] = {e.doc_id: [None] * len(e.mentions) for e in ordered}
    for number, (_, n) in enumerate(entities):
        for i in members[n]:
            row = found[things[i].doc]
            for place in things[i].places:
                row[place] = number
    return Resolution(
        entities=tuple(e for e, _ in entities),
        links={d: tuple(row) for d, row in found.items()},
        possible=_possible(things, groups, members, ids, pairs),
        merges=_merges(things, groups, members, ids),
    )


def linkers_of(config: ResolveConfig) -> list[Linker]:
    """Give the linkers of some settings in their order: the gazetteer, the plug-ins, the countries."""
    table = [Gazetteer.read(config.gazetteer)] if config.gazetteer else []
    return [*table, *(Plugged(name) for name in config.linkers), Countries()]


def _ids(
    clusters: list[list[Thing]], groups: Groups, members: list[list[int]], links: dict[str, Link]
) -> list[str]:
    """Give each cluster the local part of its IRI; what would clash is told apart by content."""
    bases, families = [], []
    for cluster, group in zip(clusters, members, strict=True):
        link = links.get(groups.links[groups.root(group[0])] or "")
        label = link.label if link else _label(cluster)
        named = cluster[0].named
        bases.append(slug(label) if named else f"{slug(label)}-{cluster[0].doc[:8]}")
        families.append(vote({}, ((t.family, len(t.mentions)) for t in cluster)))
    family_of: dict[str, set[str]] = {}
    count: collections.Counter[tuple[str, str]] = collections.Counter()
    for base, family, cluster in zip(bases, families, clusters, strict=True):
        family_of.setdefault(base, set()).add(family if cluster[0].named else "")
        count[base, family if cluster[0].named else ""] += 1
    ids = []
    for base, family, cluster in zip(bases, families, clusters, strict=True):
        if not cluster[0].named:
            ids.append(base if count[base, ""] == 1 else f"{base}-{cluster[0].mentions[0].start}")
            continue
        name = f"{base}--{family}" if len(family_of[base]) > 1 else base
        # Two of one family and name: the first of the documents that speak of each tells them apart.
        ids.append(name if count[base, family] == 1 else f"{name}-{min(t.doc for t in cluster)[:8]}")
    again = collections.Counter(ids)
    return [
        i
        if again[i] == 1
        else f"{i}-{digest(' '.join((c[0].key, c[0].family, c[0].doc, str(c[0].mentions[0].start))), 8)}"
        for i, c in zip(ids, clusters, strict=True)
    ]


def _label(things: list[Thing]) -> str:
    names = [n for t in things for n in (t.names or (t.label,) if t.named else (t.label,))]
    return best_label(names, person=things[0].family == "person" and things[0].named)


def _entity(entity_id: str, things: list[Thing], link: Link | None) -> Entity:
    label = link.label if link else _label(things)
    names = {n for t in things for n in t.names}
    return Entity(
        id=entity_id,
        type=(link.type if link else "") or vote({}, ((t.type, len(t.mentions)) for t in things)),
        label=label,
        aliases=tuple(sorted(names - {label})),
        same_as=link.same_as if link else (),
        confidence=round(max(m.confidence for t in things for m in t.mentions), 4),
    )


def _possible(
    things: list[Thing],
    groups: Groups,
    members: list[list[int]],
    ids: list[str],
    pairs: list[tuple[int, int, float, str]],
) -> tuple[Possible, ...]:
    number = {i: n for n, group in enumerate(members) for i in group}
    found: dict[tuple[str, str], tuple[float, str]] = {}

    def add(i: int, j: int, score: float, reason: str) -> None:
        a, b = sorted((ids[number[i]], ids[number[j]]))
        if a != b and not _apart(groups, i, j) and score > found.get((a, b), (0.0, ""))[0]:
            found[a, b] = score, reason

    for i, j, score, reason in pairs:
        add(i, j, score, reason)
    first: dict[tuple[str, str], list[int]] = {}
    for group in members:
        if things[group[0]].named:
            for family, key in sorted({(things[i].family, things[i].key) for i in group}):
                first.setdefault((family, key), []).append(group[0])
    names = sorted(first)
    for a, b, score in alike(names):
        add(first[names[a]][0], first[names[b]][0], score, "nearly the same name")
    for (family, key), owners in sorted(first.items()):
        for other in owners[1:4]:
            if " " in key or family != "person":
                add(owners[0], other, 0.5, "same name in another context")
    return tuple(Possible(a, b, score, reason) for (a, b), (score, reason) in sorted(found.items()))


def _apart(groups: Groups, i: int, j: int) -> bool:
    """Whether the user decided that two things are two."""
    a, b = groups.sides.get(groups.root(i), set()), groups.sides.get(groups.root(j), set())
    rows = dict(a)
    return any(rows.get(row, side) != side for row, side in b)


def _merges(
    things: list[Thing], groups: Groups, members: list[list[int]], ids: list[str]
) -> tuple[Merge, ...]:
    found = []
    for n, group in enumerate(members):
        documents = len({things[i].doc for i in group})
        for reason in sorted(groups.reasons.get(groups.root(group[0]), ())):
            if documents > 1 or reason != "same name":
                found.append(Merge(ids[n], reason, documents))
    return tuple(sorted(found, key=lambda m: (m.entity, m.reason)))
