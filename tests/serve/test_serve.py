"""`kg serve` as its clients meet it: curl, SPARQLWrapper, rdflib's SPARQLStore, a browser's requests."""

import contextlib
import http.client
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request

import pytest
from servers import ask, get, serving
from small_graph import DOCUMENT, EXTRACTION, RESOLUTION

from kg.knowledge import KnowledgeGraph

pytest.importorskip("starlette")
pytest.importorskip("uvicorn")

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l FILTER(?c != ?l) }"
COUNTRY = "SELECT ?s { ?s rel:country ?o }"
ADA = "https://example.org/entity/Ada_Moreau"


@pytest.fixture(scope="module")
def graph_file(tmp_path_factory):
    path = tmp_path_factory.mktemp("served") / "g.ttl"
    return KnowledgeGraph.from_records([DOCUMENT], [EXTRACTION], RESOLUTION).save(path)


@pytest.fixture(scope="module")
def server(graph_file):
    with serving(graph_file) as (process, address):
        yield process, address


@pytest.fixture
def url(server):
    return server[1]


def test_query_by_get_and_both_kinds_of_post(url):
    form = urllib.parse.urlencode({"query": COUNTRY}).encode()
    answers = [
        ask(url, COUNTRY),
        get(f"{url}/sparql", data=form, kind="application/x-www-form-urlencoded"),
        get(f"{url}/sparql", data=COUNTRY.encode(), kind="application/sparql-query; charset=utf-8"),
    ]
    for status, headers, body in answers:
        assert status == 200
        assert headers["Content-Type"].startswith("application/sparql-results+json")
        assert [b["s"]["value"] for b in json.loads(body)["results"]["bindings"]] == [ADA]


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("application/sparql-results+xml", "application/sparql-results+xml"),
        ("text/csv;q=0.9, text/html;q=1.0", "text/csv"),
        ("text/tab-separated-values", "text/tab-separated-values"),
        ("application/*", "application/sparql-results+json"),
        ("text/csv;q=0.1, application/xml;q=0.2", "application/xml"),
    ],
)
def test_content_negotiation_of_rows(url, accept, kind):
    status, headers, body = ask(url, COUNTRY, accept=accept)
    assert (status, headers["Content-Type"].partition(";")[0]) == (200, kind)
    assert ADA in body


def test_construct_and_describe_give_a_graph(url):
    for accept, kind in [("*/*", "text/turtle"), ("application/ld+json", "application/ld+json")]:
        for query in ("CONSTRUCT { ?s rel:of ?o } WHERE { ?s rel:country ?o }", f"DESCRIBE <{ADA}>"):
            status, headers, body = ask(url, query, accept=accept)
            assert (status, headers["Content-Type"].partition(";")[0]) == (200, kind)
            assert "ent:Ada_Moreau" in body


@pytest.mark.parametrize(
    ("query", "status", "says"),
    [
        ("SELECT {", 400, "query: "),
        ("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", 400, "SERVICE is refused"),
        ("SELECT * FROM <file:///etc/hostname> { ?s ?p ?o }", 400, "is refused"),
        ("INSERT DATA { <x:a> <x:b> <x:c> }", 403, "read-only"),
        ("\\u0044ROP ALL", 403, "read-only"),
        (ENDLESS, 504, "stopped after 2 seconds"),
    ],
)
def test_what_is_refused_and_why(url, query, status, says):
    found, _, body = ask(url, query)
    assert (found, says in body) == (status, True), body
    assert "Traceback" not in body


