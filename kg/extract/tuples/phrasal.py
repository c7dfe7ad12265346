"""Tuples of a phrase without a verb: who or what is renamed, titled, placed, given as an example.

The text leaves the verb out, so that its tense is not known: the relation is written with "be".
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from kg.extract import constructions, lexicon
from kg.extract.constructions import Apposition, Examples, Title
from kg.extract.lexicon.sets import NOUNS, PLACE_LABELS
from kg.extract.parse.tree import Tree
from kg.extract.tuples.phrases import BARE, clause_text, phrase, text_of, without

SITUATED = PLACE_LABELS | {"ORG"}
LOCATIVE = lexicon.words("tuples", "locative")
HONORIFICS = lexicon.words("nominals", "office", "honorifics")


class PhraseTuple(NamedTuple):
    """Relation, subject and object, the rule that read them, and a token that they stand around."""

    relation: str
    pair: tuple[str, str]
    rule: str
    token: int


def find(tree: Tree) -> Iterator[PhraseTuple]:
    """Give the tuples of all phrases of a parsed text, in order."""
    for i in range(tree.n):
        renamed = constructions.apposition(tree, i)
        if renamed is not None:
            yield from _aged(tree, renamed)
            yield from _renamed(tree, renamed)
        elif tree.dep[i] == "prep" and tree.pos[tree.head[i]] in NOUNS and tree.head[i] < i:
            yield from _placed(tree, i)
            examples = constructions.examples(tree, i)
            if examples is not None:
                yield from _exemplified(tree, examples)
        elif tree.dep[i] == "acl" and tree.pos[tree.head[i]] == "NOUN":
            yield from _contained(tree, i)
        if tree.pos[i] == "PROPN" and tree.doc[i].ent_type_:
            title = constructions.title(tree, i)
            if title is not None and tree.lower[title.noun] not in HONORIFICS:
                yield _titled(tree, title, i)


def _aged(tree: Tree, a: Apposition) -> Iterator[PhraseTuple]:
    """ "Anna Berg, 45"."""
    if tree.pos[a.renaming] == "NUM" and tree.doc[a.head].ent_type_ == "PERSON":
        pair = text_of(tree, phrase(tree, a.head, BARE)), text_of(tree, [a.renaming])
        yield PhraseTuple("be", pair, "age", a.renaming)


def _renamed(tree: Tree, a: Apposition) -> Iterator[PhraseTuple]:
    """ "Oslo, the capital", "the author Anna Berg"."""
    i, h = a.renaming, _one_of(tree, a.head)
    if tree.pos[i] not in NOUNS:
        return
    first = text_of(tree, without(tree, phrase(tree, h, BARE), i))
    second = text_of(tree, phrase(tree, i))
    kind = tree.doc[i].ent_type_
    if tree.pos[h] == "PROPN":
        # "Bergen, Norway": a place within a place.
        within = kind == "GPE" and tree.doc[a.head].ent_type_ in SITUATED
        rule = f"appos-{tree.pos[a.head].lower()}-{tree.pos[i].lower()}"
        yield PhraseTuple("be in" if within else "be", (first, second), rule, i)
    elif (tree.pos[h] == "NOUN" or tree.lower[h] == "one") and tree.pos[i] == "PROPN" and kind:
        yield PhraseTuple("be", (second, first), "appos-noun-propn", i)


def _one_of(tree: Tree, noun: int) -> int:
    """Give who is renamed: in "one of the teachers, Anna Berg" she is not all of them."""
    of = tree.head[noun]
    if tree.dep[noun] == "pobj" and tree.lower[of] == "of" and tree.lower[tree.head[of]] == "one":
        return tree.head[of]
    return noun


def _titled(tree: Tree, title: Title, i: int) -> PhraseTuple:
    """ "President Anna Berg", "the software company Norwind": what stands before a name says what it is."""
    return PhraseTuple("be", (text_of(tree, title.name), text_of(tree, title.words)), "title", i)


def _placed(tree: Tree, i: int) -> Iterator[PhraseTuple]:
    """ "the National Theatre in Oslo": a named thing is where its name's phrase puts it."""
    place, noun = tree.first(i, "pobj"), tree.head[i]
    if place is None or tree.lower[i] not in LOCATIVE or tree.pos[noun] != "PROPN":
        return
    if tree.pos[place] == "PROPN" and tree.doc[place].ent_type_ in PLACE_LABELS:
        pair = text_of(tree, phrase(tree, noun, BARE | {"prep"})), text_of(tree, phrase(tree, place))
        yield PhraseTuple(f"be {tree.lower[i]}", pair, "place", i)


def _exemplified(tree: Tree, examples: Examples) -> Iterator[PhraseTuple]:
    """ "towns such as Lund": the town that is named is one of them."""
    if tree.lower[examples.marker] != "as":
        return
    noun = without(tree, phrase(tree, examples.category, BARE), examples.marker)
    kind = text_of(tree, [t for t in noun if tree.lower[t] != "such"])
    for c in tree.conjuncts(examples.first):
        yield PhraseTuple("be such as", (kind, text_of(tree, phrase(tree, c))), "example", examples.marker)


def _contained(tree: Tree, i: int) -> Iterator[PhraseTuple]:
    """ "the news that the mill had closed": what a statement, a fact or a hope is."""
    that = next((m for m in tree.of(i, "mark") if tree.lower[m] == "that"), None)
    if that is not None:
        noun = text_of(tree, without(tree, phrase(tree, tree.head[i], BARE), i))
        told = text_of(tree, [t for t in clause_text(tree, i) if t != that])
        yield PhraseTuple("be that", (noun, told), "content", i)
