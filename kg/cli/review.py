"""Go through a graph as a page on this machine: what may be one thing, what may be wrong, what is missing.

Every decision goes into corrections.toml in the store, or beside the graph file, as with kg correct, and may
be undone. Only who has the address that is printed can see or decide anything. Ctrl-C stops. Needs kg[serve].

Examples:

    kg review town --by Ann
"""

from __future__ import annotations

import argparse
import os
import sys

from kg.cli.console import is_terminal, say

HELP = "a local page to correct a graph"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("graph", metavar="GRAPH", help="a store, or a graph file (.ttl, .nt, …)")
    parser.add_argument("--by", metavar="NAME", default="", help="who decides (default: who is logged in)")
    parser.add_argument("--port", type=int, default=8000, help="default: 8000; 0 takes a free one")
    parser.add_argument("--no-browser", action="store_true", help="only print the address")


def run(args: argparse.Namespace) -> int:
    from kg.correcting import graph_at
    from kg.knowledge import open_graph
    from kg.serve import serve

    path = graph_at(args.graph)
    # Elsewhere a browser of the terminal would come up, and stand in the server's way.
    screen = sys.platform == "darwin" or os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    show = not args.no_browser and is_terminal(sys.stderr) and screen

    def ready(address: str) -> None:
        say(f"review {path} at {address}; Ctrl-C stops")
        if show:
            import webbrowser

            webbrowser.open(address)

    serve(open_graph(path), port=args.port, edit=path, by=args.by, ready=ready)
    return 0
