"""Repairs of what renames a noun between commas."""

from __future__ import annotations

from kg.extract.lexicon.sets import NOUNS, VERBS
from kg.extract.parse.tree import Tree

SUBJECTS = ("nsubj", "nsubjpass")


def renaming_subject(tree: Tree, i: int) -> bool:
    """ "Lund's widow, Carol, opened the show": one subject that is renamed, where the parser sees two."""
    verb, first = tree.head[i], None
    if tree.pos[i] != "PROPN" or tree.pos[verb] not in (*VERBS, "AUX") or verb < i:
        return False
    for k in tree.of(verb, *SUBJECTS):
        if k < i and tree.pos[k] == "NOUN":
            first = k
    if first is None or tree.of(i, "conj", "cc") or tree.of(first, "conj", "cc"):
        return False
    # The comma may hang on either, and a name may have a title of its own: "the widow, Mrs Lund,".
    if tree.left[i] - first > 3 or tree.lower[tree.left[i] - 1] != "," and tree.lower[tree.left[i]] != ",":
        return False
    between = range(first + 1, tree.left[i])
    if any(tree.pos[k] not in ("PUNCT", "PROPN") and tree.head[k] != i for k in between):
        return False
    if "," not in tree.lower[i + 1 : verb] or any(tree.pos[k] in NOUNS for k in between):
        return False
    tree.hang(i, first, "appos")
    return True
