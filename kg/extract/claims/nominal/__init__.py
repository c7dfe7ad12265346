"""Facts that phrases state without a verb: titles, appositions, possessors, places, parties, amounts.

Claims bear the names of the curated relations. An event that a noun tells of ("the sale of Motorola") is
asserted only if the text presents it as having happened.
"""

from __future__ import annotations

from kg.extract.claims.nominal import amounts, events, people, things
from kg.extract.claims.nominal.context import BlockContext
from kg.extract.lexicon.sets import NOUNS, PLACES
from kg.extract.reading import MentionDraft, Reading

UNREAD = frozenset({"header"})


def find(reading: Reading) -> None:
    """Add the nominal facts of a document."""
    by_block: dict[int, list[MentionDraft]] = {}
    for mention in reading.mentions:
        by_block.setdefault(mention.block.index, []).append(mention)
    for block in reading.blocks:
        if block.kind not in UNREAD:
            read(BlockContext(reading, block, by_block.get(block.index, ())))
    for claim in reading.claims:
        # "Her father was French": he is no country.
        if claim.relation == "be" and claim.object and claim.object.kind == "attribute":
            if claim.object.type in PLACES:
                claim.relation = "country" if claim.object.type == "GPE" else "located_in"


def read(ctx: BlockContext) -> None:
    """Add the nominal facts of a block."""
    tree = ctx.tree
    for i in range(tree.n):
        if tree.pos[i] in NOUNS:
            events.parties(ctx, i)
    for name in ctx.names:
        if name.type == "Person":
            people.titles(ctx, name)
            people.appositions(ctx, name)
            people.of_organization(ctx, name)
            people.ages(ctx, name)
            people.lives(ctx, name)
        else:
            things.kind_of(ctx, name)
            things.inside(ctx, name)
    for i in range(tree.n):
        if ctx.demonym[i] is not None:
            things.demonym(ctx, i)
        if tree.pos[i] in NOUNS:
            things.makers(ctx, i)
            if ctx.name[i] is not None:
                things.compound(ctx, i)
            else:
                things.possession(ctx, i)
                things.belonging(ctx, i)
                things.part(ctx, i)
                things.examples(ctx, i)
                amounts.value(ctx, i)
                amounts.holder(ctx, i)
                events.event(ctx, i)
            things.location(ctx, i)
        elif tree.tag[i][:1] in ("V", "J"):
            things.participle(ctx, i)
            people.predicates(ctx, i)
