"""Repair of clauses that leave out their verb: "The state paid €5 million, the town €2 million".

The parser takes what stands there for appositions and conjuncts of the object. Two noun phrases side by side,
the second of the form of the object, behind a comma or "and" and without a verb, are a subject and an object;
`kg.extract.claims.clauses` reads them with the verb of the clause before.
"""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract.lexicon import words
from kg.extract.lexicon.sets import NOUNS, VERBS
from kg.extract.parse.tree import Tree

PARTING = words("repair", "gap_parting")
REST = words("repair", "gap_rest")
IN_NUMBER = frozenset({"CD", "$", "QP", "SYM"})
SIGNS = frozenset({"%", "percent", "per", "cent"})
IN_PHRASE = frozenset({"DT", "PRP$", "JJ", "NN", "NNS", "NNP", "NNPS", "POS", "HYPH", "VBN", "CD"})
PROPER = frozenset({"NNP", "NNPS"})
BARE = frozenset({"NN", "NNS"})
# Tokens that an object may have behind its head, and that two phrases may have together.
LONGEST_END, LONGEST = 5, 14


def left_out_verb(tree: Tree, i: int) -> bool:
    """ "Anna won the race and Bo the jump": what follows are another subject and object of the verb."""
    verb = tree.head[i]
    if tree.dep[i] != "dobj" or i < verb or tree.pos[verb] not in VERBS or tree.lemma[verb] == "be":
        return False
    if tree.left[i] != verb + 1 or tree.first(verb, "nsubj") is None or tree.tag[verb] == "VB":
        return False
    end = _end_of_object(tree, i)
    if end is None:
        return False
    pairs = list(_pairs(tree, i, end))
    if not pairs:
        return _part_from_object(tree, i, end)
    _raise_above(tree, verb, pairs)
    for subject, obj in pairs:
        says = tree.lower[obj[-1]] not in REST  # how much "the rest" is nobody tells
        _hang(tree, subject, "nsubj", _hang(tree, obj, "conj" if says else "dep", verb))
    return bool(pairs)


def _part_from_object(tree: Tree, i: int, end: int) -> bool:
    """ "Got 40 per cent and her rival, Bo Ek, 6": whoever else has an amount is no part of the first one.

    What cannot be read as a subject and an object is left out.
    """
    rest = range(end + 1, tree.doc[i].sent.end - 1)
    if not any(tree.tag[k] in IN_NUMBER for k in range(tree.left[i], i + 1)) or len(rest) < 2:
        return False
    if tree.tag[rest[0]] in IN_NUMBER or not _ends_with_amount(tree, i, rest):
        return False  # "got 40 euros and 5 dollars"
    inside = set(rest)
    parted = [k for k in rest if tree.head[k] not in inside and tree.dep[k] != "punct"]
    for k in parted:
        tree.hang(k, tree.head[i], "dep")
    return bool(parted)


def _ends_with_amount(tree: Tree, i: int, rest: range) -> bool:
    """Whether a stretch with a name and without a verb ends with a number of what a noun counts."""
    if any(tree.pos[k] in ("VERB", "AUX", "SCONJ") for k in rest):
        return False
    if any(tree.tag[k] == "IN" and tree.lower[k] not in SIGNS for k in rest):
        return False
    numbers = [k for k in rest if tree.tag[k] == "CD"]
    if not numbers or not any(tree.tag[k] in PROPER for k in rest):
        return False
    return all(tree.lower[k] in SIGNS or tree.lower[k] == tree.lower[i] for k in rest if k > numbers[-1])


def _raise_above(tree: Tree, verb: int, pairs: list[tuple[range, range]]) -> None:
    """Take the verb out from under what leaves it out: "Anna took the chair, Bo the notes", all on Bo."""
    over = [k for k in tree.above(verb) if any(k in part for pair in pairs for part in pair)]
    if over:
        top = over[-1]
        tree.hang(verb, verb if tree.head[top] == top else tree.head[top], tree.dep[top])


def left_out_verb_before_phrase(tree: Tree, i: int) -> bool:
    """ "Anna was born in Bergen and Peter in Oslo": Peter is who else was born, and no place."""
    place = tree.head[i]
    prep = tree.head[place]
    verb = tree.head[prep]
    if (
        tree.dep[i] != "conj"
        or tree.dep[place] != "pobj"
        or tree.pos[verb] != "VERB"
        or tree.pos[i] not in NOUNS
    ):
        return False
    own = _same_phrase(tree, i, prep, tree.n) or _same_behind(tree, i, prep)
    subject = tree.first(verb, "nsubj", "nsubjpass")
    if own is None or subject is None or subject > verb or _same_phrase(tree, place, prep, i) is not None:
        return False
    if not _are_alike(tree, subject, i, place):
        return False
    tree.hang(i, verb, "conj")
    tree.hang(own, i, "prep")
    return True


def _same_behind(tree: Tree, i: int, prep: int) -> int | None:
    """Give the phrase right behind a noun that begins with the same word and was hung further up."""
    k = tree.right[i] + 1
    if k >= tree.n or tree.dep[k] != "prep" or tree.lower[k] != tree.lower[prep]:
        return None
    return k if tree.head[k] in (tree.head[i], tree.head[prep]) else None


