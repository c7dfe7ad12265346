"""What events are called: whole phrases, and amounts by whose they are."""

import pytest

from kg.read import document_from_text

pytestmark = pytest.mark.model


@pytest.fixture
def called(extractor):
    def of(text):
        found = extractor.extract(document_from_text(text, source="t.txt"))
        return {m.description or m.label for m in found.mentions if m.kind in ("event", "nominal")}

    return of


@pytest.mark.parametrize(
    ("text", "label"),
    [
        (
            "Near Lorn, three strikes destroyed two enemy tank units and seven mortar firing positions.",
            "strikes on two enemy tank units and seven mortar firing positions",
        ),
        (
            "Anna Lund and Karl Vik founded the Norland Society of Free Painters and Sculptors in 1990.",
            "founding of Norland Society of Free Painters and Sculptors by Anna Lund, 1990",
        ),
        ("Harker Ltd. reported revenue of €4.8 billion.", "measurement of Harker Ltd.'s revenue"),
        ("Harker Ltd. had sales of €385m last year.", "measurement of Harker Ltd.'s sales"),
        (
            "Its tower is 40 metres tall. The Lorn Tower is 80 metres tall.",
            "measurement of height of Lorn Tower",
        ),
        (
            "Harker Ltd. reported sales of €9 million. Operating profit rose to €2 million from €1 million.",
            "change of Harker Ltd.'s operating profit",
        ),
        ("Harker's sales fell 3 percent to €2 million.", "change of Harker's sales"),
        (
            "Police arrested three men at a checkpoint near Lyon.",
            "arrest of three men by police at checkpoint near Lyon",
        ),
        (
            "A coalition airstrike hit a depot near Lorn Dam in Syria.",
            "coalition airstrike on depot near Lorn Dam",
        ),
        ("Norland police arrested Karl Vik in Lyon.", "arrest of Karl Vik by Norland police"),
        ("The collapse of Lorn Bridge killed nine people.", "collapse of Lorn Bridge"),
        ("Thirty-four were injured near Lyon on 3 May 2020.", "injury of thirty-four near Lyon, 3 May 2020"),
        (
            "Karl Vik resigned as treasurer of Harker Ltd. in June 2021.",
            "departure of Karl Vik as treasurer of Harker Ltd., June 2021",
        ),
        ("Anna Lund studied law.", "studies of Anna Lund in law"),
        (
            "An explosion tore through a grain mill in Lorn on 3 May 2020. Eight workers died in Lorn.",
            "explosion of grain mill in Lorn, 3 May 2020",
        ),
    ],
)
def test_an_event_is_called_by_whole_phrases(called, text, label):
    assert label in called(text)


def test_a_day_is_whole_or_its_year_alone(called):
    short = called("Anna Berg won the Nora Feld Prize on 3 June 2019.")
    assert "award of Nora Feld Prize to Anna Berg, 3 June 2019" in short
    long = called("Anna Berg and Karl Vik won the Nora Feld Prize on 3 June 2019.")
    assert "award of Nora Feld Prize to Anna Berg and Karl Vik, 2019" in long


def test_an_amount_of_nobody_known_stays_bare(called):
    found = called("Operating profit rose to €2 million from €1 million.")
    assert "Operating profit" in found
    assert not any("'s" in label for label in found)
