"""Write a graph to a file, in the format that its suffix names."""

from __future__ import annotations

import functools
import importlib.util
import logging
import os
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from kg import plugins
from kg.atomic import name_aside, put, together, write_text
from kg.config import Config
from kg.errors import GraphError, MissingExtra
from kg.export.neo4j import PARTS, cypher, write_import
from kg.export.relational import TABLES
from kg.export.tables import edge_table, event_table, gexf, graphml, node_table, sure_of
from kg.rdf.formats.jsonld import jsonld
from kg.rdf.formats.patch import SUFFIX as PATCH
from kg.rdf.formats.patch import patch
from kg.rdf.formats.quads import by_document
from kg.rdf.formats.rdfxml import rdfxml
from kg.rdf.formats.streamed import quad_lines, stream_jsonld, stream_trig, stream_turtle
from kg.rdf.formats.turtle import trig, turtle
from kg.rdf.formats.turtle12 import SUFFIX as TURTLE_12
from kg.rdf.formats.turtle12 import reified, turtle12
from kg.rdf.terms import Triple, read_triple
from kg.store.disk import sorted_lines
from kg.vocab import event_classes

if TYPE_CHECKING:
    from kg.graph.view import GraphView

log = logging.getLogger("kg.export")
# What the tables for the import of Neo4j are asked for by, and called.
NEO4J = ".neo4j.csv"
IMPORTED = tuple(part.name for part in PARTS)
# The libraries of formats that not everybody writes, each with the extra that brings it.
NEEDS = {
    ".xlsx": {"xlsxwriter": "xlsx"},
    ".parquet": {"pyarrow": "parquet"},
    ".duckdb": {"duckdb": "duckdb", "pyarrow": "duckdb"},
}


class Exporter(Protocol):
    """Writes a graph in one format; plug-ins of the door `kg.exporters` are such, under their suffix."""

    def __call__(self, graph: GraphView, path: Path, /) -> None:
        """Write the graph to a file that is not there yet; the same graph gives the same bytes."""
        ...


def write(
    graph: GraphView,
    path: str | os.PathLike[str],
    *,
    config: Config | None = None,
    since: GraphView | None = None,
) -> Path:
    """Write the graph and give the path; the file appears whole or not at all.

    `files` gives what a path becomes. Of the settings, those count that say how tables are written. With
    `since`, an earlier graph, a patch (`.rdfp`) says what has changed; without it adds all.
    """
    path = Path(path)
    exporter = exporter_of(path, config)
    if since is not None:
        if path.suffix.lower() != PATCH:
            what = "only a patch tells what has changed"
            raise GraphError(what, where=str(path), remedy=f"name a file that ends in {PATCH}")
        exporter = functools.partial(_patch, since=since)
    try:
        if path.is_dir():
            raise IsADirectoryError(None, "is a folder")
        path.parent.mkdir(parents=True, exist_ok=True)
        with together():
            exporter(graph, path)
    except OSError as error:
        raise GraphError(error.strerror or str(error), where=str(path)) from error
    log.info("wrote %s", path)
    return path


def files(path: str | os.PathLike[str]) -> tuple[Path, ...]:
    """Give the files that `write` makes for a path: CSV is two, nodes and edges; Parquet one a table.

    >>> [file.name for file in files("town.csv")], [file.name for file in files("nodes.csv")]
    (['town.nodes.csv', 'town.edges.csv'], ['nodes.csv', 'edges.csv'])

    A table that bears the name of a class of events is one of these, a row an event.

    >>> [file.name for file in files("town.Acquisition.csv")]
    ['town.Acquisition.csv']
    """
    path = Path(path)
    parts = _parts(path)
    if not parts:
        return (path,)
    # Who names one of them means that one, and the others beside it.
    before, dot, last = path.stem.rpartition(".")
    if last.lower() not in parts:
        before, dot = path.stem, "."
    return tuple(path.with_name(f"{before}{dot}{part}{path.suffix}") for part in parts)


def _parts(path: Path) -> tuple[str, ...]:
    """Give what the files that one path stands for are called, where there are several."""
    suffix = path.suffix.lower()
    if _is_for_neo4j(path):
        return IMPORTED
    if suffix == ".csv" and not _event_class(path):
        return ("nodes", "edges")
    return tuple(table.name for table in TABLES) if suffix == ".parquet" else ()


