"""What a clause says beside the ends of its claim."""

import pytest

from kg.read import document_from_text

pytestmark = pytest.mark.model


@pytest.fixture
def claims(extractor):
    def of(text, verb):
        found = extractor.extract(document_from_text(text, source="t.txt"))
        return found, [c for c in found.claims if verb in c.text.split() and ":" not in c.relation]

    return of


@pytest.mark.parametrize(
    ("text", "verb", "said"),
    [
        ("Karl Vik left the Lorn mill two weeks after the strike.", "left", {"two weeks"}),
        (
            "The path to Osk will be shut to walkers while its bridge is mended.",
            "shut",
            {"while its bridge is mended"},
        ),
        ("Anna Lund sold the Lorn mill to Karl Vik.", "sold", set()),
        # What joins sentences is no part of what is said, and what is told by another verb neither.
        ("In fact, Anna Lund sold the Lorn mill, but Karl Vik kept the dam.", "sold", set()),
        ("Anna Lund bought a mill in 1990 and a mine in 1995.", "bought", set()),
    ],
)
def test_what_no_end_of_a_claim_holds_is_told_with_it(claims, text, verb, said):
    found, of_verb = claims(text, verb)
    assert of_verb
    assert {found.mentions[i].text for c in of_verb for i in c.beside} == said


def test_what_is_told_beside_makes_no_triple(claims):
    _, of_verb = claims("Karl Vik left the Lorn mill two weeks after the strike.", "left")
    assert all(i not in c.beside for c in of_verb for _, _, i in c.binary())
