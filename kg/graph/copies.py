"""Documents that are nearly copies of others: one agency report in five papers is one voice, not five.

A text is sketched by the least hashes of its runs of five words (MinHash); the share of a sketch that two
texts have in common is about the share of such runs that they have in common.
"""

from __future__ import annotations

import functools
import re
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from kg.rdf.mapping import document_iri
from kg.rdf.terms import Triple
from kg.vocab import Names

if TYPE_CHECKING:
    import numpy as np

RUN, LEAST_WORDS = 5, 30
# Two texts with half of their runs in common have one of the bands in common in seven cases of eight.
HASHES, BAND = 128, 4
# From so many runs in common on, a document is a copy: a report that was cut, or got a few lines more.
ALIKE = 0.5
CHUNK = 4096
Sketch = bytes


class _Draws(NamedTuple):
    """The numbers by which runs of words are hashed, the same in each process."""

    factors: np.ndarray
    offsets: np.ndarray
    powers: np.ndarray


@functools.cache
def _draws() -> _Draws:
    # Loaded here: to query a graph asks for no copies.
    import numpy as np

    random = np.random.Generator(np.random.PCG64(20))
    return _Draws(
        random.integers(1, 2**63, HASHES, dtype=np.uint64) | np.uint64(1),
        random.integers(0, 2**63, HASHES, dtype=np.uint64),
        random.integers(1, 2**63, RUN, dtype=np.uint64) | np.uint64(1),
    )


@dataclass(frozen=True, slots=True)
class Sketched:
    """A document with its sketch; `order` says which of two alike is the first."""

    id: str
    order: tuple[str, ...]
    sketch: Sketch


def sketch(text: str) -> Sketch:
    """Give the sketch of a text; a short one has none, as short texts are alike by chance."""
    words = re.findall(r"\w+", text.casefold())
    if len(words) < LEAST_WORDS:
        return b""
    import numpy as np

    draws = _draws()
    hashes = np.array([zlib.crc32(word.encode("utf-8", "replace")) for word in words], dtype=np.uint64)
    runs = len(hashes) - RUN + 1
    with np.errstate(over="ignore"):
        whole = sum((hashes[i : i + runs] * draws.powers[i] for i in range(RUN)), np.zeros(runs, np.uint64))
        whole ^= whole >> np.uint64(29)
        least = np.full(HASHES, np.iinfo(np.uint32).max, dtype=np.uint64)
        for start in range(0, runs, CHUNK):
            mixed = whole[start : start + CHUNK, None] * draws.factors + draws.offsets
            least = np.minimum(least, (mixed >> np.uint64(32)).min(axis=0))
    return least.astype("<u4").tobytes()


def bands(sketch: Sketch) -> list[bytes]:
    """Give the parts of a sketch, of which copies have one in common, each with its place."""
    width = BAND * 4
    return [bytes([at // width]) + sketch[at : at + width] for at in range(0, len(sketch), width)]


def copies(documents: Iterable[Sketched]) -> Iterator[tuple[str, str]]:
    """Give each document that is nearly a copy of an earlier one, with that one, which is none itself."""
    import numpy as np

    known: dict[bytes, list[int]] = {}
    firsts: list[tuple[str, np.ndarray]] = []
    for document in sorted((d for d in documents if d.sketch), key=lambda d: d.order):
        hashes = np.frombuffer(document.sketch, dtype="<u4")
        keys = bands(document.sketch)
        met = sorted({n for key in keys for n in known.get(key, ())})
        alike = [(float((firsts[n][1] == hashes).mean()), -n) for n in met]
        best = max(alike, default=(0.0, 0))
        if best[0] >= ALIKE:
            yield document.id, firsts[-best[1]][0]
            continue
        for key in keys:
            known.setdefault(key, []).append(len(firsts))
        firsts.append((document.id, hashes))


def order(published: object, source: str, id: str) -> tuple[str, str, str]:
    """Give what tells which of two documents is the first: its day, then its name."""
    return (str(published or "9999"), source, id)


def copy_triples(pairs: Sequence[tuple[str, str]], base: str) -> Iterator[Triple]:
    """Give a triple for each document that is nearly a copy."""
    predicate = f"<{Names(base).kg}nearDuplicateOf>"
    for copy, first in sorted(pairs):
        yield f"<{document_iri(copy, base)}>", predicate, f"<{document_iri(first, base)}>"
