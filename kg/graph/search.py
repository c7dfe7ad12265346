"""Things found by what they are called, or nearly: for who does not know a name as the graph has it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import TYPE_CHECKING, Literal

from kg.iri import fold
from kg.nearest import nearest

if TYPE_CHECKING:
    from kg.graph.records import Records
    from kg.model import Entity

# Somebody is called so, has these words in the name, or is called nearly so.
Match = Literal["name", "part", "like"]


def search(
    records: Records, name: str, *, kinds: Collection[str] | None, most: int
) -> Iterator[tuple[Entity, Match]]:
    """Give the entities that are called like this, the best first, some more than once; of like names `most`.

    Without a name these are all entities of the classes, those first that the texts are most about.
    """
    if not name.strip():
        yield from ((entity, "name") for entity in records.foremost(kinds))
        return
    key = fold(name)
    for entity in records.find(name):
        yield entity, "name" if key in map(fold, (entity.label, *entity.aliases, entity.id)) else "part"
    for node, why in matches(name, records.names_borne(), most=most):
        yield records.entity_at(node), why


def matches(name: str, borne: Iterable[tuple[str, str]], *, most: int) -> Iterator[tuple[str, Match]]:
    """Give who bears such a name, each with why, those that are called so first; of like names `most`.

    `borne` are names, each with who bears it.

    >>> known = [("Anna Berg", "a"), ("Berg", "b"), ("Bergen Steel", "c"), ("Oslo", "d")]
    >>> list(matches("berg", known, most=3))
    [('b', 'name'), ('a', 'part'), ('c', 'part')]
    >>> list(matches("Osla", known, most=3))
    [('d', 'like')]
    """
    key = fold(name)
    words = key.split()
    bearers: dict[str, list[str]] = {}
    called: dict[str, None] = {}
    parts: dict[str, int] = {}
    for each, bearer in borne:
        bearers.setdefault(each, []).append(bearer)
        folded = fold(each)
        if folded == key:
            called[bearer] = None
        elif words and all(any(part.startswith(word) for part in folded.split()) for word in words):
            parts[bearer] = min(len(folded), parts.get(bearer, len(folded)))
    yield from ((bearer, "name") for bearer in called)
    # What has little beside the words comes before what has much.
    in_part = sorted(parts.keys() - called.keys(), key=lambda bearer: (parts[bearer], bearer))
    yield from ((bearer, "part") for bearer in in_part)
    if not called and not in_part:
        like = nearest(name, bearers, most=most)
        yield from ((bearer, "like") for each in like for bearer in sorted(bearers[each]))
