"""What keeps `kg serve` running among others: its log, health, numbers, token, and help for who is lost."""

import configparser
import json
import pathlib
import re
import shlex
import signal
import subprocess
import sys
import time
import urllib.parse

import pytest
import yaml
from servers import ask, get, running, serving
from small_graph import DOCUMENT, EXTRACTION, RESOLUTION
from small_store import put

from kg import cli
from kg.knowledge import KnowledgeGraph
from kg.library.directory import StoreDirectory

pytestmark = pytest.mark.usefixtures("models_once")

pytest.importorskip("starlette")
pytest.importorskip("uvicorn")

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l FILTER(?c != ?l) }"
TOKEN = "only-for-who-knows-it"
BEARER = {"Authorization": f"Bearer {TOKEN}"}
PAGES = "https://pages.example"
LABELS = r'\w+="[^"\\\n]*"'
SAMPLE = re.compile(rf"(?P<name>[a-z_]+)(?:\{{(?P<labels>{LABELS}(?:,{LABELS})*)\}})? (?P<value>[0-9.e+-]+)")


@pytest.fixture(scope="module")
def graph_file(tmp_path_factory):
    path = tmp_path_factory.mktemp("operated") / "g.ttl"
    return KnowledgeGraph.from_records([DOCUMENT], [EXTRACTION], RESOLUTION).save(path)


@pytest.fixture(scope="module")
def url(graph_file):
    with serving(graph_file) as (_, address):
        yield address


@pytest.fixture(scope="module")
def locked(graph_file):
    with serving(graph_file, "--token", TOKEN, "--cors", PAGES) as (_, address):
        yield address


def numbers(url, **options):
    """Read the metrics as Prometheus does: what is declared, and each sample by its name and labels."""
    status, headers, text = get(f"{url}/metrics", **options)
    assert status == 200
    assert headers["Content-Type"].startswith("text/plain; version=0.0.4")
    kinds, found = {}, {}
    for line in text.splitlines():
        if line.startswith("# TYPE "):
            _, _, name, kind = line.split(" ")
            kinds[name] = kind
        elif not line.startswith("# HELP "):
            sample = SAMPLE.fullmatch(line)
            assert sample, line
            assert re.sub("_(bucket|sum|count)$", "", sample["name"]) in kinds
            labels = frozenset(re.findall(r'(\w+)="([^"]*)"', sample["labels"] or ""))
            assert (sample["name"], labels) not in found
            found[sample["name"], labels] = float(sample["value"])
    return found


def number(found, name, **labels):
    return found.get((name, frozenset(labels.items())), 0.0)


def test_health_says_what_is_served(url, graph_file):
    status, headers, body = get(f"{url}/health")
    found = json.loads(body)
    lines = KnowledgeGraph.from_file(graph_file).store.lines()
    assert (status, headers["Content-Type"]) == (200, "application/json")
    assert (found["ok"], found["triples"]) == (True, len(lines))
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT[\d:.]+Z", found["generation"])
    assert headers["Cache-Control"] == "no-store"


def test_health_does_not_wait_behind_slow_questions(graph_file):
    with serving(graph_file, "--timeout", "20") as (_, url):
        path = f"{url}/sparql?{urllib.parse.urlencode({'query': ENDLESS})}"
        code = "import sys, urllib.request\nfor u in sys.argv[1:]: urllib.request.urlopen(u)"
        words = [sys.executable, "-c", code, path]
        slow = [subprocess.Popen(words, stderr=subprocess.DEVNULL) for _ in range(8)]
        try:
            time.sleep(2)
            started = time.monotonic()
            assert get(f"{url}/health")[0] == 200
            assert time.monotonic() - started < 10
        finally:
            for process in slow:
                process.kill()
                process.wait()


def test_a_quick_answer_ends_while_one_that_was_asked_later_takes_its_time():
    code = """if True:
        import asyncio, time
        from kg.serve.host import Host

        def work(asked):
            time.sleep(asked["wait"])
            return "text/plain", b"done"

        async def told(wait):
            reply = await host.ask({"wait": wait})
            return b"".join([piece async for piece in reply.pieces])

        async def both():
            quick = asyncio.ensure_future(told(1.5))
            await asyncio.sleep(0.5)
            slow = asyncio.ensure_future(told(60))
            print(await quick, flush=True)
            slow.cancel()

        host = Host(work, seconds=100)
        host.start()
        try:
            asyncio.run(both())
        finally:
            host.stop()
    """
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=30, check=True
    )
    assert done.stdout == "b'done'\n"


