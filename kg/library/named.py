"""Who is who in a store: what bears a name, kept so that only what a change touches is resolved again.

Things are resolved together with all that their resolution looks at: what bears the same name, a short form
of it, the same entry of a table, and for persons what is called by a part of their name. Of frequent first
names that is much, and it does not matter who bears them once there are two: such words are `crowded`, and
the persons are not looked at. The result is the one that resolving all of the store's things together gives.
"""

from __future__ import annotations

import dataclasses
import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from kg.library import things as kept
from kg.library.pairs import TABLES as PAIRS
from kg.library.pairs import Pairs
from kg.library.tables import Tables
from kg.library.things import TABLES as THINGS
from kg.library.things import things_in, to_json
from kg.model import Entity, Extraction

if TYPE_CHECKING:
    from kg.config import Config
    from kg.resolve import Called, Cluster, Decisions
    from kg.resolve.merging import Around, Groups
    from kg.resolve.things import EntityCandidate

TABLES = f"""{THINGS}{PAIRS}
CREATE TABLE IF NOT EXISTS frequency (key TEXT PRIMARY KEY, n INTEGER) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS frequency_n ON frequency (n);
CREATE TABLE IF NOT EXISTS rare (key TEXT, thing INTEGER);
CREATE INDEX IF NOT EXISTS rare_key ON rare (key);
CREATE INDEX IF NOT EXISTS rare_thing ON rare (thing);
CREATE TABLE IF NOT EXISTS entities (
    id INTEGER PRIMARY KEY, name TEXT, plain TEXT, base TEXT, family TEXT, first TEXT, content TEXT,
    doc TEXT, n INTEGER, record TEXT, reasons TEXT
);
CREATE INDEX IF NOT EXISTS entities_name ON entities (name);
CREATE INDEX IF NOT EXISTS entities_plain ON entities (plain);
CREATE INDEX IF NOT EXISTS entities_base ON entities (base);
CREATE TEMP TABLE IF NOT EXISTS batch (id INTEGER PRIMARY KEY);
CREATE TEMP TABLE IF NOT EXISTS chosen (id INTEGER PRIMARY KEY);
"""
# What things are resolved together; each is asked of those in `batch`. They share a name, an entry among the
# countries, what they were so far, or a word that persons are called by; one is a short form of the other, or
# both are long forms of one; or they are persons and those who are called by a part of their names.
_BATCH = "FROM batch CROSS JOIN things USING (id)"
_SHORT = "(SELECT s.key, s.family FROM batch CROSS JOIN short s ON s.thing = batch.id)"
TOGETHER = (
    f"SELECT id FROM things WHERE key IN (SELECT key {_BATCH})",
    f"SELECT id FROM things WHERE link IN (SELECT link {_BATCH} WHERE link IS NOT NULL)",
    f"SELECT id FROM things WHERE entity IN (SELECT entity {_BATCH} WHERE entity IS NOT NULL)",
    f"SELECT id FROM things WHERE called IN (SELECT called {_BATCH} WHERE called IS NOT NULL)",
    f"SELECT thing FROM short WHERE (key, family) IN (SELECT key, family {_BATCH})",
    f"SELECT thing FROM short WHERE (key, family) IN {_SHORT}",
    f"SELECT id FROM things WHERE key IN (SELECT key FROM {_SHORT}) AND (key, family) IN {_SHORT}",
    """SELECT id FROM things
        WHERE called IN (SELECT word FROM batch CROSS JOIN words ON thing = batch.id)""",
)
_CALLED = "SELECT DISTINCT called FROM chosen CROSS JOIN things USING (id) WHERE called IS NOT NULL"
# The persons of a word that are not chosen; more than two need not be told apart.
_ROOTS = """SELECT DISTINCT t.root FROM words w CROSS JOIN things t ON t.id = w.thing
    WHERE w.word = ? AND t.id NOT IN (SELECT id FROM chosen) LIMIT 2"""
_IN_COMPANY = """SELECT o.id FROM things t CROSS JOIN things o ON o.doc = t.doc
    WHERE t.key = ? AND o.called IS NOT NULL"""
# With more new documents than this share of all, all things are resolved together.
MOST_NEW = 0.25


@dataclass(slots=True)
class Touched:
    """What a change of a store's things led to."""

    # Documents that speak of an entity with another id, class or label than before.
    documents: set[str] = field(default_factory=set)
    # The ids that entities have or had which are new, gone, or other than they were.
    entities: set[str] = field(default_factory=set)


