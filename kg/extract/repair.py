"""Repairs of known mistakes of the parser, each from evidence around it.

A repair is a function on a `Tree` that changes heads and labels and says whether it did. They run before
anything reads the tree; spaCy's Doc stays as it is.
"""

from __future__ import annotations

from collections.abc import Callable

from kg.extract.reading import ParsedBlock
from kg.extract.tree import Tree

LOCATIVE = frozenset({"in", "at", "on", "near", "from", "of", "against", "between", "for"})
# Forms that the lookup lemmatizer takes for another verb's.
LEMMAS = {"hoping": "hope", "hoped": "hope", "felled": "fell", "founded": "found", "lied": "lie"}


def repair(tree: Tree) -> None:
    """Mend a tree in place."""
    for i, word in enumerate(tree.lower):
        if word in LEMMAS and tree.pos[i] == "VERB":
            tree.lemma[i] = LEMMAS[word]
    changed = False
    for i in range(tree.n):
        for mend in REPAIRS:
            if mend(tree, i):
                changed = True
                tree.index()
    if changed:
        tree.index()


def absolute_behind_place(tree: Tree, i: int) -> bool:
    """ "With the toll in Gaza surpassing 500": the toll surpasses, it is not Gaza that does.

    The parser makes "Gaza" the subject of a participle under "in"; it is the object of "in".
    """
    if tree.dep[i] != "pcomp" or tree.pos[i] != "VERB" or tree.tag[i] not in ("VBG", "VBN"):
        return False
    prep = tree.head[i]
    noun = tree.head[prep]
    if (
        tree.lower[prep] not in LOCATIVE
        or tree.pos[noun] not in ("NOUN", "PROPN")
        or tree.dep[noun] != "pobj"
    ):
        return False
    if tree.lower[tree.head[noun]] not in ("with", "despite", "amid"):
        return False
    subject = tree.first(i, "nsubj", "nsubjpass")
    if subject is None or tree.left[subject] != prep + 1:
        return False
    tree.head[subject], tree.dep[subject] = prep, "pobj"
    tree.head[i], tree.dep[i] = noun, "acl"
    return True


def others_after_some(tree: Tree, i: int) -> bool:
    """ "some calling for talks and others demanding war": "others" is the subject of the second verb."""
    if tree.lower[i] != "others" or tree.dep[i] != "conj":
        return False
    verb = next((k for k in tree.of(i, "acl", "relcl") if tree.tag[k] in ("VBG", "VBN") and k == i + 1), None)
    if verb is None:
        return False
    above = tree.head[i]
    while tree.head[above] != above:
        above = tree.head[above]
        if tree.pos[above] == "VERB" and any(
            tree.lower[k] in ("some", "many") for k in tree.of(above, "nsubj")
        ):
            tree.head[verb], tree.dep[verb] = above, "conj"
            tree.head[i], tree.dep[i] = verb, "nsubj"
            return True
    return False


REPAIRS: tuple[Callable[[Tree, int], bool], ...] = (absolute_behind_place, others_after_some)


def tree_of(block: ParsedBlock) -> Tree:
    """Give the tree of a block, made once."""
    if block.tree is None:
        block.tree = Tree(block.doc)
        repair(block.tree)
    tree: Tree = block.tree
    return tree
