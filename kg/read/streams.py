"""Bytes that are read within bounds: files as they lie there, and what is packed in archives."""

from __future__ import annotations

import gzip
import io
import lzma
import tarfile
import warnings
import zipfile
import zlib
from dataclasses import dataclass
from typing import Any, BinaryIO, Protocol, cast

from kg.errors import ReadError, ReadWarning, printable

# What is read whole is no larger: a text of this size would take days to read.
LARGEST = 256 * 2**20
# Texts are packed to a tenth or a thirtieth; what grows to more than this many times is a trap.
GROWTH, GROWS_AT_LEAST, MEMBER_AT_LEAST = 200, 128 * 2**20, 16 * 2**20
MOST_MEMBERS = 100_000
CHUNK = 2**20
DAMAGED = (EOFError, OSError, zlib.error, lzma.LZMAError, zipfile.BadZipFile, tarfile.TarError, ValueError)


class Readable(Protocol):
    """What gives bytes."""

    def read(self, size: int = -1, /) -> bytes:
        """Give at most so many bytes, none at the end."""
        ...


@dataclass(slots=True)
class Budget:
    """What an archive may still give, the archives in it together."""

    where: str
    bytes: int
    members: int = MOST_MEMBERS

    @classmethod
    def of(cls, stream: BinaryIO, where: str) -> Budget:
        """Give the budget that a stream is read on; one that is not packed itself opens one by its size."""
        if isinstance(stream, Unpacked | _Held):
            return stream.budget
        return cls(where, max(GROWS_AT_LEAST, GROWTH * _size(stream)))

    def spend(self, count: int) -> None:
        """Take bytes off the budget."""
        self.bytes -= count
        if self.bytes < 0:
            raise _grown(self.where)

    def enter(self) -> None:
        """Take a member off the budget."""
        self.spend(0)
        self.members -= 1
        if self.members < 0:
            raise ReadError(
                f"holds more than {MOST_MEMBERS:,} files", where=self.where, remedy="unpack it yourself"
            )


class _Unpacking(io.RawIOBase):
    """What comes out of a packed stream, counted; damage is a `ReadError`."""

    def __init__(self, packed: Readable, budget: Budget, where: str, size: int | None) -> None:
        self.packed, self.budget, self.where = packed, budget, where
        self.given = 0
        self.left = None if size is None else max(MEMBER_AT_LEAST, GROWTH * size)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        try:
            data = self.packed.read(len(buffer))
        except ReadError:
            raise
        except (RuntimeError, NotImplementedError) as error:
            raise ReadError("packed in a way that is not read", where=self.where) from error
        except DAMAGED as error:
            if isinstance(error, gzip.BadGzipFile) and self.given and str(error).startswith("Not a gzipped"):
                # As gzip does: what was added behind the end is none of it.
                what = f"{printable(self.where)}: left out what stands behind its packed end"
                warnings.warn(what, ReadWarning, stacklevel=2)
                return 0
            raise damaged(self.where) from error
        self.given += len(data)
        self.budget.spend(len(data))
        if self.left is not None:
            self.left -= len(data)
            if self.left < 0:
                raise _grown(self.where)
        buffer[: len(data)] = data
        return len(data)


class Behind(io.RawIOBase):
    """A stream from its beginning on, of which a head was read."""

    def __init__(self, head: bytes, stream: BinaryIO) -> None:
        self.head, self.stream = head, stream

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        data = self.head[: len(buffer)] if self.head else self.stream.read(len(buffer))
        self.head = self.head[len(data) :]
        buffer[: len(data)] = data
        return len(data)


def head_of(stream: BinaryIO, size: int) -> bytes:
    """Read the beginning of a stream, all of it where it is shorter; `Behind` puts it back."""
    head = b""
    while len(head) < size and (chunk := stream.read(size - len(head))):
        head += chunk
    return head


def damaged(where: str) -> ReadError:
    """Give the error for what is not as its kind of file is."""
    return ReadError("damaged, or cut off before its end", where=where, remedy="copy or download it again")


def _grown(where: str) -> ReadError:
    return ReadError(
        f"unpacks to more than {GROWTH} times its size", where=where, remedy="unpack it yourself"
    )


def unpacking(packed: Readable, budget: Budget, where: str, size: int | None = None) -> BinaryIO:
    """Give the stream of what is packed, in `size` bytes if that is known."""
    return cast(BinaryIO, Unpacked(packed, budget, where, size))


class Unpacked(io.BufferedReader):
    """What comes out of a packed stream, on a budget."""

    def __init__(self, packed: Readable, budget: Budget, where: str, size: int | None) -> None:
        super().__init__(_Unpacking(packed, budget, where, size))
        self.budget = budget


class _Held(io.BytesIO):
    """A packed stream in memory, on the budget of the archive that it lies in."""

    budget: Budget


def held(stream: BinaryIO, where: str) -> BinaryIO:
    """Give a stream that can be sought in; what comes out of an archive is held in memory."""
    if stream.seekable():
        return stream
    memory = _Held(read_whole(stream, where))
    memory.budget = Budget.of(stream, where)
    return memory


def read_whole(stream: BinaryIO, where: str) -> bytes:
    """Read what is left of a stream; more than `LARGEST` is refused."""
    parts: list[bytes] = []
    left = LARGEST
    while chunk := stream.read(CHUNK):
        left -= len(chunk)
        if left < 0:
            raise ReadError(
                f"larger than {LARGEST >> 20} MiB", where=where, remedy="split it into smaller files"
            )
        parts.append(chunk)
    return parts[0] if len(parts) == 1 else b"".join(parts)


def _size(stream: BinaryIO) -> int:
    if not stream.seekable():
        return 0
    here = stream.tell()
    size = stream.seek(0, io.SEEK_END)
    stream.seek(here)
    return size
