"""Resolution in parts: names that are compared share a key, and all that has a key lies in one part.

What the parts find is put together in the order of the keys, so that the result is the same for any number.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from kg.forked import forked

T = TypeVar("T")
# To compare fewer names takes no longer than to start processes for it.
WORTH_PROCESSES = 20_000


@dataclass(frozen=True, slots=True)
class Parts:
    """How many parts there are, and how many processes work on them."""

    number: int = 1
    processes: int = 1

    def of(self, key: str) -> int:
        """Give the part that a key lies in, on any machine the same."""
        return zlib.crc32(key.encode("utf-8", "surrogatepass")) % self.number

    def each(self, work: Callable[[int], T], names: int) -> list[T]:
        """Give what is found in each part, in their order; of many names it is found in processes."""
        processes = min(self.number, self.processes) if names >= WORTH_PROCESSES else 1
        return list(forked(work, range(self.number), processes))


ONE = Parts()
