"""What a text is about tells whose its board, its ministers and its mayor are, where no owner is told."""

import pytest

from kg.model import Block, Document

pytestmark = pytest.mark.model

MINISTERS = (
    "Floods close schools in Portugal",
    "The floods that hit Portugal on Monday closed two hundred schools.",
    "The education minister, Rui Falcato, promised help. The government will pay for new roofs.",
    "President Ida Moura called off a visit to Lisbon.",
)
MAYOR = (
    "Kalnbruk elects a council",
    "Voters in Kalnbruk chose a new town council on Sunday.",
    "Marta Ozola, who had been mayor of Kalnbruk since 2013, lost her seat.",
    "Peter Lund was sworn in as deputy mayor. The town council meets in May.",
)
FIRM = (
    "Harker raises its prices",
    "Harker Ltd. raised its prices on Monday. Harker said that costs had grown.",
    "Harker had bought a mill in May. Shares in Harker rose. The board praised Anna Lund.",
)


@pytest.fixture
def called(extractor):
    def of(*paragraphs):
        text = "\n\n".join(paragraphs)
        starts = [text.index(p) for p in paragraphs]
        kinds = ["title", *("paragraph" for _ in paragraphs[1:])]
        blocks = tuple(
            Block(s, s + len(p), kind) for s, p, kind in zip(starts, paragraphs, kinds, strict=True)
        )
        found = extractor.extract(Document("d" * 16, "t.txt", text, blocks=blocks))
        return {m.description or m.label for m in found.mentions if m.kind == "nominal"}

    return of


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        (MINISTERS, {"education minister of Portugal", "Portuguese government", "President of Portugal"}),
        (MAYOR, {"deputy mayor of Kalnbruk", "Kalnbruk town council"}),
        (FIRM, {"Harker's board"}),
    ],
)
def test_an_office_is_that_of_the_one_land_town_or_firm_of_a_text(called, text, labels):
    assert labels <= called(*text)


def test_with_two_lands_in_the_lead_nobody_knows_whose_minister_it_is(called):
    lead = "The floods that hit Portugal and Spain on Monday closed two hundred schools."
    found = called("Floods close schools", lead, *MINISTERS[2:])
    assert not [label for label in found if label.endswith("Portugal") or label.startswith("Portuguese")]


@pytest.mark.parametrize(
    "sentence",
    [
        "A minister of the church praised Rui Falcato.",
        "The French education minister praised Rui Falcato.",
        "The education minister of Lorn praised Rui Falcato.",
        "Lorn's education minister praised Rui Falcato.",
        "The club's president, Ana Moura, praised Rui Falcato.",
    ],
)
def test_what_is_told_otherwise_is_not_the_lands(called, sentence):
    assert not [label for label in called(*MINISTERS[:2], sentence) if label.endswith(" of Portugal")]


def test_a_mayor_told_beside_another_town_is_not_this_towns(called):
    found = called(*MAYOR[:3], "In Lisbon, Peter Lund was sworn in as deputy mayor.")
    assert "deputy mayor of Kalnbruk" not in found
