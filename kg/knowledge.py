"""What users hold: a graph that is read, shown, saved, and grows with one more text."""

from __future__ import annotations

import datetime as dt
import logging
import os
import re
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, Self

from kg.config import Config, RdfConfig
from kg.corrections import Corrections
from kg.errors import KGError, ReadError, SameText
from kg.graph.view import GraphView
from kg.nearest import did_you_mean
from kg.schema import Schema
from kg.store.schemas import load as load_schema
from kg.vocab import OWL

if TYPE_CHECKING:
    from kg.ask import Reply
    from kg.export.notebook import Framed
    from kg.graph.expressing import Expressed
    from kg.model import Document, Extraction
    from kg.resolve import Linker
    from kg.search import Hit, Index

log = logging.getLogger("kg")


class Origin(Protocol):
    """What a graph is made of, and is made anew from when a text comes in."""

    def add_text(self, text: str, *, uri: str | None = None) -> object:
        """Take in one more text; another text under the same URI takes its place."""
        ...

    def remove(self, names: Iterable[str]) -> object:
        """Leave out documents, by id."""
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
    # The schemas of somebody's own that it is written in beside ours.
    schemas: tuple[Schema, ...] = ()
    # By which words are found, once somebody has searched.
    _index: Index | None = None
    # What its things are linked to.
    linked: tuple[str, ...] = ()

    @classmethod
    def of(cls, origin: Origin) -> Self:
        """Give the graph of what was read, which grows with it."""
        view = origin.graph()
        graph = cls(view.store, base=view.names.base)
        graph.texts, graph.origin, graph.kept_at = view.texts, origin, view.kept_at
        return graph

    def save(
        self,
        path: str | os.PathLike[str],
        *,
        config: Config | None = None,
        since: GraphView | None = None,
    ) -> Path:
        """Write the graph in the format of the suffix; give the path.

        `town.csv` becomes two files, `town.nodes.csv` and `town.edges.csv`. `change.rdfp` is a patch that
        makes this graph of the one given as `since`.
        """
        from kg.export import write

        return write(self, path, config=config, since=since)

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
            self._made_anew(self.origin.graph())
        self._beside()
        return self

    def remove(self, *documents: str | Document) -> Self:
        """Take out what only these documents say, by id, source or URI, and give the graph.

        It is resolved anew of what remains, or, where it was opened from a file, keeps its entities as they
        are named. A document that is not there gives `UnknownName`. A store on disk forgets them too.
        """
        gone = {d.id for d in self._documents_called(documents)}
        if self.origin is None:
            part = self._part(None, {d.id for d in self.documents} - gone)
            self.store, self.texts = part.store, part.texts
            self.changed()
        else:
            self.origin.remove(sorted(gone))
            self._made_anew(self.origin.graph())
        self._beside()
        return self

    def _beside(self) -> None:
        """Write again what stands beside what was read: schemas and links."""
        for schema in self.schemas:
            self._express(schema)
        if self.linked:
            self.link(*self.linked)

    def _made_anew(self, made: GraphView) -> None:
        self.store, self.texts = made.store, made.texts
        self.changed()
        self.kept_at = made.kept_at
        for other in self.merged:
            self._take(other)

    def express(self, schema: Schema | str | os.PathLike[str]) -> Expressed:
        """Write what the graph says in a schema's own IRIs beside ours, and tell what was refused and why.

        The schema is OWL or RDFS in any syntax of RDF, or JSON; texts that are added later are
        written in it too.
        """
        if not isinstance(schema, Schema):
            schema = load_schema(schema)
        self.schemas += (schema,)
        return self._express(schema)

    def _express(self, schema: Schema) -> Expressed:
        # Loaded here because it brings spaCy's package, which reading a graph can do without.
        from kg.graph.expressing import express

        triples, told = express(self.store.triples(), schema, self.names)
        self.store.add(triples)
        self.changed()
        return told

    def link(self, *sources: str) -> dict[str, tuple[str, ...]]:
        """Write what things are elsewhere (`owl:sameAs`), in texts added later too; give it by their ids.

        "places" are linked to GeoNames, countries to Wikidata too. What may be one of several is left alone.
        """
        # Loaded here because of the gazetteer, which a graph that is not linked can do without.
        from kg.graph.linking import linked

        sources = sources or ("places",)
        found = linked(self.entities, self.each_fact(), sources)
        self.linked = tuple(dict.fromkeys((*self.linked, *sources)))
        ent, same = self.names.ent, f"<{OWL}sameAs>"
        self.store.add((f"<{ent}{id}>", same, f"<{iri}>") for id, iris in found.items() for iri in iris)
        self.changed()
        return found

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

    def search_text(self, words: str, *, limit: int = 10) -> list[Hit]:
        """Look for words: give the things that they name, then the sentences that have them, the best first.

        Of each there are at most `limit`. A sentence comes with its document, offsets and the facts that were
        read from it. Words may have other endings ("sentenced" finds "sentences"); `"…"` is a phrase,
        `acqui*` a beginning. The index of a store is kept beside it.
        """
        # Loaded here: who does not search pays nothing for it.
        from kg.search import Index, search

        if self._index is None:
            self._index = Index.of(self)
        return search(self, words, self._index, limit=limit)

    def ask(self, question: str) -> Reply:
        """Answer a question in plain English: "who was sentenced in 2006?", "how much did X pay for Y?".

        It is read into SPARQL by forms and tables of words. The reply has the query, the answers with their
        facts and evidence, and notes; what cannot be read is not guessed at, its words are `reply.unread`.
        Only facts answer it, unless it asks what was planned or said.
        """
        # Loaded here because it brings spaCy.
        from kg.ask import ask
        from kg.search import Index

        if self._index is None:
            self._index = Index.of(self)
        return ask(self, question, self._index)

    def changed(self) -> None:
        """Forget what was read from the store; to be called after the store was written to."""
        super().changed()
        self._index = None

    def show(self, *, height: int = 640) -> Framed:
        """Give the page of the graph, which a notebook shows in a frame of this height."""
        from kg.export.notebook import framed

        return framed(self, height=height)

    def _repr_html_(self) -> str:
        from kg.export.notebook import sketch

        return sketch(self)


