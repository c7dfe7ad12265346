"""Addresses of the web are fetched when that is asked for, and never else."""

import http.server
import threading

import pytest

from kg import read
from kg.errors import ReadError

PAGES = {
    "/a": ("text/html", b"<html><p>Bo Ek opened a mill in Tarn.</p><p>It had burned in 2020.</p></html>"),
    "/b.csv": ("text/plain", b"text\nBo Ek left Tarn.\n"),
    "/c": ("text/plain; charset=utf-8", b"Carl Ros founded Vik Ltd."),
}


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        if self.path == "/moved":
            self.send_response(302)
            self.send_header("Location", "/a")
        elif self.path == "/out":
            self.send_response(302)
            self.send_header("Location", "file:///etc/passwd")
        elif self.path in PAGES:
            self.send_response(200)
            self.send_header("Content-Type", PAGES[self.path][0])
        else:
            self.send_response(404)
        self.end_headers()
        if self.path in PAGES:
            self.wfile.write(PAGES[self.path][1])

    def log_message(self, *args):
        pass


@pytest.fixture(scope="module")
def site():
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_what_is_named_is_fetched_and_keeps_its_address(site):
    (page,) = read.documents([f"{site}/a"], fetch=True)
    assert page.source == page.uri == f"{site}/a"
    assert page.text.startswith("Bo Ek opened a mill in Tarn.")
    (moved,) = read.documents([f"{site}/moved"], fetch=True)
    assert moved.text == page.text


def test_the_kind_is_what_the_server_or_the_name_says(site):
    (row,) = read.documents([f"{site}/b.csv"], fetch=True)
    assert row.source == f"{site}/b.csv#row=2"
    (text,) = read.documents([f"{site}/c"], fetch=True)
    assert text.text == "Carl Ros founded Vik Ltd."


@pytest.mark.parametrize(
    ("path", "says"), [("/none", r"the server says 404"), ("/out", r"the server says 302|cannot be fetched")]
)
def test_what_cannot_be_fetched_is_named(site, path, says):
    with pytest.raises(ReadError, match=says):
        list(read.documents([site + path], fetch=True))


def test_a_server_that_is_not_there():
    with pytest.raises(ReadError, match="cannot be fetched"):
        list(read.documents(["http://127.0.0.1:9/"], fetch=True))


def test_nothing_is_fetched_unless_asked(site):
    with pytest.raises(ReadError, match="fetched only when you say so; add --fetch"):
        list(read.documents([f"{site}/a"]))
