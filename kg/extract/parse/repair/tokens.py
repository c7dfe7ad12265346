"""Repairs around hyphens and numbers."""

from __future__ import annotations

from kg.extract.lexicon import listed, mapping, words
from kg.extract.lexicon.sets import NOUNS
from kg.extract.parse.tree import Tree

VERB_PREFIXES = words("repair", "verb_prefixes")
# What belongs to the number before it, apart from it or written up to it.
AMOUNT_TAILS = words("repair", "amount", "apart")
GLUED = words("repair", "amount", "glued")
AMOUNT_LABELS = frozenset(("pobj", "dobj", "attr", "npadvmod", "acomp", "oprd", "conj"))
LONGEST_WAY = 60
FINALS = frozenset({"final", "finals"})
# Words for money behind a number.
MONEY = frozenset(mapping("units", "money")) | frozenset(listed("units", "currency", "shared"))
BEFORE_RANGE = words("repair", "before_range")


def amounts_from_to(tree: Tree, i: int) -> bool:
    """ "fell from 19 to 15 euros": two phrases on the verb, where the parser sees one with a range."""
    if tree.lower[i] != "to" or tree.dep[i] not in ("quantmod", "dep", "prep") or i < 2:
        return False
    noun = tree.head[i]
    if noun < i or tree.dep[noun] == "nummod":
        noun = tree.head[noun]
    prep = tree.head[noun]
    if noun <= i or tree.dep[noun] != "pobj" or tree.lower[prep] != "from" or not prep < i < noun:
        return False
    if not _is_amount(tree, prep + 1, i):
        return False
    last = i - 1
    for k in range(prep + 1, last):
        tree.head[k] = last
    tree.hang(last, prep, "pobj")
    tree.hang(i, tree.head[prep], "prep")
    tree.hang(noun, i, "pobj")
    return True


def _is_amount(tree: Tree, start: int, end: int) -> bool:
    """Whether tokens are a number with its unit, and nothing else."""
    tags = tree.tag[start:end]
    return "CD" in tags and all(tag in ("CD", "$", "NN", "NNS", "SYM") for tag in tags)


def is_score(tree: Tree, i: int) -> bool:
    """Whether a score begins at a token ("3-1"): two short numbers that count nothing after them."""
    if i + 2 >= tree.n or tree.lower[i + 1] not in ("-", "–"):
        return False
    if i > 0 and tree.lower[i - 1] in BEFORE_RANGE:
        return False  # years
    first, second = tree.lower[i], tree.lower[i + 2]
    if not (first.isdigit() and second.isdigit() and len(first) <= 3 and len(second) <= 3):
        return False
    return i + 3 >= tree.n or tree.pos[i + 3] not in ("NOUN", "PROPN", "SYM", "NUM", "ADJ")


def score(tree: Tree, i: int) -> bool:
    """ "beat City 3-1": the parser makes the second number an object of the verb."""
    if not is_score(tree, i):
        return False
    if tree.head[i + 2] == i and tree.head[i + 1] == i:
        return _score_on_name(tree, i)
    if tree.head[i] in (i + 1, i + 2):
        above = tree.head[i + 2]
        tree.head[i] = above if above not in (i, i + 1) else tree.head[i + 1]
    tree.hang(i + 1, i, "punct")
    tree.hang(i + 2, i, "nummod")
    if tree.pos[tree.head[i]] == "VERB":
        tree.dep[i] = "npadvmod"
    else:
        _score_on_name(tree, i)
    return True


def _score_on_name(tree: Tree, i: int) -> bool:
    """ "Beat Norland 1 – 0": the score is that of the match, and none of Norland."""
    name = tree.head[i]
    verb = tree.head[name]
    if tree.dep[i] not in ("nummod", "npadvmod") or tree.pos[name] != "PROPN" or name > i:
        return False
    if tree.dep[name] != "dobj" or tree.pos[verb] != "VERB":
        return False
    tree.hang(i, verb, "npadvmod")
    return True


def hyphenated(tree: Tree, i: int) -> bool:
    """ "a cross-section", "the co-founder": the word after the hyphen is no second noun beside the first."""
    if tree.lower[i] != "-" or not 0 < i < tree.n - 1:
        return False
    if tree.doc[i - 1].whitespace_ or tree.doc[i].whitespace_:
        return False
    return any(
        mend(tree, i) for mend in (_part_of_cup, _prefixed_verb, _noun_beside, _adjective_beside, _noun_below)
    )


