"""Build the graph of files, folders and globs: graph.ttl and graph.html in the output folder.

With -o FILE the suffix names the format; -o may be repeated. A folder gets graph.ttl and graph.html.
"""

from __future__ import annotations

import argparse

from kg.cli import console, options
from kg.cli.console import count, say

HELP = "documents → graph.ttl and graph.html"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("sources", nargs="+", metavar="SOURCE", help="file, folder, glob, or - for stdin")
    parser.add_argument(
        "-o",
        "--output",
        metavar="PATH",
        action="append",
        help="folder or file; repeatable (default: output/)",
    )
    options.add_settings(parser, *options.FLAGS)


def run(args: argparse.Namespace) -> int:
    config, _ = options.settings(args)
    targets = list(dict.fromkeys(t for given in args.output or ["output/"] for t in options.targets(given)))
    options.make_room(targets)

    # The runner is loaded once all arguments are known to be right.
    from kg.build import run as build

    skipped = options.Skipped()
    with console.progress("extracting") as progress:
        done = build(args.sources, config=config, on_skip=skipped, progress=progress)
    for target in targets:
        done.graph.save(target)
    facts = done.graph.facts()
    unasserted = sum(not f.asserted for f in facts)
    say(
        f"{count(done.documents, 'document')}, {count(len(done.graph.entities), 'entity', 'entities')}, "
        f"{count(len(facts), 'fact')} ({unasserted} not asserted), {done.seconds:.1f} s"
    )
    if skipped.errors:
        say(f"{len(skipped.errors)} left out, see above")
    say(f"wrote {', '.join(map(str, targets))}")
    return 1 if done.missed else 0
