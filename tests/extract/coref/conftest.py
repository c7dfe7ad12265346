"""Readings of one block, built by hand."""

import pytest
import spacy
from spacy.tokens import Doc

from kg.extract.reading import ParsedBlock, Reading
from kg.model import Document

POS = {"V": "VERB", "P": "PRON", "M": "AUX", "I": "ADP", "D": "DET", "C": "CCONJ", ".": "PUNCT", "J": "ADJ"}


@pytest.fixture(scope="module")
def vocab():
    return spacy.blank("en").vocab


@pytest.fixture
def read(vocab):
    """Make a reading of one block from lines "word TAG dep head", a blank line between sentences."""

    def make(text):
        rows, starts = [], []
        for sentence in text.strip().split("\n\n"):
            first = len(rows)
            for number, line in enumerate(sentence.strip().splitlines()):
                word, tag, dep, head = line.split()
                rows.append((word, tag, dep, first + int(head)))
                starts.append(number == 0)
        doc = Doc(
            vocab,
            words=[r[0] for r in rows],
            tags=[r[1] for r in rows],
            pos=["PROPN" if r[1].startswith("NNP") else POS.get(r[1][0], "NOUN") for r in rows],
            deps=[r[2] for r in rows],
            heads=[r[3] for r in rows],
            lemmas=[r[0].lower() for r in rows],
            sent_starts=starts,
        )
        return Reading(Document(id="d", source="d", text=doc.text), [ParsedBlock(0, doc, 0, "text")])

    return make
