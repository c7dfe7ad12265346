"""Words that somebody gives one by one, with the tags and lemmas that the model has for them."""

from __future__ import annotations

import functools
from collections.abc import Sequence

from spacy.language import Language
from spacy.tokens import Doc

from kg.extract.parse import pipeline


def tagged(words: Sequence[str], *, model: str = "en_core_web_sm") -> list[tuple[str, str]]:
    """Give the tag of Penn's treebank and the lemma of each word of a sentence.

    >>> tagged(["Who", "bought", "it"])[1]
    ('VBD', 'buy')
    """
    nlp = _loaded(model)
    doc = Doc(nlp.vocab, words=list(words))
    for _, component in nlp.pipeline:
        doc = component(doc)
    return [(token.tag_, token.lemma_.lower()) for token in doc]


@functools.lru_cache(maxsize=1)
def _loaded(model: str) -> Language:
    return pipeline.load_tagger(model)
