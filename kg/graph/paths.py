"""Who is linked to whom in a graph: neighbours, surroundings, and the best way from one thing to another."""

from __future__ import annotations

import itertools
import math
from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING

from kg.model import Entity, Fact

if TYPE_CHECKING:
    import networkx

# A step over what is not asserted costs as much as three that are.
UNSURE = 3.0


def linked(facts: Iterable[Fact], *, asserted: bool | None = True) -> networkx.Graph:
    """Give a `networkx.Graph` of entity ids; an edge has the `facts` between its ends and a `cost`.

    A step through what has many links costs more than through what has few: that two people are of one
    country says little of them.
    """
    import networkx

    graph = networkx.Graph()
    for fact in facts:
        end = fact.object
        if isinstance(end, Entity) and end.id != fact.subject.id and asserted in (None, fact.asserted):
            graph.add_node(fact.subject.id, entity=fact.subject)
            graph.add_node(end.id, entity=end)
            if not graph.has_edge(fact.subject.id, end.id):
                graph.add_edge(fact.subject.id, end.id, facts=[])
            graph[fact.subject.id][end.id]["facts"].append(fact)
    for _, _, data in graph.edges(data=True):
        data["facts"].sort(key=order)
        data["asserted"] = data["facts"][0].asserted
    return _weighed(graph)


def linked_ids(links: Iterable[tuple[str, str, bool]], *, asserted: bool | None = True) -> networkx.Graph:
    """Give what `linked` gives of links alone, each of two ids and whether it is asserted: with no facts."""
    import networkx

    # In order, so that of ways that cost the same it is always one.
    edges: dict[tuple[str, str], bool] = {}
    for one, other, stated in links:
        if one != other and asserted in (None, stated):
            ends = min(one, other), max(one, other)
            edges[ends] = stated or edges.get(ends, False)
    graph = networkx.Graph()
    for (one, other), stated in sorted(edges.items()):
        graph.add_edge(one, other, asserted=stated)
    return _weighed(graph)


def _weighed(graph: networkx.Graph) -> networkx.Graph:
    for one, other, data in graph.edges(data=True):
        links = math.log2(1 + graph.degree[one]) + math.log2(1 + graph.degree[other])
        data["cost"] = (1.0 if data["asserted"] else UNSURE) + links / 4
    return graph


def neighbours(graph: networkx.Graph, ids: Iterable[str]) -> list[Entity]:
    """Give the entities that are linked to one of these, those with most facts between them first."""
    found: Counter[str] = Counter()
    mine = set(ids)
    for id in mine & set(graph):
        for other, data in graph[id].items():
            if other not in mine:
                found[other] += len(data["facts"])
    order = sorted(found, key=lambda id: (-found[id], graph.nodes[id]["entity"].label, id))
    return [graph.nodes[id]["entity"] for id in order]


def around(graph: networkx.Graph, ids: Iterable[str], *, steps: int) -> set[str]:
    """Give the ids of entities at most so many steps from one of these, themselves among them."""
    reached = set(ids)
    edge = reached & set(graph)
    for _ in range(steps):
        edge = {other for id in edge for other in graph[id]} - reached
        reached |= edge
    return reached


def path(graph: networkx.Graph, start: Iterable[str], end: Iterable[str]) -> list[Fact]:
    """Give the facts, a step each, of the cheapest way from one of some entities to one of others.

    There is none (an empty list) where nothing links them.
    """
    return [graph[a][b]["facts"][0] for a, b in itertools.pairwise(way(graph, start, end))]


def way(graph: networkx.Graph, start: Iterable[str], end: Iterable[str]) -> list[str]:
    """Give the ids on the cheapest way from one of some entities to one of others, if there is one."""
    import networkx

    first, last = [id for id in start if id in graph], [id for id in end if id in graph]
    ways = []
    for a, b in itertools.product(first, last):
        try:
            ways.append(networkx.bidirectional_dijkstra(graph, a, b, weight="cost"))
        except networkx.NetworkXNoPath:
            continue
    if not ways:
        return []
    return list(min(ways)[1])


def order(fact: Fact) -> tuple[bool, float, str, str]:
    """Give what puts the facts of one step in order: the surest first."""
    surest = max((e.confidence for e in fact.evidence), default=1.0)
    return not fact.asserted, -surest, fact.relation, fact.subject.id
