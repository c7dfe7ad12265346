"""Who a sentence says is no part of an event that it tells of: "stayed away from the talks".

So is who took part "in the march but not in the talks", and by whom something was not done: "invented not by
Ann Roe but by her pupil".
"""

from __future__ import annotations

from kg.extract.events.table import listed
from kg.extract.parse.tree import Tree

SUBJECTS = ("nsubj", "nsubjpass")
DENYING = frozenset({"not", "never"})
# Where who left or kept off what it is was: "away from the talks", "out of the race", "absent from it".
FROM, AWAY = frozenset({"from", "of"}), frozenset({"away", "out", "absent", "off"})


def is_left_out(tree: Tree, trigger: int, filler: int) -> bool:
    """Whether the sentence of an event's word keeps a filler out of the event."""
    if _is_denied(tree, tree.head[filler]):
        return True
    verb = _kept_off(tree, trigger)
    return verb is not None and _acts(tree, verb, filler)


def _is_denied(tree: Tree, prep: int) -> bool:
    """Whether "not" stands right before a preposition."""
    return tree.dep[prep] in ("prep", "agent") and prep > 0 and tree.lower[prep - 1] in DENYING


def _kept_off(tree: Tree, trigger: int) -> int | None:
    """Give the verb of who had no part in what a noun tells."""
    above = tree.head[trigger]
    if tree.dep[trigger] == "dobj":
        return above if tree.lemma[above] in listed("words", "staying_away") else None
    if tree.dep[trigger] != "pobj":
        return None
    verb = tree.head[above]
    while tree.dep[verb] in ("prep", "advmod", "acomp", "dobj"):
        verb = tree.head[verb]
    if _is_denied(tree, above):
        return verb
    beside = {tree.lower[k] for k in range(verb, above)}
    away = not beside.isdisjoint(AWAY) or tree.lemma[verb] in listed("words", "staying_away")
    return verb if away and tree.lower[above] in FROM else None


def _acts(tree: Tree, verb: int, who: int) -> bool:
    """Whether somebody is who a verb is said of, by itself or by a clause on his noun."""
    if tree.dep[verb] == "relcl" and tree.head[verb] == who:
        return True
    while tree.dep[verb] == "conj" and not tree.of(verb, *SUBJECTS):
        verb = tree.head[verb]
    return any(who in tree.subtree(s) for s in tree.of(verb, *SUBJECTS))
