"""Where a text is a talk: which labels are speakers', and what stands behind them."""

import pytest

from kg.extract.parse import turns
from kg.extract.parse.pipeline import blocks_of
from kg.read import document_from_text


def pieces(text):
    document = document_from_text(text)
    return [(p.kind, text[p.start : p.end], p.speaker) for p in turns.pieces(document, blocks_of(document))]


def speakers(text):
    return [said for kind, said, _ in pieces(text) if kind == turns.SPEAKER]


def test_a_label_is_parted_from_the_words_behind_it():
    assert pieces("Ida Moen: I live in Graz.\n\nLars Dahl: I sold my boat.") == [
        ("speaker", "Ida Moen", 0),
        ("paragraph", "I live in Graz.", 0),
        ("speaker", "Lars Dahl", 27),
        ("paragraph", "I sold my boat.", 27),
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Ida Moen: I live in Graz.\nLars Dahl: I do not.", ["Ida Moen", "Lars Dahl"]),
        ("Ida: I live in Graz.", ["Ida"]),
        ("IDA MOEN: I live in Graz.\nLARS: We met there.", ["IDA MOEN", "LARS"]),
        ("**Ida Moen:** I live in Graz.\n\n**Lars Dahl**: So do I.", ["Ida Moen", "Lars Dahl"]),
        ("Ida Moen (Telvik): I live in Graz.", ["Ida Moen"]),
        ("Ida Moen, mayor of Graz: I live here.", ["Ida Moen"]),
        ("Mayor Moen: I live here.\nDr. Dahl: I do not.", ["Mayor Moen", "Dr. Dahl"]),
        ("[10:32] ida_m: sold it\n[10:33] lars.d: good", ["ida_m", "lars.d"]),
        ("2024-03-02, 10:32 - Ida Moen: sold it", ["Ida Moen"]),
        ("ida (10:33): sold it\nlars (10:34): good", ["ida", "lars"]),
        ("<ida> I sold it\n<lars> I saw that", ["ida", "lars"]),
        ("Ida Moen  10:32 AM\nI sold it.", ["Ida Moen"]),
        ("Q: Where do you live?\nA: In Graz.", ["Q", "A"]),
        ("Q. Where do you live?\n\nA. In Graz.", ["Q", "A"]),
        ("Q: Where do you live? A: In Graz. Q: Since when?", ["Q", "A", "Q"]),
        ("Interviewer: Where do you live?\n\nIda Moen: In Graz.", ["Interviewer", "Ida Moen"]),
        ("Ida Moen met the Tidende.\n\nTidende: Where do you live?\nIM: I live in Graz.", ["Tidende", "IM"]),
        ("Interview: Ida Moen\n\nQ: Where do you live?\nA: In Graz.", ["Q", "A"]),
        ("- Ida Moen: I live in Graz.\n- Lars Dahl: I do not.", ["Ida Moen", "Lars Dahl"]),
    ],
)
def test_labels_of_speakers_are_found(text, found):
    assert speakers(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "Note: I live in Graz.",
        "Update: We moved to Bergen.",
        "Dale Rowing Club: from the secretary\n\nWe met in Bergen.",
        "Monday: I met Lars Dahl.",
        "Final Thoughts: I love it.",
        "Editor's note: We regret this.",
        "Graz: I love this city.",
        "Ida Moen: born in Graz, lives in Wels.",
        "The town has three parts: I, II and III.",
        "Returns: an object. We return it when the call returns.",
        "He said: I live in Graz.",
        "A: the first letter. I like it.",
        "At 10:32 we left: I was tired.",
    ],
)
def test_what_only_looks_like_a_label_is_none(text):
    assert speakers(text) == []


def test_what_follows_a_turn_belongs_to_it_until_the_next():
    text = "Ida Moen: I live in Graz.\n\nI have a boat.\n\nLars Dahl: I do not.\n\nI left."
    assert [(said, speaker) for kind, said, speaker in pieces(text) if kind == "paragraph"] == [
        ("I live in Graz.", 0),
        ("I have a boat.", 0),
        ("I do not.", text.index("Lars")),
        ("I left.", -1),
    ]


def test_a_text_without_speakers_is_in_its_blocks():
    assert pieces("It rained.\n\nThe mayor spoke.") == [
        ("paragraph", "It rained.", -1),
        ("paragraph", "The mayor spoke.", -1),
    ]


def test_the_author_in_the_header_of_a_text_in_the_first_person_is_a_piece():
    assert pieces("Author: Ida Moen\n\nI live in Graz.")[0] == ("author", "Ida Moen", -1)
    assert [kind for kind, *_ in pieces("Author: Ida Moen\n\nIt rained.")] == ["paragraph"]
    assert [kind for kind, *_ in pieces("Author: Ida Moen and Lars Dahl\n\nI live in Graz.")] == ["paragraph"]


def test_a_thousand_labels_are_read_in_linear_time():
    import time

    text = "\n".join(f"Ida{i} Moen{i}: I live in Graz." for i in range(1000)) + "x" * 20_000 + ":" * 1000
    begun = time.process_time()
    pieces(text)
    assert time.process_time() - begun < 5
