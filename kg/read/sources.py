"""Which files a list of paths, folders and globs means, and what is in them."""

from __future__ import annotations

import contextlib
import glob
import logging
import os
import pathlib
import shlex
import stat
import sys
import warnings
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from kg.errors import ReadError, ReadWarning, printable
from kg.nearest import did_you_mean
from kg.read import remote
from kg.read.fetch import fetched, is_web
from kg.read.streams import read_whole

STDIN = "-"
# Among more names than this the nearest to a wrong one is not looked for.
MOST_NAMES = 10_000
# Up to so many files that nobody reads are named, and so many suffixes counted.
MOST_NAMED, MOST_KINDS = 8, 6
# Settings that lie beside the texts are no texts.
OWN = frozenset({"kg.toml", "merges.toml"})
log = logging.getLogger("kg.read")


@dataclass(frozen=True, slots=True, order=True)
class Source:
    """A file to read. `name` is its path below what the user named; `shown` is how messages call it.

    `name` goes into the graph and is the same on any machine; `asked` tells a file that the user named
    from one that was met in a folder.
    """

    name: str
    path: str
    asked: bool = True
    # The name that tells its kind, where its own does not: what a packed file was called.
    inner: str = ""

    @property
    def called(self) -> str:
        return self.inner or self.name

    @property
    def shown(self) -> str:
        return "standard input" if self.path == STDIN else self.path

    @property
    def suffix(self) -> str:
        return pathlib.PurePosixPath(self.called).suffix.lower()

    def at(self, place: str) -> Source:
        """Give the source of a part of this file.

        >>> Source("posts.csv", "/tmp/posts.csv").at("row=17").name
        'posts.csv#row=17'
        """
        return Source(f"{self.name}#{place}", f"{self.path}#{place}", self.asked)


@dataclass(frozen=True, slots=True)
class Member:
    """A file that lies in another, and the bytes of it."""

    source: Source
    stream: BinaryIO


def find(
    sources: Iterable[str | os.PathLike[str]] | str | os.PathLike[str],
    *,
    suffixes: Sequence[str],
    fetch: bool = False,
    on_skip: Callable[[ReadError], None] | None = None,
) -> list[Source]:
    """List the files that paths, folders and globs name, each once, sorted by name; folders by suffix."""
    if isinstance(sources, (str, os.PathLike)):
        sources = [sources]
    found: dict[str, Source] = {}
    for given in sources:
        try:
            for source in _expand(os.fspath(given), suffixes, fetch):
                key = location(source.path)
                if key not in found or source < found[key]:
                    found[key] = source
        except ReadError as error:
            if on_skip is None:
                raise
            on_skip(error)
    return sorted(found.values())


def _expand(given: str, suffixes: Sequence[str], fetch: bool) -> Iterator[Source]:
    if given == STDIN:
        yield Source("stdin", STDIN)
        return
    if "\0" in given:
        raise ReadError("a path cannot hold a NUL character", where=repr(given))
    if is_web(given):
        if not fetch:
            raise ReadError(
                "an address of the web is fetched only when you say so",
                where=given,
                remedy="add --fetch, or save the page first",
            )
        yield Source(given, given)
    elif remote.is_address(given):
        yield from (Source(*found) for found in remote.expand(given, suffixes))
    elif os.path.isdir(given):
        yield from _folder(given, suffixes)
    elif os.path.lexists(given):
        yield Source(os.path.basename(given), given)
    elif glob.has_magic(given):
        yield from _glob(given)
    else:
        raise ReadError("no such file or folder", where=given, remedy=_nearby(given))


def location(path: str) -> str:
    """Give what tells a file from all others: its real path, or its address."""
    here = path != STDIN and not is_web(path) and not remote.is_address(path)
    return os.path.realpath(path) if here else path


def _nearby(given: str) -> str:
    """Give the question whether a file or folder with a name like this one, in the same place, was meant."""
    folder, name = os.path.split(given.rstrip(os.sep))
    try:
        there = [each for each in os.listdir(folder or os.curdir) if not each.startswith(".")]
    except OSError:
        return ""
    return did_you_mean(name, there) if len(there) <= MOST_NAMES else ""


