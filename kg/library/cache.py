"""What a store on disk keeps to answer at once: what was found and the triples by document, and the graph.

All of it is computed from the store's documents. Things without a name belong to their document and are
resolved once, with it; those with a name are resolved together, from the little that resolution looks at.
Only a new document is mapped, and any other only if the entities that it names have other ids or types than
before. What is found and mapped lies in SQLite, the graph beside it (`kg.library.generations`); which of the
graph's states is the one that counts is said in SQLite, so that both change at once.
"""

from __future__ import annotations

import contextlib
import json
import logging
import shutil
import sqlite3
import tempfile
import weakref
import zlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from kg.errors import GraphError
from kg.graph.copies import Sketched, copies, copy_triples, order, sketch
from kg.iri import digest
from kg.library.generations import Generations
from kg.library.reader import StoreReader
from kg.model import Claim, Entity, Extraction, Mention
from kg.rdf.mapping import document_iri
from kg.rdf.terms import Triple
from kg.store.disk import DiskStore, GraphWriter
from kg.vocab import Names

if TYPE_CHECKING:
    from kg.graph.view import GraphView
    from kg.resolve import Resolution

FILE = "cache.sqlite"
# To be raised when tables, or what is kept in them, change.
VERSION = 7
TABLES = """
CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT);
CREATE TABLE IF NOT EXISTS documents (
    id TEXT PRIMARY KEY, hash TEXT, found TEXT, own TEXT, links TEXT, used TEXT, terms TEXT, triples BLOB,
    size INTEGER, graph TEXT, published TEXT, sketch BLOB
);
CREATE TABLE IF NOT EXISTS shares (
    document TEXT, entity TEXT, kind TEXT, share INTEGER, PRIMARY KEY (document, entity)
);
CREATE TABLE IF NOT EXISTS shared (triples BLOB, size INTEGER);
"""
# What resolution looks at, in the order in which it is kept: all of a mention but its value, and the claims
# that give a thing a trait.
OF_MENTION = ("start", "end", "text", "kind", "type", "label", "chain", "confidence")
OF_CLAIM = ("subject", "relation", "object", "negated", "asserted")
log = logging.getLogger("kg.library")


