"""Relations as they are said to a reader."""

import pytest

from kg.vocab import relations
from kg.vocab.phrases import meant, past, phrase, third_person


@pytest.mark.parametrize(
    ("relation", "said"),
    [
        ("be_elected_in", "was elected in"),
        ("work_for", "works for"),
        ("acquire", "acquired"),
        ("live_in", "lives in"),
        ("be_based_on", "is based on"),
        ("be_built_by", "was built by"),
        ("be_near", "is near"),
        ("be_open_to", "is open to"),
        ("take_over", "took over"),
        ("position_held", "served as"),
        ("successor_of", "is a successor of"),
        ("adviser_of", "is an adviser of"),
        ("with", "with"),
        ("kg:deathToll", "had the death toll"),
        ("sem:hasPlace", "was in"),
        ("hasPlace", "was in"),
        ("https://schema.org/worksFor", "worksFor"),
        ("", ""),
    ],
)
def test_a_relation_is_said_in_english(relation, said):
    assert phrase(relation) == said


@pytest.mark.parametrize(
    ("relation", "modality", "negated", "said"),
    [
        ("acquire", "Reported", False, "acquired"),
        ("acquire", "Planned", False, "is to acquire"),
        ("acquire", "Attempted", True, "tried not to acquire"),
        ("resign", "Requested", True, "should not resign"),
        ("be_built_by", "Conditional", False, "would be built by"),
        ("be_built_by", None, True, "was not built by"),
        ("pay_euro_to", "Planned", False, "is to pay money to"),
        ("pay_euro_to", None, True, "did not pay money to"),
        ("have", "Possible", False, "may have"),
        ("against", "Possible", False, "may be against"),
        ("against", None, True, "is not against"),
        ("employer", "Planned", False, "is to: works for"),
        ("employer", None, True, "not: works for"),
        ("leave", "Questioned", True, "perhaps did not leave"),
    ],
)
def test_a_relation_is_said_as_it_is_meant(relation, modality, negated, said):
    assert meant(relation, modality=modality, negated=negated) == said


def test_every_curated_relation_reads_between_two_names():
    said = {name: phrase(name) for name in relations()}
    assert all(said.values())
    assert not [name for name, words in said.items() if "_" in words]


@pytest.mark.parametrize(
    ("verb", "form"),
    [("stop", "stopped"), ("deny", "denied"), ("sue", "sued"), ("commit", "committed"), ("beat", "beat")],
)
def test_past(verb, form):
    assert past(verb) == form


@pytest.mark.parametrize(
    ("verb", "form"), [("pass", "passes"), ("try", "tries"), ("play", "plays"), ("do", "does")]
)
def test_third_person(verb, form):
    assert third_person(verb) == form
