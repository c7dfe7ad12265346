"""A graph as an SQLite database, laid out so that datasette and a person at the prompt can read it."""

from __future__ import annotations

import contextlib
import datetime as dt
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from kg.atomic import written_aside
from kg.errors import GraphError
from kg.export.relational import TABLES, VIEW, Cell, Column, Table, batches

if TYPE_CHECKING:
    from kg.graph.view import GraphView

_TYPES = {"text": "TEXT", "integer": "INTEGER", "number": "REAL", "boolean": "INTEGER", "day": "TEXT"}
_CODES = {"boolean": " (1 or 0)", "day": " (YYYY-MM-DD)"}


def write_sqlite(graph: GraphView, path: Path) -> None:
    """Write the tables of `kg.export.relational`, with keys, indexes, comments and a view of all facts."""
    try:
        with (
            written_aside(path) as aside,
            contextlib.closing(sqlite3.connect(aside, isolation_level=None)) as database,
        ):
            # A file that is put into its place only when it is whole needs no journal.
            for setting in ("journal_mode = OFF", "synchronous = OFF", "encoding = 'UTF-8'"):
                database.execute(f"PRAGMA {setting}")
            database.execute("BEGIN")
            for table in TABLES:
                database.execute(_create(table))
            for table, rows in batches(graph):
                places = ", ".join("?" * len(table.columns))
                insert = f"INSERT INTO {table.name} VALUES ({places})"
                database.executemany(insert, (tuple(map(_cell, row)) for row in rows))
            # Indexes of what is there already are made faster than they grow.
            for statement in (*_indexes(), VIEW):
                database.execute(statement)
            database.execute("COMMIT")
    except sqlite3.Error as error:
        raise GraphError(f"cannot be written ({error})", where=str(path)) from error


def _create(table: Table) -> str:
    """Give the statement that makes a table; SQLite keeps it with its comments, and shows it."""
    lines = [_line(column, table) for column in table.columns]
    alone = table.key if len(table.key) > 1 else ()
    if alone:
        lines.append((f"PRIMARY KEY ({', '.join(alone)})", ""))
    last = len(lines) - 1
    body = "\n".join(
        f"    {text}{'' if i == last else ','}{f'  -- {says}' if says else ''}"
        for i, (text, says) in enumerate(lines)
    )
    return f"CREATE TABLE {table.name} (\n    -- {table.says}\n{body}\n){' WITHOUT ROWID' if alone else ''}"


def _line(column: Column, table: Table) -> tuple[str, str]:
    parts = [column.name, _TYPES[column.kind]]
    if table.key == (column.name,):
        parts.append("PRIMARY KEY")
    if column.required:
        parts.append("NOT NULL")
    if column.of:
        parts.append(f"REFERENCES {column.of}(id)")
    return " ".join(parts), f"{column.says}{_CODES.get(column.kind, '')}"


def _indexes() -> Iterator[str]:
    for table in TABLES:
        for column in table.columns:
            if column.sought:
                yield f"CREATE INDEX {table.name}_{column.name} ON {table.name} ({column.name})"


def _cell(value: Cell) -> Cell:
    """Give a value as SQLite has it: no days and no truth values."""
    if isinstance(value, bool):
        return int(value)
    return value.isoformat() if isinstance(value, dt.date) else value
