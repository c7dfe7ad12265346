"""No text makes a query ask another machine: a listener on this one hears nothing."""

import contextlib
import socket
import threading
import urllib.request

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kg.errors import QueryError
from kg.store.fence import cut_off, fenced
from kg.store.limits import limited
from kg.store.masking import masked
from kg.store.triples import TripleStore

PREFIXES = {"kg": "https://example.org/kg#"}
EMPTY = b'{"head": {"vars": []}, "results": {"bindings": [{}]}}'


class Listener:
    """Counts who calls, and answers like an endpoint."""

    def __init__(self):
        self.calls = 0
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self.socket.getsockname()[1]}/"
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self):
        with contextlib.suppress(OSError):
            while True:
                connection, _ = self.socket.accept()
                self.calls += 1
                with connection, contextlib.suppress(OSError):
                    connection.recv(1000)
                    head = f"Content-Type: application/sparql-results+json\r\nContent-Length: {len(EMPTY)}"
                    connection.sendall(f"HTTP/1.1 200 OK\r\n{head}\r\n\r\n".encode() + EMPTY)


@pytest.fixture(scope="module")
def listener():
    listener = Listener()
    yield listener
    listener.socket.close()


@pytest.fixture(scope="module")
def store():
    store = TripleStore()
    store.add([("<x:a>", "<x:p>", '"a service"'), ("<http://e/service#x>", "<x:from>", '"1"')])
    return store


@pytest.fixture(autouse=True)
def one_wall(request, monkeypatch):
    """The first wall has to hold by itself, without what the kernel refuses."""
    if "fence" not in request.node.name:
        monkeypatch.setattr("kg.store.triples.fenced", lambda work: work())


# What may stand before, in and behind the keyword; U is the listener's address.
BEFORE = [
    "", " ", "{}", "1", "1.", "1e5", "true", "true.", "?s ?p ?o", "?s ?p 'x'", "?s ?p p:", "?s ?p p:.",
    "?s ?p p:a", "?s ?p h:", "?s ?p _:b", "?s ?p _:b.", "?s ?p ?v", "?s p:a?", "?s p:a*", "?s ?p true",
    "?s ?p 'x'@en", "?s ?p 1", "BIND(1 AS ?z)", "VALUES ?z{1}", "FILTER(1=1)", "FILTER(1<2)",
    "FILTER(?a<-1+'>')",
    "?s ?p '''x'''", '?s ?p """"', "?s ?p '\\\\'", "?s ?p '\\\\u0027", "# x\\u000A", "# x\n", "#",
    "<x:a><x:b>1",
    "<x:a'><x:b>'>", "FILTER(1 <-1+'>='2') ", "OPTIONAL{}", "MINUS{}", "GRAPH?g", "{}UNION",
    "OPTIONAL", "MINUS",
    "FILTER EXISTS", "FILTER NOT EXISTS", "SELECT*", "SELECT * WHERE", "?s ?p []", "?s ?p ()", "?s ?p (1)",
]  # fmt: skip
KEYWORD = [
    "SERVICE", "service", "Service", "SeRvIcE", "\\u0053ERVICE", "SERVIC\\u0045", "\\U00000053ervice",
    "SERVICE SILENT", "SERVICESILENT", "SERVICE#\n", "SERVICE#c\rSILENT", "SERVICE\t", "ſervice", "SERV\\ICE",
]  # fmt: skip
BEHIND = [
    "<U>",
    " <U>",
    ":x",
    " :x",
    "h:x",
    " h:x",
    "?e",
    " ?e",
    "$e",
    "#\n<U>",
    "<U\\u0078>",
    "<\\u0068ttp>",
    "<>",
]
GROUP = ["{}", " {}", "{?s ?p ?o}", "#\n{}", "{{}}", "}{}"]
AROUND = [
    "SELECT * {@}", "SELECT*{{@}}", "ASK{OPTIONAL{@}}", "SELECT * {FILTER EXISTS{@}}",
    "SELECT * {{SELECT * {@}}}",
    "CONSTRUCT WHERE {@}", "DESCRIBE ?s {@}", "SELECT (1 AS ?from) {@}",
    "SELECT * {GRAPH <x:g> {@}}", "SELECT * {MINUS{@}}",
    "SELECT * {?a ?b ?c . @} #'", "SELECT * {?a ?b '@'}", "SELECT * {?a ?b '''@'}",
    "SELECT * {FILTER(?a <@) }",
]  # fmt: skip
HEAD = [
    "PREFIX : <U> PREFIX h: <U> PREFIX p: <x:> ", "PREFIX p: <http://h:> PREFIX : <U> ",
    "BASE <U> PREFIX p: <> ",
    "PREFIX SERVICE: <x:> PREFIX : <U> PREFIX h: <U> ", "PREFIX p:<x:>PREFIX:<U>",
    "PREFIX service:<U>PREFIX : <U>",
    "PREFIX p: <x\\u003A> PREFIX h: <\\u0068ttp://127.0.0.1/> PREFIX : <U>",
]  # fmt: skip


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <U> {} }",
        "PREFIX : <U> SELECT * { SERVICE:x { ?s ?p ?o } }",
        "SELECT * { SERVICESILENT <U> {} }",
        "SELECT * { ?s ?p true.SERVICE<U>{} }",
        "PREFIX p: <x:> SELECT * { ?s ?p p:.SERVICE<U>{} }",
        # The prefix and the local part make no IRI, so the engine takes the prefix alone.
        "PREFIX p: <http://h:> SELECT * { ?s ?p p:service<U>{} }",
        "PREFIX SERVICE: <x:> PREFIX : <U> SELECT * { SERVICE:x {} }",
    ],
)
def test_the_engine_alone_would_call_and_we_do_not(store, listener, query):
    query = query.replace("U", listener.address) if "<U>" in query else query
    before = listener.calls
    with contextlib.suppress(RuntimeError, OSError):
        list(store.engine.query(query))
    assert listener.calls > before, "or else the case shows nothing"
    before = listener.calls
    for ask in (store.query, store.query_rdflib):
        with pytest.raises(QueryError):
            ask(query, prefixes=PREFIXES)
    assert listener.calls == before