def build(
    sources: Any,
    *,
    config: Config | None = None,
    processes: int | None = None,
    linkers: Sequence[Linker] | None = None,
    on_skip: Callable[[KGError], None] | None = None,
    corrections: Corrections | str | os.PathLike[str] | None = None,
) -> KnowledgeGraph:
    """Build the graph of files, folders and globs, or of texts in memory.

    `sources` is one of these, or an iterable of them, which is taken as it is needed:

    - a string or path that names a file, a folder, a glob or, with `[build] fetch`, an address of the web;
    - a string that is a text: it has words, and there is no such file;
    - a `Document`, or a dict with its `text` and, if you like, `uri`, `title`, `published`, `source` and
      `lang`: `kg.build([{"text": "Rain fell.", "uri": "https://news.example/1"}])`;
    - a DataFrame of pandas or polars: each row a document, by columns that are found like those of a file.

    `linkers` stand in the place of those of the settings, which `kg.resolve.linkers_of` gives. A source or
    document that fails raises; with `on_skip` it is handed over and left out. A text that was there under
    another name is left out and logged, or handed over too. `corrections` are what people decided, or the
    file that has it, in the place of that of the settings; those that no longer apply are logged.
    """
    from kg.run import build_of

    config = config or Config()
    if not isinstance(corrections, Corrections):
        named = corrections or config.resolve.corrections
        corrections = Corrections.read(named) if named else None
    skip = on_skip or _raise
    paths: list[str | os.PathLike[str]] = []
    documents = _documents(sources, paths, config, skip)
    extracted = build_of(
        documents,
        paths,
        config=config,
        processes=processes,
        linkers=linkers,
        on_skip=skip,
        corrections=corrections,
    )
    graph = KnowledgeGraph.of(extracted)
    for each in extracted.idle:
        log.warning("no longer applies: %s", each)
    return graph


async def stream(
    sources: Any,
    *,
    config: Config | None = None,
    on_skip: Callable[[KGError], None] | None = None,
) -> AsyncIterator[tuple[Document, Extraction]]:
    """Give each document with what is extracted from it, as soon as it is read (an async generator).

    `sources` is what `build` takes, or an asynchronous iterable of such (messages of a queue). Extraction
    runs in a thread of its own, one document at a time, and the next source is asked for only when the last
    was given, so that nothing piles up. What fails raises, or is handed to `on_skip` and left out.
    """
    # Loaded here: who does not stream pays nothing for it.
    import asyncio
    from concurrent.futures import ThreadPoolExecutor

    from kg.run import documents_in, extract_document

    config = config or Config()
    skip = on_skip or _raise

    def read_one(source: Any) -> Iterator[Document]:
        paths: list[str | os.PathLike[str]] = []
        yield from _documents(source, paths, config, skip)
        if paths:
            yield from documents_in(paths, config, skip)

    with ThreadPoolExecutor(max_workers=1, thread_name_prefix="kg-stream") as thread:
        loop = asyncio.get_running_loop()
        async for source in _each(sources):
            documents = read_one(source)
            while (document := await loop.run_in_executor(thread, next, documents, None)) is not None:
                try:
                    found = await loop.run_in_executor(thread, extract_document, document, config)
                except KGError as error:
                    skip(error)
                    continue
                yield document, found


