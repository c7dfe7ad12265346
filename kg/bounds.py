"""Work that may take so much time and memory, and is interrupted when it takes more.

Where the system cannot bound it (Windows, and threads other than the main one, which get no signals) it is
done without.
"""

from __future__ import annotations

import contextlib
import signal
import threading
from collections.abc import Iterator
from types import FrameType


class OutOfTime(BaseException):
    """The time for a piece of work is over; no `except Exception` on the way takes it for its own."""


@contextlib.contextmanager
def bounded(*, seconds: float = 0, memory: int = 0) -> Iterator[None]:
    """Raise `OutOfTime` after so many seconds at work, and `MemoryError` beyond so many bytes more.

    0 is no bound. The time is what the process works, not what passes: a busy machine changes nothing.
    """
    if threading.current_thread() is not threading.main_thread() or not hasattr(signal, "setitimer"):
        yield
        return
    before = signal.getsignal(signal.SIGVTALRM)
    known = _bound_memory(memory) if memory else None
    if seconds:
        signal.signal(signal.SIGVTALRM, _stop)
        # Again each second after: what it interrupts may be a callback that cannot pass it on.
        signal.setitimer(signal.ITIMER_VIRTUAL, seconds, 1.0)
    try:
        yield
    finally:
        if seconds:
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)
            signal.signal(signal.SIGVTALRM, before)
        if known is not None:
            _limit(known)


def _stop(number: int, frame: FrameType | None) -> None:
    raise OutOfTime


def _bound_memory(more: int) -> tuple[int, int] | None:
    """Bound this process's address space above what it has; gives the limits there were."""
    try:
        import resource

        with open("/proc/self/statm", encoding="ascii") as file:
            now = int(file.read().split()[0]) * resource.getpagesize()
    except (ImportError, OSError):  # not on Windows and macOS
        return None
    soft, hard = before = resource.getrlimit(resource.RLIMIT_AS)
    most = min((limit for limit in (soft, hard) if limit != resource.RLIM_INFINITY), default=now + more)
    _limit((min(now + more, most), hard))
    return before


def _limit(limits: tuple[int, int]) -> None:
    import resource

    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, limits)
