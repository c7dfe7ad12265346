"""Look for words in a graph: in what its things are called, and in the sentences that it was read from.

Things come first, then sentences with their documents, offsets and the facts that were read from them. Words
may have other endings; "…" within WORDS is a phrase, and acqui* a beginning. The index of a store is kept
beside it.

Examples:

    kg search graph/graph.ttl Wouters
    kg search graph/graph.ttl "sentenced years" --limit 3
    kg search graph/graph.ttl "invest*" --format json
"""

from __future__ import annotations

import argparse
import json
from typing import TYPE_CHECKING

from kg.cli import console
from kg.cli.options import positive
from kg.model import Fact, text_of

if TYPE_CHECKING:
    from kg.search import Hit

HELP = "look for words in labels and sentences"
COLUMNS = ("kind", "text", "is or says", "source")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("graph", metavar="GRAPH", help="a graph file (.ttl, .nt, …) or a store")
    parser.add_argument("words", metavar="WORDS", help="words, a name, or the beginning of one with *")
    parser.add_argument(
        "--limit", metavar="N", type=positive, default=10, help="so many of each; default: 10"
    )
    parser.add_argument("--format", choices=console.FORMATS, help="default: table on a terminal, else tsv")


def run(args: argparse.Namespace) -> int:
    import kg

    hits = kg.open(args.graph).search_text(args.words, limit=args.limit)
    format = args.format or console.default_format()
    if format == "json":
        print(json.dumps([hit.to_dict() for hit in hits], ensure_ascii=False, indent=1))
    else:
        console.print_rows(COLUMNS, map(_row, hits), format=format)
    if not hits:
        console.say("nothing has these words")
    return 0


def _row(hit: Hit) -> tuple[str, ...]:
    if hit.entity is not None:
        also = f" (also {', '.join(hit.entity.aliases)})" if hit.entity.aliases else ""
        return hit.kind, hit.text, f"{hit.entity.type}{also}", ""
    where = f"{hit.source or hit.doc_id}:{hit.start}-{hit.end}"
    return hit.kind, hit.text, "; ".join(map(_said, hit.facts)), where


def _said(fact: Fact) -> str:
    """Give a fact as a line: who, what, whom, and how it stands where it is not asserted."""
    words = [fact.subject.label, fact.relation.replace("_", " "), text_of(fact.object)]
    return " ".join(filter(None, words)) + ("" if fact.asserted else f" ({fact.standing})")
