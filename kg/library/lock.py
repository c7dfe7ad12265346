"""One writer at a time: a lock that ends with the process that holds it."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

from kg.errors import GraphError


class Locked(GraphError):
    """Another process is writing."""


@contextlib.contextmanager
def hold(path: Path, store: str) -> Iterator[bool]:
    """Hold a lock that ends with the process; gives whether its last holder did not end well."""
    try:
        file = path.open("a+", encoding="utf-8")
    except OSError as error:
        raise GraphError(f"cannot be written ({error.strerror})", where=store) from error
    with file:
        if not _take_lock(file.fileno()):
            file.seek(0)
            who = file.read().strip()
            raise Locked(
                f"another process{f' ({who})' if who else ''} is writing to this store",
                where=store,
                remedy="wait for it",
            )
        file.seek(0)
        crashed = bool(file.read().strip())
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        yield crashed
        file.truncate(0)


def _take_lock(descriptor: int) -> bool:
    try:
        import fcntl
    except ImportError:
        import msvcrt

        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]
        except OSError:
            return False
        return True
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
