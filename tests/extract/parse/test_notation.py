"""A text's numbers are given in English notation, at their places, or not at all."""

from decimal import Decimal

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.extract.parse import notation, pipeline
from kg.extract.values import quantities

BLANK = spacy.blank("en")
WRITTEN = [
    ("The barn cost 1.250.000,50 euros.", "The barn cost 1,250,000.50 euros."),
    ("The barn cost 3 400 000 crowns.", "The barn cost 3,400,000 crowns."),
    ("The barn cost 3\u202f400\u202f000,75 crowns.", "The barn cost 3,400,000.75 crowns."),
    ("The barn cost 2’750’000 francs.", "The barn cost 2,750,000 francs."),
    ("The barn cost €4,5 million.", "The barn cost €4.5 million."),
    ("The barn cost between 1,5 and 2,5 million euros.", "The barn cost between 1.5 and 2.5 million euros."),
    ("It lies 7,25 km off.", "It lies 7.25 km off."),
    ("Wages rose 3,5 % and rents 0,75 %.", "Wages rose 3.5 % and rents 0.75 %."),
    ("Rye costs 8,40 EUR and barley 1.600 EUR.", "Rye costs 8.40 EUR and barley 1,600 EUR."),
    ("In 1995 12 000 people came.", "In 1995 12,000 people came."),
    ("It fell to \u22129 °C, then –11 °C.", "It fell to -9 °C, then -11 °C."),
    # A number with two readings is marked.
    ("Rye costs 1.600 euros.", "Rye costs 1'600 euros."),
    ("Vik sold 1.600 loaves.", "Vik sold 1'600 loaves."),
    ("Vik counted 12 500.", "Vik counted 12'500."),
    # English ones, codes, dates, lists and scores stay.
    ("Rye costs $1,600.50 and 1.25 dollars.",) * 2,
    ("Petrol costs $3.459 a gallon.",) * 2,
    ("Turnover was $1.625 billion.",) * 2,
    ("It paid Rs 7,25,000.",) * 2,
    ("Read chapters 2,3 and 4.",) * 2,
    ("Call 555 123 456 or +49 170 555 123.",) * 2,
    ("The host is 192.168.100.200 and version 1.234.567.",) * 2,
    ("On May 12 500 people came.",) * 2,
    ("Rovers won 3–1 in 2004–2008.",) * 2,
    ("The coefficient is 0.125.",) * 2,
]


@pytest.mark.parametrize(("text", "expected"), WRITTEN, ids=lambda t: t)
def test_anglicise(text, expected):
    assert notation.anglicise(text, notation.decimals_of(text)) == expected


def read(text):
    doc = BLANK(pipeline.readable(notation.anglicise(text, notation.decimals_of(text))))
    return [value for _, value in quantities.scan(doc)]


def groups(number, mark):
    return f"{number:,}".replace(",", mark)


@given(
    st.integers(0, 10**10),
    st.sampled_from([",", ".", " ", "\u2009", "\u202f", "\u00a0", "'", "’", ""]),
    st.sampled_from(["", "5", "25", "75", "125"]),
    st.sampled_from(
        ["€{} was paid.", "It cost {} euros.", "It measured {} km.", "It sold {} jars.", "It sold {}."]
    ),
    st.booleans(),
)
@settings(max_examples=400, deadline=None)
def test_a_number_is_read_as_itself_or_not_at_all(whole, mark, part, frame, negative):
    point = "." if mark in (",", "'", "’") else ","
    exact = Decimal(f"{whole}.{part or 0}")
    text = frame.format(
        ("-" if negative and "€" not in frame else "") + groups(whole, mark) + (point + part if part else "")
    )
    minus = -1 if negative and "€" not in frame else 1
    # In English a comma and three digits are thousands.
    english = point == "," and len(part) == 3
    for value in read(text):
        assert Decimal(value.lexical) == exact * minus or english


@given(st.text(alphabet="0123456789 .,'’-–€%km\u2212\u2009", max_size=40))
@settings(max_examples=300, deadline=None)
def test_anglicise_keeps_every_place_and_digit(text):
    given_ = notation.anglicise(text, notation.decimals_of(text))
    assert len(given_) == len(text)
    assert [c for c in given_ if c.isdigit()] == [c for c in text if c.isdigit()]
