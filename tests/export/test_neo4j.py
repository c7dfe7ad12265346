"""What is written for Neo4j: an engine of its own runs the Cypher, and both forms lead back to all facts."""

import csv
import datetime as dt
import re

import kglite
import pytest
from every_kind import end_of, every_kind, shown
from graphglot.dialect.neo4j import Neo4j
from graphglot.error import GraphGlotError

from kg.export import files, neo4j, write
from kg.export.neo4j import PARTS, cypher, elements, literal
from kg.export.relational import key_of
from kg.knowledge import KnowledgeGraph, open_graph
from kg.model import Entity, Evidence, Fact, role_of


@pytest.fixture(scope="module")
def graph():
    return every_kind()


def statements(text):
    """Give the statements of a script as a shell divides it: a semicolon in a string ends none."""
    tokens = re.finditer(r"'(?:[^'\\]|\\.)*'|`(?:[^`]|``)*`|;|[^'`;]+", text, re.S)
    found, last = [""], 0
    for token in tokens:
        assert token.start() == last, f"a string is not closed: {text[last : last + 80]}"
        last = token.end()
        if token[0] == ";":
            found.append("")
        else:
            found[-1] += token[0]
    assert last == len(text)
    assert found.pop().strip() == ""
    return found


def of_an_engine(text, times=1):
    """Run a script and give what it made: the rows of each part, as dicts."""
    engine = kglite.KnowledgeGraph()
    for each in statements(text) * times:
        engine.cypher(each)
    found = {}
    for part in PARTS:
        columns = [head.partition(":")[0] for head in part.heads]
        told = ", ".join(f"x.{name} AS {name}" for name in columns)
        start, end = part.of
        if end:
            ends = f"a.{neo4j.KEYS[start]} AS start, b.{neo4j.KEYS[end]} AS end"
            query = f"MATCH (a:{start})-[x]->(b:{end}) RETURN type(x) AS type, {ends}, {told}"
        else:
            query = f"MATCH (x:{start}) RETURN x.{neo4j.KEYS[start]} AS key, labels(x) AS labels, {told}"
        found[part.name] = [dict(row) for row in engine.cypher(query)]
    return found


CONVERT = {
    "": str,
    "long": int,
    "double": float,
    "boolean": {"true": True, "false": False}.get,
    "date": dt.date.fromisoformat,
    "string[]": lambda text: text.split(neo4j.SEPARATOR),
}


def of_tables(path):
    """Read the tables of an import as Neo4j would, by the heads of their columns."""
    found = {}
    for part, file in zip(PARTS, files(path), strict=True):
        assert file.name == f"town.neo4j.{part.name}.csv"
        with file.open(encoding="utf-8", newline="") as lines:
            heads, *rows = csv.reader(lines)
        names = {":TYPE": "type", ":LABEL": "labels"}
        columns = []
        for head in heads:
            name, _, kind = head.partition(":")
            special = {"START_ID": "start", "END_ID": "end", "ID": "key"}.get(kind.partition("(")[0])
            columns.append((special or names.get(head) or name, "" if special or not name else kind))
        found[part.name] = [
            {n: CONVERT[k](cell) if cell else None for (n, k), cell in zip(columns, row, strict=True)}
            for row in rows
        ]
        for row in found[part.name]:
            if "labels" in row:
                row["labels"] = row["labels"].split(neo4j.SEPARATOR)
    return found


def facts_of(found):
    """Make the facts and entities of the rows of all parts, in the order of their keys."""
    things = {
        row["key"]: Entity(
            row["key"],
            row["type"],
            row["label"],
            tuple(row["aliases"] or ()),
            tuple(row["same_as"] or ()),
            row["confidence"],
        )
        for row in found["entities"]
    }
    sources = {row["key"]: row["source"] for row in found["documents"]}
    facts = []
    for row in found["facts"]:
        ends = [link for link in found["arguments"] if link["start"] == row["key"]]
        by_type = {link["type"]: link["end"] for link in ends}
        places = [("place", things[link["end"]]) for link in ends if link["type"] == "QUALIFIER"]
        times = [("time", text) for text in row["times"] or ()]
        proof = [
            Evidence(
                *(link["end"], link["start_char"], link["end_char"], link["quote"], link["rule"]),
                *(float(link["confidence"]), link["sentence_char"], link["place"] or "", ""),
                sources[link["end"]],
            )
            for link in found["evidence"]
            if link["start"] == row["key"]
        ]
        fact = Fact(
            things[by_type["SUBJECT"]],
            row["relation"],
            end_of(row | {"object_id": by_type.get("OBJECT")}, things),
            tuple(places + times),
            row["asserted"],
            row["negated"],
            row["modality"],
            things.get(by_type.get("ATTRIBUTED_TO")),
            row["begins"],
            row["ends"],
            tuple(proof),
            row["saying"] or "",
            row["verdict"] or "",
        )
        assert key_of(fact) == row["key"]
        facts.append(fact)
    return sorted(facts, key=key_of), sorted(things.values(), key=lambda e: e.id)


def expected(graph):
    facts, entities, _ = shown(graph)
    return sorted(facts, key=key_of), entities


