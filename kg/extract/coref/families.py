"""Whose kin somebody is, by the name that both have: "Her son, the actor Max Hart" is Eva Hart's."""

from __future__ import annotations

from collections.abc import Iterable

from kg.extract import constructions
from kg.extract.coref.cluster import Clusters, CorefCluster
from kg.extract.coref.context import KIN
from kg.extract.coref.names import words_of
from kg.extract.parse.tree import Tree
from kg.extract.reading import MentionDraft, ParsedBlock

# What may stand between a word for kin and the name: "Her son, the young actor Max Hart".
BETWEEN = frozenset({"DET", "ADJ", "NOUN", "PUNCT", "PROPN"})
LONGEST = 9


def of_family(
    clusters: Clusters, block: ParsedBlock, owner: int, candidates: Iterable[CorefCluster]
) -> CorefCluster | None:
    """Give the one of some persons who has the surname of whom the text calls a token's kin."""
    tree = clusters.trees[block.index]
    kin = tree.head[owner]
    if not constructions.owns(tree, owner) or tree.lemma[kin] not in KIN:
        return None
    named = _named(clusters, block, tree, kin)
    if named is None:
        return None
    own, surname = clusters.cluster_of(named), words_of(named.label)[-1]
    found = [t for t in candidates if t is not own and t.type == "Person" and _is_called(t, surname)]
    return found[0] if len(found) == 1 else None


def _named(clusters: Clusters, block: ParsedBlock, tree: Tree, kin: int) -> MentionDraft | None:
    """Give the full name behind a word for kin."""
    for k in range(kin + 1, min(kin + LONGEST, tree.n)):
        mention = clusters.reading.at(block, block.doc[k])
        if mention is not None and mention.kind == "name":
            return mention if mention.type == "Person" and len(words_of(mention.label)) > 1 else None
        if tree.pos[k] not in BETWEEN or tree.lower[k] in (".", ";"):
            return None
    return None


def _is_called(thing: CorefCluster, surname: str) -> bool:
    return any(len(form) > 1 and form[-1] == surname for form in thing.forms)
