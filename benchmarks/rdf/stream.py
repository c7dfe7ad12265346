"""Turtle of more triples than memory holds: sorted fragments on disk, merged into one file.

A way to write a graph that no machine holds, kept here with its measurement: the bytes are those that
`kg.rdf.formats.turtle` gives for the same triples, which `run.py` checks.
"""

from __future__ import annotations

import contextlib
import heapq
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from kg.config import RdfConfig
from kg.rdf.formats.turtle import Entry, Writer, block, order
from kg.rdf.mapping import Links, entity_triples, map_document
from kg.rdf.ontology import vocabulary_triples
from kg.rdf.terms import Triple
from kg.vocab import PROV, Names

if TYPE_CHECKING:
    from kg.model import Document, Extraction

LINES_IN_MEMORY = 100_000
# Past this the memory of how terms are written starts anew.
TERMS_IN_MEMORY = 200_000
_DERIVED = f"<{PROV}wasDerivedFrom>"


def stream_graph(
    read: Iterable[tuple[Document, Extraction]],
    links: Links,
    path: Path,
    *,
    config: RdfConfig | None = None,
    lines_in_memory: int = LINES_IN_MEMORY,
) -> Path:
    """Write the Turtle of documents with their extractions, one at a time, and give the path."""
    config = config or RdfConfig()
    names = Names(config.base)
    ours = (f"<{names.kg}", f"<{names.rel}")

    def batches() -> Iterator[list[Triple]]:
        used: set[int] = set()
        terms: set[str] = set()
        for document, extraction in read:
            mapped = map_document(document, extraction, links, config)
            used |= mapped.entities
            terms.update(t for _, p, o in mapped.triples for t in (p, o) if t.startswith(ours))
            yield mapped.triples
        for index in sorted(used):
            named = list(entity_triples(links, [index], config))
            terms.update(t for _, p, o in named for t in (p, o) if t.startswith(ours))
            yield named
        yield list(vocabulary_triples(terms, config))

    return stream_turtle(batches(), path, names, lines_in_memory)


def stream_turtle(
    batches: Iterable[Iterable[Triple]], path: Path, names: Names, lines_in_memory: int = LINES_IN_MEMORY
) -> Path:
    """Write the Turtle of batches of triples; a statement comes in one batch with its evidence."""
    with tempfile.TemporaryDirectory(dir=path.parent, prefix=f".{path.name}.") as folder:
        fragments = _fragments(batches, Path(folder), names, lines_in_memory)
        body, whole = Path(folder) / "body", Path(folder) / "whole"
        writer = Writer(names)
        with contextlib.ExitStack() as stack:
            files = [stack.enter_context(f.open(encoding="utf-8", newline="\n")) for f in fragments]
            with body.open("w", encoding="utf-8", newline="\n") as out:
                for text in _blocks(heapq.merge(*files), writer):
                    out.write("\n" + text)
        with whole.open("wb") as out_bytes:
            out_bytes.write("".join(writer.prefixes()).encode())
            with body.open("rb") as file:
                shutil.copyfileobj(file, out_bytes, 2**20)
        whole.replace(path)
    return path


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
