"""Repairs of what is sold or given to whom, where a name behind its noun leads the parser astray."""

from __future__ import annotations

from kg.extract.lexicon import words
from kg.extract.lexicon.nouns import is_common, lemma_type
from kg.extract.lexicon.sets import FINITE, NOUNS, VERBS
from kg.extract.parse.repair.tokens import MONEY, is_sum
from kg.extract.parse.tree import Tree

SELLING = words("repair", "gift", "selling")
GIVING = words("repair", "giving")
FIRM_KIN = words("repair", "firm_kin")
PAYING = words("repair", "gift", "paying")
PREFIX = "co"
GIFTS = words("events", "words", "gifts")
RECEIVERS = frozenset({"Person", "Organization", "Group"})
NAMED = frozenset({"ORG", "PRODUCT", "FAC", "WORK_OF_ART", "GPE"})
VERBAL = frozenset({"VB", "VBP", "VBZ"})
FARTHEST = 30


def receiver_for_infinitive(tree: Tree, i: int) -> bool:
    """ "Sold his stake to co-owner Ivan Kral", "to rival Arlo": to whom, where the parser sees a verb."""
    noun = i + 1
    prefixed = tree.lower[noun : noun + 2] == [PREFIX, "-"]
    if prefixed:
        noun += 2
    name = _last_of_name(tree, noun + 1)
    if name is None or not (prefixed or tree.tag[noun] in VERBAL) or not _is_receiver(tree, noun):
        return False
    verb = _seller_before(tree, i)
    inside = range(i + 1, name + 1)
    if verb is None or verb in inside:
        return False
    for k in range(tree.n):
        if tree.head[k] in inside and k not in inside and k != tree.head[k]:
            tree.head[k] = verb
    for k in inside:
        tree.hang(k, name, "punct" if tree.lower[k] == "-" else "compound")
    tree.pos[i], tree.tag[i] = "ADP", "IN"
    for k in {i + 1, noun}:
        tree.pos[k], tree.tag[k] = "NOUN", "NN"
    tree.hang(i, verb, "prep")
    tree.hang(name, i, "pobj")
    return True


def _last_of_name(tree: Tree, start: int) -> int | None:
    """Give the last token of a name that begins at a token."""
    end = start
    while end < tree.n and tree.tag[end] in ("NNP", "NNPS") and tree.doc[end].text[0].isupper():
        end += 1
    return end - 1 if end > start else None


def _is_receiver(tree: Tree, noun: int) -> bool:
    word = tree.lower[noun]
    known = word in FIRM_KIN or (is_common(word) and lemma_type(word) in RECEIVERS)
    return known and tree.doc[noun].text.islower()


def _seller_before(tree: Tree, i: int) -> int | None:
    """Give the verb of selling or giving before a token, with no other verb between."""
    start = max(tree.doc[i].sent.start, i - FARTHEST)
    for k in range(i - 1, start - 1, -1):
        if tree.pos[k] in ("VERB", "AUX") and not tree.doc[k].ent_type_:
            sold = tree.lemma[k] in SELLING or tree.lemma[k] in GIVING
            return k if sold and tree.tag[k] in (*FINITE, "VBN", "VBG", "VB") else None
    return None


def name_beside_its_noun(tree: Tree, i: int) -> bool:
    """ "The Czech brewer Pivo", "the oat crisps Kveik": a name right behind its noun is no object of its own.

    Nor is it a verb: "a stake in the biscuit maker Pivo to …".
    """
    noun = i - 1
    kind = tree.doc[i].ent_type_
    named = kind in NAMED or (not kind and tree.tag[i] == "NNP" and tree.tag[noun] == "VBZ")
    if not named or not tree.doc[i].text[0].isupper() or noun < 1:
        return False
    if tree.of(i, "nsubj", "aux", "det", "poss", "compound", "conj") or tree.doc[noun].ent_type_ in NAMED:
        return False
    if not tree.doc[noun].text.islower() or not _heads_phrase(tree, noun, i):
        return False
    verb = tree.head[i]
    for k in tree.kids[i]:
        tree.head[k] = verb if verb not in (i, noun) else tree.head[noun]
    if tree.tag[noun] in VERBAL:
        tree.tag[noun], tree.pos[noun] = "NNS" if tree.lower[noun].endswith("s") else "NN", "NOUN"
    tree.tag[i], tree.pos[i] = "NNP", "PROPN"
    tree.hang(i, noun, "appos")
    return True


def _heads_phrase(tree: Tree, noun: int, i: int) -> bool:
    """Whether a token before a name is the noun of its phrase: an object, of a verb that has not two."""
    if tree.tag[noun] not in ("NN", "NNS", *VERBAL) or not tree.of(noun, "det", "poss", "amod", "compound"):
        return False
    if tree.dep[noun] == "pobj":
        return True
    verb = tree.head[noun]
    return tree.dep[noun] == "dobj" and tree.lemma[verb] not in GIVING and verb != i


def second_receiver(tree: Tree, i: int) -> bool:
    """ "5 million to Ulm and 2 million to Lorn": Lorn is no clause on the second sum, but who gets it."""
    amount = tree.head[i]
    to = tree.first(i, "aux")
    if (
        tree.pos[i] != "PROPN"
        or to is None
        or tree.lower[to] != "to"
        or tree.pos[amount] not in (*NOUNS, "NUM")
    ):
        return False
    verb = tree.head[amount]
    others = [k for k in tree.of(verb, "dobj") if k < amount]
    if tree.dep[amount] == "dobj" and others and tree.lower[tree.left[amount] - 1] == "and":
        tree.hang(amount, verb, "conj")
    tree.pos[to], tree.tag[to] = "ADP", "IN"
    tree.hang(to, amount, "prep")
    tree.hang(i, to, "pobj")
    return True


