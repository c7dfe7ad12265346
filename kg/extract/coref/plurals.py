"""Several together as one thing: "Anna and Ben" are who "they" stands for, and neither of them is."""

from __future__ import annotations

from kg.extract.coref.cluster import Clusters
from kg.extract.lexicon import words
from kg.extract.lexicon.sets import NOMINALS
from kg.extract.parse.tree import Tree
from kg.extract.reading import MentionDraft

ACTORS = frozenset("Person Organization Group GPE".split())
TOGETHER = words("coref", "plurals", "together")


def coordinations(clusters: Clusters) -> None:
    """Open a thing for each list of names and nouns of one class.

    Its mention is kept once a pronoun stands for it.
    """
    reading = clusters.reading
    for m in list(reading.mentions):
        if m.type not in ACTORS or m.kind not in ("name", "nominal"):
            continue
        tree, i = clusters.trees[m.block.index], m.head.i
        if not _begins_list(tree, i) or reading.at(m.block, m.head) is not m:
            continue
        members = [reading.at(m.block, m.block.doc[k]) for k in _listed(tree, i)]
        spans = [o.span for o in members if o is not None and o.type in _like(m.type)]
        if len(members) < 2 or len(spans) < len(members):
            continue
        span = m.block.doc[min(s.start for s in spans) : max(s.end for s in spans)]
        draft = MentionDraft(m.block, span, m.head, "nominal", "Group", span.text)
        clusters.open_several(draft)


def _begins_list(tree: Tree, i: int) -> bool:
    if tree.first(i, "conj") is None:
        return False
    return tree.dep[i] != "conj" or tree.pos[tree.head[i]] not in NOMINALS


def _listed(tree: Tree, i: int) -> list[int]:
    """The members of a list that ends with "and", from its first."""
    members = tree.conjuncts(i)
    joined = any(tree.lower[k] in TOGETHER for j in members for k in tree.of(j, "cc"))
    return members if joined else []


def _like(kind: str) -> frozenset[str]:
    return frozenset({"Person"}) if kind == "Person" else ACTORS - {"Person"}
