"""RDF Patch: what to delete from a graph and add to it, so that it becomes another."""

from __future__ import annotations

import heapq
import itertools
import operator
from collections.abc import Iterable, Iterator

SUFFIX = ".rdfp"


def patch(before: Iterable[str], after: Iterable[str]) -> Iterator[str]:
    """Give the text of a patch, a change a line, for sorted lines of N-Triples, of each graph no two alike.

    >>> print("".join(patch(["<a> <p> <b> .", "<a> <p> <c> ."], ["<a> <p> <c> .", "<a> <p> <d> ."])), end="")
    TX .
    D <a> <p> <b> .
    A <a> <p> <d> .
    TC .
    """
    yield "TX .\n"
    both = heapq.merge(((line, "D") for line in before), ((line, "A") for line in after))
    for line, of in itertools.groupby(both, key=operator.itemgetter(0)):
        kinds = [kind for _, kind in of]
        # What both graphs have stays.
        if len(kinds) == 1:
            yield f"{kinds[0]} {line}\n"
    yield "TC .\n"
