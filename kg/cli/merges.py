"""List what was taken for one thing and why, and what may be one thing and was left apart.

What you write into a merges.toml is obeyed by the next build with --merges FILE:

    same = [["Bob Dylan", "Robert Zimmerman"]]
    different = [["Ann Lee@3f2a91c0", "Ann Lee@77b0c1d2"]]

A name with @ and the first characters of a document's id means that name in that document only.

Examples:

    kg merges graph/graph.ttl
    kg merges library/ --format csv
"""

from __future__ import annotations

import argparse

from kg.cli import console
from kg.cli.console import say
from kg.counts import count

HELP = "what was merged and why, and what may be the same"
COLUMNS = ("what", "entity", "with", "score", "why")
MERGED = """SELECT ?entity ?label ?why (GROUP_CONCAT(DISTINCT ?alias; SEPARATOR=" | ") AS ?aliases) WHERE {
    ?entity kg:mergeReason ?why ; rdfs:label ?label .
    OPTIONAL { ?entity skos:altLabel ?alias }
    FILTER NOT EXISTS { ?entity a kg:Candidate }
} GROUP BY ?entity ?label ?why"""
POSSIBLE = """SELECT ?a ?b ?score ?why WHERE {
    ?pair a kg:Candidate ; rdf:subject ?a ; rdf:object ?b ; kg:confidence ?score ; kg:mergeReason ?why }"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("graph", metavar="GRAPH", help="a graph file (.ttl, .nt, …)")
    parser.add_argument("--format", choices=console.FORMATS, help="default: table on a terminal, else tsv")


def run(args: argparse.Namespace) -> int:
    from kg.knowledge import open_graph

    graph = open_graph(args.graph)
    merged = sorted(
        (
            "merged",
            _local(row["entity"]),
            " | ".join(sorted(_text(row["aliases"]).split(" | "))),
            "",
            _text(row["why"]),
        )
        for row in graph.query(MERGED)
    )
    possible = sorted(
        (
            "possible",
            _local(row["a"]),
            _local(row["b"]),
            f"{float(_text(row['score'])):.2f}",
            _text(row["why"]),
        )
        for row in graph.query(POSSIBLE)
    )
    possible.sort(key=lambda row: row[3], reverse=True)
    console.print_rows(COLUMNS, [*merged, *possible], format=args.format or console.default_format())
    say(f"{count(len(merged), 'merge')}, {count(len(possible), 'candidate')}")
    return 0


def _text(value: object) -> str:
    return "" if value is None else str(getattr(value, "value", value))


def _local(value: object) -> str:
    return _text(value).rsplit("/", 1)[-1]
