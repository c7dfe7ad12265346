"""Facts that phrases state without a verb: titles, appositions, possessors, places, parties, amounts.

Claims bear the names of the curated relations. An event that a noun tells of ("the sale of Motorola") is
asserted only if the text presents it as having happened.
"""

from __future__ import annotations

from kg.extract.claims.nominal import amounts, events, people, things
from kg.extract.claims.nominal.context import NOUNS, PLACES, Page
from kg.extract.reading import MentionDraft, Reading

UNREAD = frozenset({"header"})


def find(reading: Reading) -> None:
    """Add the nominal facts of a document."""
    by_block: dict[int, list[MentionDraft]] = {}
    for mention in reading.mentions:
        by_block.setdefault(mention.block.index, []).append(mention)
    for block in reading.blocks:
        if block.kind not in UNREAD:
            read(Page(reading, block, by_block.get(block.index, ())))
    for claim in reading.claims:
        # "Her father was French": he is no country.
        if claim.relation == "be" and claim.object and claim.object.kind == "attribute":
            if claim.object.type in PLACES:
                claim.relation = "country" if claim.object.type == "GPE" else "located_in"


def read(page: Page) -> None:
    """Add the nominal facts of a block."""
    tree = page.tree
    for i in range(tree.n):
        if tree.pos[i] in NOUNS:
            events.parties(page, i)
    for name in page.names:
        if name.type == "Person":
            people.titles(page, name)
            people.appositions(page, name)
            people.of_organization(page, name)
            people.ages(page, name)
            people.lives(page, name)
        else:
            things.kind_of(page, name)
            things.inside(page, name)
    for i in range(tree.n):
        if page.demonym[i] is not None:
            things.demonym(page, i)
        if tree.pos[i] in NOUNS:
            things.makers(page, i)
            if page.name[i] is not None:
                things.compound(page, i)
            else:
                things.possession(page, i)
                things.belonging(page, i)
                things.part(page, i)
                things.examples(page, i)
                amounts.value(page, i)
                amounts.holder(page, i)
                events.event(page, i)
            things.location(page, i)
        elif tree.tag[i][:1] in ("V", "J"):
            things.participle(page, i)
            people.predicates(page, i)
