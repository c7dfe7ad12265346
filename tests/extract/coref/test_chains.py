"""Chains of mentions: cases as data in `chains.toml`."""

import itertools
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


NAMESAKES = (
    "Nora Feld designed a lens.",
    "Tobias Feld moved to Kiel.",
    "Mrs. Feld bought a house.",
    "Mr. Feld fed the dog.",
)
BODIES = (
    "Bruno Mars sang in Oslo.",
    "Mars orbits the Sun.",
    "John Denver wrote a song.",
    "Denver is a city in Colorado.",
    "Kellogg fired Anna Kellogg.",
)


@pytest.mark.model
@pytest.mark.parametrize("order", list(itertools.permutations(range(4))))
def test_who_is_meant_by_a_title_does_not_depend_on_the_order(extractor, order):
    mentions = read(extractor, " ".join(NAMESAKES[i] for i in order)).mentions
    chain = {(m.label, m.text): m.chain for m in mentions if m.kind == "name"}
    nora, tobias = chain["Nora Feld", "Nora Feld"], chain["Tobias Feld", "Tobias Feld"]
    assert nora != tobias
    assert (chain["Mrs. Feld", "Feld"], chain["Mr. Feld", "Feld"]) == (nora, tobias)


@pytest.mark.model
@pytest.mark.parametrize("order", list(itertools.permutations(range(5)))[::7])
def test_what_bears_a_surname_is_nobody_in_any_order(extractor, order):
    mentions = read(extractor, " ".join(BODIES[i] for i in order)).mentions
    chain = {m.text: m.chain for m in mentions if m.kind == "name"}
    for short, long in (("Mars", "Bruno Mars"), ("Denver", "John Denver"), ("Kellogg", "Anna Kellogg")):
        assert chain[short] != chain[long]
