"""`kg review` over a real connection, and in a browser, as somebody who corrects a graph."""

import contextlib
import http.client
import json
import shutil
import signal
import time
import urllib.parse

import pytest
from correction_texts import TEXTS
from servers import get, running

from kg.corrections import Corrections
from kg.library.directory import StoreDirectory

pytest.importorskip("starlette")
pytest.importorskip("uvicorn")
pytestmark = pytest.mark.model

HOSTILE = '<img src=x onerror="document.title=1">'
MORE = {
    "d.txt": "Marguerite Fontaine moved to Leeds. The Harbour Club paid her.",
    "e.txt": "Margueritte Fontaine won the race in Oslo. Orbis Bank opened an office in Halden.",
    f"f{HOSTILE.replace('/', '')}.txt": f"Anna {HOSTILE} Berg visited Leeds. “{HOSTILE}” said Bo Ek.",
}


@contextlib.contextmanager
def reviewing(path, *options, command=("review",)):
    """Run the command; gives the process, host, port and token."""
    argv = (command[0], str(path), *command[1:], "--port", "0", *options)
    with running(*argv, says=r"http://127\.0\.0\.1:(\d+)/review#([\w-]+)") as (server, found):
        yield server, int(found[1]), found[2]


@pytest.fixture(scope="module")
def store_path(tmp_path_factory):
    folder = tmp_path_factory.mktemp("reviewed")
    for name, text in {**TEXTS, **MORE}.items():
        (folder / name).write_text(text, encoding="utf-8")
    store = StoreDirectory.create(folder / "town")
    store.add([folder / name for name in (*TEXTS, *MORE)])
    return store.path


@pytest.fixture
def served(store_path, tmp_path):
    shutil.copytree(store_path, tmp_path / "town")
    with reviewing(tmp_path / "town", "--by", "Ann", "--no-browser") as (server, port, token):
        yield tmp_path / "town", port, token, server


