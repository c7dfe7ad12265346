"""How clauses stand, on trees built by hand: no model, one construction a test."""

import pytest
import spacy
from spacy.tokens import Doc

from kg.extract.claims import factuality
from kg.extract.claims.clauses import clauses_of
from kg.extract.parse.tree import Tree

VOCAB = spacy.blank("en").vocab


def stand(text, verb):
    """Give the status of a verb's clause: tokens are `word/TAG/POS/dep/head`, a lemma follows `=`."""
    rows = [token.rsplit("/", 4) for token in text.split()]
    pairs = [row[0].split("=") for row in rows]
    words = [pair[0] for pair in pairs]
    doc = Doc(
        VOCAB,
        words=words,
        lemmas=[pair[-1].lower() for pair in pairs],
        tags=[row[1] for row in rows],
        pos=[row[2] for row in rows],
        deps=[row[3] for row in rows],
        heads=[int(row[4]) for row in rows],
        sent_starts=[True] + [False] * (len(rows) - 1),
    )
    tree = Tree(doc)
    return factuality.assign(tree, clauses_of(tree))[words.index(verb)]


IT_IS = (
    "It/PRP/PRON/nsubj/1 {be}/VBZ/AUX/ROOT/1 {adjective}/JJ/ADJ/acomp/1 "
    "that/IN/SCONJ/mark/5 Ann/NNP/PROPN/nsubj/5 left=leave/VBD/VERB/ccomp/1"
)
RUMOUR = (
    "The/DT/DET/det/1 {noun}/NN/NOUN/nsubj/6 that/WDT/PRON/dobj/4 Bo/NNP/PROPN/nsubj/4 "
    "robbed=rob/VBD/VERB/relcl/1 Ann/NNP/PROPN/dobj/4 was=be/VBD/AUX/ROOT/6 {adjective}/JJ/ADJ/acomp/6"
)
ADVERB = (
    "Bo/NNP/PROPN/nsubj/2 {adverb}/RB/ADV/advmod/2 bought=buy/VBD/VERB/ROOT/2 {number}Ost/NNP/PROPN/dobj/2"
)
GERUND = (
    "Bo/NNP/PROPN/nsubj/1 {verb}/VBD/VERB/ROOT/1 {word}/RB/ADV/advmod/1 {prep}/IN/ADP/prep/2 "
    "buying=buy/VBG/VERB/pcomp/3 Ost/NNP/PROPN/dobj/4"
)


@pytest.mark.parametrize(
    ("adjective", "negated", "modality"),
    [
        ("true", False, None),
        ("clear", False, None),
        ("sad", False, None),
        ("false", True, None),
        ("erroneous", True, None),
        ("doubtful", False, "Possible"),
        ("implausible", False, "Possible"),
        ("zany", False, "Possible"),  # what no list holds is left open
    ],
)
def test_adjective_of_a_clause(adjective, negated, modality):
    found = stand(IT_IS.format(be="is=be", adjective=adjective), "left")
    assert (found.negated, found.modality) == (negated, modality)


@pytest.mark.parametrize(
    ("adjective", "asserted"), [("true", False), ("clear", False), ("false", True), ("sad", True)]
)
def test_adjective_of_a_clause_denied(adjective, asserted):
    text = IT_IS.format(be="is=be", adjective=adjective) + " not/RB/PART/neg/1"
    assert stand(text, "left").asserted == asserted


@pytest.mark.parametrize("noun", ["rumour", "myth", "allegation", "tale", "canard"])
@pytest.mark.parametrize("adjective", ["baseless", "old", "apocryphal", "widespread"])
def test_what_a_noun_says_is_not_asserted(noun, adjective):
    assert not stand(RUMOUR.format(noun=noun, adjective=adjective), "robbed").asserted


def test_what_is_said_of_a_noun_denies_its_content():
    assert stand(RUMOUR.format(noun="rumour", adjective="baseless"), "robbed").negated
    assert stand(RUMOUR.format(noun="rumour", adjective="true"), "robbed").asserted


def test_a_fact_stays_one_whatever_is_said_of_it():
    assert stand(RUMOUR.format(noun="fact", adjective="debatable"), "robbed").asserted


def test_clause_that_lacks_the_noun_is_about_it():
    text = (
        "The/DT/DET/det/1 rumour/NN/NOUN/nsubj/5 that/WDT/PRON/dobj/4 Bo/NNP/PROPN/nsubj/4 "
        "spread/VBD/VERB/relcl/1 was=be/VBD/AUX/ROOT/5 false/JJ/ADJ/acomp/5"
    )
    assert stand(text, "spread").asserted


@pytest.mark.parametrize("adverb", ["almost", "nearly", "virtually"])
def test_approximation_denies(adverb):
    assert stand(ADVERB.format(adverb=adverb, number=""), "bought").negated


@pytest.mark.parametrize("adverb", ["barely", "rarely", "supposedly", "purportedly"])
def test_adverb_leaves_open(adverb):
    found = stand(ADVERB.format(adverb=adverb, number=""), "bought")
    assert not found.asserted
    assert not found.negated


def test_approximation_behind_the_verb_measures():
    text = (
        "Bo/NNP/PROPN/nsubj/1 bought=buy/VBD/VERB/ROOT/1 almost/RB/ADV/advmod/1 half/NN/NOUN/dobj/1 "
        "of/IN/ADP/prep/3 Ost/NNP/PROPN/pobj/4"
    )
    assert stand(text, "bought").asserted


@pytest.mark.parametrize(
    ("verb", "word", "prep"),
    [
        ("came=come", "close", "to"),
        ("fell=fall", "short", "of"),
        ("stopped=stop", "short", "of"),
        ("was=be", "far", "from"),
    ],
)
def test_gerund_that_was_not_reached(verb, word, prep):
    assert stand(GERUND.format(verb=verb, word=word, prep=prep), "buying").negated


@pytest.mark.parametrize("cc", ["or", "and"])
def test_imperative_read_into_a_name_asserts_nothing(cc):
    text = (
        f"Contact/NNP/PROPN/compound/2 Ann/NNP/PROPN/compound/2 Lund/NNP/PROPN/nsubj/4 {cc}/CC/CCONJ/cc/2 "
        "visit/VB/VERB/ROOT/4 Ost/NNP/PROPN/dobj/4"
    )
    assert stand(text, "visit").modality == "Requested"


def test_joined_subjects_with_a_base_form_are_no_imperative():
    text = (
        "Ann/NNP/PROPN/nsubj/3 and/CC/CCONJ/cc/0 Bo/NNP/PROPN/conj/0 visit/VBP/VERB/ROOT/3 "
        "Ost/NNP/PROPN/dobj/3"
    )
    assert stand(text, "visit").asserted
