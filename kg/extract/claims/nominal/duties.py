"""What office somebody has of whom a verb tells it: "she chairs the board", "coached by Jan Ek"."""

from __future__ import annotations

from collections.abc import Iterator

from kg import relations as rel
from kg.extract import constructions
from kg.extract.claims import rules
from kg.extract.claims.nominal.context import BlockContext
from kg.extract.claims.nominal.offices import affiliate
from kg.extract.claims.nominal.predicates import person_of, subjects_of
from kg.extract.lexicon import mapping, words
from kg.extract.reading import MentionDraft

_OFFICES = mapping("nominals", "office", "duties")
_BODIES = frozenset({"Organization", "Group"})
_KINDS = {
    "coach": _BODIES | {"Person"},
    "manage": _BODIES | {"Facility"},
    "direct": _BODIES | {"Facility"},
}
_LED = words("nominals", "office", "led")


def duties(ctx: BlockContext, verb: int) -> None:
    """Say what office somebody has of a body that he chairs, heads, leads, manages, directs or coaches."""
    office, how = _OFFICES.get(ctx.tree.lemma[verb]), ctx.block.factualities.get(verb)
    if office is None or how is None:
        return
    for person, body in _pairs(ctx, verb):
        if body.span.start == person.span.start or not _may_be_led(ctx, verb, body):
            continue
        post = ctx.nominal(verb, verb + 1, "Position", f"{office} of {body.label}")
        rule, tokens = rules.OFFICE_OF_VERB, (ctx.doc[verb],)
        ctx.add_claim(person, rel.POSITION_HELD, post, rule, factuality=how, tokens=tokens)
        if body.kind == "name" and body.type in _BODIES:
            affiliate(ctx, person, body, rule, lemma=office, factuality=how, tokens=tokens)


def _pairs(ctx: BlockContext, verb: int) -> Iterator[tuple[MentionDraft, MentionDraft]]:
    """Give who does it, and to what body."""
    tree = ctx.tree
    if tree.tag[verb] == "VBG" or tree.of(verb, "prt"):
        return
    if tree.first(verb, "nsubjpass", "auxpass") is not None:
        agents = [o for p in tree.of(verb, "agent") for o in ctx.objects(p)]
        objects = tree.of(verb, "nsubjpass")
    else:
        agents, objects = subjects_of(ctx, verb), tree.of(verb, "dobj")
    for agent in agents[:1]:
        person = person_of(ctx, agent)
        for o in objects[:1] if person is not None else ():
            body = ctx.mention(ctx.antecedent(o, verb))
            if person is not None and body.kind in ("name", "nominal"):
                yield person, body


def _may_be_led(ctx: BlockContext, verb: int, body: MentionDraft) -> bool:
    """Whether what somebody leads is a body with a name, or one that its noun or its modifiers tell."""
    tree, noun = ctx.tree, body.head.i
    if body.type in ("Group", "GPE") and body.kind != "name" and tree.lemma[noun] not in _LED:
        return False
    kinds = _KINDS.get(tree.lemma[verb], _BODIES)
    if body.type not in kinds and tree.lemma[noun] not in _LED:
        return False
    owned = constructions.owner(tree, noun) is not None
    return body.kind == "name" or owned or bool(tree.of(noun, "compound", "amod", "prep", "nmod"))
