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
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from kg.model import Entity, Extraction

if TYPE_CHECKING:
    from kg.config import Config
    from kg.resolve import Called, Cluster, Decisions, Possible
    from kg.resolve.merging import Around, Groups
    from kg.resolve.things import EntityCandidate

TABLES = """
CREATE TABLE IF NOT EXISTS things (
    id INTEGER PRIMARY KEY, doc TEXT, n INTEGER, key TEXT, family TEXT, called TEXT, link TEXT, data TEXT,
    company INTEGER, entity INTEGER, kin TEXT, root INTEGER, used INTEGER, stands TEXT
);
CREATE INDEX IF NOT EXISTS things_doc ON things (doc, n);
CREATE INDEX IF NOT EXISTS things_key ON things (key, kin);
CREATE INDEX IF NOT EXISTS things_called ON things (called) WHERE called IS NOT NULL;
CREATE INDEX IF NOT EXISTS things_link ON things (link) WHERE link IS NOT NULL;
CREATE INDEX IF NOT EXISTS things_entity ON things (entity);
CREATE TABLE IF NOT EXISTS company (doc TEXT PRIMARY KEY, keys TEXT);
CREATE TABLE IF NOT EXISTS short (key TEXT, family TEXT, thing INTEGER);
CREATE INDEX IF NOT EXISTS short_key ON short (key, family);
CREATE INDEX IF NOT EXISTS short_thing ON short (thing);
CREATE TABLE IF NOT EXISTS words (word TEXT, thing INTEGER);
CREATE INDEX IF NOT EXISTS words_word ON words (word);
CREATE INDEX IF NOT EXISTS words_thing ON words (thing);
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
_PUT = """INSERT INTO things (doc, n, key, family, called, link, data, company)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?)"""
_THINGS = """SELECT t.id, t.entity, t.doc, t.key, t.family, t.data, t.company FROM {}
    CROSS JOIN things t USING (id) ORDER BY t.doc, t.n"""
_CALLED = "SELECT DISTINCT called FROM chosen CROSS JOIN things USING (id) WHERE called IS NOT NULL"
# The persons of a word that are not chosen; more than two need not be told apart.
_ROOTS = """SELECT DISTINCT t.root FROM words w CROSS JOIN things t ON t.id = w.thing
    WHERE w.word = ? AND t.id NOT IN (SELECT id FROM chosen) LIMIT 2"""
_BEARERS = """SELECT t.root, t.entity FROM words w CROSS JOIN things t ON t.id = w.thing
    WHERE w.word = ? ORDER BY t.doc, t.n"""
_IN_COMPANY = """SELECT o.id FROM things t CROSS JOIN things o ON o.doc = t.doc
    WHERE t.key = ? AND o.called IS NOT NULL"""
# The entities of a name, in the order of their first things.
_OWNERS = """SELECT DISTINCT e.id, e.doc, e.n FROM things t CROSS JOIN entities e ON e.id = t.entity
    WHERE t.kin = ? AND t.key = ? ORDER BY e.doc, e.n LIMIT ?"""
# Why a pair may be one thing, the best reason first where they are as likely.
SURNAME, CLASS, SIMILAR, SAME = range(4)
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
        self.database, self.config = database, config
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
            for id, key in self._put(extraction):
                seeds.add(id)
                counts[key] += 1
        seeds |= self._count(counts)
        resolve = self.config.resolve
        decided = bool(resolve.gazetteer or resolve.linkers or resolve.merges or self.decisions)
        everything = anew or decided or came > MOST_NEW * self._documents()
        if everything:
            self._fill("chosen", (id for (id,) in self._ask("SELECT id FROM things")))
            crowded: frozenset[str] = frozenset()
        else:
            self._fill("batch", seeds)
            crowded = self._choose(
                {id for (id,) in self._ask("SELECT id FROM batch CROSS JOIN things USING (id)")}
            )
        self._resolve(crowded, everything=everything)
        return self._touched

    def documents_naming(self, names: Iterable[str]) -> set[str]:
        """Give the documents in which a thing bears one of some normalised names."""
        query = "SELECT DISTINCT doc FROM things WHERE instr(data, ?)"
        return {doc for name in names for (doc,) in self._ask(query, _json(name))}

    def entities_of(self, doc: str) -> dict[int, int]:
        """Give the entity of each mention of a named thing in a document."""
        found: dict[int, int] = {}
        for data, entity in self._ask("SELECT data, entity FROM things WHERE doc = ?", doc):
            found |= dict.fromkeys(json.loads(data)[0], entity)
        return found

    def entity(self, id: int) -> Entity:
        """Give an entity."""
        return Entity.from_dict(json.loads(self._one("SELECT record FROM entities WHERE id = ?", id)))

    def used(self, name: str) -> list[tuple[Entity, list[str]]]:
        """Give the entity of an id, with why it is one, where there is such and triples speak of it."""
        rows = self._ask(_USED, name)
        return [(Entity.from_dict(json.loads(record)), json.loads(why)) for record, why in rows]

    def use(self, doc: str, entities: Iterable[int]) -> None:
        """Note which entities the triples of a document speak of; others are not described."""
        used = set(entities)
        for id, entity, before in self._ask(
            "SELECT id, entity, used FROM things WHERE doc = ?", doc
        ).fetchall():
            if bool(before) != (entity in used):
                self._ask("UPDATE things SET used = ? WHERE id = ?", entity in used, id)

    # Things come and go with their documents.

    def _put(self, extraction: Extraction) -> Iterator[tuple[int, str]]:
        """Take in the named things of a document; gives each with its name."""
        from kg.resolve.merging import is_shared_by_many, long_forms, words_of
        from kg.resolve.things import things_of

        things = [thing for thing in things_of(extraction) if thing.named]
        if things:
            keys = sorted({key for thing in things for key in thing.company})
            self._ask("INSERT INTO company VALUES (?, ?)", extraction.doc_id, _json(keys))
        for n, thing in enumerate(things):
            person, family = thing.family == "person", thing.family
            called = (thing.called or None) if person else None
            needed = is_shared_by_many(family, thing.key)
            row = (extraction.doc_id, n, thing.key, family, called, _country(thing), _data(thing), needed)
            id = self._ask(_PUT, *row).lastrowid
            assert id is not None, "a row was put"
            self.database.executemany(
                "INSERT INTO short VALUES (?, ?, ?)", [(key, family, id) for key in long_forms(thing)]
            )
            self.database.executemany("INSERT INTO words VALUES (?, ?)", [(w, id) for w in words_of(thing)])
            yield id, thing.key

    def _take_out(self, doc: str, counts: Counter[str]) -> set[int]:
        """Let the things of a document go; gives those that were resolved together with them."""
        gone = self._gone
        query = "SELECT id, key, kin, entity, called FROM things WHERE doc = ?"
        rows = self._ask(query, doc).fetchall()
        for _, key, kin, entity, called in rows:
            counts[key] -= 1
            gone.entities.add(entity)
            gone.names.add((kin, key))
            gone.words |= {called} - {None}
        self._fill("batch", (row[0] for row in rows))
        gone.words |= {w for (w,) in self._ask("SELECT word FROM batch CROSS JOIN words ON thing = id")}
        together = self._together()
        for table in ("short", "words", "rare"):
            self._ask(f"DELETE FROM {table} WHERE thing IN (SELECT id FROM batch)")
        for table in ("company", "things"):
            self._ask(f"DELETE FROM {table} WHERE doc = ?", doc)
        return together

    # How often names are borne, and where that matters.

    def _documents(self) -> int:
        return int(self._one("SELECT count(*) FROM company"))

    def _around(self, crowded: frozenset[str] = frozenset()) -> Around:
        from kg.resolve.merging import Around

        return Around(_Frequency(self.database), self._documents(), crowded)

    def _count(self, counts: Mapping[str, int]) -> set[int]:
        """Count names anew; give the things whose company says something else by that."""
        before, now = self._often, self._around().often
        least, most = sorted((before, now))
        crossing = {k for (k,) in self._ask("SELECT key FROM frequency WHERE n > ? AND n <= ?", least, most)}
        less, more = set[str](), set[str]()
        for key, change in counts.items():
            if not change:
                continue
            n = self._one("SELECT n FROM frequency WHERE key = ?", key) or 0
            (less if change < 0 else more).add(key)
            if (n <= before) != (n + change <= now):
                crossing.add(key)
            self._ask("DELETE FROM frequency WHERE key = ?", key)
            if n + change:
                self._ask("INSERT INTO frequency VALUES (?, ?)", key, n + change)
        found = {id for key in crossing for (id,) in self._ask(_IN_COMPANY, key)}
        perhaps = {id for key in less for (id,) in self._ask(_IN_COMPANY, key)}
        perhaps |= {id for key in more for (id,) in self._ask("SELECT thing FROM rare WHERE key = ?", key)}
        return found | self._with_other_company(perhaps - found)

    def _with_other_company(self, ids: set[int]) -> set[int]:
        """Give those of some things whose rarest names in company are others than before."""
        around = self._around()
        self._fill("batch", ids)
        found = set()
        for id, _, thing in self._things("batch"):
            before = {key for (key,) in self._ask("SELECT key FROM rare WHERE thing = ?", id)}
            if before != _rare(thing, around):
                found.add(id)
        return found

    # What is resolved together.

    def _choose(self, seeds: set[int]) -> frozenset[str]:
        """Choose the things that are resolved again, and give the words that are crowded."""
        chosen: set[int] = set()
        crowded: frozenset[str] = frozenset()
        self._fill("chosen", ())
        new = seeds
        while new:
            chosen |= new
            self._fill("batch", new)
            self._ask("INSERT INTO chosen SELECT id FROM batch")
            new = self._together() - chosen
            if not new:
                new, crowded = self._bearers()
        return crowded

    def _together(self) -> set[int]:
        return {id for query in TOGETHER for (id,) in self.database.execute(query)}

    def _bearers(self) -> tuple[set[int], frozenset[str]]:
        """Give the persons that chosen things may be where there is one such, and the words of several."""
        found, crowded = set[int](), set[str]()
        for (word,) in self._ask(_CALLED).fetchall():
            roots = self._ask(_ROOTS, word).fetchall()
            if len(roots) == 1:
                found |= {id for (id,) in self._ask("SELECT thing FROM words WHERE word = ?", word)}
            elif roots:
                crowded.add(word)
        return found - {id for (id,) in self._ask("SELECT id FROM chosen")}, frozenset(crowded)

    # Resolving, and keeping what comes of it.

    def _resolve(self, crowded: frozenset[str], *, everything: bool) -> None:
        from kg.resolve import Cluster, Decisions, linkers_of, tell
        from kg.resolve.merging import merge

        rows = list(self._things("chosen"))
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
        self._drop_pairs(everything=everything)
        of = {i: id for id, cluster in zip(entities, clusters, strict=True) for i in cluster.members}
        self._put_pairs(things, [pair for pair in pairs if not groups.apart(*pair[:2])], of)
        self._put_crowded(crowded)
        anew = self._compare(everything=everything)
        first = {id: cluster.members[0] for id, cluster in zip(entities, clusters, strict=True)}
        self._put_alike(anew, first, groups)
        self._keep_rare()

    def _meet_persons(self, things: Sequence[EntityCandidate]) -> set[int]:
        """Note by which words persons are called; gives those with a full name, by number."""
        from kg.resolve.merging import words_of

        words = [words_of(thing) for thing in things]
        self._gone.words.update(*words, (t.called for t in things if t.family == "person" and t.called))
        return {i for i, found in enumerate(words) if found}

    def _things(self, table: str) -> Iterator[tuple[int, int | None, EntityCandidate]]:
        """Give the things of a table of ids, in the order of their documents, each with its entity."""
        doc, company = "", frozenset[str]()
        for id, entity, of, key, family, data, needed in self._ask(_THINGS.format(table)).fetchall():
            if needed and of != doc:
                doc = of
                company = frozenset(json.loads(self._one("SELECT keys FROM company WHERE doc = ?", doc)))
            yield id, entity, _thing(of, key, family, data, company if needed else frozenset())

    def _put_away(self, *, everything: bool) -> None:
        """Take out the entities that things were so far."""
        gone = self._gone
        self._fill("batch", gone.entities)
        self._ask(
            """INSERT OR IGNORE INTO batch
            SELECT DISTINCT entity FROM chosen CROSS JOIN things USING (id) WHERE entity IS NOT NULL"""
        )
        if everything:
            self._ask("INSERT OR IGNORE INTO batch SELECT id FROM entities")
        gone.entities = {id for (id,) in self._ask("SELECT id FROM batch")}
        for name, plain, base in self._ask(
            "SELECT name, plain, base FROM batch CROSS JOIN entities USING (id)"
        ):
            self._touched.entities.add(name)
            gone.plain.add(plain)
            gone.bases.add(base)
        self._ask("DELETE FROM entities WHERE id IN (SELECT id FROM batch)")
        query = "SELECT DISTINCT kin, key FROM chosen CROSS JOIN things USING (id) WHERE kin IS NOT NULL"
        gone.names |= set(self._ask(query))

    def _put_clusters(
        self, rows: Sequence[tuple[int, int | None, EntityCandidate]], clusters: Sequence[Cluster]
    ) -> list[int]:
        """Keep which entity each thing is; gives those of the clusters, the same as before if it can."""
        free = set(self._gone.entities)
        last = max([self._one("SELECT max(id) FROM entities") or 0, *free])
        entities = []
        for cluster in clusters:
            id = rows[cluster.members[0]][1]
            if id is None or id not in free:
                id = last = last + 1
            free.discard(id)
            entities.append(id)
            changed = [(id, rows[i][0]) for i in cluster.members if rows[i][1] != id]
            self.database.executemany("UPDATE things SET entity = ? WHERE id = ?", changed)
        return entities

    def _put_roots(
        self, rows: Sequence[tuple[int, int | None, EntityCandidate]], persons: set[int], groups: Groups
    ) -> None:
        """Keep the families that things were found to be of, and which persons were one by full names."""
        before = {
            row[0]: row[1:]
            for row in self._ask("SELECT id, kin, root FROM chosen CROSS JOIN things USING (id)")
        }
        for i, (id, _, thing) in enumerate(rows):
            root = rows[groups.before_surnames[i]][0] if i in persons else None
            if before[id] != (thing.family, root):
                self._ask("UPDATE things SET kin = ?, root = ? WHERE id = ?", thing.family, root, id)

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
            others = [row for row in self._all(_SAME_BASE, bases) if row[0] not in new]
            plain = self._gone.plain | set(plain_ids([*made, *(Called(*row[2:6]) for row in others)]))
            known = {*new, *(row[0] for row in others)}
            clash = self._all("SELECT id, base FROM entities WHERE plain = ?", plain)
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
        self._ask(_PUT_ENTITY, *row, n, _json(entity.to_dict()), _json(list(why)))
        self._touched.entities.add(name)
        self._stand(id, entity)

    def _rename(self, id: int, before: str, name: str, plain: str) -> None:
        entity = dataclasses.replace(self.entity(id), id=name)
        record = _json(entity.to_dict())
        self._ask("UPDATE entities SET name = ?, plain = ?, record = ? WHERE id = ?", name, plain, record, id)
        self._touched.entities |= {before, name}
        self._stand(id, entity)

    def _stand(self, id: int, entity: Entity) -> None:
        """Keep what documents are told of an entity, and which of them are to be told something else."""
        stands = f"{entity.id} {entity.type} {entity.label}"
        query = "SELECT id, doc FROM things WHERE entity = ? AND stands IS NOT ?"
        changed = self._ask(query, id, stands).fetchall()
        self._touched.documents |= {doc for _, doc in changed}
        rows = [(stands, thing) for thing, _ in changed]
        self.database.executemany("UPDATE things SET stands = ? WHERE id = ?", rows)

    def _keep_rare(self) -> None:
        """Keep the rarest names in the company of those that are called by one word."""
        around = self._around()
        self._ask("DELETE FROM batch")
        self._ask(f"INSERT INTO batch {_NOT_YET}")
        for id, _, thing in list(self._things("batch")):
            self._ask("DELETE FROM rare WHERE thing = ?", id)
            rows = [(key, id) for key in _rare(thing, around)]
            self.database.executemany("INSERT INTO rare VALUES (?, ?)", rows)

    # Pairs that may be one thing.

    def pairs(self, entities: Iterable[str] | None = None) -> Iterator[Possible]:
        """Give the pairs of entities that may be one, the best reason for each; of all, or of those named."""
        from kg.resolve import Possible

        query = _PAIRS
        if entities is not None:
            self._fill(
                "batch", (id for (id,) in self._all("SELECT id FROM entities WHERE name = ?", entities))
            )
            query += " WHERE p.a IN (SELECT id FROM batch) OR p.b IN (SELECT id FROM batch)"
        best: dict[tuple[str, str], tuple[float, int, str, int, str]] = {}
        for a, b, score, *rest in self._ask(query):
            ends, rank = (min(a, b), max(a, b)), (-score, *rest)
            if ends not in best or rank < best[ends]:
                best[ends] = rank
        for (a, b), (less, *_, reason) in sorted(best.items()):
            yield Possible(a, b, -less, reason)

    def _drop_pairs(self, *, everything: bool) -> None:
        if everything:
            self._ask("DELETE FROM pairs")
            return
        gone = self._gone
        owners = {*(f"s {word}" for word in gone.words), *(f"c {key}" for _, key in gone.names)}
        owners |= {_name_of(*name) for name in gone.names}
        rows = [(owner, owner) for owner in owners]
        self.database.executemany("DELETE FROM pairs WHERE owner = ? OR other = ?", rows)

    def _put_pair(
        self, owner: str, kind: int, a: int, b: int, score: float, reason: str, other: str = ""
    ) -> None:
        if a != b:
            self._ask(
                "INSERT INTO pairs VALUES (?, ?, ?, ?, ?, ?, ?)",
                owner,
                other or None,
                kind,
                a,
                b,
                score,
                reason,
            )

    def _put_pairs(
        self,
        things: Sequence[EntityCandidate],
        pairs: Iterable[tuple[int, int, float, str]],
        of: Mapping[int, int],
    ) -> None:
        """Keep the pairs that resolution found."""
        from kg.resolve.merging import SAME_SURNAME

        for i, j, score, reason in pairs:
            kind, owner = CLASS, f"c {things[j].key}"
            if reason == SAME_SURNAME:
                kind, owner = SURNAME, f"s {things[j].called}"
            self._put_pair(owner, kind, of[i], of[j], score, reason)

    def _put_crowded(self, crowded: frozenset[str]) -> None:
        """Keep who may be meant by a word that several persons are called by."""
        from kg.resolve.merging import MOST_CALLED_SO, SAME_SURNAME, surname_score

        for word in sorted(crowded):
            persons: dict[int, int] = {}
            for root, entity in self._ask(_BEARERS, word):
                persons.setdefault(root, entity)
            score = surname_score(len(persons))
            for (entity,) in self._ask("SELECT entity FROM things WHERE called = ?", word).fetchall():
                for person in [*persons.values()][:MOST_CALLED_SO]:
                    self._put_pair(f"s {word}", SURNAME, person, entity, score, SAME_SURNAME)

    def _compare(self, *, everything: bool) -> set[tuple[str, str]]:
        """Keep which names are nearly the same; gives those that stay, and were compared anew."""
        from kg.resolve.alike import blocks_of

        anew = set[tuple[str, str]]()
        came: dict[str, set[str]] = {}
        went: dict[str, set[str]] = {}
        if everything:
            self._ask("DELETE FROM blocks")
            self._ask("DELETE FROM similar")
            self._gone.names |= set(self._ask("SELECT DISTINCT kin, key FROM things"))
        there = "SELECT 1 FROM things WHERE kin = ? AND key = ? LIMIT 1"
        for family, name in self._gone.names:
            now = self._one(there, family, name) is not None
            for block in blocks_of(family, name):
                kept = self._one("SELECT 1 FROM blocks WHERE block = ? AND name = ?", block, name) is not None
                if now != kept:
                    (came if now else went).setdefault(block, set()).add(name)
        for block in came.keys() | went.keys():
            before = {name for (name,) in self._ask("SELECT name FROM blocks WHERE block = ?", block)}
            new, gone = came.get(block, set()), went.get(block, set())
            self.database.executemany("INSERT INTO blocks VALUES (?, ?)", [(block, name) for name in new])
            rows = [(block, name) for name in gone]
            self.database.executemany("DELETE FROM blocks WHERE block = ? AND name = ?", rows)
            drop, put = changed_pairs(before, (before | new) - gone)
            ends = [(block, name, name) for name in drop]
            self.database.executemany("DELETE FROM similar WHERE block = ? AND (one = ? OR two = ?)", ends)
            family = block.partition(" ")[0]
            kept_pairs = [(block, family, *pair) for pair in put]
            self.database.executemany("INSERT INTO similar VALUES (?, ?, ?, ?, ?)", kept_pairs)
            anew |= {(family, name) for name in drop.union(*(pair[:2] for pair in put))}
        return anew - self._gone.names

    def _put_alike(self, anew: set[tuple[str, str]], first: Mapping[int, int], groups: Groups) -> None:
        """Keep the pairs of entities whose names are nearly, or exactly, the same.

        Names that were compared `anew`, because a block grew large or ceases to be, may have lost others.
        """
        rows = [(SIMILAR, own, own) for own in (_name_of(*name) for name in anew)]
        self.database.executemany("DELETE FROM pairs WHERE kind = ? AND (owner = ? OR other = ?)", rows)
        self._put_same(first, groups)
        done: set[tuple[str, str]] = set()
        for family, name in self._gone.names | anew:
            for one, two, score in self._ask(_ALIKE, family, name, family, name).fetchall():
                ends = (_name_of(family, one), _name_of(family, two))
                if ends in done:
                    continue
                done.add(ends)
                a, b = (self._ask(_OWNERS, family, each, 1).fetchone()[0] for each in (one, two))
                if not _apart(groups, first, a, b):
                    self._put_pair(ends[0], SIMILAR, a, b, score, "nearly the same name", ends[1])

    def _put_same(self, first: Mapping[int, int], groups: Groups) -> None:
        """Keep the pairs of entities of the same name."""
        for family, name in self._gone.names:
            if family == "person" and " " not in name:
                continue
            owners = [row[0] for row in self._ask(_OWNERS, family, name, 4)]
            for other in owners[1:]:
                if not _apart(groups, first, owners[0], other):
                    own = _name_of(family, name)
                    self._put_pair(own, SAME, owners[0], other, 0.5, "same name in another context")

    # Tables.

    def _one(self, query: str, *values: Any) -> Any:
        row = self.database.execute(query, values).fetchone()
        return None if row is None else row[0]

    def _ask(self, query: str, *values: Any) -> sqlite3.Cursor:
        return self.database.execute(query, values)

    def _all(self, query: str, values: Iterable[Any]) -> list[Any]:
        """Give the rows of a query that is asked of each of some values."""
        return [row for value in sorted(values) for row in self.database.execute(query, (value,))]

    def _fill(self, table: str, ids: Iterable[int]) -> None:
        rows = [(id,) for id in ids]
        self._ask(f"DELETE FROM {table}")
        self.database.executemany(f"INSERT OR IGNORE INTO {table} VALUES (?)", rows)


_SAME_BASE = "SELECT id, name, base, family, first, content, plain FROM entities WHERE base = ?"
_USED = """SELECT record, reasons FROM entities e WHERE name = ?
    AND EXISTS (SELECT 1 FROM things WHERE entity = e.id AND used)"""
_PUT_ENTITY = "INSERT INTO entities VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
_NOT_YET = "SELECT id FROM chosen CROSS JOIN things USING (id) WHERE called IS NOT NULL"
_ALIKE = """SELECT one, two, score FROM similar WHERE family = ? AND one = ?
    UNION SELECT one, two, score FROM similar WHERE family = ? AND two = ?"""
_PAIRS = """SELECT x.name, y.name, p.score, p.kind, p.owner, p.rowid, p.reason FROM pairs p
    JOIN entities x ON x.id = p.a JOIN entities y ON y.id = p.b"""


class _Frequency(dict[str, int]):
    """How often names are borne, asked of the tables."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database

    def __missing__(self, key: str) -> int:
        row = self._database.execute("SELECT n FROM frequency WHERE key = ?", (key,)).fetchone()
        self[key] = 0 if row is None else int(row[0])
        return self[key]


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


