"""Who reports figures of its own is a firm or body: "Norsk Havn said its operating profit fell"."""

from __future__ import annotations

from spacy.tokens import Span, Token

from kg.extract.constructions import POSSESSIVE
from kg.extract.lexicon import words

FIGURES = words("noun_phrases", "identity", "figures")
TELLING = words("noun_phrases", "identity", "telling")
# How far behind the verb the figure stands at most.
FAR = 14


def reports(span: Span) -> bool:
    """Whether a name is the subject of a verb of telling, and tells of a figure of its own."""
    root, verb = span.root, span.root.head
    if root.dep_ != "nsubj" or verb.lemma_ not in TELLING:
        return False
    return any(_is_own(t, verb) for t in span.doc[verb.i + 1 : min(verb.i + FAR, verb.sent.end)])


def _is_own(figure: Token, verb: Token) -> bool:
    """Whether a figure is its teller's: "said its profit rose", "posted a net loss"."""
    if figure.lemma_.lower() not in FIGURES or figure.pos_ not in ("NOUN", "PROPN"):
        return False
    owners = [c.lower_ for c in figure.children if c.dep_ == POSSESSIVE]
    if owners:
        return owners == ["its"]
    definite = any(c.lower_ == "the" for c in figure.children)  # "announced the sale of its mill"
    return bool(figure.head == verb and figure.dep_ == "dobj" and not definite)
