"""Each pattern of times reads its own sentence; names of months stand in two places and agree."""

import datetime as dt

import pytest

from kg.extract.lexicon import listed
from kg.extract.values import timex
from kg.extract.values.periods import MONTHS
from kg.extract.values.reference import ReferenceTime
from kg.extract.values.time_patterns import PATTERNS
from kg.read.header import MONTH_NUMBERS


@pytest.mark.parametrize("pattern", PATTERNS, ids=lambda p: p.id)
def test_a_pattern_reads_its_example(pattern, monkeypatch):
    whole = timex.scan(pattern.example, ReferenceTime(dt.date(2024, 3, 28)))
    monkeypatch.setattr(timex, "PATTERNS", (pattern,))
    alone = timex.scan(pattern.example, ReferenceTime(dt.date(2024, 3, 28)))
    assert [(start, end) for start, end, _ in alone] == [(start, end) for start, end, _ in whole]
    assert alone


def test_patterns_have_ids_of_their_own():
    assert len({p.id for p in PATTERNS}) == len(PATTERNS)


def test_headers_and_times_know_the_same_months():
    assert {name: i for i, name in enumerate(MONTHS, 1)}.items() <= MONTH_NUMBERS.items()
    written = [w.rstrip(".").lower() for w in listed("times", "month", "written")]
    assert set(written) == set(MONTH_NUMBERS)
    assert all(MONTHS[MONTH_NUMBERS[w] - 1].startswith(w[:3]) for w in written)
