"""Every node has a place of its own, the same each time."""

import math

from hypothesis import given, settings
from hypothesis import strategies as st

from kg.export.layout import communities, lay_out


@st.composite
def graphs(draw):
    count = draw(st.integers(0, 60))
    node = st.integers(0, max(count - 1, 0))
    links = draw(st.lists(st.tuples(node, node), max_size=90)) if count else []
    return count, links


@settings(max_examples=40, deadline=None)
@given(graphs())
def test_places_are_distinct_and_finite_and_the_same_again(graph):
    count, links = graph
    layout = lay_out(count, links)
    assert len(layout.places) == len(layout.communities) == count
    assert len(set(layout.places)) == count
    assert all(isinstance(v, int) and abs(v) < 10**6 for place in layout.places for v in place)
    assert lay_out(count, links) == layout


@settings(max_examples=40, deadline=None)
@given(graphs())
def test_communities_are_a_partition_of_the_linked_nodes(graph):
    count, links = graph
    groups = communities(count, links)
    linked = {node for a, b in links if a != b for node in (a, b)}
    assert sorted(node for group in groups for node in group) == sorted(linked)
    assert [len(g) for g in groups] == sorted((len(g) for g in groups), reverse=True)


def test_the_order_of_links_does_not_matter():
    links = [(0, 1), (1, 2), (3, 4), (4, 5), (2, 3), (5, 3)]
    assert lay_out(6, links).communities == lay_out(6, links[::-1]).communities


def test_labels_of_a_small_graph_have_room():
    links = [(i, (i * 7 + 3) % 40) for i in range(40)] + [(0, i) for i in range(1, 20)]
    places = lay_out(40, links, labels=["a label of some length"] * 40).places
    close = [
        (a, b)
        for i, a in enumerate(places)
        for b in places[:i]
        if abs(a[0] - b[0]) < 120 and abs(a[1] - b[1]) < 30
    ]
    assert len(close) <= 2


def test_a_large_star_is_placed_without_springs():
    layout = lay_out(1500, [(0, i) for i in range(1, 1500)])
    assert len(set(layout.places)) == 1500
    hub = layout.places[0]
    assert math.dist(hub, layout.regions[0][:2]) < layout.regions[0][2]
