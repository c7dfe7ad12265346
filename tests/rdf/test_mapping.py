"""Mapping to triples: what stands in the graph for what a text says."""

import dataclasses
import datetime as dt
import pathlib
import subprocess
import sys

import pyoxigraph
import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_graph import CLAIMS, DOC_ID, DOCUMENT, EXTRACTION, RESOLUTION, TEXT, Resolved

from kg.config import RdfConfig, load
from kg.errors import ConfigError
from kg.iri import digest, slug
from kg.knowledge import KnowledgeGraph, open_graph
from kg.model import Block, Claim, Document, Entity, Extraction, Mention, Value
from kg.rdf.mapping import PART, map_document, triples
from kg.rdf.terms import iri, literal, read_literal, read_triple
from kg.resolve import resolve

pytestmark = pytest.mark.usefixtures("models_once")

EX = "https://example.org/"


def mapped(
    claims=CLAIMS, *, mentions=EXTRACTION.mentions, links=None, provenance="sentence", document=DOCUMENT
):
    extraction = dataclasses.replace(EXTRACTION, claims=tuple(claims), mentions=tuple(mentions))
    resolution = Resolved(RESOLUTION.entities, {DOC_ID: tuple(links or RESOLUTION.links[DOC_ID])})
    return list(triples(document, extraction, resolution, RdfConfig(provenance=provenance)))


def shown(found, kind="statement"):
    """The properties of each node of a kind, by local names."""

    def local(term):
        if term[0] == '"':
            return read_literal(term).text
        iri = term[1:-1]
        return iri if "#char=" in iri else iri.rpartition("#")[2].rpartition("/")[2]

    nodes = {}
    for s, p, o in found:
        if s.startswith(f"<{EX}{kind}/"):
            nodes.setdefault(s, {}).setdefault(local(p), []).append(local(o))
    return list(nodes.values())


TOLD = "Ada Moreau moved the office to Lille in 2004."


def told(*claims, text=TOLD):
    """The statements of claims over the words of TOLD."""
    mentions = [
        Mention(text.index(word), text.index(word) + len(word), word, kind, **more)
        for word, kind, more in (
            ("Ada Moreau", "name", {"type": "Person"}),
            ("the office", "nominal", {"type": "Thing", "label": "office"}),
            ("Lille", "name", {"type": "GPE"}),
            ("2004", "time", {"type": "Time"}),
        )
    ]
    entities = (
        Entity("A", "Person", "Ada Moreau"),
        Entity("O", "Thing", "office"),
        Entity("L", "GPE", "Lille"),
    )
    document = dataclasses.replace(DOCUMENT, text=text, blocks=())
    extraction = Extraction(
        DOC_ID, "a.txt", mentions=tuple(mentions), claims=claims, sentences=((0, len(text)),)
    )
    resolution = Resolved(entities, {DOC_ID: (0, 1, 2, None)})
    return list(triples(document, extraction, resolution, RdfConfig()))


def test_a_statement_that_holds_a_part_of_its_clause_has_the_whole_in_words_and_points_to_the_rest():
    claim = Claim(0, "move", 1, (("to", 2), ("in", 3)), "moved", start=0, end=len(TOLD) - 1)
    found = shown(told(claim))
    assert [s["saying"] for s in found] == [["Ada Moreau moved office to Lille in 2004"]] * 2
    nodes = sorted({s for s, p, _ in told(claim) if p.endswith("sameClause>")})
    assert len(nodes) == 2
    assert {o for _, p, o in told(claim) if p.endswith("sameClause>")} == set(nodes)


def test_whom_a_clause_beside_an_object_begins_with_is_called_by_name():
    text = "Ada Moreau met Emil and asked him to study."
    mentions = [
        Mention(text.index(word), text.index(word) + len(word), word, kind, label=label)
        for word, kind, label in (
            ("Ada Moreau", "name", ""),
            ("Emil", "name", ""),
            ("him", "pronoun", ""),
            ("to study", "clause", "him to study"),
        )
    ]
    claim = Claim(0, "ask", 2, (("clause", 3),), "asked", end=40, doubted=(-1,))
    extraction = Extraction(
        DOC_ID, "a.txt", mentions=tuple(mentions), claims=(claim,), sentences=((0, len(text)),)
    )
    entities = (Entity("A", "Person", "Ada Moreau"), Entity("E", "Person", "Emil"))
    document = dataclasses.replace(DOCUMENT, text=text, blocks=())
    found = list(triples(document, extraction, Resolved(entities, {DOC_ID: (0, 1, 1, None)}), RdfConfig()))
    asked = {o for _, p, o in found if p == f"<{EX}relation/ask>"}
    assert asked == {literal("Emil to study", lang="en")}
    assert {s["saying"][0] for s in shown(found)} == {"Ada Moreau asked Emil to study"}


