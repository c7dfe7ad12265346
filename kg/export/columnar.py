"""A graph as Parquet files and as a DuckDB database, by way of Arrow."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as arrow
from pyarrow import parquet

from kg.atomic import written_aside
from kg.errors import GraphError
from kg.export.relational import TABLES, VIEW, Row, Table, batches

if TYPE_CHECKING:
    from kg.graph.view import GraphView

# Rows that are compressed together.
ROWS_AT_ONCE = 50_000
_TYPES = {"text": "VARCHAR", "integer": "BIGINT", "number": "DOUBLE", "boolean": "BOOLEAN", "day": "DATE"}


def write_parquet(graph: GraphView, paths: Mapping[str, Path]) -> None:
    """Write each table of `kg.export.relational` to the path that is given for its name."""
    schemas = {table.name: _schema(table) for table in TABLES}
    with contextlib.ExitStack() as files:
        writers = {}
        for name, schema in schemas.items():
            aside = files.enter_context(written_aside(paths[name]))
            writer = parquet.ParquetWriter(aside, schema, compression="zstd")
            writers[name] = files.enter_context(writer)
        for table, rows in batches(graph, ROWS_AT_ONCE):
            writers[table.name].write_batch(_batch(rows, schemas[table.name]))


def write_duckdb(graph: GraphView, path: Path) -> None:
    """Write the tables of `kg.export.relational` with comments, and a view of facts and sentences."""
    # Loaded here: who writes Parquet needs none.
    import duckdb

    schemas = {table.name: _schema(table) for table in TABLES}
    with written_aside(path) as aside:
        try:
            with duckdb.connect(aside) as database:
                database.execute("BEGIN")
                for table in TABLES:
                    _create(database, table)
                for table, rows in batches(graph, ROWS_AT_ONCE):
                    database.register("rows", _batch(rows, schemas[table.name]))
                    database.execute(f"INSERT INTO {table.name} SELECT * FROM rows")
                    database.unregister("rows")
                database.execute(VIEW)
                database.execute("COMMIT")
        except duckdb.Error as error:
            raise GraphError(f"cannot be written ({error})", where=str(path)) from error
        finally:
            # Where it failed, what the database wrote beside itself stays.
            Path(f"{aside}.wal").unlink(missing_ok=True)


def _create(database: Any, table: Table) -> None:
    columns = ", ".join(
        f"{c.name} {_TYPES[c.kind]}{' NOT NULL' if c.required else ''}" for c in table.columns
    )
    # Keys are left away: they would double the time and the size, and nobody adds to an export.
    database.execute(f"CREATE TABLE {table.name} ({columns})")
    database.execute(f"COMMENT ON TABLE {table.name} IS {_quoted(table.says)}")
    for column in table.columns:
        database.execute(f"COMMENT ON COLUMN {table.name}.{column.name} IS {_quoted(column.says)}")


def _quoted(text: str) -> str:
    doubled = text.replace("'", "''")
    return f"'{doubled}'"


def _schema(table: Table) -> arrow.Schema:
    types = {
        "text": arrow.string(),
        "integer": arrow.int64(),
        "number": arrow.float64(),
        "boolean": arrow.bool_(),
        "day": arrow.date32(),
    }
    fields = [
        arrow.field(c.name, types[c.kind], nullable=not c.required, metadata={"description": c.says})
        for c in table.columns
    ]
    return arrow.schema(fields, metadata={"description": table.says})


def _batch(rows: list[Row], schema: arrow.Schema) -> arrow.RecordBatch:
    columns = list(zip(*rows, strict=True)) or [()] * len(schema)
    arrays = [arrow.array(c, type=f.type) for c, f in zip(columns, schema, strict=True)]
    return arrow.record_batch(arrays, schema=schema)
