"""A graph on disk: read without loading it, and changed a document at a time.

Each document's triples are a named graph, and the default graph holds all of them once, as queries ask for
it. What belongs to no document is in the default graph alone.
"""

from __future__ import annotations

import contextlib
import heapq
import itertools
import os
import shutil
import tempfile
import weakref
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Self

import pyoxigraph as ox

from kg.errors import GraphError
from kg.store.triples import DEFAULT, TripleStore

# So many lines are sorted at a time, or given to the engine; what is less comes in as one transaction.
LINES_AT_ONCE = 100_000
IN_ONE_TRANSACTION = 20_000
# A graph of so many triples is read into memory where that makes the work faster.
SMALL = 100_000


class DiskStore(TripleStore):
    """The triples of a folder of the engine; what is added to them stays with this process.

    `pieces` gives them as lines of N-Triples more quickly than the engine does, or None where it no longer
    can; `size` is about how many there are, `held` a descriptor that is closed when they are let go. `folder`
    is where they lie.
    """

    def __init__(
        self,
        folder: str | os.PathLike[str],
        *,
        size: int,
        pieces: Callable[[], Iterator[bytes] | None] = lambda: None,
        held: int | None = None,
    ) -> None:
        super().__init__()
        self.folder, self.size, self._pieces = Path(folder), size, pieces
        if held is not None:
            weakref.finalize(self, os.close, held)
        try:
            self._engine = ox.Store.read_only(os.fspath(folder))
        except OSError as error:
            raise GraphError(str(error), where=str(folder)) from error
        self._own = False

    @property
    def large(self) -> bool:
        """Whether there are too many triples to hold them all in memory without need."""
        return self.size > SMALL

    def __len__(self) -> int:
        (row,) = self.engine.query("SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }")  # type: ignore[misc]
        return int(row["n"].value)

    def to_write(self) -> ox.Store:
        """Give the engine to be added to: a copy that goes with this process, of files that it shares."""
        if not self._own:
            assert self._engine is not None
            folder = tempfile.mkdtemp(prefix="kg-graph-")
            weakref.finalize(self, shutil.rmtree, folder, ignore_errors=True)
            self._engine.backup(os.path.join(folder, "graph"))
            self._engine = ox.Store(os.path.join(folder, "graph"))
            self._own, self._pieces = True, lambda: None
        return self.engine

    def pieces(self) -> Iterator[bytes] | None:
        """Give the triples of the default graph as lines of N-Triples, all of a document's in one piece.

        Pieces may repeat a line. None where all that can be had is the engine's own order.
        """
        return self._pieces()

    def subject_pieces(self) -> Iterator[bytes]:
        """Give the triples of the default graph as lines of N-Triples, all of a statement's in one piece."""
        found = self._pieces()
        return found if found is not None else self._dumped_pieces()

    def _dumped_pieces(self) -> Iterator[bytes]:
        """Give the triples as the engine has them, the lines of a subject in one piece."""
        with tempfile.TemporaryFile() as file:
            self.engine.dump(file, format=ox.RdfFormat.N_TRIPLES, from_graph=DEFAULT)
            file.seek(0)
            piece: list[bytes] = []
            subject = b""
            for line in file:
                node = line[: line.index(b" ")]
                if node != subject and len(piece) >= LINES_AT_ONCE // 10:
                    yield b"".join(piece)
                    piece = []
                subject = node
                piece.append(line)
            yield b"".join(piece)

    def lines(self) -> list[str]:
        """Give the triples of the default graph as sorted lines of N-Triples, without line ends."""
        if self._own:
            # What was added may hold blank nodes, which get names of their content.
            return super().lines()
        return sorted(
            {line for piece in self.subject_pieces() for line in piece.decode().split("\n") if line}
        )

    def each_line(self) -> Iterator[str]:
        """Give what `lines` gives, one at a time."""
        if self.large and not self._own:
            return sorted_lines(piece.decode() for piece in self.subject_pieces())
        return iter(self.lines())


class GraphWriter:
    """Changes a folder of the engine that nobody reads yet."""

    def __init__(self, engine: ox.Store) -> None:
        self.engine = engine
        self._added: list[str] = []

    @classmethod
    @contextlib.contextmanager
    def of(cls, before: Path | None, folder: Path) -> Iterator[Self]:
        """Make a folder that holds what is in another one, to be changed; it is on the disk at the end."""
        if before is None:
            folder.mkdir()
        else:
            ox.Store.read_only(os.fspath(before)).backup(os.fspath(folder))
        writer = cls(ox.Store(os.fspath(folder)))
        try:
            yield writer
            writer.flush()
            writer.engine.flush()
        finally:
            # The engine lets go of its files with the last reference to it.
            del writer.engine

    def put(self, graph: str, before: Iterable[str], after: Iterable[str]) -> None:
        """Let a document's graph, by its IRI, hold the lines `after` in place of those `before`."""
        old, new = set(before), set(after)
        name = ox.NamedNode(graph)
        for quad in _quads(old - new):
            triple = quad.subject, quad.predicate, quad.object
            self.engine.remove(ox.Quad(*triple, name))
            others = itertools.islice(self.engine.quads_for_pattern(*triple, None), 2)
            if all(other.graph_name == DEFAULT for other in others):
                self.engine.remove(ox.Quad(*triple, DEFAULT))
        if not new:
            self.engine.remove_graph(name)
        for line in new - old:
            self._add(f"{line}\n{line[:-1]}<{graph}> .\n")

    def share(self, before: Iterable[str], after: Iterable[str]) -> None:
        """Let the default graph hold the lines `after`, which no document has, in place of those `before`."""
        old, new = set(before), set(after)
        for quad in _quads(old - new):
            self.engine.remove(quad)
        for line in new - old:
            self._add(f"{line}\n")

    def _add(self, lines: str) -> None:
        self._added.append(lines)
        if len(self._added) >= LINES_AT_ONCE:
            self.flush()

    def flush(self) -> None:
        """Give the engine what was added so far."""
        data = "".join(self._added).encode()
        if len(self._added) < IN_ONE_TRANSACTION:
            self.engine.load(data, ox.RdfFormat.N_QUADS)
        else:
            self.engine.bulk_load(data, ox.RdfFormat.N_QUADS)
        self._added = []


def _quads(lines: Iterable[str]) -> list[ox.Quad]:
    return list(ox.parse("\n".join(lines).encode(), ox.RdfFormat.N_TRIPLES))


def sorted_lines(pieces: Iterable[str], at_once: int = 2 * LINES_AT_ONCE) -> Iterator[str]:
    """Sort the lines of texts, each once, with no more than some of them in memory."""
    with tempfile.TemporaryDirectory(prefix="kg-sort-") as folder, contextlib.ExitStack() as files:
        runs: list[Iterable[str]] = []
        lines: set[str] = set()
        for piece in pieces:
            lines.update(piece.split("\n"))
            if len(lines) >= at_once:
                path = Path(folder, str(len(runs)))
                with path.open("w", encoding="utf-8", newline="\n") as file:
                    file.writelines(f"{line}\n" for line in sorted(lines))
                runs.append(files.enter_context(path.open(encoding="utf-8", newline="\n")))
                lines.clear()
        runs.append(f"{line}\n" for line in sorted(lines))
        last = "\n"
        for line in heapq.merge(*runs):
            if line != last:
                yield line[:-1]
            last = line