def test_what_may_belong_elsewhere_is_not_in_the_words_of_a_clause():
    claim = Claim(
        0, "move", 1, (("to", 2), ("in", 3)), "moved", end=20, qualifier_confidence=(0.2, 0.9), doubted=(0,)
    )
    said = {text for s in shown(told(claim)) for text in s["saying"]}
    assert said == {"Ada Moreau moved office to Lille in 2004"}  # a doubted triple may be a part all the same
    claim = dataclasses.replace(claim, astray=(0,))
    assert {text for s in shown(told(claim)) for text in s["saying"]} == {"Ada Moreau moved office in 2004"}


def test_an_object_that_is_a_part_of_what_is_said_is_doubted():
    claim = Claim(0, "move", 1, (("clause", 2),), "moved", end=20, doubted=(-1,))
    found = told(claim)
    doubts = {o for _, p, o in found if p.endswith("kg#doubt>")}
    assert doubts == {literal(PART)}
    assert len([t for t in found if t[1] == f"<{EX}relation/move>"]) == 1


def test_a_qualifier_that_is_a_part_of_what_is_said_is_doubted():
    claim = Claim(0, "move", 1, (("to", 2),), "moved", end=20, doubted=(0,))
    found = told(claim)
    assert {o for _, p, o in found if p.endswith("kg#doubt>")} == {literal(PART)}
    assert not [t for t in found if t[1] == f"<{EX}relation/move_to>"]


def test_a_role_of_an_event_has_the_words_of_the_clause_that_tells_it():
    clause = Claim(0, "move", 1, (("to", 2), ("time", 3)), "moved", end=20, at=11)
    role = Claim(1, "kg:destination", 2, (), "moved", end=20, at=11)
    found = told(clause, role)
    said = {o for _, p, o in found if p.endswith("kg#saying>")}
    assert said == {literal("Ada Moreau moved office to Lille 2004")}
    assert len({s for s, p, _ in found if p.endswith("kg#saying>")}) == 3


def test_a_role_of_an_event_has_no_words_of_another_clause():
    clause = Claim(0, "move", 1, (("to", 2), ("time", 3)), "moved", end=20, at=11)
    role = Claim(1, "kg:destination", 2, (), "moved", end=20, at=11)
    for other in (dataclasses.replace(role, at=15), dataclasses.replace(role, modality="Planned")):
        said = {s for s, p, _ in told(clause, other) if p.endswith("kg#saying>")}
        assert len(said) == 2


def test_words_that_a_relation_lacks_in_the_text_are_put_in():
    claim = Claim(1, "be_move_to", 2, (("in", 3),), "moved", end=20)
    assert {text for s in shown(told(claim)) for text in s["saying"]} == {"office was moved to Lille in 2004"}


@pytest.mark.parametrize(("kind", "asserted"), [("Concept", "false"), ("Facility", "true")])
def test_a_place_that_the_name_of_no_thing_of_its_own_says_is_no_fact(kind, asserted):
    text = "The unrest in Lille grew."
    mentions = (
        Mention(0, 19, "The unrest in Lille", "nominal", kind, label="unrest in Lille"),
        Mention(14, 19, "Lille", "name", "GPE", label="Lille"),
    )
    entities = (Entity("U", kind, "unrest in Lille"), Entity("L", "GPE", "Lille"))
    document = dataclasses.replace(DOCUMENT, text=text, blocks=())
    claim = Claim(0, "located_in", 1, (), "in", end=19)
    extraction = Extraction(DOC_ID, "a.txt", mentions=mentions, claims=(claim,), sentences=((0, len(text)),))
    found = shown(triples(document, extraction, Resolved(entities, {DOC_ID: (0, 1)}), RdfConfig()))
    assert [s["asserted"] for s in found] == [[asserted]]


def test_a_statement_that_is_its_whole_clause_needs_no_words():
    found = shown(told(Claim(0, "move", 1, (), "moved", end=20)))
    assert all("saying" not in s and "sameClause" not in s for s in found)


def test_asserted_means_plain_triple_and_not_asserted_means_none():
    found = mapped()
    plain = {t for t in found if t[0].startswith(f"<{EX}entity/") and t[1].startswith(f"<{EX}relation/")}
    stated = {}
    for node in {s for s, p, _ in found if p.endswith("#subject>")}:
        parts = {p.rpartition("#")[2][:-1]: o for s, p, o in found if s == node}
        stated.setdefault((parts["subject"], parts["predicate"], parts["object"]), set()).add(
            parts["asserted"]
        )
    assert plain == {triple for triple, said in stated.items() if literal("true", datatype="boolean") in said}
    assert any(literal("true", datatype="boolean") not in said for said in stated.values())


