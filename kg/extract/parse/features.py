"""What the trained component is told of each word piece: its piece, and the case, tag and role of its token.

The encoder is uncased, so the case of a token and of its neighbours comes as a feature of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

SHAPES = ("", "lower", "Title", "UPPER", "mixed", "digit", "punct", "initial", "start Title", "start UPPER")
TAGS = tuple(
    " $ '' , -LRB- -RRB- . : ADD AFX CC CD DT EX FW HYPH IN JJ JJR JJS LS MD NFP NN NNP NNPS NNS PDT POS PRP "
    "PRP$ RB RBR RBS RP SYM TO UH VB VBD VBG VBN VBP VBZ WDT WP WP$ WRB XX _SP ``".split(" ")
)
DEPS = tuple(
    " ROOT acl acomp advcl advmod agent amod appos attr aux auxpass case cc ccomp compound conj csubj "
    "csubjpass dative dep det dobj expl intj mark meta neg nmod npadvmod nsubj nsubjpass nummod oprd "
    "parataxis pcomp pobj poss preconj predet prep prt punct quantmod relcl xcomp".split(" ")
)
TAG_NUMBER = {t: i for i, t in enumerate(TAGS)}
DEP_NUMBER = {t: i for i, t in enumerate(DEPS)}
START, END, UNKNOWN = 101, 102, 100  # in the vocabulary of uncased BERT
LONGEST_WORD = 24  # pieces: what is longer is no word


def shape(token: str, starts: bool) -> int:
    """Give the index of a token's shape in SHAPES."""
    if not any(c.isalnum() for c in token):
        return 6
    if token[0].isdigit():
        return 5
    if token.islower() or not any(c.isupper() for c in token):
        return 1
    if token.isupper():
        if len(token) == 1 or (len(token) == 2 and token[1] == "."):
            return 7
        return 9 if starts else 3
    if token[0].isupper() and token[1:].islower():
        return 8 if starts else 2
    return 4


def numbers(names: Sequence[str], known: Mapping[str, int]) -> NDArray[np.int64]:
    """Give the numbers of names, 0 of one that is not known.

    >>> numbers(["NN", "?"], TAG_NUMBER).tolist() == [TAGS.index("NN"), 0]
    True
    """
    return np.array([known.get(n, 0) for n in names], dtype=np.int64)


def piece_rows(
    pieces_of: Callable[[str], Sequence[int]],
    tokens: list[str],
    tags: list[str],
    deps: list[str],
    starts: list[bool],
) -> dict[str, Any]:
    """Give the row of a run of tokens: a list per feature, and the place of each token's first piece."""
    shapes = [shape(t, s) for t, s in zip(tokens, starts, strict=True)]
    pieces, first, owner = [START], [], [-1]
    for i, token in enumerate(tokens):
        first.append(len(pieces))
        ids = pieces_of(token)[:LONGEST_WORD] or (UNKNOWN,)
        pieces.extend(ids)
        owner.extend([i] * len(ids))
    pieces.append(END)
    owner.append(-1)
    n = len(tokens)
    row: dict[str, Any] = {"pieces": pieces, "first": first}
    row["shape"] = [shapes[i] if i >= 0 else 0 for i in owner]
    row["before"] = [shapes[i - 1] if i > 0 else 0 for i in owner]
    row["after"] = [shapes[i + 1] if 0 <= i < n - 1 else 0 for i in owner]
    row["tag"] = [TAG_NUMBER.get(tags[i], 0) if i >= 0 else 0 for i in owner]
    row["dep"] = [DEP_NUMBER.get(deps[i], 0) if i >= 0 else 0 for i in owner]
    return row
