"""Chains of mentions: cases as data in `chains.toml`."""

import pathlib
import tomllib

import pytest

from kg.extract.coref.names import is_acronym, is_part, stands_for, words_of
from kg.model import Block, Document

HERE = pathlib.Path(__file__).parent


def cases(file):
    rows = tomllib.loads((HERE / file).read_text(encoding="utf-8"))["case"]
    return [pytest.param(row, id=row["text"][:40]) for row in rows]


def read(extractor, text):
    return extractor.extract(Document("d" * 16, "t.txt", text, blocks=(Block(0, len(text)),)))


@pytest.mark.model
@pytest.mark.parametrize("case", cases("chains.toml"))
def test_chains(extractor, case):
    mentions = read(extractor, case["text"]).mentions

    def chains(phrase):
        """The chains of all mentions with these words."""
        return {m.chain for m in mentions if m.text == phrase and m.chain is not None}

    for group in case.get("same", ()):
        assert set.intersection(*(chains(phrase) for phrase in group)), (group, mentions)
    for a, b in case.get("apart", ()):
        assert not chains(a) & chains(b), (a, b, mentions)


@pytest.mark.parametrize(
    ("short", "long", "kind", "long_kind", "may"),
    [
        ("Keller", "Maria Keller", "Person", "Person", True),
        ("Maria", "Maria Keller", "Person", "Person", True),
        ("M. Keller", "Maria Keller", "Person", "Person", True),
        ("Paul Keller", "Maria Keller", "Person", "Person", False),
        ("Xi", "Xi Jinping", "Person", "Person", True),
        ("Samsung", "Samsung Electronics", "Organization", "Organization", True),
        ("Supreme Court", "Supreme Court of India", "Organization", "Organization", True),
        ("China", "Bank of China", "GPE", "Organization", False),
        ("Council", "Security Council", "Organization", "Organization", False),
        ("Gaza", "Gaza City", "GPE", "GPE", False),
        ("Washington", "Washington D.C.", "GPE", "GPE", True),
        ("Leeds", "Leeds Rovers", "GPE", "Organization", False),
    ],
)
def test_a_part_may_stand_for_the_whole(short, long, kind, long_kind, may):
    assert is_part(words_of(short), words_of(long), kind, long_kind) is may


@pytest.mark.parametrize(
    ("short", "long", "does"),
    [
        ("IDF", "Israel Defense Forces", True),
        ("DoD", "Department of Defense", True),
        ("CFA", "Central Fisheries Agency", True),
        ("CFA", "Northern Fisheries Board", False),
        ("A", "Agency", False),
    ],
)
def test_an_acronym_stands_for_its_initials(short, long, does):
    assert stands_for(short, long) is does


def test_words_of_a_name():
    assert words_of("the Café's “Old” U.N.") == ("cafe", "“old”", "un")
    assert is_acronym("NATO")
    assert not is_acronym("Nato")
