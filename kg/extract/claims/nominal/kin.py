"""Kin that somebody is said to have: "had two brothers, Niklaus and Johann"."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract import constructions
from kg.extract.claims import rules
from kg.extract.claims.nominal.context import BlockContext
from kg.extract.claims.nominal.offices import kin_at
from kg.extract.lexicon.sets import VERBS
from kg.extract.reading import MentionDraft

# How far behind its verb the list of somebody's kin may go.
_LONGEST = 60
_STOPPING = frozenset((";", ":", "with", "by", "who", "when", "while", "after", "before"))


def had(ctx: BlockContext, verb: int) -> None:
    """ "She has two daughters, Matilda (b. 2009) and Anna, and a son, Ralph": each with a name."""
    tree, how = ctx.tree, ctx.block.factualities.get(verb)
    if tree.lemma[verb] != "have" or how is None:
        return
    first = next((o for o in tree.of(verb, "dobj") if kin_at(tree, o) is not None), None)
    if first is None:
        return
    named = list(_named(ctx, first))
    for s in tree.of(verb, "nsubj") if named else ():
        for owner in (ctx.mention(c) for c in tree.conjuncts(ctx.antecedent(s, verb))):
            for noun, relation, person in named if owner.type == "Person" else ():
                tokens = [ctx.doc[noun]]
                ctx.add_claim(owner, relation, person, rules.KIN_HAVE, tokens=tokens, factuality=how)


def _named(ctx: BlockContext, first: int) -> Iterator[tuple[int, str, MentionDraft]]:
    """Give the kinship nouns from a token on, the relation of each, and who is named for it."""
    tree, noun, relation = ctx.tree, first, kin_at(ctx.tree, first)
    end, left = min(first + _LONGEST, tree.n), 1
    for k in constructions.outside(tree, first + 1, end, reach=end):
        person, new = ctx.name[k], kin_at(tree, k)
        if person is not None:
            if person.type == "Person" and person.span.start == k and left and relation is not None:
                yield noun, relation, person
                left -= tree.tag[noun] != "NNS"
        elif new is not None:
            noun, relation, left = k, new, 1
        elif tree.lower[k] in _STOPPING or tree.pos[k] in VERBS or tree.lower[k] == ".":
            return
