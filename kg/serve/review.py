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

from kg.serve.bodies import Refused, body_of, type_of
from kg.serve.desk import Desk

HEADER = "x-kg-token"
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
        except Refused as refused:
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


async def _asked(request: Request, token: str, what: str) -> dict[str, Any]:
    """Read what is asked by somebody who may."""
    given = request.headers.get(HEADER, "")
    if not secrets.compare_digest(given.encode(), token.encode()):
        raise Refused(403, "open the address that kg printed: it has the token")
    if what not in READS | WRITES:
        raise Refused(404, "there is nothing of that name")
    if type_of(request) != "application/json":
        raise Refused(415, "send application/json")
    try:
        values = json.loads(await body_of(request, "a decision"))
    except (ValueError, RecursionError):
        raise Refused(400, "the body is no JSON") from None
    if not isinstance(values, dict):
        raise Refused(400, "the body is no object")
    return {**values, "what": what}
