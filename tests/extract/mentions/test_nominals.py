"""Noun phrases in hand-built parses: their extent, their label and what they are about."""

import pytest
import spacy
from spacy.tokens import Doc

from kg.extract.mentions import nominals
from kg.extract.parse.repair import tree_of
from kg.extract.reading import ParsedBlock

VOCAB = spacy.blank("en").vocab


def block(text, tags, heads, deps, pos):
    doc = Doc(
        VOCAB,
        words=text.split(),
        tags=tags.split(),
        heads=heads,
        deps=deps.split(),
        pos=pos.split(),
        lemmas=text.lower().split(),
        sent_starts=[True] + [False] * (len(heads) - 1),
    )
    return ParsedBlock(0, doc, 0, "paragraph")


def created(parsed, head):
    mention = nominals.create_mention(parsed, parsed.doc[head])
    return mention.kind, mention.span.text, mention.label


def test_a_label_leaves_out_article_and_count():
    parsed = block(
        "the three old mills burned",
        "DT CD JJ NNS VBD",
        [3, 3, 3, 4, 4],
        "det nummod amod nsubj ROOT",
        "DET NUM ADJ NOUN VERB",
    )
    assert created(parsed, 3) == ("nominal", "the three old mills", "old mills")


def test_a_label_keeps_an_of_phrase_and_no_other():
    parsed = block(
        "a ministry of health in Lima",
        "DT NN IN NN IN NNP",
        [1, 1, 1, 2, 1, 4],
        "det ROOT prep pobj prep pobj",
        "DET NOUN ADP NOUN ADP PROPN",
    )
    assert created(parsed, 1) == ("nominal", "a ministry of health in Lima", "ministry of health")


def test_a_label_keeps_the_range_of_what_is_the_largest():
    parsed = block(
        "the largest mill in Norland",
        "DT JJS NN IN NNP",
        [2, 2, 2, 2, 3],
        "det amod ROOT prep pobj",
        "DET ADJ NOUN ADP PROPN",
    )
    assert created(parsed, 2)[2] == "largest mill in Norland"


def test_a_phrase_ends_before_a_relative_clause():
    parsed = block(
        "the mill that burned closed",
        "DT NN WDT VBD VBD",
        [1, 4, 3, 1, 4],
        "det nsubj nsubj relcl ROOT",
        "DET NOUN PRON VERB VERB",
    )
    assert nominals.phrase(tree_of(parsed), 1) == (0, 2)


@pytest.mark.parametrize(("article", "core"), [("a", 3), ("the", 1)])
def test_a_number_of_bees_are_bees_and_the_number_is_a_number(article, core):
    parsed = block(
        f"{article} number of bees rose",
        "DT NN IN NNS VBD",
        [1, 4, 1, 2, 4],
        "det nsubj prep pobj ROOT",
        "DET NOUN ADP NOUN VERB",
    )
    assert nominals.core(tree_of(parsed), 1) == core


def test_a_pronoun_a_verb_and_an_adjective_head_mentions_of_their_own():
    parsed = block(
        "they said that it looked old",
        "PRP VBD IN PRP VBD JJ",
        [1, 1, 4, 4, 1, 4],
        "nsubj ROOT mark nsubj ccomp acomp",
        "PRON VERB SCONJ PRON VERB ADJ",
    )
    assert created(parsed, 0) == ("pronoun", "they", "they")
    assert created(parsed, 4) == ("clause", "it looked old", "it looked old")
    assert created(parsed, 5)[0] == "attribute"


@pytest.mark.parametrize(
    ("text", "tags", "heads", "deps", "pos", "head", "kind"),
    [
        (
            "the other two fled",
            "DT JJ CD VBD",
            [2, 2, 3, 3],
            "det amod nsubj ROOT",
            "DET ADJ NUM VERB",
            2,
            "pronoun",
        ),
        ("some others fled", "DT NNS VBD", [1, 2, 2], "det nsubj ROOT", "DET NOUN VERB", 1, "pronoun"),
        (
            "the other mills closed",
            "DT JJ NNS VBD",
            [2, 2, 3, 3],
            "det amod nsubj ROOT",
            "DET ADJ NOUN VERB",
            2,
            "nominal",
        ),
    ],
)
def test_what_only_stands_for_a_thing_is_none(text, tags, heads, deps, pos, head, kind):
    assert created(block(text, tags, heads, deps, pos), head)[0] == kind
