"""Sets of tags, labels and classes that more than one stage asks for."""

from __future__ import annotations

# Universal parts of speech.
NOUNS = frozenset({"NOUN", "PROPN"})
NOMINALS = frozenset({"NOUN", "PROPN", "PRON"})
VERBS = frozenset({"VERB", "AUX"})
# Our classes of places, and the labels of spaCy's models for them.
PLACES = frozenset({"GPE", "Location", "Facility"})
PLACE_LABELS = frozenset({"GPE", "LOC", "FAC"})
# Tags of Penn Treebank for verbs that can bear a sentence.
FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
# Labels of times by spaCy's models; tags of words that ask or relate.
TIME_LABELS = frozenset({"DATE", "TIME"})
WH = frozenset({"WP", "WDT", "WRB"})
# Labels of what coordinates, of clauses on a noun, of what may be left out of its phrase, and of what stands
# before it in one phrase.
COORDINATION = frozenset({"conj", "cc", "preconj"})
CLAUSAL = frozenset({"relcl", "parataxis", "advcl"})
ADJOINED = CLAUSAL | {"appos", "acl"}
PREMODIFIERS = frozenset({"compound", "nmod", "amod", "appos"})
# Tags of common nouns.
COMMON = frozenset({"NN", "NNS"})