@dataclass(slots=True)
class _Gone:
    """What is to be known of things that are no longer there, or are resolved again."""

    entities: set[int] = field(default_factory=set)
    # Family and name.
    names: set[tuple[str, str]] = field(default_factory=set)
    # Words by which persons are called.
    words: set[str] = field(default_factory=set)
    bases: set[str] = field(default_factory=set)
    plain: set[str] = field(default_factory=set)


class Named:
    """The named things of a store's documents, and the entities that they are."""

    def __init__(
        self, database: sqlite3.Connection, config: Config, decisions: Decisions | None = None
    ) -> None:
        self.tables, self.config = Tables(database), config
        self.pairs = Pairs(self.tables)
        # What people decided of names, beside what the settings name.
        self.decisions = decisions
        self._gone, self._touched = _Gone(), Touched()

    def change(self, gone: Sequence[str], new: Iterable[Extraction], *, anew: bool = False) -> Touched:
        """Let documents go and come, and resolve what that touches; with `anew` all."""
        self._gone, self._touched = _Gone(), Touched()
        self._often = self._around().often
        counts: Counter[str] = Counter()
        seeds: set[int] = set()
        for doc in gone:
            seeds |= self._take_out(doc, counts)
        came = 0
        for extraction in new:
            came += 1
            for id, key in kept.put(self.tables, extraction):
                seeds.add(id)
                counts[key] += 1
        seeds |= self._count(counts)
        resolve = self.config.resolve
        decided = bool(resolve.gazetteer or resolve.linkers or resolve.merges or self.decisions)
        everything = anew or decided or came > MOST_NEW * self._documents()
        if everything:
            self.tables.fill("chosen", (id for (id,) in self.tables.ask("SELECT id FROM things")))
            crowded: frozenset[str] = frozenset()
        else:
            self.tables.fill("batch", seeds)
            crowded = self._choose(
                {id for (id,) in self.tables.ask("SELECT id FROM batch CROSS JOIN things USING (id)")}
            )
        self._resolve(crowded, everything=everything)
        return self._touched

    def documents_naming(self, names: Iterable[str]) -> set[str]:
        """Give the documents in which a thing bears one of some normalised names."""
        query = "SELECT DISTINCT doc FROM things WHERE instr(data, ?)"
        return {doc for name in names for (doc,) in self.tables.ask(query, to_json(name))}

    def entities_of(self, doc: str) -> dict[int, int]:
        """Give the entity of each mention of a named thing in a document."""
        found: dict[int, int] = {}
        for data, entity in self.tables.ask("SELECT data, entity FROM things WHERE doc = ?", doc):
            found |= dict.fromkeys(json.loads(data)[0], entity)
        return found

    def entity(self, id: int) -> Entity:
        """Give an entity."""
        return Entity.from_dict(json.loads(self.tables.one("SELECT record FROM entities WHERE id = ?", id)))

    def used(self, name: str) -> list[tuple[Entity, list[str]]]:
        """Give the entity of an id, with why it is one, where there is such and triples speak of it."""
        rows = self.tables.ask(_USED, name)
        return [(Entity.from_dict(json.loads(record)), json.loads(why)) for record, why in rows]

    def use(self, doc: str, entities: Iterable[int]) -> None:
        """Note which entities the triples of a document speak of; others are not described."""
        used = set(entities)
        for id, entity, before in self.tables.ask(
            "SELECT id, entity, used FROM things WHERE doc = ?", doc
        ).fetchall():
            if bool(before) != (entity in used):
                self.tables.ask("UPDATE things SET used = ? WHERE id = ?", entity in used, id)

    # Things come and go with their documents.

    def _take_out(self, doc: str, counts: Counter[str]) -> set[int]:
        """Let the things of a document go; gives those that were resolved together with them."""
        gone = self._gone
        query = "SELECT id, key, kin, entity, called FROM things WHERE doc = ?"
        rows = self.tables.ask(query, doc).fetchall()
        for _, key, kin, entity, called in rows:
            counts[key] -= 1
            gone.entities.add(entity)
            gone.names.add((kin, key))
            gone.words |= {called} - {None}
        self.tables.fill("batch", (row[0] for row in rows))
        gone.words |= {w for (w,) in self.tables.ask("SELECT word FROM batch CROSS JOIN words ON thing = id")}
        together = self._together()
        for table in ("short", "words", "rare"):
            self.tables.ask(f"DELETE FROM {table} WHERE thing IN (SELECT id FROM batch)")
        for table in ("company", "things"):
            self.tables.ask(f"DELETE FROM {table} WHERE doc = ?", doc)
        return together

    # How often names are borne, and where that matters.

    def _documents(self) -> int:
        return int(self.tables.one("SELECT count(*) FROM company"))

    def _around(self, crowded: frozenset[str] = frozenset()) -> Around:
        from kg.resolve.merging import Around

        return Around(_Frequency(self.tables), self._documents(), crowded)

    def _count(self, counts: Mapping[str, int]) -> set[int]:
        """Count names anew; give the things whose company says something else by that."""
        before, now = self._often, self._around().often
        least, most = sorted((before, now))
        crossing = {
            k for (k,) in self.tables.ask("SELECT key FROM frequency WHERE n > ? AND n <= ?", least, most)
        }
        less, more = set[str](), set[str]()
        for key, change in counts.items():
            if not change:
                continue
            n = self.tables.one("SELECT n FROM frequency WHERE key = ?", key) or 0
            (less if change < 0 else more).add(key)
            if (n <= before) != (n + change <= now):
                crossing.add(key)
            self.tables.ask("DELETE FROM frequency WHERE key = ?", key)
            if n + change:
                self.tables.ask("INSERT INTO frequency VALUES (?, ?)", key, n + change)
        found = {id for key in crossing for (id,) in self.tables.ask(_IN_COMPANY, key)}
        perhaps = {id for key in less for (id,) in self.tables.ask(_IN_COMPANY, key)}
        perhaps |= {
            id for key in more for (id,) in self.tables.ask("SELECT thing FROM rare WHERE key = ?", key)
        }
        return found | self._with_other_company(perhaps - found)

    def _with_other_company(self, ids: set[int]) -> set[int]:
        """Give those of some things whose rarest names in company are others than before."""
        around = self._around()
        self.tables.fill("batch", ids)
        found = set()
        for id, _, thing in things_in(self.tables, "batch"):
            before = {key for (key,) in self.tables.ask("SELECT key FROM rare WHERE thing = ?", id)}
            if before != _rare(thing, around):
                found.add(id)
        return found

    # What is resolved together.

    def _choose(self, seeds: set[int]) -> frozenset[str]:
        """Choose the things that are resolved again, and give the words that are crowded."""
        chosen: set[int] = set()
        crowded: frozenset[str] = frozenset()
        self.tables.fill("chosen", ())
        new = seeds
        while new:
            chosen |= new
            self.tables.fill("batch", new)
            self.tables.ask("INSERT INTO chosen SELECT id FROM batch")
            new = self._together() - chosen
            if not new:
                new, crowded = self._bearers()
        return crowded

    def _together(self) -> set[int]:
        return {id for query in TOGETHER for (id,) in self.tables.ask(query)}

    def _bearers(self) -> tuple[set[int], frozenset[str]]:
        """Give the persons that chosen things may be where there is one such, and the words of several."""
        found, crowded = set[int](), set[str]()
        for (word,) in self.tables.ask(_CALLED).fetchall():
            roots = self.tables.ask(_ROOTS, word).fetchall()
            if len(roots) == 1:
                found |= {id for (id,) in self.tables.ask("SELECT thing FROM words WHERE word = ?", word)}
            elif roots:
                crowded.add(word)
        return found - {id for (id,) in self.tables.ask("SELECT id FROM chosen")}, frozenset(crowded)

    # Resolving, and keeping what comes of it.

    def _resolve(self, crowded: frozenset[str], *, everything: bool) -> None:
        from kg.resolve import Cluster, Decisions, linkers_of, tell
        from kg.resolve.merging import merge

        rows = list(things_in(self.tables, "chosen"))
        things = [thing for _, _, thing in rows]
        settings = self.config.resolve
        linkers = linkers_of(settings)
        decisions = self.decisions or Decisions()
        if settings.merges:
            decisions = decisions.with_others(Decisions.read(settings.merges))
        persons = self._meet_persons(things)
        groups, links, pairs = merge(things, linkers, decisions, self._around(crowded))
        if everything:
            tell(linkers, things)
        clusters = [Cluster.of(members, groups, links) for members in groups.groups()]
        self._put_away(everything=everything)
        entities = self._put_clusters(rows, clusters)
        self._put_roots(rows, persons, groups)
        self._name(entities, clusters, groups)
        self._gone.names |= {(thing.family, thing.key) for thing in things}
        self._pair(entities, clusters, groups, pairs, crowded, everything=everything)
        self._keep_rare()

    def _meet_persons(self, things: Sequence[EntityCandidate]) -> set[int]:
        """Note by which words persons are called; gives those with a full name, by number."""
        from kg.resolve.merging import words_of

        words = [words_of(thing) for thing in things]
        self._gone.words.update(*words, (t.called for t in things if t.family == "person" and t.called))
        return {i for i, found in enumerate(words) if found}

    def _put_away(self, *, everything: bool) -> None:
        """Take out the entities that things were so far."""
        gone = self._gone
        self.tables.fill("batch", gone.entities)
        self.tables.ask(
            """INSERT OR IGNORE INTO batch
            SELECT DISTINCT entity FROM chosen CROSS JOIN things USING (id) WHERE entity IS NOT NULL"""
        )
        if everything:
            self.tables.ask("INSERT OR IGNORE INTO batch SELECT id FROM entities")
        gone.entities = {id for (id,) in self.tables.ask("SELECT id FROM batch")}
        for name, plain, base in self.tables.ask(
            "SELECT name, plain, base FROM batch CROSS JOIN entities USING (id)"
        ):
            self._touched.entities.add(name)
            gone.plain.add(plain)
            gone.bases.add(base)
        self.tables.ask("DELETE FROM entities WHERE id IN (SELECT id FROM batch)")
        query = "SELECT DISTINCT kin, key FROM chosen CROSS JOIN things USING (id) WHERE kin IS NOT NULL"
        gone.names |= set(self.tables.ask(query))

    def _put_clusters(
        self, rows: Sequence[tuple[int, int | None, EntityCandidate]], clusters: Sequence[Cluster]
    ) -> list[int]:
        """Keep which entity each thing is; gives those of the clusters, the same as before if it can."""
        free = set(self._gone.entities)
        last = max([self.tables.one("SELECT max(id) FROM entities") or 0, *free])
        entities = []
        for cluster in clusters:
            id = rows[cluster.members[0]][1]
            if id is None or id not in free:
                id = last = last + 1
            free.discard(id)
            entities.append(id)
            changed = [(id, rows[i][0]) for i in cluster.members if rows[i][1] != id]
            self.tables.many("UPDATE things SET entity = ? WHERE id = ?", changed)
        return entities

    def _put_roots(
        self, rows: Sequence[tuple[int, int | None, EntityCandidate]], persons: set[int], groups: Groups
    ) -> None:
        """Keep the families that things were found to be of, and which persons were one by full names."""
        before = {
            row[0]: row[1:]
            for row in self.tables.ask("SELECT id, kin, root FROM chosen CROSS JOIN things USING (id)")
        }
        for i, (id, _, thing) in enumerate(rows):
            root = rows[groups.before_surnames[i]][0] if i in persons else None
            if before[id] != (thing.family, root):
                self.tables.ask("UPDATE things SET kin = ?, root = ? WHERE id = ?", thing.family, root, id)

    def _name(self, entities: Sequence[int], clusters: Sequence[Cluster], groups: Groups) -> None:
        """Give the clusters their ids, and others, whose names they share, the ids that follow."""
        from kg.resolve import Called, plain_ids, reasons

        made = [Called.of(cluster) for cluster in clusters]
        others = self._of_same_names(set(entities), made)
        called = [*made, *(Called(*row[2:6]) for row in others)]
        plain = plain_ids(called)
        again = Counter(plain)
        names = [n if again[n] == 1 else f"{n}-{c.content}" for n, c in zip(plain, called, strict=True)]
        for i, cluster in enumerate(clusters):
            self._put_entity(entities[i], names[i], plain[i], made[i], cluster, reasons(groups, cluster))
        for row, short, name in zip(others, plain[len(made) :], names[len(made) :], strict=True):
            if (short, name) != (row[6], row[1]):
                self._rename(row[0], row[1], name, short)

    def _of_same_names(self, new: set[int], made: Sequence[Called]) -> list[Any]:
        """Give the other entities whose ids depend on those of clusters that were made, or are gone."""
        from kg.resolve import Called, plain_ids

        bases = self._gone.bases | {each.base for each in made}
        while True:
            others = [row for row in self.tables.all(_SAME_BASE, bases) if row[0] not in new]
            plain = self._gone.plain | set(plain_ids([*made, *(Called(*row[2:6]) for row in others)]))
            known = {*new, *(row[0] for row in others)}
            clash = self.tables.all("SELECT id, base FROM entities WHERE plain = ?", plain)
            further = {base for id, base in clash if id not in known}
            if not further:
                return others
            bases |= further

    def _put_entity(
        self, id: int, name: str, plain: str, called: Called, cluster: Cluster, why: Sequence[str]
    ) -> None:
        entity = cluster.entity(name)
        first = cluster.things[0]
        row = (id, name, plain, called.base, called.family, called.first, called.content, first.doc)
        n = first.places[0]
        self.tables.ask(_PUT_ENTITY, *row, n, to_json(entity.to_dict()), to_json(list(why)))
        self._touched.entities.add(name)
        self._stand(id, entity)

    def _rename(self, id: int, before: str, name: str, plain: str) -> None:
        entity = dataclasses.replace(self.entity(id), id=name)
        record = to_json(entity.to_dict())
        self.tables.ask(
            "UPDATE entities SET name = ?, plain = ?, record = ? WHERE id = ?", name, plain, record, id
        )
        self._touched.entities |= {before, name}
        self._stand(id, entity)

    def _stand(self, id: int, entity: Entity) -> None:
        """Keep what documents are told of an entity, and which of them are to be told something else."""
        stands = f"{entity.id} {entity.type} {entity.label}"
        query = "SELECT id, doc FROM things WHERE entity = ? AND stands IS NOT ?"
        changed = self.tables.ask(query, id, stands).fetchall()
        self._touched.documents |= {doc for _, doc in changed}
        rows = [(stands, thing) for thing, _ in changed]
        self.tables.many("UPDATE things SET stands = ? WHERE id = ?", rows)

    def _pair(
        self,
        entities: Sequence[int],
        clusters: Sequence[Cluster],
        groups: Groups,
        pairs: Sequence[tuple[int, int, float, str]],
        crowded: frozenset[str],
        *,
        everything: bool,
    ) -> None:
        """Keep which entities may be one thing; of whom that is new, or no longer so, is touched as well."""
        of = {i: id for id, cluster in zip(entities, clusters, strict=True) for i in cluster.members}
        first = {id: cluster.members[0] for id, cluster in zip(entities, clusters, strict=True)}
        gone = self._gone
        if everything:
            gone.names |= set(self.tables.ask("SELECT DISTINCT kin, key FROM things"))
            self.pairs.clear()
        else:
            self.pairs.drop(gone.words, gone.names)
        self.pairs.put(groups.things, (pair for pair in pairs if not groups.apart(*pair[:2])), of)
        self.pairs.put_crowded(crowded)
        compared = self.pairs.compare(gone.names)
        self.pairs.put_alike(gone.names, compared, first, groups)
        self._touched.entities |= self.pairs.changed()

    def _keep_rare(self) -> None:
        """Keep the rarest names in the company of those that are called by one word."""
        around = self._around()
        self.tables.ask("DELETE FROM batch")
        self.tables.ask(f"INSERT INTO batch {_NOT_YET}")
        for id, _, thing in list(things_in(self.tables, "batch")):
            self.tables.ask("DELETE FROM rare WHERE thing = ?", id)
            rows = [(key, id) for key in _rare(thing, around)]
            self.tables.many("INSERT INTO rare VALUES (?, ?)", rows)


_SAME_BASE = "SELECT id, name, base, family, first, content, plain FROM entities WHERE base = ?"
_USED = """SELECT record, reasons FROM entities e WHERE name = ?
    AND EXISTS (SELECT 1 FROM things WHERE entity = e.id AND used)"""
_PUT_ENTITY = "INSERT INTO entities VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
_NOT_YET = "SELECT id FROM chosen CROSS JOIN things USING (id) WHERE called IS NOT NULL"


class _Frequency(dict[str, int]):
    """How often names are borne, asked of the tables."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def __missing__(self, key: str) -> int:
        self[key] = int(self._tables.one("SELECT n FROM frequency WHERE key = ?", key) or 0)
        return self[key]


def _rare(thing: EntityCandidate, around: Around) -> set[str]:
    """Give the rarest names in a thing's company where there are others, of which they are told apart."""
    from kg.resolve.merging import RAREST, rarest, usual_company

    company = usual_company(thing, around)
    return set(rarest(company, around)) if len(company) > RAREST else set()
