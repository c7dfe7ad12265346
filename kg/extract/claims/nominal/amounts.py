"""Nouns that have a number: tolls, populations, prices, stakes."""

from __future__ import annotations

from kg.extract.claims.factuality import PLAIN, Factuality
from kg.extract.claims.nominal.context import BlockContext
from kg.extract.claims.nominal.factuality import event_factuality
from kg.extract.lexicon import words
from kg.extract.lexicon.sets import NOUNS
from kg.extract.reading import MentionDraft
from kg.extract.values import quantities


def value(ctx: BlockContext, i: int) -> None:
    """ "a population of 3 million", "a 20% stake in the firm", "a price of $5"."""
    tree = ctx.tree
    if (
        tree.lemma[i] not in words("nominals", "value", "heads")
        or tree.pos[i] != "NOUN"
        or ctx.name[i] is not None
    ):
        return
    measured = quantities.measure_of(ctx.block, i)
    if measured is not None:
        ctx.add_claim(ctx.mention(i), "value", ctx.quantity(*measured), "measured", 0.85)
    for word, prep in ctx.preps(i):
        if word in ("of", "at"):
            inner = tree.first(prep, "pobj")
            quantity = ctx.value[inner] if inner is not None else None
            if quantity is not None and quantity.kind == "quantity":
                ctx.add_claim(
                    ctx.mention(i),
                    "value",
                    quantity,
                    "value-of",
                    0.85,
                    factuality=event_factuality(ctx, i),
                )
        if tree.lemma[i] in ("stake", "share", "interest", "shareholding") and word == "in":
            if tree.lemma[i] != "stake" and measured is None:
                continue  # "an interest in science"
            for o in ctx.objects(prep):
                ctx.add_claim(
                    ctx.mention(i),
                    "stake_in",
                    ctx.mention(o),
                    "stake-in",
                    0.8,
                    tokens=[ctx.doc[prep]],
                )


def holder(ctx: BlockContext, i: int) -> None:
    """ "a town with a population of 6,200", "its length is 214 km", "bringing the death toll to 87"."""
    tree, lemma = ctx.tree, ctx.tree.lemma[i]
    if lemma in ("city", "town", "village", "settlement", "country", "island", "municipality"):
        _inhabitants(ctx, i)
    if ctx.name[i] is not None or lemma not in words("nominals", "value", "heads") | words(
        "nominals", "value", "plain"
    ):
        return
    verb = tree.head[i]
    status = ctx.block.statuses.get(verb)
    if tree.dep[i] in ("dobj", "nsubj") and status is not None:
        moved = words("nominals", "value", "change" if tree.dep[i] == "dobj" else "changed")
        if tree.lemma[verb] in moved:
            for prep in tree.of(verb, "prep"):
                amount = _amount(ctx, tree.first(prep, "pobj")) if tree.lower[prep] == "to" else None
                if amount is not None:
                    ctx.add_claim(
                        ctx.mention(i),
                        "value",
                        amount,
                        "value-to",
                        0.85,
                        factuality=status,
                        tokens=[ctx.doc[verb]],
                    )
    if lemma not in words("nominals", "value", "plain"):
        return
    owners, amount, factuality = _held(ctx, i)
    for o in owners:
        if amount is not None and o is not None:
            ctx.add_claim(o, lemma, amount, "amount-of", 0.85, factuality=factuality, tokens=[ctx.doc[i]])


def _held(ctx: BlockContext, i: int) -> tuple[list[MentionDraft | None], MentionDraft | None, Factuality]:
    """Give who has an amount, the amount, and whether the text says so."""
    tree, up = ctx.tree, ctx.tree.head[i]
    of = [o for word, prep in ctx.preps(i) if word == "of" for o in ctx.objects(prep)]
    amount = next((a for o in of if (a := _amount(ctx, o)) is not None), None)
    status = ctx.block.statuses.get(up)
    if tree.dep[i] == "dobj" and tree.lemma[up] == "have" and status is not None:
        subjects = [ctx.antecedent(s, up) for s in tree.of(up, "nsubj")]
        return [ctx.mention(s) for s in subjects], amount, status
    if tree.dep[i] == "pobj" and tree.lower[up] == "with" and tree.pos[tree.head[up]] in NOUNS:
        return [ctx.bearer(tree.head[up])], amount, PLAIN
    if tree.dep[i] == "nsubj" and tree.lemma[up] == "be" and status is not None:
        owner = ctx.owner(i)
        owners = [owner] if owner is not None else [o for o in of if ctx.name[o] is not None]
        said = next((a for k in tree.of(up, "attr") if (a := _amount(ctx, k)) is not None), None)
        return [ctx.mention(o) for o in owners], said, status
    return [], None, PLAIN


def _inhabitants(ctx: BlockContext, i: int) -> None:
    """ "Olna, a city of 90,000 people"."""
    tree = ctx.tree
    for word, prep in ctx.preps(i):
        inner = tree.first(prep, "pobj")
        if (
            word in ("of", "with")
            and inner is not None
            and tree.lemma[inner] in ("people", "inhabitant", "resident")
        ):
            count, subject = quantities.count_of(ctx.block, inner), ctx.bearer(i)
            number = next(iter(tree.of(inner, "nummod")), None)
            if count is not None and number is not None and subject is not None:
                amount = ctx.quantity(ctx.doc[number : number + 1], count)
                ctx.add_claim(subject, "population", amount, "amount-of", 0.85, tokens=[ctx.doc[inner]])


def _amount(ctx: BlockContext, i: int | None) -> MentionDraft | None:
    found = ctx.value[i] if i is not None else None
    return found if found is not None and found.kind == "quantity" else None
