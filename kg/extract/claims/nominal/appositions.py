"""What a person's apposition says that the person is."""

from __future__ import annotations

from kg import relations as rel
from kg.extract import constructions
from kg.extract.claims import rules
from kg.extract.claims.nominal.context import BlockContext
from kg.extract.claims.nominal.descriptions import Description, describe
from kg.extract.claims.nominal.offices import FORMER, HEADS, affiliate, first_of_title, held, is_office
from kg.extract.lexicon.sets import NOUNS
from kg.extract.reading import MentionDraft

_ARTICLES = frozenset(("a", "an", "the"))


def appositions(ctx: BlockContext, person: MentionDraft) -> None:
    """ "Sundar Pichai, the head of Google" and "the agency's head, Jane Doe"."""
    tree = ctx.tree
    top = ctx.top(person)
    if ctx.is_owner(person):
        return  # "from the tsar's confessor, Andrew": what follows is not the tsar
    for a in ctx.appositions(person):
        if a.renaming > top and _renames(ctx, person, a.renaming):
            for noun in same_kind(ctx, ctx.inner(a.renaming)):
                if ctx.name[noun] is None:
                    describe(ctx, Description(person, noun, rules.APPOSITION))
    above = constructions.apposition(tree, top)
    further = None if above is None else constructions.apposition(tree, above.head)
    if further is not None and further.renaming in ctx.used:
        above = further  # "Hale's mother, the painter Ruth Hale"
    if above is not None and ctx.name[above.head] is None and tree.pos[above.head] in NOUNS:
        if above.head not in ctx.used:
            describe(ctx, Description(person, above.head, rules.APPOSITION))
    elif not ctx.used.intersection(range(max(0, person.span.start - 4), person.span.start)):
        _office_comma(ctx, person)


def _renames(ctx: BlockContext, person: MentionDraft, k: int) -> bool:
    """Whether an apposition follows a name at once; a list of guests does not say who they are."""
    if k in ctx.used or ctx.name[k] is not None or ctx.tree.pos[ctx.inner(k)] not in NOUNS:
        return False
    between = range(person.span.end, ctx.tree.left[k])
    return len(between) <= 2 and all(ctx.tree.pos[t] in ("PUNCT", "SPACE") for t in between)


def same_kind(ctx: BlockContext, noun: int) -> list[int]:
    """Give a noun and those coordinated with it, without what marks somebody else.

    "A lawyer and politician" is one person; "the son of a lawyer and the actor" may be two, and "a grocer
    and his wife Ann" are.
    """
    return [c for c in ctx.tree.conjuncts(noun) if c == noun or _is_same(ctx, noun, c)]


def _is_same(ctx: BlockContext, noun: int, other: int) -> bool:
    tree, name = ctx.tree, ctx.name[other + 1] if other + 1 < ctx.tree.n else None
    if ctx.owner(other) is not None and ctx.owner(noun) is None:
        return False
    if name is not None and name.type == "Person" and name.span.start == other + 1:
        return False
    first = {tree.lower[k] for k in tree.of(noun, "det")} & _ARTICLES
    own = {tree.lower[k] for k in tree.of(other, "det")}
    return not own or bool(first and ("the" in own) == ("the" in first))


def _office_comma(ctx: BlockContext, person: MentionDraft) -> None:
    """ "the agency's director-general, Jane Doe, said", where the parser sees no apposition."""
    tree, comma, after = ctx.tree, person.span.start - 1, person.span.end
    if comma < 2 or tree.lower[comma] != "," or after >= tree.n or tree.lower[after] not in (",", "."):
        return
    last = comma - 1
    if not _ends_office(ctx, last):
        return
    first = first_of_title(ctx, last)
    before = first - 1
    if not _begins_office(ctx, before):
        return
    former = tree.lower[first] in FORMER
    office = ctx.nominal(first + former, last + 1, "Position")
    ctx.used.update(range(first, last + 1))
    ctx.add_claim(person, held(former), office, rules.OFFICE_COMMA)
    owner = before - 1
    if tree.tag[before] != "POS":
        return
    if ctx.name[owner] is not None:
        affiliate(ctx, person, ctx.mention(owner), rules.OFFICE_OF_COMMA, lemma=tree.lemma[last])
    elif tree.pos[owner] == "NOUN":
        ctx.add_claim(person, rel.EMPLOYER, ctx.mention(owner), rules.OFFICE_OF_COMMA, confidence=0.75)


def _ends_office(ctx: BlockContext, last: int) -> bool:
    tree = ctx.tree
    joined = last >= 2 and tree.lower[last - 1] == "-" and tree.lower[last - 2] in HEADS
    return ctx.name[last] is None and (joined or (tree.pos[last] in NOUNS and is_office(ctx, last)))


def _begins_office(ctx: BlockContext, before: int) -> bool:
    """Whether the word before an office and a comma lets a name follow: a possessor, or "the" at a start.

    "They met the president, Jane Doe, ..." is read from the parse or not at all.
    """
    tree = ctx.tree
    if before < 1:
        return False
    if tree.lower[before] == "the":
        return tree.pos[before - 1] in ("PUNCT", "CCONJ")
    return tree.tag[before] in ("POS", "PRP$")
