"""Tuples of two arguments: one for the object, and one for each adjunct."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.extract.claims.clauses import Argument, Clause
from kg.extract.tuples.phrases import MINIMAL, phrase, text_of
from kg.extract.tuples.records import OpenTuple
from kg.extract.tuples.relation import completed, relation, rule_of, tuple_of


def binary(clause: Clause) -> Iterator[OpenTuple]:
    """Give the tuples of a clause: each subject with each object, then with each adjunct."""
    tree = clause.tree
    words = relation(clause)
    objects: list[Argument] = list(clause.objects) or list(clause.clauses)
    bare = [] if not objects or objects[0].role == "clause" else phrase(tree, objects[0].head, MINIMAL)
    adjuncts = [a for c in clause.chain() for a in c.adjuncts]
    for s in clause.subjects:
        subject = text_of(tree, phrase(tree, s, MINIMAL, clause.verb))
        for o in objects:
            yield from _of_object(clause, subject, words, o)
        for a in adjuncts:
            yield from _of_adjunct(clause, subject, words, bare, a)


def _of_object(clause: Clause, subject: str, words: list[int], o: Argument) -> Iterator[OpenTuple]:
    tree, rule = clause.tree, rule_of(clause, o, ())
    said, second = completed(clause, words, o)
    if o.role == "clause":
        yield tuple_of(clause, text_of(tree, said), (subject, *second), rule)
        return
    pair = subject, text_of(tree, phrase(tree, o.head, MINIMAL))
    yield tuple_of(clause, text_of(tree, said), pair, rule)
    yield from _nested(clause, subject, words, o.head)


def _of_adjunct(
    clause: Clause, subject: str, words: list[int], object: list[int], a: Argument
) -> Iterator[OpenTuple]:
    """Give the tuple of an adjunct, with the object and the preposition in the relation."""
    tree = clause.tree
    said = [*words, *object, *a.preps]
    pair = subject, text_of(tree, phrase(tree, a.head, MINIMAL))
    kind = "bare" if not a.preps else "front" if a.preps[0] < words[0] else "adjunct"
    rule = rule_of(clause, None, ()).removesuffix("none") + kind
    yield tuple_of(clause, text_of(tree, said), pair, rule)
    if a.preps:
        yield from _nested(clause, subject, said, a.head)


def _nested(clause: Clause, subject: str, words: Sequence[int], noun: int) -> Iterator[OpenTuple]:
    """Give a tuple for each preposition on the object: "became a justice of" the court."""
    tree = clause.tree
    for p in tree.of(noun, "prep"):
        inner = tree.first(p, "pobj")
        if inner is None or p < noun:
            continue
        said = [*words, *(t for t in phrase(tree, noun, MINIMAL) if t < p), p]
        for j in tree.conjuncts(inner):
            pair = (subject, text_of(tree, phrase(tree, j, MINIMAL)))
            yield tuple_of(clause, text_of(tree, said), pair, "nested")
