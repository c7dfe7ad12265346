"""Work that reaches no other machine: on Linux the kernel refuses it a socket, whatever it tries.

This is the second wall. The first is that the engine never sees a query with SERVICE in it (`masking`);
elsewhere than on Linux (x86-64 and ARM64) it is the only one.
"""

from __future__ import annotations

import ctypes
import errno
import platform
import struct
import sys
import threading
from collections.abc import Callable
from typing import Any, TypeVar

T = TypeVar("T")

_SET_NO_NEW_PRIVILEGES, _SET_SECCOMP, _FILTER = 38, 22, 2
_ALLOW, _REFUSE = 0x7FFF0000, 0x00050000 | errno.EACCES
_LOAD, _IF_EQUAL, _IF_AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
_CALL, _MACHINE = 0, 4  # where a system call's number and its instruction set stand in `seccomp_data`
# Per machine: the kernel's name of it, and its calls `socket`, `connect` and `io_uring_setup`, which could
# do the work of both.
_MACHINES = {
    "x86_64": (0xC000003E, (41, 42, 425)),
    "aarch64": (0xC00000B7, (198, 203, 425)),
}
# Above this stand the calls of a second numbering of x86-64.
_OTHER_NUMBERING = 0x40000000


def cut_off() -> bool:
    """Refuse sockets to this thread and all that it starts, for good; gives whether the system can."""
    machine = _MACHINES.get(platform.machine())
    if sys.platform != "linux" or machine is None:
        return False
    program = ctypes.create_string_buffer(_program(*machine))
    # The kernel's `sock_fprog`: how many instructions, and where they are.
    given = struct.pack("HxxxxxxP", len(program) // 8, ctypes.addressof(program))
    try:
        prctl = ctypes.CDLL(None, use_errno=True).prctl
    except (OSError, AttributeError):
        return False
    if prctl(_SET_NO_NEW_PRIVILEGES, 1, 0, 0, 0) != 0:
        return False
    return bool(prctl(_SET_SECCOMP, _FILTER, ctypes.c_char_p(given), 0, 0) == 0)


def _program(machine: int, calls: tuple[int, ...]) -> bytes:
    """Give the instructions of the filter: other machines' calls and those named are refused."""
    tests = [(_IF_AT_LEAST, _OTHER_NUMBERING), *((_IF_EQUAL, call) for call in calls)]
    steps = [
        (_LOAD, 0, 0, _MACHINE),
        (_IF_EQUAL, 1, 0, machine),
        (_RETURN, 0, 0, _REFUSE),
        (_LOAD, 0, 0, _CALL),
        # Each jumps over the tests that are left, and over the instruction that allows.
        *((test, len(tests) - i, 0, number) for i, (test, number) in enumerate(tests)),
        (_RETURN, 0, 0, _ALLOW),
        (_RETURN, 0, 0, _REFUSE),
    ]
    return b"".join(struct.pack("HBBI", *step) for step in steps)


def fenced(work: Callable[[], T]) -> T:
    """Give what a function returns or raise what it raises; it runs in a thread that is cut off."""
    done: list[tuple[bool, Any]] = []

    def run() -> None:
        try:
            cut_off()
            done.append((True, work()))
        except BaseException as error:  # raised again where it is waited for
            done.append((False, error))

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    thread.join()
    good, value = done[0]
    if not good:
        raise value
    return value  # type: ignore[no-any-return]
