"""Words that are looked for: what is found, in which order, whatever is typed; the index beside a store."""

import json
import os
import shutil
import threading

import pytest
import small_graph
from hypothesis import given
from hypothesis import strategies as st
from library.test_generations import put

import kg as package
from kg.errors import QueryError
from kg.knowledge import KnowledgeGraph
from kg.library.directory import StoreDirectory
from kg.search import index


@pytest.fixture(scope="module")
def graph():
    made = (small_graph.DOCUMENT,), (small_graph.EXTRACTION,), small_graph.RESOLUTION
    return KnowledgeGraph.from_records(*made)


@pytest.fixture
def library(tmp_path):
    store = StoreDirectory.create(tmp_path / "s")
    put(store, 1, 2)
    return store


def texts(hits):
    return [(hit.kind, hit.text) for hit in hits]


def test_things_come_before_sentences(graph):
    hits = graph.search_text("Norland")
    kinds = [hit.kind for hit in hits]
    assert texts(hits)[0] == ("entity", "Norland")
    assert kinds == sorted(kinds)
    assert next(hit.text for hit in hits if hit.kind == "sentence") == (
        "Norland plans to buy a share of 2.5 percent."
    )


def test_a_sentence_has_its_place_and_what_was_read_from_it(graph):
    (hit,) = [hit for hit in graph.search_text("plan share") if hit.kind == "sentence"]
    assert small_graph.TEXT[hit.start : hit.end] == hit.text
    assert (hit.doc_id, hit.source) == (small_graph.DOC_ID, "texts/harbour.txt")
    assert [(f.relation, f.asserted) for f in hit.facts] == [("buy", False)]
    assert type(hit).from_dict(json.loads(json.dumps(hit.to_dict()))) == hit


@pytest.mark.parametrize(
    "words", ["accepting loans", "ACCEPTED", "accept*", '"accept the loan"', "loan qqqqq"]
)
def test_other_endings_beginnings_and_phrases_find_it(graph, words):
    assert any("did not accept the loan" in hit.text for hit in graph.search_text(words))


def test_a_phrase_stands_together(graph):
    assert not [hit for hit in graph.search_text('"loan the accept"') if hit.kind == "sentence"]


def test_an_alias_finds_its_thing(graph):
    (hit,) = [hit for hit in graph.search_text("Moreau") if hit.kind == "entity"]
    assert hit.entity.label == "Ada Moreau"


def test_there_are_at_most_so_many_of_each(graph):
    hits = graph.search_text("the", limit=1)
    assert len([hit for hit in hits if hit.kind == "sentence"]) == 1


HOSTILE = (
    '"',
    '"" OR',
    "NEAR(loan, 3)",
    "loan AND NOT mayor",
    "label:loan",
    "^loan -mayor +x",
    "'; DROP TABLE things; --",
    "loan*" * 5000,
    "x" * 100_000,
    "loan\0 mayor",
    "\ud800 loan",
    "{loan} [mayor] (",
    "–—“loan”",
    "港 loan 🙂",
)


@pytest.mark.parametrize("words", HOSTILE, ids=lambda w: ascii(w[:12]))
def test_whatever_is_typed_gives_results_or_one_line(graph, words):
    said, hits = "", []
    try:
        hits = graph.search_text(words)
    except QueryError as error:
        said = str(error)
    assert hits or "\n" not in said
    if "loan" in words[:20] and "loan*loan" not in words:
        assert hits


@given(st.text(max_size=60))
def test_no_text_is_syntax_to_the_engine(graph, words):
    try:
        graph.search_text(words, limit=2)
    except QueryError:
        assert not any(c.isalnum() for c in words)


@pytest.mark.parametrize("words", ["", "   ", "?!", '""', "\0"])
def test_nothing_to_look_for_is_said(graph, words):
    with pytest.raises(QueryError, match="no word to look for"):
        graph.search_text(words)


def test_what_is_added_is_found():
    made = (small_graph.DOCUMENT,), (small_graph.EXTRACTION,), small_graph.RESOLUTION
    graph = KnowledgeGraph.from_records(*made)
    assert not graph.search_text("Kestrel")
    other = KnowledgeGraph()
    label = "<http://www.w3.org/2000/01/rdf-schema#label>"
    kind = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
    node = f"<{graph.names.ent}Kestrel>"
    other.store.add_lines(
        f'{node} {label} "Kestrel" .\n{node} {kind} <{graph.names.kg}Organization> .\n'.encode()
    )
    graph.merge(other)
    assert texts(graph.search_text("Kestrel")) == [("entity", "Kestrel")]


