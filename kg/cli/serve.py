"""Serve a graph on this machine: SPARQL endpoint, page, query editor and a page for each entity.

The endpoint is /sparql, by the SPARQL 1.1 protocol, and read-only. Ctrl-C stops. Needs kg[serve]. With --edit
there is the page of kg review beside it, for who has the address that is printed.

Examples:

    kg serve graph/graph.ttl --port 8080
    kg serve town --edit
"""

from __future__ import annotations

import argparse

from kg.cli.console import say
from kg.cli.options import seconds

HELP = "SPARQL endpoint and the page, on 127.0.0.1"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("graph", metavar="GRAPH", help="a graph file (.ttl, .nt, …)")
    parser.add_argument("--host", default="127.0.0.1", help="default: 127.0.0.1, this machine alone")
    parser.add_argument("--port", type=int, default=8000, help="default: 8000; 0 takes a free one")
    parser.add_argument("--timeout", metavar="S", type=seconds, default=30.0, help="for a query; default: 30")
    parser.add_argument("--limit", metavar="N", type=int, default=100_000, help="rows a query may give")
    parser.add_argument("--edit", action="store_true", help="the page for reviewing, too; on 127.0.0.1 alone")
    parser.add_argument("--by", metavar="NAME", default="", help="who decides (default: who is logged in)")
    parser.add_argument("--cors", metavar="ORIGIN", help="let pages of this origin ask; default: none")


def run(args: argparse.Namespace) -> int:
    from kg.knowledge import open_graph
    from kg.serve import serve

    graph = open_graph(args.graph)
    serve(
        graph,
        host=args.host,
        port=args.port,
        seconds=args.timeout,
        rows=args.limit,
        cors=args.cors,
        edit=args.graph if args.edit else None,
        by=args.by,
        ready=lambda address: say(_told(args, address)),
    )
    return 0


def _told(args: argparse.Namespace, address: str) -> str:
    if args.edit:
        return f"{args.graph} may be corrected at {address}; Ctrl-C stops"
    return f"serving {args.graph} at {address} (endpoint {address}sparql); Ctrl-C stops"
