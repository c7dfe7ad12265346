"""What is counted without making records of it is what the records are."""

import dataclasses
from pathlib import Path

import pytest
from small_graph import CLAIMS, DOCUMENT, EXTRACTION, RESOLUTION

from kg.graph.counting import Counts, counted
from kg.graph.view import GraphView
from kg.store.triples import TripleStore

pytestmark = pytest.mark.usefixtures("models_once")

OUTPUT = Path(__file__).parents[2] / "output" / "graph.ttl"


def of_records(graph):
    facts = graph.facts()
    return Counts(
        documents=len(graph.documents),
        entities=len(graph.entities),
        facts=len(facts),
        unasserted=sum(not fact.asserted for fact in facts),
        copies=len(graph.copies),
        withheld=graph.withheld,
    )


def graph_of(*claims):
    extraction = dataclasses.replace(EXTRACTION, claims=claims)
    return GraphView.from_records([DOCUMENT], [extraction], RESOLUTION)


def test_a_built_graph_is_counted_as_it_is_read():
    graph = graph_of(*CLAIMS)
    assert graph.counts() == of_records(graph)


def test_a_graph_of_many_facts_is_counted_as_it_is_read():
    graph = GraphView.from_file(OUTPUT)
    counts = graph.counts()
    assert counts == of_records(graph)
    assert counts.facts > counts.unasserted > 0


def test_statements_that_say_the_same_are_one_fact():
    died = CLAIMS[-1]
    once, twice = graph_of(died), graph_of(died, dataclasses.replace(died, start=died.start - 4))
    assert len(twice.store) > len(once.store)
    assert twice.counts() == once.counts() == of_records(twice)
    assert once.counts().facts == 1


@pytest.mark.parametrize("prop", ["nearDuplicateOf", "withheld"])
def test_copies_and_what_was_withheld_are_counted(prop):
    graph = graph_of(*CLAIMS)
    node = f"<{graph.names.doc}{DOCUMENT.id}>"
    graph.store.add([(node, f"<{graph.names.kg}{prop}>", node)])
    assert graph.counts() == of_records(graph)
    assert graph.counts().copies + graph.counts().withheld == 1


def test_without_statements_the_records_are_asked():
    store = TripleStore()
    store.add([("<https://a.example/x>", "<https://a.example/knows>", "<https://a.example/y>")])
    graph = GraphView(store)
    assert counted(store.lines(), graph.names) is None
    assert graph.counts() == of_records(graph)
