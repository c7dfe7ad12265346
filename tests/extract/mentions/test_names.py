"""Names: cases as data in `names.toml`."""

import pathlib
import tomllib

import pytest

from kg.extract.mentions.evidence import name_key
from kg.model import Block, Document

CASES = tomllib.loads((pathlib.Path(__file__).parent / "names.toml").read_text(encoding="utf-8"))["case"]


def read(extractor, text, *blocks):
    blocks = blocks or (Block(0, len(text)),)
    return extractor.extract(Document("d" * 16, "t.txt", text, blocks=blocks))


@pytest.mark.model
@pytest.mark.parametrize("case", CASES, ids=lambda c: c["text"][:40])
def test_names(extractor, case):
    found = {(m.text, m.type) for m in read(extractor, case["text"]).mentions if m.kind == "name"}
    wanted = {tuple(line.rsplit(": ", 1)) for line in case["names"]}
    assert wanted <= found, sorted(found)
    assert not {text for text, _ in found} & set(case.get("never", ()))


def test_capitals_do_not_make_another_name():
    assert name_key("ANNA LINDT") == "Anna Lindt"
    assert name_key("NATO") == "NATO"


@pytest.mark.model
def test_a_heading_in_capitals_names_nothing_that_the_text_does_not(extractor):
    text = "Rising Tension And Broken Promises\n\nOrbis Bank closed its office in Porto."
    heading, paragraph = Block(0, 34, "heading"), Block(36, len(text))
    extraction = read(extractor, text, heading, paragraph)
    assert all(m.start >= 36 for m in extraction.mentions if m.kind == "name")
