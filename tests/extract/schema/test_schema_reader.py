"""Triples of a schema: patterns, classes, arguments, and what sentences say in the relations of a schema."""

import pathlib

import pytest

from kg import schema
from kg.config import ExtractConfig
from kg.extract.lexicon import table
from kg.extract.parse import pipeline
from kg.extract.parse.repair import tree_of
from kg.extract.schema.classes import classes_of, fit
from kg.extract.schema.phrasings import pattern, phrasing_of
from kg.extract.schema.topics import topic_of
from kg.read import document_from_text
from kg.schema import Relation

SCHEMA = pathlib.Path(__file__).with_name("schema.json")


def test_every_pattern_of_the_table_can_be_read():
    for key, row in table("schema/phrasings").items():
        assert row["label"], key
        for says in row["says"]:
            assert {"S", "O"} == {says.split()[0], says.split()[-1]} or " O " in f" {says} ", (key, says)
            pattern(says)


def test_every_class_of_the_table_is_known():
    for key, row in table("schema/phrasings").items():
        for field in ("domain", "range", "members"):
            for name in row.get(field, "").split("|"):
                assert not name or classes_of(name), (key, field, name)


@pytest.mark.parametrize(
    ("label", "id", "key"),
    [
        ("director", "", "P57"),
        ("Directed By", "", "P57"),
        ("headquarters_location", "", "P159"),
        ("made by a hand", "P84", "P84"),
        ("home venue", "P159", "P115"),  # the label says more than the id
        ("wears the colours of", "", ""),
    ],
)
def test_a_relation_is_found_by_label_then_by_id(label, id, key):
    assert phrasing_of(Relation(label, id)).key == key


def test_an_ambiguous_label_is_decided_by_domain_and_range():
    assert phrasing_of(Relation("artist", "", "song", "human")).key == "P175"
    assert phrasing_of(Relation("written by", "P50")).key == "P50"


@pytest.mark.parametrize(
    ("label", "type", "text", "called", "expected"),
    [
        ("human", "Person", "Ada Berg", (), 1),
        ("human", "GPE", "Bergen", (), -1),
        ("city", "Person", "Ada Berg", (), -1),
        ("calendar date", "time", "1974", (), 1),
        ("calendar date", "Person", "Ada Berg", (), -1),
        ("film award", "Other", "Golden Gull Award", (), 2),
        ("voice type", "Concept", "mezzo-soprano", (), 2),
        ("voice type", "Concept", "carpenter", (), -1),
        ("constellation", "Other", "Nemo", ("constellation",), 2),
        ("football league", "Organization", "Northern League", (), 2),
        ("political party", "Organization", "Harbour Union", (), 2),
        ("political party", "GPE", "Harbour Union", (), 1),
        ("", "Person", "Ada Berg", (), 0),
    ],
)
def test_how_well_phrases_fit_a_class(label, type, text, called, expected):
    assert fit(classes_of(label), type, text, frozenset(called)) == expected


@pytest.fixture(scope="module")
def triples(extractor):
    relations = schema.load(SCHEMA)

    def read(text, cut=0.45):
        (rows,) = extractor.triples([document_from_text(text, source="lines", structure=False)], relations)
        return [(r.relation, *r.arguments) for r in rows if r.confidence >= cut]

    return read


@pytest.mark.model
@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "The Lantern House was designed by Elsa Brandt and restored by Jonas Pike in 1998.",
            [("architect", "Lantern House", "Elsa Brandt"), ("restored by", "Lantern House", "Jonas Pike")],
        ),
        (
            "Norvik Shipping was founded by Anders Holm in 1921 and is based in Bergen.",
            [
                ("founded by", "Norvik Shipping", "Anders Holm"),
                ("headquarters location", "Norvik Shipping", "Bergen"),
            ],
        ),
        (
            "Anders Holm was born in Trondheim and married Ingrid Dahl.",
            [("place of birth", "Anders Holm", "Trondheim"), ("spouse", "Anders Holm", "Ingrid Dahl")],
        ),
        (
            "The Sea Sparrow is a 1931 steamship built by Harland Works and moored in Hamburg.",
            [("moored_in", "Sea Sparrow", "Hamburg"), ("manufacturer", "Sea Sparrow", "Harland Works")],
        ),
        ("Salt Roads is a novel by Mara Quist.", [("author", "Salt Roads", "Mara Quist")]),
        (
            "The Long Tide is a 1974 drama film directed by Ole Berg and starring Nina Falk.",
            [("director", "The Long Tide", "Ole Berg")],
        ),
        (
            "Tove Lind, the curator of the Lantern House, spoke in Oslo.",
            [("curator", "Lantern House", "Tove Lind")],
        ),
        (
            "Jonas Pike, the architect of the Harbour Tower, lives in Lisbon.",
            [("architect", "Harbour Tower", "Jonas Pike")],
        ),
        (
            "In 2014 Jonas Pike designed the Lantern House.",
            [("architect", "Lantern House", "Jonas Pike")],
        ),
        (
            "Brandt, as Elsa Brandt was called in Oslo, was born in Trondheim.",
            [("place of birth", "Elsa Brandt", "Trondheim")],
        ),
        (
            "Sir Anders Holm CBE was born in Trondheim.",
            [("place of birth", "Anders Holm", "Trondheim")],
        ),
        (
            '"Salt (On the Quay)" is a novel by Mara Quist.',
            [("author", "Salt (On the Quay)", "Mara Quist")],
        ),
    ],
)
def test_what_a_sentence_says_is_found(triples, sentence, expected):
    assert set(expected) <= set(triples(sentence))