def plain(facts):
    """Give the relationships between things that facts come to."""
    return sorted(
        (fact.subject.id, role_of(fact.relation), fact.object.id, key_of(fact))
        for fact in facts
        if fact.asserted and isinstance(fact.object, Entity)
    )


def days_as_days(found):
    for rows in found.values():
        for row in rows:
            for name in ("published", "begins", "ends"):
                if isinstance(row.get(name), str):
                    row[name] = dt.date.fromisoformat(row[name])
    return found


def check(graph, found):
    assert facts_of(found) == expected(graph)
    relations = [(row["start"], row["type"], row["end"], row["key"]) for row in found["relations"]]
    assert sorted(relations) == plain(graph.facts())
    labels = {row["key"]: set(row["labels"]) for row in found["entities"]}
    assert labels["Norland"] == {"Entity", "GPE"}
    (event,) = graph.events("Acquisition")
    assert labels[event.id] == {"Entity", "Acquisition", "Event"}


@pytest.mark.parametrize("times", [1, 2])
def test_an_engine_that_runs_the_script_has_all_facts_once(graph, tmp_path, times):
    text = write(graph, tmp_path / "town.cypher").read_text(encoding="utf-8")
    check(graph, days_as_days(of_an_engine(text, times)))


def test_each_statement_is_cypher_to_a_parser(graph, monkeypatch):
    # It takes its time: of each shape of statement one, with a row that has no long string.
    monkeypatch.setattr(neo4j, "ROWS", 1)
    shapes = {}
    for each in statements("".join(cypher(graph))):
        shape = re.sub(r"`\w+`", "`x`", each.rpartition("AS row")[2])
        shapes[shape] = min(shapes.get(shape, each), each, key=len)
    parser = Neo4j()
    for each in shapes.values():
        parser.parse(each)
    assert any("start_char" in shape for shape in shapes)
    with pytest.raises(GraphGlotError):
        parser.parse(shapes[shape].replace("UNWIND [", "UNWIND "))


def test_tables_for_the_import_hold_all_facts(graph, tmp_path):
    path = write(graph, tmp_path / "town.neo4j.csv")
    assert sorted(tmp_path.iterdir()) == sorted(files(path))
    check(graph, of_tables(path))
    assert files(tmp_path / "town.neo4j.facts.csv") == files(path)
    assert files(tmp_path / "neo4j.csv")[0].name == "neo4j.documents.csv"


def test_every_property_has_a_column(graph):
    columns = {part.of: {head.partition(":")[0] for head in part.heads} for part in PARTS}
    for element in elements(graph):
        kinds = element.kinds
        where = (kinds.start, kinds.end) if kinds.start else (kinds.labels[0], "")
        assert set(element.properties) <= columns[where]


def test_many_rows_go_into_several_statements(graph, monkeypatch):
    whole = of_an_engine("".join(cypher(graph)))
    monkeypatch.setattr(neo4j, "ROWS", 3)
    monkeypatch.setattr(neo4j, "WAITING", 7)
    found = of_an_engine("".join(cypher(graph)))
    assert facts_of(days_as_days(found)) == facts_of(days_as_days(whole))


def as_neo4j_reads(written):
    r"""Read a string as versions do that turn \uXXXX into signs before they look for strings."""
    early = re.sub(r"\\u([0-9a-f]{4})", lambda m: chr(int(m[1], 16)), written)
    assert re.fullmatch(r"'(?:[^'\\]|\\.)*'", early, re.S), early
    return re.sub(
        r"\\(.)", lambda m: {"n": "\n", "r": "\r", "t": "\t"}.get(m[1], m[1]), early[1:-1], flags=re.S
    )


@pytest.mark.parametrize(
    "text",
    ["\\u0027", "\\\\u0027", "\\\\\\U0027 it's", "a\\", "'", "\n\t\r\x00\x85\u2028", "`{}$x //", "\\uuu"],
)
def test_strings_end_where_they_should_in_every_version(text):
    (row,) = kglite.KnowledgeGraph().cypher(f"RETURN {literal(text)} AS x")
    assert row["x"] == text
    assert as_neo4j_reads(literal(text)) == text


def test_names_of_a_foreign_graph_are_names(tmp_path):
    source = tmp_path / "g.ttl"
    label = "`}) DETACH DELETE n //\\\\u0060"
    source.write_text(
        f"@prefix e: <http://e/> . @prefix r: <http://www.w3.org/2000/01/rdf-schema#> ."
        f'e:a a e:T ; e:p e:b . e:T r:label "{label}" . e:p r:label "{label}" .',
        encoding="utf-8",
    )
    graph = open_graph(source)
    found = of_an_engine("".join(cypher(graph)))
    (relation,) = [row["type"] for row in found["relations"] if row["start"].endswith("/a")]
    assert relation == "`}) DETACH DELETE n ///u0060"


def test_an_empty_graph_gives_constraints_alone(tmp_path):
    text = write(KnowledgeGraph(), tmp_path / "g.cypher").read_text(encoding="utf-8")
    assert len(statements(text)) == text.count("CREATE CONSTRAINT") == 3
