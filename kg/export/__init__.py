"""Write a graph to a file, in the format that its suffix names."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from kg.atomic import write_text
from kg.errors import GraphError
from kg.export.tables import edge_table, gexf, graphml, node_table
from kg.rdf.formats.jsonld import jsonld
from kg.rdf.formats.quads import by_document
from kg.rdf.formats.turtle import trig, turtle
from kg.rdf.formats.turtle12 import SUFFIX as TURTLE_12
from kg.rdf.formats.turtle12 import turtle12

if TYPE_CHECKING:
    from kg.graph.view import GraphView

Writer = Callable[["GraphView", Path], None]


def write(graph: GraphView, path: str | os.PathLike[str]) -> Path:
    """Write the graph and give the path; the file appears whole or not at all."""
    path = Path(path)
    writer = _writer(path)
    try:
        if path.is_dir():
            raise IsADirectoryError(None, "is a folder")
        path.parent.mkdir(parents=True, exist_ok=True)
        writer(graph, path)
    except OSError as error:
        raise GraphError(error.strerror or str(error), where=str(path)) from error
    return path


def files(path: str | os.PathLike[str]) -> tuple[Path, ...]:
    """Give the files that `write` makes for a path: CSV is two, nodes and edges."""
    path = Path(path)
    if path.suffix.lower() == ".csv":
        return path.with_suffix(".nodes.csv"), path.with_suffix(".edges.csv")
    return (path,)


def _writer(path: Path) -> Writer:
    if path.name.lower().endswith(TURTLE_12):
        return _turtle12
    writer = WRITERS.get(path.suffix.lower())
    if writer is None:
        remedy = f"use one of {', '.join([*WRITERS, TURTLE_12])}"
        what = f"no format has the suffix {path.suffix!r}" if path.suffix else "a file name needs a suffix"
        raise GraphError(what, where=str(path), remedy=remedy)
    return writer


def _turtle(graph: GraphView, path: Path) -> None:
    write_text(path, turtle(graph.store.lines(), graph.names))


def _turtle12(graph: GraphView, path: Path) -> None:
    write_text(path, turtle12(graph.store.lines(), graph.names))


def _ntriples(graph: GraphView, path: Path) -> None:
    write_text(path, (f"{line}\n" for line in graph.store.lines()))


def _graphs(graph: GraphView) -> tuple[list[str], dict[str, list[str]]]:
    """Documents' graphs are made anew; graphs of a file that we did not write are kept."""
    rest, graphs = by_document(graph.store.lines(), graph.names)
    for name, lines in graph.store.named_lines().items():
        if name not in graphs:
            graphs[name] = lines
            rest = sorted(set(rest).difference(lines))
    return rest, graphs


def _nquads(graph: GraphView, path: Path) -> None:
    rest, graphs = _graphs(graph)
    lines = [*rest, *(f"{line[:-1]}{name} ." for name in graphs for line in graphs[name])]
    write_text(path, (f"{line}\n" for line in sorted(lines)))


def _trig(graph: GraphView, path: Path) -> None:
    rest, graphs = _graphs(graph)
    write_text(path, trig(rest, graphs, graph.names))


def _jsonld(graph: GraphView, path: Path) -> None:
    write_text(path, jsonld(graph.store.lines(), graph.names))


def _graphml(graph: GraphView, path: Path) -> None:
    write_text(path, graphml(graph.to_networkx()))


def _gexf(graph: GraphView, path: Path) -> None:
    write_text(path, gexf(graph.to_networkx()))


def _csv(graph: GraphView, path: Path) -> None:
    network = graph.to_networkx()
    nodes, edges = files(path)
    write_text(nodes, [node_table(network)])
    write_text(edges, [edge_table(network)])


def _html(graph: GraphView, path: Path) -> None:
    # The page brings pyvis and its template; the other formats do not wait for it.
    from kg.export.html import write_html

    write_html(graph, path)


WRITERS: dict[str, Writer] = {
    ".ttl": _turtle,
    ".nt": _ntriples,
    ".nq": _nquads,
    ".trig": _trig,
    ".jsonld": _jsonld,
    ".graphml": _graphml,
    ".gexf": _gexf,
    ".csv": _csv,
    ".html": _html,
}
