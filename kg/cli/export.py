"""Write a graph in other formats, each named by the suffix of its file.

Examples:

    kg export graph/graph.ttl -o graph.graphml -o facts.csv
    kg export library/ -o library.nt
    kg export library/ --since graph/graph.ttl -o change.rdfp
    kg export graph/graph.ttl -o linked.ttl --link places
"""

from __future__ import annotations

import argparse

from kg.atomic import together
from kg.cli import options
from kg.cli.console import UsageError

HELP = "write a graph in another format"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "graph", metavar="GRAPH", nargs="+", help="graph files (.ttl, .nt, …); several are merged"
    )
    parser.add_argument(
        "-o", "--output", metavar="PATH", action="append", required=True, help="folder or file; repeatable"
    )
    parser.add_argument(
        "--since", metavar="GRAPH", help="an earlier graph: write what has changed, as an RDF patch (.rdfp)"
    )
    parser.add_argument("--lang", default="en", help="language of labels, of several; default: en")
    options.add_settings(parser, "min_confidence", "link", "bom")


def run(args: argparse.Namespace) -> int:
    import kg

    config, _ = options.settings(args)
    targets = options.targets(args.output, config.export.formats)
    if args.since:
        for other in (target for target in targets if target.suffix.lower() != ".rdfp"):
            what = "only a patch tells what has changed since another graph"
            raise UsageError(
                what, where=str(other), remedy="name a file that ends in .rdfp, or leave --since away"
            )
    first, *others = args.graph
    graph = kg.open(first, lang=args.lang)
    for other in others:
        graph.merge(kg.open(other))
    since = kg.open(args.since) if args.since else None
    options.make_room(targets)
    if config.export.link:
        options.say_linked(graph.link(*config.export.link))
    with together():
        for target in targets:
            graph.save(target, config=config, since=since)
    options.wrote(targets)
    return 0
