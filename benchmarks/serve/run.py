"""Fifty clients at once for a minute: good, slow, huge, malformed and aborted requests to `kg serve`.

    python benchmarks/serve/run.py GRAPH [--clients 50] [--seconds 60]

Every answer to a good request is compared with the one that came before the load; afterwards the server's
memory, its processes and how it stops are looked at.
"""

from __future__ import annotations

import argparse
import contextlib
import http.client
import json
import pathlib
import random
import re
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.parse
from collections import Counter

GOOD = [
    "SELECT ?s ?o WHERE { ?s rdfs:label ?o } ORDER BY ?s ?o LIMIT 50",
    "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }",
    "ASK { ?s a kg:Statement }",
    "SELECT ?c (COUNT(?x) AS ?n) WHERE { ?x a ?c } GROUP BY ?c ORDER BY ?c",
]
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l FILTER(?c != ?l) }"


class Load:
    """The clients, and what they met."""

    def __init__(self, host: str, port: int, seconds: float) -> None:
        self.host, self.port = host, port
        self.until = time.monotonic() + seconds
        self.met: Counter[str] = Counter()
        self.lock = threading.Lock()
        self.expected = {query: self.ask(query)[1] for query in GOOD}

    def ask(self, query: str, timeout: float = 30) -> tuple[int, bytes]:
        connection = http.client.HTTPConnection(self.host, self.port, timeout=timeout)
        try:
            connection.request("GET", f"/sparql?{urllib.parse.urlencode({'query': query})}")
            response = connection.getresponse()
            return response.status, response.read()
        finally:
            connection.close()

    def count(self, what: str) -> None:
        with self.lock:
            self.met[what] += 1

    def client(self, number: int) -> None:
        chance = random.Random(number)
        acts = [self.good] * 6 + [self.slow, self.huge, self.malformed, self.aborted, self.endless]
        while time.monotonic() < self.until:
            act = chance.choice(acts)
            try:
                act(chance)
            except (OSError, http.client.HTTPException) as error:
                self.count(f"{act.__name__}: {type(error).__name__}")

    def good(self, chance: random.Random) -> None:
        query = chance.choice(GOOD)
        status, body = self.ask(query)
        if status == 503:
            self.count("good: asked to come back")
        else:
            right = status == 200 and body == self.expected[query]
            self.count("good: right" if right else f"good: WRONG {status}")

    def slow(self, chance: random.Random) -> None:
        with socket.create_connection((self.host, self.port), timeout=15) as connection:
            for piece in (b"GET /sparql?que", b"ry=ASK%7B%7D HTTP/1.1\r\n", b"Host: 127.0.0.1\r\n"):
                connection.sendall(piece)
                time.sleep(chance.random())
        self.count("slow: left")

    def huge(self, chance: random.Random) -> None:
        connection = http.client.HTTPConnection(self.host, self.port, timeout=15)
        try:
            connection.request(
                "POST", "/sparql", b"x" * 3_000_000, {"Content-Type": "application/sparql-query"}
            )
            self.count(f"huge: {connection.getresponse().status}")
        finally:
            connection.close()

    def malformed(self, chance: random.Random) -> None:
        with socket.create_connection((self.host, self.port), timeout=15) as connection:
            connection.sendall(chance.randbytes(200) + b"\r\n\r\n")
            self.count(f"malformed: {connection.recv(100)[9:12].decode('ascii', 'replace') or 'closed'}")

    def aborted(self, chance: random.Random) -> None:
        with socket.create_connection((self.host, self.port), timeout=15) as connection:
            query = urllib.parse.urlencode({"query": ENDLESS})
            connection.sendall(f"GET /sparql?{query} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
            time.sleep(chance.random() / 10)
        self.count("aborted: left")

    def endless(self, chance: random.Random) -> None:
        status, _ = self.ask(ENDLESS, timeout=60)
        self.count(f"endless: {status}")


def memory(pid: int) -> int:
    status = pathlib.Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS")) // 1024


def below(pid: int) -> int:
    """Count the processes below one."""
    found = subprocess.run(["ps", "-eo", "pid=,ppid="], capture_output=True, text=True, check=True).stdout
    parents = [tuple(map(int, line.split())) for line in found.splitlines()]
    children = [child for child, parent in parents if parent == pid]
    return len(children) + sum(below(child) for child in children)


def main() -> int:
    """Run the load and print what was met; the exit code says whether all was well."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("graph")
    parser.add_argument("--clients", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=60)
    args = parser.parse_args()
    command = [sys.executable, "-m", "kg", "serve", args.graph, "--port", "0", "--timeout", "2"]
    server = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    assert server.stderr is not None
    address = re.search(r"http://([\d.]+):(\d+)/", server.stderr.readline())
    assert address is not None
    load = Load(address[1], int(address[2]), args.seconds)
    before, processes = memory(server.pid), below(server.pid)
    threads = [threading.Thread(target=load.client, args=(n,)) for n in range(args.clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    time.sleep(4)
    after, left = memory(server.pid), below(server.pid)
    status, body = load.ask(GOOD[0])
    started = time.monotonic()
    server.send_signal(signal.SIGTERM)
    with contextlib.suppress(subprocess.TimeoutExpired):
        server.wait(20)
    stopped = time.monotonic() - started
    said = server.stderr.read()
    wrong = sum(n for what, n in load.met.items() if "WRONG" in what)
    well = not wrong and left <= processes and (status, body) == (200, load.expected[GOOD[0]])
    well = well and server.returncode == 0 and "Traceback" not in said and after - before < 50
    print(json.dumps(dict(sorted(load.met.items())), indent=1))
    print(f"memory {before} → {after} MiB, processes {processes} → {left}, stopped in {stopped:.1f} s")
    print(f"exit {server.returncode}, said {said.strip()[:300]!r}: {'well' if well else 'NOT WELL'}")
    return 0 if well else 1


if __name__ == "__main__":
    sys.exit(main())
