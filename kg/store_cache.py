"""What a store on disk keeps to answer at once: entities, links and triples, by document, in SQLite.

All of it is computed from the store's documents, and only what a change touches is computed again: a new
document is mapped, and any other only if the entities that it speaks of are others now.
"""

from __future__ import annotations

import contextlib
import json
import sqlite3
import zlib
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, Self

from kg.iri import digest
from kg.model import Claim, Extraction, Mention
from kg.terms import Triple

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph
    from kg.resolve import Resolution
    from kg.store_dir import StoreDirectory

FILE = "cache.sqlite"
VERSION = "1"
TABLES = """
CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT);
CREATE TABLE IF NOT EXISTS documents (
    id TEXT PRIMARY KEY, hash TEXT, found TEXT, links TEXT, used TEXT, terms TEXT, triples BLOB
);
CREATE TABLE IF NOT EXISTS shared (terms TEXT, triples BLOB);
"""
# What resolution looks at, in the order in which it is kept: all of a mention but its value, and the claims
# that give a thing a trait.
OF_MENTION = ("start", "end", "text", "kind", "type", "label", "chain", "confidence")
OF_CLAIM = ("subject", "relation", "object", "negated", "asserted")


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
        state = f"{VERSION} {self.store.state()}"
        if self._meta("state") == state:
            return
        with self.database:
            self._take_in()
            resolution = self._resolve()
            self._map(resolution)
            self._share(resolution)
            self.database.execute("INSERT OR REPLACE INTO meta VALUES ('state', ?)", (state,))

    def graph(self) -> KnowledgeGraph:
        """Assemble the graph of what is in the cache."""
        from kg.graph import KnowledgeGraph

        parts = "SELECT {} FROM documents UNION ALL SELECT {} FROM shared"
        return KnowledgeGraph.from_fragments(
            (zlib.decompress(t) for (t,) in self.database.execute(parts.format("triples", "triples"))),
            {t for (ts,) in self.database.execute(parts.format("terms", "terms")) for t in json.loads(ts)},
            config=self.store.config.rdf,
        )

    def _meta(self, key: str) -> str | None:
        row = self.database.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return None if row is None else str(row[0])

    def _take_in(self) -> None:
        """Take in new documents, and let go of those that are gone or were read anew."""
        from kg.resolve.things import TRAITS

        names = self.store.manifest.names()
        wanted = {id: f"{hash} {names[id]}" for id, hash in self.store.manifest.documents.items()}
        have = dict(self.database.execute("SELECT id, hash FROM documents"))
        gone = [(id,) for id, hash in have.items() if wanted.get(id) != hash]
        self.database.executemany("DELETE FROM documents WHERE id = ?", gone)
        for id in sorted(id for id, hash in wanted.items() if have.get(id) != hash):
            _, extraction = self.store.document(id)
            mentions = [[getattr(m, name) for name in OF_MENTION] for m in extraction.mentions]
            claims = [[getattr(c, n) for n in OF_CLAIM] for c in extraction.claims if c.relation in TRAITS]
            self.database.execute(
                "INSERT INTO documents VALUES (?, ?, ?, '', '[]', '[]', ?)",
                (id, wanted[id], json.dumps([mentions, claims], ensure_ascii=False), _packed(())),
            )

    def _resolve(self) -> Resolution:
        from kg.resolve import resolve

        names = self.store.manifest.names()
        extractions = [
            _light(id, names[id], *json.loads(found))
            for id, found in self.database.execute("SELECT id, found FROM documents ORDER BY id")
        ]
        return resolve(extractions, config=self.store.config)

    def _map(self, resolution: Resolution) -> None:
        """Map the documents that are new, or whose entities have other names or types than before."""
        from kg.graph import KnowledgeGraph
        from kg.rdf import map_document

        config = self.store.config.rdf
        terms_of = KnowledgeGraph(base=config.base).terms_of
        names = self.store.manifest.names()
        named = [f"{e.id} {e.type}" for e in resolution.entities]
        for id, before in self.database.execute("SELECT id, links FROM documents").fetchall():
            ends = "\n".join("" if i is None else named[i] for i in resolution.links[id])
            links = digest(f"{config}\n{ends}")
            if links == before:
                continue
            document, extraction = self.store.document(id)
            document, extraction = _renamed(document, names[id]), _renamed(extraction, names[id])
            mapped = map_document(document, extraction, resolution, config)
            used = json.dumps(sorted(resolution.entities[i].id for i in mapped.entities))
            terms = json.dumps(sorted(terms_of(mapped.triples)))
            self.database.execute(
                "UPDATE documents SET links = ?, used = ?, terms = ?, triples = ? WHERE id = ?",
                (links, used, terms, _packed(mapped.triples), id),
            )

    def _share(self, resolution: Resolution) -> None:
        """Keep what no single document says."""
        from kg.graph import KnowledgeGraph, shared_triples

        config = self.store.config.rdf
        query = "SELECT DISTINCT value FROM documents, json_each(documents.used)"
        index = {e.id: i for i, e in enumerate(resolution.entities)}
        used = [index[id] for (id,) in self.database.execute(query)]
        triples = list(shared_triples(resolution, used, config))
        terms = json.dumps(sorted(KnowledgeGraph(base=config.base).terms_of(triples)))
        self.database.execute("DELETE FROM shared")
        self.database.execute("INSERT INTO shared VALUES (?, ?)", (terms, _packed(triples)))


def _packed(triples: Iterable[Triple]) -> bytes:
    return zlib.compress("".join(f"{s} {p} {o} .\n" for s, p, o in triples).encode(), 1)


def _open(path: str) -> sqlite3.Connection:
    database = sqlite3.connect(path)
    # Readers see the last state while a new one is written.
    database.execute("PRAGMA journal_mode = WAL")
    database.execute("PRAGMA synchronous = NORMAL")
    database.executescript(TABLES)
    return database


def _light(id: str, source: str, mentions: list[list[Any]], claims: list[list[Any]]) -> Extraction:
    """Give an extraction with no more than resolution looks at."""
    return Extraction(
        id,
        source,
        tuple(Mention(**dict(zip(OF_MENTION, row, strict=True))) for row in mentions),
        tuple(Claim(**dict(zip(OF_CLAIM, row, strict=True))) for row in claims),
    )


def _renamed(record: Any, source: str) -> Any:
    """Give a document or extraction under the name that the store has for it."""
    import dataclasses

    return record if record.source == source else dataclasses.replace(record, source=source)
