"""`kg mcp` as its clients meet it: the protocol's own client, talking to a process over stdin and stdout."""

import contextlib
import functools
import itertools
import json
import os
import pathlib
import signal
import subprocess
import sys
import time

import pytest
from events_graph import made
from small_graph import DOCUMENT, EXTRACTION, RESOLUTION, TEXT
from small_store import put

from kg.knowledge import KnowledgeGraph
from kg.library.directory import StoreDirectory

pytest.importorskip("mcp")

import anyio.from_thread
from mcp import ClientSession, StdioServerParameters
from mcp.client.stdio import stdio_client

pytestmark = pytest.mark.usefixtures("models_once")

ROOT = pathlib.Path(__file__).resolve().parents[2]
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l FILTER(?c != ?l) }"
GREEDY = f"SELECT (STRLEN(?h) AS ?n) {{ BIND('{'x' * 100_000}' AS ?a) BIND(REPLACE(?a, 'x', ?a) AS ?h) }}"
TOOLS = ["search_entities", "facts_about", "events", "path", "evidence", "sparql"]


class Client:
    """A client of one server, for tests that wait for each answer."""

    def __init__(self, portal, session, hello):
        self.portal, self.session, self.hello = portal, session, hello

    def tools(self):
        return {tool.name: tool for tool in self.portal.call(self.session.list_tools).tools}

    def call(self, tool, **arguments):
        return self.portal.call(functools.partial(self.session.call_tool, tool, arguments))

    def get(self, tool, **arguments):
        answer = self.call(tool, **arguments)
        assert not answer.isError, answer.content[0].text
        # Clients that know nothing of structured answers read the same as text.
        assert json.loads(answer.content[0].text) == answer.structuredContent
        return answer.structuredContent

    def refused(self, tool, **arguments):
        answer = self.call(tool, **arguments)
        assert answer.isError, answer.content
        assert "Traceback" not in answer.content[0].text
        return answer.content[0].text


@contextlib.contextmanager
def asking(path, *options):
    @contextlib.asynccontextmanager
    async def opened():
        words = ["-m", "kg", "mcp", str(path), "-q", *options]
        server = StdioServerParameters(command=sys.executable, args=words, cwd=pathlib.Path.cwd())
        async with stdio_client(server) as streams, ClientSession(*streams) as session:
            hello = await session.initialize()
            yield session, hello

    with (
        anyio.from_thread.start_blocking_portal() as portal,
        portal.wrap_async_context_manager(opened()) as (session, hello),
    ):
        yield Client(portal, session, hello)


@pytest.fixture(scope="module")
def graph_file(tmp_path_factory):
    path = tmp_path_factory.mktemp("asked") / "g.ttl"
    return KnowledgeGraph.from_records([DOCUMENT], [EXTRACTION], RESOLUTION).save(path)


@pytest.fixture(scope="module")
def client(graph_file):
    with asking(graph_file, "--timeout", "20") as client:
        yield client


@pytest.fixture(scope="module")
def of_events(tmp_path_factory):
    document, extraction, resolution = made()
    path = tmp_path_factory.mktemp("happened") / "e.ttl"
    with asking(KnowledgeGraph.from_records([document], [extraction], resolution).save(path)) as client:
        yield client


def test_tools_are_described_for_models(client):
    tools = client.tools()
    assert list(tools) == TOOLS
    for tool in tools.values():
        assert tool.annotations.readOnlyHint
        assert tool.outputSchema["type"] == "object"
        assert 40 < len(tool.description) < 700
        for name, argument in tool.inputSchema["properties"].items():
            assert argument["description"], (tool.name, name)
    assert "1 document" in client.hello.instructions
    assert client.hello.serverInfo.name == "kg"


@pytest.mark.parametrize(
    ("name", "label", "match"),
    [
        ("ada moreau", "Ada Moreau", "name"),
        ("harb", "Harbour Board", "part"),
        ("Port Vail", "Port Vale", "like"),
    ],
)
def test_things_are_found_by_name_words_and_likeness(client, name, label, match):
    first = client.get("search_entities", name=name)["entities"][0]
    assert (first["label"], first["match"]) == (label, match)


def test_things_are_found_by_class(client):
    found = client.get("search_entities", type="GPE")["entities"]
    assert {each["label"] for each in found} == {"Norland", "Port Vale"}
    assert "did you mean 'Person'?" in client.refused("search_entities", name="Ada", type="Persn")
    nothing = client.get("search_entities", name="qqqqqq")
    assert nothing == {"entities": [], "note": "nothing is called like 'qqqqqq'"}


def test_every_quote_is_the_characters_that_it_names(client):
    found = client.get("facts_about", entity="Moreau", asserted=None, limit=50)
    assert found["entity"]["label"] == "Ada Moreau"
    assert found["total"] == len(found["facts"]) >= 4
    for fact in found["facts"]:
        for quote in fact["quotes"]:
            assert quote["quote"] == TEXT[quote["start"] : quote["end"]]
            assert quote["start"] <= quote["claim_start"] < quote["claim_end"] <= quote["end"]
            assert (quote["document"], quote["document_id"]) == (DOCUMENT.source, DOCUMENT.id)
            assert (quote["title"], quote["published"]) == ("A loan", "2021-05-04")


