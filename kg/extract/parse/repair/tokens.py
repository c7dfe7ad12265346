"""Repairs around hyphens and numbers."""

from __future__ import annotations

from kg.extract.lexicon import words
from kg.extract.lexicon.sets import NOUNS
from kg.extract.parse.tree import Tree

VERB_PREFIXES = words("repair", "verb_prefixes")
BEFORE_RANGE = words("repair", "before_range")


def amounts_from_to(tree: Tree, i: int) -> bool:
    """ "fell from 19 to 15 euros": two phrases on the verb, where the parser sees one with a range."""
    if tree.lower[i] != "to" or tree.dep[i] not in ("quantmod", "dep", "prep") or i < 2:
        return False
    noun = tree.head[i]
    if noun < i or tree.dep[noun] == "nummod":
        noun = tree.head[noun]
    prep = tree.head[noun]
    if noun <= i or tree.dep[noun] != "pobj" or tree.lower[prep] != "from" or not prep < i < noun:
        return False
    if not _is_amount(tree, prep + 1, i):
        return False
    last = i - 1
    for k in range(prep + 1, last):
        tree.head[k] = last
    tree.hang(last, prep, "pobj")
    tree.hang(i, tree.head[prep], "prep")
    tree.hang(noun, i, "pobj")
    return True


def _is_amount(tree: Tree, start: int, end: int) -> bool:
    """Whether tokens are a number with its unit, and nothing else."""
    tags = tree.tag[start:end]
    return "CD" in tags and all(tag in ("CD", "$", "NN", "NNS", "SYM") for tag in tags)


def is_score(tree: Tree, i: int) -> bool:
    """Whether a score begins at a token ("3-1"): two short numbers that count nothing after them."""
    if i + 2 >= tree.n or tree.lower[i + 1] not in ("-", "–"):
        return False
    if i > 0 and tree.lower[i - 1] in BEFORE_RANGE:
        return False  # years
    first, second = tree.lower[i], tree.lower[i + 2]
    if not (first.isdigit() and second.isdigit() and len(first) <= 3 and len(second) <= 3):
        return False
    return i + 3 >= tree.n or tree.pos[i + 3] not in ("NOUN", "PROPN", "SYM", "NUM", "ADJ")


def score(tree: Tree, i: int) -> bool:
    """ "beat City 3-1": the parser makes the second number an object of the verb."""
    if not is_score(tree, i) or (tree.head[i + 2] == i and tree.head[i + 1] == i):
        return False
    if tree.head[i] in (i + 1, i + 2):
        above = tree.head[i + 2]
        tree.head[i] = above if above not in (i, i + 1) else tree.head[i + 1]
    tree.hang(i + 1, i, "punct")
    tree.hang(i + 2, i, "nummod")
    if tree.pos[tree.head[i]] == "VERB":
        tree.dep[i] = "npadvmod"
    return True


def hyphenated(tree: Tree, i: int) -> bool:
    """ "a cross-section", "the co-founder": the word after the hyphen is no second noun beside the first."""
    if tree.lower[i] != "-" or not 0 < i < tree.n - 1:
        return False
    if tree.doc[i - 1].whitespace_ or tree.doc[i].whitespace_:
        return False
    return any(mend(tree, i) for mend in (_prefixed_verb, _noun_beside, _adjective_beside, _noun_below))


def _prefixed_verb(tree: Tree, i: int) -> bool:
    """ "was co-produced by": the verb is what follows the prefix."""
    left, right = i - 1, i + 1
    if tree.pos[right] != "VERB" or tree.lower[left] not in VERB_PREFIXES or tree.dep[left] == "compound":
        return False
    if tree.head[right] != left and tree.head[left] != right:
        return False
    for k in tree.kids[left]:
        if k != right:
            tree.head[k] = right
    if tree.head[right] == left:
        tree.swap(left, right, "compound")
    tree.dep[left] = "compound"
    tree.hang(i, right, "punct")
    tree.pos[i] = "PUNCT"
    tree.lemma[right] = f"{tree.lower[left]}-{tree.lemma[right]}"
    tree.lower[right] = f"{tree.lower[left]}-{tree.lower[right]}"
    return True


def _noun_beside(tree: Tree, i: int) -> bool:
    """ "took a cross-section": both parts and the hyphen hang on the verb, each by itself."""
    left, right, above = i - 1, i + 1, tree.head[i + 1]
    if tree.dep[i] != tree.dep[right] or tree.pos[right] not in NOUNS:
        return False
    if not tree.head[left] == tree.head[i] == above:
        return False
    for k in [*tree.kids[left], *tree.kids[i], left, i]:
        tree.head[k] = right
    tree.dep[left], tree.dep[i], tree.pos[i] = "compound", "punct", "PUNCT"
    if left > 0 and tree.dep[left - 1] == "acomp" and tree.head[left - 1] == above:
        tree.hang(left - 1, right, "amod")
    return True


def _adjective_beside(tree: Tree, i: int) -> bool:
    """ "is semi-arid": one complement, not two."""
    left, right = i - 1, i + 1
    if tree.dep[left] != "acomp" or tree.dep[right] not in ("acomp", "attr"):
        return False
    if tree.head[left] != tree.head[right]:
        return False
    tree.hang(left, right, "compound")
    tree.hang(i, right, "punct")
    return True


def _noun_below(tree: Tree, i: int) -> bool:
    """ "the co-founder": the noun hangs on its prefix."""
    left, right = i - 1, i + 1
    if tree.head[right] != left or tree.pos[right] not in NOUNS or tree.pos[left] in ("NUM", "VERB"):
        return False
    tree.swap(left, right, "compound")
    return True
