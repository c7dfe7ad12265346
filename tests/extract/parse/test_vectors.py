"""The vectors of tokens: the model's own, made faster."""

import numpy as np
import pytest
import spacy

from kg.extract.parse import pipeline, vectors

TEXTS = (
    "Maren Oduya, who doesn't like trains, flew to Porto on 3 May 2019 with 1,200 others.",
    "Short.",
    "  Two  blanks, then “quotes” — and Ångström's naïve cafés in St. John's.",
    "HEADLINE IN CAPITALS ABOUT NOTHING",
)


@pytest.fixture(scope="module")
def stock():
    name = next(n for n in pipeline.STAND_INS["en_core_web_sm"] if spacy.util.is_package(n))
    return spacy.load(name, exclude=["ner", "attribute_ruler", "lemmatizer"])


@pytest.fixture(scope="module")
def faster(stock):
    nlp = spacy.load(stock.path, exclude=["ner", "attribute_ruler", "lemmatizer"])
    vectors.speed_up(nlp)
    return nlp


@pytest.mark.model
def test_vectors_tags_and_trees_are_those_of_the_model(stock, faster):
    assert "tok2vec" not in faster.pipe_names
    for ours, theirs in zip(faster.pipe(TEXTS), stock.pipe(TEXTS), strict=True):
        assert np.abs(ours.tensor - theirs.tensor).max() < 1e-4
        assert [(t.tag_, t.dep_, t.head.i) for t in ours] == [(t.tag_, t.dep_, t.head.i) for t in theirs]


@pytest.mark.model
def test_vectors_do_not_depend_on_what_was_read_before(faster):
    component = faster.get_pipe(vectors.NAME)
    component.forget()
    alone = faster(TEXTS[0]).tensor
    component.forget()
    after = [d.tensor for d in faster.pipe(reversed(TEXTS))][-1]
    assert np.array_equal(alone, after)


@pytest.mark.model
def test_vectors_are_the_same_when_words_are_forgotten(faster, monkeypatch):
    before = [d.tensor.copy() for d in faster.pipe(TEXTS)]
    monkeypatch.setattr(vectors, "LARGEST", 8)
    faster.get_pipe(vectors.NAME).forget()
    after = [d.tensor for d in faster.pipe(TEXTS)]
    assert all(np.array_equal(a, b) for a, b in zip(before, after, strict=True))
    assert len(faster.get_pipe(vectors.NAME).rows) <= 30


@pytest.mark.model
def test_an_empty_text_has_no_vectors(faster):
    assert len(faster("")) == 0


def test_another_design_is_left_as_it_is():
    nlp = spacy.blank("en")
    vectors.speed_up(nlp)
    assert nlp.pipe_names == []
    nlp.add_pipe("tok2vec")
    vectors.speed_up(nlp)
    assert nlp.pipe_names == ["tok2vec"]
