"""What a clause cannot say of such a thing: a post is no accident, and a town does not capsize.

Where it seems to, a pronoun was taken for the wrong thing, or a name for a part of another: the claim is kept
and not taken for a fact.
"""

from __future__ import annotations

from kg import relations as rel
from kg.extract import lexicon
from kg.extract.claims import rules
from kg.extract.claims.features import verb_of
from kg.extract.lexicon.sets import PLACES
from kg.extract.parse.repair import tree_of
from kg.extract.parse.tree import Tree
from kg.extract.reading import ClaimDraft, MentionDraft

# What is no event, and what only things do that are moved or built.
NO_EVENT = frozenset({"Person", "Position", "GPE", "Group"})
MOVING = lexicon.words("clauses", "clash", "moving")
# Of persons no place is told by the noun alone: "her student at Lund".
OF_PLACE = frozenset({rules.NOUN_PLACE.id})


def clashes(claim: ClaimDraft) -> bool:
    """Whether what a claim says goes with no thing of the class of its subject."""
    subject = claim.subject
    if claim.rule in OF_PLACE:
        return claim.relation == rel.LOCATED_IN and subject.type == "Person"
    if not claim.words or subject.kind not in ("pronoun", "name", "nominal"):
        return False
    tree = tree_of(claim.block)
    if subject.type in PLACES and _is_cut(tree, subject):
        return True
    if subject.type == "GPE" and claim.relation in MOVING:
        return True
    it = subject.kind == "pronoun" and subject.head.lower_ == "it"
    return (it and subject.type == "Position") or _is_event(claim, tree)


def _is_event(claim: ClaimDraft, tree: Tree) -> bool:
    """Whether somebody or some place is said to be an event: "the minister was an accident"."""
    obj = claim.object
    if obj is None or obj.kind != "nominal" or obj.type != "Event" or claim.relation != "be":
        return False
    return tree.lemma[verb_of(claim)] == "be" and claim.subject.type in NO_EVENT


def _is_cut(tree: Tree, name: MentionDraft) -> bool:
    """Whether a place is only the end of the name of something else: "the 22nd Fan Expo Canada"."""
    head = name.head.i
    before = [k for k in tree.of(head, "compound") if k < name.span.start and tree.pos[k] == "PROPN"]
    return name.kind == "name" and bool(before) and tree.first(head, "det") is not None
