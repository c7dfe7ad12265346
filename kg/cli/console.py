"""What commands say and print: messages on stderr, results on stdout, progress as a bar or as lines."""

from __future__ import annotations

import contextlib
import csv
import json
import logging
import re
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TextIO

from kg.counts import count
from kg.errors import KGError

LOG = logging.getLogger("kg.cli")
FORMATS = ("table", "csv", "tsv", "json")
# So often a line tells how far a run is, where nobody looks at a bar.
A_MINUTE = 60.0
# A column of sentences that has less than so many characters breaks them within words.
LEAST_COLUMN = 16
# What could move the cursor or change colours when a text is shown on a terminal.
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


class UsageError(KGError):
    """Arguments that make no sense together; exit code 2."""


class Messages(logging.Handler):
    """Prints what is logged to stderr, whatever it is bound to by then; the library's own with its name."""

    def emit(self, record: logging.LogRecord) -> None:
        message = record.getMessage() if record.name == LOG.name else f"{record.name}: {record.getMessage()}"
        lines = [CONTROL.sub("�", line) for line in message.split("\n")]
        print("\n".join(lines), file=sys.stderr, flush=True)


@contextlib.contextmanager
def messages(*, verbose: int = 0, quiet: bool = False) -> Iterator[None]:
    """Print messages while a command runs: its own, with `verbose` the library's too, or errors alone."""
    library, handler = logging.getLogger("kg"), Messages()
    before = library.level, LOG.level
    loud = {0: logging.WARNING, 1: logging.INFO}.get(verbose, logging.DEBUG)
    library.setLevel(logging.ERROR if quiet else loud)
    LOG.setLevel(logging.ERROR if quiet else logging.INFO)
    library.addHandler(handler)
    try:
        yield
    finally:
        library.removeHandler(handler)
        library.setLevel(before[0])
        LOG.setLevel(before[1])


def say(message: str, *, level: int = logging.INFO) -> None:
    """Give one message to whoever runs the command; with -q only errors are printed."""
    LOG.log(level, "%s", message)


def is_terminal(stream: TextIO) -> bool:
    """Whether somebody looks at the stream."""
    return stream.isatty()


def default_format() -> str:
    """A table for people, TSV for a pipe."""
    return "table" if is_terminal(sys.stdout) else "tsv"


def print_rows(columns: Sequence[str], rows: Iterable[Sequence[str]], *, format: str) -> None:
    """Print rows as a table, CSV, TSV or JSON (a list of objects)."""
    if format == "table":
        _table(columns, rows)
    elif format == "json":
        objects = [dict(zip(columns, row, strict=True)) for row in rows]
        print(json.dumps(objects, ensure_ascii=False, indent=1))
    elif format == "csv":
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(rows)
    else:
        print("\t".join(columns))
        for row in rows:
            print("\t".join(one_line(cell) for cell in row))


def one_line(text: str) -> str:
    """Give a text as one TSV cell: tabs and line breaks become spaces."""
    return " ".join(re.split(r"[\t\r\n\v\f\x85\u2028\u2029]+", text)).strip()


def shown(text: str) -> str:
    """Give a text as a terminal may show it: in one line, with nothing that moves the cursor."""
    return CONTROL.sub("�", one_line(text))


def _table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    # Loaded here: only tables need it, and it takes a tenth of a second.
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    cells = [[shown(cell) for cell in row] for row in rows]
    console = Console(highlight=False)
    table = Table(box=None, pad_edge=False, show_header=False)
    if not _too_narrow(console.width, columns, cells):
        table = Table(box=None, pad_edge=False, header_style="bold")
        for column in columns:
            table.add_column(Text(column), overflow="fold")
        for row in cells:
            table.add_row(*map(Text, row))
    else:
        # A row below the other, each cell in a line of its own with the name of its column.
        for i, row in enumerate(cells):
            if i:
                table.add_row()
            for column, cell in zip(columns, row, strict=True):
                if cell:
                    table.add_row(Text(column, style="bold", no_wrap=True), Text(cell, overflow="fold"))
    console.print(table)
    say(count(len(cells), "row"))


def _too_narrow(width: int, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> bool:
    """Whether a table has so many columns that its words would be cut into pieces.

    >>> _too_narrow(80, ["a", "b"], [["long " * 20] * 2]), _too_narrow(80, ["a"] * 8, [["long " * 20] * 8])
    (False, True)
    """
    widest = [max(map(len, column)) for column in zip(columns, *rows, strict=True)]
    return sum(widest) + len(widest) > width and width < LEAST_COLUMN * len(widest)


@contextlib.contextmanager
def progress(what: str) -> Iterator[Callable[[int, int | None], None]]:
    """Show a bar on a terminal, or else say a line a minute.

    Gives what to call with the number done and, where known, the total.
    """
    if not is_terminal(sys.stderr) or not LOG.isEnabledFor(logging.INFO):
        yield _lines(what)
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn(what), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def _lines(what: str) -> Callable[[int, int | None], None]:
    """Give a function that says how far the work is when a minute has passed."""
    begun = said = time.monotonic()
    first: int | None = None

    def progress(done: int, total: int | None) -> None:
        nonlocal said, first
        now = time.monotonic()
        # What an earlier run has done is there at once, and tells nothing of how fast this one is.
        first = done if first is None else first
        if now - said < A_MINUTE:
            return
        said = now
        of = f" of {total:,}" if total else ""
        rate = (done - first) / (now - begun)
        left = f", about {_span((total - done) / rate)} left" if total and rate else ""
        say(f"{what}: {done:,}{of} after {_span(now - begun)}{left}")

    return progress


def _span(seconds: float) -> str:
    """Give a time in the unit that fits it.

    >>> _span(61), _span(7000), _span(200_000)
    ('61 s', '117 min', '56 h')
    """
    if seconds < 120:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 7200 else f"{seconds / 3600:.0f} h"


def say_withheld(number: int) -> None:
    """Tell how many statements were kept back because both ends became one thing."""
    say(f"{count(number, 'fact')} withheld: subject and object were taken for one thing; see kg:withheld")
