"""Queries as tokens: what is refused in any disguise, and terms that never become text."""

import pyoxigraph
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import QueryError
from kg.rdf.terms import Term, literal, written
from kg.store.sparql import bound, check, mistake, variables
from kg.store.triples import TripleStore

REFUSED = {
    "SERVICE": [
        "SELECT * { SERVICE <http://e/> { ?s ?p ?o } }",
        "select * { service silent <http://e/> { ?s ?p ?o } }",
        "SELECT * { ?s ?p ?o . OPTIONAL { { SELECT * { GRAPH ?g { SERVICE ?x { ?s ?p ?o } } } } } }",
        "ASK { FILTER NOT EXISTS { MINUS { SERVICE<http://e/>{?s ?p ?o} } } }",
        "SELECT * { ?s ?p '#' . SERVICE <http://e/> { ?s ?p ?o } }",
        "SELECT * { ?s ?p '''it's''' . SERVICE <http://e/> { ?s ?p ?o } }",
        'SELECT * { ?s ?p """a"b\\"""" . SERVICE <http://e/> { ?s ?p ?o } }',
        "SELECT * { FILTER(?a<?b) SERVICE ?x { ?s ?p ?o } FILTER(?c>?d) }",
        "SELECT * { FILTER(?a<?b)SERVICE?x{?s ?p ?o} FILTER(?c>?d) }",
        "PREFIX e: <http://e/> SELECT * { e:a\\#b e:c ?o . SERVICE e:x { ?s ?p ?o } }",
        "SELECT * { \\u0053ERVICE <http://e/> { ?s ?p ?o } }",
        "SELECT * { ?s ?p \\u0027 \\u0027 . SERVICE <http://e/> { ?s ?p '' } }",
    ],
    "FROM": [
        "SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }",
        "SELECT * FROM NAMED <FILE:///etc/passwd> { GRAPH ?g { ?s ?p ?o } }",
        "BASE <file:///etc/> SELECT * FROM <passwd> { ?s ?p ?o }",
        "PREFIX f: <file:///etc/> SELECT * FROM f:passwd { ?s ?p ?o }",
        "SELECT * FROM <http://e/g> { ?s ?p ?o }",
        "CONSTRUCT { ?s ?p ?o } FROM <fi\\u006Ce:///x> WHERE { ?s ?p ?o }",
        "DESCRIBE <http://e/> FROM <http://e/g>",
    ],
    "refused: a query does not change": [
        "INSERT DATA { <x:a> <x:b> <x:c> }",
        "DELETE WHERE { ?s ?p ?o }",
        "LOAD <file:///etc/passwd>",
        "PREFIX e: <http://e/> CLEAR ALL",
        "SELECT * { ?s ?p ?o } ; DROP ALL",
    ],
}
ALLOWED = [
    "SELECT * { ?s ?p 'SERVICE <http://e/> { }' }",
    "SELECT * { ?s <http://e/SERVICE> ?service } # SERVICE <http://e/> {}",
    "PREFIX service: <http://e/> SELECT * { ?s service:LOAD ?INSERT }",
    'SELECT * { ?s ?p """LOAD \'x\' "" INSERT""" }',
    "SELECT * { ?s ?p 'x'@service }",
    "SELECT * FROM <http://e/loaded> { ?s ?p ?o FILTER(?a<3 && ?b>4) }",
]


@pytest.mark.parametrize(("what", "query"), [(w, q) for w, queries in REFUSED.items() for q in queries])
def test_refused_with_a_reason(what, query):
    with pytest.raises(QueryError, match=what):
        check(query)


@pytest.mark.parametrize("query", ALLOWED)
def test_words_in_strings_names_and_comments_are_not_refused(query):
    check(query, ["http://e/loaded"])


def test_a_file_is_refused_even_as_a_loaded_graph():
    with pytest.raises(QueryError):
        check("SELECT * FROM <file:///x> { ?s ?p ?o }", ["file:///x"])


DATA = """
<x:a> <x:p> "1"^^<http://www.w3.org/2001/XMLSchema#integer> .
<x:b> <x:p> "2"^^<http://www.w3.org/2001/XMLSchema#integer> .
<x:a> <x:name> "Ann" .
<x:b> <x:name> "Bob" .
"""


