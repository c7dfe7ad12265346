"""The day that the head of a text tells to be its own."""

import datetime as dt

import pytest

from kg import read

BODY = "\n\nThe roof of the hall has been mended, and the clerk was thanked for her work on it."


@pytest.mark.parametrize(
    "head",
    [
        "Minutes of the annual meeting held in the Old School on Monday 3 June 2019 at 7 pm",
        "LUND PARISH COUNCIL: report of the meeting, 3 June 2019",
        "Notes from the meeting of the planning committee of June 3, 2019",
        "Holm v Dahl Ltd\n\nHigh Court, Bergen. Judgment: 3 June 2019. Before Judge Ek.",
        "Mill burns down in Bergen\n\nBERGEN, Norway, Monday 3 June 2019",
        "Mill burns down in Ålesund\n\nÅlesund, 3 June 2019",
        "Mill burns down in Bergen\n\nBergen, Norway – 3 June 2019",
        "Mill burns down\n\nBERGEN POLICE\n\nBERGEN, Norway (June 3, 2019) — A mill burned down.",
        "Business of the meeting of Monday 3 June 2019, Town Hall, Bergen",
        "Agenda for the meeting on 3 June 2019",
        "June meeting\n\nThe council met in the hall on Monday 3 June 2019 at 7.30pm. Present: Cllr Ek.",
        "Press release, Bergen, 3 June 2019",
        "Mill burns down\n\nPosted on June 3, 2019 by Ida Holm",
    ],
)
def test_head_tells_the_day_of_a_text(head):
    assert read.document_from_text(head + BODY).published == dt.date(2019, 6, 3)


@pytest.mark.parametrize(
    "head",
    [
        "The minutes of the meeting of 3 June 2019 were approved and signed.",
        "Report on the visit of the committee to Bergen, 3 June 2019",
        "The report says that the order of 3 June 2019 was wrong.",
        "Ida Holm was born in Bergen, Norway, 3 June 2019",
        "The council met in the hall on Monday 3 June 2019. It was warm.",
        "The press release that Holm posted on 3 June 2019",
        "Minutes of the meeting held on 3 June 2019\n\nMinutes of the meeting held on 8 July 2019",
    ],
)
def test_days_in_sentences_are_not_those_of_the_text(head):
    assert read.document_from_text(head + BODY).published is None
