"""Numbers in hand-built parses: what they count, and what is a quantity by itself."""

import spacy
from spacy.tokens import Doc

from kg.extract.reading import ParsedBlock, Reading
from kg.extract.values import quantities
from kg.model import Document

VOCAB = spacy.blank("en").vocab


def reading(text, tags, heads, deps, pos):
    doc = Doc(
        VOCAB,
        words=text.split(),
        tags=tags.split(),
        heads=heads,
        deps=deps.split(),
        pos=pos.split(),
        lemmas=text.lower().split(),
        sent_starts=[True] + [False] * (len(heads) - 1),
    )
    return Reading(Document("d", "d", doc.text), [ParsedBlock(0, doc, 0, "paragraph")])


def counts(found, noun):
    value = quantities.count_of(found.blocks[0], noun)
    return value and value.lexical


def quantities_in(found):
    quantities.find(found)
    return [m.span.text for m in found.mentions]


def test_a_number_before_a_noun_counts_it():
    found = reading(
        "They bought 18 tanks", "PRP VBD CD NNS", [1, 1, 3, 1], "nsubj ROOT nummod dobj", "PRON VERB NUM NOUN"
    )
    assert counts(found, 3) == "18"
    assert quantities_in(found) == []


def test_a_number_before_of_counts_what_follows():
    found = reading(
        "Dozens of crews left",
        "NNS IN NNS VBD",
        [3, 0, 1, 3],
        "nsubj prep pobj ROOT",
        "NOUN ADP NOUN VERB",
    )
    assert (counts(found, 2), counts(found, 0)) == ("24", "24")


def test_a_year_before_a_noun_counts_nothing():
    found = reading(
        "They lost the 2019 vote",
        "PRP VBD DT CD NN",
        [1, 1, 4, 4, 1],
        "nsubj ROOT det nummod dobj",
        "PRON VERB DET NUM NOUN",
    )
    assert counts(found, 4) is None


def test_an_amount_with_a_unit_stands_by_itself():
    found = reading(
        "Sales fell 15 %", "NNS VBD CD NN", [1, 1, 3, 1], "nsubj ROOT nummod npadvmod", "NOUN VERB NUM NOUN"
    )
    assert quantities_in(found) == ["15 %"]


def test_a_number_behind_what_it_numbers_is_no_quantity():
    found = reading(
        "They read chapter 12", "PRP VBD NN CD", [1, 1, 1, 2], "nsubj ROOT dobj nummod", "PRON VERB NOUN NUM"
    )
    assert quantities_in(found) == []
