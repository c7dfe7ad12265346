"""The tables of morphology and lemmas give what spaCy's own components give."""

import pytest
import spacy

from kg.extract.parse import morphology, pipeline

TEXTS = [
    "There's a man who didn't go. He's been told that they're gonna leave, isn't he?",
    "Let's see: you and I saw it; it saw me. C'mon, y'all, I ain't got nothin' left.",
    "There are geese. The leaves were left by leaves. That which was, is; whose was this?",
    "Geese  swim.\n\n They   LEFT Better houses, better THAN ours, mice and men, axes.",
    "Do not. Done! To be or not to be; he would've, she'll, we'd've had it had it been.",
    "",
    " ",
    "There is there there.",
]


@pytest.fixture(scope="module")
def models():
    name = next(
        m for m in ("en_core_web_sm", *pipeline.STAND_INS["en_core_web_sm"]) if spacy.util.is_package(m)
    )
    plain, fast = spacy.load(name), spacy.load(name)
    morphology.speed_up(fast)
    return plain, fast


def described(doc):
    return [(t.text, t.tag_, t.pos_, str(t.morph), t.lemma_, t.dep_, t.head.i, t.ent_type_) for t in doc]


@pytest.mark.model
def test_same_as_the_model_when_tables_are_empty_and_when_they_are_full(models):
    plain, fast = models
    assert "attribute_ruler" not in fast.pipe_names
    wanted = [described(plain(text)) for text in TEXTS]
    assert [described(fast(text)) for text in TEXTS] == wanted
    assert [described(doc) for doc in fast.pipe(reversed(TEXTS))] == wanted[::-1]


@pytest.mark.model
def test_same_when_the_tables_are_emptied(models, monkeypatch):
    plain, fast = models
    monkeypatch.setattr(morphology, "LARGEST", 3)
    assert [described(fast(text)) for text in TEXTS] == [described(plain(text)) for text in TEXTS]


def test_a_model_without_these_components_is_left_as_it_is():
    nlp = spacy.blank("en")
    morphology.speed_up(nlp)
    assert nlp.pipe_names == []