class Cache:
    """The cache of one store, open for reading or writing."""

    def __init__(self, store: StoreReader, database: sqlite3.Connection, graphs: Generations) -> None:
        self.store, self.database, self.graphs = store, database, graphs
        self.names = store.manifest.names()

    @classmethod
    @contextlib.contextmanager
    def to_write(cls, store: StoreReader) -> Iterator[Self]:
        """Open the cache while the store's lock is held; one that is damaged is begun anew."""
        path = store.path / FILE
        try:
            database = _open(str(path))
        except sqlite3.DatabaseError:
            for name in (FILE, f"{FILE}-wal", f"{FILE}-shm"):
                (store.path / name).unlink(missing_ok=True)
            database = _open(str(path))
        with contextlib.closing(database):
            yield cls(store, database, Generations(store.path))

    def refresh(self) -> None:
        """Bring the cache and the graph to the state of the store's manifest."""
        state, before = self.store.state(), self._meta("graph")
        before = before if self.graphs.has(before) else None
        if self._meta("state") == state and before:
            return
        with self.database:
            with self.graphs.following(before) as (name, writer):
                if before is None:
                    self._load(writer)
                self._take_in(writer)
                resolution, places = self._resolve()
                self._map(resolution, places, writer)
                self._share(resolution, writer)
            values = {"state": state, "graph": name}
            self.database.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", values.items())
        self.graphs.drop_but([name])

    def _load(self, writer: GraphWriter) -> None:
        """Make a graph that was lost again from what was mapped."""
        for graph, triples in self.database.execute("SELECT graph, triples FROM documents"):
            writer.put(graph, (), _unpacked(triples))
        for (triples,) in self.database.execute("SELECT triples FROM shared"):
            writer.share((), _unpacked(triples))
        writer.flush()

    def _meta(self, key: str) -> str | None:
        row = self.database.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return None if row is None else str(row[0])

    def _take_in(self, writer: GraphWriter) -> None:
        """Take in new documents, and let go of those that are gone or were read anew."""
        wanted = {id: f"{hash} {self.names[id]}" for id, hash in self.store.manifest.documents.items()}
        have = dict(self.database.execute("SELECT id, hash FROM documents"))
        gone = [(id,) for id, hash in have.items() if wanted.get(id) != hash]
        for key in gone:
            query = "SELECT graph, triples FROM documents WHERE id = ?"
            for graph, triples in self.database.execute(query, key).fetchall():
                writer.put(graph, _unpacked(triples), ())
        self.database.executemany("DELETE FROM documents WHERE id = ?", gone)
        self.database.executemany("DELETE FROM shares WHERE document = ?", gone)
        for id in sorted(id for id, hash in wanted.items() if have.get(id) != hash):
            document, extraction = self.store.document(id)
            known = (str(document.published or ""), sketch(document.text))
            found, own = _divided(extraction)
            self.database.execute(
                "INSERT INTO documents VALUES (?, ?, ?, ?, '', '[]', '[]', ?, 0, '', ?, ?)",
                (id, wanted[id], json.dumps(found, ensure_ascii=False), own, _packed(()), *known),
            )

    def _resolve(self) -> tuple[Resolution, dict[str, list[int]]]:
        """Resolve what has a name; gives also which mentions of each document were looked at."""
        from kg.resolve import resolve

        places: dict[str, list[int]] = {}
        extractions = []
        for id, found in self.database.execute("SELECT id, found FROM documents ORDER BY id"):
            count, places[id], mentions, claims = json.loads(found)
            extractions.append(_light(id, mentions, claims))
            del places[id][count:]
        return resolve(extractions, config=self.store.config), places

    def _map(self, resolution: Resolution, places: dict[str, list[int]], writer: GraphWriter) -> None:
        """Map the documents that are new, or whose named entities have other ids or types than before."""
        config = self.store.config.rdf
        named = [f"{e.id} {e.type}" for e in resolution.entities]
        for id, before in self.database.execute("SELECT id, links FROM documents").fetchall():
            linked = resolution.links[id][: len(places[id])]
            ends = "\n".join("" if i is None else named[i] for i in linked)
            links = digest(f"{config}\n{ends}")
            if links != before:
                triples = self._map_document(
                    id, links, dict(zip(places[id], linked, strict=True)), resolution
                )
                self._put(id, triples, writer)

    def _put(self, id: str, triples: list[str], writer: GraphWriter) -> None:
        """Keep the lines of a document's graph in place of those before."""
        query = "SELECT graph, triples FROM documents WHERE id = ?"
        ((before, old),) = self.database.execute(query, (id,)).fetchall()
        graph = document_iri(id, self.store.config.rdf.base)
        if before and before != graph:
            writer.put(before, _unpacked(old), ())
        writer.put(graph, _unpacked(old) if before == graph else (), triples)
        self.database.execute(
            "UPDATE documents SET triples = ?, size = ?, graph = ? WHERE id = ?",
            (_packed(triples), len(triples), graph, id),
        )

    def _map_document(
        self, id: str, links: str, linked: dict[int, int | None], resolution: Resolution
    ) -> list[str]:
        """Map a document to lines, and keep what else is to be known of that."""
        from kg.rdf.mapping import entity_triples, map_document
        from kg.rdf.ontology import terms_used
        from kg.rdf.salience import document_shares
        from kg.resolve import Resolution

        config = self.store.config.rdf
        document, extraction = (_renamed(record, self.names[id]) for record in self.store.document(id))
        (own,) = self.database.execute("SELECT own FROM documents WHERE id = ?", (id,)).fetchone()
        entities = [Entity.from_dict(record) for record in json.loads(own)["entities"]]
        first = len(entities)
        row: list[int | None] = list(json.loads(own)["links"])
        index: dict[int, int] = {}
        for place, number in linked.items():
            if number is None:
                row[place] = None
                continue
            if number not in index:
                index[number] = len(entities)
                entities.append(resolution.entities[number])
            row[place] = index[number]
        both = Resolution(tuple(entities), {id: tuple(row)})
        mapped = map_document(document, extraction, both, config)
        triples = [*mapped.triples, *entity_triples(both, (i for i in mapped.entities if i < first), config)]
        used = sorted(entities[i].id for i in mapped.entities if i >= first)
        self.database.execute("DELETE FROM shares WHERE document = ?", (id,))
        kinds = {e.id: e.type for e in entities}
        gained = document_shares(mapped.triples, Names(config.base))
        rows = ((id, entity, kinds[entity], share) for entity, share in gained.items())
        self.database.executemany("INSERT INTO shares VALUES (?, ?, ?, ?)", rows)
        terms = sorted(terms_used(triples, Names(config.base)))
        self.database.execute(
            "UPDATE documents SET links = ?, used = ?, terms = ? WHERE id = ?",
            (links, json.dumps(used), json.dumps(terms), id),
        )
        return _lines(triples)

    def _share(self, resolution: Resolution, writer: GraphWriter) -> None:
        """Keep what no single document says."""
        from kg.rdf.mapping import shared_triples
        from kg.rdf.ontology import terms_used, vocabulary_triples

        config = self.store.config.rdf
        names = Names(config.base)
        query = "SELECT DISTINCT value FROM documents, json_each(documents.used)"
        index = {e.id: i for i, e in enumerate(resolution.entities)}
        used = [index[id] for (id,) in self.database.execute(query)]
        triples = list(shared_triples(resolution, used, config))
        pairs = [*copies(self._sketched())]
        triples += copy_triples(pairs, config.base)
        triples += self._salience({copy for copy, _ in pairs}, names)
        parts = self.database.execute("SELECT terms FROM documents")
        terms = {term for (part,) in parts for term in json.loads(part)}
        terms |= terms_used(triples, names)
        if terms:
            triples += vocabulary_triples(terms, config)
        lines = _lines(triples)
        before = [
            line for (old,) in self.database.execute("SELECT triples FROM shared") for line in _unpacked(old)
        ]
        writer.share(before, lines)
        self.database.execute("DELETE FROM shared")
        self.database.execute("INSERT INTO shared VALUES (?, ?)", (_packed(lines), len(lines)))

    def _salience(self, copies: set[str], names: Names) -> Iterator[Triple]:
        """Give the salience of all entities; what a near copy says was said before."""
        from kg.rdf.salience import salience_triples

        kinds: dict[str, str] = {}
        totals: dict[str, int] = {}
        for document, entity, kind, share in self.database.execute("SELECT * FROM shares"):
            if document not in copies:
                kinds[entity] = kind
                totals[entity] = totals.get(entity, 0) + share
        return salience_triples(totals, (Entity(id, kind, "") for id, kind in kinds.items()), names)

    def _sketched(self) -> Iterator[Sketched]:
        for id, published, found in self.database.execute("SELECT id, published, sketch FROM documents"):
            yield Sketched(id, order(published, self.names[id], id), found)


