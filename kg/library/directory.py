"""A store on disk that grows: documents come and go, and the graph follows.

    manifest.json            which sources there are, and which document each holds; settings and engine
    documents/ab/ID.HASH     a document with its extraction, whole or not at all (JSON)
    cache.sqlite             entities, links and triples; may be deleted, and is made again
    lock                     held by who writes

The manifest alone says what is in the store. It is written aside and renamed after the files that it names,
and they never change, so a run that is killed leaves the store as it was before or after a document. The
graph is a pure function of what the manifest names, not of how it came there.
"""

from __future__ import annotations

import contextlib
import dataclasses
import json
import os
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg import config as settings
from kg import read
from kg.config import Config
from kg.errors import GraphError, KGError, ReadError
from kg.iri import digest
from kg.model import Document, Extraction

if TYPE_CHECKING:
    from kg.graph.view import KnowledgeGraph

FORMAT = 1
MANIFEST = "manifest.json"
# A commit rewrites the manifest; this much of a run's time may go into that.
COMMIT_SHARE = 0.05

Skip = Callable[[KGError], None]
Progress = Callable[[int, int | None], None]


@dataclass(slots=True)
class Manifest:
    """What is in a store. Sources lead from a path to the name it has in the graph and its document."""

    config: dict[str, Any]
    engine: dict[str, str] = field(default_factory=dict)
    sources: dict[str, tuple[str, str]] = field(default_factory=dict)
    documents: dict[str, str] = field(default_factory=dict)
    failed: dict[str, str] = field(default_factory=dict)

    def names(self) -> dict[str, str]:
        """Give each document's name: the least of the names of its sources."""
        found: dict[str, str] = {}
        for name, document in self.sources.values():
            found[document] = min(name, found.get(document, name))
        return found

    def state(self) -> str:
        """Give a hash of all that the graph depends on."""
        content = [self.config, self.engine, sorted(self.documents.items()), sorted(self.names().items())]
        return digest(json.dumps(content, sort_keys=True))


