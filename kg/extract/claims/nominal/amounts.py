"""Nouns that have a number: tolls, populations, prices, stakes."""

from __future__ import annotations

from dataclasses import replace

from kg import relations as rel
from kg.extract.claims import rules
from kg.extract.claims.factuality import PLAIN, Factuality
from kg.extract.claims.nominal.context import BlockContext
from kg.extract.claims.nominal.factuality import event_factuality
from kg.extract.lexicon import mapping, words
from kg.extract.lexicon.sets import NOMINALS, NOUNS
from kg.extract.mentions import nominals
from kg.extract.reading import MentionDraft
from kg.extract.values import quantities

_MEASURED = words("nominals", "value", "heads")
# Of these one says simply how much, by the relation of who has it: "its length is 214 km".
_PLAIN = mapping("nominals", "value", "plain")
_HAVING = words("nominals", "value", "having")
_HOLDING = words("nominals", "value", "holding")
_STAKES = words("nominals", "value", "stakes")
_INHABITED = words("nominals", "value", "inhabited")
_INHABITANTS = words("nominals", "value", "inhabitants")
# Verbs that take an amount to a new value, by what the amount is of them.
_MOVES = {"dobj": words("nominals", "value", "change"), "nsubj": words("nominals", "value", "changed")}

# … and those that tell only what it is more than.
_PASSING = words("nominals", "value", "passing")


def value(ctx: BlockContext, i: int) -> None:
    """ "a population of 3 million", "a 20% stake in the firm", "a price of $5"."""
    tree = ctx.tree
    if tree.lemma[i] not in _MEASURED or tree.pos[i] != "NOUN" or ctx.name[i] is not None:
        return
    measured = quantities.measure_of(ctx.block, i)
    if measured is not None:
        ctx.add_claim(ctx.mention(i), rel.VALUE, ctx.quantity(*measured), rules.MEASURED)
    for word, prep in ctx.preps(i):
        if word in ("of", "at") and not (tree.lemma[i] in _PLAIN and _held(ctx, i)[0]):
            amount = _amount(ctx, tree.first(prep, "pobj"))
            if amount is not None:
                how = event_factuality(ctx, i)
                ctx.add_claim(ctx.mention(i), rel.VALUE, amount, rules.VALUE_OF, factuality=how)
        # "an interest in science" is none
        elif word == "in" and (tree.lemma[i] == "stake" or (tree.lemma[i] in _STAKES and measured)):
            for o in ctx.objects(prep):
                whole, tokens = ctx.mention(o), [ctx.doc[prep]]
                ctx.add_claim(ctx.mention(i), rel.STAKE_IN, whole, rules.STAKE_IN, tokens=tokens)
                _stakeholders(ctx, i, o)


def holder(ctx: BlockContext, i: int) -> None:
    """ "a town with a population of 6,200", "its length is 214 km", "bringing the death toll to 87"."""
    lemma = ctx.tree.lemma[i]
    if lemma in _INHABITED:
        _inhabitants(ctx, i)
    if ctx.name[i] is not None or (lemma not in _MEASURED and lemma not in _PLAIN):
        return
    _moved(ctx, i)
    _passed(ctx, i)
    if lemma not in _PLAIN:
        return
    owners, amount, factuality = _held(ctx, i)
    for o in owners:
        if amount is not None and o is not None:
            tokens = [ctx.doc[i]]
            ctx.add_claim(o, _PLAIN[lemma], amount, rules.AMOUNT_OF, factuality=factuality, tokens=tokens)


def shares(ctx: BlockContext, i: int) -> None:
    """ "owns 40 percent of Ajax Motors": of what company one has a part."""
    tree = ctx.tree
    if nominals.is_percent(tree, i) and tree.dep[i] == "dobj":
        for o in ctx.objects_of(i, "of"):
            _stakeholders(ctx, i, o)


def _stakeholders(ctx: BlockContext, i: int, o: int) -> None:
    """Say who holds the stake or share that a noun names, where its verb tells of it."""
    tree, verb, name = ctx.tree, ctx.tree.head[i], ctx.name[o]
    how = ctx.block.factualities.get(verb)
    if how is None or tree.lemma[verb] not in _HOLDING or name is None or name.type != "Organization":
        return
    for s in tree.of(verb, "nsubj") if tree.dep[i] == "dobj" else ():
        who, tokens = ctx.mention(ctx.antecedent(s, verb)), [ctx.doc[verb]]
        share, rule = quantities.percent_at(ctx.block, i), rules.STAKE_HOLDER
        told = [("share", ctx.quantity(*share))] if share is not None else []
        ctx.add_claim(who, rel.HOLDS_STAKE_IN, name, rule, factuality=how, tokens=tokens, qualifiers=told)


