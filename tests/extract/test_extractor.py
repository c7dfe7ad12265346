"""The whole extraction stage, on a few texts."""

import pytest

import kg.extract
from kg.config import ExtractConfig
from kg.errors import ModelError
from kg.extract.parse import pipeline
from kg.model import Block, Document, Extraction

pytestmark = pytest.mark.usefixtures("models_once")


@pytest.mark.model
def test_extract_passive_with_agent_is_turned_active():
    found = kg.extract.extract("The bridge was built by Roman soldiers in Trier.")
    claim = found.claims[0]
    assert claim.relation == "build"
    assert found.mentions[claim.subject].label == "Roman soldiers"
    assert found.mentions[claim.object].label == "bridge"


@pytest.mark.model
def test_extract_offsets_hold_over_line_breaks_and_surrogates():
    text = "Anna Berg met\nthe mayor \ud800 of Oslo (((((((((((((((((((((((((((( yesterday."
    found = kg.extract.extract(text)
    assert found.mentions
    assert all(text[m.start : m.end] == m.text for m in found.mentions)
    assert Extraction.from_dict(found.to_dict()) == found


@pytest.mark.model
@pytest.mark.parametrize("profile", ["accurate", "fast"])
def test_pipe_gives_what_extract_gives(profile):
    texts = ["", "Rome fell.", "  ", "Anna sold the house to Bert. He left.", "\n\n"]
    documents = [Document(id=str(i), source="t", text=t) for i, t in enumerate(texts)]
    extractor = kg.extract.Extractor(ExtractConfig(profile=profile))
    assert list(extractor.pipe(documents)) == [extractor.extract(d) for d in documents]


def test_load_names_a_missing_model():
    with pytest.raises(ModelError, match="en_core_web_none"):
        pipeline.load("en_core_web_none")


def test_cut_keeps_every_character_but_blank_pieces():
    text = "One sentence here. " * 50
    parts = pipeline.cut(text, Block(0, len(text)), longest=100)
    assert all(p.end - p.start <= 100 for p in parts)
    assert "".join(text[p.start : p.end] for p in parts) == text


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("He left, " * 1_000, ","),
        ("if he left " * 1_000, ("if", "he", "left")),
        ("He left; she stayed, " * 500, ";"),
        ("x" * 6_000, "x"),
        ("Rain fell. " * 3 + "and " * 2_000, ("d", ".")),
    ],
)
def test_a_sentence_without_end_is_cut_where_it_is_loosest(text, ends):
    parts = pipeline.cut(text, Block(0, len(text)))
    assert "".join(text[p.start : p.end] for p in parts) == text
    assert all(p.end - p.start <= pipeline.LONGEST_SENTENCE + 40 for p in parts)
    assert all(text[p.start : p.end].rstrip().endswith(ends) for p in parts[:-1])


def test_sentences_that_end_stay_together():
    text = "Anna Berg left Ghent on Monday and moved to Bruges. " * 300
    parts = pipeline.cut(text, Block(0, len(text)))
    assert len(parts) == 1


@pytest.mark.parametrize(
    "text", ["(" * 5000, "_" * 20_000, "a.b" * 3000, "x" * 5000, "$" * 99, "\ud83d plain\n"]
)
def test_readable_keeps_the_length(text):
    assert len(pipeline.readable(text)) == len(text)


def test_extract_config_default_model_is_the_pinned_one():
    assert ExtractConfig().model in pipeline.STAND_INS
