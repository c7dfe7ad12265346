"""Add documents to a store on disk; one that is not there yet is made.

Documents are recognised by their content: one that is in the store costs nothing, and one that has changed
takes the place of what it was. A run that was stopped goes on when the command is repeated. Without SOURCE
the documents that are in the store are read again where their files have changed.

Examples:

    kg add library/ articles/
    kg add library/
"""

from __future__ import annotations

import argparse

from kg.cli import console, options
from kg.cli.console import UsageError, say
from kg.counts import count

HELP = "add documents to a store that grows"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("store", metavar="STORE", help="a folder; made where there is none")
    parser.add_argument(
        "sources",
        nargs="*",
        metavar="SOURCE",
        help="file, folder, glob, - for stdin, or https://… with --fetch",
    )
    options.add_settings(parser, *(name for name in options.FLAGS if name not in ("bom", "cache", "link")))


def run(args: argparse.Namespace) -> int:
    from kg.library.manifest import is_store

    if not args.sources and not is_store(args.store):
        raise UsageError("no store here, and nothing to make one of", where=args.store)
    store = options.open_store(args)
    sources = args.sources or options.files_in(store)
    skipped = options.Skipped()
    build = options.settings(args)[0].build
    with console.progress("extracting") as progress:
        done = store.add(
            sources, processes=build.processes, on_skip=skipped, progress=progress, fetch=build.fetch
        )
    options.say_again(done.again)
    options.say_idle(store.idle(), store.corrections_path)
    say(
        f"{count(done.added, 'document')} added, {done.changed} changed, {done.unchanged} unchanged; "
        f"{count(len(store.manifest.documents), 'document')} in {args.store}"
    )
    return 1 if options.gave_nothing(store, args.sources, skipped.errors) else 0
