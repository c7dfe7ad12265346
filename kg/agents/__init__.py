"""A graph as tools for a language model: a server by the Model Context Protocol (MCP), over stdin and stdout.

Needs the extra `agents`: `pip install 'kg[agents]'`.
"""

from __future__ import annotations

import contextlib
import os
import signal
from collections.abc import Iterator
from types import FrameType
from typing import TYPE_CHECKING, TextIO, cast

from kg.errors import GraphError, MissingExtra

if TYPE_CHECKING:
    from kg.graph.view import GraphView

SECONDS = 30.0
MEMORY = 2 * 2**30


def serve(
    graph: GraphView,
    *,
    path: str | os.PathLike[str] | None = None,
    seconds: float = SECONDS,
    memory: int = MEMORY,
) -> None:
    """Answer a client on stdin and stdout until it closes them; the graph is only read.

    A call ends after `seconds`, and takes at most `memory` bytes beyond what the graph has. With `path`, the
    store or file that the graph was opened from, each call is of its newest state.
    """
    _check_installed()
    import anyio

    from kg.agents.server import run
    from kg.agents.work import worker
    from kg.serve.followed import Followed
    from kg.serve.host import Host

    followed = Followed(graph, path)
    host = Host(
        worker(followed, path),
        seconds=seconds,
        memory=memory,
        at_once=max(2, os.cpu_count() or 2),
        before=followed.refresh,
    )
    host.start()

    def stop(number: int, frame: FrameType | None) -> None:
        # Whoever reads from stdin cannot be asked to stop; nothing is lost with it.
        host.stop()
        os._exit(128 + number)

    before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        with _streams() as (stdin, stdout):
            anyio.run(run, host, stdin, stdout)
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        host.stop()


@contextlib.contextmanager
def _streams() -> Iterator[tuple[TextIO, TextIO]]:
    """Give what the protocol is spoken on; whatever else is printed meanwhile goes to stderr."""
    with contextlib.ExitStack() as files:
        streams = []
        for descriptor, mode in ((0, "r"), (1, "w")):
            kept = os.dup(descriptor)
            files.callback(_give_back, kept, descriptor)
            opened = os.fdopen(os.dup(descriptor), mode, encoding="utf-8", errors="replace", newline="\n")
            streams.append(files.enter_context(cast(TextIO, opened)))
        with open(os.devnull, encoding="utf-8") as nothing:
            os.dup2(nothing.fileno(), 0)
        os.dup2(2, 1)
        yield streams[0], streams[1]


def _give_back(kept: int, descriptor: int) -> None:
    os.dup2(kept, descriptor)
    os.close(kept)


def _check_installed() -> None:
    try:
        import mcp  # noqa: F401
    except ImportError as error:
        what = "the protocol for agents is not installed"
        raise MissingExtra(what, remedy="pip install 'kg[agents]'") from error
    if not hasattr(os, "fork"):
        raise GraphError("the server needs a system that can fork", remedy="use Linux, macOS or WSL")