def _is_for_neo4j(path: Path) -> bool:
    """Whether a path names tables for the import of Neo4j: "town.neo4j.csv", or one of these tables."""
    before, _, last = f".{path.stem}".lower().rpartition(".")
    return path.suffix.lower() == ".csv" and (
        last == "neo4j" or (last in IMPORTED and before.endswith(".neo4j"))
    )


def suffixes() -> tuple[str, ...]:
    """Give the suffixes that a graph can be written under: ours, and those of installed plug-ins."""
    others = (f".{name.lower()}" for name in plugins.offered("exporters"))
    return tuple(dict.fromkeys([*WRITERS, TURTLE_12, NEO4J, *others]))


def exporter_of(path: str | os.PathLike[str], config: Config | None = None) -> Exporter:
    """Give what writes the format of a path's suffix, or raise a `GraphError` that says which there are."""
    path = Path(path)
    if _event_class(path):
        return functools.partial(_event_csv, config=config)
    if _is_for_neo4j(path):
        return _neo4j
    if path.suffix.lower() == ".csv":
        return functools.partial(_csv, config=config)
    if path.name.lower().endswith(TURTLE_12):
        return _turtle12
    suffix = path.suffix.lower()
    for library, extra in NEEDS.get(suffix, {}).items():
        # Told before the work begins, not when its result is to be written.
        if importlib.util.find_spec(library) is None:
            what = f"{library} is not installed"
            raise MissingExtra(what, where=str(path), remedy=f"pip install 'kg[{extra}]'")
    if suffix in WRITERS:
        return WRITERS[suffix]
    for name in plugins.offered("exporters"):
        if suffix == f".{name.lower()}":
            return _Plugged(name)
    what = f"no format has the suffix {path.suffix!r}" if path.suffix else "a file name needs a suffix"
    raise GraphError(what, where=str(path), remedy=f"use one of {', '.join(suffixes())}")


class _Plugged:
    """The exporter of a plug-in, whose files appear whole or not at all; what it raises says whose it is."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.exporter: Exporter = plugins.load("exporters", name)

    def __call__(self, graph: GraphView, path: Path, /) -> None:
        with tempfile.TemporaryDirectory(dir=path.parent, prefix=f".{path.name}.") as aside:
            try:
                self.exporter(graph, Path(aside) / path.name)
                if not (Path(aside) / path.name).is_file():
                    raise FileNotFoundError(f"it wrote no {path.name}")
            except Exception as error:
                raise plugins.broken("exporters", self.name, error) from error
            for made in sorted(Path(aside).iterdir()):
                there = path.with_name(made.name)
                put(made.replace(name_aside(there)), there)


def _turtle(graph: GraphView, path: Path) -> None:
    write_text(path, _turtle_of(graph))


def _turtle_of(graph: GraphView) -> Iterator[str]:
    if graph.store.large:
        return stream_turtle(_batches(graph.store.subject_pieces()), graph.names)
    return turtle(graph.store.lines(), graph.names)


def _batches(pieces: Iterable[bytes]) -> Iterator[Iterator[Triple]]:
    return (map(read_triple, filter(None, piece.decode().split("\n"))) for piece in pieces)


def _turtle12(graph: GraphView, path: Path) -> None:
    if graph.store.large:
        pieces = (reified(filter(None, piece.decode().split("\n"))) for piece in graph.store.subject_pieces())
        write_text(path, stream_turtle((map(read_triple, lines) for lines in pieces), graph.names))
    else:
        write_text(path, turtle12(graph.store.lines(), graph.names))


def _ntriples(graph: GraphView, path: Path) -> None:
    write_text(path, (f"{line}\n" for line in graph.store.each_line()))


def _graphs(graph: GraphView) -> tuple[list[str], dict[str, list[str]]]:
    """Documents' graphs are made anew; graphs of a file that we did not write are kept."""
    rest, graphs = by_document(graph.store.lines(), graph.names)
    for name, lines in graph.store.named_lines(but=graphs).items():
        graphs[name] = lines
        rest = sorted(set(rest).difference(lines))
    return rest, graphs


