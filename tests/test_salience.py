"""How much the texts are about a thing."""

import random

import pytest

from kg.knowledge import KnowledgeGraph, build, open_graph
from kg.library.directory import StoreDirectory
from kg.model import Entity, Evidence, Fact
from kg.rdf.salience import event_classes
from kg.salience import salience, score

pytestmark = pytest.mark.usefixtures("models_once")

ADA = Entity("Ada_Brandt", "Person", "Ada Brandt")
MILL = Entity("Ross_Mill", "Organization", "Ross Mill")
RIVER = Entity("river-0123abcd", "Location", "river")
LUND = Entity("Lund", "GPE", "Lund")


def fact(subject, relation, end, *, doc="d1", at=0, copy_of="", **more):
    found = Evidence(doc, at, at + 5, "A sentence.", "test", 0.9, copy_of=copy_of)
    return Fact(subject, relation, end, evidence=(found,), **more)


def of(*facts):
    return salience([ADA, MILL, RIVER, LUND], facts)


def test_a_name_is_more_salient_than_a_noun_of_which_as_much_is_said():
    found = of(fact(ADA, "own", MILL), fact(ADA, "cross", RIVER), fact(MILL, "lie_on", RIVER))
    assert found[ADA.id] > found[RIVER.id] > 0
    assert found[LUND.id] == 0


def test_each_further_document_adds_and_a_near_copy_does_not():
    once = of(fact(ADA, "own", MILL))
    again = of(fact(ADA, "own", MILL), fact(ADA, "own", MILL, doc="d2"))
    copied = of(fact(ADA, "own", MILL), fact(ADA, "own", MILL, doc="d2", copy_of="d1"))
    assert again[ADA.id] > once[ADA.id] == copied[ADA.id]


@pytest.mark.parametrize(
    "more",
    [
        {"asserted": False},
        {"asserted": False, "negated": True},
        {"asserted": False, "modality": "Planned"},
        {"asserted": False, "modality": "Reported"},
    ],
)
def test_what_is_not_asserted_counts_less(more):
    assert of(fact(ADA, "own", MILL, **more))[ADA.id] < of(fact(ADA, "own", MILL))[ADA.id]


def test_what_opens_a_text_counts_more_than_what_stands_far_below():
    assert of(fact(ADA, "own", MILL))[ADA.id] > of(fact(ADA, "own", MILL, at=9000))[ADA.id]


def test_the_order_of_facts_does_not_matter():
    facts = [
        fact(ADA, f"r{i}", end, doc=f"d{i % 3}", at=i * 37) for i, end in enumerate([MILL, RIVER, LUND] * 5)
    ]
    mixed = facts[:]
    random.Random(3).shuffle(mixed)
    assert of(*facts) == of(*mixed)


def test_it_is_a_share_of_one_for_any_sum():
    assert 0 < score(100, id="A", kind="Person") < score(10**9, id="A", kind="Person") <= 1


def test_events_are_the_classes_below_event():
    assert "Event" in event_classes()
    assert "Person" not in event_classes()


TEXTS = {
    "https://example.org/1": "Ada Brandt founded Ross Mill in Lund. Ross Mill employs forty people.",
    "https://example.org/2": "Ada Brandt sold Ross Mill to Carl Holm. Carl Holm lives in Lund.",
    "https://example.org/3": "Carl Holm praised Ada Brandt.",
}


def saliences(graph):
    return {e.id: e.salience for e in graph.entities}


@pytest.mark.model
def test_the_graph_has_what_its_facts_give():
    graph = build([{"text": text, "uri": uri} for uri, text in TEXTS.items()])
    assert max(graph.entities, key=lambda e: e.salience).label in ("Ada Brandt", "Ross Mill")
    # Statements are what the graph counts: each once, the surest reading of it.
    computed = salience(graph.entities, graph.facts(), events=event_classes())
    assert saliences(graph) == computed


@pytest.mark.model
def test_a_store_gives_what_a_build_gives(tmp_path):
    store = StoreDirectory.create(tmp_path / "store")
    for uri in reversed(TEXTS):
        store.add_text(TEXTS[uri], uri=uri)
    built = build([{"text": text, "uri": uri} for uri, text in TEXTS.items()])
    assert saliences(open_graph(tmp_path / "store")) == saliences(built)


def test_a_graph_that_is_read_again_keeps_it(tmp_path):
    from small_graph import DOCUMENT, EXTRACTION, RESOLUTION

    graph = KnowledgeGraph.from_records([DOCUMENT], [EXTRACTION], RESOLUTION)
    assert any(saliences(graph).values())
    assert saliences(open_graph(graph.save(tmp_path / "g.nt"))) == saliences(graph)


@pytest.mark.model
def test_the_status_of_a_store_names_what_it_is_most_about(tmp_path, capsys):
    from kg.cli import main

    store = StoreDirectory.create(tmp_path / "store")
    store.add_text(TEXTS["https://example.org/1"])
    main(["status", str(tmp_path / "store")])
    assert "most of all about: Ross Mill, Ada Brandt, " in capsys.readouterr().out
