"""What renames a name beside it, read off the words where the parse may err: "Rex, a spaniel from Hull,"."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from spacy.tokens import Span, Token

from kg.extract.lexicon.sets import NOUNS

INDEFINITE = frozenset({"a", "an"})
# What may stand between a name and what renames it: "X, once a chapel", "X, which is a dog".
BETWEEN = frozenset({"once", "formerly", "now", "then", "originally", "also", "itself"})
PRONOUNS = frozenset({"who", "which", "that", "whose"})
RELATIVE, COPULA = frozenset({"who", "which"}), frozenset({"is", "was", "are", "were"})
SEVERAL = frozenset({"the", "both", "all", "two", "three", "four", "five"})
OPENING, CLOSING = (
    frozenset({",", "(", "–", "—", "-"}),
    frozenset({",", ".", ")", ";", ":", "–", "—", "?", "!"}),
)
LISTING = frozenset({"and", ","})
# What a noun phrase has before its noun.
INNER = frozenset({"ADJ", "NOUN", "PROPN", "NUM", "PUNCT", "PART", "ADV", "VERB"})
# How far a noun is looked for behind its article.
LONGEST = 7


def kind_noun(span: Span) -> Token | None:
    """Give the noun behind a name, a comma and "a" that says what it is, or None.

    "Orrin, a rescue centre in Lorn, …"; but "In Lorn, a ship sank" and "Rex, a cat and a goat" say nothing.
    """
    first = _opened(span)
    if first is None or first.lower_ not in INDEFINITE:
        return None
    noun = head_noun(first)
    return None if noun is None or _is_subject_of_its_own(noun) or _is_listed(noun) else noun


def definite_noun(span: Span) -> Token | None:
    """Give the noun behind a name, a comma and "the" with what it is for: "Vero, the shipping group,".

    A name that is in a place or on a day is renamed by nothing: "In Lorn, the shipping group said no".
    """
    first, doc = _opened(span), span.doc
    if first is None or first.lower_ != "the" or (span.start and doc[span.start - 1].pos_ == "ADP"):
        return None
    noun = head_noun(first)
    if noun is None or doc[noun.i - 1].pos_ not in NOUNS or _is_subject_of_its_own(noun) or _is_listed(noun):
        return None
    following = doc[noun.i + 1] if noun.i + 1 < len(doc) else noun
    return noun if following.text in CLOSING or following.lower_ in PRONOUNS else None


def common_noun(span: Span) -> Token | None:
    """Give the plural behind the last of several names that says what each is: "Jet and Tam, two dogs"."""
    end = _list_end(span)
    doc = span.doc
    if (end == span.end and not _is_behind_another(span)) or end >= len(doc) - 1:
        return None
    if doc[end].text not in OPENING or doc[end + 1].lower_ not in SEVERAL:
        return None
    noun = head_noun(doc[end + 1])
    return noun if noun is not None and noun.tag_ == "NNS" and not _is_subject_of_its_own(noun) else None


def _is_behind_another(span: Span) -> bool:
    """Whether a name stands behind "and" or a comma, and an article: "the Orrin and the Vell"."""
    k = span.start - 1
    k -= k > 0 and span.doc[k].lower_ == "the"
    return k > 0 and span.doc[k].lower_ in LISTING


def _list_end(span: Span) -> int:
    """Give where a list of names ends that a name is in."""
    doc, end = span.doc, int(span.end)
    while end < len(doc) - 2 and doc[end].lower_ in LISTING:
        first = end + 1 + (doc[end + 1].lower_ == "the")
        if not doc[first].is_title:
            break
        end = first
        while end < len(doc) and doc[end].is_title:
            end += 1
    return end


def head_noun(first: Token) -> Token | None:
    """Give the common noun of the phrase that an article begins, or None where it is no plain one."""
    doc, k, found = first.doc, first.i + 1, None
    while (
        k < min(len(doc), first.i + LONGEST) and doc[k].pos_ in INNER and doc[k].text not in CLOSING - {"–"}
    ):
        if doc[k].pos_ == "VERB" and (found is not None or doc[k].tag_ not in ("VBN", "VBG")):
            break
        if doc[k].pos_ in NOUNS:
            found = doc[k]
        elif found is not None and doc[k].pos_ == "ADV":
            break
        k += 1
    return found if found is not None and found.pos_ == "NOUN" and found.is_lower else None


def _opened(span: Span) -> Token | None:
    """Give the first word behind a name and a comma, past "once", "now a" and "which is"."""
    doc, k = span.doc, span.end
    if k >= len(doc) - 2 or doc[k].text not in OPENING:
        return None
    k += 1
    if doc[k].lower_ in RELATIVE and doc[k + 1].lower_ in COPULA:
        k += 2
    while k < len(doc) - 1 and doc[k].lower_ in BETWEEN:
        k += 1
    return doc[k]


def _is_subject_of_its_own(noun: Token) -> bool:
    """Whether a noun does something behind the comma: "In Lorn, a ship sank"."""
    if noun.dep_ not in ("nsubj", "nsubjpass"):
        return False
    return not any(t.text in CLOSING for t in noun.doc[noun.i + 1 : noun.head.i])


def _is_listed(noun: Token) -> bool:
    """Whether a further phrase with an article is listed behind a noun: "a cat and a goat"."""
    behind = [t.lower_ for t in _behind(noun)]
    return any(a == "and" and b in INDEFINITE | SEVERAL for a, b in itertools.pairwise(behind))


def _behind(noun: Token) -> Iterator[Token]:
    """Give what stands behind a noun up to the next comma."""
    for token in noun.doc[noun.i + 1 :]:
        if token.text in CLOSING:
            return
        yield token
