"""Print what the extraction stage finds, without making a graph.

Documents give one JSON object each (--format jsonl). With --lines each line of FILE is a sentence, and
each claim a line of TSV: sentence, confidence, relation, argument 1, argument 2, …, in the words of the
text. Views: nary (all arguments), binary (one line per pair), typed (relations of --schema, a JSON file with
"concepts" and "relations", or an ontology in OWL or RDFS; a line gives the relation's label in the
schema, subject and object).

With --trees, sentences of given tokens (CoNLL-U: ID, FORM, and SpaceAfter=No in the last column) are written
back with the lemmas, tags, heads and labels that the rules work on. With --view roles, a JSON object a
sentence: its words, and its predicates with their PropBank rolesets and roles (name, first word, word behind
the last, probability); it needs the weights of the reader.

Examples:

    kg extract articles/ --format jsonl
    kg extract --lines sentences.txt
    kg extract --lines sentences.txt --schema mine.json
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from kg import conllu, read
from kg.cli import options
from kg.cli.console import UsageError, one_line
from kg.config import Config
from kg.model import Document

if TYPE_CHECKING:
    from kg.extract import Extractor
    from kg.extract.parse.tree import Tree
    from kg.extract.tuples import OpenTuple
    from kg.schema import Schema

HELP = "what the extraction stage finds, without a graph"
FORMATS = ("jsonl", "tsv")
VIEWS = ("nary", "binary", "typed", "roles")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("sources", nargs="*", metavar="SOURCE", help="file, folder, glob, or - for stdin")
    parser.add_argument("--lines", metavar="FILE", help="a file with a sentence on each line, or -")
    parser.add_argument("--trees", metavar="FILE", help="a file with tokenized sentences in CoNLL-U, or -")
    parser.add_argument("--format", choices=FORMATS, help="default: jsonl, or tsv with --lines")
    parser.add_argument(
        "--view", choices=VIEWS, help="how claims are shown in tsv (default: nary), or the roles in sentences"
    )
    parser.add_argument("--schema", metavar="FILE", help="relations for --view typed")
    options.add_settings(
        parser, "min_confidence", "assert_confidence", "model", "profile", "encoding", "fetch"
    )


def run(args: argparse.Namespace) -> int:
    if bool(args.sources) + bool(args.lines) + bool(args.trees) != 1:
        raise UsageError("give SOURCE…, --lines FILE or --trees FILE, one of them")
    if args.trees:
        return _trees(args)
    format, view = _shown(args)
    relations = _schema(args.schema) if args.schema else None
    if format == "tsv" and args.min_confidence is not None:
        args.set.append(f"extract.tuple_confidence={args.min_confidence}")
    config, _ = options.settings(args)
    skipped = options.Skipped()
    documents = _documents(args, config, skipped)

    # Loaded here because it brings spaCy, which --help and wrong use can do without.
    from kg.extract import Extractor

    extractor = Extractor(config.extract)
    if view == "roles":
        _print_roles(extractor, documents)
    elif format == "jsonl":
        for extraction in extractor.pipe(documents):
            _print_json(extraction.to_dict())
    else:
        lines: list[str] = []
        remembered = _remembered(documents, lines, lambda d: d.text)
        found = extractor.triples(remembered, relations) if relations else extractor.rows(remembered, view)
        for rows in found:
            _print_rows(rows, lines.pop(0) if args.lines else "")
    sys.stdout.flush()
    return 1 if skipped.errors else 0


def _schema(path: str) -> Schema:
    """Read a schema; the engine that reads RDF is loaded only where there is one to read."""
    from kg.store import schemas

    return schemas.load(path)


def _shown(args: argparse.Namespace) -> tuple[str, str]:
    """Give the format and the view that are asked for."""
    roles = args.view == "roles"
    format = args.format or ("tsv" if args.lines and not roles else "jsonl")
    view = args.view or ("typed" if args.schema else "nary")
    if roles and format != "jsonl":
        raise UsageError("--view roles goes with --format jsonl")
    if args.view and not roles and format != "tsv":
        raise UsageError("--view goes with --format tsv")
    if (view == "typed") != bool(args.schema):
        raise UsageError("--view typed and --schema FILE go together")
    return format, view


def _trees(args: argparse.Namespace) -> int:
    """Write sentences of given tokens back with their trees, or the roles in them."""
    if args.format or args.schema or args.view not in (None, "roles"):
        raise UsageError("--trees goes without --format and --schema, and with no --view but roles")
    config, settings = options.settings(args)
    # Who asks for trees asks for the best ones; a build does without what costs it more than it brings.
    reads = next(s for s in settings if s.name == "extract.reader")
    extract = replace(config.extract, reader=config.extract.reader or reads.origin == "default")
    text, source = read.text_of(args.trees, config=config.read)
    given = list(conllu.sentences(text, source.shown))

    from kg.extract import Extractor

    extractor = Extractor(extract)
    if args.view:
        for found in extractor.roles_of_given(given):
            _print_json(found.to_dict())
    else:
        for sentence, tree in zip(given, extractor.trees(given), strict=True):
            print(sentence.text([_columns(tree, i) for i in range(tree.n)]))
    sys.stdout.flush()
    return 0


def _print_roles(extractor: Extractor, documents: Iterable[Document]) -> None:
    """Print a line for each sentence: where it is, its words, and its predicates with their roles."""
    sources: list[str] = []
    for sentences in extractor.roles(_remembered(documents, sources, lambda d: d.source)):
        source = sources.pop(0)
        for found in sentences:
            _print_json({"source": source, "start": found.start, "end": found.end, **found.to_dict()})


def _print_json(value: dict[str, Any]) -> None:
    print(json.dumps(value, ensure_ascii=False))


def _columns(tree: Tree, i: int) -> list[str]:
    """Give what stands of a token in CoNLL-U from its lemma to its label; a root's head is 0."""
    head = 0 if tree.head[i] == i else tree.head[i] + 1
    return [tree.lemma[i] or "_", tree.pos[i] or "_", tree.tag[i] or "_", "_", str(head), tree.dep[i] or "_"]


def _remembered(
    documents: Iterable[Document], kept: list[str], what: Callable[[Document], str]
) -> Iterator[Document]:
    """Give documents, and keep something of each."""
    for document in documents:
        kept.append(what(document))
        yield document


def _print_rows(rows: Iterable[OpenTuple], line: str) -> None:
    """Print rows, each with its sentence: the whole line where lines are read."""
    for row in rows:
        cells = [line or row.sentence, f"{row.confidence:.4f}", row.relation, *row.arguments]
        print("\t".join(one_line(c) for c in cells))


def _documents(args: argparse.Namespace, config: Config, skipped: options.Skipped) -> Iterator[Document]:
    if not args.lines:
        return read.documents(args.sources, config=config.read, fetch=config.build.fetch, on_skip=skipped)
    return read.lines_of(args.lines, config=config.read)
