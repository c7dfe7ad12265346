"""Tables in files of their own kinds (Excel, Parquet): a document for each row."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

from kg.config import ReadConfig
from kg.errors import ReadError
from kg.model import Document
from kg.read.formats.faults import check, cut_off, damaged, encrypted, missing, unzipped
from kg.read.formats.kinds import LOOKED_AT, misnamed
from kg.read.formats.rows import Row, documents_of
from kg.read.sources import Source
from kg.read.streams import held, read_whole

# So many rows of a Parquet file are in memory at a time.
BATCH = 200


@dataclass(frozen=True, slots=True)
class WorkbookReader:
    """Reads an Excel workbook (.xlsx), whose sheets have names of columns in their first row."""

    def read_each(
        self, stream: BinaryIO, source: Source, config: ReadConfig
    ) -> Iterator[Document | ReadError]:
        """Give the document of each row of each sheet, and an error for a sheet without text."""
        data = read_whole(stream, source.shown)
        unzipped(data, source.shown, "Excel workbook", ".xlsx")
        try:
            import openpyxl
        except ImportError as error:
            raise missing("openpyxl", "xlsx", source.shown) from error
        try:
            book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        except MemoryError:
            raise
        except Exception as error:
            raise damaged("Excel workbook", source.shown, error) from error
        sheets = book.worksheets
        if not sheets:
            raise damaged("Excel workbook", source.shown)
        for sheet in sheets:
            part = source if len(sheets) == 1 else source.at(f"sheet={sheet.title}")
            try:
                yield from documents_of(_rows_of_sheet(sheet, part.shown), part, config)
            except ReadError as error:
                yield error
        book.close()


def _rows_of_sheet(sheet: Any, where: str) -> Iterator[Row]:
    names: list[str] = []
    rows = enumerate(sheet.iter_rows(values_only=True), start=1)
    while True:
        try:
            number, cells = next(rows, (0, ()))
        except Exception as error:
            raise damaged("Excel workbook", where, error) from error
        if not number:
            return
        if not any(cell is not None for cell in cells):
            continue
        if names:
            yield number, {name: cell for name, cell in zip(names, cells, strict=False) if name}
        else:
            names = ["" if cell is None else str(cell).strip() for cell in cells]


@dataclass(frozen=True, slots=True)
class ParquetReader:
    """Reads a Parquet file."""

    def read_each(
        self, stream: BinaryIO, source: Source, config: ReadConfig
    ) -> Iterator[Document | ReadError]:
        """Give the document of each row."""
        yield from documents_of(_rows_of_parquet(held(stream, source.shown), source.shown), source, config)


def _rows_of_parquet(stream: BinaryIO, where: str) -> Iterator[Row]:
    head = stream.read(LOOKED_AT)
    stream.seek(0)
    check(head, where, "Parquet file", ".parquet")
    if head.startswith(b"PARE"):
        raise encrypted(where)
    if not head.startswith(b"PAR1"):
        raise misnamed(head, "Parquet file", ".parquet", where)
    try:
        import pyarrow
        from pyarrow import parquet
    except ImportError as error:
        raise missing("pyarrow", "parquet", where) from error
    stream.seek(-4, io.SEEK_END)
    tail = stream.read(4)
    stream.seek(0)
    if tail != b"PAR1":
        raise cut_off("Parquet file", where)
    number = 0
    try:
        for batch in parquet.ParquetFile(stream).iter_batches(batch_size=BATCH):
            for row in batch.to_pylist():
                number += 1
                yield number, row
    except (pyarrow.ArrowException, OSError, ValueError) as error:
        raise damaged("Parquet file", where, error) from error
