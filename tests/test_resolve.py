"""Who is who across documents."""

import random

from kg.model import Extraction, Mention
from kg.resolve import normalise, resolve


def document(doc_id, *mentions):
    made, at = [], 0
    for text, kind, type_, chain in mentions:
        made.append(Mention(at, at + len(text), text, kind, type_, text, chain))
        at += len(text) + 1
    return Extraction(doc_id=doc_id, source=f"{doc_id}.txt", mentions=tuple(made))


def test_one_name_in_two_documents_is_one_entity():
    a = document("a" * 16, ("Ada Lovelace", "name", "Person", 0), ("Lovelace", "name", "Person", 0))
    b = document("b" * 16, ("Ada Lovelace", "name", "Person", None))
    r = resolve([a, b])
    assert [e.id for e in r.entities] == ["Ada_Lovelace"]
    assert r.entities[0].aliases == ("Lovelace",)
    assert r.links == {"a" * 16: (0, 0), "b" * 16: (0,)}


def test_a_nominal_belongs_to_its_document():
    a = document("a" * 16, ("surprise attack", "nominal", "Event", None))
    b = document("b" * 16, ("surprise attack", "nominal", "Event", None))
    assert [e.id for e in resolve([a, b]).entities] == [
        "surprise_attack-aaaaaaaa",
        "surprise_attack-bbbbbbbb",
    ]


def test_two_nominals_of_one_document_differ_by_offset():
    a = document("a" * 16, ("attack", "nominal", "Event", None), ("attack", "nominal", "Event", None))
    assert [e.id for e in resolve([a]).entities] == ["attack-aaaaaaaa-0", "attack-aaaaaaaa-7"]


def test_two_families_that_share_a_name_are_told_apart():
    a = document("a" * 16, ("Washington", "name", "GPE", None))
    b = document("b" * 16, ("Washington", "name", "Organization", None))
    assert [e.id for e in resolve([a, b]).entities] == ["Washington--organization", "Washington--place"]


def test_times_clauses_and_plain_attributes_are_literals():
    a = document("a" * 16, ("Monday", "time", "Concept", None), ("high", "attribute", "Concept", None))
    assert resolve([a]).links == {"a" * 16: (None, None)}


def test_the_order_of_documents_does_not_matter():
    documents = [
        document(
            f"{i:016d}",
            (f"Name {i % 7}", "name", "Organization", 0),
            ("the firm", "nominal", "Organization", 0),
        )
        for i in range(40)
    ]
    expected = resolve(documents)
    random.Random(1).shuffle(documents)
    assert resolve(documents) == expected


def test_normalise():
    assert normalise("the  U.N.") == "un"
    assert normalise("Café Müller's") == "cafe muller"
