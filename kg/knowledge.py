"""What users hold: a graph that is read, shown, saved, and grows with one more text."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, Self

from kg.config import Config, RdfConfig
from kg.errors import KGError
from kg.graph.view import GraphView

if TYPE_CHECKING:
    from kg.export.notebook import Framed
    from kg.read import Sources
    from kg.resolve import Linker


class Origin(Protocol):
    """What a graph is made of, and is made anew from when a text comes in."""

    def add_text(self, text: str, *, uri: str | None = None) -> object:
        """Take in one more text; another text under the same URI takes its place."""
        ...

    def graph(self) -> GraphView:
        """Give the graph of all that is there."""
        ...


class KnowledgeGraph(GraphView):
    """A graph of entities and facts, each fact with the sentences it was read from."""

    # What it was made of; a graph from a file has only its triples.
    origin: Origin | None = None
    # What was merged into it since, which its origin does not know.
    merged: tuple[GraphView, ...] = ()

    @classmethod
    def of(cls, origin: Origin) -> Self:
        """Give the graph of what was read, which grows with it."""
        view = origin.graph()
        graph = cls(view.store, base=view.names.base)
        graph.texts, graph.origin = view.texts, origin
        return graph

    def save(self, path: str | os.PathLike[str]) -> Path:
        """Write the graph in the format of the suffix; give the path."""
        from kg.export import write

        return write(self, path)

    def add(self, text: str, *, uri: str | None = None) -> Self:
        """Read one more text into the graph, and give the graph.

        It is resolved against all that the graph was built of, or lies in its store on disk; a graph that was
        opened from a file knows its entities by name. A text that is there already changes nothing, another
        text under the same URI takes its place.
        """
        if self.origin is None:
            self._add_by_name(text, uri)
        else:
            self.origin.add_text(text, uri=uri)
            grown = self.origin.graph()
            self.store, self.texts = grown.store, grown.texts
            self.changed()
            for other in self.merged:
                self._take(other)
        return self

    def _add_by_name(self, text: str, uri: str | None) -> None:
        """Add a text where extractions are no longer known: equal names give equal IRIs."""
        from kg.read import document_from_text
        from kg.run import Extracted

        if document_from_text(text).id not in {d.id for d in self.documents}:
            one = Extracted(Config(rdf=RdfConfig(base=self.names.base)))
            one.add_text(text, uri=uri)
            self._take(one.graph())

    def merge(self, other: GraphView) -> None:
        """Add the triples of another graph: one more graph of ours, an ontology, a gazetteer."""
        self._take(other)
        if self.origin is not None:
            self.merged += (other,)

    def _take(self, other: GraphView) -> None:
        self.store.add_lines("\n".join(other.store.lines()).encode())
        self.texts.update(other.texts)
        self.changed()

    def show(self, *, height: int = 640) -> Framed:
        """Give the page of the graph, which a notebook shows in a frame of this height."""
        from kg.export.notebook import framed

        return framed(self, height=height)

    def _repr_html_(self) -> str:
        from kg.export.notebook import sketch

        return sketch(self)


def build(
    sources: Sources,
    *,
    config: Config | None = None,
    processes: int | None = None,
    linkers: Sequence[Linker] | None = None,
    on_skip: Callable[[KGError], None] | None = None,
) -> KnowledgeGraph:
    """Build the graph of files, folders and globs.

    `linkers` stand in the place of those of the settings, which `kg.resolve.linkers_of` gives. A source or
    document that fails raises; with `on_skip` it is handed over and left out.
    """
    from kg.run import run

    done = run(sources, config=config, processes=processes, linkers=linkers, on_skip=on_skip or _raise)
    return KnowledgeGraph.of(done.extracted)


def open_graph(path: str | os.PathLike[str], *, base: str | None = None, lang: str = "en") -> KnowledgeGraph:
    """Open a graph: a store's folder, or a file by its suffix.

    `lang` is the language that things are called in, where a file that we did not write has labels in
    several; the others are aliases.
    """
    from kg.library.manifest import is_store

    if is_store(path):
        from kg.library.directory import StoreDirectory

        return KnowledgeGraph.of(StoreDirectory(path))
    return KnowledgeGraph.from_file(path, base=base, lang=lang)


def _raise(error: KGError) -> Any:
    raise error
