"""The tables of a store's cache, asked in few words."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from typing import Any


class Tables:
    """The tables of a database; what is to be done with several rows at once is done in tables of ids."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self.database = database

    def ask(self, query: str, *values: Any) -> sqlite3.Cursor:
        """Give the rows of a query."""
        return self.database.execute(query, values)

    def one(self, query: str, *values: Any) -> Any:
        """Give the first value of the first row of a query; None where there is no row."""
        row = self.database.execute(query, values).fetchone()
        return None if row is None else row[0]

    def all(self, query: str, values: Iterable[Any]) -> list[Any]:
        """Give the rows of a query that is asked of each of some values."""
        return [row for value in sorted(values) for row in self.database.execute(query, (value,))]

    def many(self, query: str, rows: Iterable[Sequence[Any]]) -> None:
        """Do the same with each of some rows."""
        self.database.executemany(query, rows)

    def fill(self, table: str, ids: Iterable[int]) -> None:
        """Let a table hold these ids and no others."""
        self.ask(f"DELETE FROM {table}")
        self.many(f"INSERT OR IGNORE INTO {table} VALUES (?)", [(id,) for id in ids])