def test_what_is_not_asserted_is_left_out_unless_asked_for(client):
    said = client.get("facts_about", entity="Harbour Board")
    assert (said["total"], said["facts"]) == (0, [])
    assert "asserted=null" in said["note"]
    (fact,) = client.get("facts_about", entity="Harbour Board", asserted=None)["facts"]
    assert (fact["asserted"], fact["standing"]) == (False, "negated, reported, by Ada Moreau")


def test_facts_are_chosen_by_relation_and_day_and_read_on(client):
    (fact,) = client.get("facts_about", entity="ent:Ada_Moreau", relation="position held")["facts"]
    assert (fact["object"], fact["object_id"]) == ("Finance Minister", "Finance_Minister")
    met = client.get("facts_about", entity="Ada Moreau", since="2021-05-03")["facts"]
    assert {each["relation"] for each in met} == {"meet", "meet in"}
    every = client.get("facts_about", entity="Ada Moreau")["facts"]
    pages = [
        client.get("facts_about", entity="Ada Moreau", limit=1, skip=n)["facts"] for n in range(len(every))
    ]
    assert [fact for page in pages for fact in page] == every


def test_events_have_roles_days_and_quotes(of_events):
    found = of_events.get("events", kind="Acquisition")["events"]
    assert [each["label"] for each in found] == ["acquisition of Vero"]
    assert found[0]["roles"] == {"acquired": ["Vero"], "buyer": ["Halm"], "price": ["200"]}
    assert (found[0]["begins"], found[0]["type"]) == ("2010-01-01", "Acquisition")
    assert "Vero" in found[0]["quotes"][0]["quote"]
    spring = of_events.get("events", since="2024-01-01", until="2024-03-05")
    assert [each["label"] for each in spring["events"]] == ["killing of guard"]
    assert of_events.get("events", about="Oslo")["events"][0]["type"] == "Journey"
    assert "did you mean 'Acquisition'" in of_events.refused("events", kind="Aquisition")


def test_a_path_leads_from_one_thing_to_the_other(of_events):
    steps = of_events.get("path", start="Tom Hale", end="Vero")["steps"]
    ends = [{step["subject"], step["object"]} for step in steps]
    assert "Tom Hale" in ends[0]
    assert "Vero" in ends[-1]
    assert all(one & other for one, other in itertools.pairwise(ends))


def test_a_path_that_is_not_there_is_told(client):
    found = client.get("path", start="Port Vale", end="Harbour Board")
    assert found["steps"] == []
    assert "nothing links Port Vale and Harbour Board" in found["note"]


def test_evidence_of_one_fact(client):
    found = client.get("evidence", about="Norland", relation="country", other="Ada Moreau")
    (quote,) = found["facts"][0]["quotes"]
    assert TEXT[quote["claim_start"] : quote["claim_end"]].startswith("Ada Moreau, the Finance Minister")
    assert "did you mean 'country'?" in client.refused("evidence", about="Norland", relation="contry")
    assert client.get("evidence", about="engineers", other="Ada Moreau", relation="meet")["total"] == 1
    assert "nothing at the other end" in client.refused("evidence", about="Norland", other="2.5 %")
    none = client.get("evidence", about="Norland", other="Port Vale")
    assert (none["total"], none["facts"], "no such fact" in none["note"]) == (0, [], True)


def test_sparql_in_its_three_kinds_of_answers(client):
    found = client.get("sparql", query="SELECT ?who ?c WHERE { ?who rel:country ?c }")
    assert found == {"variables": ["who", "c"], "rows": [["ent:Ada_Moreau", "ent:Norland"]]}
    assert client.get("sparql", query="ASK { ?who rel:country ent:Norland }") == {"truth": True}
    turtle = client.get("sparql", query="CONSTRUCT WHERE { ?who rel:country ?c }")["turtle"]
    assert "ent:Ada_Moreau rel:country ent:Norland" in turtle
    cut = client.get("sparql", query="SELECT ?s ?p ?o { ?s ?p ?o }", limit=3)
    assert (len(cut["rows"]), cut["cut"]) == (3, True)
    saved = client.get("sparql", query="offices", limit=5)
    assert any("Finance Minister" in row for row in saved["rows"])
    bound = client.get("sparql", query="SELECT ?c { ?who rel:country ?c }", bind={"who": "ent:Ada_Moreau"})
    assert bound["rows"] == [["ent:Norland"]]


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("SELECT {", "query: "),
        ("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", "SERVICE is refused"),
        ("SELECT * FROM <file:///etc/hostname> { ?s ?p ?o }", "is refused"),
        ("INSERT DATA { <x:a> <x:b> <x:c> }", "INSERT is refused"),
        ("ofices", "did you mean 'offices'?"),
        (GREEDY, "out of memory"),
    ],
)
def test_queries_that_are_refused_say_why(client, query, says):
    assert says in client.refused("sparql", query=query)


