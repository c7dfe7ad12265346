"""Where a phrase, a clause, an apposition or a conjunct hangs, if surely elsewhere than the model says."""

from __future__ import annotations

from typing import NamedTuple

from kg.extract.lexicon import words
from kg.extract.parse.heads import Heads, States
from kg.extract.parse.rolesets import Rolesets, Words
from kg.extract.parse.tree import Tree

KEY = "kg_attachments"
# What a token may be to its head, in the order of the scores of `Heads.kinds`; all else comes first.
KINDS = ("other", "prep", "relcl", "acl", "appos", "conj", "advcl", "xcomp", "ccomp", "nsubj", "obj")
KIND_OF = {k: k for k in KINDS[1:]} | {"nsubjpass": "nsubj", "dobj": "obj", "agent": "prep", "dative": "prep"}
# The label of a kind in spaCy's English models, where it is another word.
LABEL_OF = {"obj": "dobj"}
# How sure it must be that a token of a label hangs elsewhere.
SURE = {"prep": 0.7, "conj": 0.7, "appos": 0.7, "relcl": 0.7, "acl": 0.7}
# How sure it must be that a token is of another kind than its label says. Trees in Universal Dependencies
# part the other kinds otherwise than the labels that the rules read: more was lost by such changes than won.
OTHER_KIND = {"appos": 0.8}
# Labels that say what a token is beyond doubt, or that other labels rest on.
KEPT = frozenset(("ROOT", "punct", "det", "aux", "auxpass", "cc", "mark", "case", "pobj", "prt", "neg"))
# Labels of what is one phrase with the word that it hangs on.
WITHIN = frozenset(("compound", "quantmod", "nummod"))
# How often a preposition must mark a role of the verb that it hangs on to stay there, and how sure one must
# be that it hangs elsewhere all the same.
NEEDED, BEYOND_NEED = 0.3, 0.95
FIRST_PARTS = words("clauses", "prepositions", "first_parts")


class Arc(NamedTuple):
    """The head of a token, how sure it is, and the label, "" where it stays."""

    head: int
    probability: float
    label: str = ""


def changes(heads: Heads, h: States, sentence: Words) -> dict[int, Arc]:
    """Give the tokens that hang elsewhere, or otherwise, than their parse says, the surest first."""
    asked = [i for i, dep in enumerate(sentence.deps) if dep not in KEPT and sentence.heads[i] != i]
    if not asked:
        return {}
    likely, kinds = heads.arcs(h, sentence), h.kinds
    best, kind = likely.argmax(-1), kinds.argmax(-1)
    found: dict[int, Arc] = {}
    for i in asked:
        head, share = int(best[i]), float(likely[i, best[i]])
        if _may_hang(heads, sentence, i, head, share):
            arc = _change(sentence, i, head, share, KINDS[kind[i]], float(kinds[i, kind[i]]))
            if arc is not None:
                found[i] = arc
    return _without_circles(list(sentence.heads), found)


def _may_hang(heads: Heads, sentence: Words, i: int, head: int, share: float) -> bool:
    """Whether a token can hang on another one at all."""
    if head == i or sentence.pos[head] in ("PUNCT", "SPACE") or stays(sentence, i, head):
        return False
    return share >= BEYOND_NEED or not is_needed(heads.rolesets, sentence, i)


def _change(sentence: Words, i: int, head: int, share: float, then: str, told: float) -> Arc | None:
    """Give what changes of a token: its label and head, its head, or nothing, by how sure either is."""
    now = KIND_OF.get(sentence.deps[i])
    if then != now and told >= OTHER_KIND.get(then, 2) and share >= SURE.get(then, 2):
        return Arc(head, min(share, told), LABEL_OF.get(then, then))
    if now and head != sentence.heads[i] and share >= SURE.get(now, 2):
        return Arc(head, share)
    return None


def stays(sentence: Words, i: int, head: int) -> bool:
    """Whether a token hangs where it does by the labels' own convention, and Universal Dependencies differ.

    Phrases that make one preposition or range ("out of", "such as", "from 1990 to 1995"), a noun that only
    introduces an infinitive ("in order to pay"), and the words of one name or sum are no questions.
    """
    heads, deps = sentence.heads, sentence.deps
    now = heads[i]
    if deps[i] == "prep" and (deps[now] == "prep" or sentence.words[i - 1].lower() in FIRST_PARTS):
        return True
    if deps[i] == "acl" and deps[now] == "pobj" and head == heads[heads[now]]:
        return not any(h == now and k not in (i, now) for k, h in enumerate(heads))
    return any(heads[a] == b and deps[a] in WITHIN for a, b in ((now, head), (head, now)))


def is_needed(rolesets: Rolesets, sentence: Words, i: int) -> bool:
    """Whether a preposition often marks a role of the verb that it hangs on."""
    verb = sentence.heads[i]
    if sentence.deps[i] != "prep" or sentence.pos[verb] != "VERB":
        return False
    word = sentence.words[i].lower()
    known = rolesets.candidates(sentence, verb)
    return any(m.get(word, 0.0) >= NEEDED for number in known for m in rolesets.markers[number])


def _without_circles(heads: list[int], found: dict[int, Arc]) -> dict[int, Arc]:
    kept: dict[int, Arc] = {}
    for i, arc in sorted(found.items(), key=lambda x: (-x[1].probability, x[0])):
        if not is_below(heads, arc.head, i):
            heads[i] = arc.head
            kept[i] = arc
    return kept


def is_below(heads: list[int], i: int, top: int) -> bool:
    """Whether a token is another one or hangs below it.

    >>> is_below([1, 1, 0], 2, 0), is_below([1, 1, 0], 1, 0)
    (True, False)
    """
    while i != top and heads[i] != i:
        i = heads[i]
    return i == top


def settle(tree: Tree) -> None:
    """Hang the tokens of a tree where they were found to hang, and keep how sure that is."""
    found: dict[int, Arc] = tree.doc.user_data.get(KEY) or {}
    for i, arc in found.items():
        tree.head[i] = arc.head
        tree.sure[i] = arc.probability
        tree.dep[i] = arc.label or tree.dep[i]
    if found:
        tree.index()
