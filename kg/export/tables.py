"""The network of entities as files for other programs: GraphML, GEXF and CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape, quoteattr

from kg.model import Entity, Fact, role_of, text_of
from kg.rdf.terms import xml_text

if TYPE_CHECKING:
    import networkx

NODE_COLUMNS = {"label": "string", "type": "string", "aliases": "string", "states": "string"}
EDGE_COLUMNS = {
    "label": "string",
    "relation": "string",
    "asserted": "boolean",
    "negated": "boolean",
    "modality": "string",
    "attributed_to": "string",
    "begins": "string",
    "ends": "string",
    "confidence": "double",
    "evidence": "string",
}


def graphml(network: networkx.MultiDiGraph) -> Iterator[str]:
    """Give the text of a GraphML file that Gephi, yEd and networkx open."""
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n'
    for end, columns in (("node", NODE_COLUMNS), ("edge", EDGE_COLUMNS)):
        for name, kind in columns.items():
            yield f'<key id="{end}_{name}" for="{end}" attr.name="{name}" attr.type="{kind}"/>\n'
    yield '<graph edgedefault="directed">\n'
    for node, data in _nodes(network):
        yield f"<node id={_attribute(node)}>\n"
        yield from _data("node", data, NODE_COLUMNS)
        yield "</node>\n"
    for i, (source, target, data) in enumerate(_edges(network)):
        yield f'<edge id="e{i}" source={_attribute(source)} target={_attribute(target)}>\n'
        yield from _data("edge", data, EDGE_COLUMNS)
        yield "</edge>\n"
    yield "</graph>\n</graphml>\n"


def gexf(network: networkx.MultiDiGraph) -> Iterator[str]:
    """Give the text of a GEXF 1.2 file."""
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield '<gexf xmlns="http://www.gexf.net/1.2draft" version="1.2">\n'
    yield '<graph mode="static" defaultedgetype="directed">\n'
    columns = {"node": _without_label(NODE_COLUMNS), "edge": _without_label(EDGE_COLUMNS)}
    for end, names in columns.items():
        yield f'<attributes class="{end}">\n'
        for name, kind in names.items():
            yield f'<attribute id="{name}" title="{name}" type="{kind}"/>\n'
        yield "</attributes>\n"
    yield "<nodes>\n"
    for node, data in _nodes(network):
        yield f"<node id={_attribute(node)} label={_attribute(_cell(data['label']))}>"
        yield from _attvalues(data, columns["node"])
        yield "</node>\n"
    yield "</nodes>\n<edges>\n"
    for i, (source, target, data) in enumerate(_edges(network)):
        ends = f"source={_attribute(source)} target={_attribute(target)}"
        yield f'<edge id="{i}" {ends} label={_attribute(_cell(data["label"]))}>'
        yield from _attvalues(data, columns["edge"])
        yield "</edge>\n"
    yield "</edges>\n</graph>\n</gexf>\n"


def sure_of(network: networkx.MultiDiGraph, least: float) -> networkx.MultiDiGraph:
    """Give the network without the edges that are less likely right, and the literals they alone lead to.

    A qualifier may be less sure than the claim that brings it, and in a table it stands like any other.
    """
    doubtful = [
        (source, target, key)
        for source, target, key, data in network.edges(keys=True, data=True)
        if data["confidence"] < least
    ]
    if doubtful:
        network = network.copy()
        network.remove_edges_from(doubtful)
        left = {target for _, target, _ in doubtful if not network.degree(target)}
        network.remove_nodes_from([n for n in left if network.nodes[n]["type"] == "Literal"])
    return network


def node_table(network: networkx.MultiDiGraph) -> str:
    """Give the nodes as CSV, with the column names that Gephi knows."""
    rows = ([node, *(_cell(data.get(c)) for c in NODE_COLUMNS)] for node, data in _nodes(network))
    return _csv(["Id", "Label", "Class", "Aliases", "States"], rows)


def edge_table(network: networkx.MultiDiGraph) -> str:
    """Give the edges as CSV, with the column names that Gephi knows."""
    head = ["Source", "Target", "Type", "Label", *(c.title() for c in _without_label(EDGE_COLUMNS))]
    rows = (
        [source, target, "Directed", *(_cell(data.get(c)) for c in EDGE_COLUMNS)]
        for source, target, data in _edges(network)
    )
    return _csv(head, rows)


def event_table(kind: str, facts: Iterable[Fact]) -> str:
    """Give the events of a class as CSV: a row an event, a column a role, several fillers parted by bars."""
    events: dict[str, Entity] = {}
    roles: dict[str, dict[str, dict[str, None]]] = {}
    days: dict[str, tuple[str, str]] = {}
    for fact in facts:
        events[fact.subject.id] = fact.subject
        name = role_of(fact.relation)
        roles.setdefault(fact.subject.id, {}).setdefault(name, {})[text_of(fact.object)] = None
        if fact.begins or fact.ends:
            days[fact.subject.id] = (str(fact.begins or ""), str(fact.ends or ""))
    columns = sorted({name for told in roles.values() for name in told})
    rows = (
        [
            id,
            events[id].label,
            events[id].type,
            *days.get(id, ("", "")),
            *(" | ".join(sorted(roles[id].get(name, ()))) for name in columns),
        ]
        for id in sorted(events)
    )
    return _csv(["Id", "Label", "Class", "Begins", "Ends", *columns], rows)


def _nodes(network: networkx.MultiDiGraph) -> list[tuple[str, dict[str, Any]]]:
    return sorted(network.nodes(data=True), key=lambda row: str(row[0]))


def _edges(network: networkx.MultiDiGraph) -> list[tuple[str, str, dict[str, Any]]]:
    def place(row: tuple[str, str, dict[str, Any]]) -> tuple[str, ...]:
        return row[0], row[1], *(_cell(row[2].get(c)) for c in EDGE_COLUMNS)

    return sorted(network.edges(data=True), key=place)


def _without_label(columns: dict[str, str]) -> dict[str, str]:
    return {name: kind for name, kind in columns.items() if name != "label"}


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list | tuple):
        return " | ".join(map(str, value))
    return str(value)


def _xml(text: str) -> str:
    return escape(xml_text(text))


def _attribute(text: str) -> str:
    return quoteattr(xml_text(text))


def _data(end: str, data: dict[str, Any], columns: dict[str, str]) -> Iterator[str]:
    for name in columns:
        if text := _cell(data.get(name)):
            yield f'<data key="{end}_{name}">{_xml(text)}</data>\n'


def _attvalues(data: dict[str, Any], columns: dict[str, str]) -> Iterator[str]:
    yield "<attvalues>"
    for name in columns:
        if text := _cell(data.get(name)):
            yield f'<attvalue for="{name}" value={_attribute(text)}/>'
    yield "</attvalues>"


def _csv(head: list[str], rows: Iterator[list[str]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(head)
    writer.writerows([_inert(cell) for cell in row] for row in rows)
    return out.getvalue()


def _inert(cell: str) -> str:
    """A cell that a spreadsheet would take for a formula gets a quote in front."""
    return f"'{cell}" if begins_formula(cell) else cell


def begins_formula(cell: str) -> bool:
    """Whether a spreadsheet might take a text for a formula."""
    return cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
