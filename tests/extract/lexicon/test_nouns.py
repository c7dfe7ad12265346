"""Classes of common nouns where they stand, in hand-built parses."""

import pytest
import spacy
from spacy.tokens import Doc

from kg.extract.lexicon.nouns import nominal_type

VOCAB = spacy.blank("en").vocab


def noun(text, tags, heads, deps, pos, i):
    doc = Doc(
        VOCAB,
        words=text.split(),
        tags=tags.split(),
        heads=heads,
        deps=deps.split(),
        pos=pos.split(),
        lemmas=text.lower().split(),
    )
    return nominal_type(doc[i])[0]


@pytest.mark.parametrize(
    ("verb", "kind"), [("overturn", "Product"), ("plunge", "Product"), ("speak", "Person"), ("run", "Person")]
)
def test_a_coach_that_overturns_is_a_bus(verb, kind):
    assert noun(f"the coach {verb}", "DT NN VBD", [1, 2, 2], "det nsubj ROOT", "DET NOUN VERB", 1) == kind


def test_a_fighter_that_is_listed_with_planes_is_one():
    deps, pos = "dobj punct conj cc conj", "NOUN PUNCT NOUN CCONJ NOUN"
    assert noun("drones , fighter and aircraft", "NNS , NN CC NN", [0, 0, 0, 2, 2], deps, pos, 2) == "Product"
    assert noun("farmer , fighter and singer", "NN , NN CC NN", [0, 0, 0, 2, 2], deps, pos, 2) == "Person"


def test_a_think_tank_is_a_body_and_a_fuel_tank_is_none():
    assert noun("think tank", "NN NN", [1, 1], "compound ROOT", "NOUN NOUN", 1) == "Organization"
    assert noun("fuel tank", "NN NN", [1, 1], "compound ROOT", "NOUN NOUN", 1) == "Product"
