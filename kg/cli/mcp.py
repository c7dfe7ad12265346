"""Serve a graph to a language model: tools by the Model Context Protocol (MCP), over stdin and stdout.

A client starts this command itself; docs/agents.md says how it is told to. The tools are search_entities,
facts_about, events, path, evidence and sparql; they only read. Of a store each call is of its newest state.
Needs kg[agents].

Examples:

    kg mcp town
    kg mcp graph/graph.ttl --timeout 10
"""

from __future__ import annotations

import argparse

from kg.cli.console import say
from kg.cli.options import seconds

HELP = "tools for a language model, by the Model Context Protocol"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("graph", metavar="GRAPH", help="a store, or a graph file (.ttl, .nt, …)")
    parser.add_argument("--timeout", metavar="S", type=seconds, default=30.0, help="for a call; default: 30")


def run(args: argparse.Namespace) -> int:
    from kg.agents import serve
    from kg.knowledge import open_graph

    graph = open_graph(args.graph)
    say(f"serving {args.graph} by the Model Context Protocol on stdin and stdout")
    serve(graph, path=args.graph, seconds=args.timeout)
    return 0
