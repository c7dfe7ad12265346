"""Print what the extraction stage finds, without making a graph.

Documents give one JSON object each (--format jsonl). With --lines each line of FILE is a sentence, and
each claim a line of TSV: sentence, confidence, relation, argument 1, argument 2, …, in the words of the
text. Views: nary (all arguments), binary (one line per pair), typed (relations of --schema).
"""

from __future__ import annotations

import argparse
import bisect
import json
import sys
from collections.abc import Iterator

from kg import read
from kg.cli import options
from kg.cli.console import UsageError, one_line
from kg.config import Config
from kg.model import Document, Extraction

HELP = "what the extraction stage finds, without a graph"
FORMATS = ("jsonl", "tsv")
VIEWS = ("nary", "binary", "typed")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("sources", nargs="*", metavar="SOURCE", help="file, folder, glob, or - for stdin")
    parser.add_argument("--lines", metavar="FILE", help="a file with a sentence on each line, or -")
    parser.add_argument("--format", choices=FORMATS, help="default: jsonl, or tsv with --lines")
    parser.add_argument("--view", choices=VIEWS, help="how claims are shown in tsv (default: nary)")
    parser.add_argument("--schema", metavar="FILE", help="relations for --view typed")
    options.add_settings(parser, "min_confidence", "model", "encoding")


def run(args: argparse.Namespace) -> int:
    if bool(args.sources) == bool(args.lines):
        raise UsageError("give either SOURCE… or --lines FILE")
    format = args.format or ("tsv" if args.lines else "jsonl")
    view = args.view or ("typed" if args.schema else "nary")
    if args.view and format != "tsv":
        raise UsageError("--view goes with --format tsv")
    if (view == "typed") != bool(args.schema):
        raise UsageError("--view typed and --schema FILE go together")
    config, _ = options.settings(args)
    skipped = options.Skipped()
    documents = _documents(args, config, skipped)

    # Loaded here because it brings spaCy, which --help and wrong use can do without.
    from kg.extract import Extractor

    waiting: list[Document] = []

    def remembered() -> Iterator[Document]:
        for document in documents:
            waiting.append(document)
            yield document

    for extraction in Extractor(config.extract).pipe(remembered()):
        document = waiting.pop(0)
        if format == "jsonl":
            print(json.dumps(extraction.to_dict(), ensure_ascii=False))
            continue
        for row in _rows(document, extraction, view):
            print("\t".join(row))
    sys.stdout.flush()
    return 1 if skipped.errors else 0


def _rows(document: Document, extraction: Extraction, view: str) -> Iterator[list[str]]:
    words = [one_line(m.text) for m in extraction.mentions]
    sentences = [one_line(document.text[a:b]) for a, b in extraction.sentences]
    for claim in extraction.claims:
        place = bisect.bisect(extraction.sentences, claim.start, key=lambda s: s[0]) - 1
        sentence = document.text if document.source.startswith("lines:") else sentences[place]
        tuples = [claim.nary()] if view == "nary" else [(r, (s, o)) for s, r, o in claim.binary()]
        for relation, arguments in tuples:
            cells = [words[m] for m in arguments if m is not None]
            yield [sentence, f"{claim.confidence:.4f}", relation.replace("_", " "), *cells]


def _documents(args: argparse.Namespace, config: Config, skipped: options.Skipped) -> Iterator[Document]:
    if not args.lines:
        return read.documents(args.sources, config=config.read, on_skip=skipped)
    return read.lines_of(args.lines, config=config.read)
