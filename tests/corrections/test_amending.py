"""What was extracted, with facts that were added and chains taken apart."""

import pytest

from kg.corrections import Correction, Name, Quote
from kg.corrections.amending import amended, value_of
from kg.model import Claim, CorefLink, Document, Extraction, Mention, Value

TEXT = "Anna Vik met Berit Vik.  Vik smiled. She left\nfor Ulm. The end"


def mention(text, nth=0, kind="name", type="Person", chain=None):
    at = -1
    for _ in range(nth + 1):
        at = TEXT.index(text, at + 1)
    return Mention(at, at + len(text), text, kind, type, text, chain)


ANNA, BERIT = mention("Anna Vik", chain=4), mention("Berit Vik", chain=4)
VIK, SHE = mention("Vik", 2, chain=4), mention("She", kind="pronoun", chain=4)
ULM = mention("Ulm", type="GPE", chain=5)
DOCUMENT = Document("d" * 16, "a.txt", TEXT)
EXTRACTION = Extraction(
    DOCUMENT.id,
    "a.txt",
    (ANNA, BERIT, VIK, SHE, ULM),
    (Claim(0, "meet", 1),),
    ((0, 23), (25, 36), (37, 54)),
    coref=(
        CorefLink(1, 0, "identity", 0.7),
        CorefLink(2, 1, "name-part", 0.7),
        CorefLink(3, 2, "he-she", 0.9),
    ),
)


def added(subject, relation, object, sentence, source="a.txt", **more):
    quote = Quote(sentence, source)
    return Correction("add", subject=subject, relation=relation, object=object, evidence=(quote,), **more)


def chains(extraction):
    return [m.chain for m in extraction.mentions[:4]]


class TestChains:
    def test_each_name_keeps_what_was_joined_to_it(self):
        two = Correction("different", sides=((Name("Anna Vik"),), (Name("berit vik"),)))
        found = amended(DOCUMENT, EXTRACTION, [two])
        assert chains(found) == [4, 6, 6, 6]
        assert [link.mention for link in found.coref] == [2, 3]

    def test_in_documents_that_are_not_named_nothing_changes(self):
        sides = ((Name("Anna Vik", "b.txt"),), (Name("Berit Vik", "b.txt"),))
        assert amended(DOCUMENT, EXTRACTION, [Correction("different", sides=sides)]) is EXTRACTION

    def test_one_name_alone_changes_nothing(self):
        sides = ((Name("Anna Vik"),), (Name("Karl Vik"),))
        assert amended(DOCUMENT, EXTRACTION, [Correction("different", sides=sides)]) is EXTRACTION


class TestAdding:
    def test_ends_are_what_the_document_speaks_of(self):
        found = amended(DOCUMENT, EXTRACTION, [added("Anna Vik", "leave for", "Ulm", "She left for Ulm.")])
        claim = found.claims[-1]
        # The mention in the sentence stands for the chain.
        assert (claim.subject, claim.relation, claim.object) == (3, "leave_for", 4)
        assert DOCUMENT.text[claim.start : claim.end] == "She left\nfor Ulm."
        assert (claim.rule, claim.asserted, claim.confidence) == ("added", True, 1.0)
        assert found.mentions == EXTRACTION.mentions

    def test_ends_that_were_not_found_are_made(self):
        found = amended(
            DOCUMENT, EXTRACTION, [added("Karl Ros", "see", "end", "The end", subject_type="Person")]
        )
        karl, end = found.mentions[-2:]
        assert (karl.label, karl.kind, karl.type) == ("Karl Ros", "name", "Person")
        assert (end.text, end.kind, end.type) == ("end", "nominal", "Concept")
        assert TEXT[karl.start : karl.end] == karl.text
        assert found.sentences[-1] == (TEXT.index("The end"), len(TEXT))

    @pytest.mark.parametrize(
        ("written", "kind", "value"),
        [
            ("2020-05-04", "time", Value("2020-05-04", "date")),
            ("12", "quantity", Value("12")),
            ("4.5", "quantity", Value("4.5", "decimal")),
        ],
    )
    def test_days_and_numbers_are_values(self, written, kind, value):
        found = amended(DOCUMENT, EXTRACTION, [added("Ulm", "be", written, "She left for Ulm.")]).mentions[-1]
        assert (found.kind, found.value) == (kind, value)

    def test_words_are_a_text_if_wanted(self):
        said = added("Ulm", "say", "we are here", "She left for Ulm.", object_type="text")
        found = amended(DOCUMENT, EXTRACTION, [said]).mentions[-1]
        assert (found.kind, found.label) == ("clause", "we are here")

    def test_in_another_document_nothing_changes(self):
        for one in (
            added("Ulm", "be", "old", "She left for Ulm.", "b.txt"),
            added("Ulm", "be", "old", "She stayed."),
        ):
            assert amended(DOCUMENT, EXTRACTION, [one]) is EXTRACTION

    def test_a_renamed_file_is_known_by_its_text(self):
        quote = Quote("She left for Ulm.", "old.txt", DOCUMENT.id)
        one = Correction("add", subject="Ulm", relation="be", object="old", evidence=(quote,))
        assert len(amended(DOCUMENT, EXTRACTION, [one]).claims) == 2

    def test_a_fact_may_have_one_end(self):
        assert (
            amended(DOCUMENT, EXTRACTION, [added("Ulm", "burn", "", "She left for Ulm.")]).claims[-1].object
            is None
        )


def test_what_is_no_value_is_none():
    assert [value_of(text) for text in ("two", "2020-5-4", "1,5", "007", "")] == [None] * 5
