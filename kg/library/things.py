"""The named things of a store's documents, as they are kept: the little of each that resolution looks at."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from kg.library.tables import Tables
from kg.model import Extraction

if TYPE_CHECKING:
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
"""
_PUT = """INSERT INTO things (doc, n, key, family, called, link, data, company)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?)"""
_THINGS = """SELECT t.id, t.entity, t.doc, t.key, t.family, t.data, t.company FROM {}
    CROSS JOIN things t USING (id) ORDER BY t.doc, t.n"""


def put(tables: Tables, extraction: Extraction) -> Iterator[tuple[int, str]]:
    """Take in the named things of a document; gives the number of each, and its name."""
    from kg.resolve.merging import is_shared_by_many, long_forms, words_of
    from kg.resolve.things import things_of

    things = [thing for thing in things_of(extraction) if thing.named]
    if things:
        keys = sorted({key for thing in things for key in thing.company})
        tables.ask("INSERT INTO company VALUES (?, ?)", extraction.doc_id, to_json(keys))
    for n, thing in enumerate(things):
        person, family = thing.family == "person", thing.family
        called = (thing.called or None) if person else None
        needed = is_shared_by_many(family, thing.key)
        row = (extraction.doc_id, n, thing.key, family, called, _country(thing), _data(thing), needed)
        id = tables.ask(_PUT, *row).lastrowid
        assert id is not None, "a row was put"
        tables.many("INSERT INTO short VALUES (?, ?, ?)", [(key, family, id) for key in long_forms(thing)])
        tables.many("INSERT INTO words VALUES (?, ?)", [(word, id) for word in words_of(thing)])
        yield id, thing.key


def things_in(tables: Tables, table: str) -> Iterator[tuple[int, int | None, EntityCandidate]]:
    """Give the things of a table of ids, in the order of their documents, each with its entity."""
    doc, company = "", frozenset[str]()
    for id, entity, of, key, family, data, needed in tables.ask(_THINGS.format(table)).fetchall():
        if needed and of != doc:
            doc = of
            company = frozenset(json.loads(tables.one("SELECT keys FROM company WHERE doc = ?", doc)))
        yield id, entity, _thing(of, key, family, data, company if needed else frozenset())


def _country(thing: EntityCandidate) -> str | None:
    """Give the country that a thing is; other tables are asked when all is resolved together."""
    from kg.resolve import Countries

    names = tuple(dict.fromkeys((thing.label, *sorted(set(thing.names)))))
    link = Countries().link(names, thing.type)
    return link.id if link else None


class _Mention(NamedTuple):
    """What resolution looks at of a mention; made in a fraction of the time that a mention takes."""

    start: int
    end: int
    text: str
    kind: str
    type: str
    label: str
    confidence: float


def _data(thing: EntityCandidate) -> str:
    traits = {kind: sorted(found) for kind, found in thing.traits.items()}
    mentions = [[getattr(mention, name) for name in _Mention._fields] for mention in thing.mentions]
    rest = (thing.label, thing.type, sorted(thing.keys), traits, sorted(thing.shown), mentions)
    return to_json([thing.places, *rest])


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


def to_json(value: Any) -> str:
    """Give a value as it is kept."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
