"""Entities and facts as a network of networkx."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from kg.model import Entity, Fact, text_of

if TYPE_CHECKING:
    import networkx


# What stands between the members of a list that is written as one text.
SEPARATOR = " | "


def network(entities: Iterable[Entity], facts: Iterable[Fact], *, flat: bool = True) -> networkx.MultiDiGraph:
    """Give a node per entity or literal, and an edge per fact with two ends; see `GraphView.to_networkx`."""
    import networkx

    graph = networkx.MultiDiGraph()
    for e in entities:
        graph.add_node(e.id, label=e.label, type=e.type, aliases=list(e.aliases), states=[])
    for fact in facts:
        end = fact.object
        if end is None:
            if fact.asserted:
                graph.nodes[fact.subject.id]["states"].append(fact.relation.replace("_", " "))
        elif isinstance(end, Entity):
            graph.add_edge(fact.subject.id, end.id, **_edge(fact))
        else:
            node = f"{fact.subject.id}|{fact.relation}|{text_of(end)}"
            graph.add_node(node, label=text_of(end), type="Literal", aliases=[], states=[])
            graph.add_edge(fact.subject.id, node, **_edge(fact))
    if flat:
        for attributes in itertools.chain(
            (data for _, data in graph.nodes(data=True)), (data for _, _, data in graph.edges(data=True))
        ):
            attributes.update((name, _scalar(value)) for name, value in attributes.items())
    return graph


def _scalar(value: Any) -> str | float | bool:
    """Give a value as every writer of networkx takes it."""
    if value is None:
        return ""
    if isinstance(value, list):
        return SEPARATOR.join(value)
    return value if isinstance(value, (str, float, bool)) else str(value)


def _edge(fact: Fact) -> dict[str, Any]:
    return {
        "relation": fact.relation,
        "label": fact.relation.replace("_", " "),
        "asserted": fact.asserted,
        "negated": fact.negated,
        "modality": fact.modality,
        "attributed_to": fact.attributed_to.label if fact.attributed_to else None,
        "begins": fact.begins,
        "ends": fact.ends,
        "confidence": max((e.confidence for e in fact.evidence), default=1.0),
        "evidence": [e.quote for e in fact.evidence],
    }
