"""A store on disk that grows: documents come and go, and the graph follows.

    manifest.json            which sources there are, and which document each holds; settings and engine
    documents/ab/ID.HASH     a document with its extraction, whole or not at all (JSON)
    cache.sqlite             entities, links and triples; may be deleted, and is made again
    graph/N                  the graph as readers see it; may be deleted, too
    removed.json             which sources were removed, so that who adds one again is told; may be deleted
    lock                     held by who writes

The manifest alone says what is in the store. It is written aside and renamed after the files that it names,
and they never change, so a run that is killed leaves the store as it was before or after a document. The
graph is a pure function of what the manifest names, not of how it came there.
"""

from __future__ import annotations

import contextlib
import json
import logging
import os
import time
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg import lock, read
from kg.atomic import ASIDE, write_text
from kg.config import Config
from kg.corrections import Idle
from kg.errors import GraphError, KGError
from kg.iri import digest
from kg.library import manifest
from kg.library.cache import Cache, apart, current, idle
from kg.library.manifest import Manifest
from kg.library.reader import StoreReader
from kg.model import Document, Extraction
from kg.nearest import did_you_mean
from kg.run import Diary, Progress, Skip, extract_document, extract_sources

if TYPE_CHECKING:
    from kg.graph.view import GraphView

# A commit rewrites the manifest; this much of a run's time may go into that.
COMMIT_SHARE = 0.05
# So many entities are named of which the documents are most about.
MOST_SALIENT = 10
# A reader looks so often for a graph that writers do not take away before it is opened.
MOST_TRIES = 20
log = logging.getLogger("kg.library")


