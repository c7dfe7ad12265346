"""A graph served on this machine: an endpoint by the SPARQL 1.1 protocol, the page, the editor, entity pages.

Needs the extra `serve`: `pip install 'kg[serve]'`.
"""

from __future__ import annotations

import contextlib
import logging
import os
import secrets
import signal
import socket
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from kg.errors import GraphError, MissingExtra

if TYPE_CHECKING:
    from starlette.applications import Starlette

    from kg.graph.view import GraphView

LOG = logging.getLogger("kg.serve")
SECONDS = 30.0
MOST_ROWS = 100_000
MEMORY = 2 * 2**30
LOOPBACK = ("127.0.0.1", "localhost", "::1")
LOCAL = ["127.0.0.1", "localhost", "[::1]"]


def serve(
    graph: GraphView,
    *,
    path: str | os.PathLike[str] | None = None,
    host: str = "127.0.0.1",
    port: int = 8000,
    seconds: float = SECONDS,
    rows: int | None = MOST_ROWS,
    cors: str | None = None,
    edit: str | os.PathLike[str] | None = None,
    by: str = "",
    token: str | None = None,
    known_as: Sequence[str] = (),
    log: Callable[[str], object] = LOG.info,
    ready: Callable[[str], None] | None = None,
) -> None:
    """Serve a graph until interrupted; `ready` is given the address. It is only ever read.

    With `path`, the store or file that the graph was opened from, each question is of its newest state. A
    query ends after `seconds`, and gives at most `rows` rows. Port 0 takes a free one. `cors` is an origin
    whose pages may ask too, `known_as` are further names of the server, such as that of a proxy before it.
    With `token` only who gives that is answered. `log` is given a line of each request; else they are logged
    as `kg.serve`.

    With `edit`, which is a `path` too, there is the page for reviewing beside it, on this machine alone, for
    who has the token in the address; `by` is who decides.
    """
    _check_edited(edit, host=host, reached=bool(cors or known_as), token=token)
    _check_installed()
    from kg.serve.app import application
    from kg.serve.desk import Desk
    from kg.serve.followed import Followed
    from kg.serve.host import Host
    from kg.serve.work import worker

    followed = Followed(graph, path or edit)
    asked = Host(
        worker(followed, rows=rows),
        seconds=seconds,
        memory=MEMORY,
        at_once=max(4, 2 * (os.cpu_count() or 2)),
        before=followed.refresh,
    )
    review = None if edit is None else (Desk(edit, by), secrets.token_urlsafe(24))
    with contextlib.ExitStack() as started:
        listener = started.enter_context(contextlib.closing(_listen(host, port)))
        processes: list[Host | Desk] = [asked]
        if review:
            processes.append(review[0])
        for process in processes:
            process.start()
            started.callback(process.stop)
        hosts = [*LOCAL, host, *known_as] if host not in ("0.0.0.0", "::") else ["*"]
        app = application(asked, graph.names, hosts=hosts, cors=cors, review=review, token=token, log=log)
        if ready is not None:
            name = f"[{host}]" if ":" in host else host
            page = f"review#{review[1]}" if review else ""
            ready(f"http://{name}:{listener.getsockname()[1]}/{page}")
        _run(app, listener)


def _run(app: Starlette, listener: socket.socket) -> None:
    """Answer what comes in, until a signal ends it."""
    import uvicorn

    from kg.serve.connection import Connection

    config = uvicorn.Config(
        app,
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
    # The server ends itself in order and raises the signal once more, which is then no more news.
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        with contextlib.suppress(KeyboardInterrupt):
            uvicorn.Server(config).run(sockets=[listener])
    finally:
        signal.signal(signal.SIGTERM, before)


def _check_edited(
    edit: str | os.PathLike[str] | None, *, host: str, reached: bool, token: str | None
) -> None:
    """Refuse to let a graph be edited from elsewhere, where it can be `reached` by another name or origin."""
    if edit is None:
        return
    if host not in LOOPBACK or reached:
        remedy = "leave --host, --name and --cors away"
        raise GraphError("a graph is edited on this machine alone", where=host, remedy=remedy)
    if token is not None:
        raise GraphError("what is edited has a token of its own", remedy="leave --token away")


def _check_installed() -> None:
    try:
        import starlette  # noqa: F401
        import uvicorn  # noqa: F401
    except ImportError as error:
        raise MissingExtra("the server is not installed", remedy="pip install 'kg[serve]'") from error
    if not hasattr(os, "fork"):
        raise GraphError("the server needs a system that can fork", remedy="use Linux, macOS or WSL")


def _listen(host: str, port: int) -> socket.socket:
    try:
        return socket.create_server((host, port), backlog=512)
    except OSError as error:
        where = f"{host}:{port}"
        raise GraphError(error.strerror or str(error), where=where, remedy="choose another --port") from error