def test_a_query_is_stopped_when_its_time_is_over_and_harms_no_other(graph_file):
    with asking(graph_file, "--timeout", "1") as client:
        started = time.monotonic()
        assert "stopped after 1 seconds" in client.refused("sparql", query=ENDLESS)
        assert time.monotonic() - started < 15
        assert client.get("sparql", query="ASK { ?who rel:country ?c }") == {"truth": True}


@pytest.mark.parametrize(
    ("tool", "arguments", "says"),
    [
        ("facts_about", {"entity": "Ada Morau"}, "did you mean 'Ada Moreau'?"),
        ("facts_about", {"entty": "Ada"}, "there is no argument 'entty'; did you mean 'entity'?"),
        ("facts_about", {}, "the argument 'entity' is missing"),
        ("facts_about", {"entity": "Norland", "limit": "many"}, "the argument 'limit' is wrong"),
        ("facts_about", {"entity": "Norland", "since": "May"}, "'May' is no day; write it as YYYY-MM-DD"),
        ("path", {"start": "Norland", "end": "Prot Vale"}, "did you mean 'Port Vale'?"),
        ("fact_about", {}, "did you mean 'facts_about'"),
    ],
)
def test_mistakes_are_answered_with_what_was_meant(client, tool, arguments, says):
    assert says in client.refused(tool, **arguments)


def test_a_store_is_asked_as_it_is_now_with_the_text_around(tmp_path):
    store = StoreDirectory.create(tmp_path / "s")
    put(store, 1)
    with asking(store.path) as client:
        assert client.get("search_entities", name="Person 1")["entities"][0]["id"] == "Person_1"
        assert "no entity is called 'Person 2'" in client.refused("facts_about", entity="Person 2")
        put(store, 2)
        (fact,) = client.get("facts_about", entity="Person 2")["facts"]
        assert fact["quotes"][0]["document"] == "2.txt"
        (fact,) = client.get("evidence", about="Person 2", context=50)["facts"]
        assert fact["quotes"][0]["context"] == "Person 2 met Anna Berg."
        store.remove(["2.txt"])
        assert "no entity is called" in client.refused("facts_about", entity="Person 2")
        assert client.get("facts_about", entity="Anna Berg")["total"] == 1


def test_a_file_that_is_written_anew_is_read_anew(tmp_path, graph_file):
    path = tmp_path / "g.ttl"
    path.write_bytes(graph_file.read_bytes())
    with asking(path) as client:
        assert client.get("sparql", query="ASK { ent:Norland ?p ?o }")["truth"] is True
        path.write_text("@prefix ex: <https://a.example/> . ex:Ulm ex:near ex:Oslo .", encoding="utf-8")
        assert client.get("sparql", query="ASK { ent:Norland ?p ?o }")["truth"] is False
        path.write_text("no Turtle", encoding="utf-8")
        assert client.get("facts_about", entity="Ulm")["facts"][0]["relation"] == "near"


def hello(process):
    """Begin as a client does; gives what the server answers."""
    params = {
        "protocolVersion": "2025-06-18",
        "capabilities": {},
        "clientInfo": {"name": "t", "version": "0"},
    }
    request = {"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": params}
    process.stdin.write(json.dumps(request).encode() + b"\n")
    process.stdin.flush()
    return json.loads(process.stdout.readline())


@pytest.mark.parametrize("ends", ["closes", "signal"])
def test_it_ends_with_its_client_and_leaves_nothing(graph_file, tmp_path, ends):
    words = [sys.executable, "-m", "kg", "mcp", str(graph_file)]
    pipes = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.PIPE)
    folder = {**os.environ, "TMPDIR": str(tmp_path)}
    with subprocess.Popen(words, **pipes, env=folder) as process:
        assert hello(process)["result"]["serverInfo"]["name"] == "kg"
        assert [*tmp_path.iterdir()]
        if ends == "closes":
            process.stdin.close()
        else:
            process.send_signal(signal.SIGTERM)
        assert process.wait(20) == (0 if ends == "closes" else 128 + signal.SIGTERM)
        assert process.stdout.read() == b""
        assert b"Traceback" not in process.stderr.read()
    assert [*tmp_path.iterdir()] == []


def test_a_graph_that_is_not_there_is_one_line(kg, tmp_path):
    code, out, err = kg("mcp", tmp_path / "none.ttl")
    assert (code, out) == (1, "")
    assert "no such file" in err


def test_without_the_package_it_says_what_to_install(kg, graph_file, monkeypatch):
    monkeypatch.setitem(sys.modules, "mcp", None)
    code, _, err = kg("mcp", graph_file)
    assert code == 1
    assert "pip install 'kg[agents]'" in err


def test_the_page_shows_what_the_tools_answer(monkeypatch):
    monkeypatch.syspath_prepend(str(ROOT / "tools"))
    import document_agents

    page = document_agents.PAGE.read_text(encoding="utf-8")
    assert len(document_agents.CALL.findall(page)) >= 5
    assert document_agents.page() == page, "run: make docs"