def ask(port, what, token, body=None, **headers):
    """Send a request as a program does; gives status and answer."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    with contextlib.closing(connection):
        sent = json.dumps({} if body is None else body) if not isinstance(body, (bytes, str)) else body
        known = {"Content-Type": "application/json", "X-KG-Token": token}
        connection.request(
            "POST", f"/review/{what}", sent, {**known, **{k.replace("_", "-"): v for k, v in headers.items()}}
        )
        response = connection.getresponse()
        return response.status, response.read().decode()


class TestConnection:
    def test_decisions_are_written_and_the_graph_follows(self, served):
        path, port, token, server = served
        status, text = ask(port, "find", token, {"name": "Bo Ek"})
        (found,) = [f for f in json.loads(text)["is"] if f["label"] == "Bo Ek"]
        status, text = ask(port, "decide", token, {"kind": "rename", "id": found["id"], "to": "Bo Eck"})
        assert status == 200
        assert json.loads(text)["is"]["decision"]["by"] == "Ann"
        assert [str(each) for each in Corrections.read(path / "corrections.toml")] == ["Bo Ek → Bo Eck"]
        query = urllib.parse.urlencode({"query": "ASK { ent:Bo_Eck rdfs:label ?l }"})
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        with contextlib.closing(connection):
            connection.request("GET", f"/sparql?{query}", headers={"Accept": "application/json"})
            assert json.loads(connection.getresponse().read())["boolean"] is True
        status, text = ask(port, "undo", token, {})
        assert json.loads(text)["is"]["decision"]["what"] == "Bo Ek → Bo Eck"
        server.send_signal(signal.SIGINT)
        assert server.wait(20) == 0

    @pytest.mark.parametrize(
        ("headers", "body", "status"),
        [
            ({"X_KG_Token": ""}, {}, 403),
            ({"X_KG_Token": "guess"}, {}, 403),
            ({"X_KG_Token": "\xfc"}, {}, 403),
            ({"Origin": "https://elsewhere.example"}, {}, 403),
            ({"Sec_Fetch_Site": "cross-site"}, {}, 403),
            ({"Host": "elsewhere.example"}, {}, 400),
            ({"Content_Type": "text/plain"}, {}, 415),
            ({}, b"no json", 400),
            ({}, b"[]", 400),
            ({}, b'{"x": "' + b"x" * 2**20 + b'"}', 413),
        ],
    )
    def test_who_may_not_is_turned_down(self, shared, headers, body, status):
        _, port, token, _ = shared
        got, text = ask(port, "overview", token, body, **headers)
        assert got == status, text
        assert "Bo Ek" not in text

    def test_what_cannot_be_done_is_told(self, shared):
        path, port, token, _ = shared
        for what, body, says in (
            ("decide", {"kind": "rename", "id": "Nobody", "to": "X"}, "no longer in the graph"),
            ("decide", {"kind": "no"}, "unexpected KeyError"),
            (
                "decide",
                {"kind": "add", "subject": "A", "relation": "be", "sentence": "No such."},
                "no document has",
            ),
            ("undo", {"number": 7}, "nothing was decided"),
        ):
            status, text = ask(port, what, token, body)
            assert (status, says in text) == (409, True), text
        assert ask(port, "nothing", token)[0] == 404
        assert not (path / "corrections.toml").exists()

    def test_the_page_itself_holds_nothing(self, shared):
        _, port, token, _ = shared
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        with contextlib.closing(connection):
            connection.request("GET", "/review")
            response = connection.getresponse()
            text = response.read().decode()
            assert response.status == 200
            assert "default-src 'none'" in response.getheader("Content-Security-Policy")
            assert token not in text
            assert "Bo Ek" not in text

    def test_only_this_machine_may_edit(self, kg, store_path):
        code, _, err = kg("serve", store_path, "--edit", "--host", "0.0.0.0", "--port", "0")
        assert (code, "on this machine alone" in err) == (1, True)
        code, _, err = kg("serve", store_path, "--edit", "--cors", "https://a.example", "--port", "0")
        assert (code, "on this machine alone" in err) == (1, True)

    def test_serve_has_the_page_with_edit_alone(self, store_path):
        with reviewing(store_path, command=("serve", "--edit")) as (_, port, token):
            assert ask(port, "find", token, {"name": "Bo Ek"})[0] == 200

    def test_what_somebody_writes_into_the_file_is_followed_by_serve(self, store_path, tmp_path):
        shutil.copytree(store_path, tmp_path / "town")
        query = 'SELECT ?l { ?x rdfs:label ?l FILTER(STRSTARTS(?l, "Orbis")) }'
        asked = "/sparql?" + urllib.parse.urlencode({"query": query})
        with reviewing(tmp_path / "town", command=("serve", "--edit")) as (_, port, _):
            url = f"http://127.0.0.1:{port}{asked}"
            assert "AB" not in get(url, accept="text/csv")[2]
            rename = '[[correction]]\nkind = "rename"\nnames = ["Orbis Bank"]\nto = "Orbis Bank AB"\n'
            (tmp_path / "town/corrections.toml").write_text(rename)
            until = time.monotonic() + 60
            while "Orbis Bank AB" not in get(url, accept="text/csv")[2]:
                assert time.monotonic() < until
                time.sleep(0.2)


@pytest.fixture(scope="module")
def shared(store_path, tmp_path_factory):
    """A server for those who decide nothing."""
    path = tmp_path_factory.mktemp("shared") / "town"
    shutil.copytree(store_path, path)
    with reviewing(path, "--by", "Ann", "--no-browser") as (server, port, token):
        yield path, port, token, server


class Visit:
    """The page, opened, with the clicks that were made and what it complained of."""

    def __init__(self, browser, port, token, **options):
        self.context = browser.new_context(**options)
        self.page = self.context.new_page()
        self.page.set_default_timeout(30_000)
        self.errors, self.asked, self.clicks = [], [], 0
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on(
            "console", lambda m: self.errors.append(m.text) if m.type in ("error", "warning") else None
        )
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.goto(f"http://127.0.0.1:{port}/review#{token}")
        self.page.wait_for_selector("html[data-ready]")

    def click(self, selector):
        self.clicks += 1
        self.page.click(selector)

    def said(self, words):
        self.page.locator("#said", has_text=words).wait_for()

    def settled(self):
        self.page.wait_for_load_state("networkidle")


@pytest.fixture
def visit(browser, served):
    path, port, token, _ = served
    seen = Visit(browser, port, token, viewport={"width": 1280, "height": 900})
    seen.path = path
    yield seen
    seen.context.close()
    assert seen.errors == []
    assert all(url.startswith((f"http://127.0.0.1:{port}/", "data:")) for url in seen.asked)


def kinds(path):
    return [each.kind for each in Corrections.read(path / "corrections.toml")]


@pytest.mark.browser
class TestBrowser:
    def test_a_wrong_merge_is_corrected_in_four_clicks(self, visit):
        visit.click("#tab-things")
        visit.page.fill("#query", "ann lee")
        visit.click("#hits button")
        visit.click("#part-1")
        visit.click("text=Split off what is ticked")
        visit.said("Two things")
        assert visit.clicks <= 4
        assert kinds(visit.path) == ["different"]
        assert len(StoreDirectory(visit.path).graph().find("Ann Lee")) == 2

    def test_all_is_done_by_keys(self, visit):
        page = visit.page
        page.keyboard.press("1")
        assert page.locator(".item.current h2").inner_text() == "Marguerite Fontaine and Margueritte Fontaine"
        page.locator(".sides blockquote").first.wait_for()
        assert "moved to Leeds" in page.inner_text(".sides")
        assert "One thing called" in page.inner_text(".changes")
        page.keyboard.press("y")
        visit.said("One thing: Marguerite Fontaine")
        page.keyboard.press("2")
        page.keyboard.press("j")
        page.keyboard.press("k")
        page.keyboard.press("n")
        visit.said("Wrong: ")
        page.keyboard.press("y")
        visit.said("Right: ")
        assert kinds(visit.path) == ["same", "reject", "confirm"]
        page.keyboard.press("u")
        visit.said("Taken back: ")
        assert kinds(visit.path) == ["same", "reject"]
        page.keyboard.press("/")
        page.keyboard.type("orbis")
        page.locator("#hits button").first.wait_for()
        page.wait_for_load_state("networkidle")  # the last letters may still be looked for
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        page.locator("#thing h2").wait_for()
        assert page.evaluate("document.activeElement.textContent").startswith("Orbis Bank")
        page.keyboard.press("?")
        assert page.is_visible("#help")
        page.keyboard.press("Escape")
        page.keyboard.press("4")
        assert "In" in page.inner_text(".lead")

    def test_a_thing_is_called_classed_and_told_of(self, visit):
        page = visit.page
        page.keyboard.press("/")
        page.keyboard.type("norvia")
        page.click("#hits button")
        page.locator("#thing input[type=text]").first.fill("Norvia AB")
        page.click("text=Rename")
        visit.said("Renamed: Norvia → Norvia AB")
        page.locator("#thing h2", has_text="Norvia AB").wait_for()
        page.select_option("#thing select >> nth=0", "Person")
        page.click("text=Give class")
        visit.said("Class given")
        page.locator("#thing h2 .kind", has_text="Person").wait_for()
        page.fill("#add-relation", "pay")
        page.fill("#add-object", "Bo Ek")
        page.select_option("#add-known", "She sold the firm to Norvia.")
        assert page.input_value("#add-source") == "a.txt"
        page.click("text=Add the fact")
        # It is told by what its document calls it.
        visit.said("Added: Norvia pay Bo Ek")
        page.locator("text=asserted, added").wait_for()
        # What is half written stays while something else is decided.
        page.fill("#add-relation", "know")
        page.locator("#thing button.no", has_text="Wrong").last.click()
        visit.said("Wrong: ")
        visit.settled()
        assert page.input_value("#add-relation") == "know"
        page.click("#tab-decisions")
        page.locator("button[aria-label^='Undo: Norvia → Norvia AB']").click()
        visit.said("Taken back: Norvia → Norvia AB")
        assert "rename" not in kinds(visit.path)

    def test_what_texts_hold_is_text(self, visit):
        page = visit.page
        for words in ("anna", "berg"):
            page.keyboard.press("/")
            page.fill("#query", words)
            page.locator("#hits button").first.click()
            page.locator("#thing h2").wait_for()
            assert "img" in page.inner_text("#thing") or words == "berg"
            page.evaluate("document.activeElement.blur()")
        for key in "1234":
            page.keyboard.press(key)
            assert page.locator("img").count() == 0
        assert page.title() == "Review town"

    def test_the_token_leaves_the_address_and_a_reload_keeps_it(self, visit):
        assert "#" not in visit.page.url
        visit.page.reload()
        visit.page.wait_for_selector("html[data-ready]")
        assert visit.page.inner_text("#graph") == "town"

    @pytest.mark.parametrize("scheme", ["light", "dark"])
    def test_no_accessibility_violation(self, browser, shared, scheme):
        axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
        _, port, token, _ = shared
        seen = Visit(browser, port, token, color_scheme=scheme, viewport={"width": 1280, "height": 900})
        for key in "1234":
            seen.page.keyboard.press(key)
            seen.settled()
            found = axe.run(seen.page).response["violations"]
            assert [(v["id"], [n["target"] for n in v["nodes"]]) for v in found] == [], key
        seen.page.keyboard.press("/")
        seen.page.keyboard.type("orbis")
        seen.page.click("#hits button")
        seen.settled()
        found = axe.run(seen.page).response["violations"]
        assert [(v["id"], [n["target"] for n in v["nodes"]]) for v in found] == []
        seen.page.keyboard.press("?")
        assert axe.run(seen.page).response["violations"] == []
        seen.context.close()

    def test_a_phone_needs_no_sideways_scrolling(self, browser, shared):
        _, port, token, _ = shared
        seen = Visit(browser, port, token, viewport={"width": 360, "height": 740})
        for tab in ("pairs", "doubts", "things", "decisions"):
            seen.page.click(f"#tab-{tab}")
            assert seen.page.evaluate("document.documentElement.scrollWidth") <= 360, tab
        seen.page.click("#tab-things")
        seen.page.fill("#query", "orbis")
        seen.page.click("#hits button")
        seen.settled()
        assert seen.page.evaluate("document.documentElement.scrollWidth") <= 360
        seen.context.close()

    def test_without_the_token_it_shows_nothing(self, browser, shared):
        _, port, _, _ = shared
        context = browser.new_context()
        page = context.new_page()
        page.goto(f"http://127.0.0.1:{port}/review")
        page.wait_for_selector("#work p")
        assert "token" in page.inner_text("#work")
        assert page.locator("#tabs button").count() == 0
        context.close()


def test_the_page_is_small():
    from importlib import resources

    static = resources.files("kg.serve").joinpath("static")
    assert sum(len(static.joinpath(f"review.{kind}").read_bytes()) for kind in ("html", "css", "js")) < 40_000
