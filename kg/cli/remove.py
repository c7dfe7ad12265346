"""Remove documents from a store: by id, IRI, path or folder, or by a file name that only one has.

Examples:

    kg remove library/ 2019-03-12_takeover.txt
"""

from __future__ import annotations

import argparse

from kg.cli.console import say
from kg.counts import count

HELP = "remove documents from a store"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("store", metavar="STORE", help="a store's folder")
    parser.add_argument("documents", nargs="+", metavar="DOCUMENT", help="id, IRI, path or file name")


def run(args: argparse.Namespace) -> int:
    from kg.library.directory import StoreDirectory

    store = StoreDirectory(args.store)
    done = store.remove(args.documents)
    for name, others in done.kept.items():
        say(f"{name}: what it says stays in the store, as {' and '.join(others)} has the same text")
    left = count(len(store.manifest.documents), "document")
    say(f"{count(done.removed, 'document')} removed; {left} in {args.store}")
    return 0