# Beside a store.


def test_an_index_is_made_when_first_asked_and_read_after(library, monkeypatch):
    file = library.path / index.FILE
    assert not file.exists()
    found = texts(package.open(library.path).search_text("Person 2"))
    assert ("sentence", "Person 2 met Anna Berg.") in found
    assert file.exists()

    def no_more(*_):
        raise AssertionError("made again")

    monkeypatch.setattr(index, "_made", no_more)
    assert texts(package.open(library.path).search_text("Person 2")) == found


def test_another_state_of_the_store_has_another_index(library):
    reader = package.open(library.path)
    assert not reader.search_text('"Person 3"')
    put(library, 3)
    # Who opened it before sees what was.
    assert not reader.search_text('"Person 3"')
    assert texts(package.open(library.path).search_text('"Person 3"')) == [
        ("entity", "Person 3"),
        ("sentence", "Person 3 met Anna Berg."),
    ]


@pytest.mark.parametrize("harm", ["", "not a database", "cut"])
def test_an_index_that_is_gone_or_damaged_is_made_again(library, harm):
    file = library.path / index.FILE
    found = texts(package.open(library.path).search_text("Berg"))
    data = file.read_bytes()
    file.unlink()
    if harm:
        file.write_bytes(data[: len(data) // 2] if harm == "cut" else harm.encode())
    assert texts(package.open(library.path).search_text("Berg")) == found
    assert [path.name for path in library.path.iterdir() if path.name.endswith(".part")] == []


def test_deleting_it_does_a_reader_no_harm(library):
    reader = package.open(library.path)
    found = texts(reader.search_text("Berg"))
    (library.path / index.FILE).unlink()
    assert texts(reader.search_text("Berg")) == found


@pytest.mark.skipif(os.name != "posix", reason="permissions as POSIX has them")
def test_where_nothing_can_be_written_it_goes_with_the_process(library, monkeypatch):
    def full(*_, **__):
        raise OSError("no space left on device")

    monkeypatch.setattr(index.tempfile, "mkstemp", full)
    assert package.open(library.path).search_text("Berg")
    assert not (library.path / index.FILE).exists()


def test_several_readers_make_it_at_once(library):
    found, graphs = [], [package.open(library.path) for _ in range(4)]

    def ask(graph):
        found.append(texts(graph.search_text("Person")))

    threads = [threading.Thread(target=ask, args=(graph,)) for graph in graphs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 4
    assert all(each == found[0] for each in found)


def test_a_large_store_finds_the_same(library, monkeypatch):
    small = package.open(library.path).search_text("Person Berg")
    (library.path / index.FILE).unlink()
    monkeypatch.setattr("kg.store.disk.SMALL", 1)
    assert package.open(library.path).search_text("Person Berg") == small


def test_a_copied_store_has_its_index(library, tmp_path):
    package.open(library.path).search_text("Berg")
    shutil.copytree(library.path, tmp_path / "copy")
    assert texts(package.open(tmp_path / "copy").search_text('"Person 1"'))


# On the command line.


@pytest.fixture
def file(graph, tmp_path):
    return graph.save(tmp_path / "g.ttl")


def test_the_command_prints_rows(kg, file):
    code, out, _ = kg("search", file, "Moreau", "--format", "tsv")
    rows = [line.split("\t") for line in out.splitlines()]
    assert code == 0
    assert rows[0] == ["kind", "text", "is or says", "source"]
    assert rows[1] == ["entity", "Ada Moreau", "Person (also Moreau)", ""]
    assert rows[2][3].startswith("texts/harbour.txt:")
    assert "(reported" in out or "(negated" in out


def test_the_command_prints_json(kg, file):
    code, out, _ = kg("search", file, "mayor", "--format", "json")
    assert code == 0
    assert {hit["kind"] for hit in json.loads(out)} == {"entity", "sentence"}


def test_nothing_found_is_said(kg, file):
    code, out, said = kg("search", file, "qqqqq", "--format", "json")
    assert (code, json.loads(out), said) == (0, [], "nothing has these words\n")


def test_no_words_are_one_line(kg, file):
    code, out, said = kg("search", file, "?")
    assert (code, out) == (1, "")
    assert said.count("\n") == 1
