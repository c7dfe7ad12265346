"""Repairs of who tells what stands before: "…, the firm's director, Anna Lund, said on Monday"."""

from __future__ import annotations

from kg.extract.lexicon import SAYING
from kg.extract.lexicon.sets import NOUNS, VERBS
from kg.extract.parse.tree import Tree

LOOSE = frozenset({"conj", "appos", "npadvmod", "dobj", "dep", "nmod"})
SUBJECTS = ("nsubj", "nsubjpass")
JOINING = frozenset({"and", "or"})
# What a verb of saying may have behind the sentence that it tells.
COMPLEMENTS = ("ccomp", "xcomp", "dobj", "attr", "acomp", "oprd", "advcl")


def teller_in_clause(tree: Tree, i: int) -> bool:
    """ "Has sold a mill, the firm's director, Anna Lund, said": who tells is none of what is sold."""
    if tree.lemma[i] not in SAYING or tree.of(i, *SUBJECTS) or not tree.of(i, "ccomp"):
        return False
    end = i - 1
    while end > 0 and tree.lower[end] == ",":
        end -= 1
    if tellers := _list_before(tree, end + 1):
        return _tell(tree, i, tellers)
    teller = _phrase_to(tree, end, i)
    if teller is None or tree.dep[teller] not in LOOSE or tree.lower[tree.left[teller] - 1] != ",":
        return False
    if tree.dep[teller] == "conj" and any(tree.lower[k] in JOINING for k in _between(tree, teller)):
        return False
    tree.hang(teller, i, "nsubj")
    return True


def tellers_behind_list(tree: Tree, i: int) -> bool:
    """ "Wounded a guard, a cook and two boys, the army and a doctor said": two of them tell it."""
    told = tree.first(i, "ccomp")
    first = tree.first(i, *SUBJECTS)
    if tree.lemma[i] not in SAYING or told is None or first is None or first > i:
        return False
    object_ = next(iter(tree.of(told, "dobj")), None)
    tellers = _list_before(tree, i)
    if object_ is None or not tellers or first in tellers:
        return False
    comma = tree.left[tellers[0]] - 1
    joined = any(tree.lower[k] in JOINING for k in range(tree.left[first], comma))
    if not joined or tree.lower[tree.left[first] - 1] != "," or tree.left[first] < object_:
        return False
    tree.hang(first, object_, "conj")
    return _tell(tree, i, tellers)


def tellers_for_clause(tree: Tree, i: int) -> bool:
    """ "Killing 14 workers, an official and the owner said": both tell what stands before.

    The parser lets the first be one of the workers, and the second say something beside.
    """
    above, last = tree.head[i], tree.first(i, *SUBJECTS)
    if tree.lemma[i] not in SAYING or tree.dep[i] != "conj" or last is None or tree.of(i, *COMPLEMENTS):
        return False
    joiner = tree.left[last] - 1
    if last > i or tree.pos[above] not in VERBS:
        return False
    tellers = [last]
    if tree.lower[joiner] in JOINING:
        tops = _tops_before(tree, joiner)
        if len(tops) != 1 or tree.dep[tops[0]] not in LOOSE:
            return False
        tree.hang(joiner, tops[0], "cc")
        tellers = [*tops, last]
    elif tree.lower[joiner] != ",":
        return False
    while tree.dep[above] == "conj" and tree.pos[tree.head[above]] in VERBS:
        above = tree.head[above]
    tree.swap(above, i, "ccomp")
    return _tell(tree, i, tellers)


def _tell(tree: Tree, verb: int, tellers: list[int]) -> bool:
    first, *others = tellers
    tree.hang(first, verb, "nsubj")
    for k in others:
        tree.hang(k, first, "conj")
    return True


def _list_before(tree: Tree, end: int) -> list[int]:
    """Give the nouns of a list of two behind the last comma before a token: ", the army and a doctor"."""
    tops = _tops_before(tree, end)
    if not tops:
        return []
    inside = range(tree.left[tops[0]], end)
    joined = [k for k in inside if tree.lower[k] in JOINING and tree.head[k] in tops]
    return tops if joined else []


def _tops_before(tree: Tree, end: int) -> list[int]:
    """Give the nouns on which hangs all between the last comma before a token and it."""
    comma = next((k for k in range(end - 1, 0, -1) if tree.lower[k] == ","), None)
    if comma is None:
        return []
    inside = range(comma + 1, end)
    tops = [k for k in inside if tree.head[k] not in inside and tree.lower[k] not in JOINING]
    if any(tree.pos[k] not in NOUNS for k in tops) or any(tree.pos[k] in VERBS for k in inside):
        return []
    return tops


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
