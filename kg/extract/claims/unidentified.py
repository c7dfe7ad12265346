"""Triples of clauses that end in a thing of which no reader can tell which it is.

"Verrik turned against the project": a noun with "the" and nothing else, which the text has not named before
and does not describe, points to what only its sentence or a later one makes plain. Of such triples none was
whole to readers, though their clauses are read well. They are told with their claim.

What a clause says of a thing that the whole text calls no more than "it" or "the frog" is told with its
claim, too: of some seven hundred such triples a tenth was whole to readers.
"""

from __future__ import annotations

from kg.extract.claims import rules
from kg.extract.claims.identity import Chains, of_mention
from kg.extract.reading import MentionDraft, Reading

# What `of_mention` notes of a noun that stands alone behind "the" and is new to the text.
BARE = frozenset({"one-word", "definite-new"})


def mark(reading: Reading) -> None:
    """Note which triples of clauses end in a bare noun that points to nothing known."""
    chains, called = Chains(reading), Called(reading)
    for claim in reading.claims:
        if claim.rule not in rules.CLAUSES:
            continue
        nobody = called.leaves_open(claim.subject)
        if claim.object is not None and (nobody or _is_bare(chains, claim.object)):
            claim.partial = True
        bare = (i for i, (_, end) in enumerate(claim.qualifiers) if nobody or _is_bare(chains, end))
        claim.parts |= frozenset(bare)


class Called:
    """Of each thing of a document whether any of its words tell which it is."""

    def __init__(self, reading: Reading) -> None:
        self.told = {m.chain for m in reading.mentions if m.chain is not None and _tells(m)}

    def leaves_open(self, mention: MentionDraft) -> bool:
        """Whether a thing is a mere "it" or "frog" all through the document."""
        if mention.kind not in ("nominal", "pronoun") or _tells(mention):
            return False
        return mention.chain is None or mention.chain not in self.told


def _tells(mention: MentionDraft) -> bool:
    """Whether the words of a mention may pick a thing out: a name, a number, a noun with more than itself."""
    if mention.kind == "pronoun":
        return False
    if mention.kind != "nominal" or mention.description or mention.value is not None:
        return True
    label = mention.label or mention.span.text
    return len(label.split()) > 1 or not label.islower()


def _is_bare(chains: Chains, end: MentionDraft) -> bool:
    if end.kind != "nominal" or end.description:
        return False
    return set(of_mention(chains, end)) >= BARE
