"""Times are found by themselves and resolved against the document's date."""

import datetime as dt
import pathlib

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.extract.values.periods import Period
from kg.extract.values.reference import ReferenceTime
from kg.extract.values.timex import scan

GROUPS = yaml.safe_load((pathlib.Path(__file__).parent / "times.yaml").read_text(encoding="utf-8"))
CASES = [(g, c) for g in GROUPS for c in g["cases"]]


def written(found):
    if found is None:
        return ""
    value = found.value() if isinstance(found, Period) else found
    whole = value.datatype == "gYear" and value.lower[5:] + value.upper[5:] == "01-0112-31"
    if value.lower and value.lower != value.upper and value.datatype != "gYearMonth" and not whole:
        return f" = {value.lower}..{value.upper}"
    return f" = {value.lexical}"


@pytest.mark.parametrize(("group", "case"), CASES, ids=[f"{g['group']}-{c['text'][:40]}" for g, c in CASES])
def test_scan_times(group, case):
    published = group.get("published", dt.date(2024, 3, 28))
    found = scan(case["text"], ReferenceTime(published), lambda i: case.get("tense", "past"))
    said = [case["text"][a:b] + written(f) for a, b, f in found]
    assert said == case["times"]


@given(st.dates(dt.date(1500, 1, 1), dt.date(2099, 12, 31)))
@settings(max_examples=100, deadline=None)
def test_scan_reads_back_any_day(day):
    text = f"It was signed on {day.day} {day:%B} {day.year}."
    ((_, _, found),) = scan(text, ReferenceTime(None))
    assert (found.first, found.last) == (day, day)


@given(st.text(alphabet="0123456789 -/:.,'$%aeymMay Tuesdaylstyr", max_size=60), st.dates())
@settings(max_examples=300, deadline=None)
def test_scan_never_fails_and_never_overlaps(text, published):
    end = 0
    for a, b, found in scan(text, ReferenceTime(published)):
        assert end <= a < b <= len(text)
        end = b
        if isinstance(found, Period):
            assert found.first <= found.last


@given(
    st.integers(1, 31), st.sampled_from("January February April June September November".split()), st.dates()
)
@settings(max_examples=100, deadline=None)
def test_scan_takes_days_without_a_year(day, month, published):
    for tense in ("past", "present", "future"):
        for _, _, found in scan(
            f"They met on {month} {day}.", ReferenceTime(published), lambda i, t=tense: t
        ):
            assert found is None or abs(found.first.year - published.year) <= 1
