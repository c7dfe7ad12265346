"""Which entities of a store may be one thing: by a surname, by one name in several classes, by names alike.

A pair is kept under what led to it, so that it goes when that is resolved again. Names are compared within
blocks (`kg.resolve.alike`); a block that grows large, or ceases to be, is compared anew, with names of which
nothing else has changed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from kg.library.tables import Tables

if TYPE_CHECKING:
    from kg.resolve import Possible
    from kg.resolve.merging import Groups
    from kg.resolve.things import EntityCandidate

TABLES = """
CREATE TABLE IF NOT EXISTS pairs (
    owner TEXT, other TEXT, kind INTEGER, a INTEGER, b INTEGER, score REAL, reason TEXT
);
CREATE INDEX IF NOT EXISTS pairs_owner ON pairs (owner);
CREATE INDEX IF NOT EXISTS pairs_other ON pairs (other);
CREATE INDEX IF NOT EXISTS pairs_a ON pairs (a);
CREATE INDEX IF NOT EXISTS pairs_b ON pairs (b);
CREATE TABLE IF NOT EXISTS blocks (block TEXT, name TEXT, PRIMARY KEY (block, name)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS similar (block TEXT, family TEXT, one TEXT, two TEXT, score REAL);
CREATE INDEX IF NOT EXISTS similar_block ON similar (block);
CREATE INDEX IF NOT EXISTS similar_one ON similar (family, one);
CREATE INDEX IF NOT EXISTS similar_two ON similar (family, two);
"""
# Why a pair may be one thing, the best reason first where they are as likely.
SURNAME, CLASS, SIMILAR, SAME = range(4)
# A family, and a normalised name in it.
Name = tuple[str, str]
_BEARERS = """SELECT t.root, t.entity FROM words w CROSS JOIN things t ON t.id = w.thing
    WHERE w.word = ? ORDER BY t.doc, t.n"""
# The entities of a name, in the order of their first things.
_OWNERS = """SELECT DISTINCT e.id, e.doc, e.n FROM things t CROSS JOIN entities e ON e.id = t.entity
    WHERE t.kin = ? AND t.key = ? ORDER BY e.doc, e.n LIMIT ?"""
_ALIKE = """SELECT one, two, score FROM similar WHERE family = ? AND one = ?
    UNION SELECT one, two, score FROM similar WHERE family = ? AND two = ?"""
_PAIRS = """SELECT x.name, y.name, p.score, p.kind, p.owner, p.rowid, p.reason FROM pairs p
    JOIN entities x ON x.id = p.a JOIN entities y ON y.id = p.b"""
_PUT = "INSERT INTO pairs VALUES (?, ?, ?, ?, ?, ?, ?)"


class Pairs:
    """The pairs of a store's entities that may be one thing, and which of them a change brings or takes."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        # What pairs say, by the numbers of the entities: how often it came less how often it went.
        self._changed: Counter[tuple[int, int, int, float, str]] = Counter()

    def of(self, entities: Iterable[str] | None = None) -> Iterator[Possible]:
        """Give the pairs of entities that may be one, the best reason for each; of all, or of those named."""
        from kg.resolve import Possible

        query = _PAIRS
        if entities is not None:
            found = self.tables.all("SELECT id FROM entities WHERE name = ?", entities)
            self.tables.fill("batch", (id for (id,) in found))
            query += " WHERE p.a IN (SELECT id FROM batch) OR p.b IN (SELECT id FROM batch)"
        best: dict[tuple[str, str], tuple[float, int, str, int, str]] = {}
        for a, b, score, *rest in self.tables.ask(query):
            ends, rank = (min(a, b), max(a, b)), (-score, *rest)
            if ends not in best or rank < best[ends]:
                best[ends] = rank
        for (a, b), (less, *_, reason) in sorted(best.items()):
            yield Possible(a, b, -less, reason)

    def changed(self) -> set[str]:
        """Give the entities of which a pair came or went since this was asked.

        They need not be among those that were resolved again.
        """
        ends = {end for (a, b, *_), times in self._changed.items() if times for end in (a, b)}
        self._changed.clear()
        return {name for (name,) in self.tables.all("SELECT name FROM entities WHERE id = ?", ends)}

    def drop(self, words: Iterable[str], names: Iterable[Name]) -> None:
        """Drop the pairs that some words by which persons are called, or some names, led to."""
        names = list(names)
        owners = {*map(_of_word, words), *(_of_class(key) for _, key in names), *map(_of_name, names)}
        for owner in sorted(owners):
            self._drop("owner = ? OR other = ?", owner, owner)

    def clear(self) -> None:
        """Drop all, where everything is resolved and compared anew."""
        for table in ("pairs", "blocks", "similar"):
            self.tables.ask(f"DELETE FROM {table}")

    def _drop(self, which: str, *values: object) -> None:
        rows = self.tables.ask(f"SELECT a, b, kind, score, reason FROM pairs WHERE {which}", *values)
        self._changed.subtract(rows.fetchall())
        self.tables.ask(f"DELETE FROM pairs WHERE {which}", *values)

    def _put(
        self, owner: str, kind: int, a: int, b: int, score: float, reason: str, *, other: str | None = None
    ) -> None:
        if a != b:
            self._changed[a, b, kind, score, reason] += 1
            self.tables.ask(_PUT, owner, other, kind, a, b, score, reason)

    def put(
        self,
        things: Sequence[EntityCandidate],
        pairs: Iterable[tuple[int, int, float, str]],
        of: Mapping[int, int],
    ) -> None:
        """Keep the pairs that resolution found; `of` says which entity each thing is."""
        from kg.resolve.merging import SAME_SURNAME

        for i, j, score, reason in pairs:
            kind, owner = CLASS, _of_class(things[j].key)
            if reason == SAME_SURNAME:
                kind, owner = SURNAME, _of_word(things[j].called)
            self._put(owner, kind, of[i], of[j], score, reason)

    def put_crowded(self, crowded: Iterable[str]) -> None:
        """Keep who may be meant by a word that several persons are called by."""
        from kg.resolve.merging import MOST_CALLED_SO, SAME_SURNAME, surname_score

        for word in sorted(crowded):
            persons: dict[int, int] = {}
            for root, entity in self.tables.ask(_BEARERS, word):
                persons.setdefault(root, entity)
            score = surname_score(len(persons))
            for (entity,) in self.tables.ask("SELECT entity FROM things WHERE called = ?", word).fetchall():
                for person in [*persons.values()][:MOST_CALLED_SO]:
                    self._put(_of_word(word), SURNAME, person, entity, score, SAME_SURNAME)

    # Names that are nearly, or exactly, the same.

    def compare(self, names: Iterable[Name]) -> set[Name]:
        """Keep which names are nearly the same, where some came or went; gives those that were compared."""
        from kg.resolve.alike import blocks_of

        came: dict[str, set[str]] = {}
        went: dict[str, set[str]] = {}
        there = "SELECT 1 FROM things WHERE kin = ? AND key = ? LIMIT 1"
        kept = "SELECT 1 FROM blocks WHERE block = ? AND name = ?"
        for family, name in names:
            now = self.tables.one(there, family, name) is not None
            for block in blocks_of(family, name):
                if now != (self.tables.one(kept, block, name) is not None):
                    (came if now else went).setdefault(block, set()).add(name)
        blocks = sorted(came.keys() | went.keys())
        found = (self._compare_block(b, came.get(b, set()), went.get(b, set())) for b in blocks)
        return {name for compared in found for name in compared}

    def _compare_block(self, block: str, came: set[str], went: set[str]) -> set[Name]:
        """Let names come and go in a block; gives those whose pairs went or came."""
        rows = self.tables.ask("SELECT name FROM blocks WHERE block = ?", block)
        before = {name for (name,) in rows}
        self.tables.many("INSERT INTO blocks VALUES (?, ?)", [(block, name) for name in came])
        gone = [(block, name) for name in went]
        self.tables.many("DELETE FROM blocks WHERE block = ? AND name = ?", gone)
        drop, put = changed_pairs(before, (before | came) - went)
        ends = [(block, name, name) for name in drop]
        self.tables.many("DELETE FROM similar WHERE block = ? AND (one = ? OR two = ?)", ends)
        family = block.partition(" ")[0]
        self.tables.many(
            "INSERT INTO similar VALUES (?, ?, ?, ?, ?)", [(block, family, *pair) for pair in put]
        )
        return {(family, name) for name in drop.union(*(pair[:2] for pair in put))}

    def put_alike(
        self, names: set[Name], compared: set[Name], first: Mapping[int, int], groups: Groups
    ) -> None:
        """Keep the pairs of entities that bear some names, or others that are nearly the same.

        Names that stayed and were `compared` with others may have gained such a pair or lost one.
        """
        for own in sorted(map(_of_name, compared - names)):
            self._drop("kind = ? AND (owner = ? OR other = ?)", SIMILAR, own, own)
        self._put_same(names, first, groups)
        done: set[Name] = set()
        for family, name in sorted(names | compared):
            for one, two, score in self.tables.ask(_ALIKE, family, name, family, name).fetchall():
                ends = (_of_name((family, one)), _of_name((family, two)))
                if ends in done:
                    continue
                done.add(ends)
                a, b = (self.tables.one(_OWNERS, family, each, 1) for each in (one, two))
                if not _apart(groups, first, a, b):
                    self._put(ends[0], SIMILAR, a, b, score, "nearly the same name", other=ends[1])

    def _put_same(self, names: Iterable[Name], first: Mapping[int, int], groups: Groups) -> None:
        """Keep the pairs of entities of the same name."""
        for family, name in sorted(names):
            if family == "person" and " " not in name:
                continue
            owners = [row[0] for row in self.tables.ask(_OWNERS, family, name, 4)]
            for other in owners[1:]:
                if not _apart(groups, first, owners[0], other):
                    own, reason = _of_name((family, name)), "same name in another context"
                    self._put(own, SAME, owners[0], other, 0.5, reason)


def changed_pairs(
    before: set[str], after: set[str], depth: int = 0
) -> tuple[set[str], list[tuple[str, str, float]]]:
    """Say what to do about the pairs of a block that has changed: names whose pairs go, and pairs that come.

    Large blocks are divided; where a part becomes large, or ceases to be, all of it is compared anew.
    """
    from kg.resolve.alike import LARGEST_BLOCK, alike, alike_in, prefix

    if before == after:
        return set(), []
    large = len(before) > LARGEST_BLOCK, len(after) > LARGEST_BLOCK
    if large == (False, False):
        new = sorted(after - before)
        found = set(alike(new, sorted(after))) if new and len(after) > 1 else set()
        return before - after, sorted(found)
    if large != (True, True):
        return set(before), list(alike_in(sorted(after), depth))
    parts: dict[str, tuple[set[str], set[str]]] = {}
    for side, names in enumerate((before, after)):
        for name in names:
            parts.setdefault(prefix(name, depth + 1), (set(), set()))[side].add(name)
    drop, put = set[str](), list[tuple[str, str, float]]()
    for part in parts.values():
        names, pairs = changed_pairs(*part, depth + 1)
        drop |= names
        put += pairs
    return drop, put


def _apart(groups: Groups, first: Mapping[int, int], a: int, b: int) -> bool:
    """Whether the user decided that two entities are two; who decides has all resolved together."""
    return a in first and b in first and groups.apart(first[a], first[b])


def _of_word(word: str) -> str:
    return f"s {word}"


def _of_class(key: str) -> str:
    return f"c {key}"


def _of_name(name: Name) -> str:
    return f"n {name[0]} {name[1]}"
