"""Repairs of what stands aside: "that said", "Your Honor", "(also called …)", "…, where he died"."""

from __future__ import annotations

from kg.extract.lexicon import SAYING, words
from kg.extract.lexicon.sets import NOUNS, VERBS
from kg.extract.parse.tree import Tree

CALLING = words("repair", "aside", "calling")
BEFORE_CALLED = words("repair", "aside", "before_called")
ADDRESSES = words("repair", "aside", "addresses")
WHERE = frozenset({"where", "which", "who", "whose"})
TROUBLE = words("factuality", "nouns", "trouble")
PLEASURE = words("repair", "aside", "pleasure")
BETWEEN_TWINS = frozenset({"to", "by", "in", "after", "for"})
HAVING = words("repair", "aside", "having")


def that_said(tree: Tree, i: int) -> bool:
    """ "That said, the firm is small": who says so is nobody, and the firm is small."""
    start = tree.doc[i].sent.start
    if tree.lower[start:i] not in (["that"], ["this"], ["that", "being"]) or tree.lower[i + 1 : i + 2] != [
        ","
    ]:
        return False
    clause = tree.first(i, "ccomp")
    if clause is not None and clause > i:
        tree.swap(i, clause, "dep")
        for k in tree.kids[i]:
            if k != clause and k > i:
                tree.head[k] = clause
    elif tree.head[i] == i:
        return False
    for k in range(start, i + 1):
        tree.pos[k], tree.dep[k] = "ADV", "dep"
        if k < i:
            tree.head[k] = i
    return True


def address_between_commas(tree: Tree, i: int) -> bool:
    """ "Our position is, Your Honor, that he left": who is spoken to is nothing that is told of."""
    first = tree.left[i]
    if first != i - 1 or tree.lower[first] not in ("your", "my"):
        return False
    closed = tree.lower[i + 1 : i + 2] == [","]
    opened = first == tree.doc[i].sent.start or tree.lower[first - 1] == ","
    if not (closed and opened) or tree.head[i] == i:
        return False
    for k in tree.kids[i]:
        if k > i:
            told = tree.dep[k] in ("relcl", "acl") and tree.lower[tree.left[k]] == "that"
            tree.hang(k, tree.head[i], "ccomp" if told else tree.dep[k])
    tree.dep[i] = "intj"
    return True


def called_behind_comma(tree: Tree, i: int) -> bool:
    """ "Flew to Lund Field, also called “L-1”": called so is what stands before the comma."""
    if tree.tag[i] not in ("VBN", "VBD") or tree.lemma[i] not in CALLING or i < 3:
        return False
    if tree.of(i, "nsubj", "nsubjpass", "aux", "auxpass", "mark"):
        return False
    mark = i - 1
    while mark > 0 and tree.lower[mark] in BEFORE_CALLED:
        mark -= 1
    noun = mark - 1
    if mark == i - 1 or tree.lower[mark] not in (",", "(") or noun < 0 or tree.pos[noun] not in NOUNS:
        return False
    if tree.head[i] == noun or i in tree.above(noun):
        return False
    tree.hang(i, noun, "acl")
    tree.tag[i] = "VBN"
    for k in range(mark, i):
        tree.head[k] = i
    return True


def relative_for_complement(tree: Tree, i: int) -> bool:
    """ "Taught at Lund, where he died": a clause behind a comma tells of the place, and is no object."""
    first, verb = tree.left[i], tree.head[i]
    if tree.lower[first] == "(":
        first += 1
    if tree.lower[first] not in WHERE or first < 2 or tree.lower[first - 1] not in (",", "("):
        return False
    if i < verb or tree.pos[verb] not in VERBS or tree.lemma[verb] == "be":
        return False
    if tree.lemma[verb] in SAYING and tree.lower[first - 1] != "(":
        return False
    noun = first - 2
    if tree.pos[noun] not in NOUNS or i in tree.above(noun):
        tree.dep[i] = "parataxis" if tree.lower[first] == "which" else tree.dep[i]
        return tree.dep[i] == "parataxis"
    tree.hang(i, noun, "relcl")
    return True


def gerund_of_trouble(tree: Tree, i: int) -> bool:
    """ "Had trouble finding a tenant": who has the trouble finds, or does not; the trouble does not."""
    noun = tree.head[i]
    verb = tree.head[noun]
    if tree.tag[i] != "VBG" or noun > i or tree.dep[noun] != "dobj" or tree.lemma[verb] not in HAVING:
        return False
    if tree.lemma[noun] not in TROUBLE and tree.lemma[noun] not in PLEASURE:
        return False
    if tree.lower[tree.left[i] - 1] == ",":
        return False
    tree.hang(i, verb, "advcl")
    return True


def both_and(tree: Tree, i: int) -> bool:
    """ "Drew both praise for helping the girls and criticism": what "and" joins is the praise."""
    noun = tree.head[i]
    if not _pairs(tree, i, noun):
        return False
    inside = range(noun + 1, tree.right[tree.head[noun]] + 1)
    joined = [k for k in inside if tree.dep[k] == "conj" and tree.pos[k] in NOUNS and tree.head[k] > noun]
    if len(joined) != 1:
        return False
    other = joined[0]
    joiner = [k for k in tree.of(tree.head[other], "cc") if tree.lower[k] == "and" and k < other]
    if not joiner:
        return False
    for k in tree.of(tree.head[noun], "prep"):
        if k == tree.right[noun] + 1:
            tree.head[k] = noun  # "praise for helping the girls"
    tree.hang(other, noun, "conj")
    tree.hang(joiner[-1], noun, "cc")
    return True


def _pairs(tree: Tree, i: int, noun: int) -> bool:
    """Whether "both" stands before the first of two nouns, the second of which is not joined to it."""
    before = tree.dep[i] == "preconj" or (tree.dep[i] == "det" and tree.tag[noun] == "NN")
    return before and noun > i and not tree.of(noun, "cc", "conj")


def side_by_side(tree: Tree, i: int) -> bool:
    """ "Stand shoulder to shoulder with them": how one stands, and nothing that is stood or shouldered."""
    twin = i + 2
    if twin >= tree.n or tree.lower[twin] != tree.lower[i] or tree.lower[i + 1] not in BETWEEN_TWINS:
        return False
    verb = tree.head[i]
    if (
        verb >= i
        or tree.dep[i] not in ("dobj", "npadvmod", "advmod", "attr")
        or tree.kids[i] not in ([], [i + 1])
    ):
        return False
    for k in tree.kids[twin]:
        if k > twin:
            tree.head[k] = verb
    tree.hang(i, verb, "advmod")
    tree.hang(i + 1, i, "dep")
    tree.hang(twin, i, "dep")
    for k in (i, i + 1, twin):
        tree.pos[k] = "ADV"
        tree.tag[k] = "RB"
    return True


def infinitive_before_colon(tree: Tree, i: int) -> bool:
    """ "To clarify: the firm is small": why somebody says so, and nothing that the firm does."""
    first = tree.doc[i].sent.start
    if (
        tree.tag[i] != "VB"
        or tree.lower[first] != "to"
        or i != first + 1
        or tree.lower[i + 1 : i + 2] != [":"]
    ):
        return False
    tree.dep[i], tree.pos[i] = "dep", "ADV"
    return True
