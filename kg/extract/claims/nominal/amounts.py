"""Nouns that have a number: tolls, populations, prices, stakes."""

from __future__ import annotations

from kg import relations as rel
from kg.extract.claims import rules
from kg.extract.claims.factuality import PLAIN, Factuality
from kg.extract.claims.nominal.context import BlockContext
from kg.extract.claims.nominal.factuality import event_factuality
from kg.extract.lexicon import words
from kg.extract.lexicon.sets import NOUNS
from kg.extract.reading import MentionDraft
from kg.extract.values import quantities

_MEASURED = words("nominals", "value", "heads")
_PLAIN = words("nominals", "value", "plain")
_STAKES = words("nominals", "value", "stakes")
_INHABITED = words("nominals", "value", "inhabited")
_INHABITANTS = words("nominals", "value", "inhabitants")
# Verbs that take an amount to a new value, by what the amount is of them.
_MOVES = {"dobj": words("nominals", "value", "change"), "nsubj": words("nominals", "value", "changed")}


def value(ctx: BlockContext, i: int) -> None:
    """ "a population of 3 million", "a 20% stake in the firm", "a price of $5"."""
    tree = ctx.tree
    if tree.lemma[i] not in _MEASURED or tree.pos[i] != "NOUN" or ctx.name[i] is not None:
        return
    measured = quantities.measure_of(ctx.block, i)
    if measured is not None:
        ctx.add_claim(ctx.mention(i), rel.VALUE, ctx.quantity(*measured), rules.MEASURED)
    for word, prep in ctx.preps(i):
        if word in ("of", "at"):
            amount = _amount(ctx, tree.first(prep, "pobj"))
            if amount is not None:
                how = event_factuality(ctx, i)
                ctx.add_claim(ctx.mention(i), rel.VALUE, amount, rules.VALUE_OF, factuality=how)
        # "an interest in science" is none
        elif word == "in" and (tree.lemma[i] == "stake" or (tree.lemma[i] in _STAKES and measured)):
            for o in ctx.objects(prep):
                whole, tokens = ctx.mention(o), [ctx.doc[prep]]
                ctx.add_claim(ctx.mention(i), rel.STAKE_IN, whole, rules.STAKE_IN, tokens=tokens)


def holder(ctx: BlockContext, i: int) -> None:
    """ "a town with a population of 6,200", "its length is 214 km", "bringing the death toll to 87"."""
    lemma = ctx.tree.lemma[i]
    if lemma in _INHABITED:
        _inhabitants(ctx, i)
    if ctx.name[i] is not None or lemma not in _MEASURED | _PLAIN:
        return
    _moved(ctx, i)
    if lemma not in _PLAIN:
        return
    owners, amount, factuality = _held(ctx, i)
    for o in owners:
        if amount is not None and o is not None:
            tokens = [ctx.doc[i]]
            ctx.add_claim(o, lemma, amount, rules.AMOUNT_OF, factuality=factuality, tokens=tokens)


def _moved(ctx: BlockContext, i: int) -> None:
    """ "bringing the death toll to 87", "the price rose to $5": the amount that a noun comes to."""
    tree, verb = ctx.tree, ctx.tree.head[i]
    factuality = ctx.block.factualities.get(verb)
    if factuality is None or tree.lemma[verb] not in _MOVES.get(tree.dep[i], ()):
        return
    for prep in tree.of(verb, "prep"):
        amount = _amount(ctx, tree.first(prep, "pobj")) if tree.lower[prep] == "to" else None
        if amount is not None:
            tokens = [ctx.doc[verb]]
            ctx.add_claim(
                ctx.mention(i), rel.VALUE, amount, rules.VALUE_TO, factuality=factuality, tokens=tokens
            )


def _held(ctx: BlockContext, i: int) -> tuple[list[MentionDraft | None], MentionDraft | None, Factuality]:
    """Give who has an amount, the amount, and whether the text says so."""
    tree, up = ctx.tree, ctx.tree.head[i]
    of = ctx.objects_of(i, "of")
    amount = _first_amount(ctx, of)
    if tree.dep[i] == "pobj" and tree.lower[up] == "with" and tree.pos[tree.head[up]] in NOUNS:
        return [ctx.bearer(tree.head[up])], amount, PLAIN
    factuality = ctx.block.factualities.get(up)
    if factuality is None:
        return [], None, PLAIN
    if tree.dep[i] == "dobj" and tree.lemma[up] == "have":
        subjects = [ctx.antecedent(s, up) for s in tree.of(up, "nsubj")]
        return [ctx.mention(s) for s in subjects], amount, factuality
    if tree.dep[i] == "nsubj" and tree.lemma[up] == "be":
        owner = ctx.owner(i)
        owners = [owner] if owner is not None else [o for o in of if ctx.name[o] is not None]
        return [ctx.mention(o) for o in owners], _first_amount(ctx, tree.of(up, "attr")), factuality
    return [], None, PLAIN


def _inhabitants(ctx: BlockContext, i: int) -> None:
    """ "Olna, a city of 90,000 people"."""
    tree = ctx.tree
    for word, prep in ctx.preps(i):
        inner = tree.first(prep, "pobj")
        if word not in ("of", "with") or inner is None or tree.lemma[inner] not in _INHABITANTS:
            continue
        count, subject = quantities.count_of(ctx.block, inner), ctx.bearer(i)
        number = next(iter(tree.of(inner, "nummod")), None)
        if count is not None and number is not None and subject is not None:
            amount, tokens = ctx.quantity(ctx.doc[number : number + 1], count), [ctx.doc[inner]]
            ctx.add_claim(subject, rel.POPULATION, amount, rules.AMOUNT_OF, tokens=tokens)


def _amount(ctx: BlockContext, i: int | None) -> MentionDraft | None:
    found = ctx.value[i] if i is not None else None
    return found if found is not None and found.kind == "quantity" else None


def _first_amount(ctx: BlockContext, tokens: list[int]) -> MentionDraft | None:
    return next((a for k in tokens if (a := _amount(ctx, k)) is not None), None)
