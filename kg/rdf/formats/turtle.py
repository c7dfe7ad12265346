"""Turtle that a person can read: prefixes, documents, entities with their facts, statements by sentence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from kg.rdf.ontology import TYPE
from kg.rdf.terms import Shortener
from kg.vocab import PROV, RDF, RDFS, SKOS, Names

_FIRST = {
    TYPE: 0,
    f"<{RDFS}label>": 1,
    f"<{SKOS}altLabel>": 2,
    f"<{RDFS}comment>": 3,
    f"<{RDF}subject>": 4,
    f"<{RDF}predicate>": 5,
    f"<{RDF}object>": 6,
}
_DERIVED = f"<{PROV}wasDerivedFrom>"
# What one predicate and object become: their order among others, as written, and the sentence, if it is one.
Entry = tuple[int, str, str, str]


def turtle(lines: Iterable[str], names: Names) -> Iterator[str]:
    """Give the text of a Turtle file, in pieces, for lines of N-Triples in any order."""
    writer = Writer(names)
    blocks = writer.blocks(lines)
    yield from writer.prefixes()
    for text in blocks:
        yield "\n" + text


def trig(lines: Iterable[str], graphs: Mapping[str, Iterable[str]], names: Names) -> Iterator[str]:
    """Give the text of a TriG file: lines of the default graph, then each graph by its name."""
    writer = Writer(names)
    blocks = writer.blocks(lines)
    for name in sorted(graphs):
        inner = "\n".join(writer.blocks(graphs[name]))
        blocks.append(f"{writer.short(name)} {{\n{indented(inner)}}}\n")
    yield from writer.prefixes()
    for text in blocks:
        yield "\n" + text


def indented(text: str) -> str:
    """Set the lines of a text in, but for those that are empty."""
    return "".join(f"    {line}\n" if line else "\n" for line in text.split("\n")[:-1])


def order(subject: str, names: Names) -> str:
    """Give a key that puts subjects in the order of the file: its section, then its place there."""
    if subject.startswith(names.ent, 1):
        return f"1{subject}"
    if subject.startswith(names.doc, 1):
        document, char, offsets = subject[:-1].partition("#char=")
        if not char:
            return f"0{subject}"
        start, _, end = offsets.partition(",")
        if start.isdecimal() and end.isdecimal():
            return f"2{document}\x00{start:>012}\x00{end:>012}\x00"
    if subject.startswith((names.rel, names.kg), 1):
        return f"3{subject}"
    return f"1~{subject}"


class Writer:
    """Writes blocks, a subject each; remembers how terms are written and which prefixes they took."""

    def __init__(self, names: Names) -> None:
        self.names = names
        self.short = Shortener(names.prefixes())
        self.known: dict[str, Entry] = {}

    def prefixes(self) -> Iterator[str]:
        """Give the declarations of the prefixes that were used so far."""
        for prefix, namespace in self.names.prefixes().items():
            if prefix in self.short.used:
                yield f"@prefix {prefix}: <{namespace}> .\n"

    def forget(self) -> None:
        """Free the memory of how terms are written; which prefixes were used is kept."""
        self.known.clear()
        self.short.forget()

    def blocks(self, lines: Iterable[str]) -> list[str]:
        """Give a block for each subject, in the order of the file; a statement is below its sentence."""
        placed: list[tuple[str, str]] = []
        known, short, names = self.known, self.short, self.names
        subject, sentence = "", ""
        entries: list[Entry] = []
        # Sorting what is sorted already costs one comparison a line; equal subjects are then neighbours.
        for line in [*sorted(lines), " "]:
            node, tail = line.split(" ", 1)
            if node != subject:
                if entries:
                    place = order(sentence, names) + subject if sentence else order(subject, names)
                    placed.append((place, block(short(subject), entries)))
                subject, entries, sentence = node, [], ""
            entry = known.get(tail)
            if entry is None:
                entry = self.entry(tail)
            entries.append(entry)
            if entry[3]:
                sentence = entry[3]
        placed.sort()
        return [text for _, text in placed]

    def entry(self, tail: str) -> Entry:
        """Give what the predicate and object of a line become."""
        if not tail:
            return 0, "", "", ""
        predicate, rest = tail.split(" ", 1)
        written = "a" if predicate == TYPE else self.short(predicate)
        obj = rest[:-2]
        sentence = obj if predicate == _DERIVED and "#char=" in obj else ""
        entry = (_FIRST.get(predicate, 9), written, self.short(obj), sentence)
        # Long texts seldom come again.
        if len(tail) < 200:
            self.known[tail] = entry
        return entry


def block(subject: str, entries: list[Entry]) -> str:
    """Write one subject with its predicates and objects; objects of one predicate follow each other."""
    entries.sort()
    last, parts = "", []
    for _, predicate, obj, _ in entries:
        if predicate == last:
            parts.append(f", {obj}")
        else:
            parts.append(f" ;\n    {predicate} {obj}" if last else f"{subject} {predicate} {obj}")
            last = predicate
    return "".join(parts) + " .\n"
