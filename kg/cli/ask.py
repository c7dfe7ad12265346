"""Answer a question in plain English, with the SPARQL that it was read as and the sentences that say so.

Forms of questions and tables of words read it, no language model service: who, what, where, when, whose,
which, how much, how many, is and did, with names, times and places. What cannot be read is named, not guessed
at. Only facts answer it, unless it asks what was planned or said. The exit code is 1 where it cannot be read.

Examples:

    kg ask graph/graph.ttl "Who was sentenced in 2021?"
    kg ask graph/graph.ttl "Where was Hanne Wouters born?" --format json
    kg ask graph/graph.ttl "Who works for Corvane Marine?" --format tsv
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.cli import console
from kg.errors import QueryError

if TYPE_CHECKING:
    from kg.ask import Reply
    from kg.model import Evidence

HELP = "answer a question in plain English"
FORMATS = ("text", *console.FORMATS)
COLUMNS = ("answer", "source", "evidence")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("graph", metavar="GRAPH", help="a graph file (.ttl, .nt, …) or a store")
    parser.add_argument("question", metavar="QUESTION", help='a question in English: "who bought X?"')
    parser.add_argument("--format", choices=FORMATS, default="text", help="default: text, with the query")


def run(args: argparse.Namespace) -> int:
    import kg

    reply = kg.open(args.graph).ask(args.question)
    if args.format == "json":
        print(json.dumps(_json(reply), ensure_ascii=False, indent=1))
    elif not reply.query:
        remedy = "; ".join([*reply.notes, f"a kind that can be read: {reply.nearest}"])
        raise QueryError(f"I cannot read that: {', '.join(reply.unread)}", remedy=remedy)
    elif args.format == "text":
        print("\n".join(map(_clean, _lines(reply))))
    else:
        console.print_rows(COLUMNS, _rows(reply), format=args.format)
        for note in reply.notes:
            console.say(f"note: {note}")
    return 0 if reply.query else 1


def _json(reply: Reply) -> dict[str, object]:
    """Give a reply as JSON values, each answer with its evidence."""
    found = reply.to_dict()
    for written, answer in zip(found["answers"], reply.answers, strict=True):
        written["evidence"] = [each.to_dict() for each in answer.evidence]
    return found


def _lines(reply: Reply) -> Iterator[str]:
    yield from reply.query.splitlines()
    yield ""
    for answer in reply.answers:
        yield answer.text
        for each in answer.evidence:
            yield f"    {_where(each)}  {each.quote}"
    if not reply.answers:
        yield "The graph has no answer to that."
    notes = reply.notes or (() if reply.answers else ("kg search finds sentences by their words",))
    yield from (f"({note})" for note in notes)


def _rows(reply: Reply) -> Iterator[tuple[str, str, str]]:
    for answer in reply.answers:
        for each in answer.evidence:
            yield answer.text, _where(each), each.quote


def _where(evidence: Evidence) -> str:
    return f"{evidence.source or evidence.doc_id}:{evidence.start}-{evidence.end}"


def _clean(line: str) -> str:
    return console.CONTROL.sub("�", console.one_line(line) if "\t" in line else line)
