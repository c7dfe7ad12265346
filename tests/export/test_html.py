"""The page as text: complete, inert, the same each time."""

import base64
import dataclasses
import hashlib
import json
import random
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_graph import DOCUMENT, EXTRACTION, RESOLUTION

from kg.errors import GraphError
from kg.export.html import page, render, write_html
from kg.export.page_data import label_of, literal_text, status_of, tables
from kg.knowledge import KnowledgeGraph, open_graph
from kg.model import Document, Entity, Evidence, Fact, Value


class Held:
    """The least that the page asks of a graph."""

    def __init__(self, records):
        self.entities, self._facts, self.documents = records

    def facts(self):
        return self._facts


def blocks(text):
    """The JSON that the page carries, by element id."""
    found = re.findall(r'<script type="application/json" id="(\w+)-data">(.*?)</script>', text, re.DOTALL)
    return {name: json.loads(content) for name, content in found}


def test_counts_equal_the_records(harbour):
    graph = blocks(page(*harbour))["graph"]
    entities, facts, _ = harbour
    assert len(graph["label"]) == len(entities) == graph["counts"]["entities"]
    assert len(graph["from"]) == len(facts) == graph["counts"]["facts"]
    assert sum(to >= 0 for to in graph["to"]) == sum(isinstance(f.object, Entity) for f in facts)
    assert sum(graph["counts"][s] for s in graph["statuses"]) == len(facts)


def test_same_records_in_any_order_give_the_same_bytes(harbour):
    once = page(*harbour)
    entities, facts, papers = (list(part) for part in harbour)
    random.Random(3).shuffle(entities)
    random.Random(4).shuffle(facts)
    assert page(entities, facts, papers) == once


def test_every_sentence_is_carried_once_and_leads_to_the_words(harbour):
    _, facts, papers = harbour
    evidence = blocks(page(*harbour))["evidence"]
    wide = papers[0].text.encode("utf-16-le")
    for numbers in evidence["evidence"]:
        for sentence, start, end in zip(numbers[::3], numbers[1::3], numbers[2::3], strict=True):
            doc, first, length = evidence["sentences"][sentence]
            quote = wide[2 * first : 2 * (first + length)]
            words = quote[2 * start : 2 * end].decode("utf-16-le")
            assert doc == 0
            assert any(e.quote == quote.decode("utf-16-le") for f in facts for e in f.evidence)
            assert any(papers[0].text[e.start : e.end] == words for f in facts for e in f.evidence)
    assert len({tuple(row) for row in evidence["sentences"]}) == len(evidence["sentences"])


def test_without_texts_the_sentences_are_carried(harbour):
    entities, facts, papers = harbour
    bare = Document(papers[0].id, papers[0].source, "", title=papers[0].title)
    sentences = blocks(page(entities, facts, [bare]))["evidence"]["sentences"]
    assert {row[2] for row in sentences} == {e.quote for f in facts for e in f.evidence}


def test_scripts_and_styles_are_those_the_policy_names(harbour):
    text = page(*harbour)
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', text).group(1)
    assert "unsafe" not in policy
    assert policy.startswith("default-src 'none'")
    code = re.findall(r"<script>(.*?)</script>", text, re.DOTALL) + re.findall(
        r"<style>(.*?)</style>", text, re.DOTALL
    )
    assert len(code) == 3
    for content in code:
        digest = base64.b64encode(hashlib.sha256(content.encode("utf-8")).digest()).decode()
        assert f"'sha256-{digest}'" in policy
    assert not re.search(r"<[^>]+\son\w+=", text.split("<script")[0])


HOSTILE = st.one_of(
    st.text(max_size=30),
    st.sampled_from(
        [
            "</script><script>window.hit=1</script>",
            "<img src=x onerror=window.hit=1>",
            "<!--<script>",
            "]]>",
            '" onload="window.hit=1',
            "javascript:window.hit=1",
            "{{ 7*7 }}{% raw %}",
            "\ud800",
            "\u2028\u2029\x00\x1b",
            "__proto__",
            "constructor",
        ]
    ),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(HOSTILE, min_size=6, max_size=6))
def test_no_text_becomes_markup(strings):
    label, alias, key, quote, title, relation = strings
    thing = Entity(key or "x", "Person", label, (alias,), (label,))
    other = Entity("other", "Concept", title)
    paper = Document(key, title, quote, title=title, uri=label)
    facts = [
        Fact(thing, relation or "r", other, evidence=(Evidence(key, 0, 1, quote, alias, 0.5),)),
        Fact(other, "say", quote, attributed_to=thing, asserted=False),
    ]
    text = page([thing, other], facts, [paper])
    text.encode("utf-8")
    assert text.count("</script>") == 4  # vis-network has one "<script" in a string
    assert "<img" not in text.split("<script>")[0]
    graph = blocks(text)["graph"]
    assert len(graph["label"]) == len({thing.id, other.id})


