"""What a request brings: its body, within bounds of size and time, or why it is turned down."""

from __future__ import annotations

import asyncio

from starlette.requests import Request

LONGEST = 2**20
SECONDS = 10.0


# What is wrong with a request in a word, by its status, as it is counted.
WORDS = {400: "malformed", 403: "update", 408: "slow", 413: "long", 415: "type"}


class Refused(Exception):
    """A request that is turned down, with its status."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status, self.reason = status, reason

    @property
    def word(self) -> str:
        """What is wrong with it in a word."""
        return WORDS.get(self.status, "other")


async def body_of(request: Request, what: str) -> bytes:
    """Give the body of a request, which is `what` ("a query"); one that is too long or slow is `Refused`."""
    body = bytearray()
    try:
        async with asyncio.timeout(SECONDS):
            async for piece in request.stream():
                body += piece
                if len(body) > LONGEST:
                    raise Refused(413, f"{what} has at most {LONGEST:,} bytes")
    except TimeoutError:
        raise Refused(408, "the body came too slowly") from None
    return bytes(body)


def type_of(request: Request) -> str:
    """Give the media type that a request says its body is of, without its parameters."""
    return request.headers.get("content-type", "").partition(";")[0].strip().lower()
