"""Ask a graph in SPARQL, or by the name of a saved query.

QUERY is the text of a SPARQL 1.1 query, a .rq file, or a saved name; without one, the saved names are
listed.
The project's prefixes are bound. SERVICE, updates and FROM a graph that is not loaded are refused.

Examples:

    kg query graph/graph.ttl
    kg query graph/graph.ttl sentenced
    kg query graph/graph.ttl timeline --bind who="Hanne Wouters" --format csv
    kg query graph/graph.ttl "SELECT ?who WHERE { ?who a kg:Person } LIMIT 5"
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from kg.cli import console
from kg.cli.console import UsageError
from kg.cli.options import positive
from kg.nearest import did_you_mean

if TYPE_CHECKING:
    from kg.queries import SavedQuery
    from kg.store.answers import Answer

HELP = "ask in SPARQL, or by the name of a saved query"
ROW_FORMATS = ("table", "csv", "tsv", "json", "xml")
GRAPH_FORMATS = ("ttl", "nt", "jsonld")
SECONDS = 30.0


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("graph", metavar="GRAPH", nargs="?", help="a graph file (.ttl, .nt, …)")
    parser.add_argument("query", metavar="QUERY", nargs="?", help="SPARQL, a .rq file, or a saved name")
    parser.add_argument(
        "--bind",
        metavar="NAME=VALUE",
        action="append",
        default=[],
        help="a term for a variable: a name, <IRI>, ent:Name, 12, 2024-03-28; never text of the query",
    )
    parser.add_argument(
        "--format",
        choices=(*ROW_FORMATS, *GRAPH_FORMATS),
        help="default: table on a terminal, its cells cut, else tsv; ttl for CONSTRUCT and DESCRIBE",
    )
    parser.add_argument(
        "--timeout", metavar="S", type=_seconds, default=SECONDS, help="default: 30; 0 for none"
    )
    parser.add_argument("--limit", metavar="N", type=positive, help="give at most so many rows")
    parser.add_argument("--named-graph", metavar="IRI=FILE", action="append", default=[], help="repeatable")
    parser.add_argument("--queries", metavar="FOLDER", help="more saved queries: a folder of .rq files")
    parser.add_argument("--engine", choices=("pyoxigraph", "rdflib"), default="pyoxigraph")
    parser.add_argument("--explain", action="store_true", help="say what would be run, and do not run it")


def run(args: argparse.Namespace) -> int:
    from kg.queries import saved

    known = saved(_folder(args.queries))
    if args.query is None:
        return _list(known, graph=args.graph)
    from kg.graph.view import GraphView
    from kg.knowledge import open_graph
    from kg.store.limits import limited

    graph = open_graph(args.graph)
    for given in args.named_graph:
        iri, path = _pair(given, "--named-graph", "IRI=FILE")
        graph.store.load(path, graph=iri)
    question = _question(args.query, known)
    bind = dict(_binding(given) for given in args.bind)
    is_file = args.query not in known and args.query.lower().endswith(".rq")
    base = Path(args.query).resolve().as_uri() if is_file else None
    if args.explain:
        print(graph.explain(question, bind))
        return 0

    def ask(graph: GraphView) -> tuple[str, bool, list[str]]:
        answer = graph.query(question, bind, rows=args.limit, base=base, engine=args.engine)
        notes = [*graph.missing(question, bind), *_forms(question, bind)] if answer.found_nothing else []
        return _text(answer, args.format), answer.cut, [f"note: {said}" for said in notes]

    text, cut, notes = limited(ask, graph, seconds=args.timeout or None)
    sys.stdout.write(text)
    for note in (*notes, *([f"cut after {args.limit} rows"] if cut else [])):
        console.say(note)
    return 0


def _forms(question: str | SavedQuery, bind: dict[str, str]) -> list[str]:
    """Say what a saved query takes for what it was given, where that is no name: a month as in 2024-03."""
    if isinstance(question, str):
        return []
    given = [p for p in question.parameters if p.name in bind and not p.entity]
    return [f"{p.name} is {bind[p.name]!r}, and is to be {p.help}" for p in given]


def _text(answer: Answer, form: str | None) -> str:
    if form is None:
        form = "ttl" if answer.kind == "graph" else console.default_format()
    return answer.text(form)


def _list(known: dict[str, SavedQuery], *, graph: str | None) -> int:
    """Print the saved queries; where only one argument was given, it may have been meant as a query."""
    if graph is not None and graph in known:
        raise UsageError(f"which graph is {graph!r} to be asked of?", remedy="kg query GRAPH QUERY")
    rows = [
        (q.name, q.explanation, " ".join(f"{p.name}{'' if p.required else '?'}" for p in q.parameters))
        for q in known.values()
    ]
    console.print_rows(("name", "answers", "bind"), rows, format=console.default_format())
    return 0


def _question(given: str, known: dict[str, SavedQuery]) -> str | SavedQuery:
    from kg.queries import read

    if given in known:
        return known[given]
    if given.lower().endswith(".rq"):
        return read(Path(given))
    if not any(c in given for c in " {\n\t"):
        remedy = did_you_mean(given, known, otherwise=f"the saved ones are {', '.join(known)}")
        raise UsageError(f"no saved query is called {given!r}", remedy=remedy)
    return given


def _binding(given: str) -> tuple[str, str]:
    from kg.rdf.terms import Term

    name, value = _pair(given, "--bind", "NAME=VALUE")
    return name.lstrip("?$"), Term(value)


def _pair(given: str, option: str, form: str) -> tuple[str, str]:
    # An IRI may hold a = itself, a file name seldom does.
    cut = given.rpartition if option == "--named-graph" else given.partition
    left, sign, right = cut("=")
    if not sign or not left or not right:
        raise UsageError(f"{given!r} is not {form}", where=option)
    return left, right


def _folder(given: str | None) -> str | None:
    if given is not None and not Path(given).is_dir():
        raise UsageError("no such folder", where=given)
    return given


def _seconds(text: str) -> float:
    number = float(text)
    if not 0 <= number < 1e6:
        raise argparse.ArgumentTypeError(f"{text} is no number of seconds")
    return number
