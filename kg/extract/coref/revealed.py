"""What is told of before it is named: "A ferry capsized off Lorn. The MV Vela, which carried 60 people, …".

The name itself must say what it is: by initials before the name of a ship, by its last word, or by what ships
alone do. It opens one of the next sentences as its subject, and nothing else of the kind was told of.
"""

from __future__ import annotations

from kg.extract import constructions
from kg.extract.coref import told
from kg.extract.coref.cluster import Clusters, CorefCluster
from kg.extract.coref.context import SUBJECTS, is_year
from kg.extract.coref.mourned import HEADINGS
from kg.extract.lexicon import words
from kg.extract.mentions.evidence.inside import SHIP
from kg.extract.parse.tree import Tree
from kg.extract.reading import MentionDraft

SHIPS = words("coref", "crafts", "ships")
# Classes of names that may be revealed.
REVEALED = frozenset({"Product", "Facility"})
# What ships do or have done to them, and what one does to the ship in distress.
SAILING = words("coref", "revealed", "sailing")
HELPING = words("coref", "revealed", "helping")
INDEFINITE, DEFINITE = frozenset({"a", "an"}), frozenset({"the", "this"})
# What a thing is that is told of, and not only told along with others.
TOLD_OF = SUBJECTS | {"dobj", "ROOT"}
# … and what another than the subject is: "The Vela sailed past it".
OBJECTS = frozenset({"dobj", "pobj", "dative"})
PAST = frozenset({"VBD", "VBN", "VBG"})
# Sentences back to what was told of, and to a ship from what says so before its name: "the MV Vela".
REACH, REACH_SHIP = 2, 5


def join(clusters: Clusters) -> None:
    """Join the names that say what they are to the one thing that was told to be so just before."""
    told_of: list[MentionDraft] | None = None
    for m in [m for m in clusters.reading.mentions if m.kind == "name" and m.type in REVEALED]:
        thing, here = clusters.cluster_of(m), clusters.sentence_of(m)
        known = any(clusters.sentence_of(o) < here and o.block.kind not in HEADINGS for o in thing.mentions)
        if known or not _opens(clusters.trees[m.block.index], m):
            continue
        if told_of is None:
            told_of = [n for n in clusters.reading.mentions if n.kind == "nominal" and id(n) in clusters.of]
        found = _described(clusters, m, told_of)
        if found is not None:
            clusters.join(thing, clusters.cluster_of(found), "identity", m, found)


def _opens(tree: Tree, m: MentionDraft) -> bool:
    """Whether a name is the subject of its sentence, and tells neither of help nor of another year."""
    i = _subject(tree, m)
    verb = tree.head[i]
    if tree.dep[i] not in SUBJECTS or not _leads(tree, verb) or tree.lemma[verb] in HELPING:
        return False
    if any(tree.tag[k] in ("JJR", "RBR") for k in tree.of(verb, "acomp")):
        return False  # "The Vela is bigger"
    if any(tree.lower[k] == "it" and tree.dep[k] in OBJECTS for k in tree.subtree(verb)):
        return False
    return tree.dep[i] == "nsubjpass" or not any(
        tree.dep[k] == "pobj" and is_year(tree.lower[k])
        for prep in tree.of(verb, "prep")
        for k in tree.kids[prep]
    )


def _subject(tree: Tree, m: MentionDraft) -> int:
    """Give the head of a name, or the noun of "the ferry MV Vela"."""
    i: int = m.head.i
    while constructions.renames(tree, i) and tree.head[i] >= m.span.start - 1:
        i = tree.head[i]
    return i


def _leads(tree: Tree, verb: int) -> bool:
    """Whether a verb is that of its sentence, or of all that somebody says in it: "… had left, he said"."""
    above = tree.head[verb]
    return tree.dep[verb] == "ROOT" or (
        tree.dep[verb] == "ccomp" and tree.dep[above] == "ROOT" and verb < above
    )


def _described(clusters: Clusters, m: MentionDraft, told_of: list[MentionDraft]) -> MentionDraft | None:
    """Give the one thing that was told of just before and is of the kind that a name says."""
    tree, here = clusters.trees[m.block.index], clusters.sentence_of(m)
    reach = REACH_SHIP if m.span[0].lower_ in SHIP else REACH
    near = [n for n in told_of if 1 <= here - clusters.sentence_of(n) <= reach and _is_new(clusters, n)]
    alike = [n for n in near if _is_kind(tree, m, clusters.trees[n.block.index].lemma[n.head.i])]
    if len(alike) != 1 or _has_rivals(clusters, m, alike[0]):
        return None
    there, i = clusters.trees[alike[0].block.index], alike[0].head.i
    # "A ferry sank. … The Vela sank in the storm of 1990"
    again = there.lemma[there.head[i]] == tree.lemma[tree.head[_subject(tree, m)]]
    return alike[0] if not again and _is_bare(tree, m, there.lemma[i]) else None


