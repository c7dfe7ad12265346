"""Rows that stand in a phrase without a verb: who or what is renamed, titled, placed, given as an example.

The text leaves the verb out, so that its tense is not known: the relation is written with "be".
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from kg.extract.lexicon import words
from kg.extract.parse.tree import Tree
from kg.extract.tuples.phrases import BARE, clause_text, phrase, text_of

NOUNS = frozenset({"NOUN", "PROPN"})
PLACES = frozenset({"GPE", "LOC", "FAC"})
SITUATED = PLACES | {"ORG"}
PREMODIFIERS = frozenset({"compound", "nmod", "amod", "appos"})


class PhraseTuple(NamedTuple):
    """Relation, subject and object, the rule that read them, and a token that they stand around."""

    relation: str
    pair: tuple[str, str]
    rule: str
    token: int


def find(tree: Tree) -> Iterator[PhraseTuple]:
    """Give the rows of all phrases of a parsed text, in order."""
    for i in range(tree.n):
        if tree.dep[i] == "appos":
            yield from _renamed(tree, i)
        elif tree.dep[i] == "prep" and tree.pos[tree.head[i]] in NOUNS and tree.head[i] < i:
            yield from _placed(tree, i)
            yield from _exemplified(tree, i)
        elif tree.dep[i] == "acl" and tree.pos[tree.head[i]] == "NOUN":
            yield from _contained(tree, i)
        if tree.pos[i] == "PROPN" and tree.doc[i].ent_type_:
            yield from _titled(tree, i)


def _renamed(tree: Tree, i: int) -> Iterator[PhraseTuple]:
    """ "Oslo, the capital", "the author Anna Berg", "Anna Berg, 45"."""
    h = tree.head[i]
    kind, outer = tree.doc[i].ent_type_, tree.doc[h].ent_type_
    if tree.pos[i] == "NUM" and outer == "PERSON":
        yield PhraseTuple("be", (text_of(tree, phrase(tree, h, BARE)), text_of(tree, [i])), "age", i)
    if tree.pos[i] not in NOUNS:
        return
    rule = f"appos-{tree.pos[h].lower()}-{tree.pos[i].lower()}"
    of = tree.head[h]
    if tree.dep[h] == "pobj" and tree.lower[of] == "of" and tree.lower[tree.head[of]] == "one":
        h = tree.head[of]  # "one of the teachers, Anna Berg": she is not all of them
    inside = set(tree.subtree(i))
    first = text_of(tree, [t for t in phrase(tree, h, BARE) if t not in inside])
    second = text_of(tree, phrase(tree, i))
    if tree.pos[h] == "PROPN":
        # "Bergen, Norway": a place within a place.
        within = kind == "GPE" and outer in SITUATED
        yield PhraseTuple("be in" if within else "be", (first, second), rule, i)
    elif (tree.pos[h] == "NOUN" or tree.lower[h] == "one") and tree.pos[i] == "PROPN" and kind:
        yield PhraseTuple("be", (second, first), "appos-noun-propn", i)


def _titled(tree: Tree, i: int) -> Iterator[PhraseTuple]:
    """ "President Anna Berg", "the software company Norwind": what stands before a name says what it is."""
    kind = tree.doc[i].ent_type_
    before = [k for k in tree.kids[i] if k < i and tree.dep[k] in PREMODIFIERS]
    nouns = ("NOUN", "PROPN") if kind == "PERSON" else ("NOUN",)
    heads = [k for k in before if tree.pos[k] in nouns and tree.doc[k].ent_type_ != kind]
    if not heads:
        return
    last = heads[-1]
    title = [
        t
        for t in range(tree.left[i], last + 1)
        if t in before or (tree.doc[t].ent_type_ != kind and tree.head[t] != i)
    ]
    name = [*range(last + 1, i + 1)]
    if any(tree.doc[t].ent_type_ != kind and tree.pos[t] != "PUNCT" for t in name):
        return
    if not name or not tree.lower[name[0]].isalnum() or any(tree.pos[t] in ("VERB", "AUX") for t in title):
        return
    if tree.lower[last] not in words("nominals", "office", "honorifics"):
        yield PhraseTuple("be", (text_of(tree, name), text_of(tree, title)), "title", i)


def _placed(tree: Tree, i: int) -> Iterator[PhraseTuple]:
    """ "the National Theatre in Oslo": a named thing is where its name's phrase puts it."""
    place, noun = tree.first(i, "pobj"), tree.head[i]
    if place is None or tree.lower[i] not in ("in", "at", "on", "near") or tree.pos[noun] != "PROPN":
        return
    if tree.pos[place] == "PROPN" and tree.doc[place].ent_type_ in PLACES:
        pair = text_of(tree, phrase(tree, noun, BARE | {"prep"})), text_of(tree, phrase(tree, place))
        yield PhraseTuple(f"be {tree.lower[i]}", pair, "place", i)


def _exemplified(tree: Tree, i: int) -> Iterator[PhraseTuple]:
    """ "towns such as Lund": the town that is named is one of them."""
    example, noun = tree.first(i, "pobj"), tree.head[i]
    such = tree.lower[i - 1] == "such" or (tree.lower[tree.left[noun]] == "such" and tree.left[noun] < noun)
    if example is None or tree.lower[i] != "as" or not such:
        return
    inside = set(tree.subtree(i))
    kind = text_of(tree, [t for t in phrase(tree, noun, BARE) if t not in inside and tree.lower[t] != "such"])
    for c in tree.conjuncts(example):
        yield PhraseTuple("be such as", (kind, text_of(tree, phrase(tree, c))), "example", i)


def _contained(tree: Tree, i: int) -> Iterator[PhraseTuple]:
    """ "the news that the mill had closed": what a statement, a fact or a hope is."""
    that = next((m for m in tree.of(i, "mark") if tree.lower[m] == "that"), None)
    if that is not None:
        inside = set(tree.subtree(i))
        noun = text_of(tree, [t for t in phrase(tree, tree.head[i], BARE) if t not in inside])
        told = text_of(tree, [t for t in clause_text(tree, i) if t != that])
        yield PhraseTuple("be that", (noun, told), "content", i)