@pytest.fixture(scope="module")
def store():
    store = pyoxigraph.Store()
    store.load(DATA.encode(), format=pyoxigraph.RdfFormat.N_TRIPLES)
    return store


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("SELECT ?n { ?who <x:name> ?n }", ["Ann"]),
        ("SELECT ?n WHERE { ?x <x:name> ?n FILTER(?x = ?who) }", ["Ann"]),
        ("SELECT ?n { { ?x <x:name> ?n FILTER(?x = ?who) } UNION { ?x <x:none> ?n } }", ["Ann"]),
        ("SELECT ?n { ?x <x:name> ?n FILTER NOT EXISTS { ?who <x:name> ?n } }", ["Bob"]),
        ("SELECT ?n { ?x <x:name> ?n MINUS { ?x <x:p> ?v FILTER(?x = ?who) } }", ["Bob"]),
        ("SELECT (MAX(?v) AS ?n) { { SELECT ?who ?v { ?who <x:p> ?v } } }", ["1"]),
        ("SELECT ?n { VALUES ?who { <x:a> <x:b> } ?who <x:name> ?n }", ["Ann"]),
        ("SELECT ?n { ?x <x:name> ?n FILTER(!BOUND(?who) || ?x = ?who) } # ?who", ["Ann"]),
    ],
)
def test_bound_variable_counts_in_every_group(store, query, expected):
    rows = store.query(bound(query, {"who": "<x:a>"}))
    assert [row["n"].value for row in rows] == expected


def test_bound_in_construct_stays_out_of_the_template(store):
    query = bound("CONSTRUCT { ?who <x:is> ?n } WHERE { ?who <x:name> ?n }", {"who": "<x:b>"})
    assert [str(t) for t in store.query(query)] == ['<x:b> <x:is> "Bob"']


def test_unknown_variable_is_named_with_the_known_ones():
    with pytest.raises(QueryError, match=r"\?nobody; its variables are \?a, \?b"):
        bound("SELECT * { ?a ?a ?b }", {"nobody": '"x"'})


@given(st.text())
def test_bound_text_stays_one_literal(text):
    """Whatever is given, the query asks for exactly that string."""
    store = pyoxigraph.Store()
    term = written(Term(f'"{text}"'), {}) if '"' not in text and "\\" not in text else literal(text)
    query = bound("SELECT ?x { BIND(?given AS ?x) }", {"given": term})
    (row,) = store.query(query)
    assert row["x"].value == text.encode("utf-8", "replace").decode() or "\ufffd" in row["x"].value


@given(st.text())
def test_any_text_has_variables_or_none(text):
    assert isinstance(variables(text), list)


@pytest.mark.parametrize(
    ("term", "expected"),
    [
        ("ent:A b", '"ent:A b"'),
        ("ent:A", "<https://example.org/entity/A>"),
        ('<x:a> } DROP ALL {"', '"<x:a> } DROP ALL {\\""'),
        ("<x:a b>", "<x:a%20b>"),
        ("ent:x>{}", "<https://example.org/entity/x%3E%7B%7D>"),
        ("12", '"12"^^<http://www.w3.org/2001/XMLSchema#integer>'),
        ("2024-03-28", '"2024-03-28"^^<http://www.w3.org/2001/XMLSchema#date>'),
        ('"war"@en', '"war"@en'),
    ],
)
def test_terms_as_people_write_them(term, expected):
    assert written(Term(term), {"ent": "https://example.org/entity/"}) == expected


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("SELEC ?x { ?x a kg:Person }", "begins with SELEC and not with SELECT, .* did you mean 'SELECT'"),
        ("PREFIX a: <a:> SELCT ?x { ?x a a:b }", "begins with SELCT"),
        ("FOO", "begins with FOO"),
        ("SELECT ?x { ?x a foo:B }", "there is no prefix foo:; declare it: PREFIX foo: <…>"),
        ("SELECT ?x { ?x rfds:label ?y }", "there is no prefix rfds:; did you mean 'rdfs'"),
        ("PREFIX a: <a:> SELECT ?x { ?x a a:b ; b:c 1 }", "there is no prefix b:"),
        ("SELECT ?x { ?x a kg:Person", r"error at 1:11: '\{' is not closed"),
        ("SELECT ?x { ?x a kg:Person ) }", r"error at 1:28: '\)' closes nothing"),
        ("SELECT ?x {\n (?x a kg:Person }", r"error at 2:18: '\}' closes nothing"),
        ("SELECT ?x WHERE ?x a kg:Person", 'expected "{"'),
    ],
)
def test_what_is_wrong_with_a_query_is_told_in_its_own_words(query, told):
    prefixes = {"kg": "https://example.org/kg#", "rdfs": "http://www.w3.org/2000/01/rdf-schema#"}
    with pytest.raises(QueryError, match=told):
        TripleStore().query(query, prefixes=prefixes)


def test_what_the_engine_tells_without_a_place_stays_as_it_is():
    assert str(mistake("SELECT ?x { }", {}, "too many variables")) == "query: too many variables"
