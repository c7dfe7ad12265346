"""How much there is in a graph that was built, counted from its triples without making records of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kg.rdf.mapping import REJECTED
from kg.rdf.ontology import LABEL, TYPE
from kg.rdf.terms import read_literal
from kg.vocab import RDF, SEM, Names

Said = dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class Counts:
    """How much there is: documents, entities, facts, and of these how many are not asserted.

    `copies` are the documents that are nearly copies of others, `withheld` the statements that are not
    asserted because both of their ends were taken for one thing.
    """

    documents: int
    entities: int
    facts: int
    unasserted: int
    copies: int
    withheld: int


def counted(lines: Iterable[str], names: Names) -> Counts | None:
    """Count what sorted lines of N-Triples hold; None where they have no statements, which make the facts."""
    counting = _Counting(names)
    for node, said in _subjects(lines, (f"<{names.ent}", f"<{names.st}", f"<{names.doc}")):
        counting.take(node, said)
    return counting.counts()


def _subjects(lines: Iterable[str], ours: tuple[str, ...]) -> Iterator[tuple[str, Said]]:
    """Give the subjects that begin so with what is said of them, but for places in documents."""
    last, said = "", Said()
    for line in lines:
        if not line.startswith(ours):
            continue
        node, predicate, rest = line.split(" ", 2)
        if node != last:
            if said:
                yield last, said
            last, said = node, {}
        if "#" not in node:
            said.setdefault(predicate, []).append(rest[:-2])
    if said:
        yield last, said


class _Counting:
    """Counts as `Records` would find it, a subject after the other."""

    def __init__(self, names: Names) -> None:
        kg = names.kg
        self._entity, self._document = f"<{names.ent}", f"<{names.doc}"
        self._statement, self._place = f"<{kg}Statement>", f"<{SEM}hasPlace>"
        self._near, self._kept_back = f"<{kg}nearDuplicateOf>", f"<{kg}withheld>"
        self._asserted, self._verdict = f"<{kg}asserted>", f"<{kg}verdict>"
        self._ends = tuple(f"<{RDF}{part}>" for part in ("subject", "predicate", "object"))
        self._by = f"<{kg}attributedTo>"
        # Statements that say the same in all of this are one fact.
        self._same = (
            *self._ends,
            *(f"<{kg}{name}>" for name in ("asserted", "negated", "modality", "attributedTo")),
            *(f"<{SEM}{name}>" for name in ("hasBeginTimeStamp", "hasEndTimeStamp")),
        )
        self._nodes = set[str]()
        self._facts: dict[tuple[object, ...], bool] = {}
        self._documents = self._copies = self._withheld = 0

    def take(self, node: str, said: Said) -> None:
        """Count a subject."""
        self._documents += node.startswith(self._document)
        self._copies += self._near in said
        self._withheld += len(said.get(self._kept_back, ()))
        if node.startswith(self._entity) and (TYPE in said or LABEL in said):
            self._nodes.add(node)
        if self._statement in said.get(TYPE, ()):
            self._take_statement(said)

    def _take_statement(self, said: Said) -> None:
        """Count a statement with others that say the same, and the nodes that it speaks of."""
        key = tuple([said[name][0] if name in said else None for name in self._same])
        subject, predicate, end = key[:3]
        if subject is None or predicate is None or end is None:
            return
        verdict = said.get(self._verdict)
        rejected = verdict is not None and read_literal(verdict[0]).text == REJECTED
        asserted = key[3]
        self._facts[(*key, rejected)] = asserted is None or asserted.startswith(('"true"', '"1"'))
        nodes = (subject, end, *said.get(self._by, ())[:1], *said.get(self._place, ()))
        self._nodes.update(each for each in nodes if each[0] != '"')

    def counts(self) -> Counts | None:
        """Give what was counted, if there are facts."""
        if not self._facts:
            return None
        return Counts(
            documents=self._documents,
            entities=len(self._nodes),
            facts=len(self._facts),
            unasserted=sum(not asserted for asserted in self._facts.values()),
            copies=self._copies,
            withheld=self._withheld,
        )