def in_brackets(ctx: BlockContext, name: MentionDraft, first: int, end: int) -> bool:
    """ "Olna (population 3,000)": an amount in brackets behind its noun; whether there is one."""
    tree, relation = ctx.tree, _PLAIN.get(ctx.tree.lemma[first].rstrip("."))
    if relation is None:
        return False
    at = first + 1 + (tree.lower[first + 1] in (".", ":"))
    for span, value in quantities.numbers_of(ctx.block).spans:
        if span.start == at and span.end <= end:
            ctx.add_claim(name, relation, ctx.quantity(span, value), rules.AMOUNT_OF, tokens=[ctx.doc[first]])
            return True
    return False


def _moved(ctx: BlockContext, i: int) -> None:
    """ "bringing the death toll to 87", "the price rose to $5": the amount that a noun comes to."""
    tree, verb = ctx.tree, ctx.tree.head[i]
    factuality = ctx.block.factualities.get(verb)
    if factuality is None or tree.lemma[verb] not in _MOVES.get(tree.dep[i], ()):
        return
    preps = tree.of(verb, "prep")
    for prep in preps + [k for p in preps if tree.lower[p] == "from" for k in tree.of(p, "prep")]:
        amount = _amount(ctx, tree.first(prep, "pobj")) if tree.lower[prep] == "to" else None
        if amount is not None:
            tokens, whose = [ctx.doc[verb]], _owner(ctx, i)
            subject, relation = (
                (ctx.mention(i), rel.VALUE) if whose is None else (whose, _PLAIN[tree.lemma[i]])
            )
            ctx.add_claim(subject, relation, amount, rules.VALUE_TO, factuality=factuality, tokens=tokens)


def _passed(ctx: BlockContext, i: int) -> None:
    """ "The toll has passed 300", "with the toll surpassing 300": what an amount is more than."""
    tree = ctx.tree
    verbs = [tree.head[i]] if tree.dep[i] == "nsubj" else tree.of(i, "acl")
    for verb in (v for v in verbs if tree.lemma[v] in _PASSING):
        how, amount = ctx.block.factualities.get(verb), _first_amount(ctx, tree.of(verb, "dobj"))
        if how is None or amount is None or amount.value is None or amount.value.comparator:
            continue
        more = ctx.quantity(amount.span, replace(amount.value, comparator="MoreThan"))
        tokens = [ctx.doc[verb]]
        ctx.add_claim(ctx.mention(i), rel.VALUE, more, rules.VALUE_TO, factuality=how, tokens=tokens)


def _owner(ctx: BlockContext, i: int) -> MentionDraft | None:
    """Give whose an amount is that one says simply of its owner: "Norwind's profit", "the price of oil"."""
    if ctx.tree.lemma[i] not in _PLAIN:
        return None
    owner = ctx.owner(i)
    owners = [owner] if owner is not None else ctx.objects_of(i, "of")
    whose = [o for o in owners if ctx.value[o] is None and ctx.tree.pos[o] in NOMINALS]
    return ctx.mention(whose[0]) if len(whose) == 1 else None


def _held(ctx: BlockContext, i: int) -> tuple[list[MentionDraft | None], MentionDraft | None, Factuality]:
    """Give who has an amount, the amount, and whether the text says so."""
    tree, up = ctx.tree, ctx.tree.head[i]
    of = ctx.objects_of(i, "of")
    amount = _first_amount(ctx, of)
    if tree.dep[i] == "pobj" and tree.lower[up] == "with" and tree.pos[tree.head[up]] in NOUNS:
        return [ctx.bearer(tree.head[up])], amount, PLAIN
    factuality = ctx.block.factualities.get(up)
    if ctx.owner(i) is not None and amount is not None:
        return [_owner(ctx, i)], amount, event_factuality(ctx, i)  # "its population of 3,000"
    if factuality is None:
        return [], None, PLAIN
    if tree.dep[i] == "dobj" and tree.lemma[up] in _HAVING:
        subjects = [ctx.antecedent(s, up) for s in tree.of(up, "nsubj")]
        return [ctx.mention(s) for s in subjects], amount, factuality
    if tree.dep[i] == "nsubj" and tree.lemma[up] == "be":
        return _owners(ctx, i, of), _first_amount(ctx, tree.of(up, "attr")), factuality
    return [], None, PLAIN


def _owners(ctx: BlockContext, i: int, of: list[int]) -> list[MentionDraft | None]:
    """Give whose an amount is: its possessor's, or of what it is."""
    owner = ctx.owner(i)
    return [ctx.mention(o) for o in ([owner] if owner is not None else of) if ctx.value[o] is None]


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
