"""Write docs/cli.md from the parsers of the command line: `python tools/document_cli.py`."""

from __future__ import annotations

import argparse
import json
import os
import pathlib

from kg import cli, config

PAGE = pathlib.Path(__file__).resolve().parents[1] / "docs" / "cli.md"
HEAD = """\
# The command line

Results go to stdout, messages to stderr, progress as a bar on a terminal or else as a line a minute. The exit
code is 0, 1 (the work failed, or nothing came of a source that was named; a row or member that is broken does
not count where others came through) or 2 (wrong use). Settings come from `kg.toml` in the working directory
where there is one, and from options, which win; `kg config` shows them all.

<!-- Made by tools/document_cli.py (`make docs`); what stands below is not written by hand. -->
"""


SETTINGS = """
## kg.toml

Sections and keys, with their defaults; `kg config` shows the values that hold, and where each comes from.

| setting | default | meaning |
|---|---|---|
"""


def page() -> str:
    """Give the text of docs/cli.md."""
    (commands,) = (a for a in cli.parser()._actions if isinstance(a, argparse._SubParsersAction))
    return HEAD + "".join(section(n, p) for n, p in commands.choices.items()) + settings()


def settings() -> str:
    """Give the table of what kg.toml may hold."""
    rows = [f"| `{s.name}` | `{json.dumps(s.value)}` | {s.says} |" for s in config.load(os.devnull)[1]]
    return SETTINGS + "\n".join(rows) + "\n"


def section(name: str, parser: argparse.ArgumentParser) -> str:
    """Give the section of one command."""
    positional = [a for a in parser._actions if not a.option_strings]
    options = [a for a in parser._actions if a.option_strings and a.dest != "help"]
    usage = " ".join(["kg", name, *map(placeholder, positional), *(["[OPTIONS]"] if options else [])])
    lines = [f"\n## kg {name}\n", f"    {usage}\n", f"{(parser.description or '').strip()}\n"]
    rows = [(f"`{a.metavar or a.dest}`", meaning(a)) for a in positional]
    rows += [(f"`{', '.join(a.option_strings)}{value(a)}`", meaning(a)) for a in options]
    if rows:
        lines.append("| | |\n|---|---|")
        lines += [f"| {left} | {right} |" for left, right in rows]
    return "\n".join(lines) + "\n"


def placeholder(action: argparse.Action) -> str:
    """Give a positional argument as a usage line has it."""
    name = str(action.metavar or action.dest)
    return {"?": f"[{name}]", "*": f"[{name}…]", "+": f"{name}…"}.get(str(action.nargs), name)


def value(action: argparse.Action) -> str:
    """Give what an option takes."""
    if action.nargs == 0:
        return ""
    if action.choices:
        return " " + "/".join(map(str, action.choices))
    return f" {action.metavar or action.dest.upper()}"


def meaning(action: argparse.Action) -> str:
    """Give the help of an argument as one cell of a table."""
    return (action.help or "").replace("|", "\\|")


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
