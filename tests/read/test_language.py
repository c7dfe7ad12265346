"""Blocks in a language that is not read are left out and named; English never is."""

import pytest

from kg import read
from kg.errors import ReadError, ReadWarning
from kg.read.language import language


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Der Vorstand hat den Vertrag nicht unterzeichnet.", "de"),
        ("Le maire a inauguré le nouveau pont lundi.", "fr"),
        ("El ministro vendió la empresa por dos millones de euros.", "es"),
        ("Il sindaco ha inaugurato il nuovo ponte lunedì.", "it"),
        ("De burgemeester opende maandag de nieuwe brug over de rivier.", "nl"),
        ("Borgmästaren invigde den nya bron i måndags.", "sv"),
        ("Burmistrz otworzył w poniedziałek nowy most nad rzeką.", "pl"),
        ("Мэр открыл новый мост в понедельник.", "ru"),
        ("新しい橋が月曜日に開通した。", "ja"),
    ],
)
def test_other_languages(text, code):
    assert language(text) == code


@pytest.mark.parametrize(
    "text",
    [
        "Société Générale hired Karl-Heinz Müller.",
        "Die Zeit interviewed Gerhard Schröder.",
        "El País quoted Pedro Sánchez.",
        "Zdeněk Novák manages Škoda Plzeň.",
        "Kim Jong-un visited Pyongyang Airport.",
        "Café de Flore",
        "Björn von der Esch",
        "Prices rose.",
        "Profits climbed sharply.",
        "Cast: Carla Ruiz, José Peña, Ángel Gómez",
        "lol ok thx",
    ],
)
def test_english_with_names_from_elsewhere(text):
    assert language(text) in ("en", None)


def test_paragraphs_in_another_language_are_named_once():
    text = "Die Stadt verkaufte das alte Werk.\n\nThe city sold the old mill.\n\nDas Werk ist geschlossen."
    with pytest.warns(ReadWarning, match=r"^a\.txt: 2 paragraphs in German left out$"):
        document = read.document_from_text(text, source="a.txt")
    assert [b.kind for b in document.blocks] == ["foreign", "paragraph", "foreign"]


def test_a_text_in_another_language_is_left_out(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("Le maire a vendu le moulin à la société Kelda.", encoding="utf-8")
    with pytest.raises(ReadError, match=r"a\.txt: in French; English is read"):
        list(read.documents(path))
