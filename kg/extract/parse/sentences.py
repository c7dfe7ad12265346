"""Where sentences begin that the parser would run together: behind a period, and behind an abbreviation.

A period that is a token of its own ends a sentence if a capital follows. The period of "Co.", "Ph.D." or
"p.m." may: it does where a word follows that begins sentences, and before a name where a clause is complete
on both sides ("works for Lorn Bros. Ida Holt left").
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from spacy.attrs import SENT_START
from spacy.language import Language
from spacy.tokens import Doc, Token

from kg.extract.lexicon import SAYING, gazetteer, words
from kg.extract.lexicon.inflect import participle

FACTORY = "kg_sentences"
CLOSINGS = "kg_closings"
CLOSING = words("tokens", "abbreviation", "closing")
OPENERS = words("tokens", "sentence", "openers")
# Of the openers those that are no part of a name, whatever their tag.
ALWAYS = words("tokens", "sentence", "always")
BEGINS_CLAUSE = words("tokens", "sentence", "begins_clause")
GOES_ON = words("tokens", "sentence", "goes_on")
TITLES = words("names", "title", "titles")
# Initials of lands and cities, which stand before names of all kinds.
LANDS = words("tokens", "abbreviation", "lands")
STREETS = words("tokens", "abbreviation", "streets")
SAID = frozenset({*SAYING, *map(participle, SAYING), *(f"{verb}s" for verb in SAYING)})
FIRM_ENDS = words("names", "extent", "firm_ends")
AFTER_FIRM = words("names", "extent", "after_firm")
CREDITS = words("names", "extent", "credits")
# Nouns before a letter or a roman number.
NUMBERED = words("tokens", "numbered", "before")
FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
NAMES = frozenset({"NNP", "NNPS"})
BE = frozenset({"is", "was", "are", "were", "be", "been"})
# How far a clause is looked for on either side.
REACH = 40
# How far the same name is looked for.
FAR = 400


class Sentences:
    """The pipeline component, between tagger and parser."""

    def __call__(self, doc: Doc) -> Doc:
        """Mark the tokens with which a sentence surely begins."""
        start = 0
        # Set together: to set one looks through the whole Doc.
        begins: dict[int, int] = {}
        for i in range(1, len(doc) - 1):
            token = doc[i]
            if _is_credit(doc, i):
                begins[i] = 1
                start = i
            if token.text[-1] != "." or not doc[i + 1].text[0].isupper():
                continue
            ends = _ends(doc, i) if token.text == "." else token.lower_ in CLOSING and _closes(doc, start, i)
            if ends:
                begins[i + 1] = 1
                begins.update(dict.fromkeys(_held(doc, start, i), -1))
                start = i + 1
        if begins:
            doc.from_array(
                [SENT_START],
                np.array([begins.get(i, 0) for i in range(len(doc))], np.int64).astype(np.uint64),
            )
        return doc


def _held(doc: Doc, start: int, i: int) -> Iterator[int]:
    """Give the tokens of the name that ends a sentence: the parser is apt to give it one of its own."""
    start = max(start, i - REACH)
    while i > start + 1 and doc[i].tag_ in NAMES:
        yield i
        i -= 1


def _is_credit(doc: Doc, i: int) -> bool:
    """Whether whom a picture is by is told from here on: "The yard in Lorn Image: Ida Moll"."""
    return doc[i].lower_ in CREDITS and doc[i].is_title and doc[i + 1].text == ":"


def _ends(doc: Doc, i: int) -> bool:
    """Whether a period by itself, with a capital behind it, ends a sentence."""
    before = doc[i - 1]
    if not doc[i].whitespace_ or before.whitespace_ or f"{before.lower_}." in TITLES:
        return False
    initial = len(before) == 1 and before.is_upper
    return not (initial and i > 1 and doc[i - 2].is_title)


def _closes(doc: Doc, start: int, i: int) -> bool:
    """Whether an abbreviation, with a capital behind it, is the last word of its sentence."""
    following = doc[i + 1]
    word = following.lower_
    if word in GOES_ON or f"{word}." in TITLES or word in TITLES:
        return False
    if word in OPENERS:
        return following.tag_ not in NAMES or word in ALWAYS
    if not _begins_with_name(doc, i + 1):
        return False
    if doc[i].lower_ in LANDS:  # and no "U.S. Senate"
        return gazetteer.female_share(following.text) is not None and _is_whole(doc, start, i)
    if doc[i].lower_ in STREETS and doc[i - 1].tag_ not in NAMES:
        return False
    return _is_whole(doc, start, i) or _is_caption(doc, start, i)


def _is_whole(doc: Doc, start: int, end: int) -> bool:
    """Whether a clause with a verb ends here, and no other is only begun."""
    verb = next((k for k in range(end - 1, max(start, end - REACH) - 1, -1) if _is_finite(doc[k])), None)
    if verb is None:
        return False
    if doc[verb].lower_ in SAID:
        return False
    return not any(doc[k].lower_ in BEGINS_CLAUSE for k in range(verb + 1, end))


def _is_finite(token: Token) -> bool:
    """Whether a verb has its subject before it; behind a name a past form may be tagged as a participle."""
    return token.tag_ in FINITE or (token.tag_ == "VBN" and token.i > 0 and token.nbor(-1).tag_ in NAMES)


def _is_caption(doc: Doc, start: int, i: int) -> bool:
    """Whether a sentence is only the name of a firm, and the name behind it stands elsewhere by itself."""
    if doc[i].lower_ not in FIRM_ENDS or i - start > 8 or not all(t.tag_ in NAMES for t in doc[start:i]):
        return False
    word = doc[i + 1]
    near = doc[max(0, i - FAR) : i + FAR]
    return word.lower_ not in AFTER_FIRM and any(t.orth == word.orth for t in near if t.i != word.i)


def _begins_with_name(doc: Doc, i: int) -> bool:
    """Whether a name stands here, and a verb that it may be the subject of behind it."""
    k = i
    while k < min(len(doc), i + 8) and (doc[k].tag_ in NAMES or doc[k].lower_ in ("of", "and", "&", "-")):
        k += 1
    while i < k < min(len(doc), i + 10) and doc[k].tag_ == "RB":
        k += 1
    return i < k < len(doc) and _is_finite(doc[k])


class Closings:
    """The pipeline component behind the parser: gives names back what it took for a sign or a pronoun."""

    def __call__(self, doc: Doc) -> Doc:
        """Hang "Bros." where it is said of a name, if it hangs as a sign: "works for Lorn Bros."."""
        for token in doc:
            if token.text[-1] == "." and token.dep_ == "punct" and token.lower_ in CLOSING:
                _hang(token)
            elif token.text == "I" and token.dep_ == "nsubj" and not token.is_sent_start and _is_first(token):
                _number(token)
        return doc


def _is_first(token: Token) -> bool:
    """Whether "I" is the number behind a name, and not who speaks: "Elizabeth I reigned"."""
    name, verb = token.nbor(-1), token.head
    if name.tag_ not in NAMES or verb.tag_ not in ("VBD", "VBZ") or verb.i < token.i:
        return False
    if name.is_ancestor(verb):  # "a World War I veteran who served"
        return False
    begins = name.is_sent_start or name.nbor(-1).tag_ in (*NAMES, "IN", "DT", "CC", ",")
    return begins and (name.lower_ in NUMBERED or gazetteer.female_share(name.text) is not None)


def _number(token: Token) -> None:
    """Let the name before "I" be the subject, and "I" its number."""
    name, verb = token.nbor(-1), token.head
    name.head, name.dep_ = verb, "nsubj"
    token.head, token.dep_, token.tag_ = name, "nummod", "CD"


def _hang(token: Token) -> None:
    """Let the last word of a name be the object of what stands before the name."""
    parts = [t for t in token.lefts if t.dep_ in ("compound", "nmod", "amod") and t.tag_ in NAMES]
    first = min((t.left_edge.i for t in parts), default=token.i)
    if first == token.i or token.doc[first].is_sent_start:
        return
    before = token.doc[first - 1]
    if before.dep_ == "det" and not before.is_sent_start:
        before = before.nbor(-1)
    role = _role(before, token)
    if role and not token.is_ancestor(before):
        token.head, token.dep_ = before, role


def _role(before: Token, token: Token) -> str:
    """Give what a name is to the word before it, if that lacks an object."""
    if before.tag_ in ("IN", "TO"):
        return "pobj" if all(t.i == token.i for t in before.rights) else ""
    if not before.tag_.startswith("VB") or any(t.dep_ in ("dobj", "attr") for t in before.rights):
        return ""
    return "attr" if before.lower_ in BE else "dobj"


@Language.factory(FACTORY, assigns=["token.is_sent_start"], requires=["token.tag"])  # type: ignore[untyped-decorator]  # spaCy's decorators are not typed
def create(nlp: Language, name: str) -> Sentences:
    """Make the component for a pipeline."""
    return Sentences()


@Language.factory(CLOSINGS, assigns=["token.head", "token.dep"], requires=["token.tag", "token.dep"])  # type: ignore[untyped-decorator]  # spaCy's decorators are not typed
def create_closings(nlp: Language, name: str) -> Closings:
    """Make the component for a pipeline."""
    return Closings()


def mend(nlp: Language) -> None:
    """Mark sure beginnings of sentences before the parser, where the model tags before it parses."""
    names = nlp.pipe_names
    if "tagger" in names and names.index("tagger") < names.index("parser"):
        nlp.add_pipe(FACTORY, before="parser")
        nlp.add_pipe(CLOSINGS, after="parser")
