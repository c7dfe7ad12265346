"""Part of speech, morphology and lemma, looked up where the same token was seen before.

spaCy's attribute ruler and lemmatizer take a quarter of the pipeline's time, although what they give depends
on little: the ruler's part on tag, dependency and, for some hundred words, the word; the lemma on the word,
its part of speech and morphology. Both are kept in tables here, and asked for only what is not in them.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from typing import Any

import numpy as np
from spacy.attrs import DEP, LEMMA, LOWER, MORPH, ORTH, POS, TAG
from spacy.language import Language
from spacy.matcher import Matcher
from spacy.tokens import Doc, Token

from kg.extract.parse.tokens import prefixed

NAME = "kg_morphology"
# What the rules may look at; a ruler with other rules is left as it is.
SEEN = {"TAG", "DEP", "LOWER", "IS_SPACE"}
CONDITIONS = {"IN", "NOT_IN", "REGEX"}
# Words in the table of lemmas; some 100 MB at most, of which a corpus of news fills a fifth.
LARGEST = 400_000

Key = tuple[Any, ...]


class Morphology:
    """Does what the attribute ruler and the lemmatizer of a model do, from memory where it can."""

    def __init__(self, ruler: Any, lemmatizer: Any) -> None:
        self.ruler, self.lemmatizer = ruler, lemmatizer
        self._rulings: dict[Key, tuple[int, ...]] = {}
        self._lemmas: dict[Key, int] = {}
        self._words, self._patterns = _words_of(ruler)
        self._special: dict[int, int] = {}
        self._apart = ruler.vocab.strings.add("\ue000")
        self._over_several = Matcher(ruler.vocab)
        for number, entry in enumerate(ruler.patterns):
            several = [pattern for pattern in entry["patterns"] if len(pattern) > 1]
            if several:
                self._over_several.add(str(number), several)

    def __call__(self, doc: Doc) -> Doc:
        """Set tag, part of speech, morphology and lemma of every token."""
        rows: list[list[int]] = doc.to_array([ORTH, LOWER, TAG, DEP]).tolist()
        special = self._special
        keys: list[Key] = [
            (special[lower] if lower in special else self._classify(doc.vocab, lower), tag, dep)
            for _, lower, tag, dep in rows
        ]
        if len(self._over_several):
            for rule, start, end in self._over_several(doc, allow_missing=True):
                for i in range(start, end):
                    keys[i] = (*keys[i], rule, i - start)
        rulings = list(map(self._rulings.get, keys))
        if None in rulings:
            self._learn(doc, keys, rows)
            rulings = list(map(self._rulings.get, keys))
        values = [r for r in rulings if r is not None]
        doc.from_array([TAG, POS, MORPH, LEMMA], np.array([v[:4] for v in values], np.uint64).reshape(-1, 4))
        for i, value in enumerate(values):
            if value[4] != keys[i][2]:
                doc[i].dep = value[4]
        doc.from_array([LEMMA], np.array(list(self._lemmatize(doc, rows, values)), np.uint64).reshape(-1, 1))
        return doc

    def _lemma(self, token: Token) -> str:
        """Give the lemma of a token; behind a prefix that of the rest: "re-elect" of "re-elected"."""
        prefix, rest = prefixed(token.text)
        if prefix:
            token = Doc(token.vocab, words=[rest], pos=[token.pos_], morphs=[str(token.morph)])[0]
        lemma: str = self.lemmatizer.lemmatize(token)[0]
        return prefix.lower() + lemma

    def _lemmatize(self, doc: Doc, rows: list[list[int]], values: list[tuple[int, ...]]) -> Iterator[int]:
        lemmas = self._lemmas
        if len(lemmas) > LARGEST:
            lemmas.clear()
        for i, (_, pos, morph, lemma, _) in enumerate(values):
            if not lemma:
                key = (rows[i][0], pos, morph)
                lemma = lemmas.get(key, 0)
                if not lemma:
                    word = self._lemma(doc[i])
                    lemma = lemmas[key] = doc.vocab.strings.add(word)
            yield lemma

    def _classify(self, vocab: Any, lower: int) -> int:
        """Give the word itself if a rule may know it, else 0."""
        word = vocab.strings[lower]
        known = word in self._words or word.isspace() or any(p.search(word) for p in self._patterns)
        if len(self._special) > LARGEST:
            self._special.clear()
        found = self._special[lower] = lower if known else 0
        return found

    def _learn(self, doc: Doc, keys: list[Key], rows: list[list[int]]) -> None:
        """Ask the ruler about new tokens: each by itself, or the whole block where a rule spans several."""
        new = {k: i for i, k in enumerate(keys) if k not in self._rulings}
        if all(len(key) == 3 for key in new):
            # Tokens are kept apart by a word that no rule knows.
            triples = [t for i in new.values() for t in ((rows[i][0], *rows[i][2:]), (self._apart, 0, 0))]
            words = Doc(doc.vocab, words=[doc.vocab.strings[t[0]] for t in triples])
            words.from_array([TAG, DEP], np.array([t[1:] for t in triples], np.uint64))
            if not (len(self._over_several) and self._over_several(words, allow_missing=True)):
                self._rule(words, [k for key in new for k in (key, (0, 0, 0))])
                return
        self._rule(doc.copy(), keys)

    def _rule(self, doc: Doc, keys: list[Key]) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            self.ruler(doc)
        self._rulings.update(
            zip(keys, map(tuple, doc.to_array([TAG, POS, MORPH, LEMMA, DEP]).tolist()), strict=True)
        )


def speed_up(nlp: Language) -> None:
    """Put one component with a memory in the place of a model's attribute ruler and lemmatizer."""
    names = nlp.pipe_names
    if "attribute_ruler" not in names or "lemmatizer" not in names:
        return
    ruler, lemmatizer = nlp.get_pipe("attribute_ruler"), nlp.get_pipe("lemmatizer")
    neighbours = names.index("lemmatizer") == names.index("attribute_ruler") + 1
    if neighbours and _is_by_rule(lemmatizer) and _is_by_token(ruler):
        _index(lemmatizer)
        nlp.add_pipe(NAME, before="attribute_ruler")
        nlp.disable_pipes("attribute_ruler", "lemmatizer")


