"""A stretch of text that can be an argument of a triple."""

from __future__ import annotations

from dataclasses import dataclass

from kg.extract import constructions, lexicon
from kg.extract.parse.tree import Tree

COPULAS = lexicon.words("schema/words", "copulas")
QUOTES = lexicon.words("schema/words", "quotes")
ARTICLES = lexicon.words("schema/words", "articles")


@dataclass(frozen=True, slots=True)
class Phrase:
    """A stretch of a block that can be an argument: tokens from `start` to `end`, and what it is.

    `kind` is topic, name, title, member, adjective, time or quantity; `called` are the nouns that the text
    itself calls it; `country` is the country that an adjective stands for.
    """

    start: int
    end: int
    type: str
    kind: str
    text: str
    called: frozenset[str] = frozenset()
    chain: int | None = None
    country: str = ""

    @property
    def named(self) -> bool:
        """Whether it is called by a name or title, as the text has it."""
        return self.kind in ("name", "title")


def capital(tree: Tree, i: int) -> bool:
    """Whether a word is written with a capital."""
    text: str = tree.doc[i].text
    return text[:1].isupper()


def called_by(tree: Tree, start: int, end: int) -> frozenset[str]:
    """Give the noun that stands right before or after a name: "the river Ange", "Ange river"."""
    found = set()
    if start > 0 and tree.pos[start - 1] == "NOUN":
        found.add(tree.lemma[start - 1])
    if start > 1 and tree.lower[start - 1] == "of" and tree.pos[start - 2] == "NOUN":
        found.add(tree.lemma[start - 2])  # "the constellation of Lyra"
    if end < tree.n and tree.pos[end] == "NOUN" and tree.dep[end - 1] in ("compound", "nmod", "amod"):
        found.add(tree.lemma[end])
    renaming = (a.renaming for k in range(start, end) for a in constructions.appositions(tree, k))
    return frozenset(found.union(tree.lemma[k] for k in renaming if tree.pos[k] == "NOUN"))
