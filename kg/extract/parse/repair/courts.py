"""Repairs of what courts do: which verb a ruling hangs on, and who is meant by a name behind a party."""

from __future__ import annotations

from kg.extract.lexicon import SAYING, words
from kg.extract.lexicon.nouns import nominal_type
from kg.extract.lexicon.sets import NOUNS
from kg.extract.parse.tree import Tree

SUBJECTS = ("nsubj", "nsubjpass")
COURTS = words("events", "words", "courts") | words("events", "words", "titled_judges")
RULINGS = words("events", "words", "rulings")
FINDING = words("events", "words", "findings")
PAYING = frozenset({"pay", "repay", "compensate", "reimburse", "refund"})
KINDS = {"PERSON": "Person", "ORG": "Organization"}
# Before what is no name of the one it stands behind.
ENDING = frozenset({",", ".", ";"})


def is_court(tree: Tree, i: int) -> bool:
    """Whether a noun or a name is that of a court or a judge: "the judge", "Justice Ida Moll"."""
    return not COURTS.isdisjoint(tree.lower[tree.left[i] : i + 1]) or tree.lemma[i] in COURTS


def ruling_beside_telling(tree: Tree, i: int) -> bool:
    """ "It was theft, the judge said, jailing him for two years": who said so jailed him."""
    if tree.dep[i] != "advcl" or tree.tag[i] != "VBG" or tree.lemma[i] not in RULINGS:
        return False
    told = i - 2
    if told < 1 or tree.lower[i - 1] != "," or tree.lemma[told] not in SAYING or tree.head[i] == told:
        return False
    teller = tree.first(told, *SUBJECTS)
    if teller is None or not is_court(tree, teller) or tree.lower[tree.left[teller] - 1] != ",":
        return False
    if tree.head[told] == i:
        tree.hang(told, tree.head[i], "parataxis")
    tree.hang(i, told, "advcl")
    return True


def ruling_joined_to_finding(tree: Tree, i: int) -> bool:
    """ "The judge found that he had lied and ordered him to pay": the judge ordered it, and not he."""
    first = tree.head[i]
    above = tree.head[first]
    if tree.dep[i] != "conj" or tree.tag[i] not in ("VBD", "VBN") or tree.lemma[i] not in RULINGS:
        return False
    if tree.dep[first] != "ccomp" or above > first or tree.lemma[above] not in (*FINDING, "say"):
        return False
    if tree.of(i, *SUBJECTS, "mark", "auxpass", "aux"):
        return False
    court = tree.first(above, "nsubj")
    if court is None or not is_court(tree, court) or not _is_ruling(tree, i):
        return False
    tree.head[i], tree.tag[i] = above, "VBD"
    return True


def _is_ruling(tree: Tree, i: int) -> bool:
    """Whether an order is one to pay: who has lied may order others to do other things."""
    return tree.lemma[i] != "order" or any(tree.lemma[k] in PAYING for k in tree.of(i, "xcomp", "ccomp"))


def name_behind_party(tree: Tree, i: int) -> bool:
    """ "Her claim against the broker, Ida Moll, failed": the broker is called so, and not the claim.

    A name that stands right behind a noun for a person is no name of what this hangs on.
    """
    kind = KINDS.get(tree.doc[i].ent_type_)
    if tree.dep[i] != "appos" or kind is None:
        return False
    noun, host = _before_comma(tree, i), tree.head[i]
    if noun is None or not host < noun or host not in tree.above(noun):
        return False
    if tree.pos[host] not in NOUNS or nominal_type(tree.doc[host])[0] in ("Person", "Group"):
        return False
    if nominal_type(tree.doc[noun])[0] != kind or tree.first(noun, "appos") is not None:
        return False
    tree.hang(i, noun, "appos")
    return True


def _before_comma(tree: Tree, i: int) -> int | None:
    """Give the noun under a preposition that stands right before a phrase between two commas."""
    start, after = tree.left[i], tree.right[i] + 1
    comma = start - 1 if tree.lower[start] != "," else start
    if comma < 1 or tree.lower[comma] != "," or after >= tree.n or tree.lower[after] not in ENDING:
        return None
    return comma - 1 if tree.tag[comma - 1] == "NN" and tree.dep[comma - 1] == "pobj" else None
