"""Who is who across documents."""

import os
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import ConfigError
from kg.model import Claim, Extraction, Mention
from kg.resolve import Decisions, Gazetteer, Link, Parts, normalise, resolve

A, B, C = "a" * 16, "b" * 16, "c" * 16


def document(doc_id, *mentions, said=()):
    """An extraction of (text, kind, type, chain); `said` are (subject, relation, object) by mention."""
    made, at = [], 0
    for text, kind, type_, chain in mentions:
        made.append(Mention(at, at + len(text), text, kind, type_, text, chain))
        at += len(text) + 1
    claims = tuple(Claim(s, relation, o) for s, relation, o in said)
    return Extraction(doc_id=doc_id, source=f"{doc_id}.txt", mentions=tuple(made), claims=claims)


def person(doc_id, name, *company, roles=(), country=None):
    """A document about a person, in the company of organizations."""
    mentions = [(name, "name", "Person", 0)]
    mentions += [(role, "nominal", "Person", 0) for role in roles]
    mentions += [(other, "name", "Organization", n) for n, other in enumerate(company, 1)]
    said = []
    if country:
        mentions.append((country, "attribute", "GPE", 90))
        said.append((0, "country", len(mentions) - 1))
    return document(doc_id, *mentions, said=said)


def entity_of(resolution, doc_id, mention=0):
    return resolution.entities[resolution.links[doc_id][mention]]


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


def test_homonyms_in_conflicting_contexts_stay_apart():
    a = person(A, "John Marlow", "Leeds Rovers", "Premier League", roles=["footballer"], country="England")
    b = person(B, "John Marlow", "Senate", "Ohio Gazette", roles=["senator"], country="United States")
    r = resolve([a, b])
    assert entity_of(r, A).id == "John_Marlow-aaaaaaaa"
    assert entity_of(r, B).id == "John_Marlow-bbbbbbbb"
    assert [(p.a, p.b) for p in r.possible] == [("John_Marlow-aaaaaaaa", "John_Marlow-bbbbbbbb")]


def test_one_person_in_two_roles_is_one_where_the_company_is_shared():
    a = person(A, "Nadia Brandt", "Orbis Bank", "City Trust", roles=["economist"])
    b = person(B, "Nadia Brandt", "Orbis Bank", "City Trust", roles=["chairwoman"])
    assert entity_of(resolve([a, b]), A) == entity_of(resolve([a, b]), B)


def test_a_bare_surname_is_not_enough():
    r = resolve([person(A, "Karin Holt", "Orbis Bank"), person(B, "Holt", "River Club")])
    assert entity_of(r, A) != entity_of(r, B)
    assert [p.reason for p in r.possible] == ["same surname"]


def test_a_unique_surname_with_shared_company_is_enough():
    r = resolve([person(A, "Karin Holt", "Orbis Bank"), person(B, "Holt", "Orbis Bank")])
    assert entity_of(r, A) == entity_of(r, B)
    assert [(m.entity, m.reason) for m in r.merges if m.entity == "Karin_Holt"] == [
        ("Karin_Holt", "surname in shared company")
    ]


def test_the_place_in_a_name_is_no_surname():
    r = resolve([person(A, "Bertrand of Ansel", "Orbis Bank"), person(B, "Ansel", "Orbis Bank")])
    assert entity_of(r, A) != entity_of(r, B)


def test_a_surname_of_two_persons_stays_apart():
    documents = [
        person(A, "Karin Holt", "Orbis Bank"),
        person(B, "Peter Holt", "Orbis Bank"),
        person(C, "Holt", "Orbis Bank"),
    ]
    assert len({entity_of(resolve(documents), d).id for d in (A, B, C)}) == 3


def test_a_first_name_is_not_enough():
    r = resolve([person(A, "Karin Holt", "Orbis Bank"), person(B, "Karin", "Orbis Bank")])
    assert entity_of(r, A) != entity_of(r, B)


def test_bare_surnames_meet_only_in_company():
    r = resolve([person(A, "Vasquez", "Orbis Bank"), person(B, "Vasquez", "River Club")])
    assert entity_of(r, A) != entity_of(r, B)
    r = resolve(
        [person(A, "Vasquez", "Orbis Bank", "Tarn Works"), person(B, "Vasquez", "Orbis Bank", "Tarn Works")]
    )
    assert entity_of(r, A) == entity_of(r, B)