@dataclass(slots=True)
class Changes:
    """What an `add` or `remove` did, in numbers of documents, and what was left out."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    removed: int = 0
    left_out: list[KGError] = field(default_factory=list)
    # Sources that had been removed from the store and are in it again.
    again: list[str] = field(default_factory=list)
    # Sources that were removed while others with the same text, by name, keep the document.
    kept: dict[str, list[str]] = field(default_factory=dict)


class StoreDirectory(StoreReader):
    """A store on disk; see the module's description for what lies in it."""

    @classmethod
    def create(cls, path: str | os.PathLike[str], *, config: Config | None = None) -> StoreDirectory:
        """Make an empty store in a folder that is new or empty."""
        folder = Path(path)
        if folder.exists() and (not folder.is_dir() or any(p.name != "lock" for p in folder.iterdir())):
            raise GraphError("neither a store nor an empty folder", where=str(folder))
        folder.mkdir(parents=True, exist_ok=True)
        manifest.save(Manifest(manifest.lasting(config or Config())), folder)
        return cls(folder)

    # Writing.

    def add(
        self,
        sources: read.Sources,
        *,
        processes: int | None = None,
        fetch: bool = False,
        on_skip: Skip | None = None,
        progress: Progress | None = None,
        diary: Diary | None = None,
    ) -> Changes:
        """Add what is new in files, folders and globs, and put what has changed in place of what it was."""
        changes = Changes()
        # The parts of a file that are in it now.
        met: set[str] = set()

        def skip(error: KGError) -> None:
            changes.left_out.append(error)
            if on_skip is not None:
                on_skip(error)

        def failed(source: read.Source, error: KGError) -> None:
            key = _key(source) + _part(error.where, source)
            self.manifest.failed[key] = str(error)
            met.add(key)
            skip(error)

        def wanted(source: read.Source, document: Document) -> bool:
            met.add(_key(source, document))
            return self._is_new(source, document, changes)

        def done(source: read.Source) -> None:
            self._forget_parts(source, met)
            met.clear()

        with self._writing():
            commit = self._now_and_then()
            for source, document, extraction in extract_sources(
                read.find(sources, config=self.config.read, fetch=fetch, on_skip=skip),
                self.config,
                wanted=wanted,
                failed=failed,
                done=done,
                processes=processes,
                progress=progress,
                diary=diary,
            ):
                self._put(_key(source, document), document, extraction, changes)
                commit()
            self._commit()
            removed = manifest.removed(self.path)
            changes.again = sorted(self.manifest.sources[k][0] for k in removed & set(self.manifest.sources))
            manifest.keep_removed(removed - set(self.manifest.sources), self.path)
            self._refresh()
        return changes

    def configure(self, config: Config) -> None:
        """Take on other settings, for all that does not need the documents to be read again."""
        with self._writing():
            kept = self.config
            if (config.read, config.extract) != (kept.read, kept.extract):
                raise GraphError("how documents are read cannot be changed", where=str(self.path))
            self.manifest.config = manifest.lasting(config)
            self._commit()
            self._refresh()

    def add_text(self, text: str, *, uri: str | None = None, source: str = "") -> Changes:
        """Add a text that is in memory, under its URI or a name."""
        changes = Changes()
        with self._writing():
            document = read.document_from_text(text, source=source or uri or "text", uri=uri)
            key = uri or source or f"text:{document.id}"
            self._put(key, document, extract_document(document, self.config), changes)
            self._commit()
            self._refresh()
        return changes

    def remove(self, names: Iterable[str]) -> Changes:
        """Remove documents by id, IRI, path, or file name where only one has it.

        A path or file name removes that source; its document stays while another source has the same text.
        """
        names = list(names)
        with self._writing():
            sources = self.manifest.sources
            chosen = {key for name in names for key in self._chosen(name)}
            gone = {key: sources[key] for key in chosen}
            for key in {key for name in names for key in _within(name, self.manifest.failed)}:
                del self.manifest.failed[key]
            self.manifest.sources = {k: v for k, v in sources.items() if k not in chosen}
            holders: dict[str, list[str]] = {}
            for name, id in self.manifest.sources.values():
                holders.setdefault(id, []).append(name)
            self._commit()
            manifest.keep_removed(manifest.removed(self.path) | chosen, self.path)
            self._refresh()
        documents = {id for _, id in gone.values()}
        kept = {name: sorted(holders[id]) for name, id in gone.values() if id in holders}
        return Changes(removed=len(documents - set(holders)), kept=kept)

    def _is_new(self, source: read.Source, document: Document, changes: Changes) -> bool:
        """Whether a document is to be extracted; what is known already is only noted."""
        key = _key(source, document)
        if self.manifest.sources.get(key) == (document.source, document.id):
            changes.unchanged += 1
            return False
        if document.id in self.manifest.documents:
            self._note(key, document, changes)
            return False
        return True

    def _forget_parts(self, source: read.Source, met: set[str]) -> None:
        """Let go of what an archive or table no longer holds; what could not be read now stays."""
        file = _key(source)
        if file in met and file in self.manifest.failed:
            return
        for kept in (self.manifest.sources, self.manifest.failed):
            gone = [key for key in kept if key.startswith(f"{file}#") and key not in met]
            for key in gone:
                if not os.path.lexists(key):
                    del kept[key]

    def _put(self, key: str, document: Document, extraction: Extraction, changes: Changes) -> None:
        """Keep a document that was extracted, and let its source lead to it."""
        self._check_engine(extraction.engine)
        self.manifest.documents[document.id] = self._put_document(document, extraction)
        self._note(key, document, changes)

    def _now_and_then(self) -> Callable[[], None]:
        """Give a function that commits as often as `COMMIT_SHARE` of the time allows."""
        last, cost = time.monotonic(), 0.0

        def commit() -> None:
            nonlocal last, cost
            begun = time.monotonic()
            if begun - last > cost / COMMIT_SHARE:
                self._commit()
                last = time.monotonic()
                cost = last - begun

        return commit

    def _note(self, key: str, document: Document, changes: Changes) -> None:
        """Let a source lead to a document."""
        before = self.manifest.sources.get(key)
        self.manifest.sources[key] = (document.source, document.id)
        self.manifest.failed.pop(key, None)
        if before is None:
            changes.added += 1
        else:
            changes.changed += 1

    def _check_engine(self, engine: dict[str, str]) -> None:
        if not self.manifest.engine:
            self.manifest.engine = dict(engine)
        if self.manifest.engine != engine:
            now, then = (
                ", ".join(f"{k} {v}" for k, v in sorted(e.items())) for e in (engine, self.manifest.engine)
            )
            raise GraphError(
                f"the store was read by another engine ({then}) than this one ({now})",
                where=str(self.path),
                remedy="add the documents to a new store, or use the versions that made this one",
            )

    def _put_document(self, document: Document, extraction: Extraction) -> str:
        record = {"document": document.to_dict(), "extraction": extraction.to_dict()}
        data = json.dumps(record, ensure_ascii=False, separators=(",", ":")) + "\n"
        hash = digest(data, 16)
        path = self.file(document.id, hash)
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            # Its hash tells a file that did not reach the disk; to wait for each would be slow.
            _write(path, data)
        return hash

    def _commit(self) -> None:
        """Make what was put into the manifest so, and drop the files that it no longer names."""
        used = {document for _, document in self.manifest.sources.values()}
        dropped = {id: h for id, h in self.manifest.documents.items() if id not in used}
        for id in dropped:
            del self.manifest.documents[id]
        manifest.save(self.manifest, self.path)
        log.debug("%s: %d documents committed", self.path, len(self.manifest.documents))
        for id, hash in dropped.items():
            self.file(id, hash).unlink(missing_ok=True)

    def _chosen(self, name: str) -> list[str]:
        """Give the sources that a name means: of one document, unless a folder is named."""
        sources = self.manifest.sources
        id = name.rstrip(">").rpartition("/document/")[2].partition("#")[0]
        if id in self.manifest.documents:
            return [key for key, (_, document) in sources.items() if document == id]
        inside = _within(name, sources)
        # What could not be read is no document, and may be forgotten.
        return inside if inside or _within(name, self.manifest.failed) else self._named(name)

    def _named(self, name: str) -> list[str]:
        """Give the sources of a name or file name, which only one document may have."""
        sources = self.manifest.sources
        same = [key for key, (called, _) in sources.items() if name in (called, os.path.basename(key))]
        documents = sorted({sources[key][1] for key in same})
        if len(documents) == 1:
            return same
        if same:
            raise GraphError(
                f"{len(documents)} documents are called so",
                where=name,
                remedy=f"name one by its id: {', '.join(documents[:5])}",
            )
        known = {called for called, _ in sources.values()}
        remedy = did_you_mean(name, known, otherwise="kg status lists them with --list")
        raise GraphError("no such document in this store", where=name, remedy=remedy)

    @contextlib.contextmanager
    def _writing(self) -> Iterator[None]:
        """Hold the store's lock; what a killed run left behind is cleared away first."""
        with lock.hold(self.path / "lock", str(self.path)) as crashed:
            self.manifest = manifest.load(self.path)
            if crashed:
                self._sweep()
            yield

    def _sweep(self) -> None:
        named = {self.file(id, hash) for id, hash in self.manifest.documents.items()}
        for path in [*self.path.glob(f"*{ASIDE}"), *self.path.glob(f".*{ASIDE}")]:
            path.unlink(missing_ok=True)
        for path in (self.path / "documents").glob("*/*"):
            if path not in named:
                path.unlink(missing_ok=True)

    # Reading.

    def status(self) -> dict[str, Any]:
        """Give what is in the store, what failed, and which sources changed or are gone."""
        changed, gone = [], []
        now: dict[str, str] = {}
        for file in sorted({file_of(key) for key in self.manifest.sources if os.path.isabs(key)}):
            source = read.Source(os.path.basename(file), file)
            for found in read.read_each(source, config=self.config.read):
                if isinstance(found, Document):
                    now[_key(source, found)] = found.id
        for key, (_, document) in sorted(self.manifest.sources.items()):
            if os.path.isabs(key) and key not in now:
                gone.append(key)
            elif now.get(key, document) != document:
                changed.append(key)
        graph = self.graph()
        return {
            "documents": len(self.manifest.documents),
            "sources": len(self.manifest.sources),
            "changed": changed,
            "gone": gone,
            "withheld": graph.withheld,
            "salient": graph.salient(MOST_SALIENT),
            "failed": dict(sorted(self.manifest.failed.items())),
            "corrections": len(self.corrections()),
            "idle": list(map(str, self.idle())),
            "engine": self.manifest.engine,
            "config": self.manifest.config,
            "format": manifest.FORMAT,
        }

    def idle(self) -> list[Idle]:
        """Give the corrections that no longer apply, with why; as the graph was made last."""
        return idle(self)

    def graph(self) -> GraphView:
        """Give the graph of all documents; while a writer is at work, as it was before.

        It is not loaded, and does not change with the store. Where it is behind, as after a run that was
        killed, it is brought up to date first.
        """
        for _ in range(MOST_TRIES):
            self.manifest = manifest.load(self.path)
            state, graph = current(self)
            if graph is not None and state == self.state():
                return graph
            try:
                with self._writing():
                    self._refresh()
            except lock.Locked:
                if graph is not None:
                    return graph
                break
            except (OSError, GraphError):
                # It may be read and not written to; what else is wrong will be seen again.
                break
        return self._apart()

    def is_behind(self) -> bool:
        """Whether the graph that counts is another than that of the documents and what was decided."""
        return current(self)[0] != self.state()

    def _apart(self) -> GraphView:
        while True:
            self.manifest = manifest.load(self.path)
            try:
                return apart(self)
            except GraphError:
                # A writer may have dropped a document that this manifest still names.
                if manifest.load(self.path) == self.manifest:
                    raise

    def _refresh(self) -> None:
        with Cache.to_write(self) as cache:
            cache.refresh()


