"""Repairs of which verb is the main one where a phrase between two commas parts it from its subject."""

from __future__ import annotations

from kg.extract import lexicon
from kg.extract.lexicon.sets import FINITE, NOUNS
from kg.extract.parse.tree import Tree

# Verbs without an object, and those that may be without one behind a name and its aside: "left in June".
ALONE = lexicon.INTRANSITIVE - lexicon.SOMETIMES_TRANSITIVE
ONWARD = frozenset({"leave", "quit"})
AUXILIARIES = ("aux", "auxpass")
PAST = ("VBD", "VBN")


def past_behind_aside_of_name(tree: Tree, i: int) -> bool:
    """ "Ida Moe, who had run it, left in May to teach": behind the aside stands the sentence's only verb.

    Without a verb elsewhere it is the main one if nobody can have done it to her: it has an object, takes
    none, or is joined to a verb with one.
    """
    noun = _root_above(tree, i)
    if tree.tag[i] not in PAST or noun is None or not _is_behind_aside(tree, noun, i):
        return False
    if tree.of(i, "agent", *AUXILIARIES) or not _is_done(tree, i):
        return False
    inside = set(tree.subtree(i)).union(*(tree.subtree(k) for k in tree.of(noun, "relcl", "acl", "appos")))
    if any(tree.tag[k] in FINITE and k not in inside for k in tree.subtree(noun)):
        return False
    tree.swap(noun, i, "nsubj")
    for k in tree.kids[noun]:
        if k > i:
            tree.head[k] = i
    tree.tag[i] = "VBD"
    return True


def _root_above(tree: Tree, i: int) -> int | None:
    """Give the noun or name without a verb that a participle hangs on, over one behind its comma."""
    noun = tree.head[i]
    if tree.dep[noun] == "appos":
        noun = tree.head[noun]
    return noun if tree.dep[noun] == "ROOT" and tree.pos[noun] in NOUNS and noun < i else None


def _is_behind_aside(tree: Tree, noun: int, i: int) -> bool:
    """Whether a comma stands before a verb, and another one right behind its subject."""
    first = tree.left[i] - 1
    return first > noun + 1 and tree.lower[first] == "," and tree.lower[noun + 1] == ","


def _is_done(tree: Tree, i: int) -> bool:
    """Whether a past form tells of what its noun did, and of nothing done to it."""
    if tree.first(i, "dobj") is not None or tree.lemma[i] in ALONE:
        return True
    if tree.lemma[i] in ONWARD:
        return bool(tree.of(i, "prep", "npadvmod")) and not tree.of(i, "oprd", "acomp", "ccomp")
    joined = [k for k in tree.of(i, "conj") if tree.tag[k] == "VBD"]
    return any(tree.first(k, "dobj") is not None for k in joined)


def past_before_colon(tree: Tree, i: int) -> bool:
    """ "To raise cash, Moe, the owner, parted with a jewel: in May the mill was sold": what Moe did.

    Before the colon a sentence has a verb of its own, if somebody is to do something by what he did.
    """
    noun, aim = tree.head[i], _aim_before(tree, i)
    if tree.tag[i] not in PAST or aim is None or tree.of(i, "agent", *AUXILIARIES):
        return False
    if noun in tree.subtree(aim):
        noun = _renaming_before(tree, noun, i)
    root = tree.head[aim]
    colon = next((k for k in range(i, root) if tree.lower[k] == ":"), None)
    if colon is None or noun <= aim or not _is_set_off(tree, noun, i):
        return False
    finite = (k for k in range(tree.left[aim], colon) if tree.tag[k] in FINITE and k != i)
    if next(finite, None) is not None or not _has_subject_behind(tree, root, colon):
        return False
    tree.hang(noun, i, "nsubj")
    tree.hang(aim, i, "advcl")
    tree.hang(i, root, "parataxis")
    tree.tag[i] = "VBD"
    return True


def _renaming_before(tree: Tree, noun: int, i: int) -> int:
    """Give the last noun that renames another behind a comma and before a verb, else the noun itself."""
    renamed = [k for k in tree.of(noun, "appos") if noun < k < i and tree.lower[tree.left[k] - 1] == ","]
    return renamed[-1] if renamed else noun


def _has_subject_behind(tree: Tree, verb: int, colon: int) -> bool:
    return any(k > colon for k in tree.of(verb, "nsubj", "nsubjpass"))


def _is_set_off(tree: Tree, noun: int, i: int) -> bool:
    """Whether a noun before a verb stands between commas, and another comma before the verb."""
    edges = (tree.left[noun] - 1, noun + 1, tree.left[i] - 1)
    return tree.pos[noun] in NOUNS and all(tree.lower[k] == "," for k in edges)