def test_an_acronym_joins_where_its_expansion_is_known():
    a = document(A, ("Northern Water Board", "name", "Organization", 0), ("NWB", "name", "Organization", 0))
    b = document(B, ("NWB", "name", "Organization", 0))
    r = resolve([a, b])
    assert entity_of(r, A) == entity_of(r, B)
    assert entity_of(r, A).label == "Northern Water Board"


def test_an_acronym_of_two_things_stays_alone():
    a = document(A, ("Northern Water Board", "name", "Organization", 0), ("NWB", "name", "Organization", 0))
    b = document(B, ("New World Bank", "name", "Organization", 0), ("NWB", "name", "Organization", 0))
    c = document(C, ("NWB", "name", "Organization", 0))
    r = resolve([a, b, c])
    assert len({entity_of(r, d).id for d in (A, B, C)}) == 3


def test_names_of_a_country_are_one_entity_with_an_iri_elsewhere():
    a = document(A, ("U.K.", "name", "GPE", 0))
    b = document(B, ("Britain", "name", "GPE", 0), ("British", "attribute", "GPE", 0))
    r = resolve([a, b])
    assert entity_of(r, A) == entity_of(r, B)
    assert entity_of(r, A).label == "United Kingdom"
    assert entity_of(r, A).aliases == ("Britain", "U.K.")
    assert entity_of(r, A).same_as == ("https://sws.geonames.org/2635167/",)


def test_near_names_are_candidates_and_no_merge():
    r = resolve([person(A, "Marguerite Fontaine", "X"), person(B, "Margueritte Fontaine", "Y")])
    assert [(p.a, p.b, p.reason) for p in r.possible] == [
        ("Marguerite_Fontaine", "Margueritte_Fontaine", "nearly the same name")
    ]


def test_names_that_differ_in_a_number_are_no_candidates():
    a = document(A, ("Flight 1753", "name", "Product", 0))
    b = document(B, ("Flight 1754", "name", "Product", 0))
    assert resolve([a, b]).possible == ()


def test_decisions_of_the_user_win():
    documents = [person(A, "Bob Reyes", "X"), person(B, "Robert Reyes", "Y"), person(C, "Bob Reyes", "Z")]
    decisions = Decisions(
        same=(("Bob Reyes@aaaa", "Robert Reyes"),), different=(("Bob Reyes@aaaa", "Bob Reyes@cccc"),)
    )
    r = resolve(documents, decisions=decisions)
    assert entity_of(r, A) == entity_of(r, B)
    assert entity_of(r, A) != entity_of(r, C)
    assert ("decided by the user", 2) in [(m.reason, m.documents) for m in r.merges]


def test_decisions_are_read_from_a_file(tmp_path):
    file = tmp_path / "merges.toml"
    file.write_text('same = [["A", "B"]]\n', encoding="utf-8")
    assert Decisions.read(file) == Decisions(same=(("A", "B"),))
    file.write_text('sames = [["A", "B"]]\n', encoding="utf-8")
    with pytest.raises(ConfigError, match="sames"):
        Decisions.read(file)
    file.write_text('same = ["A"]\n', encoding="utf-8")
    with pytest.raises(ConfigError, match="two or more names"):
        Decisions.read(file)
    with pytest.raises(ConfigError, match="cannot be read"):
        Decisions.read(tmp_path / "none.toml")


def test_a_gazetteer_fixes_label_type_and_identity(tmp_path):
    file = tmp_path / "people.csv"
    file.write_text(
        "id,label,aliases,type\nhttps://example.com/k7,Karin Maria Holt,Karin Holt|K. Holt,Person\n",
        encoding="utf-8",
    )
    linker = Gazetteer.read(file)
    r = resolve([person(A, "Karin Holt"), person(B, "K. Holt")], linkers=[linker])
    e = entity_of(r, A)
    assert (e.id, e.label, e.type, e.same_as) == (
        "Karin_Maria_Holt",
        "Karin Maria Holt",
        "Person",
        ("https://example.com/k7",),
    )
    assert entity_of(r, B) == e


def test_a_gazetteer_with_a_shared_name_links_by_class_or_not_at_all():
    rows = [
        Link("1", "Jordan", "Person"),
        Link("2", "Jordan", "GPE"),
        Link("3", "Paris", "GPE"),
        Link("4", "Paris", "GPE"),
    ]
    linker = Gazetteer(rows, [(), (), (), ()])
    assert linker.link(["Jordan"], "Person") == rows[0]
    assert linker.link(["Jordan"], "Location") == rows[1]
    assert linker.link(["Paris"], "GPE") is None


