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


MONTHS = "January February March April May June July August September October November December".split()


@given(
    st.integers(0, 11),
    st.integers(0, 11),
    st.integers(1, 31),
    st.integers(1, 31),
    st.integers(1500, 2090),
    st.integers(1, 60),
    st.sampled_from([
        "from {a} to {b} {y}", "between {a} and {b} {y}", "{a}–{b} {y}", "from {d} {a} to {e} {b} {y}",
        "between {a} {d} and {b} {e}, {y}", "from {d} to {e} {a} {y}", "between {y} and {z}", "{y}–{z}",
        "from {a} {y} until {b} {z}", "in the winter of {y}/{s}", "in the winter of {y}",
        "on {d} {a} and {e} {b} {y}", "from late {y} to early {z}",
    ]),
)  # fmt: skip
@settings(max_examples=400, deadline=None)
def test_a_range_lies_in_the_years_that_it_names(a, b, d, e, y, more, frame):
    z, s = y + more, f"{(y + 1) % 100:02d}"
    text = "It ran " + frame.format(a=MONTHS[a], b=MONTHS[b], d=d, e=e, y=y, z=z, s=s) + "."
    named = {y} | ({z} if "{z}" in frame else set()) | ({y + 1} if "{s}" in frame else set())
    for _, _, found in scan(text, ReferenceTime(dt.date(2024, 3, 28))):
        if isinstance(found, Period):
            assert found.first <= found.last
            assert {found.first.year, found.last.year} <= named
