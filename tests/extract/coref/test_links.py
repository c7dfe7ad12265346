"""Each joining of a chain tells its antecedent, its rule and how sure it is."""

import pytest

from kg.extract import extract
from kg.extract.coref.cluster import RULES
from kg.model import Extraction

pytestmark = pytest.mark.model

TEXT = (
    "The Northern Water Board (NWB) hired Anna Lindqvist, a geologist, in 2019. Lindqvist said that she "
    "had left Norway. The geologist now works for the NWB."
)


@pytest.fixture(scope="module")
def extraction():
    return extract(TEXT)


def said(extraction):
    return {
        (extraction.mentions[link.mention].text, extraction.mentions[link.antecedent].text, link.rule)
        for link in extraction.coref
    }


def test_links_name_the_rule_that_joined(extraction):
    links = said(extraction)
    assert ("NWB", "Northern Water Board", "acronym-in-brackets") in links
    assert ("Lindqvist", "Anna Lindqvist", "name-part") in links
    assert ("she", "Lindqvist", "he-she") in links
    assert any(rule == "definite" and mention == "The geologist" for mention, _, rule in links)


def test_links_join_what_the_chains_hold(extraction):
    for link in extraction.coref:
        mention, antecedent = extraction.mentions[link.mention], extraction.mentions[link.antecedent]
        assert mention.chain == antecedent.chain is not None
        assert link.confidence == RULES[link.rule]
    joined = {}
    for i, m in enumerate(extraction.mentions):
        if m.chain is not None:
            joined.setdefault(m.chain, set()).add(i)
    linked = {link.mention for link in extraction.coref}
    # One mention of a chain begins it; each other one has a link that brought it there.
    assert all(len(members - linked) <= 1 for members in joined.values())


def test_links_come_back_from_json(extraction):
    assert Extraction.from_dict(extraction.to_dict()) == extraction
