"""Constructions that relate words without a verb: pure functions on hand-built trees, and who may ask."""

import ast
import pathlib

import pytest
import spacy
from spacy.tokens import Doc

import kg.extract
from kg.extract import constructions
from kg.extract.constructions import Apposition, Examples, Possessive, Title
from kg.extract.parse.tree import Tree


@pytest.fixture(scope="module")
def vocab():
    return spacy.blank("en").vocab


def tree(vocab, text, pos, heads, deps, types=""):
    words = text.split()
    kinds = [t if t != "-" else "" for t in types.split()] or [""] * len(words)
    doc = Doc(
        vocab,
        words=words,
        pos=pos.split(),
        heads=heads,
        deps=deps.split(),
        lemmas=text.lower().split(),
        ents=[f"I-{k}" if k else "O" for k in kinds],
    )
    return Tree(doc)


def test_an_apposition_has_its_noun_and_the_sign_between(vocab):
    t = tree(
        vocab,
        "Varberg , the old port",
        "PROPN PUNCT DET ADJ NOUN",
        [0, 0, 4, 4, 0],
        "ROOT punct det amod appos",
    )
    assert constructions.appositions(t, 0) == [Apposition(0, 4, ",")]
    assert constructions.apposition(t, 4) == Apposition(0, 4, ",")
    assert constructions.apposition(t, 3) is None


def test_an_apposition_may_follow_without_a_sign(vocab):
    t = tree(vocab, "the painter Runa Sand", "DET NOUN PROPN PROPN", [1, 1, 3, 1], "det ROOT compound appos")
    assert constructions.appositions(t, 1) == [Apposition(1, 3, "")]


def test_a_possessive_has_its_owner(vocab):
    t = tree(vocab, "Sand 's ferry", "PROPN PART NOUN", [2, 0, 2], "poss case ROOT")
    assert constructions.possessives(t, 2) == [Possessive(0, 2)]
    assert constructions.possessives(t, 0, 1, 2) == []  # from outside of them all
    assert constructions.owner(t, 2) == 0
    assert [constructions.owns(t, i) for i in range(3)] == [True, False, False]


def test_a_title_ends_where_the_name_begins(vocab):
    t = tree(
        vocab,
        "old harbour pilot Runa Sand",
        "ADJ NOUN NOUN PROPN PROPN",
        [4, 2, 4, 4, 4],
        "amod compound compound compound ROOT",
        "- - - PERSON PERSON",
    )
    assert constructions.title(t, 4) == Title(2, (0, 1, 2), (3, 4))


def test_a_first_name_is_no_title(vocab):
    t = tree(vocab, "Runa Sand", "PROPN PROPN", [1, 1], "compound ROOT", "PERSON PERSON")
    assert constructions.title(t, 1) is None


@pytest.mark.parametrize(
    ("text", "heads", "deps", "expected"),
    [
        ("ports such as Varberg", [0, 2, 0, 2], "ROOT amod prep pobj", Examples(0, 3, 2, "such as")),
        ("such ports as Varberg", [1, 1, 1, 2], "amod ROOT prep pobj", Examples(1, 3, 2, "such … as")),
        ("some ports including Varberg", [1, 1, 1, 2], "det ROOT prep pobj", Examples(1, 3, 2, "including")),
        ("the ports as homes", [1, 1, 1, 2], "det ROOT prep pobj", None),
    ],
)
def test_examples_have_their_kind_and_marker(vocab, text, heads, deps, expected):
    pos = " ".join("ADP" if word in ("as", "including") else "NOUN" for word in text.split())
    assert constructions.examples(tree(vocab, text, pos, heads, deps), 2) == expected


def test_what_stands_in_brackets_is_passed_over(vocab):
    words = 'a ( b " c " ) d ( e'
    t = tree(vocab, words, " ".join("X" * 10), [0] * 10, " ".join(["ROOT"] + ["dep"] * 9))
    assert constructions.closed_at(t, 1, t.n) == 6
    assert constructions.closed_at(t, 8, t.n) is None
    assert list(constructions.outside(t, 0, t.n, reach=t.n)) == [0, 7, 8, 9]


HOME = pathlib.Path(kg.extract.__file__).parent
LABELS = {constructions.APPOSITION, constructions.POSSESSIVE}
# Who may know these labels: the recogniser, the sets of labels, and what repairs the parse.
KNOWING = ("constructions.py", "lexicon/sets.py", "parse/")
# Who else asks for them, how often at most, and why. The numbers may only fall.
ASKING = {
    "coref/context.py": 3,  # roles that the ranker of antecedents has learned by name
    "coref/features.py": 1,
    "coref/nominals.py": 4,  # reads spaCy's tokens, as the parse was before it was repaired
    "mentions/evidence/": 5,
    "mentions/names.py": 1,
    "mentions/titles.py": 1,  # reads spaCy's tokens, as names are found before the parse is repaired
    "values/quantities.py": 1,
    "tuples/records.py": 1,  # the name of a rule
}


def asked(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return sum(isinstance(node, ast.Constant) and node.value in LABELS for node in ast.walk(tree))


def test_nobody_else_asks_for_the_labels_of_constructions():
    found: dict[str, int] = {}
    for path in HOME.rglob("*.py"):
        name, times = path.relative_to(HOME).as_posix(), asked(path)
        if times and not name.startswith(KNOWING):
            known = next((k for k in ASKING if name.startswith(k)), name)
            found[known] = found.get(known, 0) + times
    more = {name: times for name, times in found.items() if times > ASKING.get(name, 0)}
    assert not more, "ask kg.extract.constructions instead"
