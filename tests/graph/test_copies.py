"""One report in several papers is found for what it is, and counts once."""

import dataclasses
import random

import pytest

from kg.graph.copies import Sketched, copies, order, sketch
from kg.graph.view import GraphView
from kg.model import Claim, Extraction, Mention
from kg.read import document_from_text
from kg.resolve import resolve

WORDS = [a + b for a in "bal cor dun fal gri".split() for b in "an et is or um ax ib".split()]


def prose(seed, length=200):
    return " ".join(random.Random(seed).choices(WORDS, k=length))


def sketched(*texts):
    return [Sketched(str(n), order(None, str(n), str(n)), sketch(text)) for n, text in enumerate(texts)]


def test_a_report_with_another_head_or_without_its_end_is_a_copy():
    report = prose(1)
    found = dict(copies(sketched(report, "Head. " + report, report[: int(len(report) * 0.75)], prose(2))))
    assert found == {"1": "0", "2": "0"}


def test_texts_of_one_subject_are_none():
    assert not dict(copies(sketched(*(prose(n) for n in range(40)))))


def test_short_texts_are_not_compared():
    assert sketch("Rain fell on Tarn.") == b""
    assert not dict(copies(sketched("Rain fell.", "Rain fell.")))


def test_the_first_day_is_the_first_and_order_does_not_matter():
    report = prose(3)
    given = [
        Sketched("a", order("2020-05-02", "a", "a"), sketch(report)),
        Sketched("b", order("2020-05-01", "b", "b"), sketch(report + " late")),
        Sketched("c", order(None, "c", "c"), sketch("early " + report)),
    ]
    for each in (given, given[::-1]):
        assert dict(copies(each)) == {"a": "b", "c": "b"}


@pytest.mark.parametrize("length", [30, 5000, 20_000])
def test_a_sketch_does_not_depend_on_chunks(length):
    text = prose(5, length)
    assert len(sketch(text)) == 512
    assert sketch(text) == sketch(text.upper())


def test_copies_count_once_in_the_support_of_a_fact():
    report = "Ada Moreau lives in Port Vale. " + prose(4)
    documents, extractions = [], []
    for name, text in (("a", report), ("b", report + " end"), ("c", "Ada Moreau lives in Port Vale.")):
        document = document_from_text(text, source=name, structure=False)
        person = Mention(0, 10, "Ada Moreau", "name", "Person", "Ada Moreau", chain=0)
        place = Mention(20, 29, "Port Vale", "name", "GPE", "Port Vale", chain=1)
        claim = Claim(0, "live_in", 1, text="lives", start=0, end=29, rule="main-own", confidence=0.9)
        documents.append(document)
        extractions.append(Extraction(document.id, name, (person, place), (claim,), ((0, 30),)))
    graph = GraphView.from_records(documents, extractions, resolve(extractions, linkers=[]))
    assert graph.copies == {documents[1].id: documents[0].id}
    (fact,) = graph.facts(relation="live_in")
    assert (len(fact.evidence), fact.support) == (3, 2)
    assert dataclasses.replace(fact, evidence=()).support == 0
