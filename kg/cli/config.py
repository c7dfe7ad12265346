"""Print every setting, its value and where it comes from: the default, kg.toml, or an option."""

from __future__ import annotations

import argparse
import json

from kg.cli import console, options

HELP = "every setting, its value and where it comes from"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--format", choices=console.FORMATS, help="default: table on a terminal, else tsv")
    options.add_settings(parser, *options.FLAGS)


def run(args: argparse.Namespace) -> int:
    _, settings = options.settings(args)
    rows = [(s.name, json.dumps(s.value, ensure_ascii=False), s.origin, s.says) for s in settings]
    console.print_rows(
        ("setting", "value", "origin", "meaning"), rows, format=args.format or console.default_format()
    )
    return 0
