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
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from kg.corrections import Idle
from kg.errors import GraphError
from kg.graph.copies import Sketched, bands, copies, copy_triples, order, sketch
from kg.library.generations import Generations
from kg.library.named import TABLES as NAMED
from kg.library.named import Named, Touched
from kg.library.obeyed import TABLES as OBEYED
from kg.library.obeyed import Obeyed
from kg.library.reader import StoreReader
from kg.model import Document, Entity, Extraction
from kg.rdf.mapping import document_iri
from kg.rdf.terms import Triple, read_triple
from kg.store.disk import DiskStore, GraphWriter
from kg.vocab import Names

if TYPE_CHECKING:
    from kg.graph.view import GraphView
    from kg.resolve import Decisions

FILE = "cache.sqlite"
# To be raised when tables, or what is kept in them, change.
VERSION = 11
TABLES = """
CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT);
CREATE TABLE IF NOT EXISTS documents (
    id TEXT PRIMARY KEY, hash TEXT, own TEXT, terms TEXT, triples BLOB, size INTEGER, graph TEXT,
    published TEXT, name TEXT, sketch BLOB, copy_of TEXT
);
CREATE TABLE IF NOT EXISTS bands (band BLOB, document TEXT, PRIMARY KEY (band, document)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS bands_document ON bands (document);
CREATE TABLE IF NOT EXISTS shares (
    document TEXT, entity TEXT, kind TEXT, share INTEGER, PRIMARY KEY (document, entity)
);
CREATE INDEX IF NOT EXISTS shares_entity ON shares (entity);
CREATE TABLE IF NOT EXISTS shared (one TEXT, two TEXT, triples TEXT, size INTEGER, PRIMARY KEY (one, two));
CREATE INDEX IF NOT EXISTS shared_two ON shared (two);
CREATE TABLE IF NOT EXISTS terms (term TEXT PRIMARY KEY, n INTEGER) WITHOUT ROWID;
"""
log = logging.getLogger("kg.library")


