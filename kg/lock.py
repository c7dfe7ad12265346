"""One at a time in a folder: a lock that ends with the process that holds it, however that ends."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

from kg.errors import GraphError

_held: set[TextIO] = set()


class Locked(GraphError):
    """Another process is at work there."""


@contextlib.contextmanager
def hold(
    path: Path, where: str, *, does: str = "is writing to this store", remedy: str = "wait for it"
) -> Iterator[bool]:
    """Hold a lock that ends with the process; gives whether its last holder did not end well.

    `does` says what another process that holds it is doing there.
    """
    try:
        file = path.open("a+", encoding="utf-8")
    except OSError as error:
        raise GraphError(f"cannot be written ({error.strerror})", where=where) from error
    with file:
        if not _take_lock(file.fileno()):
            file.seek(0)
            who = file.read().strip()
            raise Locked(f"another process{f' ({who})' if who else ''} {does}", where=where, remedy=remedy)
        file.seek(0)
        crashed = bool(file.read().strip())
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        _held.add(file)
        try:
            yield crashed
        finally:
            _held.discard(file)
        with contextlib.suppress(OSError):
            file.truncate(0)


def _let_go() -> None:
    """Let a forked process hold none of its parent's locks, so that they end with the parent."""
    nothing = os.open(os.devnull, os.O_RDWR)
    for file in _held:
        # The number stays taken: nobody closes another file by it.
        os.dup2(nothing, file.fileno(), inheritable=False)
    os.close(nothing)
    _held.clear()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_let_go)


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
