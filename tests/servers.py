"""A command that serves, run as its users run it."""

import contextlib
import re
import signal
import subprocess
import sys


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
