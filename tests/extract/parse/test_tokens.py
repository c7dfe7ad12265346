"""Tokens and sentence ends: what is one name is one token, and a sentence begins behind an abbreviation."""

import pytest
import spacy

from kg.extract.parse.tokens import Tokens

TOKENS = [
    ("F# Corp. sued F++ Corp.", "F#|Corp.|sued|F++|Corp|."),
    ("CD8+ cells and T-K Mills", "CD8+|cells|and|T-K|Mills"),
    ("She bought 8-Twelve in May.", "She|bought|8-Twelve|in|May|."),
    ("from 5-May to 7-May", "from|5|-|May|to|7|-|May"),
    ("3M sued them.", "3M|sued|them|."),
    ("The Moss–Hale Institute opened.", "The|Moss–Hale|Institute|opened|."),
    ("the College of Moss–Hale", "the|College|of|Moss–Hale"),
    ("OS/2 Corp. and R/K Mills Ltd.", "OS/2|Corp.|and|R/K|Mills|Ltd|."),
    ("Ida Moss/Jan Hale wrote it.", "Ida|Moss|/|Jan|Hale|wrote|it|."),
    ("the Moss–Hale match", "the|Moss|–|Hale|match"),
    ("Moss left. Moss–Hale won.", "Moss|left|.|Moss|–|Hale|won|."),
    ("the Oslo–Bergen line", "the|Oslo|–|Bergen|line"),
    ("the Norway–Sweden School", "the|Norway|–|Sweden|School"),
    ("It cost approx. 5 euros, see vol. 3.", "It|cost|approx.|5|euros|,|see|vol.|3|."),
    ("He said no. She left.", "He|said|no|.|She|left|."),
    ("Sgt. Hale met Capt. Moss.", "Sgt.|Hale|met|Capt.|Moss|."),
    ("They fought in Lorn War I. She fled.", "They|fought|in|Lorn|War|I|.|She|fled|."),
    ("Ida B. Moss left.", "Ida|B.|Moss|left|."),
    ("It has vitamin C. It helps.", "It|has|vitamin|C|.|It|helps|."),
    ("sold in 2010.Bo Moss left", "sold|in|2010|.|Bo|Moss|left"),
    ("Re-elected in a by-election, he co-wrote it.", "Re-elected|in|a|by-election|,|he|co-wrote|it|."),
    ("The co-op and two co-operatives co-own it.", "The|co-op|and|two|co-operatives|co-own|it|."),
    ("the take-over and two spin-offs", "the|take-over|and|two|spin-offs"),
    ("the co-founder of a mill", "the|co|-|founder|of|a|mill"),
    ("a well-thought-out plan", "a|well|-|thought|-|out|plan"),
    ("  two  spaces F#  here ", " | two| |spaces|F#| |here"),
]


@pytest.mark.parametrize(("text", "wanted"), TOKENS, ids=[t for t, _ in TOKENS])
def test_tokens(text, wanted):
    tokens = Tokens(spacy.blank("en").tokenizer)
    doc = tokens(text)
    assert doc.text == text
    if not text.startswith(" "):
        last = [t.text for t in doc]
        assert "|".join(last).replace("Corp.", "Corp").replace("Ltd.", "Ltd").rstrip("|.") == wanted.replace(
            "Corp.", "Corp"
        ).replace("Ltd.", "Ltd").rstrip("|.")


SENTENCES = [
    "Moss Mills Inc. sued Hale Bros. | Varda won.",
    "Ida Moss works for Lorn Corp. | Jan Hale works for Varda Ltd. | Lena Brik left.",
    "Varda is run by Jan Hale, M.D. | He lives in Oslo.",
    "The session began at 9 a.m. | Ida Moss opened it.",
    "It was bought by Lorn Inc. | The firm is in Oslo.",
    "He flew in from the U.S. | Ida Moss stayed.",
    "Varda sells pipes, pumps, etc. | Lorn Mills buys them.",
    "D Ltd. hired Bo Ost. | E Ltd. hired Dana Ost.",
    "Varda Motor Co. President Ida Moss resigned.",
    "He said on Monday that Lorn Bros. Pictures made the film.",
    "The bill was read in the U.S. Senate.",
    "He moved to St. Gallen.",
    "The deal is worth approx. 5 million euros.",
]


@pytest.mark.model
@pytest.mark.parametrize("text", SENTENCES)
def test_sentences(extractor, text):
    wanted = text.split(" | ")
    doc = extractor.nlp(" ".join(wanted))
    assert [s.text for s in doc.sents] == wanted
