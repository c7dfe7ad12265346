"""Addresses of the web: what lies there is fetched, and nothing that it leads to."""

from __future__ import annotations

import io
from pathlib import PurePosixPath
from urllib.parse import quote, urlsplit

from kg.errors import ReadError
from kg.read.streams import read_whole

SECONDS = 30
AGENT = "kg (reads documents that its user names)"
# What a server calls a file → the suffix under which it is read.
SUFFIXES = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "text/plain": ".txt",
    "text/markdown": ".md",
    "text/csv": ".csv",
    "text/tab-separated-values": ".tsv",
    "application/jsonl": ".jsonl",
    "application/x-ndjson": ".jsonl",
    "application/pdf": ".pdf",
    "application/zip": ".zip",
    "application/x-tar": ".tar",
    "application/rss+xml": ".rss",
    "application/atom+xml": ".atom",
    "message/rfc822": ".eml",
}


class Fetched(io.BytesIO):
    """What was fetched, with the suffix of its kind."""

    suffix: str = ".html"


def is_web(given: str) -> bool:
    """Whether a source is an address of the web.

    >>> is_web("https://news.example/1"), is_web("news/1.txt")
    (True, False)
    """
    return given.lower().startswith(("http://", "https://"))


def fetched(address: str) -> Fetched:
    """Fetch what lies at an address, redirections followed; a `ReadError` says why it cannot be."""
    # Clients of the web are loaded here: who reads files alone pays nothing for them.
    import http.client
    import urllib.error
    import urllib.request

    # No handlers but these: a redirection leads to no file of this machine.
    opener = urllib.request.OpenerDirector()
    for handler in (
        urllib.request.ProxyHandler,
        urllib.request.HTTPHandler,
        urllib.request.HTTPSHandler,
        urllib.request.HTTPRedirectHandler,
        urllib.request.HTTPErrorProcessor,
        urllib.request.HTTPDefaultErrorHandler,
    ):
        opener.add_handler(handler())
    try:
        request = urllib.request.Request(_quoted(address), headers={"User-Agent": AGENT})
        with opener.open(request, timeout=SECONDS) as answer:
            found = Fetched(read_whole(answer, address))
            found.suffix = _suffix(answer.headers.get_content_type(), answer.url)
    except urllib.error.HTTPError as error:
        error.close()
        raise ReadError(f"the server says {error.code} ({error.reason})", where=address) from error
    except (OSError, http.client.HTTPException, ValueError, TypeError) as error:
        reason = getattr(error, "reason", error)
        raise ReadError(f"cannot be fetched ({reason})", where=address) from error
    return found


def _quoted(address: str) -> str:
    """Give an address in the characters that addresses are sent in."""
    return quote(address, safe="%/:=&?~#+!$,;'@()*[]")


def _suffix(kind: str, address: str) -> str:
    """Give the suffix of what a server calls a file; what says nothing goes by its name."""
    name = PurePosixPath(urlsplit(address).path).suffix.lower()
    vague = kind in ("application/octet-stream", "text/plain", "application/gzip", "application/x-gzip")
    return name if name and (vague or kind not in SUFFIXES) else SUFFIXES.get(kind, ".html")
