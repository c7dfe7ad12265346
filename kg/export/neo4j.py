"""A graph for Neo4j and others that speak Cypher: statements, or tables for the bulk import.

What is asserted between two things is a relationship of its own, as people ask for it. Every fact, asserted
or not, is a node too, with its ends and the sentences that it was read from.
"""

from __future__ import annotations

import contextlib
import csv
import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from kg.atomic import written_aside
from kg.export.relational import BY_NAME, Cell, fact_row
from kg.model import Entity, Fact, role_of, text_of
from kg.vocab import narrower

if TYPE_CHECKING:
    from kg.graph.view import GraphView

Value = Cell | list[str]
# The property by which a node is known.
KEYS = {"Document": "id", "Entity": "id", "Fact": "key"}
# Members of a list are parted by a sign that no text should have: U+001F.
SEPARATOR = "\x1f"
# How many nodes and relationships wait for others of their kind, and how many go into one statement.
WAITING, ROWS = 5_000, 1_000
# Of a fact's row, what relationships and labels say.
_ELSEWHERE = ("id", "key", "subject", "subject_id", "object_id", "attributed_to", "attributed_to_id")


class Kinds(NamedTuple):
    """What nodes or relationships have in common that one statement makes: labels or type, and ends."""

    labels: tuple[str, ...]
    start: str = ""
    end: str = ""
    # The properties by which one of several between two nodes is known.
    known_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Element:
    """A node, known by `key`, or a relationship from there to the node known by `to`."""

    kinds: Kinds
    key: str
    properties: dict[str, Value] = field(default_factory=dict)
    to: str = ""


def elements(graph: GraphView) -> Iterator[Element]:
    """Give all nodes and relationships, one at a time; a node comes before what hangs on it."""
    copies = graph.copies
    for d in graph.documents:
        said = {"source": d.source, "title": d.title, "published": d.published, "lang": d.lang, "uri": d.uri}
        yield Element(Kinds(("Document",)), d.id, {**said, "copy_of": copies.get(d.id)})
    events = narrower("Event")
    for e in graph.entities:
        labels = ("Entity", e.type, "Event") if e.type in events else ("Entity", e.type)
        yield Element(Kinds(tuple(dict.fromkeys(labels))), e.id, _entity(e))
    for number, fact in enumerate(graph.each_fact(), start=1):
        yield from _fact(fact, dict(zip(_FACTS, fact_row(number, fact), strict=True)))


_FACTS = tuple(column.name for column in BY_NAME["facts"].columns)


def _entity(e: Entity) -> dict[str, Value]:
    found: dict[str, Value] = {"label": e.label, "type": e.type, "aliases": list(e.aliases)}
    return {**found, "same_as": list(e.same_as), "confidence": e.confidence, "salience": e.salience}


def _fact(fact: Fact, row: Mapping[str, Cell]) -> Iterator[Element]:
    key = str(row["key"])
    told: dict[str, Value] = {name: value for name, value in row.items() if name not in _ELSEWHERE}
    if isinstance(fact.object, Entity):
        told["object"] = told["object_type"] = None
    # Times have no node of their own.
    told["times"] = [text_of(value) for _, value in fact.qualifiers if not isinstance(value, Entity)]
    yield Element(Kinds(("Fact",)), key, told)
    for name, end in (
        ("SUBJECT", fact.subject),
        ("OBJECT", fact.object),
        ("ATTRIBUTED_TO", fact.attributed_to),
    ):
        if isinstance(end, Entity):
            yield Element(Kinds((name,), "Fact", "Entity"), key, to=end.id)
    for role, place in fact.qualifiers:
        if isinstance(place, Entity):
            yield Element(Kinds(("QUALIFIER",), "Fact", "Entity", ("role",)), key, {"role": role}, place.id)
    for e in fact.evidence:
        proof: dict[str, Value] = {"start_char": e.start, "end_char": e.end, "quote": e.quote, "rule": e.rule}
        proof |= {"sentence_char": e.sentence, "place": e.place or None, "confidence": e.confidence}
        kinds = Kinds(("EVIDENCE",), "Fact", "Document", ("start_char", "end_char", "rule"))
        yield Element(kinds, key, proof, e.doc_id)
    if fact.asserted and isinstance(fact.object, Entity):
        kinds = Kinds((role_of(fact.relation),), "Entity", "Entity", ("key",))
        short = {name: row[name] for name in ("key", "begins", "ends", "confidence", "support")}
        yield Element(kinds, fact.subject.id, {**short}, fact.object.id)


# Cypher.


def cypher(graph: GraphView) -> Iterator[str]:
    """Give the text of a script, in pieces, which doubles nothing when it is run again for a later graph."""
    for label, key in KEYS.items():
        name = f"kg_{label.lower()}_{key}"
        yield f"CREATE CONSTRAINT {name} IF NOT EXISTS FOR (n:{label}) REQUIRE n.{key} IS UNIQUE;\n"
    waiting: dict[Kinds, list[Element]] = {}
    for number, element in enumerate(elements(graph), start=1):
        waiting.setdefault(element.kinds, []).append(element)
        if number % WAITING == 0:
            yield from _statements(waiting)
            waiting = {}
    yield from _statements(waiting)


def _statements(waiting: Mapping[Kinds, list[Element]]) -> Iterator[str]:
    # Relationships need their nodes.
    for kinds in sorted(waiting, key=lambda kinds: (kinds.start != "", kinds)):
        found = waiting[kinds]
        for start in range(0, len(found), ROWS):
            yield _statement(kinds, found[start : start + ROWS])


