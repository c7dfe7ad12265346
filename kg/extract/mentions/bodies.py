"""Whose "the board" and "the chairman" are in a text about one firm or club: that one's."""

from __future__ import annotations

from collections.abc import Callable

from kg.extract.lexicon import words
from kg.extract.lexicon.sets import PLACES
from kg.extract.parse.tree import Tree
from kg.extract.reading import MentionDraft, Reading
from kg.model import HEADS

# What a firm or club has one of, and who stands at its head.
ORGANS = words("noun_phrases", "identity", "organs")
# What a firm reports of itself, with an article or without.
FIGURES = words("noun_phrases", "identity", "figures")
RANKS = words("noun_phrases", "identity", "ranks")
# What has no board or chairman of its own in this sense, by the last word of its name.
NO_TRADER = words("coref", "nominals", "no_trader")
# How often the one that a text is about is mentioned at least, and how much oftener than any other.
LEAST, TIMES = 4, 2
DEFINITE = frozenset({"the"})


class Bodies:
    """Knows the one organization that a text is about; `name_of` gives the name that its mentions bear."""

    def __init__(
        self,
        reading: Reading,
        chains: dict[int, list[MentionDraft]],
        name_of: Callable[[list[MentionDraft]], str],
    ) -> None:
        self.reading = reading
        main = _talked_of(reading, chains)
        self.name, self.chain = (name_of(main), main[0].chain) if main else ("", None)

    def owner(self, m: MentionDraft, tree: Tree) -> str:
        """Give whose a board, a chairman or a figure without an owner is by being of that one, else empty."""
        if not self.name or not _is_organ(tree, m.head.i):
            return ""
        other = tree.lemma[m.head.i] in FIGURES and self._tells_of_another(m)
        return "" if other else self.name

    def _tells_of_another(self, m: MentionDraft) -> bool:
        """Whether the sentence of a figure, or the one before, speaks of another organization."""
        sentence = m.head.sent
        before = m.block.doc[sentence.start - 1].sent if sentence.start else sentence
        there = (o for o in self.reading.mentions if o.block is m.block and o.type == "Organization")
        return any(
            before.start <= o.head.i < sentence.end and (o.chain is None or o.chain != self.chain)
            for o in there
            if o is not m
        )


def _talked_of(reading: Reading, chains: dict[int, list[MentionDraft]]) -> list[MentionDraft]:
    """Give the mentions of the organization that a text is about, none if there is no such one.

    Its title or first sentence names it, and it is mentioned far oftener than any other.
    """
    found = [members for members in chains.values() if _is_body(members)]
    found.sort(key=len, reverse=True)
    if not found or len(found[0]) < LEAST:
        return []
    if len(found) > 1 and len(found[0]) < TIMES * len(found[1]):
        return []
    return found[0] if any(_leads(reading, m) for m in found[0] if m.kind == "name") else []


def _is_organ(tree: Tree, i: int) -> bool:
    """Whether a noun is "the board", "the chairman" or "net profit", with nothing that says whose."""
    articles = {tree.lower[k] for k in tree.of(i, "det")}
    organ = tree.lemma[i] in ORGANS and tree.tag[i] != "NNS" and articles & DEFINITE
    if not organ and (tree.lemma[i] not in FIGURES or articles - DEFINITE):
        return False
    return not any(_tells(tree, k) for k in tree.kids[i])


def _tells(tree: Tree, k: int) -> bool:
    """Whether what hangs on a noun may say whose it is."""
    if tree.dep[k] in ("relcl", "acl"):
        return tree.lower[tree.left[k] - 1] != ","
    return tree.dep[k] in ("prep", "nmod", "amod", "compound") and tree.lower[k] not in RANKS


def _is_body(members: list[MentionDraft]) -> bool:
    names = [m for m in members if m.kind == "name"]
    if not names or any(m.type in PLACES for m in names):
        return False
    return all(m.type == "Organization" for m in names) and names[0].span[-1].lower_ not in NO_TRADER


def _leads(reading: Reading, m: MentionDraft) -> bool:
    if m.block.kind in HEADS:
        return True
    first = next((b for b in reading.blocks if b.kind not in HEADS), None)
    return m.block is first and m.head.sent.start == first.doc[0].sent.start
