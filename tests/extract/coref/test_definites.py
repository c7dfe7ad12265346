"""What a definite noun stands for, on Docs built by hand and with trees of one leaf."""

import numpy as np
import pytest

from kg.extract.coref import cluster, context, definites, features, nominals, ranker
from kg.extract.parse import references
from kg.extract.reading import MentionDraft

TEXT = """
Orvik NNP nsubj 1
bought VBD ROOT 1
Lumen NNP dobj 1
from IN prep 1
Hale NNP pobj 3

The DT det 1
retailer NN nsubj 2
paid VBD ROOT 2
cash NN dobj 2
"""
ORVIK, LUMEN, HALE, RETAILER = 0, 2, 4, 6


@pytest.fixture
def reading(read):
    found = read(TEXT)
    for i, kind in ((ORVIK, "Organization"), (LUMEN, "Organization"), (HALE, "Person")):
        span = found.blocks[0].doc[i : i + 1]
        found.add(MentionDraft(found.blocks[0], span, span.root, "name", kind, span.text))
    return found


def vectors(reading, asks=(), answers=(), new=0):
    """Note vectors in which what is given stands alone: of the first dimension."""
    size = len(reading.blocks[0].doc)
    table = [np.zeros((size, references.WIDTH), np.int8) for _ in range(2)]
    for place, values in zip(table, (asks, answers), strict=True):
        for i, value in dict(values).items():
            place[i, 0] = value
    found = references.Vectors(*table, np.full(size, new, np.int8))
    reading.blocks[0].doc.user_data[references.KEY] = found


def noun(clusters, reading, **given):
    block = reading.blocks[0]
    found = definites.noun_of(clusters, block, block.doc[RETAILER], set(), None)
    return found._replace(type="Organization", **given)


def names(candidates):
    return [last.span.text for _, last in candidates]


def test_candidates_are_what_number_and_class_allow_nearest_first(reading):
    clusters = cluster.Clusters(reading)
    block = reading.blocks[0]
    asked = noun(clusters, reading)
    assert names(definites.candidates_for(clusters, block, block.doc[RETAILER], asked, frozenset())) == [
        "Lumen",
        "Orvik",
    ]
    asked = noun(clusters, reading, plural=True)
    assert names(definites.candidates_for(clusters, block, block.doc[RETAILER], asked, frozenset())) == [
        "Lumen",
        "Orvik",
    ]
    asked = noun(clusters, reading)._replace(type="Person")
    assert names(definites.candidates_for(clusters, block, block.doc[RETAILER], asked, frozenset())) == [
        "Hale"
    ]


def test_what_the_clauses_around_it_tell_of_is_not_meant(reading):
    clusters = cluster.Clusters(reading)
    block = reading.blocks[0]
    told_of = frozenset({(0, LUMEN)})
    found = definites.candidates_for(clusters, block, block.doc[RETAILER], noun(clusters, reading), told_of)
    assert names(found) == ["Orvik"]


def test_columns_say_how_well_each_answers(reading):
    vectors(reading, asks={RETAILER: 100}, answers={ORVIK: 60, LUMEN: -20}, new=16)
    clusters = cluster.Clusters(reading)
    block = reading.blocks[0]
    asked = noun(clusters, reading)
    candidates = definites.candidates_for(clusters, block, block.doc[RETAILER], asked, frozenset())
    rows = definites.rows_for(clusters, block, block.doc[RETAILER], asked, candidates)
    columns = features.names_of(definites.NOUN_COLUMNS)
    lumen, orvik = (dict(zip(columns, row, strict=True)) for row in rows)
    unit = references.UNIT**2 * references.WIDTH**0.5
    assert orvik["pair.affinity"] == pytest.approx(6000 / unit)
    assert lumen["pair.affinity"] == pytest.approx(-2000 / unit)
    assert orvik["pair.over_others"] == pytest.approx(8000 / unit)
    assert orvik["pair.over_new"] == pytest.approx(6000 / unit - 1)
    assert 0 < lumen["pair.share"] < orvik["pair.share"] < 1


@pytest.fixture
def by_affinity(monkeypatch):
    """Trees of one cut: what is answered better than nothing, and better than by all others, is chosen."""
    columns = features.names_of(definites.NOUN_COLUMNS)
    above = [
        ([columns.index(name), -1, -1], [0.0, 0, 0], [1, 0, 0], [2, 0, 0], [0, 0, 1])
        for name in ("pair.over_new", "pair.over_others")
    ]
    ranking = ranker.Ranking(features.LEARNED, {definites.GROUP: ranker.Model(2, above)})
    monkeypatch.setattr(ranker, "rankings", lambda *, learned: ranking)


@pytest.mark.usefixtures("by_affinity")
def test_a_noun_joins_what_answers_best(reading):
    vectors(reading, asks={RETAILER: 100}, answers={ORVIK: 60, LUMEN: 20}, new=0)
    clusters = cluster.Clusters(reading)
    block = reading.blocks[0]
    assert clusters.read
    assert nominals.resolve(clusters, block, block.doc[RETAILER])
    ((mention, antecedent, rule, _),) = reading.coref
    assert (mention.span.text, antecedent.span.text, rule) == ("The retailer", "Orvik", "definite")


