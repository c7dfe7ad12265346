"""Repairs of what renames a noun between commas."""

from __future__ import annotations

from kg.extract.lexicon.sets import NOUNS, VERBS
from kg.extract.parse.tree import Tree

QUOTES = frozenset({'"', "“", "``", "‘", "'"})
SUBJECTS = ("nsubj", "nsubjpass")
# How far behind a noun its new name begins: a comma, and a title of its own.
NEAR = 3


def renaming_subject(tree: Tree, i: int) -> bool:
    """ "Lund's widow, Carol, opened the show": one subject that is renamed, where the parser sees two.

    Or a noun with a clause: 'Her memoirs, "The Long Way", were published'.
    """
    verb, role = tree.head[i], tree.dep[i]
    if tree.pos[i] != "PROPN" or tree.pos[verb] not in (*VERBS, "AUX") or verb < i:
        return False
    host = _hosting(tree, verb)
    first = host if host is not None else _subject_before(tree, verb, i)
    if first is None or tree.of(i, "conj", "cc") or tree.of(first, "conj", "cc"):
        return False
    if not _is_between_commas(tree, first, i, verb):
        return False
    if host is not None:
        tree.swap(host, verb, role)
    tree.hang(i, first, "appos")
    return True


def _subject_before(tree: Tree, verb: int, i: int) -> int | None:
    """Give the noun that is another subject of a verb, before a name."""
    before = [k for k in tree.of(verb, *SUBJECTS) if k < i and tree.pos[k] == "NOUN"]
    return before[-1] if before else None


def _hosting(tree: Tree, verb: int) -> int | None:
    """Give the noun that a whole clause hangs on, as if the sentence were no more than the noun."""
    noun = tree.head[verb]
    finite = any(tree.lower[k] in ("was", "were", "is", "are", "had", "has") for k in tree.of(verb, "auxpass", "aux"))
    hangs = tree.dep[verb] in ("acl", "relcl") and tree.dep[noun] == "ROOT"
    if not (hangs and finite):
        return None
    if tree.tag[noun] == "VBZ" and noun and tree.tag[noun - 1] == "PRP$":  # "Her memoirs", taken for a verb
        tree.pos[noun], tree.tag[noun], tree.lemma[noun] = "NOUN", "NNS", tree.lower[noun].removesuffix("s")
    return noun if tree.pos[noun] == "NOUN" else None


def _is_between_commas(tree: Tree, first: int, i: int, verb: int) -> bool:
    """Whether a name stands between commas right behind a noun, in quotes or not."""
    start = tree.left[i]
    while start - 1 > first and tree.lower[start - 1] in QUOTES:
        start -= 1
    # The comma may hang on either.
    if start - first > NEAR or "," not in (tree.lower[start - 1], tree.lower[start]):
        return False
    between = range(first + 1, start)
    if any(tree.pos[k] in NOUNS or (tree.pos[k] != "PUNCT" and tree.head[k] != i) for k in between):
        return False
    return "," in tree.lower[i + 1 : verb]
