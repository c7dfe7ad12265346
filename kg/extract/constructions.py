"""Constructions that relate words without a verb, recognised once for all who read a parse.

An apposition, a title before a name, a possessive, an example, a bracket: each is a small record of the
tokens that stand in it. What it means, and whether it counts, is for the reader who asks.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc

from kg.extract import lexicon
from kg.extract.lexicon import gazetteer
from kg.extract.lexicon.sets import NOUNS, PREMODIFIERS, TIME_LABELS, VERBS
from kg.extract.parse.tree import Tree

APPOSITION, POSSESSIVE = "appos", "poss"
CLOSING = lexicon.mapping("constructions", "closing")
# Labels of the two ends of a life.
LIFE = frozenset({"born", "died"})
EXAMPLING = lexicon.words("constructions", "exampling")
# Nouns for places that have their name behind "of", those of them that a land may be, and what picks one of
# several: "the largest city", "the only island".
SORTS_OF_PLACES = lexicon.words("nominals", "kind", "tags")
SORTS_OF_LANDS = lexicon.words("nominals", "kind", "lands")
PICKING, PICKING_TAGS = lexicon.words("nominals", "kind", "picking"), frozenset({"JJS", "RBS", "CD"})
INDEFINITE = frozenset({"a", "an", "another", "any", "each", "every", "no", "some"})


@dataclass(frozen=True, slots=True)
class Apposition:
    """A noun and what renames it: "Oslo, the capital". `gap` is the sign that parts them, mostly a comma."""

    head: int
    renaming: int
    gap: str


@dataclass(frozen=True, slots=True)
class Possessive:
    """Whose something is: "Lund's film", "its chair"."""

    owner: int
    owned: int


@dataclass(frozen=True, slots=True)
class Title:
    """What stands before a name and says what it is: "the software company Norwind".

    `noun` heads the words of the title.
    """

    noun: int
    words: tuple[int, ...]
    name: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Examples:
    """A kind of thing and the first that is named for it: "towns such as Lund".

    `word` is how they are brought: "such as", "such … as", "including", "like". `marker` is its preposition.
    """

    category: int
    first: int
    marker: int
    word: str

    @property
    def parted(self) -> bool:
        """Whether the noun stands between the words that bring the examples: "such towns as Lund"."""
        return self.word == "such … as"


def renames(tree: Tree, i: int) -> bool:
    """Whether a token is what renames another."""
    return tree.dep[i] == APPOSITION


def renamed(tree: Tree, i: int) -> int:
    """Give what a token renames, through several appositions, or itself: "his brother" for "Max"."""
    while renames(tree, i):
        i = tree.head[i]
    return i


def apposition(tree: Tree, renaming: int) -> Apposition | None:
    """Give the apposition in which a token renames another, if it does."""
    if not renames(tree, renaming):
        return None
    head, before = tree.head[renaming], tree.left[renaming] - 1
    parted = head <= before and tree.pos[before] == "PUNCT"
    return Apposition(head, renaming, tree.lower[before] if parted else "")


def appositions(tree: Tree, *heads: int) -> list[Apposition]:
    """Give the appositions that rename a token, or one of a name's from outside of it."""
    found = (apposition(tree, k) for i in heads for k in tree.kids[i] if k not in heads)
    return [a for a in found if a is not None]


def owns(tree: Tree, i: int) -> bool:
    """Whether something is a token's, by an 's or as it is a possessive pronoun."""
    return tree.dep[i] == POSSESSIVE


def possessives(tree: Tree, *owned: int) -> list[Possessive]:
    """Give those whose a token is, or one of a name's from outside of it."""
    return [Possessive(k, i) for i in owned for k in tree.kids[i] if owns(tree, k) and k not in owned]


def owner(tree: Tree, owned: int) -> int | None:
    """Give the token whose another is: "Lund" of "Lund's film"."""
    return tree.first(owned, POSSESSIVE)


def owner_named(tree: Tree, owned: int) -> int | None:
    """Give the token whose another is, of "whose" the noun that it stands for."""
    k = owner(tree, owned)
    return None if k is None else whose(tree, k)


def whose(tree: Tree, k: int) -> int | None:
    """Give the noun that "whose" stands for, which its clause hangs on; any other token is itself."""
    if tree.tag[k] != "WP$":
        return k
    i = tree.head[k]
    while tree.dep[i] != "relcl" and tree.head[i] != i:
        i = tree.head[i]
    return tree.head[i] if tree.dep[i] == "relcl" else None


def modifiers(tree: Tree, noun: int) -> list[int]:
    """Give the nouns that stand in a noun's own phrase without a preposition: "Norwind's ferry company"."""
    return tree.of(noun, "compound", "nmod", POSSESSIVE)