def _is_by_rule(lemmatizer: Any) -> bool:
    return getattr(lemmatizer, "mode", "") == "rule" and not lemmatizer.overwrite


def _is_by_token(ruler: Any) -> bool:
    """Whether a ruler's rules look at no more than what the tables are kept by."""
    tokens = [token for entry in ruler.patterns for pattern in entry["patterns"] for token in pattern]
    conditions = {c for t in tokens for wanted in t.values() if isinstance(wanted, dict) for c in wanted}
    return {attribute for token in tokens for attribute in token} <= SEEN and conditions <= CONDITIONS


def _index(lemmatizer: Any) -> None:
    """Make tables of the lists that a model ships, in which every new word is looked for from end to end."""
    if lemmatizer.lookups.has_table("lemma_index"):
        index = lemmatizer.lookups.get_table("lemma_index")
        for pos, words in list(index.items()):
            index[pos] = dict.fromkeys(words)


def _make(nlp: Language, name: str) -> Morphology:
    return Morphology(nlp.get_pipe("attribute_ruler"), nlp.get_pipe("lemmatizer"))


Language.factory(
    NAME,
    assigns=["token.tag", "token.pos", "token.morph", "token.lemma"],
    requires=["token.dep"],
    func=_make,
)


def _words_of(ruler: Any) -> tuple[set[str], list[re.Pattern[str]]]:
    """Give the words, and the patterns of words, that a ruler's rules name."""
    words: set[str] = set()
    patterns: list[re.Pattern[str]] = []
    for entry in ruler.patterns:
        for token in (t for p in entry["patterns"] for t in p):
            wanted = token.get("LOWER")
            if isinstance(wanted, str):
                words.add(wanted)
            elif isinstance(wanted, dict):
                words |= {*wanted.get("IN", ()), *wanted.get("NOT_IN", ())}
                if "REGEX" in wanted:
                    patterns.append(re.compile(wanted["REGEX"]))
    return words, patterns
