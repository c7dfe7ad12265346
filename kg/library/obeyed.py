"""Which corrections were obeyed when a store's graph was made, where, and what a change of them touches."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Mapping

from kg.corrections import Correction, Corrections, Idle
from kg.corrections.amending import sentences_of
from kg.corrections.file import parse, written
from kg.corrections.following import idle
from kg.corrections.records import is_of
from kg.iri import digest
from kg.model import Document, Extraction

TABLES = """
CREATE TABLE IF NOT EXISTS sentences (
    hash INTEGER, document TEXT, PRIMARY KEY (hash, document)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS sentences_document ON sentences (document);
CREATE TABLE IF NOT EXISTS followed (
    document TEXT, key TEXT, mapped INTEGER, PRIMARY KEY (document, key, mapped)
) WITHOUT ROWID;
"""


class Obeyed:
    """The corrections of a store, beside what is kept of those that its graph was made by."""

    def __init__(
        self, database: sqlite3.Connection, corrections: Corrections, names: Mapping[str, str]
    ) -> None:
        self.database, self.corrections, self.names = database, corrections, names

    def text(self) -> str:
        """Give the corrections that count, as they are kept."""
        return "".join(map(written, self.corrections.valid))

    def changes(
        self, have: Iterable[str], naming: Callable[[Iterable[str]], set[str]]
    ) -> tuple[set[str], set[str]]:
        """Give the documents that are read, and those that are mapped, otherwise by new decisions.

        `naming` gives the documents in which a thing bears one of some names.
        """
        names = {id: self.names[id] for id in have if id in self.names}
        anew_read, anew_mapped = set[str](), set[str]()
        for each in self._changed():
            if each.kind in ("reject", "confirm"):
                anew_mapped |= self._quoted(each) if each.evidence else names.keys()
            elif each.kind == "different":
                anew_read |= _naming_several(each, names, naming)
            else:
                anew_read |= _narrowed(each, names)
        return anew_read & names.keys(), anew_mapped & names.keys()

    def _changed(self) -> list[Correction]:
        """Give the corrections that came or went since the graph was made."""
        before = {each.key: each for each in parse(self._meta("obeyed"), "the cache")}
        now = {each.key: each for each in self.corrections.valid}
        return [before.get(key) or now[key] for key in sorted(before.keys() ^ now.keys())]

    def _meta(self, key: str) -> str:
        row = self.database.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return "" if row is None else str(row[0])

    def _quoted(self, correction: Correction) -> set[str]:
        """Give the documents that have a sentence which a correction quotes."""
        query = "SELECT document FROM sentences WHERE hash = ?"
        hashes = (_hash(quote.key) for quote in correction.evidence)
        return {id for hash in hashes for (id,) in self.database.execute(query, (hash,))}

    # What is kept.

    def keep_sentences(self, document: Document, extraction: Extraction) -> None:
        """Keep by which sentences a document is found."""
        rows = [(hash, document.id) for hash in set(map(_hash, sentences_of(document, extraction)))]
        self.database.executemany("INSERT INTO sentences VALUES (?, ?)", rows)

    def follow(self, id: str, keys: Iterable[str], *, mapped: bool) -> None:
        """Keep which corrections have an effect on a document, as it was read or mapped."""
        self.database.execute("DELETE FROM followed WHERE document = ? AND mapped = ?", (id, mapped))
        rows = [(id, key, mapped) for key in keys]
        self.database.executemany("INSERT INTO followed VALUES (?, ?, ?)", rows)

    def forget(self, id: str) -> None:
        """Let a document go."""
        for table in ("sentences", "followed"):
            self.database.execute(f"DELETE FROM {table} WHERE document = ?", (id,))

    def keep_idle(self, why: Mapping[str, str]) -> None:
        """Keep which decisions about names have no effect, and why."""
        values = ("idle", json.dumps(dict(why), ensure_ascii=False))
        self.database.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", values)

    def idle(self) -> list[Idle]:
        """Give the corrections that have no effect, with why."""
        used = {key for (key,) in self.database.execute("SELECT DISTINCT key FROM followed")}
        kept: dict[str, str] = json.loads(self._meta("idle") or "{}")
        of_names = {key: why for key, why in kept.items() if key not in used}
        met = {each.key for each in self.corrections.valid if self._quoted(each)}
        there = {each.key for each in self.corrections.valid if self._is_there(each)}
        return idle(self.corrections.valid, there, met, used, of_names)

    def _is_there(self, correction: Correction) -> bool:
        """Whether a document that a correction quotes is in the store."""
        return any(
            is_of(quote.source, quote.document, id, name)
            for quote in correction.evidence
            for id, name in self.names.items()
        )


def _narrowed(correction: Correction, names: Mapping[str, str]) -> set[str]:
    """Give the documents that a correction names."""
    places = {(quote.source, quote.document) for quote in correction.evidence}
    places |= {(name.source, name.document) for name in correction.names}
    places.discard(("", ""))
    return {id for id, name in names.items() if any(is_of(*place, id, name) for place in places)}


def _naming_several(
    correction: Correction, names: Mapping[str, str], naming: Callable[[Iterable[str]], set[str]]
) -> set[str]:
    """Give the documents that name what is decided to be several, of which one chain may hold both."""
    from kg.resolve import normalise

    counts: Counter[str] = Counter()
    for side in correction.sides:
        found: set[str] = set()
        for each in side:
            there = naming([normalise(each.name)])
            found |= {id for id in there if id in names and each.is_in(id, names[id])}
        counts.update(found)
    return {id for id, number in counts.items() if number > 1}


def _hash(sentence: str) -> int:
    """Give a number for a sentence, by which it is found."""
    return int(digest(sentence, 15), 16)
