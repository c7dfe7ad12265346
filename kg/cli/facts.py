"""Print the facts of a graph with their evidence: the sentence they were read from.

Examples:

    kg facts graph/graph.ttl --about "Hanne Wouters" --asserted
    kg facts graph/graph.ttl --event Arrest --since 2021-01-01 --format json
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
from collections.abc import Iterable
from typing import TYPE_CHECKING

from kg.cli import console
from kg.cli.console import UsageError
from kg.model import Fact, text_of
from kg.nearest import did_you_mean
from kg.vocab import event_classes

if TYPE_CHECKING:
    from kg.graph.view import GraphView

HELP = "facts with their evidence"
COLUMNS = ("subject", "relation", "object", "status", "time", "source", "saying", "evidence")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("graph", metavar="GRAPH", help="a graph file (.ttl, .nt, …)")
    parser.add_argument("--about", metavar="NAME", help="facts with this entity at either end")
    parser.add_argument("--subject", metavar="NAME")
    parser.add_argument("--relation", metavar="R", help='as in the graph, or its words ("advocate for")')
    parser.add_argument("--object", metavar="NAME")
    parser.add_argument(
        "--event", metavar="CLASS", help="what is said of the events of a class: Acquisition, Election, …"
    )
    parser.add_argument("--since", metavar="DAY", type=_day, help="facts that hold on this day or later")
    parser.add_argument("--asserted", action="store_true", help="only what the texts themselves state as so")
    parser.add_argument("--lang", default="en", help="language of labels, of several; default: en")
    parser.add_argument("--format", choices=console.FORMATS, help="default: table on a terminal, else tsv")


def run(args: argparse.Namespace) -> int:
    import kg

    graph = kg.open(args.graph, lang=args.lang)
    _check(graph, args)
    facts = graph.each_fact(
        about=args.about,
        subject=args.subject,
        relation=args.relation,
        object=args.object,
        since=args.since,
        asserted=True if args.asserted else None,
        event=args.event,
    )
    format = args.format or console.default_format()
    if format == "json":
        _print_json(facts)
        return 0
    sources = {document.id: document.source for document in graph.documents}
    console.print_rows(COLUMNS, (_row(fact, sources) for fact in facts), format=format)
    return 0


def _print_json(facts: Iterable[Fact]) -> None:
    """Print facts as a list, one at a time, as `json.dumps` would write all of them."""
    before = "["
    for fact in facts:
        print(before, json.dumps([fact.to_dict()], ensure_ascii=False, indent=1)[1:-2], sep="", end="")
        before = ","
    print("[]" if before == "[" else "\n]")


def _check(graph: GraphView, args: argparse.Namespace) -> None:
    """Say which of the names that are asked for nothing in the graph bears."""
    for name in filter(None, (args.about, args.subject, args.object)):
        if not graph.find(name) and not graph.facts(object=name):
            raise UsageError(f"no entity is called {name!r}", where=args.graph, remedy=graph.near(name))
    if args.event and args.event not in event_classes():
        remedy = did_you_mean(args.event, event_classes()) or f"use one of {', '.join(event_classes())}"
        raise UsageError(f"no class of events is called {args.event!r}", where=args.graph, remedy=remedy)
    if args.relation and not graph.facts(relation=args.relation):
        known = {fact.relation.replace("_", " ") for fact in graph.each_fact()}
        remedy = did_you_mean(args.relation, known)
        raise UsageError(f"no relation is called {args.relation!r}", where=args.graph, remedy=remedy)


def _day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a day (YYYY-MM-DD)") from None


def _row(fact: Fact, sources: dict[str, str]) -> tuple[str, ...]:
    first = fact.evidence[0] if fact.evidence else None
    where = f"{sources.get(first.doc_id, first.doc_id)}:{first.start}" if first else ""
    if first and first.place and f"#{first.place.replace(' ', '=')}:" not in where:
        where += f" ({first.place})"
    return (
        fact.subject.label,
        fact.relation.replace("_", " "),
        text_of(fact.object),
        fact.standing,
        "/".join(str(day) if day else ".." for day in (fact.begins, fact.ends))
        if fact.begins or fact.ends
        else "",
        where,
        fact.saying,
        first.quote if first else "",
    )
