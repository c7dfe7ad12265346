"""Check that a graph keeps its promises, and say what is wrong, where, and what to do.

Every statement has evidence, what is asserted is a plain triple and nothing else is, dates are in order,
types fit. With --texts the quoted sentences are compared with the texts, with --shacl shapes are checked.
The exit code is 1 where an error was found; warnings alone do not count, unless --strict is given.

Examples:

    kg validate graph/graph.ttl
    kg validate graph/graph.ttl --texts articles/
"""

from __future__ import annotations

import argparse
from collections.abc import Callable

from kg.cli import console
from kg.cli.console import UsageError, say
from kg.counts import count

HELP = "check shapes and invariants"
COLUMNS = ("level", "rule", "node", "problem", "remedy")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("graph", metavar="GRAPH", help="a graph file (.ttl, .nt, …)")
    parser.add_argument("--texts", metavar="PATH", action="append", help="the source texts: file or folder")
    parser.add_argument("--shacl", action="store_true", help="check the shipped SHACL shapes too")
    parser.add_argument("--shapes", metavar="FILE", help="check these SHACL shapes, not the shipped ones")
    parser.add_argument("--strict", action="store_true", help="warnings count as errors")
    parser.add_argument("--format", choices=console.FORMATS, help="default: table on a terminal, else tsv")


def run(args: argparse.Namespace) -> int:
    from kg.check.invariants import validate
    from kg.knowledge import open_graph

    graph = open_graph(args.graph)
    problems = validate(graph, text=_texts(args.texts) if args.texts else None)
    if args.shacl or args.shapes:
        from kg.check.shacl import check_shapes

        problems += check_shapes(graph, args.shapes)
    errors = [p for p in problems if p.level == "error"]
    if problems:
        rows = ((p.level, p.rule, p.node, p.message, p.remedy) for p in problems)
        console.print_rows(COLUMNS, rows, format=args.format or console.default_format())
    warnings = len(problems) - len(errors)
    say(f"{args.graph}: {count(len(errors), 'error')}, {count(warnings, 'warning')}")
    return 1 if errors or (args.strict and problems) else 0


def _texts(given: list[str]) -> Callable[[str], str | None]:
    from kg import read
    from kg.check.invariants import texts_in

    documents = read.documents(given, on_skip=lambda error: say(f"left out: {error}"))
    texts = [document.text for document in documents]
    if not texts:
        raise UsageError("no texts there", where=" ".join(given))
    return texts_in(texts)
