"""Nouns that have a number: tolls, populations, prices, stakes."""

from __future__ import annotations

from kg.extract.claims.nominal.context import NOUNS, SO, Page, Standing, words
from kg.extract.reading import MentionDraft
from kg.extract.values import quantities


def value(page: Page, i: int) -> None:
    """ "a population of 3 million", "a 20% stake in the firm", "a price of $5"."""
    tree = page.tree
    if tree.lemma[i] not in words("value", "heads") or tree.pos[i] != "NOUN" or page.name[i] is not None:
        return
    measured = quantities.measure_of(page.block, i)
    if measured is not None:
        page.say(page.mention(i), "value", page.quantity(*measured), "measured", 0.85)
    for word, prep in page.preps(i):
        if word in ("of", "at"):
            inner = tree.first(prep, "pobj")
            quantity = page.value[inner] if inner is not None else None
            if quantity is not None and quantity.kind == "quantity":
                page.say(page.mention(i), "value", quantity, "value-of", 0.85, standing=page.standing(i))
        if tree.lemma[i] in ("stake", "share", "interest", "shareholding") and word == "in":
            if tree.lemma[i] != "stake" and measured is None:
                continue  # "an interest in science"
            for o in page.objects(prep):
                page.say(
                    page.mention(i), "stake_in", page.mention(o), "stake-in", 0.8, tokens=[page.doc[prep]]
                )


def holder(page: Page, i: int) -> None:
    """ "a town with a population of 6,200", "its length is 214 km", "bringing the death toll to 87"."""
    tree, lemma = page.tree, page.tree.lemma[i]
    if lemma in ("city", "town", "village", "settlement", "country", "island", "municipality"):
        _inhabitants(page, i)
    if page.name[i] is not None or lemma not in words("value", "heads") | words("value", "plain"):
        return
    verb = tree.head[i]
    status = page.block.statuses.get(verb)
    if tree.dep[i] in ("dobj", "nsubj") and status is not None:
        moved = words("value", "change" if tree.dep[i] == "dobj" else "changed")
        if tree.lemma[verb] in moved:
            for prep in tree.of(verb, "prep"):
                amount = _amount(page, tree.first(prep, "pobj")) if tree.lower[prep] == "to" else None
                if amount is not None:
                    page.say(
                        page.mention(i),
                        "value",
                        amount,
                        "value-to",
                        0.85,
                        standing=page.of_status(status),
                        tokens=[page.doc[verb]],
                    )
    if lemma not in words("value", "plain"):
        return
    owners, amount, standing = _held(page, i)
    for o in owners:
        if amount is not None and o is not None:
            page.say(o, lemma, amount, "amount-of", 0.85, standing=standing, tokens=[page.doc[i]])


def _held(page: Page, i: int) -> tuple[list[MentionDraft | None], MentionDraft | None, Standing]:
    """Give who has an amount, the amount, and whether the text says so."""
    tree, up = page.tree, page.tree.head[i]
    of = [o for word, prep in page.preps(i) if word == "of" for o in page.objects(prep)]
    amount = next((a for o in of if (a := _amount(page, o)) is not None), None)
    status = page.block.statuses.get(up)
    if tree.dep[i] == "dobj" and tree.lemma[up] == "have" and status is not None:
        subjects = [page.antecedent(s, up) for s in tree.of(up, "nsubj")]
        return [page.mention(s) for s in subjects], amount, page.of_status(status)
    if tree.dep[i] == "pobj" and tree.lower[up] == "with" and tree.pos[tree.head[up]] in NOUNS:
        return [page.bearer(tree.head[up])], amount, SO
    if tree.dep[i] == "nsubj" and tree.lemma[up] == "be" and status is not None:
        owner = page.owner(i)
        owners = [owner] if owner is not None else [o for o in of if page.name[o] is not None]
        said = next((a for k in tree.of(up, "attr") if (a := _amount(page, k)) is not None), None)
        return [page.mention(o) for o in owners], said, page.of_status(status)
    return [], None, SO


def _inhabitants(page: Page, i: int) -> None:
    """ "Olna, a city of 90,000 people"."""
    tree = page.tree
    for word, prep in page.preps(i):
        inner = tree.first(prep, "pobj")
        if (
            word in ("of", "with")
            and inner is not None
            and tree.lemma[inner] in ("people", "inhabitant", "resident")
        ):
            count, subject = quantities.count_of(page.block, inner), page.bearer(i)
            number = next(iter(tree.of(inner, "nummod")), None)
            if count is not None and number is not None and subject is not None:
                amount = page.quantity(page.doc[number : number + 1], count)
                page.say(subject, "population", amount, "amount-of", 0.85, tokens=[page.doc[inner]])


def _amount(page: Page, i: int | None) -> MentionDraft | None:
    found = page.value[i] if i is not None else None
    return found if found is not None and found.kind == "quantity" else None
