"""Schemas of your own: what `kg build --schema` reads and tells."""

from __future__ import annotations

import argparse
import logging
from typing import TYPE_CHECKING

from kg.cli.console import UsageError, count, say
from kg.config import Config

if TYPE_CHECKING:
    from kg.graph.expressing import Expressed
    from kg.schema import Schema

log = logging.getLogger("kg.cli.schema")
# So many refused facts are told; a schema that does not fit a corpus refuses thousands.
REFUSED = 5


def add_schema(parser: argparse.ArgumentParser) -> None:
    """Let a command take a schema to write facts in."""
    parser.add_argument(
        "--schema",
        metavar="FILE",
        help="write facts in its classes and properties too: OWL or RDFS in any syntax of RDF, or JSON",
    )


def schema_of(args: argparse.Namespace, config: Config) -> Schema | None:
    """Read the schema that a command was given, before any text is read."""
    if not args.schema:
        return None
    if config.rdf.provenance == "none":
        raise UsageError("--schema writes facts with their evidence, and rdf.provenance is none")
    from kg.store import schemas

    return schemas.load(args.schema)


def say_expressed(told: Expressed) -> None:
    """Say what a schema's facts are, and the first that were refused; the others are logged."""
    say(told.summary())
    for refused in told.refused[:REFUSED]:
        say(f"  refused: {refused}")
    for refused in told.refused[REFUSED:]:
        log.info("refused: %s", refused)
    if len(told.refused) > REFUSED:
        say(f"  … {len(told.refused) - REFUSED:,} more, which -v tells")
    for label, number in sorted(told.facts.items()):
        log.info("%s: %s", label, count(number, "fact"))
    for name, number in told.outside.most_common(REFUSED):
        log.info("outside the schema: %s (%d)", name.replace("_", " "), number)
