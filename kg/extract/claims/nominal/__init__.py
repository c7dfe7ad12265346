"""Facts that phrases state without a verb: titles, appositions, possessors, places, parties, amounts.

Claims bear the names of the curated relations. An event that a noun tells of ("the sale of Motorola") is
asserted only if the text presents it as having happened.
"""

from __future__ import annotations

from kg.extract.claims.nominal import (
    aliases,
    amounts,
    appositions,
    belongings,
    births,
    brackets,
    details,
    duties,
    events,
    kin,
    kinds,
    life_lines,
    lives,
    measures,
    nations,
    owners,
    places,
    predicates,
    seats,
    several,
    titles,
    works,
)
from kg.extract.claims.nominal.context import BlockContext
from kg.extract.lexicon.sets import NOUNS
from kg.extract.parse.turns import NO_PROSE
from kg.extract.reading import ClaimDraft, MentionDraft, Reading

# The constructions, in the order in which they are read: one that a noun is used up by comes first.
OF_PERSONS = (
    titles.titles,
    appositions.appositions,
    lives.of_organization,
    lives.long_with,
    lives.ages,
    brackets.of_person,
    nations.of_person,
    lives.born_as,
    aliases.aliases,
    aliases.nickname,
)
OF_NAMES = (
    kinds.kind_of,
    nations.of_thing,
    places.inside,
    places.owned,
    places.built_in,
    brackets.of_thing,
    aliases.aliases,
    seats.town_behind,
    seats.town_within,
)
OF_NAMED_NOUNS = (belongings.makers, belongings.compound, places.location)
OF_NOUNS = (
    several.several,
    several.siblings,
    belongings.makers,
    belongings.possession,
    belongings.belonging,
    belongings.leader,
    belongings.part,
    belongings.owner,
    kinds.examples,
    kinds.homes,
    seats.seat,
    seats.town_before,
    measures.of_noun,
    measures.home_to,
    works.of_noun,
    works.own,
    works.winning,
    kin.by_name,
    aliases.names_before,
    amounts.value,
    amounts.holder,
    amounts.shares,
    events.event,
    places.location,
)
OF_VERBS = (
    belongings.participle,
    lives.age_predicates,
    predicates.predicates,
    predicates.capacities,
    predicates.cabinet,
    duties.duties,
    measures.of_adjective,
    measures.of_verb,
    measures.superlative,
    aliases.called,
    births.born,
    births.among,
    births.opening,
    kin.had,
    kin.survived,
    kin.left,
    kin.one_of_them,
    nations.citizenship,
    works.own,
    works.winning,
)


def find(reading: Reading) -> None:
    """Add the nominal facts of a document."""
    by_block: dict[int, list[MentionDraft]] = {}
    for mention in reading.mentions:
        by_block.setdefault(mention.block.index, []).append(mention)
    contexts = [
        BlockContext(reading, block, by_block.get(block.index, ()))
        for block in reading.blocks
        if block.kind not in NO_PROSE
    ]
    for ctx in contexts:
        read(ctx)
    life_lines.lines(reading, contexts, by_block)
    claims: dict[int, list[ClaimDraft]] = {}
    for claim in reading.claims:
        claims.setdefault(claim.block.index, []).append(claim)
    for ctx in contexts:
        owners.owners(ctx, claims.get(ctx.block.index, ()))


def read(ctx: BlockContext) -> None:
    """Add the nominal facts of a block."""
    for i in range(ctx.tree.n):
        if ctx.tree.pos[i] in NOUNS:
            events.parties(ctx, i)
    measures.distances(ctx)
    _read_names(ctx)
    for i in range(ctx.tree.n):
        if ctx.demonym[i] is not None:
            belongings.demonym(ctx, i)
        if ctx.tree.pos[i] in NOUNS:
            for read_noun in OF_NAMED_NOUNS if ctx.name[i] is not None else OF_NOUNS:
                read_noun(ctx, i)
        elif ctx.tree.tag[i][:1] in ("V", "J") or ctx.tree.dep[i] == "acomp":
            for read_verb in OF_VERBS:
                read_verb(ctx, i)


def _read_names(ctx: BlockContext) -> None:
    """Add what stands around names; what stands between commas is used up before anything else."""
    for name in ctx.names:
        details.details(ctx, name)
    for name in ctx.names:
        if lives.is_maiden(ctx, name):
            continue  # "his wife, Sarah, née Kahn": Kahn is nobody else
        for rule in OF_PERSONS if name.type == "Person" else OF_NAMES:
            rule(ctx, name)
