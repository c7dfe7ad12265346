"""Write a schema to start from: the relations and classes a graph has facts of, with counts and examples.

    kg schema suggest graph.ttl -o mine.ttl
    kg build reports/ --schema mine.ttl

It is yours to change: take out what you do not want, give what is left your own names, and more ways to
say it (skos:example "S buys O"). The suffix of the file names the form, Turtle or JSON.
"""

from __future__ import annotations

import argparse
import logging
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from kg.atomic import write_text
from kg.cli.console import UsageError, say
from kg.config import Config
from kg.counts import count

if TYPE_CHECKING:
    from kg.graph.expressing import Expressed
    from kg.schema import Schema

# Not below the logger of what commands say, which is heard without -v.
log = logging.getLogger("kg.schema")
# So many refused facts are told; a schema that does not fit a corpus refuses thousands.
REFUSED = 5
HELP = "a schema to start from, of what a graph says"
FORMATS = {".ttl": "ttl", ".json": "json"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("action", choices=("suggest",))
    parser.add_argument("graph", metavar="GRAPH", help="a graph file (.ttl, .nt, …) or a store")
    parser.add_argument("-o", "--output", metavar="FILE", help=".ttl or .json (default: Turtle on stdout)")
    parser.add_argument("--least", metavar="N", type=int, default=2, help="facts of a property (default: 2)")
    parser.add_argument("--most", metavar="N", type=int, default=50, help="properties (default: 50)")
    parser.add_argument(
        "--namespace", metavar="IRI", default="", help="what the schema's own IRIs begin with"
    )


def run(args: argparse.Namespace) -> int:
    form = FORMATS.get(Path(args.output).suffix.lower()) if args.output else "ttl"
    if form is None:
        raise UsageError("cannot tell the format", where=args.output, remedy="write .ttl or .json")
    if args.namespace and not re.fullmatch(r"[a-z][a-z0-9+.-]*:[^\s<>\"{}|\\^`]*[/#]", args.namespace):
        raise UsageError(f"{args.namespace!r} is no namespace", remedy="write https://…/ or https://…#")
    from kg.graph.suggesting import as_json, as_turtle, suggest
    from kg.knowledge import open_graph

    graph = open_graph(args.graph)
    found = suggest(
        graph.each_fact(), graph.names, least=args.least, most=args.most, namespace=args.namespace
    )
    if not found.properties:
        raise UsageError("no relation has so many facts", where=args.graph, remedy="try --least 1")
    text = as_json(found) if form == "json" else as_turtle(found, graph.names)
    if args.output:
        write_text(Path(args.output), [text])
        say(f"wrote {args.output}")
    else:
        sys.stdout.write(text)
    classes = count(len(found.classes), "class", "classes")
    say(f"{count(len(found.properties), 'property', 'properties')}, {classes}")
    return 0


def add_schema(parser: argparse.ArgumentParser) -> None:
    """Let a command take a schema to write facts in."""
    parser.add_argument(
        "--schema",
        metavar="FILE",
        help="write facts in its classes and properties too: OWL or RDFS in any syntax of RDF, or JSON",
    )


def schema_of(args: argparse.Namespace, config: Config) -> Schema | None:
    """Read the schema that a command was given, before any text is read."""
    if not args.schema:
        return None
    if config.rdf.provenance == "none":
        raise UsageError("--schema writes facts with their evidence, and rdf.provenance is none")
    from kg.store import schemas

    return schemas.load(args.schema)


def say_expressed(told: Expressed) -> None:
    """Say what a schema's facts are, and the first that were refused; the others are logged."""
    say(told.summary())
    for refused in told.refused[:REFUSED]:
        say(f"  refused: {refused}")
    for refused in told.refused[REFUSED:]:
        log.info("refused: %s", refused)
    if len(told.refused) > REFUSED:
        say(f"  … {len(told.refused) - REFUSED:,} more, which -v tells")
    for label, number in sorted(told.facts.items()):
        log.info("%s: %s", label, count(number, "fact"))
    for name, number in told.outside.most_common(REFUSED):
        log.info("outside the schema: %s (%d)", name.replace("_", " "), number)
