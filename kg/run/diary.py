"""What is told of a run: a line of JSON for each document, fault and stage, and where the time went."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import os
import time
from collections.abc import Iterator
from typing import Any, TextIO, TypeVar

from kg.errors import ExtractionError, GraphError, KGError, SameText
from kg.model import Document
from kg.run.shards import Outcome

T = TypeVar("T")


class Diary:
    """Hears how a run goes; with a file it writes that down as it happens."""

    def __init__(self, file: TextIO | None = None) -> None:
        self._file = file
        # Seconds by stage as they passed, and in which the process was at work; of extraction, those of all
        # processes together.
        self.seconds: dict[str, float] = {}
        self.cpu: dict[str, float] = {}
        # CPU seconds of the stages of extraction, where they are taken.
        self.spent: dict[str, float] = {}

    @classmethod
    @contextlib.contextmanager
    def open(cls, path: str | os.PathLike[str] | None) -> Iterator[Diary]:
        """Open a diary that is written to a file, if one is named: lines of JSON behind those that it has."""
        if path is None:
            yield cls()
            return
        try:
            file = open(path, "a", encoding="utf-8", buffering=1)  # noqa: SIM115 - closed below
        except OSError as error:
            raise GraphError(f"cannot be written ({error.strerror})", where=str(path)) from error
        with file:
            diary = cls(file)
            diary._write(stage="start", time=dt.datetime.now(dt.UTC).isoformat(timespec="seconds"))
            yield diary

    def document(self, document: Document, outcome: Outcome) -> None:
        """Hear of a document that was extracted."""
        self._add("extract", outcome.seconds, outcome.cpu)
        for name, seconds in outcome.spent.items():
            self.spent[name] = self.spent.get(name, 0.0) + seconds
        self._write(
            document=document.source,
            id=document.id,
            stage="extract",
            seconds=round(outcome.seconds, 4),
            characters=len(document.text),
            mentions=outcome.mentions,
            claims=outcome.claims,
        )

    def fault(self, error: KGError) -> None:
        """Hear of a document that was left out."""
        self._write(**fault_of(error))

    @contextlib.contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Take the time of a stage that handles all documents together."""
        begun, at_work = time.monotonic(), time.process_time()
        yield
        seconds = time.monotonic() - begun
        self._add(name, seconds, time.process_time() - at_work)
        self._write(stage=name, seconds=round(seconds, 4))

    def timed(self, name: str, found: Iterator[T]) -> Iterator[T]:
        """Give what an iterator gives, and take the time that it takes."""
        while True:
            begun, at_work = time.monotonic(), time.process_time()
            each = next(found, None)
            self._add(name, time.monotonic() - begun, time.process_time() - at_work)
            if each is None:
                return
            yield each

    def end(self, **counts: Any) -> None:
        """Write the sum of it all."""
        more = {"extraction": _rounded(self.spent)} if self.spent else {}
        self._write(stage="end", **counts, seconds=_rounded(self.seconds), cpu=_rounded(self.cpu), **more)

    def table(self) -> Iterator[str]:
        """Give where the time went as lines: by stage, and within extraction."""
        whole = sum(self.cpu.values()) or 1.0
        for name, seconds in self.seconds.items():
            yield f"{name:12}{seconds:9.1f} s{self.cpu[name]:9.1f} CPU s {self.cpu[name] / whole:6.0%}"
            if name == "extract":
                yield from (f"  {stage:21}{spent:9.1f} CPU s" for stage, spent in self.spent.items())

    def _add(self, name: str, seconds: float, cpu: float) -> None:
        self.seconds[name] = self.seconds.get(name, 0.0) + seconds
        self.cpu[name] = self.cpu.get(name, 0.0) + cpu

    def _write(self, **values: Any) -> None:
        if self._file is not None:
            self._file.write(json.dumps(values, ensure_ascii=False) + "\n")


def _rounded(seconds: dict[str, float]) -> dict[str, float]:
    return {name: round(value, 2) for name, value in seconds.items()}


def fault_of(error: KGError) -> dict[str, str]:
    """Give a fault as it is written down: the document, the stage, what was wrong and what helps."""
    values = {"document": error.where, "stage": stage_of(error), "fault": error.what}
    return values | ({"remedy": error.remedy} if error.remedy else {})


def stage_of(error: KGError) -> str:
    """Give the stage in which something failed; a copy has not failed."""
    if isinstance(error, SameText):
        return "copy"
    return "extract" if isinstance(error, ExtractionError) else "read"
