"""A graph pushed to a store that nobody here wrote, and to servers that will not have it."""

import contextlib
import http.server
import shutil
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from pathlib import Path

import pytest
from small_graph import DOC_ID, DOCUMENT, EXTRACTION, RESOLUTION

from kg import cli
from kg.errors import GraphError
from kg.export.push import push
from kg.knowledge import KnowledgeGraph


@pytest.fixture(scope="module")
def graph():
    return KnowledgeGraph.from_records([DOCUMENT], [EXTRACTION], RESOLUTION)


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as made:
        return made.getsockname()[1]


@pytest.fixture
def oxigraph():
    program = shutil.which("oxigraph", path=str(Path(sys.executable).parent)) or shutil.which("oxigraph")
    if program is None:
        pytest.skip("the oxigraph server is not installed")
    port = free_port()
    server = subprocess.Popen([program, "serve", "--bind", f"127.0.0.1:{port}"], stderr=subprocess.DEVNULL)
    for _ in range(100):
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            break
        time.sleep(0.1)
    yield f"http://127.0.0.1:{port}"
    server.kill()
    server.wait()


def stored(address, *, graph):
    request = urllib.request.Request(f"{address}/store?{graph}", headers={"Accept": "application/n-triples"})
    with urllib.request.urlopen(request, timeout=20) as response:
        return sorted(response.read().decode().splitlines())


def test_default_graph_holds_what_was_sent(graph, oxigraph):
    assert push(graph, f"{oxigraph}/store") == 1
    assert stored(oxigraph, graph="default") == graph.store.lines()


def test_replace_replaces_and_else_it_is_added(graph, oxigraph):
    other = KnowledgeGraph()
    other.store.add([("<x:a>", "<x:b>", "<x:c>")])
    push(other, f"{oxigraph}/store", name="http://e/g")
    push(graph, f"{oxigraph}/store", name="http://e/g")
    assert len(stored(oxigraph, graph="graph=http%3A%2F%2Fe%2Fg")) == len(graph.store) + 1
    push(other, f"{oxigraph}/store", name="http://e/g", replace=True)
    assert stored(oxigraph, graph="graph=http%3A%2F%2Fe%2Fg") == ["<x:a> <x:b> <x:c> ."]


def test_a_named_graph_for_each_document(graph, oxigraph):
    assert push(graph, f"{oxigraph}/store", documents=True) == 2
    name = f"graph=https%3A%2F%2Fexample.org%2Fdocument%2F{DOC_ID}"
    assert any("relation/country" in line for line in stored(oxigraph, graph=name))
    assert not any(
        "relation/country" in line for line in stored(oxigraph, graph="default") if "entity" in line
    )


class Unwilling(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(301 if "moved" in self.path else 403)
        self.send_header("Location", "http://elsewhere.example/store")
        self.end_headers()
        self.wfile.write(b"not for you\n")

    def log_message(self, *_):
        pass


@pytest.fixture
def unwilling():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Unwilling)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_refusals_and_redirects_are_said(graph, unwilling):
    with pytest.raises(GraphError, match="403 Forbidden not for you"):
        push(graph, f"{unwilling}/store")
    with pytest.raises(GraphError, match=r"push to http://elsewhere\.example/store"):
        push(graph, f"{unwilling}/moved")


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "nowhere", "ftp://e/", "http://", f"http://127.0.0.1:{9}/x"]
)
def test_addresses_that_are_no_store(graph, url):
    with pytest.raises(GraphError):
        push(graph, url, seconds=5)


def test_command(graph, oxigraph, tmp_path, capsys):
    path = graph.save(tmp_path / "g.ttl")
    assert cli.main(["push", str(path), f"{oxigraph}/store", "--documents"]) == 0
    assert "in 2 graphs" in capsys.readouterr().err
    assert cli.main(["push", str(path), f"{oxigraph}/store", "--header", "nothing"]) == 2
    assert cli.main(["push", str(path), f"http://127.0.0.1:{free_port()}/store"]) == 1
    assert len(capsys.readouterr().err.splitlines()) == 2


def test_a_server_that_only_reads_is_told_from_one_that_is_not_there():
    class ReadOnly(http.server.BaseHTTPRequestHandler):
        def do_POST(self):
            self.send_error(405)

        def log_message(self, *_):
            pass

    large = KnowledgeGraph()
    large.store.add((f"<x:{i}>", "<x:b>", f'"{"x" * 500}"') for i in range(20_000))
    server = http.server.HTTPServer(("127.0.0.1", 0), ReadOnly)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        with pytest.raises(GraphError, match="it may only read"):
            push(large, f"http://127.0.0.1:{server.server_port}/data")
    finally:
        server.shutdown()
        server.server_close()