class Cache:
    """The cache of one store, open for reading or writing."""

    def __init__(self, store: StoreReader, database: sqlite3.Connection, graphs: Generations) -> None:
        self.store, self.database, self.graphs = store, database, graphs
        self.names = store.manifest.names()
        self.config = store.config
        self.base = self.config.rdf.base
        self.corrections = store.corrections()
        self.decisions = self.corrections.decisions(self.names)
        self.named = Named(database, self.config, self.decisions)
        self.obeyed = Obeyed(database, self.corrections, self.names)
        # The terms that come and go, with how often.
        self._terms: Counter[str] = Counter()

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
        mapping, deciding = self.store.settings()
        before = before if self.graphs.has(before) else None
        if self._meta("state") == state and before:
            return
        with self.database:
            if self._meta("mapping") != mapping:
                before = None
                _empty(self.database)
            with self.graphs.following(before) as (name, writer):
                if before is None:
                    self._load(writer)
                self._change(writer, anew=self._meta("deciding") != deciding)
            values = {"state": state, "graph": name, "mapping": mapping, "deciding": deciding}
            values["obeyed"] = self.obeyed.text()
            self.database.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", values.items())
        self.graphs.drop_but([name])

    def _load(self, writer: GraphWriter) -> None:
        """Make a graph that was lost again from what was mapped."""
        for graph, triples in self.database.execute("SELECT graph, triples FROM documents"):
            writer.put(graph, (), _unpacked(triples))
        for (triples,) in self.database.execute("SELECT triples FROM shared"):
            writer.share((), _split(triples))
        writer.flush()

    def _change(self, writer: GraphWriter, *, anew: bool) -> None:
        """Let documents come and go, and all follow that depends on them; with `anew` all is resolved."""
        wanted = {id: f"{hash} {self.names[id]}" for id, hash in self.store.manifest.documents.items()}
        have = dict(self.database.execute("SELECT id, hash FROM documents"))
        anew_read, anew_mapped = self.obeyed.changes(have, self.named.documents_naming)
        gone = sorted(id for id, hash in have.items() if wanted.get(id) != hash or id in anew_read)
        new = sorted(id for id, hash in wanted.items() if have.get(id) != hash or id in anew_read)
        entities: set[str] = set()
        copies = self._copies_near(gone)
        for id in gone:
            entities |= self._take_out(id, writer)
        touched = Touched()
        if gone or new or anew:
            touched = self.named.change(gone, (self._take_in(id, wanted[id]) for id in new), anew=anew)
            self.obeyed.keep_idle(self.decisions.idle)
        copies |= self._copies_near(new)
        entities |= touched.entities
        there = self.store.manifest.documents.keys()
        for id in sorted((touched.documents | anew_mapped) & there | set(new)):
            entities |= self._map(id, writer)
        entities |= self._find_copies(copies)
        self._share(entities, copies, writer)
        self._describe_terms(writer)

    def _meta(self, key: str) -> str | None:
        row = self.database.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return None if row is None else str(row[0])

    # Documents.

    def _take_out(self, id: str, writer: GraphWriter) -> set[str]:
        """Let a document go; gives the entities that it spoke of."""
        query = "SELECT graph, triples, terms FROM documents WHERE id = ?"
        ((graph, triples, terms),) = self.database.execute(query, (id,)).fetchall()
        writer.put(graph, _unpacked(triples), ())
        self._count_terms(json.loads(terms), -1)
        self.database.execute("DELETE FROM documents WHERE id = ?", (id,))
        self.database.execute("DELETE FROM bands WHERE document = ?", (id,))
        self.obeyed.forget(id)
        return self._share_out(id, {})

    def _read(self, id: str) -> tuple[Document, Extraction]:
        """Read a document with its extraction, under the name that the store has for it, as corrected."""
        document, extraction = (_renamed(record, self.names[id]) for record in self.store.document(id))
        return document, self.corrections.amended(document, extraction)

    def _take_in(self, id: str, hash: str) -> Extraction:
        """Keep what is found in a document, but for its triples; gives the extraction."""
        document, extraction = self._read(id)
        found = sketch(document.text)
        nameless, followed = _nameless(extraction, self.decisions)
        self.obeyed.follow(id, followed, mapped=False)
        row = (id, hash, nameless, "[]", _packed(()), 0, document_iri(id, self.base))
        query = "INSERT INTO documents VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '')"
        self.database.execute(query, (*row, str(document.published or ""), self.names[id], found))
        rows = [(band, id) for band in bands(found)]
        self.database.executemany("INSERT INTO bands VALUES (?, ?)", rows)
        self.obeyed.keep_sentences(document, extraction)
        return extraction

    def _map(self, id: str, writer: GraphWriter) -> set[str]:
        """Map a document; gives the entities that it speaks, or spoke, of."""
        from kg.rdf.mapping import entity_triples, map_document
        from kg.rdf.ontology import terms_used
        from kg.rdf.salience import document_shares
        from kg.resolve import Resolution

        config = self.config.rdf
        document, extraction = self._read(id)
        query = "SELECT own, graph, triples, terms FROM documents WHERE id = ?"
        ((own, graph, before, old_terms),) = self.database.execute(query, (id,)).fetchall()
        entities = [Entity.from_dict(record) for record in json.loads(own)["entities"]]
        first = len(entities)
        row: list[int | None] = list(json.loads(own)["links"])
        index: dict[int, int] = {}
        for place, number in self.named.entities_of(id).items():
            if number not in index:
                index[number] = len(entities)
                entities.append(self.named.entity(number))
            row[place] = index[number]
        both = Resolution(tuple(entities), {id: tuple(row)})
        mapped = map_document(document, extraction, both, config, self.corrections.reviews)
        self.obeyed.follow(id, mapped.reviewed, mapped=True)
        triples = [*mapped.triples, *entity_triples(both, (i for i in mapped.entities if i < first), config)]
        self.named.use(id, (number for number, i in index.items() if i in mapped.entities))
        terms = sorted(terms_used(triples, Names(config.base)))
        self._count_terms(json.loads(old_terms), -1)
        self._count_terms(terms, 1)
        lines = _lines(triples)
        writer.put(graph, _unpacked(before), lines)
        self.database.execute(
            "UPDATE documents SET terms = ?, triples = ?, size = ? WHERE id = ?",
            (json.dumps(terms), _packed(lines), len(lines), id),
        )
        kinds = {e.id: e.type for e in entities}
        gained = document_shares(mapped.triples, Names(config.base))
        return {e.id for e in entities[first:]} | self._share_out(
            id, {entity: (kinds[entity], share) for entity, share in gained.items()}
        )

    def _share_out(self, id: str, gained: dict[str, tuple[str, int]]) -> set[str]:
        """Keep what entities gain by a document; gives those that gain something now, or did so before."""
        before = {e for (e,) in self.database.execute("SELECT entity FROM shares WHERE document = ?", (id,))}
        self.database.execute("DELETE FROM shares WHERE document = ?", (id,))
        rows = ((id, entity, kind, share) for entity, (kind, share) in gained.items())
        self.database.executemany("INSERT INTO shares VALUES (?, ?, ?, ?)", rows)
        return before | gained.keys()

    # Near copies.

    def _copies_near(self, ids: Iterable[str]) -> set[str]:
        """Give these documents and those that may be copies of one another with them."""
        query = """SELECT DISTINCT o.document FROM bands b JOIN bands o ON o.band = b.band
            WHERE b.document = ?"""
        found, new = set[str](), set(ids)
        while new:
            found |= new
            new = {o for id in new for (o,) in self.database.execute(query, (id,))} - found
        return found

    def _find_copies(self, among: set[str]) -> set[str]:
        """Find which of some documents are copies; gives the entities of those of which that is new."""
        rows = []
        query = "SELECT id, published, name, sketch, copy_of FROM documents WHERE id = ?"
        for id in sorted(among):
            rows += self.database.execute(query, (id,)).fetchall()
        found = dict(copies(Sketched(id, order(day, name, id), kept) for id, day, name, kept, _ in rows))
        entities: set[str] = set()
        for id, *_, before in rows:
            now = found.get(id, "")
            if now != before:
                self.database.execute("UPDATE documents SET copy_of = ? WHERE id = ?", (now, id))
            if bool(now) != bool(before):
                own = self.database.execute("SELECT entity FROM shares WHERE document = ?", (id,))
                entities |= {entity for (entity,) in own}
        return entities

    # What no single document says.

    def _share(self, entities: set[str], copies: set[str], writer: GraphWriter) -> None:
        """Keep what is said of entities, of pairs of them, and of copies."""
        from kg.rdf.ontology import terms_used

        keys = [*(("e", entity) for entity in entities), *(("d", document) for document in copies)]
        before: list[str] = []
        for kind, name in keys:
            before += self._drop_shared(f"{kind} {name}")
        after: dict[tuple[str, str], list[Triple]] = {}
        for entity in sorted(entities):
            after[f"e {entity}", ""] = list(self._entity_triples(entity))
        for pair, triples in self._pair_triples(entities):
            after[pair] = triples
        for document in sorted(copies):
            query = "SELECT copy_of FROM documents WHERE id = ? AND copy_of != ''"
            pairs = [(document, first) for (first,) in self.database.execute(query, (document,))]
            after[f"d {document}", ""] = list(copy_triples(pairs, self.base))
        lines: list[str] = []
        names = Names(self.base)
        for (one, two), found in after.items():
            if found:
                row = _lines(found)
                lines += row
                self._count_terms(terms_used(found, names), 1)
                values = (one, two, "\n".join(row), len(row))
                self.database.execute("INSERT INTO shared VALUES (?, ?, ?, ?)", values)
        writer.share(before, lines)

    def _drop_shared(self, key: str) -> list[str]:
        """Drop what is kept of an entity, with its pairs, or of a document; gives the lines."""
        from kg.rdf.ontology import terms_used

        lines: list[str] = []
        for column in ("one", "two"):
            query = f"SELECT triples FROM shared WHERE {column} = ?"
            for (triples,) in self.database.execute(query, (key,)).fetchall():
                found = _split(triples)
                self._count_terms(terms_used(map(read_triple, found), Names(self.base)), -1)
                lines += found
            self.database.execute(f"DELETE FROM shared WHERE {column} = ?", (key,))
        return lines

    def _entity_triples(self, name: str) -> Iterator[Triple]:
        """Give the triples of an entity: name, class, why it is one, salience."""
        from kg.rdf.mapping import shared_triples
        from kg.rdf.salience import salience_triples
        from kg.resolve import Merge, Resolution

        for record, reasons in self.named.used(name):
            merges = tuple(Merge(name, reason, 0) for reason in reasons)
            yield from shared_triples(Resolution((record,), merges=merges), [0], self.config.rdf)
        query = """SELECT max(s.kind), sum(s.share) FROM shares s JOIN documents d ON d.id = s.document
            WHERE s.entity = ? AND d.copy_of = ''"""
        ((kind, total),) = self.database.execute(query, (name,)).fetchall()
        if total:
            yield from salience_triples({name: total}, [Entity(name, kind, "")], Names(self.base))

    def _pair_triples(self, entities: set[str]) -> Iterator[tuple[tuple[str, str], list[Triple]]]:
        from kg.rdf.mapping import identity_triples

        for pair in self.named.pairs.of(entities):
            ends = [record for name in (pair.a, pair.b) for record, _ in self.named.used(name)]
            if len(ends) == 2:
                triples = list(identity_triples(ends, [pair], (), [0, 1], self.base))
                yield (f"e {pair.a}", f"e {pair.b}"), triples

    def _count_terms(self, terms: Iterable[str], change: int) -> None:
        self._terms.update(dict.fromkeys(terms, change))

    def _describe_terms(self, writer: GraphWriter) -> None:
        """Describe the terms of the vocabulary that are used."""
        from kg.rdf.ontology import vocabulary_triples

        other = False
        for term, change in self._terms.items():
            query = "SELECT n FROM terms WHERE term = ?"
            ((before,),) = self.database.execute(query, (term,)).fetchall() or [(0,)]
            other |= not before or not before + change
            self.database.execute("INSERT OR REPLACE INTO terms VALUES (?, ?)", (term, before + change))
        self._terms.clear()
        if not other:
            return
        self.database.execute("DELETE FROM terms WHERE n <= 0")
        rows = self.database.execute("SELECT triples FROM shared WHERE one = 'v'").fetchall()
        old = [line for (triples,) in rows for line in _split(triples)]
        self.database.execute("DELETE FROM shared WHERE one = 'v'")
        terms = [term for (term,) in self.database.execute("SELECT term FROM terms")]
        lines = _lines(vocabulary_triples(terms, self.config.rdf)) if terms else []
        values = ("v", "", "\n".join(lines), len(lines))
        self.database.execute("INSERT INTO shared VALUES (?, ?, ?, ?)", values)
        writer.share(old, lines)


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
    view = GraphView(disk, base=store.config.rdf.base)
    if folder == store.path:
        view.kept_at = folder, known["state"]
    return known["state"], view


