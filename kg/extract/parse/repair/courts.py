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
# What is brought against somebody, and the verbs of it; what somebody is tried or held on.
BROUGHT = frozenset({"charge", "count", "allegation", "accusation", "indictment"})
BRINGING = frozenset(
    {"bring", "file", "lay", "press", "level", "prefer", "lodge", "drop", "withdraw", "make"}
)
SUSPICION = frozenset({"charge", "count", "suspicion", "warrant"})
# Verbs by which somebody is told to be who he is.
NAMING = frozenset({"name", "identify"})
# What of a court's work the parser may take for a clause: "before Ulm magistrates", "took it to court".
TO_COURT, BEFORE = frozenset({"court", "tribunal", "trial"}), frozenset({"before", "to"})
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


def charge_against_somebody(tree: Tree, i: int) -> bool:
    """ "Brought charges of fraud against Ida Moll": the charges are against her, and not the fraud."""
    crime = tree.head[i]
    of = tree.head[crime]
    charge = tree.head[of]
    if tree.dep[i] != "prep" or tree.dep[crime] != "pobj" or tree.lower[of] != "of":
        return False
    if tree.lemma[charge] not in BROUGHT or tree.lemma[tree.head[charge]] not in BRINGING:
        return False
    tree.head[i] = charge
    return True


def suspicion_behind_place(tree: Tree, i: int) -> bool:
    """ "Was seized in Ulm on suspicion of theft", "appeared before a court on a charge": it is the verb's."""
    noun, what = tree.head[i], tree.first(i, "pobj")
    if tree.dep[i] != "prep" or tree.dep[noun] != "pobj" or what is None or tree.lemma[what] not in SUSPICION:
        return False
    verb = tree.head[tree.head[noun]]
    if tree.dep[tree.head[noun]] not in ("prep", "agent") or tree.pos[verb] != "VERB":
        return False
    tree.head[i] = verb
    return True


def name_behind_naming(tree: Tree, i: int) -> bool:
    """ "Named the dead man as Otto Moll": what he was named, and no man as Otto Moll."""
    noun, name = tree.head[i], tree.first(i, "pobj")
    verb = tree.head[noun]
    if tree.dep[i] != "prep" or tree.dep[noun] != "dobj" or tree.lemma[verb] not in NAMING:
        return False
    if name is None or tree.pos[name] != "PROPN" or tree.pos[noun] == "PROPN":
        return False
    tree.head[i] = verb
    return True


def court_for_clause(tree: Tree, i: int) -> bool:
    """ "Appeared before Ulm magistrates", "took the firm to court": a phrase, and no clause."""
    noun = tree.head[i]
    if tree.dep[i] not in ("mark", "aux") or tree.tag[i] not in ("IN", "TO") or tree.lower[i] not in BEFORE:
        return False
    if tree.dep[noun] not in ("advcl", "xcomp") or tree.pos[noun] not in (*NOUNS, "PROPN"):
        return False
    if tree.of(noun, *SUBJECTS, "cop", "dobj") or tree.of(noun, "aux", "mark") != [i]:
        return False
    if not is_court(tree, noun) and tree.lemma[noun] not in TO_COURT:
        return False
    verb = tree.head[noun]
    tree.hang(i, verb, "prep")
    tree.tag[i], tree.pos[i] = "IN", "ADP"
    tree.hang(noun, i, "pobj")
    return True


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