def test_a_store_that_grows_is_served_as_it_is(tmp_path):
    store = StoreDirectory.create(tmp_path / "s")
    put(store, 1)
    with serving(store.path) as (_, url):
        before = json.loads(get(f"{url}/health")[2])
        assert "Person 1" in get(f"{url}/")[2]
        put(store, 2)
        after = json.loads(get(f"{url}/health")[2])
        assert int(after["generation"]) > int(before["generation"])
        assert after["triples"] > before["triples"]
        assert json.loads(ask(url, "ASK { ent:Person_2 ?p ?o }")[2])["boolean"] is True
        assert "Person 2" in get(f"{url}/")[2]
        assert number(numbers(url), "kg_triples") == after["triples"]


def test_requests_are_counted_by_route_and_status(url):
    before = numbers(url)
    for query in ("ASK {}", "ASK {}", "SELECT {"):
        ask(url, query)
    get(f"{url}/entity/Norland"), get(f"{url}/a/b/c")
    after = numbers(url)

    def more(name, **labels):
        return number(after, name, **labels) - number(before, name, **labels)

    assert more("kg_requests_total", route="/sparql", status="200") == 2
    assert more("kg_requests_total", route="/sparql", status="400") == 1
    assert more("kg_requests_total", route="/entity/*", status="200") == 1
    assert more("kg_requests_total", route="other", status="404") == 1
    assert more("kg_request_seconds_count", route="/sparql") == 3
    assert more("kg_request_seconds_sum", route="/sparql") > 0
    bounds = sorted(
        (float(dict(labels)["le"]), value)
        for (name, labels), value in after.items()
        if name == "kg_request_seconds_bucket" and ("route", "/sparql") in labels
    )
    values = [value for _, value in bounds]
    assert values == sorted(values)
    assert values[-1] == number(after, "kg_request_seconds_count", route="/sparql")


@pytest.mark.parametrize(
    ("reason", "path", "options"),
    [
        ("query", "/sparql?query=SELECT+%7B", {}),
        ("time", f"/sparql?{urllib.parse.urlencode({'query': ENDLESS})}", {}),
        ("update", "/sparql?query=DROP+ALL", {}),
        ("malformed", "/sparql?query=%ff", {}),
        ("long", "/sparql", {"data": b"x" * 2_000_000, "kind": "application/sparql-query"}),
        ("origin", "/sparql?query=ASK%7B%7D", {"more": {"Origin": "https://evil.example"}}),
    ],
)
def test_what_is_refused_is_counted_by_reason(url, reason, path, options):
    before = number(numbers(url), "kg_queries_refused_total", reason=reason)
    assert get(url + path, **options)[0] >= 400
    assert number(numbers(url), "kg_queries_refused_total", reason=reason) == before + 1


def test_a_thing_that_is_not_there_is_told_with_the_nearest(url):
    status, _, body = get(f"{url}/entity/Ada_Morau")
    assert status == 404
    assert "no such resource: https://example.org/entity/Ada_Morau" in body
    assert "did you mean Ada Moreau (/entity/Ada_Moreau)?" in body
    status, headers, body = get(f"{url}/entity/Port%20Veil", accept="text/html")
    assert (status, headers["Content-Type"].partition(";")[0]) == (404, "text/html")
    assert '<a href="/entity/Port_Vale">Port Vale</a>' in body
    assert "did you mean" not in get(f"{url}/entity/qqqqqqqq")[2]


def test_a_page_that_is_not_there_is_told_with_those_there_are(url):
    assert get(f"{url}/sparq")[::2] == (404, "no such page: /sparq; did you mean '/sparql'?\n")
    status, headers, body = get(f"{url}/%3Cb%3E/x", accept="text/html")
    assert (status, "<b>" in body, "/resource?iri=IRI" in body) == (404, False, True)
    assert "default-src 'none'" in headers["Content-Security-Policy"]


def test_the_log_has_a_line_a_request_and_no_token(graph_file):
    with serving(graph_file, "--log", "--token", TOKEN) as (process, url):
        get(f"{url}/health?token={TOKEN}")
        get(f"{url}/entity/Norland?tok%65n={TOKEN}&format=turtle", more=BEARER)
        get(f"{url}/nothing")
        ask(url, "x" * 2000, more=BEARER)
        process.send_signal(signal.SIGINT)
        process.wait(20)
        lines = process.stderr.read().splitlines()
    assert len(lines) == 4, lines
    line = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ 127\.0\.0\.1 GET (\S+) (\d{3}) \d+ \d+\.\d{3}")
    said = [line.fullmatch(each).groups() for each in lines]
    assert said[:3] == [
        ("/health?token=…", "200"),
        ("/entity/Norland?tok%65n=…&format=turtle", "200"),
        ("/nothing", "401"),
    ]
    assert (len(said[3][0]), said[3][1]) == (501, "400")


