"""Run what the pages of docs/ show: `python tools/run_pages.py` writes the answers into them anew.

A page's blocks are run in their order, in a folder that holds `articles/` (those of examples/affair) and
`graph/`, the graph of these. What a block is says its language:

    console             `$ command` with what it prints; a last line of `…` stands for further ones
    python              code; what it defines stays for the blocks that follow
    pycon               code with its answers, as doctest has them
    sparql              a query of graph/graph.ttl; the table that follows is its answer
    … title="kg.toml"   a file of that name
    sh                  what needs other programs or the network, and is not run

Other languages are not run, and the tests let none of ours stand in them.
"""

from __future__ import annotations

import contextlib
import doctest
import io
import os
import pathlib
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from typing import Any

import kg
from kg import cli
from kg.cli import console

ROOT = pathlib.Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
PAGES = tuple(
    DOCS / f"{name}.md"
    for name in ("tutorial", "cookbook", "your-names", "web-and-pdf", "reading", "elsewhere", "asking")
)
# A block with its language and the name of a file; for queries with the table behind it.
BLOCK = re.compile(
    r'^```(?P<kind>\w+)(?: title="(?P<file>[^"]+)")?\n(?P<text>.*?)^```\n'
    r"(?P<table>(?:\n\|[^\n]*)+\n)?",
    re.S | re.M,
)
# How long something took is another number each time.
SECONDS = re.compile(r"\b\d+\.\d s\b")
WIDTH = "100"


class WrongPage(Exception):
    """A block that does not do what its page says."""


def prepare(folder: pathlib.Path) -> None:
    """Make the folder in which a page begins."""
    shutil.copytree(ROOT / "examples" / "affair", folder / "articles")
    with contextlib.chdir(folder):
        said = io.StringIO()
        with contextlib.redirect_stderr(said):
            code = cli.main(["build", "articles/", "-o", "graph/"])
        if code:
            raise WrongPage(said.getvalue())


def rendered(page: pathlib.Path, folder: pathlib.Path) -> str:
    """Run a page in a prepared folder and give it with the answers of today."""
    text = page.read_text(encoding="utf-8")
    known: dict[str, Any] = {}
    with contextlib.chdir(folder):
        return BLOCK.sub(lambda block: _block(block, known), text)


def _block(block: re.Match[str], known: dict[str, Any]) -> str:
    kind, text, table = block["kind"], block["text"], block["table"] or ""
    if block["file"]:
        path = pathlib.Path(block["file"])
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    elif kind == "console":
        return block[0].replace(text, "".join(_commands(text)))
    elif kind == "python":
        exec(compile(text, "page", "exec"), known)
    elif kind == "pycon":
        _doctest(text, known)
    elif kind == "sparql":
        return block[0].removesuffix(table) + _answer(text)
    return block[0]


def _commands(text: str) -> Iterator[str]:
    for part in re.split(r"^\$ ", text, flags=re.M)[1:]:
        command, _, shown = part.partition("\n")
        code, out, said = run(command)
        if code and not re.search("^kg: ", shown, re.M):
            raise WrongPage(f"{command}: {said or out}")
        yield f"$ {command}\n"
        if shown:
            yield _shortened(SECONDS.sub("4.2 s", out or said), shown)


def _shortened(text: str, before: str) -> str:
    """Give as many lines of an answer as the page has of it."""
    lines = [line.rstrip() for line in text.splitlines()]
    if before.rstrip().endswith("…"):
        lines = [*lines[: len(before.splitlines()) - 1], "…"]
    return "".join(f"{line}\n" for line in lines)


def run(command: str) -> tuple[int, str, str]:
    """Run a command of the page; ours in this process, where the model is loaded once."""
    words = shlex.split(command)
    if words[0] != "kg" or {"|", ">", "&&"} & set(words):
        shim = _shim()
        path = os.pathsep.join([str(shim.parent), os.environ.get("PATH", "")])
        env = {**os.environ, "PATH": path, "PYTHONPATH": os.pathsep.join([str(ROOT), *sys.path])}
        done = subprocess.run(["sh", "-c", command], capture_output=True, text=True, env=env, check=False)
        return done.returncode, done.stdout, done.stderr
    argv = [
        w
        for word in words[1:]
        for w in (sorted(map(str, pathlib.Path().glob(word))) if re.search(r"\*\.\w+$", word) else [word])
    ]
    out, said = io.StringIO(), io.StringIO()
    with _as_terminal(), contextlib.redirect_stdout(out), contextlib.redirect_stderr(said):
        try:
            code = cli.main(argv)
        except SystemExit as ended:
            code = int(ended.code or 0)
    return code, out.getvalue(), said.getvalue()


def _shim() -> pathlib.Path:
    """Give a program `kg` for the shell."""
    shim = pathlib.Path(".bin/kg").resolve()
    if not shim.exists():
        shim.parent.mkdir()
        shim.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m kg "$@"\n', encoding="utf-8")
        shim.chmod(0o755)
    return shim


@contextlib.contextmanager
def _as_terminal() -> Iterator[None]:
    """Let commands print what somebody at a terminal sees, a hundred signs wide."""
    format, width = console.default_format, os.environ.get("COLUMNS")
    console.default_format, os.environ["COLUMNS"] = _table, WIDTH
    try:
        yield
    finally:
        console.default_format = format
        if width is None:
            del os.environ["COLUMNS"]
        else:
            os.environ["COLUMNS"] = width


def _table() -> str:
    return "table"


def _doctest(text: str, known: dict[str, Any]) -> None:
    test = doctest.DocTestParser().get_doctest(text, known, "page", "page", 0)
    report: list[str] = []
    add: Callable[[str], Any] = report.append
    # Its own copy of the names would be cleared behind it.
    test.globs = known
    doctest.DocTestRunner(optionflags=doctest.ELLIPSIS).run(test, out=add, clear_globs=False)
    if report:
        raise WrongPage("".join(report))


def _answer(query: str) -> str:
    rows = kg.open("graph/graph.ttl").query(query)
    if not len(rows):
        raise WrongPage(f"nothing is found by\n{query}")
    columns = list(rows.variables)
    lines = [columns, ["---"] * len(columns), *rows.shown_rows()]
    return "\n" + "".join(f"| {' | '.join(map(_cell, cells))} |\n" for cells in lines)


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def main() -> None:
    """Write each page with its answers."""
    import tempfile

    with tempfile.TemporaryDirectory() as made:
        start = pathlib.Path(made) / "start"
        prepare(start)
        for page in PAGES:
            folder = pathlib.Path(made) / page.stem
            shutil.copytree(start, folder)
            page.write_text(rendered(page, folder), encoding="utf-8")
            print(page.relative_to(ROOT))


if __name__ == "__main__":
    main()
