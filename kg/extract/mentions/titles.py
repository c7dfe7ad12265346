"""Titles of works without quotation marks, by the noun or verb before them, or the noun behind.

"Her memoir, A Long Way, was published by Tarn" and "he wrote Notes from a Quarry": the finder of names cuts
such titles at their small words, or takes them for people and firms. So with "A Long Way, her memoir, sold".
"""

from __future__ import annotations

from spacy.tokens import Doc, Span, Token

from kg.extract.lexicon import gazetteer, words
from kg.extract.lexicon.sets import DETERMINING

NOUNS = words("nominals", "work", "written") | words("names", "title", "works")
WRITING = words("names", "title", "writing")
SMALL = words("names", "title", "small")
MONTHS = words("times", "month", "names") | words("times", "weekday", "names")
PERSONAL = words("names", "title", "titles")
# Words of a phrase that says behind a title what it is: "her two-volume work", and how many there may be.
PHRASED, MOST_PHRASED = frozenset({"DET", "PRON", "ADJ", "NUM", "NOUN"}), 6
# What may stand behind a title that renames its noun.
CLOSING = frozenset({",", ".", "(", ";", ":", "—", "–"})
LONGEST = 9


def at(token: Token) -> Span | None:
    """Give the title that a noun for a work, or a verb of writing, has right behind it."""
    doc, i = token.doc, token.i
    if i + 2 >= len(doc):
        return None
    if token.lemma_ in WRITING and token.pos_ == "VERB":
        title = _run(doc, i + 1, SMALL - {"'s", "’s"})  # "published Ida Moe's Brine"
        told = title is not None and len(title) > 1 and title[0].dep_ != "nsubj"
    elif doc[i + 1].text in (",", ".") and _is_one_work(token):
        title = _run(doc, i + 2, SMALL) if doc[i + 1].text == "," else None
        told = title is not None and (title.end == len(doc) or doc[title.end].text in CLOSING)
        if not told:
            title = _before(token)
            told = title is not None
    else:
        return None
    return title if title is not None and told and _is_title(title) else None


def _before(noun: Token) -> Span | None:
    """Give the title that opens a sentence and that a noun says more of: "A Long Way, her first novel,"."""
    doc, i = noun.doc, noun.i
    k = i
    while k > max(0, i - MOST_PHRASED) and _is_phrased(doc[k - 1]):
        k -= 1
    if k < 2 or doc[k - 1].text != "," or doc[k].pos_ not in ("DET", "PRON"):
        return None
    last = start = k - 1
    while start > max(0, last - LONGEST) and not doc[start].is_sent_start and _is_of_title(doc[start - 1]):
        start -= 1
    return doc[start:last] if start < last and doc[start].is_sent_start else None


def _is_phrased(token: Token) -> bool:
    """Whether a word may stand in the phrase of a noun: "two-volume"."""
    return token.text == "-" or (token.is_lower and token.pos_ in PHRASED)


def _is_of_title(token: Token) -> bool:
    return token.text[0].isupper() or token.lower_ in SMALL


def _is_one_work(noun: Token) -> bool:
    """Whether a noun is of a work that may be named: "her first novel", "a memoir", "her stories"."""
    if noun.lemma_.lower() not in NOUNS or noun.is_title:
        return False
    owned = any(c.dep_ == "poss" for c in noun.children)
    picked = owned or (noun.tag_ == "NN" and any(c.dep_ in DETERMINING for c in noun.children))
    of_whom = noun.dep_ == "pobj" and noun.head.lower_ == "of"  # "the author of the book, Ida Moe, said"
    return picked and not of_whom


def _run(doc: Doc, start: int, small: frozenset[str]) -> Span | None:
    """Give the capitalised words from a token on, with small ones between them."""
    if not doc[start].text[0].isupper():
        return None
    last = k = start
    while k < min(len(doc), start + LONGEST) and not doc[k].is_space:
        if doc[k].text[0].isupper():
            last = k
        elif doc[k].lower_ not in small:
            break
        k += 1
    return doc[start : last + 1]


def _is_title(run: Span) -> bool:
    """Whether capitalised words may be a title: no name of somebody, no land, no day."""
    first = run[0]
    if first.lower_ in PERSONAL or first.text in ("I", "He", "She", "They", "We", "It"):
        return False
    if len(run) == 1:
        known = gazetteer.female_share(first.text) is not None or gazetteer.is_surname(first.text)
        return not known and first.lower_ not in MONTHS and gazetteer.land_named(first.text) is None
    inner = any(t.is_lower or (t.is_title and t.lower_ in SMALL) for t in run)
    given = gazetteer.female_share(first.text) is not None
    return (inner or not given) and gazetteer.land_of_adjective(first.text) is None
