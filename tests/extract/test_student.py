"""The profile `fast`: the stock NER with learned parameters."""

import numpy as np
import pytest
import spacy

from kg.extract import pipeline, student


@pytest.fixture(scope="module")
def fast():
    return pipeline.load("en_core_web_sm", "fast")


@pytest.mark.model
def test_fast_keeps_the_stock_pipeline(fast):
    assert "ner" in fast.pipe_names
    assert "kg_encoder" not in fast.pipe_names


@pytest.mark.model
def test_learned_parameters_are_those_in_use(fast):
    stock = spacy.load(next(n for n in pipeline.STAND_INS["en_core_web_sm"] if spacy.util.is_package(n)))
    before = {k: layer.get_param(n).copy() for k, layer, n in student.parameters(stock)}
    now = {k: layer.get_param(n) for k, layer, n in student.parameters(fast)}
    assert before.keys() == now.keys()
    assert any(not np.array_equal(before[k], now[k]) for k in now)
    assert all(p.dtype == np.float32 for p in now.values())


def test_another_network_is_left_as_it_is():
    other = spacy.blank("en")
    assert not student.teach(other)
    other.add_pipe("ner").add_label("PERSON")
    other.initialize()
    before = [layer.get_param(n).copy() for _, layer, n in student.parameters(other)]
    assert not student.teach(other)
    after = [layer.get_param(n) for _, layer, n in student.parameters(other)]
    assert all(np.array_equal(a, b) for a, b in zip(before, after, strict=True))


@pytest.mark.model
def test_names_in_a_plain_sentence(fast):
    doc = fast("Maren Oduya, who runs the Lagos office of Brightwater Bank, flew to Portugal on Tuesday.")
    found = {e.text: e.label_ for e in doc.ents}
    assert found["Maren Oduya"] == "PERSON"
    assert found["Brightwater Bank"] == "ORG"
    assert found["Portugal"] == "GPE"


@pytest.mark.model
def test_saving_and_teaching_gives_the_same(fast, tmp_path):
    student.save(fast, tmp_path / "ner.npz")
    with np.load(tmp_path / "ner.npz") as kept:
        for key, layer, name in student.parameters(fast):
            assert np.array_equal(kept[key].astype(np.float32), layer.get_param(name))
