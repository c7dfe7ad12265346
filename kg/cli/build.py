"""Build the graph of files, folders and globs: graph.ttl and graph.html in the output folder.

With -o FILE the suffix names the format; -o may be repeated. A folder gets the formats of [export] formats,
graph.ttl and graph.html if you did not name others.
With --store a run that was stopped goes on where it was when the command is repeated.
"""

from __future__ import annotations

import argparse
import time
from typing import TYPE_CHECKING

from kg.atomic import together
from kg.cli import console, options
from kg.cli.console import count, say
from kg.config import Config
from kg.errors import ReadError

if TYPE_CHECKING:
    from kg.knowledge import KnowledgeGraph
    from kg.run import Progress

HELP = "documents → graph.ttl and graph.html"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "sources",
        nargs="+",
        metavar="SOURCE",
        help="file, folder, glob, - for stdin, or https://… with --fetch",
    )
    parser.add_argument(
        "-o",
        "--output",
        metavar="PATH",
        action="append",
        help="folder or file; repeatable (default: output/)",
    )
    parser.add_argument(
        "--store",
        metavar="FOLDER",
        help="keep what was read there; see kg add (the graph is the whole store's)",
    )
    options.add_settings(parser, *options.FLAGS)


def run(args: argparse.Namespace) -> int:
    config, _ = options.settings(args)
    targets = options.targets(args.output or ["output/"], config.export.formats)
    options.make_room(targets)

    skipped = options.Skipped()
    begun = time.monotonic()
    with console.progress("extracting") as progress:
        graph, missed = _build(args, config, skipped, progress)
    with together():
        for target in targets:
            graph.save(target, config=config)
    facts = graph.facts()
    unasserted = sum(not f.asserted for f in facts)
    say(
        f"{count(len(graph.documents), 'document')}, {count(len(graph.entities), 'entity', 'entities')}, "
        f"{count(len(facts), 'fact')} ({unasserted} not asserted), {time.monotonic() - begun:.1f} s"
    )
    if graph.copies:
        say(f"{count(len(graph.copies), 'document')} nearly the same as others: what they say counts once")
    if graph.withheld:
        console.say_withheld(graph.withheld)
    if skipped.errors:
        say(f"{len(skipped.errors)} left out, see above")
    options.wrote(targets)
    return 1 if missed else 0


def _build(
    args: argparse.Namespace, config: Config, skipped: options.Skipped, progress: Progress
) -> tuple[KnowledgeGraph, bool]:
    """Give the graph, and whether a source that was named is missing from it."""
    # The runner is loaded once all arguments are known to be right.
    from kg.run import run as build

    if not args.store:
        done = build(args.sources, config=config, on_skip=skipped, progress=progress)
        from kg.knowledge import KnowledgeGraph

        return KnowledgeGraph.of(done.extracted), done.missed
    store = options.open_store(args)
    changes = store.add(
        args.sources, processes=args.processes, on_skip=skipped, progress=progress, fetch=config.build.fetch
    )
    options.say_again(changes.again)
    if not store.manifest.documents:
        raise ReadError("nothing could be read")
    from kg.knowledge import KnowledgeGraph

    return KnowledgeGraph.of(store), any(error.where in args.sources for error in skipped.errors)