@pytest.mark.model
@pytest.mark.parametrize(
    ("sentence", "topic"),
    [
        ("Currently Marek Olsen plays for Lund.", "Marek Olsen"),
        ("Today, Rain on the Quay is best remembered for its star.", "Rain on the Quay"),
        ("In the Heat of the Bay is a 1967 film.", "In the Heat of the Bay"),
        ("The Norland women's national team represents Norland.", "The Norland women's national team"),
        ("Lund's last film was shot in Oslo.", "Lund"),
        ("The grey heron (Ardea cinerea) is a bird.", "grey heron"),
        ("5112 Orsa /ors/ is an asteroid.", "5112 Orsa"),
        ("Karl Lund's Der Seemann is a concerto for viola.", "Der Seemann"),
        ("De Navibus Claris or De Claris Navibus is a collection of tales.", "De Navibus Claris"),
        ("Tales of the Quay was an anthology of horror fiction.", "Tales of the Quay"),
        ("Love in the Time of Rain is a 2014 comedy film.", "Love in the Time of Rain"),
        ("Norvik/Halden: The Quay is a crossover novel.", "Norvik/Halden: The Quay"),
        ("Mr. Harbour IV is a 1988 film.", "Mr. Harbour IV"),
        ("Versions of the game were released for the Amiga.", None),
        ("The lake behind Lund Dam is named Lake Moe.", None),
        ("The Republic of Norland is a country.", "The Republic of Norland"),
        ("The British film was directed by Karl Lund.", None),
    ],
)
def test_the_topic_is_what_a_sentence_is_about(extractor, sentence, topic):
    (reading,) = pipeline.parse(extractor.nlp, [document_from_text(sentence)], as_written=True)
    tree = tree_of(reading.blocks[0])
    found = topic_of(tree, 0, tree.n)
    assert (found.text if found else None) == topic


@pytest.mark.model
@pytest.mark.parametrize(
    "sentence",
    [
        "Elsa Brandt did not design the Harbour Tower.",
        "The Meridian Company may be founded by Ruth Vale next year.",
        "Tove Lind spoke in Oslo.",
        "The committee met on Tuesday.",
        "She designed it.",
    ],
)
def test_what_a_sentence_does_not_say_is_left_out(triples, sentence):
    assert triples(sentence) == []


@pytest.mark.model
def test_arguments_are_words_of_the_sentence_and_relations_labels_of_the_schema(triples):
    labels = {r.label for r in schema.load(SCHEMA).relations}
    sentence = (
        'In 1921 the engineer Anders Holm ("the Eel") set up Norvik Shipping, now based in Bergen, Norway.'
    )
    found = triples(sentence, cut=0.0)
    assert found
    for relation, s, o in found:
        assert relation in labels
        assert s in sentence
        assert o in sentence


@pytest.mark.model
def test_the_same_text_gives_the_same_rows(triples):
    sentence = "Norvik Shipping was founded by Anders Holm in 1921 and is based in Bergen."
    assert triples(sentence, cut=0.0) == triples(sentence, cut=0.0)


@pytest.mark.model
def test_rows_below_the_cut_are_left_out(nlp):
    from kg.extract import Extractor

    relations = schema.load(SCHEMA)
    document = document_from_text("Tove Lind spoke in Oslo.", source="lines", structure=False)
    (kept,) = Extractor(ExtractConfig()).triples([document], relations)
    (all_,) = Extractor(ExtractConfig(tuple_confidence=0.0)).triples([document], relations)
    assert not kept
    assert all_
