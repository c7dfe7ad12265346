"""Marked chains as the reader of references learns from them."""

import json
import pathlib

import pytest
import spacy
from spacy.tokens import Doc

from training.gold_chains import (
    Text,
    _ask,
    _take,
    asked_as,
    read_gap,
    read_gum,
    read_marked,
    read_standoff,
    unmark,
)

CHAINS = pathlib.Path(__file__).parents[2] / "training" / "chains"


def test_brackets_become_spans():
    found = unmark("[[Her|1] brother|2] met [Ida Lom|1]. [They|1+2] left.", "x")
    assert found.text == "Her brother met Ida Lom. They left."
    said = [(found.text[a:b], sorted(chain)) for a, b, chain in found.mentions]
    assert said == [("Her", ["1"]), ("Her brother", ["2"]), ("Ida Lom", ["1"]), ("They", ["1", "2"])]


@pytest.mark.parametrize("text", ["[Ida|1", "Ida|1]", "[Ida|x] left", "[[Ida|1] left"])
def test_brackets_that_do_not_close_are_told(text, tmp_path):
    (tmp_path / "t.txt").write_text(f"# news | 2020-01-01\n\n{text}\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"text 1: a bracket"):
        list(read_marked(tmp_path / "t.txt"))


def test_a_file_holds_several_texts(tmp_path):
    text = "# news | 2020-01-01\n\n[Ida|1] left.\n\n[She|1] ran.\n\n# minutes | 2020-01-02\n\n[It|3] rose.\n"
    (tmp_path / "t.txt").write_text(text, encoding="utf-8")
    first, second = read_marked(tmp_path / "t.txt")
    assert (first.name, first.text) == ("t/0", "Ida left.\n\nShe ran.")
    assert (second.name, second.text) == ("t/1", "It rose.")


def test_texts_of_others_are_marked_without_their_words(tmp_path):
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "a.txt").write_text("Ida left. She ran.", encoding="utf-8")
    row = {"set": "mine", "document": "a", "mentions": [[0, 3, "1"], [10, 13, "1+2"]]}
    (tmp_path / "m.jsonl").write_text(json.dumps(row) + "\n", encoding="utf-8")
    (found,) = read_standoff(tmp_path / "m.jsonl", {"mine": tmp_path / "texts"})
    assert [(found.text[a:b], chain) for a, b, chain in found.mentions] == [
        ("Ida", {"1"}),
        ("She", {"1", "2"}),
    ]


def test_gap_tells_of_two_names(tmp_path):
    row = {"text": "Ann met Bea. She left.", "pronoun": [13, 16], "a": [0, 3], "b": [8, 11]}
    rows = [row | {"a_coref": a, "b_coref": b} for a, b in ((False, True), (True, False), (False, False))]
    (tmp_path / "g.jsonl").write_text("".join(json.dumps(r) + "\n" for r in rows), encoding="utf-8")
    first, second = read_gap(tmp_path / "g.jsonl")
    assert not first.sure
    assert [m.mentions[1][:2] for m in (first, second)] == [(8, 11), (0, 3)]
    assert second.name == "gap/1"


def test_gum_has_chains_as_spans(tmp_path):
    mention = {"start": 0, "end": 7, "core": [[4, 7]], "chain": 3}
    row = {"id": "d", "text": "The cat ran.", "mentions": [mention]}
    (tmp_path / "g.jsonl").write_text(json.dumps(row) + "\n", encoding="utf-8")
    (found,) = read_gum(tmp_path / "g.jsonl")
    assert found.mentions == [(4, 7, {"3"})]


@pytest.fixture
def doc():
    rows = [
        ("The", "DT", "DET", "det", 1),
        ("firm", "NN", "NOUN", "nsubj", 2),
        ("paid", "VBD", "VERB", "ROOT", 2),
        ("its", "PRP$", "PRON", "poss", 4),
        ("staff", "NN", "NOUN", "dobj", 2),
        ("a", "DT", "DET", "det", 6),
        ("sum", "NN", "NOUN", "dobj", 2),
        ("it", "PRP", "PRON", "nsubj", 8),
        ("owed", "VBD", "VERB", "relcl", 6),
    ]
    words, tags, pos, deps, heads = (list(column) for column in zip(*rows, strict=True))
    return Doc(
        spacy.blank("en").vocab,
        words=words,
        tags=tags,
        pos=pos,
        deps=deps,
        heads=heads,
        lemmas=words,
        sent_starts=[True] + [False] * 8,
    )


def test_pronouns_and_definite_nouns_are_asked_for(doc):
    assert [(t.text, asked_as(t)) for t in doc if asked_as(t)] == [
        ("firm", "noun"),
        ("its", "it"),
        ("it", "it"),
    ]


def test_what_is_right_is_a_mention_of_the_same_chain(doc):
    text = Text("x", [], [], [], [], [], [], [])
    anaphors, heads = [], []
    _take(text, doc, anaphors, heads)
    _ask(text, {1: frozenset("1"), 3: frozenset("1"), 7: frozenset("2")}, heads, anaphors, sure=True)
    firm, its, it = text.asked
    assert firm.right == []
    assert [its.candidates[n] for n in its.right] == [1]
    assert it.right == []
    right = text.right()
    assert right[:, -1].tolist() == [True, False, True]
    assert right[1, 1]
    far, words, same, out = text.pairs()
    assert not out[1, 1]
    assert out[1, 2]
    assert far.shape == words.shape == same.shape == (3, len(doc))


@pytest.mark.parametrize("path", sorted(CHAINS.glob("*.txt")), ids=lambda p: p.stem)
def test_marked_texts_of_the_project_are_whole(path):
    for text in read_marked(path):
        times = [n for _, _, chain in text.mentions for n in chain]
        assert all(times.count(n) > 1 for n in set(times)), text.name
        assert "[" not in text.text
