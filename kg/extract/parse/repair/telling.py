"""Repairs of who tells what stands before: "…, the firm's director, Anna Lund, said on Monday"."""

from __future__ import annotations

from kg.extract.lexicon import SAYING
from kg.extract.lexicon.sets import NOUNS
from kg.extract.parse.tree import Tree

LOOSE = frozenset({"conj", "appos", "npadvmod", "dobj", "dep", "nmod"})


def teller_in_clause(tree: Tree, i: int) -> bool:
    """ "Has sold a mill, the firm's director, Anna Lund, said": who tells is none of what is sold."""
    if tree.lemma[i] not in SAYING or tree.of(i, "nsubj", "nsubjpass") or not tree.of(i, "ccomp"):
        return False
    end = i - 1
    while end > 0 and tree.lower[end] == ",":
        end -= 1
    teller = _phrase_to(tree, end, i)
    if teller is None or tree.dep[teller] not in LOOSE or tree.lower[tree.left[teller] - 1] != ",":
        return False
    if tree.dep[teller] == "conj" and any(tree.lower[k] in ("and", "or") for k in _between(tree, teller)):
        return False
    tree.hang(teller, i, "nsubj")
    return True


def _phrase_to(tree: Tree, end: int, verb: int) -> int | None:
    """Give the head of the noun phrase that ends at a token: of a name that renames a noun, the noun."""
    k = end
    while k != verb and tree.head[k] != k:
        whole = tree.pos[k] in NOUNS and tree.right[k] in (end, end + 1) and tree.dep[k] in LOOSE
        renames = tree.dep[k] == "appos" and tree.pos[k] == "PROPN" and tree.tag[tree.head[k]] == "NN"
        if whole and not renames:
            return k
        k = tree.head[k]
    return None


def _between(tree: Tree, teller: int) -> range:
    return range(tree.head[teller] + 1, tree.left[teller])
