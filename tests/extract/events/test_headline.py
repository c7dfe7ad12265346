"""What the headline states as so and the first paragraph has somebody say is the text's own."""

import pytest

from kg.config import ExtractConfig
from kg.extract import extractor_of
from kg.read.text import document_from_text

LEAD = "Gunmen attacked a market in Sarn on Sunday, killing 14 people, the governor said on Monday."


def roles(headline, lead):
    text = (
        f"{headline}\n\n{lead}\n\nThe town of Sarn has 4,000 people and lies on a river that has no bridge.\n"
    )
    extraction = extractor_of(ExtractConfig()).extract(document_from_text(text))
    mentions = extraction.mentions
    return {
        (mentions[c.subject].type, c.relation.removeprefix("kg:"))
        for c in extraction.claims
        if c.asserted and mentions[c.subject].kind == "event"
    }


@pytest.mark.parametrize(
    "headline",
    [
        "Gunmen kill 14 at market in Sarn",
        "Attack on market in Sarn kills 14",
        "Sarn: fourteen killed in attack on market",
    ],
)
def test_headline_confirms_what_the_first_paragraph_attributes(headline):
    assert {("Attack", "target"), ("Killing", "deathToll")} <= roles(headline, LEAD)


@pytest.mark.parametrize(
    "headline",
    [
        "Gunmen killed 14 at market in Sarn, says governor",
        "Did gunmen kill 14 at market in Sarn?",
        "Governor of Sarn visits market",
        "Governor: fourteen killed in attack on market",
        "Belm: fourteen killed in attack on market",
        "Gunmen may have killed 14 at market in Sarn",
    ],
)
def test_headline_that_does_not_say_so_confirms_nothing(headline):
    assert ("Attack", "target") not in roles(headline, LEAD)


TOLL = (
    "A ferry sank off Sarn on Saturday. Sixteen people drowned.\n\n"
    "Three more passengers died in hospital, bringing the toll to 19, the ministry said on Sunday."
)


def numbers(headline, lead):
    extraction = extractor_of(ExtractConfig()).extract(document_from_text(f"{headline}\n\n{lead}\n"))
    mentions = extraction.mentions
    return {
        mentions[c.object].value.lexical
        for c in extraction.claims
        if c.asserted and c.relation == "kg:deathToll"
    }


def test_headline_confirms_a_toll_that_a_later_paragraph_attributes():
    assert {"19", "3"} <= numbers("Toll from ferry sinking rises to 19", TOLL)


@pytest.mark.parametrize(
    "headline",
    ["Nineteen arrested after ferry sinks", "Ferry sinks off Sarn", "Toll from ferry may rise to 19"],
)
def test_headline_without_that_toll_confirms_none(headline):
    assert numbers(headline, TOLL) == {"16"}


def test_headline_with_the_verb_of_the_first_sentence_confirms_it():
    lead = "A Cessna crashed into a hillside near Belu, killing all four on board, the ministry said."
    assert "4" in numbers("Pilot and passengers killed as light plane hits hill", lead)
    assert not numbers("Pilot and passengers feared killed as light plane hits hill, ministry says", lead)
