"""Work that is really stopped: a function runs in a child process that is killed when its time is over.

A query engine cannot be asked to stop in the middle of a sort; its process can be ended.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any, TypeVar

from kg.errors import KGError, QueryError
from kg.interrupt import unheard
from kg.store.fence import cut_off

T = TypeVar("T")


def limited(work: Callable[..., T], *arguments: Any, seconds: float | None, memory: int | None = None) -> T:
    """Give what the function returns, or raise `QueryError` when it takes longer than `seconds`.

    Where processes can be forked the child sees all that the parent has loaded, at no cost; elsewhere the
    function and its arguments are pickled. `memory` bounds what the child may allocate, in bytes, where the
    system can. Errors of the function are raised here. It has no network where that can be kept from it.
    """
    method = "fork" if "fork" in multiprocessing.get_all_start_methods() else "spawn"
    context: Any = multiprocessing.get_context(method)
    receive, send = context.Pipe(duplex=False)
    # What is still in the buffers would be printed by both.
    sys.stdout.flush()
    sys.stderr.flush()
    child = context.Process(target=_child, args=(send, work, arguments, memory), daemon=True)
    with unheard():
        child.start()
    send.close()
    try:
        if not receive.poll(seconds):
            raise QueryError(
                f"stopped after {seconds:g} seconds", remedy="ask for less, or give it longer with --timeout"
            )
        good, value = receive.recv()
    except EOFError as error:
        child.join()
        raise ended(child.exitcode or 0) from error
    finally:
        receive.close()
        child.kill()
        child.join()
        child.close()
    if good:
        return value  # type: ignore[no-any-return]
    raise value


def _child(
    send: Connection, work: Callable[..., Any], arguments: tuple[Any, ...], memory: int | None
) -> None:
    try:
        cut_off()
        if memory:
            bound_memory(memory)
        result = (True, work(*arguments))
    except KGError as error:
        result = (False, error)
    except MemoryError:
        result = (False, QueryError("out of memory", remedy="ask for less"))
    except KeyboardInterrupt:
        os._exit(1)
    except Exception as error:
        reason = f"{type(error).__name__}: {error}".splitlines()[0]
        result = (False, QueryError(f"unexpected {reason}"))
    send.send(result)
    send.close()


def ended(exit_code: int) -> QueryError:
    """Say why a process that ran a query ended without an answer; the code is negative for a signal."""
    if exit_code == -signal.SIGABRT:
        # What the engine does where it gets no memory.
        return QueryError("out of memory", remedy="ask for less")
    if exit_code == -signal.SIGKILL:
        return QueryError(
            "the query was killed by the system, most likely out of memory", remedy="ask for less"
        )
    if exit_code in (-signal.SIGSEGV, -signal.SIGBUS):
        return QueryError("the query is too long or too deep for the engine", remedy="ask in fewer steps")
    return QueryError(f"the query's process ended without an answer ({exit_code})")


def bound_memory(more: int) -> None:
    """Let this process allocate so many bytes more and none beyond, where the system can."""
    try:
        import resource
    except ImportError:  # not on Windows
        return
    try:
        with open("/proc/self/statm", encoding="ascii") as file:
            now = int(file.read().split()[0]) * resource.getpagesize()
    except OSError:  # not on macOS
        return
    resource.setrlimit(resource.RLIMIT_AS, (now + more, now + more))
