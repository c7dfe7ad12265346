"""Triples in the words of a schema: which of its relations a text says, and between what.

For each relation of the schema there are patterns of how it is said (`phrasings`), matched with what the
clauses and nouns of the text say (`facts`). Arguments are names, titles, dates, amounts and members of known
classes (`arguments`), checked softly against the relation's domain and range (`classes`). What speaks for a
pair is weighed by `scoring`.
"""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract.claims import factuality
from kg.extract.claims.clauses import clauses_of
from kg.extract.parse.repair import tree_of
from kg.extract.reading import ParsedBlock, Reading
from kg.extract.schema.arguments import Arguments
from kg.extract.schema.candidates import Candidate, candidates_of
from kg.extract.schema.classes import Class
from kg.extract.schema.concepts import Concepts
from kg.extract.schema.facts import facts_of
from kg.extract.schema.phrase import Phrase
from kg.extract.schema.phrasings import Phrasing, phrasing_of
from kg.extract.schema.scoring import confidence
from kg.extract.tuples import OpenTuple
from kg.schema import Schema


class SchemaReader:
    """A schema made ready for reading."""

    def __init__(self, schema: Schema) -> None:
        concepts = Concepts(schema)
        self.phrasings = [phrasing_of(r, concepts.classes_of) for r in schema.relations]
        # Members of these classes are looked for in the text.
        classes = (c for p in self.phrasings for c in (*p.members, *p.range) if c.members)
        self.members: tuple[Class, ...] = tuple(dict.fromkeys(classes))
        self.index: dict[tuple[str, str, str], list[tuple[int, bool]]] = {}
        for number, p in enumerate(self.phrasings):
            for q in p.patterns:
                self.index.setdefault((q.kind, q.word, q.preposition), []).append((number, q.first))

    def rows(self, reading: Reading) -> Iterator[OpenTuple]:
        """Give the triples of a document, block by block, the surest first."""
        for block in reading.blocks:
            yield from self._of_block(reading, block)

    def candidates(self, reading: Reading, block: ParsedBlock) -> tuple[Arguments, list[Candidate]]:
        """Give the pairs that may stand in a relation, with what speaks for them."""
        tree = tree_of(block)
        clauses = clauses_of(tree)
        factualities = block.factualities or factuality.assign(tree, clauses)
        arguments = Arguments(reading, block, self.members)
        facts = facts_of(tree, clauses, arguments)
        return arguments, candidates_of(self.phrasings, self.index, facts, arguments, factualities)

    def _of_block(self, reading: Reading, block: ParsedBlock) -> list[OpenTuple]:
        arguments, candidates = self.candidates(reading, block)
        best: dict[tuple[str, str, str], OpenTuple] = {}
        for candidate, sure in zip(candidates, confidence(candidates, arguments), strict=True):
            subject, object = texts(candidate.phrasing, candidate.subject, candidate.object)
            if not subject or not object or subject.lower() == object.lower():
                continue
            label = candidate.phrasing.relation.label
            key = (label, subject, object)
            if key not in best or sure > best[key].confidence:
                sentence = block.doc[candidate.at].sent.text
                best[key] = OpenTuple(label, (subject, object), candidate.rule, sure, sentence)
        return sorted(best.values(), key=lambda r: (-r.confidence, r.relation, r.arguments))


def texts(phrasing: Phrasing, s: Phrase, o: Phrase) -> tuple[str, str]:
    """Give the words of subject and object: titles of works keep their article, other names do not."""
    subject, object = s.text, o.text
    article, _, rest = subject.partition(" ")
    if rest and article in ("The", "the", "A", "An") and not any(c.type == "Work" for c in phrasing.domain):
        subject = rest
    if o.country and object.lower().startswith(o.country.lower()):
        object = object[: len(o.country)]  # the country's name, where it stands in its adjective
    return subject, object


__all__ = ["SchemaReader", "texts"]
