"""Which clauses tell somebody to do something: "Contact Anna Lund or visit the bank" states nothing."""

from __future__ import annotations

from kg.extract import lexicon
from kg.extract.claims.clause import Clause
from kg.extract.parse.tree import Tree

VERBS = lexicon.words("commands", "verbs", "first")
JOINING = lexicon.words("commands", "signs", "joining")
POLITE = lexicon.words("commands", "signs", "polite")
BASE = frozenset({"VB", "VBP"})
SINGULAR = frozenset({"NN", "NNP"})


def commands(clause: Clause) -> bool:
    """Whether a clause is an imperative, also one whose first verb was read into a name."""
    while clause.link == "conj" and clause.parent is not None and _is_bare(clause):
        clause = clause.parent
    if clause.link != "main" or not _is_bare(clause):
        return False
    tree, i = clause.tree, clause.verb
    if not clause.subjects:
        return tree.tag[i] == "VB"
    first = tree.left[clause.subjects[0]]
    first -= first > 0 and tree.tag[first - 1] == "VB" and tree.lower[first - 1] in VERBS  # an exclamation
    if clause.shared_subject or clause.subjects[-1] > i or not _begins(tree, first):
        return False
    return _hangs_loose(clause) or _swallows_verb(clause, first)


def _is_bare(clause: Clause) -> bool:
    """Whether a verb has the form of an imperative, and no auxiliary."""
    return clause.tree.tag[clause.verb] in BASE and clause.words == [clause.verb]


def _begins(tree: Tree, i: int) -> bool:
    """Whether a token begins its sentence, or follows a greeting word or what a comma closes."""
    start = tree.doc[i].sent.start
    return i == start or tree.lower[i - 1] in POLITE or tree.lower[i - 1] == ","


def _hangs_loose(clause: Clause) -> bool:
    """Whether a conjunction before the verb joins the subject to nothing: "Contact Ann Lund or visit …"."""
    tree, i = clause.tree, clause.verb
    if tree.lower[i - 1] not in JOINING:
        return False
    if tree.lower[i - 1] == "," and tree.lower[tree.left[clause.subjects[0]]] not in VERBS:
        return False  # "Members of the club, founded in 1990, visit Graz"
    last = clause.subjects[-1]
    return last < i - 1 and not any(k > i - 1 for k in clause.subjects) and tree.right[last] <= i - 1


def _swallows_verb(clause: Clause, first: int) -> bool:
    """Whether the subject begins with a verb, and is one thing, with which a base form does not agree."""
    tree = clause.tree
    if len(clause.subjects) != 1 or tree.lower[first] not in VERBS or first == clause.subjects[0]:
        return False
    if tree.tag[clause.subjects[0]] not in SINGULAR or tree.lemma[clause.subjects[0]] in lexicon.COLLECTIVE:
        return False
    if not tree.doc[first].ent_type_ or tree.doc[first + 1].ent_iob_ == "B":
        return True
    return clause.subjects[0] - first > 1  # "See Omar Falk" is one word too many for a name
