"""A process that decides about a graph, one thing after the other, for the server.

Decisions write files and are followed by a store at once, so they are made by one process of their own, which
keeps the graph between them, and never by two at a time. It is started anew and not forked: the engine writes
with threads that a fork would not have.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import select
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from kg.errors import KGError

Answering = Callable[[dict[str, Any]], Any]
LONGEST = 2**26
# So often it looks, in seconds, whether somebody has written into the file of decisions by hand.
LOOK = 1.0


class Desk:
    """The process, and the door to it."""

    def __init__(self, path: str | os.PathLike[str], by: str) -> None:
        """It decides about the graph of a store or file; `by` is who does."""
        self.path, self.by = path, by
        self._folder = Path(tempfile.mkdtemp(prefix="kg-"))
        self._door = str(self._folder / "door")
        self._process: subprocess.Popen[bytes] | None = None
        self._turn: asyncio.Lock | None = None

    def start(self) -> None:
        """Start the process; who asks before it is ready waits."""
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as listener:
            listener.bind(self._door)
            listener.listen(64)
            words = [str(listener.fileno()), os.fspath(self.path), self.by]
            # Its standard input tells it when we are gone.
            self._process = subprocess.Popen(
                [sys.executable, "-m", "kg.serve.desk", *words],
                stdin=subprocess.PIPE,
                pass_fds=[listener.fileno()],
            )

    def stop(self) -> None:
        """End the process, once it has done what it is at, and remove the door."""
        if self._process is not None and self._process.stdin is not None:
            self._process.stdin.close()
            self._process.wait()
        shutil.rmtree(self._folder, ignore_errors=True)

    async def ask(self, asked: dict[str, Any]) -> dict[str, Any]:
        """Give the answer, `{"is": …}`, or `{"error": …}`."""
        if self._turn is None:
            self._turn = asyncio.Lock()
        line = b""
        async with self._turn:
            with contextlib.suppress(OSError):
                line = await self._told(asked)
        if not line:
            return {"error": "the server cannot decide now; start it again"}
        found: dict[str, Any] = json.loads(line)
        return found

    async def _told(self, asked: dict[str, Any]) -> bytes:
        reader, writer = await asyncio.open_unix_connection(self._door, limit=LONGEST)
        try:
            writer.write(json.dumps(asked).encode() + b"\n")
            await writer.drain()
            return await reader.readline()
        finally:
            writer.close()


# In the process.


def serve(listener: socket.socket, parent: int, answer: Answering, follow: Callable[[], None]) -> None:
    """Answer what comes in by a door, until the other end of `parent` is closed; meanwhile `follow`."""
    while True:
        ready, _, _ = select.select([listener.fileno(), parent], [], [], LOOK)
        if parent in ready:
            return
        if not ready:
            follow()
            continue
        connection, _ = listener.accept()
        with connection, contextlib.suppress(OSError):
            connection.settimeout(60)
            with connection.makefile("rb") as file:
                asked = json.loads(file.readline(LONGEST))
            connection.sendall(json.dumps(answered(answer, asked)).encode() + b"\n")


def answered(answer: Answering, asked: dict[str, Any]) -> dict[str, Any]:
    """Give an answer or an error as a JSON value, whatever happens."""
    try:
        return {"is": answer(asked)}
    except KGError as error:
        return {"error": str(error)}
    except OSError as error:
        return {"error": f"the system says: {error.strerror or error}"}
    except Exception as error:
        return {"error": f"unexpected {type(error).__name__}"}


def main(words: list[str]) -> None:
    """Decide about the graph that the words name."""
    from kg.correcting import Correcting
    from kg.serve.reviewing import Review

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    door, path, by = words
    with socket.socket(fileno=int(door)) as listener:
        review = Review(Correcting(path, by=by))
        serve(listener, sys.stdin.fileno(), review, review.follow)


if __name__ == "__main__":
    main(sys.argv[1:])