@pytest.mark.usefixtures("by_affinity")
def test_a_noun_that_nothing_answers_joins_nothing(reading):
    vectors(reading, asks={RETAILER: 100}, answers={ORVIK: 60}, new=127)
    clusters = cluster.Clusters(reading)
    block = reading.blocks[0]
    assert nominals.resolve(clusters, block, block.doc[RETAILER])
    assert not reading.coref


def test_without_the_reader_the_rules_alone_choose(reading):
    clusters = cluster.Clusters(reading)
    assert not clusters.read
    block = reading.blocks[0]
    assert nominals.resolve(clusters, block, block.doc[RETAILER])
    assert not reading.coref


def second_look(reading, *, share=0.5, over_new=1.0, said=False, beyond=(-9000, -9000), heads=(), **given):
    """Look again at "the retailer", for Lumen or Orvik; `heads` say what Lumen was told to be."""
    clusters = cluster.Clusters(reading)
    block = reading.blocks[0]
    asked = noun(clusters, reading, **given)
    candidates = definites.candidates_for(clusters, block, block.doc[RETAILER], asked, frozenset())
    candidates[0][0].heads.update(heads)
    columns = features.names_of(definites.NOUN_COLUMNS)
    row = [0.0] * len(columns)
    row[columns.index("pair.share")], row[columns.index("pair.over_new")] = share, over_new
    row[columns.index("pronoun.verb_be")] = float(said)
    row[columns.index("pronoun.role")] = context.role_number("nsubj")
    found = definites.second_look(clusters, asked, candidates, [row, row], list(beyond))
    return None if found is None else found.mentions[0].span.text


def test_what_was_told_to_be_narrower_is_called_by_a_broader_noun(reading):
    assert second_look(reading, heads=["shipyard"], lemma="yard") == "Lumen"
    assert second_look(reading, heads=["brewer"], lemma="company") == "Lumen"
    assert second_look(reading, heads=["bakery"], lemma="yard") is None
    assert second_look(reading, heads=["yard"], lemma="yard") is None
    assert second_look(reading, heads=["shipyard"], lemma="yard", beyond=(-40000, -9000)) is None
    assert second_look(reading, heads=["shipyard"], lemma="yard", modifiers=frozenset({"rival"})) is None


def test_what_alone_is_asked_for_is_taken_below_the_bar(reading):
    assert second_look(reading, share=0.95, over_new=3.0, beyond=(-20000, -5000)) == "Orvik"
    assert second_look(reading, share=0.95, over_new=3.0, beyond=(-20000, -15000)) is None
    assert second_look(reading, share=0.4, over_new=3.0) is None
    assert second_look(reading, share=0.95, over_new=0.5) is None
    assert second_look(reading, share=0.95, over_new=3.0, determiner="that") is None
    assert second_look(reading, share=0.95, over_new=3.0, said=True) is None


def answered(reading, *, others=0.0, **given):
    """Look again with another share for the one that stands farther back."""
    original = definites.second_look

    def apart(clusters, asked, candidates, rows, beyond):
        column = features.names_of(definites.NOUN_COLUMNS).index("pair.share")
        other = list(rows[1])
        other[column] = others
        return original(clusters, asked, candidates, [rows[0], other], beyond)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(definites, "second_look", apart)
        return second_look(reading, beyond=(-9000, -9500), **given)


def test_a_thing_that_answers_better_than_its_rivals_is_taken(reading):
    assert answered(reading, share=0.7, over_new=3.0) == "Lumen"
    assert answered(reading, share=0.7, over_new=3.0, others=0.2) is None
    assert answered(reading, share=0.7, over_new=1.0) is None
    assert answered(reading, share=0.7, over_new=3.0, plural=True) is None


def test_what_adds_to_what_was_told_or_is_told_otherwise_must_answer_better(reading):
    danish = frozenset({"danish"})
    assert answered(reading, share=0.7, over_new=3.0, modifiers=danish) is None
    assert answered(reading, share=0.85, over_new=3.0, modifiers=danish) == "Lumen"
    assert answered(reading, share=0.85, over_new=3.0, heads=["bakery"], modifiers=danish) is None
    assert answered(reading, share=0.85, over_new=3.0, heads=["bakery"]) is None
    assert answered(reading, share=0.95, over_new=5.0, heads=["bakery"]) == "Lumen"


def test_a_thing_of_one_land_is_none_of_another():
    thing = cluster.CorefCluster(type="Organization", words={"danish"})
    asked = definites.Noun("firm", "Organization", False, frozenset({"swedish"}), "the", 0, 0.0, None)
    assert not definites._may_be_said(thing, asked)
    assert definites._may_be_said(thing, asked._replace(modifiers=frozenset({"danish", "big"})))
    assert definites._may_be_said(thing, asked._replace(modifiers=frozenset({"older"})))
