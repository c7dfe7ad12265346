"""The index of a graph: tables of full-text search in SQLite, beside a store or in memory."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import tempfile
import threading
import weakref
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.atomic import ASIDE
from kg.errors import GraphError

if TYPE_CHECKING:
    from kg.graph.view import GraphView

FILE = "search.sqlite"
# An index of another version is made anew.
VERSION = 1
# Word forms are cut to their stems, and marks on letters do not count.
_HOW = "tokenize = 'porter unicode61 remove_diacritics 2', prefix = '2 3 4'"
_TABLES = (
    "CREATE TABLE meta (state TEXT)",
    f"CREATE VIRTUAL TABLE things USING fts5(label, aliases, node UNINDEXED, {_HOW})",
    f"CREATE VIRTUAL TABLE sentences USING fts5(quote, node UNINDEXED, {_HOW})",
)
# How much a word counts in each column: a thing is called by its label first.
_WEIGHTS = {"things": "3.0, 1.0", "sentences": "1.0"}
_TEXTS = {"things": "label", "sentences": "quote"}
# A node, what it says or is called, and how well it fits.
Row = tuple[str, str, float]


class Index:
    """What the things of a graph are called and its sentences, to be found by their words."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database
        # A server asks from several threads.
        self._lock = threading.Lock()
        # Who drops a graph need not think of its index.
        self._close = weakref.finalize(self, database.close)

    @classmethod
    def of(cls, graph: GraphView) -> Index:
        """Give the index of a graph: the one that lies beside its store, or one that is made now."""
        if graph.kept_at is None:
            return cls(_made(graph, ":memory:"))
        folder, state = graph.kept_at
        found = _opened(folder / FILE, state) or _kept(graph, folder / FILE, state)
        # Where nothing can be written beside the store, it goes with this process, on disk if it grows large.
        return cls(found or _made(graph, ""))

    def labels(self) -> dict[str, list[str]]:
        """Give what things are called by their labels, with the ids of those of each label."""
        with self._lock:
            rows = self._database.execute("SELECT label, node FROM things ORDER BY node").fetchall()
        found: dict[str, list[str]] = {}
        for label, node in rows:
            found.setdefault(label, []).append(node)
        return found

    def first(self, table: str, expressions: Iterable[str], limit: int) -> list[Row]:
        """Give the best rows of the first expression that finds any."""
        return next((rows for each in expressions if (rows := self._rows(table, each, limit))), [])

    def _rows(self, table: str, expression: str, limit: int) -> list[Row]:
        query = (
            f"SELECT node, {_TEXTS[table]}, bm25({table}, {_WEIGHTS[table]}) AS fit FROM {table} "
            f"WHERE {table} MATCH ? ORDER BY fit, node LIMIT ?"
        )
        with self._lock:
            rows = self._database.execute(query, (expression, min(limit, 2**31))).fetchall()
        return [(node, text, -fit) for node, text, fit in rows]

    def close(self) -> None:
        """Let the index go."""
        self._close()


def _opened(path: Path, state: str) -> sqlite3.Connection | None:
    """Open what lies beside a store, if it is whole and of this state of the graph."""
    if not path.is_file():
        return None
    # The file never changes once it has its name, so that a reader needs no lock and nothing beside it.
    uri = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
    try:
        database = sqlite3.connect(uri, uri=True, check_same_thread=False)
    except sqlite3.Error:
        return None
    with contextlib.suppress(sqlite3.Error):
        right = database.execute("PRAGMA user_version").fetchone() == (VERSION,)
        right = right and database.execute("SELECT state FROM meta").fetchone() == (state,)
        if right and database.execute("PRAGMA quick_check(1)").fetchone() == ("ok",):
            return database
    database.close()
    return None


def _kept(graph: GraphView, path: Path, state: str) -> sqlite3.Connection | None:
    """Make the index beside a store, whole or not at all, and open it; None where that is not possible."""
    aside = ""
    try:
        descriptor, aside = tempfile.mkstemp(prefix=f".{FILE}.", suffix=ASIDE, dir=path.parent)
        os.close(descriptor)
        os.chmod(aside, 0o644)
        _made(graph, aside, state).close()
        os.replace(aside, path)
    except (OSError, sqlite3.OperationalError):
        return None
    finally:
        if aside:
            Path(aside).unlink(missing_ok=True)
    return _opened(path, state)


def _made(graph: GraphView, where: str, state: str = "") -> sqlite3.Connection:
    database = sqlite3.connect(where, check_same_thread=False)
    try:
        database.execute("PRAGMA journal_mode = OFF")
        database.execute("PRAGMA synchronous = OFF")
        for table in _TABLES:
            database.execute(table)
        database.execute("INSERT INTO meta VALUES (?)", (state,))
        database.executemany("INSERT INTO things VALUES (?, ?, ?)", _things(graph))
        database.executemany("INSERT INTO sentences VALUES (?, ?)", _sentences(graph))
        for name in _TEXTS:
            database.execute(f"INSERT INTO {name}({name}) VALUES ('optimize')")
        database.execute(f"PRAGMA user_version = {VERSION}")
        database.commit()
    except sqlite3.OperationalError as error:
        database.close()
        if "fts5" in str(error):
            remedy = "use a Python whose SQLite has FTS5, as those of python.org and of Linux have"
            raise GraphError("SQLite was built without full-text search", remedy=remedy) from error
        raise
    except BaseException:
        database.close()
        raise
    return database


def _things(graph: GraphView) -> Iterator[tuple[Any, ...]]:
    for entity in graph.each_entity():
        yield _clean(entity.label), "\n".join(map(_clean, entity.aliases)), entity.id


def _sentences(graph: GraphView) -> Iterator[tuple[Any, ...]]:
    for sentence in graph.each_sentence():
        yield _clean(sentence.quote), sentence.node


def _clean(text: str) -> str:
    """Give a text as SQLite takes it: it has no half of a pair of surrogates."""
    return text.encode("utf-8", "replace").decode("utf-8")