@contextlib.contextmanager
def _reading(path: Path) -> Iterator[sqlite3.Connection]:
    """Open the tables to be read, also where nothing may be written beside them."""
    for how in ("mode=ro", "mode=ro&immutable=1"):
        database = sqlite3.connect(f"{path.absolute().as_uri()}?{how}", uri=True)
        try:
            database.execute("BEGIN")
            (version,) = database.execute("PRAGMA user_version").fetchone()
        except sqlite3.DatabaseError:
            database.close()
            continue
        with contextlib.closing(database):
            if version == VERSION:
                yield database
                return
        break
    raise sqlite3.DatabaseError("nothing that can be read")


def current(store: StoreReader, folder: Path | None = None) -> tuple[str, GraphView | None]:
    """Give the graph as it was made last, without loading it, and of which state of the store it is."""
    from kg.graph.view import GraphView

    folder = folder or store.path
    path, graphs = folder / FILE, Generations(folder)
    if not path.exists():
        return "", None
    try:
        with _reading(path) as database:
            known = dict(database.execute("SELECT key, value FROM meta"))
            query = "SELECT (SELECT sum(size) FROM documents) + (SELECT sum(size) FROM shared)"
            (size,) = database.execute(query).fetchone()
    except sqlite3.DatabaseError:
        return "", None
    name = known.get("graph", "")
    held = graphs.hold(name)
    if held is None:
        return "", None
    pieces = _pieces_of(path, name)
    try:
        disk = DiskStore(graphs.folder / name, size=size or 0, pieces=pieces, held=held)
    except GraphError:
        # It is damaged, and will be made anew.
        return "", None
    return known["state"], GraphView(disk, base=store.config.rdf.base)


def apart(store: StoreReader) -> GraphView:
    """Give the graph of a store that cannot be written to, made in a folder that goes with this process."""
    folder = Path(tempfile.mkdtemp(prefix="kg-store-"))
    try:
        with contextlib.closing(_open(str(folder / FILE))) as database:
            with contextlib.suppress(sqlite3.DatabaseError), _reading(store.path / FILE) as disk:
                disk.backup(database)
            cache = Cache(store, database, Generations(folder))
            cache.refresh()
        view = current(store, folder)[1]
        assert view is not None, "it was made just now"
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    weakref.finalize(view.store, shutil.rmtree, folder, ignore_errors=True)
    return view