@pytest.mark.parametrize("options", [[], ["-q", "--log"]])
def test_without_the_option_or_when_quiet_nothing_is_logged(graph_file, options):
    code = (
        "import sys\nfrom kg.cli import main\nimport kg.serve\nserve = kg.serve.serve\n"
        "def told(*a, ready, **k):\n"
        "    return serve(*a, ready=lambda address: print(address, file=sys.stderr, flush=True), **k)\n"
        "kg.serve.serve = told\nsys.exit(main(sys.argv[1:]))"
    )
    with serving(graph_file, *options, python=["-c", code]) as (process, url):
        assert get(f"{url}/health")[0] == 200
        process.send_signal(signal.SIGINT)
        process.wait(20)
        assert process.stderr.read() == ""


@pytest.mark.parametrize(
    "path", ["/", "/query", "/sparql?query=ASK%7B%7D", "/entity/Norland", "/static/style.css"]
)
def test_every_request_needs_the_token(locked, path):
    sign = "&" if "?" in path else "?"
    for more in ({}, {"Authorization": "Bearer guess-guess-guess"}, {"Authorization": f"Basic {TOKEN}"}):
        status, headers, body = get(locked + path, more=more)
        assert (status, headers["WWW-Authenticate"]) == (401, "Bearer")
        assert "Norland" not in body
    assert get(f"{locked}{path}{sign}token=guess")[0] == 401
    assert get(f"{locked}{path}{sign}token={TOKEN}")[0] == 200
    assert get(locked + path, more=BEARER)[0] == 200


@pytest.mark.parametrize("path", ["/health", "/metrics", "/nothing/here"])
def test_nor_is_anything_else_told_without_it(locked, path):
    assert get(locked + path)[0] == 401
    assert get(locked + path, more=BEARER)[0] in (200, 404)
    assert number(numbers(locked, more=BEARER), "kg_queries_refused_total", reason="token") >= 1


def test_links_keep_the_token_that_they_were_asked_with(locked):
    for path in ("/query", "/entity/Ada_Moreau", "/entity/Ada_Morau"):
        _, _, body = get(f"{locked}{path}?token={TOKEN}", accept="text/html")
        links = re.findall(r'(?:src|href)="((?!data:)[^"]+)"', body)
        assert len(links) > 3
        for link in links:
            assert get(urllib.parse.urljoin(locked + path, link.replace("&amp;", "&")))[0] == 200, link
    assert TOKEN not in get(f"{locked}/entity/Ada_Moreau", accept="text/html", more=BEARER)[2]


def test_pages_of_the_origin_that_may_ask_can_send_the_token(locked):
    asks = {
        "Origin": PAGES,
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "authorization,content-type",
    }
    status, headers, _ = get(f"{locked}/sparql", method="OPTIONS", more=asks)
    assert (status, headers["Access-Control-Allow-Origin"]) == (200, PAGES)
    assert "authorization" in headers["Access-Control-Allow-Headers"].lower()
    sent = {"data": b"ASK {}", "kind": "application/sparql-query"}
    for more, status in ((BEARER, 200), ({}, 401)):
        found, headers, _ = get(f"{locked}/sparql", **sent, more={"Origin": PAGES, **more})
        assert (found, headers["Access-Control-Allow-Origin"]) == (status, PAGES)
    foreign = {**asks, "Origin": "https://evil.example"}
    assert get(f"{locked}/sparql", method="OPTIONS", more=foreign)[0] == 403
    assert get(f"{locked}/sparql", **sent, more={"Origin": "https://evil.example", **BEARER})[0] == 403


def test_a_new_token_is_made_and_told_once(graph_file):
    with serving(graph_file, "--token") as (_, url):
        assert get(f"{url}/health")[0] == 401
    line = run_once(graph_file, "--token")
    assert re.search(r"http://127\.0\.0\.1:\d+/\?token=[\w-]{32} ", line)


def test_a_token_of_the_environment_is_taken_and_not_told(graph_file, monkeypatch):
    monkeypatch.setenv("KG_TOKEN", TOKEN)
    with serving(graph_file, "--token") as (_, url):
        assert get(f"{url}/health", more=BEARER)[0] == 200
    assert TOKEN not in run_once(graph_file, "--token")


