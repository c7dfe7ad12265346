"""A graph as a workbook for Excel and LibreOffice: the tables as sheets, of which nothing can be run."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import xlsxwriter

from kg.atomic import written_aside
from kg.errors import GraphError
from kg.export.relational import BY_NAME, Cell, Column, Row, each_row
from kg.export.tables import begins_formula
from kg.rdf.terms import xml_text

if TYPE_CHECKING:
    from kg.graph.view import GraphView

# What most people look for comes first.
SHEETS = "facts evidence entities events event_roles aliases documents qualifiers same_as".split()
# The surest sentence stands beside its fact.
BESIDE = (Column("quote", "text", "the surest sentence"), Column("source", "text", "the file it stands in"))
# What a sheet and a cell hold.
MOST_ROWS, LONGEST_CELL = 1_048_576, 32_767
# Excel counts days from here, after a 29 February that there was not.
FIRST_DAY = dt.date(1900, 3, 1)
# The same workbook has the same bytes.
MADE = dt.datetime(2000, 1, 1)
_WIDTHS = {"text": 24, "integer": 9, "number": 11, "boolean": 10, "day": 12}
_WIDE = {"quote": 80, "saying": 50}


def write_workbook(graph: GraphView, path: Path) -> None:
    """Write the tables of `kg.export.relational`, a sheet each; a text that no cell can hold ends in "…"."""
    with written_aside(path) as aside:
        try:
            # Rows go to files of their own as they come.
            with xlsxwriter.Workbook(aside, {"constant_memory": True}) as workbook:
                workbook.set_properties({"created": MADE, "comments": BY_NAME["facts"].says})
                sheets = {name: _Sheet(workbook, name) for name in SHEETS}
                for name, row in _with_sentence(each_row(graph)):
                    sheets[name].add(row)
                for sheet in sheets.values():
                    sheet.finish()
        except xlsxwriter.exceptions.XlsxWriterException as error:
            raise GraphError(f"cannot be written ({error})", where=str(path)) from error


def _with_sentence(rows: Iterator[tuple[str, Row]]) -> Iterator[tuple[str, Row]]:
    """Give rows, those of facts with their first sentence, which is the surest, and its source."""
    sources: dict[Cell, Cell] = {}
    fact: Row = ()
    for name, row in rows:
        if name == "documents":
            sources[row[0]] = row[1]
        if fact and name in ("facts", "evidence"):
            # Evidence: its number, the fact, the document, two offsets, the quote.
            beside = (row[5], sources.get(row[2])) if name == "evidence" else (None, None)
            yield "facts", (*fact, *beside)
            fact = ()
        if name == "facts":
            fact = row
        else:
            yield name, row
    if fact:
        yield "facts", (*fact, None, None)


class _Sheet:
    """A sheet that is written row by row, with the names of its columns above."""

    def __init__(self, workbook: Any, name: str) -> None:
        self.name = name
        self.sheet = workbook.add_worksheet(name)
        self.columns = BY_NAME[name].columns + (BESIDE if name == "facts" else ())
        self.rows = 1
        self.day = workbook.add_format({"num_format": "yyyy-mm-dd"})
        # A cell of it stays text even when somebody edits it.
        self.inert = workbook.add_format({"quote_prefix": True})
        self.plain = workbook.add_format()
        bold = workbook.add_format({"bold": True})
        self.sheet.freeze_panes(1, 0)
        for number, column in enumerate(self.columns):
            self.sheet.set_column(number, number, _WIDE.get(column.name, _WIDTHS[column.kind]))
            self.sheet.write_string(0, number, column.name, bold)

    def add(self, row: Row) -> None:
        if self.rows == MOST_ROWS:
            what = f"more than {MOST_ROWS - 1:,} {self.name}, which no sheet can hold"
            raise GraphError(what, remedy="write a database (.sqlite) or Parquet (.parquet)")
        for number, value in enumerate(row):
            if value is not None:
                self._write(number, value)
        self.rows += 1

    def _write(self, number: int, value: Cell) -> None:
        at = self.rows, number
        if isinstance(value, bool):
            self.sheet.write_boolean(*at, value)
        elif isinstance(value, int | float):
            self.sheet.write_number(*at, value)
        elif isinstance(value, dt.date) and value >= FIRST_DAY:
            self.sheet.write_datetime(*at, dt.datetime.combine(value, dt.time()), self.day)
        else:
            text = cell_text(str(value))
            if text.startswith("<r>") and text.endswith("</r>"):
                # By itself the library would take it for markup of its own.
                self.sheet.write_rich_string(*at, text[:2], self.plain, text[2:])
            else:
                self.sheet.write_string(*at, text, *([self.inert] if begins_formula(text) else []))

    def finish(self) -> None:
        self.sheet.autofilter(0, 0, self.rows - 1, len(self.columns) - 1)


def cell_text(text: str) -> str:
    r"""Give a text as a cell can hold it: no control characters, lines ended as Excel does, not too long.

    >>> cell_text("a\r\nb\x07")
    'a\nb�'
    """
    text = xml_text(text.replace("\r\n", "\n").replace("\r", "\n"))
    # Excel counts as UTF-16 does, so that some signs are two.
    if len(text) * 2 > LONGEST_CELL and len(data := text.encode("utf-16-le")) > 2 * LONGEST_CELL:
        text = data[: 2 * (LONGEST_CELL - 1)].decode("utf-16-le", "ignore") + "…"
    return text
