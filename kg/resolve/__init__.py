"""Who is who across documents: chains of mentions become entities.

A name is global, a nominal belongs to its document. Names merge on evidence; what is merely alike becomes a
candidate with a score. The result depends on the set of extractions, never on their order.
"""

from __future__ import annotations

import collections
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from kg.classes import family as family_of
from kg.config import Config, ResolveConfig
from kg.iri import digest, slug
from kg.model import Entity, Extraction
from kg.resolve.alike import string_similarity
from kg.resolve.linking import (
    Countries,
    Decision,
    Decisions,
    Gazetteer,
    Link,
    Linker,
    Plugged,
    Reference,
)
from kg.resolve.merging import Groups, merge
from kg.resolve.parts import ONE, Parts
from kg.resolve.things import TELLING, EntityCandidate, best_label, normalise, things_of, vote

__all__ = [
    "TELLING",
    "Called",
    "Cluster",
    "Countries",
    "Decision",
    "Decisions",
    "Gazetteer",
    "Link",
    "Linker",
    "Merge",
    "Parts",
    "Possible",
    "Reference",
    "Resolution",
    "linkers_of",
    "normalise",
    "plain_ids",
    "reasons",
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
    parts: Parts = ONE,
) -> Resolution:
    """Give the entities of some documents and the link from each mention to its entity.

    The linkers are those of the settings, where none are given. Names are compared in `parts`; the result is
    the same for any number of them.
    """
    settings = (config or Config()).resolve
    if linkers is None:
        linkers = linkers_of(settings)
    if settings.merges:
        decisions = (decisions or Decisions()).with_others(Decisions.read(settings.merges))
    # Of an extraction no more is kept than its things, and how many mentions it has.
    read = sorted(((e.doc_id, len(e.mentions), things_of(e)) for e in extractions), key=lambda row: row[0])
    things = [thing for *_, found in read for thing in found]
    groups, links, pairs = merge(things, linkers, decisions, parts=parts)
    tell(linkers, things)
    clusters = [Cluster.of(members, groups, links) for members in groups.groups()]
    ids = _ids(clusters)
    named = sorted(zip(ids, clusters, strict=True), key=lambda pair: pair[0])
    found: dict[str, list[int | None]] = {doc: [None] * mentions for doc, mentions, _ in read}
    for number, (_, cluster) in enumerate(named):
        for thing in cluster.things:
            for place in thing.places:
                found[thing.doc][place] = number
    return Resolution(
        entities=tuple(cluster.entity(id) for id, cluster in named),
        links={d: tuple(row) for d, row in found.items()},
        possible=_possible(groups, clusters, ids, pairs, parts),
        merges=_merges(groups, clusters, ids),
    )


def tell(linkers: Sequence[Linker], things: Sequence[EntityCandidate]) -> None:
    """Let tables say which of their rows no text names."""
    for linker in linkers:
        if isinstance(linker, Gazetteer):
            linker.tell({thing.label for thing in things if thing.named})


def linkers_of(config: ResolveConfig) -> list[Linker]:
    """Give the linkers of some settings in their order: the gazetteer, the plug-ins, the countries."""
    table = [Gazetteer.read(config.gazetteer)] if config.gazetteer else []
    return [*table, *(Plugged(name) for name in config.linkers), Countries()]


@dataclass(frozen=True, slots=True)
class Cluster:
    """Things that are one, how they are called, and what is known of them elsewhere."""

    members: list[int]
    things: list[EntityCandidate]
    link: Link | None
    label: str
    # Empty where they have no name: then it does not tell them from others.
    family: str
    # The class that a user gave them.
    kind: str = ""

    @classmethod
    def of(cls, members: list[int], groups: Groups, links: dict[str, Link]) -> Cluster:
        """Give the cluster of a group."""
        things = [groups.things[i] for i in members]
        link = links.get(groups.link_of(members[0]) or "")
        kind = _decided(groups.kinds, members)
        family = vote({}, ((t.family, len(t.mentions)) for t in things)) if things[0].named else ""
        if kind and family:
            family = family_of(kind)
        label = _decided(groups.labels, members) or (link.label if link else _label(things))
        return cls(members, things, link, label, family, kind)

    @property
    def named(self) -> bool:
        """Whether what is one here has a name."""
        return self.things[0].named

    @property
    def base(self) -> str:
        """What its id begins with; one without a name belongs to its document."""
        return slug(self.label) if self.named else f"{slug(self.label)}-{self.things[0].doc[:8]}"

    def entity(self, id: str) -> Entity:
        """Give the entity that it becomes under an id."""
        names = {n for t in self.things for n in (*t.names, *t.bare_names, *t.variants)}
        if not self.named and self.label != self.things[0].label:
            names.add(self.things[0].label)
        return Entity(
            id=id,
            type=self.kind
            or (self.link.type if self.link else "")
            or vote({}, ((t.type, len(t.mentions)) for t in self.things)),
            label=self.label,
            aliases=tuple(sorted(names - {self.label})),
            same_as=self.link.same_as if self.link else (),
            confidence=round(max(m.confidence for t in self.things for m in t.mentions), 4),
        )