@dataclass(slots=True)
class Changes:
    """What an `add` or `remove` did, in numbers of documents, and what was left out."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    removed: int = 0
    left_out: list[KGError] = field(default_factory=list)


class StoreDirectory:
    """A store on disk; see the module's description for what lies in it."""

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self.path = Path(path)
        self.manifest = _load(self.path)

    @classmethod
    def create(cls, path: str | os.PathLike[str], *, config: Config | None = None) -> StoreDirectory:
        """Make an empty store in a folder that is new or empty."""
        folder = Path(path)
        if folder.exists() and (not folder.is_dir() or any(p.name != "lock" for p in folder.iterdir())):
            raise GraphError("neither a store nor an empty folder", where=str(folder))
        folder.mkdir(parents=True, exist_ok=True)
        _put(folder / MANIFEST, _dumped(Manifest(_lasting(config or Config()))))
        return cls(folder)

    @property
    def config(self) -> Config:
        """The settings the store was made with."""
        flags = {f"{s}.{k}": v for s, values in self.manifest.config.items() for k, v in values.items()}
        return settings.load(os.devnull, flags=flags)[0]

    def document(self, id: str) -> tuple[Document, Extraction]:
        """Read a document and its extraction."""
        path = self._file(id, self.manifest.documents[id])
        try:
            data = path.read_bytes()
        except OSError as error:
            raise GraphError(f"cannot be read ({error.strerror})", where=str(path)) from error
        if digest(data.decode("utf-8", "replace"), 16) != self.manifest.documents[id]:
            remedy = "remove the document from the store and add it again"
            raise GraphError("the file is damaged", where=str(path), remedy=remedy)
        record = json.loads(data)
        return Document.from_dict(record["document"]), Extraction.from_dict(record["extraction"])

    def state(self) -> str:
        """Give a hash of all that the graph depends on."""
        resolve = self.config.resolve
        files = [Path(path) for path in (resolve.gazetteer, resolve.merges) if path]
        decided = [p.read_text(encoding="utf-8", errors="replace") if p.is_file() else "" for p in files]
        return digest(json.dumps([package_version(), self.manifest.state(), decided]))

    # Writing.

    def add(
        self,
        sources: read.Sources,
        *,
        processes: int | None = None,
        on_skip: Skip | None = None,
        progress: Progress | None = None,
    ) -> Changes:
        """Add what is new in files, folders and globs, and put what has changed in place of what it was."""
        with self._writing():
            changes = Changes()

            def skip(error: KGError) -> None:
                changes.left_out.append(error)
                if on_skip is not None:
                    on_skip(error)

            found = read.find(sources, config=self.config.read, on_skip=skip)
            self._take(self._new(found, changes, skip), len(found), changes, skip, processes, progress)
            self._refresh()
        return changes

    def configure(self, config: Config) -> None:
        """Take on other settings, for all that does not need the documents to be read again."""
        with self._writing():
            kept = self.config
            if (config.read, config.extract) != (kept.read, kept.extract):
                raise GraphError("how documents are read cannot be changed", where=str(self.path))
            self.manifest.config = _lasting(config)
            self._commit()
            self._refresh()

    def add_text(self, text: str, *, uri: str | None = None, source: str = "") -> Changes:
        """Add a text that is in memory, under its URI or a name."""
        with self._writing():
            document = read.document_from_text(text, source=source or uri or "text", uri=uri)
            key = uri or source or f"text:{document.id}"
            changes = Changes()
            self._take(iter([(key, document)]), 1, changes, _raise, None, None)
            self._refresh()
        return changes

    def remove(self, names: Iterable[str]) -> Changes:
        """Remove documents by id, IRI, path, or file name where only one has it."""
        with self._writing():
            chosen = {id for name in names for id in self._chosen(name)}
            self.manifest.sources = {k: v for k, v in self.manifest.sources.items() if v[1] not in chosen}
            self._commit()
            self._refresh()
        return Changes(removed=len(chosen))

    def _new(self, found: list[read.Source], changes: Changes, skip: Skip) -> Iterator[tuple[str, Document]]:
        """Give what is to be extracted, with its key; what is known already is only noted."""
        sources, documents = self.manifest.sources, self.manifest.documents
        config = self.config.read
        for source in found:
            key = "stdin" if source.path == read.STDIN else os.path.realpath(source.path)
            try:
                document = read.read(source, config=config)
            except ReadError as error:
                self.manifest.failed[key] = str(error)
                skip(error)
                continue
            if source.path == read.STDIN:
                key = f"stdin:{document.id}"
            if sources.get(key) == (source.name, document.id):
                changes.unchanged += 1
            elif document.id in documents:
                self._note(key, document, changes)
            else:
                yield key, document

    def _take(
        self,
        new: Iterator[tuple[str, Document]],
        total: int,
        changes: Changes,
        skip: Skip,
        processes: int | None,
        progress: Progress | None,
    ) -> None:
        """Extract from documents, and commit them shard by shard."""
        from kg.run import extract_all, workers

        keys: list[str] = []

        def documents() -> Iterator[Document]:
            for key, document in new:
                keys.append(key)
                yield document

        config = self.config
        last, cost = time.monotonic(), 0.0
        pairs = extract_all(documents(), config.extract, processes=workers(config, processes))
        for done, (document, result) in enumerate(pairs, start=1):
            key = keys[done - 1]
            if isinstance(result, KGError):
                self.manifest.failed[key] = str(result)
                skip(result)
            else:
                self._check_engine(result.engine)
                self.manifest.documents[document.id] = self._put_document(document, result)
                self._note(key, document, changes)
            if progress is not None:
                progress(done + changes.unchanged, total)
            begun = time.monotonic()
            if begun - last > cost / COMMIT_SHARE:
                self._commit()
                last = time.monotonic()
                cost = last - begun
        self._commit()

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
        path = self._file(document.id, hash)
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            _put(path, data)
        return hash

    def _file(self, id: str, hash: str) -> Path:
        return self.path / "documents" / id[:2] / f"{id}.{hash}.json"

    def _commit(self) -> None:
        """Make what was put into the manifest so, and drop the files that it no longer names."""
        used = {document for _, document in self.manifest.sources.values()}
        dropped = {id: h for id, h in self.manifest.documents.items() if id not in used}
        for id in dropped:
            del self.manifest.documents[id]
        _put(self.path / MANIFEST, _dumped(self.manifest), sync=True)
        for id, hash in dropped.items():
            self._file(id, hash).unlink(missing_ok=True)

    def _chosen(self, name: str) -> list[str]:
        """Give the documents that a name means; one, unless a folder is named."""
        sources = self.manifest.sources
        id = name.rstrip(">").rpartition("/document/")[2].partition("#")[0]
        if id in self.manifest.documents:
            return [id]
        real = os.path.realpath(name)
        if real in sources or name in sources:
            return [sources[real if real in sources else name][1]]
        inside = [d for k, (_, d) in sources.items() if k.startswith(os.path.join(real, ""))]
        if inside:
            return inside
        same = sorted({d for k, (n, d) in sources.items() if name in (n, os.path.basename(k))})
        if len(same) == 1:
            return same
        if same:
            raise GraphError(
                f"{len(same)} documents are called so",
                where=name,
                remedy=f"name one by its id: {', '.join(same[:5])}",
            )
        raise GraphError(
            "no such document in this store", where=name, remedy="kg status lists them with --list"
        )

    @contextlib.contextmanager
    def _writing(self) -> Iterator[None]:
        """Hold the store's lock; what a killed run left behind is cleared away first."""
        with _lock(self.path / "lock", str(self.path)) as crashed:
            self.manifest = _load(self.path)
            if crashed:
                self._sweep()
            yield

    def _sweep(self) -> None:
        named = {self._file(id, hash) for id, hash in self.manifest.documents.items()}
        for path in [*self.path.glob("*.part"), *self.path.glob(".*.part")]:
            path.unlink(missing_ok=True)
        for path in (self.path / "documents").glob("*/*"):
            if path not in named:
                path.unlink(missing_ok=True)

    # Reading.

    def status(self) -> dict[str, Any]:
        """Give what is in the store, what failed, and which sources changed or are gone."""
        changed, gone = [], []
        for key, (_, document) in sorted(self.manifest.sources.items()):
            if os.path.isabs(key):
                try:
                    now = read.read(read.Source(os.path.basename(key), key), config=self.config.read).id
                except ReadError:
                    gone.append(key)
                else:
                    if now != document:
                        changed.append(key)
        return {
            "documents": len(self.manifest.documents),
            "sources": len(self.manifest.sources),
            "changed": changed,
            "gone": gone,
            "failed": dict(sorted(self.manifest.failed.items())),
            "engine": self.manifest.engine,
            "config": self.manifest.config,
            "format": FORMAT,
        }

    def graph(self) -> KnowledgeGraph:
        """Give the graph of all documents, as it was at the last commit."""
        from kg.library.cache import Cache

        while True:
            self.manifest = _load(self.path)
            try:
                with Cache.to_read(self) as cache:
                    graph = cache.graph()
            except GraphError:
                # A writer may have dropped a document that this manifest still names.
                if _load(self.path) == self.manifest:
                    raise
            else:
                graph.grow = self._grow
                return graph

    def _grow(self, graph: KnowledgeGraph, text: str, uri: str | None) -> KnowledgeGraph:
        self.add_text(text, uri=uri)
        return self.graph()

    def _refresh(self) -> None:
        from kg.library.cache import Cache

        with Cache.to_write(self) as cache:
            cache.refresh()


