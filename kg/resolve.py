"""Who is who across documents: chains of mentions become entities.

A name is global, a nominal belongs to its document. Names merge on evidence; what is merely alike becomes a
candidate with a score. The result depends on the set of extractions, never on their order.
"""

from __future__ import annotations

import collections
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field

from kg.config import Config
from kg.iri import ARTICLE, slug
from kg.model import Entity, Extraction, Mention

FAMILIES = {
    "Person": "person",
    "Organization": "organization",
    "Group": "organization",
    "GPE": "place",
    "Location": "place",
    "Facility": "place",
    "Event": "event",
    "Product": "product",
    "Work": "work",
    "Law": "law",
    "Language": "language",
    "Position": "position",
}


@dataclass(frozen=True, slots=True)
class Possible:
    """Two entities that may be one thing, by their ids, and how likely that is."""

    a: str
    b: str
    score: float
    reason: str


@dataclass(frozen=True, slots=True)
class Resolution:
    """The entities of a set of documents, and which of them each mention stands for.

    `links[doc_id][i]` is the index into `entities` of the extraction's mention `i`, or None where the mention
    becomes a literal. `possible` are pairs that were not merged.
    """

    entities: tuple[Entity, ...]
    links: dict[str, tuple[int | None, ...]] = field(default_factory=dict)
    possible: tuple[Possible, ...] = ()


@dataclass(slots=True, eq=False)
class _Thing:
    """One chain of one document."""

    doc: str
    mentions: list[Mention]
    places: list[int]
    named: bool = False
    type: str = "Concept"
    family: str = "concept"
    label: str = ""
    key: str = ""


def resolve(extractions: Iterable[Extraction], *, config: Config | None = None) -> Resolution:
    """Give the entities of some documents and the link from each mention to its entity."""
    ordered = sorted(extractions, key=lambda e: e.doc_id)
    things = [t for e in ordered for t in _things(e)]
    clusters: dict[tuple[str, ...], list[_Thing]] = {}
    for t in things:
        key = (t.family, t.key) if t.named else ("", t.doc, str(t.places[0]))
        clusters.setdefault(key, []).append(t)
    ids = _ids(list(clusters.values()))
    entities = sorted(
        ((_entity(ids[i], group), group) for i, group in enumerate(clusters.values())),
        key=lambda pair: pair[0].id,
    )
    links: dict[str, list[int | None]] = {e.doc_id: [None] * len(e.mentions) for e in ordered}
    for number, (_, group) in enumerate(entities):
        for t in group:
            for place in t.places:
                links[t.doc][place] = number
    return Resolution(tuple(e for e, _ in entities), {d: tuple(row) for d, row in links.items()})


def normalise(name: str) -> str:
    """Give the form under which two spellings of a name are the same.

    >>> normalise("The  U.N.")
    'un'
    """
    text = unicodedata.normalize("NFKD", ARTICLE.sub("", name.strip()))
    text = "".join(c for c in text if not unicodedata.combining(c)).casefold()
    text = re.sub(r"[’'`]s?\b", "", text)
    text = re.sub(r"(?<=\b\w)\.(?=\w\b|\s|$)", "", text)
    return " ".join(re.findall(r"\w+", text)) or text


def _things(extraction: Extraction) -> list[_Thing]:
    """Group a document's mentions by chain; those that become literals are left out."""
    groups: dict[tuple[str, int], list[int]] = {}
    for i, m in enumerate(extraction.mentions):
        if m.kind in ("time", "clause") or (m.kind == "attribute" and m.type == "Concept"):
            continue
        if m.kind == "quantity" and m.chain is None:
            continue
        groups.setdefault(("solo", i) if m.chain is None else ("chain", m.chain), []).append(i)
    return [_thing(extraction, places) for places in groups.values()]


def _thing(extraction: Extraction, places: list[int]) -> _Thing:
    mentions = [extraction.mentions[i] for i in places]
    thing = _Thing(extraction.doc_id, mentions, places)
    names = [m for m in mentions if m.kind == "name" or (m.kind == "attribute" and m.type != "Concept")]
    best = names or [m for m in mentions if m.kind == "nominal"] or mentions
    votes: collections.Counter[str] = collections.Counter()
    for m in best:
        votes[m.type] += round(100 * m.confidence)
    thing.named = bool(names)
    thing.type = min(votes, key=lambda k: (-votes[k], k))
    thing.family = FAMILIES.get(thing.type, "concept")
    thing.label = _best_label(
        [m.label or m.text for m in best], person=thing.type == "Person" and thing.named
    )
    thing.key = normalise(thing.label)
    return thing


def _best_label(labels: list[str], *, person: bool = False) -> str:
    """Pick the fullest form of a person's name, else the most frequent that is no acronym."""
    counts = collections.Counter(labels)

    def rank(label: str) -> tuple[int, int, int, str]:
        acronym = label.isupper() and " " not in label
        words = len(label.split()) if person else 0
        return acronym, -words, -counts[label], label

    return min(counts, key=rank)


def _ids(clusters: list[list[_Thing]]) -> list[str]:
    """Give each cluster the local part of its IRI; what would clash is told apart by content."""
    bases = [slug(c[0].label) if c[0].named else f"{slug(c[0].label)}-{c[0].doc[:8]}" for c in clusters]
    count = collections.Counter(bases)
    ids = []
    for base, cluster in zip(bases, clusters, strict=True):
        first = cluster[0]
        if count[base] == 1:
            ids.append(base)
        elif first.named:
            ids.append(f"{base}--{first.family}")
        else:
            ids.append(f"{base}-{first.mentions[0].start}")
    # The same family and slug under two keys ("A.B" and "A B"): the key tells them apart.
    again = collections.Counter(ids)
    return [
        i if again[i] == 1 else f"{i}-{slug(c[0].key)}-{c[0].doc[:8]}-{c[0].mentions[0].start}"
        for i, c in zip(ids, clusters, strict=True)
    ]


def _entity(entity_id: str, things: list[_Thing]) -> Entity:
    votes: collections.Counter[str] = collections.Counter()
    names: list[str] = []
    for t in things:
        votes[t.type] += len(t.mentions)
        names += [m.label or m.text for m in t.mentions if m.kind == "name"]
    label = _best_label(names, person=things[0].type == "Person") if names else things[0].label
    return Entity(
        id=entity_id,
        type=min(votes, key=lambda k: (-votes[k], k)),
        label=label,
        aliases=tuple(sorted(set(names) - {label})),
        confidence=round(max(m.confidence for t in things for m in t.mentions), 4),
    )