def _aim_before(tree: Tree, i: int) -> int | None:
    """Give the infinitive that a sentence with a participle begins with: "To raise cash, …"."""
    first = tree.doc[i].sent.start
    aim = tree.head[first]
    fronted = tree.lower[first] == "to" and tree.dep[first] == "aux" and tree.dep[aim] == "advcl"
    return aim if fronted and aim < i < tree.head[aim] else None


def participle_between_commas(tree: Tree, i: int) -> bool:
    """ "The mill, bought in 2018, lost its roof": what stands between commas tells of the mill.

    A past form that lacks the object that it needs is no verb of the sentence beside another one.
    """
    participle = tree.head[i]
    if tree.dep[i] != "conj" or tree.tag[i] not in FINITE or tree.tag[participle] not in PAST:
        return False
    subject = tree.first(participle, "nsubj")
    if subject is None or tree.lemma[participle] in lexicon.INTRANSITIVE | lexicon.SAYING:
        return False
    if tree.lower[participle - 1] != "," or subject != participle - 2:
        return False
    lacks = not tree.of(participle, "dobj", "ccomp", "xcomp", "advcl", "cc", *AUXILIARIES)
    if not lacks or tree.of(i, "nsubj", "nsubjpass") or tree.lower[tree.left[i] - 1] != ",":
        return False
    tree.swap(participle, i, "acl")
    for k in list(tree.kids[participle]):
        if k <= subject or k > i:
            tree.head[k] = i
    tree.head[participle] = subject
    tree.tag[participle] = "VBN"
    return True


def subject_behind_place(tree: Tree, i: int) -> bool:
    """ "Born in Lorn, Ida Moe ran a mill": the name behind the comma is who ran it, and no place.

    The parser may hang the name on the place before it, or the place on the name.
    """
    place = _place_before(tree, i)
    verb = _verb_without_subject(tree, i)
    if place is None or verb is None:
        return False
    prep = tree.head[i] if tree.dep[i] == "pobj" else tree.head[place]
    fronted = tree.head[prep]
    if tree.dep[prep] != "prep" or verb not in tree.above(fronted):
        return False
    first = tree.head[fronted] if tree.dep[fronted] == "conj" else fronted
    if tree.tag[first] not in ("VBN", "VBG") or not tree.doc[tree.left[first]].is_sent_start:
        return False
    tree.hang(place, prep, "pobj")
    tree.hang(i, verb, "nsubjpass" if tree.of(verb, "auxpass") else "nsubj")
    return True


def subject_behind_phrase(tree: Tree, i: int) -> bool:
    """ "In the final Holt beat Ulm", "in the other Holt drew": the name is who did it.

    A verb without a subject stands right behind the name, and what the parser hangs on it is no part of one.
    """
    verb, prep = _verb_without_subject(tree, i), tree.head[i]
    if verb is None or tree.dep[prep] != "prep" or tree.head[prep] != verb or verb < i:
        return False
    noun = _noun_before_name(tree, i)
    before = [k for k in tree.kids[i] if k < noun]
    if prep > noun or not any(tree.dep[k] in ("det", "poss") for k in before):
        return False
    for k in before:
        tree.head[k] = noun
    tree.hang(noun, prep, "pobj")
    tree.pos[noun], tree.tag[noun] = "NOUN", "NN"
    tree.hang(i, verb, "nsubjpass" if tree.of(verb, "auxpass") else "nsubj")
    return True


def _noun_before_name(tree: Tree, i: int) -> int:
    """Give the word in small letters right before a name, which the parser hangs on it, or -1."""
    if tree.pos[i] != "PROPN" or not tree.doc[i].is_title:
        return -1
    first = i
    while first > 1 and tree.pos[first - 1] == "PROPN" and tree.head[first - 1] == i:
        first -= 1
    noun = first - 1
    if tree.dep[noun] not in ("amod", "compound", "nmod") or tree.head[noun] != i:
        return -1
    return noun if tree.doc[noun].is_lower and tree.doc[noun].is_alpha else -1


def _place_before(tree: Tree, i: int) -> int | None:
    """Give the name before the comma that a name stands behind, if the parser has made one phrase of them."""
    if tree.pos[i] != "PROPN":
        return None
    if tree.dep[i] == "appos":
        place = tree.head[i]
        beside = tree.dep[place] == "pobj" and place < i and tree.lower[tree.left[i] - 1] == ","
        return place if beside else None
    before = [k for k in tree.of(i, "nmod", "compound", "appos", "dep") if k < i and tree.lower[k + 1] == ","]
    return before[-1] if before else None


def _verb_without_subject(tree: Tree, i: int) -> int | None:
    """Give the finite verb right behind a name that has no subject, over its auxiliaries."""
    k = i + 1
    if k >= tree.n:
        return None
    verb = tree.head[k] if tree.dep[k] in AUXILIARIES else k
    finite = tree.tag[k] in FINITE or tree.tag[k] == "MD"
    if not finite or tree.of(verb, "nsubj", "nsubjpass", "csubj", "expl"):
        return None
    return verb