def is_store(path: str | os.PathLike[str]) -> bool:
    """Whether a path is a store's folder."""
    return (Path(path) / MANIFEST).is_file()


def open_any(path: str | os.PathLike[str]) -> KnowledgeGraph:
    """Open a graph: a store's folder, or a file by its suffix."""
    if is_store(path):
        return StoreDirectory(path).graph()
    from kg.graph.view import open_graph

    return open_graph(path)


def _raise(error: KGError) -> None:
    raise error


def package_version() -> str:
    """Give the version of this package; the cache of another is not trusted."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("kg")
    except PackageNotFoundError:
        return ""


def _lasting(config: Config) -> dict[str, Any]:
    """Give the settings that a store keeps: all that can change a result."""
    names = ("read", "extract", "resolve", "rdf")
    values = {name: dataclasses.asdict(getattr(config, name)) for name in names}
    # The store may be opened from another folder.
    files = {k: values["resolve"][k] for k in ("gazetteer", "merges")}
    values["resolve"] |= {k: v and os.path.abspath(v) for k, v in files.items()}
    return values


def _dumped(manifest: Manifest) -> str:
    values = {"format": FORMAT, **dataclasses.asdict(manifest)}
    # A line for each source and document: the file can be read, and compared, by a person.
    return json.dumps(values, ensure_ascii=False, indent=0, sort_keys=True) + "\n"


def _load(folder: Path) -> Manifest:
    path = folder / MANIFEST
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
        format = values.pop("format")
        if format != FORMAT:
            raise GraphError(
                f"a store of format {format}; this version of kg reads format {FORMAT}",
                where=str(folder),
                remedy="use the version of kg that made it, or build a new store",
            )
        values["sources"] = {key: (name, id) for key, (name, id) in values["sources"].items()}
        return Manifest(**values)
    except FileNotFoundError as error:
        raise GraphError("no store here", where=str(folder), remedy="kg add makes one") from error
    except OSError as error:
        raise GraphError(f"cannot be read ({error.strerror})", where=str(path)) from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise GraphError("the manifest is damaged", where=str(path), remedy="build the store anew") from error


def _put(path: Path, text: str, *, sync: bool = False) -> None:
    """Write a file aside and rename it into place."""
    aside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with aside.open("w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            if sync:
                file.flush()
                os.fsync(file.fileno())
        aside.replace(path)
    except OSError as error:
        raise GraphError(f"cannot be written ({error.strerror})", where=str(path)) from error
    finally:
        with contextlib.suppress(OSError):
            aside.unlink(missing_ok=True)


@contextlib.contextmanager
def _lock(path: Path, store: str) -> Iterator[bool]:
    """Hold a lock that ends with the process; gives whether its last holder did not end well."""
    try:
        file = path.open("a+", encoding="utf-8")
    except OSError as error:
        raise GraphError(f"cannot be written ({error.strerror})", where=store) from error
    with file:
        if not _take_lock(file.fileno()):
            file.seek(0)
            who = file.read().strip()
            raise GraphError(
                f"another process{f' ({who})' if who else ''} is writing to this store",
                where=store,
                remedy="wait for it",
            )
        file.seek(0)
        crashed = bool(file.read().strip())
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        yield crashed
        file.truncate(0)


def _take_lock(descriptor: int) -> bool:
    try:
        import fcntl
    except ImportError:
        import msvcrt

        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]
        except OSError:
            return False
        return True
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