def test_no_label_is_an_iri_or_empty():
    assert label_of(Entity("a", "Concept", "https://example.org/entity/Big_Bank")) == "Big Bank"
    assert label_of(Entity("Big_Bank", "Concept", "  ")) == "Big Bank"
    assert label_of(Entity("", "Concept", "")) == "(no name)"


def test_values_are_said_in_words():
    assert literal_text(Value("32500", comparator="MoreThan")) == "more than 32500"
    assert literal_text(Value("2.5", "decimal", "%")) == "2.5 %"
    assert literal_text(Value("10", lower="10", upper="12")) == "10 to 12"
    assert literal_text(None) == ""


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({}, "asserted"),
        ({"asserted": False, "modality": "Reported"}, "reported"),
        ({"asserted": False, "modality": "Possible"}, "planned"),
        ({"asserted": False, "negated": True, "modality": "Planned"}, "negated"),
        ({"asserted": False}, "doubtful"),
    ],
)
def test_standing_of_a_fact(changes, status):
    assert status_of(Fact(Entity("a", "Person", "a"), "do", None, **changes)) == status


def test_text_over_the_budget_is_left_out_and_counted(harbour):
    made = tables(*harbour, text_budget=200)
    assert made.graph["left_out"] > 0
    cited = [n for row in made.evidence["evidence"] for n in row[::3]]
    assert cited.count(-1) == made.graph["left_out"]


def test_writing_is_utf8_whatever_the_locale(harbour, tmp_path, monkeypatch):
    monkeypatch.setattr("locale.getpreferredencoding", lambda *_: "ascii")
    target = tmp_path / "new" / "page.html"
    write_html(Held(harbour), target)
    assert target.read_bytes().decode("utf-8") == render(Held(harbour))
    assert [p.name for p in target.parent.iterdir()] == ["page.html"]


def test_a_failed_writing_leaves_the_good_page(harbour, tmp_path, monkeypatch):
    target = tmp_path / "page.html"
    target.write_text("good")
    monkeypatch.setattr(
        "pathlib.Path.replace", lambda *_: (_ for _ in ()).throw(OSError(28, "No space left"))
    )
    with pytest.raises(GraphError, match="No space left"):
        write_html(Held(harbour), target)
    assert target.read_text() == "good"
    assert len(list(tmp_path.iterdir())) == 1


def test_fixed_weight(harbour):
    assert len(page([], []).encode("utf-8")) < 800_000


def test_the_page_of_a_graph_counts_what_its_turtle_counts(tmp_path):
    graph = KnowledgeGraph.from_records([DOCUMENT], [EXTRACTION], RESOLUTION)
    entities, facts = len(graph.entities), len(graph.facts())
    made = blocks(render(graph))["graph"]["counts"]
    assert (made["entities"], made["facts"]) == (entities, facts)
    assert made["documents"] == len(graph.documents)
    again = open_graph(graph.save(tmp_path / "graph.ttl"))
    assert blocks(render(again))["graph"] == blocks(render(graph))["graph"]


def test_a_notebook_gets_a_small_drawing_and_a_frame():
    graph = KnowledgeGraph.from_records([DOCUMENT], [EXTRACTION], RESOLUTION)
    drawing = graph._repr_html_()
    assert "<svg" in drawing
    assert "<script" not in drawing
    assert len(drawing) < 20_000
    frame = graph.show(height=300)._repr_html_()
    assert "height:300px" in frame
    assert "allow-same-origin" not in frame


def test_names_of_one_sentence_without_a_fact_are_weakly_linked(harbour):
    made = tables(*harbour)
    labels, rows = made.graph["label"], made.evidence["together"]
    pairs = {
        frozenset((labels[a], labels[b])): n
        for a, b, n in zip(rows[::4], rows[1::4], rows[2::4], strict=True)
    }
    assert pairs[frozenset(("Tom Reed", "Ferrum Ltd"))] == 1
    assert frozenset(("Tom Reed", "Ines Álvarez")) not in pairs  # a fact joins them
    assert all("court" not in pair for pair in pairs)


def test_the_page_has_the_salience_of_the_graph_or_works_it_out(harbour):
    entities, facts, papers = harbour
    given = [dataclasses.replace(e, salience=0.25 if e.label == "Portovale" else 0.0) for e in entities]
    for records, wanted in ((given, {"Portovale": 250}), (entities, {"Portovale": None})):
        made = tables(records, [] if records is given else facts, papers).graph
        found = dict(zip(made["label"], made["salience"], strict=True))
        assert found["Portovale"] == (wanted["Portovale"] or found["Portovale"]) > 0
