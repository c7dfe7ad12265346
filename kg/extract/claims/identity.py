"""What tells that an argument is a thing that a reader could point to: a name, an owner, what picks it out.

Readers of single facts found bare nouns ("strikes damage supply routes") the commonest fault by far. These
are features beside those of `features.py`, for all that the document says of the argument's chain.
"""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract import constructions
from kg.extract.claims.features import PROPER_TAGS
from kg.extract.lexicon.sets import MODIFYING
from kg.extract.parse.repair import tree_of
from kg.extract.parse.tree import Tree
from kg.extract.reading import MentionDraft, Reading

# Labels of more words than this are alike.
WORDY = 6
DEFINITE = frozenset(("the", "this", "that", "these", "those"))
OWN = frozenset(("his", "her", "its", "their", "our", "my", "your"))


class Chains:
    """Of each chain of a document whether it has a name, and how many of its mentions are no pronouns."""

    def __init__(self, reading: Reading) -> None:
        self.named: set[int] = set()
        self.count: dict[int, int] = {}
        for mention in reading.mentions:
            if mention.chain is None:
                continue
            if mention.kind == "name":
                self.named.add(mention.chain)
            if mention.kind != "pronoun":
                self.count[mention.chain] = self.count.get(mention.chain, 0) + 1
        # Of each claim that tells of an event whose class is known, how many of its ends are roles of it.
        self.roles: dict[int, int] = {}
        for event in reading.events:
            ends: dict[int, set[int]] = {}
            for role in event.roles:
                if role.slot.claim is not None:
                    ends.setdefault(id(role.slot.claim), set()).add(id(role.mention))
            for claim, filling in ends.items():
                self.roles[claim] = max(self.roles.get(claim, 0), len(filling))

    def is_known(self, mention: MentionDraft) -> bool:
        """Whether the document calls an argument something more than once."""
        return mention.chain is not None and self.count.get(mention.chain, 1) > 1

    def is_named(self, mention: MentionDraft | None) -> bool:
        """Whether an argument is called by a name, here or elsewhere in the document."""
        return mention is not None and (mention.kind == "name" or mention.chain in self.named)


def of_pair(chains: Chains, subject: MentionDraft, end: MentionDraft | None) -> Iterator[str]:
    """Give the features of both ends of a triple together, and of each."""
    if end is not None and end.kind in ("name", "nominal", "pronoun"):
        count = chains.is_named(subject) + chains.is_named(end)
        yield ("none-named", "one-named", "both-named")[count]
    elif chains.is_named(subject):
        yield "subject-named"
    yield from (f"subject-{name}" for name in of_mention(chains, subject))
    yield from _of_kind("subject", subject)
    if end is None:
        return
    yield from (f"end-{name}" for name in of_mention(chains, end))
    yield from _of_kind("end", end)
    yield f"classes:{subject.type}-{end.type}"


def _of_kind(which: str, mention: MentionDraft) -> Iterator[str]:
    """Give the class of an argument, how long its label is, and whether it was given a fuller one."""
    if mention.kind in ("name", "nominal", "event"):
        yield f"{which}-class:{mention.type}"
    if mention.kind == "nominal":
        told = "described" if mention.description else "undescribed"
        yield f"{which}-{told}"
        label = mention.description or mention.label or mention.span.text
        yield f"{which}-words:{min(WORDY, len(label.split()))}"


def of_mention(chains: Chains, mention: MentionDraft) -> Iterator[str]:
    """Give the features of one argument: what it is called, and what picks it out."""
    if mention.kind == "pronoun":
        yield "pronoun-named" if chains.is_named(mention) else "pronoun-unnamed"
        return
    if mention.kind != "nominal":
        return
    if chains.is_named(mention):
        yield "called-by-name"
        return
    label = (mention.label or mention.span.text).split()
    if len(label) == 1:
        yield "one-word"
    if any(word[:1].isupper() for word in label):
        yield "name-inside"
    yield from _of_phrase(chains, mention)


def _of_phrase(chains: Chains, mention: MentionDraft) -> Iterator[str]:
    """What stands with the noun: article, owner, number, modifiers, an of-phrase."""
    tree, head = tree_of(mention.block), mention.head.i
    yield from _of_article(tree, head, known=chains.is_known(mention))
    if mention.value is not None:
        yield "counted"
    for found in constructions.possessives(tree, head):
        yield "owner-unnamed" if tree.lower[found.owner] in OWN else "owned"
    if tree.first(head, *MODIFYING) is not None:
        yield "modified"
    yield from _of_inside(tree, head)


def _of_article(tree: Tree, head: int, *, known: bool) -> Iterator[str]:
    """What its article says of a noun, and whether the document has named the thing before."""
    articles = {tree.lower[k] for k in tree.of(head, "det")}
    if articles & DEFINITE:
        yield "definite-known" if known else "definite-new"
    elif not articles and tree.tag[head] == "NNS":
        yield "plural-bare"


def _of_inside(tree: Tree, head: int) -> Iterator[str]:
    """What an of-phrase behind a noun has in it: a name, or nouns alone."""
    after = tree.of(head, "prep")
    if any(tree.lower[k] == "of" for k in after):
        inside = [j for k in after for j in tree.subtree(k)]
        yield "of-name" if any(tree.tag[j] in PROPER_TAGS for j in inside) else "of-noun"