@pytest.mark.parametrize(
    ("text", "says"),
    [("name\nX\n", "no column id and label"), ("id,label,type\n1,X,Planet\n", "no class 'Planet'")],
)
def test_a_wrong_gazetteer_says_what_is_wrong(tmp_path, text, says):
    file = tmp_path / "g.csv"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError, match=says):
        Gazetteer.read(file)


NAMES = [
    "Karin Holt",
    "Holt",
    "Karin",
    "K. Holt",
    "Peter Holt",
    "Orbis Bank",
    "OB",
    "Orbis",
    "Georgia",
    "U.S.",
    "America",
]


TEXTS = st.lists(
    st.lists(
        st.tuples(st.sampled_from(NAMES), st.sampled_from(["Person", "Organization", "GPE"])),
        min_size=1,
        max_size=4,
    ),
    min_size=2,
    max_size=6,
)


def naming(texts):
    return [
        document(f"{n:016x}", *((name, "name", kind, n) for n, (name, kind) in enumerate(names)))
        for n, names in enumerate(texts)
    ]


@settings(max_examples=60, deadline=None)
@given(TEXTS, st.randoms(use_true_random=False))
def test_any_order_of_documents_gives_the_same(texts, rng):
    documents = naming(texts)
    expected = resolve(documents)
    assert len({e.id for e in expected.entities}) == len(expected.entities)
    rng.shuffle(documents)
    again = resolve(documents)
    assert (again.entities, again.possible, again.merges) == (
        expected.entities,
        expected.possible,
        expected.merges,
    )
    assert again.links == expected.links


@settings(max_examples=60, deadline=None)
@given(TEXTS)
def test_any_number_of_parts_gives_the_same(texts):
    documents = naming(texts)
    one, two, five = (resolve(documents, parts=Parts(number)) for number in (1, 2, 5))
    assert one == two == five


def many_of_one_name():
    """Namesakes whose company and country tell them apart, and names that are nearly the same."""
    names = ["Peter Holt", "Anna Lindqvist", "Anna Lindquist", "Maria Santos", "Maria Santoz"]
    made = [
        person(f"{n:08x}" * 2, name, f"Bank {n % 3}", f"Works {n % 3}", country=("Norland", "Telm")[n % 2])
        for n, name in enumerate(names * 6)
    ]
    return resolve(made), made


@pytest.mark.parametrize("number", [2, 5])
def test_parts_in_processes_give_the_same(number, monkeypatch):
    monkeypatch.setattr("kg.resolve.parts.WORTH_PROCESSES", 0)
    expected, documents = many_of_one_name()
    assert any(p.reason == "nearly the same name" for p in expected.possible)
    assert sum(e.label == "Peter Holt" for e in expected.entities) > 1
    assert resolve(documents, parts=Parts(number, 2)) == expected


def test_a_process_that_dies_costs_nothing_of_the_result(monkeypatch):
    monkeypatch.setattr("kg.resolve.parts.WORTH_PROCESSES", 0)
    monkeypatch.setattr("kg.forked._start", lambda *_: os._exit(1))
    expected, documents = many_of_one_name()
    assert resolve(documents, parts=Parts(2, 2)) == expected


def test_a_decision_on_a_name_that_nothing_bears_is_told_with_the_nearest(caplog):
    decisions = Decisions(same=(("Karin Hollt", "Peter Lind"), ("Zoe Zander", "Peter Lind")))
    resolve([person(A, "Karin Holt"), person(B, "Peter Lind")], decisions=decisions)
    told = [record.getMessage() for record in caplog.records]
    assert told == [
        "merges: nothing is called 'Karin Hollt'; did you mean 'Karin Holt'?",
        "merges: nothing is called 'Zoe Zander'",
    ]


def test_a_decision_may_name_an_entity_by_its_iri():
    decisions = Decisions(same=(("https://example.org/entity/Karin_Holt", "ent:K._Moss"),))
    r = resolve([person(A, "Karin Holt"), person(B, "K. Moss")], decisions=decisions)
    assert entity_of(r, A) == entity_of(r, B)


