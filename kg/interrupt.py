"""Ctrl-C at any moment: what it broke off elsewhere in the process is told from an error of its own."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from types import FrameType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sys import UnraisableHookArgs

CODE = 130
MESSAGE = "kg: interrupted"
# It is raised again after so many seconds: a callback of a library may not have passed it on.
AGAIN = 2.0
# So often a process looks whether its parent is still there.
LOOK = 0.5
_happened = False


def end_with(parent: int) -> None:
    """End this process when its parent was killed, which leaves nobody to end it."""

    def look() -> None:
        while os.getppid() == parent:
            time.sleep(LOOK)
        os._exit(1)

    threading.Thread(target=look, daemon=True).start()


def listen() -> None:
    """Take note of Ctrl-C from now on; to be called by a program, not by a library."""
    global _happened
    _happened = False
    if threading.current_thread() is not threading.main_thread():
        return
    # Who ignores it, as a shell does for what it runs in the background, goes on ignoring it.
    if signal.getsignal(signal.SIGINT) in (signal.default_int_handler, _interrupt):
        signal.signal(signal.SIGINT, _interrupt)
        sys.unraisablehook = _quietly


def happened() -> bool:
    """Whether somebody pressed it, so that an error is most likely its consequence; then no more is heard."""
    if _happened:
        ignore()
    return _happened


def heed() -> None:
    """Raise once more what Ctrl-C raised, in case something on its way has swallowed it."""
    if _happened:
        raise KeyboardInterrupt


def ignore() -> None:
    """Hear it no more: what is left to do takes no time."""
    if threading.current_thread() is not threading.main_thread():
        return
    if signal.getsignal(signal.SIGINT) is _interrupt:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, 0)


@contextlib.contextmanager
def unheard() -> Iterator[None]:
    """Put it off while processes are started that shall not hear it: their parent ends them."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _interrupt(number: int, frame: FrameType | None) -> None:
    global _happened
    _happened = True
    if hasattr(signal, "setitimer"):
        signal.signal(signal.SIGALRM, _interrupt)
        signal.setitimer(signal.ITIMER_REAL, AGAIN)
    raise KeyboardInterrupt


def _quietly(error: UnraisableHookArgs) -> None:
    if not (_happened and issubclass(error.exc_type, KeyboardInterrupt)):
        sys.__unraisablehook__(error)