def _folder(folder: str, suffixes: Sequence[str]) -> Iterator[Source]:
    problems: list[OSError] = []
    none = True
    unread: list[str] = []
    for here, subfolders, names in os.walk(folder, onerror=problems.append):
        subfolders[:] = sorted(n for n in subfolders if not n.startswith("."))
        for name in sorted(names):
            if name.startswith(".") or name in OWN:
                continue
            path = os.path.join(here, name)
            below = pathlib.Path(path).relative_to(folder).as_posix()
            if pathlib.PurePath(name).suffix.lower() in suffixes:
                none = False
                yield Source(below, path, asked=False)
            else:
                unread.append(below)
    if problems:
        raise ReadError(
            f"the folder cannot be listed ({problems[0].strerror})", where=str(problems[0].filename)
        )
    if none:
        there = f"; there are {_kinds(unread)}" if unread else ""
        raise ReadError(f"no documents in this folder ({', '.join(suffixes)} are read{there})", where=folder)
    if unread:
        name_unread(folder, unread)


def name_unread(folder: str, unread: list[str]) -> None:
    """Say once which files of a folder nobody reads; the log has them all."""
    for name in unread:
        log.info("%s: not read, as no reader has its suffix", printable(os.path.join(folder, name)))
    shown = f": {', '.join(map(printable, unread))}" if len(unread) <= MOST_NAMED else ""
    files = "1 file" if len(unread) == 1 else f"{len(unread)} files"
    warnings.warn(
        f"{printable(folder)}: {files} left out that {'is' if len(unread) == 1 else 'are'} not read "
        f"({_kinds(unread)}){shown}; save as text what should be read",
        ReadWarning,
        stacklevel=2,
    )


def _kinds(names: list[str]) -> str:
    """Count files by suffix, the most frequent first: "3 .pdf, 1 .rst, 1 without suffix"."""
    counts = Counter(pathlib.PurePath(name).suffix.lower() or "without suffix" for name in names)
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    parts = [f"{n} {printable(suffix)}" for suffix, n in ordered[:MOST_KINDS]]
    others = sum(n for _, n in ordered[MOST_KINDS:])
    return ", ".join([*parts, f"{others} of other kinds"] if others else parts)


def _glob(pattern: str) -> Iterator[Source]:
    fixed = pathlib.PurePath(*_until_magic(pathlib.PurePath(pattern).parts))
    matches = sorted(glob.glob(pattern, recursive=True))
    files = [m for m in matches if not os.path.isdir(m)]
    if not files:
        raise ReadError("no file matches this pattern", where=pattern)
    for path in files:
        yield Source(pathlib.Path(path).relative_to(fixed).as_posix(), path, asked=False)


def _until_magic(parts: tuple[str, ...]) -> Iterator[str]:
    for part in parts:
        if glob.has_magic(part):
            return
        yield part


def _is_open(path: str) -> bool:
    """Whether a path is a file that this process has open, as a shell gives for <(command)."""
    return os.path.dirname(os.path.abspath(path)) in ("/dev/fd", f"/proc/{os.getpid()}/fd", "/proc/self/fd")


@contextlib.contextmanager
def opened(source: Source) -> Iterator[BinaryIO]:
    """Open a source; a `ReadError` says why it cannot be read."""
    if source.path == STDIN:
        yield sys.stdin.buffer
        return
    if is_web(source.path):
        yield fetched(source.path)
        return
    if remote.is_address(source.path):
        with remote.opened(source.path) as stream:
            yield stream
        return
    try:
        mode = os.stat(source.path).st_mode
        if stat.S_ISDIR(mode):
            raise ReadError("a folder, not a file", where=source.shown)
        # A device or socket may never end, and a named pipe waits until somebody writes.
        if not (stat.S_ISREG(mode) or (stat.S_ISFIFO(mode) and _is_open(source.path))):
            kind = "named pipe" if stat.S_ISFIFO(mode) else "socket" if stat.S_ISSOCK(mode) else "device"
            what = f"a {kind}, not a regular file"
            raise ReadError(what, where=source.shown, remedy="save what comes out of it as a file")
        with open(source.path, "rb") as file:
            yield file
    except PermissionError as error:
        remedy = f"give yourself the right to: chmod u+r {shlex.quote(source.path)}"
        raise ReadError("no permission to read the file", where=source.shown, remedy=remedy) from error
    except OSError as error:
        if os.path.islink(source.path) and not os.path.exists(source.path):
            what = "a link that leads to no file"
            raise ReadError(what, where=source.shown, remedy="mend or remove it") from error
        raise ReadError(f"cannot be read ({error.strerror})", where=source.shown) from error
    except MemoryError as error:
        raise ReadError("too large for this machine's memory", where=source.shown) from error


def load(source: Source) -> bytes:
    """Read the bytes of a source."""
    with opened(source) as stream:
        return read_whole(stream, source.shown)
