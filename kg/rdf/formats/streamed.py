"""Text formats of more triples than memory holds: sorted fragments on disk, merged as they are read.

The bytes are those that the writers of whole graphs give for the same triples.
"""

from __future__ import annotations

import contextlib
import heapq
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TextIO

from kg.rdf.formats.quads import by_document
from kg.rdf.formats.turtle import Entry, Writer, block, indented, order
from kg.rdf.terms import Triple, read_triple
from kg.vocab import PROV, Names

LINES_IN_MEMORY = 100_000
# Past this the memory of how terms are written starts anew.
TERMS_IN_MEMORY = 200_000
_DERIVED = f"<{PROV}wasDerivedFrom>"


def stream_turtle(
    batches: Iterable[Iterable[Triple]], names: Names, lines_in_memory: int | None = None
) -> Iterator[str]:
    """Give the Turtle of batches of triples, in pieces; a statement comes in one batch with its evidence."""
    writer = Writer(names)
    yield from _after_prefixes(writer, _placed(batches, writer, lines_in_memory))


def stream_trig(
    batches: Iterable[Iterable[Triple]], names: Names, lines_in_memory: int | None = None
) -> Iterator[str]:
    """Give the TriG of batches of triples, in pieces; all of a document's graph comes in one batch."""
    writer = Writer(names)
    with tempfile.TemporaryDirectory(prefix="kg-sort-") as folder:
        graphs: list[tuple[str, int, int]] = []
        with Path(folder, "graphs").open("w+b") as kept:

            def rest() -> Iterator[Iterable[Triple]]:
                for batch in batches:
                    lines, found = by_document([" ".join((*triple, ".")) for triple in batch], names)
                    for name, inside in found.items():
                        start = kept.tell()
                        kept.write("\n".join(inside).encode())
                        graphs.append((name, start, kept.tell()))
                    yield map(read_triple, lines)

            def texts() -> Iterator[str]:
                yield from _placed(rest(), writer, lines_in_memory)
                for name, start, end in sorted(graphs):
                    kept.seek(start)
                    inner = "\n".join(writer.blocks(kept.read(end - start).decode().split("\n")))
                    yield f"{writer.short(name)} {{\n{indented(inner)}}}\n"

            yield from _after_prefixes(writer, texts())


def quad_lines(batches: Iterable[Iterable[Triple]], names: Names) -> Iterator[str]:
    """Give the lines of N-Quads for batches of triples; all of a document's graph comes in one batch."""
    for batch in batches:
        rest, graphs = by_document([" ".join((*triple, ".")) for triple in batch], names)
        yield from rest
        yield from (f"{line[:-1]}{name} ." for name, lines in graphs.items() for line in lines)


def _after_prefixes(writer: Writer, texts: Iterable[str]) -> Iterator[str]:
    """Give texts below the prefixes that they turn out to take."""
    with tempfile.TemporaryFile("w+", encoding="utf-8", newline="\n") as body:
        for text in texts:
            body.write("\n" + text)
        yield from writer.prefixes()
        body.seek(0)
        while piece := body.read(2**20):
            yield piece


def _placed(
    batches: Iterable[Iterable[Triple]], writer: Writer, lines_in_memory: int | None
) -> Iterator[str]:
    """Give the blocks of batches of triples in the order of the file."""
    with tempfile.TemporaryDirectory(prefix="kg-sort-") as folder, contextlib.ExitStack() as stack:
        most = lines_in_memory or LINES_IN_MEMORY
        fragments = _fragments(batches, Path(folder), writer.names, most)
        files = [stack.enter_context(f.open(encoding="utf-8", newline="\n")) for f in fragments]
        yield from _blocks(heapq.merge(*files), writer)


def _fragments(
    batches: Iterable[Iterable[Triple]], folder: Path, names: Names, lines_in_memory: int
) -> list[Path]:
    """Write sorted fragments whose lines begin with the place of their subject."""
    fragments: list[Path] = []
    lines: list[str] = []
    for batch in batches:
        triples = list(batch)
        sentences = {s: o for s, p, o in triples if p == _DERIVED and "#char=" in o}
        for s, p, o in triples:
            place = order(sentences[s], names) + s if s in sentences else order(s, names)
            lines.append(f"{place}\x01{s} {p} {o} .\n")
        if len(lines) >= lines_in_memory:
            fragments.append(_fragment(lines, folder / str(len(fragments))))
            lines = []
    if lines:
        fragments.append(_fragment(lines, folder / str(len(fragments))))
    return fragments


def _fragment(lines: list[str], path: Path) -> Path:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(sorted(set(lines)))
    return path


def _blocks(lines: Iterator[str] | TextIO, writer: Writer) -> Iterator[str]:
    place, last, subject = "", "", ""
    entries: list[Entry] = []
    for line in lines:
        if line == last:
            continue
        last = line
        where, _, triple = line.rstrip("\n").partition("\x01")
        node, tail = triple.split(" ", 1)
        if where != place and entries:
            yield block(writer.short(subject), entries)
            entries = []
            if len(writer.known) > TERMS_IN_MEMORY:
                writer.forget()
        place, subject = where, node
        entries.append(writer.known.get(tail) or writer.entry(tail))
    if entries:
        yield block(writer.short(subject), entries)
