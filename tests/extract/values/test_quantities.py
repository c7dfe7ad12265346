"""Numbers are read with unit, bound and range, and counted nouns know their count."""

import pathlib
from decimal import Decimal

import pytest
import spacy
import yaml
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.reading import ParsedBlock, Reading
from kg.extract.values import quantities, times
from kg.extract.values.numerals import canonical, number
from kg.model import Document

HERE = pathlib.Path(__file__).parent
VALUES = yaml.safe_load((HERE / "quantities.yaml").read_text(encoding="utf-8"))
COUNTS = yaml.safe_load((HERE / "counts.yaml").read_text(encoding="utf-8"))
SIGNS = {"MoreThan": ">", "AtLeast": ">=", "LessThan": "<", "AtMost": "<=", "About": "~", None: ""}
BLANK = spacy.blank("en")


def written(value):
    number = f"{value.lower}..{value.upper}" if value.lower else value.lexical
    return f"{SIGNS[value.comparator]}{number}{' ' + value.unit if value.unit else ''}"


@pytest.mark.parametrize("case", VALUES, ids=lambda c: c["text"])
def test_scan_values(case):
    found = quantities.scan(BLANK(case["text"]))
    assert [f"{span.text} = {written(value)}" for span, value in found] == case["quantities"]


@pytest.mark.model
@pytest.mark.parametrize("case", COUNTS, ids=lambda c: c["text"])
def test_find_leaves_counts_to_their_nouns(nlp, case):
    doc = nlp(case["text"])
    reading = Reading(Document("d", "d", case["text"]), [ParsedBlock(0, doc, 0, "paragraph")])
    times.find(reading)
    quantities.find(reading)
    block = reading.blocks[0]
    own = quantities.numbers_of(block).noun_of
    nouns = [t for t in doc if t.pos_ in ("NOUN", "PROPN") and t.i not in own]
    counts = {t.text: written(v) for t in nouns if (v := quantities.count_of(block, t.i))}
    assert counts == case["counts"]
    assert [m.span.text for m in reading.mentions if m.kind == "quantity"] == case["found"]


@given(st.integers(0, 10**12))
def test_number_reads_separators(n):
    assert number(f"{n:,}") == n


@given(st.integers(1, 999), st.sampled_from([("thousand", 10**3), ("million", 10**6), ("billion", 10**9)]))
def test_number_reads_scales(n, scale):
    assert number(f"{n} {scale[0]}") == n * scale[1]


@pytest.mark.parametrize(
    ("text", "lexical"),
    [
        ("two hundred thousand", "200000"),
        ("three million two hundred", "3000200"),
        ("half a million", "500000"),
        ("twenty-one", "21"),
    ],
)
def test_number_reads_words(text, lexical):
    assert canonical(number(text)) == (lexical, "integer")


def test_canonical_decimal_has_no_trailing_zeros():
    assert canonical(Decimal("3.40")) == ("3.4", "decimal")


def test_two_amounts_after_from_are_no_range_and_share_scale_and_unit():
    first, second = (v for _, v in quantities.scan(BLANK("Output rose from 3 to 4 million euros.")))
    assert (first.lexical, first.unit, first.upper) == ("3000000", "EUR", None)
    assert (second.lexical, second.unit, second.upper) == ("4000000", "EUR", None)
