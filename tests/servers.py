"""Commands that serve, run as their users run them, and what is asked of them."""

import contextlib
import re
import signal
import subprocess
import sys
import urllib.error
import urllib.parse
import urllib.request


@contextlib.contextmanager
def running(*argv, python=("-m", "kg"), says):
    """Run a command of ours until the block ends; gives the process and the match of its first line."""
    server = subprocess.Popen([sys.executable, *python, *argv], stderr=subprocess.PIPE, text=True)
    try:
        line = server.stderr.readline()
        found = re.search(says, line)
        assert found, line + server.stderr.read()
        yield server, found
    finally:
        server.send_signal(signal.SIGINT)
        with contextlib.suppress(subprocess.TimeoutExpired):
            server.wait(15)
        server.kill()
        server.wait()
        server.stderr.close()


@contextlib.contextmanager
def serving(path, *options, python=("-m", "kg")):
    """Run `kg serve` on a free port until the block ends; gives the process and the address."""
    argv = ("serve", str(path), "--port", "0", "--timeout", "2", *options)
    with running(*argv, python=python, says=r"http://\S+?/") as (server, address):
        yield server, address[0].rstrip("/")


def get(url, *, accept="*/*", data=None, kind=None, method=None, host=None, more=None, patience=60):
    """Ask as a program does; gives status, headers and text."""
    headers = {"Accept": accept} | ({"Content-Type": kind} if kind else {}) | ({"Host": host} if host else {})
    headers |= more or {}
    request = urllib.request.Request(url, data=data, headers=headers, method=method)
    try:
        with urllib.request.urlopen(request, timeout=patience) as response:
            return response.status, response.headers, response.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.headers, error.read().decode()


def ask(url, query, **options):
    """Ask a query of an endpoint."""
    return get(f"{url}/sparql?{urllib.parse.urlencode({'query': query})}", **options)
