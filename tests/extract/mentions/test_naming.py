"""By which of its names a thing is called."""

import pytest
from spacy.tokens import Doc
from spacy.vocab import Vocab

from kg.extract.mentions.naming import name_of
from kg.extract.reading import MentionDraft, ParsedBlock


def names(kind, *labels):
    doc = Doc(Vocab(), words=["x"])
    block = ParsedBlock(0, doc, 0, "paragraph")
    return [MentionDraft(block, doc[0:1], doc[0], "name", kind, label) for label in labels]


@pytest.mark.parametrize(
    ("kind", "labels", "best"),
    [
        ("Person", ("Moe", "Ida Moe", "Moe"), "Ida Moe"),
        ("Organization", ("Council", "Council", "Lorn Town Council"), "Lorn Town Council"),
        ("Organization", ("Harker", "Harker", "Harker Ltd."), "Harker"),
        ("Organization", ("Lund Cup", "Cup of Lund Cup"), "Lund Cup"),
        ("Organization", ("LTC", "LTC", "Lorn Town Council"), "Lorn Town Council"),
        ("GPE", (), ""),
    ],
)
def test_a_thing_is_called_by_its_best_name(kind, labels, best):
    assert name_of(names(kind, *labels)) == best