def _prefixed_verb(tree: Tree, i: int) -> bool:
    """ "was co-produced by": the verb is what follows the prefix."""
    left, right = i - 1, i + 1
    if tree.pos[right] != "VERB" or tree.lower[left] not in VERB_PREFIXES or tree.dep[left] == "compound":
        return False
    if tree.head[right] != left and tree.head[left] != right:
        return False
    for k in tree.kids[left]:
        if k != right:
            tree.head[k] = right
    if tree.head[right] == left:
        tree.swap(left, right, "compound")
    tree.dep[left] = "compound"
    tree.hang(i, right, "punct")
    tree.pos[i] = "PUNCT"
    beside = left - 1
    if tree.dep[beside] == "compound" and tree.pos[beside] == "PROPN" and tree.head[beside] == right:
        tree.dep[beside] = "nsubj"  # "Ann Lee co-founded"
    tree.lemma[right] = f"{tree.lower[left]}-{tree.lemma[right]}"
    tree.lower[right] = f"{tree.lower[left]}-{tree.lower[right]}"
    return True


def _part_of_cup(tree: Tree, i: int) -> bool:
    """ "In Friday's semi-final": one noun, where the parser hangs all its parts on the preposition."""
    left, right = i - 1, i + 1
    if tree.lower[right] not in FINALS or tree.lower[left] not in ("semi", "quarter"):
        return False
    if tree.dep[left] != tree.dep[right] or tree.head[left] != tree.head[right]:
        return False
    for k in list(tree.kids[left]):
        tree.head[k] = right
    tree.hang(left, right, "compound")
    tree.hang(i, right, "punct")
    tree.pos[right], tree.tag[right] = "NOUN", "NN" if tree.lower[right] == "final" else "NNS"
    return True


def _noun_beside(tree: Tree, i: int) -> bool:
    """ "took a cross-section": both parts and the hyphen hang on the verb, each by itself."""
    left, right = i - 1, i + 1
    title = tree.lower[left] == "ex" and tree.dep[right] == "compound" and tree.head[right] > right
    right = tree.head[right] if title else right  # "by the ex-soldier Jan Moe"
    above = tree.head[right]
    if tree.dep[i] != tree.dep[right] or tree.pos[right] not in NOUNS:
        return False
    if not tree.head[left] == tree.head[i] == above:
        return False
    for k in [*tree.kids[left], *tree.kids[i], left, i]:
        tree.head[k] = i + 1 if title and k in (left, i) else right
    tree.dep[left], tree.dep[i], tree.pos[i] = "compound", "punct", "PUNCT"
    if left > 0 and tree.dep[left - 1] == "acomp" and tree.head[left - 1] == above:
        tree.hang(left - 1, right, "amod")
    return True


def _adjective_beside(tree: Tree, i: int) -> bool:
    """ "is semi-arid": one complement, not two."""
    left, right = i - 1, i + 1
    if tree.dep[left] != "acomp" or tree.dep[right] not in ("acomp", "attr"):
        return False
    if tree.head[left] != tree.head[right]:
        return False
    tree.hang(left, right, "compound")
    tree.hang(i, right, "punct")
    return True


def _noun_below(tree: Tree, i: int) -> bool:
    """ "the co-founder": the noun hangs on its prefix."""
    left, right = i - 1, i + 1
    if tree.head[right] != left or tree.pos[right] not in NOUNS or tree.pos[left] in ("NUM", "VERB"):
        return False
    tree.swap(left, right, "compound")
    return True


def signed_amount(tree: Tree, i: int) -> bool:
    """ "fell to -12 °C", "was -€2m.": the parser parts a number with a sign from its unit."""
    last = i
    while last + 1 < tree.n and _goes_on(tree, last + 1):
        last += 1
    inside = range(i, last + 1)
    outside = [k for k in inside if tree.head[k] not in inside]
    if not outside or any(tree.head[k] == k for k in inside):
        return False
    before = i - 1 if i and tree.tag[i - 1] in ("IN", "TO") else i
    changed = before < i and _to_after_from(tree, before)
    if outside == [last] and tree.dep[last] in AMOUNT_LABELS and tree.head[before] != last:
        return changed
    return _hang_amount(tree, inside, outside, before) or changed