def test_requests_that_are_no_query(url):
    end = f"{url}/sparql"
    assert get(end, data=b"update=DROP+ALL", kind="application/x-www-form-urlencoded")[0] == 403
    assert get(end, data=b"DROP ALL", kind="application/sparql-update")[0] == 403
    assert get(end, data=b"x", kind="text/plain")[0] == 415
    assert get(end, data=b"\xff\xfe", kind="application/sparql-query")[0] == 400
    assert get(end, data=b"a=b", kind="application/x-www-form-urlencoded")[0] == 400
    assert get(f"{end}?query=ASK%7B%7D&query=ASK%7B%7D")[0] == 400
    assert get(f"{end}?query=%ff")[0] == 400
    assert get(end, method="DELETE")[0] == 405
    assert get(f"{end}?query=ASK%7B%7D&default-graph-uri=http%3A%2F%2Fe%2F")[0] == 400
    assert ask(url, COUNTRY, accept="image/png")[0] == 406
    assert get(end, data=b"x" * 2_000_000, kind="application/sparql-query")[0] == 413


def test_without_a_query_the_service_describes_itself(url):
    assert "sd:SPARQL11Query" in get(f"{url}/sparql", accept="text/turtle")[2]


def test_entity_page_in_three_forms(url):
    status, headers, body = get(f"{url}/entity/Ada_Moreau", accept="text/html,*/*;q=0.1")
    assert (status, headers["Content-Type"].partition(";")[0]) == (200, "text/html")
    assert "Finance Minister" in body
    assert "<script" not in body
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    turtle = get(f"{url}/entity/Ada_Moreau", accept="text/turtle")[2]
    assert turtle == get(f"{url}/entity/Ada_Moreau?format=turtle", accept="text/html")[2]
    assert "rel:position_held ent:Finance_Minister" in turtle
    data = json.loads(get(f"{url}/entity/Ada_Moreau", accept="application/ld+json")[2])
    assert any(node["@id"] == "ent:Ada_Moreau" for node in data["@graph"])
    assert get(f"{url}/resource?iri={urllib.parse.quote(ADA)}", accept="text/turtle")[2] == turtle
    assert get(f"{url}/document/0123456789abcdef", accept="text/html")[0] == 200


@pytest.mark.parametrize(
    "path", ["/entity/Nobody", "/entity/%00%ff%3C", "/nothing/at/all", "/static/../app.py"]
)
def test_what_is_not_there(url, path):
    status, _, body = get(url + path)
    assert status in (400, 404)
    assert "Traceback" not in body


def test_page_and_editor_are_served_without_a_network(url):
    status, _, body = get(f"{url}/")
    assert (status, "Ada Moreau" in body) == (200, True)
    status, _, body = get(f"{url}/query")
    links = re.findall(r'(?:src|href)="([^"]+)"', body)
    assert status == 200
    assert all(link.startswith(("/", "data:,")) for link in links)
    for link in links:
        if link.startswith("/static/"):
            assert get(url + link)[0] == 200


def test_other_names_of_this_machine_are_turned_down(url):
    assert get(url, host="evil.example")[0] == 400


def test_no_other_origin_may_ask_unless_allowed(url, graph_file):
    def allowed(address):
        request = urllib.request.Request(
            f"{address}/sparql?query=ASK%7B%7D", headers={"Origin": "https://pages.example"}
        )
        with urllib.request.urlopen(request, timeout=20) as response:
            return response.headers["Access-Control-Allow-Origin"]

    with pytest.raises(urllib.error.HTTPError, match="403"):
        allowed(url)
    with serving(graph_file, "--cors", "https://pages.example") as (_, other):
        assert allowed(other) == "https://pages.example"


FORM = {"data": b"query=ASK%7B%7D", "kind": "application/x-www-form-urlencoded"}
NAVIGATES = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}


