"""What stands beside a text: bylines, dates, signposts, the heads and ends of letters."""

import datetime as dt

import pytest

from kg import read
from kg.read.margins import beside


def read_text(text, **options):
    document = read.document_from_text(text, **options)
    return document, [(b.kind, document.text[b.start : b.end]) for b in document.blocks]


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("By Vera Holt", "byline"),
        ("BY OVE DAHL AND VERA HOLT", "byline"),
        ("By Vera Holt, Fjord Gazette", "byline"),
        ("By Vera Holt in Bergen", "byline"),
        ("Words by Vera Holt", "byline"),
        ("Author: Vera van der Holt", "byline"),
        ("By our crime correspondent", "byline"),
        ("9 June 2021", "date"),
        ("Posted on Wednesday, June 9, 2021 at 10:15 am", "date"),
        ("Fjord Gazette, 9 June 2021", "date"),
        ("Published 9 June 2021 | Updated 10 June 2021", "date"),
        ("4 min read", "signpost"),
        ("Read more: Nordlys sells its mill", "signpost"),
        ("Related: Nordlys", "signpost"),
        ("ADVERTISEMENT", "signpost"),
        ("Sign up to our newsletter", "signpost"),
        ("Photo: Ove Dahl / Fjord Gazette", "signpost"),
        ("Sent from my phone", "signpost"),
        ("© 2021 Fjord Gazette", "signpost"),
        ("Copyright 2021 Nordlys Ltd. All rights reserved.", "signpost"),
        ("Home | News | Sport | Contact", "signpost"),
        ("Tel: +47 22 33 44 55", "contact"),
        ("Vera Holt, vera@nordlys.example", "contact"),
        ("Page 3 of 12", "page"),
        ("- 4 -", "page"),
        ("Dear Ms Holt,", "greeting"),
        ("Kind regards,", "closing"),
        ("On Mon, 3 May 2021, Ove Dahl wrote:", "mail"),
    ],
)
def test_what_is_beside_a_text(line, kind):
    assert beside(line) == kind


@pytest.mark.parametrize(
    "line",
    [
        "By Friday the river had risen.",
        "By Holt's account, Nordlys sold the mill.",
        "By May Nordlys had sold the mill",
        "Published works by Vera Holt include two novels.",
        "Related companies sued Nordlys.",
        "Source material was lost.",
        "Watch makers in Bergen founded Nordlys.",
        "Dear Leader Kim ruled the country.",
        "Thanks to Ove Dahl, Nordlys won.",
        "See also: the mill. Nordlys bought it in 1999.",
        "Copyright law has changed since 1999.",
        "In 2021 Nordlys moved to Bergen.",
        "Nordlys (www.nordlys.example) employs 300 people in Bergen.",
        "Contact sports injured Ove Dahl.",
        "Printed in 1999, the book sold well.",
    ],
)
def test_sentences_are_text(line):
    assert beside(line) is None


@pytest.mark.parametrize("markdown", [False, True])
def test_headline_byline_and_date(markdown):
    document, blocks = read_text(
        "Nordlys to sell its mill\nBy Vera Holt\n9 June 2021\n\nThe firm sells it today.\n",
        markdown=markdown,
    )
    assert document.title == "Nordlys to sell its mill"
    assert document.published == dt.date(2021, 6, 9)
    assert document.meta["author"] == "Vera Holt"
    assert [kind for kind, _ in blocks] == ["title", "aside", "aside", "paragraph"]


def test_name_and_outlet_below_the_headline():
    document, blocks = read_text("Nordlys sells its mill\nVera Holt, Fjord Gazette\n\nIt sells today.\n")
    assert document.meta["author"] == "Vera Holt"
    assert [kind for kind, _ in blocks] == ["title", "aside", "paragraph"]


def test_a_wrapped_line_that_looks_like_a_byline_is_text():
    text = "The novel was translated into English and\nby Vera Holt into German, which pleased its\nauthor."
    assert read_text(text)[1] == [("paragraph", text)]


def test_letter():
    document, blocks = read_text(
        "Nordlys Ltd\n1 Quay St\nBergen\n\n9 June 2021\n\nDear Mr Dahl,\n\nNordlys bought Kelda in May.\n\n"
        "Yours sincerely,\n\nVera Holt\nDirector\n"
    )
    assert [words for kind, words in blocks if kind == "paragraph"] == ["Nordlys bought Kelda in May."]
    assert document.published == dt.date(2021, 6, 9)


def test_mail():
    _, blocks = read_text(
        "From: Vera Holt <v@n.example>\nTo: Ove Dahl <o@k.example>\nSubject: The mill\n\nHi Ove,\n\n"
        "Nordlys bought Kelda.\n\nBest,\nVera\n\n-----Original Message-----\nFrom: Ove Dahl\nSent: 3 May\n\n"
        "Kelda sold the mill.\n\nSent from my phone\n"
    )
    read_ = [words for kind, words in blocks if kind not in ("aside", "header", "title")]
    assert read_ == ["Nordlys bought Kelda.", "Kelda sold the mill."]


def test_day_in_the_name_of_the_file():
    assert read_text("It rained today.", source="in/2021-06-09_rain.txt")[0].published == dt.date(2021, 6, 9)
    assert read_text("date 2020-01-02 It rained.", source="2021-06-09.txt")[0].published == dt.date(
        2020, 1, 2
    )


def test_the_headline_below_the_paper_and_its_day():
    document, blocks = read_text(
        "Fjord Gazette, June 9, 2021\n\nNordlys to sell its mill\n\nBy Vera Holt\n\nIt sells it today.\n"
    )
    assert (document.title, document.meta["author"]) == ("Nordlys to sell its mill", "Vera Holt")
    assert document.published == dt.date(2021, 6, 9)
    assert [kind for kind, _ in blocks] == ["aside", "title", "aside", "paragraph"]


def test_who_wrote_a_memo_and_when():
    document, _ = read_text(
        "Memo: the mill\n\nFrom: Vera Holt <v@n.example>\nDate: 9 June 2021\n\nI met Ove Dahl on Monday.\n"
    )
    assert (document.title, document.meta["author"]) == ("Memo: the mill", "Vera Holt")
    assert document.published == dt.date(2021, 6, 9)
