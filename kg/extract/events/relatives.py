"""Who "her father" is, where the text has named him elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from kg import relations as rel
from kg.extract import constructions
from kg.extract.coref.cluster import Clusters, CorefCluster, gender_of_word
from kg.extract.lexicon import words
from kg.extract.parse.repair import tree_of
from kg.extract.reading import MentionDraft, Reading

PARENTS = words("nominals", "kin", "parent")


class Linking(Protocol):
    """What the linker of a document's events gives here."""

    reading: Reading
    clusters: Clusters

    def thing(self, mention: MentionDraft) -> CorefCluster:
        """Give what a mention stands for."""


def identify(linking: Linking) -> None:
    """Make "her father" the one whom the text names: "the daughter of Jan Ek. Her father died"."""
    known = list(_told(linking))
    for mention in [m for m in linking.reading.mentions if known and m.kind == "nominal"]:
        whose = _child(linking, mention)
        if whose is None or linking.thing(mention).named:
            continue
        sex = gender_of_word(tree_of(mention.block).lemma[mention.head.i])
        told = {id(parent): parent for child, parent in known if child is whose and parent.gender * sex >= 0}
        found = [p for p in told.values() if p.gender * sex > 0 or len(told) == 1]
        if len(found) == 1:
            linking.clusters.join(found[0], linking.thing(mention), "identity", mention, found[0].mentions[0])


def _told(linking: Linking) -> Iterator[tuple[CorefCluster, CorefCluster]]:
    """Give the children and parents that the text names."""
    for claim in linking.reading.claims:
        if claim.object is None or not claim.asserted or claim.relation not in (rel.PARENT, rel.CHILD):
            continue
        one, other = linking.thing(claim.subject), linking.thing(claim.object)
        if one.named and other.named:
            yield (one, other) if claim.relation == rel.PARENT else (other, one)


def _child(linking: Linking, mention: MentionDraft) -> CorefCluster | None:
    """Give whose father or mother a noun tells of, of a single one alone."""
    tree, i = tree_of(mention.block), mention.head.i
    owner = constructions.owner(tree, i)
    if tree.lemma[i] not in PARENTS or owner is None or tree.tag[i] != "NN":
        return None
    if tree.of(i, "amod", "compound", "nummod"):
        return None  # "her foster father"
    whose = linking.reading.at(mention.block, mention.block.doc[owner])
    return None if whose is None else linking.thing(whose)
