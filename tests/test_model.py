"""Records go to JSON and back, and a claim gives its views."""

import datetime as dt

import pytest

from kg.model import Claim, Extraction, Mention, Value


def test_records_come_back_equal():
    amount = Value("5", "integer", "EUR", "AtLeast", "5", "9")
    extraction = Extraction(
        "d1",
        "a.txt",
        (Mention(0, 4, "Anna", "name", "Person", "Anna", 0), Mention(9, 10, "5", "quantity", value=amount)),
        (Claim(0, "pay", 1, (("in", 0),), "pays", begins=dt.date(2020, 1, 2), noun="fee"),),
        ((0, 12),),
        {"model": "m"},
    )
    assert Extraction.from_dict(extraction.to_dict()) == extraction


def test_unknown_field_is_refused():
    with pytest.raises(TypeError):
        Mention.from_dict({"start": 0, "end": 1, "text": "a", "kind": "name", "colour": "red"})


def test_binary_view_has_a_triple_for_the_object_and_each_qualifier():
    claim = Claim(0, "meet", 1, (("in", 2), ("time", 3)))
    assert list(claim.binary()) == [(0, "meet", 1), (0, "meet_in", 2), (0, "meet", 3)]
    assert list(Claim(0, "die", None).binary()) == [(0, "die", None)]
    assert list(Claim(0, "fall", None, (("from", 1), ("to", 2))).binary()) == [
        (0, "fall_from", 1),
        (0, "fall_to", 2),
    ]


def test_a_supported_noun_stands_in_the_relation_of_the_qualifiers():
    claim = Claim(0, "have", 1, (("in", 2),), noun="office")
    assert list(claim.binary()) == [(0, "have", 1), (0, "have_office_in", 2)]
