"""A parsed block as plain lists: quick to walk, and open to repair where the parse is known to err."""

from __future__ import annotations

from typing import Any

from spacy.tokens import Doc

from kg.extract.lexicon import words

DIRECTIONS = words("repair", "directions")


class Tree:
    """The dependency tree of a Doc, tokens as indexes.

    `dep`, `pos`, `tag`, `lemma`, `lower` are lists of strings, `head` of indexes, `kids` of lists of
    indexes in the order of the text. `left` and `right` are the first and last token of the subtree, `char`
    the first characters of the tokens in `text`, the text of the Doc. `sure` says of tokens that were hung
    elsewhere than the parser did how likely that is right.
    """

    # fmt: off
    __slots__ = (
        "char", "dep", "doc", "head", "is_whole", "kids", "left", "lemma", "lower", "n", "pos", "right",
        "sure", "tag", "text",
    )
    # fmt: on

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.n = len(doc)
        tokens = list(doc)  # to iterate over a Doc makes its tokens anew each time
        self.dep: list[str] = [t.dep_ for t in tokens]
        self.pos: list[str] = [t.pos_ for t in tokens]
        self.tag: list[str] = [t.tag_ for t in tokens]
        self.lemma: list[str] = [t.lemma_.lower() for t in tokens]
        self.lower: list[str] = [t.lower_ for t in tokens]
        self.head: list[int] = [t.head.i for t in tokens]
        self.sure: dict[int, float] = {}
        self.char: list[int] = [t.idx for t in tokens]
        self.text = "".join([t.text_with_ws for t in tokens])
        self.index()

    def index(self) -> None:
        """Work out children and edges from `head`; to be called after heads were changed."""
        self.kids: list[list[int]] = [[] for _ in range(self.n)]
        head, kids = self.head, self.kids
        for i, h in enumerate(head):
            if h != i:
                kids[h].append(i)
        left, right = self.left, self.right = list(range(self.n)), list(range(self.n))
        # Written out: this is done for every token of every text, for some again and again.
        order = self.bottom_up()
        # Whether each token hangs on a top: what hangs in a circle is not reached.
        self.is_whole = len(order) == self.n
        for i in order:
            h = head[i]
            if left[i] < left[h]:
                left[h] = left[i]
            if right[i] > right[h]:
                right[h] = right[i]

    def copy(self) -> dict[str, list[Any]]:
        """Give a copy of all that a repair may change, for `restore`."""
        return {name: getattr(self, name)[:] for name in ("dep", "pos", "tag", "lemma", "head")}

    def restore(self, kept: dict[str, list[Any]]) -> None:
        """Take back what was changed since a copy was made."""
        for name, column in kept.items():
            setattr(self, name, column[:])
        self.index()

    def bottom_up(self) -> list[int]:
        """Give every token after all of its descendants."""
        stack = [i for i in range(self.n) if self.head[i] == i]
        order = []
        while stack:
            i = stack.pop()
            order.append(i)
            stack += self.kids[i]
        order.reverse()
        return order

    def of(self, i: int, *deps: str) -> list[int]:
        """Give the children of a token that bear one of these labels."""
        return [k for k in self.kids[i] if self.dep[k] in deps]

    def first(self, i: int, *deps: str) -> int | None:
        """Give the first child of a token that bears one of these labels."""
        for k in self.kids[i]:
            if self.dep[k] in deps:
                return k
        return None

    def with_particle(self, verb: int) -> str:
        """Give the lemma of a verb with its particle: "put_off"."""
        particle = self.first(verb, "prt")
        return self.lemma[verb] if particle is None else f"{self.lemma[verb]}_{self.lower[particle]}"

    def under(self, i: int, *words: str) -> list[int]:
        """Give what stands under the prepositions on a token that are one of some words."""
        return [o for p in self.of(i, "prep") if self.lower[p] in words for o in self.of(p, "pobj")]

    def hang(self, i: int, head: int, dep: str) -> None:
        """Give a token another head and label; `index` is to be called when all is in its place."""
        self.head[i], self.dep[i] = head, dep

    def swap(self, head: int, inner: int, dep: str) -> None:
        """Let a dependent take its head's place, and the head hang on it by a label."""
        root = self.head[head] == head
        self.hang(inner, inner if root else self.head[head], self.dep[head])
        self.hang(head, inner, dep)

    def make_adjective(self, head: int, inner: int) -> None:
        """Let a dependent take its head's place with all that hung there, and the head stand before it."""
        self.swap(head, inner, "amod")
        for k in self.kids[head]:
            if k != inner:
                self.head[k] = inner
        self.pos[head] = "ADJ"

    def conjuncts(self, i: int) -> list[int]:
        """Give a token and all that are coordinated with it, in order.

        What a colon or semicolon separates explains, and is not coordinated.
        """
        found, stack = [], [i]
        while stack:
            j = stack.pop()
            found.append(j)
            stack += [k for k in self.of(j, "conj") if self.lower[self.left[k] - 1] not in (":", ";")]
        return sorted(found)

    def above(self, i: int) -> list[int]:
        """Give what stands above a token, the nearest first."""
        found = []
        while self.head[i] != i:
            i = self.head[i]
            found.append(i)
        return found

    def subtree(self, i: int) -> list[int]:
        """Give a token and its descendants, in order."""
        found, stack = [], [i]
        while stack:
            j = stack.pop()
            found.append(j)
            stack += self.kids[j]
        return sorted(found)
