"""The reader of references: its vectors, and that they are the same however a text is read."""

import numpy as np
import pytest

from kg.extract.parse import encoder, events, pipeline, references
from kg.extract.parse.kept import ParseCache
from kg.read import document_from_text

TEXT = "Marta Ilves runs Korvald. The firm lost money, and she sold it. Its buyer kept the name."


def test_vectors_are_whole_numbers_of_one_byte():
    found = references.rounded(np.array([[0.5, -0.26, 99.0, -99.0]], np.float32))
    assert found.dtype == np.int8
    assert found.tolist() == [[8, -4, 127, -127]]


def test_affinity_is_the_product_of_what_is_asked_and_answered():
    asks = np.zeros((2, references.WIDTH), np.int8)
    asks[1, :2] = 32, 16
    others = np.zeros((2, references.WIDTH), np.int8)
    others[0, :2] = 16, 16
    others[1, :2] = -16, 0
    vectors = references.Vectors(asks, asks, np.zeros(2, np.int8))
    assert (vectors.affinity(1, others) * references.WIDTH**0.5).tolist() == pytest.approx([3.0, -2.0])


@pytest.fixture(scope="module")
def nlp():
    return pipeline.load("en_core_web_sm", reads_references=True)


@pytest.mark.model
def test_vectors_are_noted_and_states_are_not_left(nlp):
    doc = nlp(TEXT)
    vectors = doc.user_data[references.KEY]
    assert vectors.asks.shape == vectors.answers.shape == (len(doc), references.WIDTH)
    assert vectors.new.shape == (len(doc),)
    assert encoder.STATES not in doc.user_data


@pytest.mark.model
def test_what_is_read_does_not_depend_on_the_batch(nlp):
    alone = nlp(TEXT).user_data[references.KEY]
    beside = list(nlp.pipe(["A short one.", TEXT, "Another."]))[1].user_data[references.KEY]
    assert all((a == b).all() for a, b in zip(alone, beside, strict=True))


@pytest.mark.model
def test_she_asks_for_a_woman_and_the_firm_for_a_firm(nlp):
    doc = nlp(TEXT)
    vectors = doc.user_data[references.KEY]
    at = {t.text: t.i for t in doc}
    marta, korvald = vectors.answers[[at["Ilves"], at["Korvald"]]]
    for word, wanted, other in (("she", marta, korvald), ("firm", korvald, marta), ("it", korvald, marta)):
        one, two = vectors.affinity(at[word], np.stack([wanted, other]))
        assert one > two, word


@pytest.mark.model
def test_kept_parses_have_the_vectors(nlp, tmp_path):
    documents = [document_from_text(TEXT, source="t.txt")]
    first = list(pipeline.parse(nlp, documents, kept=ParseCache(tmp_path, nlp, "x")))
    kept = ParseCache(tmp_path, nlp, "x")
    again = list(pipeline.parse(nlp, documents, kept=kept))
    assert kept.found == 1
    one, two = (r[0].blocks[0].doc.user_data[references.KEY] for r in (first, again))
    assert all((a == b).all() for a, b in zip(one, two, strict=True))


@pytest.mark.model
def test_the_last_reader_takes_the_states_away():
    nlp = pipeline.load("en_core_web_sm", reads_references=True, reads_events=True)
    doc = nlp(TEXT)
    assert encoder.STATES not in doc.user_data
    assert events.KEY in doc.user_data
