"""Who is meant by a number or a plural that names behind it tell: "two of them, Bo and Jan Ek"."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract import constructions
from kg.extract.parse.repair import tree_of
from kg.extract.parse.tree import Tree
from kg.extract.reading import MentionDraft, ParsedBlock, Reading

# What stands before a list of names, and how many are more than one.
LISTING, MANY = frozenset({",", ":", "-", "–", "—"}), 2
DEFINITE = frozenset({"the", "its", "his", "her", "their"})


def meant(reading: Reading, mention: MentionDraft) -> list[MentionDraft]:
    """Give those whom a mention is told to stand for by name, else the mention.

    Of several who are counted it is each: "two of them, the cousins Bo and Jan Ek". A plural with one name
    is a firm: "the auditors, Moll Berg". Two nouns with one article are one person.
    """
    people = mention.kind == "name" and mention.head.tag_ == "NNPS"
    if mention.kind not in ("nominal", "pronoun") and not people:
        return [mention]
    tree, i = tree_of(mention.block), mention.head.i
    if tree.pos[i] == "NUM" and any(tree.lower[p] == "of" for p in tree.of(i, "prep")):
        names = list(_names_behind(reading, mention.block, tree, i))
        return names if len(names) > 1 else [mention]
    if (several := _each(reading, mention.block, i)) or people:
        return several or [mention]
    named = _firm(reading, mention, tree) or _of_two_offices(reading, mention, tree)
    return [mention if named is None else named]


def _is_listed(tree: Tree, i: int) -> bool:
    return constructions.renames(tree, i) or tree.dep[i] == "conj"


def listed_behind(reading: Reading, mention: MentionDraft) -> list[MentionDraft]:
    """Give those who are listed behind a plural, all by name: "two rivals, Halm and Vero"; else none.

    Where their number is told it is that of the names.
    """
    tree, i = tree_of(mention.block), mention.head.i
    if mention.kind != "nominal" or tree.tag[i] != "NNS":
        return []
    for a in constructions.appositions(tree, i):
        joined = tree.conjuncts(a.renaming)
        first = tree.left[joined[0]]
        if len(joined) < MANY or tree.lower[first - 1] not in LISTING or joined[0] < i:
            continue
        named = [reading.at(mention.block, mention.block.doc[k]) for k in joined]
        known = [m for m in named if m is not None and m.kind == "name"]
        told = mention.value.lexical if mention.value is not None else str(len(joined))
        if len(known) == len(joined) and told == str(len(joined)):
            return known
    return []


def antecedents(reading: Reading, verb: int, mention: MentionDraft) -> list[MentionDraft]:
    """Give those of whom the clause of a verb tells: "the sisters Ida and Ann Moe, who beat …" are both."""
    tree = tree_of(mention.block)
    head = tree.head[verb]
    if mention.kind == "name" and tree.dep[verb] == "relcl" and _is_listed(tree, head):
        while _is_listed(tree, head):
            head = tree.head[head]
        each = _each(reading, mention.block, head)
        if mention in each:
            return each
    return meant(reading, mention)


def _each(reading: Reading, block: ParsedBlock, i: int) -> list[MentionDraft]:
    """Give the persons whom a plural is right before: "the Swedes Ida Moe and Ann Ek"."""
    tree = tree_of(block)
    definite = any(tree.lower[k] in DEFINITE for k in tree.kids[i])
    if tree.tag[i] not in ("NNS", "NNPS") or not definite:
        return []
    for a in constructions.appositions(tree, i):
        joined = tree.conjuncts(a.renaming)
        first = reading.at(block, block.doc[joined[0]])
        if len(joined) < 2 or first is None or first.span.start != i + 1:
            continue
        named = [reading.at(block, block.doc[k]) for k in joined]
        return [m for m in named if m is not None and m.kind == "name" and m.type == "Person"]
    return []


def _names_behind(reading: Reading, block: ParsedBlock, tree: Tree, i: int) -> Iterator[MentionDraft]:
    """Give the names behind a number, or behind the noun that renames it."""
    for a in constructions.appositions(tree, i):
        k = a.renaming
        if tree.pos[k] == "PROPN":
            found = (reading.at(block, block.doc[c]) for c in tree.conjuncts(k))
            yield from (m for m in found if m is not None and m.kind == "name")
        elif tree.pos[k] == "NOUN":
            yield from _names_behind(reading, block, tree, k)


def _firm(reading: Reading, mention: MentionDraft, tree: Tree) -> MentionDraft | None:
    """Give the firm that a plural is called by one name: "sued the auditors, Moll Berg, for negligence"."""
    i = mention.head.i
    definite = any(tree.lower[k] in DEFINITE for k in tree.kids[i])
    single = _is_one_firm(mention, tree)
    if not (single or tree.tag[i] == "NNS") or not definite or tree.of(i, "nummod", "conj"):
        return None
    named = [k for k in _renamed(tree, i) if tree.pos[k] == "PROPN"]
    named = [k for k in named if not tree.of(k, "conj", "cc") and not _renamed(tree, k)]
    if len(named) != 1 or tree.lower[tree.left[named[0]] - 1] != ",":
        return None
    found = reading.at(mention.block, mention.block.doc[named[0]])
    return found if found is not None and _may_be_firm(found, single=single) else None


def _is_one_firm(mention: MentionDraft, tree: Tree) -> bool:
    """Whether a noun is for one body: "its bank, Northern Provincial"."""
    return tree.tag[mention.head.i] == "NN" and mention.type == "Organization"


def _may_be_firm(mention: MentionDraft, *, single: bool) -> bool:
    """Whether a name may be that of a firm; what looks a person's has two words then: "Moll Berg".

    Of a noun for one body it is the name, whatever it looks like.
    """
    if single:
        return mention.kind == "name"
    if mention.kind != "name" or mention.type not in ("Person", "Organization", "Concept"):
        return False
    return mention.type != "Person" or len(mention.span) > 1


def _of_two_offices(reading: Reading, mention: MentionDraft, tree: Tree) -> MentionDraft | None:
    """Give who is two things at once: "Moll's clerk and cousin, Ida Berg, was jailed"."""
    i = mention.head.i
    first = tree.head[i] if tree.dep[i] == "conj" else i
    joined, named = tree.of(first, "conj"), _renamed(tree, first)
    if len(joined) != 1 or len(named) != 1 or tree.tag[first] != "NN" or tree.tag[joined[0]] != "NN":
        return None
    own = tree.of(joined[0], "det", "nummod") or constructions.owner(tree, joined[0]) is not None
    if own or tree.of(named[0], "conj") or named[0] < joined[0]:
        return None
    found = reading.at(mention.block, mention.block.doc[named[0]])
    return found if found is not None and found.kind == "name" and found.type == "Person" else None


def _renamed(tree: Tree, i: int) -> list[int]:
    """Give what renames a token."""
    return [a.renaming for a in constructions.appositions(tree, i)]
