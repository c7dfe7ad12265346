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
            "founding of Norland Society of Free Painters and Sculptors, 1990",
        ),
        (
            "Harker Ltd. reported revenue of €4.8 billion.",
            "measurement of Harker Ltd.'s revenue, €4.8 billion",
        ),
        ("Harker Ltd. had sales of €385m last year.", "measurement of Harker Ltd.'s sales, €385m"),
        (
            "Its tower is 40 metres tall. The Lorn Tower is 80 metres tall.",
            "measurement of height of Lorn Tower, 80 metres",
        ),
        (
            "Harker Ltd. reported sales of €9 million. Operating profit rose to €2 million from €1 million.",
            "rise of Harker Ltd.'s operating profit from €1 to €2 million",
        ),
        ("Harker's sales fell 3 percent to €2 million.", "fall of Harker's sales by 3% to €2 million"),
        (
            "Police arrested three men at a checkpoint near Lyon.",
            "arrest of three men by police near Lyon",
        ),
        (
            "A coalition airstrike hit a depot near Lorn Dam in Syria.",
            "coalition airstrike on depot near Lorn Dam in Syria",
        ),
        ("Norland police arrested Karl Vik in Lyon.", "arrest of Karl Vik by Norland police in Lyon"),
        ("Police arrested Karl Vik in Lyon on Tuesday.", "arrest of Karl Vik by police in Lyon, Tuesday"),
        ("The collapse of Lorn Bridge killed nine people.", "collapse of Lorn Bridge"),
        (
            "Thirty-four were injured near Lyon on 3 May 2020.",
            "injury of thirty-four people near Lyon, 3 May 2020",
        ),
        (
            "Karl Vik resigned as treasurer of Harker Ltd. in June 2021.",
            "resignation of Karl Vik as treasurer of Harker Ltd., June 2021",
        ),
        ("Anna Lund studied law.", "studies of Anna Lund in law"),
        (
            "An explosion tore through a grain mill in Lorn on 3 May 2020. Eight workers died in Lorn.",
            "explosion at grain mill in Lorn, 3 May 2020",
        ),
        (
            "Harker Ltd. fined Karl Vik 900 euros for theft.",
            "fine of €900 for Karl Vik by Harker Ltd. over theft",
        ),
        (
            "The river authority fined Harker Ltd. 20,000 dollars over the spill.",
            "fine of $20,000 for Harker Ltd. by river authority over spill",
        ),
        (
            "The Lund Fund granted the Lorn Museum £2 million.",
            "grant of £2 million by Lund Fund to Lorn Museum",
        ),
        (
            "The city of Lorn awarded a 48 million euro contract for trams to Harker Ltd.",
            "contract of Lorn with Harker Ltd. for trams, €48 million",
        ),
        (
            "Harker Ltd. bought Vero from Anna Lund for 30 million dollars in June 2021.",
            "acquisition of Vero by Harker Ltd. for $30 million, June 2021",
        ),
        ("Lorn Rovers beat Ulm City 3-1 in Lyon.", "victory of Lorn Rovers over Ulm City, 3-1 in Lyon"),
        (
            "A judge jailed Karl Vik for three years for theft.",
            "sentencing of Karl Vik to three years for theft",
        ),
        ("A fire destroyed the Lorn Library in May 2019.", "fire at Lorn Library, May 2019"),
        ("The ferry Anna sank near Lorn in May 2019.", "sinking of Anna near Lorn, May 2019"),
        (
            "Harker's sales grew from 41 million euros to 48 million euros in the second quarter of 2021.",
            "rise of Harker's sales from €41 to €48 million, 2021",
        ),
        (
            "Karl Vik shot Anna Lund with a rifle in Lorn.",
            "shooting of Anna Lund by Karl Vik in Lorn with rifle",
        ),
        (
            "Anna Lund, Karl Vik, Ida Moe and Bo Ek agreed with Ulm on fishing.",
            "agreement of Anna Lund, Ulm and others on fishing",
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


@pytest.mark.parametrize(
    ("text", "label", "stands"),
    [
        (
            "Lorn Town Council: minutes of the meeting of 3 June 2019\n\nMrs Ida Moe resigned as treasurer.",
            "treasurer of Lorn Town Council",
            True,
        ),
        (
            "LORN ROWING CLUB\n\nIda Moe was elected treasurer on 3 June 2019.",
            "treasurer of Lorn Rowing Club",
            True,
        ),
        (
            "Lorn Rowing Club: from the captain\n\nIda Moe was elected treasurer on 3 June 2019.",
            "treasurer of Lorn Rowing Club",
            True,
        ),
        (
            "LORN ROWING CLUB\n\nIda Moe was appointed principal on 3 June 2019.",
            "principal of Lorn Rowing Club",
            False,
        ),
        (
            "Lorn Town Council: minutes of the meeting of 3 June 2019\n\n"
            "Councillors Ida Moe and Karl Vik left the hall.",
            "Councillor of Lorn Town Council",
            True,
        ),
        ("The mill in Lorn\n\nMrs Ida Moe resigned as treasurer.", "treasurer of Lorn Town Council", False),
        (
            "Harker Ltd. has a new head. Harker said Ida Moe was appointed chief executive on Monday. "
            "Harker makes pumps. Harker sold 900 of them.",
            "chief executive of Harker",
            True,
        ),
        (
            "Harker Ltd. has bought Vero. Harker said Vero's Ida Moe had resigned as chief executive. "
            "Harker makes pumps. Harker sold 900 of them.",
            "chief executive of Harker",
            False,
        ),
        (
            "Lorn Rovers beat Ulm City 3-1 in the Lund Cup. They had beaten Vero 2-0 in the semi-final.",
            "semi-final of Lund Cup",
            True,
        ),
        (
            "Lorn Rovers won the Lund Cup and the Orban Trophy. They beat Vero 2-0 in the semi-final.",
            "semi-final of Lund Cup",
            False,
        ),
    ],
)
def test_an_office_or_round_is_called_by_what_the_text_is_about(called, text, label, stands):
    assert (label in called(text)) is stands


@pytest.mark.parametrize(
    ("text", "label"),
    [
        (
            "Two people were killed when the ferry Anna sank near Lorn.",
            "killing of two people in sinking of Anna near Lorn",
        ),
        ("Two people were killed in Lorn. The ferry Anna sank near Ulm.", "killing of two people in Lorn"),
    ],
)
def test_harm_to_nobody_named_is_told_by_what_befell_people_in_its_sentence(called, text, label):
    assert label in called(text)


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("The price rose to 30 dollars, from 20 dollars in May 2022.", "rise of price from $20 to $30"),
        (
            "The fleet grew from 30 ships in 2019 to 42 ships in 2023.",
            "rise of fleet from 30 to 42 ships, 2023",
        ),
        (
            "Harker's sales fell from 3 million euros to 2 million euros in 2021.",
            "fall of Harker's sales from €3 to €2 million, 2021",
        ),
    ],
)
def test_a_change_is_not_of_the_time_of_what_was_before(called, text, label):
    assert label in called(text)


