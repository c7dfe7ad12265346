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

from kg.rdf.formats.jsonld import TERMS_IN_MEMORY, document
from kg.rdf.formats.quads import by_document
from kg.rdf.formats.turtle import Entry, Writer, block, indented, order
from kg.rdf.terms import Triple, read_triple
from kg.vocab import PROV, Names

LINES_IN_MEMORY = 100_000
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


def stream_jsonld(
    batches: Iterable[Iterable[Triple]], names: Names, lines_in_memory: int | None = None
) -> Iterator[str]:
    """Give the JSON-LD of batches of triples, in pieces."""
    with _merged(batches, names, lines_in_memory, below_sentences=False) as lines:
        yield from document(_nodes(lines), names)


def _nodes(lines: Iterable[str]) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Give the nodes of lines that begin with the place of their subject, in order."""
    place, last, subject = "", "", ""
    pairs: list[tuple[str, str]] = []
    for line in lines:
        if line == last:
            continue
        last = line
        where, _, triple = line.rstrip("\n").partition("\x01")
        if where != place and pairs:
            yield subject, pairs
            pairs = []
        subject, *pair = read_triple(triple)
        place = where
        pairs.append((pair[0], pair[1]))
    if pairs:
        yield subject, pairs


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
    with _merged(batches, writer.names, lines_in_memory, below_sentences=True) as lines:
        yield from _blocks(lines, writer)


@contextlib.contextmanager
def _merged(
    batches: Iterable[Iterable[Triple]], names: Names, lines_in_memory: int | None, *, below_sentences: bool
) -> Iterator[Iterator[str]]:
    """Give lines that begin with the place of their subject, in order; statements may be below sentences."""
    with tempfile.TemporaryDirectory(prefix="kg-sort-") as folder, contextlib.ExitStack() as stack:
        fragments: list[Path] = []
        lines: list[str] = []
        for batch in batches:
            triples = list(batch)
            sentences = (
                {s: o for s, p, o in triples if p == _DERIVED and "#char=" in o} if below_sentences else {}
            )
            for s, p, o in triples:
                place = order(sentences[s], names) + s if s in sentences else order(s, names)
                lines.append(f"{place}\x01{s} {p} {o} .\n")
            if len(lines) >= (lines_in_memory or LINES_IN_MEMORY):
                fragments.append(_fragment(lines, Path(folder, str(len(fragments)))))
                lines = []
        fragments.append(_fragment(lines, Path(folder, str(len(fragments)))))
        files = [stack.enter_context(f.open(encoding="utf-8", newline="\n")) for f in fragments]
        yield heapq.merge(*files)


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
