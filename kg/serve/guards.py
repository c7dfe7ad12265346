"""Who may ask the server: pages of which origin, and with a token only who has it."""

from __future__ import annotations

import secrets
from collections.abc import Collection

from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from kg.serve.measures import refuse

SAFE = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
        "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
}


class SameSite:
    """Turns down what a page of another origin asks, also where it could not read the answer.

    A browser says where a request comes from; programs say nothing, and are answered. A link on another page
    may lead to a page of ours.
    """

    def __init__(self, app: ASGIApp, *, allowed: str | None = None) -> None:
        self.app, self.allowed = app, allowed

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        answer = self.app
        if scope["type"] == "http" and self._is_foreign(Request(scope)):
            refuse(scope, "origin")
            answer = PlainTextResponse("pages of other origins may not ask; see --cors\n", 403, headers=SAFE)
        await answer(scope, receive, send)

    def _is_foreign(self, request: Request) -> bool:
        origin = request.headers.get("origin")
        if origin is not None:
            own = f"{request.url.scheme}://{request.headers.get('host', '')}"
            return origin not in (own, self.allowed)
        if request.headers.get("sec-fetch-site", "none") in ("none", "same-origin"):
            return False
        followed = request.method == "GET" and request.headers.get("sec-fetch-mode") == "navigate"
        return not followed or request.url.path == "/sparql"


class Token:
    """Turns down who does not give the token: `Authorization: Bearer …`, or `?token=…` as a browser can."""

    def __init__(self, app: ASGIApp, *, token: str) -> None:
        self.app, self.token = app, token.encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        answer = self.app
        if scope["type"] == "http" and not self._has(given(Request(scope))):
            refuse(scope, "token")
            what = "every request needs the token: Authorization: Bearer TOKEN, or ?token=TOKEN\n"
            answer = PlainTextResponse(what, 401, headers={**SAFE, "WWW-Authenticate": "Bearer"})
        await answer(scope, receive, send)

    def _has(self, tokens: Collection[str]) -> bool:
        return any(secrets.compare_digest(each.encode(errors="replace"), self.token) for each in tokens)


def given(request: Request) -> list[str]:
    """Give the tokens that a request has, in its headers and in its address."""
    kind, _, bearer = request.headers.get("authorization", "").partition(" ")
    tokens = [bearer.strip()] if kind.lower() == "bearer" else []
    return [*tokens, *request.query_params.getlist("token")]
