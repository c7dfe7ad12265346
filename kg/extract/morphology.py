"""Part of speech, morphology and lemma, looked up where the same token was seen before.

spaCy's attribute ruler and lemmatizer take a quarter of the pipeline's time, although what they give a token
depends on its word, tag and dependency alone, unless a rule over several tokens matches there. So their
results are kept in a table, and they run only on a block with a token that is not in it yet.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from spacy.attrs import DEP, LEMMA, MORPH, ORTH, POS, TAG
from spacy.language import Language
from spacy.matcher import Matcher
from spacy.tokens import Doc

NAME = "kg_morphology"
GIVEN = [ORTH, TAG, DEP]
SET = [TAG, POS, MORPH, LEMMA]
# Some 100 MB at most; a corpus of news fills a fifth of it.
LARGEST = 400_000


class Morphology:
    """Does what the attribute ruler and the lemmatizer of a model do, from memory where it can."""

    def __init__(self, ruler: Any, lemmatizer: Any) -> None:
        self.ruler, self.lemmatizer = ruler, lemmatizer
        self._known: dict[tuple[Any, ...], tuple[int, ...]] = {}
        self._over_several = Matcher(ruler.vocab)
        for number, entry in enumerate(ruler.patterns):
            several = [pattern for pattern in entry["patterns"] if len(pattern) > 1]
            if several:
                self._over_several.add(str(number), several)

    def __call__(self, doc: Doc) -> Doc:
        """Set tag, part of speech, morphology and lemma of every token."""
        keys: list[tuple[Any, ...]] = list(map(tuple, doc.to_array(GIVEN).tolist()))
        if len(self._over_several):
            for rule, start, end in self._over_several(doc, allow_missing=True):
                for i in range(start, end):
                    keys[i] = (*keys[i], rule, i - start)
        values = list(map(self._known.get, keys))
        if None in values:
            return self._learn(doc, keys)
        doc.from_array(SET, np.array([v[:4] for v in values if v], dtype=np.uint64).reshape(len(doc), 4))
        for i, value in enumerate(values):
            if value and value[4] != keys[i][2]:
                doc[i].dep = value[4]
        return doc

    def _learn(self, doc: Doc, keys: list[tuple[Any, ...]]) -> Doc:
        doc = self.lemmatizer(self.ruler(doc))
        if len(self._known) > LARGEST:
            self._known.clear()
        self._known.update(zip(keys, map(tuple, doc.to_array([*SET, DEP]).tolist()), strict=True))
        return doc


def speed_up(nlp: Language) -> None:
    """Put one component with a memory in the place of a model's attribute ruler and lemmatizer."""
    names = nlp.pipe_names
    if "attribute_ruler" not in names or "lemmatizer" not in names:
        return
    if names.index("lemmatizer") != names.index("attribute_ruler") + 1:
        return
    ruler, lemmatizer = nlp.get_pipe("attribute_ruler"), nlp.get_pipe("lemmatizer")
    if not hasattr(ruler, "patterns") or getattr(lemmatizer, "mode", "") != "rule" or lemmatizer.overwrite:
        return
    nlp.add_pipe(NAME, before="attribute_ruler")
    nlp.disable_pipe("attribute_ruler")
    nlp.disable_pipe("lemmatizer")


@Language.factory(NAME, assigns=["token.tag", "token.pos", "token.morph", "token.lemma"], requires=["token.dep"])
def _make(nlp: Language, name: str) -> Morphology:
    return Morphology(nlp.get_pipe("attribute_ruler"), nlp.get_pipe("lemmatizer"))
