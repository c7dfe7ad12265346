"""Whom a noun for somebody of a land stands for."""

import pytest

from kg.config import ExtractConfig
from kg.extract import extractor_of
from kg.model import Document


def others(text, word):
    """Give the names in the chain of a word."""
    document = Document(id="0" * 16, source="text", text=text, published=None)
    mentions = extractor_of(ExtractConfig(events=False)).extract(document).mentions
    chains = {m.chain for m in mentions if m.label == word and m.chain is not None}
    return {m.label for m in mentions if m.kind == "name" and m.chain in chains} - {word}


@pytest.mark.parametrize(
    ("text", "word", "name"),
    [
        ("The minister met the Kenyan runner Paul Rono. The Kenyan won gold in Rome.", "Kenyan", "Paul Rono"),
        ("Mario Conti left the club on Sunday. The Italian signed for Ulm.", "Italian", "Mario Conti"),
        ("The novelist Ida Holm was born in Sweden. In 1980 the Swede wrote a play.", "Swede", "Ida Holm"),
    ],
)
def test_noun_for_a_people_is_the_person_told_of(text, word, name):
    assert others(text, word) == {name}


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Anna Lund and Karl Krog met in Oslo. The Swede said no.", "Swede"),  # either of them
        ("Paul Rono ran with Ole Dahl of Denmark. The Kenyan Otieno won.", "Kenyan"),
        ("Tom Vane of Norway met the Danish minister. The Dane said no.", "Dane"),  # he is none
    ],
)
def test_noun_for_a_people_stays_alone(text, word):
    assert others(text, word) == set()
