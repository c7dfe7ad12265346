"""The vocabulary: one source, and everything made from it up to date and complete."""

import json
import pathlib
import runpy

import pyoxigraph
import pytest
import rdflib

import kg
from kg import relations as constants
from kg.config import RdfConfig
from kg.rdf.ontology import TYPE, ontology, vocabulary_triples
from kg.vocab import Names, context, relations, terms

FOLDER = pathlib.Path(kg.__file__).parent / "vocab"
ROOT = FOLDER.parent.parent
NAMES = Names()


def test_made_files_are_up_to_date():
    made = runpy.run_path(str(ROOT / "tools" / "make_vocabulary.py"))["files"]()
    for path, text in made.items():
        assert path.read_text(encoding="utf-8") == text, f"run tools/make_vocabulary.py for {path.name}"


def test_relations_have_constants():
    assert set(relations()) == constants.CURATED
    assert all(getattr(constants, name.upper()) == name for name in relations())


@pytest.mark.parametrize("name", ["kg.ttl", "shapes.ttl"])
def test_ontology_and_shapes_are_read_alike_by_both_libraries(name):
    store = pyoxigraph.Store()
    store.load(path=str(FOLDER / name), format=pyoxigraph.RdfFormat.TURTLE)
    assert len(store) == len(rdflib.Graph().parse(FOLDER / name)) > 100


@pytest.mark.parametrize("term", [*terms().values(), *relations().values()], ids=lambda t: t.name)
def test_every_term_says_what_it_is(term):
    assert term.label
    assert term.comment.endswith(".")
    if term.kind == "class":
        assert term.linked("rdfs:subClassOf")
    for _, value in term.links:
        iri = NAMES.expand(value)
        if value.startswith("kg:"):
            assert value[3:] in terms(), value
        if value.startswith("rel:"):
            assert value[4:] in relations(), value
        assert iri.startswith("http")


@pytest.mark.parametrize("name", ["Person", "Organization", "GPE", "Group"])
def test_actors_are_found_without_a_reasoner(name):
    used = [f"<{NAMES.kg}{name}>"]
    data = "".join(f"{' '.join(t)} .\n" for t in vocabulary_triples(used, RdfConfig()))
    store = pyoxigraph.Store()
    store.load(f"{data}<x:a> {TYPE} <{NAMES.kg}{name}> .".encode(), format=pyoxigraph.RdfFormat.N_TRIPLES)
    assert store.query("ASK { <x:a> a/rdfs:subClassOf* sem:Actor }", prefixes=NAMES.prefixes())


def test_an_export_holds_only_what_it_uses():
    found = {s for s, _, _ in vocabulary_triples([f"<{NAMES.kg}Person>"], RdfConfig())}
    assert found == {f"<{NAMES.kg}>", f"<{NAMES.kg}Person>"}
    assert len({s for s, _, _ in ontology(NAMES)}) == 1 + len(terms()) + len(relations())


def test_open_relation_is_described_by_its_words():
    found = list(vocabulary_triples([f"<{NAMES.rel}advocate_for>"], RdfConfig()))
    assert ('"advocate for"@en') in [o for _, _, o in found]


def test_context_reads_a_plain_document():
    data = {"@context": context(NAMES), "@id": "st:1", "asserted": True, "attributedTo": "ent:Ann"}
    graph = rdflib.Graph().parse(data=json.dumps(data), format="json-ld")
    assert set(graph.predicates()) == {
        rdflib.URIRef(f"{NAMES.kg}asserted"),
        rdflib.URIRef(f"{NAMES.kg}attributedTo"),
    }
    assert rdflib.URIRef(f"{NAMES.ent}Ann") in set(graph.objects())
