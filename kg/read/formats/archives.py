"""Archives and packed files: what lies in them is read where it lies, and nothing is written to the disk."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import posixpath
import re
import tarfile
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any, BinaryIO, cast

from kg.config import ReadConfig
from kg.errors import ReadError
from kg.read.formats.kinds import LOOKED_AT, called, document_of, of
from kg.read.sources import Member, Source
from kg.read.streams import DAMAGED, Behind, Budget, damaged, head_of, held, unpacking

# What is left of a name when the file is unpacked.
PACKED = {".tgz": ".tar", ".tbz": ".tar", ".tbz2": ".tar", ".txz": ".tar"}
OPENERS: dict[str, Callable[..., Any]] = {
    **dict.fromkeys((".gz", ".tgz"), gzip.open),
    **dict.fromkeys((".bz2", ".tbz", ".tbz2"), bz2.open),
    **dict.fromkeys((".xz", ".txz"), lzma.open),
}
MAGIC = {gzip.open: b"\x1f\x8b", bz2.open: b"BZh", lzma.open: b"\xfd7zXZ"}
# What archives hold beside what was put into them.
BESIDE = re.compile(r"(?:^|/)(?:\.[^/]*|__MACOSX(?:/.*)?|Thumbs\.db|desktop\.ini)$")


@dataclass(frozen=True, slots=True)
class PackedReader:
    """Reads a file that is packed by itself (`posts.jsonl.gz`) as the file that it was."""

    def read_each(self, stream: BinaryIO, source: Source, config: ReadConfig) -> Iterator[Member]:
        """Give what was packed."""
        packed = PurePosixPath(source.called)
        suffix = packed.suffix.lower()
        stream = held(stream, source.shown)
        opener, budget = OPENERS[suffix], Budget.of(stream, source.shown)
        _check_magic(stream, MAGIC[opener], source)
        inner = PACKED.get(suffix) or PurePosixPath(packed.stem).suffix.lower() or ".txt"
        inside = Source(source.name, source.path, source.asked, f"unpacked{inner}")
        yield Member(inside, unpacking(opener(stream, "rb"), budget, source.shown))


@dataclass(frozen=True, slots=True)
class ZipReader:
    """Reads what lies in a zip archive."""

    def read_each(self, stream: BinaryIO, source: Source, config: ReadConfig) -> Iterator[Member | ReadError]:
        """Give the files of the archive, in the order of their names."""
        stream = held(stream, source.shown)
        budget = Budget.of(stream, source.shown)
        _check_magic(stream, b"PK", source)
        try:
            archive = zipfile.ZipFile(stream)
            members = sorted(archive.infolist(), key=lambda m: m.filename)
        except (*DAMAGED, NotImplementedError) as error:
            raise damaged(source.shown) from error
        document = document_of([member.filename for member in members])
        if document and any(m.filename in ("mimetype", "[Content_Types].xml") for m in members):
            raise called(*document, "zip archive", source.shown)
        if not members:
            raise ReadError("an archive with nothing in it", where=source.shown)
        for member in members:
            if member.is_dir():
                continue
            budget.enter()
            found = _named(member.filename, source)
            if found is None or isinstance(found, ReadError):
                if found:
                    yield found
            elif member.flag_bits & 1:
                yield ReadError("encrypted", where=found.shown, remedy="unpack it with its password first")
            else:
                try:
                    opened = archive.open(member)
                except (*DAMAGED, RuntimeError, NotImplementedError):
                    yield damaged(found.shown)
                    continue
                yield Member(found, unpacking(opened, budget, found.shown, member.compress_size))


@dataclass(frozen=True, slots=True)
class TarReader:
    """Reads what lies in a tar archive."""

    def read_each(self, stream: BinaryIO, source: Source, config: ReadConfig) -> Iterator[Member | ReadError]:
        """Give the files of the archive, in their order in it; links and devices are none."""
        budget = Budget.of(stream, source.shown)
        count = 0
        head = head_of(stream, LOOKED_AT)
        if not head:
            raise ReadError("the file is empty", where=source.shown)
        stream = cast(BinaryIO, io.BufferedReader(Behind(head, stream)))
        try:
            with tarfile.open(fileobj=stream, mode="r|") as archive:
                for member in archive:
                    count += 1
                    budget.enter()
                    found = _named(member.name, source) if member.isreg() else None
                    if isinstance(found, ReadError):
                        yield found
                        continue
                    opened = archive.extractfile(member) if found else None
                    if found and opened:
                        yield Member(found, unpacking(opened, budget, found.shown))
        except DAMAGED as error:
            known = None if count else of(head)
            if known and known[1] != ".tar":
                raise called(*known, "tar archive", source.shown) from error
            raise damaged(source.shown) from error
        if not count:
            raise ReadError("an archive with nothing in it", where=source.shown)


def _check_magic(stream: BinaryIO, magic: bytes, source: Source) -> None:
    """Raise where a file is not of the kind that its name says."""
    begins = stream.read(len(magic))
    stream.seek(-len(begins), io.SEEK_CUR)
    if not begins:
        raise ReadError("the file is empty", where=source.shown)
    if begins != magic:
        suffix = PurePosixPath(source.called).suffix
        known = of(head_of(stream, LOOKED_AT))
        if known and known[1] != suffix:
            raise called(*known, f"{suffix} file", source.shown)
        raise ReadError(
            f"no {suffix} file, though it is called so", where=source.shown, remedy="give it its right suffix"
        )


def _named(name: str, source: Source) -> Source | ReadError | None:
    """Give a member as a source; None for what is no document, an error for a name that leads out."""
    name = name.replace("\\", "/")
    if BESIDE.search(name):
        return None
    plain = posixpath.normpath(name)
    inside = Source(f"{source.name}#{plain}", f"{source.path}#{plain}", asked=False)
    if plain.startswith(("/", "../")) or plain == ".." or re.match(r"[A-Za-z]:", plain) or "\0" in plain:
        return ReadError("its name leads out of the archive", where=inside.shown, remedy="pack it anew")
    return inside
