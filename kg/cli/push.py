"""Send a graph to a triple store by the SPARQL 1.1 Graph Store Protocol.

URL is the store's graph store endpoint, as http://localhost:7878/store for Oxigraph or .../data for Fuseki.

Examples:

    kg push graph/graph.ttl http://localhost:3030/town/data
"""

from __future__ import annotations

import argparse

from kg.cli.console import UsageError, say
from kg.counts import count

HELP = "send a graph to a triple store"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("graph", metavar="GRAPH", help="a graph file (.ttl, .nt, …) or a store's folder")
    parser.add_argument("url", metavar="URL", help="the store's endpoint of the Graph Store Protocol")
    parser.add_argument(
        "--graph-name", metavar="IRI", help="the named graph to write to; default: the default graph"
    )
    parser.add_argument("--documents", action="store_true", help="a named graph for each document")
    parser.add_argument("--replace", action="store_true", help="replace what the store's graphs hold")
    parser.add_argument(
        "--header", metavar="NAME:VALUE", action="append", default=[], help="such as Authorization"
    )
    parser.add_argument("--timeout", metavar="S", type=float, default=60.0, help="seconds; default: 60")


def run(args: argparse.Namespace) -> int:
    from kg.export.push import push
    from kg.knowledge import open_graph

    headers = {}
    for given in args.header:
        name, colon, value = given.partition(":")
        if not colon or not name.strip() or any(c in given for c in "\r\n"):
            raise UsageError(f"{given!r} is not NAME:VALUE", where="--header")
        headers[name.strip()] = value.strip()
    graph = open_graph(args.graph)
    number = push(
        graph,
        args.url,
        name=args.graph_name,
        documents=args.documents,
        replace=args.replace,
        headers=headers,
        seconds=args.timeout,
    )
    say(f"sent {count(len(graph.store), 'triple')} in {count(number, 'graph')} to {args.url}")
    return 0
