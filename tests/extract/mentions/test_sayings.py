"""Clauses say who their pronouns are, where these point out of them at somebody who is named."""

import pytest

from kg.read import document_from_text

pytestmark = pytest.mark.model


@pytest.fixture
def said(extractor):
    def of(text):
        found = extractor.extract(document_from_text(text, source="t.txt"))
        return [m.description or m.label for m in found.mentions if m.kind == "clause"]

    return of


@pytest.mark.parametrize(
    ("text", "clause"),
    [
        (
            "Ida Moe was jailed on Monday. Karl Ost, a lawyer, told the court that she would sell her house.",
            "[Ida Moe] would sell her house",
        ),
        (
            "Ida Moe was jailed on Monday. Karl Ost, a lawyer, said that her house was for sale.",
            "[Ida Moe's] house was for sale",
        ),
        # Who is told in the clause, or says it, needs no name again.
        ("Karl Ost told the court that he was sorry.", "he was sorry"),
        ("Karl Ost said that Ida Moe would sell her house.", "Ida Moe would sell her house"),
    ],
)
def test_a_clause_names_whom_its_pronouns_stand_for(said, text, clause):
    assert clause in said(text)