def test_same_triple_asserted_once_and_denied_once_is_plain():
    once = dataclasses.replace(CLAIMS[4], asserted=True, negated=False, modality=None, start=150, end=156)
    found = mapped([CLAIMS[4], once])
    assert len(shown(found)) == 2
    assert (f"<{EX}entity/Harbour_Board>", f"<{EX}relation/accept>", f"<{EX}entity/loan-01234567>") in found


def test_claim_with_place_and_time_gives_edge_place_and_days():
    meet, meet_in = sorted(shown(mapped(CLAIMS[:1])), key=lambda p: p["predicate"])
    for statement in (meet, meet_in):
        assert statement["hasPlace"] == ["Port_Vale"]
        assert statement["hasBeginTimeStamp"] == statement["hasEndTimeStamp"] == ["2021-05-03"]
        assert statement["timeText"] == ["3 May 2021"]
    assert (meet["relationText"], meet_in["relationText"]) == (["met"], ["met in"])
    assert (meet["object"], meet_in["object"]) == (["engineers-01234567"], ["Port_Vale"])


def test_place_needs_a_locative_preposition():
    claim = dataclasses.replace(CLAIMS[0], qualifiers=(("with", 5),))
    assert not any("hasPlace" in statement for statement in shown(mapped([claim])))


def test_claim_with_only_a_time_is_true_of_its_subject():
    claim = dataclasses.replace(CLAIMS[6], qualifiers=(("on", 0),), begins=dt.date(2021, 5, 3))
    (statement,) = shown(mapped([claim]))
    assert (statement["predicate"], statement["object"]) == (["die"], ["true"])
    assert statement["hasBeginTimeStamp"] == ["2021-05-03"]


def test_days_in_the_wrong_order_are_turned():
    claim = dataclasses.replace(CLAIMS[6], begins=dt.date(2021, 5, 4), ends=dt.date(2021, 5, 3))
    (statement,) = shown(mapped([claim]))
    assert statement["hasBeginTimeStamp"] <= statement["hasEndTimeStamp"]


def test_number_as_object_keeps_unit_comparator_and_bounds():
    value = Value("2.5", "decimal", unit="%", comparator="MoreThan", lower="2", upper="3.5")
    mentions = list(EXTRACTION.mentions)
    mentions[11] = dataclasses.replace(mentions[11], kind="quantity", value=value)
    links = [None if i == 11 else x for i, x in enumerate(RESOLUTION.links[DOC_ID])]
    (statement,) = shown(mapped([CLAIMS[5]], mentions=mentions, links=links))
    assert {k: statement[k] for k in ("object", "unit", "comparator", "lower", "upper")} == {
        "object": ["2.5"],
        "unit": ["%"],
        "comparator": ["MoreThan"],
        "lower": ["2"],
        "upper": ["3.5"],
    }


def test_count_and_value_are_on_the_entity():
    entities = shown(mapped(), "entity")
    assert [(e["count"], e["comparator"]) for e in entities if "count" in e] == [(["18"], ["About"])]
    assert [(e["value"], e["unit"]) for e in entities if "value" in e] == [(["2.5"], ["%"])]


def test_clause_is_a_literal_in_the_language_of_the_document():
    found = mapped([CLAIMS[3]], document=dataclasses.replace(DOCUMENT, lang="en-GB"))
    said = [o for s, p, o in found if p == f"<{EX}relation/say>"]
    assert said == ['"the Harbour Board did not accept the loan"@en-gb']


def test_pronoun_alone_names_nothing():
    mentions = list(EXTRACTION.mentions)
    mentions[9] = dataclasses.replace(mentions[9], kind="pronoun")
    assert shown(mapped([CLAIMS[4]], mentions=mentions)) == []


def test_two_rules_on_the_same_words_are_one_statement_the_surer():
    weaker = dataclasses.replace(CLAIMS[6], rule="other", confidence=0.6)
    (statement,) = shown(mapped([weaker, CLAIMS[6]]))
    assert (statement["rule"], statement["confidence"]) == (["verb"], ["0.7"])


def test_relation_text_is_at_most_eight_words_of_the_sentence():
    claim = dataclasses.replace(CLAIMS[6], text="the old mayor died died died died died died invented")
    (statement,) = shown(mapped([claim]))
    assert statement["relationText"] == ["the old mayor died died died died died"]


