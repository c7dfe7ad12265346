"""Whom a text is about: its title or its first sentence names one person, and others of the name come later.

Whoever writes about Marta Kolar calls her Kolar throughout, and her brother by his full name.
"""

from __future__ import annotations

from collections.abc import Sequence

from kg.extract import constructions
from kg.extract.coref.cluster import Clusters
from kg.extract.coref.context import SUBJECTS
from kg.extract.coref.mourned import HEADINGS
from kg.extract.reading import MentionDraft


def leads(clusters: Clusters, mentions: Sequence[MentionDraft]) -> bool:
    """Whether a title names somebody, or the first sentence of the running text has him as its subject."""
    first = next((b for b in clusters.reading.blocks if b.kind not in HEADINGS), None)
    for m in mentions:
        if m.block.kind == "title":
            return True
        if m.block is first and m.head.sent.start == 0 and _is_subject(clusters, m):
            return True
    return False


def goes_on(clusters: Clusters, m: MentionDraft, others: Sequence[MentionDraft]) -> bool:
    """Whether a bare name may be that of another, who is the subject of the sentence before it."""
    sentence = clusters.sentence_of(m)
    return any(
        o.block is m.block and clusters.sentence_of(o) == sentence - 1 and _is_subject(clusters, o)
        for o in others
    )


def _is_subject(clusters: Clusters, m: MentionDraft) -> bool:
    """Whether a name is the subject of its sentence, or renames it: "Her brother, Peter Kolar, sings"."""
    tree = clusters.trees[m.block.index]
    i = constructions.renamed(tree, m.head.i)
    return tree.dep[i] in SUBJECTS and tree.dep[tree.head[i]] == "ROOT"
