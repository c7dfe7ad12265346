"""Phrases as they stand in the text: which tokens belong to one, and how they are written out."""

from __future__ import annotations

from collections.abc import Iterable

from kg.extract import constructions, lexicon
from kg.extract.lexicon.sets import ADJOINED, CLAUSAL, COORDINATION, WH
from kg.extract.parse.tree import Tree

BARE = ADJOINED
MINIMAL = BARE | {"prep"}
OPENING, CLOSING = lexicon.words("tuples", "opening_quotes"), lexicon.words("tuples", "closing_quotes")
JOINTS = lexicon.words("tuples", "joints")
BLANK = frozenset({"PUNCT", "SPACE"})
# Tags of what opens a relative clause that only tells more.
RELATIVE = WH | {"WP$", "IN"}


def text_of(tree: Tree, tokens: Iterable[int]) -> str:
    """Give tokens as they stand, with one blank where something between them is left out."""
    runs: list[list[int]] = []
    for t in tokens:
        if runs and runs[-1][1] == t:
            runs[-1][1] = t + 1
        else:
            runs.append([t, t + 1])
    return " ".join(" ".join(tree.doc[a:b].text for a, b in runs).split())


def quoted(tree: Tree, tokens: list[int]) -> list[int]:
    """Take in the quotation marks around a phrase, and the one that closes or opens what it holds half of."""
    words = tree.lower
    first, last = tokens[0], tokens[-1]
    before, after = first - 1, last + 1
    while before > 0 and words[before] == "`" == words[before - 1]:
        before -= 1
    opened, closed = _quotes(tree, first, after)
    begins = first > 0 and words[first - 1] in OPENING
    ends = after < tree.n and words[after] in CLOSING
    around = begins and ends and closed == opened
    if around or (begins and closed > opened):
        tokens = [*range(before, first), *tokens]
    if around or (ends and opened > closed):
        tokens = [*tokens, after]
    return tokens


def _quotes(tree: Tree, start: int, end: int) -> tuple[int, int]:
    """Count the quotation marks that open and that close, "`" before another one as part of it."""
    words = tree.lower
    opened = sum(words[t] in OPENING and words[t - 1] != "`" for t in range(start, end))
    return opened, sum(words[t] in CLOSING for t in range(start, end))


def trimmed(tree: Tree, tokens: list[int], head: int) -> list[int]:
    """Take punctuation and blanks off both ends, but not closing quotes of what was opened inside."""
    tokens = sorted(tokens)
    while tokens and tokens[0] < head and tree.pos[tokens[0]] in BLANK and tree.lower[tokens[0]] != "``":
        tokens.pop(0)
    while tokens[-1] > head and tree.pos[tokens[-1]] in BLANK and tree.lower[tokens[-1]] != "''":
        tokens.pop()
    return tokens


def phrase(tree: Tree, i: int, without: frozenset[str] = CLAUSAL, but: int = -1) -> list[int]:
    """Give the tokens of the phrase that a token heads, without what is coordinated with it.

    `but` heads a clause on the noun that is left out, too.
    """
    path = _path(tree, but)
    kept, minimal = [i], "prep" in without
    stack = [k for k in tree.kids[i] if tree.dep[k] not in COORDINATION]
    while stack:
        j = stack.pop()
        if j in path and j != i:
            continue
        if tree.dep[j] in without and tree.lower[j] != "of" and (minimal or not _belongs(tree, i, j)):
            continue
        kept.append(j)
        stack += tree.kids[j]
    inside = set(kept)
    # A comma stands only between two words that are there.
    kept = [t for t in kept if t == i or tree.lower[t] not in JOINTS or (t - 1 in inside and t + 1 in inside)]
    return quoted(tree, trimmed(tree, kept, i))


def _path(tree: Tree, i: int) -> set[int]:
    """Give a token and all above it; nothing for -1."""
    path: set[int] = set()
    while i >= 0 and i not in path:
        path.add(i)
        i = tree.head[i]
    return path


def _belongs(tree: Tree, i: int, j: int) -> bool:
    """Whether what hangs on a noun picks it out: "the author Anna Berg", "a man he met", "the car he sold".

    No comma parts it from the noun, and no pronoun opens it.
    """
    first = tree.left[j]
    if first <= i or tree.pos[first - 1] == "PUNCT":
        return False
    if tree.dep[j] == "relcl":
        return tree.tag[first] not in RELATIVE
    return tree.dep[j] == "acl" or constructions.apposition(tree, j) is not None


def without(tree: Tree, tokens: Iterable[int], i: int) -> list[int]:
    """Give tokens less those that a token and its descendants are."""
    inside = set(tree.subtree(i))
    return [t for t in tokens if t not in inside]


def clause_text(tree: Tree, i: int) -> list[int]:
    """Give the tokens of a clause."""
    return quoted(tree, trimmed(tree, tree.subtree(i), i))
