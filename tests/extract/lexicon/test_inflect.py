"""Forms of words."""

import pytest

from kg.extract import lexicon
from kg.extract.lexicon import inflect
from kg.extract.lexicon.deverbal import event_nouns


@pytest.mark.parametrize(
    ("verb", "form"),
    [
        ("pay", "paid"),
        ("stab", "stabbed"),
        ("expel", "expelled"),
        ("bury", "buried"),
        ("destroy", "destroyed"),
        ("free", "freed"),
        ("crack_down", "cracked_down"),
        ("found", "founded"),
        ("find", "found"),
        ("box", "boxed"),
    ],
)
def test_participles(verb, form):
    assert inflect.participle(verb) == form


def test_a_participle_leads_back_to_its_verb():
    verbs = {n.verb.partition("_")[0] for n in event_nouns().values()}
    verbs |= set(lexicon.mapping("inflect", "participles"))
    # "found" is read as a form of "find".
    assert [v for v in verbs if v not in inflect.verbs_of_participle(inflect.participle(v))] == []


def test_no_two_verbs_share_an_irregular_participle():
    forms = list(lexicon.mapping("inflect", "participles").values())
    assert len(set(forms)) == len(forms)