def test_offsets_stay_within_the_sentence_even_if_the_claim_does_not():
    claim = dataclasses.replace(CLAIMS[6], start=210, end=10_000)
    (statement,) = shown(mapped([claim]))
    assert (statement["beginIndex"], statement["endIndex"]) == (["210"], ["221"])


def test_provenance_levels_add_sentences_then_mentions():
    levels = {level: mapped(provenance=level) for level in ("none", "sentence", "full")}
    assert all(len(found) == len(set(found)) for found in levels.values())
    assert shown(levels["none"]) == []
    assert set(levels["none"]) < set(levels["sentence"]) < set(levels["full"])
    anchors = {
        level: {read_literal(o).text for _, p, o in found if p.endswith("anchorOf>")}
        for level, found in levels.items()
    }
    assert anchors["none"] == set()
    assert anchors["sentence"] == {TEXT[start:end] for start, end in EXTRACTION.sentences}
    assert {"The old mayor", "Moreau"} <= anchors["full"]


def test_order_of_mentions_claims_and_documents_does_not_matter():
    second = dataclasses.replace(DOCUMENT, id="f" * 16)
    other = dataclasses.replace(EXTRACTION, doc_id="f" * 16, claims=CLAIMS[::-1])
    links = dataclasses.replace(RESOLUTION, links={**RESOLUTION.links, "f" * 16: RESOLUTION.links[DOC_ID]})
    one = KnowledgeGraph.from_records([DOCUMENT, second], [EXTRACTION, other], links)
    two = KnowledgeGraph.from_records([second, DOCUMENT], [other, EXTRACTION], links)
    assert one.store.lines() == two.store.lines()
    alone = map_document(DOCUMENT, EXTRACTION, links, RdfConfig()).triples
    assert alone == map_document(DOCUMENT, EXTRACTION, RESOLUTION, RdfConfig()).triples


def test_bytes_do_not_depend_on_the_hash_seed():
    code = (
        f"import sys; sys.path.insert(0, {str(pathlib.Path(__file__).parents[1])!r})\n"
        "from small_graph import *\n"
        "from kg.knowledge import KnowledgeGraph\n"
        "from kg.rdf.formats.turtle import turtle\n"
        "g = KnowledgeGraph.from_records([DOCUMENT], [EXTRACTION], RESOLUTION)\n"
        "print(''.join(turtle(g.store.lines(), g.names)))"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", code], env={"PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in ("0", "1", "2")
    }
    assert len(outputs) == 1


def test_base_moves_every_iri_of_ours():
    graph = KnowledgeGraph.from_records(
        [DOCUMENT], [EXTRACTION], RESOLUTION, config=RdfConfig(base="https://kg.test/x/")
    )
    assert not [line for line in graph.store.lines() if "https://example.org/" in line]
    assert KnowledgeGraph(graph.store).names.base == "https://kg.test/x/"


TEXTS = st.text(st.characters(exclude_categories=()), min_size=1, max_size=60)


@given(TEXTS, TEXTS, TEXTS)
def test_any_text_gives_a_valid_graph(name, relation, quote):
    text = f"{name} {relation} {quote}"
    document = Document(digest(text, 16), quote, text, title=name, uri=quote, blocks=(Block(0, len(text)),))
    mentions = (
        Mention(0, len(name), name, "name", label=name),
        Mention(len(text) - len(quote), len(text), quote, "clause", label=quote),
    )
    claims = (Claim(0, relation, 1, text=relation, start=0, end=len(text), rule=relation),)
    extraction = Extraction(document.id, quote, mentions, claims, ((0, len(text)),), {"model": name})
    entity = Entity(slug(name), "Concept", name, (quote,), (quote,))
    graph = KnowledgeGraph.from_records(
        [document], [extraction], Resolved((entity,), {document.id: (0, None)})
    )
    lines = graph.store.lines()
    assert not any(" _:" in line or line.startswith("_:") for line in lines)
    # What we write is canonical: the engine writes the same.
    written = {" ".join(t) + " ." for t in map(read_triple, lines)}
    assert written == set(lines)
    store = pyoxigraph.Store()
    store.load("\n".join(lines).encode(), format=pyoxigraph.RdfFormat.N_TRIPLES)
    assert len(store) == len(lines)


@given(st.text(st.characters(exclude_categories=())))
def test_literals_are_canonical_and_read_back(text):
    line = f"<x:s> <x:p> {literal(text)} ."
    (quad,) = pyoxigraph.parse(line.encode(), format=pyoxigraph.RdfFormat.N_TRIPLES)
    assert str(quad.object) == literal(text)
    assert read_literal(literal(text)).text == quad.object.value


