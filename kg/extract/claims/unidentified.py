"""Triples of clauses that end in a thing of which no reader can tell which it is.

"Verrik turned against the project": a noun with "the" and nothing else, which the text has not named before
and does not describe, points to what only its sentence or a later one makes plain. Of such triples none was
whole to readers, though their clauses are read well. They are told with their claim.
"""

from __future__ import annotations

from kg.extract.claims import rules
from kg.extract.claims.identity import Chains, of_mention
from kg.extract.reading import MentionDraft, Reading

# What `of_mention` notes of a noun that stands alone behind "the" and is new to the text.
BARE = frozenset({"one-word", "definite-new"})


def mark(reading: Reading) -> None:
    """Note which triples of clauses end in a bare noun that points to nothing known."""
    chains = Chains(reading)
    for claim in reading.claims:
        if claim.rule not in rules.CLAUSES:
            continue
        if claim.object is not None and _is_bare(chains, claim.object):
            claim.partial = True
        bare = (i for i, (_, end) in enumerate(claim.qualifiers) if _is_bare(chains, end))
        claim.parts |= frozenset(bare)


def _is_bare(chains: Chains, end: MentionDraft) -> bool:
    if end.kind != "nominal" or end.description:
        return False
    return set(of_mention(chains, end)) >= BARE
