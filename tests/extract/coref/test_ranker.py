"""Chains: the logic that needs no model, on Docs built by hand."""

import random

import pytest
import spacy
from spacy.tokens import Doc

from kg.extract.coref import context, definites, features, ranker
from kg.extract.parse.tree import Tree


@pytest.fixture(scope="module")
def vocab():
    return spacy.blank("en").vocab


def tree(vocab, *tokens):
    """Build a tree from "word TAG dep head"."""
    rows = [t.split() for t in tokens]
    pos = {"V": "VERB", "N": "NOUN", "P": "PRON", "M": "AUX", "T": "PART", "I": "ADP"}
    return Tree(
        Doc(
            vocab,
            words=[r[0] for r in rows],
            tags=[r[1] for r in rows],
            pos=[pos.get(r[1][0], "X") for r in rows],
            deps=[r[2] for r in rows],
            heads=[int(r[3]) for r in rows],
            lemmas=[r[0] for r in rows],
        )
    )


def test_controller_is_the_subject_of_the_verb_above(vocab):
    # Lindt wrote using a pen
    found = tree(
        vocab,
        "Lindt NNP nsubj 1",
        "wrote VBD ROOT 1",
        "using VBG advcl 1",
        "his PRP$ poss 4",
        "pen NN dobj 2",
    )
    assert context.controller(found, 2) == 0


def test_controller_of_an_order_is_who_gets_it(vocab):
    # She asked him to come
    found = tree(
        vocab, "She PRP nsubj 1", "asked VBD ROOT 1", "him PRP dobj 1", "to TO aux 4", "come VB xcomp 1"
    )
    assert context.controller(found, 4) == 2


def test_controller_of_a_relative_clause_is_its_noun(vocab):
    # the man who left
    found = tree(vocab, "the DT det 1", "man NN ROOT 1", "who WP nsubj 3", "left VBD relcl 1")
    assert context.controller(found, 3) == 1


def test_controller_is_missing_without_a_subject(vocab):
    found = tree(vocab, "Leave VB ROOT 0", "now RB advmod 0")
    assert context.controller(found, 0) == -1


@pytest.mark.parametrize(
    ("words", "inside"),
    [
        (["“", "Go", "”", "said", "Ann"], {1}),
        (['"', "Go", '"', "said", "Ann", '"', "now", '"'], {1, 6}),
        (["said", "“", "Go", "now"], {2, 3}),
        (["no", "quotation"], set()),
    ],
)
def test_tokens_in_quotation_marks(vocab, words, inside):
    assert context.quoted_tokens(Tree(Doc(vocab, words=words))) == inside


def grow(generator, depth):
    """Make a tree of lists: feature, cut, left, right, leaf."""
    columns = [], [], [], [], []

    def node(depth):
        at = len(columns[0])
        for column, value in zip(columns, (-1, 0, 0, 0, 0), strict=True):
            column.append(value)
        if depth and generator.random() < 0.8:
            columns[0][at], columns[1][at] = generator.randrange(5), generator.random()
            columns[2][at] = node(depth - 1)
            columns[3][at] = node(depth - 1)
        else:
            columns[4][at] = generator.randrange(-1000, 1000)
        return at

    node(depth)
    return columns


def walk(tree, row):
    feature, cut, left, right, leaf = tree
    at = 0
    while feature[at] >= 0:
        at = left[at] if row[feature[at]] <= cut[at] else right[at]
    return leaf[at]


def test_scores_are_the_leaves_that_a_walk_ends_in():
    generator = random.Random(7)
    trees = [grow(generator, depth) for depth in (0, 1, 2, 3, 4, 4, 4)]
    # A cut is stored with few digits, so that a float of 32 bits tells the sides apart.
    trees = [(f, [round(c, 3) for c in cut], *rest) for f, cut, *rest in trees]
    rows = [[round(generator.random(), 2) + 0.001 * (n % 2) for n in range(5)] for _ in range(60)]
    model = ranker.Model(0, trees)
    assert model.scores(rows) == [sum(walk(tree, row) for tree in trees) for row in rows]


@pytest.mark.parametrize(("learned", "groups"), [(False, {"he", "it", "they"}), (True, {"he", "noun"})])
def test_weights_were_trained_with_the_columns_there_are(learned, groups):
    found, ranking = ranker.weights(learned=learned), ranker.rankings(learned=learned)
    assert tuple(found["columns"]) == features.names_of(ranking.columns)
    assert set(ranking.models) == groups == set(found["groups"])
    for group, model in ranking.models.items():
        columns = definites.NOUN_COLUMNS if group == "noun" else ranking.columns
        assert model.feature.max() < len(features.names_of(columns))


@pytest.mark.parametrize("columns", [features.COLUMNS, features.LEARNED, definites.NOUN_COLUMNS])
def test_no_two_columns_have_one_name(columns):
    names = features.names_of(columns)
    assert len(set(names)) == len(names)
