"""Whom "he" and "she" go on with before a court: who was held, charged or judged in the sentences before.

"Judge Ida Moll jailed Petra Lund. She had pleaded guilty": that is Petra Lund. "Officers arrested Bo Ek. The
mayor was shocked. Prosecutors charged him": that is Bo Ek.
"""

from __future__ import annotations

from collections.abc import Sequence

from kg.extract import constructions
from kg.extract.coref.candidates import Candidate
from kg.extract.coref.cluster import Clusters, CorefCluster
from kg.extract.coref.context import MentionContext
from kg.extract.lexicon import words
from kg.extract.lexicon.sets import NOMINALS, VERBS
from kg.extract.parse.tree import Tree

# What is done to whoever is tried, what he does, and what he says of a crime.
DONE, DOING = words("coref", "tried", "done_to"), words("coref", "tried", "doing")
OWNING, CRIMES = words("coref", "tried", "owning"), words("events", "words", "crimes")
FOUND, GUILT = frozenset({"find"}), frozenset({"guilty", "liable"})
# Over how many sentences he is meant.
REACH = 3


def of_tried(clusters: Clusters, at: MentionContext, candidates: Sequence[Candidate]) -> CorefCluster | None:
    """Whom a court has to do with, where a pronoun stands for one whom it has to do with.

    In his own sentence nobody else was told of before him, and the last sentence that has such a one has no
    other.
    """
    if not _is_tried(at.tree, at.i) or any(clusters.sentence_of(m) == at.sentence for _, m in candidates):
        return None
    told = [(back, thing) for thing, _ in candidates for back in _tried_before(clusters, at, thing)]
    nearest = min((back for back, _ in told), default=0)
    found = {id(t): t for back, t in told if back == nearest}
    return next(iter(found.values())) if len(found) == 1 else None


def _tried_before(clusters: Clusters, at: MentionContext, thing: CorefCluster) -> list[int]:
    """Give how many sentences back somebody was told to be held or tried."""
    found = []
    for mention in thing.mentions:
        back = at.sentence - clusters.sentence_of(mention)
        if 0 < back <= REACH and _is_tried(clusters.trees[mention.block.index], mention.head.i):
            found.append(back)
    return found


def _is_tried(tree: Tree, i: int) -> bool:
    """Whether a token is whom a court or the police did something to, or who answers to them."""
    i = _whole(tree, i)
    verb = tree.head[i]
    if tree.pos[verb] not in VERBS or tree.of(verb, "neg"):
        return False
    if tree.dep[i] == "nsubj":
        return _is_found(tree, verb) or _answers(tree, verb) or _is_also_held(tree, verb)
    if tree.dep[i] not in ("dobj", "nsubjpass"):
        return False
    guilty = any(tree.lower[k] in GUILT for k in tree.of(verb, "oprd", "acomp", "ccomp", "amod"))
    return tree.lemma[verb] in DONE or (tree.lemma[verb] in FOUND and guilty)


def _whole(tree: Tree, i: int) -> int:
    """Give the noun that a name renames or is joined to: "the driver, Bo Ek"."""
    host = constructions.renamed(tree, i)
    return tree.head[host] if tree.dep[host] == "conj" and tree.pos[tree.head[host]] in NOMINALS else host


def _is_found(tree: Tree, verb: int) -> bool:
    """Whether somebody is found guilty, where the parser takes him for the subject of "guilty"."""
    return tree.lower[verb] in GUILT and tree.lemma[tree.head[verb]] in FOUND


def _is_also_held(tree: Tree, verb: int) -> bool:
    """Whether the subject of a verb is also that of a second one: "fled and was arrested"."""
    joined = (k for k in tree.of(verb, "conj") if not tree.of(k, "nsubj", "nsubjpass"))
    return any(tree.lemma[k] in DONE and tree.of(k, "auxpass") for k in joined)


def _answers(tree: Tree, verb: int) -> bool:
    """Whether a verb tells what somebody answers before a court: "pleaded guilty", "denied stabbing him"."""
    if tree.of(verb, "auxpass"):
        return False
    if tree.lemma[verb] in OWNING:
        crime = any(tree.lemma[k] in CRIMES for k in tree.of(verb, "dobj"))
        return crime or bool(tree.of(verb, "xcomp", "pcomp"))
    return tree.lemma[verb] in DOING
