"""Who "we" are in a body's statement: "Norland condemns the attack. We urge all sides to talk".

In a notice "we" and "us" are the body whose name alone stands over it.
"""

from __future__ import annotations

from kg.extract.coref.cluster import Clusters, CorefCluster
from kg.extract.coref.context import MentionContext
from kg.extract.lexicon import words
from kg.extract.mentions import letterheads
from kg.extract.parse.tree import Tree
from kg.extract.parse.turns import FIRST_PERSON
from kg.extract.reading import MentionDraft, ParsedBlock

# What a body does in saying so.
STANCES = words("coref", "statements", "stances")
BODIES = frozenset({"GPE", "Organization"})
# News tells of such stances as well, in the past; who speaks itself uses the present.
PRESENT = frozenset({"VBZ", "VBP"})
# "Our doctor" is not the body's own.
SELF = frozenset({"we", "us"})


def note(clusters: Clusters) -> None:
    """Note who speaks in a statement: the one body that takes a stance in it, where "we" take one, too."""
    clusters.heading = letterheads.body(clusters.reading)
    bodies: dict[int, MentionDraft] = {}
    ours = False
    for block in clusters.reading.blocks:
        tree, quoted = clusters.trees[block.index], clusters.quotations(block)
        for i in range(tree.n):
            if i in quoted or tree.dep[i] != "ROOT" or not _takes_stance(tree, i):
                continue
            subject = tree.first(i, "nsubj")
            known = None if subject is None else clusters.reading.at(block, block.doc[subject])
            ours = ours or (subject is not None and tree.lower[subject] == "we")
            if known is not None and known.kind == "name" and known.type in BODIES:
                bodies[id(clusters.cluster_of(known))] = known
    if ours and len(bodies) == 1:
        clusters.stating = next(iter(bodies.values()))


def _takes_stance(tree: Tree, verb: int) -> bool:
    """Whether a verb in the present says what somebody thinks of something."""
    return tree.lemma[verb] in STANCES and tree.tag[verb] in PRESENT and not tree.of(verb, "neg", "aux")


def notifies(clusters: Clusters, at: MentionContext, block: ParsedBlock) -> CorefCluster | None:
    """Give whom a "we" or "us" of a notice stands for, unless somebody says "I" beside it."""
    if clusters.heading is None or at.tree.lower[at.i] not in SELF or FIRST_PERSON.search(block.doc.text):
        return None
    return clusters.cluster_of(clusters.heading)


def speaks(clusters: Clusters, at: MentionContext) -> CorefCluster | None:
    """Give whom a "we" stands for that is the subject of a main clause; others may be "we and you"."""
    if clusters.stating is None or at.role != "nsubj" or at.tree.lower[at.i] != "we":
        return None
    verb = at.verb
    while at.tree.dep[verb] == "conj":
        verb = at.tree.head[verb]
    return clusters.cluster_of(clusters.stating) if at.tree.dep[verb] == "ROOT" else None
