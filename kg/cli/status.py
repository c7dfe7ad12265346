"""Say what is in a store: how many documents, which sources changed or are gone, and what failed.

Examples:

    kg status library/
    kg status library/ --list --format csv
"""

from __future__ import annotations

import argparse
import json

from kg.cli import console
from kg.counts import count

HELP = "what is in a store, what changed, what failed"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("store", metavar="STORE", help="a store's folder")
    parser.add_argument("--list", action="store_true", help="list the documents: id, name, path")
    parser.add_argument("--format", choices=console.FORMATS, help="default: table on a terminal, else tsv")


def run(args: argparse.Namespace) -> int:
    from kg.library.directory import StoreDirectory

    store = StoreDirectory(args.store)
    form = args.format or console.default_format()
    if args.list:
        rows = sorted((id, name, path) for path, (name, id) in store.manifest.sources.items())
        console.print_rows(("document", "name", "path"), rows, format=form)
        return 0
    status = store.status()
    if form == "json":
        print(json.dumps(status, ensure_ascii=False, indent=1))
        return 0
    print(f"{count(status['documents'], 'document')} from {count(status['sources'], 'source')}")
    if status["salient"]:
        print(f"most of all about: {', '.join(status['salient'])}")
    for key, value in sorted(status["engine"].items()):
        print(f"{key}: {value}")
    for what in ("changed", "gone"):
        for path in status[what]:
            print(f"{what}: {path}")
    if status["withheld"]:
        console.say_withheld(status["withheld"])
    if status["corrections"]:
        print(f"{count(status['corrections'], 'correction')}, {len(status['idle'])} without effect")
    for each in status["idle"]:
        print(f"no longer applies: {each}")
    for path, reason in status["failed"].items():
        # The reason begins with the name that the source was given by, as its path ends.
        called, _, rest = reason.partition(": ")
        print(f"failed: {path}: {rest if rest and path.endswith(called.removeprefix('.')) else reason}")
    return 0
