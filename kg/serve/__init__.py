"""A graph served on this machine: an endpoint by the SPARQL 1.1 protocol, the page, the editor, entity pages.

Needs the extra `serve`: `pip install 'kg[serve]'`.
"""

from __future__ import annotations

import contextlib
import os
import signal
import socket
from collections.abc import Callable
from typing import TYPE_CHECKING

from kg.errors import GraphError, MissingExtra

if TYPE_CHECKING:
    from kg.graph.view import GraphView

SECONDS = 30.0
MOST_ROWS = 100_000
MEMORY = 2 * 2**30
LOCAL = ["127.0.0.1", "localhost", "[::1]"]


def serve(
    graph: GraphView,
    *,
    host: str = "127.0.0.1",
    port: int = 8000,
    seconds: float = SECONDS,
    rows: int | None = MOST_ROWS,
    cors: str | None = None,
    ready: Callable[[str], None] | None = None,
) -> None:
    """Serve a graph until interrupted; `ready` is given the address. It is only ever read.

    A query ends after `seconds`, and gives at most `rows` rows. Port 0 takes a free one. `cors` is an origin
    whose pages may ask too.
    """
    try:
        import starlette  # noqa: F401
        import uvicorn
    except ImportError as error:
        raise MissingExtra("the server is not installed", remedy="pip install 'kg[serve]'") from error
    if not hasattr(os, "fork"):
        raise GraphError("the server needs a system that can fork", remedy="use Linux, macOS or WSL")
    from kg.serve.app import application
    from kg.serve.connection import Connection
    from kg.serve.host import Host
    from kg.serve.work import worker

    try:
        listener = socket.create_server((host, port), backlog=512)
    except OSError as error:
        where = f"{host}:{port}"
        raise GraphError(error.strerror or str(error), where=where, remedy="choose another --port") from error
    asked = Host(
        worker(graph, rows=rows), seconds=seconds, memory=MEMORY, at_once=max(4, 2 * (os.cpu_count() or 2))
    )
    with contextlib.closing(listener):
        asked.start()
        try:
            hosts = [*LOCAL, host] if host not in ("0.0.0.0", "::") else ["*"]
            config = uvicorn.Config(
                application(asked, graph.names, hosts=hosts, cors=cors),
                http=Connection,
                loop="asyncio",
                lifespan="off",
                log_level="error",
                access_log=False,
                server_header=False,
                timeout_keep_alive=5,
                timeout_graceful_shutdown=3,
                h11_max_incomplete_event_size=2**16,
            )
            if ready is not None:
                name = f"[{host}]" if ":" in host else host
                ready(f"http://{name}:{listener.getsockname()[1]}/")
            # The server ends itself in order and raises the signal once more, which is then no more news.
            before = signal.signal(signal.SIGTERM, signal.default_int_handler)
            try:
                with contextlib.suppress(KeyboardInterrupt):
                    uvicorn.Server(config).run(sockets=[listener])
            finally:
                signal.signal(signal.SIGTERM, before)
        finally:
            asked.stop()
