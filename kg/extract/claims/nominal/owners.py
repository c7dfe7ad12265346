"""Whose the things of claims are: "its sales" are of Harker, the coach of Aldern Rovers is of that team."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg import relations as rel
from kg.extract import constructions
from kg.extract.claims import rules
from kg.extract.claims.nominal.context import BlockContext
from kg.extract.lexicon import words
from kg.extract.lexicon.deverbal import event_nouns
from kg.extract.lexicon.nouns import PARTITIVE
from kg.extract.lexicon.sets import PLACES
from kg.extract.mentions import nominals
from kg.extract.reading import ClaimDraft, MentionDraft

COUNTS = words("noun_phrases", "label", "counts")


def owners(ctx: BlockContext, claims: Iterable[ClaimDraft]) -> None:
    """Say whose each thing without a name is that one of these claims asserts something of."""
    for mention in list(_things(claims)):
        i = mention.head.i
        owner = _possessor(ctx, i)
        if owner is None:
            owner = _governing(ctx, i)
        if owner is not None and ctx.mention(owner) is not mention:
            ctx.add_claim(mention, rules.OF, ctx.mention(owner), rules.OWNER)


def _things(claims: Iterable[ClaimDraft]) -> Iterator[MentionDraft]:
    """Give the things without a name that asserted claims speak of, each once."""
    found: dict[int, MentionDraft] = {}
    for claim in claims:
        if claim.asserted and not claim.negated and claim.relation != rel.INSTANCE_OF:
            for m in (claim.subject, claim.object, *(q for _, q in claim.qualifiers)):
                if m is not None and m.kind == "nominal" and m.block is claim.block:
                    found[id(m)] = m
    yield from found.values()


def _possessor(ctx: BlockContext, i: int) -> int | None:
    """Give whose a noun's thing is by an 's or a pronoun; "women's team" and "today's game" are nobody's."""
    k, tree = constructions.owner_named(ctx.tree, i), ctx.tree
    if k is None or ctx.value[k] is not None or ctx.name[i] is not None:
        return None
    return None if nominals.is_sort(tree, k) and ctx.name[k] is None else k


def _governing(ctx: BlockContext, i: int) -> int | None:
    """Give the name behind "of" that a noun's thing belongs to; a sale of shares is not theirs."""
    lemma = ctx.tree.lemma[i]
    if lemma in PARTITIVE or lemma in COUNTS or lemma in event_nouns() or ctx.name[i] is not None:
        return None
    for o in ctx.objects_of(i, "of")[:1]:
        name = ctx.name[o]
        if name is not None and not (name.type in PLACES and ctx.noun_type(i) in PLACES):
            return o
    return None
