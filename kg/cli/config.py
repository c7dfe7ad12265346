"""Print every setting, its value and where it comes from: the default, kg.toml, or an option.

Below stand the plug-ins that are installed: active where the settings name them, or need not.

Examples:

    kg config
    kg config --set extract.profile=fast --format csv
"""

from __future__ import annotations

import argparse
import json

from kg import plugins
from kg.cli import console, options
from kg.config import Config

HELP = "every setting, its value and where it comes from"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--format", choices=console.FORMATS, help="default: table on a terminal, else tsv")
    options.add_settings(parser, *options.FLAGS)


def run(args: argparse.Namespace) -> int:
    resolved, settings = options.settings(args)
    rows = [(s.name, json.dumps(s.value, ensure_ascii=False), s.origin, s.says) for s in settings]
    rows += _plugins(resolved)
    console.print_rows(
        ("setting", "value", "origin", "meaning"), rows, format=args.format or console.default_format()
    )
    return 0


def _plugins(config: Config) -> list[tuple[str, str, str, str]]:
    """Give a row for each plug-in that is installed, or named and not installed."""
    active = {
        "readers": config.read.readers,
        "components": (*config.extract.components, config.extract.ner),
        "rules": config.extract.rules,
        "linkers": config.resolve.linkers,
        "exporters": tuple(plugins.offered("exporters")),
    }
    return [
        (
            f"kg.{door}: {name}",
            str(plugin),
            "active" if name in active[door] else "installed",
            plugin.entry.value,
        )
        for door in plugins.DOORS
        for name, plugin in plugins.offered(door).items()
    ]
