"""Sets of tags, labels and classes that more than one stage asks for."""

from __future__ import annotations

from kg.classes import PLACES as PLACES

# Universal parts of speech.
NOUNS = frozenset({"NOUN", "PROPN"})
NOMINALS = frozenset({"NOUN", "PROPN", "PRON"})
VERBS = frozenset({"VERB", "AUX"})
# Labels of spaCy's models for places.
PLACE_LABELS = frozenset({"GPE", "LOC", "FAC"})
# Tags of Penn Treebank for verbs that can bear a sentence.
FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
# Labels of times by spaCy's models; tags of words that ask or relate.
TIME_LABELS = frozenset({"DATE", "TIME"})
WH = frozenset({"WP", "WDT", "WRB"})
# Labels of what coordinates, of clauses on a noun, of what may be left out of its phrase, of what is
# said beside it, and of what stands before it in one phrase.
COORDINATION = frozenset({"conj", "cc", "preconj"})
CLAUSAL = frozenset({"relcl", "parataxis", "advcl"})
ADJOINED = CLAUSAL | {"appos", "acl"}
BESIDE = frozenset({"relcl", "appos", "parataxis"})
PREMODIFIERS = frozenset({"compound", "nmod", "amod", "appos"})
# Labels of what tells which one a noun is of, of what makes it more than bare, of what makes it tell of more
# than one, of what stands before it, of what says what a thing is, of what may stand between a noun and a
# clause on it.
DETERMINING = frozenset({"det", "poss"})
MODIFYING = DETERMINING | {"amod"}
SEVERAL = frozenset({"prep", "conj", "cc", "appos", "predet"})
BEFORE_NOUNS = frozenset({"compound", "nmod", "amod", "poss"})
IDENTIFYING = frozenset({"attr", "appos"})
ON_NOUNS = frozenset({"relcl", "acl", "amod", "appos", "prep"})
# Tags of common nouns.
COMMON = frozenset({"NN", "NNS"})

# Dependency labels of subjects, of nouns, and of verbs that head no clause of their own.
SUBJECT_DEPS = ("nsubj", "nsubjpass", "csubj", "csubjpass")
NOMINAL_DEPS = frozenset({"nsubj", "nsubjpass", "dobj", "pobj", "attr", "npadvmod", "oprd"})
NON_CLAUSAL_DEPS = frozenset(
    {"aux", "auxpass", "amod", "compound", "case", "mark", "cc", "prt", "punct", "nmod", "det", "nummod"}
    | {"prep", "advmod", "intj", "poss", "quantmod", "predet", "preconj", "dative", "agent"}
)
ADPOSITIONS = frozenset({"ADP", "SCONJ"})
# Tags of relative words, possessives among them.
RELATIVE_TAGS = WH | {"WP$"}
# Labels of names that may have a verb or a preposition in them ("Association to Advance Schools").
TITLE_LABELS = frozenset({"ORG", "WORK_OF_ART", "EVENT", "LAW", "PRODUCT", "FAC"})
