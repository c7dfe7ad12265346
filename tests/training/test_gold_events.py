"""Marked events as the reader of events learns from them."""

import json
import pathlib

import pytest
import spacy
from spacy.tokens import Doc

from kg.extract.parse.events import CLASSES, ROLES
from training.gold_events import Parsed, head_of, read_marks, read_sentences, read_standoff, runs

SENTENCES = """\
t1.0\tHalm bought Vero for 3 million euros.
t1.1\tIt paid Halm in May, and Halm paid Arlo.
"""
MARKS = """\
t1.0|Acquisition|bought|fact|buyer=Halm;acquired=Vero;price=3 million euros;time=May@t1.1
t1.1|Payment|paid#2|plan|payer=Halm#2;recipient=Arlo
"""
MARKED = pathlib.Path(__file__).parents[2] / "training" / "marked"


@pytest.fixture
def named(tmp_path):
    def files(sentences=SENTENCES, marks=MARKS):
        (tmp_path / "t.tsv").write_text(sentences, encoding="utf-8")
        (tmp_path / "t.txt").write_text(marks, encoding="utf-8")
        return tmp_path / "t.tsv", tmp_path / "t.txt"

    return files


def test_marks_are_found_in_their_sentences(named):
    texts, marks = named()
    sentences = read_sentences(texts)
    first, second = read_marks(marks, sentences)
    assert (first.event, first.standing, sentences["t1.0"][slice(*first.trigger)]) == (
        "Acquisition",
        "fact",
        "bought",
    )
    said = [(role, sentences[at][start:end]) for role, at, start, end in first.roles]
    assert said == [("buyer", "Halm"), ("acquired", "Vero"), ("price", "3 million euros"), ("time", "May")]
    assert second.trigger[0] == sentences["t1.1"].rindex("paid")
    assert second.roles[0][2] == sentences["t1.1"].rindex("Halm")


@pytest.mark.parametrize(
    "mark",
    [
        "t1.0|Acquisition|sold|fact|",
        "t1.0|Purchase|bought|fact|",
        "t1.0|Acquisition|bought|surely|",
        "t1.0|Acquisition|bought|fact|winner=Halm",
        "t1.0|Acquisition|bought|fact|buyer=Halm#2",
        "t9.0|Acquisition|bought|fact|",
        "t1.0|Acquisition|bought",
    ],
)
def test_a_mark_that_does_not_fit_is_told_with_its_line(named, mark):
    texts, marks = named(marks=f"{MARKS}{mark}\n")
    with pytest.raises(ValueError, match=r"t\.txt:3: "):
        list(read_marks(marks, read_sentences(texts)))


def test_marks_without_words_say_the_same(tmp_path):
    text = "Halm  bought\nVero. It paid in May."
    row = {"set": "s", "document": "d", "sentences": [[0, 18], [19, 34]]}
    roles = [["buyer", 0, 4], ["acquired", 13, 17], ["time", 30, 33]]
    row["events"] = [{"event": "Acquisition", "standing": "fact", "trigger": [6, 12], "roles": roles}]
    path = tmp_path / "t.jsonl"
    path.write_text(json.dumps(row) + "\n", encoding="utf-8")
    sentences, (mark,) = read_standoff(path, {("s", "d"): text})
    assert sentences == {"s/d.0": "Halm  bought Vero.", "s/d.1": "It paid in May."}
    assert [sentences[at][a:b] for _, at, a, b in mark.roles] == ["Halm", "Vero", "May"]
    with pytest.raises(KeyError):
        read_standoff(path, {})


def test_what_heads_a_phrase_is_its_top_and_under_a_preposition_what_hangs_on_it():
    words, heads = "He fell near the old bridge".split(), [1, 1, 1, 5, 5, 2]
    doc = Doc(
        spacy.blank("en").vocab,
        words=words,
        heads=heads,
        deps="nsubj ROOT prep det amod pobj".split(),
        pos="PRON VERB ADP DET ADJ NOUN".split(),
    )
    assert head_of(doc, doc[2].idx, len(doc.text)) == 5
    assert head_of(doc, doc[3].idx, len(doc.text)) == 5
    assert head_of(doc, 0, 2) == 0


def test_runs_hold_sentences_of_one_document_and_what_is_said_within_them():
    def sentence(at, events):
        return Parsed(at, ["A", "b"], ["NN", "NN"], ["nsubj", "ROOT"], [1, 1], events)

    told = [(1, "Founding", "plan", [("founder", "d.0", 0), ("founded", "d.1", 0), ("place", "e.0", 0)])]
    (first, second) = runs([sentence("d.0", told), sentence("d.1", []), sentence("e.0", [])], None)
    assert (len(first.words), len(second.words)) == (4, 2)
    assert first.heads == [1, 1, 3, 3]
    (event,) = first.events
    assert (event.trigger, CLASSES[event.event]) == (1, "Founding")
    assert {t: ROLES[r] for t, r in event.roles.items()} == {0: "founder", 2: "founded"}


@pytest.mark.parametrize("path", sorted(MARKED.glob("*.tsv")), ids=lambda p: p.stem)
def test_the_sets_that_are_kept_can_be_read(path):
    sentences = read_sentences(path)
    assert sum(len(m.roles) for m in read_marks(path.with_suffix(".txt"), sentences)) > 300
