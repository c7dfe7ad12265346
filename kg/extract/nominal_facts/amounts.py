"""Nouns that have a number: tolls, populations, prices, stakes."""

from __future__ import annotations

from kg.extract import quantities
from kg.extract.nominal_facts.page import Page, words


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
