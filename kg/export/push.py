"""A graph sent to a triple store by the SPARQL 1.1 Graph Store Protocol."""

from __future__ import annotations

import http.client
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from kg.errors import GraphError
from kg.rdf.formats.quads import by_document

if TYPE_CHECKING:
    from kg.graph.view import GraphView

SECONDS = 60.0
READ_ONLY = "it may only read, as kg serve does; push to a store that takes the Graph Store Protocol"


def push(
    graph: GraphView,
    url: str,
    *,
    name: str | None = None,
    documents: bool = False,
    replace: bool = False,
    headers: Mapping[str, str] | None = None,
    seconds: float = SECONDS,
) -> int:
    """Send a graph to a graph store, and give the number of graphs that were sent.

    It goes to the default graph, or to the named graph `name`; with `documents` what each document says goes
    to a named graph of its own. With `replace` the store's graphs of those names are replaced, else added to.
    """
    parts = urllib.parse.urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise GraphError("is no address of a graph store", where=url, remedy="give http://HOST/PATH")
    lines = graph.store.lines()
    graphs: list[tuple[str | None, list[str]]] = [(name, lines)]
    if documents:
        rest, found = by_document(lines, graph.names)
        graphs = [(name, rest), *((iri[1:-1], found[iri]) for iri in sorted(found))]
    for iri, content in graphs:
        wanted = {"graph": iri} if iri else None
        query = urllib.parse.urlencode(wanted) if wanted else "default"
        target = parts._replace(query="&".join(filter(None, (parts.query, query))), fragment="")
        _send(urllib.parse.urlunsplit(target), content, "PUT" if replace else "POST", headers or {}, seconds)
    return len(graphs)


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """A redirected POST would become a GET, and be taken for success."""

    def redirect_request(self, *args: object, **kwargs: object) -> None:
        return None


def _send(url: str, lines: Iterable[str], method: str, headers: Mapping[str, str], seconds: float) -> None:
    data = "".join(f"{line}\n" for line in lines).encode()
    kind = {"Content-Type": "application/n-triples"}
    request = urllib.request.Request(url, data=data, headers={**kind, **headers}, method=method)
    try:
        with urllib.request.build_opener(_NoRedirect).open(request, timeout=seconds) as response:
            response.read(2**16)
    except urllib.error.HTTPError as error:
        with error:
            said = error.read(500).decode("utf-8", "replace").strip().split("\n")[0]
        location = error.headers.get("Location")
        remedy = f"push to {location}" if location else READ_ONLY if error.code in (403, 405, 501) else ""
        raise GraphError(
            f"answered {error.code} {error.reason} {said}".strip(), where=url, remedy=remedy
        ) from error
    except (OSError, http.client.HTTPException, ValueError) as error:
        reason = getattr(error, "reason", error)
        if isinstance(reason, (BrokenPipeError, ConnectionResetError)):
            # It answered and closed before it had read all, as a server does that takes nothing.
            what = "the server did not take what was sent"
            raise GraphError(what, where=url, remedy=READ_ONLY) from error
        raise GraphError(f"{reason}", where=url, remedy="is the store running there?") from error
