"""A graph with facts of every kind and hostile strings, and the same facts made of the rows of tables."""

from __future__ import annotations

import dataclasses
import datetime as dt

import events_graph
import small_graph

from kg.export.relational import TABLES
from kg.knowledge import KnowledgeGraph
from kg.model import (
    Block,
    Claim,
    Document,
    Entity,
    Event,
    Evidence,
    Extraction,
    Fact,
    Mention,
    Value,
    role_of,
)

# What a formula, SQL, Cypher, CSV, XML and a terminal would each take for its own.
HOSTILE = (
    "=cmd|' /C calc'!A0 \\u0027 \\\\ `}) DETACH DELETE \"<b>&amp;\\ \x07\x85\u2028 \u202e\r\n\t'''; -- ,|]]>"
)
LONG = "and so on " * 4_000
SAID = f"Vero Ltd said {HOSTILE} {LONG}on 2 May 2020 about 2.5 to 3 percent."


@dataclasses.dataclass(frozen=True)
class Resolved:
    entities: tuple[Entity, ...]
    links: dict[str, tuple[int | None, ...]]


def hostile():
    """Give a document whose words are hostile, what is said in it, and its things."""
    end = len("Vero Ltd said ") + len(HOSTILE)
    amount = SAID.index("about 2.5")
    value = Value("2.5", "decimal", "%", "About", "2.5", "3")
    mentions = (
        Mention(0, 8, "Vero Ltd", "name", "Organization", "Vero Ltd"),
        Mention(14, end, HOSTILE, "clause"),
        Mention(amount, len(SAID) - 1, SAID[amount:-1], "quantity", value=value),
        Mention(14, 17, SAID[14:17], "name", "Work", "=1+1"),
    )
    day = dt.date(2020, 5, 2)
    more = {"start": 0, "end": end, "rule": "verb", "confidence": 0.75}
    claims = (
        Claim(0, "say", 1, text="said", **more),
        Claim(0, "grow", 2, begins=day, ends=day, modality="Possible", asserted=False, **more),
        Claim(0, "be", 3, negated=True, begins=dt.date(1815, 6, 18), **more),
        Claim(3, "end", None, modality="Wished", asserted=False, attributed_to=0, **more),
    )
    document = Document("f" * 16, f"{HOSTILE}.txt", SAID, title=HOSTILE, blocks=(Block(0, len(SAID)),))
    extraction = Extraction(document.id, document.source, mentions, claims, ((0, len(SAID)),))
    things = (
        Entity("Vero_Ltd", "Organization", "Vero Ltd", ("@Vero", "-Vero"), ("https://x.example/a?b=c&d='",)),
        Entity("formula", "Work", HOSTILE, ("=1+1",), confidence=0.5),
    )
    return document, extraction, Resolved(things, {document.id: (0, None, None, 1)})


def every_kind():
    """Give the graph."""
    parts = [
        (small_graph.DOCUMENT, small_graph.EXTRACTION, small_graph.RESOLUTION),
        events_graph.made(),
        hostile(),
    ]
    things: list[Entity] = []
    links = {}
    for _, _, resolved in parts:
        known = {}
        for number, entity in enumerate(resolved.entities):
            known[number] = len(things)
            things.append(entity)
        for id, found in resolved.links.items():
            links[id] = tuple(None if n is None else known[n] for n in found)
    documents, extractions, _ = zip(*parts, strict=True)
    return KnowledgeGraph.from_records(documents, extractions, Resolved(tuple(things), links))


def shown(graph, replaced=str):
    """Give what tables hold of a graph: its facts, entities and events, with strings as a format has them."""

    def fitted(value):
        if isinstance(value, str):
            return replaced(value)
        if isinstance(value, tuple):
            return tuple(map(fitted, value))
        if dataclasses.is_dataclass(value):
            return type(value)(*(fitted(getattr(value, f.name)) for f in dataclasses.fields(value)))
        return value

    facts = [fitted(fact) for fact in graph.facts()]
    entities = sorted((fitted(e) for e in graph.entities), key=lambda e: e.id)
    events = {e.id: (e.type, e.label, e.begins, e.ends, e.roles) for e in graph.events(asserted=None)}
    return facts, entities, {id: fitted(event) for id, event in events.items()}


def read_back(tables):
    """Make the same of the rows of all tables, each a dict by column."""
    assert set(tables) == {table.name for table in TABLES}
    by_thing = {name: grouped(tables[name], "entity_id") for name in ("aliases", "same_as")}
    things = {
        row["id"]: Entity(
            row["id"],
            row["type"],
            row["label"],
            tuple(sorted(r["alias"] for r in by_thing["aliases"].get(row["id"], ()))),
            tuple(sorted(r["iri"] for r in by_thing["same_as"].get(row["id"], ()))),
            row["confidence"],
            row["salience"],
        )
        for row in tables["entities"]
    }
    documents = {row["id"]: row for row in tables["documents"]}
    proof = grouped(tables["evidence"], "fact_id")
    further = grouped(tables["qualifiers"], "fact_id")
    facts = {
        row["id"]: Fact(
            things[row["subject_id"]],
            row["relation"],
            end_of(row, things),
            tuple((q["role"], things.get(q["entity_id"], q["text"])) for q in further.get(row["id"], ())),
            row["asserted"],
            row["negated"],
            row["modality"],
            things.get(row["attributed_to_id"]),
            row["begins"],
            row["ends"],
            tuple(evidence_of(e, documents) for e in proof.get(row["id"], ())),
            row["saying"] or "",
            row["verdict"] or "",
        )
        for row in tables["facts"]
    }
    told = grouped(tables["event_roles"], "event_id")
    events = {}
    for row in tables["events"]:
        said = [facts[r["fact_id"]] for r in told[row["id"]]]
        assert [role_of(f.relation) for f in said] == [r["role"] for r in told[row["id"]]]
        event = Event(things[row["id"]], tuple(said))
        events[row["id"]] = (row["type"], row["label"], row["begins"], row["ends"], event.roles)
    return list(facts.values()), sorted(things.values(), key=lambda e: e.id), events


def grouped(rows, column):
    found = {}
    for row in rows:
        found.setdefault(row[column], []).append(row)
    return found


def end_of(row, things):
    if row["object_id"]:
        return things[row["object_id"]]
    if row["value"] is not None:
        return Value(
            *(row[name] for name in ("value", "object_type", "unit", "comparator", "lower", "upper"))
        )
    return row["object"]


def evidence_of(row, documents):
    document = documents[row["document_id"]]
    return Evidence(
        row["document_id"],
        row["start_char"],
        row["end_char"],
        row["quote"],
        row["rule"],
        row["confidence"],
        row["sentence_char"],
        row["place"] or "",
        document["copy_of"] or "",
        document["source"],
    )
