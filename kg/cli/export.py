"""Write a graph in other formats, each named by the suffix of its file."""

from __future__ import annotations

import argparse

from kg.cli import options
from kg.cli.console import say

HELP = "write a graph in another format"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("graph", metavar="GRAPH", help="a graph file (.ttl, .nt, …)")
    parser.add_argument(
        "-o", "--output", metavar="PATH", action="append", required=True, help="folder or file; repeatable"
    )


def run(args: argparse.Namespace) -> int:
    import kg

    targets = list(dict.fromkeys(t for given in args.output for t in options.targets(given)))
    graph = kg.open(args.graph)
    options.make_room(targets)
    for target in targets:
        graph.save(target)
    say(f"wrote {', '.join(map(str, targets))}")
    return 0