def _is_new(clusters: Clusters, n: MentionDraft) -> bool:
    """Whether a noun tells of one thing anew, and has no name yet: "a ferry"."""
    tree, i, thing = clusters.trees[n.block.index], n.head.i, clusters.cluster_of(n)
    article = tree.first(i, "det")
    indefinite = article is not None and tree.lower[article] in INDEFINITE
    if not indefinite or tree.dep[i] not in TOLD_OF or thing.named or thing.plural:
        return False
    verb = tree.head[i]
    happened = tree.tag[verb] in PAST and not any(tree.tag[k] == "MD" for k in tree.of(verb, "aux"))
    return verb == i or happened  # "A tunnel will be dug" has none yet


def _is_kind(tree: Tree, m: MentionDraft, lemma: str) -> bool:
    """Whether a name says of its thing that it is what a noun says."""
    first, last = m.span[0].lower_, m.span[-1].lower_
    if first in SHIP:
        return lemma in SHIPS
    if last == lemma or told.lets(CorefCluster(forms={(last,)}), lemma):
        return True
    if told.lets(CorefCluster(heads={lemma}), last):
        return True
    return lemma in SHIPS and m.type == "Product" and _sails(tree, m)


def _sails(tree: Tree, m: MentionDraft) -> bool:
    """Whether something is told of a name that is told of ships: "The Vela, which sailed for Lorn"."""
    i = m.head.i
    verb = tree.head[_subject(tree, m)]
    beside = [k for k in tree.kids[i] if tree.dep[k] in ("acl", "relcl")]
    return any(tree.lemma[k] in SAILING for k in (verb, *tree.of(verb, "acomp"), *beside))


def _is_bare(tree: Tree, m: MentionDraft, lemma: str) -> bool:
    """Whether no more than an article and the noun stand before a name: "The ferry MV Vela"."""
    i = m.span.start - 1
    if i >= 0 and tree.lemma[i] == lemma:
        i -= 1
    return (i >= 0 and tree.lower[i] == "the") or (m.span[0].lower_ in SHIP and m.span[0].is_sent_start)


def _has_rivals(clusters: Clusters, m: MentionDraft, only: MentionDraft) -> bool:
    """Whether something else of the kind was told of up to a name, or stands in its sentence."""
    here, tree = clusters.sentence_of(m), clusters.trees[m.block.index]
    for block, there in zip(clusters.reading.blocks, clusters.trees, strict=True):
        if block.index > m.block.index:
            break
        for i in range(there.n) if block.kind not in HEADINGS else ():
            if clusters.sentence_at(block, block.doc[i]) > here or there.pos[i] != "NOUN":
                continue
            own = (block is only.block and i == only.head.i) or (block is m.block and i == m.span.start - 1)
            beside = clusters.sentence_at(block, block.doc[i]) == here  # "The Vela drew up to the ferry"
            if not own and _is_kind(tree, m, there.lemma[i]) and (beside or not _takes_up(there, i)):
                return True
    lemma = clusters.trees[only.block.index].lemma[only.head.i]
    return any(_is_other(clusters, m, n, lemma) for n in clusters.reading.mentions)


def _takes_up(tree: Tree, i: int) -> bool:
    """Whether a noun tells of nothing new: "the vessel", "the ship owner"."""
    article = tree.first(i, "det")
    definite = article is not None and tree.lower[article] in DEFINITE
    return tree.dep[i] == "compound" or (definite and tree.left[i] == article)


def _is_other(clusters: Clusters, m: MentionDraft, other: MentionDraft, lemma: str) -> bool:
    """Whether a mention names another of a kind, before a name or in its sentence."""
    if other.kind != "name" or other.type not in REVEALED:
        return False
    if clusters.cluster_of(other) is clusters.cluster_of(m):
        return False
    near = clusters.sentence_of(other) <= clusters.sentence_of(m)
    return near and _is_kind(clusters.trees[other.block.index], other, lemma)
