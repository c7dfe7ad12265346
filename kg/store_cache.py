"""What a store on disk keeps to answer at once: entities, links and triples, by document, in SQLite.

All of it is computed from the store's documents, and only what a change touches is computed again: a new
document is mapped, and any other only if the entities that it speaks of are others now.
"""

from __future__ import annotations

import contextlib
import json
import sqlite3
import zlib
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Self

from kg.iri import digest
from kg.model import Entity, Extraction, Mention

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph
    from kg.resolve import Resolution
    from kg.store_dir import StoreDirectory

FILE = "cache.sqlite"
VERSION = "1"
TABLES = """
CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT);
CREATE TABLE IF NOT EXISTS documents (
    id TEXT PRIMARY KEY, hash TEXT, mentions TEXT, links TEXT, used TEXT, triples BLOB
);
CREATE TABLE IF NOT EXISTS entities (id TEXT PRIMARY KEY, record TEXT) WITHOUT ROWID;
"""
# What resolution looks at in a mention, in the order in which it is kept.
KEPT = ("start", "end", "text", "kind", "type", "label", "chain", "confidence")


class Cache:
    """The cache of one store, open for reading or writing."""

    def __init__(self, store: StoreDirectory, database: sqlite3.Connection) -> None:
        self.store, self.database = store, database

    @classmethod
    @contextlib.contextmanager
    def to_write(cls, store: StoreDirectory) -> Iterator[Self]:
        """Open the cache while the store's lock is held; one that is damaged is begun anew."""
        path = store.path / FILE
        try:
            database = _open(str(path))
        except sqlite3.DatabaseError:
            for name in (FILE, f"{FILE}-wal", f"{FILE}-shm"):
                (store.path / name).unlink(missing_ok=True)
            database = _open(str(path))
        with contextlib.closing(database):
            yield cls(store, database)

    @classmethod
    @contextlib.contextmanager
    def to_read(cls, store: StoreDirectory) -> Iterator[Self]:
        """Open the cache for reading; where it is behind the store, a copy in memory catches up."""
        database = sqlite3.connect(":memory:")
        with contextlib.suppress(sqlite3.DatabaseError):
            if (store.path / FILE).exists():
                with contextlib.closing(
                    sqlite3.connect(f"file:{store.path / FILE}?mode=ro", uri=True)
                ) as disk:
                    disk.backup(database)
        with contextlib.closing(database):
            database.executescript(TABLES)
            cache = cls(store, database)
            cache.refresh()
            yield cache

    def refresh(self) -> None:
        """Bring the cache to the state of the store's manifest."""
        state = f"{VERSION} {self.store.manifest.state()}"
        if self._meta("state") == state:
            return
        with self.database:
            self._take_in()
            resolution = self._resolve()
            self._map(resolution)
            self._keep_entities(resolution.entities)
            self.database.execute("INSERT OR REPLACE INTO meta VALUES ('state', ?)", (state,))

    def graph(self) -> KnowledgeGraph:
        """Assemble the graph of what is in the cache."""
        from kg.graph import KnowledgeGraph

        return KnowledgeGraph.from_fragments(
            (
                zlib.decompress(t)
                for (t,) in self.database.execute("SELECT triples FROM documents ORDER BY id")
            ),
            (Entity.from_dict(json.loads(r)) for (r,) in self._used_entities()),
            config=self.store.config.rdf,
        )

    def _used_entities(self) -> Iterator[tuple[str]]:
        yield from self.database.execute(
            "SELECT record FROM entities WHERE id IN "
            "(SELECT value FROM documents, json_each(documents.used)) ORDER BY id"
        )

    def _meta(self, key: str) -> str | None:
        row = self.database.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return None if row is None else str(row[0])

    def _take_in(self) -> None:
        """Take in new documents, and let go of those that are gone or were read anew."""
        names = self.store.manifest.names()
        wanted = {id: f"{hash} {names[id]}" for id, hash in self.store.manifest.documents.items()}
        have = dict(self.database.execute("SELECT id, hash FROM documents"))
        gone = [(id,) for id, hash in have.items() if wanted.get(id) != hash]
        self.database.executemany("DELETE FROM documents WHERE id = ?", gone)
        for id in sorted(id for id, hash in wanted.items() if have.get(id) != hash):
            _, extraction = self.store.document(id)
            rows = [[getattr(m, name) for name in KEPT] for m in extraction.mentions]
            self.database.execute(
                "INSERT INTO documents VALUES (?, ?, ?, '', '[]', ?)",
                (id, wanted[id], json.dumps(rows, ensure_ascii=False), zlib.compress(b"")),
            )

    def _resolve(self) -> Resolution:
        from kg.resolve import resolve

        names = self.store.manifest.names()
        extractions = [
            Extraction(id, names[id], tuple(_mention(row) for row in json.loads(rows)))
            for id, rows in self.database.execute("SELECT id, mentions FROM documents ORDER BY id")
        ]
        return resolve(extractions, config=self.store.config)

    def _map(self, resolution: Resolution) -> None:
        """Map the documents that are new, or whose entities have other names or types than before."""
        from kg.rdf import map_document

        config = self.store.config.rdf
        names = self.store.manifest.names()
        named = [f"{e.id} {e.type}" for e in resolution.entities]
        for id, before in self.database.execute("SELECT id, links FROM documents").fetchall():
            links = digest("\n".join("" if i is None else named[i] for i in resolution.links[id]))
            if links == before:
                continue
            document, extraction = self.store.document(id)
            document, extraction = _renamed(document, names[id]), _renamed(extraction, names[id])
            mapped = map_document(document, extraction, resolution, config)
            lines = "".join(f"{s} {p} {o} .\n" for s, p, o in mapped.triples)
            used = json.dumps(sorted(resolution.entities[i].id for i in mapped.entities))
            self.database.execute(
                "UPDATE documents SET links = ?, used = ?, triples = ? WHERE id = ?",
                (links, used, zlib.compress(lines.encode(), 1), id),
            )

    def _keep_entities(self, entities: tuple[Entity, ...]) -> None:
        have = dict(self.database.execute("SELECT id, record FROM entities"))
        now = {e.id: json.dumps(e.to_dict(), ensure_ascii=False) for e in entities}
        gone = [(id,) for id in have if id not in now]
        self.database.executemany("DELETE FROM entities WHERE id = ?", gone)
        other = [(id, record) for id, record in now.items() if have.get(id) != record]
        self.database.executemany("INSERT OR REPLACE INTO entities VALUES (?, ?)", other)


def _open(path: str) -> sqlite3.Connection:
    database = sqlite3.connect(path)
    # Readers see the last state while a new one is written.
    database.execute("PRAGMA journal_mode = WAL")
    database.execute("PRAGMA synchronous = NORMAL")
    database.executescript(TABLES)
    return database


def _mention(row: list[Any]) -> Mention:
    return Mention(**dict(zip(KEPT, row, strict=True)))


def _renamed(record: Any, source: str) -> Any:
    """Give a document or extraction under the name that the store has for it."""
    import dataclasses

    return record if record.source == source else dataclasses.replace(record, source=source)