@given(st.one_of(st.text(), st.text().map("http://".__add__), st.from_regex(r"[a-z]+:[^ ]*", fullmatch=True)))
def test_what_is_taken_for_an_iri_is_one(text):
    term = iri(text)
    if term is not None:
        (quad,) = pyoxigraph.parse(f"<x:s> <x:p> {term} .".encode(), format=pyoxigraph.RdfFormat.N_TRIPLES)
        assert str(quad.object) == term


@pytest.mark.parametrize(
    ("lexical", "datatype"),
    [
        ("1.0", "decimal"),
        ("007", "integer"),
        ("PT90M", "duration"),
        ("2.50", "decimal"),
        ("1961", "gYear"),
        ("2021-13-03", "date"),
        ("9" * 30, "integer"),
        ("x", "integer"),
    ],
)
def test_values_are_written_as_the_engine_keeps_them(lexical, datatype):
    """A graph just built and the same opened again are one to the byte."""
    value = Value(lexical, datatype)
    mentions = list(EXTRACTION.mentions)
    mentions[11] = dataclasses.replace(mentions[11], kind="quantity", value=value)
    links = [None if i == 11 else x for i, x in enumerate(RESOLUTION.links[DOC_ID])]
    claim = dataclasses.replace(CLAIMS[5], confidence=1.0)
    graph = KnowledgeGraph()
    graph.store.add(mapped([claim], mentions=mentions, links=links))
    before = graph.store.lines()
    graph.query("ASK {}")
    assert graph.store.lines() == before


@pytest.mark.parametrize(
    "base", ["http://e/x#", "http://e/?q=", "http://e/%zz/", "http://e/\x01/", "http://e/[/"]
)
def test_base_that_would_make_invalid_iris_is_refused(base):
    with pytest.raises(ConfigError):
        load(flags={"rdf.base": base})


@pytest.mark.parametrize("base", ["https://kg.test/é/", "urn:kg:", "http://user@host:8080/a(b)/"])
def test_base_gives_a_graph_that_opens(tmp_path, base):
    config = load(flags={"rdf.base": base})[0].rdf
    graph = KnowledgeGraph.from_records([DOCUMENT], [EXTRACTION], RESOLUTION, config=config)
    again = open_graph(graph.save(tmp_path / "g.ttl"))
    assert again.names.base == base
    assert again.facts() == graph.facts()


@pytest.mark.parametrize(
    ("words", "kind", "asserted"), [("Vik", "name", False), ("herself", "pronoun", True)]
)
def test_what_would_act_on_itself_is_withheld_unless_the_text_says_so(words, kind, asserted):
    text = f"Vik sued {words}."
    mentions = (
        Mention(0, 3, "Vik", "name", "Person", "Vik", 0),
        Mention(9, 9 + len(words), words, kind, chain=0),
    )
    extraction = Extraction(
        DOC_ID, "t.txt", mentions, (Claim(0, "sue", 1, text="sued", end=8),), ((0, len(text)),)
    )
    document = dataclasses.replace(DOCUMENT, text=text, blocks=(Block(0, len(text)),))
    links = Resolved((Entity("Vik", "Person", "Vik"),), {DOC_ID: (0, 0)})
    found = list(triples(document, extraction, links, RdfConfig()))
    plain = (f"<{EX}entity/Vik>", f"<{EX}relation/sue>", f"<{EX}entity/Vik>")
    assert (plain in found) is asserted
    (statement,) = shown(found)
    assert statement["asserted"] == [str(asserted).lower()]
    assert ("withheld" in statement) is not asserted


def test_whose_a_thing_is_is_a_property_of_it_and_no_statement():
    text = "Harker lost its charter."
    mentions = (
        Mention(0, 6, "Harker", "name", "Organization", "Harker", 0),
        Mention(12, 23, "its charter", "nominal", "Work", "charter", description="Harker's charter"),
        Mention(12, 15, "its", "pronoun", "Concept", "its", 0),
    )
    claims = (Claim(0, "lose", 1, start=0, end=23), Claim(1, "of", 2, start=12, end=23, rule="owner"))
    extraction = Extraction(DOC_ID, "t.txt", mentions, claims, ((0, 24),))
    document = Document(DOC_ID, "t.txt", text)
    found = list(triples(document, extraction, resolve([extraction]), RdfConfig()))
    thing = slug("Harker's charter") + f"-{DOC_ID[:8]}"
    assert [s for s, p, _ in found if p.endswith("kg#of>")] == [f"<{EX}entity/{thing}>"]
    assert [row["object"] for row in shown(found)] == [[thing]]
