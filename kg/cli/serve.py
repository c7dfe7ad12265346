"""Serve a graph on this machine: SPARQL endpoint, page, query editor and a page for each entity.

The endpoint is /sparql, by the SPARQL 1.1 protocol, and read-only; /health and /metrics are for who keeps it
running (docs/serving.md). A store or file that changes is served as it is then. Ctrl-C stops. With --edit
there is the page of kg review beside it, for who has the address that is printed. Needs kg[serve].

Examples:

    kg serve graph/graph.ttl --port 8080
    kg serve town --edit
    kg serve town --host 0.0.0.0 --token --log
"""

from __future__ import annotations

import argparse
import os
import re
import secrets
from urllib.parse import urlsplit

from kg.cli.console import UsageError, say
from kg.cli.options import seconds

LOOPBACK = ("127.0.0.1", "localhost", "::1")
# What may stand behind `Bearer`, and in an address.
_TOKEN = re.compile(r"[A-Za-z0-9._~+/-]{16,}=*")
HELP = "SPARQL endpoint and the page, on 127.0.0.1"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("graph", metavar="GRAPH", help="a store, or a graph file (.ttl, .nt, …)")
    parser.add_argument("--host", default="127.0.0.1", help="default: 127.0.0.1, this machine alone")
    parser.add_argument("--port", type=int, default=8000, help="default: 8000; 0 takes a free one")
    parser.add_argument("--timeout", metavar="S", type=seconds, default=30.0, help="for a query; default: 30")
    parser.add_argument("--limit", metavar="N", type=int, default=100_000, help="rows a query may give")
    parser.add_argument("--edit", action="store_true", help="the page for reviewing, too; on 127.0.0.1 alone")
    parser.add_argument("--by", metavar="NAME", default="", help="who decides (default: who is logged in)")
    parser.add_argument(
        "--cors", metavar="ORIGIN", type=_origin, help="let pages of this origin ask; default: none"
    )
    parser.add_argument(
        "--token",
        nargs="?",
        const="",
        help="answer only who gives this; without TOKEN that of KG_TOKEN, or a new one, which is printed",
    )
    parser.add_argument(
        "--name",
        metavar="HOST",
        action="append",
        default=[],
        help="a further name of this server, as of a proxy before it; repeatable",
    )
    parser.add_argument("--log", action="store_true", help="say a line of each request; not with -q")


def run(args: argparse.Namespace) -> int:
    from kg.knowledge import open_graph
    from kg.serve import serve

    token, is_new = _token(args)
    graph = open_graph(args.graph)
    serve(
        graph,
        path=args.graph,
        host=args.host,
        port=args.port,
        seconds=args.timeout,
        rows=args.limit,
        cors=args.cors,
        edit=args.graph if args.edit else None,
        by=args.by,
        token=token,
        known_as=args.name,
        **({"log": say} if args.log else {}),
        ready=lambda address: say(_told(args, address, token if is_new else None)),
    )
    return 0


def _told(args: argparse.Namespace, address: str, new: str | None) -> str:
    if args.edit:
        return f"{args.graph} may be corrected at {address}; Ctrl-C stops"
    where = f"serving {args.graph} at {address}{f'?token={new}' if new else ''} (endpoint {address}sparql)"
    if args.token is None and args.host not in LOOPBACK:
        where += "; whoever reaches it may ask, see --token"
    return f"{where}; Ctrl-C stops"


def _token(args: argparse.Namespace) -> tuple[str | None, bool]:
    """Give the token that is asked for, if any, and whether it is new."""
    if args.token is None:
        return None, False
    given = args.token or os.environ.get("KG_TOKEN", "")
    if not given:
        if args.quiet:
            raise UsageError("a new token would not be printed", where="-q", remedy="give --token TOKEN")
        return secrets.token_urlsafe(24), True
    if not _TOKEN.fullmatch(given):
        what = "a token has 16 or more letters, digits and . _ ~ + / - signs"
        raise UsageError(what, where="--token", remedy="without TOKEN a new one is made")
    return given, False


def _origin(text: str) -> str:
    """Read an origin as browsers write it."""
    found = urlsplit(text.rstrip("/"))
    if found.scheme not in ("http", "https") or not found.hostname or found.path or found.query:
        raise argparse.ArgumentTypeError(f"{text!r} is no origin, such as https://pages.example")
    return f"{found.scheme}://{found.netloc}".lower()
