"""The server's routes: the SPARQL 1.1 protocol, the page, the editor, a page for each IRI of the graph."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from importlib import resources
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, quote, unquote

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route

from kg.errors import KGError, QueryError, printable
from kg.nearest import did_you_mean
from kg.queries import saved
from kg.serve.bodies import Refused, body_of, type_of
from kg.serve.desk import Desk
from kg.serve.guards import SAFE, SameSite, Token
from kg.serve.host import Busy, Host, Reply, TooLong, TooMuch
from kg.serve.measures import Log, Measured, Measures, refuse
from kg.serve.pages import editor_page, missing_page
from kg.serve.review import routes as reviewing
from kg.store.sparql import is_update

if TYPE_CHECKING:
    from kg.vocab import Names

# A large graph takes a while to lay out; it is done once.
PAGE_SECONDS = 300.0
# Which state the graph is in is known at once, or something is wrong.
SOON = 5.0
STATIC = {
    "yasqe.min.js": "text/javascript; charset=utf-8",
    "yasqe.min.css": "text/css; charset=utf-8",
    "editor.js": "text/javascript; charset=utf-8",
    "style.css": "text/css; charset=utf-8",
    "review.js": "text/javascript; charset=utf-8",
    "review.css": "text/css; charset=utf-8",
}
FORMATS = {
    "turtle": "text/turtle",
    "jsonld": "application/ld+json",
    "ntriples": "application/n-triples",
    "html": "text/html",
}
# Where there is something to be had, for who has lost the way.
PLACES = ("/", "/query", "/sparql", "/entity/NAME", "/resource?iri=IRI", "/health", "/metrics")
FRESH = {**SAFE, "Cache-Control": "no-store"}
DESCRIPTION = """@prefix sd: <http://www.w3.org/ns/sparql-service-description#> .
<{url}> a sd:Service ;
    sd:endpoint <{url}> ;
    sd:supportedLanguage sd:SPARQL11Query ;
    sd:resultFormat <http://www.w3.org/ns/formats/SPARQL_Results_JSON>,
        <http://www.w3.org/ns/formats/SPARQL_Results_XML>,
        <http://www.w3.org/ns/formats/SPARQL_Results_CSV>,
        <http://www.w3.org/ns/formats/SPARQL_Results_TSV>,
        <http://www.w3.org/ns/formats/Turtle> .
