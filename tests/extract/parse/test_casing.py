"""Letters: what is all in capitals or in small letters is parsed in the letters that it has elsewhere."""

import pytest

from kg.extract.parse import casing
from kg.model import Block, Document

CASES = [
    ("LORN BANK FINES HOLT MILLS\n\nLorn Bank fined Holt Mills.", "Lorn Bank fines Holt Mills"),
    ("MILL FARMS SELLS BARN\n\nThe firm Mill Farms sold a barn.", "Mill Farms sells barn"),
    ("TARVOS OUSTS ITS CHEF IN OSLO\n\nThe board met.", "Tarvos ousts its chef in Oslo"),
    ("NATO AND THE EU MET IN BERGEN.", "NATO and the EU met in Bergen."),
    ("MONA DAHL MARRIED JAN HOLT.", "Mona Dahl married Jan Holt."),
    ("Lorn Council Approves Harbour Tunnel\n\nThe Lorn Council met.", "Lorn Council approves Harbour Tunnel"),
    ("mona dahl works for varda. Mona Dahl founded Varda.", "Mona Dahl works for Varda."),
    ("he lives in bergen. She left.", "he lives in Bergen."),
    (
        "dengo 19 closed schools. Dengo-19 spread. DENGO-19 killed. Dengo-19 ended.",
        "Dengo-19 closed schools.",
    ),
    ("neural networks need data. Neural Networks beat trees.", "neural networks need data."),
    ("he will mark the bill in march. Mark left. Bill stayed.", "he will mark the bill in march."),
    ("The ELECTRONS heat the wire. IBM left.", "The ELECTRONS heat the wire."),
    ("Mona Dahl went to Oslo.", "Mona Dahl went to Oslo."),
    ("TARVOS PARISH COUNCIL\n\nThe Tarvos mill is shut.", "Tarvos Parish Council"),
    ("TARVOS AND HOLT SAILING CLUB\n\nNo Tarvos.", "Tarvos and Holt Sailing Club"),
    ("TARVOS SUES CLUB\n\nThe Tarvos mill is shut.", "Tarvos sues club"),
    ("DISTRICT COUNCIL\n\nThe Tarvos mill is shut.", "DISTRICT COUNCIL"),
]


@pytest.fixture(scope="module")
def lexicon(extractor):
    return casing.Words(extractor.nlp)


@pytest.mark.model
@pytest.mark.parametrize(("text", "begins"), CASES, ids=[c[1] for c in CASES])
def test_letters(extractor, text, begins):
    found = casing.of(text, extractor.nlp)(text)
    assert found.startswith(begins)
    assert len(found) == len(text)


@pytest.mark.model
@pytest.mark.parametrize(
    "odd", ["ß IST GROSS UND STRASSE", "İSTANBUL IN İZMİR", "ŉ ŉ ŉ", "ǅ ǅ ǅ A B", "", "A" * 3000]
)
def test_no_letter_moves(lexicon, odd):
    assert len(casing.Casing(odd, lexicon).mend(odd)) == len(odd)


@pytest.mark.model
def test_a_line_in_capitals_is_read_for_its_names(extractor):
    text = "LORN BANK FINES HOLT MILLS\n\nLorn Bank has fined Holt Mills. MONA DAHL MARRIED JAN HOLT."
    document = Document("d" * 16, "t.txt", text, blocks=(Block(0, 26, "title"), Block(28, len(text))))
    found = extractor.extract(document)
    names = [m for m in found.mentions if m.kind == "name"]
    assert {m.text for m in names} >= {"LORN BANK", "HOLT MILLS", "Lorn Bank", "MONA DAHL", "JAN HOLT"}
    assert {m.label for m in names} >= {"Lorn Bank", "Mona Dahl"}
    assert "LORN BANK FINES HOLT MILLS" not in {m.text for m in names}
    told = {(found.mentions[c.subject].label, c.relation) for c in found.claims}
    assert ("Mona Dahl", "marry") in told