def _pieces_of(path: Path, name: str) -> Callable[[], Iterator[bytes] | None]:
    """Give what reads the lines of a state of the graph, as long as it is the one that counts."""

    def pieces() -> Iterator[bytes] | None:
        files = contextlib.ExitStack()
        try:
            database = files.enter_context(_reading(path))
            if database.execute("SELECT value FROM meta WHERE key = 'graph'").fetchone() == (name,):
                return _each(files, database)
        except sqlite3.DatabaseError:
            pass
        files.close()
        return None

    return pieces


def _each(files: contextlib.ExitStack, database: sqlite3.Connection) -> Iterator[bytes]:
    with files:
        for table in ("documents", "shared"):
            for (triples,) in database.execute(f"SELECT triples FROM {table}"):
                yield zlib.decompress(triples)


def _lines(triples: Iterable[Triple]) -> list[str]:
    return [f"{s} {p} {o} ." for s, p, o in triples]


def _packed(lines: Iterable[str]) -> bytes:
    return zlib.compress("".join(f"{line}\n" for line in lines).encode(), 1)


def _unpacked(lines: bytes) -> list[str]:
    return zlib.decompress(lines).decode().split("\n")[:-1]


def _open(path: str) -> sqlite3.Connection:
    database = sqlite3.connect(path)
    try:
        # Readers see the last state while a new one is written.
        database.execute("PRAGMA journal_mode = WAL")
        # The state of the graph that was before is dropped as soon as this one counts.
        database.execute("PRAGMA synchronous = FULL")
        _make_tables(database)
    except sqlite3.DatabaseError:
        database.close()
        raise
    return database


def _make_tables(database: sqlite3.Connection) -> None:
    """Make the tables; those of another version are dropped."""
    version = database.execute("PRAGMA user_version").fetchone()[0]
    if version != VERSION:
        if version:
            log.warning("the store was made by another version of kg: its graph is made anew, this once")
        names = [n for (n,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        with database:
            for name in names:
                database.execute(f'DROP TABLE "{name}"')
            database.execute(f"PRAGMA user_version = {VERSION}")
    database.executescript(TABLES)


def _divided(extraction: Extraction) -> tuple[list[Any], str]:
    """Divide an extraction into what has a name, for resolution to look at, and the entities that have none.

    The first is the number of mentions of named things, their places, followed by those that tell of a trait,
    and the mentions and claims as rows; the second is entities and, for each mention, which it is.
    """
    from kg.resolve.things import things_of

    named = sorted(place for thing in things_of(extraction) if thing.named for place in thing.places)
    return _named_part(extraction, named), _nameless_part(extraction, frozenset(named))


def _named_part(extraction: Extraction, named: list[int]) -> list[Any]:
    from kg.resolve.things import SHOWS, TRAITS

    at = {place: i for i, place in enumerate(named)}
    claims = []
    for claim in extraction.claims:
        tells = claim.relation in TRAITS or claim.relation in SHOWS
        if tells and claim.subject in at and claim.object is not None:
            claims.append((claim.subject, claim.relation, claim.object, claim.negated, claim.asserted))
    for _, _, other, _, _ in claims:
        at.setdefault(other, len(at))
    mentions = [[getattr(extraction.mentions[place], name) for name in OF_MENTION] for place in at]
    rows = [[at[subject], relation, at[other], *rest] for subject, relation, other, *rest in claims]
    return [len(named), list(at), mentions, rows]


def _nameless_part(extraction: Extraction, named: frozenset[int]) -> str:
    from kg.resolve import resolve

    alone = resolve([extraction])
    links = [None if i in named else n for i, n in enumerate(alone.links[extraction.doc_id])]
    kept = sorted({n for n in links if n is not None})
    number = {n: i for i, n in enumerate(kept)}
    links = [None if n is None else number[n] for n in links]
    return json.dumps(
        {"entities": [alone.entities[n].to_dict() for n in kept], "links": links}, ensure_ascii=False
    )


def _light(id: str, mentions: list[list[Any]], claims: list[list[Any]]) -> Extraction:
    """Give an extraction with no more than resolution looks at."""
    return Extraction(
        id,
        "",
        tuple(Mention(**dict(zip(OF_MENTION, row, strict=True))) for row in mentions),
        tuple(Claim(**dict(zip(OF_CLAIM, row, strict=True))) for row in claims),
    )


def _renamed(record: Any, source: str) -> Any:
    """Give a document or extraction under the name that the store has for it."""
    import dataclasses

    return record if record.source == source else dataclasses.replace(record, source=source)
