"""What the server has been asked: a line for each request, and numbers for Prometheus."""

from __future__ import annotations

import bisect
import datetime as dt
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from urllib.parse import unquote_plus

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kg.errors import printable

# The first part of a path, and what requests are counted under; what is not there is counted as one.
ROUTES = {
    **{name: f"/{name}" for name in ("", "query", "sparql", "resource", "review", "health", "metrics")},
    **{name: f"/{name}/*" for name in ("entity", "relation", "document", "statement", "static")},
}
OTHER = "other"
BUCKETS = (0.01, 0.05, 0.1, 0.5, 1.0, 5.0, 30.0)
LONGEST = 500
# Whoever asked went away before there was an answer.
GONE = 499
REFUSED = "kg.refused"
Log = Callable[[str], object]


def refuse(scope: Scope, reason: str) -> None:
    """Note why a request is turned down, in one word."""
    scope[REFUSED] = reason


class Measures:
    """Numbers since the server was started."""

    def __init__(self) -> None:
        self.requests: Counter[tuple[str, int]] = Counter()
        self.refused: Counter[str] = Counter()
        self.seconds: defaultdict[str, list[int]] = defaultdict(lambda: [0] * (len(BUCKETS) + 1))
        self.total: defaultdict[str, float] = defaultdict(float)

    def note(self, route: str, status: int, seconds: float, refused: str | None) -> None:
        """Count a request."""
        self.requests[route, status] += 1
        self.seconds[route][bisect.bisect_left(BUCKETS, seconds)] += 1
        self.total[route] += seconds
        if refused is not None:
            self.refused[refused] += 1

    def text(self, gauges: Mapping[str, tuple[str, float]]) -> str:
        """Give all numbers as Prometheus reads them; `gauges` are what else there is to tell, by name."""
        lines = [*_head("kg_requests_total", "counter", "Requests answered, by route and status.")]
        for (route, status), number in sorted(self.requests.items()):
            lines.append(f'kg_requests_total{{route="{route}",status="{status}"}} {number}')
        lines += _head("kg_request_seconds", "histogram", "How long requests took, by route.")
        for route, counts in sorted(self.seconds.items()):
            below = 0
            for bound, number in zip((*BUCKETS, "+Inf"), counts, strict=True):
                below += number
                lines.append(f'kg_request_seconds_bucket{{route="{route}",le="{bound}"}} {below}')
            lines.append(f'kg_request_seconds_sum{{route="{route}"}} {self.total[route]:.6f}')
            lines.append(f'kg_request_seconds_count{{route="{route}"}} {below}')
        lines += _head("kg_queries_refused_total", "counter", "Requests turned down or stopped, by reason.")
        for reason, number in sorted(self.refused.items()):
            lines.append(f'kg_queries_refused_total{{reason="{reason}"}} {number}')
        for name, (says, value) in gauges.items():
            lines += [*_head(name, "gauge", says), f"{name} {value}"]
        return "\n".join([*lines, ""])


def _head(name: str, kind: str, says: str) -> list[str]:
    return [f"# HELP {name} {says}", f"# TYPE {name} {kind}"]


class Measured:
    """Counts each request and says a line of it, when its answer is whole or was given up."""

    def __init__(self, app: ASGIApp, *, measures: Measures, log: Log) -> None:
        self.app, self.measures, self.log = app, measures, log

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        begun = time.monotonic()
        status, size = GONE, 0

        async def sent(message: Message) -> None:
            nonlocal status, size
            if message["type"] == "http.response.start":
                status = message["status"]
            size += len(message.get("body", b""))
            await send(message)

        try:
            await self.app(scope, receive, sent)
        except Exception:
            status = 500
            raise
        finally:
            seconds = time.monotonic() - begun
            self.measures.note(route_of(scope["path"]), status, seconds, scope.get(REFUSED))
            self.log(line_of(scope, status, size, seconds))


def route_of(path: str) -> str:
    """Give what a path is counted under.

    >>> route_of("/entity/Hamas"), route_of("/sparql"), route_of("/x/y")
    ('/entity/*', '/sparql', 'other')
    """
    return ROUTES.get(path[1:].partition("/")[0], OTHER)


def line_of(scope: Scope, status: int, size: int, seconds: float) -> str:
    """Give the line of a request: when, who, what, status, bytes, seconds; without its token, on one line."""
    now = dt.datetime.now(dt.UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    client = (scope.get("client") or ("-", 0))[0]
    path = scope.get("raw_path") or scope["path"].encode()
    query = without_token(scope["query_string"].decode("latin-1"))
    target = printable(path.decode("latin-1") + (f"?{query}" if query else "")).replace(" ", "%20")
    if len(target) > LONGEST:
        target = f"{target[:LONGEST]}…"
    return f"{now} {client} {scope['method']} {target} {status} {size} {seconds:.3f}"


def without_token(query: str) -> str:
    """Give the query of an address with no token in it.

    >>> without_token("query=ASK&token=secret&t%6Fken=x")
    'query=ASK&token=…&t%6Fken=…'
    """
    parts = (part.partition("=") for part in query.split("&"))
    return "&".join(
        f"{name}=…" if unquote_plus(name) == "token" else name + sign + value for name, sign, value in parts
    )
