"""Open relation tuples: what a sentence says, in its own words.

The view "nary" gives a tuple for each subject and object of a clause, with the adjuncts as further
arguments, and those of phrases without a verb; "binary" gives one for the object and one for each adjunct,
its preposition at the end of the relation. Tuples keep the voice and the words of the text: auxiliaries,
negation and what governs an infinitive.
"""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract import lexicon
from kg.extract.claims.clauses import Clause
from kg.extract.lexicon.sets import WH
from kg.extract.tuples import phrasal
from kg.extract.tuples.binary import binary
from kg.extract.tuples.nary import existing, nary
from kg.extract.tuples.records import OpenTuple, confidence

# "after selling the mill", "by selling it": whoever is told about has sold it.
DONE = lexicon.words("tuples", "done")


def open_tuples(clauses: list[Clause], view: str) -> Iterator[OpenTuple]:
    """Give the tuples of a parsed text in a view, "nary" or "binary"."""
    for clause in clauses:
        if view == "nary":
            yield from existing(clause)
        if _tells(clause):
            yield from nary(clause) if view == "nary" else binary(clause)
    if clauses and view == "nary":
        tree = clauses[0].tree
        for relation, pair, rule, at in phrasal.find(tree):
            yield OpenTuple(relation, pair, rule, confidence(rule), tree.doc[at].sent.text)


def _tells(clause: Clause) -> bool:
    """Whether a clause makes tuples: it has a subject that says something, and no infinitive tells more."""
    tree, link = clause.tree, clause.link
    if not clause.subjects or any(k.depends() for k in clause.children):
        return False
    # Gerunds and the infinitives of nouns ("the plan to build") are told by what governs them, unless the
    # preposition says that the subject does it, too.
    if link in ("gerund", "pcomp") and clause.shared_subject:
        return clause.shared_subject == "pcomp" and clause.preposition in DONE
    if link == "acl" and clause.marker == "to":
        return False
    ends = (*clause.subjects, *(a.head for a in clause.objects))
    return not any(tree.tag[x] in WH for x in ends)


__all__ = ["OpenTuple", "open_tuples"]