def _name_of(family: str, name: str) -> str:
    return f"n {family} {name}"


def _country(thing: EntityCandidate) -> str | None:
    """Give the country that a thing is; other tables are asked when all is resolved together."""
    from kg.resolve import Countries

    names = tuple(dict.fromkeys((thing.label, *sorted(set(thing.names)))))
    link = Countries().link(names, thing.type)
    return link.id if link else None


def _rare(thing: EntityCandidate, around: Around) -> set[str]:
    """Give the rarest names in a thing's company where there are others, of which they are told apart."""
    from kg.resolve.merging import RAREST, rarest, usual_company

    company = usual_company(thing, around)
    return set(rarest(company, around)) if len(company) > RAREST else set()


def _data(thing: EntityCandidate) -> str:
    traits = {kind: sorted(found) for kind, found in thing.traits.items()}
    mentions = [[getattr(mention, name) for name in _Mention._fields] for mention in thing.mentions]
    rest = (thing.label, thing.type, sorted(thing.keys), traits, sorted(thing.shown), mentions)
    return _json([thing.places, *rest])


class _Mention(NamedTuple):
    """What resolution looks at of a mention; made in a fraction of the time that a mention takes."""

    start: int
    end: int
    text: str
    kind: str
    type: str
    label: str
    confidence: float


def _thing(doc: str, key: str, family: str, data: str, company: frozenset[str]) -> EntityCandidate:
    from kg.resolve.things import EntityCandidate

    places, label, kind, keys, traits, shown, mentions = json.loads(data)
    called = frozenset(keys)
    return EntityCandidate(
        doc=doc,
        places=places,
        mentions=[*map(_Mention._make, mentions)],  # type: ignore[list-item]
        named=True,
        type=kind,
        family=family,
        label=label,
        key=key,
        keys=called,
        company=company - called,
        traits={kind: frozenset(found) for kind, found in traits.items()},
        shown=frozenset(shown),
    )


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
