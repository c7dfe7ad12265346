"""Who "her father" is, where the text tells elsewhere whose child she is."""

from __future__ import annotations

from collections.abc import Iterator

from kg import relations as rel
from kg.extract import constructions
from kg.extract.coref.cluster import Clusters, CorefCluster, gender_of_word
from kg.extract.lexicon import words
from kg.extract.reading import ClaimDraft, MentionDraft

WORDS = {
    relation: words("nominals", "kin", relation)
    for relation in (rel.SPOUSE, rel.CHILD, rel.PARENT, rel.SIBLING)
}
MARRYING = words("nominals", "kin", "marrying")
# Relations that hold both ways, and the one that is the other turned.
MUTUAL = frozenset({rel.SPOUSE, rel.SIBLING})
TURNED = {rel.CHILD: rel.PARENT, rel.PARENT: rel.CHILD}
Told = tuple[ClaimDraft, str]
# How much a gender must be told to pick one of two parents.
CLEAR = 0.3


def join(clusters: Clusters) -> None:
    """Join "her father" to the one person whom the text tells to be her parent, and a man."""
    reading = clusters.reading
    told = [(c, relation) for c in reading.claims if (relation := _told_as(c)) is not None]
    for mention in list(reading.mentions) if told else ():
        relation = _relation(clusters, mention)
        thing = None if relation is None else clusters.cluster_of(mention)
        if relation is None or thing is None or thing.named or thing.plural:
            continue
        owner = _owner(clusters, mention)
        found = (
            None
            if owner is None
            else _kin(clusters, told, owner, relation, gender_of_word(mention.head.lower_))
        )
        if found is not None and not clusters.claimed(mention, found):
            clusters.join(found, thing, "definite", mention)


def _told_as(claim: ClaimDraft) -> str | None:
    """Give how two are kin by a claim."""
    if not claim.asserted or claim.negated or claim.object is None:
        return None
    if claim.relation in MARRYING:
        return rel.SPOUSE
    return claim.relation if claim.relation in WORDS else None


def _relation(clusters: Clusters, mention: MentionDraft) -> str | None:
    """Give how somebody is kin whom a plain word for one names: not "her first wife", "her elder son"."""
    if mention.kind != "nominal" or id(mention) not in clusters.of:
        return None
    tree, i = clusters.trees[mention.block.index], mention.head.i
    if tree.tag[i] != "NN" or any(tree.lower[k] != "late" for k in tree.of(i, "amod", "compound", "nummod")):
        return None
    return next((relation for relation, said in WORDS.items() if tree.lemma[i] in said), None)


def _owner(clusters: Clusters, mention: MentionDraft) -> CorefCluster | None:
    owner = constructions.owner(clusters.trees[mention.block.index], mention.head.i)
    whose = None if owner is None else clusters.reading.at(mention.block, mention.block.doc[owner])
    return clusters.cluster_of(whose) if whose is not None and id(whose) in clusters.of else None


def _kin(
    clusters: Clusters, told: list[Told], owner: CorefCluster, relation: str, sex: float
) -> CorefCluster | None:
    """Give the one who is told to be somebody's kin; of several the one whose name tells the gender."""
    found = {id(t): t for t in _told(clusters, told, owner, relation) if t.named and t is not owner}
    fitting = [t for t in found.values() if t.gender * sex >= 0]
    clear = [t for t in fitting if t.gender * sex > CLEAR]
    if len(clear) == 1:
        return clear[0]
    return fitting[0] if len(fitting) == 1 else None


def _told(clusters: Clusters, told: list[Told], owner: CorefCluster, relation: str) -> Iterator[CorefCluster]:
    for claim, said in told:
        assert claim.object is not None
        one, other = clusters.cluster_of(claim.subject), clusters.cluster_of(claim.object)
        if said == relation and one is owner:
            yield other
        elif other is owner and (said == TURNED.get(relation) or said == relation in MUTUAL):
            yield one