def run_once(path, *options):
    """Start and stop the command; gives what it says."""
    with running("serve", str(path), "--port", "0", *options, says=".+") as (_, said):
        return said[0]


def test_a_proxys_name_is_known_where_it_is_told(graph_file, url):
    assert get(f"{url}/health", host="kg.example")[0] == 400
    with serving(graph_file, "--name", "kg.example") as (_, other):
        assert get(f"{other}/health", host="kg.example")[0] == 200
        assert get(f"{other}/health", host="evil.example")[0] == 400
        behind = {"Origin": "https://kg.example", "X-Forwarded-Proto": "https"}
        sent = {"data": b"ASK {}", "kind": "application/sparql-query", "host": "kg.example"}
        assert get(f"{other}/sparql", **sent, more=behind)[0] == 200


@pytest.mark.parametrize(
    ("options", "says", "expected"),
    [
        (["--cors", "pages.example"], "is no origin", 2),
        (["--cors", "*"], "is no origin", 2),
        (["--token", "short"], "16 or more", 2),
        (["--token", "-q"], "would not be printed", 2),
        (["--token", TOKEN, "--edit"], "leave --token away", 1),
        (["--name", "kg.example", "--edit"], "on this machine alone", 1),
    ],
)
def test_options_that_make_no_sense(kg, graph_file, monkeypatch, options, says, expected):
    monkeypatch.delenv("KG_TOKEN", raising=False)
    code, _, err = kg("serve", graph_file, "--port", "0", *options)
    assert (code, says in err) == (expected, True), err


@pytest.mark.browser
def test_the_editor_works_with_a_token(locked, browser):
    with browser.new_context() as context:
        page = context.new_page()
        said = []
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.goto(f"{locked}/query?token={TOKEN}")
        page.locator("#saved").select_option(label="offices")
        page.click("#run")
        page.locator("#answer tr").nth(1).wait_for(state="attached")
        assert "Finance Minister" in page.inner_text("#answer")
        asks = "SELECT ?x { ?x rel:country ?y }"
        page.evaluate(f"document.querySelector('.CodeMirror').CodeMirror.setValue('{asks}')")
        page.click("#run")
        page.locator("#answer a").first.click()
        page.wait_for_url("**/entity/Ada_Moreau?token=*")
        assert "Finance Minister" in page.inner_text("main")
        page.click("nav a:has-text('Query')")
        page.wait_for_selector("#run")
    assert said == []


def test_the_page_on_serving_has_commands_that_there_are_and_the_numbers(url):
    root = pathlib.Path(__file__).resolve().parents[2]
    page = (root / "docs" / "serving.md").read_text(encoding="utf-8")
    page = page.replace("\\\n", "")
    commands = re.findall(r"kg ((?:serve|add) /.*)", page)
    compose = yaml.safe_load((root / "compose.yaml").read_text(encoding="utf-8"))
    commands.append(shlex.join(compose["services"]["serve"]["command"]))
    assert len(commands) >= 4
    for command in commands:
        assert cli.parser().parse_args(shlex.split(command)).run
    unit = configparser.ConfigParser(interpolation=None)
    unit.optionxform = str
    unit.read_string(re.search(r"```ini\n(.*?)```", page, re.S)[1])
    assert "kg serve /srv" in unit["Service"]["ExecStart"]
    ask(url, "SELECT {")
    told = {name for name, _ in numbers(url)}
    for name in re.findall(r"^\| `(kg_\w+)`", page, re.M):
        assert name in told or f"{name}_count" in told, name


def test_the_check_of_the_container_tells_well_from_ill(graph_file, monkeypatch):
    root = pathlib.Path(__file__).resolve().parents[2]
    compose = yaml.safe_load((root / "compose.yaml").read_text(encoding="utf-8"))
    *_, code = compose["services"]["serve"]["healthcheck"]["test"]
    with serving(graph_file, "--token", TOKEN) as (_, url):
        words = [sys.executable, "-c", code.replace("http://127.0.0.1:8000", url)]
        for token, well in ((TOKEN, True), ("", True), ("that-of-another-server", False)):
            monkeypatch.setenv("KG_TOKEN", token)
            assert (subprocess.run(words, capture_output=True, timeout=60).returncode == 0) is well, token
    monkeypatch.setenv("KG_TOKEN", "")
    assert subprocess.run(words, capture_output=True, timeout=60).returncode != 0