async def _each(sources: Any) -> AsyncIterator[Any]:
    if hasattr(sources, "__aiter__"):
        async for source in sources:
            yield source
        return
    for source in _several(sources):
        yield source


def _several(sources: Any) -> Iterable[Any]:
    """Give what is one source or many as many."""
    one = isinstance(sources, (str, bytes, os.PathLike, Mapping)) or _is_table(sources)
    return [sources] if one or not isinstance(sources, Iterable) else sources


def _documents(
    sources: Any, paths: list[str | os.PathLike[str]], config: Config, skip: Callable[[KGError], None]
) -> Iterator[Document]:
    """Give the documents among what is to be built; its paths go to `paths`."""
    from kg.model import Document
    from kg.read import document_from_text

    for number, source in enumerate(_several(sources), start=1):
        if isinstance(source, Document):
            yield source
        elif isinstance(source, Mapping):
            yield _document_of(source, number)
        elif isinstance(source, str) and _is_text(source):
            yield document_from_text(source, source=f"text {number}", lang=config.read.lang)
        elif isinstance(source, (str, os.PathLike)):
            paths.append(source)
        elif _is_table(source):
            yield from _of_table(source, number, config, skip)
        else:
            what = f"{type(source).__name__} is neither a path nor a document"
            raise ReadError(what, remedy="give paths, texts, kg.Document, DataFrames or dicts with a text")


def _is_table(given: Any) -> bool:
    """Whether something is a DataFrame, by what it can do: neither library has to be here."""
    return hasattr(given, "columns") and (hasattr(given, "itertuples") or hasattr(given, "iter_rows"))


def _of_table(table: Any, number: int, config: Config, skip: Callable[[KGError], None]) -> Iterator[Document]:
    from kg.model import Document
    from kg.read import documents_of_rows

    names = [str(name) for name in table.columns]
    rows = table.itertuples(index=False, name=None) if hasattr(table, "itertuples") else table.iter_rows()
    records = (dict(zip(names, row, strict=True)) for row in rows)
    for found in documents_of_rows(records, source=f"table {number}", config=config.read):
        if isinstance(found, Document):
            yield found
        else:
            skip(found)


def _is_text(given: str) -> bool:
    """Whether a string is a text: there is no such file, and it has words and nothing of a path.

    >>> _is_text("Rain fell on Ulm."), _is_text("my notes/rain.txt"), _is_text("Rain fell. It stopped")
    (True, False, True)
    """
    if "\0" in given or not given.strip() or os.path.lexists(given[:4096]):
        return False
    if "\n" in given.strip() or re.search(r"\s\S.*[.!?][\"'”’)\]]*\s*$", given, re.S) or len(given) > 255:
        return " " in given or "\n" in given
    return " " in given.strip() and not re.search(r"\.\w{1,10}$|[\\/]", given.strip())


_KEYS = ("text", "uri", "title", "published", "source", "lang")


def _document_of(row: Mapping[str, Any], number: int) -> Document:
    from kg.read import document_from_text

    for key in row:
        if key not in _KEYS:
            remedy = did_you_mean(str(key), _KEYS, otherwise=f"there are: {', '.join(_KEYS)}")
            raise ReadError(f"a document has no {key!r}", where=f"document {number}", remedy=remedy)
    text = row.get("text")
    if not isinstance(text, str) or not text.strip():
        raise ReadError("a document needs a text", where=f"document {number}")
    given = {key: value for key, value in row.items() if key != "text" and value is not None}
    published = given.get("published")
    if isinstance(published, str):
        try:
            given["published"] = dt.date.fromisoformat(published)
        except ValueError as error:
            what = f"{published!r} is no day (YYYY-MM-DD)"
            raise ReadError(what, where=f"document {number}") from error
    given.setdefault("source", given.get("uri", f"text {number}"))
    return document_from_text(text, **given)


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


def _raise(error: KGError) -> None:
    # A copy takes nothing away from the graph, so it is no reason to have none.
    if not isinstance(error, SameText):
        raise error
    log.warning("left out: %s", error)
