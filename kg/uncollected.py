"""Work on millions of records, in which a search for rubbish would find none and look at all of them."""

from __future__ import annotations

import contextlib
import gc
from collections.abc import Iterator


@contextlib.contextmanager
def uncollected() -> Iterator[None]:
    """Have no objects looked for that only hold each other, while records are made that never do.

    What is no longer held goes as ever.
    """
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()