"""


def application(
    host: Host,
    names: Names,
    *,
    hosts: list[str],
    cors: str | None = None,
    review: tuple[Desk, str] | None = None,
    token: str | None = None,
    log: Log = lambda line: None,
) -> Starlette:
    """Make the application that asks a host; with `review`, a desk and a token, it decides, too.

    With `token` it answers only who gives that. `log` is given a line of each request.
    """
    measures = Measures()
    server = _Server(host, names, measures)
    middleware = [
        Middleware(Measured, measures=measures, log=log),
        Middleware(TrustedHostMiddleware, allowed_hosts=hosts),
        Middleware(SameSite, allowed=cors),
    ]
    if cors:
        middleware.append(
            Middleware(
                CORSMiddleware,
                allow_origins=[cors],
                allow_methods=["GET", "POST"],
                allow_headers=["Authorization", "Content-Type"],
            )
        )
    if token is not None:
        middleware.append(Middleware(Token, token=token))
    routes = [
        Route("/health", server.health),
        Route("/metrics", server.metrics),
        Route("/", server.page),
        Route("/query", server.editor),
        Route("/sparql", server.sparql, methods=["GET", "POST"]),
        Route("/resource", server.resource),
        Route("/static/{name}", server.static),
        *(reviewing(*review, SAFE, server.forget) if review else ()),
        Route("/{kind}/{name:path}", server.named),
    ]
    handlers: dict[Any, Any] = {HTTPException: server.not_served}
    made = Starlette(routes=routes, middleware=middleware, exception_handlers=handlers)
    # What is misspelt is told so, and not sent to where it is not either.
    made.router.redirect_slashes = False
    return made


class _Server:
    def __init__(self, host: Host, names: Names, measures: Measures) -> None:
        self.host, self.names, self.measures = host, names, measures
        # The page, and the number of triples, of the state of the graph that they were made of.
        self._page: tuple[str, bytes] | None = None
        self._size: tuple[str, int] | None = None
        self._drawing = asyncio.Lock()

    def forget(self) -> None:
        """Draw the page anew when it is asked for: the graph may have changed."""
        self._page = None

    async def page(self, request: Request) -> Response:
        async with self._drawing:
            try:
                state = await self._state()
            except (KGError, OSError):
                return _cannot()
            if self._page is None or self._page[0] != state:
                asked = {"kind": "page", "seconds": PAGE_SECONDS}
                response = await _answered(request, self.host, asked)
                if not isinstance(response, StreamingResponse):
                    return response
                drawn = b"".join([piece async for piece in response.body_iterator])  # type: ignore[misc]
                self._page = state, drawn
        # The page brings its own content security policy, of hashes.
        safe = {k: v for k, v in SAFE.items() if k != "Content-Security-Policy"}
        return HTMLResponse(self._page[1], headers=safe)

    async def health(self, request: Request) -> Response:
        try:
            state, size = await self._counted()
        except (KGError, OSError) as error:
            why = str(error) if isinstance(error, KGError) else "the graph's process does not answer"
            return JSONResponse({"ok": False, "why": why}, 503, headers=FRESH)
        found = {"ok": True, "triples": size, "generation": state or None}
        return JSONResponse(found, headers=FRESH)

    async def metrics(self, request: Request) -> Response:
        gauges: dict[str, tuple[str, float]] = {
            "kg_queries_waiting": ("Questions that wait for their turn.", self.host.waiting)
        }
        with contextlib.suppress(KGError, OSError):
            gauges["kg_triples"] = ("Triples of the graph.", (await self._counted())[1])
        text = self.measures.text(gauges)
        return Response(text, headers={**FRESH, "Content-Type": "text/plain; version=0.0.4; charset=utf-8"})

    async def _state(self) -> str:
        """Say which state of the graph is asked now."""
        state: str = await self._value({"kind": "state", "seconds": SOON})
        return state

    async def _counted(self) -> tuple[str, int]:
        """Give the state of the graph with its number of triples, which is counted once."""
        state = await self._state()
        if self._size is None or self._size[0] != state:
            self._size = state, await self._value({"kind": "size"})
        return self._size

    async def _value(self, asked: dict[str, Any]) -> Any:
        reply = await self.host.ask(asked, aside=True)
        return json.loads(b"".join([piece async for piece in reply.pieces]))

    async def not_served(self, request: Request, error: Exception) -> Response:
        """Answer for what there is no route, with the nearest that there is."""
        assert isinstance(error, HTTPException), "it is given no others"
        if error.status_code != 404:
            return PlainTextResponse(
                f"{error.detail}\n", error.status_code, headers={**SAFE, **(error.headers or {})}
            )
        remedy = did_you_mean(request.url.path, PLACES, otherwise=f"there are {', '.join(PLACES)}")
        return _missing(request, f"no such page: {printable(request.url.path[:200])}; {remedy}", [])

    async def editor(self, request: Request) -> Response:
        free = [q for q in saved().values() if not any(p.required for p in q.parameters)]
        rows = [(q.name, q.explanation, q.sparql) for q in free]
        return HTMLResponse(editor_page(rows, self.names.prefixes(), token=_token(request)), headers=SAFE)

    async def static(self, request: Request) -> Response:
        name = request.path_params["name"]
        if name not in STATIC:
            return PlainTextResponse("no such file\n", 404, headers=SAFE)
        data = resources.files("kg.serve").joinpath("static", name).read_bytes()
        return Response(data, media_type=STATIC[name], headers={**SAFE, "Cache-Control": "max-age=3600"})

    async def sparql(self, request: Request) -> Response:
        try:
            asked = await _protocol(request)
        except Refused as refused:
            refuse(request.scope, refused.word)
            return PlainTextResponse(f"{refused.reason}\n", refused.status, headers=SAFE)
        except ClientDisconnect:
            return Response(status_code=499)
        if asked is None:
            if "text/html" in request.headers.get("accept", ""):
                return await self.editor(request)
            text = DESCRIPTION.format(url=str(request.url.replace(query="")))
            return Response(text, media_type="text/turtle", headers=SAFE)
        return await _answered(request, self.host, asked)

    async def resource(self, request: Request) -> Response:
        iri = request.query_params.get("iri")
        if not iri:
            return PlainTextResponse("give ?iri=\n", 400, headers=SAFE)
        return await self._described(request, iri)

    async def named(self, request: Request) -> Response:
        kind, name = request.path_params["kind"], request.path_params["name"]
        spaces = {"entity", "relation", "document", "statement"}
        if kind not in spaces:
            raise HTTPException(404)
        # Starlette has undone the escapes of the path; documents' IRIs keep theirs.
        raw = request.scope.get("raw_path", b"").decode("ascii", "replace").partition("?")[0]
        name = raw.partition(f"/{kind}/")[2] if kind == "document" else unquote(raw.partition(f"/{kind}/")[2])
        return await self._described(request, f"{self.names.base}{kind}/{name}")

    async def _described(self, request: Request, iri: str) -> Response:
        wanted = request.query_params.get("format")
        if wanted is not None and wanted not in FORMATS:
            return PlainTextResponse(f"format is one of {', '.join(FORMATS)}\n", 400, headers=SAFE)
        accept = FORMATS[wanted] if wanted else request.headers.get("accept", "*/*")
        asked = {"kind": "resource", "iri": iri, "accept": accept, "token": _token(request)}
        response = await _answered(request, self.host, asked)
        if response.status_code != 404:
            return response
        near = []
        with contextlib.suppress(KGError, OSError):
            near = await self._value({"kind": "near", "iri": iri})
        return _missing(request, f"no such resource: {printable(iri[:500])}", near)


async def _protocol(request: Request) -> dict[str, Any] | None:
    """Read a request of the SPARQL 1.1 protocol; None where it holds no query."""
    parameters = _parameters(request.url.query)
    if request.method == "POST":
        kind = type_of(request)
        body = await body_of(request, "a query")
        try:
            text = body.decode()
        except UnicodeDecodeError:
            raise Refused(400, "the body is not UTF-8") from None
        if kind == "application/x-www-form-urlencoded":
            for name, values in _parameters(text).items():
                parameters.setdefault(name, []).extend(values)
        elif kind == "application/sparql-query":
            parameters.setdefault("query", []).append(text)
        elif kind == "application/sparql-update":
            raise Refused(403, "this endpoint is read-only")
        else:
            raise Refused(415, "send application/sparql-query or application/x-www-form-urlencoded")
    if "update" in parameters:
        raise Refused(403, "this endpoint is read-only")
    queries = parameters.get("query", [])
    if not queries:
        if request.method == "POST":
            raise Refused(400, "no query")
        return None
    if len(queries) > 1:
        raise Refused(400, "more than one query")
    if is_update(queries[0]):
        raise Refused(403, "this endpoint is read-only")
    return {
        "kind": "query",
        "query": queries[0],
        "accept": request.headers.get("accept", "*/*"),
        "default": parameters.get("default-graph-uri", []),
        "named": parameters.get("named-graph-uri", []),
    }


def _parameters(text: str) -> dict[str, list[str]]:
    try:
        return parse_qs(
            text, keep_blank_values=True, strict_parsing=False, errors="strict", max_num_fields=100
        )
    except (ValueError, UnicodeDecodeError):
        raise Refused(400, "the parameters cannot be read") from None


async def _answered(request: Request, host: Host, asked: dict[str, Any]) -> Response:
    """Ask the host; where the client goes away first, the question is dropped."""
    asking = asyncio.ensure_future(host.ask(asked))
    leaving = asyncio.ensure_future(_left(request.receive))
    try:
        await asyncio.wait({asking, leaving}, return_when=asyncio.FIRST_COMPLETED)
        if not asking.done():
            return Response(status_code=499)
        reply = asking.result()
    except Busy as error:
        refuse(request.scope, "busy")
        return PlainTextResponse(f"{error}\n", 503, headers={**SAFE, "Retry-After": "1"})
    except TooLong as error:
        refuse(request.scope, "time")
        return PlainTextResponse(f"{error}\n", 504, headers=SAFE)
    except TooMuch as error:
        refuse(request.scope, "memory")
        return PlainTextResponse(f"{error}\n", 507, headers=SAFE)
    except QueryError as error:
        refuse(request.scope, "query")
        return PlainTextResponse(f"{error}\n", 400, headers=SAFE)
    except KGError as error:
        return PlainTextResponse(f"{error}\n", _status(error), headers=SAFE)
    except OSError:
        return _cannot()
    finally:
        leaving.cancel()
        if not asking.done():
            asking.cancel()
            with contextlib.suppress(asyncio.CancelledError, KGError):
                await asking
    return StreamingResponse(
        _guarded(reply), headers={**SAFE, "Content-Type": reply.media_type, "Vary": "Accept"}
    )


def _cannot() -> Response:
    return PlainTextResponse("the server cannot answer now\n", 503, headers={**SAFE, "Retry-After": "1"})


def _missing(request: Request, what: str, near: list[tuple[str, str]]) -> Response:
    """Answer for what is not there: what is near to it, as links or as text."""
    if "text/html" in request.headers.get("accept", ""):
        return HTMLResponse(missing_page(what, near, token=_token(request)), 404, headers=SAFE)
    places = " or ".join(f"{label} (/entity/{quote(id, safe='')})" for id, label in near)
    return PlainTextResponse(f"{what}{f'; did you mean {places}?' if near else ''}\n", 404, headers=SAFE)


def _token(request: Request) -> str:
    """Give the token that stands in the address of a request, which the links of its answer are to keep."""
    return request.query_params.get("token", "")


def _status(error: KGError) -> int:
    text = str(error)
    if "no such resource" in text:
        return 404
    return 406 if text.startswith("cannot answer as") else 500


async def _guarded(reply: Reply) -> AsyncIterator[bytes]:
    """Pass the pieces on, and close the way they come by however this ends."""
    async with contextlib.aclosing(reply.pieces) as pieces:  # type: ignore[type-var]
        async for piece in pieces:
            yield piece


async def _left(receive: Callable[[], Awaitable[Any]]) -> None:
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return
