"""Decide about a graph: who is the same, what things are called, which facts are right, wrong or missing.

    kg correct same "Bob Dylan" "Robert Zimmerman"     kg correct rename "Norvia" "Norvia AB"
    kg correct different "Ann Lee@a.txt" "Ann Lee@b.txt"     kg correct retype "Norvia" Organization
    kg correct reject "Bo Ek" "leave" "Halm" --note "he was sent away"
    kg correct add "Anna Berg" "work for" "Halm" --sentence "Anna Berg joined Halm." --source a.txt
    kg correct list     kg correct undo     kg correct export -o judged.jsonl

Decisions go into corrections.toml in the store, or beside the graph file, and are obeyed by every later
build, add and run. They quote what they rest on: names, sentences and the sources of documents. The graph of
a store follows at once. NAME@DOCUMENT means a name in one document. kg review shows the same as a page.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from kg.cli import console
from kg.cli.console import UsageError, say
from kg.counts import count

if TYPE_CHECKING:
    from kg.correcting import Correcting
    from kg.corrections import Correction

HELP = "decide who is the same, what is wrong or missing; undo, list, export"
# What each wants: the fewest and most words, and how they are called.
WORDS = {
    "same": (2, None, "NAME NAME…"),
    "different": (2, None, "NAME NAME…"),
    "rename": (2, 2, "NAME NEW-NAME"),
    "retype": (2, 2, "NAME CLASS"),
    "reject": (2, 3, "SUBJECT RELATION [OBJECT]"),
    "confirm": (2, 3, "SUBJECT RELATION [OBJECT]"),
    "add": (2, 3, "SUBJECT RELATION [OBJECT]"),
    "undo": (0, 1, "[NUMBER]"),
    "list": (0, 0, ""),
    "export": (0, 0, ""),
}
COLUMNS = ("number", "kind", "what", "by", "at", "rests on", "note", "without effect")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("action", choices=tuple(WORDS), metavar="ACTION", help=", ".join(WORDS))
    parser.add_argument("words", nargs="*", metavar="WORD", help="names, or subject, relation and object")
    parser.add_argument(
        "--in",
        dest="graph",
        metavar="GRAPH",
        default="output/",
        help="a store, a graph file, or the folder of graph.ttl (default: output/)",
    )
    parser.add_argument("--by", metavar="NAME", default="", help="who decides (default: who is logged in)")
    parser.add_argument("--note", metavar="TEXT", default="", help="why")
    facts = parser.add_argument_group("facts")
    facts.add_argument("--always", action="store_true", help="whatever sentence says so is meant")
    facts.add_argument("--alone", action="store_true", help="what the same words say besides is right")
    facts.add_argument("--sentence", metavar="TEXT", default="", help="the sentence of an added fact")
    facts.add_argument("--source", metavar="FILE", default="", help="the document that has it")
    facts.add_argument("--type", metavar="CLASS", default="", help="the class of a new subject")
    facts.add_argument(
        "--object-type", metavar="CLASS", default="", help="the class of a new object; text: it is a text"
    )
    out = parser.add_argument_group("list and export")
    out.add_argument("--format", choices=console.FORMATS, help="default: table on a terminal, else tsv")
    out.add_argument("-o", "--output", metavar="FILE", help="judgements as JSON lines (default: stdout)")
    out.add_argument("--set", metavar="NAME", default="", help="the name of the set of documents")


def run(args: argparse.Namespace) -> int:
    least, most, wanted = WORDS[args.action]
    if len(args.words) < least or (most is not None and len(args.words) > most):
        given = f"{len(args.words)} given"
        raise UsageError(
            f"{args.action} wants {wanted or 'no more words'}, {given}", remedy="quote names of several words"
        )
    from kg.correcting import Correcting

    decide = Correcting(args.graph, by=args.by)
    if args.action == "list":
        _list(decide, args)
    elif args.action == "export":
        _export(decide, args)
    elif args.action == "undo":
        _undo(decide, args.words)
    else:
        _tell(decide, _decide(decide, args))
    return 0


def _decide(decide: Correcting, args: argparse.Namespace) -> Correction:
    if args.action == "add":
        if not args.sentence:
            raise UsageError("a fact is added with its sentence", remedy="give --sentence")
        return decide.add(
            *args.words,
            sentence=args.sentence,
            source=args.source,
            subject_type=args.type,
            object_type=args.object_type,
            note=args.note,
        )
    act: Callable[..., Correction] = getattr(decide, args.action)
    if args.action == "reject":
        return act(*args.words, note=args.note, always=args.always, alone=args.alone)
    if args.action == "confirm":
        return act(*args.words, note=args.note, always=args.always)
    return act(*args.words, note=args.note)


def _tell(decide: Correcting, made: Correction) -> None:
    """Say what was written down, and where it has no effect."""
    say(f"{made.kind}: {made}")
    for fact in made.also:
        say(f"  and {' '.join(fact).strip()}")
    for quote in made.evidence:
        say(f"  read in {quote.source or quote.document}: {' '.join(quote.sentence.split())}")
    for each in decide.idle():
        if each.correction.key == made.key:
            say(f"it has no effect: {each.why}")
    _say_where(decide)


def _say_where(decide: Correcting) -> None:
    later = "" if decide.store else "; graph and page are as they were until kg build makes them anew"
    say(f"{count(len(decide.corrections), 'correction')} in {decide.path}{later}")


def _undo(decide: Correcting, words: list[str]) -> None:
    if words and not words[0].isdecimal():
        raise UsageError(f"{words[0]!r} is no number", remedy="kg correct list shows them")
    gone = decide.undo(int(words[0]) if words else None)
    say(f"taken back: {gone.kind}: {gone}")
    _say_where(decide)


def _list(decide: Correcting, args: argparse.Namespace) -> None:
    from kg.corrections.records import stamp

    found = decide.listed()
    rows = [
        (
            str(each.number),
            each.correction.kind,
            str(each.correction),
            each.correction.by,
            stamp(each.correction.at),
            "; ".join(
                f"{q.source or q.document}: {' '.join(q.sentence.split())}" for q in each.correction.evidence
            ),
            each.correction.note,
            each.why,
        )
        for each in found
    ]
    console.print_rows(COLUMNS, rows, format=args.format or console.default_format())
    idle = sum(bool(each.why) for each in found)
    say(f"{count(len(found), 'correction')}, {idle} without effect; {decide.path}")
    merges = decide.store.config.resolve.merges if decide.store else ""
    if merges:
        say(f"the lists of {merges} are obeyed, too")


def _export(decide: Correcting, args: argparse.Namespace) -> None:
    from kg.correcting.judged import judgements

    rows = list(judgements(decide, name=args.set or decide.where.resolve().stem))
    _write((json.dumps(row, ensure_ascii=False) + "\n" for row in rows), args.output)
    say(f"{count(len(rows), 'judgement')}{f' in {args.output}' if args.output else ''}")


def _write(lines: Iterable[str], output: str | None) -> None:
    from kg.atomic import write_text

    if output:
        write_text(Path(output), lines)
    else:
        sys.stdout.writelines(lines)