@pytest.mark.parametrize(
    ("head", "text", "label", "stands"),
    [
        (
            "LORN ROWING CLUB",
            "Vero Ltd. gave us £900.",
            "payment of £900 by Vero Ltd. to Lorn Rowing Club",
            True,
        ),
        ("Lorn Rowing Club wins", "Vero Ltd. gave us £900.", "payment of £900 by Vero Ltd.", True),
        (
            "Lorn Rowing Club",
            "I was there when Vero Ltd. gave us £900.",
            "payment of £900 by Vero Ltd.",
            True,
        ),
        (
            "Lorn Rowing Club",
            "A donation of £400 was made to the Ulm Hospice. We thank you.",
            "donation of £400 by Lorn Rowing Club to Ulm Hospice",
            True,
        ),
        (
            "Lorn Rowing Club",
            "A donation of £400 was made to the Ulm Hospice through Vero Ltd. We thank you.",
            "donation of £400 by Lorn Rowing Club to Ulm Hospice",
            False,
        ),
        ("Lorn Rowing Club", "A grant of £400 was made to us.", "grant of £400 to Lorn Rowing Club", True),
        (
            "Lorn Rowing Club",
            "The contract for the bypass was awarded to Harker Ltd.",
            "contract with Harker Ltd. for bypass",
            True,
        ),
    ],
)
def test_a_notice_is_that_of_the_body_over_it(called, head, text, label, stands):
    assert (label in called(f"{head}\n\n{text}")) is stands
