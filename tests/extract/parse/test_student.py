"""The profile `fast`: the network that has learned from the encoder."""

import numpy as np
import pytest
import spacy
from spacy.tokens import Doc

from kg.extract.lexicon.labels import INNER, NAME_LABELS, NOMINALS
from kg.extract.parse import pipeline, student, words

TEXTS = (
    "Maren Oduya, who runs the Lagos office of Brightwater Bank, flew to Portugal on Tuesday.",
    "Rain.",
    "The Dutch company hired 30 engineers. Its owner, J. Okafor, lives in São Paulo.",
)


@pytest.fixture(scope="module")
def fast():
    return pipeline.load("en_core_web_sm", "fast")


def test_pattern_keeps_signs_and_no_more_than_two_alike():
    assert words.pattern("McDonald's") == "XxXxx'x"
    assert words.pattern("1,200.50") == "d,dd.dd"
    assert words.pattern("") == ""


@pytest.mark.parametrize(
    "word", ["", "Ada", "ADA", "Smith", "Lisbon", "Portuguese", "x" * 500, "中国", "\ud800"]
)
def test_features_of_any_word_lie_in_their_tables(word):
    found = words.word_features(word, 3)
    assert len(found) == len(words.SIZES)
    assert all(0 <= i < n for i, n in zip(found, words.SIZES.values(), strict=True))


def test_features_know_names_in_capitals_too():
    order = list(words.SIZES)
    for name, word in (("given", "Angela"), ("place", "Lisbon"), ("people", "Portuguese")):
        column = order.index(name)
        assert words.word_features(word, 1)[column] == words.word_features(word.upper(), 1)[column] != 0


@pytest.mark.model
def test_fast_takes_the_student_for_the_stock_ner(fast):
    assert student.FACTORY in fast.pipe_names
    assert "ner" not in fast.pipe_names


@pytest.mark.model
def test_names_in_plain_sentences(fast):
    docs = list(fast.pipe(TEXTS))
    found = {e.text: e.label_ for d in docs for e in d.ents}
    assert found["Maren Oduya"] == "PERSON"
    assert found["Brightwater Bank"] == "ORG"
    assert found["Portugal"] == found["São Paulo"] == "GPE"
    assert found["Tuesday"] == "DATE"
    assert found["30"] == "CARDINAL"
    nominals = {s.text: s.label_ for d in docs for s in d.spans[NOMINALS]}
    assert nominals["company"] == "Organization"
    assert nominals["engineers"] == "Person"
    assert all(INNER in d.spans for d in docs)


@pytest.mark.model
def test_scores_do_not_depend_on_what_was_read_before(fast, monkeypatch):
    network = student.shared()
    docs = list(fast.pipe(TEXTS))
    network.words.forget()
    forward = [network.scores(d) for d in docs]
    monkeypatch.setattr(student, "LARGEST", 6)
    network.words.forget()
    backward = [network.scores(d) for d in reversed(docs)][::-1]
    for a, b, doc in zip(forward, backward, docs, strict=True):
        assert a["names"].shape == (len(doc), len(NAME_LABELS))
        assert all(np.array_equal(a[k], b[k]) for k in a)


@pytest.mark.model
def test_a_label_that_it_does_not_know_is_no_label(fast):
    vocab = fast.vocab
    known = Doc(vocab, words=["Ada", "left"], tags=["", ""], deps=["", ""], heads=[1, 1])
    other = Doc(vocab, words=["Ada", "left"], tags=["ZZ", "ZZ"], deps=["zz", "zz"], heads=[1, 1])
    a, b = (student.shared().scores(d) for d in (known, other))
    assert np.array_equal(a["names"], b["names"])


@pytest.mark.model
def test_an_empty_text_has_no_names(fast):
    doc = fast("")
    assert not doc.ents
    assert not doc.spans[NOMINALS]


@pytest.mark.model
def test_fast_works_with_the_parser_of_another_model():
    nlp = spacy.blank("en")
    doc = Doc(
        nlp.vocab,
        words=["Maren", "Oduya", "lives", "in", "Portugal", "."],
        tags=["NNP", "NNP", "VBZ", "IN", "NNP", "."],
        deps=["compound", "nsubj", "ROOT", "prep", "pobj", "punct"],
        heads=[1, 2, 2, 2, 3, 2],
    )
    found = student.NameStudent(student.shared())(doc)
    assert [(e.text, e.label_) for e in found.ents] == [("Maren Oduya", "PERSON"), ("Portugal", "GPE")]
