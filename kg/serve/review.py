"""The routes of the page for reviewing: the page itself, and what it asks and decides.

The page and its script are the same for everybody and hold nothing of the graph. All else needs the token
that the address has behind its `#`, which no browser sends anywhere: neither a page of another origin nor
another user of the machine has it.
"""

from __future__ import annotations

import asyncio
import json
import secrets
from collections.abc import Awaitable, Callable
from importlib import resources
from typing import Any

from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from kg.serve.desk import Desk

HEADER = "x-kg-token"
LONGEST_BODY = 2**20
BODY_SECONDS = 10.0
READS = frozenset({"overview", "find", "thing", "pair", "akin"})
WRITES = frozenset({"decide", "undo"})


def routes(desk: Desk, token: str, safe: dict[str, str], decided: Callable[[], None]) -> list[Route]:
    """Give the routes; `decided` is called when the graph may have changed."""

    async def page(_: Request) -> Response:
        text = resources.files("kg.serve").joinpath("static", "review.html").read_text(encoding="utf-8")
        return HTMLResponse(text, headers={**safe, "Cache-Control": "no-store"})

    async def ask(request: Request) -> Response:
        what = request.path_params["what"]
        try:
            asked = await _asked(request, token, what)
        except _Refused as refused:
            return JSONResponse({"error": refused.reason}, refused.status, headers=safe)
        except ClientDisconnect:
            return Response(status_code=499)
        # Who goes away meanwhile has decided all the same.
        found = await asyncio.shield(desk.ask(asked))
        if what in WRITES:
            decided()
        status = 200 if "is" in found else 409
        return JSONResponse(found, status, headers={**safe, "Cache-Control": "no-store"})

    paged: Callable[[Request], Awaitable[Response]] = page
    return [Route("/review", paged), Route("/review/{what}", ask, methods=["POST"])]


class _Refused(Exception):
    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status, self.reason = status, reason


async def _asked(request: Request, token: str, what: str) -> dict[str, Any]:
    """Read what is asked by somebody who may."""
    given = request.headers.get(HEADER, "")
    if not secrets.compare_digest(given.encode(), token.encode()):
        raise _Refused(403, "open the address that kg printed: it has the token")
    if what not in READS | WRITES:
        raise _Refused(404, "there is nothing of that name")
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/json":
        raise _Refused(415, "send application/json")
    try:
        values = json.loads(await _body(request))
    except (ValueError, RecursionError):
        raise _Refused(400, "the body is no JSON") from None
    if not isinstance(values, dict):
        raise _Refused(400, "the body is no object")
    return {**values, "what": what}


async def _body(request: Request) -> bytes:
    pieces = bytearray()
    try:
        async with asyncio.timeout(BODY_SECONDS):
            async for piece in request.stream():
                pieces += piece
                if len(pieces) > LONGEST_BODY:
                    raise _Refused(413, f"a decision has at most {LONGEST_BODY:,} bytes")
    except TimeoutError:
        raise _Refused(408, "the body came too slowly") from None
    return bytes(pieces)
