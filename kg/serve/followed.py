"""A graph that is asked for long: when its store or file has changed, the next question is of what is new.

It is looked for by the process that holds the graph, which only ever reads. So of a store the graph is the
one that its last run has left; who writes brings it up to date.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import os
from pathlib import Path
from typing import TYPE_CHECKING

from kg.atomic import Mark, mark_of
from kg.errors import KGError
from kg.store.disk import DiskStore

if TYPE_CHECKING:
    from kg.graph.view import GraphView

Marks = tuple[Mark, ...]


class Followed:
    """The graph of a store or file, and which of its states it is; without a path it stays what it is."""

    def __init__(self, graph: GraphView, path: str | os.PathLike[str] | None = None) -> None:
        self.path = None if path is None else Path(path)
        # A store may have gone on since it was opened, and to open it once more costs little.
        self._mark = () if self.path is None or self.path.is_dir() else self._look()
        self._take(graph)

    def refresh(self) -> None:
        """Take the graph that is there by now; what cannot be opened leaves the one that was."""
        mark = self._look()
        if mark == self._mark:
            return
        self._mark = mark
        with contextlib.suppress(KGError, OSError, MemoryError):
            graph = self._opened()
            if graph is not None and not self._holds(graph):
                self._take(graph)

    def _take(self, graph: GraphView) -> None:
        """Keep a graph, and read of it what every question needs."""
        _ = graph.store.engine
        if not graph.store.large:
            _ = graph.entities
        self.graph, self.generation = graph, self._generation_of(graph)

    def _opened(self) -> GraphView | None:
        from kg.knowledge import KnowledgeGraph
        from kg.library.cache import current
        from kg.library.manifest import is_store
        from kg.library.reader import StoreReader

        assert self.path is not None, "what has no path does not change"
        if is_store(self.path):
            return current(StoreReader(self.path))[1]
        return KnowledgeGraph.from_file(self.path, lang=self.graph.lang)

    def _holds(self, graph: GraphView) -> bool:
        """Whether a graph is the state of the store that is there already."""
        old, new = self.graph.store, graph.store
        return isinstance(old, DiskStore) and isinstance(new, DiskStore) and old.folder == new.folder

    def _generation_of(self, graph: GraphView) -> str:
        """Name a state: of a store its number, of a file the time when it was written."""
        if isinstance(graph.store, DiskStore):
            return graph.store.folder.name
        if not self._mark:
            return ""
        written = dt.datetime.fromtimestamp(self._mark[0][0] / 1e9, dt.UTC)
        return written.isoformat(timespec="microseconds").replace("+00:00", "Z")

    def _look(self) -> Marks:
        """Give what tells one state of the files from another at little cost."""
        if self.path is None:
            return ()
        files = [self.path]
        if self.path.is_dir():
            # What a writer has done is in the journal of its database first.
            files = [self.path / name for name in ("manifest.json", "cache.sqlite", "cache.sqlite-wal")]
        return tuple(map(mark_of, files))
