"""Write a graph to a file, in the format that its suffix names."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import GraphError
from kg.export.turtle import turtle

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph

Writer = Callable[["KnowledgeGraph", Path], None]


def write(graph: KnowledgeGraph, path: str | os.PathLike[str]) -> Path:
    """Write the graph and give the path; the file appears whole or not at all."""
    path = Path(path)
    writer = WRITERS.get(path.suffix.lower())
    if writer is None:
        remedy = f"use one of {', '.join(WRITERS)}"
        raise GraphError(f"no format has the suffix {path.suffix!r}", where=str(path), remedy=remedy)
    try:
        writer(graph, path)
    except OSError as error:
        raise GraphError(error.strerror or str(error), where=str(path)) from error
    return path


def put_text(path: Path, pieces: Iterator[str]) -> None:
    """Write text aside and rename it into place."""
    aside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with aside.open("w", encoding="utf-8", newline="\n") as file:
            file.writelines(pieces)
        aside.replace(path)
    finally:
        aside.unlink(missing_ok=True)


def _turtle(graph: KnowledgeGraph, path: Path) -> None:
    put_text(path, turtle(graph.store.lines(), graph.names))


def _ntriples(graph: KnowledgeGraph, path: Path) -> None:
    put_text(path, (f"{line}\n" for line in graph.store.lines()))


def _html(graph: KnowledgeGraph, path: Path) -> None:
    from kg.export.html import write_html  # type: ignore[import-not-found]

    write_html(graph, path)


WRITERS: dict[str, Writer] = {".ttl": _turtle, ".nt": _ntriples, ".html": _html}
