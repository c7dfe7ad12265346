"""Who is called by what he did or what was done to him: "the buyer" bought, "the defendant" was charged."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator

from spacy.tokens import Token

from kg.extract.coref.cluster import Clusters, CorefCluster, gender_of_word
from kg.extract.lexicon import mapping
from kg.extract.reading import ClaimDraft, MentionDraft, ParsedBlock

# Classes of who does what a noun says, and of to whom it is done.
DOERS = frozenset({"Person", "Organization", "GPE", "Group"})
SUFFERERS = frozenset({"Person"})
# Sentences back to the deed: many buy and sell in one text, few are tried, one began it.
FAR, NEAR = 1000, 2
Role = Callable[[ClaimDraft], MentionDraft | None]


def by_deed(clusters: Clusters, block: ParsedBlock, token: Token) -> CorefCluster | None:
    """Give the one person with a name to whom was done what a noun says: "the victim" was killed."""
    return _only(clusters, block, token, {"done_to": _sufferer}, SUFFERERS, FAR)


def killed(clusters: Clusters, block: ParsedBlock, token: Token) -> CorefCluster | None:
    """Give the one person with a name who is "the dead man"; a woman is not."""
    thing = _only(clusters, block, token, {"done_to": _sufferer}, SUFFERERS, FAR, noun="deceased")
    clash = thing is not None and thing.gender * gender_of_word(token.lower_) < 0
    return None if clash else thing


def by_doing(clusters: Clusters, block: ParsedBlock, token: Token) -> CorefCluster | None:
    """Give the one with a name who did, or is to do, what a noun says: "the buyer" buys."""
    return _only(clusters, block, token, {"beginning": _doer}, DOERS, FAR) or _only(
        clusters, block, token, {"doing": _doer, "getting": _getter}, DOERS, NEAR
    )


def _only(
    clusters: Clusters,
    block: ParsedBlock,
    token: Token,
    roles: dict[str, Role],
    kinds: frozenset[str],
    reach: int,
    *,
    noun: str = "",
) -> CorefCluster | None:
    lemma, found = noun or clusters.trees[block.index].lemma[token.i], dict[int, CorefCluster]()
    for table, role in roles.items():
        for claim in _claims(clusters, block, token, _verbs(table, lemma), reach):
            who = role(claim)
            if who is not None and (who.kind == "name" or clusters.chained(who)):
                thing = clusters.cluster_of(who)
                if thing.named and thing.type in kinds:
                    found[id(thing)] = thing
    return next(iter(found.values())) if len(found) == 1 else None


def _claims(
    clusters: Clusters, block: ParsedBlock, token: Token, verbs: frozenset[str], reach: int
) -> Iterator[ClaimDraft]:
    """Give what the last sentences up to a token say with some verbs."""
    here = clusters.sentence_at(block, token)
    for claim in clusters.reading.claims if verbs else ():
        if claim.negated or verbs.isdisjoint(t.lemma_.lower() for t in claim.words):
            continue
        before = (claim.block.index, claim.words[0].i) <= (block.index, token.i)
        if before and here - clusters.sentence_at(claim.block, claim.words[0]) <= reach:
            yield claim


def _doer(claim: ClaimDraft) -> MentionDraft | None:
    return None if claim.relation.startswith("be_") else claim.subject


def _sufferer(claim: ClaimDraft) -> MentionDraft | None:
    return claim.subject if claim.relation.startswith("be_") else claim.object


def _getter(claim: ClaimDraft) -> MentionDraft | None:
    return next((m for role, m in claim.qualifiers if role == "to"), None)


@functools.cache
def _verbs(table: str, lemma: str) -> frozenset[str]:
    known = mapping("coref", "nominals", table)
    return frozenset(v for nouns, verbs in known.items() if lemma in nouns.split() for v in verbs.split())
