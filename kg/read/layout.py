"""Lines with their offsets, and what a line looks like."""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import resources
from typing import Any

LINE = re.compile(r"([^\r\n\f\x85\u2028\u2029]*)(\r\n|[\r\n\f\x85\u2028\u2029]|\Z)")
LONGEST_TITLE = 160
# A line that ends so is cut in the middle of a phrase.
DANGLING = frozenset(
    "a an the and or but nor of to in on at by for from with as that which who whose than into over under is "
    "are was were be been has have had will would its his her their our my your this these those said".split()
)


@dataclass(frozen=True, slots=True)
class Line:
    """A line without its end; `after` is where the next one starts."""

    start: int
    end: int
    after: int
    text: str


def next_lines(text: str, start: int = 0) -> Iterator[Line]:
    """Give the lines of a text from an offset on."""
    while start < len(text):
        match = LINE.match(text, start)
        assert match is not None, "the pattern matches the empty string"
        yield Line(start, match.end(1), match.end(), match[1])
        start = match.end()


def plain_title(line: str) -> bool:
    """Whether a line that stands alone reads as a title or heading, not as a sentence.

    >>> plain_title("Calls for peace"), plain_title("It rained."), plain_title("and then")
    (True, False, False)
    """
    line = line.strip()
    words = line.split()
    if not words or len(line) > LONGEST_TITLE or len(words) > 20:
        return False
    if line[-1] in ".,;:…" or re.search(r"""[.!]["”’')\]]*$""", line):
        return False
    first = next((c for c in line if c.isalnum()), "")
    return bool(first) and not first.islower() and words[-1].lower() not in DANGLING


def title_case(line: str) -> bool:
    """Whether nearly all words that carry meaning start with a capital."""
    words = [w for w in re.findall(r"[^\W\d_][\w'’-]*", line) if len(w) > 3]
    return bool(words) and sum(w[0].isupper() for w in words) >= 0.75 * len(words)


@functools.cache
def data(name: str) -> dict[str, Any]:
    """Give one of the tables that reading goes by, from `kg/read/data`."""
    return tomllib.loads(resources.files("kg.read").joinpath(f"data/{name}.toml").read_text("utf-8"))