@settings(max_examples=400, deadline=None)
@given(
    st.sampled_from(HEAD),
    st.sampled_from(AROUND),
    st.sampled_from(BEFORE),
    st.sampled_from(["", " ", "\n", ".", " . "]),
    st.sampled_from(KEYWORD),
    st.sampled_from(BEHIND),
    st.sampled_from(GROUP),
)
@example(HEAD[0], AROUND[0], "FILTER(?a <-1+'> = \"')", "", "SERVICE", "<U>", '{} FILTER(1=1")')
def test_no_query_calls(store, listener, head, around, before, gap, keyword, behind, group):
    query = (head + around.replace("@", before + gap + keyword + behind + group)).replace(
        "U>", f"{listener.address}>"
    )
    calls = listener.calls
    with contextlib.suppress(QueryError):
        store.query(query, prefixes=PREFIXES)
    assert listener.calls == calls, query


@settings(max_examples=40, deadline=None)
@given(
    st.sampled_from(["FROM", "from", "FROM NAMED", "FROM#\n", "\\u0046ROM"]),
    st.sampled_from(["<U>", ":x", " :x", "\n<U>"]),
    st.sampled_from(
        ["SELECT * @ {}", "SELECT *@{}", "ASK @ {}", "CONSTRUCT {} @ WHERE {}", "DESCRIBE <x:a> @"]
    ),
)
def test_rdflib_fetches_nothing(store, listener, keyword, source, around):
    query = f"PREFIX : <U> {around.replace('@', keyword + source)}".replace("U>", f"{listener.address}>")
    calls = listener.calls
    with contextlib.suppress(QueryError):
        store.query_rdflib(query, prefixes=PREFIXES)
    assert listener.calls == calls, query


@settings(max_examples=200)
@given(st.text(alphabet="SERVICEservicefrom<>'\"\\#:?._ {}\nu0053", max_size=60))
def test_the_letters_are_gone_or_the_query_is_refused(text):
    with contextlib.suppress(QueryError):
        assert "service" not in masked(text, {}).text.lower()


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("SELECT ?service { ?service ?p 'a service' }", [("service", "x:a")]),
        (
            "SELECT ?service ?_ervice { ?service ?_ervice 'a service' }",
            [("service", "x:a"), ("_ervice", "x:p")],
        ),
        ("PREFIX e: <http://e/> SELECT ?v { e:service\\#x <x:from> ?v } # SERVICE", [("v", "1")]),
        ("PREFIX service: <http://e/service#> SELECT ?from { service:x ?from '1' }", [("from", "x:from")]),
        (
            "SELECT ?v { ?s ?p ?v, '''a service''' FILTER(CONTAINS(?v, 'ServICE') || true) }",
            [("v", "a service")],
        ),
        ("SELECT ?v { _:service <x:from> ?v }", [("v", "1")]),
        ("SELECT (COUNT(*) AS ?from) { }", [("from", 1)]),
    ],
)
def test_names_strings_and_comments_may_hold_the_letters(store, query, expected):
    assert store.query(query, prefixes=PREFIXES).values() == [dict(expected)]


def test_the_engine_reads_code_points_within_strings_and_iris_alone(store):
    """What masking rests on: were they read before the rest, a masked string could end early."""
    with pytest.raises(SyntaxError):
        store.engine.query("\\u0053ELECT * {}")
    assert [r["x"].value for r in store.engine.query("SELECT ('\\u0027' AS ?x) {}")] == ["'"]


@pytest.mark.skipif(not fenced(cut_off), reason="this system cannot refuse sockets to a thread")
class TestBehindTheFence:
    def test_fence_keeps_the_engine_and_python_from_calling(self, store, listener):
        query = f"SELECT * {{ SERVICE <{listener.address}> {{}} }}"
        calls = listener.calls
        with pytest.raises(OSError, match=r"denied"):
            fenced(lambda: list(store.engine.query(query)))
        with pytest.raises(OSError, match=r"denied"):
            fenced(lambda: urllib.request.urlopen(listener.address))
        with pytest.raises(QueryError, match="denied"):
            limited(lambda: list(store.engine.query(query)), seconds=20)
        assert listener.calls == calls

    def test_fence_is_around_one_thread_alone(self, listener):
        fenced(lambda: None)
        assert urllib.request.urlopen(listener.address).status == 200
