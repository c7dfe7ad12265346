"""The command line: parse, call the public API, print.

Results go to stdout and messages to stderr; the exit code is 0, 1 (the work failed) or 2 (wrong use).
"""

from __future__ import annotations

import argparse
import importlib
import logging
import os
import re
import sys
import warnings
from collections.abc import Mapping, Sequence
from typing import Any, NoReturn

from kg import interrupt
from kg.cli import console
from kg.errors import ConfigError, KGError
from kg.nearest import did_you_mean

# Each is a module of this package with `HELP`, `add_arguments(parser)` and `run(args)`.
COMMANDS = (
    "build",
    "add",
    "remove",
    "status",
    "query",
    "facts",
    "search",
    "ask",
    "extract",
    "export",
    "validate",
    "schema",
    "serve",
    "mcp",
    "push",
    "correct",
    "review",
    "merges",
    "config",
)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and give its exit code."""
    try:
        with console.messages():
            args = parser().parse_args(argv)
        with console.messages(verbose=args.verbose, quiet=args.quiet):
            code = _run(args)
        sys.stdout.flush()
        return code
    except BrokenPipeError:
        # Whoever read our output has gone (`kg facts … | head`); Python would complain once more at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def _run(args: argparse.Namespace) -> int:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        warnings.filterwarnings("always", category=_ours())
        warnings.showwarning = lambda message, *_, **__: console.say(
            f"warning: {message}", level=logging.WARNING
        )
        try:
            code: int = args.run(args)
        except (console.UsageError, ConfigError) as error:
            return _fail(error, 2)
        except KGError as error:
            return _fail(error, 1)
        except KeyboardInterrupt as error:
            interrupt.happened()
            notes = getattr(error, "__notes__", ())
            console.say("; ".join((interrupt.MESSAGE, *notes)), level=logging.ERROR)
            return interrupt.CODE
        except BrokenPipeError:
            raise
        except OSError as error:
            where = f"{error.filename}: " if error.filename else ""
            return _fail(f"{where}{error.strerror or error}", 1)
        except (MemoryError, RecursionError) as error:
            return _fail(f"out of {'memory' if isinstance(error, MemoryError) else 'stack'}", 1)
        except Exception as error:
            if os.environ.get("KG_TRACEBACK"):
                raise
            reason = f"{type(error).__name__}: {error}".splitlines()[0]
            return _fail(f"unexpected {reason}; KG_TRACEBACK=1 shows where, please report it", 1)
        return code


def _ours() -> type[Warning]:
    from kg.errors import ReadWarning

    return ReadWarning


def _fail(error: object, code: int) -> int:
    if interrupt.happened():
        # Libraries tell what broke off in the middle of them as a fault of their own.
        console.say(interrupt.MESSAGE, level=logging.ERROR)
        return interrupt.CODE
    console.say(f"kg: {error}", level=logging.ERROR)
    return code


def parser() -> argparse.ArgumentParser:
    """Make the parser of all commands."""
    top = _Parser(prog="kg", description="Documents become a knowledge graph.", allow_abbrev=False)
    top.add_argument("--version", action="version", version=_version())
    commands = top.add_subparsers(metavar="COMMAND", required=True)
    for name in COMMANDS:
        module: Any = importlib.import_module(f"kg.cli.{name}")
        command = commands.add_parser(
            name,
            help=module.HELP,
            description=module.__doc__,
            formatter_class=argparse.RawDescriptionHelpFormatter,
            allow_abbrev=False,
        )
        module.add_arguments(command)
        loud = command.add_argument_group("messages").add_mutually_exclusive_group()
        says = "say more: what is loaded, what takes how long; -vv for all"
        loud.add_argument("-v", "--verbose", action="count", default=0, help=says)
        loud.add_argument("-q", "--quiet", action="store_true", help="say nothing but errors")
        command.set_defaults(run=module.run, command=name)
    top.commands = commands.choices
    return top


# What argparse says of a word that is none of those it knows.
_INVALID = re.compile(r"invalid choice: '(?P<given>[^']*)' \(choose from (?P<known>.*)\)", re.DOTALL)


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one line, without repeating the usage."""

    # The parsers of the commands, in the parser of all.
    commands: Mapping[str, argparse.ArgumentParser] = {}

    def parse_args(self, args: Any = None, namespace: Any = None) -> Any:
        """Parse, and tell an option that a command has not with the nearest that it has."""
        found, unknown = self.parse_known_args(args, namespace)
        if unknown:
            command = self.commands.get(getattr(found, "command", ""))
            options = command._option_string_actions if command else {}
            wrong = next((each for each in unknown if each.startswith("-")), unknown[0])
            remedy = did_you_mean(wrong.partition("=")[0], options)
            (command or self).error(
                f"unrecognized arguments: {' '.join(unknown)}{f'; {remedy}' if remedy else ''}"
            )
        return found

    def error(self, message: str) -> NoReturn:
        if unknown := _INVALID.search(message):
            remedy = did_you_mean(unknown["given"], re.findall(r"[\w.-]+", unknown["known"]))
            if remedy:
                message = f"{message.partition(' (choose from')[0]}; {remedy}"
        console.say(f"kg: {message}; see {self.prog} --help", level=logging.ERROR)
        raise SystemExit(2)


def _version() -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return f"kg {version('kg')}"
    except PackageNotFoundError:
        return "kg (not installed)"