def _decided(given: dict[int, tuple[int, str]], members: list[int]) -> str:
    """Give what the last decision about some things says; empty where there is none."""
    return max((given[i] for i in members if i in given), default=(0, ""))[1]


def _label(things: list[EntityCandidate]) -> str:
    names = [n for t in things for n in (t.names or (t.label,) if t.named else (t.label,))]
    return best_label(names, person=things[0].family == "person" and things[0].named)


@dataclass(frozen=True, slots=True)
class Called:
    """How a cluster is called, as far as its id depends on it."""

    base: str
    family: str
    # What tells it from others of its name and family, and from all others.
    first: str
    content: str

    @classmethod
    def of(cls, cluster: Cluster) -> Called:
        """Give it for a cluster."""
        things = cluster.things
        # Two of one family and name: the first of the documents that speak of each tells them apart.
        first = min(t.doc for t in things)[:8] if cluster.named else _start(things[0])
        return cls(cluster.base, cluster.family, first, _content(things[0]))


def plain_ids(called: Sequence[Called]) -> list[str]:
    """Give each cluster the local part of its IRI, which very seldom two have in common."""
    families: dict[str, set[str]] = {}
    for each in called:
        families.setdefault(each.base, set()).add(each.family)
    count = collections.Counter((each.base, each.family) for each in called)
    ids = []
    for each in called:
        name = f"{each.base}--{each.family}" if each.family and len(families[each.base]) > 1 else each.base
        ids.append(f"{name}-{each.first}" if count[each.base, each.family] > 1 else name)
    return ids


def _ids(clusters: list[Cluster]) -> list[str]:
    """Give each cluster the local part of its IRI; what would clash is told apart by content."""
    called = [Called.of(cluster) for cluster in clusters]
    ids = plain_ids(called)
    again = collections.Counter(ids)
    return [id if again[id] == 1 else f"{id}-{each.content}" for id, each in zip(ids, called, strict=True)]


def _start(thing: EntityCandidate) -> str:
    return str(thing.mentions[0].start)


def _content(thing: EntityCandidate) -> str:
    return digest(" ".join((thing.key, thing.family, thing.doc, _start(thing))), 8)


def _possible(
    groups: Groups,
    clusters: list[Cluster],
    ids: list[str],
    pairs: list[tuple[int, int, float, str]],
    parts: Parts,
) -> tuple[Possible, ...]:
    """Give the pairs that may be one, the best reason for each."""
    id_of = {i: id for id, cluster in zip(ids, clusters, strict=True) for i in cluster.members}
    found: dict[tuple[str, str], tuple[float, str]] = {}
    for i, j, score, reason in [*pairs, *_alike(groups, clusters, parts)]:
        a, b = sorted((id_of[i], id_of[j]))
        if a != b and not groups.apart(i, j) and score > found.get((a, b), (0.0, ""))[0]:
            found[a, b] = score, reason
    return tuple(Possible(a, b, score, reason) for (a, b), (score, reason) in sorted(found.items()))


def _alike(groups: Groups, clusters: list[Cluster], parts: Parts) -> Iterator[tuple[int, int, float, str]]:
    """Give pairs of things whose names are nearly, or exactly, the same."""
    first: dict[tuple[str, str], list[int]] = {}
    for cluster in clusters:
        if cluster.named:
            for name in sorted({(t.family, t.key) for t in cluster.things}):
                first.setdefault(name, []).append(cluster.members[0])
    names = sorted(first)
    for a, b, score in string_similarity(names, parts):
        yield first[names[a]][0], first[names[b]][0], score, "nearly the same name"
    for (family, key), owners in sorted(first.items()):
        for other in owners[1:4]:
            if " " in key or family != "person":
                yield owners[0], other, 0.5, "same name in another context"


def _merges(groups: Groups, clusters: list[Cluster], ids: list[str]) -> tuple[Merge, ...]:
    """Say why the chains of several documents became one entity."""
    found = []
    for id, cluster in zip(ids, clusters, strict=True):
        if why := reasons(groups, cluster):
            documents = len({t.doc for t in cluster.things})
            found += [Merge(id, reason, documents) for reason in why]
    return tuple(sorted(found, key=lambda m: (m.entity, m.reason)))


def reasons(groups: Groups, cluster: Cluster) -> list[str]:
    """Say why the chains of a cluster are one thing."""
    found = sorted(groups.reasons.get(groups.root(cluster.members[0]), ()))
    several = bool(found) and len({t.doc for t in cluster.things}) > 1
    return [reason for reason in found if several or reason != "same name"]