@pytest.mark.parametrize(
    ("path", "options", "status"),
    [
        ("/sparql", {**FORM, "more": {"Origin": "https://evil.example"}}, 403),
        ("/sparql", {**FORM, "more": {"Origin": "null"}}, 403),
        ("/sparql", {**FORM, "more": NAVIGATES}, 403),
        (
            "/sparql?query=ASK%7B%7D",
            {"more": {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors"}},
            403,
        ),
        ("/sparql?query=ASK%7B%7D", {"more": {"Sec-Fetch-Site": "same-site", "Sec-Fetch-Mode": "cors"}}, 403),
        ("/sparql?query=ASK%7B%7D", {"more": NAVIGATES}, 403),
        ("/entity/Ada_Moreau", {"more": {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors"}}, 403),
        ("/entity/Ada_Moreau", {"more": NAVIGATES}, 200),
        (
            "/sparql?query=ASK%7B%7D",
            {"more": {"Sec-Fetch-Site": "same-origin", "Sec-Fetch-Mode": "cors"}},
            200,
        ),
        ("/sparql", FORM, 200),
    ],
)
def test_what_a_page_of_another_origin_sends_is_not_answered(url, path, options, status):
    assert get(url + path, **options)[0] == status


def test_our_own_pages_may_post(url):
    assert get(f"{url}/sparql", **FORM, more={"Origin": url, "Sec-Fetch-Site": "same-origin"})[0] == 200


def test_no_disguise_of_service_calls(url):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        there = f"<http://127.0.0.1:{listener.getsockname()[1]}/>"
        for query in (
            f"PREFIX : {there} SELECT * {{ SERVICE:x {{ ?s ?p ?o }} }}",
            f"SELECT * {{ SERVICESILENT {there} {{ ?s ?p ?o }} }}",
            f"PREFIX p: <x:> SELECT * {{ ?s ?p p:.SERVICE{there} {{}} }}",
        ):
            assert ask(url, query)[0] == 400
        listener.settimeout(0.5)
        with pytest.raises(TimeoutError):
            listener.accept()


@pytest.mark.parametrize(
    ("query", "status", "says"),
    [
        (f"ASK {{ FILTER({'!' * 300_000}true) }}", 507, "too long or too deep"),
        ("ASK { " + "{} UNION " * 60_000 + "{} }", 507, "too long or too deep"),
        (
            "SELECT (STRLEN(?h) AS ?n) { BIND('"
            + "x" * 100_000
            + "' AS ?a) BIND(REPLACE(?a, 'x', ?a) AS ?h) }",
            507,
            "out of memory",
        ),
    ],
)
def test_memory_and_a_crash_are_told_apart_from_time(graph_file, query, status, says):
    form = urllib.parse.urlencode({"query": query}).encode()
    # However slow the machine is, these end by what they ask for and not by the clock.
    with serving(graph_file, "--timeout", "300") as (_, address):
        found, _, body = get(
            f"{address}/sparql", data=form, kind="application/x-www-form-urlencoded", patience=280
        )
    assert (found, says in body) == (status, True), body


def test_headers_that_come_too_slowly_end_the_connection(graph_file):
    code = (
        "import kg.serve.connection as c; c.HEADER_SECONDS = 1.0; "
        "import sys; from kg.cli import main; sys.exit(main(sys.argv[1:]))"
    )
    with serving(graph_file, python=["-c", code]) as (_, address):
        host, port = address.removeprefix("http://").split(":")
        first = b"GET /sparql?query=ASK%7B%7D HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
        for before in (b"", first):
            with socket.create_connection((host, int(port)), timeout=20) as slow:
                slow.sendall(before)
                if before:
                    assert b"200 OK" in slow.recv(100_000)
                started = time.monotonic()
                with contextlib.suppress(OSError):
                    for byte in b"GET / HTTP/1.1\r\nX: " + b"y" * 500:
                        slow.sendall(bytes([byte]))
                        time.sleep(0.05)
                assert time.monotonic() - started < 10


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_sparqlwrapper(url):
    wrapper = pytest.importorskip("SPARQLWrapper")
    client = wrapper.SPARQLWrapper(f"{url}/sparql")
    client.setQuery(COUNTRY)
    for method in (wrapper.GET, wrapper.POST):
        client.setMethod(method)
        for form in (wrapper.JSON, wrapper.XML, wrapper.CSV):
            client.setReturnFormat(form)
            assert ADA in str(client.query().response.read())
    client.setQuery("CONSTRUCT { ?s rel:of ?o } WHERE { ?s rel:country ?o }")
    client.setReturnFormat(wrapper.RDFXML)
    assert len(client.queryAndConvert()) == 1


def test_rdflib_sparqlstore(url):
    import rdflib
    from rdflib.plugins.stores.sparqlstore import SPARQLStore

    for method in ("GET", "POST", "POST_FORM"):
        graph = rdflib.Graph(SPARQLStore(f"{url}/sparql", method=method))
        rows = list(graph.query("SELECT ?o { <" + ADA + "> <https://example.org/relation/country> ?o }"))
        assert [str(row.o) for row in rows] == ["https://example.org/entity/Norland"]
        triple = (rdflib.URIRef(ADA), rdflib.RDFS.label, rdflib.Literal("Ada Moreau", lang="en"))
        assert triple in graph


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")
def test_curl(url):
    command = ["curl", "-sS", "-m", "20", "-H", "Accept: text/csv", f"{url}/sparql"]
    found = subprocess.run(
        [*command, "--data-urlencode", f"query={COUNTRY}"], capture_output=True, text=True, check=True
    )
    assert found.stdout.splitlines() == ["s", ADA]


def test_slow_malformed_and_aborted_requests_harm_nobody(server):
    """While some hang, lie or leave, others get right answers; nothing is left behind."""
    process, url = server
    host, port = url.removeprefix("http://").split(":")
    before = len(children(process.pid))
    sockets = []
    for text in (
        b"GET /sparql?query=AS",
        b"POST /sparql HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/sparql-query\r\n"
        b"Content-Length: 99\r\n\r\nSELECT",
        b"\x16\x03\x01 nonsense\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n" + b"X: y\r\n" * 20_000,
    ):
        made = socket.create_connection((host, int(port)), timeout=20)
        with contextlib.suppress(OSError):
            made.sendall(text)
        sockets.append(made)
    for _ in range(8):
        made = http.client.HTTPConnection(host, int(port), timeout=20)
        made.request("GET", f"/sparql?{urllib.parse.urlencode({'query': ENDLESS})}")
        made.close()
    started = time.monotonic()
    assert ask(url, COUNTRY)[0] == 200
    assert time.monotonic() - started < 15
    for made in sockets:
        made.close()
    deadline = time.monotonic() + 15
    while len(children(process.pid)) > before and time.monotonic() < deadline:
        time.sleep(0.1)
    assert len(children(process.pid)) <= before


def children(pid):
    found = subprocess.run(["ps", "-eo", "pid=,ppid="], capture_output=True, text=True, check=True).stdout
    parents = {int(a): int(b) for a, b in (line.split() for line in found.splitlines())}

    def below(one):
        return [p for p, parent in parents.items() if parent == one]

    return [p for child in below(pid) for p in (child, *below(child))]


def test_stops_cleanly_and_leaves_no_process(graph_file):
    with serving(graph_file) as (process, url):
        assert ask(url, COUNTRY)[0] == 200
        below = children(process.pid)
        assert below
        process.send_signal(signal.SIGTERM)
        process.wait(15)
        assert "Traceback" not in process.stderr.read()
    time.sleep(0.3)
    assert not [pid for pid in below if os.path.exists(f"/proc/{pid}")]


def test_port_in_use_is_one_line(graph_file, url):
    command = [sys.executable, "-m", "kg", "serve", str(graph_file), "--port", url.rpartition(":")[2]]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1
    assert "another --port" in done.stderr


@pytest.mark.browser
def test_editor_asks_in_a_browser_and_asks_nobody_else(url, browser):
    with browser.new_context() as context:
        page = context.new_page()
        asked, said = [], []
        page.on("request", lambda request: asked.append(request.url))
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.goto(f"{url}/query")
        page.select_option("#saved", label="offices")
        page.click("#run")
        page.locator("#answer tr").nth(1).wait_for(state="attached")
        assert "Finance Minister" in page.inner_text("#answer")
        page.wait_for_timeout(300)
        assert page.query_selector(".parseErrorIcon") is None
    assert said == []
    assert all(one.startswith((url, "data:", "blob:")) for one in asked)
