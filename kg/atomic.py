"""Files that appear whole or not at all, whatever ends the process that writes them."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable, Iterator
from contextvars import ContextVar
from pathlib import Path

from kg import interrupt

# What a file is called while it is written; a killed process leaves it behind.
ASIDE = ".part"
# When a file was written, its size, and which file it is.
Mark = tuple[int, int, int]


# Within `together`: what was written aside, by the place where it belongs.
_written: ContextVar[dict[Path, Path] | None] = ContextVar("written", default=None)


@contextlib.contextmanager
def together() -> Iterator[None]:
    """Let all files that are written meanwhile appear at its end, or none of them where it fails."""
    if _written.get() is not None:
        # Part of something larger.
        yield
        return
    written: dict[Path, Path] = {}
    token = _written.set(written)
    try:
        yield
        interrupt.heed()
        # All that can fail for want of room has been done by now.
        for path, aside in written.items():
            aside.replace(path)
    finally:
        _written.reset(token)
        for aside in written.values():
            aside.unlink(missing_ok=True)


def put(aside: Path, path: Path) -> None:
    """Put a file that was written aside into its place, at once or with others."""
    written = _written.get()
    if written is None:
        aside.replace(path)
    else:
        written[path] = aside


def name_aside(path: Path) -> Path:
    """Give the name under which a file is written before it is put into its place."""
    return path.with_name(f".{path.name}.{os.getpid()}{ASIDE}")


@contextlib.contextmanager
def written_aside(path: Path) -> Iterator[Path]:
    """Give the name under which somebody else writes a file, which is then put into its place.

    Where that fails, or another error ends the block, nothing is left of it.
    """
    aside = name_aside(path)
    try:
        # What a killed process with the same number has left behind.
        aside.unlink(missing_ok=True)
        yield aside
        with aside.open("rb+") as file:
            os.fsync(file.fileno())
        put(aside, path)
    except BaseException:
        aside.unlink(missing_ok=True)
        raise


def write_bytes(path: Path, data: bytes) -> None:
    """Write bytes aside and rename them into place, without waiting for the disk."""
    aside = name_aside(path)
    try:
        aside.write_bytes(data)
        put(aside, path)
    except BaseException:
        aside.unlink(missing_ok=True)
        raise


def write_text(path: Path, pieces: Iterable[str], *, durable: bool = True) -> None:
    """Write text aside and rename it into place.

    With `durable` it is on the disk when this returns, not only with the system. `OSError` is left to the
    caller, who knows what the file is.
    """
    aside = name_aside(path)
    try:
        with aside.open("w", encoding="utf-8", newline="\n") as file:
            file.writelines(pieces)
            if durable:
                file.flush()
                os.fsync(file.fileno())
        put(aside, path)
    except BaseException:
        aside.unlink(missing_ok=True)
        raise


def mark_of(path: Path) -> Mark:
    """Give what tells one state of a file from another at little cost; of one that is not there, zeros."""
    try:
        found = path.stat()
    except OSError:
        return (0, 0, 0)
    return (found.st_mtime_ns, found.st_size, found.st_ino)
