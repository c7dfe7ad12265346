"""Repairs of clauses behind a word that may be a preposition: "after the union reached an agreement"."""

from __future__ import annotations

from kg.extract.lexicon.sets import FINITE, NOUNS, VERBS
from kg.extract.parse.tree import Tree

JOINING = frozenset({"after", "before", "since", "until", "till"})


def clause_behind_preposition(tree: Tree, i: int) -> bool:
    """ "Trams will run after the union reached an agreement": the noun behind "after" is a subject."""
    main = tree.head[i]
    if tree.tag[i] not in FINITE or tree.pos[main] not in VERBS or main > i:
        return False
    if tree.of(i, "nsubj", "nsubjpass", "cc", "aux") or tree.of(main, "cc"):
        return False
    preps = [p for p in tree.of(main, "prep") if main < p < i and tree.lower[p] in JOINING]
    subject = tree.first(preps[-1], "pobj") if preps else None
    if subject is None or tree.pos[subject] not in (*NOUNS, "PRON"):
        return False
    # Nothing else stands between the phrase and the verb.
    end = tree.right[subject] + 1
    if any(tree.lower[k] not in (",", "also", "then", "finally") for k in range(end, i)):
        return False
    tree.hang(preps[-1], i, "mark")
    tree.pos[preps[-1]] = "SCONJ"
    tree.hang(subject, i, "nsubj")
    tree.hang(i, main, "advcl")
    return True
