"""`output/` is what `seeds/` give: the Turtle to the byte, the page apart from where things are drawn."""

import json
import pathlib
import re

import pytest

import kg

pytestmark = pytest.mark.usefixtures("models_once")

ROOT = pathlib.Path(__file__).resolve().parents[1]
REMEDY = "if the change is meant, run: make output"
DATA = re.compile(r"(<script[^>]*application/json[^>]*>)(.*?)(</script>)", re.S)
# Where a layout puts things may differ between machines in the last digit.
PLACES = {"x", "y", "regions", "community", "hubs"}


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    folder = tmp_path_factory.mktemp("output")
    graph = kg.build(ROOT / "seeds")
    return {
        name: graph.save(folder / name).read_text(encoding="utf-8") for name in ("graph.ttl", "graph.html")
    }


def kept(name):
    return (ROOT / "output" / name).read_text(encoding="utf-8")


def steady(turtle):
    """Give Turtle with confidences of two decimals, and without the patch level of spaCy."""
    turtle = re.sub(r"(kg:confidence )(\d\.\d+)", lambda m: f"{m[1]}{float(m[2]):.2f}", turtle)
    return re.sub(r"spacy 3\.8\.\d+", "spacy 3.8", turtle)


def divided(page):
    """Give a page's data without places, and what is around the data."""
    data = [json.loads(m[2]) for m in DATA.finditer(page)]
    return [{k: v for k, v in d.items() if k not in PLACES} for d in data], DATA.sub(r"\1\3", page)


@pytest.mark.model
def test_turtle_is_what_the_seeds_give(built):
    assert steady(built["graph.ttl"]).splitlines() == steady(kept("graph.ttl")).splitlines(), REMEDY


@pytest.mark.model
def test_page_is_what_the_seeds_give(built):
    (data, around), (kept_data, kept_around) = divided(built["graph.html"]), divided(kept("graph.html"))
    assert around.splitlines() == kept_around.splitlines(), REMEDY
    for ours, theirs in zip(data, kept_data, strict=True):
        for key in ours:
            assert ours[key] == theirs[key], f"{key}: {REMEDY}"


def test_nothing_else_is_kept_there():
    assert sorted(p.name for p in (ROOT / "output").iterdir()) == ["graph.html", "graph.ttl"]


def test_an_other_confidence_in_the_third_decimal_is_the_same_and_an_other_fact_is_not():
    assert steady("kg:confidence 0.923 ;") == steady("kg:confidence 0.9201 ;")
    assert steady("kg:confidence 0.93 ;") != steady("kg:confidence 0.92 ;")