def test_a_row_of_a_gazetteer_that_a_slip_keeps_from_its_name_is_told(caplog):
    rows = [Link("1", "Karin Hollt", "Person"), Link("2", "Zoe Zander", "Person")]
    resolve([person(A, "Karin Holt")], linkers=[Gazetteer(rows, [(), ()])])
    told = [record.getMessage() for record in caplog.records]
    assert told == ["gazetteer: no text names 'Karin Hollt'; did you mean 'Karin Holt'?"]


def classed(doc_id, name, kind, *said):
    """An extraction of a name in a class, with relations to another thing."""
    mentions = [(name, "name", kind, 0), ("Kim Moss", "name", "Person", 1)]
    return document(doc_id, *mentions, said=[(0, relation, 1) for relation in said])


def test_a_name_in_two_classes_is_one_thing_where_nothing_speaks_against_it():
    documents = [
        classed(A, "Velkom", "Organization", "hire"),
        classed(B, "Velkom", "Person", "hire"),
        classed(C, "Velkom", "Organization", "founder"),
    ]
    r = resolve(documents)
    assert len({entity_of(r, d).id for d in (A, B, C)}) == 1
    assert entity_of(r, B).type == "Organization"
    assert "same name in another class" in [m.reason for m in r.merges if m.entity == "Velkom"]


@pytest.mark.parametrize(
    ("name", "said"),
    [("Velkom", ("marry", "founder")), ("Ford", ("hire", "hire")), ("Chelsea", ("hire", "hire"))],
)
def test_a_name_in_two_classes_that_may_be_two_is_a_candidate(name, said):
    r = resolve([classed(A, name, "Person", said[0]), classed(B, name, "Organization", said[1])])
    assert entity_of(r, A) != entity_of(r, B)
    assert [p.reason for p in r.possible] == ["same name, Organization and Person"]


def test_the_iri_of_an_entity_of_one_class_decides_for_it_alone():
    documents = [
        classed(A, "Ford", "Person"),
        classed(B, "Ford", "Organization"),
        classed(C, "Telm", "Person"),
    ]
    base = "https://example.org/entity/"
    same = Decisions(same=((f"{base}Ford--person", f"{base}Telm"),))
    r = resolve(documents, decisions=same)
    assert entity_of(r, A) == entity_of(r, C) != entity_of(r, B)


@given(
    st.permutations([A, B, C, "d" * 16]), st.lists(st.sampled_from(["marry", "hire", "founder"]), min_size=4)
)
@settings(max_examples=40, deadline=None)
def test_classes_of_a_name_do_not_depend_on_the_order_of_documents(order, said):
    kinds = ["Person", "Organization", "Person", "GPE"]
    made = {d: classed(d, "Velkom", k, r) for d, k, r in zip(sorted(order), kinds, said, strict=False)}
    assert resolve([made[d] for d in order]) == resolve([made[d] for d in sorted(order)])


def test_generations_and_titles_stay_apart_across_documents():
    names = ["Karl Brandt", "Karl Brandt Jr.", "Karl Brandt Sr.", "Karl Brandt III"]
    documents = [person(d * 16, n, "Orbis Bank", "Tarn Works") for d, n in zip("abcd", names, strict=True)]
    r = resolve(documents)
    assert len({entity_of(r, d * 16).id for d in "abcd"}) == 4
    r = resolve([person(A, "Paul Vik", "Orbis Bank"), person(B, "Mrs. Vik", "Orbis Bank")])
    assert entity_of(r, A) != entity_of(r, B)
    r = resolve([person(A, "Paul Vik", "Orbis Bank"), person(B, "Mr. Vik", "Orbis Bank")])
    assert entity_of(r, A) == entity_of(r, B)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("C++", "C", False),
        ("C#", "C++", False),
        ("Vikoo+", "Vikoo", False),
        ("Apollo 11", "Apollo 12", False),
        ("Lund–Ek", "Lund Ek", False),
        ("TCP/IP Works", "TCP IP Works", False),
        ("A&B Works", "A-B Works", False),
        ("Finch & Sons", "Finch and Sons", True),
        ("Covid-19", "COVID 19", True),
        ("Varga Group", "VARGA GROUP", True),
    ],
)
def test_signs_and_numbers_tell_names_apart_and_writing_does_not(one, other, same):
    r = resolve(
        [document(A, (one, "name", "Organization", 0)), document(B, (other, "name", "Organization", 0))]
    )
    assert (entity_of(r, A) == entity_of(r, B)) is same
    if same:
        assert not entity_of(r, A).label.isupper()
