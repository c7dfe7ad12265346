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
    "headline", ["Gunmen kill 14 at market in Sarn", "Attack on market in Sarn kills 14"]
)
def test_headline_confirms_what_the_first_paragraph_attributes(headline):
    assert {("Attack", "target"), ("Killing", "deathToll")} <= roles(headline, LEAD)


@pytest.mark.parametrize(
    "headline",
    [
        "Gunmen killed 14 at market in Sarn, says governor",
        "Did gunmen kill 14 at market in Sarn?",
        "Governor of Sarn visits market",
        "Gunmen may have killed 14 at market in Sarn",
    ],
)
def test_headline_that_does_not_say_so_confirms_nothing(headline):
    assert ("Attack", "target") not in roles(headline, LEAD)