def _nquads(graph: GraphView, path: Path) -> None:
    if graph.store.large and (pieces := graph.store.pieces()) is not None:
        lines = sorted_lines(quad_lines(_batches(pieces), graph.names))
    else:
        rest, graphs = _graphs(graph)
        found = [*rest, *(f"{line[:-1]}{name} ." for name in graphs for line in graphs[name])]
        lines = iter(sorted(found))
    write_text(path, (f"{line}\n" for line in lines))


def _trig(graph: GraphView, path: Path) -> None:
    if graph.store.large and (pieces := graph.store.pieces()) is not None:
        write_text(path, stream_trig(_batches(pieces), graph.names))
    else:
        write_text(path, trig(*_graphs(graph), graph.names))


def _jsonld(graph: GraphView, path: Path) -> None:
    if graph.store.large:
        write_text(path, stream_jsonld(_batches(graph.store.subject_pieces()), graph.names))
    else:
        write_text(path, jsonld(graph.store.lines(), graph.names))


def _rdfxml(graph: GraphView, path: Path) -> None:
    write_text(path, rdfxml(graph.store.each_line(), graph.names))


def _patch(graph: GraphView, path: Path, /, *, since: GraphView | None = None) -> None:
    write_text(path, patch(since.store.each_line() if since else (), graph.store.each_line()))


def _graphml(graph: GraphView, path: Path) -> None:
    write_text(path, graphml(graph.to_networkx()))


def _gexf(graph: GraphView, path: Path) -> None:
    write_text(path, gexf(graph.to_networkx()))


def _csv(graph: GraphView, path: Path, /, *, config: Config | None = None) -> None:
    config = config or Config()
    network = sure_of(graph.to_networkx(), config.extract.min_confidence)
    # Excel on Windows takes a table without the mark for one in the code page of the machine.
    mark = "\ufeff" if config.export.bom else ""
    for file, table in zip(files(path), (node_table(network), edge_table(network)), strict=True):
        write_text(file, [mark, table])


def _event_class(path: Path) -> str:
    """Give the class of events that a table is named after: "Acquisition" of "town.Acquisition.csv"."""
    last = path.stem.rpartition(".")[2]
    return last if path.suffix.lower() == ".csv" and last in event_classes() else ""


def _event_csv(graph: GraphView, path: Path, /, *, config: Config | None = None) -> None:
    mark = "\ufeff" if (config or Config()).export.bom else ""
    kind = _event_class(path)
    write_text(path, [mark, event_table(kind, graph.each_fact(event=kind, asserted=True))])


def _html(graph: GraphView, path: Path) -> None:
    # The page brings pyvis and its template; the other formats do not wait for it.
    from kg.export.html import write_html

    write_html(graph, path)


def _sqlite(graph: GraphView, path: Path) -> None:
    from kg.export.sqlite import write_sqlite

    write_sqlite(graph, path)


def _duckdb(graph: GraphView, path: Path) -> None:
    from kg.export.columnar import write_duckdb

    write_duckdb(graph, path)


def _parquet(graph: GraphView, path: Path) -> None:
    from kg.export.columnar import write_parquet

    write_parquet(graph, dict(zip(_parts(path), files(path), strict=True)))


def _neo4j(graph: GraphView, path: Path) -> None:
    write_import(graph, dict(zip(_parts(path), files(path), strict=True)))


def _cypher(graph: GraphView, path: Path) -> None:
    write_text(path, cypher(graph))


def _workbook(graph: GraphView, path: Path) -> None:
    from kg.export.workbook import write_workbook

    write_workbook(graph, path)


WRITERS: dict[str, Exporter] = {
    ".ttl": _turtle,
    ".nt": _ntriples,
    ".nq": _nquads,
    ".trig": _trig,
    ".jsonld": _jsonld,
    ".rdf": _rdfxml,
    ".owl": _rdfxml,
    PATCH: _patch,
    ".graphml": _graphml,
    ".gexf": _gexf,
    ".csv": _csv,
    ".html": _html,
    ".sqlite": _sqlite,
    ".db": _sqlite,
    ".duckdb": _duckdb,
    ".parquet": _parquet,
    ".cypher": _cypher,
    ".xlsx": _workbook,
}