def receiver_behind_name(tree: Tree, i: int) -> bool:
    """ "Sold a stake in the brewer Pivo to its chairman": who gets it is nothing of the brewer's."""
    above = tree.head[i]
    if tree.pos[above] != "PROPN" or above > i or tree.first(i, "pobj") is None:
        return False
    top = above
    while tree.dep[top] in ("pobj", "prep", "appos"):
        top = tree.head[top]
    verb = tree.head[top]
    if tree.dep[top] not in ("dobj", "nsubjpass") or tree.lemma[verb] not in SELLING:
        return False
    if any(tree.lower[k] == "to" for k in tree.of(verb, "prep", "dative")) or tree.pos[top] not in NOUNS:
        return False
    tree.hang(i, verb, "prep")
    return True


def sum_joined_to_sum(tree: Tree, i: int) -> bool:
    """ "Gave £500 to the band and £200 to the choir": a clause of its own, and no second object."""
    above = tree.head[i]
    if not is_sum(tree, i) or tree.pos[above] not in VERBS or above > i:
        return False
    if tree.lower[tree.left[i] - 1] != "and" or not tree.of(i, "prep", "dative"):
        return False
    first = _sum_before(tree, i, above)
    verb = above if first is None else tree.head[first]
    if first is None or (tree.dep[i] == "conj" and verb == above):
        return False
    if not tree.of(first, "prep") and not any(first < k < i for k in tree.of(verb, "prep", "dative")):
        return False
    for k in tree.of(above, "cc"):
        if first < k < i:
            tree.head[k] = verb
    tree.hang(i, verb, "conj")
    return True


def sum_joined_to_name(tree: Tree, i: int) -> bool:
    """ "Got £400 from Velo and £200 from Ulm": the second sum is got as well, and no other giver."""
    top = tree.head[i]
    if not is_sum(tree, i) or tree.pos[top] not in NOUNS or top > i or is_sum(tree, top):
        return False
    while tree.dep[top] in ("appos", "conj", "pobj", "prep", "dative") and tree.head[top] < top:
        top = tree.head[top]
    behind = next((k for k in range(i + 1, min(i + 3, tree.n)) if tree.lower[k] in ("from", "to")), None)
    first = _sum_before(tree, i, top) if tree.pos[top] in VERBS else None
    if first is None or behind is None or tree.head[behind] not in (top, i):
        return False
    tree.hang(i, top, "conj")
    tree.head[behind] = i
    return True


def sum_with_receiver(tree: Tree, i: int) -> bool:
    """ "Fined the operator 120,000 soles": who pays stands before the number, and is no part of the sum."""
    verb, number = tree.head[i], next(iter(tree.of(i, "nummod")), None)
    if (
        tree.lower[i] not in MONEY
        or tree.lemma[verb] not in PAYING
        or number is None
        or tree.of(verb, "auxpass")
    ):
        return False
    first = tree.left[number]
    who = first - 1
    before = range(tree.left[i], first)
    if who not in before or not _may_receive(tree, who):
        return False
    tree.pos[who] = "NOUN" if tree.pos[who] == "ADJ" else tree.pos[who]
    for k in before:
        if k != who and (tree.head[k] not in before or who in tree.subtree(k)):
            tree.head[k] = who
    tree.hang(who, verb, "dative")
    return True


def gift_that_paid(tree: Tree, i: int) -> bool:
    """ "A gift of £500 from Ida Moe paid for the roof.": it did, where the parser sees a noun alone."""
    gift = tree.head[i]
    if tree.lower[i] != "paid" or tree.dep[gift] != "ROOT" or tree.lemma[gift] not in GIFTS or gift > i:
        return False
    behind = [tree.lower[p] for p in tree.of(i, "prep", "agent")]
    if behind[:1] != ["for"] or "by" in behind or any(tree.tag[k] in FINITE for k in tree.kids[gift]):
        return False
    tree.swap(gift, i, "nsubj")
    tree.tag[i] = "VBD"
    return True


def _may_receive(tree: Tree, i: int) -> bool:
    """Whether a word is a noun, if one that is an adjective as well: "the firm 3 million kroner"."""
    noun = tree.pos[i] == "ADJ" and lemma_type(tree.lower[i]) in RECEIVERS
    return tree.pos[i] in NOUNS or noun


def second_sum(tree: Tree, i: int) -> bool:
    """ "Granted the club £30,000 and the Dale Fund £5,000": two sums are no two objects of one verb.

    `kg.extract.events.gapping` reads who gives or gets the second.
    """
    verb = tree.head[i]
    if tree.lemma[verb] not in PAYING or not is_sum(tree, i):
        return False
    first = next((k for k in tree.of(verb, "dobj") if verb < k < i and is_sum(tree, k)), None)
    if first is None or not any(verb < k < first and tree.pos[k] in NOUNS for k in tree.of(verb, "dative")):
        return False
    if not any(tree.lower[k] == "and" for k in range(first, i)):
        return False
    for k in tree.of(first, "conj"):
        if first < k < i:
            tree.hang(k, i, "nmod")
    tree.hang(i, verb, "dep")
    return True


def _sum_before(tree: Tree, i: int, above: int) -> int | None:
    """Give the sum that is the object of a verb, or of the infinitive on it, before a token."""
    verbs = [above, *tree.of(above, "xcomp")]
    found = [k for v in verbs for k in tree.of(v, "dobj") if k < i and is_sum(tree, k)]
    return found[-1] if found else None