def _key(source: read.Source, document: Document | None = None) -> str:
    """Give what a source is known by in the manifest; of a stream, only its content can tell."""
    part = _part(document.source, source) if document else ""
    if source.path != read.STDIN:
        return read.location(source.path) + part
    return f"stdin:{document.id}" if document else "stdin"


def _within(name: str, keys: Collection[str]) -> list[str]:
    """Give the source of a name, or those that lie in a folder, archive or table."""
    real = read.location(name)
    if real in keys or name in keys:
        return [real if real in keys else name]
    return [key for key in keys if key.startswith((os.path.join(real, ""), f"{real}#"))]


def _part(named: str, source: read.Source) -> str:
    """Give what names a part of a source: `#a.html` of `reports.zip#a.html`."""
    parts = (named.removeprefix(file) for file in (source.shown, source.name))
    return next((part for part in parts if part.startswith("#")), "")


def file_of(key: str) -> str:
    """Give the file that a source lies in: itself, or the archive or table that it is a part of."""
    while "#" in key and not os.path.lexists(key):
        key = key.rpartition("#")[0]
    return key


def _write(path: Path, text: str) -> None:
    try:
        write_text(path, [text], durable=False)
    except OSError as error:
        raise GraphError(f"cannot be written ({error.strerror})", where=str(path)) from error