def _statement(kinds: Kinds, rows: Sequence[Element]) -> str:
    listed = ",\n".join(f"  {_map(_row(element))}" for element in rows)
    head = f"UNWIND [\n{listed}\n] AS row\n"
    if not kinds.start:
        first, *others = kinds.labels
        labels = "".join(f":{_name(label)}" for label in others)
        more = f" SET n{labels}" if labels else ""
        return f"{head}MERGE (n:{first} {{{KEYS[first]}: row.key}}) SET n += row.props{more};\n"
    start = f"(a:{kinds.start} {{{KEYS[kinds.start]}: row.key}})"
    end = f"(b:{kinds.end} {{{KEYS[kinds.end]}: row.to}})"
    known = ", ".join(f"{name}: row.props.{name}" for name in kinds.known_by)
    known = f" {{{known}}}" if known else ""
    told = " SET r += row.props" if known else ""
    return f"{head}MATCH {start} MATCH {end}\nMERGE (a)-[r:{_name(kinds.labels[0])}{known}]->(b){told};\n"


def _row(element: Element) -> dict[str, str]:
    row = {"key": literal(element.key)}
    if element.to:
        row["to"] = literal(element.to)
    told = {name: literal(value) for name, value in element.properties.items() if value not in (None, [])}
    if told or not element.to:
        row["props"] = _map(told)
    return row


def _map(values: Mapping[str, str]) -> str:
    return f"{{{', '.join(f'{name}: {value}' for name, value in values.items())}}}"


def literal(value: Value) -> str:
    r"""Write a value as Cypher does.

    >>> print(literal("it's"), literal(True), literal(["a", "b"]), literal(dt.date(2024, 3, 28)))
    'it\'s' true ['a', 'b'] date('2024-03-28')

    Some versions of Neo4j read `\u0027` as a quote before they look for strings: of a text no such is left.

    >>> print(literal("\\u0027"))
    '\\\u00750027'
    """
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return repr(value)
    if isinstance(value, list):
        return f"[{', '.join(map(literal, value))}]"
    if isinstance(value, dt.date):
        return f"date('{value.isoformat()}')"
    return f"'{_UNSAFE.sub(_escape, str(value))}'"


_UNSAFE = re.compile(r"\\[uU]?|['\x00-\x1f\x7f-\x9f\u2028\u2029]")
_SHORT = {"\\": "\\\\", "'": "\\'", "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def _escape(match: re.Match[str]) -> str:
    found = match[0]
    if len(found) == 2:
        return f"\\\\\\u{ord(found[1]):04x}"
    return _SHORT.get(found) or f"\\u{ord(found):04x}"


def _name(name: str) -> str:
    """Write a label or type in backticks, between which nothing but these has a meaning."""
    # What a backslash and a "u" might become is no longer a text.
    plain = name.replace("\\", "/").replace("`", "``")
    return f"`{plain or ' '}`"


# The bulk import.


class Part(NamedTuple):
    """A file of the import: nodes of a label, or relationships between two, with the heads of its columns."""

    name: str
    of: tuple[str, str]
    heads: tuple[str, ...]


_FACT_HEADS = """relation object asserted:boolean negated:boolean modality begins:date ends:date
confidence:double support:long saying verdict object_type value unit comparator lower upper times:string[]"""
_PROOF_HEADS = "start_char:long end_char:long quote sentence_char:long place rule confidence:double"
PARTS = (
    Part("documents", ("Document", ""), tuple("source title published:date lang uri copy_of".split())),
    Part(
        "entities",
        ("Entity", ""),
        tuple("label type aliases:string[] same_as:string[] confidence:double salience:double".split()),
    ),
    Part("facts", ("Fact", ""), tuple(_FACT_HEADS.split())),
    Part("arguments", ("Fact", "Entity"), ("role",)),
    Part("evidence", ("Fact", "Document"), tuple(_PROOF_HEADS.split())),
    Part(
        "relations",
        ("Entity", "Entity"),
        tuple("key begins:date ends:date confidence:double support:long".split()),
    ),
)


def write_import(graph: GraphView, paths: Mapping[str, Path]) -> None:
    """Write each of `PARTS`, for `neo4j-admin database import`, to the path that is given for its name."""
    with contextlib.ExitStack() as files:
        writers = {}
        for part in PARTS:
            aside = files.enter_context(written_aside(paths[part.name]))
            file = files.enter_context(aside.open("w", encoding="utf-8", newline=""))
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(_head(part))
            columns = [head.partition(":")[0] for head in part.heads]
            writers[part.of] = writer, columns
        for element in elements(graph):
            kinds = element.kinds
            writer, columns = writers[(kinds.start, kinds.end) if kinds.start else (kinds.labels[0], "")]
            ends = (element.key, element.to) if kinds.start else (element.key,)
            told = (_cell(element.properties.get(column)) for column in columns)
            writer.writerow([*ends, _cell(list(kinds.labels)), *told])


def _head(part: Part) -> list[str]:
    first, second = part.of
    if second:
        return [f":START_ID({first})", f":END_ID({second})", ":TYPE", *part.heads]
    return [f"{KEYS[first]}:ID({first})", ":LABEL", *part.heads]


def _cell(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return SEPARATOR.join(text.replace(SEPARATOR, " ") for text in value)
    return str(value)
