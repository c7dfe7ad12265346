"""Questions answered in processes of their own, each stopped when its time or memory is over.

One process holds the graph and forks for every question, so that a question costs a fork and not a load,
shares the graph's memory, and leaves nothing behind.
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
import tempfile
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.errors import KGError, QueryError
from kg.store.fence import cut_off
from kg.store.limits import bound_memory, ended

Work = Callable[[dict[str, Any]], tuple[str, bytes]]
BACKLOG = 512
CHUNK = 2**16
LONGEST_LINE = 2**20
# So many questions that are asked aside run at once.
ASIDE = 2
# The exit code of a process whose answer nobody took.
GONE = 3


class Busy(KGError):
    """More questions than can wait."""


class TooLong(QueryError):
    """A question that was stopped when its time was over."""


class TooMuch(QueryError):
    """A question that took too much memory, or that the engine broke on."""


@dataclass(slots=True)
class Reply:
    """An answer on its way: its media type, and its bytes piece by piece."""

    media_type: str
    pieces: AsyncIterator[bytes]


class Host:
    """The process that holds the graph, and the door to it."""

    def __init__(
        self,
        work: Work,
        *,
        seconds: float,
        memory: int | None = None,
        at_once: int = 4,
        waiting: int = 100,
        before: Callable[[], None] = lambda: None,
    ) -> None:
        """It answers by `work`, each question in its process; `before` runs ahead, where the graph is."""
        self.work, self.seconds, self.memory, self.before = work, seconds, memory, before
        self.at_once, self.most_waiting = at_once, waiting
        self.waiting = 0
        self._folder = Path(tempfile.mkdtemp(prefix="kg-"))
        self._door = str(self._folder / "door")
        self._slots: asyncio.Semaphore | None = None
        self._aside: asyncio.Semaphore | None = None
        self._pid = 0
        self._alive = -1

    def start(self) -> None:
        """Fork the process; to be called before there are threads."""
        listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        listener.bind(self._door)
        listener.listen(BACKLOG)
        ours, theirs = os.pipe()
        self._pid = os.fork()
        if self._pid == 0:
            os.close(theirs)
            with contextlib.suppress(BaseException):
                self._serve(listener, ours)
            os._exit(0)
        os.close(ours)
        listener.close()
        self._alive = theirs

    def stop(self) -> None:
        """End the process and remove the door."""
        if self._alive >= 0:
            os.close(self._alive)
            self._alive = -1
            os.waitpid(self._pid, 0)
        shutil.rmtree(self._folder, ignore_errors=True)

    # In the process that holds the graph.

    def _serve(self, listener: socket.socket, parent: int) -> None:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        # What the server says to whom has started it, and hears of them, is the server's alone.
        for descriptor, mode in ((0, os.O_RDONLY), (1, os.O_WRONLY)):
            os.dup2(os.open(os.devnull, mode), descriptor)
        cut_off()
        # Each child that ends writes a byte here.
        woken, wake = os.pipe()
        os.set_blocking(wake, False)
        os.set_blocking(woken, False)
        signal.set_wakeup_fd(wake, warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        asking: dict[int, socket.socket] = {}
        while True:
            ready, _, _ = select.select([listener.fileno(), parent, woken], [], [])
            if parent in ready:
                return
            if woken in ready:
                os.read(woken, CHUNK)
                self._part(asking)
            if listener.fileno() not in ready:
                continue
            connection, _ = listener.accept()
            with contextlib.suppress(Exception):
                self.before()
            try:
                child = os.fork()
            except OSError:
                connection.close()
                continue
            if child == 0:
                signal.set_wakeup_fd(-1)
                signal.signal(signal.SIGCHLD, signal.SIG_DFL)
                listener.close()
                # An answer ends where nobody holds its connection any more.
                for other in asking.values():
                    other.close()
                code = GONE
                with contextlib.suppress(BaseException):
                    self._answer(connection)
                    code = 0
                os._exit(code)
            asking[child] = connection

    def _part(self, asking: dict[int, socket.socket]) -> None:
        """Close the connections of those that ended; who got no answer is told why."""
        while True:
            try:
                child, status = os.waitpid(-1, os.WNOHANG)
            except ChildProcessError:
                return
            if child == 0:
                return
            connection = asking.pop(child)
            code = os.waitstatus_to_exitcode(status)
            with contextlib.closing(connection), contextlib.suppress(OSError):
                if code not in (0, GONE):
                    connection.setblocking(False)
                    connection.sendall(json.dumps(self._reason(code)).encode() + b"\n")

    def _reason(self, code: int) -> dict[str, str]:
        if code == -signal.SIGALRM:
            return {"error": "", "kind": "TooLong"}
        return {"error": str(ended(code)), "kind": "TooMuch"}

    def _answer(self, connection: socket.socket) -> None:
        """Answer one question; the kernel ends this process when the time is over, whatever it does."""
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_REAL, self.seconds)
        # What the engine says before it aborts is told in the answer.
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
        if self.memory:
            bound_memory(self.memory)
        connection.sendall(f"{os.getpid()}\n".encode())
        with connection.makefile("rb") as file:
            asked = json.loads(file.readline(2 * LONGEST_LINE))
        seconds = asked.get("seconds") or self.seconds
        signal.setitimer(signal.ITIMER_REAL, seconds)
        try:
            media_type, body = self.work(asked)
            head: dict[str, Any] = {"type": media_type}
        except KGError as error:
            head, body = {"error": str(error), "kind": type(error).__name__}, b""
        except MemoryError:
            head, body = {"error": "out of memory; ask for less", "kind": "TooMuch"}, b""
        except Exception as error:
            head, body = {"error": f"unexpected {type(error).__name__}", "kind": "Exception"}, b""
        # Sending takes as long as the one who asked takes to read, and costs nothing; that it took too long
        # is no answer to be sent behind half of one.
        signal.signal(signal.SIGALRM, lambda *_: os._exit(GONE))
        signal.setitimer(signal.ITIMER_REAL, 60 + self.seconds)
        connection.sendall(json.dumps(head).encode() + b"\n")
        connection.sendall(body)
        connection.close()

    # In the server.

    async def ask(self, asked: dict[str, Any], *, aside: bool = False) -> Reply:
        """Give the answer to a question, or raise what it raised.

        What is asked `aside` costs little, and does not wait behind those that take their time.
        """
        if self._slots is None or self._aside is None:
            self._slots, self._aside = asyncio.Semaphore(self.at_once), asyncio.Semaphore(ASIDE)
        slots = self._aside if aside else self._slots
        if not aside and self.waiting >= self.most_waiting:
            raise Busy("too many questions at once", remedy="ask again in a moment")
        self.waiting += 1
        try:
            await slots.acquire()
        finally:
            self.waiting -= 1
        try:
            return await self._ask(asked, slots)
        except BaseException:
            slots.release()
            raise

    async def _ask(self, asked: dict[str, Any], slots: asyncio.Semaphore) -> Reply:
        reader, writer = await asyncio.open_unix_connection(self._door, limit=LONGEST_LINE)
        pid = 0
        try:
            pid = int(await reader.readline() or 0)
            writer.write(json.dumps(asked).encode() + b"\n")
            await writer.drain()
            line = await reader.readline()
            if not line:
                raise TooMuch("ended without an answer", remedy="ask for less")
            head = json.loads(line)
            if head.get("kind") == "TooLong":
                seconds = asked.get("seconds") or self.seconds
                raise TooLong(f"stopped after {seconds:g} seconds", remedy="ask for less")
            if "error" in head:
                kind = {"QueryError": QueryError, "TooMuch": TooMuch}.get(head["kind"], KGError)
                raise kind(head["error"])
            return Reply(head["type"], self._pieces(reader, writer, pid, slots))
        except (ConnectionError, ValueError) as error:
            self._end(writer, pid)
            raise TooMuch("ended without an answer", remedy="ask for less") from error
        except BaseException:
            # Nobody waits for the answer any more.
            self._end(writer, pid)
            raise

    async def _pieces(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, pid: int, slots: asyncio.Semaphore
    ) -> AsyncIterator[bytes]:
        try:
            while piece := await reader.read(CHUNK):
                yield piece
        finally:
            self._end(writer, pid)
            slots.release()

    def _end(self, writer: asyncio.StreamWriter, pid: int) -> None:
        writer.close()
        if pid:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.kill(pid, signal.SIGKILL)
