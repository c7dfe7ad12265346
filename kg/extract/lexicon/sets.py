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
