"""Kinds of things: "Electrons", "electrons", "an electron" are one where a text says what they all do."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract.coref.cluster import Clusters, CorefCluster
from kg.extract.coref.names import words_of
from kg.extract.lexicon import words
from kg.extract.lexicon.nouns import lemma_type
from kg.extract.parse.tree import Tree
from kg.extract.reading import MentionDraft

# Classes whose bare plurals mean a kind at any time; of the others, only in what holds in general.
ALWAYS = frozenset({"Concept"})
GENERAL = frozenset({"Product", "Work", "Group", "Organization"})
# Nouns of these classes are many times somebody else: "Soldiers attacked … Soldiers fled".
INDIVIDUAL = frozenset({"Person", "Event", "GPE", "Location", "Facility", "Position", "Language"})
VAGUE = words("coref", "context", "vague")
DEFINITE = words("coref", "nominals", "definite")
PRESENT = frozenset({"VBZ", "VBP", "VB"})
Key = tuple[str, ...]


def join(clusters: Clusters) -> None:
    """Join the mentions of a document that mean one kind of thing."""
    plural: list[tuple[Key, MentionDraft]] = []
    singular: list[tuple[Key, MentionDraft]] = []
    instances: set[Key] = set()
    for key, m in _nouns(clusters):
        tree, i = clusters.trees[m.block.index], m.head.i
        if tree.tag[i] in ("NNS", "NNPS"):
            if _bare(tree, i):
                plural.append((key, m))
        elif (article := tree.first(i, "det")) is not None:
            if tree.lower[article] in DEFINITE or _in_general(clusters, m):
                singular.append((key, m))
            elif tree.lower[article] in VAGUE:
                instances.add(key)
    kinds = _join_plurals(clusters, plural)
    for key, m in singular:
        # "A car hit him. … The car" is that car.
        if key in kinds and key not in instances:
            m.type = kinds[key].type
            clusters.join(kinds[key], clusters.cluster_of(m), "kind", m)


def same_words(clusters: Clusters) -> None:
    """Join "the Data Act", "THE DATA ACT" and "the data act": what is once written as a name is one."""
    reading = clusters.reading
    named = {words_of(m.label): m for m in reversed(reading.mentions) if m.kind == "name" and len(m.span) > 1}
    found: dict[Key, list[MentionDraft]] = {}
    for m in [m for m in reading.mentions if m.kind == "nominal" and id(m) in clusters.of]:
        key = _after_the(clusters.trees[m.block.index], m)
        if len(key) > 1:
            found.setdefault(key, []).append(m)
            if all(t.is_title for t in m.block.doc[m.span.end - len(key) : m.span.end]):
                named.setdefault(key, m)
    for key, mentions in found.items():
        for m in mentions:
            if key in named:
                clusters.join(clusters.cluster_of(named[key]), clusters.cluster_of(m), "same-name", m)


def _after_the(tree: Tree, m: MentionDraft) -> Key:
    """Give the words of a noun behind "the", where they are all of it."""
    i, start = m.head.i, m.span.start
    article = tree.first(i, "det")
    if article is None or tree.lower[article] != "the" or not article <= start <= article + 1:
        return ()
    return (
        ()
        if m.span.end != i + 1 or any(k > i for k in tree.kids[i])
        else tuple(tree.lower[article + 1 : i + 1])
    )


def _join_plurals(clusters: Clusters, plural: list[tuple[Key, MentionDraft]]) -> dict[Key, CorefCluster]:
    """Join bare plurals that mean a kind, and give it under its key.

    "Rockets hit the port. Rockets hit the town" are others each time, "solar panels" are a kind.
    """
    general = {key for key, m in plural if m.type in ALWAYS or _in_general(clusters, m)}
    kinds: dict[Key, CorefCluster] = {}
    for key, m in plural:
        if key in general and (len(key) > 1 or m.type in ALWAYS or _in_general(clusters, m)):
            known, thing = kinds.get(key), clusters.cluster_of(m)
            thing.heads.add(key[-1])
            kinds[key] = thing if known is None else clusters.join(known, thing, "kind", m)
    return kinds


def _nouns(clusters: Clusters) -> Iterator[tuple[Key, MentionDraft]]:
    """Give the nouns that may mean a kind, with their keys, in the order of the text."""
    for m in [m for m in clusters.reading.mentions if m.kind == "nominal" and id(m) in clusters.of]:
        tree = clusters.trees[m.block.index]
        # What no table knows has a class from where it stands alone, which may be another one each time.
        told = m.type in ALWAYS | GENERAL or lemma_type(tree.lemma[m.head.i]) is None
        if told and m.value is None and not clusters.chained(m):
            key = _key(tree, m)
            if key is not None and lemma_type(key[-1]) not in INDIVIDUAL:
                yield key, m


def _key(tree: Tree, m: MentionDraft) -> Key | None:
    """Give a noun in the singular with the words before it; None where more follows."""
    i = m.head.i
    before = [k for k in range(m.span.start, i) if tree.dep[k] != "det"]
    joined = all(tree.pos[k] in ("ADJ", "NOUN", "PROPN") or tree.lower[k] == "-" for k in before)
    if not joined or m.span.end > i + 1 or any(k > i and tree.dep[k] != "punct" for k in tree.kids[i]):
        return None
    return *(tree.lower[k] for k in before), _singular(tree, i)


def _singular(tree: Tree, i: int) -> str:
    """Give a noun without the sign of the plural, also where it was taken for a name."""
    word = tree.lower[i]
    if tree.tag[i] not in ("NNS", "NNPS"):
        return word
    lemma = tree.lemma[i]
    return lemma if lemma != word or not word.endswith("s") else word[:-1]


def _bare(tree: Tree, i: int) -> bool:
    return all(tree.dep[k] in ("amod", "compound", "nmod", "punct") for k in tree.kids[i])


def _in_general(clusters: Clusters, m: MentionDraft) -> bool:
    """Whether the clause says what holds in general: "A vaccine trains the immune system"."""
    site = clusters.site(m.block.index, m.head.i)
    tree, verb = site.tree, site.verb
    return verb >= 0 and tree.tag[verb] in PRESENT and not tree.of(verb, "neg")
