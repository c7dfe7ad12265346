"""What lets a thing be called by a broader noun than it was told to be."""

import pytest

from kg.extract.coref import told
from kg.extract.coref.cluster import CorefCluster
from kg.extract.lexicon import mapping, table


@pytest.mark.parametrize(
    ("heads", "name", "noun", "lets"),
    [
        (["shipyard"], "", "yard", True),
        (["retailer"], "", "group", True),
        (["trawler"], "", "vessel", True),
        (["novel"], "", "book", True),
        (["violin"], "", "instrument", True),
        (["mare"], "", "animal", True),
        (["violin"], "", "weapon", False),
        ([], "orvik airways", "company", True),
        ([], "lund marathon", "event", True),
        (["book"], "", "novel", False),
        (["yard"], "", "yard", False),
        (["bakery"], "", "ship", False),
        ([], "orvik airways", "sofa", False),
    ],
)
def test_a_broader_noun_takes_up_a_narrower(heads, name, noun, lets):
    thing = CorefCluster(heads=set(heads), forms={tuple(name.split())} if name else set())
    assert told.lets(thing, noun) is lets


def test_lists_that_are_taken_in_are_there():
    groups = mapping("kinds", "groups")
    taken = {
        word[1:]
        for family in told.FAMILIES
        for narrower in mapping("kinds", family).values()
        for word in narrower.split()
        if word.startswith("+")
    }
    assert taken == set(groups)
    assert set(table("kinds")) == {*told.FAMILIES, "groups"}
