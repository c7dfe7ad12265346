"""Results on lines of their own."""

import pytest

from kg.config import ExtractConfig
from kg.extract import extractor_of
from kg.read import document_from_text


def matches(text):
    """Give the roles of each match of a text whose blocks are told apart."""
    extraction = extractor_of(ExtractConfig()).extract(document_from_text(text, source="results.txt"))
    mentions = extraction.mentions
    names = {}
    for m in mentions:
        if m.kind == "name" and m.chain is not None:
            names.setdefault(m.chain, set()).add(m.label)
    found = {}
    for claim in extraction.claims:
        subject = mentions[claim.subject]
        if subject.type == "Match" and claim.object is not None and claim.asserted:
            object_ = mentions[claim.object]
            for label in names.get(object_.chain, {object_.label}):
                found.setdefault(subject.start, set()).add(f"{claim.relation.removeprefix('kg:')} {label}")
    return list(found.values())


CUP = """NORTHERN CUP FINAL

TARN UNITED 3 BRELL ROVERS 1

Tarn United won the cup for the first time in 17 years on Saturday. Brell Rovers have never won it.
"""
TABLE = """Results

Holt Town 2-2 Kaun City

Lorn Athletic 0-1 Dorn (half-time 0-0)
"""


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        (CUP, {"winner Tarn United", "loser Brell Rovers", "score 3-1"}),
        (TABLE, {"participant Holt Town", "participant Kaun City", "score 2-2"}),
        (TABLE, {"winner Dorn", "loser Lorn Athletic", "score 1-0"}),
    ],
)
def test_line_tells_who_won(text, roles):
    assert any(roles <= found for found in matches(text)), matches(text)


@pytest.mark.parametrize("line", ["Chapter 3 Section 4", "Holt 3 May 4", "Windows 95 Office 97"])
def test_other_numbers_are_no_result(line):
    assert not matches(f"{line}\n\n{line}\n\nHolt was closed on Sunday.\n")


def test_one_line_of_strangers_is_no_result():
    assert not matches("Zorvan 3 Belmik 1\n\nThe hall was closed on Sunday.\n")


LINES = """FOOTBALL: Late goals

Brell Lane Rovers 1
Tarn United 3 (aet)
Northern Cup second round

Tarn United won at Dorn on Saturday. Brell Rovers had led at the break.
"""


def test_sides_with_a_line_each_are_a_match_of_the_cup_below():
    wanted = {"winner Tarn United", "loser Brell Lane Rovers", "score 3-1", "competition Northern Cup"}
    assert any(wanted <= roles for roles in matches(LINES))


@pytest.mark.parametrize("last", ["Northern Cup medals", "Points so far"])
def test_sides_with_a_line_each_are_no_match_in_a_table(last):
    assert matches(LINES.replace("Northern Cup second round", last)) == []