def title(tree: Tree, head: int) -> Title | None:
    """Give the title before a name that a token heads: "President Anna Berg"."""
    kind = tree.doc[head].ent_type_
    before = [k for k in tree.kids[head] if k < head and tree.dep[k] in PREMODIFIERS]
    last = _titling(tree, before, kind)
    if last is None:
        return None
    words = [
        t
        for t in range(tree.left[head], last + 1)
        if t in before or (tree.doc[t].ent_type_ != kind and tree.head[t] != head)
    ]
    name = range(last + 1, head + 1)
    if any(tree.doc[t].ent_type_ != kind and tree.pos[t] != "PUNCT" for t in name):
        return None
    if not tree.lower[name[0]].isalnum() or any(tree.pos[t] in VERBS for t in words):
        return None
    return Title(last, tuple(words), tuple(name))


def _titling(tree: Tree, before: list[int], kind: str) -> int | None:
    """Give the last noun before a name that is none of it.

    A person may be titled by a word with a capital, what else has a name only by a common noun.
    """
    nouns = NOUNS if kind == "PERSON" else ("NOUN",)
    return next((k for k in reversed(before) if tree.pos[k] in nouns and tree.doc[k].ent_type_ != kind), None)


def examples(tree: Tree, marker: int) -> Examples | None:
    """Give what a preposition on a noun brings examples of: "towns such as Lund", "such towns as Lund"."""
    word, first = tree.lower[marker], tree.first(marker, "pobj")
    if first is None or word not in EXAMPLING:
        return None
    category = tree.head[marker]
    if word == "as":
        if tree.lower[marker - 1] == "such" or any(tree.lower[k] == "such" for k in tree.kids[marker]):
            word = "such as"
        elif tree.lower[tree.left[category]] == "such" and tree.left[category] < category:
            word = "such … as"
        else:
            return None
    return Examples(category, first, marker, word)


def closed_at(tree: Tree, opening: int, end: int) -> int | None:
    """Give the sign that closes a bracket or quotation mark before `end`; None where there is none."""
    sign = CLOSING.get(tree.lower[opening])
    return next((k for k in range(opening + 1, min(end, tree.n)) if tree.lower[k] == sign), None)


def outside(tree: Tree, start: int, end: int, *, reach: int) -> Iterator[int]:
    """Give the tokens from `start` to `end` that stand in no brackets and no quotation marks.

    What opens one counts only where it is closed before `reach`.
    """
    closing: list[str] = []
    for i in range(start, end):
        word = tree.lower[i]
        if closing and word == closing[-1]:
            closing.pop()
        elif word in CLOSING and CLOSING[word] in tree.lower[i + 1 : reach]:
            closing.append(CLOSING[word])
        elif not closing:
            yield i


def tells_life(doc: Doc) -> bool:
    """Whether a block is the line of an obituary that has the two ends of a life: "Born: … Died: …"."""
    return len(doc) > 2 and doc[0].lower_ in LIFE and doc[1].text == ":"


def sort_of_place(tree: Tree, start: int, root: int) -> int | None:
    """Give the noun that says what place a name under "of" is: "the village of Sarn", "her town of Ulm".

    A noun for one of several in what is named is none: "a town of Norway", "the largest city of Sweden".
    """
    prep, noun = start - 1, start - 2
    if noun < 0 or tree.dep[root] != "pobj" or tree.head[root] != prep or tree.lower[prep] != "of":
        return None
    if tree.head[prep] != noun or tree.tag[noun] != "NN" or tree.lemma[noun] not in SORTS_OF_PLACES:
        return None
    name = tree.doc[start : root + 1].text
    if gazetteer.land_named(name) is not None and tree.lemma[noun] not in SORTS_OF_LANDS:
        return None
    return None if any(_picks(tree, k) for k in tree.subtree(noun) if k < noun) else noun


def _picks(tree: Tree, k: int) -> bool:
    """Whether a word before a noun says that one of several is meant, or is the name of another."""
    if tree.pos[k] == "PROPN":
        return gazetteer.land_of_adjective(tree.doc[k].text) is None
    return tree.tag[k] in PICKING_TAGS or tree.lower[k] in PICKING | INDEFINITE


def is_restricted(tree: Tree, i: int) -> bool:
    """Whether a clause behind a noun says which it is: "the man who", "the team beaten by", and no comma."""
    clauses = [k for k in tree.kids[i] if k > i and tree.dep[k] in ("relcl", "acl")]
    return any(tree.lower[tree.left[k] - 1] != "," for k in clauses)


def opens_gap(tree: Tree, prep: int) -> bool:
    """Whether a time with a preposition is that of a further clause without a verb, not of its verb's own.

    "Sailed to Tunis, and in 1941 to Lyon", but not "in 1940 and in 1941".
    """
    verb, joint = tree.head[prep], prep - 1
    if joint <= verb or tree.dep[joint] != "cc" or tree.head[joint] != verb:
        return False
    before = joint - 1 - (tree.lower[joint - 1] == ",")
    if not _is_time(tree, prep + 1) or before <= verb or _is_time(tree, before):
        return False
    beside = tree.of(verb, "prep")
    return any(k > prep for k in beside) and any(verb < k < joint for k in beside)


def _is_time(tree: Tree, i: int) -> bool:
    return i < tree.n and tree.doc[i].ent_type_ in TIME_LABELS