def _hang_amount(tree: Tree, inside: range, outside: list[int], before: int) -> bool:
    """Hang a number and its unit, as one, where one of them hangs, or on the preposition before them."""
    i, last = inside[0], inside[-1]
    top = next((k for k in outside if tree.dep[k] in AMOUNT_LABELS), outside[0])
    above, label = tree.head[top], tree.dep[top]
    if before < i and tree.head[before] in inside:
        # The preposition hangs on what it governs: above both is where the rest hangs.
        tree.hang(before, next((tree.head[k] for k in outside if tree.head[k] != before), before), "prep")
        above, label = before, "pobj"
    if _is_under(tree, above, inside):
        return False
    for k in inside:
        tree.hang(k, last, "nummod")
    tree.hang(last, above, label if label in AMOUNT_LABELS else _label_of_amount(tree, above))
    tree.tag[i], tree.pos[i] = "CD", "NUM"
    return True


def _to_after_from(tree: Tree, i: int) -> bool:
    """ "slowed from 2 to -1 percent": the second phrase is of the verb, too."""
    first = tree.head[i]
    if tree.lower[i] != "to" or tree.lower[first] != "from" or tree.pos[tree.head[first]] != "VERB":
        return False
    tree.hang(i, tree.head[first], "prep")
    return True


def _is_under(tree: Tree, i: int, tokens: range) -> bool:
    """Whether a token is one of some or hangs on one of them; of one far down it is taken to."""
    for _ in range(LONGEST_WAY):
        if i in tokens:
            return True
        if tree.head[i] == i:
            return False
        i = tree.head[i]
    return True


def _label_of_amount(tree: Tree, above: int) -> str:
    if tree.tag[above] in ("IN", "TO"):
        return "pobj"
    return "attr" if tree.lemma[above] == "be" else "npadvmod"


def _goes_on(tree: Tree, k: int) -> bool:
    """Whether a token belongs to the number before it: a scale, a unit, or what is written up to it."""
    word = tree.lower[k]
    if word == "per":
        return k + 1 < tree.n and tree.lower[k + 1] == "cent"
    if word in AMOUNT_TAILS or (word == "cent" and tree.lower[k - 1] == "per"):
        return True
    return word in GLUED and not tree.doc[k - 1].whitespace_


def minus(tree: Tree, i: int) -> bool:
    """ "was minus 2 percent": the amount is what hangs on the verb, and "minus" belongs to it."""
    if i + 1 >= tree.n or tree.tag[i + 1] != "CD":
        return False
    top = i + 1
    while tree.head[top] != i and tree.head[top] != top and tree.head[top] > i and top - i < 6:
        top = tree.head[top]
    above = tree.head[i]
    if tree.head[top] != i or above == i:
        return False
    tree.hang(top, above, _label_of_amount(tree, above))
    tree.hang(i, top, "advmod")
    return True


def money_before_amount(tree: Tree, i: int) -> bool:
    """ "paid Rs 4,50,000": the word for the money belongs to the number and is no second object."""
    if i + 1 >= tree.n or tree.tag[i + 1] != "CD" or tree.head[i] == i + 1:
        return False
    if tree.head[i + 1] == i:
        tree.swap(i, i + 1, "nmod")
    elif tree.head[i] == tree.head[i + 1]:
        tree.hang(i, i + 1, "nmod")
    else:
        return False
    return True


def won_of_money(tree: Tree, i: int) -> bool:
    """ "Paid the builder, Orvik, 31 billion won": money behind a number, and no verb."""
    above = next((k for k in tree.of(i, "ccomp", "parataxis") if k < i), None)
    if tree.tag[i - 1] != "CD" or i < 2 or tree.lower[i + 1 : i + 2] not in ([], ["."], [","]):
        return False
    tree.tag[i], tree.pos[i], tree.lemma[i] = "NN", "NOUN", "won"
    if above is None or tree.pos[above] != "VERB" or tree.head[i - 1] != i:
        return False
    tree.swap(i, above, "npadvmod")
    for k in tree.of(i, "nsubj", "punct"):
        tree.hang(k, above, "dep" if tree.dep[k] == "nsubj" else "punct")
    tree.dep[i - 1] = "nummod"
    return True


def is_sum(tree: Tree, i: int) -> bool:
    """Whether a token heads a sum of money, by its sign or its word."""
    signed = any(tree.tag[k] in ("$", "SYM") for k in tree.kids[i])
    return (tree.tag[i] == "CD" and signed) or (tree.lower[i] in MONEY and bool(tree.of(i, "nummod")))