def idle(store: StoreReader) -> list[Idle]:
    """Give the corrections that have no effect on the graph as it was made last, with why."""
    corrections = store.corrections()
    if corrections.entries and (store.path / FILE).exists():
        with contextlib.suppress(sqlite3.DatabaseError), _reading(store.path / FILE) as database:
            return Obeyed(database, corrections, store.manifest.names()).idle()
    return []


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
        for (triples,) in database.execute("SELECT triples FROM documents"):
            yield zlib.decompress(triples)
        shared = database.execute("SELECT triples FROM shared")
        while rows := shared.fetchmany(1000):
            yield "\n".join(triples for (triples,) in rows).encode()


def _split(lines: str) -> list[str]:
    return lines.split("\n") if lines else []


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
        with database:
            for name in _tables(database):
                database.execute(f'DROP TABLE "{name}"')
            database.execute(f"PRAGMA user_version = {VERSION}")
    database.executescript(TABLES + NAMED + OBEYED)


def _tables(database: sqlite3.Connection) -> list[str]:
    return [n for (n,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]


def _empty(database: sqlite3.Connection) -> None:
    for name in _tables(database):
        database.execute(f'DELETE FROM "{name}"')


def _nameless(extraction: Extraction, decisions: Decisions) -> tuple[str, list[str]]:
    """Give the entities without a name and which of them each mention is, and decisions about them."""
    from kg.resolve import resolve

    calling = replace(decisions, decided=tuple(d for d in decisions.decided if d.to), idle={})
    alone = resolve([extraction], linkers=[], decisions=calling)
    links = _links_of_nameless(extraction, alone.links[extraction.doc_id])
    kept = sorted({n for n in links if n is not None})
    number = {n: i for i, n in enumerate(kept)}
    links = [None if n is None else number[n] for n in links]
    record = {"entities": [alone.entities[n].to_dict() for n in kept], "links": links}
    followed = [d.key for d in calling.decided if d.key not in calling.idle]
    return json.dumps(record, ensure_ascii=False), followed


def _links_of_nameless(extraction: Extraction, links: Sequence[int | None]) -> list[int | None]:
    from kg.resolve.things import things_of

    named = {place for thing in things_of(extraction) if thing.named for place in thing.places}
    return [None if i in named else n for i, n in enumerate(links)]


def _renamed(record: Any, source: str) -> Any:
    """Give a document or extraction under the name that the store has for it."""
    import dataclasses

    return record if record.source == source else dataclasses.replace(record, source=source)
