"""Sentences with their parse written out, so that rules are tried without a model."""

import pytest
import spacy
from spacy.tokens import Doc, Span

from kg.extract.parse.tree import Tree

# The part of speech that a tag stands for; verbs that help another one are AUX.
POS = {
    "NN": "NOUN", "NNS": "NOUN", "NNP": "PROPN", "PRP": "PRON", "PRP$": "PRON", "WP": "PRON", "EX": "PRON",
    "WDT": "DET", "DT": "DET", "JJ": "ADJ", "JJR": "ADJ", "RB": "ADV", "WRB": "SCONJ", "IN": "ADP",
    "TO": "PART", "RP": "ADP", "CC": "CCONJ", "CD": "NUM", "MD": "AUX",
}  # fmt: skip


@pytest.fixture(scope="session")
def vocab():
    return spacy.blank("en").vocab


@pytest.fixture(scope="session")
def doc(vocab):
    """Read "word:TAG:label:head" or "word:TAG:label:head:lemma"; a head is a word of the text or its number.

    Sentences are parted by "|"; names are given as `Lyon="GPE"`.
    """

    def read(text, **names):
        rows = [
            (*token.split(":")[:4], token.split(":")[4] if token.count(":") > 3 else "")
            for token in text.replace("|", " ").split()
        ]
        starts = [i == 0 for s in text.split("|") for i, _ in enumerate(s.split())]
        words = [word for word, *_ in rows]
        heads = []
        for *_, head, _ in rows:
            assert head.isdigit() or words.count(head) == 1, f"which {head}?"
            heads.append(int(head) if head.isdigit() else words.index(head))
        made = Doc(
            vocab,
            words=words,
            tags=[tag for _, tag, *_ in rows],
            pos=[
                "AUX"
                if tag[0] == "V" and (dep in ("aux", "auxpass") or lemma == "be")
                else POS.get(tag, "VERB" if tag[0] == "V" else "PUNCT")
                for _, tag, dep, _, lemma in rows
            ],
            deps=[dep for _, _, dep, *_ in rows],
            heads=heads,
            lemmas=[lemma or word.lower() for word, *_, lemma in rows],
            sent_starts=starts,
        )
        made.set_ents(
            [Span(made, words.index(w), words.index(w) + 1, label=kind) for w, kind in names.items()]
        )
        return made

    return read


@pytest.fixture(scope="session")
def parse(doc):
    """Read a sentence as a tree."""
    return lambda text, **names: Tree(doc(text, **names))