def _same_phrase(tree: Tree, i: int, prep: int, end: int) -> int | None:
    """Give the phrase on a noun, and before a token, that begins with the same word as another one."""
    return next((k for k in tree.of(i, "prep") if tree.lower[k] == tree.lower[prep] and i < k < end), None)


def _are_alike(tree: Tree, subject: int, i: int, place: int) -> bool:
    """Whether a noun is of the kind of a subject, and not of that of the noun it was joined to."""
    labels = [tree.doc[k].ent_type_ for k in (subject, i, place)]
    if tree.lemma[subject] == tree.lemma[i] and tree.pos[place] == "PROPN":
        return True  # "first prize went to Ida Moe and second prize to Jan Berg"
    if tree.pos[i] == "PROPN":
        return labels[0] == labels[1] != labels[2] and tree.pos[subject] == "PROPN"
    first = [tree.lower[tree.left[k]] for k in (subject, i)]
    return first[0] == first[1] == "the" and tree.pos[place] == "PROPN"


def _end_of_object(tree: Tree, i: int) -> int | None:
    """Give the comma or "and" that ends the phrase of an object, if nothing but nouns stand before it."""
    last = tree.doc[i].sent.end - 1
    for k in range(i + 1, min(i + LONGEST_END, last)):
        if tree.lower[k] in PARTING:
            return k
        if tree.pos[k] not in (*NOUNS, "NUM") and tree.lower[k] not in SIGNS:
            break
    return None


def _pairs(tree: Tree, i: int, end: int) -> Iterator[tuple[range, range]]:
    """Give the subject and the object of each part behind an object that has no verb."""
    last = tree.doc[i].sent.end - 1
    while end < last and tree.lower[end] in PARTING:
        start = end + 1
        if tree.lower[start] in PARTING:
            start += 1
        end = start
        while end < last and tree.lower[end] not in PARTING:
            end += 1
        parts = _two_phrases(tree, i, start, end)
        if parts is None:
            return
        yield parts


def _two_phrases(tree: Tree, i: int, start: int, end: int) -> tuple[range, range] | None:
    """Part a stretch into a subject and an object of the form of the first one."""
    if not 2 <= end - start <= LONGEST or any(
        tree.pos[k] in ("VERB", "AUX", "ADP") for k in range(start, end)
    ):
        return None
    cut = _begin_of_object(tree, i, start, end)
    if cut is None or not all(tree.tag[k] in IN_PHRASE and tree.tag[k] != "CD" for k in range(start, cut)):
        return None
    named = tree.tag[start] in PROPER or tree.lower[start] in ("the", "its", "their", "his", "her")
    return (range(start, cut), range(cut, end)) if named and tree.pos[cut - 1] in NOUNS else None


def _begin_of_object(tree: Tree, i: int, start: int, end: int) -> int | None:
    """Give where the second of two phrases begins: as the first, with a number, an article or a bare noun."""
    first = tree.left[i]
    inside = range(start + 1, end)
    if tree.lower[end - 2 : end] in (["the", word] for word in REST):
        return end - 2
    if any(tree.tag[k] in IN_NUMBER for k in range(first, i + 1)):
        return _begin_of_number(tree, i, inside)
    if tree.tag[first] == "DT":
        return next((k for k in inside if tree.tag[k] == "DT"), None)
    if tree.tag[i] in BARE and first == i:
        return end - 1 if tree.tag[end - 1] in BARE and tree.tag[end - 2] in PROPER else None
    return None


def _begin_of_number(tree: Tree, i: int, inside: range) -> int | None:
    """Give where an amount begins that goes to the end, of the same thing as the first."""
    cut = next((k for k in inside if tree.tag[k] in IN_NUMBER), None)
    end = inside.stop
    if cut is None or (tree.pos[i] in NOUNS and tree.lemma[end - 1] != tree.lemma[i]):
        return None  # "won 40 seats, the Greens 12"
    counted = range(cut, end - 1) if tree.pos[i] in NOUNS else range(cut, end)
    return cut if all(tree.tag[k] in IN_NUMBER or tree.lower[k] in SIGNS for k in counted) else None


def _hang(tree: Tree, part: range, dep: str, head: int) -> int:
    """Hang a phrase on a head, all of it below its last noun or number; give that one."""
    top = next(
        (k for k in reversed(part) if tree.pos[k] in (*NOUNS, "NUM") and tree.lower[k] not in SIGNS), part[-1]
    )
    for k in part:
        if k != top and (tree.head[k] not in part or tree.head[k] == k or _is_above(tree, k, top, part)):
            tree.hang(k, top, "compound" if tree.dep[k] in ("appos", "conj", "npadvmod") else tree.dep[k])
    tree.hang(top, head, dep)
    return top


def _is_above(tree: Tree, k: int, top: int, part: range) -> bool:
    """Whether a token of a phrase stands above what shall head it."""
    i = top
    while tree.head[i] in part and tree.head[i] != i:
        i = tree.head[i]
        if i == k:
            return True
    return False
